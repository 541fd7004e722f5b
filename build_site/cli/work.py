"""What the commands do, and what they say about it.

Owns the order of doing, reporting and telling, and the exit code of a result. Findings go to standard output, all else to
standard error.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from build_site.checks.explain import explain as explain_rule
from build_site.checks.explain import explain_by_basis, rule_list, titled
from build_site.checks.rule import Rule
from build_site.checks.rules import RULES, find_rule
from build_site.cli.options import Told
from build_site.cli.profile import profile
from build_site.cli.reporting import Wanted, emit, refused
from build_site.cli.summary import summarise
from build_site.cli.telling import CLEAN, FINDINGS, USAGE, Progress, disk_message, say, unwritten_message
from build_site.cli.why import why
from build_site.loading.files import decode
from build_site.loading.git import GitError
from build_site.model.finding import Lang, Message, Severity
from build_site.output.executors import FarError, executor_at
from build_site.output.folder import OutputRefusedError, remove_output
from build_site.output.manifest import has_sm3
from build_site.output.means import Means
from build_site.output.outcome import Outcome
from build_site.output.stamp import Stamp
from build_site.output.store import FOLDER as STORE_FOLDER
from build_site.output.store import Store
from build_site.rendering.theme_layers import find_theme


def build(
    root: Path,
    out: Path,
    as_of: date,
    wanted: Wanted,
    locked: bool,
    record: bool = True,
    quarantine: bool = False,
    told: Told = Told(),  # noqa: B008 - frozen
) -> int:
    """Build the site and report; return the exit code. Without `record`, urls.lock stays as it is."""
    lang = wanted.lang
    if not record:
        say(Message("按将来的日期生成，urls.lock 不更新", "built for a day to come: urls.lock stays as it is"), lang)
    progress = Progress(lang)
    means = means_of(root, progress, told)

    return guarded(
        lambda: made(root, out, as_of, locked, wanted.fail_on, record, quarantine, means, executor=told.executor),
        root, out, as_of, wanted, progress, Message(f"已生成到 {out}", f"written to {out}"),
        lambda outcome: tell_more(outcome, means, told, lang),
    )  # fmt: skip


def made(
    root: Path,
    out: Path,
    as_of: date,
    locked: bool,
    fail_on: Severity,
    record: bool,
    quarantine: bool,
    means: Means,
    themes: Path | None = None,
    executor: str | None = None,
) -> Outcome:
    """Return what comes of a build, see `output.build.build`; when nothing changed since the last one, what came of that.

    `executor` is the address of other machines that take part. Raises FarError when they cannot.
    """
    with means.phases("unchanged"):
        terms = (as_of.isoformat(), str(locked), fail_on.value, str(record), str(quarantine), str(has_sm3()))
        stamp = Stamp(root, out, terms, means.store, themes)
        known = stamp.outcome()
    if known:
        return known
    from build_site.output import build as builder  # and with it everything that parses and renders

    with executor_at(executor) as far:
        by = replace(means, executor=far)
        outcome = builder.build(root, out, as_of, locked, fail_on, record, quarantine, by, themes)
    stamp.keep(outcome)
    return outcome


def check(root: Path, as_of: date, wanted: Wanted, locked: bool, told: Told = Told()) -> int:  # noqa: B008 - frozen
    """Check the site and report; return the exit code."""
    progress = Progress(wanted.lang)
    from build_site.output import build as builder

    means = means_of(root, progress, told)

    def work() -> Outcome:
        with executor_at(told.executor) as executor:
            return builder.check(root, as_of, locked, means=replace(means, executor=executor))

    return guarded(
        work,
        root, root / "public", as_of, wanted, progress, only_reports(wanted),
        lambda outcome: tell_more(outcome, means, told, wanted.lang),
    )  # fmt: skip


def means_of(root: Path, progress: Progress, told: Told) -> Means:
    """Return what the site at `root` is built with."""
    return Means(progress, Store(root / STORE_FOLDER if told.cache else None))


def tell_more(outcome: Outcome, means: Means, told: Told, lang: Lang) -> None:
    """Say what was asked for beside the findings: why pages were rendered, where the time went."""
    if told.why is not None:
        for message in why(outcome.rendered, told.why, told.why in outcome.addresses):
            say(message, lang)
    if told.profile:
        sys.stderr.write(profile(means.phases.ended, lang) + "\n")


def only_reports(wanted: Wanted) -> Message:
    """Return what a check that passed has written: nothing but the reports that were asked for."""
    if wanted.files:
        return Message("只写了报告", "only reports were written")
    return Message("没有写任何文件", "nothing was written")


def guarded(
    work: Callable[[], Outcome],
    root: Path,
    out: Path,
    as_of: date,
    wanted: Wanted,
    progress: Progress,
    done: Message,
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> int:
    """Do `work` and report its outcome; return the exit code. `done` ends the summary of a site that passed, `tell` says
    what else is to be said of the outcome.
    """
    start = time.monotonic()
    lang = wanted.lang
    refusal = refused(wanted.files, root, out)
    if refusal:
        say(refusal, lang)
        return USAGE
    try:
        outcome = work()
    except OutputRefusedError as error:
        progress.clear()
        say(Message(f"{error.message.zh}\n{error.help.zh}", f"{error.message.en}\n{error.help.en}"), lang)
        return USAGE
    except FarError as far:
        progress.clear()
        say(Message(f"✘ {far.message.zh}\n{far.help.zh}", f"✘ {far.message.en}\n{far.help.en}"), lang)
        return USAGE
    except GitError as no_git:
        progress.clear()
        say(Message(f"✘ {no_git.message.zh}\n{no_git.help.zh}", f"✘ {no_git.message.en}\n{no_git.help.en}"), lang)
        return USAGE
    except OSError as error:
        progress.clear()
        say(disk_message(error), lang)
        return USAGE
    progress.clear()
    failed = outcome.misconfigured or outcome.fails(wanted.fail_on)
    unwritten = emit(outcome, root, as_of, line_reader(root), wanted)
    summarise(outcome, failed, time.monotonic() - start, done, lang)
    tell(outcome)
    if unwritten:
        say(unwritten_message(unwritten), lang)
        return USAGE
    if outcome.misconfigured:
        return USAGE
    return FINDINGS if failed else CLEAN


def line_reader(root: Path, themes: Path | None = None) -> Callable[[str, int], str]:
    """Return a function that reads one line of a site's file, for excerpts; empty where there is none. `themes` is a folder of
    themes that the site shares with others.
    """

    @lru_cache(maxsize=64)
    def source(path: str) -> list[str]:
        in_theme = re.fullmatch(r"themes/([^/]+)/(.+)", path)
        theme = find_theme(root, in_theme[1], themes) if in_theme else None
        place = theme / in_theme[2] if in_theme and theme else root / path
        try:
            decoded, _ = decode(path, place.read_bytes())
        except OSError:
            return []
        return decoded.text.split("\n") if decoded else []

    def read(path: str, line: int) -> str:
        lines = source(path)
        return lines[line - 1] if 0 < line <= len(lines) else ""

    return read


def explain(rule: str | None, lang: Lang, basis: bool = False) -> int:
    """Print the documentation of a rule, the list of all, or all by legal basis; return the exit code.

    A word that is no rule's code or name is looked for in the titles.
    """
    if basis:
        sys.stdout.write(explain_by_basis(RULES, lang))
        return CLEAN
    if rule is None:
        return _list(RULES, lang)
    found = find_rule(rule)
    if found is None and (alike := titled(RULES, rule)):
        return _list(alike, lang)
    if found is None:
        say(
            Message(
                f"没有“{rule}”这条规则，标题里也没有这个词；build-site explain 列出全部规则",
                f"no rule “{rule}”, and none with that word in its title; `build-site explain` lists all",
            ),
            lang,
        )
        return USAGE
    sys.stdout.write(explain_rule(found, lang))
    return CLEAN


def _list(rules: tuple[Rule, ...], lang: Lang) -> int:
    sys.stdout.write(rule_list(rules, lang))
    sys.stdout.flush()
    say(
        Message(f"看一条：build-site explain {rules[0].code}", f"for one of them: build-site explain {rules[0].code}"),
        lang,
    )
    return CLEAN


def clean(root: Path, out: Path, lang: Lang) -> int:
    """Remove the output folder, if it is ours; return the exit code."""
    try:
        removed = remove_output(out, root)
    except OutputRefusedError as refused:
        say(Message(f"{refused.message.zh}\n{refused.help.zh}", f"{refused.message.en}\n{refused.help.en}"), lang)
        return USAGE
    except OSError as error:
        say(disk_message(error), lang)
        return USAGE
    say(
        Message(f"已删除 {out}", f"removed {out}") if removed else Message("没有要删除的东西", "nothing to remove"),
        lang,
    )
    return CLEAN
