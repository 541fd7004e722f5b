"""The commands for whoever runs a site, as against whoever writes it.

Owns their names, arguments and help texts; what they do is in modules of their own. Imports nothing heavy.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from build_site.cli.options import today_or_usage, with_day, with_lang, with_out, with_site
from build_site.model.finding import Lang, Message

_FILE = click.Path(dir_okay=False, path_type=Path)
_KEY = Message(
    "要签名，写 --id，再从 --key-file、--key-env、--key-command 里写一个",
    "to sign, give --id and one of --key-file, --key-env, --key-command",
)


@click.command("server-config")
@click.argument("server", metavar="nginx|caddy", type=click.Choice(["nginx", "caddy"]))
@with_site
@with_out
@click.option(
    "--root", "place", metavar="文件夹", default=None, help="网站在服务器上的文件夹  [默认: 本机的输出文件夹]"
)
@with_lang
def server_config(server: str, root: Path, out: Path | None, place: str | None, lang: Lang) -> None:
    """给网站服务器用的设置：安全响应头、缓存时间、改址、404 页面，从生成的网站得出。"""
    from build_site.cli import server_config as command

    raise SystemExit(command.show(root, out or root / "public", server, place, lang))


@click.command("ci")
@click.argument("kind", metavar="github|gitlab|shell", type=click.Choice(["github", "gitlab", "shell"]))
@with_site
@with_lang
def ci(kind: str, root: Path, lang: Lang) -> None:
    """放好自动检查和发布的文件：GitHub Actions、GitLab CI，或者普通脚本（Jenkins、cron）。"""
    from build_site.cli import recipes

    raise SystemExit(recipes.put(root, kind, lang))


@click.command("upcoming")
@with_site
@with_day
@click.option("--days", type=click.IntRange(1, 3660), default=90, show_default=True, help="以后多少天")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="列表的格式"
)
@with_lang
def upcoming(root: Path, as_of: date | None, days: int, form: str, lang: Lang) -> None:
    """哪一天会有什么变化自己发生：定时发布，征集开始和截止，施行、失效，豁免到期。"""
    from build_site.cli import upcoming as command

    raise SystemExit(command.show(root, as_of or today_or_usage(lang), days, form, lang))


@click.command("history")
@click.argument("page", metavar="页面")
@with_site
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="结果的格式"
)
@with_lang
def history(page: str, root: Path, form: str, lang: Lang) -> None:
    """一个页面的来历：写过哪些版本，公众什么时候看到哪一个。写地址或者源文件。"""
    from build_site.cli import history as command

    raise SystemExit(command.show(root, page, today_or_usage(lang), form, lang))


@click.command("archive")
@click.argument("year", metavar="年份", type=click.IntRange(1949, 2999))
@with_site
@with_out
@click.option(
    "--to",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar="文件",
    help="写到哪个文件  [默认: archive-年份.zip]",
)
@click.option(
    "--id", "name", default=None, metavar="代号", help="用哪个密钥签名，catalog.yaml 的“签名公钥”里的代号；不写就不签名"
)
@click.option(
    "--key-file", "private", type=_FILE, default=None, metavar="文件", help="私钥文件，PEM 格式，只有自己能读"
)
@click.option("--key-env", "variable", default=None, metavar="变量", help="放着私钥的环境变量的名字")
@click.option(
    "--key-command", "command", default=None, metavar="命令", help="签名的命令：从标准输入读清单，把签名写到标准输出"
)
@with_lang
def archive(
    year: int,
    root: Path,
    out: Path | None,
    file: Path | None,
    name: str | None,
    private: Path | None,
    variable: str | None,
    command: str | None,
    lang: Lang,
) -> None:
    """把一年的文件归档成一个压缩包：不用联网就能看，连同清单和签名，交给档案馆、图书馆。"""
    if sum(one is not None for one in (private, variable, command)) != (name is not None):
        raise click.UsageError(_KEY.text(lang))
    from build_site.cli import archive as work

    key = work.Key(name, private, variable, command) if name else None
    raise SystemExit(work.make(root, out or root / "public", year, file or Path(f"archive-{year}.zip"), key, lang))


COMMANDS = (archive, ci, history, server_config, upcoming)
