from __future__ import annotations

from datetime import date, datetime

import pytest

from build_site.loading.binding import Binder, entries
from build_site.loading.yaml_nodes import YamlText, compose
from build_site.model.columns import Agency, CatalogItem, Catalogue, Column, Explanation, SiteInfo, Topic
from build_site.model.finding import Fault
from build_site.model.notice import AttachmentRef, Notice, Revision
from build_site.model.record import Record
from build_site.model.words import OpenStage, State, Validity

RECORDS: list[type[Record]] = [
    Agency,
    AttachmentRef,
    CatalogItem,
    Catalogue,
    Column,
    Explanation,
    Notice,
    Revision,
    SiteInfo,
    Topic,
]


def bind(text: str, cls: type = Notice) -> tuple[object, list[Fault]]:
    source = YamlText("a.md", text)
    node, faults = compose(source)
    assert node is not None, faults
    binder = Binder(source)
    return binder.record(node, cls), binder.faults


def notice(text: str) -> Notice:
    found, faults = bind("title: 通知\n" + text)
    assert faults == []
    assert isinstance(found, Notice)
    return found


def faults_of(text: str, cls: type = Notice) -> list[tuple[str, int, int]]:
    _, faults = bind(text, cls)
    return [(fault.kind, fault.where.line, fault.where.column) for fault in faults]


@pytest.mark.parametrize("cls", RECORDS)
def test_no_spelling_of_a_record_means_two_keys(cls: type[Record]) -> None:
    """English names and Chinese aliases of one record never clash."""
    spellings = [spelling for entry in entries(cls) for spelling in (entry.name, *entry.spec.aliases)]
    assert len(spellings) == len(set(spellings))
    assert all(entry.spec.doc for entry in entries(cls))
    assert {entry.name for entry in entries(cls)} | {"marks"} == set(getattr(cls, "__match_args__", ()))


@pytest.mark.parametrize("cls", RECORDS)
def test_every_key_has_a_chinese_name(cls: type[Record]) -> None:
    """An editor never needs an English key."""
    for entry in entries(cls):
        assert entry.spec.aliases
        assert not entry.spec.aliases[0].isascii()
        assert entry.label == entry.spec.aliases[0]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("index_no: '1'", "索引号: '1'"),
        ("validity: in-force", "有效性: 现行有效"),
        ("related: [a.md, b.md]", "相关文件:\n  - a.md\n  - b.md"),
        ("attachments: a.pdf", "附件: [{文件: a.pdf}]"),
        ("revisions: [{on: 2020-01-01, note: 错字}]", "更正记录: [{日期: 2020-01-01, 说明: 错字}]"),
        (
            "revisions: [{on: 2020-01-01, note: 续报, kind: added}]",
            "更正记录: [{日期: 2020-01-01, 说明: 续报, 类型: 补充}]",
        ),
        ("state: draft", "状态: 草稿"),
    ],
)
def test_english_and_chinese_bind_alike(english: str, chinese: str) -> None:
    """The same record comes from both languages."""
    assert notice(english) == notice(chinese)


def test_values() -> None:
    """Texts, days, words and lists come out as their types."""
    found = notice(
        "written: 2020-02-29\nvalidity: 试行\nopen_stage: 决策公开\nkeywords: 甲，乙;丙\nstate: 已撤回\ninterprets: a.md"
    )
    assert found.written == date(2020, 2, 29)
    assert (found.validity, found.open_stage, found.state) == (Validity.TRIAL, OpenStage.DECISION, State.WITHDRAWN)
    assert (found.keywords, found.interprets) == (("甲", "乙", "丙"), ("a.md",))


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2020-11-17", date(2020, 11, 17)),
        ("2020-11-17 09:30", datetime(2020, 11, 17, 9, 30)),
        ("2020-11-17T09:30:59", datetime(2020, 11, 17, 9, 30)),
        ("2020-11-17 09:30:00+08:00", datetime(2020, 11, 17, 9, 30)),
        ("'2020-11-17'", date(2020, 11, 17)),
        ("", None),
        ("~", None),
        ("null", None),
    ],
)
def test_moments(written: str, moment: date | None) -> None:
    """A day may have a time; an empty value is no value."""
    assert notice(f"published: {written}").published == moment


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [
        ("2020年11月7日", "2020-11-07"),
        ("2020/11/7", "2020-11-07"),
        ("2020.1.2", "2020-01-02"),
        ("20201107", "2020-11-07"),
        ("2020-1-2", "2020-01-02"),
        ("2020-13-01", ""),
        ("2021-02-29", ""),
        ("昨天", ""),
        ("2020-11-17Z", ""),
        ("２０２０-11-17", "2020-11-17"),
    ],
)
def test_wrong_days_are_faults_with_a_suggestion(written: str, suggestion: str) -> None:
    """A day in another form is never guessed, but the right form is offered."""
    found, faults = bind(f"title: x\nwritten: {written}")
    (fault,) = faults
    assert (fault.kind, fault.where.line, fault.where.column) == ("invalid-value", 2, 10)
    assert fault.get("suggestion") == suggestion
    assert isinstance(found, Notice)
    assert found.written is None


@pytest.mark.parametrize("word", ["true", "True", "yes", "是", "TRUE"])
def test_yes(word: str) -> None:
    """Yes has English and Chinese spellings."""
    found, faults = bind(f"name: a\ndomain: a.cn\nsite_code: '1'\nhost: a\nsample: {word}", SiteInfo)
    assert faults == []
    assert isinstance(found, SiteInfo)
    assert found.sample is True


@pytest.mark.parametrize("word", ["false", "No", "否"])
def test_no(word: str) -> None:
    """No has English and Chinese spellings."""
    found, _ = bind(f"name: a\ndomain: a.cn\nsite_code: '1'\nhost: a\nsample: {word}", SiteInfo)
    assert isinstance(found, SiteInfo)
    assert found.sample is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("published: 2020-01-01", [("missing-field", 1, 1)]),
        ("title:", [("missing-field", 1, 7)]),
        ("title: x\nzz: 1", [("unknown-key", 2, 1)]),
        ("title: x\ntitle: y", [("duplicate-key", 2, 1)]),
        ("title: x\n标题: y", [("duplicate-key", 2, 1)]),
        ("title: [x]", [("invalid-value", 1, 8)]),
        ("title: {a: b}", [("invalid-value", 1, 8)]),
        ("title: x\nvalidity: 好", [("invalid-value", 2, 11)]),
        ("title: x\nkeywords:\n  - 甲\n  - [乙]", [("invalid-value", 4, 5)]),
        ("title: x\nrelated: {a: b}", [("invalid-value", 2, 10)]),
        ("title: x\nattachments: {file: a.pdf}", [("invalid-value", 2, 14)]),
        ("title: x\nattachments:\n  - title: a", [("missing-field", 3, 5)]),
        ("title: x\nrevisions: 错字", [("invalid-value", 2, 12)]),
        ("title: x\nrevisions:\n  - 错字", [("invalid-yaml", 3, 5)]),
        ("title: x\nid: A_b", [("invalid-value", 2, 5)]),
        ("- title", [("invalid-yaml", 1, 1)]),
        ("标题：x", [("invalid-yaml", 1, 1)]),
        ("title: x\n[a]: b", [("invalid-yaml", 2, 1)]),
        ("zz: 1\nyy: 2", [("unknown-key", 1, 1), ("unknown-key", 2, 1), ("missing-field", 1, 1)]),
    ],
)
def test_faults_stand_at_their_place(text: str, expected: list[tuple[str, int, int]]) -> None:
    """Every kind of fault, all in one pass, at exactly its place."""
    assert faults_of(text) == expected


@pytest.mark.parametrize(
    ("key", "suggestion"),
    [("titel", "title"), ("标提", "标题"), ("有效其至", "有效期至"), ("Published", "published"), ("zzzzzz", "")],
)
def test_unknown_keys_suggest_the_nearest(key: str, suggestion: str) -> None:
    """A misspelt key names the one it is near to, in the same language."""
    _, faults = bind(f"title: x\n{key}: y")
    (fault,) = [fault for fault in faults if fault.kind == "unknown-key"]
    assert (fault.get("key"), fault.get("suggestion")) == (key, suggestion)
    assert "发布日期" in fault.get("known")


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [("corected", "corrected"), ("补冲", "补充"), ("更改", "更正"), ("补正", ""), ("修订", "")],
)
def test_wrong_words_suggest_the_nearest(word: str, suggestion: str) -> None:
    """Of two words that are equally near neither is offered; the message lists both anyway."""
    _, faults = bind(f"title: x\nrevisions: [{{on: 2020-01-01, note: 错字, kind: {word}}}]")
    (fault,) = faults
    assert (fault.get("key"), fault.get("suggestion")) == ("类型", suggestion)
    assert fault.get("expected") == "one of: 更正、补充"


def test_duplicate_names_the_other_spelling() -> None:
    """The second of two spellings names the first."""
    _, faults = bind("title: x\n标题: y")
    assert [(fault.get("key"), fault.get("other")) for fault in faults] == [("标题", "title")]


def test_the_first_of_two_keys_counts() -> None:
    """A duplicate never overwrites."""
    found, _ = bind("title: 一\ntitle: 二")
    assert isinstance(found, Notice)
    assert found.title == "一"


def test_attachments_may_be_short() -> None:
    """A bare file name stands for a whole entry and keeps its place."""
    found = notice("attachments:\n  - a.pdf\n  - file: b.pdf\n    title: 乙")
    assert [(entry.file, entry.title) for entry in found.attachments] == [("a.pdf", ""), ("b.pdf", "乙")]
    assert [(entry.at("file").line, entry.at("file").column) for entry in found.attachments] == [(3, 5), (4, 11)]


def test_marks_point_at_values() -> None:
    """A record knows where each of its values stands; unknown names lead to its beginning."""
    found = notice("发布日期: 2020-01-01")
    assert (found.at("published").line, found.at("published").column) == (2, 7)
    assert (found.at("title").line, found.at("title").column) == (1, 8)
    assert (found.at("related").line, found.at("").line) == (1, 1)


def test_one_wrong_item_does_not_lose_the_others() -> None:
    """Of a list with a faulty item the good ones remain."""
    found, faults = bind("title: x\nattachments:\n  - a.pdf\n  - title: b\n  - c.pdf")
    assert isinstance(found, Notice)
    assert [entry.file for entry in found.attachments] == ["a.pdf", "c.pdf"]
    assert len(faults) == 1


def test_columns_nest() -> None:
    """A column holds columns, so that a third level can be seen and refused."""
    found, faults = bind("key: a\ntitle: 一\nchildren: [{key: b, title: 二, 子栏目: [{key: c, title: 三}]}]", Column)
    assert faults == []
    assert isinstance(found, Column)
    assert found.children[0].children[0].key == "c"
