"""Rules on the list of sites that are built in one run.

Owns their codes, wording and documentation. Only `build-site build-all` meets their faults.
"""

from __future__ import annotations

from functools import partial

from build_site.checks.rule import Rule, Scope
from build_site.model.finding import Fault, Finding, Message, Severity

M = Message


def _no_list(fault: Fault) -> Finding:
    return Finding(
        fault.where,
        M(
            f"没有找到站点清单 {fault.where.path}，或者它是空的",
            f"the list of sites {fault.where.path} is missing or empty",
        ),
        M(
            "新建这个文件，在“站点”下面一行写一个站点文件夹，前面加 - ",
            "make it, with `sites:` and below it one `- folder` a line",
        ),
    )


def _twice(fault: Fault) -> Finding:
    other, line = fault.get("other"), fault.get("line")
    return Finding(
        fault.where,
        M(
            f"这个站点文件夹在第 {line} 行（{other}）已经列过",
            f"this folder is listed already, in line {line} ({other})",
        ),
        M("删除其中一项", "remove one of the two"),
    )


def _overlap(fault: Fault) -> Finding:
    name, other, line = fault.get("name"), fault.get("other"), fault.get("line")
    return Finding(
        fault.where,
        M(
            f"“{name}”和第 {line} 行的“{other}”要生成到同一个文件夹，或者一个在另一个里面",
            f"“{name}” and “{other}” (line {line}) are written to the same folder, or one inside the other",
        ),
        M(
            "给它另写一个输出文件夹，不和别的站点相同、也不在里面",
            "give it an output folder (`out`) of its own, beside the others",
        ),
    )


def _sources(fault: Fault) -> Finding:
    name, other, out = fault.get("name"), fault.get("other"), fault.get("out")
    return Finding(
        fault.where,
        M(
            f"“{name}”的输出文件夹 {out} 会盖住“{other}”的源文件、共用的主题或缓存",
            f"the output folder of “{name}”, {out}, lies over sources, shared themes or the cache of “{other}”",
        ),
        M("换一个只放网站的输出文件夹", "choose an output folder (`out`) that holds nothing but the output"),
    )


def _no_themes(fault: Fault) -> Finding:
    path = fault.get("path")
    return Finding(
        fault.where,
        M(f"没有“{path}”这个主题文件夹", f"there is no folder of themes “{path}”"),
        M(
            "改成已有的文件夹，从清单所在的文件夹算起；不共用主题的，删除这一项",
            "name a folder that is there, counted from that of the list, or remove the key",
        ),
    )


def _no_site(fault: Fault) -> Finding:
    path = fault.get("path")
    return Finding(
        fault.where,
        M(f"“{path}”里没有 catalog.yaml，不是站点文件夹", f"there is no catalog.yaml in “{path}”: it is no site"),
        M(
            "改正文件夹的写法，从清单所在的文件夹算起；已经撤销的站点，从清单里删除",
            "correct the folder, counted from that of the list, or take the site off the list",
        ),
    )


_rule = partial(Rule, severity=Severity.ERROR, scope=Scope.SITES)

SITE_LIST_RULES: tuple[Rule, ...] = (
    _rule(
        "SIT101",
        "site-list-missing",
        title=M("没有站点清单", "no list of sites"),
        why=M("不知道要生成哪些站点。", "Nothing says which sites are to be built."),
        fix=M("写一份清单，一行一个站点文件夹。", "Write a list, one folder of a site a line."),
        bad="（空文件）",
        good="站点:\n  - jyj\n  - czj",
        fault=_no_list,
    ),
    _rule(
        "SIT102",
        "site-listed-twice",
        title=M("站点列了两次", "site listed twice"),
        why=M(
            "同一个站点同时生成两次，会互相改写 urls.lock。",
            "The same site built twice at once would write to urls.lock twice.",
        ),
        fix=M("删除其中一项。", "Remove one of the two."),
        bad="站点:\n  - jyj\n  - ./jyj",
        good="站点:\n  - jyj",
        fault=_twice,
    ),
    _rule(
        "SIT103",
        "outputs-overlap",
        title=M("输出文件夹重叠", "outputs overlap"),
        why=M(
            "输出文件夹是整个替换的：后生成的会把先生成的盖掉。",
            "An output folder is exchanged whole: the later site would wipe out the earlier one.",
        ),
        fix=M(
            "每个站点用自己的输出文件夹，互不包含。", "Give each site an output folder of its own, none inside another."
        ),
        bad="站点:\n  - {站点文件夹: jyj, 输出文件夹: www}\n  - {站点文件夹: czj, 输出文件夹: www/czj}",
        good="站点:\n  - {站点文件夹: jyj, 输出文件夹: www/jyj}\n  - {站点文件夹: czj, 输出文件夹: www/czj}",
        fault=_overlap,
    ),
    _rule(
        "SIT104",
        "output-over-sources",
        title=M("输出文件夹盖住源文件", "output over sources"),
        why=M(
            "输出文件夹是整个替换的，里面不能有任何站点的源文件、共用的主题和缓存。",
            "An output folder is exchanged whole; it must hold no site's sources, no shared themes and no cache.",
        ),
        fix=M("换一个只放网站的文件夹。", "Choose a folder that holds nothing but the output."),
        bad="站点:\n  - {站点文件夹: jyj, 输出文件夹: czj/content}\n  - czj",
        good="站点:\n  - {站点文件夹: jyj, 输出文件夹: www/jyj}\n  - czj",
        fault=_sources,
    ),
    _rule(
        "SIT105",
        "shared-themes-missing",
        title=M("没有共用的主题文件夹", "shared themes missing"),
        why=M("用共用主题的站点都会通不过。", "Every site that uses a shared theme would fail."),
        fix=M("改正文件夹的写法。", "Correct the folder."),
        bad="默认:\n  主题文件夹: theme",
        good="默认:\n  主题文件夹: themes",
        fault=_no_themes,
    ),
    _rule(
        "SIT106",
        "listed-site-missing",
        title=M("列出的站点不在", "listed site missing"),
        why=M(
            "文件夹写错了，或者没有取到；其他站点照常生成。",
            "The folder is misspelt or was not fetched; the other sites are built all the same.",
        ),
        fix=M("改正文件夹的写法，或者从清单里删除。", "Correct the folder, or take it off the list."),
        bad="站点:\n  - jyu",
        good="站点:\n  - jyj",
        fault=_no_site,
    ),
)
