"""Rule D2: a module of the column home shows its name and its entries, nothing below.

Owns the verdict on the structure of the rendered home page. Source: the bureau's work plan for 2020, part 1 (3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_site.checks.rule import RenderedSite
from build_site.model.finding import Finding, Message
from build_site.model.page import Module
from build_site.model.site import ColumnNode, Site
from build_site.model.text import Location

M = Message


_MORE = re.compile(r"\W*(?:更多|查看|全部|more|详情|详细)", re.IGNORECASE)


_NESTED = {
    "list": M("列表里套列表", "a list within a list"),
    "details": M("折叠块", "a folding block"),
    "tabs": M("选项卡", "tabs"),
    "row-group": M("表格分组", "a table with row groups"),
}


def module_too_deep(site: Site, output: RenderedSite) -> Iterator[Finding]:
    """Yield a finding for every module of the rendered home page with more than two levels of titles."""
    home = output.pages.get("index.html")
    if home is None:
        return
    columns = {node.address: node for node in site.columns.values()}
    if not home.modules:
        yield Finding(
            Location("catalog.yaml"),
            M(
                "首页没有模块：主题模板没有标出 data-module",
                "the home page has no module: its template marks none (data-module)",
            ),
            _THEME_HELP,
        )
    for module in home.modules:
        where = next((node.column.at("title") for node in columns.values() if node.column.title == module.title), None)
        yield from _module(module, where or Location("catalog.yaml"), columns)
    for heading in home.stray_headings:
        yield Finding(
            Location("catalog.yaml"),
            M(f"首页有不属于任何模块的标题“{heading}”", f"a heading outside any module on the home page: “{heading}”"),
            _THEME_HELP,
        )


_THEME_HELP = M(
    "主题模板的首页模块只能有一个标题和一层条目：联系维护主题的人",
    "a module of the theme's home page has one heading and one layer of entries: tell whoever keeps the theme",
)


def _module(module: Module, where: Location, columns: dict[str, ColumnNode]) -> Iterator[Finding]:
    title = module.title
    if module.headings > 1:
        yield Finding(
            where,
            M(f"首页模块“{title}”有 {module.headings} 个标题", f"the module “{title}” has {module.headings} headings"),
            _THEME_HELP,
        )
    for name in module.nested:
        word = _NESTED[name]
        yield Finding(
            where,
            M(
                f"首页模块“{title}”里有{word.zh}，藏着第三级",
                f"the module “{title}” holds {word.en}: a hidden third level",
            ),
            _THEME_HELP,
        )
    inner = [entry for entry in module.entries if entry.url in columns and len(columns[entry.url].path) == 2]
    documents = [entry for entry in module.entries if entry.url.startswith("wj/")]
    if inner and documents:
        yield Finding(
            where,
            M(
                f"首页模块“{title}”既列子栏目又列文件，等于三级",
                f"the module “{title}” lists both sub-columns and documents: three levels",
            ),
            _THEME_HELP,
        )
    for label in module.others:
        if _MORE.match(label) and title not in label:
            yield Finding(
                where,
                M(
                    f"首页模块“{title}”的链接“{label}”没有说出栏目名，读屏的人不知道去哪里",
                    f"the link “{label}” of the module “{title}” does not name the column",
                ),
                _THEME_HELP,
            )
    for entry in module.entries:
        if not entry.url and not entry.explained:
            yield Finding(
                where,
                M(
                    f"首页模块“{title}”的条目“{entry.label}”没有链接",
                    f"the entry “{entry.label}” of “{title}” has no link",
                ),
                _THEME_HELP,
            )
