"""The documentation says what the code does: commands, keys, rules, views, messages, links.

Some parts of it are made from the code and stand between `<!-- NAME:begin -->` and `<!-- NAME:end -->`;
`python -m tests.contract.test_docs` writes them anew.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import click
import pytest

import build_site
from build_site.checks.emit import text as emit_text
from build_site.checks.rule_pages import basis_page, families, family_page
from build_site.checks.rules import RULES
from build_site.cli.main import cli
from build_site.cli.work import line_reader
from build_site.loading.binding import entries
from build_site.model import columns, details, notice, policy, publishing, signing, sites, wording, words
from build_site.model.finding import Lang
from build_site.model.record import Record
from build_site.model.words import Word
from build_site.output.build import check
from build_site.rendering import measure, render, views

ROOT = Path(__file__).parents[2]
STARTER = Path(build_site.__file__).parent / "starter"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MANUAL = ROOT / "docs/manual.md"
README = ROOT / "README.md"
THEME = ROOT / "docs/theme.md"
RULE_PAGES = ROOT / "docs/rules"

RECORDS: dict[type[Record], str] = {
    notice.Notice: "文章开头",
    notice.AttachmentRef: "“附件”里的一项",
    notice.Revision: "“更正记录”里的一项",
    details.Consultation: "“征集”",
    details.Opinion: "征集的“意见”里的一项",
    details.Meeting: "“会议”",
    details.Response: "“回应”",
    details.Service: "“办事指南”",
    details.Material: "办事指南的“办理材料”里的一项",
    details.BundleStep: "“一件事”里的一步",
    details.Decision: "“决策事项”里的一项",
    details.PeopleList: "“人员名单”",
    details.ReportFigures: "“年报数据”",
    columns.Catalogue: "catalog.yaml 的最外层",
    columns.SiteInfo: "“网站”",
    columns.Mourning: "网站的“置灰”里的一项",
    signing.SigningKey: "“签名公钥”里的一项",
    columns.Agency: "“受理机构”",
    columns.Column: "“栏目”和“子栏目”里的一项",
    columns.Explanation: "栏目的“空白说明”",
    columns.Topic: "“重点领域”里的一项",
    columns.NoticeTheme: "“主题分类”里的一项",
    columns.Institution: "“机构”",
    columns.Leader: "机构的“负责人”里的一项",
    columns.Office: "机构的“内设机构”里的一项",
    columns.Unit: "机构的“直属单位”里的一项",
    columns.Place: "“场所”里的一项",
    columns.Account: "“政务新媒体”里的一项",
    columns.CatalogItem: "“公开事项”里的一行",
    policy.Policy: "“检查”",
    policy.SeverityChange: "检查的“级别调整”里的一项",
    policy.Thresholds: "检查的“阈值”",
    policy.Exemption: "检查的“豁免”里的一项",
    wording.Wording: "wording.yaml 的最外层",
    wording.Term: "用词表的“词条”里的一项",
    wording.FormerLaw: "用词表的“废止的法规”里的一项",
    wording.KnownDocument: "用词表的“常用文件”里的一项",
    columns.Inapplicable: "“不涉及”里的一项",
    columns.Redirect: "“改址”里的一项",
    columns.Withdrawal: "“撤下”里的一项",
    publishing.PublishTarget: "“发布”里的一项",
    sites.SiteList: "站点清单的最外层",
    sites.ListedSite: "站点清单的“站点”里的一项",
    sites.SiteDefaults: "站点清单的“默认”",
}


def key_tables() -> str:
    """Return the tables of every key that an editor may write."""
    blocks = []
    for record, title in RECORDS.items():
        rows = [f"#### {title}", "", "| 中文名 | 英文名 | 必写 | 意思 |", "| --- | --- | --- | --- |"]
        for entry in entries(record):
            chinese = "、".join(alias for alias in entry.spec.aliases if not alias.isascii())
            english = "、".join(f"`{name}`" for name in (entry.name, *entry.spec.aliases) if name.isascii())
            rows.append(f"| {chinese} | {english} | {'必写' if entry.required else ''} | {entry.spec.doc} |")
        blocks.append("\n".join(rows))
    return "\n\n".join(blocks)


def rule_table() -> str:
    """Return the table of all rules, each code linked to its page."""
    rows = ["| Code | Name | Severity | Title |", "| --- | --- | --- | --- |"]
    rows += [
        f"| [{rule.code}]({rule.code[:3]}.md#{rule.code.lower()}) | `{rule.name}` | {rule.severity} | {rule.title.zh} |"
        for rule in RULES
    ]
    return "\n".join(rows)


_TOO_DEEP = (
    "      - {key: gfxwj, title: 行政规范性文件, article20: 1, cycle: 及时}",
    "      - key: gfxwj\n        title: 行政规范性文件\n        children:\n          - {key: yfz, title: 已废止}\n        article20: 1",
)


def _faulty(root: Path, body: str, head: str = "", vanished: str = "") -> None:
    """Make the starter site in `root` with an empty page, a document beside it and a third level of columns."""
    shutil.copytree(STARTER, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    catalogue = root / "catalog.yaml"
    text = catalogue.read_text("utf-8")
    assert text.count(_TOO_DEEP[0]) == 1
    catalogue.write_text(text.replace(*_TOO_DEEP), "utf-8")
    for number, title, more, content in (
        (5, "关于公布联络员名单的通知", "", "敬请期待"),
        (6, "关于按期答复申请的通知", head, body),
    ):
        start = f"---\n标题: {title}\n索引号: 000000000/2026-0000{number}\n发布日期: 2026-11-20\n{more}---\n\n"
        (root / f"content/zd/2026-0000{number}.md").write_text(f"{start}{content}\n", "utf-8")
    if vanished:
        (root / "urls.lock").write_text(f"{vanished}\n", "utf-8")


def _report(lang: Lang, **faults: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        _faulty(Path(folder), **faults)
        found = check(Path(folder), date(2026, 11, 23)).diagnostics
        return f"```text\n{emit_text.report(found, line_reader(Path(folder)), lang)}```"


def manual_messages() -> str:
    """Return five messages as the program prints them, in Chinese."""
    body = "各处室要按期答复依申请公开件，办理情况填入[登记表](djb.xlsx)，每季度末报办公室汇总。"
    return _report("zh", body=body, head="责任处: 办公室\n", vanished="wj/2026/00123.html")


def readme_messages() -> str:
    """Return what the two promises look like, in English."""
    return _report("en", body="各处室要按期答复依申请公开件，具体分工见[联络员名单](2026-00005.md)。")


MADE: dict[str, tuple[Path, Callable[[], str]]] = {
    "keys": (MANUAL, key_tables),
    "messages": (MANUAL, manual_messages),
    "errors": (README, readme_messages),
    "rules": (RULE_PAGES / "README.md", rule_table),
}


def whole_pages() -> dict[Path, str]:
    """Return the pages that are made from the rules as a whole."""
    pages = {RULE_PAGES / f"{family}.md": family_page(family, held) for family, held in families(RULES).items()}
    return {**pages, RULE_PAGES / "by-basis.md": basis_page(RULES)}


def _region(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=<!-- {name}:begin -->\n).*?(?=\n<!-- {name}:end -->)", re.DOTALL)


@pytest.mark.parametrize("name", MADE)
def test_made_parts_are_up_to_date(name: str) -> None:
    file, make = MADE[name]
    found = _region(name).findall(file.read_text("utf-8"))
    assert found == [f"\n{make()}\n"], "run: python -m tests.contract.test_docs"


def test_rule_pages_are_up_to_date() -> None:
    """Each family has its page, made from the registry; beside them stand only the pages written by hand."""
    pages = whole_pages()
    for page, text in pages.items():
        assert page.exists() and page.read_text("utf-8") == text, f"{page.name}: run python -m tests.contract.test_docs"
    others = {page.name for page in RULE_PAGES.glob("*.md") if page not in pages}
    assert others <= {"README.md", "omitted.md"}


def test_every_family_has_its_row() -> None:
    """The overview says of each family what it is on."""
    rows = re.findall(r"^\| ([A-Z]{3}) \| \S", (RULE_PAGES / "README.md").read_text("utf-8"), re.MULTILINE)
    assert set(families(RULES)) <= set(rows)


def commands(group: click.Group, path: str = "build-site") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def test_every_command_and_option_is_documented() -> None:
    text = MANUAL.read_text("utf-8") + README.read_text("utf-8")
    for path, command in commands(cli):
        assert f"`{path}" in text or f"\n{path}" in text, path
        for parameter in command.params:
            for option in parameter.opts if isinstance(parameter, click.Option) else ():
                assert re.search(rf"`{option}[ `]", text), f"{path} {option}"


def test_every_record_has_its_table() -> None:
    known = {
        record
        for module in (columns, details, notice, policy, publishing, sites, wording)
        for _, record in inspect.getmembers(module, inspect.isclass)
        if issubclass(record, Record) and record is not Record
    }
    assert known == set(RECORDS)


def test_every_word_of_a_closed_vocabulary_is_in_the_manual() -> None:
    text = MANUAL.read_text("utf-8")
    for _, vocabulary in inspect.getmembers(words, inspect.isclass):
        if issubclass(vocabulary, Word) and vocabulary is not Word:
            for word in vocabulary:
                assert word.zh in text, f"{vocabulary.__name__}: {word.zh}"


def view_classes() -> Iterator[type]:
    for _, found in inspect.getmembers(views, inspect.isclass):
        if dataclasses.is_dataclass(found) and found.__module__ == views.__name__:
            yield found


@pytest.mark.parametrize("view", list(view_classes()), ids=lambda view: view.__name__)
def test_every_view_is_documented_with_exactly_its_fields(view: type) -> None:
    section = re.search(rf"^### {view.__name__}\b(.*?)(?=^##|\Z)", THEME.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert section, f"docs/theme.md has no section on {view.__name__}"
    told = re.findall(r"^\| `(\w+)` \|", section[1], re.MULTILINE)
    assert told == [name for name in view.__annotations__ if name != "template"]
    template = getattr(view, "template", "")
    assert f"`{template}`" in section[1] or not template


def test_filters_and_marks_of_the_theme_are_documented() -> None:
    text = THEME.read_text("utf-8")
    filters = re.search(r"environment\.filters \|= \{(.*)\}", inspect.getsource(render))
    assert filters
    for name in (*re.findall(r'"(\w+)":', filters[1]), "view", "shared", "address", "absolute"):
        assert f"| `{name}` |" in text, name
    for mark in sorted(set(re.findall(r"data-[a-z]+", inspect.getsource(measure)))):
        assert f"| `{mark}` |" in text, mark


def _prose(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_lead_to_files(page: Path) -> None:
    for url in re.findall(r"\]\(([^)\s]+)\)", _prose(page.read_text("utf-8"))):
        if not re.match(r"[a-z]+:|#", url):
            assert (page.parent / url.partition("#")[0]).exists(), url


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+)(?: [a-z-]+)*:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]*`", page.read_text("utf-8"), re.DOTALL))
    for target in re.findall(r"(?:^|`)make ([a-z][a-z-]*)", code, re.MULTILINE):
        assert target in targets, target


if __name__ == "__main__":
    for name, (file, make) in MADE.items():
        text, count = _region(name).subn(lambda _, made=make: f"\n{made()}\n", file.read_text("utf-8"))  # type: ignore[misc]
        assert count == 1, f"{file.name}: {count} regions {name}"
        file.write_text(text, "utf-8")
    for page, text in whole_pages().items():
        page.write_text(text, "utf-8")
