"""What the commands do, and what they say about it.

Owns progress, summaries and the exit code of a result. Findings go to standard output, all else to standard error.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
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
from build_site.cli.why import why
from build_site.loading.files import decode
from build_site.loading.git import GitError
from build_site.model.finding import Lang, Message, Severity
from build_site.output.executors import FarError, executor_at
from build_site.output.folder import OutputRefusedError, remove_output
from build_site.output.means import Means
from build_site.output.outcome import Outcome
from build_site.output.stamp import Stamp
from build_site.output.store import FOLDER as STORE_FOLDER
from build_site.output.store import Store
from build_site.rendering.theme_layers import find_theme

CLEAN, FINDINGS, USAGE = 0, 1, 2
_FEW = 5
_STEPS = {
    "read": Message("读取", "reading"),
    "measure": Message("检查附件", "looking into attachments"),
    "render": Message("生成", "rendering"),
    "crawl": Message("爬取", "crawling"),
    "look": Message("查看", "looking at pages"),
    "ask": Message("外部链接", "external links"),
    "sites": Message("站点", "sites"),
}


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
        terms = (as_of.isoformat(), str(locked), fail_on.value, str(record), str(quarantine))
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
    _summary(outcome, failed, time.monotonic() - start, done, lang)
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


def _summary(outcome: Outcome, failed: bool, seconds: float, done: Message, lang: Lang) -> None:
    counts = outcome.counts
    pages, links, files = (counts.get(name, 0) for name in ("pages", "links", "files"))
    zh = f"已检查 {pages} 页、{links} 个链接、{files} 个附件，{seconds:.1f} 秒"
    en = f"checked {pages} pages, {links} links, {files} attachments in {seconds:.1f} s"
    if outcome.misconfigured:
        say(misconfigured(outcome), lang)
        return
    if failed:
        head = Message("✘ 不能发布；上一次的网站没有改动", "✘ not published; the last good site was not touched")
    else:
        head = Message(f"✔ 通过；{done.zh}", f"✔ passed; {done.en}")
    say(Message(f"{head.zh}（{zh}）", f"{head.en} ({en})"), lang)
    held = [
        (counts.get("drafts", 0) - len(outcome.held), Message("篇草稿", "drafts")),
        (counts.get("future", 0), Message("篇没有到发布日期", "dated in the future")),
        (counts.get("closed", 0), Message("篇不是主动公开", "not open to the public")),
    ]
    told = [(number, word) for number, word in held if number > 0]
    if told:
        say(
            Message(
                "没有生成：" + "、".join(f"{number} {word.zh}" for number, word in told),
                "left out: " + ", ".join(f"{number} {word.en}" for number, word in told),
            ),
            lang,
        )
    if 0 < len(outcome.future) <= _FEW:  # one of these may be a slip of the year
        for path, day in outcome.future:
            say(Message(f"  {path}：发布日期 {day}", f"  {path}: published {day}"), lang)
    for message in _set_aside(outcome):
        say(message, lang)


def misconfigured(outcome: Outcome) -> Message:
    """Return that nothing but `catalog.yaml` was looked at, and why."""
    if any(item.name == "catalogue-missing" for item in outcome.diagnostics):
        return Message(
            "✘ 这里不是站点文件夹，什么也没有检查", "✘ this is not the folder of a site; nothing was checked"
        )
    return Message(
        "✘ catalog.yaml 需要先改正；别的还没有检查", "✘ catalog.yaml must be corrected first; nothing else was checked"
    )


def _set_aside(outcome: Outcome) -> Iterator[Message]:
    """Yield what else must be known of a result: documents held back, findings that were not shown."""
    if outcome.held:
        paths = sorted(outcome.held)
        yield Message(
            f"⚠ 有 {len(paths)} 篇没有发布，改好上面的问题后再运行一次：\n" + "\n".join(f"  {path}" for path in paths),
            f"⚠ {len(paths)} documents were held back; mend what is told above and run again:\n"
            + "\n".join(f"  {path}" for path in paths),
        )
    if outcome.hidden:
        yield Message(
            f"没有列出：baseline.json 里记着的 {outcome.hidden} 处",
            f"not shown: {outcome.hidden} findings in baseline.json",
        )
    if outcome.unreported:
        yield Message(
            f"没有列出：不是这次改动引起的 {outcome.unreported} 处",
            f"not shown: {outcome.unreported} findings that the change is not answerable for",
        )


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


def disk_message(error: OSError) -> Message:
    """Return what the disk could not do, in words, when nothing has been exchanged."""
    word = _disk_words(error)
    return Message(
        f"✘ {word.zh}\n原来的网站没有改动。解决后再运行一次。",
        f"✘ {word.en}\nThe last good site was not touched. Run again when this is solved.",
    )


def unwritten_message(error: OSError) -> Message:
    """Return why a report was not written, in words; the check itself was done."""
    word = _disk_words(error)
    return Message(f"✘ 报告没有写成：{word.zh}", f"✘ the report was not written: {word.en}")


def _disk_words(error: OSError) -> Message:
    import errno

    path = f"：{error.filename}" if error.filename else ""
    words = {
        errno.ENOSPC: Message("磁盘满了", "the disk is full"),
        errno.EDQUOT: Message("磁盘配额用完了", "the disk quota is used up"),
        errno.EFBIG: Message("文件超过系统允许的大小", "a file grew over the system's limit"),
        errno.ENOMEM: Message(
            "内存不够，系统结束了一个辅助进程", "not enough memory: the system ended a helper process"
        ),
        errno.EACCES: Message("没有权限", "permission denied"),
        errno.EPERM: Message("没有权限", "permission denied"),
        errno.EROFS: Message("磁盘是只读的", "the disk is read-only"),
        errno.ENOENT: Message("文件或文件夹不存在", "file or folder not found"),
        errno.EISDIR: Message("这里应当是文件，却是文件夹", "a folder stands where a file should"),
        errno.ENAMETOOLONG: Message("文件名太长", "a file name is too long"),
    }
    word = words.get(error.errno or 0, Message("读写文件时出错", "reading or writing failed"))
    return Message(f"{word.zh}{path}", f"{word.en}{path}")


def say(message: Message, lang: Lang) -> None:
    """Print a sentence for people on standard error."""
    sys.stderr.write(message.text(lang) + "\n")
    sys.stderr.flush()


class Progress:
    """Shows how far long work has come: on standard error, on a terminal, five times a second at most."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang
        self.shown = False
        self.last = time.monotonic()
        self.live = sys.stderr.isatty()

    def __call__(self, step: str, done: int, of: int) -> None:
        """Show the step and how much of it is done, unless something was shown a moment ago."""
        now = time.monotonic()
        if not self.live or now - self.last < 0.2:
            return
        self.last = now
        self.shown = True
        sys.stderr.write(f"\r\x1b[K{_STEPS[step].text(self.lang)} {done}/{of}")
        sys.stderr.flush()

    def clear(self) -> None:
        """Remove the progress line."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self.shown = False
