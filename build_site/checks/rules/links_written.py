"""Links as editors wrote them: in bodies, front matter and the catalogue file, each with its place.

Owns the verdicts that need no rendered page.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from build_site.checks.rules.link_wording import BY_REACH, REASONS, verdict
from build_site.loading.link_tables import LinkTables
from build_site.loading.links import resolve
from build_site.loading.references import leads_to_file
from build_site.model.finding import Fault, Finding, Fix, Message
from build_site.model.site import Reach, Site, Standing, Target

M = Message
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff\u3164]+")


def written(name: str, site: Site) -> Iterator[Finding]:
    """Judge the links that an editor wrote: bodies, front matter, catalogue."""
    for document in site.documents:
        if document.standing is not Standing.PUBLISHED:
            continue
        for link, target in zip(document.doc.body.links, document.targets, strict=True):
            if BY_REACH.get(target.reach) == name:
                yield verdict(link.url, target, link.where)
        for reference in document.references:
            if BY_REACH.get(reference.target.reach) == name:
                yield verdict(reference.url, reference.target, reference.where)
            elif leads_to_file(reference.field):
                if name == "link-to-missing-file" and reference.target.reach is not Reach.FILE:
                    yield verdict(reference.url, Target(Reach.MISSING_FILE), reference.where)
            elif name == "link-to-missing-page" and _leaves(reference.target):
                yield verdict(reference.url, Target(Reach.MISSING_PAGE), reference.where)
    yield from _catalogue_urls(name, site)


def by_number(site: Site) -> Iterator[Finding]:
    """Yield the links of bodies and front matter to a public address without a name: they open, today."""
    for document in site.documents:
        if document.standing is not Standing.PUBLISHED:
            continue
        links = zip(document.doc.body.links, document.targets, strict=True)
        given = [(link.url, link.where, target) for link, target in links]
        given += [(item.url, item.where, item.target) for item in document.references]
        for url, where, target in given:
            if target.reach is Reach.EXTERNAL and target.reason == "bare-ip":
                yield Finding(
                    where,
                    M(f"链接用 IP 地址代替网址：{url}", f"the link has an IP address instead of a name: {url}"),
                    M("改成带域名的网址；对方没有域名的，请对方提供", "write its domain name; ask its owner for one"),
                )


def _leaves(target: Target) -> bool:
    return target.reach in (Reach.FILE, Reach.CONTACT)


def _catalogue_urls(name: str, site: Site) -> Iterator[Finding]:
    tables = bare_tables(site)
    info, agency = site.catalogue.site, site.catalogue.agency
    for record, field in ((info, "home_url"), (info, "report_error_url"), (agency, "online")):
        url = getattr(record, field)
        if not url:
            continue
        target = resolve(url, "content/index.md", "index.html", tables)
        if target.reach in (Reach.MISSING_PAGE, Reach.MISSING_FILE):
            target = Target(Reach.UNUSABLE, reason="malformed", hint="https://……")
        if BY_REACH.get(target.reach) == name:
            yield verdict(url, target, record.at(field))


def bare_tables(site: Site) -> LinkTables:
    """Return tables that know the addresses of pages only, for URLs that are not relative to a source file."""
    info = site.catalogue.site
    return LinkTables(info.domain, info.base_path, {}, {}, {}, frozenset(site.pages), site.redirects)


def missing_attachment(fault: Fault) -> Finding:
    """Word the fault of an attachment that is listed and not there."""
    target = Target(Reach.MISSING_FILE, reason=fault.get("reason"), hint=fault.get("hint"))
    if fault.get("reason") in REASONS:
        target = Target(Reach.UNUSABLE, reason=fault.get("reason"), hint=fault.get("hint"))
    found = verdict(fault.get("url"), target, fault.where)
    return Finding(found.where, M("附件：" + found.message.zh, "attachment: " + found.message.en), found.help)


def empty_file(site: Site) -> Iterator[Finding]:
    """Yield the attachments and linked files with nothing in them."""
    words = {
        "zero-bytes": M("是 0 字节的空文件", "has zero bytes"),
        "no-content": M("里面什么都没有", "has nothing in it"),
        "unreadable": M("打不开，可能已经损坏", "cannot be opened; is it damaged?"),
    }
    sources = site.files
    for document in site.documents:
        if document.standing is not Standing.PUBLISHED:
            continue
        places = [(file.address, file.where) for file in document.files]
        linked = {file.address for file in document.files}
        for link, target in zip(document.doc.body.links, document.targets, strict=True):
            if target.reach is Reach.FILE and target.address not in linked:
                places.append((target.address, link.where))
        for address, where in places:
            blank = site.assets[sources[address]].blank
            if blank:
                name = posixpath.basename(address)
                word = words[blank]
                yield Finding(
                    where,
                    M(f"附件 {name} {word.zh}", f"the file {name} {word.en}"),
                    M("重新导出这个文件并替换，或去掉链接", "export the file again and replace it, or remove the link"),
                )


def full_width_brackets(fault: Fault) -> Finding:
    """Word the fault of a link whose full-width brackets make it none."""
    text = fault.get("text")
    label, _, url = text[1:-1].replace("］（", "]（").rpartition("]（")
    half = f"[{label}]({url})"
    return Finding(
        fault.where,
        M(f"链接的括号是全角的，没有成为链接：{text}", f"full-width brackets, so this is no link: {text}"),
        M(f"改成半角括号：{half}", f"write half-width brackets: {half}"),
        Fix(fault.where, half),
    )
