from __future__ import annotations

import json

from build_site.checks.emit.json import report
from build_site.model.finding import Diagnostic, Message, Severity
from build_site.model.text import Location

M = Message
ITEMS = [
    Diagnostic(
        "LNK101",
        "link-to-missing-page",
        Severity.ERROR,
        Location("content/甲.md", 7, 4, 3),
        M("不存在", "missing"),
        M("改正", "mend"),
        M("依据", "basis"),
        M("题", "t"),
    ),
    Diagnostic(
        "SRC109",
        "unused-attachment",
        Severity.WARNING,
        Location("a.pdf"),
        M("没用", "unused"),
        M("删", "drop"),
        M("无", "none"),
        M("题", "t"),
    ),
]


def test_form() -> None:
    """The keys and their types are the promised ones, no more and no less."""
    body = json.loads(report(ITEMS, {"pages": 3}, "zh"))
    assert list(body) == ["schema_version", "summary", "diagnostics"]
    assert body["schema_version"] == 1
    assert body["summary"] == {"errors": 1, "warnings": 1, "pages": 3}
    assert body["diagnostics"] == [
        {
            "code": "LNK101",
            "name": "link-to-missing-page",
            "severity": "error",
            "path": "content/甲.md",
            "line": 7,
            "column": 4,
            "message": "不存在",
            "help": "改正",
            "basis": "依据",
        },
        {
            "code": "SRC109",
            "name": "unused-attachment",
            "severity": "warning",
            "path": "a.pdf",
            "line": None,
            "column": None,
            "message": "没用",
            "help": "删",
            "basis": "无",
        },
    ]


def test_english() -> None:
    """Messages, help and basis follow the language; codes and names do not."""
    first = json.loads(report(ITEMS, {}, "en"))["diagnostics"][0]
    assert (first["message"], first["help"], first["basis"], first["code"]) == ("missing", "mend", "basis", "LNK101")


def test_nothing_found_is_still_a_report() -> None:
    """Without findings there is a valid report with an empty list."""
    body = json.loads(report([], {}, "zh"))
    assert body["summary"] == {"errors": 0, "warnings": 0}
    assert body["diagnostics"] == []


def test_chinese_is_readable_and_the_text_ends_with_a_line_end() -> None:
    """Chinese stays Chinese in the text, and the same input gives the same bytes."""
    text = report(ITEMS, {}, "zh")
    assert "content/甲.md" in text
    assert text.endswith("}\n")
    assert text == report(ITEMS, {}, "zh")
