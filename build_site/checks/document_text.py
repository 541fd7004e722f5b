"""What a document says, for rules that look for words in it.

Owns which of its texts count: the body, the names of its files, the titles of what it refers to. Must not know any rule.
"""

from __future__ import annotations

from collections.abc import Mapping

from build_site.loading.markup import visible_text
from build_site.model.site import Document, Site


def titles_by_address(site: Site) -> Mapping[str, str]:
    """Return the title of every document under its address."""
    return {document.address: document.notice.title for document in site.documents}


def text_of(document: Document, titles: Mapping[str, str]) -> str:
    """Return the visible text of a document, one line for each part: body, files, titles of what it refers to."""
    referred = (titles.get(reference.target.address, "") for reference in document.references)
    return "\n".join(
        (visible_text("".join(document.doc.body.parts)), *(file.title for file in document.files), *referred)
    )
