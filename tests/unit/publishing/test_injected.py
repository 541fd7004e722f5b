"""What is told from a page's own code, and the proof that nothing else was changed."""

from __future__ import annotations

import pytest

from build_site.output.manifest import entry_of
from build_site.publishing.injected import foreign, is_restored

FILES = {name: entry_of(b"") for name in ("assets/site.css", "assets/site.js", "zd/a.png", "zd/b.html")}
PAGE = (
    '<html><head><link rel="stylesheet" href="../assets/site.css"><script src="../assets/site.js"></script>\n'
    '<link rel="canonical" href="https://example.gov.cn/zd/b.html"><script type="application/ld+json">{}</script></head>\n'
    '<body><main><p>甲</p><img src="a.png" alt="图"><a href="https://other.example/">外</a></main>\n</body></html>\n'
)


def test_a_page_of_ours_has_nothing_foreign() -> None:
    """Its own files, its data, links that people follow."""
    assert list(foreign(PAGE, "zd/b.html", FILES)) == []


@pytest.mark.parametrize(
    ("piece", "element", "host"),
    [
        ('<script src="https://evil.example/x.js"></script>', "script", "evil.example"),
        ("<script src='//evil.example/x.js'></script>", "script", "evil.example"),
        ('<script src="/x.js"></script>', "script", ""),
        ("<script>alert(1)</script>", "script", ""),
        ('<iframe src="https://evil.example/"><p>x</p></iframe>', "iframe", "evil.example"),
        ('<object data="x.swf"></object>', "object", ""),
        ('<embed src="https://evil.example/x">', "embed", "evil.example"),
        ('<link rel="stylesheet" href="https://evil.example/x.css">', "link", "evil.example"),
        ('<meta http-equiv="refresh" content="0; url=https://evil.example/">', "meta", "evil.example"),
        ('<base href="https://evil.example/">', "base", ""),
        ('<img src="https://evil.example/pixel.gif">', "img", "evil.example"),
        ("<style>p { display: none }</style>", "style", ""),
        ("<noscript><img src=x></noscript>", "noscript", ""),
        ("<!-- seen -->", "comment", ""),
    ],
)
@pytest.mark.parametrize("where", ["<head>", "<body>", "</main>\n", "</html>\n"])
def test_a_foreign_piece_is_found_and_taken_out(piece: str, element: str, host: str, where: str) -> None:
    """Wherever it stands; without it the page is the original, byte for byte, and with a changed letter it is not."""
    original = entry_of(PAGE.encode())
    for more in ("", "\n", "  \r\n"):
        page = PAGE.replace(where, f"{where}{piece}{more}")
        found = list(foreign(page, "zd/b.html", FILES))
        assert [(one.element, one.host) for one in found] == [(element, host)]
        assert is_restored(page.encode(), found, original)
        altered = page.replace("甲", "乙")
        assert not is_restored(altered.encode(), list(foreign(altered, "zd/b.html", FILES)), original)


def test_files_named_from_the_top_of_the_host_are_ours() -> None:
    """As the error page names them, wherever the column stands."""
    page = '<link rel="stylesheet" href="/zfxxgk/assets/site.css"><script src="/assets/site.js"></script>'
    assert list(foreign(page, "404.html", FILES)) == []
