from __future__ import annotations

from build_site.model.finding import Diagnostic, Fault, Message, Severity
from build_site.model.text import Location

M = Message("一", "one")


def diagnostic(code: str, severity: Severity, where: Location, text: str = "一") -> Diagnostic:
    return Diagnostic(code, "name", severity, where, Message(text, "x"), M, M, M)


def test_order_is_severity_place_code_text() -> None:
    """Errors stand first, then path, line, column, code and text decide."""
    wanted = [
        diagnostic("B", Severity.ERROR, Location("a.md", 1, 1)),
        diagnostic("A", Severity.ERROR, Location("a.md", 1, 2)),
        diagnostic("A", Severity.ERROR, Location("a.md", 2, 1)),
        diagnostic("B", Severity.ERROR, Location("a.md", 2, 1), "一"),
        diagnostic("B", Severity.ERROR, Location("a.md", 2, 1), "二"),
        diagnostic("A", Severity.ERROR, Location("a.md", 10, 1)),
        diagnostic("A", Severity.ERROR, Location("b.md")),
        diagnostic("A", Severity.WARNING, Location("a.md")),
    ]
    found = wanted[::-1]
    found.sort(key=lambda item: item.order)
    assert found == wanted


def test_message_has_both_languages() -> None:
    """The text is that of the language asked for."""
    assert (M.text("zh"), M.text("en")) == ("一", "one")


def test_fault_data_that_is_missing_is_empty() -> None:
    """A wording may ask for what a fault does not carry."""
    fault = Fault("kind", Location("a.md"), (("key", "值"),))
    assert (fault.get("key"), fault.get("other")) == ("值", "")
