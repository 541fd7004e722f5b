from __future__ import annotations

import pytest

from build_site.model.events import events
from build_site.model.site import Site
from build_site.rendering.plan import plan
from build_site.rendering.views import (
    CatalogueView,
    ColumnView,
    DocumentView,
    HomeView,
    RedirectView,
    SiteMapView,
    UpdatesView,
    View,
    WithdrawnView,
)
from tests.support.sites import CATALOGUE, MINIMAL, assembled, notice

SOURCES = {path: text for path, text in MINIMAL.items() if path.endswith(".md")}


def views(site: Site) -> dict[str, View]:
    return {page.address: page.view() for page in plan(site, events(site))}


def document(head: str, published: str = "2020-11-17") -> DocumentView:
    site = assembled({**SOURCES, "content/zd/test.md": notice("测试", "00009", published=published, head=head)})
    found = views(site)["wj/2020/00009.html"]
    assert isinstance(found, DocumentView)
    return found


def test_every_page_of_the_site_is_planned_once() -> None:
    """The plan makes exactly the pages that links and the lock know."""
    more = (
        "redirects:\n  - {from: wj/2019/1.html, to: wj/2020/00001.html}\n"
        "withdrawals:\n  - {address: wj/2019/2.html, title: 旧, kind: 误发, withdrawn: 2020-01-01, reason: 误发}\n"
    )
    site = assembled(SOURCES, more)
    planned = [page.address for page in plan(site, events(site))]
    assert len(planned) == len(set(planned))
    assert set(planned) == set(site.pages)
    made = views(site)
    redirect, withdrawn = made["wj/2019/1.html"], made["wj/2019/2.html"]
    assert isinstance(redirect, RedirectView)
    assert redirect.target is not None
    assert (redirect.target.address, redirect.target.title) == ("wj/2020/00001.html", "信息公开制度")
    assert isinstance(withdrawn, WithdrawnView)
    assert (withdrawn.document, withdrawn.kind, withdrawn.date, withdrawn.reason) == (
        "旧",
        "误发",
        "2020-01-01",
        "误发",
    )


def test_what_an_editor_withdrew_is_told_as_taken_down() -> None:
    """The public reads one word, whichever way it was recorded."""
    head = "state: 撤回\nwithdrawn_on: 2020-11-20\nwithdrawal_reason: 误发"
    made = views(assembled({**SOURCES, "content/zd/a.md": notice("旧", "00009", head=head)}))
    gone, log = made["wj/2020/00009.html"], made["gxjl.html"]
    assert isinstance(gone, WithdrawnView)
    assert (gone.title, gone.kind, gone.reason) == ("页面已撤下", "", "误发")
    assert isinstance(log, UpdatesView)
    assert log.days[0].entries[0].word == "撤下"


def test_home_has_a_module_for_every_column_with_a_page() -> None:
    """Modules stand in catalogue order and list either sub-columns or documents."""
    home = views(assembled(SOURCES))["index.html"]
    assert isinstance(home, HomeView)
    assert [part.title for part in home.modules] == [
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "政府信息公开工作年度报告",
        "政府信息公开受理机构",
        "依申请公开",
    ]
    assert all(not (part.rows and part.columns) for part in home.modules)
    by_title = {part.title: part for part in home.modules}
    assert [column.title for column in by_title["法定主动公开内容"].columns] == ["行政规范性文件"]
    assert [row.title for row in by_title["政府信息公开制度"].rows] == ["信息公开制度"]


def test_empty_columns_are_nowhere() -> None:
    """A column without content is on no page: not in modules, lists or the site map."""
    made = views(assembled(SOURCES))
    site_map = made["wzdt.html"]
    assert isinstance(site_map, SiteMapView)
    assert all(column.title != "统计信息" for _, inner in site_map.groups for column in inner)
    assert "fdzdgknr/tjxx/index.html" not in made
    column = made["fdzdgknr/index.html"]
    assert isinstance(column, ColumnView)
    assert [row.title for row in column.columns] == ["行政规范性文件"]
    assert column.absent == ("统计信息",)


def test_pager() -> None:
    """A long column has years with counts, and pages within a year with neighbours."""
    files = {f"content/zd/{number:02}.md": notice(f"文{number}", f"1{number:04}") for number in range(12)}
    files["content/zd/old.md"] = notice("旧", "00100", published="2019-05-01")
    catalogue = CATALOGUE.replace("  host: 某市退役军人事务局\n", "  host: 某市退役军人事务局\n  page_size: 5\n")
    made = views(assembled(files, catalogue=catalogue))
    first, second, last = made["zd/index.html"], made["zd/2020/2.html"], made["zd/2020/3.html"]
    assert isinstance(first, ColumnView)
    assert isinstance(second, ColumnView)
    assert isinstance(last, ColumnView)
    assert first.pager is None
    assert first.more
    assert second.pager is not None
    assert last.pager is not None
    (years,) = first.facets
    assert [(item.label, item.address, item.count, item.current) for item in years.items] == [
        ("最新", "zd/index.html", 0, True),
        ("2020年", "zd/2020/index.html", 12, False),
        ("2019年", "zd/2019/index.html", 1, False),
    ]
    assert [item.label for item in second.facets[0].items if item.current] == ["2020年"]
    assert [(item.label, item.current) for item in second.pager.pages] == [("1", False), ("2", True), ("3", False)]
    assert second.pager.previous is not None
    assert second.pager.next is not None
    assert (second.pager.previous.address, second.pager.next.address) == ("zd/2020/index.html", "zd/2020/3.html")
    assert last.pager.next is None
    assert len(last.rows) == 2
    assert last.title == "政府信息公开制度（2020年）第 3 页"


@pytest.mark.parametrize(
    ("head", "kind", "title"),
    [
        ("validity: 有效", None, ""),
        ("repealed: 2020-11-20", "ended", "本文件已于 2020年11月20日废止"),
        ("repealed: 2020-12-20", None, ""),
        ("expires: 2020-11-30", "ended", "本文件已于 2020年12月1日失效"),
        ("validity: 已修订", "ended", "本文件已修订"),
        ("amended: 2020-11-20", "ended", "本文件已于 2020年11月20日修订"),
        ("effective: 2021-01-01", "info", "本文件自 2021年1月1日起施行，目前尚未施行"),
        ("validity: 部分失效", "warning", "本文件部分内容已失效"),
    ],
)
def test_banner(head: str, kind: str | None, title: str) -> None:
    """A document that is not in force says so above its text, with the day where it is known."""
    found = document(head).notice
    assert (found.kind if found else None) == kind
    assert (found.title if found else "") == title


def test_banner_leads_to_the_document_in_force() -> None:
    """A repealed document names its basis and links to what replaces it."""
    found = document("repealed: 2020-11-20\nrepealed_by: 某令\nreplaced_by: zhidu.md").notice
    assert found is not None
    assert "某令" in found.text
    assert found.link is not None
    assert (found.link.title, found.link.address) == ("信息公开制度", "wj/2020/00001.html")


def test_facts_stand_in_canonical_order_and_only_with_a_value() -> None:
    """The metadata rows of a document."""
    found = document("doc_no: 某局〔2020〕9号\nwritten: 2020-11-01\nowner: 办公室")
    assert [(fact.label, fact.value) for fact in found.facts] == [
        ("索引号", "000000000/2020-00009"),
        ("发布机构", "某市退役军人事务局"),
        ("发文字号", "某局〔2020〕9号"),
        ("成文日期", "2020-11-01"),
        ("发布日期", "2020-11-17"),
        ("公开方式", "主动公开"),
        ("责任处室", "办公室"),
    ]


def test_revisions_say_whether_they_mend_or_add() -> None:
    """Those up to the day of the build; one without a kind is a correction."""
    head = (
        "revisions:\n  - {on: 2020-11-18, note: 电话}\n  - {on: 2020-11-19, note: 续报, kind: 补充}\n"
        "  - {on: 2020-12-02, note: 以后的}"
    )
    found = document(head).revisions
    assert [(item.date, item.word, item.key, item.note) for item in found] == [
        ("2020-11-18", "更正", "corrected", "电话"),
        ("2020-11-19", "补充", "added", "续报"),
    ]


def test_interpretations_are_shown_on_both_sides() -> None:
    """A document that interprets another is linked from it."""
    files = {**SOURCES, "content/zd/jiedu.md": notice("解读", "00009", head="interprets: zhidu.md")}
    made = views(assembled(files))
    one, other = made["wj/2020/00009.html"], made["wj/2020/00001.html"]
    assert isinstance(one, DocumentView)
    assert isinstance(other, DocumentView)
    assert [row.address for row in one.interprets] == ["wj/2020/00001.html"]
    assert [row.address for row in other.interpretations] == ["wj/2020/00009.html"]


def test_breadcrumbs_name_both_levels() -> None:
    """The way back from a document of level 2 has the home and both columns."""
    found = views(assembled(SOURCES))["wj/2020/00002.html"]
    assert [(crumb.title, crumb.address) for crumb in found.crumbs] == [
        ("政府信息公开", "index.html"),
        ("法定主动公开内容", "fdzdgknr/index.html"),
        ("行政规范性文件", "fdzdgknr/gfxwj/index.html"),
    ]


def test_page_tags_of_a_document() -> None:
    """The page tags that inspectors read are there with their values."""
    found = views(assembled(SOURCES))["wj/2020/00001.html"]
    tags = {tag.name: tag.content for tag in found.tags}
    assert tags["SiteName"] == "某市退役军人事务局"
    assert tags["SiteIDCode"] == "0000000000"
    assert tags["ColumnName"] == "政府信息公开制度"
    assert tags["ArticleTitle"] == "信息公开制度"
    assert tags["PubDate"] == "2020-11-17 00:00"
    assert tags["Url"] == "https://tyjrj.example.gov.cn/zfxxgk/wj/2020/00001.html"


def test_catalogue_items_lead_to_columns_with_content() -> None:
    """A row of the standard catalogue links to its column, unless that is empty."""
    row = "  - {{level1: 优抚, level2: {}, elements: 标准, basis: 条例, deadline: 20日, body: 某局, channels: 网站, audience: 特定群体, audience_note: 本人, mode: 主动, column: {}}}\n"
    more = (
        "  - key: ml\n    title: 标准目录\n    kind: 标准目录\nitems:\n"
        + row.format("一", "zd")
        + row.format("二", "fdzdgknr/tjxx")
    )
    found = views(assembled(SOURCES, more))["ml/index.html"]
    assert isinstance(found, CatalogueView)
    assert [(item.number, item.level2, item.address, item.audience) for item in found.items] == [
        (1, "一", "zd/index.html", "特定群体（本人）"),
        (2, "二", "", "特定群体（本人）"),
    ]


@pytest.mark.parametrize(
    ("head", "source", "said"),
    [
        ("", "某市退役军人事务局", ""),
        ("issuer: 某市人民政府", "某市人民政府", ""),
        ("issuer: 某市人民政府\nsource: 某市人民政府", "某市人民政府", ""),
        ("issuer: 某市人民政府\nsource: 新华社", "新华社", "新华社"),
    ],
)
def test_source_of_a_document(head: str, source: str, said: str) -> None:
    """The written source counts, else the issuer, else the host; what the facts say is not said again."""
    found = document(head)
    assert {tag.name: tag.content for tag in found.tags}["ContentSource"] == source
    assert found.source == said


def test_whom_to_ask_about_a_document() -> None:
    """A number that can be dialled, where one is written."""
    assert document("").contact is None
    found = document("contact: 021-00000000（工作日）").contact
    assert found is not None
    assert (found.label, found.value, found.address) == ("咨询电话", "021-00000000（工作日）", "tel:021-00000000")
