"""Zola, where it is on PATH: neither PyPI nor npm nor Debian has it.

Its templates are written after its documentation and have not been run.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from scripts.bench import vocabulary as words
from scripts.bench.corpus import Notice
from scripts.bench.generator import Generator, Tools, navigation, style


def _head(notice: Notice) -> str:
    lines = (
        f'title = "{notice.title}"',
        f"date = {notice.day}",
        f'description = "{notice.summary}"',
        "[taxonomies]",
        f'topics = ["{notice.topic}"]',
        "[extra]",
        f'docno = "{notice.doc_no}"',
        f'issuer = "{notice.issuer}"',
        f'category = "{notice.category}"',
    )
    return "\n".join(("+++", *lines, "+++", ""))


def _more(notices: tuple[Notice, ...]) -> Mapping[str, str | bytes]:
    del notices
    files: dict[str, str | bytes] = {"nav.json": navigation(), "static/site.css": style()}
    files["content/_index.md"] = "+++\n+++\n"
    for key, title, children in words.COLUMNS:
        files[f"content/{key}/_index.md"] = f'+++\ntitle = "{title}"\ntemplate = "directory.html"\n+++\n'
        for sub, name in children:
            head = f'title = "{name}"\ntemplate = "list.html"\nsort_by = "date"\npaginate_by = 20'
            files[f"content/{key}/{sub}/_index.md"] = f"+++\n{head}\n+++\n"
    return files


def _command(tools: Tools, root: Path) -> list[str] | None:
    del tools
    program = shutil.which("zola")
    return [program, "--root", str(root), "build", "--force"] if program else None


GENERATOR = Generator(
    name="zola",
    title="Zola",
    file=lambda notice: f"content/{notice.place}.md",
    head=_head,
    link=lambda notice, other: f"@/{other.place}.md",
    more=_more,
    command=_command,
    version=lambda tools: ["zola", "--version"],
    output="public",
    leftovers=("public",),
    notice_page=lambda notice: f"{notice.place}/index.html",
    template="templates/page.html",
    navigation="nav.json",
    missing="not on PATH, and neither PyPI nor npm has it",
)
