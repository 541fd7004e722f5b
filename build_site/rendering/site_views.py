"""The views of pages about the whole site: register, out of force, updates, search, site map, accessibility, verify.

Owns what each of them shows. Must not know templates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from build_site.loading.public_keys import key_bytes, key_print
from build_site.model.events import Event
from build_site.model.notice import Notice
from build_site.model.register import (
    REGISTER,
    RegisterPage,
    out_of_force,
    register_address,
    register_pages,
    register_years,
)
from build_site.model.signing import SigningKey
from build_site.model.site import Document, Site
from build_site.model.validity import ended_on, validity_on
from build_site.model.words import ColumnKind, Validity
from build_site.rendering import words
from build_site.rendering.column_views import pager
from build_site.rendering.document_view import target_item
from build_site.rendering.figures_view import counts
from build_site.rendering.shared_view import (
    about_site,
    agency_facts,
    children,
    column_row,
    crumbs,
    site_tags,
    state_of,
    validity_of,
)
from build_site.rendering.tables import table
from build_site.rendering.text_fingerprint import grouped
from build_site.rendering.views import (
    AccessibilityView,
    Cell,
    FigureView,
    KeyView,
    NavItem,
    NotFoundView,
    OutOfForceView,
    PagerItem,
    RedirectView,
    RegisterView,
    SearchView,
    SiteMapView,
    TableView,
    Tag,
    UpdateDay,
    UpdateRow,
    UpdatesView,
    VerifyView,
    WithdrawnView,
)

UPDATES_SHOWN = 200
_REGISTER_TITLE = "政府信息公开目录"


def _frame(site: Site, title: str) -> tuple[str, tuple[NavItem, ...], tuple[Tag, ...], str]:
    return title, crumbs(site, None), site_tags(site), ""


def register_views(site: Site) -> tuple[tuple[str, RegisterView], ...]:
    """Return address and view of every page of the register."""
    pages = register_pages(site.listed)
    years = register_years(site.listed)
    figures = _figures(site, years)
    first = "全部" if pages and (pages[0].year == 0 or len(years) == 1) else "最新"
    return tuple(
        (page.address, _register(site, page, years, first, figures if page is pages[0] else ())) for page in pages
    )


def _register(
    site: Site,
    page: RegisterPage,
    years: dict[int, tuple[Document, ...]],
    first_word: str,
    figures: tuple[FigureView, ...],
) -> RegisterView:
    """Return a page of the register; `first_word` says what the first page holds, on all of them alike."""
    first = page.address == REGISTER
    whole = first and page.year == 0
    title = _REGISTER_TITLE
    if not first:
        title += f"（{page.year}年）" + (f"第 {page.number} 页" if page.number > 1 else "")
    addresses = [register_address(page.year, number) for number in range(1, page.last + 1)]
    rows, validities, head = _register_rows(site, page.documents)
    shown = years[page.year] if page.year else tuple(document for found in years.values() for document in found)
    caption = _REGISTER_TITLE + (f"，{page.year}年" if page.year else "") + f"，共 {len(shown)} 条"
    if len(rows) < len(shown):
        caption += f"，本页 {len(rows)} 条"
    return RegisterView(
        *_frame(site, title),
        year=page.year,
        count=len(shown),
        latest=words.day(shown[0].notice.published),
        years=(
            PagerItem(first_word, REGISTER, 0, first),
            *tuple(
                PagerItem(f"{year}年", register_address(year), len(found), not first and year == page.year)
                for year, found in years.items()
            ),
        ),
        table=_without_blank_columns(
            table(caption, ("名称", "索引号", "发文字号", "内容概述", "生成日期", head), rows)
        ),
        validities=validities,
        figures=figures,
        pager=pager(addresses, page.number) if page.last > 1 else None,
        whole=whole,
    )


def _register_rows(
    site: Site, documents: tuple[Document, ...]
) -> tuple[list[list[str | Cell]], tuple[tuple[str, str], ...], str]:
    """Return the rows of the register with the validity of each, or the state of a consultation, and what to call both."""
    rows: list[list[str | Cell]] = []
    validities = []
    head = "有效性"
    for document in documents:
        notice = document.notice
        state = state_of(document, site.as_of)
        head = "状态" if state[0] else head
        validity = validity_of(document, site.as_of)
        validity = validity if validity[0] else state
        validities.append(validity)
        made = words.day(notice.written or notice.published)
        title = Cell(notice.title, document.address)
        rows.append([title, notice.index_no, notice.doc_no, notice.summary, made, validity[0]])
    return rows, tuple(validities), head


def _figures(site: Site, years: dict[int, tuple[Document, ...]]) -> tuple[FigureView, ...]:
    by_year = [(f"{year}年", len(found)) for year, found in sorted(years.items())][-10:]
    filed = Counter(document.column[0] for found in years.values() for document in found)
    by_column = [
        (node.column.title, filed[path[0]]) for path, node in site.columns.items() if len(path) == 1 and filed[path[0]]
    ]
    found = (
        counts("years", "各年公开的文件", "年份", by_year),
        counts("columns", "各栏目公开的文件", "栏目", by_column),
    )
    return tuple(item for item in found if item)


def out_of_force_view(site: Site) -> OutOfForceView:
    """Return the list of what is no longer in force, with the day, the basis and what took its place."""
    documents = out_of_force(site.listed, site.as_of)
    rows: list[list[str | Cell]] = []
    for document in documents:
        notice = document.notice
        successor = target_item(site, document, "replaced_by")
        current = Cell(successor.title, successor.address) if successor else ""
        validity = validity_on(notice, site.as_of)
        title = Cell(notice.title, document.address)
        rows.append(
            [
                title,
                notice.doc_no,
                validity.zh if validity else "",
                words.day(ended_on(notice, validity)),
                _basis(notice, validity, successor),
                current,
            ]
        )
    head = ("名称", "发文字号", "有效性", "失效日期", "依据", "现行文件")
    return OutOfForceView(
        *_frame(site, "废止失效文件"),
        count=len(rows),
        table=_without_blank_columns(table(f"废止失效文件，共 {len(rows)} 条", head, rows)),
        validities=tuple(validity_of(document, site.as_of) for document in documents),
    )


def _basis(notice: Notice, validity: Validity | None, successor: NavItem | None) -> str:
    """Return why a document is out of force: what an editor wrote, else what follows from its dates and successor."""
    if notice.repealed_by:
        return notice.repealed_by
    if validity is Validity.EXPIRED and notice.expires:
        return f"有效期至 {words.day(notice.expires)} 届满"
    return "由现行文件代替" if validity is Validity.AMENDED and successor else ""


def _without_blank_columns(whole: TableView) -> TableView:
    kept = [at for at in range(len(whole.head)) if at == 0 or any(row[at].text != "—" for row in whole.rows)]
    return TableView(
        whole.caption,
        tuple(whole.head[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in whole.rows),
    )


def updates_view(site: Site, happened: Sequence[Event]) -> UpdatesView:
    """Return the newest events of the site, day by day."""
    shown = happened[:UPDATES_SHOWN]
    days = tuple(
        UpdateDay(words.day(day), tuple(_update(event) for event in found))
        for day, found in groupby(shown, key=lambda event: event.day)
    )
    return UpdatesView(*_frame(site, "更新记录"), days=days, as_of=words.day(site.as_of))


def _update(event: Event) -> UpdateRow:
    return UpdateRow(event.kind.zh, event.kind.en, event.title, event.address, event.note)


def search_view(site: Site) -> SearchView:
    """Return the page from which one searches."""
    years = register_years(site.listed)
    request = next(
        (node for node in site.columns.values() if node.column.page_kind is ColumnKind.ON_REQUEST and node.present), None
    )  # fmt: skip
    return SearchView(
        *_frame(site, "检索"),
        years=tuple(PagerItem(f"{year}年", register_address(year), len(found)) for year, found in years.items()),
        columns=_top_columns(site),
        on_request=NavItem(request.column.title, request.address) if request else None,
        register=_register_item(site),
    )


def _register_item(site: Site) -> NavItem | None:
    return NavItem(_REGISTER_TITLE, REGISTER) if REGISTER in site.pages else None


def _top_columns(site: Site) -> tuple[NavItem, ...]:
    return tuple(
        NavItem(node.column.title, node.address) for path, node in site.columns.items() if len(path) == 1 and node.present
    )  # fmt: skip


def accessibility_view(site: Site) -> AccessibilityView:
    """Return the accessibility statement; its failings are counted on this site, not guessed."""
    files = {source for source in site.files.values() if source in site.assets}
    old = sum(source.lower().endswith((".doc", ".xls", ".ppt")) for source in files)
    papers = sum(source.lower().endswith(".pdf") for source in files)
    packed = sum(source.lower().endswith((".zip", ".rar", ".7z")) for source in files)
    told = (
        (old, f"有 {old} 个附件是旧格式的 Office 文档，有的手机打不开"),
        (papers, f"有 {papers} 个 PDF 附件，没有逐个检测读屏软件能不能读；看不了的，可以请受理机构提供其他形式"),
        (packed, f"有 {packed} 个附件是压缩包，需要解压软件"),
    )
    always = "列数多的表格在手机上要左右滑动才能看全"
    return AccessibilityView(
        *_frame(site, "无障碍说明"),
        agency=agency_facts(site.catalogue.agency),
        failings=(*(words for count, words in told if count), always),
        as_of=words.day(site.as_of),
    )


def verify_view(site: Site) -> VerifyView:
    """Return the page that tells how to know a true page of this site from a forged one."""
    newest = next(iter(site.listed), None)
    return VerifyView(
        *_frame(site, "核验说明"),
        agency=agency_facts(site.catalogue.agency),
        example=newest.address if newest else "",
        keys=tuple(_key(key, site.as_of) for key in site.catalogue.signing),
    )


def _key(key: SigningKey, as_of: date) -> KeyView:
    return KeyView(
        id=key.id,
        algorithm=key.algorithm.zh,
        algorithm_key=key.algorithm.en,
        starts=words.day(key.valid_from),
        ends=words.day(key.valid_until),
        fingerprint=grouped(key_print(key_bytes(key.public, key.algorithm))),
        address=key.address,
        signature=f"manifest.json.{key.id}.sig",
        current=key.is_valid_on(as_of),
    )


def site_map_view(site: Site) -> SiteMapView:
    """Return the site map: every column with a page, and the pages about the site."""
    groups = tuple(
        (column_row(node), tuple(column_row(child) for child in children(site, node)))
        for path, node in site.columns.items()
        if len(path) == 1 and node.present
    )
    others = tuple(item for item in about_site(site) if item.title != "站点地图")
    return SiteMapView(*_frame(site, "站点地图"), groups=groups, others=others)


def not_found_view(site: Site) -> NotFoundView:
    """Return the page for addresses that do not exist."""
    return NotFoundView(*_frame(site, "没有找到这个页面"), columns=_top_columns(site), register=_register_item(site))


def withdrawn_view(site: Site, title: str, kind: str, day: str, reason: str) -> WithdrawnView:
    """Return the page of an address whose document was taken down."""
    return WithdrawnView(*_frame(site, "页面已撤下"), document=title, kind=kind, date=day, reason=reason)


def redirect_view(site: Site, target: NavItem) -> RedirectView:
    """Return the page of an address that has moved."""
    return RedirectView(*_frame(site, "页面已改址"), target=target)
