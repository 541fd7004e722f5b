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
    exemptions: tuple[Exemption, ...] = keyed("豁免", doc="暂时容忍的问题，必须有理由、批准人和到期日", default=())
    marks: Marks | None = derived()
