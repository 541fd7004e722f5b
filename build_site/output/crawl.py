"""The published site seen from outside: every link followed by LinkChecker, every page looked at.

Owns the steps of a crawl and the faults that come of it. Must not know how a fault is worded, nor write the site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from build_site.checks.policy import apply_policy
from build_site.checks.rules import RULES_BY_NAME
from build_site.checks.run import check_faults, merge
from build_site.checks.substance import emptiness
from build_site.loading.placing import NOT_FOUND
from build_site.model.finding import Diagnostic, Fault
from build_site.model.policy import Policy
from build_site.model.site import Site, Standing
from build_site.output.build import check as check_sources
from build_site.output.crawl_external import CACHE_NAME, Pace, ask, read_cache, still_good, write_cache
from build_site.output.crawl_faults import link_faults
from build_site.output.crawl_places import Places
from build_site.output.crawl_program import Visit, find_program, visits
from build_site.output.crawl_server import served
from build_site.output.crawl_web import UNCLEAR, html_of, outcome_of
from build_site.output.manifest import built_on
from build_site.output.outcome import Outcome
from build_site.output.sources import read_site
from build_site.rendering.measure import measure
from build_site.rendering.theme_layers import theme_layers

Progress = Callable[[str, int, int], None]
_NOWHERE = "build-site-no-such-page.html"


class NotBuiltError(Exception):
    """The output folder holds no site of ours to crawl."""


@dataclass(frozen=True)
class Tour:
    """What is to be crawled and how: the sources at `root` explain what is found in `out` or at the address `live`.

    `as_of` is the day for which the sources are read, `today` the day by which remembered answers grow old.
    """

    root: Path
    out: Path
    today: date
    live: str = ""
    as_of: date | None = None
    external: bool = False
    anchors: bool = True
    port: int = 0
    recheck_days: int = 7
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True)
class _Seen:
    """What LinkChecker met: addresses that it reached, what was wrong, external URLs with the visit that had them."""

    reached: tuple[str, ...]
    wrong: tuple[Visit, ...]
    external: dict[str, Visit]
    closed: int


def crawl(tour: Tour, progress: Progress) -> Outcome:
    """Crawl a site and return what was found, as diagnostics at the places that an editor can change.

    Raises NotBuiltError without a site in the output folder, CrawlerMissingError without LinkChecker,
    CrawlerFailedError when it breaks down, OSError when the port is taken or the disk fails.
    """
    program = find_program()
    built = None if tour.live else built_on(tour.out)
    if not tour.live and built is None:
        raise NotBuiltError
    as_of = tour.as_of or built or tour.today
    site, _ = read_site(tour.root, as_of)
    if site is None:
        return check_sources(tour.root, as_of)
    info = site.catalogue.site
    layers, _ = theme_layers(tour.root, info.theme, info.at("theme"))
    server = nullcontext(tour.live) if tour.live else served(tour.out, info.base_path, tour.port)
    with server as base:
        places = Places(site, base, layers)
        seen = _walk(program, tour, places, progress)
        faults = [*_links(seen, tour, places), *_server(tour, places)]
        faults += _blank_pages(seen, tour, places, progress)
    unclear = 0
    if tour.external:
        external, unclear = _external(seen, tour, places, progress)
        faults += external
    counts = {
        "pages": sum(address.endswith(".html") for address in seen.reached),
        "files": sum(not address.endswith(".html") for address in seen.reached),
        "external": len(seen.external),
        "unclear": unclear,
        "closed": seen.closed,
        "unreached": len(set(site.pages) - set(seen.reached) - _gone(site) - {NOT_FOUND}),
    }
    return Outcome(_as_wanted(check_faults(faults), site), counts=counts)


def _as_wanted(found: tuple[Diagnostic, ...], site: Site) -> tuple[Diagnostic, ...]:
    # an exemption is for a finding in the sources; `check` says when it reaches none
    policy: Policy = replace(site.catalogue.checks, exemptions=())
    return merge(apply_policy(found, policy, RULES_BY_NAME, site.as_of)[0])


def _walk(program: str, tour: Tour, places: Places, progress: Progress) -> _Seen:
    reached: dict[str, None] = {}
    wrong: dict[tuple[str, str], Visit] = {}
    external: dict[str, Visit] = {}
    closed = 0
    start = (places.base + "index.html", places.base + NOT_FOUND) if not tour.live else (places.base,)
    of = len(places.site.pages)
    info = places.site.catalogue.site
    own = tuple(f"{scheme}://{info.domain}{info.base_path}" for scheme in ("https", "http"))
    with closing(visits(program, start, tour.pace.timeout, not tour.live, tour.anchors)) as rows:
        for visit in rows:
            address = places.address(visit.url)
            closed += visit.closed
            if visit.reason == "404" and address == NOT_FOUND:
                continue  # a server may give this page with its own status
            if visit.reason or visit.anchor or visit.moved:
                wrong.setdefault((visit.url.partition("#")[0] or visit.written, visit.anchor), visit)
            if address is not None and not visit.external and not visit.reason:
                reached.setdefault(address)
                progress("crawl", len(reached), max(of, len(reached)))
            elif address is None and not visit.reason and _leaves(visit.url, own):
                external.setdefault(visit.url.partition("#")[0], visit)
    return _Seen(tuple(reached), tuple(wrong.values()), external, closed)


def _shown(url: str, places: Places) -> str:
    address = places.address(url)
    return unquote(url) if address is None else address


def _leaves(url: str, own: tuple[str, ...]) -> bool:
    # pages name their own permanent address; while they are not yet published it says nothing
    return url.startswith(("http://", "https://")) and not url.startswith(own)


def _links(seen: _Seen, tour: Tour, places: Places) -> Iterator[Fault]:
    for visit in seen.wrong:
        yield from link_faults(visit, places)
    host = urlsplit(places.base).netloc
    for url, visit in seen.external.items():
        # beside the column there is nothing on loopback; on the live host there may be
        if not tour.live and urlsplit(url).netloc == host:
            yield from link_faults(replace(visit, reason="outside"), places)


def _server(tour: Tour, places: Places) -> Iterator[Fault]:
    if outcome_of(places.base + _NOWHERE, tour.pace.timeout, not tour.live) == "":
        yield Fault("missing-pages-hidden", places.site.catalogue.site.at("domain"))


def _gone(site: Site) -> set[str]:
    """Return the addresses whose pages only say that something is elsewhere or no more; nothing need lead to them."""
    gone = {*site.redirects, *(item.address for item in site.catalogue.withdrawals)}
    return gone | {item.address for item in site.documents if item.standing is Standing.WITHDRAWN}


def _blank_pages(seen: _Seen, tour: Tour, places: Places, progress: Progress) -> Iterator[Fault]:
    site = places.site
    gone = _gone(site)
    for number, address in enumerate(seen.reached):
        progress("look", number + 1, len(seen.reached))
        if not address.endswith(".html") or address in gone:
            continue
        url = places.base + address
        html = html_of(places.base + quote(address), tour.pace.timeout, not tour.live)
        why = (
            emptiness(measure(html, address, "").substance, site.catalogue.site.min_text) if html is not None else None
        )
        if why is not None:
            yield Fault("published-page-blank", places.page(url), (("page", address), ("zh", why.zh), ("en", why.en)))


def _external(seen: _Seen, tour: Tour, places: Places, progress: Progress) -> tuple[list[Fault], int]:
    """Return the faults of external links, and of how many nobody can tell because the server refuses programs."""
    host = "" if tour.live else urlsplit(places.base).netloc
    wanted = [url for url in seen.external if urlsplit(url).netloc != host]
    file = tour.root / ".cache" / CACHE_NAME
    known = {
        url: answer
        for url, answer in read_cache(file).items()
        if url in seen.external and still_good(answer, tour.today, tour.recheck_days)
    }
    open_ = [url for url in wanted if url not in known]
    asked = ask(open_, tour.today, tour.pace, lambda done: progress("ask", done, len(open_)))
    if asked:
        write_cache(file, asked)
    faults, unclear = [], 0
    answers = {**known, **asked}
    for url in wanted:
        reason = answers[url].reason
        unclear += reason in UNCLEAR
        if reason and reason not in UNCLEAR:
            visit = seen.external[url]
            data = (("url", unquote(url)), ("reason", reason))
            faults += [
                Fault("external-link-broken", place, data)
                for place in places.of(visit.url, visit.written, visit.parent)
            ]
    return faults, unclear
