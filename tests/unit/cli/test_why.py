"""`--why`: the true reason, in words, for what was really edited."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from build_site.cli.why import why
from build_site.model.finding import Message
from tests.support.programs import another_program
from tests.support.sites import AS_OF, TEXT, notice, write
from tests.support.two_sites import Side

OWN, OTHER = "wj/2020/00001.html", "wj/2020/00002.html"
_FILES = {
    "content/zd/zhidu.md": notice("信息公开制度", "00001", head="attachments: [a.txt]"),
    "content/zd/a.txt": "附表",
    "content/fdzdgknr/gfxwj/guifan.md": notice("规范性文件一", "00002"),
    "themes/site/templates/document.html": '{% extends "default/document.html" %}',
    "themes/site/css/document.css": '@import "default/css/document.css";\n.sheet { padding: 3px; }\n',
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    assert Side(write(folder / "site", _FILES), folder / "cache").build(AS_OF).published
    return folder


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Side:
    shutil.copytree(built, tmp_path / "copy")
    return Side(tmp_path / "copy/site", tmp_path / "copy/cache")


def _put(path: str, text: str) -> Callable[[Side], None]:
    def edit(side: Side) -> None:
        write(side.root, {**_kept(side), path: text})

    return edit


def _kept(side: Side) -> dict[str, str | bytes]:
    return {**_FILES, "catalog.yaml": (side.root / "catalog.yaml").read_bytes()}


def _catalogue(old: str, new: str) -> Callable[[Side], None]:
    def edit(side: Side) -> None:
        file = side.root / "catalog.yaml"
        text = file.read_text("utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), "utf-8")

    return edit


def _document(
    title: str = "信息公开制度", body: str = TEXT, head: str = "attachments: [a.txt]"
) -> Callable[[Side], None]:
    return _put("content/zd/zhidu.md", notice(title, "00001", body, head=head))


@dataclass(frozen=True)
class Case:
    """An edit, and why the page that it is about was made anew; whether another one was too."""

    edit: Callable[[Side], None]
    zh: str
    en: str
    other: bool


CASES = {
    "a body": Case(_document(body=f"{TEXT}再说一句。"), "正文变了", "the body changed", False),
    "a title": Case(_document(title="新的制度"), "标题变了", "the title changed", False),
    "facts": Case(
        _document(head="written: 2020-11-16\nattachments: [a.txt]"), "文件信息变了（日期、文号、有效性等）",
        "the facts changed (dates, numbers, validity)", False,
    ),
    "attachments": Case(_document(head="attachments: [{file: a.txt, title: 新的附表}]"), "附件变了", "the attachments changed", False),
    "a template": Case(
        _put("themes/site/templates/document.html", '{% extends "default/document.html" %}{% block end %}<!-- 乙 -->{% endblock %}'),
        "主题的模板变了", "a template of the theme changed", True,
    ),
    "a style sheet": Case(
        _put("themes/site/css/document.css", '@import "default/css/document.css";\n.sheet { padding: 4px; }\n'),
        "主题的样式、脚本或图片变了", "a style sheet, script or picture of the theme changed", True,
    ),
    "what every page shows": Case(
        _catalogue("  name: ", "  icp: 某ICP备00000000号\n  name: "), "每页都有的内容变了（网站名称、导航、页脚等）",
        "what every page shows changed (names, navigation, footer)", True,
    ),
    "trusted sites": Case(
        _catalogue("  name: ", "  trusted: [a.example.com]\n  name: "), "可信网站的名单变了", "the list of trusted sites changed", True,
    ),
}  # fmt: skip


def _words(messages: list[Message]) -> list[tuple[str, str]]:
    return [(message.zh, message.en) for message in messages]


@pytest.mark.parametrize("name", CASES)
def test_the_true_reason_is_told(name: str, site: Side) -> None:
    case = CASES[name]
    case.edit(site)
    made = site.build(AS_OF)
    assert made.published
    (told,) = why(made.rendered, OWN, OWN in made.addresses)
    assert (told.zh, told.en) == (f"{OWN} 重新生成了：{case.zh}", f"{OWN} was rendered: {case.en}")
    (told,) = why(made.rendered, OTHER, OTHER in made.addresses)
    assert told.zh.startswith(f"{OTHER} {'重新生成了' if case.other else '没有重新生成'}")
    listed = _words(list(why(made.rendered, "", False)))
    assert (f"  {OWN}", f"  {OWN}") in listed or any("还有" in zh for zh, _ in listed)
    assert any(case.zh in zh and case.en in en for zh, en in listed)


def test_the_program_is_a_reason(site: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    another_program(monkeypatch, 2)
    made = site.build(AS_OF)
    assert len(made.rendered) == made.counts["pages"]
    (told,) = why(made.rendered, "zd/index.html", True)
    assert told == Message(
        "zd/index.html 重新生成了：程序或 Python 换了版本",
        "zd/index.html was rendered: another version of the program or of Python",
    )


def test_a_new_page_is_new_and_its_list_has_changed(site: Side) -> None:
    _put("content/zd/new.md", notice("新文件", "00009"))(site)
    made = site.build(AS_OF)
    (new,) = why(made.rendered, "wj/2020/00009.html", True)
    (column,) = why(made.rendered, "zd/index.html", True)
    assert new == Message("wj/2020/00009.html 重新生成了：新的页面", "wj/2020/00009.html was rendered: a new page")
    assert "列表变了" in column.zh and "the list changed" in column.en


def test_a_page_that_was_lost_was_lost(site: Side) -> None:
    shutil.rmtree(site.cache / "pages" if site.cache else Path())
    made = site.build(AS_OF)
    (told,) = why(made.rendered, OWN, True)
    assert told == Message(f"{OWN} 重新生成了：缓存里没有了", f"{OWN} was rendered: it was no longer in the cache")


def test_nothing_changed(site: Side) -> None:
    site.build(AS_OF)
    made = site.build(AS_OF)
    assert _words(list(why(made.rendered, "", False))) == [
        ("没有重新生成页面：都和上一次一样", "no page was rendered: all are as they were")
    ]
    (told,) = why(made.rendered, OWN, OWN in made.addresses)
    assert told == Message(f"{OWN} 没有重新生成：和上一次一样", f"{OWN} was not rendered: it is as it was")


def test_a_page_that_there_is_not(site: Side) -> None:
    made = site.build(AS_OF)
    (told,) = why(made.rendered, "no.html", "no.html" in made.addresses)
    assert told.zh.startswith("没有 no.html 这个页面") and told.en.startswith("there is no page no.html")


def test_of_many_pages_a_few_are_named() -> None:
    rendered: dict[str, frozenset[str] | None] = {f"{number}.html": frozenset({"shared"}) for number in range(8)}
    rendered["new.html"] = None
    told = _words(list(why(rendered, "", False)))
    assert [zh for zh, _ in told] == [
        "重新生成 8 页：每页都有的内容变了（网站名称、导航、页脚等）",
        *(f"  {number}.html" for number in range(5)),
        "  ……还有 3 页",
        "重新生成 1 页：新的页面",
        "  new.html",
    ]
    assert told[6][1] == "  … and 3 more"


def test_a_part_without_a_name_is_called_by_that_of_the_view() -> None:
    (told,) = why({"a.html": frozenset({"view.modules", "view.tags"})}, "a.html", True)
    assert told.zh.endswith("页面内容变了（modules）") and told.en.endswith("what the page shows changed (modules)")
    (told,) = why({"a.html": frozenset({"view.tags"})}, "a.html", True)
    assert told.zh.endswith("页面内容变了（tags）")
