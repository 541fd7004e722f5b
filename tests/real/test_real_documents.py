"""Real notices and laws through `scripts.real_site` and the whole program: no crash, no loss, known findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from build_site.loading.document import parse
from build_site.loading.files import read_text
from build_site.model.content import ParsedDoc
from build_site.model.finding import Diagnostic, Severity
from build_site.output.build import build, check
from build_site.output.outcome import Outcome
from scripts.real_site import Kind, Made, RefusedError, convert, drop
from tests.robust.real import REASON, real
from tests.support.sites import written_faults

needs_real = pytest.mark.skipif(real("notices") is None or real("laws") is None, reason=REASON)
both = pytest.mark.parametrize("kind", ["notices", "laws"])

DOCUMENTS = {"notices": 20, "laws": 367}
# Each of these findings was read against its source file and judged true:
# notices: LNK102: four attachments are named in the front matter, and the folder has none of them;
#       LNK104: one of these documents only repeats its title, so that nothing is left without its attachment.
#       WRD101: 其它 in a draft of 2019, a year written with the letter O; DOC110, DOC111: one number in square brackets, twice;
#       GUI103: a full-width sign in a mail address; GUI104: the guide and the report name another address than the made-up
#       record of the agency.
#       DOC130: two documents have a number in their front matter and no day of writing.
# both: CAT110: no document has a summary; STR104: the script files 依申请公开 as a plain page.
# laws: COL102: eight lists of the laws of a department and the list of the departments, with no text of their own;
#       LNK104: the list of constitutional law is one link of two characters;
#       BDY106: lists of electoral seats in the two basic laws, laid out as tables of <td> alone;
#       SRC106: <style> in five tax laws; <main>, four <section>, <SearchBox>, <footer>, <style> on the home page.
JUDGED = {
    "notices": {
        "LNK102": 4,
        "LNK104": 1,
        "WRD101": 2,
        "DOC110": 1,
        "DOC111": 1,
        "DOC130": 2,
        "GUI103": 1,
        "GUI104": 7,
    },
    "laws": {"COL102": 9, "LNK104": 1, "SRC106": 13, "BDY106": 12},
}
UNLOCATED_LINKS = {"notices": 0, "laws": 0}
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
NOT_SHOWN = re.compile(
    r"<!--.*?-->|<style\b.*?</style>|<script\b.*?</script>|<[a-zA-Z/][^>]*>"
    r"|!\[[^\]]*\]\([^)]*\)|(?<=\])\([^)\s]*\)",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True)
class Real:
    """A converted site: what was made, all findings, and the build of what had none."""

    source: Path
    root: Path
    out: Path
    made: Made
    documents: Mapping[str, ParsedDoc]
    found: tuple[Diagnostic, ...]
    dropped: Mapping[str, tuple[Diagnostic, ...]]
    built: Outcome


class BodyText(HTMLParser):
    """The text inside the element that carries `data-body`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self._depth = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div" and (self._depth or "data-body" in dict(attrs)):
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.text += data


def _run(kind: Kind, folder: Path) -> Real:
    source = real(kind)
    assert source is not None
    root, out = folder / kind, folder / f"{kind}-out"
    made = convert(kind, source, root)
    documents = {}
    for target in made.documents.values():
        text, _ = read_text(root, target)
        assert text is not None, target
        documents[target] = parse(text)
    found = written_faults(check(root, made.as_of).diagnostics)
    dropped = drop(root, found)
    return Real(source, root, out, made, documents, found, dropped, build(root, out, made.as_of))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Kind], Real]:
    known: dict[str, Real] = {}

    def get(kind: Kind) -> Real:
        if kind not in known:
            known[kind] = _run(kind, tmp_path_factory.mktemp("real"))
        return known[kind]

    return get


def _body(data: bytes) -> bytes:
    """Return what follows the front matter, the whole where there is none."""
    match = re.match(rb"---\r?\n.*?\n---(?=\r?\n)", data, re.DOTALL)
    return data[match.end() :] if match else data


def _page(site: Real, target: str) -> Path | None:
    """Return the built page of a document, found by its index number."""
    notice = site.documents[target].notice
    assert notice is not None, target
    year, serial = notice.index_no.partition("/")[2].split("-")
    page = site.out / "wj" / year / f"{serial}.html"
    return page if page.is_file() else None


@needs_real
@both
def test_every_document_yields_a_page_or_a_finding(kind: Kind, run: Callable[[Kind], Real]) -> None:
    site = run(kind)
    without = {target for target in site.documents if _page(site, target) is None}
    assert without == set(site.dropped)
    assert all(item.where.line > 0 for item in site.found)


@needs_real
@both
def test_the_build_completes_without_the_documents_that_have_findings(kind: Kind, run: Callable[[Kind], Real]) -> None:
    site = run(kind)
    assert site.built.published
    assert not [item for item in site.built.diagnostics if item.severity is Severity.ERROR]


@needs_real
@both
def test_findings_are_those_that_were_read(kind: Kind, run: Callable[[Kind], Real]) -> None:
    site = run(kind)
    if len(site.documents) != DOCUMENTS[kind]:
        pytest.skip("another set of real documents than the one whose findings were read")
    assert Counter(item.code for item in site.found) == JUDGED[kind]
    assert {item.where.path for item in site.found if item.severity is Severity.ERROR} == set(site.dropped)


@needs_real
@both
def test_findings_in_front_matter_and_body_point_at_what_they_name(kind: Kind, run: Callable[[Kind], Real]) -> None:
    site = run(kind)
    fresh = site.root.with_name(f"{kind}-fresh")
    convert(kind, site.source, fresh)
    for item in site.found:
        line = (fresh / item.where.path).read_text("utf-8").split("\n")[item.where.line - 1]
        here = line[item.where.column - 1 :]
        if item.code == "SRC106":
            element = item.message.zh.rpartition("<")[2].rstrip(">")
            assert here.lstrip("<").lower().startswith(element), (item.where, line)
            assert f"<{element}" in line.lower(), (item.where, line)
        elif item.code == "LNK102":
            assert item.message.zh.rpartition("：")[2] in here, (item.where, line)


@needs_real
@both
def test_every_link_is_located_in_the_source(kind: Kind, run: Callable[[Kind], Real]) -> None:
    site = run(kind)
    source = site.root.with_name(f"{kind}-links")
    convert(kind, site.source, source)
    links, unlocated = 0, []
    for target, doc in site.documents.items():
        lines = (source / target).read_text("utf-8").split("\n")
        for link in doc.body.links:
            links += 1
            at = link.where
            written = lines[at.line - 1][at.column - 1 : at.column - 1 + at.length] if at.line else ""
            if written != link.url:
                unlocated.append((target, link.url, at))
    assert len(unlocated) == UNLOCATED_LINKS[kind], unlocated
    assert links or kind == "notices"


@needs_real
@both
def test_no_han_character_is_lost(kind: Kind, run: Callable[[Kind], Real]) -> None:
    site = run(kind)
    for path, target in site.made.documents.items():
        source = NOT_SHOWN.sub(" ", _body((site.source / path).read_bytes()).decode("utf-8"))
        doc = site.documents[target]
        page = _page(site, target)
        if page is not None:
            shown = BodyText(page.read_text("utf-8")).text
        else:  # it has findings, so there is no page: its body as it was read
            shown = BodyText(f"<div data-body>{''.join(doc.body.parts)}</div>").text
        wanted, got = "".join(HAN.findall(source)), "".join(HAN.findall(shown))
        assert doc.notice is not None
        title = "".join(HAN.findall(doc.notice.title))
        assert got == wanted or title + got == wanted, f"{path}: {len(wanted)} characters, {len(got)} on the page"


@needs_real
@both
def test_bodies_are_kept_byte_for_byte(kind: Kind, run: Callable[[Kind], Real]) -> None:
    site = run(kind)
    plain = site.root.with_name(f"{kind}-plain")
    made = convert(kind, site.source, plain, relink=False)
    assert made.relinked == 0
    for path, target in made.documents.items():
        source = _body((site.source / path).read_bytes())
        assert (plain / target).read_bytes().endswith(b"\n---" + b"\n" * (source[:1] != b"\n") + source), path


def _source(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        file = folder / name.replace("__", "/").replace("_md", ".md").replace("_txt", ".txt")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


TEXT = "为了检验转换程序，这里写了一段足够长的文字，它不是任何真实的法规。"


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    source = _source(tmp_path / "in", a_md=f"# 甲\n\n{TEXT}\n")
    out = _source(tmp_path / "out", a_txt="mine")
    with pytest.raises(RefusedError):
        convert("laws", source, out)
    assert [path.name for path in out.iterdir()] == ["a.txt"]


def test_a_folder_without_markdown_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError):
        convert("notices", _source(tmp_path / "in", a_txt="text"), tmp_path / "out")


def test_relink_rewrites_only_links_whose_target_exists(tmp_path: Path) -> None:
    source = _source(
        tmp_path / "in",
        docs__social__x__README_md=f"# 甲法\n\n2001年2月3日通过\n\n{TEXT}[乙](../../economic/y/#一)、[丙](../z/)\n",
        docs__economic__y__README_md=f"# 乙法\n\n## 一\n\n{TEXT}[表](./biao.txt)\n",
        docs__economic__y__biao_txt="表的内容",
    )
    made = convert("laws", source, tmp_path / "out")
    assert made.documents["docs/social/x/README.md"] == "content/fdzdgknr/social/x.md"
    assert made.assets == ("content/fdzdgknr/economic/y/biao.txt",)
    text = (tmp_path / "out/content/fdzdgknr/social/x.md").read_text("utf-8")
    assert "[乙](../economic/y/index.md#一)、[丙](../z/)" in text
    assert 'published: "2001-02-03"' in text
    found = written_faults(check(tmp_path / "out", made.as_of).diagnostics)
    assert [(item.code, item.message.zh) for item in found] == [("LNK101", "链接的页面不存在：../z/")]


def test_drop_broken_leaves_a_site_that_builds(tmp_path: Path) -> None:
    source = _source(
        tmp_path / "in",
        a_md=f"# 甲法\n\n{TEXT}[没有](c.html)\n",
        b_md=f"# 乙法\n\n{TEXT}[甲](a.html)\n",
        d_md=f"# 丁法\n\n{TEXT}\n",
    )
    made = convert("laws", source, tmp_path / "out", drop_broken=True)
    assert list(made.dropped) == ["content/fdzdgknr/qt/a.md", "content/fdzdgknr/qt/b.md"]
    assert build(tmp_path / "out", tmp_path / "public", made.as_of).published
