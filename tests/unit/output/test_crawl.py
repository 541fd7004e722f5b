"""The parts of a crawl that need no LinkChecker: the loopback server, external hosts, what is remembered, places."""

from __future__ import annotations

import http.client
import threading
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from build_site.checks.run import check_faults
from build_site.model.finding import Fault
from build_site.model.text import Location
from build_site.output.crawl_external import Answer, Pace, ask, read_cache, still_good, write_cache
from build_site.output.crawl_places import Places
from build_site.output.crawl_server import served
from build_site.output.crawl_web import html_of, outcome_of
from tests.real.crawling import answering
from tests.support import sites

DAY = date(2026, 11, 25)
BASE = "http://127.0.0.1:1/zfxxgk/"


def get(root: str, path: str) -> tuple[int, bytes, str]:
    """Ask for a path exactly as it is written; return status, body and Location."""
    connection = http.client.HTTPConnection(urlsplit(root).netloc, timeout=5)
    connection.putrequest("GET", path, skip_host=False)
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, answer.read(), answer.headers.get("Location", "")
    connection.close()
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    out = tmp_path / "public"
    (out / "zn").mkdir(parents=True)
    (out / "leer").mkdir()
    (out / "index.html").write_text('<meta name="robots" content="noindex,nofollow"><p>首页</p>', "utf-8")
    (out / "zn/index.html").write_text("指南", "utf-8")
    (out / "404.html").write_text("没有这一页", "utf-8")
    (out / "表 格.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "secret.txt").write_text("secret")
    (out / "leak.txt").symlink_to(tmp_path / "secret.txt")
    return out


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/zfxxgk/", 200, "首页"),
        ("/zfxxgk/index.html?a=1", 200, "首页"),
        ("/zfxxgk/zn/", 200, "指南"),
        ("/zfxxgk/zn", 301, ""),
        ("/zfxxgk/leer/", 404, "没有这一页"),
        ("/zfxxgk/leer", 404, "没有这一页"),
        ("/zfxxgk/" + quote("表 格.pdf"), 200, "%PDF"),
        ("/zfxxgk/ZN/index.html", 404, "没有这一页"),
        ("/zfxxgk/zn/index.html/", 404, "没有这一页"),
        ("/zfxxgk/../secret.txt", 404, "没有这一页"),
        ("/zfxxgk/%2e%2e/secret.txt", 404, "没有这一页"),
        ("/zfxxgk//etc/passwd", 404, "没有这一页"),
        ("/zfxxgk/leak.txt", 404, "没有这一页"),
        ("/zfxxgk/%00", 404, "没有这一页"),
        ("/zfxxgk/%C3%FB", 404, "没有这一页"),
        ("/zfxxgk/" + "a" * 400, 404, "没有这一页"),
        ("/", 404, "没有这一页"),
        ("/zfxxgk", 404, "没有这一页"),
    ],
)
def test_the_server_answers_as_a_strict_one_would(folder: Path, path: str, status: int, says: str) -> None:
    with served(folder, "/zfxxgk/") as root:
        got, body, location = get(root, path)
    assert (got, says in body.decode()) == (status, True)
    assert location == ("/zfxxgk/zn/" if status == 301 else "")
    assert b"nofollow" not in body


def test_the_server_is_gone_afterwards(folder: Path) -> None:
    with served(folder) as root:
        assert html_of(root, 5, loopback=True)
        with pytest.raises(OSError), served(folder, port=int(root.rpartition(":")[2].strip("/"))):
            pass
    assert outcome_of(root, 5, loopback=True) == "refused"


def test_what_came_of_an_address() -> None:
    status = {"/ok": 200, "/gone": 410, "/no": 404, "/bad": 500, "/shy": 403, "/%E5%A5%BD?a=%E5%A5%BD": 200}
    with answering(lambda path: (status.get(path, 404), "x")) as (root, _):
        assert [outcome_of(root + path, 5, loopback=True) for path in ("ok", "gone", "no", "bad", "shy", "好?a=好#b")] == [
            "", "410", "404", "500", "403", "",
        ]  # fmt: skip
    assert outcome_of(root, 5, loopback=True) == "refused"
    assert outcome_of("http://no-such-host.invalid/", 5, loopback=True) == "no-such-host"
    with answering(lambda path: (200, "x"), pause=3) as (root, _):
        assert outcome_of(root, 1, loopback=True) == "timeout"
        assert html_of(root, 1, loopback=True) is None


def test_one_request_at_a_time_for_each_host() -> None:
    """Two hosts side by side, neither asked twice at once, with a pause between."""
    busy, most = {"a": 0, "b": 0}, {"a": 0, "b": 0}
    lock = threading.Lock()

    def counting(name: str) -> tuple[int, str]:
        with lock:
            busy[name] += 1
            most[name] = max(most[name], busy[name])
        threading.Event().wait(0.05)
        with lock:
            busy[name] -= 1
        return 200, "x"

    with answering(lambda _: counting("a")) as (one, asked), answering(lambda _: counting("b")) as (two, others):
        told: list[int] = []
        urls = [f"{root}{number}" for root in (one, two) for number in range(4)]
        answers = ask([*urls, urls[0]], DAY, Pace(5, 0.2), told.append, loopback=True)
        assert answers == dict.fromkeys(urls, Answer("", DAY))
        assert told == list(range(1, 9))
        assert most == {"a": 1, "b": 1}
        for times in (asked, others):
            assert len(times) == 4
            assert all(later[1] - earlier[1] > 0.2 for earlier, later in pairwise(times))


def test_a_dead_host_is_asked_once() -> None:
    with answering(lambda path: (200, "x"), pause=3) as (root, asked):
        answers = ask([root + "1", root + "2", root + "3"], DAY, Pace(1, 0), lambda done: None, loopback=True)
    assert {answer.reason for answer in answers.values()} == {"timeout"}
    assert len(asked) == 1


def test_what_is_remembered(tmp_path: Path) -> None:
    """Written whole, added to what another crawl wrote, and never a reason to stop."""
    file = tmp_path / ".cache/external-links.json"
    assert read_cache(file) == {}
    write_cache(file, {"https://a.example.com/": Answer("", DAY)})
    write_cache(file, {"https://b.example.com/甲": Answer("404", DAY)})
    assert read_cache(file) == {
        "https://a.example.com/": Answer("", DAY),
        "https://b.example.com/甲": Answer("404", DAY),
    }
    assert [path.name for path in file.parent.iterdir()] == ["external-links.json"]
    for broken in ("", "[]", "{", '{"a": 1}', '{"a": ["", "gestern"]}', "\xff"):
        file.write_text(broken, "latin-1")
        assert read_cache(file) == {}


@pytest.mark.parametrize(
    ("reason", "age", "good"),
    [("", 0, True), ("", 6, True), ("", 7, False), ("", -1, False), ("404", 0, True), ("404", 1, False)],
)
def test_how_long_an_answer_is_good(reason: str, age: int, good: bool) -> None:
    """One that opened for a week, one that failed for its own day, one from the future never."""
    assert still_good(Answer(reason, DAY - timedelta(age)), DAY, 7) is good


def test_places_of_links() -> None:
    """An external link is found where it was written; a file, an anchor and a key of the catalogue too."""
    body = "见[甲](https://a.example.com/x?y=1#z)、[乙](b.pdf)和[丙](zhidu.md#没有)。"
    files = {**{path: text for path, text in sites.MINIMAL.items() if path != "catalog.yaml"}}
    files |= {"content/zd/a.md": sites.notice("测试", "00009", body), "content/zd/b.pdf": "x"}
    catalogue = sites.CATALOGUE.replace("site:\n", "site:\n  home_url: https://www.example.gov.cn/\n")
    site = sites.assembled(files, catalogue=catalogue)
    places = Places(site, BASE)
    parent = BASE + "index.html"
    file = next(address for address in site.files if address.endswith("b.pdf"))

    def at(url: str, written: str = "") -> list[tuple[str, int]]:
        return [(place.path, place.line) for place in places.of(url, written or url, parent)]

    assert at("https://a.example.com/x?y=1#z") == [("content/zd/a.md", 7)]
    assert at("https://www.example.gov.cn/") == [("catalog.yaml", 2)]
    assert at(BASE + file) == [("content/zd/a.md", 7)]
    assert at(BASE + "wj/2020/00001.html#" + quote("没有")) == [("content/zd/a.md", 7)]
    assert at(BASE + "wj/2020/00002.html") == [("content/fdzdgknr/gfxwj/guifan.md", 7)]
    assert at(BASE + "none.html") == [(places.page(parent).path, places.page(parent).line)]
    assert places.address("http://[bad") is None
    assert places.address(BASE) == "index.html"
    assert places.address(BASE + "zn/") == "zn/index.html"
    assert places.address("https://www.127.0.0.1:1/zfxxgk/") == "index.html"
    assert places.address("http://127.0.0.1:2/zfxxgk/") is None
    assert places.address("http://127.0.0.1:1/other/") is None


@pytest.mark.parametrize(
    ("reason", "says"), [("refused", "网络和服务器"), ("timeout", "网络和服务器"), ("404", "完整上传")]
)
def test_a_server_that_is_silent_is_no_unfinished_upload(reason: str, says: str) -> None:
    """Nobody is sent to build and upload again because the network is down."""
    data = (("url", "index.html"), ("page", ""), ("known", "yes"), ("reason", reason))
    fault = Fault("published-link-broken", Location("catalog.yaml", 1, 1), data)
    (found,) = check_faults([fault])
    assert says in found.help.zh
