"""Blocks as plain text.

Owns the form of a `.txt`: for people with any program, and for a printer. Must not know HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from build_site.model.blocks import Block, BlockKind, text_of


def plain_text(blocks: Sequence[Block]) -> str:
    """Return `blocks` as text: a blank line between blocks, but not between entries of a list or labelled facts; cells of a table
    are parted by tabs, so that a table can be pasted into a workbook.
    """
    lines: list[str] = []
    last: Block | None = None
    for block in blocks:
        if last is not None and not _belongs(last, block):
            lines.append("")
        lines += _lines(block)
        last = block
    return "\n".join(lines) + "\n" if lines else ""


def _belongs(one: Block, other: Block) -> bool:
    return one.kind is other.kind and one.kind in (BlockKind.ITEM, BlockKind.PAIR) and one.quote == other.quote


def _lines(block: Block) -> Iterator[str]:
    text = text_of(block.runs)
    match block.kind:
        case BlockKind.ITEM:
            indent = "  " * (block.rank - 1)
            text = f"{indent}{block.marker or '·'} {text}".replace("\n", f"\n{indent}  ")
        case BlockKind.PAIR:
            text = f"{block.marker}：{text}"
        case BlockKind.RULE:
            text = "——————"
        case BlockKind.TABLE:
            rows = ["\t".join(text_of(cell.runs).replace("\n", " ") for cell in row) for row in block.rows]
            text = "\n".join(([text] if text else []) + rows)
        case _:
            pass
    prefix = "> " * block.quote
    for line in text.split("\n"):
        yield (prefix + line).rstrip()
