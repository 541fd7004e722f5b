"""The other generators, brought from PyPI and npm into a folder of their own.

Owns where they are put and that they are the pinned ones. Must not know what they do.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from scripts.bench.generator import CHECKOUT, Tools

LOCKS = CHECKOUT / "scripts/locks"
_PYTHON = LOCKS / "bench.txt"
_NODE = (LOCKS / "bench-node/package.json", LOCKS / "bench-node/package-lock.json")
_STAMP = "installed"


def install(tools: Tools) -> list[str]:
    """Install what is not there as it is pinned; return what could not be, in words."""
    failed: list[str] = []
    if not _fresh(tools.python, (_PYTHON,)):
        venv.create(tools.python, clear=True, with_pip=True)
        pip = [
            str(tools.python / "bin/python"),
            "-m",
            "pip",
            "install",
            "-qq",
            "--disable-pip-version-check",
            "--no-input",
        ]
        _done(tools.python, (_PYTHON,), [*pip, "--require-hashes", "-r", str(_PYTHON)], failed)
    if not _fresh(tools.node, _NODE):
        npm = shutil.which("npm")
        if npm is None:
            return [*failed, "npm is not on PATH"]
        tools.node.mkdir(parents=True, exist_ok=True)
        for file in _NODE:
            shutil.copy(file, tools.node)
        _done(tools.node, _NODE, [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], failed)
    return failed


def _done(folder: Path, locks: tuple[Path, ...], command: list[str], failed: list[str]) -> None:
    done = subprocess.run(command, cwd=folder, stdout=sys.stderr, check=False)
    if done.returncode:
        failed.append(f"{Path(command[0]).name} ended with {done.returncode}")
    else:
        (folder / _STAMP).write_text(_digest(locks), "ascii")


def _fresh(folder: Path, locks: tuple[Path, ...]) -> bool:
    stamp = folder / _STAMP
    return stamp.is_file() and stamp.read_text("ascii") == _digest(locks)


def _digest(locks: tuple[Path, ...]) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in locks)).hexdigest()
