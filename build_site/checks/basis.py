"""The rules by the texts that they rest on.

Owns how a legal basis is read: which law, standard or document, which article. Must not know how it is shown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from build_site.checks.rule import NO_BASIS, Rule

_NUMERAL = "[一二三四五六七八九十百零〇0-9.]+"
_DOCUMENT = r"[\u4e00-\u9fff]{2,12}〔\d{4}〕\d+号"
_SOURCE = re.compile(rf"《[^》]+》|{_DOCUMENT}|GB/T ?[\d.]+(?:[—-]\d{{4}})?|WCAG [\d.]+")
_ARTICLE = re.compile(
    rf"第 ?{_NUMERAL}(?:、{_NUMERAL})* ?条(?:之[一二三四五])?(?:第{_NUMERAL}款)?(?:第?[（(]?{_NUMERAL}[）)]?项)?"
    rf"|^{_NUMERAL}(?:（{_NUMERAL}）)+"
)
_LONG = "中华人民共和国"
_DIGITS = {numeral: number for number, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0}


@dataclass(frozen=True, slots=True)
class Basis:
    """One text and the rules that rest on it, by article; the article is empty where none is named."""

    source: str
    articles: tuple[tuple[str, tuple[Rule, ...]], ...]


def by_basis(rules: Iterable[Rule]) -> tuple[Basis, ...]:
    """Return the texts in order of the number of their rules; what rests on this project alone comes last.

    A rule with several texts or articles stands under each of them.
    """
    found: defaultdict[str, defaultdict[str, list[Rule]]] = defaultdict(lambda: defaultdict(list))
    for rule in sorted(rules, key=lambda rule: rule.code):
        for source, article in dict.fromkeys(places(rule.basis.zh)):
            found[source][article].append(rule)

    def rank(entry: tuple[str, dict[str, list[Rule]]]) -> tuple[object, ...]:
        source, articles = entry
        return (source == NO_BASIS.zh, -len({rule.code for held in articles.values() for rule in held}), source)

    return tuple(
        Basis(
            source,
            tuple((article, tuple(articles[article])) for article in sorted(articles, key=_article_order)),
        )
        for source, articles in sorted(found.items(), key=rank)
    )


def places(basis: str) -> list[tuple[str, str]]:
    """Return the texts named in a Chinese basis, each with its article; the whole wording where none is recognised."""
    cuts = _SOURCE.finditer(basis)
    kept: list[re.Match[str]] = []
    before: re.Match[str] | None = None
    for cut in cuts:
        if before is None or not _says_again(before, cut, basis):
            kept.append(cut)
        before = cut
    if not kept:
        return [(re.split("[：:，；]", basis)[0].strip(), "")]
    found = []
    for cut, after in zip_longest(kept, kept[1:]):
        rest = basis[cut.end() : after.start() if after else len(basis)].strip()
        articles = [article for one in _ARTICLE.finditer(rest) for article in _each(one[0].replace(" ", ""))]
        found += [(_source(cut[0]), article) for article in articles or [""]]
    return found


def _says_again(before: re.Match[str], cut: re.Match[str], basis: str) -> bool:
    """Return whether a number follows its title, or a title its number: one text, named twice."""
    between = basis[before.end() : cut.start()]
    return between in ("", "（", "(") and before[0].startswith("《") != cut[0].startswith("《")


def _each(article: str) -> list[str]:
    """Return 第1.1.1、1.3.1条 as two articles, everything else as it is."""
    first, *others = article.split("、")
    if not others:
        return [article]
    numerals = [first.removeprefix("第"), *others[:-1], others[-1].partition("条")[0]]
    return [*(f"第{numeral}条" for numeral in numerals[:-1]), f"第{others[-1]}"]


def _source(text: str) -> str:
    """Return a law under the one name that it has in this project."""
    short = text.replace(f"《{_LONG}", "《") if text.startswith(f"《{_LONG}") else text
    return "《政府信息公开条例》" if short == "《条例》" else short


def _article_order(article: str) -> tuple[object, ...]:
    first = re.search(_NUMERAL, article)
    return (bool(article), _number(first[0]) if first else 0, article)


def _number(numeral: str) -> float:
    """Return a Chinese or Arabic numeral as a number, to sort by."""
    if re.fullmatch(r"[0-9.]+", numeral):
        return float(numeral.split(".")[0] or 0)
    total, digit = 0, 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
    return total + digit
