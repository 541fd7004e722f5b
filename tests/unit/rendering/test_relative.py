from __future__ import annotations

import posixpath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_site.rendering.relative import href, is_remote, rooted


@pytest.mark.parametrize(
    ("address", "page", "fragment", "expected"),
    [
        ("zd/index.html", "index.html", "", "zd/index.html"),
        ("index.html", "zd/index.html", "", "../index.html"),
        ("index.html", "fdzdgknr/gfxwj/index.html", "", "../../index.html"),
        ("wj/2020/2.html", "wj/2020/1.html", "", "2.html"),
        ("wj/2020/1/f.pdf", "wj/2020/1.html", "", "1/f.pdf"),
        ("zd/index.html", "zd/index.html", "", "index.html"),
        ("zd/index.html", "zd/index.html", "x", "#x"),
        ("zn/index.html", "zd/index.html", "四", "../zn/index.html#%E5%9B%9B"),
        ("fj/zd/表 一?.pdf", "index.html", "", "fj/zd/%E8%A1%A8%20%E4%B8%80%3F.pdf"),
        ("fj/a#b%c.pdf", "index.html", "", "fj/a%23b%25c.pdf"),
        ("https://www.gov.cn/", "zd/index.html", "", "https://www.gov.cn/"),
        ("mailto:a@b.cn", "zd/index.html", "", "mailto:a@b.cn"),
    ],
)
def test_href(address: str, page: str, fragment: str, expected: str) -> None:
    """Addresses become URLs relative to the page, percent-encoded; remote ones stay."""
    assert href(address, page, fragment) == expected


_segment = st.text(alphabet="ab1-字 %#?&", min_size=1, max_size=6).filter(lambda part: part.strip("."))
_address = st.lists(_segment, min_size=1, max_size=4).map("/".join).filter(lambda text: not is_remote(text))


@given(_address, _address)
def test_href_leads_back_to_the_address(address: str, page: str) -> None:
    """A browser that follows the URL from the page arrives at the address."""
    url = href(address, page)
    path, hash_, _ = url.partition("#")
    assert not hash_
    assert "?" not in path
    assert posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path))) == posixpath.normpath(address)


@pytest.mark.parametrize(
    ("text", "remote"), [("https://a", True), ("//a", True), ("tel:1", True), ("a/b:c", False), ("zd/", False)]
)
def test_is_remote(text: str, remote: bool) -> None:
    """Only a scheme or a host leaves the site."""
    assert is_remote(text) is remote


def test_rooted() -> None:
    """On the page for missing pages URLs start at the root of the host."""
    assert rooted("zd/a b.html", "/zfxxgk/") == "/zfxxgk/zd/a%20b.html"
    assert rooted("https://a.cn/", "/zfxxgk/") == "https://a.cn/"


_step = st.sampled_from(["a", "b", "ab", "字", ".", "..", "", "c.html"])
_path = st.lists(_step, min_size=1, max_size=5).map("/".join).filter(bool)


@given(_path, _path)
def test_the_way_is_that_of_the_standard_library(address: str, folder: str) -> None:
    """The short cut returns what `posixpath.relpath` does, for odd paths too."""
    page = f"{folder}/page.html"
    if not is_remote(address):
        assert unquote(href(address, page)) == posixpath.relpath(address, posixpath.dirname(page) or ".")
