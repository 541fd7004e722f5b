"""The front matter of a notice: the one table of its keys, English and Chinese.

Owns which keys a notice may have and what they mean. Must not know YAML, Markdown or addresses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from build_site.model.details import (
    BundleStep,
    Consultation,
    Decision,
    Meeting,
    PeopleList,
    ReportFigures,
    Response,
    Service,
)
from build_site.model.record import Marks, Record
from build_site.model.spec import derived, keyed
from build_site.model.words import Form, OpenStage, Publicity, RevisionKind, State, Validity


@dataclass(frozen=True, slots=True)
class AttachmentRef(Record):
    """One entry of a notice's attachment list: a file beside it and how to call it."""

    shorthand: ClassVar[str] = "file"

    file: str = keyed("文件", doc="附件的文件名，相对于这篇文件")
    title: str = keyed("名称", doc="显示的名称；不写时用文件名", default="")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Revision(Record):
    """A correction or an addition made after publication, shown to the public."""

    on: date = keyed("日期", "date", doc="更正或补充的日期")
    note: str = keyed("说明", doc="更正或补充了什么")
    kind: RevisionKind = keyed(
        "类型", doc="更正 或 补充；不写时是更正。内容本来没有错、只是增加的，写补充", default=RevisionKind.CORRECTED
    )
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Notice(Record):
    """The front matter of a document or of a column's introduction (fields of an official document's metadata)."""

    title: str = keyed("标题", "名称", doc="标题，写全称", example="关于……的通知")
    published: date | datetime | None = keyed(
        "发布日期",
        "发布时间",
        doc="发布日期，可带时间：2020-11-17 或 2020-11-17 09:00",
        example="2020-11-17",
        default=None,
    )
    index_no: str = keyed(
        "索引号",
        doc="索引号，写成 机构代码/年份-流水号，决定文件的永久地址",
        example="000000000/2020-00001",
        default="",
    )
    id: str = keyed(
        "编号",
        doc="没有索引号时用的永久编号，决定文件的地址",
        pattern=r"(?![0-9]{4}$)[a-z0-9][a-z0-9-]{0,79}",
        form="小写字母、数字和连字符，不超过 80 个，不能只是四位数字",
        form_en="small letters, digits and hyphens, 80 at most, not four digits alone",
        default="",
    )
    doc_no: str = keyed("发文字号", "文号", doc="发文字号", example="某退役军人规〔2020〕1号", default="")
    issuer: str = keyed("发布机构", "发文机关", doc="发布机构；不写时用主办单位", default="")
    source: str = keyed("来源", "信息来源", doc="来源；转载时写原发布机构", default="")
    category: str = keyed("公文种类", "体裁", doc="公文种类，如 通知", default="")
    theme: str = keyed("主题分类", doc="主题分类", default="")
    keywords: tuple[str, ...] = keyed("关键词", "主题词", doc="关键词", default=())
    summary: str = keyed("内容概述", "摘要", doc="内容概述，100 字以内", default="")
    written: date | None = keyed("成文日期", doc="成文日期", default=None)
    effective: date | None = keyed("施行日期", doc="施行日期", default=None)
    expires: date | None = keyed("有效期至", doc="有效期的最后一天", default=None)
    repealed: date | None = keyed("废止日期", doc="废止日期", default=None)
    amended: date | None = keyed("修订日期", doc="被新文本修订的日期；从这一天起显示“已修订”", default=None)
    repealed_by: str = keyed("废止依据", doc="废止它的文件", default="")
    replaced_by: str = keyed("现行文件", "替代文件", doc="取代它的文件，写相对路径", default="")
    validity: Validity | None = keyed(
        "有效性", "时效", doc="有效、试行、部分失效、已修订、已废止、已失效 或 征求意见", default=None
    )
    publicity: Publicity = keyed(
        "公开方式", doc="主动公开、依申请转主动公开、依申请公开 或 不予公开", default=Publicity.PROACTIVE
    )
    converted_on: date | None = keyed(
        "转公开日期", doc="公开方式为“依申请转主动公开”时，写转为主动公开的日期；不写时用发布日期", default=None
    )
    open_stage: OpenStage | None = keyed("五公开", doc="决策、执行、管理、服务 或 结果", default=None)
    topic_stage: str = keyed("环节", doc="重点领域的公开环节，如 政策", default="")
    year: int = keyed("年度", doc="财政信息所属的年度，如 2026", bounds=(1949, 2100), default=0)
    approved: date | None = keyed("批复日期", doc="预算、决算批复的日期，用来核对是否在 20 日内公开", default=None)
    finance: str = keyed("财政类别", doc="财政信息的类别，如 部门预算", default="")
    owner: str = keyed("责任处室", doc="责任处室", default="")
    contact: str = keyed("咨询电话", doc="咨询电话", default="")
    interprets: tuple[str, ...] = keyed("解读的文件", "解读文件", doc="这篇解读的是哪些文件，写相对路径", default=())
    form: Form | None = keyed("解读形式", doc="文字、图解、视频 或 问答", default=None)
    related: tuple[str, ...] = keyed("相关文件", doc="相关文件，写相对路径", default=())
    attachments: tuple[AttachmentRef, ...] = keyed("附件", doc="附件列表", default=())
    revisions: tuple[Revision, ...] = keyed("更正记录", doc="发布以后的更正和补充", default=())
    consultation: Consultation | None = keyed("征集", doc="意见征集：起止日期和反馈", default=None)
    meeting: Meeting | None = keyed("会议", doc="会议公开：时间、议题、列席、结果", default=None)
    response: Response | None = keyed("回应", doc="回应关切：发生时间和首次回应时间", default=None)
    service: Service | None = keyed("办事指南", doc="办事指南的各项要素", default=None)
    bundle: tuple[BundleStep, ...] = keyed("一件事", doc="“一件事”的各个步骤，按先后写", default=())
    decisions: tuple[Decision, ...] = keyed("决策事项", doc="重大行政决策目录的各个事项", default=())
    figures: ReportFigures | None = keyed("年报数据", doc="年度报告的主要数字，用于历年对照", default=None)
    people: PeopleList | None = keyed("人员名单", doc="公布了人员名单的文件：依据、公开期限和影响评估", default=None)
    late_reason: str = keyed(
        "延期理由", doc="成文以后超过规定时限才公开的，写明理由，如法律法规另有规定；不显示给公众", default=""
    )
    state: State = keyed("状态", doc="草稿、发布 或 撤回", default=State.PUBLISHED)
    withdrawn_on: date | None = keyed("撤回日期", doc="撤回的日期，显示给公众", default=None)
    withdrawal_reason: str = keyed("撤回原因", doc="状态为撤回时必写", default="")
    marks: Marks | None = derived()

    def revisions_until(self, day: date) -> tuple[Revision, ...]:
        """Return the revisions made up to `day`: one of a day to come has not been made."""
        return tuple(revision for revision in self.revisions if revision.on <= day)

    @property
    def published_on(self) -> date | None:
        """The day of publication, without the time."""
        return self.published.date() if isinstance(self.published, datetime) else self.published
