"""What `build-site package` does, and what it says about it.

Owns its messages and its exit code: 0 made, 1 refused, 2 usage or disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from build_site.cli.publish_work import somebody
from build_site.cli.telling import CLEAN, FINDINGS, USAGE, Progress, disk_words, say
from build_site.model.finding import Lang, Message, Severity
from build_site.output.manifest import FileEntry
from build_site.output.means import Means
from build_site.output.store import FOLDER as STORE
from build_site.output.store import Store
from build_site.publishing.archive import ENDINGS, pack
from build_site.publishing.export import exports
from build_site.publishing.origin import commit_of
from build_site.publishing.package import content_of
from build_site.publishing.plan import make_plan
from build_site.publishing.receipt import FOLDER, Deed, Receipt, history, keep, next_receipt, read_receipt
from build_site.publishing.refusal import PublishingError, RefusedError
from build_site.publishing.release import Release, read_release

M = Message
_HISTORY = "package"


def run(root: Path, out: Path, folder: Path, base: Path | None, signed: bool, when: str, lang: Lang) -> int:
    """Make the packages and report; return the exit code."""
    progress = Progress(lang)
    try:
        made, receipt = _make(root, out, folder, base, signed, when, progress)
    except PublishingError as error:
        progress.clear()
        say(M(f"✘ {error.message.zh}\n{error.help.zh}", f"✘ {error.message.en}\n{error.help.en}"), lang)
        return FINDINGS if isinstance(error, RefusedError) else USAGE
    except OSError as error:
        progress.clear()
        word = disk_words(error)
        say(M(f"✘ {word.zh}\n没有打成包。", f"✘ {word.en}\nNo package was made."), lang)
        return USAGE
    progress.clear()
    for file in made:
        print(file)
    say(
        M(
            f"✔ 打了 {len(made)} 个包（第 {receipt.sequence} 次）",
            f"✔ {len(made)} packages made (number {receipt.sequence})",
        ),
        lang,
    )
    return CLEAN


def _make(
    root: Path, out: Path, folder: Path, base: Path | None, signed: bool, when: str, progress: Progress
) -> tuple[list[Path], Receipt]:
    from build_site.output.build import rehearse

    release = read_release(out, commit_of(root), signed)
    outcome, site, expected = rehearse(root, release.as_of, Means(progress, Store(root / STORE)))
    if site is None or outcome.fails(Severity.ERROR):
        raise RefusedError(
            M("源文件现在通不过检查", "the sources do not pass the checks"), M("先运行 build-site check", "run build-site check first")
        )  # fmt: skip
    _check_same(release, expected)
    place = root / FOLDER / _HISTORY
    earlier = [receipt for receipt in history(place) if receipt.digest != release.digest]
    start = _given(base) if base else (earlier[-1] if earlier else None)
    made = []
    for since in (None, start) if start else (None,):
        changed = frozenset((*(plan := make_plan(release, since)).added, *plan.changed))
        content = content_of(release, since, exports(site, changed, release.files))
        for ending in ENDINGS:
            made.append(folder / f"{content.name}{ending}")
            pack(made[-1], content.members, release.as_of)
    known = [receipt for receipt in history(place) if receipt.digest == release.digest]
    last = history(place)[-1:]
    receipt = known[-1] if known else next_receipt(release, last[0] if last else None, Deed(somebody(), when))
    keep(place, receipt)
    return made, receipt


def _check_same(release: Release, expected: Mapping[str, FileEntry]) -> None:
    """Raise RefusedError unless the output is what the sources say: the exports are made from these."""
    different = sorted(address for address, entry in expected.items() if release.files.get(address) != entry)
    if different:
        raise RefusedError(
            M(f"输出文件夹不是现在的源文件生成的，如 {different[0]}", f"the output was not made from the sources as they are, see {different[0]}"),
            M("重新运行 build-site build，再打包", "run build-site build again, then make the package"),
        )  # fmt: skip


def _given(file: Path) -> Receipt:
    receipt = read_receipt(file.read_bytes())
    if receipt is None:
        raise RefusedError(
            M(f"{file.name} 不是回执", f"{file.name} is no receipt"),
            M("用 receipts/ 里的文件", "use a file of receipts/"),
        )
    return receipt
