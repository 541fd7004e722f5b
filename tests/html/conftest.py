"""The sample site, built once in a process."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.browser import built


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site, with a moved and a withdrawn page added."""
    return built(tmp_path_factory.mktemp("site"))
