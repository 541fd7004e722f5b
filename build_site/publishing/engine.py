"""Publishing: the plan, the order, several files at once, trying again, the receipt.

Owns the steps that are the same for every target. Must not know any protocol.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from build_site.model.finding import Message
from build_site.publishing.plan import Plan, in_order, make_plan
from build_site.publishing.receipt import Deed, Receipt, next_receipt
from build_site.publishing.refusal import LostError, RefusedError, TargetError
from build_site.publishing.release import Release
from build_site.publishing.target import Target

M = Message
T = TypeVar("T")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Pace:
    """How many files are sent at once, how often something is tried, and how long the first wait is (doubled each time)."""

    parallel: int = 4
    tries: int = 6
    wait: float = 0.5


@dataclass(frozen=True)
class Standing:
    """How a target stands to a release: its receipt, whether a publish was cut off, and what publishing would change."""

    receipt: Receipt | None
    interrupted: bool
    plan: Plan

    @property
    def done(self) -> bool:
        """Whether there is nothing to do."""
        return self.plan.empty and not self.interrupted and self.receipt is not None


def standing(release: Release, target: Target, pace: Pace) -> Standing:
    """Return how `target` stands to `release`; nothing is changed."""
    last = patient(target.receipt, pace)
    return Standing(last, patient(target.interrupted, pace), make_plan(release, last))


def publish(release: Release, target: Target, deed: Deed, pace: Pace, progress: Progress) -> Receipt:
    """Bring `release` to `target` and return its receipt.

    Whatever happens on the way, it can be done again and goes on where it was cut off. Raises LostError when the target
    still does not answer after some time, TargetError and OSError when it cannot be done.
    """
    last = patient(target.receipt, pace)
    present = patient(lambda: target.begin(release), pace)
    missing = [address for address in release.files if address not in present]
    lacking = [address for address in missing if not (release.folder / address).is_file()]
    if lacking:
        raise RefusedError(
            M(f"目标上缺 {lacking[0]} 等 {len(lacking)} 个文件，增量包里也没有", f"the target lacks {len(lacking)} files that are not in the delta either: {lacking[0]}"),
            M("用完整包", "publish the full package"),
        )  # fmt: skip
    total, done = len(missing), 0
    for group in in_order(missing):
        size = target.batch
        batches = [group[start : start + size] for start in range(0, len(group), size)]

        def told(number: int, before: int = done, size: int = size) -> None:
            progress("send", min(before + number * size, total), total)

        _all(batches, lambda batch: patient(lambda: target.put(release.folder, batch), pace), pace, told)
        done += len(group)
    for address in sorted(patient(lambda: target.surplus(release), pace)):
        patient(lambda address=address: target.delete(address), pace)  # type: ignore[misc]
    receipt = next_receipt(release, last, deed)
    _complete(target, receipt, last, pace)
    return receipt


def roll_back(target: Target, sequence: int, deed: Deed, pace: Pace) -> Receipt:
    """Let readers see the state of an earlier receipt again, and return the new receipt.

    Raises RefusedError when the target does not keep that state, LostError and TargetError as `publish`.
    """
    last, kept = patient(target.receipt, pace), patient(target.earlier, pace)
    found = patient(lambda: target.receipt_of(sequence), pace) if sequence in kept else None
    if found is None:
        numbers = "、".join(map(str, kept)) or "—"
        raise RefusedError(
            M(f"目标上没有留着第 {sequence} 次发布的网站", f"the target does not keep release {sequence}"),
            M(f"还留着的：{numbers}；也可以用 --package 发布当时的完整包", f"it keeps: {numbers}; or publish the full package of that time with --package"),
        )  # fmt: skip
    release = Release(Path(), found.as_of, found.files, found.manifest, found.digest, found.commit)
    receipt = next_receipt(release, last, deed)
    _complete(target, receipt, last, pace)
    return receipt


def _complete(target: Target, receipt: Receipt, last: Receipt | None, pace: Pace) -> None:
    now = patient(target.receipt, pace)
    if (now.sequence if now else 0) != (last.sequence if last else 0):
        raise TargetError(
            M("在此期间有人向同一个目标发布过", "somebody else has published to this target meanwhile"),
            M("看清楚以后再运行一次", "look at it and run again"),
        )
    patient(lambda: target.finish(receipt), pace)


def patient(work: Callable[[], T], pace: Pace) -> T:
    """Return what `work` returns, trying again with longer and longer waits while the target does not answer."""
    for number in range(pace.tries - 1):
        try:
            return work()
        except LostError:
            time.sleep(pace.wait * 2**number * (0.75 + random.random() / 2))
    return work()


def _all(
    batches: Sequence[list[str]], work: Callable[[list[str]], None], pace: Pace, told: Callable[[int], None]
) -> None:
    """Do `work` for every batch, some at once; the first that fails ends it, after those under way."""
    waiting, done = iter(batches), 0
    with ThreadPoolExecutor(max_workers=max(1, pace.parallel)) as pool:
        running: set[Future[None]] = set()
        try:
            while True:
                while len(running) < pace.parallel and (batch := next(waiting, None)) is not None:
                    running.add(pool.submit(work, batch))
                if not running:
                    return
                finished, running = wait(running, return_when=FIRST_COMPLETED)
                for each in finished:
                    each.result()
                    done += 1
                told(done)
        finally:
            for each in running:
                each.cancel()
