"""Diagnostics as JUnit XML, the form in which most CI servers show tests.

Owns the form: a suite for each family of rules, a case for each finding and one for each rule without findings. Only
what keeps the site from being published is a failure; all other findings are skipped cases, so nobody sees red for a
site that may go out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from xml.etree import ElementTree as ET

from build_site.checks.emit.report import Report
from build_site.checks.emit.text import place
from build_site.checks.emit.visible import one_line, visible
from build_site.model.finding import Diagnostic, Message, Severity

_FIX = Message("怎么改", "fix")
_BASIS = Message("依据", "basis")
_WORDS = {Severity.ERROR: Message("必须修改", "error"), Severity.WARNING: Message("建议修改", "warning")}


def report(data: Report) -> str:
    """Return the report as an XML text; names of cases are unique, because servers keep one case a name."""
    of_rule: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for item in data.diagnostics:
        of_rule[item.code].append(item)
    titles = {code: rule.title.text(data.lang) for code, rule in data.rules.items()}
    codes = [*titles, *(code for code in of_rule if code not in titles)]
    root = ET.Element("testsuites", name="build-site")
    for family in dict.fromkeys(code[:3] for code in codes):
        suite = ET.SubElement(root, "testsuite", name=family)
        used: Counter[str] = Counter()
        for code in codes:
            if code[:3] != family:
                continue
            for item in of_rule[code]:
                _case(suite, item, data, used)
            if not of_rule[code]:
                ET.SubElement(
                    suite, "testcase", classname=f"build-site.{code}", name=f"{code} {one_line(titles[code])}", time="0"
                )
        _count(suite)
    _count(root)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _case(suite: ET.Element, item: Diagnostic, data: Report, used: Counter[str]) -> None:
    lang = data.lang
    stem = f"{item.code} {one_line(item.title.text(lang))} {one_line(place(item.where))}"
    name, number = stem, used[stem] + 1
    while name in used:
        name, number = f"{stem} #{number}", number + 1
    used[stem] = number - 1 if name != stem else 1
    used[name] = max(1, used[name])
    case = ET.SubElement(
        suite,
        "testcase",
        classname=f"build-site.{item.code}",
        name=name if used[name] == 1 else f"{name} #{used[name]}",
        file=visible(data.base + item.where.path),
        time="0",
    )
    if item.where.line:
        case.set("line", str(item.where.line))
    said = one_line(item.message.text(lang))
    if not data.fails(item):
        ET.SubElement(case, "skipped", message=f"{_WORDS[item.severity].text(lang)} · {said}")
        return
    failure = ET.SubElement(case, "failure", type=item.name, message=said)
    failure.text = "\n".join(
        (
            visible(place(item.where)),
            visible(item.message.text(lang)),
            f"{_FIX.text(lang)}: {visible(item.help.text(lang))}",
            f"{_BASIS.text(lang)}: {visible(item.basis.text(lang))}",
        )
    )


def _count(element: ET.Element) -> None:
    for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
        element.set(attribute, str(sum(1 for _ in element.iter(tag))))
    element.set("errors", "0")
    element.set("time", "0")
