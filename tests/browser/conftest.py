"""The types of pages of the sample site, where it is served, and a browser for each module of tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.browser import LOOK, launched, page_types, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture(scope="session")
def types(public: Path) -> dict[str, str]:
    """A page of every type: its address, by a name."""
    found = {name: file.relative_to(public).as_posix() for name, file in page_types(public).items()}
    assert len(found) >= 16
    return found


@pytest.fixture(scope="session")
def home(public: Path) -> Iterator[str]:
    """Where the site is served; addresses are joined to it."""
    with served(public) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium without a network. One for each module: two of them in a process at once are refused."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def looker(browser: Browser) -> Iterator[Page]:
    """One page for all tests of a module, with the questions of `tests/support/look.js` in it."""
    context = browser.new_context()
    context.set_default_timeout(5000)
    context.add_init_script(LOOK)
    yield context.new_page()
    context.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser window of one's own."""
    context = browser.new_context()
    context.set_default_timeout(5000)
    yield context
    context.close()
