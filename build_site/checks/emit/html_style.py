"""The style sheet of the HTML report.

Owns its looks: for a screen from 320 px, for paper, for dark rooms. It is written into the page, which must show itself
without any other file.
"""

from __future__ import annotations

STYLE = """
:root { --ink: #1b1f24; --dim: #4d5660; --paper: #fff; --wash: #f4f6f8; --line: #c9d0d8; --link: #0b57a4;
  --error: #a3161b; --error-wash: #fdf0f0; --warning: #7a4b00; --warning-wash: #fdf6e7; --mark: #ffe08a;
  --fine: #1c6b33; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebee; --dim: #b3bcc6; --paper: #16191d; --wash: #20252b;
  --line: #4a535d; --link: #8fc3ff; --error: #ff9a9c; --error-wash: #331b1d; --warning: #f1c26b;
  --warning-wash: #2d2517; --mark: #6b5200; --fine: #86d69b; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.7 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif;
  overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; }
h1, h2, h3, h4 { line-height: 1.35; margin: 0; }
h1 { font-size: 1.6rem; }
h2 { font-size: 1.35rem; margin-top: 2.5rem; padding-bottom: .3rem; border-bottom: 2px solid var(--ink); }
h3 { font-size: 1.1rem; margin-top: 1.5rem; }
h4 { font-size: 1rem; }
th .quiet { font-weight: 400; }
.about, .path, .place, .quiet { color: var(--dim); }
.about, .path { margin: .2rem 0 0; }
.path, .place, .quiet { font-size: .875rem; }
.verdict { margin: 1rem 0; padding: .75rem 1rem; border: 1px solid; border-left-width: .4rem; font-weight: 700;
  color: var(--fine); background: var(--wash); }
.verdict.error { color: var(--error); background: var(--error-wash); }
.verdict.warning { color: var(--warning); background: var(--warning-wash); }
.verdict span { display: block; font-weight: 400; color: var(--ink); }
table { border-collapse: collapse; width: 100%; max-width: 36rem; }
caption { text-align: left; font-weight: 700; padding: .3rem 0; }
th, td { padding: .35rem .5rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
nav + table { margin-top: 1rem; }
thead th { background: var(--wash); }
.number { text-align: right; white-space: nowrap; width: 6.5em; }
.finding { margin: .75rem 0; padding: .75rem 1rem; border: 1px solid var(--line); border-left: .4rem solid var(--warning); }
.finding.error { border-left-color: var(--error); }
.weight { color: var(--warning); }
.error .weight { color: var(--error); }
.place { margin: .1rem 0 .4rem; }
pre { margin: .5rem 0; padding: .5rem .75rem; background: var(--wash); white-space: pre-wrap;
  font: .9375rem/1.7 "Noto Sans Mono CJK SC", "Sarasa Mono SC", Consolas, "Microsoft YaHei", monospace; }
mark { background: var(--mark); color: inherit; text-decoration: underline; text-decoration-thickness: 2px;
  text-underline-offset: .25em; }
dl { margin: 0; display: grid; grid-template-columns: max-content 1fr; column-gap: 1rem; row-gap: .25rem;
  align-items: baseline; }
dt { color: var(--dim); }
dd { margin: 0; white-space: pre-line; }
.fix { font-weight: 700; }
.basis { font-size: .875rem; }
footer { margin-top: 2.5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
@media (max-width: 30rem) {
  body { padding: .75rem; }
  dl { display: block; }
  dd { margin-bottom: .35rem; }
  .finding { padding: .6rem .75rem; }
  .number { width: 4.8em; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --dim: #333; --wash: #fff; --link: #000; --mark: #fff; --line: #999;
    --error: #000; --warning: #000; --error-wash: #fff; --warning-wash: #fff; --fine: #000; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .skip, .top { display: none; }
  .office { break-before: page; }
  .finding:not(.error) { border-left-style: dotted; }
  h2, h3, h4 { break-after: avoid; }
  .finding, tr { break-inside: avoid; }
}
"""
