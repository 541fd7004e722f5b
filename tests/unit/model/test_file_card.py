"""What a file is called, and which office answers for it."""

from __future__ import annotations

import pytest

from build_site.model.file_card import FileCard, file_cards
from build_site.model.site import Site
from tests.support.sites import CATALOGUE, TEXT, assembled, intro, notice

FILES = {
    "content/zd/own.md": notice("甲", "00001", head="owner: 政策法规处"),
    "content/zd/none.md": notice("乙", "00002", f"{TEXT}[表](biao.pdf)"),
    "content/zd/biao.pdf": "x",
    "content/fdzdgknr/index.md": intro("法定主动公开内容"),
    "content/fdzdgknr/gfxwj/a.md": notice("丙", "00003"),
    "content/fdzdgknr/tjxx/b/index.md": notice("丁", "00004", f"{TEXT}[表](shuju.pdf)", head="owner: 统计室"),
    "content/fdzdgknr/tjxx/b/shuju.pdf": "x",
    "content/fdzdgknr/tjxx/b/duoyu.pdf": "x",
    "content/nb/2019.md": notice("戊", "00005"),
}
OWNED = (
    CATALOGUE.replace("    title: 法定主动公开内容\n", "    title: 法定主动公开内容\n    owner: 办公室\n")
    .replace("        title: 统计信息\n", "        title: 统计信息\n        owner: 规划财务处\n")
)  # fmt: skip


@pytest.fixture(scope="module")
def site() -> Site:
    return assembled(FILES, catalogue=OWNED)


@pytest.mark.parametrize(
    ("path", "card"),
    [
        ("content/zd/own.md", FileCard("甲", "政策法规处")),
        ("content/zd/none.md", FileCard("乙", "")),
        ("content/zd/biao.pdf", FileCard("", "")),
        ("content/fdzdgknr/index.md", FileCard("法定主动公开内容", "办公室")),
        ("content/fdzdgknr/gfxwj/a.md", FileCard("丙", "办公室")),
        ("content/fdzdgknr/tjxx/b/index.md", FileCard("丁", "统计室")),
        ("content/fdzdgknr/tjxx/b/shuju.pdf", FileCard("", "统计室")),
        ("content/fdzdgknr/tjxx/b/duoyu.pdf", FileCard("", "规划财务处")),
        ("content/weizhi/x.md", FileCard("", "")),
    ],
)
def test_the_office_is_found_from_the_document_upwards(path: str, card: FileCard, site: Site) -> None:
    """The document's own, else that of the document an attachment belongs to, else its column's, else the one above."""
    docs = [document.doc for document in site.documents]
    assert file_cards([path], docs, site.catalogue, site) == {path: card}


def test_files_of_the_whole_site_have_no_card(site: Site) -> None:
    """The catalogue, the lock and the theme belong to no office."""
    assert file_cards(["catalog.yaml", "urls.lock", "themes/site/x.html"], [], site.catalogue, site) == {}


def test_without_a_catalogue_a_document_still_has_its_own_office(site: Site) -> None:
    """A catalogue that cannot be read takes columns away, not documents."""
    docs = [document.doc for document in site.documents]
    found = file_cards(["content/zd/own.md", "content/fdzdgknr/gfxwj/a.md"], docs, None, None)
    assert list(found.values()) == [FileCard("甲", "政策法规处"), FileCard("丙", "")]
