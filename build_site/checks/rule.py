"""A rule: metadata and functions that yield findings.

Owns the shape of a rule. Must not know any particular one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class RenderedSite:
    """The rendered output: the facts of every page, and the addresses of the other files that are no attachments."""

    pages: Mapping[str, RenderedPage]
    static: frozenset[str]


FaultCheck = Callable[[Fault], Finding]
SiteCheck = Callable[[Site], Iterator[Finding]]
OutputCheck = Callable[[Site, RenderedSite], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """One rule.

    `name` states the bad thing in kebab case; a fault of the lower floors with `kind == name` is worded by `fault`.
    `why`, `fix`, `bad` and `good` are its documentation, printed by `build-site explain`.
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
