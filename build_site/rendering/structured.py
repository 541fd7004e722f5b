"""What machines read on a page: JSON-LD in the vocabulary of schema.org, Open Graph tags.

Owns which type fits which page and where each property comes from. Says nothing that the site does not know. Must not
know templates.
"""

from __future__ import annotations

from collections.abc import Sequence

from build_site.loading.placing import HOME
from build_site.model.site import ColumnNode, Document, Reach, Site
from build_site.model.words import ColumnKind, RevisionKind
from build_site.rendering.absolute import canonical
from build_site.rendering.json_ld import Node, body, body_id, breadcrumb, graph, part, website_id
from build_site.rendering.legislation import is_normative, legislation
from build_site.rendering.relative import is_remote
from build_site.rendering.shared_view import crumbs
from build_site.rendering.timestamps import iso8601
from build_site.rendering.views import NavItem, Tag

_FUNCTIONS = 2  # 条例 art. 20 (2): the body's functions and offices
_ABOUT_THE_BODY = (ColumnKind.AGENCY, ColumnKind.INSTITUTION)


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
    contact = column.page_kind in _ABOUT_THE_BODY or column.article20 == _FUNCTIONS
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
    about = _subject(site, document)
    work = _work(site, document, node)
    if about:
        work["about"] = {"@id": about["@id"]}
    return graph(breadcrumb(site, path), work, *([about] if about else ()), body(site))


def open_graph(site: Site, title: str, description: str, address: str, kind: str) -> tuple[Tag, ...]:
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
    revised = max((item.on for item in notice.revisions_until(site.as_of)), default=None)
    work: Node = {
        "@id": url,
        "url": url,
        "name": notice.title,
        "description": notice.summary,
        "datePublished": iso8601(notice.published),
        "dateModified": iso8601(revised),
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
            for item in notice.revisions_until(site.as_of)
            if item.kind is RevisionKind.CORRECTED
        ],
    }
    if node.column.page_kind is ColumnKind.REPORTS:
        return {"@type": "Report", "headline": notice.title, **work}
    if notice.interprets:
        return {"@type": "Article", "headline": notice.title, "about": _interpreted(site, document), **work}
    if is_normative(notice):
        return {"@type": "Legislation", **work, **legislation(notice, site.as_of)}
    return {"@type": "CreativeWork", **work}


def _subject(site: Site, document: Document) -> Node | None:
    """Return the service or the meeting that a document tells of."""
    url, notice = canonical(site, document.address), document.notice
    if notice.service:
        service = notice.service
        channel: Node = {
            "@type": "ServiceChannel",
            "serviceUrl": service.online if is_remote(service.online) else "",
            "servicePhone": {"@type": "ContactPoint", "telephone": service.phone} if service.phone else "",
            "serviceLocation": {"@type": "Place", "address": service.place} if service.place else "",
        }
        operator = {"@type": "GovernmentOrganization", "name": service.body} if service.body else ""
        return {
            "@type": "GovernmentService",
            "@id": f"{url}#service",
            "name": service.matter,
            "url": url,
            "provider": {"@id": body_id(site)},
            "serviceOperator": operator,
            "availableChannel": channel if any(value for key, value in channel.items() if key != "@type") else "",
            "serviceOutput": {"@type": "Thing", "name": service.result} if service.result else "",
        }
    if notice.meeting:
        return {
            "@type": "Event",
            "@id": f"{url}#meeting",
            "name": notice.meeting.session or notice.title,
            "url": url,
            "startDate": iso8601(notice.meeting.held),
            "organizer": {"@id": body_id(site)},
        }
    return None


def _interpreted(site: Site, document: Document) -> list[Node]:
    found: list[Node] = []
    for reference in document.references:
        if reference.field == "interprets" and reference.target.reach in (Reach.PAGE, Reach.EXTERNAL):
            inside = reference.target.reach is Reach.PAGE
            found.append({"@id": canonical(site, reference.target.address) if inside else reference.url})
    return found
