"""Cases from the test suites of other link checkers, each laid out in a site of ours and judged by the real check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.robust.real import REASON, rows
from tests.rules.test_cases import content
from tests.support import sites

ROWS = rows("link-cases.jsonl")
CASES: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "link_cases.yaml").read_text("utf-8"))
ERRORS = {"LNK101", "LNK102", "LNK103", "LNK107", "SRC106"}
pytestmark = pytest.mark.skipif(not ROWS, reason=REASON)


def test_every_case_is_laid_out() -> None:
    """None is passed over, and none is made up."""
    assert {row["id"] for row in ROWS} == set(CASES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_case(row: dict[str, Any], tmp_path: Path) -> None:
    """We find what the table says, and that is their verdict, or the table says why not."""
    case = CASES[row["id"]]
    if "body" not in case:
        assert case["why"]
        return
    body = case["body"].replace("LONG", "a" * 2100)
    files: dict[str, str | bytes] = {path: content(value) for path, value in case.get("files", {}).items()}
    files["content/zd/test.md"] = sites.notice("测试通知", "00009", f"{sites.TEXT}\n\n{body}")
    found = sites.findings(sites.write(tmp_path, files))
    # a picture or a file that nothing reaches has a finding of its own, which is not about links
    codes = sorted(item.code for item in found if item.code.startswith("LNK") or item.code == "SRC106")
    told = [f"{item.code} {item.message.zh}" for item in found]
    assert codes == sorted(case.get("expect", [])), told
    broken, fine = row["verdict"].startswith("BROKEN"), row["verdict"].startswith("OK")
    assert "why" in case or not broken or ERRORS & set(codes), f"they say {row['verdict']}"
    assert "why" in case or not fine or not codes, f"they say {row['verdict']}"
