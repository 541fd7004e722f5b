"""The commands `build-site theme …`.

Owns their names, arguments and help texts; what they do is in `theme_work`. Imports nothing heavy.
"""

from __future__ import annotations

from pathlib import Path

import click

from build_site.cli.options import FOLDER, with_lang, with_site
from build_site.model.finding import Lang


@click.group()
def theme() -> None:
    """主题：有哪些，每一部分来自哪里，新建一个。"""


@theme.command("list")
@with_site
@with_lang
def list_(root: Path, lang: Lang) -> None:
    """列出可用的主题，标出正在用的一个。"""
    from build_site.cli import theme_work

    raise SystemExit(theme_work.list_themes(root, lang))


@theme.command()
@click.argument("part", metavar="名称")
@with_site
@with_lang
def which(part: str, root: Path, lang: Lang) -> None:
    """说明主题的一部分来自哪一层，如 parts/notice.html、css/tokens.css、site.css。"""
    from build_site.cli import theme_work

    raise SystemExit(theme_work.which(root, part, lang))


@theme.command()
@click.argument("name", metavar="名称")
@click.option("--base", default="default", show_default=True, help="在哪个主题上面改")
@with_site
@with_lang
def new(name: str, base: str, root: Path, lang: Lang) -> None:
    """在站点的 themes/ 里新建一个主题。"""
    from build_site.cli import theme_new

    raise SystemExit(theme_new.make(root, name, base, lang))


@theme.command()
@with_site
@click.option("--out", type=FOLDER, default=None, help="输出文件夹  [默认: 站点文件夹下的 gallery]")
@with_lang
def gallery(root: Path, out: Path | None, lang: Lang) -> None:
    """生成组件一览：一个网页，用本站的主题显示每个组件。"""
    from build_site.cli import gallery as command

    raise SystemExit(command.write(root, out or root / "gallery", lang))
