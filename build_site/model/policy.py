"""How a site wants to be checked: severities, thresholds, exemptions.

Owns the shape of the key `checks` of `catalog.yaml` and the meaning of each of its keys, in words for editors.
Must not know any rule: codes and names of rules are plain text here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from build_site.model.record import Marks, Record
from build_site.model.spec import derived, keyed
from build_site.model.words import Weight

_RULE_PATTERN = r"[A-Z]{3}[0-9]{3}|[a-z][a-z0-9-]+"
_RULE_FORM = "规则的编号或名称，如 FRS102；build-site explain 列出全部规则"
_RULE_FORM_EN = "the code or name of a rule, like FRS102; `build-site explain` lists all"


def _rule() -> str:
    found: str = keyed(
        "规则",
        doc="规则的编号或名称",
        example="FRS102",
        pattern=_RULE_PATTERN,
        form=_RULE_FORM,
        form_en=_RULE_FORM_EN,
    )
    return found


def _days(alias: str, doc: str, default: int, least: int = 1, most: int = 366) -> int:
    found: int = keyed(alias, doc=doc, bounds=(least, most), default=default)
    return found


def _months(alias: str, doc: str, default: int, most: int = 24) -> int:
    found: int = keyed(alias, doc=doc, bounds=(1, most), default=default)
    return found


def _month(alias: str, doc: str, default: int) -> int:
    found: int = keyed(alias, doc=doc, bounds=(1, 12), default=default)
    return found


@dataclass(frozen=True, slots=True)
class SeverityChange(Record):
    """Another severity for a rule, for the whole site or for some paths."""

    rule: str = _rule()
    weight: Weight = keyed("级别", "severity", doc="必须修改、建议修改 或 不检查")
    paths: tuple[str, ...] = keyed(
        "范围", doc="只对这些文件，可用 * 代表任意字符，如 content/zcjd/*；不写时对全站", default=()
    )
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Exemption(Record):
    """A finding that is tolerated for a time, with a reason and somebody who answers for it."""

    rule: str = _rule()
    path: str = keyed(
        "文件", doc="哪个文件，写 catalog.yaml 或 content/ 开头的路径", example="content/zd/2020-00005.md"
    )
    reason: str = keyed("理由", doc="为什么暂时不改")
    approver: str = keyed("批准人", doc="谁批准的")
    expires: date = keyed("到期日", doc="到哪一天为止，含当天；从当天起算不超过 90 天")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Thresholds(Record):
    """The numbers that rules compare with; each defaults to the national measure or to this project's own."""

    people_in_list: int = keyed(
        "名单人数", doc="一张表里写了几个人的姓名，就算公布了人员名单", bounds=(2, 1000), default=3
    )
    page_kilobytes: int = keyed(
        "网页大小",
        doc="打开一个网页最多下载多少 KB，不算附件（100 到 10240）",
        example="1024",
        bounds=(100, 10240),
        default=1024,
    )
    news_days: int = _days("动态天数", "动态、要闻类栏目几天没有新内容算超期", 14, most=14)
    notice_months: int = _months("公告月数", "通知公告、政策文件类栏目几个月没有新内容算超期", 6, most=6)
    yearly_months: int = _months("年度月数", "人事、规划计划类栏目以及指南、标准目录几个月没有更新算超期", 12)
    cycle_grace: int = _days("周期宽限", "按“更新周期”算超期时，另外宽限几天", 15, least=0, most=60)
    stale_columns: int = keyed(
        "超期栏目数", doc="动态、通知公告、政策文件类栏目超期几个要单独提醒", bounds=(1, 5), default=5
    )
    late_columns: int = keyed("逾期栏目数", doc="其他栏目超过更新周期几个要单独提醒", bounds=(1, 10), default=10)
    publish_days: int = _days("公开工作日", "成文以后几个工作日内应当公开", 20, most=20)
    check_days: int = _days("核对天数", "核对日期超过几天要提醒", 180)
    expiry_days: int = _days("到期提醒天数", "有效期届满前几天开始提醒", 90)
    record_days: int = _days("补录天数", "发布日期比文件第一次入库早几天以上要提醒", 7)
    consultation_days: int = _days("征集天数", "征求意见少于几天必须写明理由", 30, least=30)
    result_days: int = _days("反馈天数", "征求意见截止以后几天内应当公布采纳情况", 30)
    decision_month: int = _month("决策目录月份", "到几月底还没有当年的重大行政决策目录要提醒", 6)
    budget_month: int = _month("预算月份", "到几月底还没有当年的预算要提醒", 6)
    accounts_month: int = _month("决算月份", "到几月底还没有上一年的决算要提醒", 10)
    approval_days: int = _days("批复天数", "预算、决算批复以后几天内应当公开", 20, most=20)
    guide_elements: int = keyed("指南缺项数", doc="一篇办事指南缺几项以上算要素不全", bounds=(1, 10), default=4)
    incomplete_guides: int = keyed("不全指南数", doc="要素不全的办事指南达到几篇要单独提醒", bounds=(1, 5), default=5)
    summary_length: int = keyed(
        "内容概述字数", doc="内容概述最多多少个字（DOC133），默认 100", bounds=(20, 1000), default=100
    )
    index_digits: int = keyed(
        "索引号位数", doc="索引号的流水号有几位（DOC131），默认 5；写 0 不检查索引号的写法", bounds=(0, 12), default=5
    )
    text_beside_files: int = keyed(
        "附图文字", doc="正文有图片或 PDF 时，至少多少个汉字（DOC137），默认 50", bounds=(20, 200), default=50
    )
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Policy(Record):
    """The whole of `checks` in `catalog.yaml`."""

    severities: tuple[SeverityChange, ...] = keyed("级别调整", doc="改变某条规则的级别", default=())
    thresholds: Thresholds = keyed("阈值", doc="规则用来比较的数", default=Thresholds())
    hosts: tuple[str, ...] = keyed(
        "自有域名",
        doc="本站和门户以外，网页还可以从哪些域名加载图片、脚本，只写本机关自己的",
        example="static.example.gov.cn",
        default=(),
    )
    exemptions: tuple[Exemption, ...] = keyed("豁免", doc="暂时容忍的问题，必须有理由、批准人和到期日", default=())
    marks: Marks | None = derived()
