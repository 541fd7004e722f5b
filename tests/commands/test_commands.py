"""The commands as people and CI jobs run them: exit codes, streams, options, words."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import subprocess
import time
from datetime import datetime, timezone
from pathlib import Path

import pytest

from tests.robust.sandbox import (
    AS_OF,
    CATALOGUE,
    HAN,
    ROOT,
    TEXT,
    Result,
    build,
    check,
    chinese_sentences,
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

B = "content/zd/b.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with its output."""
    site = make_site(tmp_path_factory.mktemp("built") / "site")
    assert build(site).code == 0
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of the small built site of one's own."""
    return Path(shutil.copytree(built, tmp_path / "site"))


def _put(site: Path, path: str, text: str) -> None:
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def _break_a_link(site: Path) -> None:
    _put(site, B, notice(2, body=f"{TEXT}[甲](nowhere.md)"))


def _only_a_warning(site: Path) -> None:
    _put(site, "content/zd/unused.txt", TEXT)


# Exit codes


def test_build_and_check_of_a_good_site_end_with_0(site: Path) -> None:
    """Nothing to say on standard output, a summary on standard error."""
    for result in (build(site), check(site)):
        assert (result.code, result.out) == (0, "")
        assert "通过" in result.err and re.search(r"已检查 \d+ 页、\d+ 个链接、\d+ 个附件", result.err)


def test_findings_end_with_1_on_standard_output(site: Path) -> None:
    """Findings go to standard output, the summary to standard error; nothing is in both."""
    _break_a_link(site)
    for result in (build(site), check(site)):
        assert result.code == 1
        assert f"{B}:7:" in result.out and "link-to-missing-page" in result.out
        assert "link-to-missing-page" not in result.err and "不能发布" in result.err
        assert "不能发布" not in result.out


def test_a_bad_catalogue_ends_with_2(site: Path) -> None:
    """A mistake in `catalog.yaml` is a configuration error, told like a finding."""
    _put(site, "catalog.yaml", CATALOGUE.replace("postcode:", "postcod:"))
    for result in (build(site), check(site)):
        assert result.code == 2
        assert "postcode" in result.out and "catalog.yaml:" in result.out and "catalog.yaml" in result.err


USAGE: tuple[tuple[list[str], str], ...] = (
    (["biuld"], "build"),
    (["build", "--localed"], "--locked"),
    (["check", "--formt", "json"], "--format"),
    (["explian"], "explain"),
    (["build", "--lang", "fr"], "zh"),
    (["check", "--format", "xml"], "json"),
    (["check", "--fail-on", "never"], "warning"),
    (["check", "--as-of", "17.11.2020"], "2020-11-17"),
    (["check", "--as-of", "2020-02-30"], "2020-11-17"),
    (["check", "--as-of"], "--as-of"),
    (["explain", "NIX999"], "NIX999"),
    (["init"], "文件夹"),
    (["build", "too", "much"], "too"),
    (["check", "--site", "catalog.yaml"], "catalog.yaml"),
    ([], "build"),
)
ENGLISH = tuple(row for row in USAGE if row[0] and "--lang" not in row[0])


@pytest.mark.parametrize(("words", "hint"), USAGE, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_a_mistake_on_the_command_line_ends_with_2(words: list[str], hint: str, site: Path) -> None:
    """A mistyped command, option or value: code 2, in Chinese, with what was probably meant, on standard error."""
    result = run(*words, cwd=site)
    no_crash(result)
    if not words:  # the bare command shows how to go on
        assert HAN.search(result.all) and hint in result.all
        return
    assert (result.code, result.out) == (2, "")
    assert HAN.search(result.err) and hint in result.err
    assert english_sentences(result.err) == []
    assert not re.search(r"\b(Usage|Error|Try|Invalid|Missing|Got|No such|Option|requires|Directory)\b", result.err), (
        result.err
    )


@pytest.mark.parametrize(
    ("words", "hint"), ENGLISH, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_a_mistake_is_told_in_english_if_asked(words: list[str], hint: str, site: Path) -> None:
    """With `--lang en` the same mistakes are told in English."""
    result = run(*words[:1], "--lang=en", *words[1:], cwd=site)
    if words[-1] == "--as-of":
        result = run(words[0], "--lang", "en", *words[1:], cwd=site)
    no_crash(result)
    assert (result.code, result.out) == (2, "")
    assert chinese_sentences(result.err) == []
    assert re.search(r"[a-z]{3,} [a-z]{2,}", result.err)
    assert hint in result.err or not hint.isascii()


@pytest.mark.parametrize(
    "words", [["--help"], ["-h"], *([word, "--help"] for word in ("build", "check", "explain", "clean", "init"))]
)
def test_help_is_chinese_and_ends_with_0(words: list[str]) -> None:
    """Every help text is in Chinese; no option is without an explanation."""
    result = run(*words)
    assert result.code == 0 and result.err == ""
    assert HAN.search(result.out)
    for line in result.out.split("\n"):
        if (
            re.match(r"  -", line)
            and "--help" not in line
            and not re.match(r"  -\S+(, --\S+)?( [A-Z|\[\]a-z]+)?$", line)
        ):
            assert HAN.search(line), line


def test_the_version_is_told() -> None:
    """`--version` tells name and version."""
    result = run("--version")
    assert result.code == 0 and re.fullmatch(r"build-site \d+\.\d+\.\d+\S*\n", result.out)


def test_no_site_here_ends_with_2(tmp_path: Path) -> None:
    """In a folder without `catalog.yaml` the answer names the file and how to make a site; nothing is written."""
    for word in ("build", "check"):
        result = run(word, cwd=tmp_path)
        no_crash(result)
        assert result.code == 2 and "catalog.yaml" in result.all and "init" in result.all
        assert "这里不是站点文件夹" in result.err and "0 页" not in result.err
    result = run("check", "--site", "no-such-folder", cwd=tmp_path)
    no_crash(result)
    assert result.code == 2
    assert tree(tmp_path) == {}


# explain


def test_explain_lists_and_explains_every_rule() -> None:
    """Every rule of the list can be explained by code and by name, in both languages."""
    listed = run("explain")
    assert listed.code == 0 and "explain SRC101" in listed.err
    rules = re.findall(r"^([A-Z]{3}\d{3})  (?:必须|建议)修改  .+  (\S+)$", listed.out, re.MULTILINE)
    assert len(rules) > 30
    assert len({code for code, _ in rules}) == len({name for _, name in rules}) == len(rules)
    code, name = rules[len(rules) // 2]
    by_code, by_name, lower = run("explain", code), run("explain", name), run("explain", code.lower())
    assert by_code.code == 0 and by_code.out == by_name.out == lower.out
    assert code in by_code.out and name in by_code.out and HAN.search(by_code.out)
    english = run("explain", code, "--lang", "en")
    alike = run("explain", "空白页")
    assert alike.code == 0 and "LNK104" in alike.out and len(alike.out.splitlines()) < len(rules) // 4
    assert english.code == 0 and english.out != by_code.out


# Formats and languages


def test_json_is_alone_on_standard_output(site: Path) -> None:
    """`--format json` gives one JSON value and nothing else on standard output, for every exit code."""
    for spoil, code in ((None, 0), (_break_a_link, 1), (lambda one: _put(one, "catalog.yaml", "- a\n"), 2)):
        if spoil:
            spoil(site)
        for result in (check(site, "--format", "json"), build(site, "--format=json")):
            assert result.code == code, result.all
            body = json.loads(result.out)
            assert body["schema_version"] == 1
            assert body["summary"]["errors"] == sum(row["severity"] == "error" for row in body["diagnostics"])
            assert bool(body["diagnostics"]) == (code != 0)
            for row in body["diagnostics"]:
                assert set(row) >= {"code", "name", "severity", "path", "line", "column", "message", "help"}
            assert HAN.search(result.err)


def test_the_coverage_table_has_three_forms(site: Path) -> None:
    """A report and no judgement: it ends with 0 for every state of the site, except without a catalogue."""
    text, told, sheet = (run("coverage", "--site", site, "--format", form) for form in ("text", "json", "csv"))
    assert [result.code for result in (text, told, sheet)] == [0, 0, 0]
    assert "第二十条十五项：已公开 0 项，已说明 15 项，没有着落 0 项" in text.out
    assert [item["state"] for item in json.loads(told.out)["items"]][:15] == ["explained"] * 15
    assert sheet.out.lstrip("\ufeff").splitlines()[1].startswith("第二十条（一）,")
    dated = run("coverage", "--site", site, "--as-of", "2020-11-18")
    assert "截至 2020-11-18" in dated.out
    (site / "catalog.yaml").unlink()
    assert run("coverage", "--site", site).code == 2


def test_json_follows_the_language(site: Path) -> None:
    """Messages of the JSON form are Chinese or English as asked; codes and places are the same."""
    _break_a_link(site)
    zh, en = (check(site, "--format", "json", "--lang", lang).findings for lang in ("zh", "en"))
    assert [(row["code"], row["path"], row["line"]) for row in zh] == [
        (row["code"], row["path"], row["line"]) for row in en
    ]
    for one, other in zip(zh, en, strict=True):
        assert HAN.search(one["message"]) and not chinese_sentences(other["message"] + other["help"])


def test_lang_en_is_english_throughout(site: Path) -> None:
    """Results, refusals and summaries of all commands are English with `--lang en`."""
    (site.parent / "foreign").mkdir()
    _put(site.parent, "foreign/x", "x")
    answers = [
        check(site, "--lang", "en"),
        build(site, "--lang", "en"),
        build(site, "--lang", "en", "--out", site.parent / "foreign"),
    ]
    _break_a_link(site)
    answers += [
        check(site, "--lang", "en"),
        run("clean", "--site", site, "--lang", "en"),
        run("explain", "--lang", "en"),
    ]
    assert [answer.code for answer in answers] == [0, 0, 2, 1, 0, 0]
    for answer in answers:
        assert chinese_sentences(answer.all) == [], answer.all
        assert re.search(r"[a-z]{3,} [a-z/]{2,}", answer.all)


def test_a_printer_without_chinese_does_not_crash(site: Path) -> None:
    """Under an ASCII locale and encoding the same Chinese text is written as UTF-8."""
    _break_a_link(site)
    odd = environment(LC_ALL="C", LANG="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    result = check(site, env=odd)
    no_crash(result)
    assert result.code == 1 and "必须修改" in result.out


def test_a_closed_pipe_is_no_crash(site: Path) -> None:
    """A reader that goes away, like `head`, makes no traceback."""
    words = " ".join(f"'{word}'" for word in command("explain"))
    done = subprocess.run(
        ["bash", "-c", f"{words} | head -n 1"], cwd=ROOT, env=environment(), capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr and b"Exception" not in done.stderr
    assert done.stdout.count(b"\n") == 1


# The day


def test_a_future_document_appears_on_its_day(site: Path) -> None:
    """`--as-of` and SOURCE_DATE_EPOCH decide what the public sees; the option goes first."""
    _put(site, B, notice(2, "关于将来的通知", day="2027-03-01"))
    page = site / "public" / page_of(2)
    assert build(site).code == 0 and not page.exists()
    assert "关于将来的通知" not in (site / "public/zd/index.html").read_text("utf-8")
    assert run("build", "--site", site, "--as-of", "2027-02-28").code == 0 and not page.exists()
    assert run("build", "--site", site, "--as-of", "2027-03-01").code == 0 and page.exists()
    assert "关于将来的通知" in (site / "public/zd/index.html").read_text("utf-8")

    (site / "urls.lock").unlink()
    midnight = int(datetime(2027, 2, 28, 16, 0, tzinfo=timezone.utc).timestamp())  # noqa: UP017 - 1 March in Shanghai
    for moment, there in ((midnight, True), (midnight - 1, False)):
        (site / "urls.lock").unlink(missing_ok=True)
        assert run("build", "--site", site, env=environment(SOURCE_DATE_EPOCH=str(moment))).code == 0
        assert page.exists() is there
    assert run("build", "--site", site, "--as-of", "2027-03-01", env=environment(SOURCE_DATE_EPOCH="0")).code == 0
    assert page.exists()


@pytest.mark.parametrize("value", ["tomorrow", "1e9", "9" * 30, "-" + "9" * 20, "12.5"])
def test_a_bad_epoch_is_a_usage_error(value: str, site: Path) -> None:
    """A SOURCE_DATE_EPOCH that is no moment ends with 2 and names the variable."""
    result = run("check", "--site", site, env=environment(SOURCE_DATE_EPOCH=value))
    no_crash(result)
    assert result.code == 2 and "SOURCE_DATE_EPOCH" in result.err and HAN.search(result.err)


@pytest.mark.parametrize("day", ["0001-01-01", "1970-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_are_days(day: str, site: Path) -> None:
    """The ends of the calendar crash nothing."""
    no_crash(run("check", "--site", site, "--as-of", day))


# Levels and lock


def test_fail_on_warning(site: Path) -> None:
    """A warning passes, and stops with `--fail-on warning`, which leaves the old output."""
    _only_a_warning(site)
    lenient = check(site)
    assert lenient.code == 0 and "unused-attachment" in lenient.out
    assert build(site).code == 0
    _put(site, B, notice(2))
    before = tree(site)
    for result in (check(site, "--fail-on", "warning"), build(site, "--fail-on", "warning")):
        assert result.code == 1 and "unused-attachment" in result.out and "不能发布" in result.err
    assert tree(site) == before
    (site / "content/zd/unused.txt").unlink()
    assert build(site, "--fail-on", "warning").code == 0


def test_locked_demands_a_complete_lock(site: Path) -> None:
    """`--locked` fails while an address is missing in `urls.lock`, and passes after a build; it never writes the lock."""
    assert check(site, "--locked").code == 0
    _put(site, B, notice(2))
    before = tree(site)
    for result in (check(site, "--locked"), build(site, "--locked")):
        assert result.code == 1 and "lock-out-of-date" in result.out and page_of(2) in result.out
    assert tree(site) == before
    assert build(site).code == 0
    lock = (site / "urls.lock").read_bytes()
    assert check(site, "--locked").code == 0 and build(site, "--locked").code == 0
    assert (site / "urls.lock").read_bytes() == lock


def test_locked_without_a_lock_fails(site: Path) -> None:
    """A missing `urls.lock` is not up to date."""
    (site / "urls.lock").unlink()
    result = check(site, "--locked")
    assert result.code == 1 and "lock-out-of-date" in result.out


def test_the_lock_is_sorted_and_grows(site: Path) -> None:
    """`urls.lock` holds every page and file once, sorted, without the 404 page, and never loses a line."""
    for number in (12, 3, 7):
        _put(site, f"content/zd/n{number}.md", notice(number, more="附件: [a.txt]\n" if number == 7 else ""))
    _put(site, "content/zd/a.txt", TEXT)
    assert build(site).code == 0
    text = (site / "urls.lock").read_text("utf-8")
    lines = text.splitlines()
    assert text.endswith("\n") and lines == sorted(set(lines))
    output = {path.relative_to(site / "public").as_posix() for path in (site / "public").rglob("*") if path.is_file()}
    static = {name for name in output if name.startswith("assets/")}
    made = {name for name in output if name.endswith((".xml", ".json", "robots.txt", "llms.txt"))}
    made |= {"shuju/mulu.csv", "shuju/mulu.xlsx"}
    assert set(lines) == output - static - made - {"404.html", "manifest.json", "SHA256SUMS"}
    (site / "urls.lock").write_text("wj/2019/alt.html\n" + text, "utf-8")
    file = site / "catalog.yaml"
    file.write_text(
        file.read_text("utf-8") + f"redirects:\n  - {{from: wj/2019/alt.html, to: {page_of(3)}}}\n", "utf-8"
    )
    assert build(site).code == 0
    assert set((site / "urls.lock").read_text("utf-8").splitlines()) == {*lines, "wj/2019/alt.html"}


def test_a_merged_lock_is_read(site: Path) -> None:
    """A lock with the marks of a merge, comments, blank lines, CRLF and lines out of order works and is put right."""
    wanted = (site / "urls.lock").read_text("utf-8")
    lines = wanted.splitlines()
    mess = ["# 注释", "<<<<<<< HEAD", *reversed(lines), "=======", lines[0], ">>>>>>> other", ""]
    (site / "urls.lock").write_bytes("\r\n".join(mess).encode())
    assert build(site).code == 0
    assert (site / "urls.lock").read_text("utf-8") == wanted


REDIRECT = "redirects:\n  - {from: wj/2020/00002.html, to: wj/2020/00003.html}\n"
WITHDRAWAL = (
    "withdrawals:\n  - {address: wj/2020/00002.html, title: 关于甲的通知, kind: 误发, withdrawn: 2020-12-01,"
    " reason: 发布的文本有误，已由第3号通知代替。}\n"
)
STATE = "状态: 撤回\n撤回原因: 发布的文本有误，已由第3号通知代替。\n"


@pytest.mark.parametrize("cure", ["redirect", "withdrawals", "state", "put back"])
def test_a_vanished_address_fails_until_it_is_accounted_for(cure: str, site: Path) -> None:
    """A published address that is gone stops the build; a redirect, a withdrawal or the document itself cures it."""
    _put(site, B, notice(2, "关于甲的通知"))
    _put(site, "content/zd/c.md", notice(3))
    assert build(site).code == 0
    (site / B).unlink()
    before = tree(site)
    gone = build(site)
    assert gone.code == 1 and "address-vanished" in gone.out and page_of(2) in gone.out
    assert tree(site) == before
    page = site / "public" / page_of(2)
    if cure in ("redirect", "withdrawals"):
        _put(site, "catalog.yaml", CATALOGUE + (REDIRECT if cure == "redirect" else WITHDRAWAL))
    else:
        _put(site, B, notice(2, "关于甲的通知", more=STATE if cure == "state" else ""))
    cured = build(site)
    assert cured.code == 0, cured.all
    text = page.read_text("utf-8")
    if cure == "redirect":
        assert 'url=00003.html"' in text and "noindex" in text
    elif cure != "put back":
        assert "发布的文本有误" in text and TEXT not in text
        assert "00002.html" not in (site / "public/zd/index.html").read_text("utf-8")
    assert page_of(2) in (site / "urls.lock").read_text("utf-8")


def test_a_withdrawal_without_a_reason_is_no_cure(site: Path) -> None:
    """`状态: 撤回` without a reason is a finding."""
    _put(site, B, notice(2, more="状态: 撤回\n"))
    result = check(site)
    assert result.code == 1 and "withdrawal-without-reason" in result.out


# Nothing written, nothing shown


def test_check_writes_nothing(site: Path) -> None:
    """`check` leaves the site as it was, also its times, with and without output, lock, findings; all but the cache."""
    no_crash(check(site))
    for spoil in (
        None,
        lambda one: shutil.rmtree(one / "public"),
        lambda one: (one / "urls.lock").unlink(),
        _break_a_link,
    ):
        if spoil:
            spoil(site)
        before = tree(site)
        times = _times(site)
        no_crash(check(site))
        assert tree(site) == before
        assert times == _times(site)


def _times(site: Path) -> dict[Path, int]:
    paths = [site, *(path for path in site.rglob("*") if ".cache" not in path.parts)]
    return {path: path.stat().st_mtime_ns for path in paths}


def test_a_read_only_site_can_be_checked(site: Path) -> None:
    """`check` of a site without write permission works."""
    for path in [*site.rglob("*"), site]:
        path.chmod(path.stat().st_mode & ~0o222)
    result = check(site)
    for path in [site, *site.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o200)
    assert result.code == 0, result.all


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that is at work long enough to show progress."""
    site = make_site(tmp_path_factory.mktemp("slow") / "site")
    for number in range(10, 160):
        _put(site, f"content/zd/n{number}.md", notice(number, body=f"{TEXT}\n\n" * 60))
    return site


def _on_a_terminal(words: list[str]) -> tuple[int, str]:
    """Run a command with standard error on a terminal; return its code and what the terminal got."""
    master, slave = pty.openpty()
    process = subprocess.Popen(words, cwd=ROOT, env=environment(TERM="xterm"), stdout=subprocess.DEVNULL, stderr=slave)
    os.close(slave)
    got = b""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([master], [], [], 0.2)[0]:
            try:
                piece = os.read(master, 65536)
            except OSError:
                break
            if not piece:
                break
            got += piece
        elif process.poll() is not None:
            break
    os.close(master)
    return process.wait(timeout=10), got.decode("utf-8", "replace")


def test_progress_is_shown_on_a_terminal_only(slow: Path) -> None:
    """On a terminal a line counts up and is wiped at the end; in a pipe there is not a trace of it."""
    words = ["build", "--site", str(slow), "--as-of", AS_OF]
    code, shown = _on_a_terminal(command(*words))
    assert code == 0, shown
    assert re.search(r"(读取|生成) \d+/\d+", shown) and "\r\x1b[K" in shown
    assert "\r\x1b[K✔" in shown and shown.count("\n") == 1
    piped = run(*words)
    assert piped.code == 0 and not re.search("[\r\x1b]|读取|\\d/\\d", piped.err)
    assert piped.err.count("\n") == 1


# Places


@pytest.mark.parametrize(
    "name", ["mit Leerzeichen", "政府信息公开专栏（新）", "quote'and\"more", "a&b#c?d%20e", "-dash", "[x]*"]
)
def test_any_folder_name_works_from_anywhere(name: str, built: Path, tmp_path: Path) -> None:
    """A site in a folder with spaces, Chinese or odd signs builds the same from another working directory."""
    site = Path(shutil.copytree(built, tmp_path / name, ignore=shutil.ignore_patterns("public")))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    relative: Result = run("build", f"--site={os.path.relpath(site, elsewhere)}", "--as-of", AS_OF, cwd=elsewhere)
    assert relative.code == 0, relative.all
    assert tree(site / "public") == tree(built / "public")
    assert tree(elsewhere) == {}
    inside = run("build", "--as-of", AS_OF, "--out", "../out of it", cwd=site)
    assert inside.code == 0, inside.all
    assert tree(tmp_path / "out of it") == tree(built / "public")


def test_a_site_reached_by_a_link_works(built: Path, tmp_path: Path) -> None:
    """`--site` may be a symbolic link to the site's folder."""
    site = Path(shutil.copytree(built, tmp_path / "site"))
    (tmp_path / "link").symlink_to(site)
    assert check(tmp_path / "link").code == 0
    assert build(tmp_path / "link").code == 0


# init


def test_init_makes_a_site_that_builds(tmp_path: Path) -> None:
    """A new site passes its checks, without a warning, and builds; a second `init` refuses and changes nothing."""
    made = run("init", "新站点", cwd=tmp_path)
    site = tmp_path / "新站点"
    assert made.code == 0 and made.out == "" and "下一步" in made.err
    assert (site / "catalog.yaml").is_file()
    result = run("check", "--fail-on", "warning", cwd=site)
    assert result.code == 0, result.all
    assert run("build", cwd=site).code == 0
    before = tree(site)
    again = run("init", "新站点", cwd=tmp_path)
    no_crash(again)
    assert again.code == 2 and HAN.search(again.err)
    assert tree(site) == before


def test_init_in_the_folder_where_one_stands(tmp_path: Path) -> None:
    """An empty folder that is already open becomes the site; nobody is sent to a folder called `.`."""
    made = run("init", ".", cwd=tmp_path)
    assert made.code == 0 and f"已新建 {tmp_path.name}" in made.err and "cd " not in made.err
    assert run("check", "--fail-on", "warning", cwd=tmp_path).code == 0


def test_init_refuses_what_is_no_empty_folder(tmp_path: Path) -> None:
    """A file, and a folder with anything in it, are left alone; an empty folder is filled."""
    _put(tmp_path, "file", "x")
    _put(tmp_path, "full/.hidden", "x")
    before = tree(tmp_path)
    for name in ("file", "full", "file/below"):
        result = run("init", name, cwd=tmp_path)
        no_crash(result)
        assert result.code == 2 and HAN.search(result.err), name
    assert tree(tmp_path) == before
    (tmp_path / "empty").mkdir()
    assert run("init", "empty", cwd=tmp_path).code == 0
    assert (tmp_path / "empty/catalog.yaml").is_file()


def test_a_few_documents_of_days_to_come_are_named(site: Path) -> None:
    """A slip of the year is seen at once; a long list of planned ones is only counted."""
    _put(site, "content/zd/later.md", notice(7, day="2062-01-02"))
    result = build(site)
    assert result.code == 0
    assert "1 篇没有到发布日期" in result.err and "content/zd/later.md：发布日期 2062-01-02" in result.err
    for number in range(20, 26):
        _put(site, f"content/zd/later{number}.md", notice(number, day="2062-01-02"))
    result = build(site)
    assert "7 篇没有到发布日期" in result.err and "2062" not in result.err


def test_without_sm3_the_build_says_so(site: Path, tmp_path: Path) -> None:
    """A Python whose OpenSSL lacks SM3 makes the same site, with SHA-256 alone, and a note; one that has it fills them in again."""
    config = tmp_path / "openssl.cnf"
    config.write_text("openssl_conf = a\n[a]\nproviders = b\n[b]\nbase = c\n[c]\nactivate = 1\n")
    whole = json.loads((site / "public/manifest.json").read_text("utf-8"))["files"]
    assert all(len(entry["sm3"]) == 64 for entry in whole.values())
    less = build(site, env=environment(OPENSSL_CONF=str(config)))
    assert less.code == 0
    assert "SM3" in less.err
    files = json.loads((site / "public/manifest.json").read_text("utf-8"))["files"]
    assert files == {
        name: {key: value for key, value in entry.items() if key != "sm3"} for name, entry in whole.items()
    }
    again = build(site)
    assert (again.code, "SM3" in again.err) == (0, False)
    assert json.loads((site / "public/manifest.json").read_text("utf-8"))["files"] == whole
