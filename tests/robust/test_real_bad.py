"""Traps collected from real documents: front matter, encodings, file names, scripts, Chinese Markdown."""

from __future__ import annotations

import html.parser
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.robust.real import REASON, real, rows
from tests.robust.sandbox import TEXT, Result, build, check, make_site, no_crash, notice, page_of, pdf_of_text

pytestmark = pytest.mark.skipif(real("bad") is None, reason=REASON)

TRAPS = rows("bad/front-matter-traps.json")
SCRIPTS = rows("bad/xss.jsonl")
NAMES = rows("bad/filenames.jsonl")
MARKDOWN = rows("bad/markdown-traps.jsonl")
URLS = ("href", "src", "srcset", "action", "data", "poster", "cite", "formaction", "xlink:href", "background")


class Page(html.parser.HTMLParser):
    """What stands in a built page: every tag with its attributes, and the text of the first heading."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.heading = ""
        self._inside = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag == "h1" or self._inside

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "h1"

    def handle_data(self, data: str) -> None:
        self.heading += data if self._inside else ""


def _findings_by_file(site: Path, total: int) -> dict[str, list[dict[str, Any]]]:
    """Check a site and return its findings by file; every position lies inside its file."""
    result = check(site, "--format", "json")
    no_crash(result)
    found: dict[str, list[dict[str, Any]]] = {}
    for row in result.findings:
        found.setdefault(row["path"], []).append(row)
        file = site / row["path"]
        if row["line"] and file.is_file():
            data = file.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
            lines = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            assert 1 <= row["line"] <= len(lines), row
            assert row["column"] is None or 1 <= row["column"] <= len(lines[row["line"] - 1]) + 1, row
    assert result.code == (1 if any(row["severity"] == "error" for row in result.findings) else 0)
    assert total, "no trap was read"
    return found


def _build_the_rest(site: Path, found: dict[str, list[dict[str, Any]]]) -> Result:
    """Remove the documents that have an error and build what is left."""
    for path, list_ in found.items():
        if any(row["severity"] == "error" for row in list_) and path.startswith("content/"):
            (site / path).unlink()
    result = build(site)
    assert result.code == 0, result.all[-3000:]
    return result


def _numbered(tmp: Path, texts: list[str]) -> Path:
    site = make_site(tmp / "site")
    for number, text in enumerate(texts):
        (site / f"content/zd/t{number}.md").write_bytes(text.encode("utf-8", "surrogatepass"))
    return site


@pytest.fixture(scope="module")
def bare_traps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """The findings of every front-matter trap, written as it is."""
    site = _numbered(tmp_path_factory.mktemp("bare"), [f"---\n{row['yaml']}\n---\n\n{TEXT}\n" for row in TRAPS])
    return _findings_by_file(site, len(TRAPS))


@pytest.mark.parametrize("number", range(len(TRAPS)), ids=lambda n: TRAPS[n]["yaml"])
def test_a_front_matter_trap_is_told(number: int, bare_traps: dict[str, list[dict[str, Any]]]) -> None:
    """A front matter without index number or date is never accepted, whatever else stands in it."""
    assert bare_traps.get(f"content/zd/t{number}.md")


def _completed(number: int) -> str:
    line = TRAPS[number]["yaml"].replace("date:", "published:", 1)
    line = re.sub(r"\b(doc_number|phone|postcode|version|amount|x)(?=[ :：])", "title", line)
    more = f"index_no: 000000000/2020-{number + 100:05d}\n"
    if not re.search(r"title|标题", line):
        more += "title: 关于陷阱的通知\n"
    if "published" not in line:
        more += "published: 2020-11-17\n"
    return f"---\n{line}\n{more}---\n\n{TEXT}\n"


@pytest.fixture(scope="module")
def full_traps(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[dict[str, Any]]]]:
    """The traps in front matters that are complete but for them, built without those that have a finding."""
    site = _numbered(tmp_path_factory.mktemp("full"), [_completed(number) for number in range(len(TRAPS))])
    found = _findings_by_file(site, len(TRAPS))
    _build_the_rest(site, found)
    return site, found


@pytest.mark.parametrize("number", range(len(TRAPS)), ids=lambda n: TRAPS[n]["yaml"])
def test_a_front_matter_trap_is_told_or_kept_as_text(
    number: int, full_traps: tuple[Path, dict[str, list[dict[str, Any]]]]
) -> None:
    """Either a finding, or the value reaches the page letter for letter: never a number, a truth value, a loss."""
    site, found = full_traps
    if found.get(f"content/zd/t{number}.md"):
        return
    page = (site / "public" / page_of(number + 100)).read_text("utf-8")
    head = yaml.load(_completed(number).split("---")[1], Loader=yaml.BaseLoader)
    title = head.get("title") or head.get("标题")
    assert Page(page).heading.strip() == title
    day = re.match(r"\d{4}-\d{2}-\d{2}", head["published"])
    assert day and (day[0] in page or "年".join(day[0].split("-")[:1]) in page)


ERRORS = [
    row["yaml"]
    for row in TRAPS
    if re.search("报错|错误|未定义|未闭合|被吃|未知标签|重复键|非映射|整行成标量|合并键|递归", row["expect"])
]


@pytest.mark.parametrize("trap", ERRORS)
def test_an_unreadable_front_matter_is_an_error(
    trap: str, full_traps: tuple[Path, dict[str, list[dict[str, Any]]]]
) -> None:
    """What YAML refuses or swallows is an error, or (numbers) kept as the text that was written."""
    number = next(n for n, row in enumerate(TRAPS) if row["yaml"] == trap)
    site, found = full_traps
    if any(row["severity"] == "error" for row in found.get(f"content/zd/t{number}.md", [])):
        return
    value = trap.partition(":")[2].strip()
    assert value in Page((site / "public" / page_of(number + 100)).read_text("utf-8")).heading


@pytest.fixture(scope="module")
def encodings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, set[str]], dict[str, bytes]]:
    """Every encoding of the regulation, with its keys changed to ours; its findings; its page if it has one."""
    folder = real("bad/encodings")
    assert folder
    site = make_site(tmp_path_factory.mktemp("encodings") / "site")
    found: dict[str, set[str]] = {}
    pages: dict[str, bytes] = {}
    file = site / "content/zd/t.md"
    for source in sorted(folder.glob("*.md")):
        ours = b"published: 2024-09-27\nindex_no: 000000000/2024-00791\nwritten: 2024-09-20\ndoc_no:"
        data = source.read_bytes()
        for end in (b"\r\n", b"\r", b"\n"):
            data = data.replace(b"date: 2024-09-27" + end + b"doc_number:", ours.replace(b"\n", end))
        assert b"date: 2024" not in data
        file.write_bytes(data)
        result = check(site, "--format", "json")
        no_crash(result)
        found[source.name] = result.names("content/zd/t.md")
        if not found[source.name]:
            assert build(site).code == 0
            pages[source.name] = (site / "public/wj/2024/00791.html").read_bytes()
    return site, found, pages


ENCODINGS = json.loads(file.read_text("utf-8")) if (file := real("bad/encodings/EXPECT.json")) else {}


@pytest.mark.parametrize("name", ENCODINGS)
def test_an_encoding_gives_the_same_page_or_a_finding(
    name: str, encodings: tuple[Path, dict[str, set[str]], dict[str, bytes]]
) -> None:
    """Marks and line ends give the control's page; other encodings, cuts and NUL are findings."""
    _, found, pages = encodings
    expect = ENCODINGS[name]
    control = pages["00-control-utf8-lf.md"]
    if "empty body" in expect:
        assert found[name] <= {"link-to-empty-page", "empty-page"}
    elif expect.startswith("accept"):
        assert not found[name] and pages[name] == control
    else:
        wanted = {
            "GBK": "undecodable-text",
            "mixed": "undecodable-text",
            "cut": "undecodable-text",
            "NUL": "control-character",
        }
        rule = next((rule for word, rule in wanted.items() if word in expect), "front-matter-")
        assert any(one.startswith(rule) for one in found[name]), found[name]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]], set[str], str]:
    """A site with a file of every name that this disk can hold; its findings; the names it holds; what was told."""
    site = make_site(tmp_path_factory.mktemp("names") / "site")
    made = set()
    for number, row in enumerate(NAMES):
        name = row["name"]
        file = site / "content/zd" / name
        if "/" in name or "\0" in name or name in (".", ".."):
            continue
        try:
            if file.exists():
                continue  # this disk does not tell the two apart
            file.write_text(notice(number + 100), "utf-8")
        except (OSError, ValueError):
            continue
        made.add(name)
    result = check(site, "--format", "json")
    no_crash(result)
    return site, result.findings, made, result.all


@pytest.mark.parametrize("number", range(len(NAMES)), ids=lambda n: ascii(NAMES[n]["name"])[:40])
def test_a_file_name_is_refused_accepted_or_left_out(
    number: int, named: tuple[Path, list[dict[str, Any]], set[str], str]
) -> None:
    """Names that cannot exist on Windows or deceive are refused, Chinese ones accepted, programs' own left out."""
    _, findings, made, _ = named
    name, expect = NAMES[number]["name"], NAMES[number]["expect"]
    if name not in made:
        pytest.skip("this disk cannot hold such a name, or takes it for another one")
    shown = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in name)
    of_it = [row for row in findings if row["path"] == f"content/zd/{shown}"]
    unsafe = any(row["name"] == "unsafe-file-name" for row in of_it)
    if expect.startswith("拒绝") and "WARN" not in expect:
        assert unsafe or (name.startswith(".") and name != ".md" and not of_it)  # hidden files are left out
    elif expect.startswith("忽略"):
        assert not of_it
    elif expect.startswith(("允许", "当字面")) and "WARN" not in expect:
        assert not unsafe
    elif "大小写" in expect or ("冲突" in expect and "A.md" in expect):
        assert any(
            row["name"] == "unsafe-file-name" and row["path"].casefold() == "content/zd/a.md" for row in findings
        )
    else:  # may be accepted or refused, but is never lost in silence
        assert of_it or name.endswith(".md")


def test_no_raw_control_character_is_printed(named: tuple[Path, list[dict[str, Any]], set[str], str]) -> None:
    """Names with control and direction characters are shown harmlessly, also in plain text."""
    site, _, _, told = named
    text = check(site).all + told
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[dict[str, Any]]]]:
    """Every payload in a body of its own; the site is built without the documents that have a finding."""
    texts = [notice(number + 100, body=f"{TEXT}\n\n{row['payload']}\n\n{TEXT}") for number, row in enumerate(SCRIPTS)]
    site = _numbered(tmp_path_factory.mktemp("scripts"), texts)
    found = _findings_by_file(site, len(SCRIPTS))
    _build_the_rest(site, found)
    return site, found


_THEME: dict[str, Callable[[dict[str, str]], bool]] = {
    "script": lambda attrs: (
        attrs == {"type": "application/ld+json"}
        or (
            set(attrs) == {"src"}
            and re.fullmatch(r"(?:[./]|zfxxgk)*/?assets/(?:site|verify)-[0-9a-f]{10}\.js", attrs["src"]) is not None
        )
    ),
    "form": lambda attrs: (
        (attrs.get("role") == "search" or attrs.get("data-verify") == "manifest.json")
        and "://" not in attrs.get("action", "://")
    ),
    "input": lambda attrs: attrs.get("name") == "q" or attrs.get("id") in ("v-page", "v-paper"),
    "svg": lambda attrs: (
        "chart" in attrs.get("class", "").split() or set(attrs) <= {"x", "y", "width", "height", "overflow"}
    ),
}


def _assert_harmless(text: str) -> None:
    for tag, attrs in Page(text).tags:
        assert tag not in {"iframe", "object", "embed", "base", "math", "template"}, tag
        if tag in _THEME:  # only as the theme itself writes them
            assert _THEME[tag](attrs), (tag, attrs)
        for name, value in attrs.items():
            assert not name.startswith("on") and name not in ("srcdoc", "formaction"), name
            url = re.sub(r"[\s\x00-\x20\u2028\u2029\u180e\u200b]", "", value).lower()
            assert name not in URLS or not url.startswith(("javascript:", "vbscript:", "data:text", "data:,")), value
        if tag == "meta":
            assert attrs.get("http-equiv", "").lower() != "refresh"
    assert text.count("<style") == 0


@pytest.mark.parametrize("number", range(len(SCRIPTS)), ids=lambda n: str(n))
def test_a_script_is_refused_or_harmless(number: int, scripts: tuple[Path, dict[str, list[dict[str, Any]]]]) -> None:
    """A body with injected markup fails, or its page holds no script, no handler, no script address."""
    site, found = scripts
    if any(row["severity"] == "error" for row in found.get(f"content/zd/t{number}.md", [])):
        return
    _assert_harmless((site / "public" / page_of(number + 100)).read_text("utf-8"))


def test_scripts_in_every_other_place_are_harmless(tmp_path: Path) -> None:
    """Titles, names, attachments' titles and the catalogue file are escaped on every page."""
    evil = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
    quoted = json.dumps(evil, ensure_ascii=False)
    more = "".join(
        f"{key}: {quoted}\n"
        for key in ("发文字号", "发布机构", "来源", "公文种类", "主题分类", "内容概述", "责任处室", "咨询电话")
    )
    more += f"成文日期: 2020-11-16\n关键词: [{quoted}]\n附件: [{{文件: s.txt, 名称: {quoted}}}]\n更正记录: [{{日期: 2020-11-18, 说明: {quoted}}}]\n"
    site = make_site(
        tmp_path / "site",
        f"  - {{key: yj, title: '\"&<img src=x onerror=alert(1) ', description: {quoted}, owner: {quoted}}}\n",
    )
    (site / "content/yj").mkdir()
    (site / "content/yj/t.md").write_text(notice(5, quoted, more=more), "utf-8")
    (site / "content/yj/s.txt").write_text(TEXT, "utf-8")
    file = site / "catalog.yaml"
    file.write_text(
        file.read_text("utf-8").replace("host: 某市", f"description: {quoted}\n  icp: {quoted}\n  host: 某市"), "utf-8"
    )
    result = build(site)
    no_crash(result)
    assert result.code == 0, result.all[-3000:]
    pages = sorted((site / "public").rglob("*.html"))
    assert len(pages) > 8
    for page in pages:
        _assert_harmless(page.read_text("utf-8"))
    assert "&lt;script&gt;" in (site / "public" / page_of(5)).read_text("utf-8")


@pytest.fixture(scope="module")
def markdown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[dict[str, Any]]]]:
    """Every Markdown trap as a body of its own."""
    texts = [notice(number + 100, body=f"{TEXT}\n\n{row['markdown']}\n\n{TEXT}") for number, row in enumerate(MARKDOWN)]
    site = _numbered(tmp_path_factory.mktemp("markdown"), texts)
    for name in ("《通知》.pdf", "名单 一.pdf", "a.pdf"):
        (site / "content/zd" / name).write_bytes(pdf_of_text())
    found = _findings_by_file(site, len(MARKDOWN))
    _build_the_rest(site, found)
    return site, found


@pytest.mark.parametrize("number", range(len(MARKDOWN)), ids=lambda n: ascii(MARKDOWN[n]["markdown"])[:40])
def test_a_markdown_trap_is_told_or_kept(number: int, markdown: tuple[Path, dict[str, list[dict[str, Any]]]]) -> None:
    """No trap crashes; without a finding every letter of it stands on the page; what is no link makes none."""
    site, found = markdown
    list_ = found.get(f"content/zd/t{number}.md", [])
    trap = MARKDOWN[number]
    if trap["expect"] == "普通文字" or re.search("[（）【】]", trap["markdown"]):
        assert not any(row["name"].startswith("link-to") for row in list_)
    if any(row["severity"] == "error" for row in list_):
        assert all(row["line"] for row in list_)
        return
    page = (site / "public" / page_of(number + 100)).read_text("utf-8")
    text = re.sub(r"<[^>]*>|\s", "", page)
    for word in re.findall("[\u4e00-\u9fff]{2,}", re.sub(r"\]\([^)]*\)", "", trap["markdown"])):
        assert word in text, word
    if "删除线" in trap["expect"]:
        assert "<del>" not in page and "<s>" not in page
