"""Tables of a body: head cells, captions, and how a table behaves on a narrow screen.

Owns the decisions that docs/theme.md describes under “Tables of a body”. Works on clean HTML, Markdown's as well as an
editor's own, and changes tags only. Must not know other files.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from html import escape

from build_site.loading.markup import attributes
from build_site.loading.table_cells import Cell, Table, plain, read

_CAPTION = re.compile(
    r"\s*(?:表\s*[：:]\s*(?P<plain>\S.*)"
    r"|(?P<numbered>附?表\s*(?:[0-9]+(?:[-.－—][0-9]+)*|[一二三四五六七八九十]+)[\s　、.．：:]\s*\S.*))",
    re.DOTALL,
)
_CAPTION_MOST = 60
_ROW_NAMES = frozenset(
    re.findall(
        r"\S+",
        "项目 项目名称 名称 事项 事项名称 指标 指标名称 科目 功能科目 类别 类型 要素 环节 步骤 阶段 年份 年度 月份 季度 时期 单位 "
        "单位名称 部门 处室 机构 地区 区域 区 街道 职位 岗位 领域 措施 表名",
    )
)
_FIGURE = re.compile(
    r"(?=.*\d|[-−–—/\s]*$)[-+−–—/约≥≤<>\d.,，%％‰:：\s~～()（）万亿元人次个件份条篇项场期户家套天年月日示例]*",
    re.DOTALL,
)
_BRACKETS = re.compile(r"\s*[（(].*", re.DOTALL)
_FITS = 15.0  # em: what a screen of 320 px holds at the size of tables, with some room for larger type
_STACK_MOST = 6
_NARROW = 0.55  # em of a Latin letter or digit
_BROKEN, _PADDING = 6.0, 1.4  # em: a column of text broken into lines; both sides of a cell
_RUN = re.compile(r"[!-~]*")  # what browsers do not break
_ALIGN = {"right": "al-right", "center": "al-center"}
_SCOPES = ("row", "col", "rowgroup", "colgroup")


def finish(html: str, title: str) -> str:
    """Return a body with its tables written out; `title`, of the page, names a table with nothing above it."""
    if "<table" not in html:
        return html
    edits: list[tuple[int, int, str]] = []
    seen: Counter[str] = Counter()
    for table in read(html, title):
        _decide(table, html)
        edits += _write(table, html, seen)
    pieces: list[str] = []
    at = 0
    for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
        pieces += (html[at:start], text)
        at = end
    return "".join((*pieces, html[at:]))


def _head_rows(table: Table) -> int:
    """Return how many rows of a table without `thead` are its head: those above that hold nothing but heads."""
    if table.head or not table.group or not table.rows or len(table.rows[0]) < 2:
        return 0
    count = deepest = 0
    for number, row in enumerate(table.rows):
        if not row or any(cell.tag != "th" for cell in row):
            break
        count, deepest = number + 1, max(deepest, *(number + cell.height for cell in row))
    return count if deepest <= count < min(len(table.rows), len(table.ends)) else 0


def _decide(table: Table, html: str) -> None:
    """Set scopes, tags and labels of the cells."""
    count = _head_rows(table)
    table.ends = table.ends[count - 1 : count] if count else []
    table.head, table.rows = table.head or table.rows[:count], table.rows[count:]
    for cell in (cell for row in table.head for cell in row):
        cell.scope = "col" if cell.tag == "th" else ""
        if not cell.text and "<img" not in cell.inner(html):
            cell.tag, cell.scope = "td", ""  # a head that says nothing is none
    for row in table.rows:
        for number, cell in enumerate(row):
            cell.scope = "row" if cell.tag == "th" and number == 0 else ""
    if not _simple(table):
        return
    labels = [cell.text for cell in table.head[0]]
    names = [row[0].text for row in table.rows]
    named = not labels[0] or _BRACKETS.sub("", labels[0]) in _ROW_NAMES
    named = named or (_figures(table) and not any(map(_FIGURE.fullmatch, names)))
    if named and all(names) and len(set(names)) == len(names):
        for row in table.rows:
            row[0].tag, row[0].scope = "th", "row"
    for row in table.rows:
        for cell, label in zip(row, labels, strict=True):
            cell.label = label


def _simple(table: Table) -> bool:
    """Whether the table is one row of heads over rows of as many cells."""
    if table.nested or len(table.head) != 1 or not table.rows:
        return False
    cells = [*table.head[0], *(cell for row in table.rows for cell in row)]
    width = len(table.head[0])
    return width > 1 and all(len(row) == width for row in table.rows) and not any(cell.spans for cell in cells)


def _kind(table: Table, html: str) -> str:
    """Return `fit` for a table that a phone shows as it is, `stack` for one that becomes cards there, else ``."""
    if not _simple(table):
        return ""
    columns = [[cell.text for cell in column] for column in zip(table.head[0], *table.rows, strict=True)]
    needed = [max(map(_width, column)) for column in columns]
    needed[0] = min(needed[0], _BROKEN)
    if len(needed) == 2:  # names and what they are: the text has room enough to be broken into lines
        needed[1] = max(
            min(needed[1], _BROKEN), *(len(run) * _NARROW for text in columns[1] for run in _RUN.findall(text))
        )
    pictured = any("<img" in cell.inner(html) for row in table.rows for cell in row)
    if not pictured and sum(needed) + _PADDING * len(needed) <= _FITS:
        return "fit"
    names = [cell.text for cell in table.head[0]]
    labelled = all(names[1:]) and len(set(names)) == len(names)  # a card must not have two things of one name
    return "stack" if labelled and len(needed) <= _STACK_MOST and not (len(needed) > 3 and _figures(table)) else ""


def _figures(table: Table) -> bool:
    """Whether all columns but the first hold figures."""
    return all(_FIGURE.fullmatch(cell.text) for row in table.rows for cell in row[1:])


def _width(text: str) -> float:
    if len(text) > _FITS / _NARROW:
        return len(text) * _NARROW  # too wide whatever it is
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else _NARROW for char in text)


def _write(table: Table, html: str, seen: Counter[str]) -> list[tuple[int, int, str]]:
    if table.end is None or not any((*table.head, *table.rows)):
        return []
    kind = _kind(table, html)
    rows = (*table.head, *table.rows, table.inner)
    edits = [edit for row in rows for cell in row for edit in _cell(cell, kind == "stack")]
    if table.ends and table.group:
        group, end = table.group, table.ends[0]
        edits += [
            (group.start, group.start, "<thead>"),
            (group.start, group.end, ""),
            (end.end, end.end, "</thead><tbody>"),
        ]
    start, caption = table.start.start, ""
    if table.paragraph and not table.captioned:
        caption = _caption(table.paragraph[2])
        start = table.paragraph[0] if caption else start
    name = plain(caption or table.captioned)
    label = name or table.above or "表格"
    seen[label] += 1
    label += f"（{seen[label]}）" if seen[label] > 1 else ""
    region = not (kind == "fit" or (kind == "stack" and len(table.head[0]) <= 3))
    attrs = attributes(table.start.attrs)
    known = {"class": " ".join(filter(None, (attrs.get("class"), "data", kind)))}
    known |= {key: attrs[key] for key in ("id", "lang", "title") if attrs.get(key)}
    if region:
        wide = "" if kind else "（可左右滚动）"
        opened = f'<div class="scroll" role="region" aria-label="{escape(label + wide)}" tabindex="0">'
    else:
        opened = '<div class="scroll">'
        known |= {} if name else {"aria-label": label}
    opened += _tag("table", known) + (f"\n<caption>{caption}</caption>" if caption else "")
    return [*edits, (start, table.start.end, opened), (table.end.start, table.end.end, "</table></div>")]


def _caption(inner: str) -> str:
    """Return the caption that the content of a paragraph is, or an empty text when it is none."""
    bold = re.fullmatch(r"\s*<(strong|b)>((?:(?!</?\1>).)*)</\1>\s*", inner, re.DOTALL)
    inner = bold[2] if bold else inner
    found = _CAPTION.fullmatch(inner)
    text = plain(inner)
    if not found or len(text) > _CAPTION_MOST or text.endswith(("。", "：", ":", "；", "，")):
        return ""
    return (found["plain"] or found["numbered"]).strip()


def _cell(cell: Cell, stacked: bool) -> list[tuple[int, int, str]]:
    attrs = {key: value for key, value in cell.attrs.items() if key not in ("align", "scope") and value}
    align = _ALIGN.get(cell.attrs.get("align", "").lower(), "")
    if align:
        attrs["class"] = " ".join(filter(None, (attrs.get("class"), align)))
    scope = cell.attrs.get("scope", "").lower()
    scope = scope if scope in _SCOPES and cell.tag == "th" else cell.scope
    attrs |= {"scope": scope} if scope else {}
    attrs |= {"data-l": cell.label} if stacked and cell.label else {}
    edits = [(cell.token.start, cell.token.end, _tag(cell.tag, attrs))]
    if cell.close and cell.close.name != cell.tag:
        edits.append((cell.close.start, cell.close.end, f"</{cell.tag}>"))
    return edits


def _tag(name: str, attrs: dict[str, str]) -> str:
    return "<" + " ".join((name, *(f'{key}="{escape(value)}"' for key, value in attrs.items()))) + ">"
