"""PDF files: the text of their pages, and who stands in their properties.

Owns the use of pypdf for text, with limits. Must not know how a page looks.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

from build_site.loading.traces import numbers, prose, words
from build_site.loading.traces.package import property_traces
from build_site.model.finding import Message
from build_site.model.text import Location
from build_site.model.traces import Trace, TraceKind

_MAX_PAGES = 100  # some 50 ms each
_MAX_STREAM = 512 * 1024
_MAX_STREAMS = 4 * 1024 * 1024
_PROPERTIES = {
    "/Author": "creator",
    "/Title": "title",
    "/Subject": "subject",
    "/Keywords": "keywords",
}
_NAMES = re.compile(r"姓\s*名")
_TOP = 5


def traces(file: Path, path: str) -> Iterator[Trace]:
    """Yield what a PDF carries along. A file that cannot be read carries nothing that could be seen."""
    from pypdf import PdfReader  # 100 ms: only when there is a PDF to look into

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    where = Location(path, confidential=True)
    found: list[Trace] = []
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            return
        for key, value in (reader.metadata or {}).items():
            if key in _PROPERTIES and isinstance(value, str):
                found += property_traces(where, _PROPERTIES[key], value)
        left = _MAX_STREAMS
        for number in range(min(len(reader.pages), _MAX_PAGES)):
            page = reader.pages[number]
            contents = page.get_contents()
            size = len(contents.get_data()) if contents is not None else 0
            left -= size
            if left < 0:
                break
            if 0 < size <= _MAX_STREAM:
                found += _page(where, page.extract_text(), number + 1)
    except Exception:  # whatever a damaged file does to the reader; attachments.py says that it is damaged
        pass
    yield from found


def _page(where: Location, text: str, number: int) -> Iterator[Trace]:
    listed = bool(_NAMES.search(text)) and not words.STAFF.search(text) and len(list(numbers.find(text))) > 1
    spot = Message(f"第 {number} 页", f"page {number}")
    for stretch in (*prose.scan(text), *prose.secrecy(text, top=_TOP if number == 1 else 0)):
        in_list = listed and stretch.kind in (TraceKind.MOBILE, TraceKind.IDENTITY)
        yield Trace(stretch.kind, where, spot, f"p{number}", in_list, mark=stretch.mark)
