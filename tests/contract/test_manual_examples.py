"""What an editor copies from the manual works: every YAML example is read without a fault, key by key."""

from __future__ import annotations

import re
import textwrap
from typing import Any, get_args

import pytest

from build_site.loading.binding import entries
from build_site.loading.catalogue import bind_catalogue
from build_site.loading.document import parse
from build_site.loading.site_list import bind_site_list
from build_site.loading.wording import bind_wording
from build_site.loading.yaml_nodes import YamlText
from build_site.model.columns import Catalogue, SiteInfo
from build_site.model.finding import Fault
from build_site.model.notice import Notice
from build_site.model.record import Record
from build_site.model.sites import SiteList
from build_site.model.text import SourceFile
from build_site.model.wording import Wording
from tests.contract.test_docs import MANUAL
from tests.support.sites import CATALOGUE, TEXT

EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", MANUAL.read_text("utf-8"), re.DOTALL | re.MULTILINE)
_HEAD = "标题: 关于举例的通知\n发布日期: 2026-11-20\n编号: liwen\n"


def _names(record: type[Record]) -> set[str]:
    return {name for entry in entries(record) for name in (entry.name, *entry.spec.aliases)}


def _keys(example: str) -> set[str]:
    return set(re.findall(r"^([^\s:#-][^:\n]*):", textwrap.dedent(example), re.MULTILINE))


def _catalogue_faults(text: str) -> tuple[Fault, ...]:
    return bind_catalogue(YamlText("catalog.yaml", text))[1]


def faults(example: str) -> tuple[Fault, ...]:
    """Return what is wrong with an example, in the place for which it is written."""
    if example.startswith("---\n"):
        return parse(SourceFile("content/zd/a.md", example)).faults
    if example.lstrip().startswith("- key:"):
        return _catalogue_faults(CATALOGUE + textwrap.indent(textwrap.dedent(example), "  "))
    keys = _keys(example)
    if keys <= _names(Wording):
        return bind_wording(YamlText("wording.yaml", example))[1]
    if keys <= _names(SiteList):
        return bind_site_list(YamlText("SITES.yaml", example))[1]
    if keys <= _names(SiteInfo) - _names(Notice):
        return _catalogue_faults(CATALOGUE.replace("agency:\n", f"{example}agency:\n"))
    if keys <= _names(Notice) and keys != {"主题分类"}:  # of one name: a notice's theme and the list of themes
        return parse(SourceFile("content/zd/a.md", f"---\n{_HEAD}{example}---\n\n{TEXT}\n")).faults
    assert keys <= _names(Catalogue), keys
    return _catalogue_faults(CATALOGUE + example)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.split("\n")[0].strip() or "example")
def test_example_is_read_without_a_fault(example: str) -> None:
    assert faults(example) == ()


@pytest.mark.parametrize(
    ("right", "wrong"), [("开始日期", "开始曰期"), ("列席", "列席人"), ("首次回应时间", "首次回应")]
)
def test_a_key_that_does_not_exist_is_found(right: str, wrong: str) -> None:
    example = next(example for example in EXAMPLES if f"  {right}: " in example)
    found = faults(example.replace(f"  {right}: ", f"  {wrong}: "))
    assert "unknown-key" in {fault.kind for fault in found}


def _holds_records(kind: Any) -> bool:
    return any(_holds_records(part) for part in get_args(kind)) or (isinstance(kind, type) and issubclass(kind, Record))


@pytest.mark.parametrize("record", [Notice, Catalogue], ids=lambda record: record.__name__)
def test_every_group_of_keys_has_an_example(record: type[Record]) -> None:
    told = {key for example in EXAMPLES for key in _keys(example)}
    elsewhere = {"site", "agency", "columns", "topics", "items"}  # in the catalogue that `init` writes, or in prose
    for entry in entries(record):
        if _holds_records(entry.type) and entry.name not in elsewhere:
            assert told & {entry.name, *entry.spec.aliases}, entry.name
