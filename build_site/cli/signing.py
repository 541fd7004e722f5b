"""The commands `build-site keygen` and `build-site sign`.

Owns their options and help texts; what they do is in `signing_work`. Imports nothing heavy.
"""

from __future__ import annotations

from pathlib import Path

import click

from build_site.cli.options import today_or_usage, with_lang, with_out, with_site
from build_site.model.finding import Lang, Message

_FILE = click.Path(dir_okay=False, path_type=Path)
_ONE = Message(
    "私钥从哪里来，--key-file、--key-env、--key-command 写一个", "give one of --key-file, --key-env, --key-command"
)


@click.command()
@with_site
@click.option("--id", "name", required=True, metavar="代号", help="密钥的代号，如 jm-2026")
@click.option("--algorithm", type=click.Choice(["sm2", "ed25519"]), default="sm2", show_default=True, help="签名算法")
@click.option(
    "--key-file", "file", type=_FILE, required=True, metavar="文件", help="私钥写到哪里；不能在仓库里，不覆盖已有的文件"
)
@with_lang
def keygen(root: Path, name: str, algorithm: str, file: Path, lang: Lang) -> None:
    """生成一对试用的签名密钥：私钥写到指定的文件，公钥写到站点的 keys/ 里。"""
    from build_site.cli.signing_work import make_key

    raise SystemExit(make_key(root, name, algorithm, file, today_or_usage(lang), lang))


@click.command()
@with_site
@with_out
@click.option("--id", "name", required=True, metavar="代号", help="用哪个密钥签，catalog.yaml 的“签名公钥”里的代号")
@click.option("--key-file", "file", type=_FILE, default=None, metavar="文件", help="私钥文件，PEM 格式，只有自己能读")
@click.option("--key-env", "variable", default=None, metavar="变量", help="放着私钥的环境变量的名字")
@click.option(
    "--key-command",
    "command",
    default=None,
    metavar="命令",
    help="签名的命令（如密码机、UKey）：从标准输入读清单，把签名写到标准输出",
)
@with_lang
def sign(
    root: Path, out: Path | None, name: str, file: Path | None, variable: str | None, command: str | None, lang: Lang
) -> None:
    """给生成的网站的清单签名；用 Ed25519 或 SM2，两种都要就签两次。"""
    if sum(one is not None for one in (file, variable, command)) != 1:
        raise click.UsageError(_ONE.text(lang))
    from build_site.cli.signing_work import sign_site

    raise SystemExit(sign_site(root, out or root / "public", name, file, variable, command, lang))
