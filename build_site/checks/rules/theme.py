"""Rules on the theme: it must be there, and its templates and style sheets must work.

Owns the wording of what `rendering.theme` and `rendering.render` report.
"""

from __future__ import annotations

from build_site.checks.rule import Rule
from build_site.model.finding import Fault, Finding, Message, Severity

M = Message


def _template(fault: Fault) -> Finding:
    problem, page = fault.get("problem"), fault.get("page")
    return Finding(
        fault.where,
        M(f"主题模板出错（页面 {page}）：{problem}", f"template error (page {page}): {problem}"),
        M("改正模板；它能用的变量见 docs/theme.md", "correct the template; docs/theme.md lists what it may use"),
    )


def _unknown(fault: Fault) -> Finding:
    name, known, near = fault.get("name"), fault.get("known"), fault.get("suggestion")
    return Finding(
        fault.where,
        M(f"没有“{name}”这个主题", f"there is no theme “{name}”"),
        M(
            (f"是不是“{near}”？" if near else "") + f"可用的主题：{known}",
            (f"did you mean “{near}”? " if near else "") + f"themes: {known.replace('、', ', ')}",
        ),
    )


def _loop(fault: Fault) -> Finding:
    names = fault.get("names")
    return Finding(
        fault.where,
        M(f"主题的下层绕成了圈：{names}", f"the themes lie below each other in a circle: {names}"),
        M(
            "改“下层主题”（base）；不写时下层是 default，default 下面没有主题",
            "change base; without it the theme below is default, and below default there is none",
        ),
    )


def _no_file(fault: Fault) -> Finding:
    return Finding(
        fault.where,
        M("主题文件夹里没有 theme.yaml，或者它是空的", "the theme's folder has no theme.yaml, or an empty one"),
        M(
            "新建 theme.yaml，至少写一行：标题: 主题的名称",
            "make theme.yaml with at least one line: title: the theme's name",
        ),
    )


def _import(fault: Fault) -> Finding:
    name = fault.get("name")
    if fault.get("problem") == "missing":
        message = M(f"没有 {name}，主题的各层里都没有", f"no layer of the theme has {name}")
    elif fault.get("problem") == "loop":
        message = M(f"{name} 引用了自己", f"{name} imports itself")
    else:
        message = M("样式表里的这种 @import 不起作用", "an @import of this form does not work in a style sheet")
    return Finding(
        fault.where,
        message,
        M(
            '单独一行写 @import "css/名称.css";，文件放在主题的 css 文件夹；下层的写 @import "default/css/名称.css";',
            'write @import "css/NAME.css"; on a line of its own, with the file in the theme\'s css folder; for that of a '
            'layer below, @import "default/css/NAME.css";',
        ),
    )


THEME_RULES: tuple[Rule, ...] = (
    Rule(
        "THM101",
        "template-error",
        Severity.ERROR,
        M("主题模板出错", "template error"),
        M("模板出错的页面无法生成。", "The page cannot be made."),
        M("改正模板；编辑请联系维护主题的人。", "Correct the template; editors: tell whoever keeps the theme."),
        "{{ view.titel }}",
        "{{ view.title }}",
        fault=_template,
    ),
    Rule(
        "THM102",
        "unknown-theme",
        Severity.ERROR,
        M("没有这个主题", "unknown theme"),
        M("没有主题就没有页面的样子。", "Without its theme the site has no look."),
        M(
            "写一个有的主题；build-site theme list 列出它们。",
            "Name one that exists; `build-site theme list` lists them.",
        ),
        "主题样式: plian",
        "主题样式: plain",
        fault=_unknown,
    ),
    Rule(
        "THM103",
        "theme-loop",
        Severity.ERROR,
        M("主题的下层绕成了圈", "themes below each other in a circle"),
        M("不知道哪个主题在上，哪个在下。", "Nobody can tell which theme lies above which."),
        M("改 theme.yaml 的“下层主题”。", "Change base in theme.yaml."),
        "themes/a/theme.yaml：下层主题: a",
        "themes/a/theme.yaml：下层主题: default",
        fault=_loop,
    ),
    Rule(
        "THM104",
        "theme-file-missing",
        Severity.ERROR,
        M("主题没有 theme.yaml", "theme without theme.yaml"),
        M("theme.yaml 写明主题的名称和它的下层。", "theme.yaml names the theme and the one below it."),
        M("新建 theme.yaml；build-site theme new 做的主题里有。", "Make one; `build-site theme new` does."),
        "themes/ours/css/tokens.css",
        "themes/ours/theme.yaml、themes/ours/css/tokens.css",
        fault=_no_file,
    ),
    Rule(
        "THM105",
        "broken-style-import",
        Severity.ERROR,
        M("样式表引用的部分没有找到", "style sheet with a part that is not there"),
        M(
            "样式在生成时拼成一个文件；缺了一部分，页面就不成样子。引用别的网站的样式会泄露谁在看这一页。",
            "The style sheet is put together when the site is built; without the part pages lose their look. One from "
            "elsewhere would tell others who reads the page.",
        ),
        M(
            "改正文件名，或把文件放进主题的 css 文件夹。",
            "Correct the name, or put the file into the theme's css folder.",
        ),
        '@import "css/token.css";',
        '@import "css/tokens.css";',
        fault=_import,
    ),
)
