"""The word list as records: words that official texts should not use, laws that no longer hold, numbers of known documents.

Owns the shape of `wording.yaml` and the meaning of each of its keys, in words for editors. Must not know YAML, nor
look for the words anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from build_site.model.record import Marks, Record
from build_site.model.spec import derived, keyed
from build_site.model.words import Unless


@dataclass(frozen=True, slots=True)
class Term(Record):
    """A wrong way to write something, 错词, with the right one, the reason, and where it is right after all."""

    wrong: tuple[str, ...] = keyed("错词", doc="不该用的写法，可写几个", example="帐户")
    reason: str = keyed("理由", doc="为什么不该这样写")
    right: tuple[str, ...] = keyed("正词", doc="应当用的写法，可写几个；只能给建议时不写，把建议写在理由里", default=())
    since: date | None = keyed("起始日期", doc="从哪一天起不再这样写；这一天以前成文的文件不查", default=None)
    unless: tuple[Unless, ...] = keyed(
        "除外", doc="在哪里是对的：书名号 里、引号 里、说 历史 的句子里、法规 的原文里", default=()
    )
    inside: tuple[str, ...] = keyed("除外词组", doc="在这些词组里是对的，逐条写", example="预防犯罪", default=())
    paths: tuple[str, ...] = keyed("范围", doc="只查这些文件，可用 * 代表任意字符；不写时查全站", default=())
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class FormerLaw(Record):
    """A law or rule that no longer holds, 已废止的法规, by the names and numbers under which it is cited."""

    cited: tuple[str, ...] = keyed(
        "引用", doc="怎样引用它：法规写名称，不带书名号和“中华人民共和国”；文号照原样写", example="民法通则"
    )
    ended: date = keyed("废止日期", doc="从哪一天起不再有效")
    now: str = keyed("现行规定", doc="现在依据什么", example="《中华人民共和国民法典》")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class KnownDocument(Record):
    """A document that is often cited, with its number, 常用文件."""

    title: str = keyed("名称", doc="文件的名称，不带书名号", example="政府网站发展指引")
    number: str = keyed("文号", doc="文件的发文字号", example="国办发〔2017〕47号")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Wording(Record):
    """The whole of `wording.yaml`."""

    terms: tuple[Term, ...] = keyed("词条", doc="不该用的写法", default=())
    laws: tuple[FormerLaw, ...] = keyed("废止的法规", doc="已经废止、不该再作为依据的法规", default=())
    documents: tuple[KnownDocument, ...] = keyed("常用文件", doc="常引用的文件和它的文号", default=())
    off: tuple[str, ...] = keyed("停用", doc="随程序提供的词表里不要查的词、法规或文件名称", default=())
    marks: Marks | None = derived()


def with_own(base: Wording, own: Wording) -> Wording:
    """Return the list of the program with that of a site over it.

    What the site switches off is gone from `base`, and what it defines itself takes the place of an entry of `base`.
    """
    gone = {*own.off, *(word for term in own.terms for word in term.wrong)}
    gone |= {name for law in own.laws for name in law.cited} | {known.title for known in own.documents}
    terms = [replace(term, wrong=_left(term.wrong, gone)) for term in base.terms]
    laws = [replace(law, cited=_left(law.cited, gone)) for law in base.laws]
    return Wording(
        terms=(*(term for term in terms if term.wrong), *own.terms),
        laws=(*(law for law in laws if law.cited), *own.laws),
        documents=(*(known for known in base.documents if known.title not in gone), *own.documents),
        off=own.off,
        marks=own.marks,
    )


def _left(words: Iterable[str], gone: set[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in gone)
