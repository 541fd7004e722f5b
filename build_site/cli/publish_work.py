"""What `build-site publish` does, and what it says about it.

Owns its messages and its exit code: 0 published, planned or nothing to do; 1 refused; 2 usage, target or disk.
"""

from __future__ import annotations

import getpass
import os
import re
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from build_site.cli.telling import CLEAN, FINDINGS, USAGE, Progress, disk_words, say
from build_site.loading.catalogue import load_catalogue
from build_site.model.finding import Lang, Message
from build_site.model.publishing import PublishTarget
from build_site.publishing.archive import unpack
from build_site.publishing.engine import Pace, Standing, patient, publish, roll_back, standing
from build_site.publishing.origin import commit_of, is_behind
from build_site.publishing.package import release_in
from build_site.publishing.plan import Plan, check_newer
from build_site.publishing.receipt import FOLDER, Deed, Receipt, keep, short
from build_site.publishing.refusal import LostError, PublishingError, RefusedError, TargetError
from build_site.publishing.release import Release, read_release
from build_site.publishing.target import Settings, Target
from build_site.publishing.targets.opening import open_target

M = Message
_SHOWN = 20
_USERS = ("GITHUB_ACTOR", "GITLAB_USER_LOGIN", "CI_COMMIT_AUTHOR")


@dataclass(frozen=True)
class Order:
    """What is to be published, where, by whom and how; see the command's options. `keep` and `parallel` are None where not given."""

    root: Path
    out: Path
    target: str
    apply: bool
    package: Path | None
    rollback_to: int | None
    reason: str
    who: str
    when: str
    signed: bool
    links: bool
    keep: int | None
    parallel: int | None


def somebody() -> str:
    """Return who runs this: as CI says, else the system's name of the user."""
    for name in _USERS:
        if os.environ.get(name):
            return os.environ[name]
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def run(order: Order, lang: Lang) -> int:
    """Plan or publish, and report; return the exit code."""
    progress = Progress(lang)
    try:
        with ExitStack() as stack:
            return _run(order, lang, progress, stack)
    except PublishingError as error:
        progress.clear()
        say(M(f"✘ {error.message.zh}\n{error.help.zh}", f"✘ {error.message.en}\n{error.help.en}"), lang)
        return FINDINGS if isinstance(error, RefusedError) else USAGE
    except LostError as error:
        progress.clear()
        say(
            M(
                f"✘ 目标没有应答：{error}\n试了几次都不行。再运行一次会接着做完。",
                f"✘ the target does not answer: {error}\nIt was tried several times. Run again to go on from here.",
            ),
            lang,
        )
        return USAGE
    except OSError as error:
        progress.clear()
        word = disk_words(error)
        say(
            M(
                f"✘ {word.zh}\n解决后再运行一次，会接着做完。",
                f"✘ {word.en}\nSolve it and run again; it goes on from here.",
            ),
            lang,
        )
        return USAGE


def _run(order: Order, lang: Lang, progress: Progress, stack: ExitStack) -> int:
    entry = find_target(order.root, order.target)
    pace = Pace(parallel=order.parallel or entry.parallel)
    settings = Settings(
        entry.keep if order.keep is None else order.keep,
        entry.links and order.links,
        order.root / ".cache/build-site" / f"sent-{entry.name}",
        entry.endpoint,
    )
    target = open_target(entry.address, order.root, settings)
    stack.callback(target.close)
    deed = Deed(order.who, order.when, order.reason)
    place = order.root / FOLDER / entry.name
    if order.rollback_to is not None:
        return _roll_back(order, target, deed, pace, place, lang)
    release = _release(order, entry, target, pace, stack)
    stands = standing(release, target, pace)
    check_newer(release, stands.receipt, _behind(order, release, stands.receipt), order.reason)
    _tell_plan(entry, release, stands, target, lang)
    if stands.done:
        if order.apply and stands.receipt:
            keep(place, stands.receipt)  # the run that published it may have been cut off before
        say(M("✔ 目标上已经是这一份，没有要做的", "✔ the target shows this already: nothing to do"), lang)
        return CLEAN
    if not order.apply:
        say(M("以上只是计划；加 --apply 才发布", "this is the plan; add --apply to publish"), lang)
        return CLEAN
    receipt = publish(release, target, deed, pace, progress)
    progress.clear()
    return _published(receipt, place, lang)


def find_target(root: Path, told: str) -> PublishTarget:
    """Return the target of the catalogue with the name `told`, or one made of an address; "" for the only one there is.

    Raises TargetError where that says no target.
    """
    catalogue, _ = load_catalogue(root)
    entries = catalogue.publish if catalogue else ()
    for entry in entries:
        if entry.name == told or (not told and len(entries) == 1):
            return entry
    if "/" in told or "\\" in told:
        name = re.sub(r"[^a-z0-9]+", "-", told.lower()).strip("-")[:40].rstrip("-") or "target"
        return PublishTarget(name=name, address=told)
    names = "、".join(entry.name for entry in entries)
    helps = (
        M(f"catalog.yaml 里有：{names}", f"catalog.yaml has: {names}")
        if names
        else M("写文件夹（如 ./www）或地址，或在 catalog.yaml 的“发布”里写好", "write a folder (like ./www) or an address, or an entry of `publish` in catalog.yaml")
    )  # fmt: skip
    if not told:
        raise TargetError(M("没有写发布到哪里", "no target is named"), helps)
    raise TargetError(M(f"没有叫“{told}”的发布目标", f"there is no target “{told}”"), helps)


def _release(order: Order, entry: PublishTarget, target: Target, pace: Pace, stack: ExitStack) -> Release:
    if order.package is None:
        return read_release(order.out, commit_of(order.root), order.signed or entry.signed)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="build-site-")))
    unpack(order.package, folder)
    release, _ = release_in(folder, patient(target.receipt, pace), order.signed or entry.signed)
    return release


def _behind(order: Order, release: Release, last: Receipt | None) -> bool:
    return last is not None and is_behind(order.root, release.commit, last.commit)


def _roll_back(order: Order, target: Target, deed: Deed, pace: Pace, place: Path, lang: Lang) -> int:
    assert order.rollback_to is not None
    if not order.apply:
        kept = "、".join(map(str, patient(target.earlier, pace))) or "—"
        say(M(f"目标上留着：{kept}；加 --apply 退回到第 {order.rollback_to} 次", f"the target keeps {kept}; add --apply to go back to {order.rollback_to}"), lang)  # fmt: skip
        return CLEAN
    return _published(roll_back(target, order.rollback_to, deed, pace), place, lang)


def _published(receipt: Receipt, place: Path, lang: Lang) -> int:
    keep(place, receipt)
    say(
        M(
            f"✔ 已发布（第 {receipt.sequence} 次，{short(receipt.digest)[:8]}）。回执：{place / receipt.name}",
            f"✔ published (number {receipt.sequence}, {short(receipt.digest)[:8]}). Receipt: {place / receipt.name}",
        ),
        lang,
    )
    return CLEAN


def _tell_plan(entry: PublishTarget, release: Release, stands: Standing, target: Target, lang: Lang) -> None:
    last, plan = stands.receipt, stands.plan
    now = (
        M(f"第 {last.sequence} 次发布，{last.as_of}", f"number {last.sequence}, of {last.as_of}")
        if last
        else M("还没有发布过", "nothing published yet")
    )
    lines = [
        M(f"目标 {entry.name}：{entry.address}（{now.zh}）", f"target {entry.name}: {entry.address} ({now.en})").text(
            lang
        ),
        *_listed("+", plan.added),
        *_listed("~", plan.changed),
        *_listed("-", plan.removed),
        _sum(plan).text(lang),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    if stands.interrupted:
        say(M("上一次发布没有做完，这一次会接着做", "the last publish was cut off; this one goes on from there"), lang)
    if not target.atomic:
        say(M("这类目标逐个文件更新：先附件，再文章，再列表，最后删除", "this kind of target changes file by file: assets, pages, lists, deletions last"), lang)  # fmt: skip


def _listed(mark: str, addresses: tuple[str, ...]) -> list[str]:
    more = [f"{mark} ……{len(addresses) - _SHOWN}"] if len(addresses) > _SHOWN else []
    return [f"{mark} {address}" for address in addresses[:_SHOWN]] + more


def _sum(plan: Plan) -> Message:
    numbers = len(plan.added), len(plan.changed), len(plan.removed), plan.kept
    size = f"{plan.bytes / 1e6:.1f} MB"
    return M(
        "新增 {}、更改 {}、删除 {}、不变 {}，发送 ".format(*numbers) + size,
        "{} added, {} changed, {} removed, {} unchanged, ".format(*numbers) + f"{size} to send",
    )
