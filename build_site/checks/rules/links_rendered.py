"""Links on the rendered pages: every one of them, by its address.

Owns the verdicts that need the output: missing targets, anchors, empty pages. A link that an editor wrote is reported
where it was written; a page nobody links to by hand is reported at its own source.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from build_site.checks.rule import RenderedSite
from build_site.checks.rules.link_wording import BY_REACH, verdict
from build_site.checks.rules.links_written import bare_tables
from build_site.checks.substance import emptiness
from build_site.loading.links import resolve
from build_site.model.finding import Finding, Message
from build_site.model.page import RenderedPage
from build_site.model.site import Document, Reach, Site, Standing, Target
from build_site.model.text import Location

M = Message
_FRAME_ID = re.compile(r"(?:main|top|columns|toc-title|agency)$|fn(?:ref)?\d*:")


class _Pages:
    """The rendered pages with the documents that made them; finds where a rendered link was written.

    Nearly all of some 50 links on a page lead to a page that is there and has content, and the navigation repeats on
    every page of a folder: these are found out once, and only the others are looked at page by page.
    """

    _last: _Pages | None = None

    def __init__(self, site: Site, output: RenderedSite) -> None:
        self.site = site
        self.output = output
        self.tables = bare_tables(site)
        self.documents: dict[str, list[Document]] = {}
        self._sound: dict[str, set[str]] = {}
        self._unusable: dict[str, Target | None] = {}
        for document in site.documents:
            if document.standing is Standing.PUBLISHED:
                self.documents.setdefault(document.address, []).append(document)
        least = site.catalogue.site.min_text
        gone = {*site.redirects, *(item.address for item in site.catalogue.withdrawals)}
        gone |= {item.address for item in site.documents if item.standing is Standing.WITHDRAWN}
        self.empty = {
            address: why
            for address, page in output.pages.items()
            if address not in gone and (why := emptiness(page.substance, least))
        }

        self.doubtful = {page.address: tuple(self._doubtful(page)) for page in output.pages.values()}
        """By page: the URLs that may not lead to content, with address and fragment of those that stay in the site."""

    @classmethod
    def of(cls, site: Site, output: RenderedSite) -> _Pages:
        """Return the pages of `output`; the rules of this module follow each other and share them."""
        if cls._last is None or cls._last.site is not site or cls._last.output is not output:
            cls._last = cls(site, output)
        return cls._last

    def _doubtful(self, page: RenderedPage) -> Iterator[tuple[str, tuple[str, str] | None]]:
        folder = posixpath.dirname(page.address)
        sound = self._sound.setdefault(folder, set())
        for url in dict.fromkeys(link.url for link in page.links):
            if url in sound:
                continue
            found = self._resolve(folder, url)
            if self._is_sound(url, found, page):
                sound.add(url)
            else:
                yield url, (found[0] or page.address, found[1]) if found else None

    def _is_sound(self, url: str, found: tuple[str, str] | None, page: RenderedPage) -> bool:
        """Whether a URL is good on every page of a folder: it can be opened, and leads to the whole of a filled page."""
        if found is None:
            return self.unusable(url, page) is None
        address, fragment = found
        return bool(address) and not fragment and self.exists(address) and address not in self.empty

    def exists(self, address: str) -> bool:
        """Return whether something is published at `address`."""
        # a page whose template failed is in the site and has its own finding
        return address in self.site.pages or address in self.site.files or address in self.output.static

    def unusable(self, url: str, page: RenderedPage) -> Target | None:
        """Return what becomes of a `url` that leaves the site, when nobody can open it."""
        if url not in self._unusable:
            target = resolve(url, "content/index.md", page.address, self.tables)
            self._unusable[url] = target if target.reach is Reach.UNUSABLE else None
        return self._unusable[url]

    def _resolve(self, folder: str, url: str) -> tuple[str, str] | None:
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", url) or url in ("", "#"):
            return None
        base = self.site.catalogue.site.base_path
        path, _, fragment = url.partition("#")
        fragment = fragment.partition(":~:")[0]
        path = unquote(path.partition("?")[0])
        if path.startswith("/"):
            path = path.removeprefix(base) if path.startswith(base) else path
        elif path:
            path = posixpath.normpath(posixpath.join(folder, path))
        return path, fragment

    def written(self, page: RenderedPage, address: str, fragment: str | None = None) -> list[Location]:
        """Return where the page's document links to `address` (and `fragment`), if an editor wrote it."""
        found = []
        for document in self.documents.get(page.address, []):
            for link, target in zip(document.doc.body.links, document.targets, strict=True):
                same = target.reach in (Reach.PAGE, Reach.FILE) and target.address == address
                if same and (fragment is None or unquote(fragment) == target.fragment):
                    found.append(link.where)
            if fragment is None:
                found += [item.where for item in document.references if item.target.address == address]
        return found

    def known_broken(self, page: RenderedPage) -> set[str]:
        """Return the URLs of a page that stand unresolved because their link was reported at its source."""
        return {
            link.url
            for document in self.documents.get(page.address, [])
            for link, target in zip(document.doc.body.links, document.targets, strict=True)
            if target.fails
        }

    def maker(self, page: RenderedPage) -> Location:
        """Return the source of a page, for findings that have no better place."""
        documents = self.documents.get(page.address)
        return documents[0].doc.body_at if documents else self.site.pages.get(page.address, Location(page.source))


def missing(name: str, site: Site, output: RenderedSite) -> Iterator[Finding]:
    """Yield the rendered links to pages (or files, as the rule `name` says) that do not exist."""
    pages = _Pages.of(site, output)
    for page in output.pages.values():
        broken = pages.known_broken(page)
        if page.address in site.redirects:
            continue  # where it leads is judged at the redirect
        for url, found in pages.doubtful[page.address]:
            if found is None or url in broken or pages.exists(found[0]):
                continue
            target = Target(Reach.MISSING_PAGE if found[0].endswith((".html", "/")) else Reach.MISSING_FILE)
            if BY_REACH[target.reach] == name:
                for where in pages.written(page, found[0]) or [pages.maker(page)]:
                    yield _on_page(verdict(url, target, where), page)


def _on_page(found: Finding, page: RenderedPage) -> Finding:
    zh, en = found.message.zh, found.message.en
    return Finding(
        found.where, M(f"{zh}（在页面 {page.address} 上）", f"{en} (on the page {page.address})"), found.help
    )


def missing_anchor(site: Site, output: RenderedSite) -> Iterator[Finding]:
    """Yield the links to a place that the target page does not have."""
    pages = _Pages.of(site, output)
    for page in output.pages.values():
        for _, found in pages.doubtful[page.address]:
            if found is None or not found[1] or found[0] not in output.pages:
                continue
            address, fragment = found
            ids = output.pages[address].ids
            if fragment in ids or unquote(fragment) in ids or unquote(fragment).lower() == "top":
                continue
            for where in pages.written(page, address, fragment) or [pages.maker(page)]:
                yield _no_anchor(where, unquote(fragment), output.pages[address])
    yield from _reference_anchors(site, output)


def _reference_anchors(site: Site, output: RenderedSite) -> Iterator[Finding]:
    for document in site.documents:
        for reference in document.references if document.standing is Standing.PUBLISHED else ():
            target = reference.target
            page = output.pages.get(target.address)
            if target.reach is Reach.PAGE and target.fragment and page and target.fragment not in page.ids:
                yield _no_anchor(reference.where, target.fragment, page)


def _no_anchor(where: Location, fragment: str, page: RenderedPage) -> Finding:
    known = "、".join(sorted(name for name in page.ids if not _FRAME_ID.match(name))[:12])
    return Finding(
        where,
        M(f"目标页面里没有“{fragment}”这个位置", f"the target page has no place “{fragment}”"),
        M(
            f"可用的位置：{known}" if known else "去掉 # 和后面的字",
            f"places there are: {known}" if known else "drop the # and what follows",
        ),
    )


def empty_page(site: Site, output: RenderedSite) -> Iterator[Finding]:
    """Yield the links to empty pages, and each empty page that lists or navigation lead to."""
    pages = _Pages.of(site, output)
    hollow = {node.address for node in site.columns.values() if node.present and not node.filled}
    reached: set[str] = set()
    least = site.catalogue.site.min_text
    for page in output.pages.values():
        for _, found in pages.doubtful[page.address]:
            if found is not None and found[1]:
                yield from _hollow_section(pages, page, *found)
            if found is None or found[0] not in pages.empty:
                continue
            address = found[0]
            if address == page.address:
                continue
            reached.add(address)
            why = pages.empty[address]
            for where in pages.written(page, address):
                yield Finding(
                    where,
                    M(f"链接的目标页没有内容：{why.zh}", f"the linked page is empty: {why.en}"),
                    M(
                        f"打开 {_source_of(pages, address)} 写上内容；还没有内容就在开头加“状态: 草稿”并去掉这个链接",
                        f"open {_source_of(pages, address)} and write its content; or make it a draft and remove this link",
                    ),
                )
    for address in sorted(reached - hollow):
        why = pages.empty[address]
        page = output.pages[address]
        yield Finding(
            pages.maker(page),
            M(f"这一页是空白页，而栏目列表或导航链接到它：{why.zh}", f"this page is empty, and lists or navigation link to it: {why.en}"),
            M(
                f"写上正文（{least} 个汉字以上）或附上文件；还没有内容就在文件开头加“状态: 草稿”",
                f"write a body ({least} Chinese characters or more) or attach a file; or make it a draft",
            ),
        )  # fmt: skip


def _hollow_section(pages: _Pages, page: RenderedPage, address: str, fragment: str) -> Iterator[Finding]:
    """Yield the links that an editor wrote to a heading with nothing below it."""
    target = pages.output.pages.get(address)
    name = unquote(fragment)
    if target is None or name not in target.hollow or address in pages.empty:
        return
    for where in pages.written(page, address, fragment):
        yield Finding(
            where,
            M(f"链接指向的位置“{name}”下面没有内容", f"there is nothing below the heading “{name}” that is linked"),
            M(
                "在那个标题下面写上内容，或者去掉 # 和后面的字",
                "write something below that heading, or drop the # and what follows",
            ),
        )


def _source_of(pages: _Pages, address: str) -> str:
    return pages.maker(pages.output.pages[address]).path


def unusable(site: Site, output: RenderedSite) -> Iterator[Finding]:
    """Yield the links of templates whose address nobody can open."""
    pages = _Pages.of(site, output)
    for page in output.pages.values():
        broken = pages.known_broken(page)
        for url, found in pages.doubtful[page.address]:
            target = pages.unusable(url, page) if found is None else None
            if target is not None and url not in broken and not _from_catalogue(url, site):
                yield _on_page(verdict(url, target, pages.maker(page)), page)


def _from_catalogue(url: str, site: Site) -> bool:
    info, agency = site.catalogue.site, site.catalogue.agency
    return url in (info.home_url, info.report_error_url, agency.online)
