from __future__ import annotations

from datetime import date, datetime

import pytest

from build_site.loading.placing import Place, columns_of, document_address, place, standing
from build_site.model.columns import Catalogue, Column
from build_site.model.finding import Fault
from build_site.model.notice import Notice
from build_site.model.site import Standing
from build_site.model.words import Publicity, State

COLUMNS = {
    ("zd",): Column("zd", "制度"),
    ("nr",): Column("nr", "内容"),
    ("nr", "gfxwj"): Column("gfxwj", "文件"),
}


@pytest.mark.parametrize(
    ("path", "column", "intro"),
    [
        ("content/zd/a.md", ("zd",), False),
        ("content/zd/index.md", ("zd",), True),
        ("content/nr/index.md", ("nr",), True),
        ("content/nr/a.md", ("nr",), False),
        ("content/nr/gfxwj/a.md", ("nr", "gfxwj"), False),
        ("content/nr/gfxwj/index.md", ("nr", "gfxwj"), True),
        ("content/nr/gfxwj/a/index.md", ("nr", "gfxwj"), False),
        ("content/zd/a/index.md", ("zd",), False),
        ("content/nr/a/index.md", ("nr",), False),
    ],
)
def test_place(path: str, column: tuple[str, ...], intro: bool) -> None:
    """A folder names the column; `index.md` introduces it, or is a document in a folder of its own."""
    assert place(path, COLUMNS) == Place(column, intro)


@pytest.mark.parametrize(
    ("path", "kind", "suggestion"),
    [
        ("content/a.md", "misplaced-notice", ""),
        ("content/index.md", "misplaced-notice", ""),
        ("content/zzz/a.md", "unknown-column", ""),
        ("content/zdd/a.md", "unknown-column", "zd"),
        ("content/ZD/a.md", "unknown-column", ""),
        ("content/nr/gfxw/a.md", "unknown-column", "gfxwj"),
        ("content/zd/2020/a.md", "unknown-column", ""),
        ("content/nr/gfxwj/2020/a.md", "column-too-deep", ""),
        ("content/nr/gfxwj/a/b/index.md", "column-too-deep", ""),
        ("content/zd/a/b/index.md", "column-too-deep", ""),
    ],
)
def test_misplaced(path: str, kind: str, suggestion: str) -> None:
    """A file in no column, an unknown one or a third level is a fault of its path."""
    found = place(path, COLUMNS)
    assert isinstance(found, Fault)
    assert (found.kind, found.where.path, found.get("suggestion")) == (kind, path, suggestion)


@pytest.mark.parametrize(
    ("index_no", "id_", "address"),
    [
        ("000000000/2020-00022", "", "wj/2020/00022.html"),
        ("2020-1", "", "wj/2020/1.html"),
        ("AA1/202011-17", "", "wj/2020/11-17.html"),
        ("", "lxfs", "wj/lxfs.html"),
        ("000000000/2020-00022", "lxfs", "wj/2020/00022.html"),
        ("旧号3", "lxfs", "wj/lxfs.html"),
    ],
)
def test_document_address(index_no: str, id_: str, address: str) -> None:
    """The index number gives the permanent address, else the identifier."""
    assert document_address("content/zd/a.md", Notice("标题", index_no=index_no, id=id_)) == address


@pytest.mark.parametrize(
    "index_no",
    [
        "",
        "旧号3",
        "2020",
        "2020-",
        "20-1",
        "a b/2020-1",
        "x/y/2020-1",
        "2020-1a",
        "２０２０-１",
        "2020-1/..",
        "2020-../x",
    ],
)
def test_no_address(index_no: str) -> None:
    """Without a year and a serial there is no address, only a fault."""
    found = document_address("content/zd/a.md", Notice("标题", index_no=index_no))
    assert isinstance(found, Fault)
    assert found.kind == "index-number-missing"


TODAY = date(2020, 12, 1)


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        (Notice("一", published=TODAY), Standing.PUBLISHED),
        (Notice("一", published=datetime(2020, 12, 1, 23, 59)), Standing.PUBLISHED),
        (Notice("一", published=date(2020, 12, 2)), Standing.FUTURE),
        (Notice("一"), Standing.DRAFT),
        (Notice("一", published=TODAY, state=State.DRAFT), Standing.DRAFT),
        (Notice("一", published=TODAY, state=State.WITHDRAWN), Standing.WITHDRAWN),
        (Notice("一", published=TODAY, publicity=Publicity.CLOSED), Standing.CLOSED),
        (Notice("一", published=TODAY, publicity=Publicity.ON_REQUEST), Standing.CLOSED),
        (Notice("一", published=TODAY, publicity=Publicity.CONVERTED), Standing.PUBLISHED),
        (Notice("一", published=TODAY, publicity=Publicity.CLOSED, state=State.WITHDRAWN), Standing.CLOSED),
        (Notice("一", published=TODAY, publicity=Publicity.CLOSED, state=State.DRAFT), Standing.DRAFT),
    ],
)
def test_standing(notice: Notice, expected: Standing) -> None:
    """State, publicity and day decide whether the public may see a document; closed is never published."""
    assert standing(notice, TODAY) is expected


def test_the_first_of_two_columns_with_one_key_counts() -> None:
    """A duplicate column neither replaces nor loses the first."""
    first, second = Column("zd", "一", children=(Column("a", "甲"),)), Column("zd", "二", children=(Column("b", "乙"),))
    catalogue = Catalogue(site=None, agency=None, columns=(first, second))  # type: ignore[arg-type]
    assert {path: column.title for path, column in columns_of(catalogue).items()} == {
        ("zd",): "一",
        ("zd", "a"): "甲",
        ("zd", "b"): "乙",
    }
