"""`build-site ci`: the files by which a CI server checks and publishes a site.

Owns where they go and which are left alone. What they say is in `build_site/recipes/`.
"""

from __future__ import annotations

from pathlib import Path

import build_site
from build_site.cli.telling import CLEAN, USAGE, disk_message, say
from build_site.loading.catalogue import CATALOGUE_NAME
from build_site.loading.git import GitError, git
from build_site.model.finding import Lang, Message

_RECIPES = Path(build_site.__file__).parent / "recipes"
_SCRIPT = b"#!"


def put(root: Path, kind: str, lang: Lang) -> int:
    """Put the files for the CI server `kind` where the repository of the site at `root` begins; return the exit code.

    A file that is there and says something else is the bureau's own by now: nothing is written then.
    """
    if not (root / CATALOGUE_NAME).is_file():
        say(Message("这里没有 catalog.yaml；用 --site 指明站点文件夹", "no catalog.yaml here; name the site's folder by --site"), lang)  # fmt: skip
        return USAGE
    try:
        top, site = _repository(root)
        files = _files(kind, site)
        other = [path for path, data in files.items() if (top / path).exists() and (top / path).read_bytes() != data]
        if other:
            say(_kept(other), lang)
            return USAGE
        for path, data in files.items():
            file = top / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            if data.startswith(_SCRIPT):
                file.chmod(0o755)
    except OSError as error:
        say(disk_message(error), lang)
        return USAGE
    listed = "\n".join(f"  {path}" for path in files)
    say(
        Message(
            f"已放在 {top}：\n{listed}\n下一步：照 ci/README.md 设置，然后连同 urls.lock 一起提交",
            f"put into {top}:\n{listed}\nnext: set what ci/README.md names, and commit them together with urls.lock",
        ),
        lang,
    )
    return CLEAN


def _repository(root: Path) -> tuple[Path, str]:
    """Return the folder where the repository of a site begins, and the site's path in it; the site's own where there is none."""
    try:
        code, told, _ = git(root, "rev-parse", "--show-toplevel", "--show-prefix")
    except GitError:
        return root.resolve(), "."
    if code:
        return root.resolve(), "."
    top, prefix = told.split("\n")[:2]
    return Path(top), prefix.rstrip("/") or "."


def _files(kind: str, site: str) -> dict[str, bytes]:
    """Return the files for a CI server, path -> content, for the site at the path `site` in its repository."""
    package = f"build-site[crawl]=={build_site.__version__}"
    found = {}
    for folder in (_RECIPES / "common", _RECIPES / kind):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                data = file.read_bytes().replace(b"@SITE@", site.encode()).replace(b"@PACKAGE@", package.encode())
                found[file.relative_to(folder).as_posix()] = data
    return found


def _kept(paths: list[str]) -> Message:
    listed = "、".join(paths)
    return Message(
        f"✘ 已经有这些文件，内容不同，什么都没有写：{listed}\n要用新的，先把它们改名，放好以后再把自己的改动移过去。",
        f"✘ these files are there and say something else, so nothing was written: {listed}\n"
        "To have the new ones, rename yours first and carry your changes over afterwards.",
    )
