"""Blocks as Markdown (CommonMark with the tables of GitHub).

Owns the form of a `.md` for programs that read texts. Must not know HTML, nor the Markdown that editors write.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from build_site.model.blocks import Block, BlockKind, Runs, TableCell, text_of

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_LINE_START = re.compile(r"^(\s*\d{0,9})([#>+.)-])(?=\s|$)")


def markdown(blocks: Sequence[Block]) -> str:
    """Return `blocks` as Markdown; what has a meaning in Markdown is escaped, so that reading it gives the same text."""
    parts: list[str] = []
    last: Block | None = None
    depth = 0  # of the list that what follows may go on: Markdown takes what stands deeper for code
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH:
            text = _paragraph(block, min(block.rank, depth))
        elif block.kind is BlockKind.ITEM:
            depth = min(block.rank, depth + 1)
            text = _item(block, depth)
        else:
            depth = 0
            text = _block(block)
        if block.quote:
            text = "\n".join((">" * block.quote + " " + line).rstrip() for line in text.split("\n"))
        tight = last is not None and _is_tight(last, block)
        parts += ["\n" if tight else "\n\n", text] if parts else [text]
        last = block
    return "".join(parts) + "\n" if parts else ""


def _is_tight(one: Block, other: Block) -> bool:
    """Whether two blocks are entries of one list: bullets and numbers are not."""
    alike = one.kind is other.kind and one.quote == other.quote and other.kind in (BlockKind.ITEM, BlockKind.PAIR)
    return alike and (one.rank != other.rank or bool(one.marker) is bool(other.marker) or one.kind is BlockKind.PAIR)


def _block(block: Block) -> str:
    match block.kind:
        case BlockKind.HEADING:
            return "#" * block.rank + " " + _runs(block.runs).replace("\n", " ")
        case BlockKind.PAIR:
            return f"- {_escaped(block.marker)}：{_runs(block.runs)}".replace("\n", " ")
        case BlockKind.CODE:
            text = text_of(block.runs).strip("\n")
            fence = "`" * max(3, max((len(run) for run in re.findall("`+", text)), default=0) + 1)
            return f"{fence}\n{text}\n{fence}"
        case BlockKind.RULE:
            return "---"
        case _:
            return _table(block)


def _item(block: Block, depth: int) -> str:
    text = f"{'    ' * (depth - 1)}{block.marker or '-'} {_runs(block.runs)}"
    return text.replace("\n", "  \n" + "    " * depth)


def _paragraph(block: Block, depth: int) -> str:
    lines = _runs(block.runs).split("\n")
    return "  \n".join("    " * depth + _LINE_START.sub(r"\1\\\2", line) for line in lines)


def _runs(runs: Runs) -> str:
    found = []
    for run in runs:
        text = _escaped(run.text)
        core = text.strip()
        if core and (run.bold or run.italic):
            mark = "*" * (2 * run.bold + run.italic)
            lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
            text = f"{lead}{mark}{core}{mark}{tail}"
        if run.href and core:
            text = f"[{text}](<{run.href.replace('<', '%3C').replace('>', '%3E')}>)"
        found.append(text)
    return "".join(found)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _table(block: Block) -> str:
    rows = [_spread(row) for row in block.rows]
    wide = max(len(row) for row in rows)
    rows = [[*row, *[""] * (wide - len(row))] for row in rows]
    head = rows.pop(0) if block.rank else [""] * wide
    lines = [head, ["---"] * wide, *rows]
    caption = [_runs(block.runs).replace("\n", " "), ""] if block.runs else []
    return "\n".join([*caption, *(f"| {' | '.join(line)} |" for line in lines)])


def _spread(row: Sequence[TableCell]) -> list[str]:
    """Return the cells of a row; one that reaches over several columns is followed by empty ones."""
    return [part for cell in row for part in (_runs(cell.runs).replace("\n", " "), *[""] * (cell.columns - 1))]
