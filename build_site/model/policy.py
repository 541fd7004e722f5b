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
