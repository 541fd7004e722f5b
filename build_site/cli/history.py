"""`build-site history`: what the public could read at an address, and when.

Owns the words and the forms in which that is told. What is known is in `publishing.page_history`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from build_site.cli.telling import CLEAN, FINDINGS, USAGE, disk_message, say
from build_site.cli.theme_work import report
from build_site.loading.binding import entries
from build_site.loading.git import GitError, require_repository
from build_site.loading.placing import HOME
from build_site.model.finding import Lang, Message
from build_site.model.notice import Notice
from build_site.output.sources import read_site
from build_site.publishing.page_history import Change, PageHistory, Reading, Version, page_history

M = Message
_SHORT = 8


def show(root: Path, page: str, as_of: date, form: str, lang: Lang) -> int:
    """Print the history of `page`, an address, a URL or the path of a source; return the exit code: 1 when nothing is known of it."""
    try:
        site, faults = read_site(root, as_of)
        if site is None:
            return report(root, faults, lang, USAGE)
        require_repository(root)
        found = page_history(root, site, _asked(page, site.catalogue.site.base_path, root))
    except GitError as error:
        say(M(f"✘ {error.message.zh}\n{error.help.zh}", f"✘ {error.message.en}\n{error.help.en}"), lang)
        return USAGE
    except OSError as error:
        say(disk_message(error), lang)
        return USAGE
    if found is None:
        say(M(f"✘ 没有 {page} 的记录。写专栏里的地址，如 wj/2020/00022.html，或者源文件，如 content/zd/2020-00022.md", f"✘ nothing is recorded of {page}. Write an address like wj/2020/00022.html, or a source like content/zd/2020-00022.md"), lang)  # fmt: skip
        return FINDINGS
    sys.stdout.write(f"{json.dumps(asdict(found), ensure_ascii=False, indent=1)}\n" if form == "json" else "".join(f"{line.text(lang)}\n" for line in told(found)))  # fmt: skip
    sys.stdout.flush()
    return CLEAN


def _asked(page: str, base_path: str, root: Path) -> str:
    """Return the address or source that is meant by what was written: a URL, a path from here, a folder of the site."""
    file = Path(page)
    if file.exists() and file.resolve().is_relative_to(root.resolve()):
        return file.resolve().relative_to(root.resolve()).as_posix()
    path = unquote(urlsplit(page).path) if "://" in page else page
    path = path.removeprefix(base_path) if path.startswith("/") else path
    return f"{path}{HOME}" if path == "" or path.endswith("/") else path.lstrip("/")


def told(found: PageHistory) -> Iterator[Message]:
    """Yield the history in words, a line each."""
    yield M(f"{found.address}  {found.title}".rstrip(), f"{found.address}  {found.title}".rstrip())
    if found.moved_to:
        yield M(f"现在改到 {found.moved_to}", f"moved to {found.moved_to}")
    if found.withdrawn:
        yield M(f"已撤下：{found.withdrawn}", f"withdrawn: {found.withdrawn}")
    if found.others:
        listed = "、".join(found.others)
        yield M(f"旧地址：{listed}", f"earlier addresses: {listed}")
    for number, (commit, day) in enumerate(found.recorded):
        first = (
            M("记进 urls.lock", "recorded in urls.lock")
            if not number
            else M("urls.lock 里又有改动", "urls.lock changed again")
        )
        yield M(f"{day}  {first.zh}（提交 {commit[:_SHORT]}）", f"{day}  {first.en} (commit {commit[:_SHORT]})")
    yield M("", "")
    yield M("写了什么（Git 里的版本）", "what was written (versions in Git)")
    if not found.versions:
        yield M(
            "  这一页由许多文章组成，没有自己的源文件",
            "  this page is made of many documents and has no source of its own",
        )
    for version in found.versions:
        yield from _version(version)
    yield M("", "")
    yield M("公众看到什么（发布的回执）", "what the public could read (receipts of publishing)")
    if not found.receipts:
        yield M("  没有回执，说不出公众什么时候看到；回执由 build-site publish 留在 receipts/ 里", "  there is no receipt, so nothing is known; `build-site publish` leaves them in receipts/")  # fmt: skip
    elif not found.readings:
        yield M("  发布过的网站里都没有这个地址", "  no site that was published had this address")
    for reading in found.readings:
        yield _reading(reading)


def _version(version: Version) -> Iterator[Message]:
    number = f"  {version.number}."
    if not version.commit:
        yield M(f"{number} 还没有提交的改动", f"{number} changes that are not committed yet")
    else:
        when = version.moment[:16].replace("T", " ")
        verb = M("删除了文件", "the file was removed") if version.gone else M("", "")
        yield M(
            f"{number} {when}  {version.author}  提交 {version.commit[:_SHORT]}  {version.path}  {verb.zh}".rstrip(),
            f"{number} {when}  {version.author}  commit {version.commit[:_SHORT]}  {version.path}  {verb.en}".rstrip(),
        )
    for change in version.changes:
        yield _change(change)


def _change(change: Change) -> Message:
    if change.key == "body":
        return M(
            f"     正文：增 {change.added} 行，删 {change.taken} 行",
            f"     body: {change.added} lines added, {change.taken} taken out",
        )
    if change.key == "path":
        return M(f"     改名：{change.old} → {change.new}", f"     renamed: {change.old} → {change.new}")
    aliases = {entry.name: entry.spec.aliases for entry in entries(Notice)}[change.key]
    name = next((alias for alias in aliases if not alias.isascii()), change.key)
    old, new = change.old or M("没有写", "nothing").zh, change.new or M("没有写", "nothing").zh
    if old == new:
        return M(f"     {name}：有改动", f"     {change.key}: changed")
    return M(f"     {name}：{old} → {new}", f"     {change.key}: {change.old or 'nothing'} → {change.new or 'nothing'}")


def _reading(reading: Reading) -> Message:
    since, until = (moment[:19].replace("T", " ") for moment in (reading.since, reading.until))
    zh, en = (f"{since} 到 {until}", f"{since} to {until}") if until else (f"{since} 起到现在", f"since {since}")
    if not reading.there:
        what = M("没有这一页", "nothing at this address")
    elif reading.version:
        what = M(f"第 {reading.version} 版", f"version {reading.version}")
    else:
        what = M("有这一页，对不上哪一个版本", "a page, of a version that is not known")
    sha = f"  SHA-256 {reading.sha256[:16]}" if reading.sha256 else ""
    return M(f"  {zh}（UTC）  {reading.target}  {what.zh}{sha}", f"  {en} (UTC)  {reading.target}  {what.en}{sha}")
