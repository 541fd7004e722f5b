"""The view of a document.

Owns the metadata rows in canonical order, the banner, the relations to other documents. Must not know templates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from build_site.model.notice import Notice
from build_site.model.site import Document, Reach, Site
from build_site.model.validity import ended_on
from build_site.model.words import Publicity, Validity
from build_site.rendering import words
from build_site.rendering.body import body_html, contents
from build_site.rendering.shared_view import (
    column_tags,
    crumbs,
    file_view,
    revision_views,
    row,
    site_tags,
    telephone,
    validity_of,
)
from build_site.rendering.views import DocumentView, Fact, NavItem, Notices, Row, Tag


@dataclass(frozen=True)
class Relations:
    """Which published documents point to one: by its address, those that interpret it and those that it replaces."""

    interpreted_by: Mapping[str, tuple[Document, ...]]
    replaces: Mapping[str, tuple[Document, ...]]


def relations(site: Site) -> Relations:
    """Return the relations among the published documents of a site."""
    incoming: dict[str, dict[str, list[Document]]] = {"interprets": defaultdict(list), "replaced_by": defaultdict(list)}
    for document in sorted(site.listed, key=lambda document: document.address):
        for reference in document.references:
            if reference.field in incoming and reference.target.reach is Reach.PAGE:
                incoming[reference.field][reference.target.address].append(document)
    return Relations(
        {address: tuple(found) for address, found in incoming["interprets"].items()},
        {address: tuple(found) for address, found in incoming["replaced_by"].items()},
    )


def document_view(site: Site, document: Document, related: Relations) -> DocumentView:
    """Return the view of a published document, without what its kind of page adds."""
    notice = document.notice
    node = site.columns[document.column]
    validity, key = validity_of(document, site.as_of)
    issuer = notice.issuer or site.catalogue.site.host
    source = notice.source or issuer
    return DocumentView(
        title=notice.title,
        crumbs=crumbs(site, node),
        tags=(*site_tags(site), *column_tags(node.column), *_article_tags(site, document, source)),
        nav_key=document.column[0],
        facts=_facts(site, document, validity),
        notice=_banner(site, document, key),
        validity=validity,
        validity_key=key,
        published=words.moment(notice.published),
        source=source if source != issuer else "",  # the facts name the issuer
        body_html=body_html(document, document.address),
        toc=contents(document.doc.body),
        files=tuple(file_view(file) for file in document.files),
        interprets=rows_of(site, document, "interprets"),
        interpretations=_rows(site, related.interpreted_by.get(document.address, ())),
        replaces=_rows(site, related.replaces.get(document.address, ())),
        related=rows_of(site, document, "related"),
        revisions=revision_views(notice, site.as_of),
        owner=notice.owner,
        contact=Fact("咨询电话", notice.contact, telephone(notice.contact)) if notice.contact else None,
    )


def _rows(site: Site, documents: tuple[Document, ...]) -> tuple[Row, ...]:
    return tuple(row(document, site.as_of) for document in documents)


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
        (
            "发布日期",
            words.moment(notice.published) if isinstance(notice.published, datetime) else words.day(notice.published),
        ),
        ("施行日期", words.day(notice.effective)),
        ("有效期至", words.day(notice.expires)),
        ("有效性", validity),
        ("公开方式", notice.publicity.zh),
        ("转公开日期", words.day(notice.converted_on) if notice.publicity is Publicity.CONVERTED else ""),
        ("责任处室", notice.owner),
        ("更新日期", words.day(max((item.on for item in notice.revisions_until(site.as_of)), default=None))),
    )
    return tuple(Fact(label, value) for label, value in pairs if value)


def _banner(site: Site, document: Document, key: str) -> Notices | None:
    notice = document.notice
    replacement = target_item(site, document, "replaced_by")
    if key in _ENDED:
        verb, when = _ENDED[key].zh.removeprefix("已"), ended_on(notice, _ENDED[key])
        dated = f"已于 {words.long_day(when)}" if when else "已"
        basis = f"依据：{notice.repealed_by}。" if notice.repealed_by else ""
        led = "现行文件：" if replacement else ""
        return Notices("ended", f"本文件{dated}{verb}", f"{basis}以下原文仅供查阅。{led}", replacement)
    if key == Validity.NOT_YET.en and notice.effective:
        return Notices("info", f"本文件自 {words.long_day(notice.effective)}起施行，目前尚未施行")
    if key == Validity.PARTLY.en:
        return Notices("warning", "本文件部分内容已失效", notice.repealed_by, replacement)
    return _inherited(site, document)


_ENDED = {validity.en: validity for validity in (Validity.REPEALED, Validity.EXPIRED, Validity.AMENDED)}


def _inherited(site: Site, document: Document) -> Notices | None:
    """The banner of an interpretation whose documents are all out of force: it explains what no longer holds."""
    targets = site.named(document, "interprets")
    states = [validity_of(target, site.as_of) for target in targets]
    if not states or not all(key in _ENDED for _, key in states):
        return None
    return Notices(
        "ended",
        f"本文解读的文件{states[0][0]}",
        "解读仅供查阅。原文件：",
        NavItem(targets[0].notice.title, targets[0].address),
    )


def target_item(site: Site, document: Document, field: str) -> NavItem | None:
    """Return the published document that a front-matter field names, as a link, or None."""
    return next((NavItem(target.notice.title, target.address) for target in site.named(document, field)), None)


def rows_of(site: Site, document: Document, field: str) -> tuple[Row, ...]:
    """Return what a front-matter field leads to, as lines of a list."""
    found = []
    for reference in document.references:
        if reference.field != field:
            continue
        target = reference.target
        if target.reach is Reach.PAGE and target.address in site.published:
            found.append(row(site.published[target.address], site.as_of))
        elif target.reach is Reach.PAGE:
            node = next((node for node in site.columns.values() if node.address == target.address), None)
            found.append(Row(node.column.title if node else target.address, target.address))
        elif target.reach is Reach.EXTERNAL:
            found.append(Row(reference.url, reference.url))
    return tuple(found)
