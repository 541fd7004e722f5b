"""Rules on words: what the word list says is wrong, and laws that no longer hold.

Owns their codes, wording and documentation. They report and suggest; an official text is never edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from build_site.checks.documents import day_of, is_over, published
from build_site.checks.rule import Rule, Scope
from build_site.checks.terms import automaton, covered, row, sentence, tells_of_the_past, within
from build_site.model.finding import Fault, Finding, Message, Severity
from build_site.model.site import Document, Site
from build_site.model.wording import FormerLaw, Term
from build_site.model.words import Unless

M = Message
_STATUTE = re.compile(r"(?:法|条例)(?:[（(][^）)]*[）)])?$")
_PAPER = re.compile(r"^[^，,；：:]{0,30}的?(?:通知|意见|批复|函|决定|公告|通告|办法|规定|解释|细则|方案)")
_REPEAL = re.compile(r"废止|失效|修订|修改|替代|取代|宣布")
_QUOTED_ARTICLE = re.compile(
    r"《[^《》]*(?:法|条例)(?:[（(][^）)]*[）)])?》[^。\n]{0,12}?第[一二三四五六七八九十百零〇0-9]+条"
    r"(?:第[一二三四五六七八九十0-9]+[款项])?(?:规定)?[\s：:“|]"
)
_NUMBER = re.compile(r"第?\d+号$")


def _wrong_terms(site: Site) -> Iterator[Finding]:
    by_word = {word: term for term in site.wording.terms for word in term.wrong}
    pattern = automaton(by_word)
    if pattern is None:
        return
    for document in published(site):
        prose = document.doc.prose
        told: set[str] = set()
        for match in pattern.finditer(prose.text):
            word = match[0]
            term = by_word[word]
            if word in told or not _applies(term, site, document) or _is_right(term, prose.text, match):
                continue
            told.add(word)
            yield Finding(
                prose.at(match.start(), len(word)),
                M(f"“{word}”的写法不对：{term.reason}", f"“{word}” is not the word to use: {term.reason}"),
                _instead(term),
            )


def _applies(term: Term, site: Site, document: Document) -> bool:
    if term.paths and not any(fnmatchcase(document.path, path) for path in term.paths):
        return False
    if Unless.STATUTE in term.unless and _STATUTE.search(document.notice.title):
        return False
    if Unless.HISTORY in term.unless and any(word in document.notice.issuer for word in term.wrong):
        return False  # whoever issues the document is called as it calls itself
    return term.since is None or day_of(site, document) >= term.since


def _is_right(term: Term, text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    if term.inside and covered(text, start, end, term.inside):
        return True
    for right in term.right:  # 鲜族 is part of 朝鲜族
        if match[0] in right and covered(text, start, end, (right,)):
            return True
    if Unless.STATUTE in term.unless and _QUOTED_ARTICLE.search(text, text.rfind("\n", 0, start) + 1, start):
        return True  # a list of powers and duties gives each article as the law has it
    if Unless.TITLE in term.unless and within(text, start, "《", "》"):
        return True
    if Unless.QUOTE in term.unless and (within(text, start, "“", "”") or within(text, start, "「", "」")):
        return True
    if Unless.HISTORY not in term.unless:
        return False
    if text.startswith(("令", "公告"), end):
        return True  # 农业部令2015年第3号 keeps the name under which it was issued
    words = row(text, start, end) or sentence(text, start, end)  # in a table the year has a cell of its own
    return tells_of_the_past(words, term.since.year if term.since else 0)


def _instead(term: Term) -> Message:
    if not term.right:
        return M("按理由里的建议改写；原文如此的，加引号", "follow the advice; quote it where the original has it")
    zh, en = "或".join(f"“{word}”" for word in term.right), " or ".join(f"“{word}”" for word in term.right)
    return M(
        f"改成{zh}；正式文件原文如此的，先与原件核对", f"write {en}; compare with the original of an official text"
    )


def _former_laws(site: Site) -> Iterator[Finding]:
    by_citation = {form: law for law in site.wording.laws for name in law.cited for form in _forms(name)}
    pattern = automaton(by_citation)
    if pattern is None:
        return
    for document in published(site):
        if is_over(site, document) or _STATUTE.search(document.notice.title):
            continue  # nobody here may change the words of a law
        prose = document.doc.prose
        day = day_of(site, document)
        told: set[int] = set()
        for match in pattern.finditer(prose.text):
            law = by_citation[match[0]]
            if id(law) in told or day < law.ended or _is_history(prose.text, match, law):
                continue
            told.add(id(law))
            ended = f"{law.ended.year}年{law.ended.month}月{law.ended.day}日"
            yield Finding(
                prose.at(match.start(), len(match[0])),
                M(f"{match[0]}已经从{ended}起不再有效", f"{match[0]} no longer holds since {law.ended}"),
                M(f"改为依据{law.now}；确实在说过去的，写明“当时的”或“原”", f"cite {law.now}; where the past is meant, say so"),
            )  # fmt: skip


def _forms(name: str) -> tuple[str, ...]:
    if _NUMBER.search(name):
        return (name,)
    return f"《{name}》", f"《中华人民共和国{name}》"


def _is_history(text: str, match: re.Match[str], law: FormerLaw) -> bool:
    start, end = match.span()
    words = sentence(text, start, end)
    if tells_of_the_past(words, 0) or "施行前" in words or "公布" in words:
        return True
    if tells_of_the_past(words.partition(match[0])[0], law.ended.year):
        return True  # 2019年3月，法院依据…判决
    if _REPEAL.search(row(text, start, end)) or _names_a_paper(words, match[0]):
        return True
    return within(text, start, "〈", "〉") or within(text, start, "“", "”") or _inside_title(text, start, match[0])


def _names_a_paper(words: str, cited: str) -> bool:
    """Whether a citation stands in the title of a paper without marks of a title: 关于贯彻《合同法》的通知."""
    before, _, after = words.partition(cited)
    return "关于" in before and _PAPER.search(after) is not None and not re.search(r"[，,：:]", before)


def _inside_title(text: str, start: int, cited: str) -> bool:
    """Whether a citation stands inside the title of another document: 《关于贯彻《合同法》的通知》."""
    return cited[0] == "《" and within(text, start, "《", "》")


def _useless_word(fault: Fault) -> Finding:
    word, right = fault.get("word"), fault.get("right")
    if fault.get("why") == "unknown":
        return Finding(
            fault.where,
            M(f"随程序提供的词表里没有“{word}”，停用不起作用", f"the program's list has no “{word}” to switch off"),
            M("对照词表写成一样的词，或删除这一项", "write the word as the list has it, or delete the entry"),
        )
    if fault.get("why") == "contained":
        return Finding(
            fault.where,
            M(f"错词“{word}”是正词“{right}”的一部分，写对了也会被提示", f"“{word}” is part of its own right form “{right}”"),
            M(f"把“{right}”写进“除外词组”，或把错词写长一些", f"put “{right}” under `inside`, or make the wrong word longer"),
        )  # fmt: skip
    if fault.get("why") == "short":
        return Finding(
            fault.where,
            M(f"错词“{word}”只有一个字，到处都会被提示", f"“{word}” is a single character and would be found everywhere"),
            M("连同前后的字一起写", "write it with the characters around it"),
        )  # fmt: skip
    return Finding(
        fault.where,
        M(f"错词“{word}”写了两次，只有后一次起作用", f"“{word}” is listed twice; only the last entry counts"),
        M("合并成一条", "make one entry of the two"),
    )


WORDING_RULES: tuple[Rule, ...] = (
    Rule(
        "WRD101",
        "wrong-term",
        Severity.WARNING,
        M("用词不对", "wrong term"),
        M("错别字、已经撤销的机构和不规范的提法，公众一眼就能看出来；检查也把“错敏词”列为问题。", "Wrong characters, bodies that no longer exist and terms to avoid are what readers and inspectors notice first."),
        M("照提示改；对词表有不同意见的，在站点的 wording.yaml 里“停用”这个词。", "Write what is suggested; where the list is wrong for you, switch the word off in the site's wording.yaml."),
        "请到民政局优抚科开设帐户。",
        "请到退役军人事务局开设账户。",
        basis=M("国办秘函〔2019〕19号：政府网站不得有严重表述错误", "国办秘函〔2019〕19号: no serious misstatements on a government site"),
        scope=Scope.DOCUMENT,
        site=_wrong_terms,
    ),
    Rule(
        "WRD102",
        "repealed-law-cited-as-current",
        Severity.WARNING,
        M("把已经废止的法规当作依据", "repealed law cited as current"),
        M("依据已经废止，公众照着去查、去申请就会走错；文件成文时它还有效的，不会提示。", "Whoever relies on a repealed law goes wrong. A document written while it still held is not reported."),
        M("改成现行的法规；讲过去的事时写明“当时的”或“原”。", "Cite the law in force; say so where the past is meant."),
        "根据《退役士兵安置条例》办理。",
        "根据《退役军人安置条例》办理。",
        basis=M("《中华人民共和国政府信息公开条例》第六条：及时、准确地公开政府信息", "政府信息公开条例 art. 6: information is disclosed promptly and accurately"),
        scope=Scope.DOCUMENT,
        site=_former_laws,
    ),
    Rule(
        "WRD103",
        "useless-word",
        Severity.WARNING,
        M("词表里的一条不起作用", "useless entry of the word list"),
        M("停用了没有的词，或者错词写得太宽，检查的结果就不是编辑想要的。", "A word switched off that is not in the list, or one that is found everywhere, does not do what was meant."),
        M("照提示改 wording.yaml。", "Correct wording.yaml as told."),
        "停用: [账户]",
        "停用: [帐户]",
        scope=Scope.CATALOGUE,
        fault=_useless_word,
    ),
)  # fmt: skip
