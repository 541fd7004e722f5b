"""Every rule against its cases in `cases/<CODE>.yaml`.

A case lays files over the minimal site of `tests/support/sites.py` and says what the check must find, all of it.
Keys of a case, all optional but `expect` (for bad ones):

- `body`, `head`: body and further front matter of one more document, `content/zd/test.md`; without `head` its body
  begins in line 7
- `files`: path -> text, or `{make: NAME}` (a file of `tests/support/makers.py`), `{office: NAME}`
  (of `tests/support/office.py`), `{hex: ...}`, `{encode: [text, codec]}`,
  `{repeat: [text, times]}`, `{join: [parts]}`
- `replace`: [[old, new], ...] edits of catalog.yaml; `remove`: paths left out
- `commits`: day -> paths, committed to a real repository in this order; `before`: path -> what it held in a commit before
- `symlinks`: path -> target; `as_of`: the day; `locked`: as with --locked
- `expect`: lines `CODE path:line:column`; `only: true` compares the findings of this rule alone
- `says`: words that the Chinese messages or help of this rule's findings must hold
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_site.checks.rule import Scope
from build_site.checks.rules import RULES
from tests.support import makers, office, repository, sites

CASES = Path(__file__).parent / "cases"
CHECKED = [rule.code for rule in RULES if rule.looks_at not in (Scope.CRAWL, Scope.SITES)]
"""The rules of what a web server gave need one, and those of a list of sites need several: their cases stand in
tests/real/test_crawl.py and tests/commands/test_build_all.py.
"""
AUDITS = {rule.code for rule in RULES if rule.audit}
"""What these say of the minimal site is compared in their own cases alone."""
KEYS = {
    "body", "head", "files", "replace", "remove", "symlinks", "before", "commits", "as_of", "locked", "expect", "only", "says"
}  # fmt: skip
Case = dict[str, Any]


def read_cases(code: str) -> dict[str, dict[str, Case]]:
    return yaml.safe_load((CASES / f"{code}.yaml").read_text("utf-8"))


def all_cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.yaml")):
        for kind, cases in read_cases(file.stem).items():
            for name, case in cases.items():
                yield pytest.param(file.stem, kind, case or {}, id=f"{file.stem}-{kind}-{name}".replace(" ", "-"))


def content(value: Any) -> bytes:
    if isinstance(value, str):
        return value.encode()
    ((form, given),) = value.items()
    match form:
        case "make":
            return makers.make(given)
        case "office":
            return office.make(given)
        case "hex":
            return bytes.fromhex(given)
        case "encode":
            return given[0].encode(given[1])
        case "repeat":
            return (given[0] * given[1]).encode()
        case "join":
            return b"".join(map(content, given))
        case _:
            raise ValueError(f"unknown form of a file: {form}")


def lay_out(root: Path, case: Case) -> None:
    files: dict[str, str | bytes] = {path: content(value) for path, value in case.get("files", {}).items()}
    if "body" in case or "head" in case:
        body = case.get("body", sites.TEXT)
        files["content/zd/test.md"] = sites.notice("测试通知", "00009", body.rstrip("\n"), head=case.get("head", ""))
    if "before" in case:
        sites.write(root, case["before"])
        repository.commit(root, {"2020-01-01": ["."]})
        for path in case["before"]:
            (root / path).unlink()
    sites.write(root, files, case.get("replace", ()), case.get("remove", ()))
    for path, target in case.get("symlinks", {}).items():
        (root / path).symlink_to(target)
    if "commits" in case:
        repository.commit(root, case["commits"])


@pytest.mark.parametrize(("code", "kind", "case"), list(all_cases()))
def test_case(tmp_path: Path, code: str, kind: str, case: Case) -> None:
    """The check of the case's site finds exactly what the case expects, at exactly these places."""
    assert set(case) <= KEYS, f"unknown keys {set(case) - KEYS}"
    lay_out(tmp_path, case)
    found = sites.findings(tmp_path, case.get("as_of", sites.AS_OF), case.get("locked", False))
    found = tuple(diagnostic for diagnostic in found if diagnostic.code == code or diagnostic.code not in AUDITS)
    if case.get("only"):
        found = tuple(diagnostic for diagnostic in found if diagnostic.code == code)
    told = "\n".join(f"{sites.shown(diagnostic)} {diagnostic.message.zh}" for diagnostic in found)
    if kind == "good":
        assert "expect" not in case, "a good case expects nothing"
        assert not found, told
        return
    assert any(line.split()[0] == code for line in case["expect"]), f"a bad case of {code} must expect {code}"
    assert sorted(map(sites.shown, found)) == sorted(case["expect"]), told
    own = "\n".join(f"{item.message.zh}\n{item.help.zh}" for item in found if item.code == code)
    for words in case.get("says", []):
        assert words in own


def test_the_minimal_site_is_clean(tmp_path: Path) -> None:
    """The site that every case starts from has no finding, so that a finding is always the case's own."""
    sites.write(tmp_path)
    found = sites.findings(tmp_path, date(2020, 12, 1))
    assert [sites.shown(diagnostic) for diagnostic in found if diagnostic.code not in AUDITS] == []


@pytest.mark.parametrize("code", CHECKED)
def test_every_rule_has_a_bad_and_a_good_case(code: str) -> None:
    """No rule without an example that it reports and one that it lets pass."""
    cases = read_cases(code)
    assert set(cases) == {"bad", "good"}
    assert cases["bad"]
    assert cases["good"]


def test_every_case_file_belongs_to_a_rule() -> None:
    """A case file whose code no rule has is a leftover or a typing mistake."""
    assert {file.stem for file in CASES.iterdir()} == set(CHECKED)
