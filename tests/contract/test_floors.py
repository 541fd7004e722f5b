"""The floors of the package: imports go only downward.

`FLOORS` is the whole rule. The same table stands in CONTRIBUTING.md.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "build_site"
FLOORS = {"model": 1, "loading": 2, "checks": 3, "rendering": 4, "output": 5, "serving": 6, "publishing": 6, "cli": 7}
# Rendering makes pages, checks judge them: neither may know the other, though one lies higher. Two on one floor are apart.
FORBIDDEN = {("rendering", "checks"), ("serving", "publishing"), ("publishing", "serving")}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(file: Path) -> list[tuple[str, int]]:
    """Every module that a file imports, with the line, wherever the statement stands."""
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: relative import"
            module = node.module or ""
            found.append((module, node.lineno))
            found += [(f"{module}.{alias.name}", node.lineno) for alias in node.names if module == "build_site"]
    return found


def floor_of(module: str) -> str:
    """The floor of a module of ours, "" for the package root and for `__main__`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in FLOORS else ""


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_imports_go_only_downward(file: Path) -> None:
    """A module imports its own floor and lower ones."""
    own = floor_of(name_of(file))
    for module, line in imports(file):
        other = floor_of(module)
        if not module.startswith("build_site") or not own or not other:
            continue
        assert FLOORS[other] <= FLOORS[own], f"{file.name}:{line}: {own} imports {other}"
        assert (own, other) not in FORBIDDEN, f"{file.name}:{line}: {own} imports {other}"


def test_every_module_stands_on_a_floor() -> None:
    """Beside the floors there are only the package's root and its command; data folders hold no code."""
    loose = {name_of(file) for file in MODULES if not floor_of(name_of(file))}
    assert loose == {"build_site", "build_site.__main__"}
    assert {floor_of(name_of(file)) for file in MODULES} - {""} == set(FLOORS)


def test_the_package_root_imports_nothing() -> None:
    """Importing the package costs nothing and drags nothing in."""
    assert imports(PACKAGE / "__init__.py") == []
    assert {floor_of(module) for module, _ in imports(PACKAGE / "__main__.py")} == {"cli"}


@pytest.mark.parametrize("file", sorted((PACKAGE / "model").glob("*.py")), ids=name_of)
def test_the_model_needs_the_standard_library_only(file: Path) -> None:
    """Floor 1 is data: no library of others."""
    for module, line in imports(file):
        top = module.split(".")[0]
        assert top == "build_site" or top in sys.stdlib_module_names, f"{file.name}:{line}: {module}"


def test_linkchecker_is_never_imported() -> None:
    """LinkChecker is under the GPL: it is run as a program only."""
    assert [
        (file.name, line) for file in MODULES for module, line in imports(file) if module.split(".")[0] == "linkcheck"
    ] == []


@pytest.mark.parametrize(
    ("library", "floors"),
    [
        ("yaml", {"loading"}),
        ("markdown", {"loading"}),
        ("nh3", {"loading"}),
        ("frontmatter", {"loading"}),
        ("pypdfium2", {"loading"}),
        ("jinja2", {"rendering"}),
        ("rcssmin", {"rendering"}),
        ("chinese_calendar", {"loading"}),
        ("watchdog", {"serving"}),
        ("asyncssh", {"publishing"}),
        ("obstore", {"publishing"}),
        ("click", {"cli"}),
    ],
)
def test_each_library_is_known_to_one_floor(library: str, floors: set[str]) -> None:
    """A library can be exchanged by changing one floor."""
    users = {
        floor_of(name_of(file)) for file in MODULES for module, _ in imports(file) if module.split(".")[0] == library
    }
    assert users == floors


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_modules_of_the_pure_floors_do_not_write(file: Path) -> None:
    """Only the floors from output on may write to the disk."""
    if FLOORS.get(floor_of(name_of(file)), 7) > 4:
        return
    writers = {"write_text", "write_bytes", "mkdir", "unlink", "rmtree", "rename", "rmdir", "touch", "symlink_to"}
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in writers, f"{file.name}:{node.lineno}"


def test_the_table_in_contributing_is_this_one() -> None:
    """CONTRIBUTING.md names the same floors in the same order."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rows = re.findall(r"^\|\s*(\d)\s*\|\s*`?(\w+)`?\s*\|", text, re.MULTILINE)
    assert [(int(number), name) for number, name in rows] == [(number, name) for name, number in FLOORS.items()]
