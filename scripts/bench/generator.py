"""What the benchmark knows of a generator, and how a site is laid out for it.

Owns the record and the writing of files. Must not know any generator by name.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scripts.bench import vocabulary as words
from scripts.bench.corpus import Notice, markdown

HERE = Path(__file__).parent
PEERS = HERE / "peers"
CHECKOUT = HERE.parents[1]
SITE_NAME = "某市政务公开示范站"
DOMAIN = "www.example.gov.cn"


@dataclass(frozen=True)
class Tools:
    """Where the generators are: the environment of the Python ones, the folder of those from npm."""

    python: Path
    node: Path

    @staticmethod
    def in_cache(cache: Path) -> Tools:
        """Return where `install` puts them below the folder `cache`."""
        return Tools(cache / "venv", cache / "node")


@dataclass(frozen=True)
class Generator:
    """How a generator wants its sites, and how it is run.

    `file`, `head` and `link` say where a notice is written, its front matter, and how one notice names another in a link. `more`
    are the other files of a site, by path. `command` builds the site in a folder, which is the working folder; None
    where the generator is not installed, and then `missing` says why. `output` and `leftovers` are what a cold build must not
    find. `notice_page` is the address of a notice's page. `template` and `navigation` are the files that edits change,
    `environment` are variables that the program needs.
    """

    name: str
    title: str
    file: Callable[[Notice], str]
    head: Callable[[Notice], str]
    link: Callable[[Notice, Notice], str]
    more: Callable[[tuple[Notice, ...]], Mapping[str, str | bytes]]
    command: Callable[[Tools, Path], list[str] | None]
    version: Callable[[Tools], list[str]]
    output: str
    leftovers: tuple[str, ...]
    notice_page: Callable[[Notice], str]
    template: str
    navigation: str
    environment: Mapping[str, str] = field(default_factory=dict)
    missing: str = "not installed"


def lay_out(generator: Generator, notices: tuple[Notice, ...], root: Path) -> None:
    """Write the site of `notices` for a generator into `root`, in the place of whatever is there."""
    if root.exists():
        shutil.rmtree(root)
    root.mkdir(parents=True)
    templates = PEERS / generator.name
    if templates.is_dir():
        shutil.copytree(templates, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    for path, content in generator.more(notices).items():
        write(root / path, content)
    for notice in notices:
        body = markdown(notice, notices, generator.link)
        write(root / generator.file(notice), f"{generator.head(notice)}\n{body}")


def write(file: Path, content: str | bytes) -> None:
    """Write a file with the folders above it: bytes as they are, a text as UTF-8 with Unix line ends."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())


def navigation() -> str:
    """Return columns and topics as JSON, for generators whose templates read such a file."""
    columns = [
        {"key": key, "title": title, "children": [{"key": sub, "title": name} for sub, name in children]}
        for key, title, children in words.COLUMNS
    ]
    topics = [{"key": key, "title": title} for key, title in words.TOPICS]
    data = {"site": SITE_NAME, "columns": columns, "topics": topics}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def style() -> str:
    """Return the style sheet of the sites of all other generators."""
    return (PEERS / "site.css").read_text("utf-8")


def yaml_head(notice: Notice, *more: str) -> str:
    """Return front matter with the keys that most generators read; `more` are further lines."""
    lines = (
        f'title: "{notice.title}"',
        f"date: {notice.day}",
        f'docno: "{notice.doc_no}"',
        f'issuer: "{notice.issuer}"',
        f'category: "{notice.category}"',
        f'description: "{notice.summary}"',
        *more,
    )
    return "\n".join(("---", *lines, "---", ""))


def beside(notice: Notice, other: Notice) -> str:
    """Return the way from the file of one notice to that of another, as far as the ending."""
    if notice.column == other.column:
        return other.name
    if notice.column[0] == other.column[0]:
        return f"../{other.column[1]}/{other.name}"
    return f"../../{other.place}"
