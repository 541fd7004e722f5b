"""What `build-site fix` says and does.

Owns the diff that is shown before anything is written, and the exit code: 0 nothing is left to write, 1 edits are
shown and not written.
"""

from __future__ import annotations

import difflib
import sys
from datetime import date
from pathlib import Path

from build_site.cli.telling import CLEAN, FINDINGS, USAGE, disk_message, say
from build_site.loading.catalogue import CATALOGUE_NAME
from build_site.model.finding import Lang, Message
from build_site.output.fixing import Proposal, apply, propose


def fix(root: Path, as_of: date, write: bool, lang: Lang) -> int:
    """Show the edits that cannot change the meaning, and with `write` make them; return the exit code."""
    if not (root / CATALOGUE_NAME).is_file():
        say(Message("这里没有 catalog.yaml；用 --site 指明站点文件夹", "no catalog.yaml here; name the site's folder by --site"), lang)  # fmt: skip
        return USAGE
    try:
        proposal = propose(root, as_of)
        sys.stdout.write(diff(proposal))
        sys.stdout.flush()
        written = apply(root, proposal) if write else ()
    except OSError as error:
        say(disk_message(error), lang)
        return USAGE
    _summary(proposal, written, write, lang)
    return FINDINGS if len(written) < len(proposal.texts) else CLEAN


def diff(proposal: Proposal) -> str:
    """Return the edits as a unified diff; line ends are shown as line feeds."""
    parts = []
    for path, texts in proposal.texts.items():
        old, new = (text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n") for text in texts)
        lines = difflib.unified_diff(_lines(old), _lines(new), path, path, lineterm="\n")
        parts += [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]
    return "".join(parts)


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [line for line in text.split("\n")[-1:] if line]


def _summary(proposal: Proposal, written: tuple[str, ...], write: bool, lang: Lang) -> None:
    findings, files, left = len(proposal.mended), len(proposal.texts), len(proposal.left)
    if not files:
        say(Message("没有可以自动改正的地方", "nothing that can be mended by itself"), lang)
    elif not write:
        say(Message(f"可以改正 {findings} 处，{files} 个文件；看过没有问题，再加 --apply 写进文件", f"{findings} findings in {files} files can be mended; read the edits, then add --apply"), lang)  # fmt: skip
    else:
        say(Message(f"已改正 {len(written)} 个文件；用 build-site check 再看一遍", f"{len(written)} files mended; run build-site check again"), lang)  # fmt: skip
    if left:
        say(Message(f"另有 {left} 处没有改：改了会出现别的提示，请照 check 的提示手工改", f"{left} left alone: other findings would appear; mend them by hand"), lang)  # fmt: skip
    if write and len(written) < files:
        say(Message("有的文件刚刚被别的程序改过，没有动；再运行一次", "some files were changed meanwhile and left alone; run again"), lang)  # fmt: skip
