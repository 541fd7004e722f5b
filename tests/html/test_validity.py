"""Every page that is built is valid HTML: the judge is the Nu Html Checker, the one behind validator.w3.org."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from build_site.checks.emit.html import report
from build_site.model.file_card import FileCard
from build_site.model.finding import Lang
from build_site.model.text import Location
from tests.robust.sandbox import ROOT
from tests.support.reports import diagnostic, report_of

JAR = ROOT / ".cache/node/node_modules/vnu-jar/build/dist/vnu.jar"
MISSING = [name for name, found in (("Java", shutil.which("java")), ("vnu.jar", JAR.is_file())) if not found]
pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (Debian: default-jre-headless; npm: scripts/node_tools)"
)
WRONGLY = {
    r"^Resource violates Content Security Policy .*(script|stylesheet|image) “(?!data:|https?:)": (
        "a file on disk has no origin for the checker, so that 'self' matches nothing; tests/browser loads every type of page under its policy"
    ),
    r"^Inline script violates Content Security Policy .*<script type=\"application/ld\+json\">": (
        "a data block is no script: browsers do not run it and put no question to the policy (HTML, prepare the script element)"
    ),
    r"^Section lacks heading": "a nameless section of the text's own, like that of the footnotes, is no part of the outline",
}
"""What the checker says and is not heeded, with the reason; the pattern is sought in its words and the excerpt behind them."""


def _heeded(message: dict[str, object]) -> bool:
    said = f"{message['message']} {message.get('extract', '')}"
    return not any(re.search(pattern, said, re.DOTALL) for pattern in WRONGLY)


def _messages(*files: Path) -> list[dict[str, object]]:
    """Return everything that the checker says about files or folders of HTML."""
    done = subprocess.run(
        [
            "java",
            "-Xss8m",
            "-jar",
            str(JAR),
            "--skip-non-html",
            "--format",
            "json",
            "--exit-zero-always",
            *map(str, files),
        ],
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-2000:]
    found: list[dict[str, object]] = json.loads(done.stderr)["messages"]
    return found


def test_every_page_is_valid(public: Path) -> None:
    """No error and no warning on any page of the sample site."""
    assert len(list(public.rglob("*.html"))) > 100
    heeded = [message for message in _messages(public) if _heeded(message)]
    said = Counter(str(message["message"]) for message in heeded)
    first = {
        str(message["message"]): f"{message['url']}:{message.get('lastLine')} {str(message.get('extract'))[:160]!r}"
        for message in reversed(heeded)
    }
    assert not said, "\n".join(f"{count} × {text}\n    {first[text]}" for text, count in said.most_common())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_is_valid(lang: Lang, tmp_path: Path) -> None:
    """The page of findings for editors, with hostile titles, messages and lines in it."""
    hostile = "<script>]]></pre>\x00\u202e&amp;\"'\ud800"
    found = [
        diagnostic(message=hostile, help_=hostile),
        diagnostic(code="SRC109"),
        diagnostic(Location("catalog.yaml")),
    ]
    cards = {"content/zd/a.md": FileCard(hostile, hostile)}
    data = report_of(*found, lang=lang, cards=cards, read_line=lambda path, line: hostile, counts={"pages": 1})
    for name, one in (("found", data), ("clean", report_of(lang=lang))):
        (tmp_path / f"{name}.html").write_text(report(one), "utf-8")
    assert _messages(tmp_path) == []


def test_the_checker_does_find_faults(tmp_path: Path) -> None:
    """A page with a stray end tag, an id twice and an unknown attribute is refused for each of them."""
    page = '<!DOCTYPE html><html lang="zh-CN"><title>题</title><p id="a">文</p></div><p id="a" colour="red">字</p>'
    (tmp_path / "bad.html").write_text(page, "utf-8")
    said = " ".join(str(message["message"]) for message in _messages(tmp_path / "bad.html"))
    assert "Stray end tag" in said and "Duplicate ID" in said and "colour" in said
