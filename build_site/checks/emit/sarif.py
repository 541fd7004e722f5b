"""Diagnostics as SARIF 2.1.0, for code scanning and for editor programs.

Owns the form. Addresses are relative and percent-encoded, columns count code points. Only rules with findings are
described, each with its reason, examples and legal basis.
"""

from __future__ import annotations

from urllib.parse import quote

from build_site.checks.emit.fingerprint import fingerprints
from build_site.checks.emit.json import dumps
from build_site.checks.emit.report import Report
from build_site.checks.emit.visible import visible
from build_site.checks.explain import explain
from build_site.checks.rule import Rule
from build_site.checks.rule_pages import rule_section
from build_site.model.finding import Diagnostic, Lang, Message
from build_site.model.text import Location

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
_FIX = Message("怎么改：", "Fix: ")
_ROOT_IS = Message("仓库的最上层文件夹", "the top folder of the repository")
_LANGUAGES: dict[Lang, str] = {"zh": "zh-CN", "en": "en-US"}


def report(data: Report) -> str:
    """Return the report as a SARIF text with one run."""
    lang = data.lang
    found = {item.code: item for item in data.diagnostics}
    codes = sorted(found)
    index = {code: number for number, code in enumerate(codes)}
    marks = fingerprints(data.diagnostics, data.read_line)
    rules = [_rule(data.rules.get(code), found[code], lang) for code in codes]
    driver = {"name": "build-site", **({"version": data.version} if data.version else {}), "rules": rules}
    run = {
        "tool": {"driver": driver},
        "language": _LANGUAGES[lang],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": _text(_ROOT_IS.text(lang))}},
        "results": [
            _result(item, index[item.code], mark, data)
            for item, mark in zip(data.diagnostics, marks, strict=True)
        ],
    }  # fmt: skip
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: Rule | None, item: Diagnostic, lang: Lang) -> dict[str, object]:
    described: dict[str, object] = {
        "id": item.code,
        "name": "".join(part.capitalize() for part in item.name.split("-")),
        "shortDescription": _text(item.title.text(lang)),
    }
    properties: dict[str, object] = {"tags": [item.code[:3]], "basis": visible(item.basis.text(lang))}
    if rule:
        described["fullDescription"] = _text(rule.why.text(lang))
        described["help"] = {**_text(explain(rule, lang)), "markdown": visible(rule_section(rule, lang))}
        described["defaultConfiguration"] = {"level": str(rule.severity)}
        properties["scope"] = str(rule.looks_at)
    return {**described, "properties": properties}


def _result(item: Diagnostic, rule: int, mark: str, data: Report) -> dict[str, object]:
    lang = data.lang
    return {
        "ruleId": item.code,
        "ruleIndex": rule,
        "level": str(item.severity),
        "message": _text(f"{item.message.text(lang)}\n{_FIX.text(lang)}{item.help.text(lang)}"),
        "locations": [{"physicalLocation": _location(item.where, data.base)}],
        "partialFingerprints": {"buildSite/v1": mark},
    }


def _location(where: Location, base: str) -> dict[str, object]:
    artifact = {"uri": _uri(base + where.path), "uriBaseId": ROOT}
    if not where.line:
        return {"artifactLocation": artifact}
    region = {"startLine": where.line}
    if where.column:
        region |= {"startColumn": where.column, "endColumn": where.column + max(1, where.length)}
    return {"artifactLocation": artifact, "region": region}


def _uri(path: str) -> str:
    """Return a path as a relative URI; a name that is no UTF-8 is given by its bytes."""
    return quote(path.encode("utf-8", "surrogateescape") if _from_disk(path) else path.encode("utf-8", "replace"))


def _from_disk(path: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" and not "\udc80" <= char <= "\udcff" for char in path)


def _text(text: str) -> dict[str, str]:
    """Return a message; what looks like a link of SARIF, as quoted Markdown does, is kept from becoming one."""
    return {"text": visible(text).replace("](", "] (")}
