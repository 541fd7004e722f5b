"""Digests: another part, another digest; another program, another engine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import build_site
from build_site.output.digest import digest, engine

PACKAGE = Path(build_site.__file__).parent


def test_no_two_lists_of_parts_give_one_digest() -> None:
    lists = [
        (),
        (b"",),
        (b"", b""),
        (b"ab",),
        (b"a", b"b"),
        (b"", b"ab"),
        (b"ab", b""),
        (b"b", b"a"),
        (b"\0" * 8,),
        (b"\0" * 8, b""),
    ]
    assert len({digest(*parts) for parts in lists}) == len(lists)
    assert digest(b"a", b"b") == digest(*(part for part in (b"a", b"b")))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program that may be changed, and a folder with a library."""
    folder = tmp_path_factory.mktemp("program")
    shutil.copytree(PACKAGE, folder / "build_site", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def _engine(folder: Path, *options: str) -> str:
    words = [sys.executable, "-B", *options, "-c", "from build_site.output.digest import engine; print(engine().hex())"]
    env = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=True).stdout


def test_the_engine_is_the_same_every_time(copy: Path) -> None:
    """Wherever the program lies, whenever its files were made, and with what Python keeps beside them."""
    first = _engine(copy)
    for file in (copy / "build_site").rglob("*.py"):
        os.utime(file, (1, 1))
    (copy / "build_site/__pycache__").mkdir()
    (copy / "build_site/__pycache__/x.pyc").write_bytes(b"x")
    assert _engine(copy) == first != ""
    assert engine() == engine()


CHANGES = ["build_site/rendering/render.py", "build_site/wording/wording.yaml", "build_site/loading/document.py"]


@pytest.mark.parametrize("path", CHANGES)
def test_another_program_is_another_engine(path: str, copy: Path) -> None:
    before, data = _engine(copy), (copy / path).read_bytes()
    (copy / path).write_bytes(data + b"\n# another\n")
    changed = _engine(copy)
    (copy / path).write_bytes(data)
    assert changed != before == _engine(copy)


def test_a_new_file_and_a_new_name_are_another_engine(copy: Path) -> None:
    before = _engine(copy)
    (copy / "build_site/new.py").write_text("")
    with_new = _engine(copy)
    (copy / "build_site/new.py").rename(copy / "build_site/newer.py")
    with_newer = _engine(copy)
    (copy / "build_site/newer.py").unlink()
    assert len({before, with_new, with_newer}) == 3


def test_another_version_of_a_library_is_another_engine(copy: Path) -> None:
    """A copy of one library before all others, with what its installer writes."""
    library = copy / "libraries"
    library.mkdir()
    (library / "rcssmin.py").write_text("def cssmin(text): return text\n")
    seen = set()
    for version in ("1.0", "1.1"):
        (library / f"rcssmin-{version}.dist-info").mkdir()
        words = [sys.executable, "-B", "-c", "from build_site.output.digest import engine; print(engine().hex())"]
        env = {**os.environ, "PYTHONPATH": f"{copy}{os.pathsep}{library}"}
        seen.add(subprocess.run(words, cwd=copy, env=env, capture_output=True, text=True, check=True).stdout)
        (library / f"rcssmin-{version}.dist-info").rmdir()
    assert len(seen) == 2
