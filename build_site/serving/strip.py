"""The strip at the top of every previewed page, and the marks beside links.

Owns what is put into a page while it is served, and its words. Must not know how pages are made, nor change them on the disk.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections import defaultdict
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import quote, unquote

from build_site.model.finding import Lang, Message
from build_site.serving.board import LISTED, Shown
from build_site.serving.content_policy import widened
from build_site.serving.places import spot
from build_site.serving.records import Note, Waiting

HOME = "/.preview/"
"""Where the preview's own files are served; no address of a site begins with a dot."""
_LINK = re.compile(r"""<a\b[^>]*?\shref="([^"]*)"[^>]*>.*?</a>""", re.IGNORECASE | re.DOTALL)
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_M = Message


def with_badges(html: str, address: str, shown: Shown, lang: Lang) -> str:
    """Return the page at `address` with a mark after each link to what is not public yet."""
    if not shown.waiting:
        return html

    def mark(match: re.Match[str]) -> str:
        why = shown.waiting.get(_target(unescape(match[1]), address, shown.base_path))
        return f'{match[0]}<span class="bsp-badge">{escape(badge(why, lang))}</span>' if why else match[0]

    return _LINK.sub(mark, html)


def _target(url: str, address: str, base: str) -> str:
    path = unquote(url.partition("#")[0].partition("?")[0])
    if path.startswith("/"):
        return path.removeprefix(base)
    return posixpath.normpath(posixpath.join(posixpath.dirname(address), path)) if path else ""


def badge(why: Waiting, lang: Lang) -> str:
    """Return the mark of what is not public yet."""
    if why.draft:
        return _M("草稿", "draft").text(lang)
    return _M(f"{why.day} 起公开", f"public from {why.day}").text(lang)


def injected(html: str, strip_html: str, token: str) -> str:
    """Return a page with the preview's style sheet, script and strip; `token` tells its version."""
    head = (
        f'<link rel="stylesheet" href="{HOME}preview.css">'
        f'<script src="{HOME}preview.js" data-token="{token}" defer></script>'
    )
    html = widened(html)
    end = _HEAD_END.search(html)
    html = html[: end.start()] + head + html[end.start() :] if end else head + html
    body = _BODY.search(html)
    at = body.end() if body else html.index(head) + len(head)
    return html[:at] + strip_html + html[at:]


def token_of(page: str, address: str, shown: Shown) -> str:
    """Return the version of a page (with its badges), by which a tab knows that it is out of date."""
    return hashlib.sha256(f"{page}\0{shown.waiting.get(address)}".encode("utf-8", "surrogateescape")).hexdigest()[:24]


def strip(shown: Shown, address: str, lines: Mapping[str, list[str]], lang: Lang) -> str:
    """Return the strip for the page at `address`; `lines` has the lines of the source of that page.

    The findings of the page itself come as blocks of their own, with the words beside which the script is to put them.
    """
    source = shown.sources.get(address, "")
    mine = shown.findings.by_path.get(source, ()) if source.endswith(".md") else ()
    errors = shown.findings.errors
    state = _state(shown, errors)
    told = [f'<span class="bsp-state">{escape(_headline(shown, errors, lang))}</span>']
    why = shown.waiting.get(address)
    if why:
        told.append(f'<span class="bsp-badge">{escape(_hidden(why, lang))}</span>')
    if shown.watched:
        told.append(f'<span class="bsp-aside">{escape(shown.watched)}</span>')
    if shown.working:
        told.append(f'<span class="bsp-aside">{escape(_working(shown, lang))}</span>')
    lost = _M("预览已经停止，这一页不再更新", "the preview has ended: this page is no longer renewed").text(lang)
    told.append(f'<span class="bsp-lost">{escape(lost)}</span>')
    head = "".join(told)
    more = _list(mine, shown, lang)
    unfolded = " open" if shown.trouble else ""
    bar = (
        f'<details class="bsp-bar"{unfolded}><summary>{head}</summary>{more}</details>'
        if more
        else f'<div class="bsp-bar">{head}</div>'
    )
    trouble = "".join(
        f'<div class="bsp-trouble">{escape(text)}</div>' for text in (shown.apology, shown.trouble) if text
    )
    notes = "".join(_note(note, number, lines.get(source, []), lang) for number, note in enumerate(mine))
    label = _M("预览", "preview").text(lang)
    return f'<div id="bsp" role="region" aria-label="{label}" data-state="{state}">{bar}{trouble}{notes}</div>'


def _state(shown: Shown, errors: int) -> str:
    if shown.apology or shown.trouble or errors:
        return "bad"
    return "good" if shown.started else "starting"


def _headline(shown: Shown, errors: int, lang: Lang) -> str:
    warnings = shown.findings.warnings
    if errors:
        text = _M(f"✘ {errors} 处必须修改", f"✘ {errors} to be mended")
    elif shown.trouble or shown.apology:
        text = _M("✘ 没有更新，显示的是上一次的页面", "✘ not renewed: these are the last good pages")
    elif not shown.started:
        return _M("正在准备第一次预览……", "preparing the first preview …").text(lang)
    else:
        text = _M("✔ 可以发布", "✔ fit to be published")
    if warnings:
        text = _M(f"{text.zh} · {warnings} 处建议修改", f"{text.en} · {warnings} suggestions")
    return text.text(lang)


def _hidden(why: Waiting, lang: Lang) -> str:
    if why.draft:
        return _M("这一页是草稿，公众看不到", "this page is a draft: the public does not see it").text(lang)
    return _M(
        f"这一页 {why.day} 起公开，公众现在看不到", f"this page is public from {why.day}: nobody sees it yet"
    ).text(lang)


def _working(shown: Shown, lang: Lang) -> str:
    part = f" {shown.step.done}/{shown.step.of}" if shown.step else ""
    return _M(f"正在核对全站{part}……", f"checking the whole site{part} …").text(lang)


def _list(mine: tuple[Note, ...], shown: Shown, lang: Lang) -> str:
    """Return the list of findings: those of the page itself, then errors, then the others, as many as can be taken in."""
    if not shown.findings.notes:
        return ""
    others = [note for note in shown.findings.first if not (mine and note.path == mine[0].path)]
    listed = [*mine, *others][:LISTED]
    by_file: defaultdict[str, list[str]] = defaultdict(list)
    for number, note in enumerate(listed):
        by_file[note.path].append(_row(note, number if number < len(mine) else None, lang))
    pages: dict[str, str] = {}
    for address, source in shown.sources.items():
        if source in by_file:
            pages.setdefault(source, address)
    rows = []
    for path, found in by_file.items():
        name = escape(path)
        if path.endswith(".md") and path in pages and not (mine and path == mine[0].path):
            name = f'<a href="{escape(quote(shown.base_path + pages[path]))}">{name}</a>'
        rows.append(f'<div class="bsp-file">{name}</div>{"".join(found)}')
    left = len(shown.findings.notes) - len(listed)
    if left > 0:
        text = _M(f"另有 {left} 处，运行 build-site check 看全部", f"{left} more: run build-site check for all of them")
        rows.append(f'<div class="bsp-file">{escape(text.text(lang))}</div>')
    return f'<div class="bsp-list">{"".join(rows)}</div>'


def _row(note: Note, number: int | None, lang: Lang) -> str:
    """Return a line of the list; with the `number` of a finding of this page, it leads to its place."""
    said = _said(note, lang)
    if number is not None:
        here = _M("到这一处", "show it").text(lang)
        said += f'<a class="bsp-jump" href="#bsp-note-{number}">{here}</a>'
    return f'<div class="bsp-row {_weight(note)}">{said}</div>'


def _note(note: Note, number: int, lines: list[str], lang: Lang) -> str:
    words, before = ("", 0) if note.confidential else spot(lines, note.line)
    place = f' data-words="{escape(words)}" data-before="{before}"' if words else ""
    return f'<div id="bsp-note-{number}" class="bsp-note {_weight(note)}"{place}>{_said(note, lang)}</div>'


def _weight(note: Note) -> str:
    return "bsp-error" if note.error else "bsp-warning"


def _said(note: Note, lang: Lang) -> str:
    mark = ("✘" if note.error else "⚠") + " "
    line = _M(f"第 {note.line} 行：", f"line {note.line}: ").text(lang) if note.line else ""
    return (
        f'<span class="bsp-what">{mark}{escape(line)}{escape(note.message)}</span>'
        f'<span class="bsp-fix">{escape(note.help)}</span><span class="bsp-code">{escape(note.code)}</span>'
    )


def placeholder(strip_html: str, lang: Lang) -> str:
    """Return what is shown as long as there is no page at all."""
    title = _M("预览", "preview").text(lang)
    html = (
        f'<!DOCTYPE html><html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title></head><body></body></html>'
    )
    return injected(html, strip_html, "")
