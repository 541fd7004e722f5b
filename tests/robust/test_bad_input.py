"""Bad input ends in a finding or a clear configuration error, and the last good site stays."""

from __future__ import annotations

import os
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from build_site.loading.attachments import measure
from tests.robust.sandbox import (
    CATALOGUE,
    HAN,
    PDF_OBJECTS,
    TEXT,
    Result,
    build,
    check,
    chinese_sentences,
    english_sentences,
    make_site,
    no_crash,
    notice,
    page_of,
    pdf,
    pdf_of_text,
    tree,
)

Spoil = Callable[[Path], None]
B = "content/zd/b.md"


@dataclass(frozen=True)
class Bad:
    """A way to spoil a site: what it is called, what it does, the rules of which one speaks, exit code (0: 1 or 2)."""

    name: str
    spoil: Spoil
    rules: str
    code: int = 1


@dataclass(frozen=True)
class BadNotice:
    """Puts a bad notice into the site; small ones that fail by themselves are put into one site all together."""

    data: bytes

    def __call__(self, site: Path) -> None:
        """Write the notice at its usual place."""
        (site / B).write_bytes(self.data)


def _notice(data: bytes | str) -> BadNotice:
    return BadNotice(data.encode() if isinstance(data, str) else data)


def _put(path: str, data: bytes | str) -> Spoil:
    def spoil(site: Path) -> None:
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)

    return spoil


def _each(*steps: Spoil) -> Spoil:
    def spoil(site: Path) -> None:
        for step in steps:
            step(site)

    return spoil


def _link(path: str, target: str) -> Spoil:
    def spoil(site: Path) -> None:
        (site / path).symlink_to(target.format(outside=site.parent / "outside"))

    return spoil


def _catalogue(more: str = "", old: str = "", new: str = "") -> Spoil:
    def spoil(site: Path) -> None:
        file = site / "catalog.yaml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1) + more, "utf-8")

    return spoil


def _replaced_by_folder(path: str) -> Spoil:
    def spoil(site: Path) -> None:
        (site / path).unlink(missing_ok=True)
        (site / path).mkdir()

    return spoil


def _content_is_a_file(site: Path) -> None:
    shutil.rmtree(site / "content")
    (site / "content").write_text(TEXT, "utf-8")


def _content_is_elsewhere(site: Path) -> None:
    (site / "content").rename(site.parent / "elsewhere")
    (site / "content").symlink_to(site.parent / "elsewhere")


def _head(yaml: str) -> str:
    return f"---\n{yaml}\n---\n\n{TEXT}\n"


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)
GOOD = notice(2, "关于公布示例名单的通知")
DOCX = "word/document.xml"


def _docx(file: Path, text: str = TEXT) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(DOCX, f"<w:document><w:t>{text * 50}</w:t></w:document>")


def _broken_docx(site: Path) -> None:
    file = site / "content/zd/b.docx"
    _docx(file)
    data = bytearray(file.read_bytes())
    data[60:80] = b"\xff" * 20  # inside the compressed stream
    file.write_bytes(data)


def _template(name: str, text: str) -> Spoil:
    return _put(f"themes/site/templates/{name}", text)


def _fifo(path: str) -> Spoil:
    def spoil(site: Path) -> None:
        os.mkfifo(site / path)

    return spoil


def _bare(number: int, line: str) -> str:
    return notice(number).replace("发布日期: 2020-11-17", line)


ATTACHED = "附件: [{name}]\n"
BAD = (
    Bad("GBK", _notice(GOOD.encode("gbk")), "undecodable-text"),
    Bad("broken UTF-8", _notice(GOOD.encode().replace("名单".encode(), b"\xe5\x90\xe5\x90")), "undecodable-text"),
    Bad("stray byte", _notice(b"---\ntitle: a\xffb\n---\n"), "undecodable-text"),
    Bad("truncated UTF-8", _notice(GOOD.rstrip("\n").encode()[:-1]), "undecodable-text"),
    Bad("one GBK line", _notice(GOOD.encode() + "\n附：粘贴的一行。\n".encode("gbk") + TEXT.encode()), "undecodable-text"),
    Bad("UTF-16", _notice(GOOD.encode("utf-16")), "undecodable-text"),
    Bad("UTF-16 without a mark", _notice(GOOD.encode("utf-16-le")), "undecodable-text control-character"),
    Bad("UTF-32", _notice(GOOD.encode("utf-32")), "undecodable-text"),
    Bad("an image called .md", _notice(b"\x89PNG\r\n\x1a\n" + bytes(range(256))), "undecodable-text"),
    Bad("catalog.yaml in GBK", _put("catalog.yaml", CATALOGUE.encode("gbk")), "undecodable-text", 2),
    Bad("NUL", _notice(GOOD.replace("名单", "名\x00单")), "control-character"),
    Bad("NUL in the body", _notice(GOOD + "\x00"), "control-character"),
    Bad("escape character", _notice(GOOD + "\x1b[31m"), "control-character"),
    Bad("NUL by a YAML escape", _notice(notice(2, '"甲\\0乙"')), "control-character invalid-yaml invalid-value"),
    Bad("escape by a YAML escape", _notice(notice(2, '"甲\\e[31m乙"')), "control-character invalid-yaml invalid-value"),
    Bad("surrogate by a YAML escape", _notice(notice(2, '"甲\\uD800乙"')), "control-character invalid-yaml invalid-value"),
    Bad("surrogate in catalog.yaml", _catalogue(old="name: 某市", new='title: "甲\\uDFFF"\n  name: 某市'),
        "control-character invalid-yaml invalid-value", 2),
    Bad("front matter unclosed", _notice(GOOD.replace("---\n\n", "\n")), "front-matter-unclosed"),
    Bad("no front matter", _notice(TEXT), "front-matter-missing"),
    Bad("empty file", _notice(""), "front-matter-missing"),
    Bad("only a mark", _notice("\ufeff"), "front-matter-missing"),
    Bad("empty front matter", _notice("---\n---\n" + TEXT), "front-matter-missing missing-field"),
    Bad("front matter is a word", _notice(_head("标题")), "invalid-yaml"),
    Bad("front matter is a list", _notice(_head("- 标题")), "invalid-yaml"),
    Bad("duplicate keys", _notice(notice(2, more="标题: 乙\n")), "duplicate-key"),
    Bad("the same key in two languages", _notice(notice(2, more="title: 乙\n")), "duplicate-key"),
    Bad("month 13", _notice(notice(2, day="2020-13-45")), "invalid-value"),
    Bad("30 February", _notice(notice(2, day="2020-02-30")), "invalid-value"),
    Bad("year 0", _notice(notice(2, day="0000-01-01")), "invalid-value"),
    Bad("a date in Chinese", _notice(notice(2, day="2020年11月17日")), "invalid-value"),
    Bad("a date in full-width digits", _notice(notice(2, day="２０２０-１１-１７")), "invalid-value"),
    Bad("an index number in full-width digits", _notice(_head("标题: 甲\n索引号: 000000000/２０２０-０００２２\n发布日期: 2020-11-17")),
        "index-number-missing invalid-value"),
    Bad("25 o'clock", _notice(notice(2, day="2020-11-17 25:61")), "invalid-value"),
    Bad("no date", _notice(_bare(2, "责任处室: 办公室")), "missing-field"),
    Bad("a tab in YAML", _notice(_bare(2, "\t发布日期: 2020-11-17")), "invalid-yaml"),
    Bad("a tab before a value", _notice(_head("附件:\n\t- a.pdf")), "invalid-yaml"),
    Bad("a full-width colon", _notice(_head("标题：通知")), "invalid-yaml"),
    Bad("a tag", _notice(notice(2, "!!python/object/apply:os.system [id]")), "invalid-yaml"),
    Bad("two documents in YAML", _put("catalog.yaml", CATALOGUE + "---\n" + CATALOGUE), "invalid-yaml", 2),
    Bad("billion laughs", _notice(_head(BOMB)), "yaml-alias"),
    Bad("billion laughs in catalog.yaml", _catalogue(BOMB), "yaml-alias", 2),
    Bad("recursive alias", _notice(_head("标题: &a [*a]")), "yaml-alias"),
    Bad("recursive alias in catalog.yaml", _catalogue("topics: &a [*a]\n"), "yaml-alias", 2),
    Bad("20 MB notice", _notice(GOOD + (TEXT + "\n") * (20 * 1024 * 1024 // len(TEXT.encode()))), "oversized-text"),
    Bad("100,000 brackets", _notice(_head("标题: " + "[" * 100_000)), "invalid-yaml"),
    Bad("100,000 spaced brackets", _notice(_head("标题: " + "[ " * 100_000)), "invalid-yaml"),
    Bad("100,000 braces", _notice(_head("标题: " + "{" * 100_000)), "invalid-yaml"),
    Bad("100,000 keyed braces", _notice(_head("标题: " + "{a: " * 100_000)), "invalid-yaml"),
    Bad("4,900 brackets", _notice(_head("标题: " + "[" * 4900 + "]" * 4900)), "invalid-yaml"),
    Bad("50,000 nested dashes", _notice(_head("标题:\n" + "- " * 50_000 + "x")), "invalid-yaml"),
    Bad("50,000 nested questions", _notice(_head("? " * 50_000 + "x")), "invalid-yaml"),
    Bad("2,000 indented keys", _notice(_head("\n".join(" " * n + "a:" for n in range(1500)) + " x")), "invalid-yaml"),
    Bad("100,000 brackets in catalog.yaml", _catalogue("topics: " + "[" * 100_000), "invalid-yaml", 2),
    Bad("100,000 spaced brackets in catalog.yaml", _catalogue("topics: " + "[ " * 100_000), "invalid-yaml", 2),
    Bad("link up to passwd", _notice(notice(2, body=f"{TEXT}[甲](../../../../etc/passwd)")), "link-to-missing-page link-to-missing-file"),
    Bad("encoded link up", _notice(notice(2, body=f"{TEXT}[甲](%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd)")),
        "link-to-missing-page link-to-missing-file"),
    Bad("link up and back to a source", _notice(notice(2, body=f"{TEXT}[甲](../../catalog.yaml)")), "link-to-missing-file"),
    Bad("link from the root of the disk", _notice(notice(2, body=f"{TEXT}[甲](/etc/passwd)")), "link-to-missing-page link-to-missing-file"),
    Bad("file scheme", _notice(notice(2, body=f"{TEXT}[甲](file:///etc/passwd)")), "unusable-link"),
    Bad("image up", _notice(notice(2, body=f"{TEXT}![甲](../../../../etc/passwd)")), "link-to-missing-page link-to-missing-file"),
    Bad("attachment up to passwd", _notice(notice(2, more=ATTACHED.format(name="../../../../etc/passwd"))), "link-to-missing-file"),
    Bad("encoded attachment up", _notice(notice(2, more=ATTACHED.format(name='"%2e%2e/%2e%2e/catalog.yaml"'))), "link-to-missing-file"),
    Bad("attachment by a full path", _notice(notice(2, more=ATTACHED.format(name="/etc/passwd"))), "link-to-missing-file"),
    Bad("attachment is a folder", _notice(notice(2, more=ATTACHED.format(name="../zn/"))), "link-to-missing-file"),
    Bad("symbolic link out", _link(B, "{outside}/secret.md"), "symlink-out-of-site"),
    Bad("attachment links out", _each(_notice(notice(2, more=ATTACHED.format(name="s.txt"))), _link("content/zd/s.txt", "/etc/hostname")),
        "symlink-out-of-site"),
    Bad("symbolic link to a folder", _link("content/zd/b", "../zn"), "symlink-out-of-site"),
    Bad("symbolic link to a folder outside", _link("content/zd/b", "{outside}"), "symlink-out-of-site"),
    Bad("symbolic link to nothing", _link(B, "nothing.md"), "symlink-out-of-site"),
    Bad("symbolic link to itself", _link(B, "b.md"), "symlink-out-of-site"),
    Bad("theme file links out", _each(_put("themes/site/static/a.txt", "x"), _link("themes/site/static/s.txt", "/etc/hostname")),
        "symlink-out-of-site"),
    Bad("two documents with one address", _notice(notice(1)), "address-collision"),
    Bad("addresses that differ in letter case", _each(
        _notice(_head("标题: 甲\n编号: a1\n发布日期: 2020-11-17")), _catalogue(
            "withdrawals:\n  - {address: wj/A1.html, title: 乙, kind: 误发, withdrawn: 2020-11-18, reason: 误发的文件已经收回}\n")),
        "address-collision"),
    Bad("template with a syntax error", _template("document.html", '{% extends "base.html" %}\n{% block main %}\n{% if %}\n'), "template-error"),
    Bad("template with an undefined variable", _template("document.html", "<main>\n{{ view.titel.a }}\n</main>"), "template-error"),
    Bad("template with a missing include", _template("document.html", '<main>\n{% include "nowhere.html" %}\n</main>'), "template-error"),
    Bad("template that includes itself", _template("document.html", '<main>{% include "document.html" %}</main>'), "template-error"),
    Bad("template in GBK", _each(_template("document.html", ""), _put("themes/site/templates/document.html", "<main>中文</main>".encode("gbk"))),
        "template-error undecodable-text"),
    Bad("template with a missing static file", _template("document.html", "<main>{{ 'no.css' | asset }}</main>"), "template-error"),
    Bad("a folder called x.md", _put("content/zd/x.md/a.md", GOOD), "unknown-column column-too-deep"),
    Bad("a file name with a line break", _put("content/zd/a\nb.md", GOOD), "unsafe-file-name"),
    Bad("a file name with an escape", _put("content/zd/a\x1b[31mb.md", GOOD), "unsafe-file-name"),
    Bad("a file name with a bidi control", _put("content/zd/\u202egpj.md", GOOD), "unsafe-file-name"),
    Bad("a folder name with a line break", _put("content/zd/a\nb/index.md", GOOD), "unsafe-file-name"),
    Bad("a folder name with an escape, with a bad file", _put("content/zd/a\x1b[31mb/index.md", TEXT), "unsafe-file-name"),
    Bad("a file name that is no UTF-8", lambda site: _put("content/zd/" + os.fsdecode(b"\xff\xfe.md"), GOOD)(site), "unsafe-file-name"),
    Bad("a folder name that is no UTF-8", lambda site: _put("content/zd/" + os.fsdecode(b"\xff") + "/index.md", TEXT)(site), "unsafe-file-name"),
    Bad("names that differ in letter case", _each(_put("content/zd/B.md", GOOD), _notice(notice(3))), "unsafe-file-name"),
    Bad("a pipe called x.md", _fifo("content/zd/x.md"), "unsafe-file-name symlink-out-of-site undecodable-text special-file"),
    Bad("a pipe as attachment", _each(_notice(notice(2, more=ATTACHED.format(name="x.pdf"))), _fifo("content/zd/x.pdf")),
        "unsafe-file-name symlink-out-of-site link-to-empty-file special-file"),
    Bad("corrupt zip", _each(_notice(notice(2, more=ATTACHED.format(name="b.docx"))), _put("content/zd/b.docx", b"PK\x03\x04rubbish")),
        "link-to-empty-file"),
    Bad("zip with a corrupt stream", _each(_notice(notice(2, more=ATTACHED.format(name="b.docx"))), _broken_docx), "link-to-empty-file"),
    Bad("corrupt pdf", _each(_notice(notice(2, more=ATTACHED.format(name="b.pdf"))), _put("content/zd/b.pdf", b"%PDF-1.7\nrubbish")),
        "link-to-empty-file"),
    Bad("attachment without content", _each(_notice(notice(2, more=ATTACHED.format(name="b.pdf"))), _put("content/zd/b.pdf", b"")),
        "link-to-empty-file"),
    Bad("no content folder", lambda site: shutil.rmtree(site / "content"), "required-column-empty address-vanished content-missing"),
    Bad("content is a file", _content_is_a_file, "required-column-empty address-vanished content-missing"),
    Bad("content is a link out of the site", _content_is_elsewhere, "symlink-out-of-site"),
    Bad("no catalog.yaml", lambda site: (site / "catalog.yaml").unlink(), "catalogue-missing", 2),
    Bad("catalog.yaml is a folder", _replaced_by_folder("catalog.yaml"), "catalogue-missing", 2),
    Bad("catalog.yaml is empty", _put("catalog.yaml", ""), "catalogue-missing", 2),
    Bad("catalog.yaml is a comment", _put("catalog.yaml", "# 什么都没有\n"), "catalogue-missing", 2),
    Bad("catalog.yaml is a list", _put("catalog.yaml", "- a\n- b\n"), "invalid-yaml", 2),
    Bad("catalog.yaml is a word", _put("catalog.yaml", "栏目\n"), "invalid-yaml", 2),
    Bad("catalog.yaml without columns", _put("catalog.yaml", CATALOGUE.partition("columns:")[0]), "missing-field", 2),
    Bad("columns is a word", _put("catalog.yaml", CATALOGUE.partition("columns:")[0] + "columns: 甲\n"), "invalid-value invalid-yaml", 2),
    Bad("a column is a word", _catalogue("  - 甲\n"), "invalid-yaml invalid-value", 2),
    Bad("a misspelt key in catalog.yaml", _catalogue(old="host:", new="hots:"), "unknown-key", 2),
    Bad("a column key with dots", _catalogue("  - {key: ../../x, title: 甲}\n"), "invalid-value", 2),
    Bad("nothing on a page", _catalogue(old="site:\n", new="site:\n  page_size: 0\n"), "invalid-value", 2),
    Bad("too much on a page", _catalogue(old="site:\n", new="site:\n  page_size: 201\n"), "invalid-value", 2),
    Bad("no least text", _catalogue(old="site:\n", new="site:\n  min_text: 0\n"), "invalid-value", 2),
    Bad("a redirect with an empty part", _catalogue(f"redirects:\n  - {{from: wj//a.html, to: {page_of(1)}}}\n"), "invalid-value", 2),
    Bad("a redirect that ends in a slash", _catalogue(f"redirects:\n  - {{from: wj/a/, to: {page_of(1)}}}\n"), "invalid-value", 2),
    Bad("a redirect out of the site", _catalogue(f"redirects:\n  - {{from: ../a.html, to: {page_of(1)}}}\n"), "invalid-value", 2),
    Bad("a redirect in the place of a folder", _catalogue(f"redirects:\n  - {{from: wj/2020, to: {page_of(1)}}}\n"),
        "address-collision broken-redirect invalid-value", 0),
    Bad("a redirect below a page", _catalogue(f"redirects:\n  - {{from: index.html/a.html, to: {page_of(1)}}}\n"),
        "address-collision broken-redirect invalid-value", 0),
    Bad("a redirect in the place of the manifest", _catalogue(f"redirects:\n  - {{from: manifest.json, to: {page_of(1)}}}\n"),
        "address-collision broken-redirect invalid-value reserved-address", 0),
    Bad("redirects in a circle", _catalogue("redirects:\n  - {from: a.html, to: b.html}\n  - {from: b.html, to: a.html}\n"),
        "broken-redirect"),
    Bad("a withdrawal in the place of a page", _catalogue(
        "withdrawals:\n  - {address: index.html, title: 甲, kind: 误发, withdrawn: 2020-11-18, reason: 误发的文件已经收回}\n"),
        "address-collision"),
    Bad("an address too long for the disk", _notice(_head(f"标题: 甲\n编号: {'a' * 300}\n发布日期: 2020-11-17")),
        "invalid-value unsafe-file-name index-number-missing"),
)  # fmt: skip

# What is wrong with a notice by itself, whatever else is in the site; these are tried all at once, to save time.
BY_ITSELF = frozenset(
    [
        "undecodable-text",
        "control-character",
        "invalid-yaml",
        "invalid-value",
        "front-matter-unclosed",
        "front-matter-missing",
        "missing-field",
        "duplicate-key",
        "yaml-alias",
        "index-number-missing",
        "unusable-link",
    ]
)
TOGETHER = tuple(
    bad
    for bad in BAD
    if isinstance(bad.spoil, BadNotice) and len(bad.spoil.data) < 4000 and BY_ITSELF.issuperset(bad.rules.split())
)
ALONE = tuple(bad for bad in BAD if bad not in TOGETHER)
# In English each kind of finding once, and every wording of a wrong value
ENGLISH = tuple({bad.rules if "invalid-value" not in bad.rules else bad.name: bad for bad in ALONE}.values())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with its output."""
    site = make_site(tmp_path_factory.mktemp("built") / "site")
    result = build(site)
    assert result.code == 0, result.all
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of the built site of one's own, with a stranger's file beside it."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.md").write_text(notice(9, "机密文件"), "utf-8")
    return Path(shutil.copytree(built, tmp_path / "site"))


def _told(result: Result, bad: Bad) -> None:
    no_crash(result)
    assert result.code in ((bad.code,) if bad.code else (1, 2)), (result.code, result.all[-3000:])
    assert any(f" {rule}" in result.out for rule in bad.rules.split()), result.all[-3000:]


def _clean_streams(result: Result) -> None:
    """No raw control or direction character of a name or text reaches the terminal."""
    for char in "\x00\x1b\x07\u202e\u2066":
        assert char not in result.all, f"raw {char!r} on the terminal"


@pytest.mark.parametrize("bad", ALONE, ids=lambda bad: bad.name)
def test_bad_input_is_told_and_the_old_site_stays(bad: Bad, site: Path) -> None:
    """A finding or a configuration error in Chinese (many also in English); `public/` and `urls.lock` as they were."""
    before, lock = tree(site / "public"), (site / "urls.lock").read_bytes()
    bad.spoil(site)
    zh = build(site, timeout=30)
    _told(zh, bad)
    assert HAN.search(zh.out) and HAN.search(zh.err)
    if bad.rules != "template-error":  # Jinja's own words are quoted to theme authors
        assert english_sentences(zh.all) == []
    _clean_streams(zh)
    assert tree(site / "public") == before
    assert (site / "urls.lock").read_bytes() == lock
    assert not list(site.glob(".public*")), "a staging folder was left behind"
    if bad in ENGLISH:
        en = check(site, "--lang", "en", timeout=30)
        _told(en, bad)
        assert chinese_sentences(en.all) == []
        _clean_streams(en)


@pytest.fixture(scope="module")
def together(built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result, Result]:
    """A site with all small bad notices, and what `build` says in Chinese and `check` in English."""
    site = Path(shutil.copytree(built, tmp_path_factory.mktemp("together") / "site"))
    before = tree(site / "public")
    for number, bad in enumerate(TOGETHER):
        assert isinstance(bad.spoil, BadNotice)
        (site / f"content/zd/bad{number}.md").write_bytes(bad.spoil.data)
    zh = build(site, "--format", "json")
    en = check(site, "--format", "json", "--lang", "en")
    plain = build(site)
    for result in (zh, en, plain):
        no_crash(result)
        assert result.code == 1
        _clean_streams(result)
    assert tree(site / "public") == before
    return site, zh, en


@pytest.mark.parametrize("number", range(len(TOGETHER)), ids=lambda number: TOGETHER[number].name)
def test_a_bad_notice_is_told(number: int, together: tuple[Path, Result, Result]) -> None:
    """Each bad notice has its finding, in Chinese and in English, at a place inside the file."""
    site, zh, en = together
    path = f"content/zd/bad{number}.md"
    rows = [row for row in zh.findings if row["path"] == path and row["name"] in TOGETHER[number].rules.split()]
    assert rows, zh.names(path)
    lines = (site / path).read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    for row in rows:
        assert HAN.search(row["message"]) and HAN.search(row["help"])
        assert english_sentences(row["message"] + row["help"]) == []
        assert 1 <= row["line"] <= lines and row["column"] >= 1
    english = [row for row in en.findings if row["path"] == path]
    assert [row["name"] for row in english] == [row["name"] for row in zh.findings if row["path"] == path]
    for row in english:
        assert chinese_sentences(row["message"]) == [] and chinese_sentences(row["help"]) == []


def test_a_good_change_is_published(site: Path) -> None:
    """The counterpart of all the above: the same site with a good document builds and changes."""
    before = tree(site / "public")
    _notice(GOOD)(site)
    result = build(site)
    assert result.code == 0, result.all
    after = tree(site / "public")
    assert page_of(2) in after and before != after


@pytest.mark.parametrize(
    "ends", ["\ufeff\n", "\r\n", "\r", "mixed", "\ufeff\r\n"], ids=["BOM", "CRLF", "CR", "mixed", "BOM and CRLF"]
)
def test_marks_and_line_ends_do_not_matter(ends: str, site: Path) -> None:
    """A byte-order mark and any kind of line end give the same output, byte for byte."""
    text = notice(
        2,
        body=f"{TEXT}\n\n## 一、范围\n\n- 甲\n- 乙\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\n```\n代码\n```\n\n{TEXT}",
    )
    _notice(text)(site)
    assert build(site).code == 0
    wanted = _made(site / "public")
    mark, end = ("\ufeff", ends[1:]) if ends.startswith("\ufeff") else ("", ends)
    if end == "mixed":
        lines = text.split("\n")
        text = "".join(
            line + ("\r\n", "\n", "\r" if after else "\r\n")[number % 3]
            for number, (line, after) in enumerate(zip(lines, [*lines[1:], ""], strict=True))
        )
        text = text.removesuffix("\n").removesuffix("\r")
    else:
        text = text.replace("\n", end)
    _notice(mark + text)(site)
    _put("catalog.yaml", mark + (site / "catalog.yaml").read_text("utf-8").replace("\n", "\r\n"))(site)
    result = build(site)
    assert result.code == 0, result.all
    assert _made(site / "public") == wanted


def _made(public: Path) -> dict[str, str]:
    """The output without the two lists that name the digests of sources."""
    return {name: digest for name, digest in tree(public).items() if name not in ("manifest.json", "SHA256SUMS")}


DEEP = {
    "quotes": "> " * 5000 + "甲",
    "tight quotes": ">" * 5000 + "甲",
    "brackets": "[" * 5000,
    "closed brackets": "[" * 2500 + "甲" + "]" * 2500,
    "links in links": "[甲](" * 2500 + ")" * 2500,
    "images": "![" * 2000,
    "stars": "*" * 5000 + "甲",
    "paired stars": "*甲 **乙 " * 2500,
    "underscores": "_甲" * 5000,
    "backquotes": "".join("`" * (n % 50 + 1) + "甲" for n in range(1000)),
    "list in list": "\n".join("    " * n + "- 甲" for n in range(250)),
    "list markers": "- " * 5000 + "甲",
    "numbers": "1. " * 5000 + "甲",
    "elements": "<div>" * 5000 + "甲",
    "inline elements": "<b>" * 5000 + "甲",
    "open tags": "<a " * 2500,
    "open comments": "<!-- " * 5000,
    "declarations": "<!" * 5000,
    "instructions": "<?" * 5000,
    "entities": "&" * 5000 + "&amp" * 5000,
    "footnotes": "".join(f"[^{n}]" for n in range(2000)) + "\n\n" + "\n".join(f"[^{n}]: 甲" for n in range(2000)),
    "definitions": "\n".join(f"[{n}]: a{n}.html" for n in range(5000)),
    "headings": "\n".join("#" * (n % 9 + 1) + " 甲" for n in range(2000)),
    "bars": "|" * 5000 + "\n" + "|-" * 5000 + "\n" + "|甲" * 5000,
    "attributes": "甲 {: " + "a=b " * 5000 + "}",
    "open attributes": "甲 {: " * 2500,
    "backslashes": "\\" * 10000,
    "one long line": "甲" * 300_000,
    "fences": "```\n" * 2001,
    "quotes in a tag": '<a title="' * 1500,
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_markdown_ends_within_seconds(name: str, site: Path) -> None:
    """Thousands of nested marks neither crash nor hang."""
    _notice(notice(2, body=f"{TEXT}\n\n{DEEP[name]}\n\n{TEXT}"))(site)
    start = time.monotonic()
    result = check(site, timeout=40)
    no_crash(result)
    assert result.code in (0, 1)
    assert time.monotonic() - start < 20


def test_an_empty_folder_called_like_a_file_is_harmless(site: Path) -> None:
    """A folder `x.md` with nothing in it is no document; the build goes on."""
    before = tree(site / "public")
    (site / "content/zd/x.md").mkdir()
    result = build(site)
    no_crash(result)
    assert result.code == 0 and tree(site / "public") == before


def test_an_unreadable_file_is_told(site: Path) -> None:
    """A file without read permission is a clear error that names it."""
    if os.geteuid() == 0:
        pytest.skip("root may read everything: permissions cannot be tested")
    before = tree(site / "public")
    _notice(GOOD)(site)
    (site / B).chmod(0)
    result = build(site)
    no_crash(result)
    assert result.code in (1, 2) and "b.md" in result.all and "权限" in result.all
    assert tree(site / "public") == before


def test_positions_name_the_place_of_the_fault(site: Path) -> None:
    """Line and column point at the first bad character, counted in characters, also after a mark and CRLF."""
    text = notice(2, body=f"{TEXT}\r\n甲乙\x07丙").replace("\n", "\r\n").replace("\r\r\n", "\r\n")
    _notice("\ufeff" + text)(site)
    row = next(row for row in check(site, "--format", "json").findings if row["path"] == B)
    assert (row["name"], row["line"], row["column"]) == ("control-character", 8, 3)


def _mutants(data: bytes) -> Iterator[bytes]:
    step = max(1, len(data) // 60)
    for cut in range(0, len(data), step):
        yield data[:cut]
    for at in range(0, len(data), step):
        yield data[:at] + bytes((data[at] ^ 0xFF,)) + data[at + 1 :]
        yield data[:at] + b"\xff" * 8 + data[at + 8 :]


def _with(number: int, old: bytes, new: bytes) -> bytes:
    assert old in PDF_OBJECTS[number - 1]
    return pdf(*(text.replace(old, new) if at == number else text for at, text in enumerate(PDF_OBJECTS, 1)))


EVIL_PDFS = (
    _with(2, b"[3 0 R]", b"[2 0 R]"),  # pages that are their own children
    _with(2, b"/Count 1", b"/Count 999999999999"),
    _with(3, b"/Contents 4 0 R", b"/Contents [[[[4 0 R]]]]"),
    _with(3, b"/Contents 4 0 R", b"/Contents " + b"[" * 20000),
    _with(3, b"/Contents 4 0 R", b"/Contents 3 0 R"),
    _with(3, b"/Parent 2 0 R", b"/Parent 2 0 R/Annots 77 0 R"),
    _with(3, b"/F 5 0 R", b"/F 3 0 R"),
    _with(4, b"/Length 37", b"/Length 37/Filter/FlateDecode"),
    _with(4, b"/Length 37", b"/Length 37/Filter[/LZWDecode/ASCII85Decode]"),
    _with(4, b"/Length 37", b"/Length 4 0 R"),
)


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx", "txt"])
def test_no_damaged_attachment_crashes(suffix: str, tmp_path: Path) -> None:
    """Cut or flipped at any place, a PDF or Office file is measured as something, and quickly."""
    good = tmp_path / f"good.{suffix}"
    if suffix == "pdf":
        good.write_bytes(pdf_of_text())
    elif suffix == "txt":
        good.write_text(TEXT, "utf-8")
    else:
        with zipfile.ZipFile(good, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr(DOCX if suffix == "docx" else "xl/sharedStrings.xml", "<w:t>some</w:t><t>text</t>" * 40)
    assert measure(tmp_path, good.name).blank == ""
    evil = EVIL_PDFS if suffix == "pdf" else ()
    for data in (*_mutants(good.read_bytes()), *evil):
        (tmp_path / f"bad.{suffix}").write_bytes(data)
        start = time.monotonic()
        assert measure(tmp_path, f"bad.{suffix}").blank in ("", "zero-bytes", "no-content", "unreadable")
        assert time.monotonic() - start < 5
