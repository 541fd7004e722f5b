"""`build-site build-all`: many sites in one run, by real commands on real folders."""

from __future__ import annotations

import json
import os
import pty
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.robust.sandbox import (
    AS_OF,
    HAN,
    TEXT,
    Result,
    command,
    english_sentences,
    environment,
    make_site,
    no_crash,
    notice,
    page_of,
    run,
    tree,
)


def build_all(folder: Path, *words: str | Path) -> Result:
    """Build the list in `folder` as on a fixed day, from there."""
    return run("build-all", "SITES.yaml", "--as-of", AS_OF, *words, cwd=folder)


def put(folder: Path, text: str) -> None:
    (folder / "SITES.yaml").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three small sites and their list, nothing built yet."""
    folder = tmp_path_factory.mktemp("city")
    for name in ("jyj", "czj", "slj"):
        make_site(folder / name)
    put(folder, "默认:\n  输出文件夹: www\n站点:\n  - {站点文件夹: jyj, 名称: 市教育局}\n  - czj\n  - slj\n")
    return folder


@pytest.fixture
def city(made: Path, tmp_path: Path) -> Path:
    """A copy of one's own."""
    return Path(shutil.copytree(made, tmp_path / "city"))


def break_a_link(city: Path, site: str) -> None:
    (city / site / "content/zd/b.md").write_text(notice(2, body=f"{TEXT}[甲](nowhere.md)"), "utf-8")


def test_all_sites_are_built_and_told_of_in_their_order(city: Path) -> None:
    result = build_all(city)
    assert result.code == 0, result.all
    lines = [line for line in result.out.splitlines() if line.startswith("■")]
    assert [line.split("：")[0] for line in lines] == ["■ 市教育局（jyj）", "■ czj（czj）", "■ slj（slj）"]
    assert all("已生成到" in line for line in lines)
    assert "3 个站点全部生成" in result.err
    for name in ("jyj", "czj", "slj"):
        assert (city / "www" / name / page_of(1)).is_file()
        assert (city / name / "urls.lock").is_file()
        assert not (city / name / "public").exists()


def test_each_site_is_what_build_makes_of_it(city: Path) -> None:
    """Byte for byte, and so is urls.lock."""
    assert build_all(city).code == 0
    alone = Path(shutil.copytree(city / "czj", city / "alone", ignore=shutil.ignore_patterns(".cache", "urls.lock")))
    assert run("build", "--site", alone, "--as-of", AS_OF).code == 0
    assert tree(alone / "public") == tree(city / "www/czj")
    assert (alone / "urls.lock").read_bytes() == (city / "czj/urls.lock").read_bytes()


def test_one_failing_site_stops_no_other(city: Path) -> None:
    """It is told with place, reason and remedy; its last good site stays; the worst code wins."""
    assert build_all(city).code == 0
    before = tree(city / "www/czj")
    break_a_link(city, "czj")
    for name in ("jyj", "slj"):
        (city / name / "content/zd/b.md").write_text(notice(2), "utf-8")
    result = build_all(city)
    assert result.code == 1
    assert "■ czj（czj）：没有生成，原来的网站没有改动" in result.out
    assert "czj/content/zd/b.md:7:" in result.out and "link-to-missing-page" in result.out and "怎么改" in result.out
    assert "[甲](nowhere.md)" in result.out  # the line itself
    assert "3 个站点中 2 个已经生成，1 个没有：czj" in result.err
    assert tree(city / "www/czj") == before
    assert all((city / "www" / name / page_of(2)).is_file() for name in ("jyj", "slj"))
    assert english_sentences(result.all) == []


def test_the_worst_exit_code_wins(city: Path) -> None:
    """A catalogue that cannot be used ends with 2, whatever the others have."""
    break_a_link(city, "czj")
    (city / "slj/catalog.yaml").write_text("columns: 1\n", "utf-8")
    result = build_all(city, "--format", "json")
    assert result.code == 2
    assert [row["exit_code"] for row in json.loads(result.out)["sites"]] == [0, 1, 2]


def test_a_site_that_is_not_there_is_told_at_its_place_in_the_list(city: Path) -> None:
    put(city, "站点:\n  - jyj\n  - czh\n")
    result = build_all(city)
    assert result.code == 2
    assert "SITES.yaml:3:5: 必须修改 SIT106 listed-site-missing" in result.out and "- czh" in result.out
    assert (city / "jyj/public" / page_of(1)).is_file()
    assert not (city / "czh").exists()


def test_an_output_folder_of_others_is_a_problem_of_its_site_only(city: Path) -> None:
    (city / "www/czj").mkdir(parents=True)
    (city / "www/czj/mine.txt").write_text("mine", "utf-8")
    result = build_all(city)
    assert result.code == 2
    assert "不是本程序生成的" in result.out and "2 个已经生成" in result.err
    assert (city / "www/czj/mine.txt").read_text("utf-8") == "mine"
    english = build_all(city, "--lang", "en", "--format", "json")
    problem = {row["name"]: row["problem"] for row in json.loads(english.out)["sites"]}
    assert problem["市教育局"] is None and "was not made by this program" in problem["czj"]


BAD_LISTS: tuple[tuple[str, str, str], ...] = (
    ("", "SITES.yaml: 必须修改 SIT101 site-list-missing", "新建这个文件"),
    ("站点:\n", "SITES.yaml:1:4: 必须修改 YML106", "站点"),
    ("站点: [\n", "SITES.yaml:", "YML"),
    ("站点:\n  - {文件夹: jyj, 名: 甲}\n", "SITES.yaml:2:16: 必须修改 YML105", "名称"),
    ("站点：\n  - jyj\n", "SITES.yaml:1:", "全角冒号"),
    ("站点:\n  - jyj\n  - ./jyj\n", "SITES.yaml:3:5: 必须修改 SIT102 site-listed-twice", "第 2 行"),
    (
        "站点:\n  - {文件夹: jyj, 输出文件夹: www}\n  - {文件夹: czj, 输出文件夹: www/}\n",
        "SITES.yaml:3:11: 必须修改 SIT103 outputs-overlap",
        "第 2 行的“jyj”",
    ),
    (
        "站点:\n  - {文件夹: jyj, 输出文件夹: www/a/b}\n  - {文件夹: czj, 输出文件夹: www}\n",
        "SITES.yaml:2:11: 必须修改 SIT103 outputs-overlap",
        "“czj”",
    ),
    (
        "站点:\n  - {文件夹: jyj, 输出文件夹: czj/content/zd}\n  - czj\n",
        "SITES.yaml:2:11: 必须修改 SIT104 output-over-sources",
        "“czj”的源文件",
    ),
    ("站点:\n  - {文件夹: jyj, 输出文件夹: czj}\n  - czj\n", "SITES.yaml:", "SIT103"),
    ("站点:\n  - {文件夹: jyj, 输出文件夹: .}\n", "SITES.yaml:2:11: 必须修改 SIT104", "只放网站"),
    ("默认:\n  主题文件夹: thems\n站点:\n  - jyj\n", "SITES.yaml:2:10: 必须修改 SIT105 shared-themes-missing", "thems"),
    ("默认: {缓存文件夹: www/c, 输出文件夹: www}\n站点:\n  - {文件夹: jyj, 输出文件夹: www}\n", "SIT104", "缓存"),
)


@pytest.mark.parametrize(("text", "place", "hint"), BAD_LISTS, ids=[str(number) for number in range(len(BAD_LISTS))])
def test_a_bad_list_is_refused_before_anything_starts(text: str, place: str, hint: str, city: Path) -> None:
    """Place, reason and remedy, in Chinese; code 2; no file is written."""
    put(city, text)
    before = tree(city)
    result = build_all(city)
    no_crash(result)
    assert result.code == 2
    assert place in result.out and hint in result.out, result.out
    assert "一个站点也没有生成" in result.err
    assert english_sentences(result.all) == []
    assert tree(city) == before


def test_a_bad_list_is_told_in_english_and_as_json(city: Path) -> None:
    put(city, "sites:\n  - jyj\n  - ./jyj\n")
    english = build_all(city, "--lang", "en")
    assert english.code == 2 and not HAN.search(english.err)
    assert "this folder is listed already, in line 2 (jyj)" in english.out
    told = json.loads(build_all(city, "--format", "json").out)
    assert [row["code"] for row in told["diagnostics"]] == ["SIT102"] and told["sites"] == []


def test_a_list_that_is_not_there(city: Path) -> None:
    result = run("build-all", "NOTHERE.yaml", cwd=city)
    assert result.code == 2 and "SIT101" in result.out and "NOTHERE.yaml" in result.out


def test_a_link_to_the_same_folder_is_seen_through(city: Path) -> None:
    """Two names of one output folder are one folder."""
    (city / "other").symlink_to("www", target_is_directory=True)
    put(city, "站点:\n  - {文件夹: jyj, 输出文件夹: www/a}\n  - {文件夹: czj, 输出文件夹: other/a}\n")
    (city / "www").mkdir()
    result = build_all(city)
    assert result.code == 2 and "SIT103" in result.out


def test_json_has_every_site_with_its_findings(city: Path) -> None:
    break_a_link(city, "slj")
    result = build_all(city, "--format", "json", "--report", "all.sarif", "--report", "all.html")
    told = json.loads(result.out)
    assert (told["summary"]["sites"], told["summary"]["published"], told["summary"]["errors"]) == (3, 2, 1)
    by_name = {row["name"]: row for row in told["sites"]}
    assert by_name["市教育局"]["published"] and by_name["市教育局"]["summary"]["pages"] > 5
    broken = by_name["slj"]
    assert (broken["site"], broken["published"], broken["exit_code"], broken["problem"]) == ("slj", False, 1, None)
    assert [row["path"] for row in broken["diagnostics"] if row["severity"] == "error"] == ["content/zd/b.md"]
    sarif = json.loads((city / "all.sarif").read_text("utf-8"))
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in sarif["runs"][0]["results"]]
    assert "slj/content/zd/b.md" in places
    assert "slj/content/zd/b.md" in (city / "all.html").read_text("utf-8")


@pytest.mark.parametrize("form", ["jsonl", "github", "gitlab", "junit"])
def test_other_forms_tell_the_site_in_the_path(form: str, city: Path) -> None:
    break_a_link(city, "slj")
    result = build_all(city, "--format", form)
    assert result.code == 1 and "slj/content/zd/b.md" in result.out


def test_a_report_may_not_lie_in_a_site(city: Path) -> None:
    result = build_all(city, "--report", "slj/content/r.json")
    assert result.code == 2 and "不能写到这里" in result.err
    assert not (city / "www").exists()


def test_a_shared_theme_is_used_and_a_site_s_own_goes_before_it(city: Path) -> None:
    theme = city / "shared/city"
    (theme / "templates").mkdir(parents=True)
    (theme / "theme.yaml").write_text("title: 全市样式\n", "utf-8")
    layer = '{% extends "default/document.html" %}{% block before_body %}<p data-shell>MARK</p>{% endblock %}\n'
    (theme / "templates/document.html").write_text(layer.replace("MARK", "全市统一"), "utf-8")
    shutil.copytree(theme, city / "czj/themes/city")
    (city / "czj/themes/city/templates/document.html").write_text(layer.replace("MARK", "本局自己"), "utf-8")
    for name in ("jyj", "czj"):
        catalogue = city / name / "catalog.yaml"
        catalogue.write_text(catalogue.read_text("utf-8").replace("site:\n", "site:\n  theme: city\n", 1), "utf-8")
    put(city, "默认: {输出文件夹: www, 主题文件夹: shared}\n站点: [jyj, czj, slj]\n")
    assert build_all(city).code == 0
    pages = {name: (city / "www" / name / page_of(1)).read_text("utf-8") for name in ("jyj", "czj", "slj")}
    assert "全市统一" in pages["jyj"] and "本局自己" in pages["czj"]
    assert "全市统一" not in pages["slj"]
    (theme / "templates/document.html").write_text(layer.replace("MARK", "第二年"), "utf-8")
    assert build_all(city).code == 0  # the change is seen although nothing else changed
    assert "第二年" in (city / "www/jyj" / page_of(1)).read_text("utf-8")
    (theme / "templates/document.html").write_text("{% nonsense %}\n", "utf-8")
    broken = build_all(city)
    assert broken.code == 1
    assert "jyj/themes/city/templates/document.html:1" in broken.out and "{% nonsense %}" in broken.out


def test_a_shared_cache_is_used_and_keeps_the_sites_apart(city: Path) -> None:
    """Nothing is left in the sites; with and without it the output is the same; two sites of one folder name do not meet."""
    shutil.copytree(city / "jyj", city / "district/jyj")
    put(city, "默认: {缓存文件夹: cache}\n站点: [jyj, czj, district/jyj]\n")
    assert build_all(city).code == 0
    assert len([*(city / "cache").iterdir()]) == 3
    assert not (city / "jyj/.cache").exists()
    first = tree(city / "czj/public")
    assert build_all(city, "--no-cache").code == 0
    assert tree(city / "czj/public") == first


def test_locked_and_fail_on_hold_for_all(city: Path) -> None:
    assert build_all(city, "--locked").code == 1
    assert build_all(city).code == 0
    assert build_all(city, "--locked").code == 0
    (city / "slj/content/zd/unused.txt").write_text(TEXT, "utf-8")
    assert build_all(city).code == 0
    assert build_all(city, "--fail-on", "warning").code == 1


def large(folder: Path, count: int) -> Path:
    """Sites that take a while: enough for a signal to meet them at work."""
    for number in range(count):
        site = make_site(folder / f"s{number}")
        for one in range(10, 90):
            (site / f"content/zd/{one}.md").write_text(notice(one, title=f"关于第{one}项示例制度的通知"), "utf-8")
    put(folder, "站点: [" + ", ".join(f"s{number}" for number in range(count)) + "]\n")
    return folder


def of_group(group: int) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == group and fields[0] != "Z":
                yield int(entry.name)


def started(folder: Path) -> subprocess.Popen[bytes]:
    """The command at work: some site is being written."""
    line = command("build-all", "SITES.yaml", "--as-of", AS_OF, "--no-cache")
    process = subprocess.Popen(
        line, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while not [*folder.glob("s*/.public.new-*")]:
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.02)
    return process


def gone(group: int) -> bool:
    deadline = time.monotonic() + 20
    while [*of_group(group)]:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("everybody", [True, False], ids=["ctrl-c", "sigterm-to-the-parent"])
def test_an_interruption_is_clean(everybody: bool, tmp_path: Path) -> None:
    """All processes end, no half site and no folder of work is left, what was published is told; code 130."""
    folder = large(tmp_path, 4)
    process = started(folder)
    if everybody:
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.terminate()
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err.decode()
    assert "已中断" in err.decode() and "4 个站点中" in err.decode()
    assert b"Traceback" not in out + err
    assert gone(process.pid)
    assert [*folder.glob("s*/.public*")] == [] and [*folder.glob("s*/.urls.lock*")] == []
    for site in folder.glob("s*"):  # a site is whole or not there at all
        assert not (site / "public").exists() or (site / "public/manifest.json").is_file()
    assert build_all(folder).code == 0


def test_no_process_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    folder = large(tmp_path, 4)
    process = started(folder)
    process.kill()
    process.communicate(timeout=60)
    assert gone(process.pid)
    assert build_all(folder).code == 0
    assert [*folder.glob("s*/.public*")] == []


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="with one processor there are no helpers to kill")
def test_a_helper_that_the_system_ends_costs_one_site(tmp_path: Path) -> None:
    """The others are built; the report says which was not and why."""
    folder = large(tmp_path, 3)
    process = started(folder)
    helpers = [number for number in of_group(process.pid) if number != process.pid]
    os.kill(helpers[0], signal.SIGKILL)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 2, err.decode()
    assert out.decode().count("没有生成") == 1 and "多半是内存不够" in out.decode()
    assert "3 个站点中 2 个已经生成" in err.decode()


def test_progress_is_shown_on_a_terminal(city: Path) -> None:
    """Nothing of it in a file or pipe; on a terminal it is wiped away at the end."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command("build-all", "SITES.yaml", "--as-of", AS_OF),
        cwd=city, env=environment(), stdout=subprocess.DEVNULL, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    told = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:
            break
        if not part:
            break
        told += part
    os.close(ours)
    assert process.wait(timeout=60) == 0
    assert "3 个站点全部生成".encode() in told
    assert "\x1b" not in build_all(city).err


def test_few_sites_are_built_one_after_the_other(city: Path) -> None:
    """One site alone is spread over the processors, as `build` does it: the same comes out."""
    put(city, "站点: [jyj]\n")
    result = build_all(city)
    assert result.code == 0 and "1 个站点全部生成" in result.err
    assert (city / "jyj/public" / page_of(1)).is_file()
