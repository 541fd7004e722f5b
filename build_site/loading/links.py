"""What a written link leads to.

Owns the resolution of every URL an editor may write: relative to the source file, from the content root, or as a
full address of the own site. Must not look at the disk: a link is resolved against tables only.
"""

from __future__ import annotations

import ipaddress
import posixpath
import re
import socket
from difflib import get_close_matches
from urllib.parse import SplitResult, unquote, unquote_to_bytes, urlsplit

from build_site.loading.link_tables import LinkTables
from build_site.loading.placing import CONTENT
from build_site.model.site import Reach, Standing, Target

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_STRIPPED = re.compile(r"[\t\n\r]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_FULL_WIDTH = re.compile(r"[\uff01-\uff5e\u3002\u3000]")
_MAIL = re.compile(r"[^@\s,.]+(?:\.[^@\s,.]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_PHONE = re.compile(r"\+?[0-9](?:[0-9-]{1,30}[0-9])(?:;ext=\d+|[,p转]\d+)?")
_ODD_IP = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*\.?", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+\.?")
_BARE_HOST = re.compile(
    r"(?:www\.[\w-]+\.|[\w-]+\.(?:gov|com|org|net|edu)\.cn|[\w.-]+\.(?:com|cn|org|net)$)", re.IGNORECASE
)
_INTRANET = (".local", ".lan", ".internal", ".intranet", ".corp", ".localdomain", ".test", ".invalid", ".home.arpa")
_PAGE_SUFFIXES = ("", ".md", ".html", ".htm")


def resolve(url: str, source: str, own: str, tables: LinkTables) -> Target:
    """Return what `url`, written in the file `source` whose page has the address `own`, leads to."""
    text = _STRIPPED.sub("", url).strip(" \x0b\x0c")
    if not text:
        return _unusable("empty")
    if _INVISIBLE.search(text):
        return _unusable("invisible-character")
    if text == "#":
        return _unusable("lone-hash")
    scheme = _SCHEME.match(text)
    if scheme:
        return _with_scheme(scheme[1].lower(), text, tables)
    if text.startswith("//"):
        return _remote("https:" + text, tables)
    if "\\" in text:
        return _unusable("backslash")
    if re.match(r"https?[;：；]", text):
        return _unusable("malformed")
    return _local(text, source, own, tables)


def _unusable(reason: str, hint: str = "") -> Target:
    return Target(Reach.UNUSABLE, reason=reason, hint=hint)


def _with_scheme(scheme: str, text: str, tables: LinkTables) -> Target:
    rest = text[len(scheme) + 1 :]
    if scheme in ("http", "https"):
        return _remote(text, tables)
    if scheme == "mailto":
        return _mail(rest)
    if scheme == "tel":
        return Target(Reach.CONTACT) if _PHONE.fullmatch(unquote(rest)) else _unusable("telephone")
    if scheme in ("javascript", "vbscript"):
        return _unusable("script")
    if scheme == "data":
        return Target(Reach.EXTERNAL) if rest.lower().startswith("image/") else _unusable("data")
    if scheme == "about":
        return _unusable("about")
    if scheme == "file":
        return _unusable("file-scheme")
    if len(scheme) == 1:
        return _unusable("drive-letter")
    if "." in scheme or scheme == "localhost":
        return _unusable("missing-scheme", "https://" + text)
    if scheme == "ftp":
        return _remote(text, tables)
    near = get_close_matches(scheme, ("https", "http", "mailto", "tel"), n=1, cutoff=0.7)
    return _unusable("unknown-scheme", near[0] + text[len(scheme) :] if near else "")


def _mail(rest: str) -> Target:
    people, _, _ = rest.partition("?")
    if "＠" in people:
        return _unusable("full-width", "mailto:" + rest.replace("＠", "@"))
    if re.search(r"%(?![0-9A-Fa-f]{2})", people):
        return _unusable("mail")
    addresses = unquote(people).split(",")
    good = all(_MAIL.fullmatch(address.strip()) and len(address.split("@")[0]) <= 64 for address in addresses)
    return Target(Reach.CONTACT) if good else _unusable("mail")


def _remote(text: str, tables: LinkTables) -> Target:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return _unusable("malformed")
    if not text[len(parts.scheme) + 1 :].startswith("//") or not host or re.search(r"[<>\"\s]", parts.netloc):
        return _unusable("malformed")
    if _FULL_WIDTH.search(parts.netloc):
        return _unusable("full-width", _half_width(text))
    if host == "localhost" or host.endswith(".localhost"):
        return _unusable("localhost")
    if host.endswith(_INTRANET):
        return _unusable("intranet")
    if parts.username is not None:
        return _unusable("credentials")
    address = _ip(host)
    if address:
        private = address.is_private or address.is_loopback or address.is_link_local
        return _unusable("private-address") if private else Target(Reach.EXTERNAL, reason="bare-ip")
    if not _HOST.fullmatch(host):
        return _unusable("intranet" if re.fullmatch(r"[\w-]+", host) else "malformed")
    if _is_own(parts, tables):
        return _own(parts, tables)
    return Target(Reach.EXTERNAL)


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        if _ODD_IP.fullmatch(host):  # browsers read 127.1, 0x7f.1 and 3232235777 as addresses too
            return ipaddress.IPv4Address(socket.inet_aton(host.rstrip(".")))
        return ipaddress.ip_address(host)
    except (ValueError, OSError):
        return None


def _is_own(parts: SplitResult, tables: LinkTables) -> bool:
    domain, _, port = tables.domain.casefold().partition(":")
    if (parts.hostname or "").rstrip(".") != domain:
        return False
    if str(parts.port or "") not in ({port} if port else {"", "80", "443"}):
        return False
    return (parts.path + "/").startswith(tables.base_path)


def _own(parts: SplitResult, tables: LinkTables) -> Target:
    inside = _decoded(parts.path)
    if inside is None:
        return _unusable("encoding")
    return _address(inside[len(tables.base_path) :], _fragment(parts.fragment), tables)


def _decoded(path: str) -> str | None:
    try:
        return unquote_to_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _local(text: str, source: str, own: str, tables: LinkTables) -> Target:
    if not _relative_start(text):
        return _unusable("malformed")
    path, _, fragment = text.partition("#")
    path, _, _ = path.partition("?")
    decoded = _decoded(path)
    if decoded is None:
        return _unusable("encoding")
    fragment = _fragment(fragment)
    if not decoded:
        return Target(Reach.PAGE, own, fragment)
    if decoded.startswith("/"):
        return _from_root(decoded, fragment, tables)
    wanted = posixpath.normpath(posixpath.join(posixpath.dirname(source), decoded))
    if not (wanted + "/").startswith(CONTENT + "/"):
        return _missing(decoded, "outside", "", fragment)
    return _source(wanted, decoded, fragment, tables) or _not_found(
        wanted, decoded, fragment, tables, posixpath.dirname(source)
    )


def _relative_start(text: str) -> bool:
    return not text.startswith(("?//", ":"))


def _fragment(text: str) -> str:
    # a text fragment asks the browser to scroll to words; where it cannot, the page itself is the target
    return unquote(text.partition(":~:")[0])


def _from_root(decoded: str, fragment: str, tables: LinkTables) -> Target:
    wanted = posixpath.normpath(CONTENT + decoded)
    if not (wanted + "/").startswith(CONTENT + "/"):
        return _missing(decoded, "outside", "", fragment)
    found = _source(wanted, decoded, fragment, tables)
    if found:
        return found
    inside = decoded.removeprefix(tables.base_path) if decoded.startswith(tables.base_path) else decoded[1:]
    target = _address(inside, fragment, tables)
    if not target.fails or target.reach is Reach.UNPUBLISHED:
        return target
    return _not_found(wanted, decoded, fragment, tables, CONTENT)


def _source(wanted: str, written: str, fragment: str, tables: LinkTables) -> Target | None:
    for path in (wanted, f"{wanted}/index.md"):
        if path in tables.documents:
            address, standing = tables.documents[path]
            if standing is Standing.PUBLISHED:
                return Target(Reach.PAGE, address, fragment)
            return Target(Reach.UNPUBLISHED, address, fragment, standing.value)
    if wanted in tables.columns:
        address = tables.columns[wanted]
        return Target(Reach.PAGE, address, fragment) if address else Target(Reach.EMPTY_COLUMN, reason="empty-column")
    if wanted in tables.assets and not written.endswith("/"):
        return Target(Reach.FILE, tables.assets[wanted], fragment)
    return None


def _address(inside: str, fragment: str, tables: LinkTables) -> Target:
    wanted = posixpath.normpath(inside) if inside else "."
    for address in (wanted, "index.html" if wanted == "." else f"{wanted}/index.html"):
        final = tables.redirects.get(address, address)
        if final in tables.hidden:
            return Target(Reach.UNPUBLISHED, final, fragment, tables.hidden[final])
        if final in tables.pages:
            return Target(Reach.PAGE, final, fragment)
        if final in tables.sources:
            return Target(Reach.FILE, final, fragment)
    if inside in tables.sources:
        return Target(Reach.FILE, inside, fragment)
    folded = tables.folded.get(wanted.casefold(), "")
    reason = "case" if folded and folded != wanted else ""
    return _missing(inside, reason, folded if reason else _near(wanted, tables.beside(wanted)), fragment)


def _not_found(wanted: str, written: str, fragment: str, tables: LinkTables, folder: str) -> Target:
    if _BARE_HOST.match(written):
        return _unusable("missing-scheme", "https://" + written)
    half = _half_width(wanted)
    if half != wanted and (_source(half, written, "", tables) or _FULL_WIDTH.search(posixpath.splitext(wanted)[1])):
        return _unusable("full-width", _half_width(written))
    folded = tables.folded.get(wanted.casefold())
    if folded:
        hint = (
            "/" + folded.removeprefix(CONTENT + "/") if written.startswith("/") else posixpath.relpath(folded, folder)
        )
        return _missing(written, "case", hint, fragment)
    stem, suffix = posixpath.splitext(wanted)
    if suffix in (".html", ".htm") and (f"{stem}.md" in tables.documents or f"{stem}.md" in tables.columns):
        return _missing(written, "built-name", posixpath.splitext(written)[0] + ".md", fragment)
    near = _near(posixpath.basename(wanted), frozenset(posixpath.basename(path) for path in tables.beside(wanted)))
    if near:
        return _missing(written, "", posixpath.join(posixpath.dirname(written), near), fragment)
    return _missing(written, "", _near_anywhere(wanted, tables), fragment)


def _near(wanted: str, known: frozenset[str]) -> str:
    near = get_close_matches(wanted, sorted(known), n=1, cutoff=0.75) if len(known) < 500 else []
    return near[0] if near else ""


def _near_anywhere(wanted: str, tables: LinkTables) -> str:
    name = posixpath.basename(wanted)
    same = [path for path in (*tables.documents, *tables.assets) if posixpath.basename(path) == name]
    return "/" + same[0].removeprefix(CONTENT + "/") if len(same) == 1 and name != "index.md" else ""


def _missing(written: str, reason: str, hint: str, fragment: str) -> Target:
    page = posixpath.splitext(written.rstrip("/"))[1].lower() in _PAGE_SUFFIXES or written.endswith("/")
    return Target(Reach.MISSING_PAGE if page else Reach.MISSING_FILE, "", fragment, reason, hint)


def _half_width(text: str) -> str:
    return "".join(chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else char for char in text).replace(
        "。", "."
    )
