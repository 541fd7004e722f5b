"""Columns: stages, the finance matrix, facets, the order of consultations; pages about the whole site."""

from __future__ import annotations

from typing import TypeVar

from build_site.model.events import events
from build_site.model.site import Site
from build_site.rendering.column_views import pager
from build_site.rendering.plan import plan
from build_site.rendering.shared_view import shared_view
from build_site.rendering.views import (
    CardsView,
    ColumnView,
    HomeView,
    InstitutionView,
    OnRequestView,
    OutOfForceView,
    RegisterView,
    ReportsView,
    ReportView,
    Row,
    UpdatesView,
    View,
)
from tests.support.sites import CATALOGUE, MINIMAL, assembled, notice

SOURCES = {path: text for path, text in MINIMAL.items() if path.endswith(".md")}
V = TypeVar("V", bound=View)


def made(site: Site, address: str, kind: type[V]) -> V:
    found = {page.address: page.view() for page in plan(site, events(site))}[address]
    assert type(found) is kind
    return found


def kind_of(title: str, kind: str) -> str:
    return CATALOGUE.replace(f"    title: {title}\n", f"    title: {title}\n    kind: {kind}\n")


def test_stages_group_a_key_area() -> None:
    """Stages stand in their order, empty ones without a place to jump to; documents of no stage follow."""
    files = {
        **SOURCES,
        "content/zd/a.md": notice("结果一", "00010", head="环节: 结果"),
        "content/zd/b.md": notice("政策一", "00011", head="环节: 政策"),
    }
    more = "topics:\n  - {column: zd, title: 安置, stages: [政策, 程序, 结果]}\n"
    view = made(assembled(files, more), "zd/index.html", ColumnView)
    assert [(stage.title, stage.id, [row.title for row in stage.rows]) for stage in view.stages] == [
        ("政策", "stage-1", ["政策一"]),
        ("程序", "", []),
        ("结果", "stage-3", ["结果一"]),
    ]
    assert [row.title for row in view.rows] == ["信息公开制度"]


def test_a_stage_is_a_word_of_its_key_area_only() -> None:
    """In a long list of the area, on its pages of years too, rows carry it; anywhere else it would mean nothing."""
    files = {
        f"content/zd/{number}.md": notice(f"文{number}", f"0001{number}", head="环节: 政策") for number in range(6)
    }
    files["content/nb/x.md"] = notice("年报", "00020", head="环节: 政策\nrelated: [../zd/1.md]")
    catalogue = CATALOGUE.replace("  host: 某市退役军人事务局\n", "  host: 某市退役军人事务局\n  page_size: 5\n")
    site = assembled(files, "topics:\n  - {column: zd, title: 安置, stages: [政策]}\n", catalogue=catalogue)

    def stages(rows: tuple[Row, ...]) -> set[str]:
        assert rows
        return {row.stage for row in rows}

    assert stages(made(site, "zd/index.html", ColumnView).rows) == {"政策"}
    assert stages(made(site, "zd/2020/2.html", ColumnView).rows) == {"政策"}
    assert stages(made(site, "nb/index.html", ReportsView).rows) == {""}
    assert stages(made(site, "wj/2020/00020.html", ReportView).related) == {""}
    home = made(site, "index.html", HomeView)
    assert stages(home.recent) == {""}


def test_the_finance_matrix_gathers_from_all_columns() -> None:
    """Year by kind; what is missing says so, and of two documents for one cell the newest counts."""
    files = {
        **SOURCES,
        "content/fdzdgknr/gfxwj/a.md": notice("预算", "00010", head="年度: 2020\n财政类别: 部门预算"),
        "content/zd/b.md": notice("决算", "00011", head="年度: 2019\n财政类别: 部门决算"),
        "content/zd/c.md": notice("旧决算", "00012", published="2020-01-01", head="年度: 2019\n财政类别: 部门决算"),
    }
    more = "topics:\n  - {column: zd, title: 财政, stages: [制度], kinds: [部门预算, 部门决算]}\n"
    view = made(assembled(files, more), "zd/index.html", ColumnView)
    assert view.matrix is not None
    assert view.matrix.head == ("年度", "部门预算", "部门决算")
    assert [[cell.text for cell in row] for row in view.matrix.rows] == [
        ["2020年", "2020年部门预算", "待公开"],
        ["2019年", "待公开", "2019年部门决算"],
    ]
    assert view.matrix.rows[1][2].address == "wj/2020/00011.html"


def test_facet_pages_hold_their_documents_and_lead_back() -> None:
    """The repealed ones on a page of their own, marked as current among the selections."""
    files = {
        **SOURCES,
        "content/zd/a.md": notice("旧", "00010", head="repealed: 2020-11-20"),
        "content/zd/b.md": notice("新", "00011", head="validity: 有效"),
    }
    described = CATALOGUE.replace("    title: 政府信息公开制度\n", "    title: 政府信息公开制度\n    说明: 现行制度\n")
    site = assembled(files, catalogue=described)
    assert made(site, "zd/index.html", ColumnView).description == "现行制度"
    view = made(site, "zd/mian/feizhi.html", ColumnView)
    assert view.title == "政府信息公开制度（已废止）"
    assert (view.description, "og:description" in {tag.name for tag in view.open_graph}) == ("", False)
    assert view.feed is not None
    assert view.feed.title == "订阅“政府信息公开制度”的更新"  # the feed of the whole column, whatever part is shown
    assert [row.title for row in view.rows] == ["旧"]
    assert (view.count, view.pager) == (1, None)
    (group,) = view.facets
    assert [(item.label, item.address, item.count, item.current) for item in group.items] == [
        ("全部", "zd/index.html", 0, False),
        ("有效", "zd/mian/youxiao.html", 1, False),
        ("已废止", "zd/mian/feizhi.html", 1, True),
    ]
    listed = made(site, "fzsx.html", OutOfForceView)
    assert listed.table is not None
    assert [cell.text for cell in listed.table.rows[0]] == ["旧", "已废止", "2020-11-20"]


def test_what_is_out_of_force_says_since_when_and_why() -> None:
    """The written basis counts; without one the end of the term or the successor is it, and nothing is invented."""
    heads = {
        "已废止": "repealed: 2020-11-20\nrepealed_by: 某决定\nreplaced_by: zhidu.md",
        "没写依据": "repealed: 2020-11-20\nreplaced_by: zhidu.md",
        "到期": "expires: 2020-11-30",
        "到期没写日期": "validity: 已失效",
        "已修订": "amended: 2020-11-21\nreplaced_by: zhidu.md",
        "没有现行文件": "validity: 已修订",
    }
    files = dict(SOURCES)
    for number, (title, head) in enumerate(heads.items(), 10):
        files[f"content/zd/{number}.md"] = notice(title, f"000{number}", head=head)
    listed = made(assembled(files), "fzsx.html", OutOfForceView).table
    assert listed is not None
    assert listed.head == ("名称", "有效性", "失效日期", "依据", "现行文件")
    assert {row[0].text: (row[2].text, row[3].text) for row in listed.rows} == {
        "已废止": ("2020-11-20", "某决定"),
        "没写依据": ("2020-11-20", "—"),
        "到期": ("2020-12-01", "有效期至 2020-11-30 届满"),
        "到期没写日期": ("—", "—"),
        "已修订": ("2020-11-21", "由现行文件代替"),
        "没有现行文件": ("—", "—"),
    }


def test_running_consultations_stand_first() -> None:
    """Open ones first, then those to come, those under study, those answered."""
    dates = {
        "a": ("2020-01-01", "2020-02-01", ", 反馈日期: 2020-03-01"),
        "b": ("2020-12-05", "2021-01-05", ""),
        "c": ("2020-11-01", "2020-12-05", ""),
        "d": ("2020-10-01", "2020-11-01", ""),
    }
    files = dict(SOURCES)
    for number, (name, (starts, ends, more)) in enumerate(dates.items(), 10):
        head = f"征集: {{开始日期: {starts}, 截止日期: {ends}{more}}}\nvalidity: 征求意见"
        files[f"content/zd/{name}.md"] = notice(name, f"000{number}", head=head)
    del files["content/zd/zhidu.md"]
    site = assembled(files, catalogue=kind_of("政府信息公开制度", "意见征集"))
    rows = made(site, "zd/index.html", ColumnView).rows
    assert [(row.title, row.state) for row in rows] == [
        ("c", "进行中"),
        ("b", "未开始"),
        ("d", "研究中"),
        ("a", "已反馈"),
    ]
    assert rows[0].remark == "征集期 2020-11-01 至 2020-12-05"
    assert rows[0].validity == ""
    home = made(site, "index.html", HomeView)
    assert [row.title for row in home.modules[1].rows] == ["c", "b", "d", "a"]
    register = made(site, "mulu/index.html", RegisterView)
    assert register.table is not None
    assert register.table.head[-1] == "状态"
    assert ("已反馈", "done") in register.validities
    assert {row[-1].text for row in register.table.rows} == {"进行中", "未开始", "研究中", "已反馈", "—"}


def test_converted_documents_are_gathered() -> None:
    """A column of kind 转公开记录 shows what requests brought into the open (条例 art. 44), with the day."""
    files = {
        **SOURCES,
        "content/zd/a.md": notice("转", "00010", head="publicity: 依申请转主动公开\nconverted_on: 2020-11-20"),
    }
    more = "    children:\n      - {key: zgk, title: 依申请转主动公开, kind: 转公开记录}\n"
    catalogue = kind_of("依申请公开", "依申请公开") + more
    view = made(assembled(files, catalogue=catalogue), "ysqgk/zgk/index.html", ColumnView)
    assert [(row.title, row.remark) for row in view.rows] == [("转", "2020-11-20 转为主动公开")]


def test_the_page_for_requests_has_steps_dates_and_figures() -> None:
    """The limits of the law, the year's own dates, the newest report's figures."""
    files = {**SOURCES, "content/nb/2019.md": notice("年报", "00003", head="年报数据: {年度: 2019, 新收申请: 8}")}
    view = made(assembled(files, catalogue=kind_of("依申请公开", "依申请公开")), "ysqgk/index.html", OnRequestView)
    assert view.process is not None
    assert view.process.svg.startswith("<svg")
    assert [row[1].text for row in view.process.table.rows][:2] == ["随时可以提出", "7个工作日内"]
    assert view.dates is not None
    assert view.dates.caption == "2020年答复期限对照表"
    assert view.last_year is not None
    assert [[cell.text for cell in row] for row in view.last_year.rows] == [["新收申请", "8"]]
    assert view.last_report is not None
    assert (view.last_report.title, view.last_report.address) == ("年报", "wj/2020/00003.html")


def test_reports_show_trends_from_two_years_on() -> None:
    """One year alone is no trend."""
    files = dict(SOURCES)
    assert made(assembled(files), "nb/index.html", ReportsView).figures == ()
    for year in (2018, 2019):
        head = f"年报数据: {{年度: {year}, 新收申请: {year - 2010}, 行政复议: 0, 制发规范性文件: {year - 2018}}}"
        files[f"content/nb/{year}.md"] = notice(f"{year}", f"0{year}", head=head)
    figures = made(assembled(files), "nb/index.html", ReportsView).figures
    assert [figure.caption for figure in figures] == ["历年政府信息公开申请", "历年行政规范性文件"]
    assert [[cell.text for cell in row] for row in figures[0].table.rows] == [["2018年", "8"], ["2019年", "9"]]


def test_cards_of_places_accounts_and_the_institution() -> None:
    """What the catalogue file says fills columns without any document."""
    catalogue = (
        CATALOGUE
        + "  - {key: cyd, title: 查阅点, kind: 查阅场所}\n  - {key: xmt, title: 新媒体, kind: 政务新媒体}\n"
        + "  - {key: jg, title: 机构, kind: 机构职能}\n"
        + "places:\n  - {name: 市档案馆, kind: 查阅点, address: 某路, hours: 工作日, phone: 021-00000000, checked: 2020-11-01, services: [查阅]}\n"
        + "accounts:\n  - {name: 某号, platform: 微信公众号, owner: 办公室, checked: 2020-11-01}\n"
        + "institution:\n  checked: 2020-11-01\n  leaders: [{name: 某甲, post: 局长}]\n  offices: [{name: 办公室, duties: 公文}]\n"
        + "  units: [{name: 服务中心, phone: 021-00000001（示例）}, {name: 档案馆}]\n"
    )
    site = assembled(SOURCES, catalogue=catalogue)
    places = made(site, "cyd/index.html", CardsView)
    ((group, cards),) = places.groups
    assert (group, cards[0].title, cards[0].lines) == ("查阅点", "市档案馆", ("查阅",))
    assert {fact.label: fact.address for fact in cards[0].facts}["联系电话"] == "tel:021-00000000"
    assert made(site, "xmt/index.html", CardsView).groups[0][0] == "微信公众号"
    institution = made(site, "jg/index.html", InstitutionView)
    assert (institution.checked, institution.leaders[0].kind) == ("2020-11-01", "局长")
    assert institution.offices is not None
    assert institution.offices.head == ("名称", "职责")
    assert institution.units is not None
    assert [(row[3].text, row[3].address) for row in institution.units.rows] == [
        ("021-00000001（示例）", "tel:021-00000001"),
        ("—", ""),
    ]


def test_the_register_has_the_fields_of_article_12() -> None:
    """名称、索引号、发文字号、内容概述、生成日期; everything on the first page while it fits, every year on its own."""
    files = {
        **SOURCES,
        "content/zd/old.md": notice(
            "旧", "00010", published="2019-03-01", head="summary: 概述\ndoc_no: 某局〔2019〕1号"
        ),
    }
    site = assembled(files)
    view = made(site, "mulu/index.html", RegisterView)
    assert view.table is not None
    assert view.table.head == ("名称", "索引号", "发文字号", "内容概述", "生成日期")
    assert [cell.text for cell in view.table.rows[-1]] == [
        "旧",
        "000000000/2020-00010",
        "某局〔2019〕1号",
        "概述",
        "2019-03-01",
    ]
    assert (view.count, view.whole, [item.label for item in view.years]) == (4, True, ["全部", "2020年", "2019年"])
    assert len(view.figures) == 2
    year = made(site, "mulu/2019/index.html", RegisterView)
    assert (year.count, year.title, year.figures) == (1, "政府信息公开目录（2019年）", ())
    assert [item.label for item in year.years] == ["全部", "2020年", "2019年"]  # the same page has one name everywhere


def test_a_large_register_counts_years_not_pages() -> None:
    """What stands above and in the caption is the number of the year; a page says how much of it it shows."""
    files = dict(SOURCES)
    for number in range(205):
        files[f"content/zd/n{number}.md"] = notice(f"文{number}", f"1{number:04}", published="2020-03-01")
    files["content/zd/old.md"] = notice("旧", "00010", published="2019-03-01")
    site = assembled(files)
    first, second = (made(site, address, RegisterView) for address in ("mulu/index.html", "mulu/2020/2.html"))
    assert (first.count, first.latest, first.whole) == (208, "2020-11-17", False)
    assert (second.count, second.latest) == (208, "2020-11-17")
    assert first.years[0].label == second.years[0].label == "最新"
    assert second.table is not None
    assert second.table.caption == "政府信息公开目录，2020年，共 208 条，本页 8 条"


def test_of_many_pages_the_pager_names_a_few() -> None:
    """First, last and the neighbours; a gap leads nowhere."""
    addresses = [f"zd/{number}.html" for number in range(1, 31)]
    found = pager(addresses, 15)
    assert [item.label for item in found.pages] == ["1", "……", "12", "13", "14", "15", "16", "17", "18", "……", "30"]
    assert [item.address for item in found.pages if not item.address] == ["", ""]
    assert [item.label for item in pager(addresses[:5], 1).pages] == ["1", "2", "3", "4", "5"]


def test_the_update_log_tells_every_event_by_day() -> None:
    """A repeal is news of its own day."""
    files = {**SOURCES, "content/zd/a.md": notice("旧", "00010", published="2020-11-10", head="repealed: 2020-11-20")}
    days = made(assembled(files), "gxjl.html", UpdatesView).days
    assert (days[0].date, [(row.word, row.title) for row in days[0].entries]) == ("2020-11-20", [("废止", "旧")])
    assert days[-1].date == "2020-11-10"


def test_the_site_is_grey_on_days_of_mourning_only() -> None:
    """The switch has dates and ends by itself."""
    mourning = "site:\n  mourning: [{{starts: {}, ends: {}}}]\n"
    for starts, ends, grey in (
        ("2020-12-01", "2020-12-01", True),
        ("2020-11-29", "2020-11-30", False),
        ("2020-12-02", "2020-12-03", False),
    ):
        catalogue = CATALOGUE.replace("site:\n", mourning.format(starts, ends), 1)
        assert shared_view(assembled(SOURCES, catalogue=catalogue)).mourning is grey


def test_every_page_has_what_machines_read() -> None:
    """Canonical address, Open Graph, JSON-LD; the 404 page none of them, a column its feed."""
    site = assembled(SOURCES)
    pages = {page.address: page.view() for page in plan(site, events(site))}
    assert pages["404.html"].canonical == ""
    for address, view in pages.items():
        if address != "404.html":
            assert view.canonical.startswith("https://tyjrj.example.gov.cn/zfxxgk/"), address
            assert {tag.name for tag in view.open_graph} >= {"og:title", "og:type", "og:url"}, address
            assert '"BreadcrumbList"' in view.json_ld, address
    assert pages["zd/index.html"].canonical == "https://tyjrj.example.gov.cn/zfxxgk/zd/"
    feed = pages["wj/2020/00001.html"].feed
    assert feed is not None
    assert (feed.title, feed.address) == ("订阅“政府信息公开制度”的更新", "zd/gengxin.xml")
