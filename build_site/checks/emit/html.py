"""Diagnostics as one page for editors: by office, by document, with the characters that are meant.

Owns the page. It needs no other file, no script and no network, so it can be mailed, printed and opened anywhere. It
quotes drafts and is not for the public.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape

from build_site.checks.emit.excerpt import excerpt
from build_site.checks.emit.html_style import STYLE
from build_site.checks.emit.offices import FileFindings, OfficeFindings, by_office
from build_site.checks.emit.report import Report
from build_site.checks.emit.visible import one_line, visible
from build_site.model.finding import Diagnostic, Message, Severity
from build_site.model.text import Location

M = Message
_WEIGHTS = {Severity.ERROR: M("必须修改", "error"), Severity.WARNING: M("建议修改", "warning")}
_COUNTS = {"pages": M("页", "pages"), "links": M("个链接", "links"), "files": M("个附件", "attachments")}
_MANY = 20
_REASONS = 3  # an office that was told three times why knows; what is meant and how to mend it is told each time
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def report(data: Report) -> str:
    """Return the report as an HTML page; titles, lines and messages are quoted, whatever is written in them."""
    offices = by_office(data)
    lang = "zh-CN" if data.lang == "zh" else "en"
    head = _text(M("检查报告", "Report of the check"), data)
    title = f"{head} {data.as_of.isoformat()}　{_numbers(data.errors, data.warnings, data)}"
    sections = "".join(_office(number, office, data) for number, office in enumerate(offices, 1))
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex, nofollow">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">{_text(M("跳到问题", "Skip to the findings"), data)}</a>\n'
        f'<header id="top">\n<h1>{head}</h1>\n{_about(data)}{_verdict(data)}</header>\n'
        f"{_contents(offices, data)}{_rules(data)}"
        f'<main id="main">\n{sections or _clean(data)}</main>\n'
        f"<footer>\n<p class=\"quiet\">{_text(_CLOSING, data)}</p>\n</footer>\n</body>\n</html>\n"
    )  # fmt: skip


_CLOSING = M(
    "本报告供内部使用：可能引用还没有公开的内容，不要放到网站上。改完以后再运行一次检查。",
    "For internal use: this report may quote what is not public; do not put it on the site. Check again after mending.",
)


def _text(message: Message, data: Report) -> str:
    return escape(visible(message.text(data.lang)))


def _chinese(data: Report, written: bool = True) -> str:
    """Return the mark that a text of the site, which is Chinese, needs on an English page."""
    return ' lang="zh-CN"' if written and data.lang == "en" else ""


def _numbers(errors: int, warnings: int, data: Report) -> str:
    words = M(
        f"必须修改 {errors} 处，建议修改 {warnings} 处",
        f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}",
    )
    return words.text(data.lang)


def _about(data: Report) -> str:
    counts = [f"{data.counts[name]} {word.text(data.lang)}" for name, word in _COUNTS.items() if name in data.counts]
    day = M(f"按 {data.as_of.isoformat()} 检查", f"checked for {data.as_of.isoformat()}").text(data.lang)
    parts = [escape(one_line(data.site)), day, ("、" if data.lang == "zh" else ", ").join(counts)]
    return f'<p class="about">{" · ".join(part for part in parts if part)}</p>\n'


def _verdict(data: Report) -> str:
    if not data.diagnostics:
        return f'<p class="verdict">{_text(M("通过，没有要改的。", "Passed: nothing to mend."), data)}</p>\n'
    stopped = any(data.fails(item) for item in data.diagnostics)
    verdict = (
        M("不能发布，上一次的网站没有改动。", "Not published; the last good site was not touched.")
        if stopped
        else M("可以发布；下面的地方建议修改。", "May be published; please look at the following.")
    )
    weight = "error" if stopped else "warning"
    numbers = _numbers(data.errors, data.warnings, data)
    return f'<p class="verdict {weight}">{_text(verdict, data)}<span>{numbers}</span></p>\n'


def _clean(data: Report) -> str:
    return f"<p>{_text(M('没有发现要改的地方。', 'No findings.'), data)}</p>\n"


def _contents(offices: Iterable[OfficeFindings], data: Report) -> str:
    rows = "".join(
        f'<tr><th scope="row"{_chinese(data, office.named)}><a href="#o{number}">{escape(office.name)}</a></th>'
        f'<td class="number">{office.errors}</td><td class="number">{office.warnings}</td></tr>\n'
        for number, office in enumerate(offices, 1)
    )
    if not rows:
        return ""
    name = _text(M("按责任处室", "By office"), data)
    heads = "".join(
        f'<th scope="col"{extra}>{_text(word, data)}</th>'
        for word, extra in (
            (M("责任处室", "Office"), ""),
            (M("必须修改", "Errors"), ' class="number"'),
            (M("建议修改", "Warnings"), ' class="number"'),
        )
    )
    return (
        f'<nav aria-label="{name}">\n<table>\n<caption>{name}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</nav>\n"
    )


def _rules(data: Report) -> str:
    """Return which rules were broken most often, where there are too many findings to see that at once."""
    if len(data.diagnostics) <= _MANY:
        return ""
    found = Counter((item.severity, item.code) for item in data.diagnostics)
    titles = {item.code: item.title for item in data.diagnostics}
    rows = "".join(
        f'<tr><th scope="row">{_text(titles[code], data)} <span class="quiet">{escape(code)}</span></th>'
        f"<td>{_text(_WEIGHTS[severity], data)}</td>"
        f'<td class="number">{number}</td></tr>\n'
        for (severity, code), number in sorted(found.items(), key=lambda row: (row[0][0] != Severity.ERROR, -row[1]))
    )
    heads = "".join(
        f'<th scope="col"{extra}>{_text(word, data)}</th>'
        for word, extra in (
            (M("问题", "Fault"), ""),
            (M("轻重", "Weight"), ""),
            (M("处数", "Times"), ' class="number"'),
        )
    )
    name = _text(M("按问题", "By fault"), data)
    return f"<table>\n<caption>{name}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _office(number: int, office: OfficeFindings, data: Report) -> str:
    times: Counter[str] = Counter()
    files = "".join(_file(file, data, times) for file in office.files)
    back = _text(M("回到目录", "Back to the top"), data)
    return (
        f'<section class="office" aria-labelledby="o{number}">\n<h2 id="o{number}"{_chinese(data, office.named)}>{escape(office.name)}</h2>\n'
        f'<p class="about">{_numbers(office.errors, office.warnings, data)}</p>\n'
        f'{files}<p class="quiet top"><a href="#top">{back}</a></p>\n</section>\n'
    )


def _file(file: FileFindings, data: Report, times: Counter[str]) -> str:
    """Return one file with its findings; `times` counts how often an office was told of a rule."""
    path = escape(visible(file.path))
    title = escape(one_line(data.card(file.path).title))
    chinese = "" if data.lang == "zh" else ' lang="zh-CN"'
    head = f'<h3{chinese}>{title}</h3>\n<p class="path">{path}</p>\n' if title else f"<h3>{path}</h3>\n"
    found = []
    for item in file.findings:
        times[item.code] += 1
        found.append(_finding(item, data, times[item.code] <= _REASONS))
    return head + "".join(found)


def _finding(item: Diagnostic, data: Report, reasons: bool) -> str:
    """Return one finding; `reasons` says whether why and basis are told, which are the same for the whole rule."""
    rule = data.rules.get(item.code)
    entries = [
        ("what", M("是什么", "What"), item.message),
        ("why", M("为什么", "Why"), rule.why if rule and reasons else None),
        ("fix", M("怎么改", "Fix"), item.help),
        ("basis", M("依据", "Basis"), item.basis if reasons else None),
    ]
    listed = "".join(
        f'<dt>{_text(label, data)}</dt><dd class="{name}">{_text(said, data)}</dd>\n'
        for name, label, said in entries
        if said
    )
    return (
        f'<article class="finding {item.severity}">\n<h4><span class="weight">{_text(_WEIGHTS[item.severity], data)}</span> '
        f'{_text(item.title, data)}</h4>\n<p class="place">{_place(item, data)}</p>\n'
        f"{_excerpt(item.where, data)}<dl>\n{listed}</dl>\n</article>\n"
    )


def _place(item: Diagnostic, data: Report) -> str:
    line, column = item.where.line, item.where.column
    if not line:
        where = M("整个文件", "whole file")
    elif not column:
        where = M(f"第 {line} 行", f"line {line}")
    else:
        where = M(f"第 {line} 行第 {column} 个字", f"line {line}, column {column}")
    return f"{_text(where, data)} · {escape(item.code)}"


def _excerpt(where: Location, data: Report) -> str:
    found = excerpt(where, data.read_line)
    if found is None:
        return ""
    return (
        f"<pre{_chinese(data)}>{escape(found.before)}<mark>{escape(found.marked)}</mark>{escape(found.after)}</pre>\n"
    )
