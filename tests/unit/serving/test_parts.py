"""The pure parts of the preview: addresses, policies, places, the strip, the file of pages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from build_site.serving.addresses import Found, locate
from build_site.serving.answers import after_glimpse
from build_site.serving.board import LISTED, Findings, Pages, Shown
from build_site.serving.content_policy import widened
from build_site.serving.page_file import PageFile
from build_site.serving.places import spot
from build_site.serving.records import Glimpsed, Note, Stored, Waiting
from build_site.serving.scan import Scan
from build_site.serving.server import is_loopback
from build_site.serving.strip import injected, strip, with_badges

NOWHERE = Stored(0, 0, "")


def shown(**more: object) -> Shown:
    pages = dict.fromkeys(("index.html", "zd/index.html", "wj/2020/1.html", "404.html"), NOWHERE)
    return Shown(**{"pages": pages, "base_path": "/zfxxgk/", "files": {"fj/a.pdf": "content/a.pdf"}, **more})  # type: ignore[arg-type]


def note(path: str = "content/a.md", line: int = 7, error: bool = True, **more: bool) -> Note:
    return Note(path, line, error, "LNK101", "题", "链接的页面不存在", "改正文件名", **more)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("/zfxxgk/", Found("index.html")),
        ("/zfxxgk/?a=1", Found("index.html")),
        ("/zfxxgk", Found(moved="/zfxxgk/")),
        ("/", Found(moved="/zfxxgk/")),
        ("/zfxxgk/zd", Found(moved="/zfxxgk/zd/")),
        ("/zfxxgk/wj/2020/1.html", Found("wj/2020/1.html")),
        ("/zfxxgk/wj%2F2020/1.html", Found("wj/2020/1.html")),
        ("/zfxxgk/fj/a.pdf", Found(file="content/a.pdf")),
        ("/zfxxgk/content/a.pdf", Found("404.html", missing=True)),
        ("/zfxxgk/%ff", Found("404.html", missing=True)),
        ("//zfxxgk/", Found("404.html", missing=True)),
    ],
)
def test_only_addresses_lead_anywhere(url: str, found: Found) -> None:
    assert locate(shown(), url) == found


def test_without_a_404_page_there_is_nothing() -> None:
    assert locate(Shown(pages={"index.html": NOWHERE}), "/x") == Found(missing=True)


@pytest.mark.parametrize(
    ("policy", "wanted"),
    [
        ("default-src 'self'", "default-src 'self'"),
        ("default-src *", "default-src *"),
        ("img-src 'self'", "img-src 'self'"),
        (
            "default-src 'none'; script-src 'self'; style-src 'self'",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
        ),
        (
            "default-src https://a.example",
            "default-src https://a.example; script-src https://a.example 'self'; style-src https://a.example 'self'; "
            "connect-src https://a.example 'self'; worker-src https://a.example 'self'",
        ),
    ],
)
def test_a_policy_is_widened_by_what_is_needed_only(policy: str, wanted: str) -> None:
    before, after = (
        f'<head><meta http-equiv="Content-Security-Policy" content="{text}"></head>' for text in (policy, wanted)
    )
    assert widened(before).replace("&#x27;", "'") == after


LINES = [
    "---", "标题: 关于某事的通知", "人员:", "  - 单位: 某局", "---", "",
    "## 一、总则", "- 见[名单](a.md)和**要求**。", "| 甲 | 长一点的一格 |", "见名单和要求。", "1. 见名单和要求。", "",
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "words", "before"),
    [
        (2, "关于某事的通知", 0),
        (3, "", 0),
        (4, "某局", 0),
        (7, "一、总则", 0),
        (8, "见名单和要求。", 0),
        (9, "长一点的一格", 0),
        (10, "见名单和要求。", 1),
        (11, "见名单和要求。", 2),
        (12, "", 0),
        (0, "", 0),
        (99, "", 0),
    ],
)
def test_the_words_of_a_line(line: int, words: str, before: int) -> None:
    assert spot(LINES, line) == (words, before)


def test_links_to_what_waits_are_marked() -> None:
    html = (
        '<a class="x" href="../2020/1.html#top">甲</a> <a href="2.html">乙</a> <a href="/zfxxgk/wj/2020/1.html">丙</a>'
    )
    waiting = {"wj/2020/1.html": Waiting(True), "wj/2021/2.html": Waiting(False, "2027-01-05")}
    marked = with_badges(html, "wj/2021/x.html", shown(waiting=waiting), "zh")
    assert marked.count('<span class="bsp-badge">草稿</span>') == 2
    assert '乙</a><span class="bsp-badge">2027-01-05 起公开</span>' in marked
    assert with_badges(html, "wj/2021/x.html", shown(), "zh") == html


def test_the_strip_counts_and_lists() -> None:
    notes = tuple(note(f"content/{number}.md", error=number > 50) for number in range(60))
    text = strip(shown(findings=Findings(notes), store=_pages()), "index.html", {}, "zh")
    assert "✘ 9 处必须修改 · 51 处建议修改" in text
    assert text.count('class="bsp-row') == LISTED
    assert text.index("bsp-row bsp-error") < text.index("bsp-row bsp-warning")
    assert "另有 30 处" in text
    assert "✔ 可以发布 · 1 处建议修改" in strip(
        shown(findings=Findings((note(error=False),)), store=_pages()), "index.html", {}, "zh"
    )


def test_a_finding_of_the_page_has_the_words_of_its_line_unless_it_is_confidential() -> None:
    lines = {"content/a.md": ["", "这一行说了什么"]}
    found = Findings((note(line=2), note(line=2, confidential=True)))
    text = strip(
        shown(findings=found, sources={"zd/index.html": "content/a.md"}, store=_pages()), "zd/index.html", lines, "zh"
    )
    assert text.count('class="bsp-note') == 2
    assert text.count("这一行说了什么") == 1


def test_what_is_told_cannot_bring_in_markup() -> None:
    evil = Note("content/<b>.md", 1, True, "X", "<i>", "<script>alert(1)</script>", '"><img src=x>')
    text = strip(shown(findings=Findings((evil,)), store=_pages()), "index.html", {}, "zh")
    assert "<script" not in text and "<img" not in text and "<b>" not in text


def test_a_page_without_head_and_body_gets_the_strip_too() -> None:
    assert injected("<p>x</p>", "<div>S</div>", "t").endswith("<div>S</div><p>x</p>")
    whole = injected('<html><head></head><body class="a"><p>x</p></body></html>', "<div>S</div>", "t")
    assert '<body class="a"><div>S</div><p>x</p></body>' in whole
    assert 'data-token="t"' in whole.partition("</head>")[0]


def test_single_pages_lie_over_the_whole_build() -> None:
    state = shown(findings=Findings((note(fault=True), note("content/b.md"))), fresh={"zd/index.html": (3, b"a")})
    same = Glimpsed(4, {"zd/index.html": b"a"}, ("content/a.md",), (note(fault=True),))
    assert after_glimpse(state, same) == {}
    fields = after_glimpse(state, Glimpsed(4, {"zd/index.html": b"b", "no.html": b"c"}, ("content/a.md",)))
    assert fields["fresh"] == {"zd/index.html": (4, b"b")}
    assert fields["findings"].notes == (note("content/b.md"),)


def test_pages_are_kept_once_and_a_build_that_ends_early_leaves_nothing() -> None:
    file = PageFile()
    file.write("a.html", b"one")
    file.write("b.html", b"two")
    first = file.commit(["a.html", "b.html"])
    reader = Pages(os.dup(file.fileno()))
    assert [reader.read(first[name]) for name in ("a.html", "b.html")] == [b"one", b"two"]
    file.write("a.html", b"new")
    file.drop()
    assert file.commit(["a.html", "b.html"]) == first
    file.write("a.html", b"one")
    file.write("b.html", b"three")
    second = file.commit(["a.html", "b.html", "c.html"])
    assert second["a.html"] == first["a.html"]
    assert reader.read(second["b.html"]) == b"three"
    assert "c.html" not in second


def test_pages_of_helpers_arrive_whole() -> None:
    """Several processes append at once."""
    file = PageFile()
    children = []
    for child in range(4):
        process = os.fork()
        if not process:
            for number in range(200):
                file.write(f"{child}/{number}", f"{child}-{number}-".encode() * 500)
            os._exit(0)
        children.append(process)
    for process in children:
        assert os.waitpid(process, 0)[1] == 0
    names = [f"{child}/{number}" for child in range(4) for number in range(200)]
    pages = file.commit(names)
    assert sorted(pages) == sorted(names)
    for name, place in pages.items():
        assert os.pread(file.fileno(), place.length, place.offset) == f"{name.replace('/', '-')}-".encode() * 500


def test_a_scan_sees_changes_and_not_touches(tmp_path: Path) -> None:
    (tmp_path / "content/a").mkdir(parents=True)
    (tmp_path / "catalog.yaml").write_text("x", "utf-8")
    (tmp_path / "content/a/b.md").write_text("one", "utf-8")
    (tmp_path / "content/a/.b.md.swp").write_text("x", "utf-8")
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").write_text("x", "utf-8")
    scan = Scan(tmp_path)
    first = scan.now()
    assert set(first) == {"catalog.yaml", "content/a/b.md"}
    os.utime(tmp_path / "content/a/b.md", (1, 1))
    assert scan.now() == first
    (tmp_path / "content/a/b.md").write_text("two", "utf-8")
    assert scan.now() != first


@pytest.mark.parametrize(
    ("host", "safe"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("127.8.8.8", True),
        ("0.0.0.0", False),
        ("localhost", False),
        ("10.0.0.1", False),
    ],
)
def test_which_hosts_are_this_machine_only(host: str, safe: bool) -> None:
    assert is_loopback(host) is safe


def _pages() -> Pages:
    return Pages(os.open(os.devnull, os.O_RDONLY))
