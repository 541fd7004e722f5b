"""Rules on the standard catalogue (`items` of `catalog.yaml`).

Owns the words of its columns: channels, limits, audiences, bases. Sources: 国办发〔2019〕54号; 条例 art. 12.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_site.checks.rule import Rule, Scope
from build_site.model.columns import CatalogItem
from build_site.model.finding import Finding, Message, Severity
from build_site.model.site import ColumnNode, Document, Site
from build_site.model.words import Audience, ColumnKind, Mode

M = Message

_WEBSITE = "政府网站"
CHANNELS = (
    _WEBSITE,
    "政府公报",
    "两微一端",
    "发布会/听证会",
    "广播电视",
    "纸质媒体",
    "公开查阅点",
    "政务服务中心",
    "便民服务站",
    "入户/现场",
    "社区/企事业单位/村公示栏（电子屏）",
    "精准推送",
    "其他",
)
_ASIDE = re.compile(r"[（(][^）)]*[）)]|\s")
_KNOWN = {_ASIDE.sub("", name) for name in CHANNELS} | {"发布会", "听证会", "入户", "现场"}
_MEANT = (
    (re.compile(r"网站|官网|网页|门户"), _WEBSITE),
    (re.compile(r"微信|微博|公众号|新媒体|客户端|APP|两微", re.IGNORECASE), "两微一端"),
    (re.compile(r"报纸|报刊|杂志|书刊"), "纸质媒体"),
    (re.compile(r"电视|广播|电台"), "广播电视"),
    (re.compile(r"公[示告开]栏|电子屏|公示牌|宣传栏"), "社区/企事业单位/村公示栏（电子屏）"),
    (re.compile(r"查阅"), "公开查阅点"),
    (re.compile(r"大厅|窗口|服务中心"), "政务服务中心"),
    (re.compile(r"服务站"), "便民服务站"),
    (re.compile(r"(?:发布|听证|座谈|吹风)会"), "发布会/听证会"),
    (re.compile(r"短信|推送|电话"), "精准推送"),
)
_LIMIT = re.compile(
    r"(?:\d|[一二三四五六七八九十百两半])\s*个?\s*(?:工作日|自然日|日|天|周|月|年|季度|小时)"
    r"|每(?:年|半年|季|月|周|日|旬)|[及即实随]时|当[日天月年]|立即|长期|常年|同步|(?<![目当以])前"
)
_TITLED = re.compile(r"《[^》]+》|〔\d{4}〕\d+号|令\s*第?\s*\d+\s*号")
_MISSHAPEN = re.compile(
    r"(?<=[\u4e00-\u9fffA-Za-z])"
    r"(?:[﹝\[［【(（]\s*(?P<year>(?:19|20)\d\d)\s*[﹞\]］】)）]\s*第?\s*0*|〔\s*(?P<right>(?:19|20)\d\d)\s*〕\s*(?:第\s*0*|0+))"
    r"(?P<serial>[1-9]\d*)\s*号"
)
_54 = M("国办发〔2019〕54号：标准目录的各项要素", "国办发〔2019〕54号 on the standard catalogue")


def _audiences(site: Site) -> Iterator[Finding]:
    """Yield the rows for a group of people that do not say which."""
    for item in site.catalogue.items:
        if item.audience is Audience.GROUP and not item.audience_note:
            yield Finding(
                item.at("audience"),
                M(f"“{item.level2}”只对特定群体公开，没有写是谁", f"“{item.level2}” is open to a group, and none is named"),
                M("加一行“对象说明: ……”，写明是哪些人", "add `audience_note`: who they are"),
            )  # fmt: skip


def _channels(site: Site) -> Iterator[Finding]:
    """Yield the channels that are none of the thirteen of the standard catalogue."""
    for item in site.catalogue.items:
        for number, channel in enumerate(item.channels):
            name = _ASIDE.sub("", channel.replace("／", "/").lstrip("■☑√✔"))
            if name in _KNOWN or name.startswith("其他"):
                continue
            meant = next((right for pattern, right in _MEANT if pattern.search(name)), f"其他（{channel}）")
            yield Finding(
                item.at(f"channels.{number}"),
                M(f"公开渠道“{channel}”不是标准目录里的说法", f"the channel “{channel}” is not one of the standard catalogue"),
                M(f"改成“{meant}”", f"write “{meant}”"),
            )  # fmt: skip


def _off_the_website(site: Site) -> Iterator[Finding]:
    """Yield the proactive rows that do not name the website as a channel."""
    for item in site.catalogue.items:
        if item.mode is Mode.PROACTIVE and item.channels and not any("网站" in channel for channel in item.channels):
            yield Finding(
                item.at("channels"),
                M(f"“{item.level2}”主动公开，公开渠道里没有政府网站", f"“{item.level2}” is proactive, and the website is no channel"),
                M("在公开渠道里加上“政府网站”", "add 政府网站 to `channels`"),
            )  # fmt: skip


def _limits(site: Site) -> Iterator[Finding]:
    """Yield the limits from which nobody can tell a day or an occasion."""
    for item in site.catalogue.items:
        if not _LIMIT.search(item.deadline):
            yield Finding(
                item.at("deadline"),
                M(f"公开时限“{item.deadline}”看不出什么时候公开", f"the limit “{item.deadline}” tells no time"),
                M(
                    "写成“自信息形成或者变更之日起20个工作日内”“每年1月31日前”“及时”这样的时限",
                    "write a time: within 20 working days (20个工作日内), yearly before a day (每年1月31日前), at once (及时)",
                ),
            )


def _leads_nowhere(site: Site) -> Iterator[Finding]:
    """Yield the proactive rows that lead to no page with content or with an explanation."""
    for item in site.catalogue.items:
        if item.mode is not Mode.PROACTIVE:
            continue
        if not item.column:
            yield Finding(
                item.at("level2"),
                M(f"“{item.level2}”主动公开，没有写在哪个栏目", f"“{item.level2}” is proactive and names no column"),
                M("加一行“对应栏目: 一级代码/二级代码”", "add `column`: <level 1>/<level 2>"),
            )
            continue
        node = site.columns.get(tuple(item.column.split("/")))
        if node is not None and not node.present:
            yield Finding(
                item.at("column"),
                M(
                    f"“{item.level2}”主动公开，可是栏目“{node.column.title}”还没有内容",
                    f"“{item.level2}” is proactive, and its column “{node.column.title}” holds nothing",
                ),
                M(
                    "发布这类信息；确实没有的，给栏目写“空栏目: 说明”和空白说明",
                    "publish something in the column; where there is nothing, let the column explain why",
                ),
            )


def _bases(site: Site) -> Iterator[Finding]:
    """Yield the rows whose basis names no document."""
    for item in site.catalogue.items:
        if not any(_TITLED.search(basis) for basis in item.basis):
            yield Finding(
                item.at("basis"),
                M(f"“{item.level2}”的公开依据没有写出文件名称", f"the basis of “{item.level2}” names no document"),
                M(
                    "写全称，加书名号，如《中华人民共和国政府信息公开条例》第二十条",
                    "write a title in full within 《》",
                ),
            )


def _numbers(site: Site) -> Iterator[Finding]:
    """Yield the document numbers in a basis that are not written as GB/T 9704 wants them."""
    for item in site.catalogue.items:
        for number, basis in enumerate(item.basis):
            for match in _MISSHAPEN.finditer(basis):
                right = f"〔{match['year'] or match['right']}〕{match['serial']}号"
                yield Finding(
                    item.at(f"basis.{number}"),
                    M(f"公开依据里的文号“{match[0]}”写法不对", f"“{match[0]}” is not how a document number is written"),
                    M(f"改成“{right}”", f"write “{right}”"),
                )


def _twice(site: Site) -> Iterator[Finding]:
    """Yield the rows whose pair of matters stands in an earlier row."""
    seen: dict[tuple[str, str], CatalogItem] = {}
    for item in site.catalogue.items:
        first = seen.setdefault((item.level1, item.level2), item)
        if first is not item:
            line = first.at("level2").line
            yield Finding(
                item.at("level2"),
                M(
                    f"“{item.level1}—{item.level2}”在第 {line} 行已有一项",
                    f"“{item.level1} / {item.level2}” stands in line {line} too",
                ),
                M(
                    "合并成一项；内容不同的，把二级事项的名称写得不一样",
                    "merge the two, or give the second matter another name",
                ),
            )


def _catalogues(site: Site) -> Iterator[tuple[ColumnNode, list[Document]]]:
    """Yield the columns that show the standard catalogue, with what is filed in them."""
    for node in site.columns.values():
        if site.catalogue.items and node.present and node.column.page_kind is ColumnKind.CATALOGUE:
            yield node, [*node.documents, *([node.intro] if node.intro else [])]


def _without_file(site: Site) -> Iterator[Finding]:
    """Yield the standard catalogues that can be read on the page only."""
    for node, documents in _catalogues(site):
        if not any(document.files for document in documents):
            yield Finding(
                node.column.at("title"),
                M(f"“{node.column.title}”只有网页，没有可以下载的目录", f"“{node.column.title}” cannot be downloaded"),
                M(
                    f"把整张表存成 Excel 文件放进 content/{node.key}/，写进 index.md 的附件",
                    f"put the whole table as a file into content/{node.key}/ and list it in its index.md",
                ),
            )


def _undated(site: Site) -> Iterator[Finding]:
    """Yield the standard catalogues of which nobody can tell from when they are."""
    for node, _ in _catalogues(site):
        if node.intro is None or node.intro.notice.published is None:
            yield Finding(
                node.column.at("title"),
                M(f"“{node.column.title}”没有写是哪一天的目录", f"“{node.column.title}” does not say from when it is"),
                M(
                    f"在 content/{node.key}/index.md 开头写“发布日期”，每次核对目录后加一条更正记录",
                    f"write `published` in content/{node.key}/index.md, and a revision whenever it was checked",
                ),
            )


CATALOGUE_RULES: tuple[Rule, ...] = (
    Rule(
        "CAT101",
        "audience-not-named",
        Severity.ERROR,
        M("特定群体没有写是谁", "audience not named"),
        M("只写“特定群体”，公众不知道自己是不是其中之一。", "People cannot tell whether they belong to a group without a name."),
        M("写上对象说明。", "Write `audience_note`."),
        "公开对象: 特定群体",
        "公开对象: 特定群体\n对象说明: 持有伤残抚恤证件的人员",
        _54,
        site=_audiences,
        scope=Scope.CATALOGUE,
    ),
    Rule(
        "CAT102",
        "channel-not-standard",
        Severity.WARNING,
        M("公开渠道不是标准说法", "channel not standard"),
        M("标准目录的渠道有统一的十三种，说法一致才能汇总和比较。", "The standard catalogue has thirteen channels; only the same words can be summed up."),
        M("改成标准说法；都不合适的写“其他（……）”。", "Use the standard word, or 其他 with what you mean in brackets."),
        "公开渠道: [微信公众号]",
        "公开渠道: [政府网站, 两微一端]",
        _54,
        site=_channels,
        scope=Scope.CATALOGUE,
    ),
    Rule(
        "CAT103",
        "website-not-a-channel",
        Severity.WARNING,
        M("主动公开没有用政府网站", "website not a channel"),
        M("主动公开的信息就在本网站上，目录里也要写明。", "What is open on its own accord is on this website, and the catalogue should say so."),
        M("在公开渠道里加上政府网站。", "Add 政府网站 to the channels."),
        "公开渠道: [公开查阅点]\n公开方式: 主动",
        "公开渠道: [政府网站, 公开查阅点]\n公开方式: 主动",
        site=_off_the_website,
        scope=Scope.CATALOGUE,
    ),
    Rule(
        "CAT104",
        "limit-unclear",
        Severity.WARNING,
        M("公开时限看不出时间", "limit unclear"),
        M("“适时”“按规定”这样的时限，公众没有办法监督。", "Nobody can hold a body to a limit such as “in due course”."),
        M("写出天数、日子或者“及时”。", "Write a number of days, a day, or 及时."),
        "公开时限: 按规定公开",
        "公开时限: 自信息形成或者变更之日起20个工作日内",
        M(
            "《中华人民共和国政府信息公开条例》第二十六条；国办发〔2019〕54号",
            "条例 art. 26; 国办发〔2019〕54号",
        ),
        site=_limits,
        scope=Scope.CATALOGUE,
    ),
    Rule(
        "CAT105",
        "matter-leads-nowhere",
        Severity.ERROR,
        M("主动公开的事项没有去处", "matter leads nowhere"),
        M("目录说主动公开，公众却找不到内容，也看不到为什么没有。", "The catalogue promises what people cannot find, and nothing says why."),
        M("写对应栏目；栏目没有内容的，写空白说明。", "Name the column; let an empty one explain itself."),
        "公开方式: 主动（没有对应栏目）",
        "公开方式: 主动\n对应栏目: fdzdgknr/gfxwj",
        M(
            "《上海市退役军人事务局2020年政务公开工作要点》一（三）",
            "the bureau's work plan for 2020, part 1 (3)",
        ),
        site=_leads_nowhere,
    ),
    Rule(
        "CAT106",
        "basis-without-title",
        Severity.WARNING,
        M("公开依据没有文件名称", "basis without title"),
        M("“有关规定”不是依据，公众查不到。", "Nobody can look up “the relevant provisions”."),
        M("写出文件的全称或者文号。", "Write the document's title or number."),
        "公开依据: [有关规定]",
        "公开依据: [《中华人民共和国政府信息公开条例》第二十条第（一）项]",
        _54,
        site=_bases,
        scope=Scope.CATALOGUE,
    ),
    Rule(
        "CAT107",
        "matter-twice",
        Severity.ERROR,
        M("公开事项重复", "matter twice"),
        M("同一事项两行，公众不知道以哪一行为准。", "With two rows for a matter nobody knows which one holds."),
        M("合并，或者改名。", "Merge the rows or rename one."),
        "- {一级事项: 优待抚恤, 二级事项: 办事指南, …}\n- {一级事项: 优待抚恤, 二级事项: 办事指南, …}",
        "- {一级事项: 优待抚恤, 二级事项: 残疾等级评定指南, …}\n- {一级事项: 优待抚恤, 二级事项: 定期抚恤金指南, …}",
        site=_twice,
        scope=Scope.CATALOGUE,
    ),
    Rule(
        "CAT108",
        "catalogue-without-file",
        Severity.WARNING,
        M("标准目录不能下载", "catalogue without file"),
        M("整张目录存成文件，公众和上级机关才好比对、汇总。", "People and higher bodies compare and sum up a file, not a page."),
        M("放一个 Excel 文件。", "Offer it as a file too."),
        "content/bzh/index.md（没有附件）",
        "附件: [gkbzml.xlsx]",
        M(
            "《上海市退役军人事务局2020年政务公开工作要点》：标准化工作专栏以目录形式展示",
            "the bureau's work plan for 2020: the standard catalogue is shown in a column of its own",
        ),
        site=_without_file,
        audit=True,
    ),
    Rule(
        "CAT109",
        "catalogue-undated",
        Severity.WARNING,
        M("标准目录没有日期", "catalogue undated"),
        M("目录要及时更新，没有日期就看不出是不是旧的。", "A catalogue must be kept current; without a day nobody can tell."),
        M("写上发布日期。", "Write `published`."),
        "---\n标题: 标准目录\n---",
        "---\n标题: 标准目录\n发布日期: 2026-06-30\n---",
        M("《中华人民共和国政府信息公开条例》第十二条", "条例 art. 12"),
        site=_undated,
        audit=True,
    ),
    Rule(
        "CAT111",
        "basis-number-misshapen",
        Severity.WARNING,
        M("公开依据里的文号写法不对", "number misshapen in a basis"),
        M("文号的年份用六角括号〔〕，序号不加“第”、不编虚位。", "The year stands in 〔〕, the serial without 第 and without leading zeros."),
        M("照提示改正。", "Write it as the message says."),
        "公开依据: [国发[2015]第23号]",
        "公开依据: [国发〔2015〕23号]",
        M("GB/T 9704—2012《党政机关公文格式》7.2.5", "GB/T 9704-2012, 7.2.5, on document numbers"),
        site=_numbers,
        scope=Scope.CATALOGUE,
    ),
)  # fmt: skip
