"""Atom feeds (RFC 4287): one for everything, one for every column with documents.

Owns the wording of entries and the XML. Must not know which events there are, nor write files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from xml.sax.saxutils import escape, quoteattr

from build_site.loading.placing import HOME
from build_site.model.events import Event, EventKind, by_column
from build_site.model.generated import feed_address, has_feed
from build_site.model.site import Site
from build_site.rendering import words
from build_site.rendering.absolute import absolute, ascii_host, canonical
from build_site.rendering.timestamps import rfc3339

ENTRIES = 50


def feeds(site: Site, happened: Sequence[Event]) -> Iterator[tuple[str, bytes]]:
    """Yield address and content of every feed: the newest of the events that `happened`, newest first."""
    info = site.catalogue.site
    whole = f"{info.title}－{info.name}"
    yield feed_address(), _feed(site, whole, HOME, feed_address(), happened)
    listed = by_column(site, happened)
    for path, node in site.columns.items():
        if has_feed(node):
            title = f"{node.column.title}－{whole}"
            yield feed_address(path), _feed(site, title, node.address, feed_address(path), listed[path])


def _feed(site: Site, title: str, page: str, own: str, happened: Sequence[Event]) -> bytes:
    newest = happened[:ENTRIES]
    # the newest event, not the day of the build: the same content is the same file tomorrow
    updated = newest[0].moment if newest else site.as_of
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        _element("title", title),
        _element("id", absolute(site, own)),
        _element("updated", rfc3339(updated)),
        f"<author>{_element('name', site.catalogue.site.host)}</author>",
        _link("self", "application/atom+xml", absolute(site, own)),
        _link("alternate", "text/html", canonical(site, page)),
    ]
    for event in newest:
        lines += _entry(site, event)
    return ("\n".join([*lines, "</feed>"]) + "\n").encode()


def _entry(site: Site, event: Event) -> Iterator[str]:
    yield "<entry>"
    yield _element("title", event.title if event.kind is EventKind.PUBLISHED else f"{event.kind.zh}：{event.title}")
    yield _element("id", _tag(site, event.day.year, event.identity))
    yield _element("published", rfc3339(event.moment))
    yield _element("updated", rfc3339(event.moment))
    # an entry without content must lead somewhere (RFC 4287, 4.1.2): of what is gone, to the column home
    yield _link("alternate", "text/html", canonical(site, event.address or HOME))
    yield f"<category term={quoteattr(event.kind.en)} label={quoteattr(event.kind.zh)}/>"
    yield _element("summary", _summary(site, event))
    yield "</entry>"


def _summary(site: Site, event: Event) -> str:
    day = words.long_day(event.day)
    match event.kind:
        case EventKind.PUBLISHED:
            return _facts(site, event)
        case EventKind.CORRECTED | EventKind.ADDED:
            return event.note
        case EventKind.OPENED:
            return f"自{day}起公开征求意见。"
        case EventKind.CLOSED:
            return f"征求意见已于{words.long_day(event.day - timedelta(days=1))}24时截止，意见正在研究。"
        case EventKind.ANSWERED:
            return event.note or "已公布意见采纳情况。"
        case EventKind.AMENDED:
            return "本文件已修订。" + (f"现行文件：{event.note}" if event.note else "")
        case EventKind.REPEALED:
            return f"本文件自{day}起废止。" + (f"依据：{event.note}" if event.note else "")
        case EventKind.EXPIRED:
            return f"本文件有效期已满，自{day}起失效。"
        case EventKind.WITHDRAWN:
            return f"本文件已于{day}撤下。" + (f"原因：{event.note}" if event.note else "")


def _facts(site: Site, event: Event) -> str:
    """Return what a new document is about: its summary, that of the column it introduces, else what its metadata say."""
    if event.document is None:
        return event.title
    notice = event.document.notice
    pairs = (("发文字号", notice.doc_no), ("公文种类", notice.category), ("索引号", notice.index_no))
    told = "；".join(f"{label}：{value}" for label, value in pairs if value)
    column = site.columns[event.document.column].column.description if event.document.intro else ""
    return notice.summary or column or told or notice.title


def _tag(site: Site, year: int, name: str) -> str:
    """Return the name of an event that no other has and that never changes (RFC 4151); `year` is that of the event."""
    host = ascii_host(site.catalogue.site.domain).partition(":")[0].casefold()
    path = absolute(site, name).split("/", 3)[3]
    return f"tag:{host},{year:04}:/{path}"


def _element(name: str, text: str) -> str:
    # control characters, which XML cannot carry at all, never get past the loader
    return f"<{name}>{escape(' '.join(text.split()))}</{name}>"


def _link(rel: str, kind: str, url: str) -> str:
    return f"<link rel={quoteattr(rel)} type={quoteattr(kind)} href={quoteattr(url)}/>"
