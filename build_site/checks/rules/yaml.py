"""Rules on `catalog.yaml` and front matter as YAML: syntax, keys, values.

Owns the wording of what `loading.yaml_nodes`, `loading.front_matter` and `loading.binding` report.
"""

from __future__ import annotations

import re

from build_site.checks.rule import Rule
from build_site.checks.rules.yaml_fixes import half_width_colons, written_date
from build_site.model.finding import Fault, Finding, Message, Severity

M = Message

# libyaml's own words, as patterns, with what an editor has most likely done
_PROBLEMS: tuple[tuple[str, Message, Message], ...] = (
    (
        r"full-width colon",
        M("这里用了全角冒号“：”", "a full-width colon stands here"),
        M("改成半角冒号加一个空格，如“标题: 通知”", "write a half-width colon and a space, like `title: …`"),
    ),
    (
        r"no space after colon",
        M("冒号后面没有空格", "there is no space after the colon"),
        M("在冒号后面空一格，如“标题: 通知”", "put a space after the colon, like `title: …`"),
    ),
    (
        r"indented too far",
        M("这一行前面的空格太多，被当成了上一行的后半句", "the line is indented too far and was taken for the rest of the one above"),
        M("行首的空格改得和同一级的上一行一样多；“- ”下面的行，和“- ”后面的字对齐", "indent it like the line above of the same level; below `- `, like the word behind it"),
    ),
    (
        r"^indentation$",
        M("这一行前面的空格数，和上面哪一级都对不上", "the indentation of this line fits no level above"),
        M("行首的空格改得和同一级的上一行一样多", "indent it like the line above of the same level"),
    ),
    (
        r"not a mapping",
        M("这里应当是“名称: 值”", "`key: value` is expected here"),
        M("每行写一个“名称: 值”，冒号是半角的，后面空一格", "write one `key: value` a line, with a space after the colon"),
    ),
    (
        r"key is not a word",
        M("冒号前面应当是一个名称", "a key must be a plain word"),
        M("检查这一行是不是多了 - ? [ 或 {", "look for a stray - ? [ or { on this line"),
    ),
    (
        r"too deep",
        M("嵌套太深", "nested too deep"),
        M("删除多余的括号或缩进", "remove the superfluous brackets or indentation"),
    ),
    (
        r"^tag$",
        M("这里用了 YAML 标记（! 开头）", "a YAML tag (with !) is not allowed here"),
        M("值以 ! 开头时加引号", "put the value in quotes when it begins with !"),
    ),
    (
        r"mapping values are not allowed",
        M("值里面有半角冒号加空格，读不出来", "the value holds a colon and a space and cannot be read"),
        M("给整个值加上引号，如 标题: \"关于甲: 乙的通知\"；或者用全角冒号", "put the whole value in quotes"),
    ),
    (
        r"cannot start any token",
        M("这里有不能放在开头的字符（制表符 Tab、@、` 或 %）", "a character that cannot begin a value (a tab, @, ` or %)"),
        M("缩进用空格，不用 Tab；值以 @ ` % 开头时加引号", "indent with spaces, not tabs; quote a value that begins with @ ` or %"),
    ),
    (
        r"unexpected end of stream|quoted scalar",
        M("引号没有成对", "a quotation mark is not closed"),
        M("补上另一个引号；中文引号“ ”不用管", "add the other quotation mark"),
    ),
    (
        r"undefined alias|alias|anchor|alphabetic or numeric",
        M("值以 * 或 & 开头，有特殊含义", "a value that begins with * or & means something special"),
        M("给这个值加上引号", "put the value in quotes"),
    ),
    (
        r"block scalar",
        M("值以 | 或 > 开头，有特殊含义", "a value that begins with | or > means something special"),
        M("给这个值加上引号", "put the value in quotes"),
    ),
    (
        r"expected key|could not find expected|block end|block collection|node content|flow sequence|flow mapping|',' or",
        M("这一行的写法不对：缩进没有对齐，缺冒号，或者 [ ] { } 之后还有字", "indentation, a missing colon, or text after [ ] or { }"),
        M("和上一行对齐；写成“名称: 值”；值里有 [ ] 或 { } 时给整个值加引号，如 文号: \"[2019]3号\"", "align it with the line above; quote a value that holds [ ] or { }"),
    ),
)  # fmt: skip
_OTHER = (
    M("这里不符合 YAML 的写法", "this is not valid YAML"),
    M("对照上下几行检查缩进、冒号和引号", "compare indentation, colons and quotes with the lines around it"),
)
_EXPECTED = {
    "a single value": M("一个值", "a single value"),
    "a list": M("一个列表，每项一行，以“- ”开头", "a list, one item a line, each beginning with `- `"),
    "yes or no": M("“是”或“否”", "`是` or `否`"),
    "text without control characters": M("没有控制字符的文字", "text without control characters"),
    "a date": M("日期，写成 2020-11-17", "a date like 2020-11-17"),
    "a real date": M("日历上有的日期", "a date that exists"),
}


def _invalid_yaml(fault: Fault) -> Finding:
    told = f"{fault.get('problem')} {fault.get('context')}"
    for pattern, message, help_ in _PROBLEMS:
        if re.search(pattern, fault.get("problem")):
            fix = half_width_colons(fault) if pattern == "full-width colon" else None
            return Finding(fault.where, message, help_, fix)
    for pattern, message, help_ in _PROBLEMS:
        if re.search(pattern, told):
            return Finding(fault.where, message, help_)
    return Finding(fault.where, *_OTHER)


def _alias(fault: Fault) -> Finding:
    return Finding(
        fault.where,
        M("这里用了 YAML 的引用（& 和 *），不支持", "YAML anchors and aliases (& and *) are not supported"),
        M("把内容直接写出来；值以 & 或 * 开头时加引号", "write the content out; quote a value that begins with & or *"),
    )


def _duplicate_key(fault: Fault) -> Finding:
    key, other = fault.get("key"), fault.get("other")
    same = key == other
    return Finding(
        fault.where,
        M(f"“{key}”写了两次" if same else f"“{key}”和前面的“{other}”是同一项", f"`{key}` is given twice" if same else f"`{key}` and `{other}` mean the same"),
        M("只留一个", "keep one of them"),
    )  # fmt: skip


def _unknown_key(fault: Fault) -> Finding:
    key, near, known = fault.get("key"), fault.get("suggestion"), fault.get("known")
    zh = f"没有“{key}”这一项" + (f"，是不是“{near}”？" if near else "")
    en = f"unknown key `{key}`" + (f"; did you mean `{near}`?" if near else "")
    if near:
        fix = M(f"改成“{near}”，或者删除这一行", f"write `{near}`, or delete the line")
    else:
        fix = M(f"删除，或改成其中之一：{known}", f"delete it, or write one of: {known}")
    return Finding(fault.where, M(zh, en), fix)


def _missing_field(fault: Fault) -> Finding:
    key, name = fault.get("key"), fault.get("name")
    why = (
        M("（没有日期的信息，检查时视为不更新）", " (undated information counts as not updated)")
        if name == "published"
        else M("", "")
    )
    return Finding(
        fault.where,
        M(f"缺少“{key}”{why.zh}", f"`{name}` is missing{why.en}"),
        M(f"加一行“{key}: ……”", f"add a line `{name}: …`"),
    )


def _instead(wanted: Message, suggestion: str, example: str) -> Message:
    """Return what to write: the corrected value where there is one, else what is wanted, with an example beside it."""
    if suggestion:
        return M(f"改成 {suggestion}", f"write {suggestion}")
    # a form that shows itself (“日期，写成 2020-11-17”) needs no example that says the same
    shown = bool(example) and example not in wanted.zh
    return M(
        f"改成{wanted.zh}" + (f"，例如 {example}" if shown else ""),
        f"write {wanted.en}" + (f", for example {example}" if shown else ""),
    )


def _invalid_value(fault: Fault) -> Finding:
    key, value, expected = fault.get("key"), fault.get("value"), fault.get("expected")
    suggestion, example = fault.get("suggestion"), fault.get("example")
    if expected.startswith("one of: "):
        words = expected.removeprefix("one of: ")
        wanted = M(f"以下之一：{words}", f"one of {words}")
    elif expected.startswith("form: "):
        wanted = M(*expected.removeprefix("form: ").split("|", 1))
    elif expected.startswith("a number from "):
        low, high = expected.removeprefix("a number from ").split(" to ")
        wanted = M(f"{low} 到 {high} 的整数", f"a whole number from {low} to {high}")
    else:
        wanted = _EXPECTED.get(expected, M(expected, expected))
    shown = f"“{value}”" if value else "这样的内容"
    return Finding(
        fault.where,
        M(f"“{key}”不能是{shown}，应当是{wanted.zh}", f"`{key}` cannot be `{value}`; expected: {wanted.en}"),
        _instead(wanted, suggestion, example),
        written_date(fault),
    )


def _front_matter_missing(fault: Fault) -> Finding:
    return Finding(
        fault.where,
        M(
            "文件开头没有两行 --- 之间的信息（标题、发布日期等）",
            "the file does not begin with front matter between two lines ---",
        ),
        M(
            "在最前面加上：\n---\n标题: ……\n发布日期: 2020-11-17\n---",
            "put this first:\n---\ntitle: …\npublished: 2020-11-17\n---",
        ),
    )


def _front_matter_unclosed(fault: Fault) -> Finding:
    return Finding(
        fault.where,
        M("开头的 --- 没有结束：找不到第二行 ---", "the front matter is not closed: there is no second line ---"),
        M("在标题、日期等信息之后、正文之前，单独加一行 ---", "add a line --- between the front matter and the body"),
    )


def _catalogue_missing(fault: Fault) -> Finding:
    return Finding(
        fault.where,
        M("没有找到 catalog.yaml，或者它是空的", "catalog.yaml is missing or empty"),
        M(
            "在站点文件夹里运行；新建一个站点用 build-site init 文件夹",
            "run this in a site's folder; `build-site init DIR` makes a new site",
        ),
    )


def _after_hash(fault: Fault) -> Finding:
    text, value = fault.get("text"), fault.get("value")
    return Finding(
        fault.where,
        M(f"“{text}”被当作注释，没有读取", f"`{text}` is taken for a comment and not read"),
        M(
            f'属于值的，给整个值加引号："{value} {text}"；确实是注释的，在 # 后面空一格',
            f'quote the whole value: "{value} {text}"; if it is a comment, put a space after #',
        ),
    )


_NO_PAGE = M("读不出来的内容不会上网。", "What cannot be read is not published.")

YAML_RULES: tuple[Rule, ...] = (
    Rule(
        "YML101",
        "catalogue-missing",
        Severity.ERROR,
        M("没有 catalog.yaml", "no catalog.yaml"),
        M(
            "栏目、受理机构都写在这个文件里，没有它建不出网站。",
            "Columns and acceptance body are written there; no site without it.",
        ),
        M(
            "在站点的文件夹里运行，或用 build-site init 新建。",
            "Run in the site's folder, or make one with `build-site init`.",
        ),
        "（没有 catalog.yaml 的文件夹）",
        "catalog.yaml、content/",
        fault=_catalogue_missing,
    ),
    Rule(
        "YML102",
        "invalid-yaml",
        Severity.ERROR,
        M("YAML 写法有误", "invalid YAML"),
        _NO_PAGE,
        M("按提示改正缩进、冒号或引号。", "Correct indentation, colons or quotes."),
        "标题: 关于甲: 乙的通知",
        '标题: "关于甲: 乙的通知"',
        fault=_invalid_yaml,
    ),
    Rule(
        "YML103",
        "yaml-alias",
        Severity.ERROR,
        M("YAML 引用", "YAML alias"),
        M("引用会让很小的文件展开成极大的内容。", "Aliases let a small file grow into an enormous one."),
        M("把内容直接写出来。", "Write the content out."),
        "a: &x [1]\nb: *x",
        "a: [1]\nb: [1]",
        fault=_alias,
    ),
    Rule(
        "YML104",
        "duplicate-key",
        Severity.ERROR,
        M("同一项写了两次", "duplicate key"),
        M("不知道以哪个为准，其中一个会无声地丢失。", "One of the two would be lost without a word."),
        M("只留一个。", "Keep one."),
        "标题: 甲\n标题: 乙",
        "标题: 甲",
        fault=_duplicate_key,
    ),
    Rule(
        "YML105",
        "unknown-key",
        Severity.ERROR,
        M("不认识的项", "unknown key"),
        M("名字写错的项等于没写，例如“有效期”写成“有效其”。", "A misspelt key is as good as not written."),
        M("按提示改名。", "Correct the name."),
        "标提: 通知",
        "标题: 通知",
        fault=_unknown_key,
    ),
    Rule(
        "YML106",
        "missing-field",
        Severity.ERROR,
        M("缺少必填项", "missing field"),
        M(
            "没有标题或日期的信息无法展示；没有日期的信息视为不更新。",
            "Without title or date it cannot be shown; undated counts as not updated.",
        ),
        M("补上这一项。", "Add it."),
        "---\n发布日期: 2020-11-17\n---",
        "---\n标题: 通知\n发布日期: 2020-11-17\n---",
        fault=_missing_field,
    ),
    Rule(
        "YML107",
        "invalid-value",
        Severity.ERROR,
        M("值的写法不对", "invalid value"),
        M("猜错日期或类别会误导公众。", "Guessing a date or kind wrong would mislead the public."),
        M("按提示改写。", "Write it as shown."),
        "发布日期: 2020年11月17日",
        "发布日期: 2020-11-17",
        fault=_invalid_value,
    ),
    Rule(
        "YML108",
        "front-matter-missing",
        Severity.ERROR,
        M("文件开头没有信息", "front matter missing"),
        _NO_PAGE,
        M("在最前面加两行 ---，中间写标题和发布日期。", "Begin the file with title and date between two lines ---."),
        "关于……的通知",
        "---\n标题: 关于……的通知\n发布日期: 2020-11-17\n---",
        fault=_front_matter_missing,
    ),
    Rule(
        "YML109",
        "front-matter-unclosed",
        Severity.ERROR,
        M("开头的信息没有结束", "front matter unclosed"),
        M("分不清哪里是信息、哪里是正文。", "Head and body cannot be told apart."),
        M("在正文之前加一行 ---。", "Add a line --- before the body."),
        "---\n标题: 通知\n正文……",
        "---\n标题: 通知\n---\n正文……",
        fault=_front_matter_unclosed,
    ),
    Rule(
        "YML110",
        "text-after-hash",
        Severity.WARNING,
        M("# 后面的字没有读取", "text after a hash"),
        M(
            "YAML 把空格加 # 后面的字当作注释，标题会少几个字。",
            "YAML takes what follows a space and # for a comment; a title would lose words.",
        ),
        M("给整个值加引号；注释的 # 后面空一格。", "Quote the whole value; put a space after the # of a comment."),
        "标题: 通知 #一",
        '标题: "通知 #一"',
        fault=_after_hash,
    ),
)
