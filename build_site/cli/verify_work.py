"""What `build-site verify` does, and how it is told.

Owns finding the copy, the manifest and the keys, the order of the report, and the exit code.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from build_site.cli.telling import CLEAN, FINDINGS, USAGE, Progress, disk_message, say
from build_site.cli.verify_words import HEADS, help_for, line
from build_site.loading.catalogue import load_catalogue
from build_site.loading.public_keys import BadKeyError
from build_site.model.finding import Lang, Message
from build_site.model.signing import SigningKey
from build_site.output.manifest import MANIFEST_NAME, SUMS_NAME, Manifest, manifest_of, signature_name, signatures_in
from build_site.publishing.copies import PACKAGE_ENDINGS, Copy, DamagedCopyError, FolderCopy, PackageCopy, State
from build_site.publishing.live import LiveCopy, Pace, UnreachableError
from build_site.publishing.openssl import OpensslError
from build_site.publishing.resume import Resume, told
from build_site.publishing.trust import Trust, key_of_pem, trust
from build_site.publishing.verify import Difference, Kind, Reference, compared, is_older, own_manifest

M = Message
_LIVE_AGE = 7
_SHOWN = 20


@dataclass(frozen=True)
class Task:
    """What is to be checked, and how: the options of the command."""

    target: str
    root: Path
    manifest: Path | None
    keys: tuple[Path, ...]
    unsigned: bool
    allowed: frozenset[str]
    max_age: int | None
    today: date
    pause: float
    timeout: int
    resume: Path | None

    @property
    def live(self) -> bool:
        """Whether it is a site on a server."""
        return self.target.startswith(("http://", "https://"))


class CannotError(Exception):
    """The check cannot be made; `message` says why and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.en)
        self.message = message


@dataclass(frozen=True)
class Result:
    """What came of a check: all differences, by which keys the manifest was signed, its day, how many files were compared."""

    differences: tuple[Difference, ...]
    signed_by: tuple[str, ...]
    as_of: date | None
    files: int

    def failing(self, allowed: frozenset[str]) -> tuple[Difference, ...]:
        """Return those that count: code that is only loaded from `allowed` hosts, or comments, does not."""
        return tuple(one for one in self.differences if not _is_allowed(one, allowed))


def _is_allowed(found: Difference, allowed: frozenset[str]) -> bool:
    if found.kind is not Kind.INJECTED or not allowed:
        return False
    return all(one.host in allowed or one.element == "comment" for one in found.injected)


def once(task: Task, form: str, lang: Lang) -> int:
    """Check and report; return the exit code."""
    start = time.monotonic()
    result = _result(task, lang)
    if result is None:
        return USAGE
    failing = result.failing(task.allowed)
    if form == "json":
        sys.stdout.write(_json(result, task.allowed))
    else:
        _tell(result.differences, task.allowed, lang)
    _summary(result, failing, task, time.monotonic() - start, lang)
    return FINDINGS if failing else CLEAN


def repeatedly(task: Task, form: str, lang: Lang, seconds: float, rounds: int | None) -> int:
    """Check again and again, tell what has come and what has gone; return the exit code of the last round."""
    before: dict[tuple[Kind, str], Difference] | None = None
    code, number = CLEAN, 0
    while rounds is None or number < rounds:
        if number:
            time.sleep(seconds)
        number += 1
        result = _result(task, lang)
        if result is None:
            code = USAGE  # the server may answer the next time
            continue
        now = {(one.kind, one.address): one for one in result.failing(task.allowed)}
        known = before if before is not None else {}
        come = [one for name, one in now.items() if name not in known]
        gone = [one for name, one in known.items() if name not in now]
        if form == "json":
            line_ = {
                "round": number,
                "new": [told(one) for one in come],
                "gone": [told(one) for one in gone],
                "open": len(now),
            }
            sys.stdout.write(json.dumps(line_, ensure_ascii=False) + "\n")
        else:
            _tell(come, frozenset(), lang)
            for one in gone:
                sys.stdout.write(M(f"已恢复：{one.address}", f"mended: {one.address}").text(lang) + "\n")
        sys.stdout.flush()
        say(M(f"第 {number} 次：新发现 {len(come)} 处，恢复 {len(gone)} 处，还有 {len(now)} 处", f"round {number}: {len(come)} new, {len(gone)} mended, {len(now)} open"), lang)  # fmt: skip
        before, code = now, FINDINGS if now else CLEAN
    return code


def _result(task: Task, lang: Lang) -> Result | None:
    """The result of one check; None when it could not be made, which is said."""
    progress = Progress(lang)
    try:
        return _checked(task, progress)
    except CannotError as error:
        message = error.message
    except UnreachableError as error:
        resumed = M("\n再运行一次就接着查。", "\nRun again to go on.") if task.resume else M("", "")
        message = M(f"✘ 服务器没有回答：{error}{resumed.zh}", f"✘ the server does not answer: {error}{resumed.en}")
    except OpensslError as error:
        message = M(f"✘ {error.message.zh}\n{error.help.zh}", f"✘ {error.message.en}\n{error.help.en}")
    except OSError as error:
        message = disk_message(error)
    progress.clear()
    say(message, lang)
    return None


def _checked(task: Task, progress: Progress) -> Result:
    try:
        copy = _copy(task)
    except DamagedCopyError:
        return Result((Difference(Kind.ALTERED, Path(task.target).name),), (), None, 0)
    try:
        return _compared(task, copy, progress)
    finally:
        if isinstance(copy, LiveCopy):
            copy.close()
        progress.clear()


def _compared(task: Task, copy: Copy, progress: Progress) -> Result:
    keys, given = _keys(task)
    data, manifest, signatures = _reference(task, copy, keys, given)
    if manifest is None:
        state = copy.read(MANIFEST_NAME).state
        if state is not State.MISSING:
            return Result((Difference(Kind.ALTERED, MANIFEST_NAME),), (), None, 0)
        if signatures or copy.read(SUMS_NAME).state is not State.MISSING:
            return Result((Difference(Kind.MISSING, MANIFEST_NAME),), (), None, 0)
        raise CannotError(M(f"✘ {task.target} 里没有清单 manifest.json；用 --manifest 写上清单文件", f"✘ there is no manifest.json in {task.target}; name one with --manifest"))  # fmt: skip
    judged = Trust((), ()) if task.unsigned and not signatures else trust(data, manifest, signatures, keys, given)
    found = [one for one in judged.differences if not (task.unsigned and one.kind is Kind.UNSIGNED)]
    found += _stale(task, manifest)
    reference = Reference.of(data, manifest, signatures, _older(copy, data, manifest, keys, given))
    mark = hashlib.sha256(task.target.encode() + b"\0" + data).hexdigest()
    resume = Resume(task.resume if task.live else None, mark)
    found += [one for one in resume.done.values() if one is not None]
    done = frozenset(resume.done)
    finished = False
    try:
        seen: dict[str, Difference] = {}
        files = list(reference.files())

        def tell(number: int, of: int) -> None:
            address = files[number - 1]
            if address not in done:
                resume.add(address, seen.get(address))
            progress("look", number, of)

        for one in compared(copy, reference, tell, done.__contains__):
            seen[one.address] = one
            found.append(one)
        finished = True
    finally:
        resume.close(finished)
    return Result(tuple(found), judged.signed_by, manifest.as_of, len(files))


def _copy(task: Task) -> Copy:
    if task.live:
        base = task.target if task.target.endswith("/") else f"{task.target}/"
        return LiveCopy(base, Pace(task.pause, task.timeout))
    place = Path(task.target)
    if place.is_dir():
        return FolderCopy(place)
    if place.is_file() and place.name.lower().endswith(PACKAGE_ENDINGS):
        return PackageCopy(place)
    raise CannotError(M(f"✘ 没有这个文件夹或压缩包：{place}。先运行 build-site build，或者写上网址", f"✘ no such folder or package: {place}. Run build-site build first, or give an address"))  # fmt: skip


def _keys(task: Task) -> tuple[tuple[SigningKey, ...], tuple[SigningKey, ...]]:
    """The keys of the catalogue, and those given as files, which take their place."""
    if task.keys:
        try:
            return (), tuple(key_of_pem(file.stem, file.read_text("ascii", "replace")) for file in task.keys)
        except BadKeyError as error:
            raise CannotError(M(f"✘ --key 应当是 {error.message.zh}", f"✘ --key wants {error.message.en}")) from None
    catalogue, _ = load_catalogue(task.root)
    keys = catalogue.signing if catalogue else ()
    if not keys and not task.unsigned:
        raise CannotError(
            M(
                "✘ 不知道用哪个公钥核对签名：catalog.yaml 里没有“签名公钥”。用 --site 写上站点文件夹，或者用 --key 写上公钥文件；"
                "没有签名、只想比较，加 --unsigned",
                "✘ no public key to check the signature with: catalog.yaml has no `signing`. Name the site with --site or a key with "
                "--key; to compare without a signature add --unsigned",
            )
        )
    return keys, ()


def _reference(
    task: Task, copy: Copy, keys: Sequence[SigningKey], given: Sequence[SigningKey]
) -> tuple[bytes, Manifest | None, dict[str, bytes]]:
    """The manifest to compare with and the signatures beside it: a file's, or the copy's own."""
    file = task.manifest
    if file is None and task.live and (task.root / "public" / MANIFEST_NAME).is_file():
        file = task.root / "public" / MANIFEST_NAME
    if file is not None:
        data = file.read_bytes()
        manifest = manifest_of(data)
        if manifest is None:
            raise CannotError(M(f"✘ {file} 不是本程序的清单", f"✘ {file} is no manifest of this program"))
        return data, manifest, {one.name: one.read_bytes() for one in signatures_in(file.parent)}
    data, manifest = own_manifest(copy)
    return data, manifest, _own_signatures(copy, keys)


def _own_signatures(copy: Copy, keys: Sequence[SigningKey]) -> dict[str, bytes]:
    from build_site.output.manifest import is_signature

    names = copy.names()
    wanted = [signature_name(key.id) for key in keys]
    if names is not None and not keys:
        wanted = sorted(name for name in names if is_signature(name))
    answers = {name: copy.read(name) for name in wanted}
    return {name: answer.data for name, answer in answers.items() if answer.state is State.READ}


def _older(
    copy: Copy, data: bytes, manifest: Manifest, keys: Sequence[SigningKey], given: Sequence[SigningKey]
) -> Reference | None:
    """What the copy should be by its own manifest, when it is another one, of an earlier day, and truly signed: then the copy is old, not forged."""
    own, theirs = own_manifest(copy)
    if theirs is None or own == data or theirs.as_of > manifest.as_of:
        return None
    signatures = _own_signatures(copy, keys)
    signed = trust(own, theirs, signatures, keys, given) if keys or given else None
    return Reference.of(own, theirs, signatures) if signed and signed.signed_by and not signed.differences else None


def _stale(task: Task, manifest: Manifest) -> list[Difference]:
    days = task.max_age if task.max_age is not None else _LIVE_AGE if task.live else None
    if days is None or not is_older(manifest, task.today, days):
        return []
    return [Difference(Kind.STALE, MANIFEST_NAME, manifest.as_of.isoformat())]


def _tell(differences: Sequence[Difference], allowed: frozenset[str], lang: Lang) -> None:
    for kind in Kind:
        found = [one for one in differences if one.kind is kind]
        if not found:
            continue
        mark = "·" if all(_is_allowed(one, allowed) for one in found) else "✘"
        sys.stdout.write(
            f"{mark} {HEADS[kind].text(lang)}（{len(found)}）\n"
            if lang == "zh"
            else f"{mark} {HEADS[kind].en} ({len(found)})\n"
        )
        for one in found[:_SHOWN]:
            sys.stdout.write(f"    {line(one).text(lang)}\n")
        if len(found) > _SHOWN:
            rest = len(found) - _SHOWN
            sys.stdout.write(
                "    " + M(f"还有 {rest} 个；全部见 --format json", f"{rest} more; see --format json").text(lang) + "\n"
            )
        if mark == "✘":
            sys.stdout.write(f"  → {help_for(kind).text(lang)}\n")
    sys.stdout.flush()


def _json(result: Result, allowed: frozenset[str]) -> str:
    failing = set(result.failing(allowed))
    body = {
        "ok": not failing,
        "as_of": result.as_of.isoformat() if result.as_of else "",
        "signed_by": list(result.signed_by),
        "files": result.files,
        "differences": [{**told(one), "allowed": one not in failing} for one in result.differences],
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _summary(result: Result, failing: Sequence[Difference], task: Task, seconds: float, lang: Lang) -> None:
    signers = "、".join(result.signed_by)
    signed = M(f"由 {signers} 签名", f"signed by {signers}") if signers else M("没有核对签名", "signature not checked")
    facts = M(f"清单日期 {result.as_of}，{signed.zh}，{result.files} 个文件，{seconds:.1f} 秒", f"manifest of {result.as_of}, {signed.en}, {result.files} files, {seconds:.1f} s")  # fmt: skip
    if failing:
        say(M(f"✘ 发现 {len(failing)} 处问题（{facts.zh}）", f"✘ {len(failing)} differences ({facts.en})"), lang)
    elif result.differences:
        say(M(f"✔ 没有被改动；有 {len(result.differences)} 页带有允许的平台脚本（{facts.zh}）", f"✔ unaltered; {len(result.differences)} pages carry scripts that are allowed ({facts.en})"), lang)  # fmt: skip
    else:
        say(M(f"✔ 与清单完全一致（{facts.zh}）", f"✔ exactly what the manifest says ({facts.en})"), lang)
