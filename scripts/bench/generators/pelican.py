"""Pelican, from PyPI, with its cache of read articles switched on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scripts.bench import vocabulary as words
from scripts.bench.corpus import Notice
from scripts.bench.generator import Generator, Tools, navigation, style


def _head(notice: Notice) -> str:
    lines = (
        f"Title: {notice.title}",
        f"Date: {notice.day}",
        f"Category: {notice.column[1]}",
        f"Tags: {notice.topic}",
        f"Slug: {notice.name}",
        f"Docno: {notice.doc_no}",
        f"Issuer: {notice.issuer}",
        f"Kind: {notice.category}",
        f"Description: {notice.summary}",
        f"Summary: {notice.summary}",
    )
    return "\n".join((*lines, ""))


def _more(notices: tuple[Notice, ...]) -> Mapping[str, str | bytes]:
    del notices
    directories = {
        f"theme/templates/column-{key}.html": f'{{% set shown = "{key}" %}}{{% extends "directory.html" %}}\n'
        for key, _, _ in words.COLUMNS
    }
    return {"nav.json": navigation(), "theme/static/site.css": style(), **directories}


def _command(tools: Tools, root: Path) -> list[str] | None:
    program = tools.python / "bin/pelican"
    return [str(program), "--quiet", "--settings", str(root / "pelicanconf.py")] if program.exists() else None


GENERATOR = Generator(
    name="pelican",
    title="Pelican",
    file=lambda notice: f"content/{notice.place}.md",
    head=_head,
    link=lambda notice, other: f"{{filename}}/{other.place}.md",
    more=_more,
    command=_command,
    version=lambda tools: [str(tools.python / "bin/pelican"), "--version"],
    output="output",
    leftovers=("output", "cache", "__pycache__"),
    notice_page=lambda notice: f"{notice.column[1]}/{notice.name}.html",
    template="theme/templates/article.html",
    navigation="nav.json",
)
