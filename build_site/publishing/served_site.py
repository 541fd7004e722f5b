"""What a web server has to know of a built site.

Owns reading it from the output folder: old addresses and the pages' content policy. Must not know any server's language, nor the
sources: what is served is what was built.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from build_site.loading.address_book import is_computed
from build_site.loading.markup import attributes, tokens
from build_site.loading.placing import is_page
from build_site.output.manifest import load_manifest

_HEAD_BYTES = 65536
_ONLY_IN_PAGES = frozenset({"report-uri", "report-to", "frame-ancestors", "sandbox"})
_REFRESH = re.compile(r"\s*0\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)


@dataclass(frozen=True)
class ServedSite:
    """A built site as its server sees it.

    `base_path` begins and ends with `/`. `policy` is the content policy that every page states, "" where they have nothing in
    common. `moved` maps old addresses of pages to present ones. Lists that come and go with the days are not among them: a server
    that is told once must not hide such a page when it is back; while it is away its own page leads on.
    """

    base_path: str
    policy: str
    moved: Mapping[str, str]


def served_site(out: Path, base_path: str) -> ServedSite | None:
    """Return what is to be known of the site built in `out`, or None where no build of ours is.

    Raises OSError when a page that the manifest lists cannot be read.
    """
    manifest = load_manifest(out)
    if manifest is None:
        return None
    policies: set[str] = set()
    moved: dict[str, str] = {}
    for address in manifest.files:
        if is_page(address):
            policy, target = _stated(_head(out / address))
            policies.add(policy)
            if target and not is_computed(address):
                moved[address] = _resolved(address, target)
    kept = {old: new for old, new in moved.items() if new in manifest.files and new != old}
    return ServedSite(base_path, common_policy(policies), kept)


def _head(file: Path) -> str:
    with file.open("rb") as opened:
        return opened.read(_HEAD_BYTES).decode("utf-8", "replace")


def _stated(html: str) -> tuple[str, str]:
    """Return the content policy of a page, and where it leads on at once, "" for nothing."""
    policy = target = ""
    for token in tokens(html, blanks=False):
        if token.kind != "open":
            continue
        if token.name == "body":
            break
        if token.name == "meta":
            attrs = attributes(token.attrs)
            kind, content = attrs.get("http-equiv", "").lower(), attrs.get("content", "")
            if kind == "content-security-policy":
                policy = content
            elif kind == "refresh" and (match := _REFRESH.match(content)):
                target = match[1]
    return policy, target


def _resolved(address: str, url: str) -> str:
    """Return the address to which `url` leads from the page at `address`."""
    path = unquote(urlsplit(url).path)
    wanted = posixpath.normpath(posixpath.join(posixpath.dirname(address), path))
    return posixpath.join(wanted, "index.html") if path.endswith("/") else wanted


def common_policy(policies: Iterable[str]) -> str:
    """Return what all `policies` say alike: a header applies beside each page's own, so it must never forbid more."""
    read = [_directives(policy) for policy in policies]
    if not read:
        return ""
    first, *others = sorted(read, key=len)
    kept = [name for name in first if all(other.get(name) == first[name] for other in others)]
    if "default-src" in kept and any(name.endswith("-src") and name not in kept for other in read for name in other):
        kept.remove("default-src")  # it would stand in for the one that differs
    return "; ".join(f"{name} {first[name]}".strip() for name in kept)


def _directives(policy: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in policy.split(";"):
        name, *values = part.split() or [""]
        if name and name.lower() not in _ONLY_IN_PAGES:
            found.setdefault(name.lower(), " ".join(values))
    return found
