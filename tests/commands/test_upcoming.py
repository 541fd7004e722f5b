"""`build-site upcoming` in both forms, for people and for a timer."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from build_site.cli.main import cli
from tests.support.sites import TEXT, notice, write


def _asked(root: Path, *words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli, ["upcoming", "--site", str(root), "--as-of", "2020-12-01", *words])
    return done.exit_code, done.stdout, done.stderr


def test_what_changes_by_itself(tmp_path: Path) -> None:
    root = write(tmp_path, {"content/zd/a.md": notice("办法", "00009", TEXT, "2020-12-05", "expires: 2020-12-31")})
    code, out, _ = _asked(root)
    assert code == 0
    assert out.splitlines() == [
        "2020-12-05  发布  办法  content/zd/a.md",
        "2021-01-01  失效  办法  content/zd/a.md",
    ]
    _, out, _ = _asked(root, "--days", "30", "--lang", "en")
    assert out == "2020-12-05  published  办法  content/zd/a.md\n"
    _, out, _ = _asked(root, "--format", "json", "--days", "30")
    assert json.loads(out) == [
        {
            "day": "2020-12-05",
            "kind": "published",
            "title": "办法",
            "source": "content/zd/a.md",
            "address": "wj/2020/00009.html",
        }
    ]


def test_nothing_to_come_and_no_site(tmp_path: Path) -> None:
    root = write(tmp_path / "site")
    code, out, error = _asked(root)
    assert (code, out) == (0, "") and "90 天" in error
    assert _asked(root, "--format", "json") == (0, "[]\n", "")
    assert _asked(tmp_path)[0] == 2
