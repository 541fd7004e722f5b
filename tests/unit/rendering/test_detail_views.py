"""Documents that are more than a text: each kind of front matter makes its own kind of page."""

from __future__ import annotations

from typing import TypeVar

import pytest

from build_site.model.events import events
from build_site.model.site import Site
from build_site.rendering.plan import plan
from build_site.rendering.views import (
    ConsultationView,
    DecisionsView,
    DocumentView,
    InterpretationView,
    MeetingView,
    ReportView,
    ResponseView,
    ServiceView,
    TableView,
    View,
)
from tests.support.sites import MINIMAL, assembled, notice

SOURCES = {path: text for path, text in MINIMAL.items() if path.endswith(".md")}
V = TypeVar("V", bound=View)


def made(site: Site, address: str, kind: type[V]) -> V:
    found = {page.address: page.view() for page in plan(site, events(site))}[address]
    assert type(found) is kind
    return found


def page(head: str, kind: type[V], **more: str) -> V:
    files = {**SOURCES, "content/zd/test.md": notice("测试", "00009", head=head)}
    files |= {f"content/zd/{name}.md": text for name, text in more.items()}
    return made(assembled(files), "wj/2020/00009.html", kind)


def texts(table: TableView | None) -> list[list[str]]:
    assert table is not None
    return [[cell.text for cell in row] for row in table.rows]


CONSULTATION = """\
征集:
  开始日期: {}
  截止日期: {}
  预计反馈: 2020-12-30
{}"""
ANSWER = """\
  反馈日期: 2020-11-28
  意见:
    - {意见: 太短, 处理: 采纳, 理由: 改了}
    - {意见: 太长, 处理: 部分采纳, 理由: 改了一半}
    - {意见: 不要, 处理: 未采纳, 理由: 法律要求}
  反馈文件: zhidu.md
"""


@pytest.mark.parametrize(
    ("starts", "ends", "more", "state"),
    [
        ("2020-12-02", "2020-12-31", "", "未开始"),
        ("2020-11-02", "2020-12-01", "", "进行中"),
        ("2020-11-01", "2020-11-30", "", "研究中"),
        ("2020-10-01", "2020-11-01", ANSWER, "已反馈"),
    ],
)
def test_a_consultation_says_its_state_and_both_dates(starts: str, ends: str, more: str, state: str) -> None:
    """The build's day is 2020-12-01; opinions appear with the answer, not before."""
    view = page(CONSULTATION.format(starts, ends, more) + "有效性: 征求意见\n", ConsultationView)
    assert view.state == state
    assert (view.validity, "有效性" in {fact.label for fact in view.facts}) == ("", False)
    facts = {fact.label: fact.value for fact in view.dates}
    assert (facts["开始日期"], facts["截止日期"]) == (starts, f"{ends} 24:00")
    assert facts["征集单位"] == "某市退役军人事务局"
    done = state == "已反馈"
    assert (view.opinions is not None) is done
    assert ("预计反馈" in facts) is not done
    assert ("反馈日期" in facts) is done


def test_an_answered_consultation_counts_what_was_adopted() -> None:
    """Three opinions, two of them adopted wholly or in part; the counts follow from the list."""
    view = page(CONSULTATION.format("2020-10-01", "2020-11-01", ANSWER), ConsultationView)
    assert (view.received, view.adopted, view.days) == (3, 2, 32)
    assert texts(view.opinions)[2] == ["3", "不要", "未采纳", "法律要求"]
    assert view.result is not None
    assert view.result.address == "wj/2020/00001.html"


def test_an_answer_in_another_document_has_no_numbers_of_its_own() -> None:
    """Nothing counted is not the same as nothing received; a day promised and past is not promised any more."""
    answer = "  反馈日期: 2020-11-28\n  反馈文件: zhidu.md\n"
    view = page(CONSULTATION.format("2020-10-01", "2020-11-01", answer), ConsultationView)
    assert (view.received, view.adopted, view.opinions) == (None, None, None)
    late = CONSULTATION.format("2020-10-01", "2020-11-01", "").replace("2020-12-30", "2020-11-30")
    assert "预计反馈" not in {fact.label for fact in page(late, ConsultationView).dates}


def test_a_short_consultation_says_why() -> None:
    """Under thirty days the reason stands beside the length (重大行政决策程序暂行条例 art. 15)."""
    view = page(CONSULTATION.format("2020-11-25", "2020-12-01", "  缩短理由: 上级要求\n"), ConsultationView)
    assert {fact.label: fact.value for fact in view.dates}["征集期"] == "7日（不满30日的理由：上级要求）"


def test_the_chain_of_a_decision_shows_only_what_is_published() -> None:
    """A draft or a document of a day to come is no link, and no fault either."""
    head = "决策事项:\n  - {事项: 办法, 承办处室: 法规处, 草案: zhidu.md, 审议会议: later.md, 结果: draft.md}\n"
    later = notice("会议", "00010", published="2020-12-24")
    draft = notice("草稿", "00011", head="状态: 草稿")
    view = page(head, DecisionsView, later=later, draft=draft)
    assert view.decisions is not None
    row = view.decisions.rows[0]
    assert [cell.text for cell in row] == ["办法", "法规处", "—", "看草案", "待公开", "待公开", "待公开"]
    assert [cell.address for cell in row if cell.address] == ["wj/2020/00001.html"]


def test_a_meeting_has_agenda_attendees_outcome_and_documents() -> None:
    """Everything an inspector looks for stands in the record."""
    head = "会议:\n  时间: 2020-11-10 09:30\n  届次: 第3次\n  议题: [一, 二]\n  列席: [代表2名]\n  审议结果: [通过]\n  关联文件: [zhidu.md]\n"
    view = page(head, MeetingView)
    assert (view.held, view.session, view.agenda) == ("2020-11-10 09:30", "第3次", ("一", "二"))
    assert (view.attendees, view.outcomes) == (("代表2名",), ("通过",))
    assert [row.address for row in view.documents] == ["wj/2020/00001.html"]


SERVICE = """\
办事指南:
  事项名称: 报到
  设定依据: [法一, 法二]
  申请条件: 退役
  办理材料:
    - 身份证
    - {名称: 申请表, 来源: 窗口, 份数: 1份, 空白表: biao.docx}
  办理流程: [登记, 审核]
  收费标准: 不收费
  监督电话: 021-00000000（示例）
  网上办理: https://zwdt.example.gov.cn/
"""


def test_a_service_guide_lists_its_elements_and_materials() -> None:
    """Only columns with something in them stand in the table of materials; a blank form is a link."""
    files = {**SOURCES, "content/zd/test.md": notice("测试", "00009", head=SERVICE), "content/zd/biao.docx": "x"}
    site = assembled(files)
    view = made(site, "wj/2020/00009.html", ServiceView)
    assert [(fact.label, fact.value, fact.address) for fact in view.elements] == [
        ("事项名称", "报到", ""),
        ("收费标准", "不收费", ""),
        ("监督电话", "021-00000000（示例）", "tel:021-00000000"),
    ]
    assert (view.basis, view.conditions, view.steps) == (("法一", "法二"), ("退役",), ("登记", "审核"))
    assert view.online == "https://zwdt.example.gov.cn/"
    assert view.materials is not None
    assert view.materials.head == ("材料", "来源", "份数", "空白表")
    assert texts(view.materials) == [["身份证", "—", "—", "—"], ["申请表", "窗口", "1份", "空白表（Word 文档）"]]
    assert view.materials.rows[1][3].address in site.files


def test_a_bundle_orders_guides() -> None:
    """一件事: the steps in order, with the guides that exist."""
    head = "一件事:\n  - {事情: 报到, 指南: zhidu.md, 由谁办: 本局}\n  - 落户\n"
    view = page(head, ServiceView)
    assert view.bundle is not None
    assert view.bundle.head == ("次序", "事情", "由谁办", "办事指南")
    assert texts(view.bundle) == [["1", "报到", "本局", "信息公开制度"], ["2", "落户", "—", "—"]]


@pytest.mark.parametrize(
    ("happened", "answered", "elapsed", "in_time"),
    [
        ("2020-11-09 08:30", "2020-11-09 13:30", "5小时", "yes"),
        ("2020-11-09 08:30", "2020-11-09 13:31", "5小时1分钟", "no"),
        ("2020-11-09 08:30", "2020-11-10 08:30", "1天", "no"),
        ("2020-11-09", "2020-11-09", "当天", ""),
        ("2020-11-09", "2020-11-12", "3天", ""),
        ("2020-11-09 08:30", "2020-11-09", "当天", ""),
        ("2020-11-09 23:00", "2020-11-11", "2天", ""),
    ],
)
def test_a_response_tells_how_long_it_took(happened: str, answered: str, elapsed: str, in_time: str) -> None:
    """Within five hours is only said where both times are known to the minute (国办发〔2016〕80号)."""
    view = page(f"回应: {{发生时间: {happened}, 首次回应时间: {answered}, 突发事件: 是}}", ResponseView)
    assert (view.elapsed, view.in_time, view.emergency) == (elapsed, in_time, True)


def test_a_report_stands_beside_the_year_before() -> None:
    """What only one of the two years knows is 无数据, not zero."""
    files = dict(SOURCES)
    for year, number, figures in ((2018, "1", "新收申请: 5, 行政诉讼: 0"), (2019, "2", "新收申请: 8")):
        head = f"年报数据: {{年度: {year}, {figures}}}"
        files[f"content/nb/{year}.md"] = notice(f"{year}年报", f"0002{number}", head=head)
    view = made(assembled(files), "wj/2020/00022.html", ReportView)
    assert view.compared is not None
    assert view.compared.head == ("项目", "2019年", "2018年", "增减")
    assert texts(view.compared) == [["新收申请", "8", "5", "+3"], ["行政诉讼", "无数据", "0", "—"]]
    assert view.earlier is not None
    assert view.earlier.address == "wj/2020/00021.html"
    assert view.later is None


def test_an_interpretation_of_what_has_ended_says_so() -> None:
    """It explains what no longer holds; one that also explains a living document has no banner."""
    old = notice("旧办法", "00010", head="repealed: 2020-11-20")
    view = page("interprets: [old.md]\n解读形式: 问答", InterpretationView, old=old)
    assert view.form == "问答"
    assert view.notice is not None
    assert (view.notice.kind, view.notice.title) == ("ended", "本文解读的文件已废止")
    assert page("interprets: [old.md, zhidu.md]", InterpretationView, old=old).notice is None


def test_related_documents_are_those_that_stand_nowhere_else() -> None:
    """What is replaced, what replaces, what is interpreted, the neighbours of a report, the result of a consultation."""
    others = {f"n{number}": notice(f"其他{number}", f"0001{number}") for number in range(3)}
    everything = "related: [n0.md, n1.md, n2.md, /nb/, https://example.gov.cn/]"
    rest = ["nb/index.html", "https://example.gov.cn/"]

    def left(head: str, kind: type[DocumentView], **more: str) -> list[str]:
        view = page(f"{head}\n{everything}", kind, **(others | more))
        return [item.address for item in view.related]

    one, two = ["wj/2020/00011.html", "wj/2020/00012.html"], ["wj/2020/00010.html", "wj/2020/00012.html"]
    assert left("", DocumentView) == ["wj/2020/00010.html", *one, *rest]
    assert left("repealed: 2020-11-20\nreplaced_by: n0.md", DocumentView) == [*one, *rest]
    assert left("replaced_by: n0.md", DocumentView) == ["wj/2020/00010.html", *one, *rest]  # not replaced yet
    assert left("", DocumentView, n1=notice("旧", "00011", head="replaced_by: test.md")) == [*two, *rest]
    assert left("interprets: n0.md", InterpretationView) == [*one, *rest]
    assert left("会议: {时间: 2020-11-10, 议题: 一, 关联文件: [n0.md]}", MeetingView) == [*one, *rest]
    answered = CONSULTATION.format("2020-10-01", "2020-11-01", "  反馈文件: n0.md\n")
    assert left(answered.rstrip(), ConsultationView) == [*one, *rest]
    figures = "年报数据: {{年度: {}}}"
    before = notice("去年", "00010", head=figures.format(2018))
    files = {**SOURCES, "content/nb/n0.md": before}
    files["content/nb/now.md"] = notice("今年", "00009", head=figures.format(2019) + "\nrelated: [n0.md, 2019.md]")
    view = made(assembled(files), "wj/2020/00009.html", ReportView)
    assert view.earlier is not None
    assert [item.title for item in view.related] == ["2019年度报告"]


def test_what_replaces_another_names_it() -> None:
    """The link to the document in force works in both directions."""
    files = {**SOURCES, "content/zd/old.md": notice("旧", "00010", head="repealed: 2020-11-20\nreplaced_by: zhidu.md")}
    view = made(assembled(files), "wj/2020/00001.html", DocumentView)
    assert [row.address for row in view.replaces] == ["wj/2020/00010.html"]
