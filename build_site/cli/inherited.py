"""`build-site check` for a site with a past: what it inherited, and what a branch changed.

Owns what is said about the baseline. Must not decide what stands in it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from build_site.cli.options import Told
from build_site.cli.reporting import Wanted
from build_site.cli.telling import Progress, say
from build_site.cli.work import guarded, means_of, only_reports, tell_more
from build_site.model.finding import Message
from build_site.output.build import OUT
from build_site.output.inherited import Written, write_baseline
from build_site.output.outcome import Outcome
from build_site.output.since import check_since

_ONLY = Message("只写了 baseline.json", "only baseline.json was written")
_BOTH = Message("只写了 baseline.json 和报告", "only baseline.json and reports were written")


def since(root: Path, revision: str, as_of: date, wanted: Wanted, locked: bool, told: Told) -> int:
    """Check the site and report what changed since `revision`; return the exit code."""
    progress = Progress(wanted.lang)
    means = means_of(root, progress, told)
    return guarded(
        lambda: check_since(root, revision, as_of, locked, means),
        root, root / OUT, as_of, wanted, progress, only_reports(wanted),
        lambda outcome: tell_more(outcome, means, told, wanted.lang),
    )  # fmt: skip


def write(root: Path, as_of: date, wanted: Wanted, reason: str, told: Told) -> int:
    """Write `baseline.json`, report what is left and what was written; return the exit code."""
    progress = Progress(wanted.lang)
    means = means_of(root, progress, told)
    made: list[Written] = []

    def work() -> Outcome:
        made.append(write_baseline(root, as_of, reason, means))
        return made[0].outcome

    code = guarded(
        work, root, root / OUT, as_of, wanted, progress,
        _BOTH if wanted.files else _ONLY,
        lambda outcome: tell_more(outcome, means, told, wanted.lang),
    )  # fmt: skip
    if made:
        say(_told(made[0]), wanted.lang)
    if made and made[0].now is not None and made[0].outcome.diagnostics:
        say(_left(len(made[0].outcome.diagnostics)), wanted.lang)
    return code


def _left(number: int) -> Message:
    return Message(
        f"上面的 {number} 处没有记：不能豁免的必须改；以后新出现的也要改，确实要增加的，加 --grow 和理由",
        f"the {number} above were not written down: some never can be, new ones only with --grow and a reason",
    )


def _told(written: Written) -> Message:
    if written.now is None:
        return Message("baseline.json 没有写", "baseline.json was not written")
    return Message(
        f"baseline.json 记着 {written.now} 处，原来 {written.before} 处；请和文章一起提交",
        f"baseline.json holds {written.now} findings, {written.before} before; commit it with your work",
    )
