"""The pieces of JSON-LD that many pages share, and the writing of it.

Owns the nodes of site, body, column and breadcrumb, and what makes a text safe in a page. Must not know documents.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from build_site.loading.placing import HOME
from build_site.model.site import ColumnNode, Site
from build_site.model.words import ColumnKind
from build_site.rendering.absolute import canonical
from build_site.rendering.relative import is_remote
from build_site.rendering.shared_view import online_address
from build_site.rendering.views import NavItem

Node = dict[str, object]

_PAGES = {
    ColumnKind.GUIDE: "WebPage",
    ColumnKind.PAGE: "WebPage",
    ColumnKind.ON_REQUEST: "WebPage",
    ColumnKind.AGENCY: "ContactPage",
    ColumnKind.INSTITUTION: "AboutPage",
}
# in a script element these could end it, or a line of it, in one reader or another
_UNSAFE = tuple((char, f"\\u{ord(char):04x}") for char in "<>&\u2028\u2029")


def part(site: Site, node: ColumnNode) -> Node:
    """Return the page of a column, as what a document is part of."""
    url = canonical(site, node.address)
    kind = _PAGES.get(node.column.page_kind, "CollectionPage")
    return {"@type": kind, "@id": url, "url": url, "name": node.column.title}


def website_id(site: Site) -> str:
    """Return the name of the site among the nodes."""
    return canonical(site, HOME) + "#website"


def body_id(site: Site) -> str:
    """Return the name of the government body among the nodes."""
    return canonical(site, HOME) + "#body"


def body(site: Site, contact: bool = False) -> Node:
    """Return the government body, with how to reach its acceptance office where `contact` is true."""
    info = site.catalogue.site
    body: Node = {
        "@type": "GovernmentOrganization",
        "@id": body_id(site),
        "name": info.host,
        "url": info.home_url if is_remote(info.home_url) else canonical(site, HOME),
    }
    if contact:
        agency = site.catalogue.agency
        body["contactPoint"] = {
            "@type": "PostalAddress",
            "contactType": "政府信息公开受理机构",
            "name": agency.department,
            "addressCountry": "CN",
            "streetAddress": agency.address,
            "postalCode": agency.postcode,
            "telephone": agency.phone,
            "faxNumber": agency.fax,
            "email": agency.email,
            "url": online_address(agency),
            "description": f"受理时间：{agency.hours}",
        }
    return body


def breadcrumb(site: Site, path: Sequence[NavItem]) -> Node:
    """Return the way to a page; a step without an address is only named."""
    items = [
        {"@type": "ListItem", "position": number, "name": item.title}
        | ({"item": canonical(site, item.address)} if item.address else {})
        for number, item in enumerate(path, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def graph(*nodes: Node) -> str:
    """Return the nodes as one JSON-LD text that is safe within a script element; empty properties are left out."""
    whole = {"@context": "https://schema.org", "@graph": [_filled(node) for node in nodes]}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for char, escaped in _UNSAFE:  # far quicker than str.translate on Chinese text
        text = text.replace(char, escaped)
    return text


def _filled(value: object) -> object:
    """Return a value without the properties that are empty."""
    if isinstance(value, dict):
        return {key: _filled(inner) for key, inner in value.items() if inner not in ("", [], None)}
    return [_filled(inner) for inner in value] if isinstance(value, list) else value
