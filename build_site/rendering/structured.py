"""What machines read on a page: JSON-LD in the vocabulary of schema.org, Open Graph tags.

Owns which type fits which page and where each property comes from. Says nothing that the site does not know. Must not
know templates.
"""

from __future__ import annotations

from collections.abc import Sequence

from build_site.loading.placing import HOME
from build_site.model.notice import Notice
from build_site.model.site import ColumnNode, Document, Reach, Site
from build_site.model.words import ColumnKind, Validity
from build_site.rendering.absolute import canonical
from build_site.rendering.json_ld import Node, body, body_id, breadcrumb, graph, part, website_id
from build_site.rendering.shared_view import crumbs, validity_of
from build_site.rendering.timestamps import iso8601
from build_site.rendering.views import NavItem, Tag

_FUNCTIONS = 2  # 条例 art. 20 (2): the body's functions and offices
_NORMATIVE = frozenset({"规范性文件", "行政规范性文件", "办法", "规定", "意见", "通知"})
_FORCE = {
    Validity.IN_FORCE.en: "InForce",
    Validity.TRIAL.en: "InForce",
    Validity.PARTLY.en: "PartiallyInForce",
    Validity.AMENDED.en: "NotInForce",
    Validity.REPEALED.en: "NotInForce",
    Validity.EXPIRED.en: "NotInForce",
    "not-yet": "NotInForce",
}


def home_json(site: Site) -> str:
    """Return the JSON-LD of the home page: breadcrumb, the site, the body."""
    info = site.catalogue.site
    website: Node = {
        "@type": "WebSite",
        "@id": website_id(site),
        "name": f"{info.name}{info.title}",
        "url": canonical(site, HOME),
        "description": info.description,
        "inLanguage": "zh-CN",
        "publisher": {"@id": body_id(site)},
    }
    return graph(breadcrumb(site, crumbs(site, None)), website, body(site, contact=True))


def page_json(site: Site, path: Sequence[NavItem]) -> str:
    """Return the JSON-LD of a page of which only the breadcrumb is known."""
    return graph(breadcrumb(site, path))


def column_json(site: Site, node: ColumnNode) -> str:
    """Return the JSON-LD of a column page; those on the body itself say how to reach it."""
    column = node.column
    contact = column.page_kind is ColumnKind.AGENCY or column.article20 == _FUNCTIONS
    page: Node = {
        **part(site, node),
        "description": column.description,
        "dateModified": iso8601(node.latest),
        "inLanguage": "zh-CN",
        "isPartOf": {"@id": website_id(site)},
        "publisher": {"@id": body_id(site)},
        "about": {"@id": body_id(site)} if contact else "",
    }
    return graph(breadcrumb(site, crumbs(site, node)), page, body(site, contact))


def document_json(site: Site, document: Document) -> str:
    """Return the JSON-LD of a published document."""
    node = site.columns[document.column]
    path = (*crumbs(site, node), NavItem(document.notice.title, document.address))
    return graph(breadcrumb(site, path), _work(site, document, node), body(site))


def opengraph(site: Site, title: str, description: str, address: str, kind: str) -> tuple[Tag, ...]:
    """Return the Open Graph tags of a page, text only; `kind` is `article` or `website` (ogp.me).

    Their `name` is to be written as the attribute `property`.
    """
    info = site.catalogue.site
    tags = (
        Tag("og:type", kind),
        Tag("og:title", title),
        Tag("og:description", " ".join(description.split())),
        Tag("og:url", canonical(site, address)),
        Tag("og:site_name", f"{info.name}{info.title}"),
        Tag("og:locale", "zh_CN"),
    )
    return tuple(tag for tag in tags if tag.content)


def _work(site: Site, document: Document, node: ColumnNode) -> Node:
    notice = document.notice
    url = canonical(site, document.address)
    corrected = max((item.on for item in notice.revisions if item.on <= site.as_of), default=None)
    work: Node = {
        "@id": url,
        "url": url,
        "name": notice.title,
        "description": notice.summary,
        "datePublished": iso8601(notice.published),
        "dateModified": iso8601(corrected),
        "keywords": list(notice.keywords),
        "identifier": {"@type": "PropertyValue", "propertyID": "索引号", "value": notice.index_no}
        if notice.index_no
        else "",
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "isPartOf": part(site, node),
        "publisher": {"@id": body_id(site)},
        "correction": [
            {"@type": "CorrectionComment", "datePublished": iso8601(item.on), "text": item.note}
            for item in notice.revisions
            if item.on <= site.as_of
        ],
    }
    if node.column.page_kind is ColumnKind.REPORTS:
        return {"@type": "Report", "headline": notice.title, **work}
    if notice.interprets:
        return {"@type": "Article", "headline": notice.title, "about": _interpreted(site, document), **work}
    if _is_normative(notice):
        return {"@type": "Legislation", **work, **_legislation(site, document)}
    return {"@type": "CreativeWork", **work}


def _is_normative(notice: Notice) -> bool:
    """Whether a document lays something down: it has a document number, or is of such a kind and says its validity."""
    if notice.validity is Validity.CONSULTATION:
        return False
    return bool(notice.doc_no) or (notice.category in _NORMATIVE and notice.validity is not None)


def _legislation(site: Site, document: Document) -> Node:
    notice = document.notice
    _, key = validity_of(document, site.as_of)
    force = _FORCE.get(key)
    return {
        "legislationIdentifier": notice.doc_no,
        "legislationType": notice.category,
        "legislationDate": iso8601(notice.written),
        "legislationDateOfApplicability": iso8601(notice.effective),
        "legislationLegalForce": f"https://schema.org/{force}" if force else "",
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": notice.issuer} if notice.issuer else "",
        "legislationResponsible": {"@type": "Organization", "name": notice.owner} if notice.owner else "",
        "temporalCoverage": _in_force(notice, key),
    }


def _in_force(notice: Notice, key: str) -> str:
    """Return the time in force as an ISO 8601 interval; nothing where its beginning or the day of its end is unknown."""
    end = notice.repealed or notice.expires
    ended = key in (Validity.AMENDED.en, Validity.REPEALED.en, Validity.EXPIRED.en)
    if not notice.effective or (ended and (end is None or key == Validity.AMENDED.en)):
        return ""
    return f"{iso8601(notice.effective)}/{iso8601(end) or '..'}"


def _interpreted(site: Site, document: Document) -> list[Node]:
    found: list[Node] = []
    for reference in document.references:
        if reference.field == "interprets" and reference.target.reach in (Reach.PAGE, Reach.EXTERNAL):
            inside = reference.target.reach is Reach.PAGE
            found.append({"@id": canonical(site, reference.target.address) if inside else reference.url})
    return found
