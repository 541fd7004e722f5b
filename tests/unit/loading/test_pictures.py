"""Pictures of a body: their elements, their files, their words."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_site.loading.document import parse
from build_site.loading.pictures import picture_of
from build_site.model.content import Picture
from build_site.model.text import SourceFile
from tests.support import makers


def html(body: str) -> str:
    found = parse(SourceFile("content/zd/a.md", f"---\ntitle: 通知\n---\n{body}")).body
    return "".join(
        part + (found.links[number].url if number < len(found.links) else "") for number, part in enumerate(found.parts)
    ).strip()


@pytest.mark.parametrize(
    ("maker", "kind", "width", "height"),
    [
        ("png", "PNG", 1, 1),
        ("large-png", "PNG", 400, 300),
        ("jpeg", "JPEG", 3, 2),
        ("turned-jpeg", "JPEG", 2, 3),  # as it is shown, not as it lies in the file
        ("gif", "GIF", 3, 2),
        ("webp", "WebP", 3, 2),
    ],
)
def test_size_of_a_picture(tmp_path: Path, maker: str, kind: str, width: int, height: int) -> None:
    """Format and size come from the content; the name of the file does not matter."""
    (tmp_path / "a.dat").write_bytes(makers.make(maker))
    assert picture_of(tmp_path / "a.dat") == Picture(kind, width, height)


@pytest.mark.parametrize(
    "maker", ["cut-off-png", "cut-off-jpeg", "cut-off-webp", "bmp", "text-docx", "zero-bytes", "text-csv"]
)
def test_what_is_no_picture(tmp_path: Path, maker: str) -> None:
    """A damaged file and every other kind of file is none."""
    (tmp_path / "a.png").write_bytes(makers.make(maker))
    assert picture_of(tmp_path / "a.png") is None


@pytest.mark.parametrize("name", ["png", "large-png", "jpeg", "turned-jpeg", "gif", "webp"])
def test_no_beginning_of_a_picture_is_an_exception(tmp_path: Path, name: str) -> None:
    """However short a file was cut, the answer is a picture or none."""
    data = makers.make(name)
    for size in range(0, len(data) - 8, max(1, len(data) // 60)):
        (tmp_path / "a").write_bytes(data[:size])
        assert picture_of(tmp_path / "a") is None


def test_what_was_added_behind_the_end_does_not_matter(tmp_path: Path) -> None:
    """Some cameras and editors add data behind the end of a picture."""
    (tmp_path / "a.jpg").write_bytes(makers.make("jpeg") + b"\x00" * 500)
    assert picture_of(tmp_path / "a.jpg") == Picture("JPEG", 3, 2)


def test_a_picture_waits_until_it_is_seen() -> None:
    """The element begins with its source; it is loaded late and decoded aside."""
    assert html("甲![乙](a.png)") == '<p>甲<img src="a.png" alt="乙" loading="lazy" decoding="async"></p>'


@pytest.mark.parametrize("body", ['![流程](a.png "图1 办理")', "<p><img title='图1 办理' alt=流程 src=a.png></p>"])
def test_a_picture_with_a_title_is_a_figure(body: str) -> None:
    """Alone in its paragraph; the title is the caption and no longer a tip."""
    assert html(body) == (
        '<figure><img src="a.png" alt="流程" loading="lazy" decoding="async"><figcaption>图1 办理</figcaption></figure>'
    )


def test_a_linked_picture_with_a_title_is_a_figure() -> None:
    """The link stays around the picture, the caption is outside."""
    assert html('[![流程](a.png "图1 <甲>")](b.md)') == (
        '<figure><a href="b.md"><img src="a.png" alt="流程" loading="lazy" decoding="async"></a>'
        "<figcaption>图1 &lt;甲&gt;</figcaption></figure>"
    )


@pytest.mark.parametrize("body", ["![流程](a.png)", '见![流程](a.png "图1")', '![甲](a.png "图1")![乙](b.png "图2")'])
def test_other_pictures_are_no_figures(body: str) -> None:
    """Without a title, with words beside it, or two of them."""
    assert "<figure" not in html(body)
    assert html(body).startswith("<p>")


def test_sizes_of_an_editor_stand_behind_the_source() -> None:
    """Where the renderer looks for them; what is no number of pixels is dropped."""
    assert '<img src="a.png" width="300" alt="甲"' in html("<img alt=甲 width=300 height=50% src=a.png>")
    assert '<img src="a.png" height="20" alt="甲"' in html("![甲](a.png){height=20 width=0}")


def test_an_ornament_has_an_empty_text() -> None:
    """`role=presentation` says that there is nothing to say; the empty text is what browsers go by."""
    assert (
        html("![花边](a.png){role=presentation}") == '<p><img src="a.png" alt="" loading="lazy" decoding="async"></p>'
    )


def test_a_picture_of_nothing_is_dropped_and_reported() -> None:
    """An `img` without a source is invalid HTML."""
    doc = parse(SourceFile("content/zd/a.md", "---\ntitle: 通知\n---\n字<img alt='甲'>"))
    assert "<img" not in "".join(doc.body.parts)
    assert [(fault.kind, fault.get("what"), fault.where.line, fault.where.column) for fault in doc.faults] == [
        ("unsafe-markup", "<img>", 4, 3)
    ]
