"""What nginx has to be told to serve a site.

Owns its language. Must not decide what is answered: that is in `server_rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from build_site.publishing import server_rules as rules
from build_site.publishing.served_site import ServedSite

_HEAD = """\
# 由 build-site server-config nginx 生成，请勿手工修改；有新的改址、换了主题或部署路径以后重新生成。
# 存成 /etc/nginx/snippets/ 下的文件，在 server { … } 里写一行 include，再运行 nginx -t && systemctl reload nginx。
# HSTS 对整个域名起作用，由管理这个域名的人写在 server { … } 里，这里不写。
"""


def nginx(site: ServedSite, root: str) -> str:
    """Return the text to be included in a `server` block; the built site lies in the folder `root` of the server."""
    base = site.base_path
    blocks = []
    if base != "/":
        blocks.append(f"location = {base[:-1]} {{\n    absolute_redirect off;\n    return 301 {base};\n}}\n")
    inside = "\n".join(f"    {line}".rstrip() for line in _inside(site, root.rstrip("/")))
    blocks.append(f"location ^~ {base} {{\n{inside}\n}}\n")
    return "\n".join((_HEAD, *blocks))


def _inside(site: ServedSite, root: str) -> Iterator[str]:
    base = site.base_path
    yield f"alias {_quoted(root + '/')};"
    yield "index index.html;"
    yield "autoindex off;"
    yield "absolute_redirect off;"
    yield "server_tokens off;"
    yield f"error_page 404 {base}404.html;"
    yield f"error_page 403 =404 {base}404.html;"
    yield ""
    yield f"default_type {rules.OCTETS};"
    yield "types {"
    yield from (f"    {kind} {suffix};" for suffix, kind in rules.TYPES.items())
    yield "}"
    yield "charset utf-8;"
    yield f"charset_types {' '.join(rules.TEXT)};"
    yield "gzip on;"
    yield "gzip_vary on;"
    yield "gzip_min_length 1024;"
    yield f"gzip_types {' '.join(rules.TEXT)};"
    yield ""
    yield from _headers(site, rules.PAGES)
    yield ""
    # An `add_header` of a location puts those around it out of force, so each location with a time of its own says all.
    yield from ('location ~ "/\\." {', "    return 404;", "}")
    yield from _location(f"= {base}404.html", (f"alias {_quoted(f'{root}/404.html')};", *_headers(site, rules.FRESH, True)))  # fmt: skip
    for pattern, time in ((rules.FINGERPRINTED, rules.FOREVER), (rules.PROOFS, rules.FRESH)):
        yield from _location(_matching(base, pattern), (_captured(root), *_headers(site, time)))
    feed = ("types { }", f"default_type {rules.ATOM};")
    yield from _location(_matching(base, rules.FEEDS), (_captured(root), *feed, *_headers(site, rules.FEED)))
    viewed = _headers(site, rules.PAGES, policy=rules.VIEWED)
    yield from _location(_matching(base, rules.SHOWN_BY_BROWSERS), (_captured(root), *viewed))
    if site.moved:
        yield "# 改址"
    for old, new in sorted(site.moved.items()):
        yield f'location = {_quoted(base + old)} {{ return 301 "{quote(base + new)}"; }}'


def _location(where: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"location {where} {{"
    yield from (f"    {line}" for line in lines)
    yield "}"


def _matching(base: str, pattern: str) -> str:
    return f'~ "^{re.escape(base)}({pattern})$"'


def _captured(root: str) -> str:
    return f"alias {_quoted(f'{root}/$1')};"


def _headers(site: ServedSite, time: str, always: bool = False, policy: str = "") -> Iterator[str]:
    for name, value in rules.headers(site, policy).items():
        yield f'add_header {name} "{value}" always;'
    yield f'add_header Cache-Control "{time}"{" always" if always else ""};'


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
