"""The base of every record that is read from YAML.

Owns where each key of a record was written. Must not know which records there are.
"""

from __future__ import annotations

from collections.abc import Mapping

from build_site.model.text import Location

Marks = Mapping[str, Location]


class Record:
    """Base of every record that is read from YAML: knows where each of its keys was written."""

    __slots__ = ()
    marks: Marks | None

    def at(self, name: str = "") -> Location:
        """Return where the value of field `name` stands, or where the record begins.

        `name.0`, `name.1` … are the items of a list.
        """
        marks = self.marks or {}
        return marks.get(name) or marks.get(name.partition(".")[0]) or marks.get("") or Location("catalog.yaml")
