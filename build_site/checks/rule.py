"""A rule: metadata and functions that yield findings.

Owns the shape of a rule. Must not know any particular one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from build_site.model.finding import Fault, Finding, Message, Severity
from build_site.model.page import RenderedPage
from build_site.model.site import Site

NO_BASIS = Message("本项目的设计要求", "a design decision of this project")
SEED = Message(
    "《上海市退役军人事务局2020年政务公开工作要点》一（三）：每项超链接须链接到相关内容，杜绝链接到空白页面",
    "the bureau's work plan for 2020, part 1 (3): every link leads to content, none to an empty page",
)
SEED_DEPTH = Message(
    "《上海市退役军人事务局2020年政务公开工作要点》一（三）：专栏首页每个模块最多展示两级标题",
    "the bureau's work plan for 2020, part 1 (3): at most two levels of titles in a module of the column home",
)


class Scope(StrEnum):
    """What a rule looks at, and so when it can speak."""

    DOCUMENT = "document"
    """One source file by itself."""
    CATALOGUE = "catalogue"
    """`catalog.yaml` by itself."""
    SITE = "site"
    """The assembled site: documents, columns and what leads from one to the other."""
    OUTPUT = "output"
    """The rendered pages."""
    CRAWL = "crawl"
    """What a web server gives of the published site; only `build-site crawl` asks one."""
    SITES = "sites"
    """The list of sites that are built in one run; only `build-site build-all` reads one."""


@dataclass(frozen=True)
class RenderedSite:
    """The rendered output: the facts of every page, and the addresses of the other files that are no attachments.

    `sizes` has the bytes of those of them that pages load: style sheets, scripts, pictures of the theme.
    """

    pages: Mapping[str, RenderedPage]
    static: frozenset[str]
    sizes: Mapping[str, int] = field(default_factory=dict)


FaultCheck = Callable[[Fault], Finding]
SiteCheck = Callable[[Site], Iterator[Finding]]
OutputCheck = Callable[[Site, RenderedSite], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """One rule.

    `name` states the bad thing in kebab case; a fault of the lower floors with `kind == name` is worded by `fault`.
    `why`, `fix`, `bad` and `good` are its documentation, printed by `build-site explain`. `scope` is told where it does
    not follow from the function. A `firm` rule keeps its severity and has no exemptions: it is what the site promises. An `audit` rule measures the column as a whole against what
    inspectors count (coverage, freshness), so a small site meets it by what it holds, not by how it is written.
    """

    code: str
    name: str
    severity: Severity
    title: Message
    why: Message
    fix: Message
    bad: str
    good: str
    basis: Message = NO_BASIS
    fault: FaultCheck | None = None
    site: SiteCheck | None = None
    output: OutputCheck | None = None
    scope: Scope | None = None
    firm: bool = False
    audit: bool = False

    @property
    def looks_at(self) -> Scope:
        """What the rule looks at: as told, else by the function that it has."""
        if self.scope:
            return self.scope
        return Scope.OUTPUT if self.output else Scope.SITE if self.site else Scope.DOCUMENT

    @property
    def is_firm(self) -> bool:
        """Whether nobody can soften it: a promise of the site, or something that could not be read at all."""
        return self.firm or (self.fault is not None and self.severity is Severity.ERROR)
