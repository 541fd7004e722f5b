"""What the comparison with the last build sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_site.output.build import build
from build_site.output.earlier import published_text
from tests.support import sites

LATER = sites.AS_OF.replace(day=20)
CHANGED = {
    "catalog.yaml": sites.unaudited(),
    "content/zd/zhidu.md": sites.notice("信息公开制度", "00001", sites.TEXT + "另有规定的除外。"),
}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div data-body><p>一 二</p>\n<div>三&amp;</div></div>四", "一二三&"),
        ("<div>一</div>", ""),
        ("<div title='data-body'>一</div>", ""),
        ("<div data-body>一", ""),
        ("<div data-body>一<script>x</script></div>", "一"),
    ],
)
def test_text_of_a_page(html: str, text: str) -> None:
    """Only the words of the marked element count."""
    assert published_text(html) == text


def test_a_real_build_after_a_real_build(tmp_path: Path) -> None:
    """The first changed build warns and is published; the next one agrees with it. The bytes know nothing of it."""
    root, out = sites.write(tmp_path / "site", {"catalog.yaml": sites.unaudited()}), tmp_path / "out"
    assert not build(root, out, sites.AS_OF).diagnostics
    sites.write(root, CHANGED)
    first = build(root, out, LATER)
    assert [sites.shown(item) for item in first.diagnostics] == ["SEC104 content/zd/zhidu.md:2:8"]
    assert first.published
    assert not build(root, out, LATER).diagnostics
    alone = tmp_path / "alone"
    assert build(root, alone, LATER).published
    assert (alone / "wj/2020/00001.html").read_bytes() == (out / "wj/2020/00001.html").read_bytes()


def test_a_page_that_somebody_else_wrote_is_not_compared(tmp_path: Path) -> None:
    """Where the old page is not the one that was built, nothing can be said."""
    root, out = sites.write(tmp_path / "site", {"catalog.yaml": sites.unaudited()}), tmp_path / "out"
    assert build(root, out, sites.AS_OF).published
    (out / "wj/2020/00001.html").write_text("<div data-body>别的</div>", "utf-8")
    sites.write(root, CHANGED)
    assert not build(root, out, LATER).diagnostics
    (out / "wj/2020/00001.html").unlink()
