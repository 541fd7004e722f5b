"""Diagnostics as workflow commands of GitHub, which shows them beside the changed lines.

Owns the form and its quoting. GitHub shows ten errors and ten warnings of a step and drops the rest in silence, so no
more are written, and a notice gives the real numbers.
"""

from __future__ import annotations

from build_site.checks.emit.report import Report
from build_site.checks.emit.visible import visible
from build_site.model.finding import Diagnostic, Message, Severity

SHOWN = 10
_FIX = Message("怎么改：", "Fix: ")
_BASIS = Message("依据：", "Basis: ")


def report(data: Report) -> str:
    """Return one command a line: errors, warnings, and a notice with the numbers; nothing where nothing was found."""
    if not data.diagnostics:
        return ""
    lines = []
    for severity in Severity:
        alike = [item for item in data.diagnostics if item.severity is severity]
        lines += [_command(item, data) for item in alike[:SHOWN]]
    hidden = len(data.diagnostics) - len(lines)
    total = Message(
        f"{data.errors} 处必须修改，{data.warnings} 处建议修改"
        + (f"；这里没有列出的还有 {hidden} 处" if hidden else ""),
        f"{data.errors} errors, {data.warnings} warnings"
        + (f"; {hidden} of them are not shown here" if hidden else ""),
    )
    title = Message("检查结果", "Result of the check")
    lines.append(f"::notice title={_property(title.text(data.lang))}::{_data(total.text(data.lang))}")
    return "\n".join(lines) + "\n"


def _command(item: Diagnostic, data: Report) -> str:
    lang = data.lang
    where = [f"file={_property(data.base + item.where.path)}"]
    if item.where.line:
        where.append(f"line={item.where.line}")
        if item.where.column:
            where.append(f"col={item.where.column}")
    where.append(f"title={_property(f'{item.code} {item.title.text(lang)}')}")
    said = (
        item.message.text(lang),
        _FIX.text(lang) + item.help.text(lang),
        _BASIS.text(lang) + item.basis.text(lang),
    )
    properties, message = ",".join(where), _data("\n".join(said))
    return f"::{item.severity} {properties}::{message}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
