"""Turns a folder of real documents into a site folder, so that the whole program can be tried on real text.

Run: python -m scripts.real_site notices SOURCE OUT
     python -m scripts.real_site laws SOURCE OUT
Then: python -m build_site build --site OUT

SOURCE holds Markdown that was not written for this program: notices with front matter of another kind, or laws with
front matter of a documentation tool or none. OUT gets `catalog.yaml` and `content/` and must be absent or empty.

What is kept: every body, byte for byte after the front matter, so that findings speak of the real text. What is
made: front matter from what the source says (title, date, document number, publisher, kind, attachments), an index
number counted through the years, a column from the kind or folder, and the six mandated columns with short texts
marked 示例. Nothing is invented for a document: an attachment that the source names and does not have stays named,
and is then a true finding.

Links. The layout of the source cannot survive (columns have two levels), so a relative link between two documents
would break by the move alone, and a report full of such links would speak of this script and not of the text.
Therefore `--relink` (default for laws) writes the new place into those link targets, and only those, whose file
exists in the source; whatever else stands in the bodies stays, so each link that is still reported was broken in the
source too. `--no-relink` (default for notices) leaves every byte of the bodies and lets the checker report what the
move broke. Files that bodies link to are copied beside their document.

`--drop-broken` then leaves out the documents that have findings which stop a build, again and again until none is
left, and names each with its findings: the rest must build to the end.
"""

from __future__ import annotations

import argparse
import json
import posixpath
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote

import yaml

from build_site.model.finding import Diagnostic, Severity
from build_site.output.build import check

Kind = Literal["notices", "laws"]
FIXED_DAY = date(2020, 1, 1)  # for a law that names no day
ORG_CODE = "000000000"
SECTION = "fdzdgknr"
_FENCE = re.compile(rb"\A(?:\xef\xbb\xbf)?-{3,}[ \t]*\r?\n(.*?)^-{3,}[ \t]*(?=\r?$)", re.DOTALL | re.MULTILINE)
_DAY = re.compile(r"[\s（(]*(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_TITLE = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1|(`+)[^`].*?\2|<!--.*?-->", re.DOTALL | re.MULTILINE)
_LINK = re.compile(
    r"\]\(\s*(?:<(?P<angle>[^>\n]*)>|(?P<plain>[^\s<>()]+(?:\([^\s()]*\)[^\s<>()]*)*))"
    r"|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?(?P<definition>[^\s>]+)"
    r"|\b(?:href|src)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')",
    re.MULTILINE | re.IGNORECASE,
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")

# By kind of notice: its column. A kind that is not here is filed under 其他.
_BY_KIND = {
    "信息公开指南": "zn",
    "公开制度": "zd",
    "年度报告": "nb",
    "依申请公开": "ysqgk",
    **dict.fromkeys(("通知", "通告", "公告", "命令", "决定", "意见", "规范性文件", "函", "批复"), f"{SECTION}/wj"),
    **dict.fromkeys(("公示", "人事任免", "招聘", "招考"), f"{SECTION}/rs"),
    **dict.fromkeys(("预决算", "数据发布", "统计"), f"{SECTION}/sj"),
    **dict.fromkeys(("办事指南", "许可", "处罚"), f"{SECTION}/fw"),
    **dict.fromkeys(("意见征集", "会议公开", "政务公开工作要点", "规划计划", "政策解读"), f"{SECTION}/gz"),
}
_NOTICE_COLUMNS = {
    "wj": "公告和文件",
    "rs": "公示和人事",
    "sj": "财政和数据",
    "fw": "办事服务",
    "gz": "公开工作",
    "qt": "其他",
}
_LAW_COLUMNS = {
    "constitution": "宪法",
    "constitutional-relevance": "宪法相关法",
    "civil-and-commercial": "民法商法",
    "administrative": "行政法",
    "economic": "经济法",
    "social": "社会法",
    "ecological-environment": "生态环境法",
    "criminal-law": "刑法",
    "procedural": "诉讼与非诉讼程序法",
    "category": "分类索引",
    "veterans": "退役军人和信息公开法规",
    "qt": "其他",
}
_TEXTS = {
    "zn": (
        "政府信息公开指南",
        "本页是示例，用来说明怎样在本站查找真实文件的测试副本，不能用来办理任何事项。正式网站在这里说明信息的分类、编排体系和获取方式，20个工作日的公开期限，以及投诉、行政复议和行政诉讼的途径。",
    ),
    "zd": (
        "政府信息公开制度",
        "本页是示例。正式网站在这里收录国家和本地关于政府信息公开的规定，以及本机关自己的工作制度。",
    ),
    "nb": (
        "政府信息公开工作年度报告",
        "本页是示例。正式网站在这里逐年公布本机关的政府信息公开工作年度报告，本站没有自己的报告。",
    ),
    "ysqgk": (
        "依申请公开",
        "本页是示例，本站不受理申请。正式网站在这里说明申请要写的姓名、身份证明和联系方式，信息的名称、文号或者其他特征，希望得到的形式，以及期限和收费，并提供申请表。",
    ),
}


@dataclass
class Source:
    """One Markdown file of the source: its path there, its front matter and its body, and what is made of it."""

    path: str
    meta: Mapping[str, object]
    body: bytes
    column: str = ""
    title: str = ""
    day: date = FIXED_DAY
    number: str = ""
    target: str = ""
    assets: dict[str, str] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """Return the value of the front matter's `key` as one line, or an empty string."""
        value = self.meta.get(key)
        return " ".join(str(value).split()) if value is not None and not isinstance(value, list | dict) else ""


@dataclass(frozen=True)
class Made:
    """What was written: the path in OUT of every source path, the copied files, how many links got a new target.

    `dropped` holds the documents left out again, by their path in OUT, with the findings that were the reason.
    """

    documents: Mapping[str, str]
    assets: tuple[str, ...]
    relinked: int
    as_of: date
    dropped: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)


class RefusedError(Exception):
    """OUT is not empty, or SOURCE holds no Markdown."""


def convert(kind: Kind, source: Path, out: Path, relink: bool | None = None, drop_broken: bool = False) -> Made:
    """Write the site OUT from the documents of SOURCE; raise `RefusedError` where that is not possible."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise RefusedError(f"{out} is not an empty folder")
    files = sorted(path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file())
    documents = [_read(source, path) for path in files if path.endswith(".md")]
    if not documents:
        raise RefusedError(f"{source} holds no Markdown file")
    for item in documents:
        _describe(item, kind)
    _join_parts(documents, kind)
    _number(documents)
    _find_assets(documents, frozenset(files))
    _place(documents)
    count = _relink(documents, frozenset(files)) if (kind == "laws" if relink is None else relink) else 0
    columns = _LAW_COLUMNS if kind == "laws" else _NOTICE_COLUMNS
    _write(out / "catalog.yaml", _catalogue(columns, documents).encode())
    for key, (title, text) in _TEXTS.items():
        head = {"title": f"{title}（示例）", "published": FIXED_DAY.isoformat()}
        _write(out / f"content/{key}/index.md", _front(head) + f"\n\n{text}\n".encode())
    for item in documents:
        _write(out / item.target, _front(_head(item)) + item.body)
        for path, name in item.assets.items():
            _write(out / name, (source / path).read_bytes())
    as_of = max(item.day for item in documents)
    made = Made(
        {item.path: item.target for item in documents},
        tuple(sorted(name for item in documents for name in item.assets.values())),
        count,
        as_of,
    )
    if not drop_broken:
        return made
    return Made(made.documents, made.assets, count, as_of, _drop_broken(out, as_of))


def _read(root: Path, path: str) -> Source:
    data = (root / path).read_bytes()
    match = _FENCE.match(data)
    if match:
        try:
            meta = yaml.load(match[1].decode("utf-8", "replace"), Loader=yaml.BaseLoader)
        except yaml.YAMLError:
            meta = None
        if isinstance(meta, dict):
            return Source(path, meta, data[match.end() :])
    return Source(path, {}, b"\n" + data.removeprefix(b"\xef\xbb\xbf"))


def _describe(item: Source, kind: Kind) -> None:
    text = item.body.decode("utf-8", "replace")
    heading = _TITLE.search(_CODE.sub("", text))
    written = "" if kind == "laws" else item.text("title")
    item.title = written or (heading[1].strip() if heading else "") or item.text("title") or Path(item.path).stem
    if kind == "laws":
        item.day = _first_day(text) or FIXED_DAY
        item.column = _law_column(item.path)
    else:
        item.day = _first_day(item.text("published_at")) or _first_day(item.text("date")) or FIXED_DAY
        item.column = _BY_KIND.get(item.text("kind"), f"{SECTION}/qt")


def _first_day(text: str) -> date | None:
    """Return the day with which the first line begins that begins with one."""
    for line in text.splitlines():
        match = _DAY.match(line)
        if match:
            try:
                return date(*map(int, match.groups()))
            except ValueError:
                continue
    return None


def _law_column(path: str) -> str:
    folders = path.split("/")[:-1]
    if "docs" in folders:
        folders = folders[folders.index("docs") + 1 :]
    key = re.sub(r"[^a-z0-9-]", "-", folders[0].lower()).lstrip("-0123456789") if folders else ""
    return f"{SECTION}/{key or 'qt'}"


def _join_parts(documents: list[Source], kind: Kind) -> None:
    """Give each part of a law that is split over files the law's day, and its title in front of the part's."""
    if kind != "laws":
        return
    titles = {posixpath.dirname(item.path): item for item in documents if posixpath.basename(item.path) == "README.md"}
    for item in documents:
        law = titles.get(posixpath.dirname(item.path))
        if law is not None and law is not item and not item.column.endswith(("/category", "/qt")):
            item.title, item.day = f"{law.title}　{item.title}", law.day


def _number(documents: list[Source]) -> None:
    serials: Counter[int] = Counter()
    for item in documents:
        serials[item.day.year] += 1
        item.number = f"{ORG_CODE}/{item.day.year}-{serials[item.day.year]:05d}"


def _links(text: str) -> Iterator[tuple[int, int, str]]:
    masked = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for match in _LINK.finditer(masked):
        group = match.lastgroup or "plain"
        yield match.start(group), match.end(group), match[group]


def _resolve(url: str, path: str, files: frozenset[str]) -> str:
    """Return the file of the source that `url` means in the file `path`, or an empty string.

    A page of the source has the address of its file with .html, a folder that of its README; an address from the
    root counts from whichever folder above has it.
    """
    bare = unquote(re.split(r"[?#]", url, maxsplit=1)[0])
    if not bare or _SCHEME.match(url):
        return ""
    folder = posixpath.dirname(path)
    bases = [folder]
    if bare.startswith("/"):
        parts = folder.split("/") if folder else []
        bases = ["/".join(parts[:count]) for count in range(len(parts), -1, -1)]
    for base in bases:
        wanted = posixpath.normpath(posixpath.join(base, bare.lstrip("/") or "."))
        stem = re.sub(r"\.html?$", ".md", wanted)
        for name in (wanted, stem, f"{wanted}.md", f"{wanted}/README.md", f"{wanted}/index.md"):
            if posixpath.normpath(name) in files:
                return posixpath.normpath(name)
    return ""


def _find_assets(documents: list[Source], files: frozenset[str]) -> None:
    """Note the files that a document links to or names as attachments; they are copied beside it."""
    for item in documents:
        named = item.meta.get("attachments")
        urls = [url for _, _, url in _links(item.body.decode("utf-8", "replace"))]
        urls += [quote(str(name)) for name in named] if isinstance(named, list) else []
        for url in urls:
            found = _resolve(url, item.path, files)
            if found and not found.endswith(".md"):
                item.assets[found] = ""


def _place(documents: list[Source]) -> None:
    taken: set[str] = set()
    for item in documents:
        name = _name(item.path)
        free, count = name, 1
        while (place := f"content/{item.column}/{free}").casefold() in taken:
            count += 1
            free = f"{name}-{count}"
        taken.add(place.casefold())
        item.target = f"{place}/index.md" if item.assets else f"{place}.md"
        used: set[str] = set()
        for path in item.assets:
            inside = posixpath.relpath(path, posixpath.dirname(item.path) or ".")
            inside = posixpath.basename(path) if inside.startswith("..") else inside
            while inside.casefold() in used | {"index.md"}:
                inside = "x" + inside
            used.add(inside.casefold())
            item.assets[path] = f"{place}/{inside}"


def _name(path: str) -> str:
    parts = path.removesuffix(".md").split("/")
    if "docs" in parts[:-1]:
        parts = parts[parts.index("docs") + 1 :]
    if parts[-1] in ("README", "index") and len(parts) > 1:
        parts = parts[:-1]
    name = "-".join(parts[1:] if len(parts) > 1 else parts)
    return "shouye" if name in ("README", "index") else name


def _relink(documents: list[Source], files: frozenset[str]) -> int:
    """Write the new place into each link target whose file exists in the source; return how many there were."""
    places = {item.path: item.target for item in documents}
    count = 0
    for item in documents:
        try:
            text = item.body.decode("utf-8")
        except UnicodeDecodeError:
            continue
        pieces, at = [], 0
        for start, end, url in _links(text):
            found = _resolve(url, item.path, files)
            place = places.get(found) or item.assets.get(found)
            if not place:
                continue
            tail = re.search(r"[?#].*", url)
            new = quote(posixpath.relpath(place, posixpath.dirname(item.target)), safe="/") + (tail[0] if tail else "")
            pieces += [text[at:start], new]
            at, count = end, count + 1
        item.body = "".join([*pieces, text[at:]]).encode()
    return count


def _head(item: Source) -> dict[str, object]:
    written = {
        "title": item.title,
        "index_no": item.number,
        "published": _moment(item),
        "doc_no": item.text("doc_number"),
        "issuer": item.text("publisher"),
        "category": item.text("kind"),
    }
    head: dict[str, object] = {key: value for key, value in written.items() if value}
    named = item.meta.get("attachments")
    if isinstance(named, list) and named:
        folder = posixpath.dirname(item.target)
        beside = {posixpath.basename(path): posixpath.relpath(place, folder) for path, place in item.assets.items()}
        head["attachments"] = [beside.get(str(name), str(name)) for name in named]
    return head


def _moment(item: Source) -> str:
    clock = re.search(r"[ T](\d{2}:\d{2})", item.text("published_at"))
    return item.day.isoformat() + (f" {clock[1]}" if clock else "")


def _front(head: Mapping[str, object]) -> bytes:
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    return "\n".join(["---", *lines, "---"]).encode()


def _catalogue(names: Mapping[str, str], documents: Iterable[Source]) -> str:
    used: dict[str, int] = defaultdict(int)
    for item in documents:
        used[item.column.partition("/")[2]] += 1
    order = [key for key in names if used[key]] + sorted(key for key in used if key and key not in names and used[key])
    children = [{"key": key, "title": names.get(key, key)} for key in order]
    kinds = {"zn": "指南", "nb": "年度报告", "ysqgk": "单页", "zd": "列表"}
    columns: list[dict[str, object]] = [
        {"key": key, "title": title, "kind": kinds[key], "empty": "必填"} for key, (title, _) in _TEXTS.items()
    ]
    columns.insert(2, {"key": SECTION, "title": "法定主动公开内容", "kind": "目录页", "children": children})
    columns.insert(4, {"key": "sljg", "title": "政府信息公开受理机构", "kind": "受理机构", "empty": "必填"})
    site = {
        "name": "真实文件测试站（示例）",
        "domain": "real.example.gov.cn",
        "site_code": "0000000000",
        "host": "真实文件测试站（示例）",
        "description": "用真实文件检验程序的测试站，机构信息都是示例，不能用来办事。",
        "org_code": ORG_CODE,
        "sample": True,
    }
    agency = {
        "department": "示例办公室",
        "address": "示例市示例路 1 号（示例）",
        "postcode": "000000",
        "hours": "工作日 9:00—17:00（示例）",
        "phone": "000-00000000",
        "fax": "000-00000000",
        "email": "shili@example.gov.cn",
        "checked": FIXED_DAY.isoformat(),
        "note": "以上都是示例数据，不能用来联系。",
    }
    return yaml.safe_dump({"site": site, "agency": agency, "columns": columns}, allow_unicode=True, sort_keys=False)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def drop(out: Path, found: Iterable[Diagnostic]) -> dict[str, tuple[Diagnostic, ...]]:
    """Remove from OUT the documents with findings that stop a build; return these by the document's path."""
    reasons: dict[str, tuple[Diagnostic, ...]] = {}
    for item in found:
        path = item.where.path
        if item.severity is Severity.ERROR and path.startswith("content/") and (out / path).is_file():
            reasons[path] = (*reasons.get(path, ()), item)
    for path in reasons:
        if path.endswith("/index.md") and path.count("/") > 2:
            shutil.rmtree(out / posixpath.dirname(path))
        else:
            (out / path).unlink()
    return reasons


def _drop_broken(out: Path, as_of: date) -> dict[str, tuple[Diagnostic, ...]]:
    dropped: dict[str, tuple[Diagnostic, ...]] = {}
    while more := drop(out, check(out, as_of).diagnostics):
        dropped |= more
    return dropped


def main() -> None:
    """Read the command line, convert, and say what was done."""
    parser = argparse.ArgumentParser(prog="python -m scripts.real_site", description="Make a site of real documents.")
    parser.add_argument("kind", choices=("notices", "laws"))
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--relink", action=argparse.BooleanOptionalAction, default=None)
    parser.add_argument("--drop-broken", action="store_true")
    given = parser.parse_args()
    try:
        made = convert(given.kind, given.source, given.out, given.relink, given.drop_broken)
    except RefusedError as refused:
        parser.exit(2, f"{refused}\n")
    for path, why in made.dropped.items():
        print(f"dropped {path}", *(f"{one.code} {one.where.line}: {one.message.zh}" for one in why), sep="\n    ")
    print(
        f"{len(made.documents) - len(made.dropped)} documents, {len(made.assets)} files, {made.relinked} links"
        f" rewritten, {len(made.dropped)} documents dropped; build with --as-of {made.as_of} or later"
    )


if __name__ == "__main__":
    main()
