"""A table as a workbook for Excel.

Owns its look and that the same table is the same bytes. Must not know what the table holds.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime

_MADE = datetime(2020, 1, 1)  # a workbook says when it was made; the day of the build is no part of its content
_WIDEST = 50


def workbook(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], days: frozenset[int]) -> bytes:
    """Return an .xlsx file with one sheet called `title`: a head that stays in sight and can filter, then `rows`, in which
    the columns `days` hold dates as YYYY-MM-DD or nothing. Every other cell is text: nothing in it is taken for a formula
    or a number.
    """
    import xlsxwriter  # a tenth of a second, needed only when the table has changed

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": title, "created": _MADE})
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
            longest = max((_width(row[column]) for row in rows), default=0)
            sheet.set_column(column, column, min(max(longest, _width(head)) + 2, _WIDEST))
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if column in days and cell:
                    sheet.write_datetime(
                        number, column, datetime.combine(date.fromisoformat(cell), datetime.min.time()), day
                    )
                elif cell:
                    sheet.write_string(number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    return out.getvalue()


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
