"""Rules on what a site says about its own checks: exemptions end, reach something, and never touch what it promises.

Owns their codes, wording and documentation; `checks.policy` finds the faults.
"""

from __future__ import annotations

from build_site.checks.policy import LONGEST
from build_site.checks.rule import Rule, Scope
from build_site.model.finding import Fault, Finding, Message, Severity

M = Message


def _expired(fault: Fault) -> Finding:
    rule, path, day = fault.get("rule"), fault.get("path"), fault.get("expires")
    return Finding(
        fault.where,
        M(f"{path} 对 {rule} 的豁免到 {day} 为止，已经过期", f"the exemption of {path} from {rule} ended on {day}"),
        M("改好那个文件，删去这条豁免；还要延期的，重新批准，写新的到期日", "mend the file and delete the exemption; to go on, have it approved anew and write a new date"),
    )  # fmt: skip


def _too_long(fault: Fault) -> Finding:
    return Finding(
        fault.where,
        M(
            f"豁免到 {fault.get('expires')}，还有 {fault.get('days')} 天，超过 {LONGEST} 天；这条豁免不起作用",
            f"the exemption runs until {fault.get('expires')}, {fault.get('days')} days from now, over {LONGEST}: it has no effect",
        ),
        M(f"写 {LONGEST} 天以内的到期日，到期再评估", f"write a date within {LONGEST} days and decide anew then"),
    )


def _unused(fault: Fault) -> Finding:
    rule, path = fault.get("rule"), fault.get("path")
    return Finding(
        fault.where,
        M(f"{path} 没有 {rule} 的问题，这条豁免没有用处", f"{path} has no finding of {rule}: the exemption is of no use"),
        M("删去这条豁免；是文件改了名的，写现在的路径", "delete it; if the file was renamed, write its present path"),
    )  # fmt: skip


def _firm(fault: Fault) -> Finding:
    rule = fault.get("rule")
    return Finding(
        fault.where,
        M(
            f"{rule}“{fault.get('title')}”不能调低，也不能豁免",
            f"{rule} ({fault.get('title_en')}) cannot be softened and has no exemptions",
        ),
        M("删去这一条，改正文件本身", "delete this entry and mend the files themselves"),
    )


def _unknown(fault: Fault) -> Finding:
    rule = fault.get("rule")
    return Finding(
        fault.where,
        M(f"没有“{rule}”这条规则", f"there is no rule “{rule}”"),
        M("运行 build-site explain 查看全部规则", "run `build-site explain` to see all rules"),
    )


def _gone(fault: Fault) -> Finding:
    rule, path, said = fault.get("rule"), fault.get("path"), fault.get("message")
    return Finding(
        fault.where,
        M(f"{path} 的 {rule}“{said}”已经没有了，或者少了", f"{rule} in {path} (“{said}”) is gone, or there are fewer of it"),
        M("运行 build-site check --write-baseline，程序删去这一行", "run `build-site check --write-baseline`, which deletes the line"),
    )  # fmt: skip


def _unreadable(fault: Fault) -> Finding:
    return Finding(
        fault.where,
        M("baseline.json 读不懂，里面的问题没有隐藏", "baseline.json cannot be understood; it hides nothing"),
        M("恢复上一次提交的内容；有合并冲突的，两边的行都留下，删去 <<<、===、>>> 三种记号", "restore the committed file; after a conflict keep the lines of both sides and delete the marks"),
    )  # fmt: skip


_WHY = M(
    "豁免是给整改留时间，不是让问题消失：有理由、有人负责、有期限，过期就要重新决定。",
    "An exemption buys time to mend something, it does not make it disappear: reason, somebody who answers for it, an end.",
)
_BAD = "检查:\n  豁免:\n    - {规则: BDY105, 文件: content/zd/a.md, 理由: 旧文件, 批准人: 张三, 到期日: 2099-12-31}"
_GOOD = "检查:\n  豁免:\n    - {规则: BDY105, 文件: content/zd/a.md, 理由: 原件表头待核, 批准人: 办公室 张三, 到期日: 2026-12-31}"

POLICY_RULES: tuple[Rule, ...] = (
    Rule(
        "POL101", "exemption-too-long", Severity.ERROR,
        M("豁免时间太长", "exemption too long"), _WHY,
        M(f"到期日写在 {LONGEST} 天以内。", f"Let it end within {LONGEST} days."), _BAD, _GOOD,
        fault=_too_long, scope=Scope.CATALOGUE,
    ),
    Rule(
        "POL102", "exemption-expired", Severity.WARNING,
        M("豁免已经过期", "exemption expired"), _WHY,
        M("改好文件并删去豁免，或者重新批准。", "Mend the file and delete the exemption, or have it approved anew."), _BAD, _GOOD,
        fault=_expired, scope=Scope.CATALOGUE, firm=True,
    ),
    Rule(
        "POL103", "exemption-unused", Severity.WARNING,
        M("豁免没有用处", "exemption unused"), _WHY,
        M("删去它。", "Delete it."), _BAD, _GOOD,
        fault=_unused, scope=Scope.CATALOGUE, firm=True,
    ),
    Rule(
        "POL104", "firm-rule-softened", Severity.ERROR,
        M("不能放宽的规则被放宽", "firm rule softened"),
        M(
            "链接不空白、栏目不超过两级、文件读得出来，是本专栏对公众的承诺，不能关掉。",
            "No link to an empty page, no column below the second level, files that can be read: the site's promises, not settings.",
        ),
        M("删去这一条，改正文件。", "Delete the entry and mend the files."),
        "检查:\n  级别调整: [{规则: LNK104, 级别: 不检查}]",
        "检查:\n  级别调整: [{规则: BDY105, 级别: 必须修改}]",
        fault=_firm, scope=Scope.CATALOGUE,
    ),
    Rule(
        "POL105", "unknown-rule-in-policy", Severity.ERROR,
        M("检查设置里写了没有的规则", "unknown rule in the policy"),
        M("写错编号的设置不起作用，又看不出来。", "A mistyped code does nothing, and nobody sees it."),
        M("对照 build-site explain 改正编号。", "Correct the code by `build-site explain`."),
        "检查:\n  级别调整: [{规则: FRS999, 级别: 不检查}]",
        "检查:\n  级别调整: [{规则: BDY105, 级别: 不检查}]",
        fault=_unknown, scope=Scope.CATALOGUE,
    ),
    Rule(
        "POL106", "baseline-entry-gone", Severity.WARNING,
        M("接手时的问题已经改好，记录还在", "baseline entry that is gone"),
        M("baseline.json 只能越来越短：改好的不删去，同样的问题再出现就看不见。", "The baseline only shrinks: an entry that stays would hide the same fault when it comes back."),
        M("运行 build-site check --write-baseline。", "Run `build-site check --write-baseline`."),
        "baseline.json 里有 content/zd/a.md 的 BDY105，而表头已经补全",
        "运行 build-site check --write-baseline 以后，这一行没有了",
        fault=_gone, scope=Scope.CATALOGUE, firm=True,
    ),
    Rule(
        "POL107", "baseline-unreadable", Severity.ERROR,
        M("baseline.json 读不懂", "unreadable baseline"),
        M("读不懂就不知道哪些问题是接手时就有的。", "Nobody can tell then which findings were inherited."),
        M("恢复上一次提交的内容。", "Restore what was committed."),
        "<<<<<<< HEAD", '{"path": "content/zd/a.md", "code": "BDY105", …},',
        fault=_unreadable, scope=Scope.CATALOGUE,
    ),
)  # fmt: skip
