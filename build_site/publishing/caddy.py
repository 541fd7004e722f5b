"""What Caddy has to be told to serve a site.

Owns its language. Must not decide what is answered: that is in `server_rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from build_site.publishing import server_rules as rules
from build_site.publishing.served_site import ServedSite

_HEAD = """\
# 由 build-site server-config caddy 生成，请勿手工修改；有新的改址、换了主题或部署路径以后重新生成。
# 在 Caddyfile 的站点里写一行 import 这个文件，再运行 caddy validate 和 caddy reload。
# HSTS 对整个域名起作用，由管理这个域名的人写在站点里，这里不写。
"""


def caddy(site: ServedSite, root: str) -> str:
    """Return the text to be imported in a site of a Caddyfile; the built site lies in the folder `root` of the server."""
    base = site.base_path
    lines = [] if base == "/" else [f"redir {base[:-1]} {base} 301", ""]
    lines += _block("handle" if base == "/" else f"handle_path {base}*", _block("route", _inside(site, root)))
    return _HEAD + "\n" + "".join(f"{line}\n" for line in lines)


def _inside(site: ServedSite, root: str) -> Iterator[str]:
    """Yield what is done with a request, in this order, at a path from which the base path was taken away."""
    yield f"root * {_quoted(root.rstrip('/') or '/')}"
    headers = [f"{name} {_quoted(value)}" for name, value in rules.headers(site).items()]
    yield from _block("header", headers)
    yield "header -Server"  # apart: what is taken away is done last, and all of its block with it
    yield from ("@writing not method GET HEAD", "error @writing 405", "encode gzip")
    if site.moved:
        moved = (
            f"{_quoted('/' + old)} {_quoted(quote(site.base_path + new))}" for old, new in sorted(site.moved.items())
        )
        yield from _block("map {path} {moved_to}", (*moved, 'default ""'))
        yield from ('@moved expression `{moved_to} != ""`', f"header @moved Cache-Control {_quoted(rules.PAGES)}")
        yield "redir @moved {moved_to} 301"
    yield from _block("@file", ("file {path}", "not path */", r"not path_regexp /\."))
    yield from _block("handle @file", _block("route", _file(site)))
    yield from _block("@folder", ("file {path}/index.html", r"not path_regexp /\."))
    yield from _block("handle @folder", (f"header Cache-Control {_quoted(rules.PAGES)}", "file_server"))
    missing = (
        "rewrite * /404.html",
        f"header Cache-Control {_quoted(rules.FRESH)}",
        *_block("file_server", ("status 404",)),
    )
    yield from _block("handle", _block("route", missing))


def _file(site: ServedSite) -> Iterator[str]:
    """Yield what is said of a file that is there: a later line outdoes an earlier one."""
    yield f"header Cache-Control {_quoted(rules.PAGES)}"
    for name, pattern, time in (
        ("lasting", rules.FINGERPRINTED, rules.FOREVER),
        ("proof", rules.PROOFS, rules.FRESH),
        ("feed", rules.FEEDS, rules.FEED),
    ):
        yield f"@{name} path_regexp `^/(?:{pattern})$`"
        yield f"header @{name} Cache-Control {_quoted(time)}"
    yield f"@viewed path_regexp `^/{rules.SHOWN_BY_BROWSERS}$`"
    viewed = rules.headers(site, rules.VIEWED)["Content-Security-Policy"]
    yield f"header @viewed Content-Security-Policy {_quoted(viewed)}"
    yield from _block("map {path} {kind}", _kinds())
    yield "header Content-Type {kind}"
    yield "file_server"


def _kinds() -> Iterator[str]:
    yield f"~/gengxin\\.xml$ {_quoted(f'{rules.ATOM}; charset=utf-8')}"
    for suffix, kind in rules.TYPES.items():
        text = kind in rules.TEXT or kind == "text/html"
        yield f"~(?i)\\.{suffix}$ {_quoted(kind + '; charset=utf-8' * text)}"
    yield f"default {rules.OCTETS}"


def _block(head: str, lines: Iterable[str]) -> list[str]:
    return [f"{head} {{", *(f"\t{line}" for line in lines), "}"]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
