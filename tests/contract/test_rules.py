"""The rules as a whole: codes, names, words in both languages, and a voice for every fault."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from build_site.checks.explain import explain
from build_site.checks.rule import Rule
from build_site.checks.rules import RULES

ROOT = Path(__file__).parents[2]
HAN = re.compile(r"[\u4e00-\u9fff]")
by_code = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def fault_kinds() -> dict[str, str]:
    """Every kind of fault that the package makes, with a place where it is made."""
    found = {}
    for file in sorted((ROOT / "build_site").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("Fault", "_fault") and node.args:
                kind = node.args[0]
                if isinstance(kind, ast.Constant) and isinstance(kind.value, str):
                    found[kind.value] = f"{file.name}:{node.lineno}"
    return found


def test_codes_and_names_are_unique() -> None:
    """No two rules share a code or a name."""
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


@by_code
def test_form_of_codes_and_names(rule: Rule) -> None:
    """A code is three letters and three digits, a name is kebab case."""
    assert re.fullmatch(r"[A-Z]{3}[1-9]\d\d", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)


@by_code
def test_texts_stand_in_both_languages(rule: Rule) -> None:
    """Title, reason, remedy and basis are Chinese in Chinese and readable in English."""
    for message in (rule.title, rule.why, rule.fix, rule.basis):
        assert HAN.search(message.zh)
        assert re.search(r"[A-Za-z]{3}", message.en)
        assert message.zh != message.en
    assert rule.bad.strip()
    assert rule.good.strip()
    assert rule.bad != rule.good


@by_code
def test_a_rule_checks_something(rule: Rule) -> None:
    """Every rule has a check; `lock-out-of-date` is asked by the build itself."""
    assert any((rule.fault, rule.site, rule.output)) or rule.name == "lock-out-of-date"


@by_code
def test_explanations_hold_every_text(rule: Rule) -> None:
    """What `explain` prints is the whole documentation, in the language asked for."""
    for lang in ("zh", "en"):
        text = explain(rule, lang)
        assert text.startswith(f"{rule.code} {rule.name}")
        for message in (rule.title, rule.why, rule.fix, rule.basis):
            for line in message.text(lang).split("\n"):
                assert line in text
        for example in (rule.bad, rule.good):
            for line in example.split("\n"):
                assert line in text


def test_english_explanations_are_english() -> None:
    """The labels and the weight of a rule are translated."""
    text = explain(RULES[0], "en")
    for label in ("Why", "Bad", "Good", "How to fix", "Basis", "error"):
        assert label in text


def test_every_fault_has_a_rule_that_words_it() -> None:
    """A fault of a lower floor without a rule would crash the run."""
    kinds = fault_kinds()
    assert len(kinds) > 20
    voices = {rule.name for rule in RULES if rule.fault}
    assert {kind: place for kind, place in kinds.items() if kind not in voices} == {}


def test_every_voice_has_a_fault() -> None:
    """A rule that words a fault nobody makes is dead."""
    assert {rule.name for rule in RULES if rule.fault} - set(fault_kinds()) == set()
