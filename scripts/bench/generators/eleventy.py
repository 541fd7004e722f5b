"""Eleventy, from npm."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from scripts.bench.corpus import Notice
from scripts.bench.generator import Generator, Tools, navigation, style, yaml_head


def _more(notices: tuple[Notice, ...]) -> Mapping[str, str | bytes]:
    del notices
    return {
        "_data/nav.json": navigation(),
        "site.css": style(),
        "content/content.11tydata.js": 'module.exports = { layout: "notice.njk", permalink: (data) => `/${data.column}/${data.page.fileSlug}.html` };\n',
    }


def _command(tools: Tools, root: Path) -> list[str] | None:
    del root
    node, program = shutil.which("node"), tools.node / "node_modules/@11ty/eleventy/cmd.cjs"
    return [node, str(program), "--quiet"] if node and program.exists() else None


GENERATOR = Generator(
    name="eleventy",
    title="Eleventy",
    file=lambda notice: f"content/{notice.place}.md",
    head=lambda notice: yaml_head(notice, f"topic: {notice.topic}", f"column: {'/'.join(notice.column)}"),
    link=lambda notice, other: f"/{other.place}.html",
    more=_more,
    command=_command,
    version=lambda tools: ["node", str(tools.node / "node_modules/@11ty/eleventy/cmd.cjs"), "--version"],
    output="_site",
    leftovers=("_site",),
    notice_page=lambda notice: f"{notice.place}.html",
    template="_includes/notice.njk",
    navigation="_data/nav.json",
)
