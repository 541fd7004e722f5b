"""The commands `build-site publish` and `build-site package`.

Owns their options and help texts; what they do is in `publish_work` and `package_work`. Imports nothing heavy.
"""

from __future__ import annotations

from pathlib import Path

import click

from build_site.cli.day import now
from build_site.cli.options import FOLDER, with_lang, with_out, with_site
from build_site.model.finding import Lang, Message

_FILE = click.Path(dir_okay=False, path_type=Path)
_NEEDS_REASON = Message(
    "--rollback-to 要和 --force-rollback 理由 一起用", "--rollback-to goes with --force-rollback REASON"
)
_EITHER = Message("--rollback-to 和 --package 只能用一个", "use --rollback-to or --package, not both")


@click.command()
@click.argument("target", metavar="[目标]", required=False)
@with_site
@with_out
@click.option("--apply", "apply", is_flag=True, help="真的发布；不写时只列出要改什么")
@click.option("--dry-run", "dry", is_flag=True, help="只列出要改什么（不写 --apply 时就是这样）")
@click.option(
    "--package", "package", type=_FILE, default=None, metavar="包", help="发布一个包里的网站，而不是输出文件夹"
)
@click.option(
    "--rollback-to",
    type=click.IntRange(1, 999999999),
    default=None,
    metavar="序号",
    help="退回到目标上还留着的某一次发布",
)
@click.option("--force-rollback", "reason", default=None, metavar="理由", help="允许用旧的网站覆盖新的，写明理由")
@click.option("--by", "who", default=None, metavar="谁", help="回执里写谁发布的  [默认: CI 的用户，或系统的用户名]")
@click.option("--require-signature", is_flag=True, help="没有签名就不发布")
@click.option("--no-links", is_flag=True, help="不用链接切换")
@click.option("--keep", type=click.IntRange(0, 9999), default=None, help="目标上保留最近几次；0 是全部  [默认: 10]")
@click.option("--parallel", type=click.IntRange(1, 32), default=None, help="同时发送几个文件  [默认: 4]")
@with_lang
def publish(
    target: str | None,
    root: Path,
    out: Path | None,
    apply: bool,
    dry: bool,
    package: Path | None,
    rollback_to: int | None,
    reason: str | None,
    who: str | None,
    require_signature: bool,
    no_links: bool,
    keep: int | None,
    parallel: int | None,
    lang: Lang,
) -> None:
    """把生成的网站发布到目标；默认只列出要改什么，加 --apply 才发布。

    目标写 catalog.yaml 里“发布”的名称，或者直接写文件夹或地址。只有一个目标时可以不写。
    """
    from build_site.cli import publish_work

    if apply and dry:
        raise click.UsageError(
            Message("--apply 和 --dry-run 只能用一个", "use --apply or --dry-run, not both").text(lang)
        )
    if rollback_to is not None and not (reason or "").strip():
        raise click.UsageError(_NEEDS_REASON.text(lang))
    if rollback_to is not None and package is not None:
        raise click.UsageError(_EITHER.text(lang))
    order = publish_work.Order(
        root=root,
        out=out or root / "public",
        target=target or "",
        apply=apply,
        package=package,
        rollback_to=rollback_to,
        reason=(reason or "").strip(),
        who=who or publish_work.somebody(),
        when=now(),
        signed=require_signature,
        links=not no_links,
        keep=keep,
        parallel=parallel,
    )
    raise SystemExit(publish_work.run(order, lang))


@click.command()
@with_site
@with_out
@click.option("--to", "folder", type=FOLDER, default=None, help="包放到哪个文件夹  [默认: 站点文件夹下的 packages]")
@click.option(
    "--base",
    type=_FILE,
    default=None,
    metavar="回执",
    help="增量包从哪个回执算起  [默认: receipts/package/ 里最后一个]",
)
@click.option("--require-signature", is_flag=True, help="没有签名就不打包")
@with_lang
def package(
    root: Path, out: Path | None, folder: Path | None, base: Path | None, require_signature: bool, lang: Lang
) -> None:
    """把生成的网站打成包：完整包，和上次以来的增量包，各有 zip 和 tar.gz 两种。"""
    from build_site.cli import package_work

    raise SystemExit(
        package_work.run(
            root, out or root / "public", folder or root / "packages", base, require_signature, now(), lang
        )
    )
