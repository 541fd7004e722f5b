"""Reports as people and CI jobs ask for them: files beside the terminal, forms on standard output, watch lists."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from build_site.checks.emit.forms import FORMS
from build_site.cli.options import ENDINGS, FORM_NAMES
from tests.robust.sandbox import HAN, TEXT, build, check, make_site, notice, run, tree


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with one error and one warning."""
    site = make_site(tmp_path_factory.mktemp("faulty") / "site")
    (site / "content/zd/b.md").write_text(notice(2, body=f"{TEXT}[甲](nowhere.md)"), "utf-8")
    (site / "content/zd/unused.txt").write_text(TEXT, "utf-8")
    return site


def test_the_forms_on_the_command_line_are_all_there_are() -> None:
    """The option lists names without loading the forms; both lists are one."""
    assert tuple(FORMS) == FORM_NAMES
    assert set(ENDINGS.values()) <= set(FORM_NAMES)


@pytest.mark.parametrize("form", FORM_NAMES)
def test_every_form_can_be_asked_for(form: str, faulty: Path) -> None:
    """Exit code and summary do not depend on the form; nothing but the report is on standard output."""
    result = check(faulty, "--format", form)
    assert result.code == 1
    assert "LNK101" in result.out
    assert result.err.startswith("✘")


def test_files_beside_the_terminal(faulty: Path, tmp_path: Path) -> None:
    """The terminal shows what it always shows; each file has the form of its ending or of its prefix."""
    plain = check(faulty)
    wanted = ("r.html", "r.json", "r.jsonl", "r.sarif", "r.xml", "r.txt", "gitlab:gl.json", "github:gh.txt")
    before = tree(faulty)
    result = run(
        "check", "--site", faulty, "--as-of", "2020-12-01",
        *(word for name in wanted for word in ("--report", name)), cwd=tmp_path,
    )  # fmt: skip
    assert (result.code, result.out) == (1, plain.out)
    assert tree(faulty) == before
    assert (tmp_path / "r.txt").read_text("utf-8") == plain.out
    assert (tmp_path / "r.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["summary"]["errors"] == 1
    assert len((tmp_path / "r.jsonl").read_text("utf-8").splitlines()) == 3
    assert json.loads((tmp_path / "r.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert ET.parse(tmp_path / "r.xml").getroot().get("failures") == "1"
    assert len(json.loads((tmp_path / "gl.json").read_text("utf-8"))) == 2
    assert (tmp_path / "gh.txt").read_text("utf-8").startswith("::error file=content/zd/b.md,line=")


def test_paths_lead_from_where_the_program_runs(faulty: Path) -> None:
    """A site in a folder of its repository: CI servers look for files from the repository's top."""
    result = run("check", "--site", "site", "--as-of", "2020-12-01", "--format", "github", cwd=faulty.parent)
    assert result.out.startswith("::error file=site/content/zd/b.md,line=")


@pytest.mark.parametrize(
    "name",
    ["content/r.html", "themes/r.html", "public/r.html", "urls.lock", "baseline.json", "wording.yaml", "content/zd"],
)
def test_a_report_does_not_go_into_the_site(name: str, tmp_path: Path) -> None:
    """Neither content nor output nor our own files are overwritten; nothing is done."""
    site = make_site(tmp_path / "site")
    assert build(site).code == 0
    (site / "themes").mkdir(exist_ok=True)
    before = tree(site)
    result = check(site, "--report", f"html:{site / name}")
    assert result.code == 2
    assert HAN.search(result.err) and "Traceback" not in result.err
    assert tree(site) == before


def test_a_report_without_a_folder_is_told_before_any_work(faulty: Path, tmp_path: Path) -> None:
    """The folder must be there; the message names it."""
    result = check(faulty, "--report", str(tmp_path / "no/r.html"))
    assert (result.code, result.out) == (2, "")
    assert "没有这个文件夹" in result.err


def test_a_disk_that_takes_no_report(faulty: Path) -> None:
    """The check is done and told; that the report is missing is told too, with the code of a disk that fails."""
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    result = check(faulty, "--report", "html:/dev/full")
    assert result.code == 2
    assert "LNK101" in result.out
    assert "报告没有写成：磁盘满了" in result.err


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "words",
    [("--report", "r.pdf"), ("--report", "xlsx:r"), ("--watch-list", "0"), ("--watch-list", "3", "--format", "json")],
)
def test_mistakes_are_told(words: tuple[str, ...], lang: str, faulty: Path) -> None:
    """An ending that says nothing, no lines, two forms for one place: usage, in the language asked for."""
    result = check(faulty, *words, "--lang", lang)
    assert (result.code, result.out) == (2, "")
    assert bool(HAN.search(result.err)) is (lang == "zh")


def test_a_watch_list_is_all_there_is_on_standard_output(faulty: Path) -> None:
    """Five lines at most, without path or title; the exit code stays."""
    result = check(faulty, "--watch-list", "5")
    assert result.code == 1
    lines = result.out.splitlines()
    assert 3 <= len(lines) <= 5
    assert "必须修改 1 处、建议修改 1 处" in lines[0]
    assert "content/" not in result.out


def test_a_clean_site_has_a_clean_report(tmp_path: Path) -> None:
    """Exit code 0, and a page that says so; a build writes its report too."""
    site = make_site(tmp_path / "site")
    report = tmp_path / "r.html"
    assert build(site, "--report", str(report)).code == 0
    assert "通过，没有要改的。" in report.read_text("utf-8")


def test_a_catalogue_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    """Without a catalogue there are no offices; the report is written all the same."""
    site = make_site(tmp_path / "site")
    (site / "catalog.yaml").write_text("a: [", "utf-8")
    report = tmp_path / "r.html"
    assert check(site, "--report", str(report)).code == 2
    assert "YML102" in report.read_text("utf-8")


def test_a_folder_for_reports_inside_the_site_is_fine(tmp_path: Path) -> None:
    """Beside the content there is room; the next check does not mind the report."""
    site = make_site(tmp_path / "site")
    assert check(site, "--report", str(site / "检查报告.html")).code == 0
    again = check(site, "--fail-on", "warning")
    assert again.code == 0
    shutil.rmtree(site)


def test_rules_by_law() -> None:
    """`explain --by-basis` lists every law with its rules."""
    result = run("explain", "--by-basis")
    assert result.code == 0
    _, _, regulation = result.out.partition("《政府信息公开条例》\n")
    assert "\n    第十二条\n        ADR101" in regulation
    both = run("explain", "ADR101", "--by-basis")
    assert (both.code, both.out) == (2, "")
    assert "不写编号" in both.err
