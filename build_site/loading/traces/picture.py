"""Pictures: whether one says where it was taken.

Owns the way to the EXIF block of JPEG, PNG and WebP and to the position in it. Must not know the rest of a picture.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_GPS = 0x8825
_LATITUDE = 2
_MOST_ENTRIES = 200


def has_position(data: bytes) -> bool:
    """Whether the beginning of a picture holds a GPS position; damaged blocks hold none."""
    try:
        return any(_located(block) for block in _blocks(data))
    except (struct.error, IndexError):
        return False


def _blocks(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"\xff\xd8"):
        yield from _jpeg(data)
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        yield from _chunks(data, 8, b"eXIf", ">I4s", 4)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        yield from _chunks(data, 12, b"EXIF", "<4sI", 0)


def _jpeg(data: bytes) -> Iterator[bytes]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, size = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        if marker == 0xDA or size < 2:
            return
        if marker == 0xE1 and data[at + 4 : at + 10] == b"Exif\x00\x00":
            yield data[at + 10 : at + 2 + size]
        at += 2 + size


def _chunks(data: bytes, at: int, wanted: bytes, form: str, tail: int) -> Iterator[bytes]:
    while at + 8 <= len(data):
        one, other = struct.unpack_from(form, data, at)
        name, size = (one, other) if isinstance(one, bytes) else (other, one)
        if name == wanted:
            yield data[at + 8 : at + 8 + size].removeprefix(b"Exif\x00\x00")
        at += 8 + size + tail + (size % 2 if tail == 0 else 0)


def _located(block: bytes) -> bool:
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None:
        return False
    entries = dict(_entries(block, struct.unpack_from(order + "I", block, 4)[0], order))
    place = entries.get(_GPS)
    return place is not None and _LATITUDE in dict(_entries(block, place, order))


def _entries(block: bytes, at: int, order: str) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(order + "H", block, at)
    for number in range(min(count, _MOST_ENTRIES)):
        tag, _, _, value = struct.unpack_from(order + "HHII", block, at + 2 + 12 * number)
        yield tag, value
