"""`build-site archive`: the archive of a year as one file.

Owns what is said about it. What belongs to it is in `publishing.yearly_archive`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from build_site.cli.signing_work import guarded, key_called, signer_from
from build_site.cli.telling import CLEAN, FINDINGS, USAGE, say
from build_site.cli.theme_work import report
from build_site.model.columns import Catalogue
from build_site.model.finding import Lang, Message
from build_site.output.sources import read_site
from build_site.publishing.refusal import RefusedError
from build_site.publishing.release import open_release
from build_site.publishing.sign import sign_folder
from build_site.publishing.yearly_archive import archive, write

M = Message


@dataclass(frozen=True)
class Key:
    """The key that signs an archive, and where its private half comes from: see `build-site sign`."""

    name: str
    file: Path | None = None
    variable: str | None = None
    command: str | None = None


def make(root: Path, out: Path, year: int, file: Path, key: Key | None, lang: Lang) -> int:
    """Write the archive of `year` of the site at `root`, built in `out`, as `file`, signed with `key`; return the exit code."""
    return guarded(lambda: _make(root, out, year, file, key, lang), lang)


def _make(root: Path, out: Path, year: int, file: Path, key: Key | None, lang: Lang) -> int:
    try:
        if file.exists():
            raise FileExistsError
        release = open_release(out)
        site, faults = read_site(root, release.as_of)
        if site is None:
            return report(root, faults, lang, USAGE)
        made = archive(site, release, year)
        digest = write(out, made, file, _signing(root, site.catalogue, key))
    except RefusedError as refused:
        say(M(f"✘ {refused.message.zh}\n{refused.help.zh}", f"✘ {refused.message.en}\n{refused.help.en}"), lang)
        return FINDINGS
    except FileExistsError:
        say(M(f"✘ 已经有 {file}，没有动它；归档不覆盖，换一个名字", f"✘ {file} is there and was left alone; archives are not written over, choose another name"), lang)  # fmt: skip
        return USAGE
    signed = (
        M(f"，用密钥 {key.name} 签了名", f", signed with the key {key.name}")
        if key
        else M("，没有签名", ", not signed")
    )
    say(
        M(
            f"✔ 已归档到 {file}{signed.zh}：{year} 年的文件 {made.documents} 篇，网站文件 {len(made.published)} 个，"
            f"没有收进来、只写明地址的页面 {made.absent} 个；按 {made.as_of} 生成的网站\nSHA-256 {digest}",
            f"✔ archived into {file}{signed.en}: {made.documents} documents of {year}, {len(made.published)} files of the site, "
            f"{made.absent} pages that are only named; the site was built for {made.as_of}\nSHA-256 {digest}",
        ),
        lang,
    )
    return CLEAN


def _signing(root: Path, catalogue: Catalogue, key: Key | None) -> Callable[[Path], object]:
    """Return what signs the manifest in a folder; nothing without a key. Raises KeyRefusedError and OSError."""
    if key is None:
        return lambda folder: None
    public = key_called(catalogue, key.name)
    signer = signer_from(public, root, key.file, key.variable, key.command)
    return lambda folder: sign_folder(folder, public, signer)
