"""PDF files: the text of their pages, and who stands in their properties.

Owns what of a PDF is looked at. Must not know how it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_site.loading.pdf_file import Pdf
from build_site.loading.traces import numbers, prose, words
from build_site.loading.traces.package import property_traces
from build_site.model.finding import Message
from build_site.model.text import Location
from build_site.model.traces import Trace, TraceKind

_MAX_PAGES = 100
_PROPERTIES = {
    "Author": "creator",
    "Title": "title",
    "Subject": "subject",
    "Keywords": "keywords",
}
_NAMES = re.compile(r"姓\s*名")
_TOP = 5


def traces(pdf: Pdf, path: str) -> Iterator[Trace]:
    """Yield what the open PDF, published as `path`, carries along."""
    where = Location(path, confidential=True)
    for key, value in pdf.properties.items():
        if key in _PROPERTIES:
            yield from property_traces(where, _PROPERTIES[key], value)
    for number, text in pdf.texts(_MAX_PAGES):
        yield from _page(where, text, number)


def _page(where: Location, text: str, number: int) -> Iterator[Trace]:
    listed = bool(_NAMES.search(text)) and not words.STAFF.search(text) and len(list(numbers.find(text))) > 1
    spot = Message(f"第 {number} 页", f"page {number}")
    for stretch in (*prose.scan(text), *prose.secrecy(text, top=_TOP if number == 1 else 0)):
        in_list = listed and stretch.kind in (TraceKind.MOBILE, TraceKind.IDENTITY)
        yield Trace(stretch.kind, where, spot, f"p{number}", in_list, mark=stretch.mark)
