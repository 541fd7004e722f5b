"""The view of a document.

Owns the metadata rows in canonical order, the banner, the relations to other documents. Must not know templates.
"""

from __future__ import annotations

from collections.abc import Mapping

from build_site.model.notice import Notice
from build_site.model.site import Document, Reach, Site
from build_site.rendering import words
from build_site.rendering.body import body_html, contents
from build_site.rendering.shared_view import column_tags, crumbs, file_view, row, site_tags, validity_of
from build_site.rendering.views import DocumentView, Fact, NavItem, Notices, RevisionView, Row, Tag


def document_view(
    site: Site, document: Document, by_address: Mapping[str, Document], incoming: tuple[Document, ...]
) -> DocumentView:
    """Return the view of a published document.

    `by_address` holds the published documents, `incoming` those that interpret this one.
    """
    notice = document.notice
    node = site.columns[document.column]
    validity, key = validity_of(document, site.as_of)
    source = notice.source or notice.issuer or site.catalogue.site.host
    return DocumentView(
        title=notice.title,
        crumbs=crumbs(site, node),
        tags=(*site_tags(site), *column_tags(node.column), *_article_tags(site, document, source)),
        nav_key=document.column[0],
        facts=_facts(site, document, validity),
        notice=_banner(document, key, by_address),
        validity=validity,
        validity_key=key,
        published=words.moment(notice.published),
        source=source,
        body_html=body_html(document, document.address),
        toc=contents(document.doc.body),
        files=tuple(file_view(file) for file in document.files),
        interprets=_rows(site, document, "interprets", by_address),
        interpretations=tuple(row(other, site.as_of) for other in incoming),
        related=_rows(site, document, "related", by_address),
        revisions=tuple(RevisionView(words.day(item.on), item.note) for item in notice.revisions),
        owner=notice.owner,
        contact=notice.contact,
    )


def _article_tags(site: Site, document: Document, source: str) -> tuple[Tag, ...]:
    notice = document.notice
    info = site.catalogue.site
    tags = [
        Tag("ArticleTitle", notice.title),
        Tag("PubDate", words.moment(notice.published)),
        Tag("ContentSource", source),
    ]
    optional = (
        ("Keywords", ",".join(notice.keywords)),
        ("Author", notice.owner),
        ("Description", notice.summary),
        ("Url", f"https://{info.domain}{info.base_path}{document.address}"),
    )
    return (*tags, *(Tag(name, content) for name, content in optional if content))


def _facts(site: Site, document: Document, validity: str) -> tuple[Fact, ...]:
    notice: Notice = document.notice
    pairs = (
        ("索引号", notice.index_no),
        ("发布机构", notice.issuer or site.catalogue.site.host),
        ("发文字号", notice.doc_no),
        ("主题分类", notice.theme),
        ("公文种类", notice.category),
        ("成文日期", words.day(notice.written)),
        ("发布日期", words.day(notice.published)),
        ("施行日期", words.day(notice.effective)),
        ("有效期至", words.day(notice.expires)),
        ("有效性", validity),
        ("公开方式", notice.publicity.zh),
        ("责任处室", notice.owner),
    )
    return tuple(Fact(label, value) for label, value in pairs if value)


def _banner(document: Document, key: str, by_address: Mapping[str, Document]) -> Notices | None:
    notice = document.notice
    replacement = next(
        (
            NavItem(by_address[reference.target.address].notice.title, reference.target.address)
            for reference in document.references
            if reference.field == "replaced_by" and reference.target.address in by_address
        ),
        None,
    )
    if key in ("repealed", "expired", "amended"):
        when = notice.repealed if key == "repealed" else notice.expires if key == "expired" else None
        dated = f"已于 {when.year}年{when.month}月{when.day}日" if when else "已"
        verb = {"repealed": "废止", "expired": "失效", "amended": "修订"}[key]
        basis = f"依据：{notice.repealed_by}。" if notice.repealed_by else ""
        led = "现行文件：" if replacement else ""
        return Notices("ended", f"本文件{dated}{verb}", f"{basis}以下原文仅供查阅。{led}", replacement)
    if key == "not-yet" and notice.effective:
        start = notice.effective
        return Notices("info", f"本文件自 {start.year}年{start.month}月{start.day}日起施行，目前尚未施行")
    if key == "partly-in-force":
        return Notices("warning", "本文件部分内容已失效", notice.repealed_by, replacement)
    return None


def _rows(site: Site, document: Document, field: str, by_address: Mapping[str, Document]) -> tuple[Row, ...]:
    found = []
    for reference in document.references:
        if reference.field != field:
            continue
        target = reference.target
        if target.reach is Reach.PAGE and target.address in by_address:
            found.append(row(by_address[target.address], site.as_of))
        elif target.reach is Reach.PAGE:
            node = next((node for node in site.columns.values() if node.address == target.address), None)
            found.append(Row(node.column.title if node else target.address, target.address))
        elif target.reach is Reach.EXTERNAL:
            found.append(Row(reference.url, reference.url))
    return tuple(found)
