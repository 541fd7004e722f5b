"""A check in a few lines, for the robot of a chat group.

Owns what these lines say: totals, the most serious, who has to act. They leave the house, so they are made of numbers,
names of offices and titles of rules only: a title, a path or a line of a document may belong to a draft or name a
person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from build_site.checks.emit.offices import OfficeFindings, by_office
from build_site.checks.emit.report import Report
from build_site.checks.emit.visible import one_line
from build_site.model.finding import Diagnostic, Lang, Message, Severity

LONGEST = 110
"""Characters in a line; a text message of 企业微信 holds 2048 bytes, which are six such lines in Chinese."""
_KINDS = 3


def digest(data: Report, lines: int) -> str:
    """Return the report in `lines` lines at most (1 or more), each ended by a line feed."""
    said = [_totals(data)]
    offices = by_office(data)
    if offices and lines > 1:
        said.append(_serious(data))
    room = lines - len(said)
    shown = offices if len(offices) <= room else offices[: max(0, room - 1)]
    said += [_office(office, data.lang) for office in shown]
    if room > 0 and len(shown) < len(offices):
        said.append(_others(offices[len(shown) :], data.lang))
    return "".join(f"{_cut(line)}\n" for line in said)


def _totals(data: Report) -> str:
    name = f"{data.site} " if data.site else ""
    day = data.as_of.isoformat()
    if not data.diagnostics:
        return Message(f"{name}{day}：检查通过，没有要改的", f"{name}{day}: passed, nothing to mend").text(data.lang)
    stopped = any(data.fails(item) for item in data.diagnostics)
    numbers = _numbers(data.errors, data.warnings, data.lang)
    verdict = Message("不能发布", "not published") if stopped else Message("可以发布", "may be published")
    return Message(f"{name}{day}：{verdict.zh}，{numbers}", f"{name}{day}: {verdict.en}, {numbers}").text(data.lang)


def _serious(data: Report) -> str:
    worst = [item for item in data.diagnostics if item.severity is Severity.ERROR] or data.diagnostics
    kinds = _kinds(worst, data.lang)
    return Message(f"最要紧：{kinds}", f"most serious: {kinds}").text(data.lang)


def _office(office: OfficeFindings, lang: Lang) -> str:
    numbers = _numbers(office.errors, office.warnings, lang)
    worst = [item for item in office.findings if item.severity is Severity.ERROR] or office.findings
    return Message(
        f"{office.name}：{numbers}（{_kinds(worst, 'zh')}）", f"{office.name}: {numbers} ({_kinds(worst, 'en')})"
    ).text(lang)


def _others(offices: Iterable[OfficeFindings], lang: Lang) -> str:
    rest = tuple(offices)
    numbers = _numbers(sum(one.errors for one in rest), sum(one.warnings for one in rest), lang)
    return Message(
        f"其他 {len(rest)} 个处室：{numbers}，见检查报告", f"{len(rest)} other offices: {numbers}; see the report"
    ).text(lang)


def _numbers(errors: int, warnings: int, lang: Lang) -> str:
    parts = [
        Message(f"必须修改 {errors} 处", f"{errors} error{'s' * (errors != 1)}") if errors else None,
        Message(f"建议修改 {warnings} 处", f"{warnings} warning{'s' * (warnings != 1)}") if warnings else None,
    ]
    return ("、" if lang == "zh" else ", ").join(part.text(lang) for part in parts if part)


def _kinds(found: Iterable[Diagnostic], lang: Lang) -> str:
    counted = Counter((item.code, item.title.text(lang)) for item in found)
    most = sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))
    told = [f"{title} {number}" + (" 处" if lang == "zh" else "") for (_, title), number in most[:_KINDS]]
    more = Message("等", " …").text(lang) if len(most) > _KINDS else ""
    return ("、" if lang == "zh" else ", ").join(told) + more


def _cut(line: str) -> str:
    flat = one_line(line)
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"
