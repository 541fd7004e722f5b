"""Makes hundreds of small builds fast: a template is compiled once, not once a build."""

from __future__ import annotations

from collections.abc import Iterator
from types import CodeType
from typing import Any

import jinja2
import pytest


@pytest.fixture(scope="package", autouse=True)
def _compile_templates_once() -> Iterator[None]:
    compiled: dict[tuple[Any, ...], CodeType] = {}
    original = jinja2.Environment.compile

    def compile_once(
        self: jinja2.Environment, source: str, name: str | None = None, filename: str | None = None
    ) -> CodeType:
        key = (source, name, filename)
        if key not in compiled:
            compiled[key] = original(self, source, name, filename)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", compile_once)
        yield
