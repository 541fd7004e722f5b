"""Where the folder of real documents is, if there is one."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from tests.robust.sandbox import ROOT

REASON = "no folder of real documents: set BUILD_SITE_REAL, or put it at ../shared/real beside the repository"


def real(path: str) -> Path | None:
    """Return a file or folder of the real documents, or None where there is none."""
    given = os.environ.get("BUILD_SITE_REAL")
    folder = Path(given) if given else ROOT.parent / "shared" / "real"
    found = folder / path
    return found if found.exists() else None


def rows(path: str) -> list[dict[str, Any]]:
    """Return the rows of a JSON or JSON-lines file of the real documents; none where it is absent."""
    file = real(path)
    if file is None:
        return []
    text = file.read_text("utf-8")
    if file.suffix == ".json":
        found: list[dict[str, Any]] = json.loads(text)
        return found
    return [json.loads(line) for line in text.split("\n") if line.strip()]
