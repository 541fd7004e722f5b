"""The city platform to try `build-all` on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.bench.corpus import AS_OF
from scripts.many_sites import platform
from tests.robust.sandbox import run


def test_a_platform_is_built_whole(tmp_path: Path) -> None:
    """Every bureau has its own notices and the shared theme, and passes every check."""
    listed = platform(tmp_path / "city", 2, 40)
    result = run("build-all", listed, "--as-of", AS_OF.isoformat(), "--format", "json", cwd=tmp_path)
    assert result.code == 0, result.all
    told = json.loads(result.out)
    assert told["summary"]["published"] == 2 and told["summary"]["errors"] == 0
    titles = []
    for name in ("ju01", "ju02"):
        pages = [page for page in (tmp_path / "city/www" / name / "wj").rglob("*.html") if page.stem > "00100"]
        assert len(pages) == 40
        assert all("全市统一平台" in page.read_text("utf-8") for page in pages)
        titles.append({file.read_text("utf-8").splitlines()[1] for file in (tmp_path / "city" / name).rglob("n0*.md")})
        assert not (tmp_path / "city" / name / ".cache").exists()
    assert titles[0] != titles[1]


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(FileExistsError):
        platform(tmp_path, 1, 1)
