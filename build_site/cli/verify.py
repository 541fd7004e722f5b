"""The command `build-site verify`.

Owns its options and help texts; what it does is in `verify_work`. Imports nothing heavy.
"""

from __future__ import annotations

from pathlib import Path

import click

from build_site.cli.options import today_or_usage, with_lang, with_site
from build_site.model.finding import Lang

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("target", metavar="[文件夹、压缩包或网址]", required=False)
@with_site
@click.option(
    "--manifest",
    type=_FILE,
    default=None,
    metavar="文件",
    help="与哪份清单比较，签名要在它旁边  [默认: 文件夹、压缩包用自己的；网址用 public/manifest.json]",
)
@click.option(
    "--key",
    "keys",
    type=_FILE,
    multiple=True,
    metavar="公钥",
    help="用这个公钥文件核对签名；可以写几次  [默认: catalog.yaml 里的]",
)
@click.option("--unsigned", is_flag=True, help="没有签名也比较；只能发现改动，不能发现伪造")
@click.option(
    "--allow-script",
    "allowed",
    multiple=True,
    metavar="域名",
    help="平台统一加在网页里的、来自这个域名的脚本不算问题；可以写几次",
)
@click.option(
    "--max-age",
    type=click.IntRange(0, 3660),
    default=None,
    metavar="天数",
    help="清单的日期早于这么多天，算没有更新  [默认: 网址 7 天，其他不查]",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="结果的格式"
)
@click.option(
    "--pause", type=click.FloatRange(0, 60), default=0.5, show_default=True, help="查网址时，两次读取之间停几秒"
)
@click.option("--timeout", type=click.IntRange(1, 120), default=30, show_default=True, help="一个文件最多等几秒")
@click.option("--resume", type=_FILE, default=None, metavar="文件", help="把查到哪里记在这个文件里，中断以后接着查")
@click.option(
    "--watch",
    type=click.FloatRange(0, 10080),
    default=None,
    metavar="分钟",
    help="每隔几分钟再查一次，只报告变化；按 Ctrl+C 结束",
)
@click.option(
    "--rounds", type=click.IntRange(1, 1000000), default=None, metavar="次数", help="和 --watch 一起用：查几次以后结束"
)
@with_lang
def verify(
    target: str | None,
    root: Path,
    manifest: Path | None,
    keys: tuple[Path, ...],
    unsigned: bool,
    allowed: tuple[str, ...],
    max_age: int | None,
    form: str,
    pause: float,
    timeout: int,
    resume: Path | None,
    watch: float | None,
    rounds: int | None,
    lang: Lang,
) -> None:
    """核对网站有没有被改动：与签过名的清单逐个文件比较；发现改动时以 1 结束。"""
    from build_site.cli import verify_work

    task = verify_work.Task(
        target=target or str(root / "public"),
        root=root,
        manifest=manifest,
        keys=keys,
        unsigned=unsigned,
        allowed=frozenset(host.lower() for host in allowed),
        max_age=max_age,
        today=today_or_usage(lang),
        pause=pause,
        timeout=timeout,
        resume=resume,
    )
    if watch is None:
        raise SystemExit(verify_work.once(task, form, lang))
    raise SystemExit(verify_work.repeatedly(task, form, lang, watch * 60, rounds))
