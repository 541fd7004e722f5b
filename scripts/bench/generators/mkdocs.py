"""MkDocs, from PyPI. It has no lists: a hook of ours writes them with its templates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scripts.bench.corpus import Notice
from scripts.bench.generator import Generator, Tools, beside, navigation, style, yaml_head


def _more(notices: tuple[Notice, ...]) -> Mapping[str, str | bytes]:
    del notices
    return {"nav.json": navigation(), "docs/site.css": style()}


def _command(tools: Tools, root: Path) -> list[str] | None:
    program = tools.python / "bin/mkdocs"
    return [str(program), "build", "--quiet", "--config-file", str(root / "mkdocs.yml")] if program.exists() else None


GENERATOR = Generator(
    name="mkdocs",
    title="MkDocs",
    file=lambda notice: f"docs/{notice.place}.md",
    head=lambda notice: yaml_head(notice, f"topic: {notice.topic}"),
    link=lambda notice, other: f"{beside(notice, other)}.md",
    more=_more,
    command=_command,
    version=lambda tools: [str(tools.python / "bin/mkdocs"), "--version"],
    output="site",
    leftovers=("site", "__pycache__"),
    notice_page=lambda notice: f"{notice.place}.html",
    template="theme/main.html",
    navigation="nav.json",
)
