"""The view of what every page shows, and the pieces that several kinds of page use.

Owns identity, navigation, footer, page tags and list rows. Must not know templates.
"""

from __future__ import annotations

import re
from datetime import date

from build_site.loading.placing import ACCESSIBILITY, HOME, REPEALED, SEARCH, SITE_MAP, UPDATES, VERIFY
from build_site.model.columns import Agency, Column
from build_site.model.generated import feed_address
from build_site.model.notice import Notice
from build_site.model.open_data import DATA_PAGE
from build_site.model.register import REGISTER
from build_site.model.site import AttachedFile, ColumnNode, Document, Site
from build_site.model.validity import consultation_on, validity_on
from build_site.model.words import ColumnKind
from build_site.rendering import words
from build_site.rendering.relative import is_remote
from build_site.rendering.views import AgencyFacts, ColumnRow, Fact, FileView, NavItem, RevisionView, Row, Shared, Tag

_NAV = 5
_REMARK = re.compile(r"\s*(?:（[^（）]*）|\([^()]*\))\s*$")
_NUMBER = re.compile(r"\+?[0-9]+(?:-[0-9]+)*")
_COLUMN_TYPES = {
    ColumnKind.GUIDE: "信息公开指南",
    ColumnKind.DIRECTORY: "信息公开目录",
    ColumnKind.LIST: "信息公开目录",
    ColumnKind.REPORTS: "信息公开年报",
    ColumnKind.AGENCY: "依申请公开",
    ColumnKind.PAGE: "信息公开目录",
    ColumnKind.CATALOGUE: "信息公开目录",
    ColumnKind.ON_REQUEST: "依申请公开",
    ColumnKind.CONVERSIONS: "依申请公开",
    ColumnKind.CONSULTATIONS: "征集调查",
    ColumnKind.INSTITUTION: "机构职能",
    ColumnKind.PLACES: "概况信息",
    ColumnKind.ACCOUNTS: "概况信息",
}
_NAV_TITLES = (
    "政府信息公开指南",
    "政府信息公开制度",
    "法定主动公开内容",
    "政府信息公开工作年度报告",
    "政府信息公开年报",
    "依申请公开",
)


def shared_view(site: Site) -> Shared:
    """Return what every page of the site shows."""
    info = site.catalogue.site
    return Shared(
        site_name=info.name,
        site_domain=info.domain,
        site_code=info.site_code,
        host=info.host,
        title=info.title,
        description=info.description or f"{info.host}{info.title}专栏",
        keywords=",".join(info.keywords) or f"{info.host},{info.title}",
        sample=info.sample,
        home=NavItem("首页", info.home_url) if is_remote(info.home_url) else None,
        nav=navigation(site),
        footer=about_site(site),
        icp=info.icp,
        police=info.police,
        report_error_url=info.report_error_url if is_remote(info.report_error_url) else "",
        agency=agency_facts(site.catalogue.agency),
        base_path=info.base_path,
        mourning=any(span.starts <= site.as_of <= span.ends for span in info.mourning),
        search=NavItem("公开目录", REGISTER) if REGISTER in site.pages else None,
        search_page=NavItem("检索", SEARCH),
        all_columns=NavItem("全部栏目", SITE_MAP) if SITE_MAP in site.pages else None,
        verify=NavItem("如何核验本页", VERIFY),
        feed=NavItem("订阅更新", feed_address()),
    )


def about_site(site: Site) -> tuple[NavItem, ...]:
    """Return the pages about the site itself, as far as they exist."""
    found = (
        ("站点地图", SITE_MAP),
        ("公开目录", REGISTER),
        ("更新记录", UPDATES),
        ("废止失效文件", REPEALED),
        ("开放数据", DATA_PAGE),
        ("无障碍说明", ACCESSIBILITY),
        ("核验说明", VERIFY),
    )
    return tuple(NavItem(title, address) for title, address in found if address in site.pages)


def navigation(site: Site) -> tuple[NavItem, ...]:
    """Return the navigation: the four sub-columns and disclosure on request, as far as they have a page."""
    found = [
        NavItem(node.column.title, node.address, node.path[0])
        for path, node in site.columns.items()
        if len(path) == 1 and node.present and node.column.title in _NAV_TITLES
    ]
    return tuple(found[:_NAV])


def agency_facts(agency: Agency) -> AgencyFacts:
    """Return the acceptance body as labelled facts in the order of the work plan for 2020."""
    online = online_address(agency)
    pairs = (
        ("受理部门", agency.department, ""),
        ("联系地址", agency.address, ""),
        ("邮政编码", agency.postcode, ""),
        ("受理时间", agency.hours, ""),
        ("联系电话", agency.phone, telephone(agency.phone)),
        ("传真号码", agency.fax, ""),
        ("电子邮箱", agency.email, f"mailto:{agency.email}" if agency.email else ""),
        ("网上申请", "进入网上申请" if online else "", online),
    )
    facts = tuple(Fact(label, value, address) for label, value, address in pairs if value)
    return AgencyFacts(facts, words.day(agency.checked), agency.note, online)


def online_address(agency: Agency) -> str:
    """Return the address of the online application; one that is none has its finding and is left out."""
    return agency.online if is_remote(agency.online) else ""


def telephone(phone: str) -> str:
    """Return the address that calls a number, a remark in brackets behind it left out; empty where there is more."""
    digits = _REMARK.sub("", phone).replace(" ", "")
    return f"tel:{digits}" if _NUMBER.fullmatch(digits) else ""


def crumbs(site: Site, node: ColumnNode | None) -> tuple[NavItem, ...]:
    """Return the breadcrumb: portal, column home, level 1, level 2."""
    info = site.catalogue.site
    found = [NavItem("首页", info.home_url)] if is_remote(info.home_url) else []
    found.append(NavItem(info.title, HOME))
    if node is not None:
        for depth in range(1, len(node.path) + 1):
            part = site.columns[node.path[:depth]]
            found.append(NavItem(part.column.title, part.address))
    return tuple(found)


def site_tags(site: Site) -> tuple[Tag, ...]:
    """Return the page tags of the site (国办发〔2017〕47号, annex: 网站标签)."""
    info = site.catalogue.site
    return (Tag("SiteName", info.name), Tag("SiteDomain", info.domain), Tag("SiteIDCode", info.site_code))


def column_tags(column: Column) -> tuple[Tag, ...]:
    """Return the page tags of a column (栏目标签)."""
    return (
        Tag("ColumnName", column.title),
        Tag("ColumnDescription", column.description or column.title),
        Tag("ColumnKeywords", ",".join(column.keywords) or column.title),
        Tag("ColumnType", column.column_type or _COLUMN_TYPES[column.page_kind]),
    )


def validity_of(document: Document, as_of: date) -> tuple[str, str]:
    """Return the validity word of a document on a day, and its English key; empty when nothing is stated."""
    found = validity_on(document.notice, as_of)
    return (found.zh, found.en) if found else ("", "")


def state_of(document: Document, as_of: date) -> tuple[str, str]:
    """Return the state of a consultation on a day, and its English key; empty for any other document."""
    told = document.notice.consultation
    found = consultation_on(told, as_of) if told else None
    return (found.zh, found.key) if found else ("", "")


def row(document: Document, as_of: date, remark: str = "", stage: str = "") -> Row:
    """Return a document as a line of a list; the stage means something in the list of its key area only."""
    validity, key = validity_of(document, as_of)
    state, state_key = state_of(document, as_of)
    notice = document.notice
    return Row(
        title=notice.title,
        address=document.address,
        date=words.day(notice.published),
        doc_no=notice.doc_no,
        index_no=notice.index_no,
        validity=validity,
        validity_key=key,
        stage=stage,
        state=state,
        state_key=state_key,
        remark=remark,
    )


def column_row(node: ColumnNode) -> ColumnRow:
    """Return a column as a line of a directory."""
    column = node.column
    basis = column.basis
    if not basis and column.article20:
        basis = f"《中华人民共和国政府信息公开条例》第二十条第（{_chinese(column.article20)}）项"
    return ColumnRow(
        title=column.title,
        address=node.address,
        count=node.count,
        latest=words.day(node.latest),
        basis=basis,
        description=column.description,
        explained=not node.filled,
    )


def _chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    return ("" if number < 20 else digits[number // 10]) + "十" + (digits[number % 10] if number % 10 else "")


def children(site: Site, node: ColumnNode) -> tuple[ColumnNode, ...]:
    """Return the level-2 columns of a column that have a page."""
    return tuple(child for path, child in site.columns.items() if path[:-1] == node.path and path[1:] and child.present)


def revision_views(notice: Notice, as_of: date) -> tuple[RevisionView, ...]:
    """Return what was corrected in a text, or added to it, up to a day."""
    return tuple(
        RevisionView(words.day(item.on), item.note, item.kind.zh, item.kind.en)
        for item in notice.revisions_until(as_of)
    )


def file_view(file: AttachedFile) -> FileView:
    """Return an attachment as a card."""
    name = file.address.rpartition("/")[2]
    title = file.title.rpartition(".")[0] if file.title == name and "." in name else file.title
    return FileView(title, file.address, words.kind(name), words.size(file.size), name)
