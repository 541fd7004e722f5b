"""Rules on columns: the mandated ones, the two levels, empty ones.

Owns their codes and documentation and the empty policies; `depth` and `home` judge the two levels. Sources: the
bureau's work plan for 2020, part 1 (3); 条例 art. 20.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from build_site.checks.rule import SEED, SEED_DEPTH, Rule
from build_site.checks.rules import depth, home
from build_site.loading.markup import count_chars
from build_site.model.columns import Column
from build_site.model.finding import Fault, Finding, Message, Severity
from build_site.model.site import ColumnNode, Site
from build_site.model.words import ColumnKind, EmptyPolicy

M = Message

MANDATED: tuple[tuple[str, ...], ...] = (
    ("政府信息公开指南",),
    ("政府信息公开制度",),
    ("法定主动公开内容",),
    ("政府信息公开工作年度报告", "政府信息公开年报"),
    ("政府信息公开受理机构", "受理机构"),
    ("依申请公开",),
)
MIN_REASON = 30
MANY_EXPLAINED = 4


def _mandated(site: Site) -> Iterator[Finding]:
    titles: dict[str, list[Column]] = defaultdict(list)
    for column in site.catalogue.columns:
        titles[column.title].append(column)
    for names in MANDATED:
        found = [column for name in names for column in titles[name]]
        if not found:
            yield Finding(
                site.catalogue.at("columns"),
                M(f"缺少一级栏目“{names[0]}”", f"the level-1 column “{names[0]}” is missing"),
                M(
                    f"在 columns 下增加一个栏目，名称一字不差地写成“{names[0]}”",
                    f"add a column under `columns` with exactly this title: {names[0]}",
                ),
            )
        for extra in found[1:]:
            yield Finding(
                extra.at("title"),
                M(f"栏目“{names[0]}”出现了不止一次", f"the column “{names[0]}” stands more than once"),
                M("只留一个", "keep one of them"),
            )


def _required(site: Site) -> Iterator[Finding]:
    mandated = {name for names in MANDATED for name in names}
    for path, node in site.columns.items():
        column = node.column
        if node.filled:
            continue
        if column.empty_policy is EmptyPolicy.REQUIRED or (len(path) == 1 and column.title in mandated):
            yield Finding(
                column.at("title"),
                M(
                    f"栏目“{column.title}”必须有内容，现在没有已发布的文件",
                    f"the column “{column.title}” must have content; nothing is published in it",
                ),
                M(
                    f"在 content/{node.key}/ 下放入已发布的文件，或写 content/{node.key}/index.md",
                    f"put a published document into content/{node.key}/, or write content/{node.key}/index.md",
                ),
            )
        elif column.empty_policy is EmptyPolicy.EXPLAIN and not any(
            child.present for key, child in site.columns.items() if key[:-1] == path
        ):
            yield from _explained(site, node)


def _explained(site: Site, node: ColumnNode) -> Iterator[Finding]:
    column, told = node.column, node.column.explanation
    fix = M(
        "补全“空白说明”：原因（不少于 30 个字）、依据、责任处室、截至日期、下次核查日期",
        "complete `explanation`: reason (30 characters or more), basis, owner, as_of, review_on",
    )
    if told is None:
        yield Finding(
            column.at("empty"),
            M(
                f"栏目“{column.title}”没有内容，也没有说明原因",
                f"the column “{column.title}” is empty and does not say why",
            ),
            fix,
        )
    elif (said := sum(count_chars(told.reason))) < MIN_REASON:
        yield Finding(
            told.at("reason"),
            M(
                f"空白说明的原因只有 {said} 个字，少于 {MIN_REASON} 个字",
                f"the reason has {said} characters, under {MIN_REASON}",
            ),
            fix,
        )
    elif told.review_on <= site.as_of:
        yield Finding(
            told.at("review_on"),
            M(
                f"栏目“{column.title}”的空白说明已于 {told.review_on} 到期",
                f"the explanation of the empty column “{column.title}” lapsed on {told.review_on}",
            ),
            M(
                "重新核查：有内容了就发布；仍然没有，改“截至日期”和“下次核查日期”",
                "check again: publish what there is, or renew `as_of` and `review_on`",
            ),
        )


def _many_explained(site: Site) -> Iterator[Finding]:
    empty = [
        node
        for node in site.columns.values()
        if not node.filled and node.present and node.column.empty_policy is EmptyPolicy.EXPLAIN
    ]
    if len(empty) > MANY_EXPLAINED:
        yield Finding(
            empty[MANY_EXPLAINED].column.at("title"),
            M(f"有 {len(empty)} 个栏目只有空白说明", f"{len(empty)} columns hold nothing but an explanation"),
            M(
                "上级检查中空白栏目累计 5 个即单项否决；合并或撤销用不到的栏目",
                "inspectors veto a site with five empty columns: merge or drop those that are not needed",
            ),
        )


def _duplicates(site: Site) -> Iterator[Finding]:
    yield from _same(site.catalogue.columns)
    for column in site.catalogue.columns:
        yield from _same(column.children)
    yield from _themes(site)


def _themes(site: Site) -> Iterator[Finding]:
    for name, label in (("key", M("代码", "key")), ("title", M("名称", "title"))):
        seen: set[str] = set()
        for theme in site.catalogue.themes:
            value = getattr(theme, name)
            if value in seen:
                yield Finding(
                    theme.at(name),
                    M(f"已有{label.zh}为“{value}”的主题", f"there is a theme with the {label.en} “{value}”"),
                    M("换一个，或合并两个主题", "choose another, or merge the two themes"),
                )
            seen.add(value)


def _record_missing(site: Site) -> Iterator[Finding]:
    told = site.catalogue.institution
    records: dict[ColumnKind, tuple[str, bool]] = {
        ColumnKind.INSTITUTION: ("institution（机构）", bool(told and (told.leaders or told.offices or told.units))),
        ColumnKind.PLACES: ("places（场所）", bool(site.catalogue.places)),
        ColumnKind.ACCOUNTS: ("accounts（政务新媒体）", bool(site.catalogue.accounts)),
        ColumnKind.CATALOGUE: ("items（公开事项）", bool(site.catalogue.items)),
    }
    for node in site.columns.values():
        name, given = records.get(node.column.page_kind, ("", True))
        if node.present and not given:
            yield Finding(
                node.column.at("kind"),
                M(f"栏目“{node.column.title}”要用的 {name} 没有写", f"the record {name} of the column “{node.column.title}” is missing"),
                M(f"在 catalog.yaml 里补上 {name}；或者改栏目的类型", f"add {name} to catalog.yaml, or change the column's kind"),
            )  # fmt: skip


def _same(columns: tuple[Column, ...]) -> Iterator[Finding]:
    for name, label in (("key", M("代码", "key")), ("title", M("名称", "title"))):
        seen: set[str] = set()
        for column in columns:
            value = getattr(column, name)
            if value in seen:
                yield Finding(
                    column.at(name),
                    M(
                        f"同一级已有{label.zh}为“{value}”的栏目",
                        f"a column of the same level has the {label.en} “{value}”",
                    ),
                    M("换一个，或合并两个栏目", "choose another, or merge the two columns"),
                )
            seen.add(value)


def _unknown_reference(site: Site) -> Iterator[Finding]:
    for where, value in (
        *((topic.at("column"), topic.column) for topic in site.catalogue.topics),
        *((item.at("column"), item.column) for item in site.catalogue.items if item.column),
    ):
        if tuple(value.split("/")) not in site.columns:
            yield Finding(
                where,
                M(f"没有代码为 {value} 的栏目", f"there is no column {value}"),
                M("写成 一级代码 或 一级代码/二级代码", "write <level 1> or <level 1>/<level 2>"),
            )


def _reserved(fault: Fault) -> Finding:
    return Finding(
        fault.where,
        M(f"代码“{fault.get('key')}”留给系统使用", f"the key “{fault.get('key')}” is reserved"),
        M("换一个代码", "choose another key"),
    )


COLUMN_RULES: tuple[Rule, ...] = (
    Rule(
        "COL101",
        "mandated-column-missing",
        Severity.ERROR,
        M("缺少规定的栏目", "mandated column missing"),
        M(
            "专栏首页必须有四个子栏目，以及受理机构和依申请公开栏目。",
            "The column home must have the four sub-columns, the acceptance body and disclosure on request.",
        ),
        M("在 catalog.yaml 里加上，名称一字不差。", "Add it to catalog.yaml with exactly this title."),
        "- title: 公开指南",
        "- title: 政府信息公开指南",
        basis=M(
            "《上海市退役军人事务局2020年政务公开工作要点》一（三）；国办公开办函〔2019〕61号",
            "the bureau's work plan for 2020, part 1 (3); 国办公开办函〔2019〕61号",
        ),
        site=_mandated,
        firm=True,
    ),
    Rule(
        "COL102",
        "column-too-deep",
        Severity.ERROR,
        M("栏目超过两级", "column too deep"),
        M("三级以上的栏目，公众找不到东西。", "People find nothing below a second level."),
        M("合并层级；年份、有效性由系统在列表里标出，不用栏目。", "Merge levels; lists show year and validity, no column is needed."),
        "法定主动公开内容 › 行政规范性文件 › 已废止",
        "法定主动公开内容 › 行政规范性文件（已废止的文件写“废止日期”）",
        basis=SEED_DEPTH,
        fault=depth.folder_too_deep,
        site=depth.too_deep,
        firm=True,
    ),
    Rule(
        "COL103",
        "module-too-deep",
        Severity.ERROR,
        M("首页模块超过两级标题", "module too deep"),
        M("首页每个模块只有模块名和条目两级。", "A module has its name and its entries, nothing below."),
        M("改主题模板，去掉多出的标题、嵌套列表或折叠块。", "Mend the theme: no second heading, nested list or folding block."),
        "<section data-module><h2>…</h2><h3>…</h3>",
        "<section data-module><h2>…</h2><ul><li><a>…</a></li></ul>",
        basis=SEED_DEPTH,
        output=home.module_too_deep,
        firm=True,
    ),
    Rule(
        "COL104",
        "required-column-empty",
        Severity.ERROR,
        M("必填的栏目是空的", "required column empty"),
        M("空白栏目等于没有公开；累计 5 个，检查时单项否决。", "An empty column discloses nothing; five of them are a veto in an inspection."),
        M("放入内容；确实没有的，写“空白说明”并按期核查。", "Publish something; or explain why not, and review it in time."),
        "- title: 政府信息公开指南（content/zn/ 是空的）",
        "content/zn/index.md",
        basis=SEED,
        site=_required,
        firm=True,
    ),
    Rule(
        "COL105",
        "duplicate-column",
        Severity.ERROR,
        M("同级栏目重名", "duplicate column"),
        M("两个栏目同名，公众分不清；代码相同，地址会打架。", "Two columns of one name confuse; of one key, they share an address."),
        M("改名或合并。", "Rename or merge."),
        "- {key: zd, title: 制度}\n- {key: zd, title: 规定}",
        "- {key: zd, title: 制度}\n- {key: gd, title: 规定}",
        site=_duplicates,
    ),
    Rule(
        "COL106",
        "reserved-column-key",
        Severity.ERROR,
        M("栏目代码是保留的", "reserved column key"),
        M("wj、fj、assets 是文件、附件和样式的地址。", "wj, fj and assets are the addresses of documents, files and styles."),
        M("换一个代码。", "Choose another key."),
        "key: wj",
        "key: zcwj",
        fault=_reserved,
    ),
    Rule(
        "COL107",
        "many-explained-columns",
        Severity.WARNING,
        M("只有说明的栏目太多", "many explained columns"),
        M("空白栏目累计 5 个，检查时单项否决；说明页可能被算作空白。", "Five empty columns are a veto; explanations may be counted."),
        M("合并或撤销用不到的栏目。", "Merge or drop columns."),
        "5 个栏目都写“空栏目: 说明”",
        "不超过 4 个",
        basis=M("国办秘函〔2019〕19号，单项否决指标", "国办秘函〔2019〕19号, veto items"),
        site=_many_explained,
    ),
    Rule(
        "COL108",
        "unknown-column-reference",
        Severity.ERROR,
        M("引用了不存在的栏目", "unknown column reference"),
        M("目录里的一行对不上栏目，公众找不到它的内容。", "A catalogue row without its column leads nowhere."),
        M("写成已有的 一级代码/二级代码。", "Write an existing <level 1>/<level 2>."),
        "column: zdly/azjs",
        "column: zdly/jsaz",
        site=_unknown_reference,
    ),
    Rule(
        "COL109",
        "column-without-its-record",
        Severity.WARNING,
        M("栏目缺少它要展示的内容", "column without its record"),
        M("这类栏目的内容写在 catalog.yaml 里，没写，页面上就只有一段说明。", "Such a column shows what catalog.yaml holds; without it there is only an introduction."),
        M("补上相应的一段；或者把栏目改成列表。", "Add the record, or make the column a list."),
        "kind: 机构职能（没有 institution）",
        "institution:\n  checked: 2026-11-02\n  leaders: …",
        site=_record_missing,
    ),
)  # fmt: skip
