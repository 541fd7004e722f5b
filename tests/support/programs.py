"""Another version of the program, as far as the cache can tell."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from build_site.loading import tables
from build_site.output import digest
from build_site.rendering.leaving import Marker


def another_engine(patch: pytest.MonkeyPatch, engine: Callable[[], bytes]) -> None:
    """Put `engine` wherever the program asks for its own digest."""
    real, found = digest.engine, 0
    for name, module in list(sys.modules.items()):
        if name.startswith("build_site.") and getattr(module, "engine", None) is real:
            patch.setattr(module, "engine", engine)
            found += 1
    assert found > 1, "nobody asks for the digest of the program"


def another_rendering(patch: pytest.MonkeyPatch, number: int) -> None:
    """Make pages say that version `number` has made them."""
    marked = Marker.marked
    patch.setattr(
        Marker, "marked", lambda self, html: marked(self, html).replace("</body>", f"<!-- {number} --></body>")
    )


def another_parsing(patch: pytest.MonkeyPatch, number: int) -> None:
    """Make bodies end with the number of the version that parsed them."""
    finish = tables.finish
    patch.setattr(tables, "finish", lambda html, title: f"{finish(html, title)}<p>第{number}版</p>")


def another_program(patch: pytest.MonkeyPatch, number: int) -> None:
    """Make this version `number` of the program: it parses and renders differently, and says so. 0 is the true one."""
    if number:
        real = digest.engine()
        another_engine(patch, lambda: real + b"%d" % number)
        another_rendering(patch, number)
        another_parsing(patch, number)
