"""`build-site crawl` with the real LinkChecker, over real servers on loopback."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import venv
from pathlib import Path
from urllib.parse import quote

import pytest

from build_site.output.crawl_server import served
from tests.real.crawling import answering, built_site, crawl, inject, line_of, needs_linkchecker, told
from tests.robust.sandbox import ROOT, chinese_sentences, command, environment, page_of, run

pytestmark = needs_linkchecker
BODY = 7
"""The line in which the body of a notice begins."""


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_site(tmp_path_factory.mktemp("crawl"))


@pytest.fixture
def site(master: Path, tmp_path: Path) -> Path:
    """A built site that a test may spoil."""
    shutil.copytree(master, tmp_path / "site")
    return tmp_path / "site"


def test_a_whole_site_passes(master: Path) -> None:
    """Chinese file names, spaces, anchors and the base path are no trouble."""
    result = crawl(master)
    assert (result.code, told(result)) == (0, [])
    assert "通过" in result.err
    assert "外部链接" in result.err
    assert "没有打开" not in result.err


def test_what_is_missing_is_told_where_it_is_linked(site: Path) -> None:
    """A page and a file that were not uploaded: the lines that link to them, not the pages."""
    (site / "public" / page_of(1)).unlink()
    (pdf,) = (site / "public").rglob("*.pdf")
    pdf.unlink()
    result = crawl(site)
    assert result.code == 1
    found = told(result)
    line = line_of(site, "content/zd/b.md", "空白表")
    assert found == [("CRW101", "content/zd/b.md", line), ("CRW101", "content/zd/b.md", line)]
    assert {row["message"].partition("：")[0] for row in result.findings} == {
        f"网站上打不开 {page_of(1)}",
        f"网站上打不开 {pdf.relative_to(site / 'public').as_posix()}",
    }
    assert all("完整上传" in row["help"] for row in result.findings)


def test_a_missing_page_nobody_links_by_hand_is_told_at_its_source(site: Path) -> None:
    """Lists and navigation are made; what can be mended is the page itself."""
    (site / "public" / page_of(2)).unlink()
    result = crawl(site)
    assert told(result) == [("CRW101", "content/zd/b.md", BODY)]
    assert "有 1 页没有打开" in result.err


def test_a_link_of_a_page_that_no_source_has(site: Path) -> None:
    """What stands only on the page is told with the page, in both languages."""
    inject(site / "public" / page_of(1), '<a href="gone.html">没有</a><a href="../../../x.html">出去了</a>')
    result = crawl(site)
    assert told(result) == [("CRW101", "content/zd/a.md", BODY), ("CRW101", "content/zd/a.md", BODY)]
    assert any("wj/2020/gone.html" in row["message"] and page_of(1) in row["message"] for row in result.findings)
    assert any("不在本专栏的文件夹里" in row["message"] for row in result.findings)
    english = run("crawl", "--site", site, "--lang", "en")
    assert chinese_sentences(english.all) == []
    assert "does not open on the site" in english.out


def test_a_link_of_a_template_is_told_there(site: Path) -> None:
    """A theme of the site's own with a dead link: the line of the template."""
    assert run("theme", "new", "mine", "--site", site).code == 0
    template = site / "themes/mine/templates/parts/frame.html"
    template.parent.mkdir(parents=True, exist_ok=True)
    template.write_text('{% extends "x" %}\n<a href="/zfxxgk/nowhere.html">旧版</a>\n', "utf-8")
    catalogue = site / "catalog.yaml"
    catalogue.write_text(catalogue.read_text("utf-8").replace("site:\n", "site:\n  theme: mine\n"), "utf-8")
    for page in (site / "public").rglob("*.html"):
        inject(page, '<a href="/zfxxgk/nowhere.html">旧版</a>') if "</main>" in page.read_text("utf-8") else None
    assert told(crawl(site)) == [("CRW101", "themes/mine/templates/parts/frame.html", 2)]


def test_a_blank_page_is_found(site: Path) -> None:
    """LinkChecker is content with an empty page; we are not."""
    page = site / "public" / page_of(1)
    text = page.read_text("utf-8")
    page.write_text(text[: text.index("<main")] + "<main><h1>通知</h1></main></body></html>", "utf-8")
    result = crawl(site)
    assert (result.code, told(result)) == (1, [("CRW103", "content/zd/a.md", BODY)])


def test_a_redirection_is_a_warning(site: Path) -> None:
    """A folder without its slash opens only thanks to the server."""
    inject(site / "public/index.html", '<a href="zd">制度</a>')
    result = crawl(site)
    assert result.code == 0
    assert [row["code"] for row in result.findings] == ["CRW104"]
    assert "zd/index.html" in result.findings[0]["help"]
    assert crawl(site, "--fail-on", "warning").code == 1


def test_a_folder_without_index_is_not_listed(site: Path) -> None:
    """Most servers forbid it, so a link to such a folder is broken."""
    inject(site / "public/index.html", '<a href="wj/2020/">2020 年</a>')
    assert [row["code"] for row in crawl(site).findings] == ["CRW101"]


def test_a_place_that_is_gone(site: Path) -> None:
    """The heading was renamed on the server; the line that links to it is told. Without anchors, nobody looks."""
    page = site / "public/zn/index.html"
    page.write_text(page.read_text("utf-8").replace('id="二怎样申请"', 'id="二怎么申请"'), "utf-8")
    line = line_of(site, "content/zd/b.md", "第二部分")
    assert ("CRW102", "content/zd/b.md", line) in told(crawl(site))
    assert told(crawl(site, "--no-anchors")) == []


def test_links_of_the_404_page(site: Path) -> None:
    """It is shown at any depth, so its links begin at the base path."""
    inject(site / "public/404.html", '<a href="/zfxxgk/lost.html">旧的</a>')
    result = crawl(site)
    assert [row["code"] for row in result.findings] == ["CRW101"]
    assert "404.html" in result.findings[0]["message"]


def test_a_live_site(site: Path) -> None:
    """The same over an address, here with another base path than the catalogue's."""
    (site / "public" / page_of(2)).unlink()
    with served(site / "public", "/gk/") as address:
        result = crawl(site, "--live", address + "index.html")
    assert ("CRW101", "content/zd/b.md", BODY) in told(result)


def test_a_live_site_that_does_not_answer(master: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        result = crawl(master, "--live", f"http://127.0.0.1:{taken.getsockname()[1]}/zfxxgk/")
    assert result.code == 1
    assert "连接不上" in result.findings[0]["message"]


def test_a_slow_page(master: Path) -> None:
    """One page that takes longer than it may."""

    def answer(path: str) -> tuple[int, str]:
        if path == "/slow.html":
            time.sleep(4)
        body = "本页是一个足够长的页面，它只是为了检验慢的服务器怎样处理，没有别的意思。"
        good = path in ("/", "/slow.html")
        return (200 if good else 404), f'<main><p>{body}</p><a href="slow.html">慢</a></main>'

    with answering(answer) as (root, _):
        result = crawl(master, "--live", root, "--timeout", "1")
    assert [row["code"] for row in result.findings] == ["CRW101"]
    assert "没有按时回应" in result.findings[0]["message"]


def test_a_server_that_never_says_404(master: Path) -> None:
    """Broken links look whole there, and that is told."""
    body = "本页是一个足够长的页面，不论问什么地址，服务器都用它回答，还说一切正常。"
    with answering(lambda path: (200, f"<main><p>{body}</p></main>")) as (root, _):
        result = crawl(master, "--live", root)
    assert (result.code, [row["code"] for row in result.findings]) == (0, ["CRW106"])


def test_a_port_in_use(master: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = crawl(master, "--port", str(taken.getsockname()[1]))
    assert result.code == 2
    assert "端口" in result.err


def test_two_crawls_at_once(master: Path) -> None:
    """Neither ports nor files of theirs meet."""
    words = command("crawl", "--site", master, "--no-anchors")
    both = [subprocess.Popen(words, cwd=ROOT, env=environment(), stderr=subprocess.PIPE) for _ in range(2)]
    assert [(process.communicate(timeout=120)[1].decode()[:4], process.returncode) for process in both] == [
        ("✔ 通过", 0)
    ] * 2


@pytest.mark.parametrize(
    "words", [("--live", "www.example.gov.cn"), ("--live", "ftp://a.example/"), ("--timeout", "0")]
)
def test_mistakes_on_the_command_line(master: Path, words: tuple[str, ...]) -> None:
    result = crawl(master, *words)
    assert result.code == 2
    assert "--help" in result.err


def test_without_a_built_site(site: Path) -> None:
    shutil.rmtree(site / "public")
    result = crawl(site)
    assert result.code == 2
    assert "build-site build" in result.err
    (site / "public").mkdir()
    (site / "public/index.html").write_text("not ours", "utf-8")
    assert crawl(site).code == 2


def test_without_linkchecker(master: Path, tmp_path: Path) -> None:
    """The message says how to get it."""
    venv.create(tmp_path / "venv", symlinks=True)
    packages = os.pathsep.join([str(ROOT), *(path for path in sys.path if path.endswith("site-packages"))])
    done = subprocess.run(
        [tmp_path / "venv/bin/python", "-m", "build_site", "crawl", "--site", master],
        env=environment(PYTHONPATH=packages, PATH=str(tmp_path)),
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert "build-site[crawl]" in done.stderr.decode()


def test_interrupted(master: Path) -> None:
    """Ctrl-C ends LinkChecker too, whatever it is waiting for, and nothing of ours stays in the temporary folder."""
    with answering(lambda path: (200, "<main>…</main>"), pause=30) as (root, asked):
        process = subprocess.Popen(
            command("crawl", "--site", master, "--live", root), cwd=ROOT, env=environment(), stderr=subprocess.PIPE
        )
        end = time.monotonic() + 60
        while not asked and time.monotonic() < end:
            time.sleep(0.05)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        assert len(children) == 1
        folder = Path(f"/proc/{children[0]}/cmdline").read_bytes().partition(b"build-site-crawl-")[2].partition(b"/")[0]
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130, said
    assert not Path(f"/proc/{children[0]}").exists()
    assert list(Path(os.environ.get("TMPDIR", "/tmp")).glob(f"build-site-crawl-{folder.decode()}")) == []


def test_external_links(site: Path) -> None:
    """They are warnings, asked on request only, remembered for a week; who refuses programs is not blamed."""
    status = {"/good.html": 200, "/gone.html": 404, "/shy.html": 403, "/" + quote("好") + ".html": 200}
    with answering(lambda path: (status[path], "<p>…</p>")) as (root, asked):
        links = "".join(f'<a href="{root}{path}">外</a>' for path in ("good.html", "gone.html", "shy.html", "好.html"))
        inject(site / "public" / page_of(1), links)
        # beside the column's own server, on the same host by another name
        page = site / "public" / page_of(1)
        page.write_text(page.read_text("utf-8").replace("http://127.0.0.1", "http://localhost"), "utf-8")
        assert crawl(site).findings == []
        assert asked == []
        first = crawl(site, "--external")
        assert (first.code, told(first)) == (0, [("CRW105", "content/zd/a.md", BODY)])
        assert "gone.html" in first.findings[0]["message"]
        assert "1 个外部链接的服务器不回答程序" in first.err
        assert {path for path, _ in asked if path.startswith("HEAD")} == {f"HEAD {path}" for path in status}
        asked.clear()
        again = crawl(site, "--external", "--fail-on", "warning")
        assert (again.code, told(again)) == (1, told(first))
        assert asked == []
        assert (site / ".cache/external-links.json").is_file()
