"""An item of the standard catalogue in the official words, for the page and for the data files.

Owns the wording of its cells. Must not know columns.
"""

from __future__ import annotations

from build_site.model.columns import CatalogItem


def audience(item: CatalogItem) -> str:
    """Return 公开对象: for a special group, with who that is."""
    return item.audience.zh + (f"（{item.audience_note}）" if item.audience_note else "")


def item_cells(number: int, item: CatalogItem) -> tuple[str, ...]:
    """Return the number and the ten official cells of an item (国办发〔2019〕54号); several entries of one cell on lines."""
    return (
        str(number),
        item.level1,
        item.level2,
        "\n".join(item.elements),
        "\n".join(item.basis),
        item.deadline,
        item.body,
        "\n".join(item.channels),
        audience(item),
        item.mode.zh,
        item.level,
    )
