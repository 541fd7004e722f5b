"""From a change on the disk to what is shown: what makes a build, what survives, what is never written."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.robust.sandbox import AS_OF, ROOT, TEXT, check, make_site, notice, page_of, pdf_of_text, run, tree
from tests.serve.running import BASE, PATIENCE, Serving, alive, children, free_port, save, serving, unspoilt, until

PAGE = f"{BASE}{page_of(1)}"
GOOD = "✔ 可以发布"
UNREADABLE = "---\n标题: 没有写完\n"
BUG = '{% extends "default/page.html" %}{% block main %}{{ "x" * 10 ** 15 }}{% endblock %}'
"""A template for which no computer has the memory: nothing of ours expects that."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(make_site(tmp_path_factory.mktemp("building") / "site")) as running:
        yield running


@pytest.fixture
def preview(shared: Serving) -> Iterator[Serving]:
    """One preview for many tests, with a clean site."""
    with unspoilt(shared) as running:
        yield running


@pytest.fixture
def site(preview: Serving) -> Path:
    """The site of the shared preview."""
    return preview.site


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A site for a preview of a test's own."""
    return make_site(tmp_path / "site")


def shows(preview: Serving, words: str, page: str = PAGE) -> None:
    until(lambda: words in preview.page(page), f"“{words}” on {page} ({preview.said})")


def strip(preview: Serving, page: str = PAGE) -> str:
    text: str = preview.report(page)["strip"]
    return text


def test_a_saved_notice_is_shown(preview: Serving, site: Path) -> None:
    before = preview.report(PAGE)
    assert GOOD in before["strip"]
    (site / "content/zd/a.md").write_text(notice(1, body=f"{TEXT}改过一次。"), "utf-8")
    shows(preview, "改过一次。")
    after = preview.settled(before["builds"] + 1)
    assert after["builds"] == before["builds"] + 1
    assert preview.report(PAGE)["token"] != before["token"]


def test_a_new_title_reaches_the_lists(preview: Serving, site: Path) -> None:
    """The page itself comes first, the others follow with the whole build."""
    save(site / "content/zd/a.md", notice(1, title="关于印发改过的制度的通知"))
    shows(preview, "关于印发改过的制度的通知")
    shows(preview, "关于印发改过的制度的通知", f"{BASE}zd/")
    shows(preview, "关于印发改过的制度的通知", f"{BASE}mulu/")


def test_new_renamed_and_deleted_notices(preview: Serving, site: Path) -> None:
    (site / "content/zd/b.md").write_text(notice(2, title="关于第二件事的通知"), "utf-8")
    shows(preview, "关于第二件事的通知", f"{BASE}{page_of(2)}")
    (site / "content/zd/b.md").rename(site / "content/fdzdgknr/c.md")
    shows(preview, "关于第二件事的通知", f"{BASE}fdzdgknr/")
    (site / "content/fdzdgknr/c.md").unlink()
    until(lambda: preview.get(f"{BASE}{page_of(2)}").status == 404, "the end of the page")


def test_a_burst_of_saves_makes_one_build(preview: Serving, site: Path) -> None:
    builds = preview.report()["builds"]
    for number in range(40):
        save(site / "content/zd/a.md", notice(1, body=f"{TEXT}第{number}次。"))
    shows(preview, "第39次。")
    assert preview.settled(builds + 1)["builds"] == builds + 1
    save(site / "content/zd/a.md", notice(1, body=f"{TEXT}后来的。"))
    assert preview.settled(builds + 2)["builds"] == builds + 2  # none was still to come


def test_a_touch_and_files_of_editor_programs_make_no_build(preview: Serving, site: Path) -> None:
    before = preview.report(PAGE)
    folder = site / "content/zd"
    os.utime(folder / "a.md")
    (folder / "a.md").write_bytes((folder / "a.md").read_bytes())
    for name in ("a.md~", ".a.md.swp", "a.tmp", "4913", ".#a.md", "#a.md#", "~$a.docx"):
        (folder / name).write_text("x", "utf-8")
        (folder / name).unlink()
    (folder / "a.md~").write_text("x", "utf-8")
    save(folder / "a.md", notice(1, body=f"{TEXT}真的改了。"))
    shows(preview, "真的改了。")
    assert preview.settled(before["builds"] + 1)["builds"] == before["builds"] + 1
    os.utime(folder / "a.md")
    time.sleep(1)  # nothing is to happen, so there is nothing to wait for
    assert preview.report()["builds"] == before["builds"] + 1


def test_a_change_that_is_taken_back_at_once(preview: Serving, site: Path) -> None:
    """Between the quick page and the whole build: in the end nothing has changed, and nothing was built."""
    good = (site / "content/zd/a.md").read_text("utf-8")
    before = preview.report(PAGE)
    save(site / "content/zd/a.md", notice(1, body=f"{TEXT}只有一下子。", more="没有的项: 值\n"))
    shows(preview, "只有一下子。")
    save(site / "content/zd/a.md", good)
    until(lambda: (now := preview.report(PAGE))["token"] == before["token"] and not now["working"], "the old page")
    assert GOOD in strip(preview)


def test_unreadable_front_matter_keeps_the_last_good_page(preview: Serving, site: Path) -> None:
    good = (site / "content/zd/a.md").read_text("utf-8")
    save(site / "content/zd/a.md", UNREADABLE)
    told = until(lambda: found if "处必须修改" in (found := strip(preview, BASE)) else None, "the finding")
    assert 'data-state="bad"' in told
    assert "content/zd/a.md" in told
    assert preview.get(PAGE).status == 200, "the last good page stays"
    assert "关于印发示例制度的通知" in preview.page(PAGE)
    save(site / "content/zd/a.md", good)
    until(lambda: GOOD in strip(preview), "the good state")


def test_a_broken_catalogue_keeps_the_last_good_pages(preview: Serving, site: Path) -> None:
    good = (site / "catalog.yaml").read_text("utf-8")
    save(site / "catalog.yaml", "site: [\n")
    told = until(lambda: found if "catalog.yaml 需要先改正" in (found := strip(preview)) else None, "the trouble")
    assert "处必须修改" in told
    assert "关于印发示例制度的通知" in preview.page(PAGE)
    save(site / "catalog.yaml", good.replace("某路 1 号", "某路 999 号"))
    shows(preview, "某路 999 号", f"{BASE}sljg/")
    assert GOOD in strip(preview)


def test_content_that_goes_and_comes_back(preview: Serving, site: Path) -> None:
    shutil.copytree(site / "content", site / "gone")
    shutil.rmtree(site / "content")
    until(lambda: "content 文件夹不见了" in strip(preview), "the trouble")
    assert preview.get(BASE).status == 200
    shutil.copytree(site / "gone", site / "content")
    until(lambda: GOOD in strip(preview), "the good state")
    (site / "content").rename(site / "elsewhere")
    until(lambda: "content 文件夹不见了" in strip(preview), "the trouble")
    assert preview.get(PAGE).status == 200
    (site / "elsewhere").rename(site / "content")
    until(lambda: GOOD in strip(preview), "the good state")
    shutil.rmtree(site / "content/nb")
    until(lambda: preview.get(f"{BASE}nb/").status == 404, "the end of the column")
    (site / "content/nb").mkdir()
    (site / "content/nb/index.md").write_text((site / "content/zd/index.md").read_text("utf-8"), "utf-8")
    until(lambda: preview.get(f"{BASE}nb/").status == 200, "the column")
    save(site / "content/zd/a.md", notice(1, body=f"{TEXT}还在看着。"))
    shows(preview, "还在看着。")


def test_a_branch_of_hundreds_of_files(own: Path) -> None:
    """Files come and go while they are read; in the end all is as it is on the disk."""

    def git(*words: str) -> None:
        who = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *words], cwd=own, check=True, capture_output=True)

    git("init", "-q", "-b", "few")
    git("add", "-A")
    git("commit", "-qm", "few")
    git("switch", "-qc", "many")
    for number in range(2, 322):
        (own / f"content/zd/n{number}.md").write_text(notice(number, title=f"关于第{number}件事的通知"), "utf-8")
    git("add", "-A")
    git("commit", "-qm", "many")
    git("switch", "-q", "few")
    with serving(own) as preview:
        git("switch", "-q", "many")
        shows(preview, "关于第321件事的通知", f"{BASE}{page_of(321)}")
        git("switch", "-q", "few")
        git("switch", "-q", "many")
        git("switch", "-q", "few")
        until(lambda: preview.get(f"{BASE}{page_of(321)}").status == 404, "the first branch")
        until(lambda: not preview.report()["working"] and GOOD in strip(preview), "the good state")
        assert "程序自己出错" not in "\n".join(preview.said)


def test_theme_words_and_attachments_are_watched(preview: Serving, site: Path) -> None:
    folder = site / "themes/site/static"
    folder.mkdir(parents=True)
    (folder / "eigen.css").write_text("p { color: red }", "utf-8")
    (site / "themes/site/templates").mkdir()
    (site / "themes/site/templates/verify.html").write_text(
        '{% extends "default/verify.html" %}{% block main %}{{ super() }}<p>本单位加的一句话。</p>{% endblock %}',
        "utf-8",
    )
    shows(preview, "本单位加的一句话。", f"{BASE}heyan.html")
    (site / "content/zd/a.md").write_text(notice(1, body=f"{TEXT}见[附件](b.pdf)。"), "utf-8")
    until(lambda: "处必须修改" in strip(preview), "the missing file")
    (site / "content/zd/b.pdf").write_bytes(pdf_of_text())
    until(lambda: GOOD in strip(preview), "the good state")
    assert preview.get(f"{BASE}fj/zd/b.pdf").body == pdf_of_text()
    (site / "wording.yaml").write_text(
        "terms:\n  - {wrong: 遇到的问题, right: 遇到的困难, why: 本单位的用法}\n", "utf-8"
    )
    until(lambda: "wording.yaml" in strip(preview) or "遇到的" in strip(preview), "the word list")


def test_findings_are_those_of_check(own: Path) -> None:
    """Drafts are shown, and all the same the findings are what the public's site has."""
    (own / "content/zd/draft.md").write_text(notice(2, title="还没有写完的稿子", more="状态: 草稿\n"), "utf-8")
    (own / "content/zd/b.md").write_text(notice(3, body=f"{TEXT}见[稿子](draft.md)、[没有的](nichts.md)。"), "utf-8")
    told = json.loads(check(own, "--format", "json").out)["diagnostics"]
    errors = sum(row["severity"] == "error" for row in told)
    assert errors == 2
    with serving(own) as preview:
        report = preview.report()
        assert (report["errors"], report["warnings"]) == (errors, len(told) - errors)
        assert preview.get(f"{BASE}{page_of(2)}").status == 200


def test_what_is_not_public_yet_is_shown_and_marked(own: Path) -> None:
    (own / "content/zd/b.md").write_text(notice(2, title="还没有写完的稿子", more="状态: 草稿\n"), "utf-8")
    (own / "content/zd/c.md").write_text(notice(3, title="明年才公开的通知", day="2027-01-05"), "utf-8")
    (own / "content/zd/d.md").write_text("---\n标题: 没有编号的稿子\n状态: 草稿\n---\n\n" + TEXT + "\n", "utf-8")
    gone = "状态: 撤回\n撤回日期: 2020-11-18\n撤回原因: 文件有误，已经收回。\n"
    (own / "content/zd/e.md").write_text(notice(4, title="撤回的通知", more=gone), "utf-8")
    (own / "content/zd/f.md").write_text(notice(5, title="不公开的通知", more="公开方式: 不予公开\n"), "utf-8")
    with serving(own) as preview:
        column = preview.page(f"{BASE}zd/")
        assert '>还没有写完的稿子</a><span class="bsp-badge">草稿</span>' in column
        assert '>明年才公开的通知</a><span class="bsp-badge">2027-01-05 起公开</span>' in column
        assert '>没有编号的稿子</a><span class="bsp-badge">草稿</span>' in column
        assert "撤回的通知" not in column and "不公开的通知" not in column
        assert "这一页是草稿，公众看不到" in preview.page(f"{BASE}{page_of(2)}")
        assert "这一页 2027-01-05 起公开，公众现在看不到" in preview.page(f"{BASE}{page_of(3)}")
        assert "页面已撤下" in preview.page(f"{BASE}{page_of(4)}")
        assert preview.get(f"{BASE}{page_of(5)}").status == 404
        assert "草稿，公众" not in preview.page(PAGE)
        save(own / "content/zd/b.md", notice(2, title="改了一遍的稿子", more="状态: 草稿\n"))
        shows(preview, "改了一遍的稿子", f"{BASE}{page_of(2)}")


def test_nothing_is_written(own: Path) -> None:
    """The output folder and `urls.lock` are those of the last build, and the next build makes the same bytes."""
    (own / "content/zd/c.md").write_text(notice(3, title="明年才公开的通知", day="2027-01-05"), "utf-8")
    assert run("build", "--site", own, "--as-of", AS_OF, "--no-cache").code == 0
    before = written(own)
    with serving(own) as preview:
        builds = preview.report()["builds"]
        assert "明年才公开的通知" in preview.page(f"{BASE}zd/")
        text = (own / "content/zd/a.md").read_text("utf-8")
        save(own / "content/zd/a.md", notice(1, body=f"{TEXT}多了一句。"))
        (own / "content/zd/b.md").write_text(notice(2), "utf-8")
        preview.settled(builds + 1)
        (own / "content/zd/b.md").unlink()
        save(own / "content/zd/a.md", text)
        until(lambda: preview.get(f"{BASE}{page_of(2)}").status == 404, "the end of the page")
    assert written(own) == before
    assert run("build", "--site", own, "--as-of", AS_OF).code == 0
    assert written(own) == before


def written(site: Path) -> dict[str, str]:
    """Everything below a site but what builds leave for the next ones."""
    return {path: digest for path, digest in tree(site).items() if not path.startswith(".cache")}


def test_a_bug_of_ours_is_apologised_for(preview: Serving, site: Path) -> None:
    folder = site / "themes/site/templates"
    folder.mkdir(parents=True)
    (folder / "verify.html").write_text(BUG, "utf-8")
    told = until(lambda: found if "程序自己出错" in (found := strip(preview)) else None, "the apology")
    assert "Traceback" not in told
    log = Path(told.partition("维护程序的人：")[2].partition("<")[0])
    assert "MemoryError" in log.read_text("utf-8")
    log.unlink()
    assert preview.get(PAGE).status == 200
    shutil.rmtree(site / "themes")
    until(lambda: GOOD in strip(preview), "the good state")
    assert "Traceback" not in "\n".join(preview.said)


def test_a_builder_that_is_killed_is_started_again(preview: Serving, site: Path) -> None:
    for child in children(preview.process.pid):
        os.kill(child, signal.SIGKILL)
    until(lambda: "检查程序意外结束" in "\n".join(preview.said), "the message")
    assert preview.get(PAGE).status == 200
    save(site / "content/zd/a.md", notice(1, body=f"{TEXT}又活了。"))
    shows(preview, "又活了。")
    until(lambda: GOOD in strip(preview), "the good state")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(own: Path, number: signal.Signals) -> None:
    running = Serving(own, "--port", str(free_port())).ready()
    below = children(running.process.pid)
    assert len(below) == 2, "a builder and its quick helper"
    assert running.end(number) == 0
    assert running.said[-1] == "预览已停止。"
    assert "Traceback" not in "\n".join(running.said)
    until(lambda: not any(alive(one) for one in below), "the end of all processes")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_ends_cleanly_while_it_builds(own: Path, number: signal.Signals) -> None:
    for count in range(2, 402):
        (own / f"content/zd/n{count}.md").write_text(notice(count), "utf-8")
    running = Serving(own, "--port", str(free_port())).listening()
    until(lambda: len(children(running.process.pid)) >= 3, "the helpers of a build")
    below = children(running.process.pid)
    assert running.report()["builds"] == 0
    assert running.end(number) == (0 if number is not signal.SIGKILL else -signal.SIGKILL)
    assert "Traceback" not in "\n".join(running.said)
    until(lambda: not any(alive(one) for one in below), "the end of all processes")


def _userns() -> bool:
    try:
        return subprocess.run(
            ["unshare", "--user", "--map-root-user", "test", "-w", "/proc/sys/user/max_inotify_instances"],
            capture_output=True, check=False,
        ).returncode == 0  # fmt: skip
    except OSError:
        return False


@pytest.mark.skipif(not _userns(), reason="this system gives no user namespaces")
@pytest.mark.parametrize("limit", ["instances", "watches"])
def test_without_room_for_watches_files_are_looked_at(own: Path, limit: str) -> None:
    few = f'echo 1 > /proc/sys/user/max_inotify_{limit} && exec "$@"'
    prefix = ("unshare", "--user", "--map-root-user", "sh", "-c", few, "sh")
    with serving(own, prefix=prefix) as preview:
        assert "系统的监视数量已经用完" in "\n".join(preview.said)
        assert "系统的监视数量已经用完" in strip(preview)
        save(own / "content/zd/a.md", notice(1, body=f"{TEXT}看到了。"))
        shows(preview, "看到了。")


def test_polling_can_be_asked_for(own: Path) -> None:
    with serving(own, "--poll", "--lang", "en") as preview:
        assert "fit to be published" in strip(preview)
        save(own / "content/zd/a.md", notice(1, body=f"{TEXT}看到了。"))
        shows(preview, "看到了。")
        assert "fit to be published" in "\n".join(preview.said)


def test_a_make_target_exists() -> None:
    done = subprocess.run(
        ["make", "-n", "serve"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert "build_site serve" in done.stdout
