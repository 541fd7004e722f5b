"""How far a check of a live site has come, in a file, so that the next one goes on where this one was ended.

Owns the form of that file: a line that names what is compared, then one for every file that is done. Must not judge.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from build_site.publishing.injected import Injected
from build_site.publishing.verify import Difference, Kind


class Resume:
    """The file `file`; `mark` names copy and manifest. A file of another mark, or a damaged one, is begun anew."""

    def __init__(self, file: Path | None, mark: str) -> None:
        """Read what is known. Raises OSError when the file can neither be read nor written."""
        self._file = file
        self._stream: TextIO | None = None
        self.done: dict[str, Difference | None] = dict(_read(file, mark)) if file else {}
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            aside = file.with_name(f"{file.name}.new")
            with aside.open("w", encoding="utf-8") as stream:
                stream.write(json.dumps({"mark": mark}) + "\n")
                stream.writelines(_line(address, found) for address, found in self.done.items())
            aside.replace(file)
            self._stream = file.open("a", encoding="utf-8")

    def add(self, address: str, found: Difference | None) -> None:
        """Remember what was found at an address."""
        self.done[address] = found
        if self._stream is not None:
            self._stream.write(_line(address, found))
            self._stream.flush()

    def close(self, finished: bool) -> None:
        """Close the file; when everything was read it goes."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        if finished and self._file is not None:
            self._file.unlink(missing_ok=True)


def _read(file: Path, mark: str) -> Iterator[tuple[str, Difference | None]]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return
    with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, IndexError):
        if json.loads(lines[0])["mark"] != mark:
            return
        for line in lines[1:]:
            told = json.loads(line)  # the last line may be half of one: then its file is read again
            yield told["address"], difference_of(told["found"]) if told["found"] else None


def _line(address: str, found: Difference | None) -> str:
    return json.dumps({"address": address, "found": told(found) if found else None}, ensure_ascii=False) + "\n"


def told(found: Difference) -> dict[str, Any]:
    """Return a difference as JSON has it."""
    pieces = [{"element": one.element, "host": one.host, "code": one.shown} for one in found.injected]
    return {"kind": found.kind.value, "address": found.address, "note": found.note, "injected": pieces}


def difference_of(values: dict[str, Any]) -> Difference:
    """Return the difference that `told` made into `values`. Raises KeyError, ValueError for others."""
    pieces = tuple(Injected(one["element"], one["host"], one["code"], 0, 0) for one in values["injected"])
    return Difference(Kind(values["kind"]), values["address"], values["note"], pieces)
