"""The command `build-site serve`.

Owns its options and help texts; what it does is in `serve_work`. Imports nothing heavy.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from build_site.cli.options import today_or_usage, with_day, with_lang, with_site
from build_site.model.finding import Lang


@click.command()
@with_site
@with_day
@with_lang
@click.option("--host", default="127.0.0.1", show_default=True, help="在哪个地址上预览；默认只有本机能看")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=None, help="端口  [默认: 8000，被占用时用后面第一个空闲的]"
)
@click.option("--open", "browser", is_flag=True, help="打开浏览器")
@click.option("--poll", is_flag=True, help="每秒查看一次文件，不靠系统通知；用于网络盘")
def serve(root: Path, as_of: date | None, lang: Lang, host: str, port: int | None, browser: bool, poll: bool) -> None:
    """边写边看：保存以后，浏览器里的网页自动更新。不写网站文件夹，也不动 urls.lock。"""
    from build_site.cli import serve_work

    today_or_usage(lang)
    raise SystemExit(serve_work.run(serve_work.Place(host, port), root, as_of, lang, browser, poll))
