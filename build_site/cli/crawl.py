"""The command `build-site crawl`.

Owns its options and help texts; what it does is in `crawl_work`. Imports nothing heavy.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from build_site.cli.options import today_or_usage, wanted, with_out, with_reading, with_reports


class _Root(click.ParamType[str]):
    """The address of the column's home page; kept as the address of its folder."""

    name = "url"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the address of the folder; one that is no web address is a usage error."""
        try:
            parts = urlsplit(value)
            good = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            good = False
        if not good:
            self.fail(f"'{value}' is not an address like https://www.example.gov.cn/zfxxgk/", param, ctx)
        path = parts.path or "/"
        if not path.endswith("/"):
            folder, _, last = path.rpartition("/")
            path = f"{folder}/" if "." in last else f"{path}/"
        return f"{parts.scheme}://{parts.netloc}{path}"


@click.command()
@click.option("--live", type=_Root(), default=None, help="检查已经上线的专栏，写专栏首页的网址  [默认: 检查输出文件夹]")
@with_reading
@with_out
@with_reports
@click.option("--external", is_flag=True, help="也检查外部链接能不能打开（需要联网）")
@click.option(
    "--recheck-days", type=click.IntRange(1, 365), default=7, show_default=True, help="外部链接几天以后再查一次"
)
@click.option("--timeout", type=click.IntRange(1, 120), default=15, show_default=True, help="一个页面最多等几秒")
@click.option("--no-anchors", is_flag=True, help="不检查 # 后面的位置；专栏很大时快得多")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="本机临时服务用哪个端口  [默认: 任意空闲的]")
def crawl(
    live: str | None,
    root: Path,
    as_of: date | None,
    out: Path | None,
    external: bool,
    recheck_days: int,
    timeout: int,
    no_anchors: bool,
    port: int,
    **told: Any,
) -> None:
    """像公众一样把生成的（或已上线的）网站逐页打开，用 LinkChecker 再查一遍。"""
    from build_site.cli import crawl_work
    from build_site.output.crawl import Tour
    from build_site.output.crawl_external import Pace

    tour = Tour(
        root=root,
        out=out or root / "public",
        today=today_or_usage(told["lang"]),
        live=live or "",
        as_of=as_of,
        external=external,
        anchors=not no_anchors,
        port=port,
        recheck_days=recheck_days,
        pace=Pace(timeout=timeout),
    )
    raise SystemExit(crawl_work.run(tour, wanted(**told)))
