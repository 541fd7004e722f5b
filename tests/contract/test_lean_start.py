"""Commands that need no library answer without loading one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.sites import TEXT, notice, write

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
    "watchdog",
    "asyncssh",
    "obstore",
)
PROGRAM = """
import os, sys
os._exit = sys.exit  # the quick way out would not say what is loaded
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
        (("serve", "--help"), 0),
        (("theme", "--help"), 0),
        (("publish", "--help"), 0),
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


def test_a_build_in_which_nothing_changed_loads_neither_templates_nor_markdown(tmp_path: Path) -> None:
    """The second build of a site answers from what the first one left, and is told from a build by what it loads."""
    site = write(tmp_path / "site")
    time.sleep(2.1)  # a file that is younger than the coarsest clock may change again unseen, so it is not relied on
    words = ("build", "--site", str(site), "--as-of", "2020-12-01", "--out", str(tmp_path / "out"))
    first, report, modules = loaded(*words)
    assert {"jinja2", "markdown"} <= modules
    second, same, modules = loaded(*words)
    assert (first, report) == (second, same)
    assert modules.isdisjoint({"jinja2", "markdown", "nh3", "pypdfium2", "rcssmin"})
    (site / "content/zd/zhidu.md").write_text(notice("信息公开制度", "00001", f"{TEXT}{TEXT}"), "utf-8")
    _, _, modules = loaded(*words)
    assert {"jinja2", "markdown"} <= modules


def test_a_build_would_be_seen() -> None:
    """The measure of this test works: checking a site does load the libraries."""
    _, _, modules = loaded("check", "--site", str(ROOT / "no-such-folder"))
    assert {"jinja2", "yaml"} <= modules
