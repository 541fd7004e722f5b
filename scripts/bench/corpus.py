"""Notices made from a seed: the same text for every generator.

Owns what a generated notice says. The same number and seed give the same bytes on every machine and Python. Must not know how any
generator wants a notice written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random

from scripts.bench import vocabulary as words

FIRST_DAY = date(2017, 1, 3)
LAST_DAY = date(2026, 11, 6)
AS_OF = date(2026, 11, 9)
"""The day for which sites of these notices are built."""
_LEAST, _MOST = 1_500, 3_100  # bytes of a body at which no further section begins
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Text:
    """A block of Markdown that is the same for every generator."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A paragraph with a link to another notice: words before it, number of the notice, words behind."""

    before: str
    target: int
    behind: str


Block = Text | Reference


@dataclass(frozen=True)
class Notice:
    """A generated notice. `column` holds the keys of both levels, `topic` is a key, `serial` counts through a year."""

    number: int
    column: tuple[str, str]
    topic: str
    title: str
    category: str
    issuer: str
    doc_no: str
    day: date
    serial: int
    summary: str
    blocks: tuple[Block, ...]

    @cached_property
    def name(self) -> str:
        """The name of the notice's file and page, without an ending."""
        return f"n{self.number:06}"

    @property
    def place(self) -> str:
        """The way from the content folder to the notice, without an ending."""
        return f"{self.column[0]}/{self.column[1]}/{self.name}"


def corpus(count: int, seed: int = 1) -> tuple[Notice, ...]:
    """Return `count` notices in the order of their days."""
    span = (LAST_DAY - FIRST_DAY).days
    serials: dict[int, int] = {}
    made = []
    for number in range(count):
        day = FIRST_DAY + timedelta(days=span * (number + 1) // count)
        serials[day.year] = serials.get(day.year, 0) + 1
        made.append(_notice(number, count, seed, day, serials[day.year]))
    return tuple(made)


def markdown(notice: Notice, notices: tuple[Notice, ...], link: Callable[[Notice, Notice], str]) -> str:
    """Return the body of a notice; `link` says how the first notice names the second one in a link."""
    parts = []
    for block in notice.blocks:
        if isinstance(block, Text):
            parts.append(block.markdown)
        else:
            target = notices[block.target]
            parts.append(f"{block.before}[{target.title}]({link(notice, target)}){block.behind}")
    return "\n\n".join(parts) + "\n"


def _notice(number: int, count: int, seed: int, day: date, serial: int) -> Notice:
    chance = Random(f"{seed}/{number}")
    column = _column(chance)
    issuer, short = chance.choice(words.ISSUERS)
    category, ending = chance.choice(words.ENDINGS)
    matter = chance.choice(words.MATTERS)
    title = f"{issuer}关于{chance.choice(words.VERBS)}{day.year}年{chance.choice(words.PLACES)}{matter}{ending}"
    return Notice(
        number,
        column,
        chance.choice(words.TOPICS)[0],
        title,
        category,
        issuer,
        f"{short}发〔{day.year}〕{serial}号",
        day,
        serial,
        f"{issuer}就{matter}作出安排，{chance.choice(words.AIMS)}。",
        tuple(_blocks(chance, number, count, day, matter)),
    )


def _column(chance: Random) -> tuple[str, str]:
    """Return the keys of a column; those further up are fuller, as on real sites."""
    top = words.COLUMNS[min(chance.randrange(len(words.COLUMNS)), chance.randrange(len(words.COLUMNS)))]
    return top[0], chance.choice(top[2])[0]


def _blocks(chance: Random, number: int, count: int, day: date, matter: str) -> list[Block]:
    blocks: list[Block] = [Text("各有关单位，各街道、乡镇："), Text(_paragraph(chance, day, matter))]
    limit = chance.randrange(_LEAST, _MOST)
    references = chance.randrange(1, 4) if count > 1 else 0
    first = chance.randrange(len(words.HEADINGS))
    table_in = chance.choice((0, 1, 2, -1, -1, -1))  # half of the notices have none
    section = 0
    size = sum(len(block.markdown.encode()) for block in blocks if isinstance(block, Text))
    while size < limit and section < len(_NUMERALS):
        added: list[Block] = [
            Text(f"## {_NUMERALS[section]}、{words.HEADINGS[(first + 5 * section) % len(words.HEADINGS)]}"),
            Text(_paragraph(chance, day, matter)),
        ]
        if section % 2 == 0:
            added.append(Text(_list(chance)))
        if section == table_in:
            added.append(Text(_table(chance)))
        if references and chance.randrange(2):
            references -= 1
            added.append(_reference(chance, number, count))
        blocks += added
        size += sum(len(block.markdown.encode()) if isinstance(block, Text) else 150 for block in added)
        section += 1
    blocks += [_reference(chance, number, count) for _ in range(references)]
    return blocks


def _reference(chance: Random, number: int, count: int) -> Reference:
    target = (number + 1 + chance.randrange(count - 1)) % count
    return Reference(
        chance.choice(("同类工作的安排见", "执行中可以对照", "以前的做法见")),
        target,
        chance.choice(("。", "，请一并执行。")),
    )


def _paragraph(chance: Random, day: date, matter: str) -> str:
    return "".join(_sentence(chance, day, matter) for _ in range(chance.randrange(2, 4)))


def _sentence(chance: Random, day: date, matter: str) -> str:
    place, other = chance.choice(words.PLACES), chance.choice(words.PLACES)
    duty, aim = chance.choice(words.DUTIES), chance.choice(words.AIMS)
    issuer = chance.choice(words.ISSUERS)[0]
    amount = chance.randrange(20, 900)
    pattern = chance.randrange(8)
    if pattern == 0:
        return f"{place}在{matter}中要{duty}，{aim}。"
    if pattern == 1:
        return f"截至{day.year}年{day.month}月，{place}和{other}已经安排{matter}项目{amount}个，**到位资金{amount * 7}万元**。"
    if pattern == 2:
        return f"{issuer}牵头，其他单位配合，{duty}。"
    if pattern == 3:
        return f"申请人可以在工作日到{place}的服务窗口提交材料，窗口在{chance.randrange(3, 16)}个工作日内给出书面答复。"
    if pattern == 4:
        return f"对没有按时完成的，由{issuer}发出提示，并{duty}。"
    if pattern == 5:
        return f"这项工作坚持先急后缓、先易后难，在{place}、{other}先行，{aim}。"
    if pattern == 6:
        return f"各单位应当把{matter}纳入年度计划，{duty}，{aim}。"
    return f"{matter}的资金实行专账管理，{place}每{chance.choice(('月', '季度', '半年'))}公布一次使用情况。"


def _list(chance: Random) -> str:
    count = chance.randrange(3, 6)
    mark = "-" if chance.randrange(2) else "1."
    lines = [f"{chance.choice(words.DUTIES)}，{chance.choice(words.AIMS)}" for _ in range(count)]
    return "\n".join(
        f"{mark if mark == '-' else f'{i}.'} {line}{'。' if i == count else '；'}" for i, line in enumerate(lines, 1)
    )


def _table(chance: Random) -> str:
    kind = chance.randrange(len(words.TABLES))
    rows = [words.TABLES[kind], ("---",) * len(words.TABLES[kind])]
    for number in range(1, chance.randrange(4, 8)):
        cells = (
            (chance.choice(words.MATTERS), chance.choice(words.ISSUERS)[0], str(chance.randrange(1, 400))),
            (chance.choice(words.PLACES), str(chance.randrange(10, 9000)), chance.choice(words.REMARKS)),
            (chance.choice(words.MATTERS), str(chance.randrange(1, 60)), chance.choice(words.REMARKS)),
        )[kind]
        rows.append((str(number), *cells))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
