"""Feeds, read by a parser that is not ours."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from build_site.model.events import events
from build_site.model.site import Site
from build_site.rendering.feeds import ENTRIES, feeds
from tests.support.sites import CATALOGUE, MINIMAL, assembled, notice

SOURCES = {path: text for path, text in MINIMAL.items() if path.endswith(".md")}


def read(site: Site, address: str = "gengxin.xml") -> Any:
    """What a feed reader makes of a feed; it has no complaint."""
    parsed = feedparser.parse(dict(feeds(site, events(site)))[address])
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed


def entry(head: str, kind: str, **sources: str) -> Any:
    files = {"content/zd/a.md": notice("某办法", "00001", head=head)} | sources
    (found,) = [item for item in read(assembled(files)).entries if item.tags[0].term == kind]
    return found


def test_the_feed_of_everything() -> None:
    """Who speaks, since when, where the feed and the page are; all addresses full."""
    feed = read(assembled(SOURCES)).feed
    assert feed.title == "政府信息公开－某市退役军人事务局"
    assert feed.author == "某市退役军人事务局"
    assert feed.updated == "2020-11-17T00:00:00+08:00"
    assert feed.language == "zh-CN"
    assert feed.id == "https://tyjrj.example.gov.cn/zfxxgk/gengxin.xml"
    assert {(link.rel, link.type, link.href) for link in feed.links} == {
        ("self", "application/atom+xml", "https://tyjrj.example.gov.cn/zfxxgk/gengxin.xml"),
        ("alternate", "text/html", "https://tyjrj.example.gov.cn/zfxxgk/"),
    }


def test_columns_with_documents_have_feeds() -> None:
    """A column's feed holds its own; a level-1 column has those of its sub-columns; an empty column has no feed."""
    site = assembled(SOURCES)
    found = {address: [item.title for item in read(site, address).entries] for address, _ in feeds(site, events(site))}
    assert sorted(found.pop("gengxin.xml")) == [
        "2019年度报告",
        "信息公开制度",
        "政府信息公开指南",
        "规范性文件一",
    ]
    assert found == {
        "zd/gengxin.xml": ["信息公开制度"],
        "fdzdgknr/gengxin.xml": ["规范性文件一"],
        "fdzdgknr/gfxwj/gengxin.xml": ["规范性文件一"],
        "nb/gengxin.xml": ["2019年度报告"],
    }
    column = read(site, "fdzdgknr/gfxwj/gengxin.xml").feed
    assert column.title == "行政规范性文件－政府信息公开－某市退役军人事务局"
    assert column.link == "https://tyjrj.example.gov.cn/zfxxgk/fdzdgknr/gfxwj/"


def test_an_entry_of_a_new_document() -> None:
    """Title, summary, page, time with its offset, and a name that is no address."""
    item = entry("summary: |\n  第一行\n  第二行", "published")
    assert (item.title, item.summary) == ("某办法", "第一行 第二行")
    assert item.link == "https://tyjrj.example.gov.cn/zfxxgk/wj/2020/00001.html"
    assert item.id == "tag:tyjrj.example.gov.cn,2020:/zfxxgk/wj/2020/00001.html"
    assert item.updated == item.published == "2020-11-17T00:00:00+08:00"
    timed = {"content/zd/a.md": notice("某办法", "00001", published="2020-11-17 09:30")}
    assert read(assembled(timed)).entries[0].updated == "2020-11-17T09:30:00+08:00"


@pytest.mark.parametrize(
    ("head", "summary"),
    [
        ("", "索引号：000000000/2020-00001"),
        (
            "doc_no: 某规〔2020〕1号\ncategory: 办法",
            "发文字号：某规〔2020〕1号；公文种类：办法；索引号：000000000/2020-00001",
        ),
    ],
)
def test_without_a_summary_the_metadata_speak(head: str, summary: str) -> None:
    """An entry is never without a text."""
    assert entry(head, "published").summary == summary


@pytest.mark.parametrize(
    ("more", "summary"), [("", "政府信息公开指南"), ("    description: 怎样查找和申请\n", "怎样查找和申请")]
)
def test_an_entry_of_a_column_s_own_text(more: str, summary: str) -> None:
    """The guide is told by what its column is for, and leads to the column."""
    catalogue = CATALOGUE.replace("    kind: 指南\n", f"    kind: 指南\n{more}")
    parsed = read(assembled({"content/zn/index.md": MINIMAL["content/zn/index.md"]}, catalogue=catalogue))
    (item,) = parsed.entries
    assert (item.title, item.summary) == ("政府信息公开指南", summary)
    assert item.link == "https://tyjrj.example.gov.cn/zfxxgk/zn/"


@pytest.mark.parametrize(
    ("head", "kind", "title", "summary"),
    [
        ("revisions: [{on: 2020-11-18, note: 改正电话}]", "corrected", "更正：某办法", "改正电话"),
        ("revisions: [{on: 2020-11-18, note: 附件二, kind: 补充}]", "added", "补充：某办法", "附件二"),
        ("repealed: 2020-11-18", "repealed", "废止：某办法", "本文件自2020年11月18日起废止。"),
        (
            "repealed: 2020-11-18\nrepealed_by: 某决定",
            "repealed",
            "废止：某办法",
            "本文件自2020年11月18日起废止。依据：某决定",
        ),
        ("expires: 2020-11-18", "expired", "失效：某办法", "本文件有效期已满，自2020年11月19日起失效。"),
        ("amended: 2020-11-18", "amended", "修订：某办法", "本文件已修订。"),
        (
            "consultation: {starts: 2020-11-18, ends: 2020-12-20}",
            "opened",
            "征集开始：某办法",
            "自2020年11月18日起公开征求意见。",
        ),
        (
            "consultation: {starts: 2020-11-01, ends: 2020-11-17}",
            "closed",
            "征集结束：某办法",
            "征求意见已于2020年11月17日24时截止，意见正在研究。",
        ),
        (
            "consultation: {starts: 2020-11-01, ends: 2020-11-16, answered: 2020-11-18}",
            "answered",
            "征集反馈：某办法",
            "已公布意见采纳情况。",
        ),
        (
            "state: 撤回\nwithdrawn_on: 2020-11-18\nwithdrawal_reason: 误发",
            "withdrawn",
            "撤下：某办法",
            "本文件已于2020年11月18日撤下。原因：误发",
        ),
    ],
)
def test_what_became_of_a_document_is_an_entry_of_its_own(head: str, kind: str, title: str, summary: str) -> None:
    """It says in the title what happened, and has a name of its own."""
    item = entry(head, kind)
    assert (item.title, item.summary) == (title, summary)
    name = "corrected" if kind == "added" else kind
    assert item.id.startswith(f"tag:tyjrj.example.gov.cn,2020:/zfxxgk/wj/2020/00001.html/{name}/2020-11-1")


def test_an_answer_is_told_in_the_words_of_its_addition() -> None:
    """One entry for one act."""
    head = "consultation: {starts: 2020-11-01, ends: 2020-11-16, answered: 2020-11-18}\n"
    item = entry(head + "revisions: [{on: 2020-11-18, note: 公布采纳情况, kind: 补充}]", "answered")
    assert (item.title, item.summary) == ("征集反馈：某办法", "公布采纳情况")


def test_an_amended_document_names_its_successor() -> None:
    """Readers are led from the old text to the one in force."""
    successor = notice("新办法", "00002", published="2020-11-18")
    item = entry("validity: 已修订\nreplaced_by: new.md", "amended", **{"content/zd/new.md": successor})
    assert (item.title, item.summary) == ("修订：某办法", "本文件已修订。现行文件：新办法")


def test_an_entry_of_what_is_gone_leads_home() -> None:
    """A withdrawn file has no page; its entry still leads somewhere."""
    more = "withdrawals:\n  - {address: fj/a.pdf, title: 附表, kind: 误发, withdrawn: 2020-11-18, reason: 发错了}\n"
    (item,) = read(assembled({}, more)).entries
    assert (item.title, item.link) == ("撤下：附表", "https://tyjrj.example.gov.cn/zfxxgk/")


def test_the_newest_entries_only() -> None:
    """A feed stays small; its time is that of its newest entry, not of the build."""
    files = {
        f"content/zd/{number}.md": notice(f"第{number}件", f"{number:05}", published=f"2020-{1 + number % 9:02}-01")
        for number in range(1, ENTRIES + 12)
    }
    parsed = read(assembled(files))
    assert len(parsed.entries) == ENTRIES
    times = [item.updated for item in parsed.entries]
    assert times == sorted(times, reverse=True)
    assert parsed.feed.updated == times[0] == "2020-09-01T00:00:00+08:00"
    assert len({item.id for item in parsed.entries}) == ENTRIES


def test_a_site_without_documents_has_a_valid_feed() -> None:
    """The feed is there before the first document, so that pages may link to it."""
    parsed = read(assembled({}))
    assert parsed.entries == []
    assert parsed.feed.updated == "2020-12-01T00:00:00+08:00"


def test_letters_that_mean_something_in_xml() -> None:
    """Titles are text, whatever stands in them."""
    title = '"A & B <b>\\"粗\\"</b> ]]> é𠮷"'
    site = assembled({"content/zd/a.md": notice(title, "00001")})
    (root,) = [ElementTree.fromstring(data) for address, data in feeds(site, events(site)) if address == "gengxin.xml"]
    assert root.findtext("{*}entry/{*}title") == 'A & B <b>"粗"</b> ]]> é𠮷'


@pytest.mark.parametrize(
    ("domain", "host", "authority"),
    [
        ("tyjrj.example.gov.cn:8443", "tyjrj.example.gov.cn:8443", "tyjrj.example.gov.cn"),
        ("某局.政务", "xn--dgtx2y.xn--zfr164b", "xn--dgtx2y.xn--zfr164b"),
    ],
)
def test_unusual_domains(domain: str, host: str, authority: str) -> None:
    """A port belongs to addresses but not to names; Chinese domains are written as the network knows them."""
    catalogue = CATALOGUE.replace("domain: tyjrj.example.gov.cn", f"domain: {domain}")
    site = assembled({"content/zd/a.md": notice("甲", "00001")}, catalogue=catalogue)
    (item,) = read(site).entries
    assert item.link == f"https://{host}/zfxxgk/wj/2020/00001.html"
    assert item.id == f"tag:{authority},2020:/zfxxgk/wj/2020/00001.html"


def test_the_same_site_gives_the_same_bytes() -> None:
    """Nothing in a feed depends on the day of the build or on chance."""
    one, other = assembled(SOURCES), assembled(SOURCES)
    assert list(feeds(one, events(one))) == list(feeds(other, events(other)))
