"""Publishing the rest of a site when what stands in the way was never published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from build_site.model.finding import Severity
from build_site.output.build import build
from build_site.output.outcome import Outcome
from tests.support import sites
from tests.support.sites import AS_OF, notice

BROKEN = notice("新的通知", "00009", f"{sites.TEXT}见[附表](biao.xlsx)。")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site that was published once."""
    root = sites.write(tmp_path / "site", {"catalog.yaml": sites.unaudited()})
    assert build(root, tmp_path / "out", AS_OF).published
    return root


def tried(root: Path, level: Severity = Severity.ERROR, day: date = AS_OF) -> Outcome:
    return build(root, root.parent / "out", day, fail_on=level, quarantine=True)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def put(root: Path, path: str, text: str) -> None:
    (root / path).write_text(text, "utf-8")


def test_the_rest_is_built_as_if_the_files_were_not_there(root: Path, tmp_path: Path) -> None:
    """Byte for byte, the lock included; the findings are still told, and do not count as a failure."""
    put(root, "content/zd/neu.md", BROKEN)
    put(root, "content/zd/gut.md", notice("好的通知", "00010"))
    put(root, "content/zd/kaputt.md", "---\ntitle: [\n---\n")
    assert not build(root, tmp_path / "out", AS_OF).published
    outcome = tried(root)
    assert outcome.published
    assert outcome.held == {"content/zd/neu.md", "content/zd/kaputt.md"}
    assert {item.where.path for item in outcome.diagnostics} == outcome.held
    assert not outcome.fails(Severity.ERROR)
    lock = (root / "urls.lock").read_text("utf-8")
    assert "wj/2020/00010.html" in lock
    assert "wj/2020/00009.html" not in lock
    good = {"content/zd/gut.md": notice("好的通知", "00010"), "catalog.yaml": sites.unaudited()}
    other = sites.write(tmp_path / "other", good)
    put(other, "urls.lock", lock)
    assert build(other, tmp_path / "other-out", AS_OF).published
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "other-out")


def test_a_new_document_that_links_to_it_is_held_too(root: Path) -> None:
    """One after another, as far as it goes."""
    put(root, "content/zd/neu.md", BROKEN)
    put(root, "content/zd/zwei.md", notice("第二", "00010", f"{sites.TEXT}见[新的通知](neu.md)。"))
    put(root, "content/zd/drei.md", notice("第三", "00011", f"{sites.TEXT}见[第二](zwei.md)。"))
    outcome = tried(root)
    assert outcome.published
    assert outcome.held == {f"content/zd/{name}.md" for name in ("neu", "zwei", "drei")}


@pytest.mark.parametrize(
    "change",
    [
        "a published document that links to it",
        "an error in a published document",
        "an error in the catalogue",
        "an error in the theme",
        "a mandated column without its only document",
        "a column's introduction",
        "a published document under another index number",
        "no lock",
    ],
)
def test_nothing_is_published_when_more_is_wrong(root: Path, change: str) -> None:
    """The last good site stays byte for byte, and all findings are told."""
    put(root, "content/zd/neu.md", BROKEN)
    match change:
        case "a published document that links to it":
            put(root, "content/zd/zhidu.md", notice("信息公开制度", "00001", f"{sites.TEXT}见[新的通知](neu.md)。"))
        case "an error in a published document":
            put(root, "content/zd/zhidu.md", notice("信息公开制度", "00001", f"{sites.TEXT}见[附表](biao.xlsx)。"))
        case "an error in the catalogue":
            put(root, "catalog.yaml", sites.CATALOGUE + "nonsense: 1\n")
        case "an error in the theme":
            (root / "themes/site/templates").mkdir(parents=True)
            put(root, "themes/site/templates/search.html", "{{ nonsense }}")
        case "a mandated column without its only document":
            (root / "content/nb/2019.md").unlink()
            put(root, "content/nb/2020.md", notice("2020年度报告", "00012", f"{sites.TEXT}见[附表](biao.xlsx)。"))
        case "a column's introduction":
            put(root, "content/zd/index.md", sites.intro("政府信息公开制度", f"{sites.TEXT}见[附表](biao.xlsx)。"))
        case "a published document under another index number":
            put(root, "content/zd/zhidu.md", notice("信息公开制度", "00077", f"{sites.TEXT}见[附表](biao.xlsx)。"))
        case "no lock":
            (root / "urls.lock").unlink()
    before = bytes_of(root.parent / "out")
    outcome = tried(root)
    assert not outcome.published
    assert not outcome.held
    assert "content/zd/neu.md" in {item.where.path for item in outcome.diagnostics}
    assert bytes_of(root.parent / "out") == before


def test_a_site_without_faults_is_built_as_always(root: Path) -> None:
    """Nothing is held for nothing."""
    outcome = tried(root)
    assert (outcome.published, outcome.held, outcome.diagnostics) == (True, frozenset(), ())


def test_warnings_count_where_they_fail_a_build(root: Path) -> None:
    """With `--fail-on warning` a document with a warning is held."""
    put(root, "content/zd/neu.md", notice("新的通知", "00009", f"{sites.TEXT}\n\n| 项目 | |\n|---|---|\n| 甲 | 乙 |"))
    assert tried(root).held == frozenset()
    (root / "urls.lock").write_text(
        (root / "urls.lock").read_text("utf-8").replace("wj/2020/00009.html\n", ""), "utf-8"
    )
    outcome = tried(root, Severity.WARNING)
    assert outcome.published
    assert outcome.held == {"content/zd/neu.md"}
