"""What search engines are told."""

from __future__ import annotations

import re
import urllib.robotparser
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from build_site.model.events import events
from build_site.model.site import Site
from build_site.rendering.robots import robots_txt, sitemap_files
from tests.support.sites import CATALOGUE, MINIMAL, assembled, notice

SOURCES = {path: text for path, text in MINIMAL.items() if path.endswith(".md")}
HOST = "https://tyjrj.example.gov.cn/zfxxgk/"


def listed(data: bytes) -> dict[str, str]:
    """The addresses of a site map or an index, with the day of the last change."""
    root = ElementTree.fromstring(data)
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag in (f"{name}urlset", f"{name}sitemapindex")
    return {item.findtext(f"{name}loc", ""): item.findtext(f"{name}lastmod", "") for item in root}


def whole(site: Site) -> dict[str, str]:
    ((address, data),) = sitemap_files(site, events(site))
    assert address == "sitemap.xml"
    return {url.removeprefix(HOST): day for url, day in listed(data).items()}


def test_pages_and_when_they_changed() -> None:
    """Every page by the address it is known by: folders without index.html; in the order of addresses."""
    found = whole(assembled(SOURCES))
    assert found == {
        "fdzdgknr/": "2020-11-17",
        "fdzdgknr/gfxwj/": "2020-11-17",
        "gxjl.html": "2020-11-17",
        "heyan.html": "",
        "": "2020-11-17",
        "mulu/": "2020-11-17",
        "mulu/2020/": "2020-11-17",
        "nb/": "2020-11-17",
        "shuju/": "2020-11-17",
        "sljg/": "2020-11-17",
        "sousuo.html": "",
        "wj/2020/00001.html": "2020-11-17",
        "wj/2020/00002.html": "2020-11-17",
        "wj/2020/00003.html": "2020-11-17",
        "wza.html": "",
        "wzdt.html": "2020-11-17",
        "ysqgk/": "2020-11-17",
        "zd/": "2020-11-17",
        "zn/": "2020-11-17",
    }
    assert list(found) == list(whole(assembled(dict(reversed(SOURCES.items())))))


def test_what_leads_nowhere_is_not_told() -> None:
    """The page for missing addresses, moved and withdrawn ones stay out."""
    more = (
        "redirects:\n  - {from: wj/2019/1.html, to: wj/2020/00001.html}\n"
        "withdrawals:\n  - {address: wj/2019/2.html, title: 旧, kind: 误发, withdrawn: 2020-11-18, reason: 误发}\n"
    )
    gone = notice("撤回", "00007", head="state: 撤回\nwithdrawal_reason: 误发\nwithdrawn_on: 2020-11-18")
    site = assembled(SOURCES | {"content/zd/gone.md": gone}, more)
    assert {"404.html", "wj/2019/1.html", "wj/2019/2.html", "wj/2020/00007.html"} < set(site.pages)
    assert set(whole(site)) == set(whole(assembled(SOURCES)))


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("revisions: [{on: 2020-11-20, note: 改}, {on: 2020-11-19, note: 改}]", "2020-11-20"),
        ("repealed: 2020-11-21", "2020-11-21"),
        ("repealed: 2020-12-02", "2020-11-17"),
        ("expires: 2020-11-22", "2020-11-23"),
    ],
)
def test_a_document_changes_with_what_happens_to_it(head: str, day: str) -> None:
    """And with it the pages that list it, and the home."""
    found = whole(assembled({"content/fdzdgknr/gfxwj/a.md": notice("甲", "00001", head=head)}))
    for address in ("wj/2020/00001.html", "fdzdgknr/gfxwj/", "fdzdgknr/", "", "wzdt.html", "gxjl.html", "mulu/2020/"):
        assert found[address] == day


def test_pages_of_years_change_with_their_documents() -> None:
    """A page of a past year stays as it was."""
    files = {f"content/zd/a{n}.md": notice(f"甲{n}", f"{n:05}", published=f"2019-01-{n:02}") for n in range(1, 8)}
    files["content/zd/b.md"] = notice("乙", "00009", published="2020-11-30")
    catalogue = CATALOGUE.replace("  site_code:", "  page_size: 5\n  site_code:")
    found = whole(assembled(files, catalogue=catalogue))
    days = {address: day for address, day in found.items() if address.startswith("zd/")}
    assert days == {
        "zd/": "2020-11-30",
        "zd/2020/": "2020-11-30",
        "zd/2019/": "2019-01-07",
        "zd/2019/2.html": "2019-01-02",
    }


def test_lists_by_validity_change_with_their_documents() -> None:
    """A facet and the list of what is out of force are lists too."""
    files = {
        "content/zd/a.md": notice("甲", "00001", head="repealed: 2020-11-21"),
        "content/zd/b.md": notice("乙", "00002", published="2020-11-18", head="validity: 有效"),
    }
    found = whole(assembled(files))
    assert found["zd/mian/feizhi.html"] == found["fzsx.html"] == "2020-11-21"
    assert found["zd/mian/youxiao.html"] == "2020-11-18"


@pytest.mark.parametrize(("checked", "day"), [("2020-11-19", "2020-11-19"), ("2020-12-02", "")])
def test_pages_of_records_change_when_they_are_checked(checked: str, day: str) -> None:
    """The day is shown on them; one that has not come yet says nothing."""
    places = f"places:\n  - {{name: 馆, kind: 查阅点, address: 某路, hours: 工作日, checked: {checked}}}\n"
    accounts = f"accounts:\n  - {{name: 号, platform: 微信公众号, owner: 办公室, checked: {checked}}}\n"
    institution = f"institution:\n  checked: {checked}\n"
    catalogue = CATALOGUE.replace("checked: 2020-11-17", f"checked: {checked}")
    for key, kind in (("zn", "政务新媒体"), ("zd", "查阅场所"), ("nb", "机构职能")):
        catalogue = re.sub(rf"(- key: {key}\n    title: \w+)(\n    kind: \w+)?", rf"\1\n    kind: {kind}", catalogue)
    found = whole(assembled({}, places + accounts + institution, catalogue=catalogue))
    assert [found[f"{key}/"] for key in ("zn", "zd", "nb", "sljg")] == [day] * 4


def test_a_page_without_a_known_day_has_none() -> None:
    """No day is made up."""
    catalogue = CATALOGUE.replace("title: 政府信息公开制度", "title: 政府信息公开制度\n    empty: 必填")
    assert whole(assembled({}, catalogue=catalogue))["zd/"] == ""


def test_a_large_site_map_is_split() -> None:
    """The parts hold all pages, at most so many each; the index names the parts and when they changed."""
    site = assembled(SOURCES)
    *parts, (address, index) = sitemap_files(site, events(site), limit=5)
    assert [name for name, _ in parts] == [f"sitemap-{number}.xml" for number in range(1, 5)]
    assert address == "sitemap.xml"
    assert listed(index) == {HOST + name: "2020-11-17" for name, _ in parts}
    pages = [url.removeprefix(HOST) for _, data in parts for url in listed(data)]
    assert pages == list(whole(site))
    assert [len(listed(data)) for _, data in parts] == [5, 5, 5, 4]
    assert [name for name, _ in sitemap_files(site, events(site), limit=19)] == ["sitemap.xml"]


def test_unusual_letters_in_addresses() -> None:
    """Addresses are percent-encoded, then escaped for XML."""
    site = assembled({})
    site = replace(site, pages={**site.pages, "zd/甲 & 乙.html": site.pages["index.html"]})
    assert "zd/%E7%94%B2%20%26%20%E4%B9%99.html" in whole(site)


def robots(**changes: str) -> tuple[str, urllib.robotparser.RobotFileParser]:
    catalogue = CATALOGUE.replace(
        "  site_code:", "".join(f"  {name}: {value}\n" for name, value in changes.items()) + "  site_code:"
    )
    text = robots_txt(assembled({}, catalogue=catalogue)).decode()
    parser = urllib.robotparser.RobotFileParser()
    parser.parse(text.splitlines())
    return text, parser


def test_robots_of_a_sample_site() -> None:
    """Nobody is to find a sample and take it for a real office."""
    text, parser = robots(sample="true")
    assert not parser.can_fetch("Baiduspider", HOST)
    assert not parser.can_fetch("*", "https://tyjrj.example.gov.cn/")
    assert parser.site_maps() is None
    assert "示例站点" in text


def test_robots_of_a_real_site() -> None:
    """Everything may be read; the site map is named; below the root it says who must do what."""
    text, parser = robots()
    assert parser.can_fetch("Baiduspider", HOST + "wj/2020/00001.html")
    assert parser.site_maps() == [HOST + "sitemap.xml"]
    assert "请网站管理员把下面几行并入网站根目录的 robots.txt" in text
    at_root, parser = robots(base_path="/")
    assert parser.site_maps() == ["https://tyjrj.example.gov.cn/sitemap.xml"]
    assert "#" not in at_root
