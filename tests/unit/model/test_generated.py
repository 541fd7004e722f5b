from __future__ import annotations

import pytest

from build_site.model.events import events
from build_site.model.generated import feed_address, generated_addresses, has_feed, is_reserved, sitemap_part
from build_site.rendering.generated import generated_files
from build_site.rendering.robots import sitemap_files
from tests.support.sites import MINIMAL, assembled

SITE = assembled({path: text for path, text in MINIMAL.items() if path.endswith(".md")})


@pytest.mark.parametrize(
    ("path", "address"),
    [((), "gengxin.xml"), (("zd",), "zd/gengxin.xml"), (("zd", "ab"), "zd/ab/gengxin.xml")],
)
def test_addresses_of_feeds(path: tuple[str, ...], address: str) -> None:
    """A feed lies beside the page it belongs to."""
    assert feed_address(path) == address


def test_columns_with_documents_have_a_feed() -> None:
    """In the column or below it; an introduction alone is no document."""
    assert [node.key for node in SITE.columns.values() if has_feed(node)] == ["zd", "fdzdgknr", "fdzdgknr/gfxwj", "nb"]


def test_the_addresses_are_those_of_the_files() -> None:
    """What links may lead to is what is made, and all of it is reserved."""
    made = [address for address, _ in generated_files(SITE, events(SITE))]
    assert sorted(made) == sorted(generated_addresses(SITE.columns, SITE.catalogue.items))
    parts = [address for address, _ in sitemap_files(SITE, events(SITE), limit=1)]
    assert sitemap_part(12) in parts
    assert all(is_reserved(address, SITE.columns) for address in (*made, *parts))


@pytest.mark.parametrize(
    ("address", "reserved"),
    [
        ("ROBOTS.txt", True),
        ("zn/Gengxin.xml", True),
        ("fdzdgknr/tjxx/gengxin.xml", True),
        ("fj/gengxin.xml", False),
        ("zd/sitemap.xml", False),
        ("sitemap-a.xml", False),
        ("shuju/mulu.csv", True),
        ("shuju/index.html", False),
        ("zd/liebiao.json", True),
        ("LLMS.txt", True),
        ("sitemap.xml.html", False),
        ("index.html", False),
    ],
)
def test_reserved_addresses(address: str, reserved: bool) -> None:
    """In any letter case; at the root, and feeds in the folder of any column."""
    assert is_reserved(address, SITE.columns) is reserved
