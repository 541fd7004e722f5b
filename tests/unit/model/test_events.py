from __future__ import annotations

from datetime import date, datetime

import pytest

from build_site.model.events import Event, EventKind, by_column, events
from build_site.model.site import Site
from tests.support.sites import CATALOGUE, assembled, intro, notice


def told(site: Site) -> list[tuple[str, str, str]]:
    """Day, kind and subject of every event, newest first."""
    return [(str(event.day), event.kind.en, event.subject) for event in events(site)]


def only(site: Site, kind: EventKind) -> list[Event]:
    return [event for event in events(site) if event.kind is kind]


def gone(number: str, withdrawn_on: str) -> str:
    return notice("撤回的通知", number, head=f"state: 撤回\nwithdrawal_reason: 误发\n{withdrawn_on}")


def test_a_document_has_an_event_for_all_that_happened_to_it() -> None:
    """Publication, each correction and the repeal, newest first; the notes are the editors' own words."""
    head = (
        "revisions:\n  - {on: 2020-11-20, note: 改正电话}\n  - {on: 2020-11-19, note: 补附件}\n"
        "repealed: 2020-11-30\nrepealed_by: 新办法第九条"
    )
    site = assembled({"content/zd/a.md": notice("某办法", "00001", head=head)})
    assert told(site) == [
        ("2020-11-30", "repealed", "wj/2020/00001.html"),
        ("2020-11-20", "corrected", "wj/2020/00001.html"),
        ("2020-11-19", "corrected", "wj/2020/00001.html"),
        ("2020-11-17", "published", "wj/2020/00001.html"),
    ]
    assert [event.note for event in events(site)] == ["新办法第九条", "改正电话", "补附件", ""]
    assert {event.address for event in events(site)} == {"wj/2020/00001.html"}


def test_what_the_public_may_not_see_has_no_events() -> None:
    """Drafts, documents of days to come, closed ones; nothing beyond the day of the build, not even a planned repeal."""
    site = assembled(
        {
            "content/zd/a.md": notice("草稿", "00001", head="state: 草稿\nrevisions: [{on: 2020-11-18, note: 改}]"),
            "content/zd/b.md": notice("以后的", "00002", published="2020-12-02"),
            "content/zd/c.md": notice("不公开的", "00003", head="publicity: 不予公开"),
            "content/zd/d.md": notice("以后废止的", "00004", head="repealed: 2020-12-02\nexpires: 2020-12-01"),
            "content/zd/e.md": gone("00005", "withdrawn_on: 2020-12-02"),
        }
    )
    assert told(site) == [("2020-11-17", "published", "wj/2020/00004.html")]


def test_of_a_withdrawn_document_only_the_withdrawal_is_told() -> None:
    """Its publication is no news any more; without a day it has no event, for nobody may guess one."""
    site = assembled(
        {"content/zd/a.md": gone("00001", "withdrawn_on: 2020-11-20"), "content/zd/b.md": gone("00002", "")}
    )
    (event,) = events(site)
    assert (event.kind, event.day, event.note) == (EventKind.WITHDRAWN, date(2020, 11, 20), "误发")
    assert event.address == "wj/2020/00001.html"


def test_the_catalogue_tells_of_withdrawals_without_a_document() -> None:
    """A withdrawn page still has one that says so; a withdrawn file has none."""
    entry = "  - {{address: {}, title: 旧文, kind: 误发, withdrawn: 2020-11-20, reason: 发错了}}\n"
    site = assembled({}, "withdrawals:\n" + entry.format("wj/2019/1.html") + entry.format("fj/zd/b.pdf"))
    assert [(event.subject, event.address) for event in events(site)] == [
        ("fj/zd/b.pdf", ""),
        ("wj/2019/1.html", "wj/2019/1.html"),
    ]
    assert {(event.document, event.title, event.note) for event in events(site)} == {(None, "旧文", "发错了")}


def test_the_day_after_the_last_valid_one_is_that_of_expiry() -> None:
    """On the last day a document is still valid; what was repealed or amended does not expire any more."""
    site = assembled(
        {
            "content/zd/a.md": notice("甲", "00001", head="expires: 2020-11-30"),
            "content/zd/b.md": notice("乙", "00002", head="expires: 2020-11-20\nrepealed: 2020-11-21"),
            "content/zd/c.md": notice("丙", "00003", head="expires: 2020-11-20\nvalidity: 已修订"),
            "content/zd/d.md": notice("丁", "00004", head="expires: 2020-11-20\nvalidity: 已废止"),
        }
    )
    ends = [event for event in events(site) if event.kind is not EventKind.PUBLISHED]
    assert [(event.kind.en, str(event.day), event.title) for event in ends] == [
        ("expired", "2020-12-01", "甲"),
        ("repealed", "2020-11-21", "乙"),
    ]


def test_a_document_is_amended_when_its_successor_is_out_and_in_force() -> None:
    """The later of both days counts, and the note names the successor; an unpublished successor amends nothing."""
    old = "validity: 已修订\nreplaced_by: {}"
    site = assembled(
        {
            "content/zd/a.md": notice("旧甲", "00001", head=old.format("new.md")),
            "content/zd/b.md": notice("旧乙", "00002", head=old.format("early.md")),
            "content/zd/c.md": notice("旧丙", "00003", head=old.format("draft.md")),
            "content/zd/d.md": notice("旧丁", "00004", head=old.format("future.md")),
            "content/zd/new.md": notice("新甲", "00005", published="2020-11-18", head="effective: 2020-11-25"),
            "content/zd/early.md": notice("新乙", "00006", published="2020-11-19", head="effective: 2020-11-01"),
            "content/zd/draft.md": notice("新丙", "00007", head="state: 草稿"),
            "content/zd/future.md": notice("新丁", "00008", head="effective: 2021-01-01"),
        }
    )
    found = only(site, EventKind.AMENDED)
    assert [(event.title, str(event.day), event.note) for event in found] == [
        ("旧甲", "2020-11-25", "新甲"),
        ("旧乙", "2020-11-19", "新乙"),
    ]


def test_a_dated_amendment_needs_no_successor() -> None:
    """The written day counts, also beside a later repeal; what was amended by then does not expire."""
    head = "amended: 2020-11-19\nrepealed: 2020-11-25\nexpires: 2020-11-20\nreplaced_by: new.md"
    site = assembled(
        {
            "content/zd/a.md": notice("旧甲", "00001", head=head),
            "content/zd/b.md": notice("旧乙", "00002", head="amended: 2020-11-18"),
            "content/zd/new.md": notice("新甲", "00003", published="2020-11-01", head="effective: 2020-11-20"),
        }
    )
    assert [(event.title, event.kind.en, str(event.day), event.note) for event in events(site)][:3] == [
        ("旧甲", "repealed", "2020-11-25", ""),
        ("旧甲", "amended", "2020-11-19", "新甲"),
        ("旧乙", "amended", "2020-11-18", ""),
    ]
    assert not only(site, EventKind.EXPIRED)


def test_an_expiry_before_the_repeal_stays_an_event() -> None:
    """What was told once is not taken back by what comes later."""
    site = assembled({"content/zd/a.md": notice("甲", "00001", head="expires: 2020-11-20\nrepealed: 2020-11-25")})
    assert [kind for _, kind, _ in told(site)] == ["repealed", "expired", "published"]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("starts: 2020-11-17, ends: 2020-11-30", ["2020-12-01 closed", "2020-11-17 published"]),
        ("starts: 2020-11-20, ends: 2020-12-20", ["2020-11-20 opened", "2020-11-17 published"]),
        ("starts: 2020-12-02, ends: 2020-12-20", ["2020-11-17 published"]),
        (
            "starts: 2020-11-18, ends: 2020-11-19, answered: 2020-11-25",
            ["2020-11-25 answered", "2020-11-20 closed", "2020-11-18 opened", "2020-11-17 published"],
        ),
        (
            "starts: 2020-11-17, ends: 2020-11-19, answered: 2020-11-18",
            ["2020-11-20 answered", "2020-11-20 closed", "2020-11-17 published"],
        ),
        ("starts: 2020-09-01, ends: 2020-10-01, answered: 2020-10-20", ["2020-11-17 published"]),
        ("starts: 2020-11-17, ends: 9999-12-31", ["2020-11-17 published"]),
    ],
)
def test_turns_of_a_consultation(dates: str, expected: list[str]) -> None:
    """Beginning, end and answer, as far as they came after the publication; the last day still belongs to it."""
    site = assembled({"content/zd/a.md": notice("征求意见", "00001", head=f"consultation: {{{dates}}}")})
    assert [f"{day} {kind}" for day, kind, _ in told(site)] == expected


def test_an_end_before_publication_is_none() -> None:
    """A document that was put up when it was long repealed was never valid on the site; corrections always count."""
    head = "repealed: 2020-11-16\nrevisions: [{on: 2020-11-16, note: 改}]"
    site = assembled({"content/zd/a.md": notice("旧办法", "00001", head=head)})
    assert [kind for _, kind, _ in told(site)] == ["published", "corrected"]


def test_events_of_one_day_are_ordered() -> None:
    """By time, then what can only come later, then address: never by chance."""
    site = assembled(
        {
            "content/zd/b.md": notice("乙", "00002", published="2020-11-17 15:00"),
            "content/zd/a.md": notice(
                "甲",
                "00001",
                published="2020-11-17 09:00",
                head="revisions: [{on: 2020-11-17, note: 一}, {on: 2020-11-17, note: 二}]",
            ),
            "content/zd/c.md": notice("丙", "00003"),
            "content/zd/d.md": notice("丁", "00004"),
        }
    )
    assert [(event.title, event.kind.en, event.note) for event in events(site)] == [
        ("乙", "published", ""),
        ("甲", "corrected", "二"),
        ("甲", "corrected", "一"),
        ("甲", "published", ""),
        ("丙", "published", ""),
        ("丁", "published", ""),
    ]
    assert events(site)[1].moment == datetime(2020, 11, 17, 9, 0)


def test_an_event_keeps_its_name() -> None:
    """Names differ between events, and new events change none of the old ones."""
    head = "revisions: [{on: 2020-11-18, note: 一}]"
    before = events(assembled({"content/zd/a.md": notice("甲", "00001", head=head)}))
    head = (
        "revisions: [{on: 2020-11-18, note: 一}, {on: 2020-11-18, note: 二}, {on: 2020-11-19, note: 三}]\n"
        "repealed: 2020-11-19"
    )
    files = {"content/zd/a.md": notice("改了标题", "00001", head=head), "content/zd/b.md": notice("乙", "00002")}
    after = events(assembled(files))
    assert {event.identity for event in before} == {"wj/2020/00001.html", "wj/2020/00001.html/corrected/2020-11-18"}
    assert {event.identity for event in before} < {event.identity for event in after}
    assert len({event.identity for event in after}) == len(after) == 6


def test_an_addition_is_no_correction_and_keeps_its_name() -> None:
    """An editor who says afterwards that nothing was wrong does not make news of it: same name, same place in the order."""
    head = "revisions: [{on: 2020-11-18, note: 一}, {on: 2020-11-18, note: 二}]"
    before = events(assembled({"content/zd/a.md": notice("甲", "00001", head=head)}))
    head = head.replace("note: 一", "note: 一, kind: 补充")
    after = events(assembled({"content/zd/a.md": notice("甲", "00001", head=head)}))
    assert [(event.kind.zh, event.note) for event in after] == [("更正", "二"), ("补充", "一"), ("发布", "")]
    assert [event.identity for event in before] == [event.identity for event in after]


def test_the_answer_of_a_consultation_is_told_once() -> None:
    """What was added on the day of the answer is the answer, in the editor's words; what else was done stays news."""
    dates = "consultation: {starts: 2020-11-17, ends: 2020-11-19, answered: 2020-11-25}\n"
    head = (
        dates + "revisions:\n  - {on: 2020-11-25, note: 公布采纳情况, kind: 补充}\n"
        "  - {on: 2020-11-25, note: 改正电话}\n  - {on: 2020-11-26, note: 增加附件, kind: 补充}"
    )
    site = assembled({"content/zd/a.md": notice("征求意见", "00001", head=head)})
    assert [(str(event.day), event.kind.en, event.note) for event in events(site)][:3] == [
        ("2020-11-26", "added", "增加附件"),
        ("2020-11-25", "answered", "公布采纳情况"),
        ("2020-11-25", "corrected", "改正电话"),
    ]
    site = assembled({"content/zd/a.md": notice("征求意见", "00001", head=dates)})
    assert [event.note for event in only(site, EventKind.ANSWERED)] == [""]
    late = notice("征求意见", "00001", published="2020-11-26", head=head)  # answered before it was on the site
    assert [event.note for event in only(assembled({"content/zd/a.md": late}), EventKind.ADDED)] == [
        "增加附件",
        "公布采纳情况",
    ]


def test_a_column_s_own_text_is_a_document_where_the_column_is_that_text() -> None:
    """The guide is published and corrected; the introduction of a list is only corrected."""
    revised = "published: 2020-11-17\nrevisions: [{on: 2020-11-18, note: 改}]"
    site = assembled(
        {
            "content/zn/index.md": intro("指南").replace("published: 2020-11-17", revised),
            "content/zd/index.md": intro("制度").replace("published: 2020-11-17", revised),
        }
    )
    assert told(site) == [
        ("2020-11-18", "corrected", "zd/index.html"),
        ("2020-11-18", "corrected", "zn/index.html"),
        ("2020-11-17", "published", "zn/index.html"),
    ]


def test_events_by_column() -> None:
    """A column has the events of its documents, of its sub-columns and of what it collects; each once, in order."""
    catalogue = CATALOGUE.replace("        title: 统计信息\n", "        title: 决策公开\n        collects: 决策\n")
    site = assembled(
        {
            "content/zd/a.md": notice("甲", "00001", published="2020-11-18", head="open_stage: 决策"),
            "content/fdzdgknr/gfxwj/b.md": notice("乙", "00002", head="open_stage: 决策"),
            "content/fdzdgknr/gfxwj/c.md": gone("00003", "withdrawn_on: 2020-11-20"),
        },
        catalogue=catalogue,
    )
    listed = by_column(site, events(site))
    titles = {path: [event.subject[-6:-5] for event in found] for path, found in listed.items() if found}
    assert titles == {
        ("zd",): ["1"],
        ("fdzdgknr",): ["3", "1", "2"],
        ("fdzdgknr", "gfxwj"): ["3", "2"],
        ("fdzdgknr", "tjxx"): ["1", "2"],
    }
    assert set(listed) == set(site.columns)


def test_words_of_the_kinds() -> None:
    """Every kind has an English and a Chinese word of its own, for addresses and for people."""
    assert len(EventKind.spellings()) == 2 * len(EventKind)
    assert all(kind.en.isascii() and kind.en.islower() and not kind.zh.isascii() for kind in EventKind)
