"""`build-site theme new`: a theme of one's own to begin with.

Owns the files of a new theme and what they say.
"""

from __future__ import annotations

import re
from pathlib import Path

from build_site.cli.telling import CLEAN, USAGE, disk_message, say
from build_site.loading.catalogue import CATALOGUE_NAME
from build_site.loading.names import name_trouble
from build_site.loading.theme_file import THEME_FILE
from build_site.model.finding import Lang, Message
from build_site.model.text import Location
from build_site.model.theme import DEFAULT, NAME_FORM, NAME_FORM_EN, NAME_PATTERN, OWN
from build_site.rendering.theme_layers import program_themes, theme_layers, theme_names

_TOKENS = "css/tokens.css"
_ROOT_BLOCK = re.compile(r"^:root\s*\{.*?^\}\n?", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"^\s*/\*.*?\*/\n", re.DOTALL | re.MULTILINE)
_THEME = """\
标题: {name}
下层主题: {base}
说明: 一句话写主题的样子
"""
_STYLE = """\
/* 本主题的颜色和字体。没有写的，以及程序以后新增的，都取自下层主题 {base}；不改的行可以删去。
   文字和底色的对比度不得低于 4.5:1。 */
@import "{base}/css/tokens.css";

{block}"""
_README = """\
# 主题 {name}

这个主题在主题 {base} 上面：这里有的文件用这里的，没有的用下层的。只放要改的文件，不必整套复制。

| 文件 | 管什么 |
| --- | --- |
| `theme.yaml` | 主题的名称、下层主题 |
| `css/tokens.css` | 颜色和字体，先改它 |
| `css/*.css` | 样式表的其他部分，与下层同名的代替下层的 |
| `templates/` | 页面模板，与下层同名的代替下层的 |
| `static/` | 图标等原样发布的文件 |

- 想知道一个部分现在用的是哪一份：`build-site theme which css/tokens.css`
- 想保留下层的样式再加几行：在同名文件里先写 `@import "{base}/css/名称.css";`
- 想只改模板的一块：在同名模板里先写 `{{% extends "{base}/document.html" %}}`
- 改完运行 `build-site build`；模板和样式的错误会指出是哪个文件、第几行
"""


def make(root: Path, name: str, base: str, lang: Lang) -> int:
    """Write a new theme called `name`, on top of `base`, for the site at `root`; return the exit code."""
    folder = root / "themes" / name
    try:
        refused = _refusal(root, name, base)
        if refused:
            say(refused, lang)
            return USAGE
        files = {
            THEME_FILE: _THEME.format(name=name, base=base),
            _TOKENS: _tokens(root, base),
            "README.md": _README.format(name=name, base=base),
        }
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
    except OSError as error:
        say(disk_message(error), lang)
        return USAGE
    say(
        Message(
            f"已新建 {folder}\n要用它，在 {CATALOGUE_NAME} 的“网站”（site）下面写一行：\n  主题样式: {name}\n先改 {_TOKENS} 里的颜色，再运行 build-site build",
            f"made {folder}\nto use it, write this line below site (网站) in {CATALOGUE_NAME}:\n  theme: {name}\nbegin with the colours in {_TOKENS}, then run build-site build",
        ),
        lang,
    )
    return CLEAN


def _tokens(root: Path, base: str) -> str:
    """Return the new `css/tokens.css`: the tokens of the theme below, taken over first so that none can be missing."""
    layers, _ = theme_layers(root, base, Location(THEME_FILE))
    below = next((layer for layer in layers if layer.name != OWN and (layer / _TOKENS).is_file()), None)
    if below is None:
        return ":root {\n}\n"
    block = _ROOT_BLOCK.search((below / _TOKENS).read_text("utf-8"))
    return _STYLE.format(base=base, block=_COMMENT.sub("", block[0]) if block else ":root {\n}\n")


def _refusal(root: Path, name: str, base: str) -> Message | None:
    """Return why no such theme can be made, or None."""
    if not re.fullmatch(NAME_PATTERN, name):
        return Message(f"“{name}”不能作主题的名称：{NAME_FORM}", f"“{name}” cannot be a theme's name: {NAME_FORM_EN}")
    if name in (OWN, DEFAULT) or (program_themes() / name).is_dir() or name_trouble(name):
        return Message(
            f"“{name}”这个名称另有用处；换一个", f"the name “{name}” is taken by the program; choose another"
        )
    if not (root / CATALOGUE_NAME).is_file():
        return Message(
            f"{root.resolve()} 里没有 {CATALOGUE_NAME}，不是站点文件夹；用 --site 指明",
            f"{root.resolve()} has no {CATALOGUE_NAME}: not a site's folder; name it with --site",
        )
    if base not in theme_names(root):
        known = theme_names(root)
        return Message(
            f"没有“{base}”这个主题；可用的：{'、'.join(known)}",
            f"there is no theme “{base}”; themes: {', '.join(known)}",
        )
    folder = root / "themes" / name
    if folder.exists() or folder.is_symlink():
        return Message(f"{folder} 已经有了，没有动它；换一个名称", f"{folder} is there already; it was left alone")
    return None
