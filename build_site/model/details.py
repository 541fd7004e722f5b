"""What some kinds of notices say besides their text: consultations, meetings, responses, service guides, decisions.

Owns the records that a notice's front matter may hold, one for each kind of page. Must not know YAML, Markdown or
addresses; paths in records are as editors write them, relative to the notice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from build_site.model.record import Marks, Record
from build_site.model.spec import derived, keyed
from build_site.model.words import Adoption


@dataclass(frozen=True, slots=True)
class Opinion(Record):
    """An opinion received in a consultation, without the name of who gave it, and what became of it."""

    text: str = keyed("意见", doc="收到的意见，归纳后写，不写提出人的姓名和联系方式")
    adoption: Adoption = keyed("处理", "是否采纳", doc="采纳、部分采纳 或 未采纳")
    reason: str = keyed("理由", doc="怎样采纳，或者为什么没有采纳", default="")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Consultation(Record):
    """A public consultation on a draft (重大行政决策程序暂行条例 art. 15): its dates decide its state."""

    starts: date = keyed("开始日期", doc="征求意见的第一天", example="2026-11-09")
    ends: date = keyed("截止日期", doc="征求意见的最后一天，到这一天 24 时截止", example="2026-12-11")
    unit: str = keyed("征集单位", doc="征集单位；不写时用发布机构", default="")
    short_reason: str = keyed("缩短理由", doc="征求意见不满 30 日时，写明理由", default="")
    reply_by: date | None = keyed("预计反馈", doc="预计哪一天以前反馈结果", default=None)
    answered: date | None = keyed("反馈日期", doc="公布采纳情况的日期；写了就显示为“已反馈”", default=None)
    received: int | None = keyed("收到意见", doc="收到意见的条数；不写时按下面列出的意见数", default=None)
    adopted: int | None = keyed("采纳意见", doc="采纳（含部分采纳）的条数；不写时按下面列出的计", default=None)
    opinions: tuple[Opinion, ...] = keyed("意见", doc="逐条列出意见、处理和理由", default=())
    result: str = keyed("反馈文件", doc="另行公布采纳情况的文件，写相对路径", default="")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Meeting(Record):
    """A meeting opened to the public (国办发〔2016〕80号): agenda, who attended, outcome."""

    held: date | datetime = keyed("时间", doc="会议日期，可带时间", example="2026-02-02")
    agenda: tuple[str, ...] = keyed("议题", doc="议题，逐条写")
    session: str = keyed("届次", doc="会议的名称和届次", default="")
    attendees: tuple[str, ...] = keyed(
        "列席", doc="列席代表，逐条写身份和人数，如 退役军人代表2名；不写个人信息", default=()
    )
    outcomes: tuple[str, ...] = keyed("审议结果", doc="审议结果，逐条写", default=())
    documents: tuple[str, ...] = keyed("关联文件", doc="会议审议的文件，写相对路径", default=())
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Response(Record):
    """A response to public concern; in an emergency the first one is due within five hours (国办发〔2016〕80号)."""

    happened: date | datetime = keyed("发生时间", doc="事情发生或者问题提出的时间", example="2026-09-01 08:30")
    answered: date | datetime = keyed("首次回应时间", doc="首次权威回应的时间", example="2026-09-01 11:00")
    emergency: bool = keyed("突发事件", doc="重大突发事件写“是”：首次回应应在 5 小时以内", default=False)
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Material(Record):
    """A paper that a service asks for: where it comes from, in what form, and its forms to fill in."""

    shorthand: ClassVar[str] = "name"

    name: str = keyed("名称", doc="材料的名称")
    source: str = keyed("来源", doc="从哪里取得，如 申请人自备", default="")
    copies: str = keyed("份数", doc="份数，如 原件1份", default="")
    form: str = keyed("形式", doc="纸质 或 电子", default="")
    blank: str = keyed("空白表", doc="空白表格的文件，写相对路径", default="")
    sample: str = keyed("样表", doc="填写样表的文件，写相对路径", default="")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Service(Record):
    """A service guide, 办事指南: the elements that inspections look for (国办秘函〔2019〕19号)."""

    matter: str = keyed("事项名称", doc="事项名称")
    basis: tuple[str, ...] = keyed("设定依据", doc="设定依据，逐条写")
    conditions: tuple[str, ...] = keyed("申请条件", "受理条件", doc="申请条件，逐条写")
    materials: tuple[Material, ...] = keyed("办理材料", "申请材料", doc="办理材料，逐条写")
    body: str = keyed("办理机构", "实施主体", doc="办理机构", default="")
    steps: tuple[str, ...] = keyed("办理流程", doc="办理流程，一步一条", default=())
    place: str = keyed("办理地点", "窗口", doc="办理地点或窗口", default="")
    hours: str = keyed("办理时间", doc="窗口的办公时间", default="")
    limit: str = keyed("办理时限", doc="多久办完", default="")
    fee: str = keyed("收费标准", "收费", doc="收费标准；不收费就写“不收费”", default="")
    phone: str = keyed("联系电话", doc="咨询电话", default="")
    result: str = keyed("办理结果", doc="办完得到什么", default="")
    supervision: str = keyed("监督电话", doc="监督、投诉的电话", default="")
    online: str = keyed("网上办理", doc="网上办理的完整网址", default="")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class BundleStep(Record):
    """One step of a bundle of services, 一件事: a guide in its place of the order."""

    shorthand: ClassVar[str] = "title"

    title: str = keyed("事情", doc="这一步办什么")
    guide: str = keyed("指南", doc="这一步的办事指南，写相对路径", default="")
    body: str = keyed("由谁办", doc="由哪个部门办", default="")
    visit: str = keyed("要不要到场", doc="本人要不要到场", default="")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Decision(Record):
    """A matter of the yearly catalogue of major decisions (重大行政决策程序暂行条例 art. 3), and its chain of documents.

    A document of the chain that is not published yet is not shown until it is.
    """

    matter: str = keyed("事项", doc="决策事项的名称")
    owner: str = keyed("承办处室", doc="承办处室", default="")
    planned: str = keyed("计划时间", doc="计划完成的时间，如 第四季度", default="")
    ended: str = keyed("未完成说明", doc="没有按目录完成的，写明原因和去向；没有的环节不再显示“待公开”", default="")
    draft: str = keyed("草案", doc="公布草案的文件，写相对路径", default="")
    opinions: str = keyed("听取意见", doc="公布意见采纳情况的文件，写相对路径", default="")
    meeting: str = keyed("审议会议", doc="审议它的会议，写相对路径", default="")
    result: str = keyed("结果", doc="决策结果的文件，写相对路径", default="")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class PeopleList(Record):
    """What stands behind a published list of people (个人信息保护法 art. 13, 47, 55): why, until when, who weighed it."""

    basis: str = keyed("依据", doc="依据哪个文件的哪一条公开这份名单", default="")
    until: date | None = keyed("公开至", doc="公开到哪一天为止，含当天；过了就撤下", default=None)
    assessor: str = keyed("评估人", doc="公布以前谁做了个人信息保护影响评估，写处室或职务", default="")
    assessed: date | None = keyed("评估日期", doc="哪一天做的影响评估", default=None)
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class ReportFigures(Record):
    """The headline figures of an annual report (国办公开办函〔2021〕30号, tables 2 to 4), for the trend over years."""

    year: int = keyed("年度", doc="报告的年度", example="2025", bounds=(2008, 2100))
    made: int | None = keyed("制发规范性文件", doc="本年制发的行政规范性文件件数", default=None)
    in_force: int | None = keyed("现行有效规范性文件", doc="现行有效的行政规范性文件件数", default=None)
    received: int | None = keyed("新收申请", doc="本年新收政府信息公开申请数量", default=None)
    carried_in: int | None = keyed("上年结转", doc="上年结转的申请数量", default=None)
    granted: int | None = keyed("予以公开", doc="予以公开的件数", default=None)
    partly: int | None = keyed("部分公开", doc="部分公开的件数", default=None)
    refused: int | None = keyed("不予公开", doc="不予公开的件数", default=None)
    unavailable: int | None = keyed("无法提供", doc="无法提供的件数", default=None)
    unhandled: int | None = keyed("不予处理", doc="不予处理的件数", default=None)
    other: int | None = keyed("其他处理", doc="其他处理的件数", default=None)
    carried_out: int | None = keyed("结转下年", doc="结转下年度继续办理的件数", default=None)
    reviews: int | None = keyed("行政复议", doc="因政府信息公开被申请行政复议的件数", default=None)
    lawsuits: int | None = keyed("行政诉讼", doc="因政府信息公开被提起行政诉讼的件数", default=None)
    marks: Marks | None = derived()
