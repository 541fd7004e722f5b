"""Text files beside the notices: `.txt` by lines, `.csv` by cells.

Owns their decoding: editors save them as Excel or Notepad do. Must not judge.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from build_site.loading.traces import prose, tables
from build_site.model.finding import Message
from build_site.model.text import Location, SourceFile
from build_site.model.traces import Trace

MAX_BYTES = 10 * 1024 * 1024
_MAX_CELLS = 300_000
_TOP = 5


def traces(file: Path, path: str) -> Iterator[Trace]:
    """Yield what a text file carries along; the part beyond `MAX_BYTES` is not read. Raises OSError for the disk."""
    with file.open("rb") as stream:
        text = _decoded(stream.read(MAX_BYTES))
    source = SourceFile(path, text)
    if file.suffix.lower() == ".csv":
        yield from _csv(source)
        stretches = list(prose.secrecy(text, top=_TOP))
    else:
        stretches = [*prose.scan(text), *prose.secrecy(text, top=_TOP)]
    for stretch in stretches:
        where = source.at(stretch.start, stretch.end - stretch.start)
        yield Trace(stretch.kind, where._replace(confidential=True), mark=stretch.mark)


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _csv(source: SourceFile) -> Iterator[Trace]:
    rows: list[list[str]] = []
    lines: list[int] = []
    left = _MAX_CELLS
    first = source.text[: source.text.find("\n")]
    reader = csv.reader(io.StringIO(source.text), delimiter="\t" if "\t" in first and "," not in first else ",")
    try:
        while left > 0:
            line = reader.line_num + 1
            row = next(reader, None)
            if row is None:
                break
            rows.append(row)
            lines.append(line)
            left -= len(row)
    except csv.Error:  # a field of more than 128 KB: what was read so far is read
        pass

    def place(row: int, column: int, at: int, length: int) -> tables.Spot:
        del at, length
        spot = Message(f"第 {lines[row]} 行第 {column + 1} 列", f"line {lines[row]}, cell {column + 1}")
        return Location(source.path, lines[row]), spot

    yield from tables.scan(tables.Table(rows, place, "csv"))
