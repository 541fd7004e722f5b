"""Commands that need no library answer without loading one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = (
    "jinja2",
    "markdown",
    "yaml",
    "pypdfium2",
    "nh3",
    "frontmatter",
    "chinese_calendar",
    "imagesize",
    "rcssmin",
)
PROGRAM = """
import sys
from build_site.cli.main import run
sys.argv[0] = "build-site"
try:
    run()
finally:
    sys.stderr.write("\\nLOADED " + " ".join(sorted(name for name in sys.modules if "." not in name)))
"""


def loaded(*arguments: str) -> tuple[int, str, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COVERAGE_PROCESS_START": ""},
    )
    return done.returncode, done.stdout, set(done.stderr.rpartition("LOADED ")[2].split())


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--version",), 0),
        (("--help",), 0),
        (("build", "--help"), 0),
        (("theme", "--help"), 0),
        (("theme", "new"), 2),
        (("bild",), 2),
        (("build", "--as-of", "gestern"), 2),
    ],
)
def test_nothing_heavy_is_loaded(arguments: tuple[str, ...], code: int) -> None:
    """Version, help and mistakes on the command line answer without the libraries of a build."""
    returned, _, modules = loaded(*arguments)
    assert returned == code
    assert "click" in modules
    assert modules.isdisjoint(HEAVY)


def test_version_is_printed() -> None:
    """The version is the package's."""
    import build_site

    returned, out, _ = loaded("--version")
    assert (returned, out.strip()) == (0, f"build-site {build_site.__version__}")


def test_a_build_would_be_seen() -> None:
    """The measure of this test works: checking a site does load the libraries."""
    _, _, modules = loaded("check", "--site", str(ROOT / "no-such-folder"))
    assert {"jinja2", "yaml"} <= modules
