"""Whatever stands in a site, every form of report is well-formed, and says what it was given."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_site.checks.emit import github, gitlab, html, jsonl, junit, sarif
from build_site.checks.emit import json as emit_json
from build_site.checks.emit.forms import FORMS
from build_site.checks.emit.report import Report
from build_site.checks.emit.visible import one_line, visible
from build_site.checks.emit.watch_list import LONGEST, digest
from tests.support.reports import HOSTILE, hostile_reports

HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
hostile = given(hostile_reports())
many = settings(max_examples=150, deadline=None)


@many
@hostile
def test_json_gives_back_what_it_was_given(data: Report) -> None:
    """Every message comes back to the letter; the text itself is UTF-8 without hidden marks."""
    text = emit_json.report(data.diagnostics, data.counts, data.lang)
    assert not HIDDEN.search(text)
    rows = json.loads(text)["diagnostics"]
    assert [(row["path"], row["message"]) for row in rows] == [
        (item.where.path, item.message.text(data.lang)) for item in data.diagnostics
    ]


@many
@hostile
def test_json_lines_are_lines_for_every_reader(data: Report) -> None:
    """Whatever a reader takes for a line end, there is one value a line, and the summary comes last."""
    *rows, last = [json.loads(line) for line in jsonl.report(data).splitlines()]
    assert [row["message"] for row in rows] == [item.message.text(data.lang) for item in data.diagnostics]
    assert (last["type"], last["errors"], last["warnings"]) == ("summary", data.errors, data.warnings)


@many
@hostile
def test_sarif_is_read_back(data: Report) -> None:
    """Results are complete, in order, with relative addresses that lead to the same file."""
    (run,) = json.loads(sarif.report(data))["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(run["results"]) == len(data.diagnostics)
    for item, result in zip(data.diagnostics, run["results"], strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == item.code
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[A-Za-z0-9_.~/-]|%[0-9A-F]{2})+", uri)
        if not re.search("[\ud800-\udfff]", item.where.path):
            assert unquote(uri) == item.where.path
        assert not HIDDEN.search(result["message"]["text"])
        assert "](" not in result["message"]["text"]
    marks = [result["partialFingerprints"]["buildSite/v1"] for result in run["results"]]
    assert len(set(marks)) == len(marks)


def _read_command(line: str) -> tuple[str, dict[str, str], str]:
    """Read a workflow command as the runner does."""
    found = re.fullmatch(r"::(error|warning|notice) (.*?)::(.*)", line)
    assert found, line

    def plain(text: str) -> str:
        for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            text = text.replace(code, char)
        return text

    told = dict(part.split("=", 1) for part in found[2].split(","))
    return found[1], {key: plain(value) for key, value in told.items()}, plain(found[3])


@many
@hostile
def test_workflow_commands_are_read_back(data: Report) -> None:
    """One command a line and none smuggled in; the message is whole."""
    lines = github.report(data).split("\n")
    assert lines.pop() == ""
    assert len(lines) == (len(data.diagnostics) + 1 if data.diagnostics else 0)
    ordered = sorted(data.diagnostics, key=lambda item: str(item.severity))
    for item, line in zip(ordered, lines, strict=False):
        kind, told, message = _read_command(line)
        assert kind == item.severity
        assert told["file"] == visible(item.where.path)
        assert message.startswith(visible(item.message.text(data.lang)))


@many
@hostile
def test_code_quality_is_read_back(data: Report) -> None:
    """Every finding has a path, a line from 1 and a fingerprint of its own."""
    rows = json.loads(gitlab.report(data))
    assert [row["location"]["path"] for row in rows] == [item.where.path for item in data.diagnostics]
    assert all(row["location"]["lines"]["begin"] >= 1 for row in rows)
    assert len({row["fingerprint"] for row in rows}) == len(rows)


@many
@hostile
def test_junit_is_well_formed(data: Report) -> None:
    """Any XML reader takes it; what fails and what is skipped adds up, and names are unique."""
    root = ET.fromstring(junit.report(data).encode())
    failing = sum(data.fails(item) for item in data.diagnostics)
    assert (root.get("failures"), root.get("skipped")) == (str(failing), str(len(data.diagnostics) - failing))
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(names)) == len(names)
    assert {one_line(item.message.text(data.lang)) for item in data.diagnostics if data.fails(item)} == {
        failure.get("message") for failure in root.iter("failure")
    }


class _Page(HTMLParser):
    """The elements and the texts of a page; fails on what is not closed."""

    VOID = frozenset({"meta"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[self.open[-1]][-1] += data


@many
@hostile
def test_the_page_shows_texts_and_runs_nothing(data: Report) -> None:
    """No element, attribute or address comes out of a text; every message is there, every excerpt too."""
    text = html.report(data)
    assert not HIDDEN.search(text)
    page = _Page()
    page.feed(text)
    page.close()
    assert page.open == []
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "iframe", "link", "object", "form", "b"})
    for _, attributes in page.tags:
        assert set(attributes) <= {
            "lang",
            "charset",
            "http-equiv",
            "content",
            "name",
            "class",
            "href",
            "id",
            "scope",
            "aria-label",
            "aria-labelledby",
        }
        assert (attributes.get("href") or "#").startswith("#")
    assert sum(tag == "article" for tag, _ in page.tags) == len(data.diagnostics)
    said = page.texts.get("dd", [])
    for item in data.diagnostics:
        assert visible(item.message.text(data.lang)) in said
        assert visible(item.help.text(data.lang)) in said


@many
@given(hostile_reports(), st.integers(1, 8))
def test_a_watch_list_keeps_to_its_lines(data: Report, lines: int) -> None:
    """No more lines than wanted, none too long, for every reader of lines."""
    said = digest(data, lines).splitlines()
    assert 1 <= len(said) <= lines
    assert all(0 < len(line) <= LONGEST for line in said)


@many
@hostile
@pytest.mark.parametrize("form", [name for name in FORMS if name not in ("text",)])
def test_every_report_can_be_written(form: str, data: Report) -> None:
    """Every form is UTF-8, and the same at every call."""
    made = FORMS[form](data)
    assert made.encode("utf-8") == FORMS[form](data).encode("utf-8")


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_visible_text_is_visible_once_and_for_all(text: str) -> None:
    """What has been made visible has nothing to be made visible any more."""
    once = visible(text)
    assert visible(once) == once
    assert not HIDDEN.search(once)
