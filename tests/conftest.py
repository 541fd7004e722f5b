"""The sample site in each theme, built once in a process."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from build_site.rendering.theme_layers import theme_names
from tests.robust.sandbox import ROOT
from tests.support.browser import built

THEMES = theme_names(ROOT / "none")
"""The themes that come with the program."""


@pytest.fixture(scope="session")
def in_theme(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the output of the repository's own site in a theme, with a moved and a withdrawn page added."""
    return cache(lambda theme: built(tmp_path_factory.mktemp(theme), theme=theme))


@pytest.fixture(scope="session", params=THEMES)
def public(request: pytest.FixtureRequest, in_theme: Callable[[str], Path]) -> Path:
    """The output in one theme; tests that ask for it run once for each theme."""
    return in_theme(request.param)


@pytest.fixture(scope="session")
def sites(in_theme: Callable[[str], Path]) -> dict[str, Path]:
    """The output in all themes, by the theme's name."""
    return {theme: in_theme(theme) for theme in THEMES}
