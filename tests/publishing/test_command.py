"""`build-site publish` as it is used: plan first, refusals in words, receipts, a disk that fills up, a large site."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_site.publishing.engine import Pace, publish, standing
from build_site.publishing.receipt import history
from build_site.publishing.refusal import TargetError
from build_site.publishing.release import read_release
from build_site.publishing.target import Settings
from build_site.publishing.targets.folder import folder_target
from tests.publishing.outputs import DEED, NEW, OLD, shown, wanted, write_output
from tests.robust.sandbox import AS_OF, Result, build, command, environment, make_site, notice, page_of, run

CATALOGUE = "发布:\n  - {名称: www, 地址: ../www/zfxxgk}\n  - {名称: spare, 地址: ../spare/zfxxgk, 要求签名: 是}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = make_site(tmp_path_factory.mktemp("built") / "site", CATALOGUE)
    assert build(site).code == 0
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "site"))


def put(site: Path, *words: str | Path) -> Result:
    result = run("publish", "--site", site, *words)
    assert "Traceback" not in result.all
    return result


def test_a_plan_changes_nothing_and_apply_does_it_once(site: Path, tmp_path: Path) -> None:
    """Without `--apply` nothing is written anywhere; with it there is a receipt here and there; a second time nothing is to do."""
    plan = put(site, "www")
    assert plan.code == 0
    assert "+ index.html" in plan.out
    assert "加 --apply 才发布" in plan.err
    assert {path.name for path in tmp_path.iterdir()} == {"site"}
    assert not (site / "receipts").exists()
    done = put(site, "www", "--apply", "--by", "张三")
    assert (done.code, "第 1 次" in done.err) == (0, True)
    assert shown(tmp_path / "www/zfxxgk") == wanted(read_release(site / "public"))
    (receipt,) = history(site / "receipts/www")
    assert (receipt.sequence, receipt.who, receipt.as_of.isoformat()) == (1, "张三", AS_OF)
    assert receipt.when.endswith("Z")
    again = put(site, "www", "--apply")
    assert (again.code, "没有要做的" in again.err) == (0, True)
    assert len(history(site / "receipts/www")) == 1
    shutil.rmtree(site / "receipts")  # as if killed before it was written
    assert put(site, "www", "--apply").code == 0
    assert history(site / "receipts/www") == (receipt,)


def test_an_older_state_needs_a_reason(site: Path, tmp_path: Path) -> None:
    """A site built for an earlier day, and one of an earlier commit, are refused until somebody says why."""

    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *words],
            cwd=site,
            check=True,
            capture_output=True,
        )

    (site / ".gitignore").write_text("public\n.cache\nreceipts\n")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "one")
    assert put(site, "www", "--apply").code == 0
    (site / "content/zd/b.md").write_text(notice(2, "第二篇通知"), "utf-8")
    git("add", "-A")
    git("commit", "-qm", "two")
    assert build(site).code == 0
    assert put(site, "www", "--apply").code == 0
    git("checkout", "-qf", "HEAD~1")
    shutil.rmtree(site / "receipts")  # as in a fresh checkout: else the page that has gone again would stop the build
    assert build(site).code == 0
    refused = put(site, "www", "--apply")
    assert (refused.code, "不能用旧的覆盖新的" in refused.err, "--force-rollback" in refused.err) == (1, True, True)
    assert run("build", "--site", site, "--as-of", "2026-11-19").code == 0
    refused = put(site, "www", "--apply", "--lang", "en")
    assert (refused.code, "built for 2026-11-20, this for 2026-11-19" in refused.err) == (1, True)
    done = put(site, "www", "--apply", "--force-rollback", "第二篇有误")
    assert done.code == 0
    last = history(site / "receipts/www")[-1]
    assert (last.sequence, last.reason, last.as_of.isoformat()) == (3, "第二篇有误", "2026-11-19")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "没有写发布到哪里"),
        (("wwww",), 2, "没有叫“wwww”的发布目标"),
        (("spare", "--apply"), 1, "没有签名"),
        (("ftp://a.example.org/x",), 2, "地址写错了"),
        (("sftp://a:b@a.example.org/x",), 2, "地址里有密码"),
        (("sftp://a.example.org",), 2, "没有写路径"),
        (("www", "--rollback-to", "3"), 2, "--force-rollback"),
        (("www", "--rollback-to", "3", "--force-rollback", "误发", "--apply"), 1, "没有留着第 3 次"),
        (("www", "--apply", "--dry-run"), 2, "只能用一个"),
        (("www", "--package", "none.zip"), 2, "不存在"),
        (("www", "--out", "nowhere"), 1, "没有生成好的网站"),
    ],
)
def test_what_cannot_be_is_told_in_words(site: Path, words: tuple[str, ...], code: int, said: str) -> None:
    """Each mistake has its sentence and its exit code."""
    result = put(site, *words)
    assert (result.code, said in result.err) == (code, True), result.all


def test_an_edited_output_is_refused(site: Path, tmp_path: Path) -> None:
    """A page that somebody mended by hand in `public/` is not published."""
    page = site / "public" / page_of(1)
    page.write_text(page.read_text("utf-8").replace("各处室", "各科室"), "utf-8")
    refused = put(site, "www", "--apply")
    assert (refused.code, page_of(1) in refused.err) == (1, True)
    assert not (tmp_path / "www").exists()


def test_a_target_without_links(site: Path, tmp_path: Path) -> None:
    """`--no-links` exchanges folders."""
    assert put(site, "../www/zfxxgk", "--no-links", "--apply").code == 0
    assert (tmp_path / "www/zfxxgk/index.html").is_file()
    assert not (tmp_path / "www/zfxxgk").is_symlink()
    assert [folder.name for folder in (site / "receipts").iterdir()] == ["www-zfxxgk"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for little; skipped where nobody may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k,nr_inodes=200", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted")
    try:
        yield disk
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_disk_that_fills_up(small_disk: Path, tmp_path: Path) -> None:
    """The old site stays whole; with room again, the same command finishes the job."""
    old = read_release(write_output(tmp_path / "old", OLD))
    new = read_release(write_output(tmp_path / "new", {**NEW, **{f"fj/{n}.bin": os.urandom(50_000) for n in range(8)}}))
    place = small_disk / "zfxxgk"
    pace = Pace(parallel=2, tries=2, wait=0.01)

    def put(made: object) -> None:
        target = folder_target(place, Settings(keep=1))
        try:
            publish(made, target, DEED, pace, lambda *_: None)  # type: ignore[arg-type]
        finally:
            target.close()

    put(old)
    ballast = small_disk / "ballast"
    for room in range(20_000, 460_000, 40_000):
        ballast.write_bytes(b"\1" * (460_000 - room))
        try:
            put(new)
            break
        except OSError:
            assert shown(place) == wanted(old)
    else:
        ballast.unlink()
        put(new)
    assert room > 20_000, "the disk was never full"
    assert shown(place) == wanted(new)


def test_a_limit_on_the_size_of_files_is_told_and_overcome(site: Path, tmp_path: Path) -> None:
    """What the system refuses to write is told by its name; nothing is exchanged; then it goes on."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))

    done = subprocess.run(
        command("publish", "--site", site, "www", "--apply"),
        env=environment(),
        capture_output=True,
        preexec_fn=limited,
        check=False,
    )
    assert done.returncode == 2
    assert "文件超过系统允许的大小" in done.stderr.decode()
    assert not (tmp_path / "www/zfxxgk").exists()
    assert put(site, "www", "--apply").code == 0
    assert shown(tmp_path / "www/zfxxgk") == wanted(read_release(site / "public"))


def test_ten_thousand_files_are_planned_quickly(tmp_path: Path) -> None:
    """Nothing changed: reading, checking and comparing 10,000 files takes less than 2 s of processor time (0.3 s when measured)."""
    files = {f"wj/20{n % 20:02d}/{n:05d}.html": b"<p>%d</p>" % n * 300 for n in range(10_000)}
    out = write_output(tmp_path / "public", files)
    place = tmp_path / "zfxxgk"
    target = folder_target(place, Settings())
    publish(read_release(out), target, DEED, Pace(), lambda *_: None)
    begun = time.process_time()
    plan = standing(read_release(out), target, Pace())
    taken = time.process_time() - begun
    target.close()
    assert plan.done
    assert taken < 2
    write_output(out, {**files, "wj/2000/00000.html": b"x"})
    second = folder_target(place, Settings())
    publish(read_release(out), second, DEED, Pace(), lambda *_: None)
    second.close()
    assert len(standing(read_release(out), second, Pace()).plan.changed) == 0


def test_a_link_that_somebody_made_is_left_alone(site: Path, tmp_path: Path) -> None:
    """A link to elsewhere at the target is not ours to replace."""
    (tmp_path / "www").mkdir()
    (tmp_path / "theirs").mkdir()
    (tmp_path / "www/zfxxgk").symlink_to(tmp_path / "theirs")
    refused = put(site, "www", "--apply")
    assert (refused.code, "没有动它" in refused.err) == (2, True)
    assert list((tmp_path / "theirs").iterdir()) == []
    with pytest.raises(TargetError):
        folder_target(tmp_path / "www/zfxxgk", Settings()).receipt()
