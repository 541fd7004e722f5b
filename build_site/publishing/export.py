"""Each document in the two forms in which platforms take content over.

Owns the record of an exported document and its forms: JSON in the field names of the Guangdong catalogue platform
(gkmlpt), the only interface that is published, and XML with the core elements of GB/T 21063.3. Must not write.
"""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from xml.etree import ElementTree as ET

from build_site.model.site import Document, Site
from build_site.model.validity import validity_on
from build_site.model.words import Validity
from build_site.output.manifest import FileEntry
from build_site.rendering.absolute import absolute
from build_site.rendering.body import body_html
from build_site.rendering.words import day, moment

NAMESPACE = "urn:cn:gb:21063.3"


@dataclass(frozen=True)
class Attachment:
    """A file of a document. `sha256` is ours; the other names are gkmlpt's."""

    id: str
    name: str
    type: str
    mime: str
    size: int
    url: str
    sha256: str


@dataclass(frozen=True)
class Relation:
    """A document that is named as related."""

    title: str
    url: str


@dataclass(frozen=True)
class Article:
    """A document as it is handed over. All names but `content` are gkmlpt's; days are YYYY-MM-DD, moments YYYY-MM-DD HH:MM.

    `date` is the day on the document, `created_at` and `display_publish_time` that of its publication; `content` the body
    as HTML, its links relative to `url`.
    """

    id: str
    title: str
    document_number: str
    publisher: str
    keywords: tuple[str, ...]
    date: str
    created_at: str
    display_publish_time: str
    identifier: str
    classify_main_name: str
    classify_genre_name: str
    classify_theme_name: str
    url: str
    post_url: str
    attachment: tuple[Attachment, ...]
    abstract: str
    relation: tuple[Relation, ...]
    is_expired: bool
    is_abolished: bool
    content: str


@dataclass(frozen=True)
class Core:
    """The core elements of GB/T 21063.3: name, abstract, provider, category, identifiers of resource and metadata; and the
    optional ones: day of publication, keywords, address, service, keeper and last change of the metadata.
    """

    title: str
    abstract: str
    provider: str
    category: str
    resource_id: str
    metadata_id: str
    published: str
    keywords: tuple[str, ...]
    link: str
    service: str
    keeper: str
    updated: str


ELEMENTS = {
    "title": "resTitle",
    "abstract": "abstract",
    "provider": "rpOrgName",
    "category": "cateName",
    "resource_id": "resID",
    "metadata_id": "mdId",
    "published": "pubDate",
    "keywords": "keyword",
    "link": "linkage",
    "service": "serviceInfo",
    "keeper": "mdContact",
    "updated": "mdDateUpd",
}
"""The element of each field, in their order; `keyword` stands once for each word."""


def article_of(site: Site, document: Document, files: Mapping[str, FileEntry]) -> Article:
    """Return a published document as it is handed over; `files` are those of the output."""
    notice, url = document.notice, absolute(site, document.address)
    validity = validity_on(notice, site.as_of)
    return Article(
        id=document.address.removesuffix(".html"),
        title=notice.title,
        document_number=notice.doc_no,
        publisher=notice.issuer or site.catalogue.site.host,
        keywords=notice.keywords,
        date=day(notice.written),
        created_at=moment(notice.published),
        display_publish_time=moment(notice.published),
        identifier=notice.index_no or notice.id,
        classify_main_name=site.columns[document.column].column.title,
        classify_genre_name=notice.category,
        classify_theme_name=notice.theme,
        url=url,
        post_url=url,
        attachment=tuple(
            Attachment(
                file.address,
                file.title,
                file.address.rpartition(".")[2].lower(),
                mimetypes.guess_type(file.address)[0] or "application/octet-stream",
                files[file.address].size,
                absolute(site, file.address),
                files[file.address].sha256,
            )
            for file in document.files
        ),
        abstract=notice.summary,
        relation=tuple(
            Relation(other.notice.title, absolute(site, other.address)) for other in site.named(document, "related")
        ),
        is_expired=validity is Validity.EXPIRED,
        is_abolished=validity is Validity.REPEALED,
        content=body_html(document, document.address),
    )


def core_of(site: Site, document: Document, article: Article) -> Core:
    """Return the core elements of a document."""
    notice = document.notice
    changed = max((item.on for item in notice.revisions_until(site.as_of)), default=notice.published_on)
    return Core(
        title=article.title,
        abstract=article.abstract or article.title,
        provider=article.publisher,
        category=article.classify_main_name,
        resource_id=article.identifier,
        metadata_id=article.id,
        published=article.display_publish_time[:10],
        keywords=article.keywords,
        link=article.url,
        service=notice.contact,
        keeper=site.catalogue.site.host,
        updated=day(changed),
    )


def json_text(article: Article) -> bytes:
    """Return an article as JSON; the same bytes for the same article."""
    return (json.dumps(asdict(article), ensure_ascii=False, indent=1) + "\n").encode()


def xml_text(core: Core) -> bytes:
    """Return the core elements as XML; the same bytes for the same elements."""
    root = ET.Element("metadata", {"xmlns": NAMESPACE})
    for field, element in ELEMENTS.items():
        value = getattr(core, field)
        for text in value if isinstance(value, tuple) else (value,):
            if text:
                ET.SubElement(root, element).text = text
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, "unicode")}\n'.encode()


def exports(site: Site, addresses: frozenset[str], files: Mapping[str, FileEntry]) -> dict[str, bytes]:
    """Return the export files of the documents whose page or attachment is among `addresses`, by name."""
    made: dict[str, bytes] = {}
    for document in site.listed:
        concerned = {document.address, *(file.address for file in document.files)}
        if concerned & addresses:
            article = article_of(site, document, files)
            made[f"{article.id}.json"] = json_text(article)
            made[f"{article.id}.xml"] = xml_text(core_of(site, document, article))
    return made
