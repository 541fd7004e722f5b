"""`build-site init`: a new site, small, complete and passing its checks.

Owns copying the starter files. What they say is in `build_site/starter/`.
"""

from __future__ import annotations

from pathlib import Path

from build_site.cli.telling import CLEAN, USAGE, disk_message, say
from build_site.model.finding import Lang, Message

_PACKAGE = Path(__file__).parent.parent
_STARTER = _PACKAGE / "starter"
_SCHEMAS = _PACKAGE / "schema"


def start(folder: Path, lang: Lang) -> int:
    """Make a new site in `folder`, which must be absent or empty; return the exit code."""
    try:
        if folder.exists() and any(folder.iterdir()):
            say(
                Message(f"文件夹 {folder} 不是空的，没有动它；换一个名字", f"{folder} is not empty; it was left alone"),
                lang,
            )
            return USAGE
        for source in sorted(_STARTER.rglob("*")):
            if source.is_file() and "__pycache__" not in source.parts:
                _put(folder / source.relative_to(_STARTER), source.read_bytes())
        for source in sorted(_SCHEMAS.glob("*.json")):
            _put(folder / ".schema" / source.name, source.read_bytes())
    except OSError as error:
        say(disk_message(error), lang)
        return USAGE
    say(_next_steps(folder), lang)
    return CLEAN


def _next_steps(folder: Path) -> Message:
    """Return what to do with a new site; whoever stands in its folder need not go there."""
    go = "" if folder.resolve() == Path.cwd() else f"  cd {folder}\n"
    name = folder.resolve().name
    return Message(
        f"已新建 {name}\n下一步：\n{go}  build-site build\n"
        "然后用浏览器打开 public/index.html；先改 catalog.yaml 里标着“示例”的内容",
        f"made {name}\nnext:\n{go}  build-site build\n"
        "and open public/index.html; begin with what is marked 示例 in catalog.yaml",
    )


def _put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
