"""The output folder: never a stranger's, never half-written, the same bytes everywhere."""

from __future__ import annotations

import contextlib
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.robust.sandbox import (
    AS_OF,
    HAN,
    ROOT,
    TEXT,
    Result,
    build,
    command,
    environment,
    make_site,
    no_crash,
    notice,
    page_of,
    pdf_of_text,
    run,
    tree,
)

MANY = 320  # enough for the work to be spread over several processes


def _fill(site: Path, count: int) -> None:
    for number in range(10, 10 + count):
        folder = site / ("content/zd" if number % 2 else "content/fdzdgknr")
        body = f"{TEXT}\n\n## 一、范围\n\n参见[另一篇](../zd/a.md)。\n\n" + "".join(f"{TEXT}\n\n" for _ in range(20))
        day = f"20{10 + number % 16}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        (folder / f"n{number}.md").write_text(notice(number, f"关于第{number}号事项的通知", body, day=day), "utf-8")
    (site / "content/zd/c").mkdir()
    (site / "content/zd/c/index.md").write_text(notice(2, more="附件: [名单.pdf, b.txt]\n关键词: [甲, 乙]\n"), "utf-8")
    (site / "content/zd/c/名单.pdf").write_bytes(pdf_of_text())
    (site / "content/zd/c/b.txt").write_text(TEXT, "utf-8")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with its output."""
    site = make_site(tmp_path_factory.mktemp("small") / "site")
    assert build(site).code == 0
    return site


@pytest.fixture
def site(small: Path, tmp_path: Path) -> Path:
    """A copy of the small built site of one's own."""
    return Path(shutil.copytree(small, tmp_path / "site"))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose build takes long enough to be interrupted, built, then changed on every page."""
    site = make_site(tmp_path_factory.mktemp("large") / "site")
    _fill(site, MANY)
    result = build(site)
    assert result.code == 0, result.all[-2000:]
    file = site / "catalog.yaml"
    file.write_text(file.read_text("utf-8").replace("host: 某市", "host: 新的某市"), "utf-8")
    return site


def _refused(result: Result) -> None:
    no_crash(result)
    assert result.code == 2, result.all
    assert result.out == ""


def _stagings(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if re.match(r"\..*\.(new|old)-", path.name))


# Strangers


def test_a_foreign_folder_is_refused_and_left_alone(site: Path) -> None:
    """A folder without our manifest is not touched, by build nor by clean."""
    foreign = site.parent / "foreign"
    (foreign / "sub").mkdir(parents=True)
    (foreign / "sub/year-report.docx").write_text("irreplaceable")
    before = tree(site.parent)
    for word in ("build", "clean"):
        _refused(run(word, "--site", site, "--out", foreign))
    assert tree(site.parent) == before


MANIFESTS = {
    "another program's": '{"generator": "other", "files": {}}',
    "no JSON": "{",
    "a list": "[]",
    "a word": '"build-site"',
    "without files": '{"generator": "build-site"}',
    "with files of the wrong kind": '{"generator": "build-site", "files": [[1], {}]}',
    "without end": "[" * 100_000,
    "no text": "\x00\x01",
    "empty": "",
}


@pytest.mark.parametrize("kind", MANIFESTS)
def test_a_manifest_that_is_not_ours_is_no_licence(kind: str, site: Path) -> None:
    """A folder with any other `manifest.json` is refused and left alone."""
    foreign = site.parent / "foreign"
    foreign.mkdir()
    (foreign / "manifest.json").write_text(MANIFESTS[kind])
    before = tree(foreign)
    for word in ("build", "clean"):
        _refused(run(word, "--site", site, "--out", foreign))
    assert tree(foreign) == before


@pytest.mark.parametrize("name", ["通知.docx", "wj/2020/extra.html", ".htaccess", "sub/.hidden", "wj/2020/x\ny.txt"])
def test_a_foreign_file_in_our_output_is_refused(name: str, site: Path) -> None:
    """A file that somebody put into the output folder is not thrown away."""
    file = site / "public" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("irreplaceable")
    before = tree(site)
    for word in ("build", "clean"):
        result = run(word, "--site", site)
        _refused(result)
        assert "\x1b" not in result.err
    assert tree(site) == before


def test_a_foreign_link_to_a_folder_in_our_output_is_refused(site: Path) -> None:
    """A symbolic link to a folder is a stranger's file too; what it points at stays in any case."""
    (site.parent / "elsewhere").mkdir()
    (site.parent / "elsewhere/data.txt").write_text("irreplaceable")
    (site / "public/elsewhere").symlink_to(site.parent / "elsewhere")
    before = tree(site.parent)
    _refused(build(site))
    assert tree(site.parent) == before


@pytest.mark.parametrize(
    "out", [".", "..", "content", "content/zd", "content/neu", "themes", "/", "catalog.yaml", "to-content"]
)
def test_the_sources_are_no_output_folder(out: str, site: Path) -> None:
    """The site's own folder, its sources, anything above it and a plain file are refused."""
    (site / "themes/site/templates").mkdir(parents=True)
    (site / "to-content").symlink_to("content")
    before = tree(site)
    for word in ("build", "clean"):
        result = run(word, "--site", site, "--out", site / out)
        no_crash(result)
        assert result.code == 2, (word, result.all)
    assert tree(site) == before


def test_an_output_folder_that_is_a_link_stays_one(site: Path) -> None:
    """Where `public` is a link to a folder elsewhere, the folder is exchanged and the link stays."""
    (site / "public").rename(site.parent / "www")
    (site / "public").symlink_to("../www")
    (site / "content/zd/b.md").write_text(notice(2), "utf-8")
    assert build(site).code == 0
    assert (site / "public").is_symlink() and (site.parent / "www" / page_of(2)).is_file()


def test_clean_removes_what_is_ours(site: Path) -> None:
    """`clean` removes output and leftovers, says so, and has nothing to do the second time."""
    (site / ".public.new-4194303").mkdir()
    assert run("clean", "--site", site).code == 0
    assert not (site / "public").exists() and _stagings(site) == []
    again = run("clean", "--site", site)
    assert again.code == 0 and "没有" in again.err


# Failures


def test_a_failed_build_leaves_everything(site: Path) -> None:
    """After a finding neither the output nor `urls.lock` has changed in any byte or in time."""
    (site / "content/zd/b.md").write_text(notice(2, body="[甲](nowhere.md)" + TEXT), "utf-8")
    before = tree(site)
    times = {path: path.stat().st_mtime_ns for path in (site / "public").rglob("*")}
    assert build(site).code == 1
    assert tree(site) == before
    assert times == {path: path.stat().st_mtime_ns for path in (site / "public").rglob("*")}


def test_a_lock_that_cannot_be_written_publishes_nothing(site: Path) -> None:
    """Where `urls.lock` cannot be written the build fails with code 2 and the old output is still there."""
    (site / "urls.lock").unlink()
    (site / "urls.lock").mkdir()
    (site / "urls.lock/x").write_text("x")
    (site / "content/zd/b.md").write_text(notice(2), "utf-8")
    before = tree(site)
    result = build(site)
    no_crash(result)
    assert result.code == 2
    assert tree(site) == before, "the output was exchanged although the message says it was not"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    mount = shutil.which("mount") and subprocess.run(words, capture_output=True, check=False)
    if not mount or mount.returncode:
        pytest.skip("a small disk can be mounted by root only")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_told_and_changes_nothing(disk: Path, site: Path) -> None:
    """On a full disk: code 2, the reason in words, the old output whole, nothing left behind."""
    out = disk / "public"
    assert build(site, "--out", out).code == 0
    (site / "content/zd/b.md").write_text(notice(2), "utf-8")
    before, lock = tree(out), (site / "urls.lock").read_bytes()
    filler = disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    os.truncate(filler, filler.stat().st_size - 8 * 4096)
    for lang, words in (("zh", "磁盘满了"), ("en", "disk is full")):
        result = build(site, "--out", out, "--lang", lang)
        _refused(result)
        assert words in result.err
        assert tree(out) == before and (site / "urls.lock").read_bytes() == lock
        assert _stagings(disk) == []
    filler.unlink()
    assert build(site, "--out", out).code == 0 and page_of(2) in tree(out)


def test_a_file_over_the_limit_is_told_and_changes_nothing(site: Path) -> None:
    """Where the system forbids larger files: code 2, the reason in words, everything as it was."""
    (site / "content/zd/b.md").write_text(notice(2), "utf-8")
    before = tree(site)
    done = subprocess.run(
        command("build", "--site", site, "--as-of", AS_OF),
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000)),
    )
    result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
    _refused(result)
    assert "文件超过系统允许的大小" in result.err
    assert tree(site) == before


# Interruptions


def _start(site: Path, *words: str) -> subprocess.Popen[bytes]:
    line = command("build", "--site", site, "--as-of", AS_OF, *words)
    return subprocess.Popen(
        line, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def _interrupt(process: subprocess.Popen[bytes]) -> None:
    """Send what Ctrl-C on a terminal sends: an interrupt to the whole process group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)


def _others(process: subprocess.Popen[bytes]) -> list[int]:
    """Return the processes of a command's session other than its first, that are still at work."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, _, session = stat.read_text().rpartition(")")[2].split()[:4]
            if int(session) == process.pid and state != "Z" and int(stat.parent.name) != process.pid:
                found.append(int(stat.parent.name))
    return found


def _wait_for_staging(site: Path, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None and not _stagings(site):
        time.sleep(0.002)


def _answer(process: subprocess.Popen[bytes]) -> Result:
    try:
        out, err = process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        pytest.fail(f"the build did not end: {err.decode('utf-8', 'replace')}")
    return Result(process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))


def _wait_for_pages(site: Path, process: subprocess.Popen[bytes], count: int) -> None:
    """Wait until a build at work has put aside `count` pages of the new output."""
    _wait_for_staging(site, process)
    while process.poll() is None:
        folders = (site / name for name in _stagings(site))  # os.walk does not mind what vanishes meanwhile
        if (
            sum(name.endswith(".html") for folder in folders for _, _, names in os.walk(folder) for name in names)
            >= count
        ):
            return
        time.sleep(0.002)


@pytest.mark.parametrize("pages", [0, 1, 50, 150, 330])
def test_an_interrupted_build_changes_nothing(pages: int, large: Path, tmp_path: Path) -> None:
    """After Ctrl-C at any moment: code 130, the old output whole, nothing left behind, no traceback."""
    for number in range(5):
        site = Path(shutil.copytree(large, tmp_path / str(number)))
        before = tree(site)
        process = _start(site)
        _wait_for_pages(site, process, pages)
        _interrupt(process)
        result = _answer(process)
        assert "Traceback" not in result.all, result.all
        assert _others(process) == []
        if result.code != 0:
            break  # else it was too late: the last step is short
    assert result.code == 130, (result.code, result.all)
    assert "中断" in result.err and result.out == ""
    assert tree(site) == before


@pytest.mark.parametrize(
    "module", ["click.core", "build_site.model.finding", "build_site.output.folder", "jinja2.runtime"]
)
def test_an_interruption_while_it_starts_shows_no_traceback(module: str, site: Path) -> None:
    """Ctrl-C while the program's modules are still being loaded ends it without a word of Python's own."""
    before = tree(site)
    line = [sys.executable, "-X", "importtime", *command("build", "--site", site, "--as-of", AS_OF)[1:]]
    process = subprocess.Popen(line, cwd=ROOT, env=environment(), stderr=subprocess.PIPE, start_new_session=True)
    assert process.stderr
    seen = any(row.rpartition(b"|")[2].strip() == module.encode() for row in process.stderr)
    assert seen, f"{module} is not loaded any more; name another module"
    _interrupt(process)
    rest = process.communicate(timeout=60)[1]
    assert b"Traceback" not in rest and b"KeyboardInterrupt" not in rest, rest.decode()[-2000:]
    assert process.returncode in (130, -signal.SIGINT)
    assert tree(site) == before


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="finding the helpers needs /proc")
def test_an_interruption_while_helpers_start_shows_no_traceback(large: Path, tmp_path: Path) -> None:
    """Ctrl-C in the moment in which helper processes appear ends them and the build without a traceback."""
    site = Path(shutil.copytree(large, tmp_path / "site"))
    before = tree(site)
    for _ in range(3):
        process = _start(site)
        _wait_for_staging(site, process)
        helped = False
        while process.poll() is None and not helped:
            helped = bool(_others(process))
        _interrupt(process)
        result = _answer(process)
        assert "Traceback" not in result.all, result.all
        if not helped:
            pytest.skip("with one core there are no helpers")
        assert result.code == 130, "the interrupt was lost"
        assert tree(site) == before and _others(process) == []


def test_an_impatient_interruption_leaves_no_ruin(large: Path, tmp_path: Path) -> None:
    """Ctrl-C many times in a row: the old output stays whole, all is cleaned up, and no traceback is shown."""
    site = Path(shutil.copytree(large, tmp_path / "site"))
    before = tree(site)
    for pause in (0, 0.0005, 0.001, 0.003, 0.006):
        process = _start(site)
        _wait_for_pages(site, process, 50)
        for _ in range(12):
            _interrupt(process)
            time.sleep(pause)
        result = _answer(process)
        assert "Traceback" not in result.all, result.all
        assert result.code == 130, (pause, result.code)
        assert tree(site) == before and _others(process) == []


def test_an_interruption_at_the_exchange_is_all_or_nothing(large: Path, tmp_path: Path) -> None:
    """Ctrl-C right after the folders were exchanged: either old output and code 130, or new output, lock and code 0."""
    site = Path(shutil.copytree(large, tmp_path / "site"))
    (site / "content/zd/z.md").write_text(notice(9), "utf-8")
    before, lock = tree(site / "public"), (site / "urls.lock").read_text()
    number = (site / "public").stat().st_ino
    process = _start(site)
    while process.poll() is None:
        with contextlib.suppress(FileNotFoundError):
            if (site / "public").stat().st_ino != number:
                _interrupt(process)
                break
    result = _answer(process)
    assert "Traceback" not in result.all, result.all
    if result.code == 130:
        assert tree(site / "public") == before and (site / "urls.lock").read_text() == lock
    else:
        assert result.code == 0
        assert page_of(9) in tree(site / "public") and page_of(9) in (site / "urls.lock").read_text()
    assert _stagings(site) == []


def test_a_killed_build_is_cleaned_up_by_the_next(large: Path, tmp_path: Path) -> None:
    """After SIGKILL at random moments the output is wholly old or wholly new; the next build mends the rest."""
    site = Path(shutil.copytree(large, tmp_path / "site"))
    old = tree(site / "public")
    assert build(site, "--out", tmp_path / "new").code == 0
    new = tree(tmp_path / "new")
    assert new != old
    chance = random.Random(20201117)
    left = 0
    for _ in range(4):
        process = _start(site)
        _wait_for_pages(site, process, chance.randrange(300))
        process.kill()
        _answer(process)
        end = time.monotonic() + 5
        while _others(process) and time.monotonic() < end:
            time.sleep(0.01)
        assert _others(process) == [], "a helper outlived the build"
        assert tree(site / "public") in (old, new)
        left += bool(_stagings(site))
    assert left, "no build was killed while it was at work"
    assert build(site).code == 0
    assert _stagings(site) == []
    assert tree(site / "public") == new


def _with_helpers(site: Path, pages: int) -> tuple[subprocess.Popen[bytes], list[int]]:
    """Start a build that has helpers at work and `pages` pages put aside."""
    if len(os.sched_getaffinity(0)) < 2 or not Path("/proc/self/stat").is_file():
        pytest.skip("with one core there are no helpers; finding them needs /proc")
    process = _start(site)
    _wait_for_pages(site, process, pages)
    helpers: list[int] = []
    while process.poll() is None and not helpers:
        helpers = _others(process)
    assert helpers, "the build had ended before it was disturbed"
    return process, helpers


def _hold_up(process: subprocess.Popen[bytes]) -> None:
    """Stop a build's first process so long that its helpers wait in the middle of handing over their answers."""
    process.send_signal(signal.SIGSTOP)
    time.sleep(1)


@pytest.mark.parametrize("pages", [0, 1], ids=["while reading", "in the middle of an answer"])
def test_a_build_whose_helper_is_killed_fails_clearly(pages: int, large: Path, tmp_path: Path) -> None:
    """When the system kills a helper process (out of memory), the build ends soon, says so, changes nothing."""
    site = Path(shutil.copytree(large, tmp_path / "site"))
    before = tree(site)
    process, helpers = _with_helpers(site, pages)
    _hold_up(process)
    with contextlib.suppress(ProcessLookupError):
        os.kill(helpers[0], signal.SIGKILL)
    process.send_signal(signal.SIGCONT)
    result = _answer(process)
    assert "Traceback" not in result.all, result.all
    assert result.code in (2, 3) and HAN.search(result.err) and result.out == ""
    assert tree(site) == before and _others(process) == []


@pytest.mark.parametrize("times", [1, 3])
def test_an_interruption_in_the_middle_of_an_answer_ends_the_build(times: int, large: Path, tmp_path: Path) -> None:
    """Ctrl-C, once or impatiently, while helpers are handing over their answers: code 130, soon, nothing changed."""
    site = Path(shutil.copytree(large, tmp_path / "site"))
    before = tree(site)
    process, _ = _with_helpers(site, 1)
    _hold_up(process)
    _interrupt(process)
    process.send_signal(signal.SIGCONT)
    for _ in range(times - 1):
        time.sleep(0.003)
        _interrupt(process)
    result = _answer(process)
    assert "Traceback" not in result.all, result.all
    assert result.code == 130 and result.out == ""
    assert tree(site) == before and _others(process) == []


def test_leftovers_of_any_name_are_cleaned_up(site: Path) -> None:
    """Leftovers are found also where the output folder's name has characters with a meaning in patterns."""
    out = site / "public[1] *"
    leftover = site / f".{out.name}.new-4194303"
    leftover.mkdir()
    assert build(site, "--out", out).code == 0
    assert not leftover.exists()


def test_a_build_between_its_two_renames_is_mended(site: Path) -> None:
    """Where a kill left only the old folder aside, the next build puts it back before it does anything else."""
    old = tree(site / "public")
    (site / "public").rename(site / ".public.old-4194303")
    (site / "content/zd/b.md").write_text(notice(2, body="[甲](nowhere.md)" + TEXT), "utf-8")
    assert build(site).code == 1
    assert tree(site / "public") == old
    assert _stagings(site) == []


@pytest.mark.parametrize("fresh", [True, False])
def test_two_builds_at_once_both_end_well(fresh: bool, site: Path) -> None:
    """Two builds of one site at the same time: both succeed, the output is whole, nothing is left behind."""
    wanted = tree(site / "public")
    for _ in range(3):
        if fresh:
            shutil.rmtree(site / "public")
        processes = [_start(site), _start(site)]
        for result in map(_answer, processes):
            assert result.code == 0, result.all
        assert tree(site / "public") == wanted
        assert _stagings(site) == []


# The same bytes


def test_a_second_build_is_the_same(large: Path, tmp_path: Path) -> None:
    """Building twice gives the same bytes and the same permissions."""
    site = Path(shutil.copytree(large, tmp_path / "site", ignore=shutil.ignore_patterns("public")))
    assert build(site).code == 0
    first, lock = tree(site / "public"), (site / "urls.lock").read_bytes()
    assert build(site).code == 0
    assert tree(site / "public") == first and (site / "urls.lock").read_bytes() == lock


def _modes(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): oct(path.stat().st_mode & 0o7777) for path in folder.rglob("*")}


def _use_cores(count: int) -> None:
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:count])


def test_a_build_elsewhere_is_the_same(large: Path, tmp_path: Path) -> None:
    """Another folder, hash seed, time zone, locale, umask, order of files, number of cores: the same bytes and modes."""
    one = Path(shutil.copytree(large, tmp_path / "one", ignore=shutil.ignore_patterns("public")))
    two = tmp_path / "ein anderer Ort" / "深层" / "two"
    sources = [path for path in one.rglob("*") if path.is_file()]
    for path in sorted(sources, reverse=True):
        copy = two / path.relative_to(one)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        os.utime(copy, (1, 1))
    made = []
    for site, umask, cores, env in (
        (one, 0o022, 8, {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}),
        (two, 0o077, 1, {"PYTHONHASHSEED": "4242", "TZ": "America/Los_Angeles", "LC_ALL": "C", "COLUMNS": "40"}),
    ):
        done = subprocess.run(
            command("build", "--site", ".", "--as-of", AS_OF),
            cwd=site,
            env=environment(**env),
            capture_output=True,
            umask=umask,
            check=False,
            preexec_fn=partial(_use_cores, cores),
        )
        assert done.returncode == 0, done.stderr.decode()
        made.append((tree(site / "public"), _modes(site / "public"), (site / "urls.lock").read_bytes()))
    assert made[0] == made[1]


_URL = re.compile(r"\s(?:href|src|action|srcset)=\"([^\"]*)\"")


def test_the_output_works_at_any_path(large: Path, tmp_path: Path) -> None:
    """Every address in every page is relative and leads to a file; only the 404 page's are from the root."""
    assert build(large, "--out", tmp_path / "somewhere/else").code == 0
    public = tmp_path / "somewhere/else"
    seen = 0
    for page in sorted(public.rglob("*.html")):
        for url in _URL.findall(page.read_text("utf-8")):
            if re.match(r"https?://|mailto:|tel:|#", url):
                continue
            seen += 1
            path = unquote(url.partition("#")[0])
            if page.name == "404.html" and page.parent == public:
                assert path.startswith("/zfxxgk/"), url
                target = public / path.removeprefix("/zfxxgk/")
            else:
                assert not path.startswith("/"), (page, url)
                target = page.parent / path
            assert target.resolve().is_file(), (page, url)
    assert seen > 1000
