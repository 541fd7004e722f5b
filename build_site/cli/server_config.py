"""`build-site server-config`: what the web server has to be told of the site.

Owns what is said when it cannot be made. What a server answers with is in `publishing.server_rules`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from build_site.cli.telling import CLEAN, USAGE, disk_message, say
from build_site.cli.theme_work import report
from build_site.loading.catalogue import load_catalogue
from build_site.model.finding import Lang, Message
from build_site.publishing.caddy import caddy
from build_site.publishing.nginx import nginx
from build_site.publishing.served_site import served_site
from build_site.publishing.server_rules import is_plain_path

_WRITERS = {"nginx": nginx, "caddy": caddy}


def show(root: Path, out: Path, server: str, place: str | None, lang: Lang) -> int:
    """Print what `server` has to be told to serve the site in `out`, which lies at `place` on that machine; return the exit code."""
    place = place or out.resolve().as_posix()
    if not place.startswith("/") or not is_plain_path(place):
        say(
            Message(
                f"✘ 服务器上的文件夹要写从 / 开始的完整路径，只用英文字母、数字、空格和 / . _ ~ -：{place}\n用 --root 另写一个。",
                f"✘ the folder on the server must be a whole path of ASCII letters, digits, blanks and / . _ ~ -: {place}\n"
                "Name another by --root.",
            ),
            lang,
        )
        return USAGE
    try:
        catalogue, faults = load_catalogue(root)
        if catalogue is None:
            return report(root, faults, lang, USAGE)
        site = served_site(out, catalogue.site.base_path)
    except OSError as error:
        say(disk_message(error), lang)
        return USAGE
    if site is None:
        say(
            Message(
                f"✘ {out} 里没有生成好的网站。先运行 build-site build",
                f"✘ There is no built site in {out}. Run `build-site build` first",
            ),
            lang,
        )
        return USAGE
    sys.stdout.write(_WRITERS[server](site, place))
    sys.stdout.flush()
    return CLEAN
