"""The archive of a year: what the public could read of that year's documents, in one file that opens without a server.

Owns which files belong to it, and what stands at the addresses of those that do not. Must not know how a document is made, nor how
anything is signed.

Every file of the site in it is byte for byte the published one, so it is still what the site's own manifest and its signatures say; these are
carried along. The archive has a manifest of its own besides, which can be signed like a site's.
Pages that it links to and does not hold are stood in for by a few words with the full address.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from build_site.loading.markup import attributes, tokens, url_values
from build_site.loading.placing import NOT_FOUND, is_page
from build_site.model.finding import Message
from build_site.model.site import Document, Reach, Site, Standing
from build_site.output.manifest import (
    MANIFEST_NAME,
    SUMS_NAME,
    FileEntry,
    entry_of,
    is_signature,
    manifest_text,
    sums_text,
)
from build_site.publishing.archive import pack
from build_site.publishing.refusal import RefusedError
from build_site.publishing.release import Release, is_companion
from build_site.rendering.absolute import absolute

M = Message
ORIGINAL = "original/"
"""Where the site's own manifest lies, with its checksums and signatures."""
README = "README.txt"
_ASSETS = "assets/"
_YEAR_LIST = re.compile(r"(?:.+/)?(\d{4})/(?:index|\d+)\.html")


@dataclass(frozen=True)
class Archive:
    """What belongs to the archive of a year: `published` files of the site by address, `made` ones with their content. `documents` is the
    number of that year's documents, `absent` that of the pages that are only stood in for.
    """

    year: int
    as_of: date
    published: Mapping[str, FileEntry]
    made: Mapping[str, bytes]
    documents: int
    absent: int


def archive(site: Site, release: Release, year: int) -> Archive:
    """Return what belongs to the archive of `year` of a built site that was compared with its manifest.

    Raises RefusedError when there is nothing of that year, or the site was built from other sources; OSError when the disk fails.
    """
    documents = {document.address: document for document in site.documents if not document.intro}
    wanted = {address for address, document in documents.items() if _year(document) == year}
    if not wanted:
        raise RefusedError(
            M(f"{year} 年没有公开过文件", f"no document was published in {year}"), M("换一个年份", "name another year")
        )
    missing = sorted(wanted - release.files.keys())
    if missing:
        raise RefusedError(
            M(f"生成的网站里没有 {missing[0]} 等 {len(missing)} 篇", f"the built site lacks {len(missing)} documents, {missing[0]} among them"),
            M("先运行 build-site build，再归档", "run build-site build first, then archive"),
        )  # fmt: skip
    kept = {address for address in release.files if _always(address, year, documents, site)} | wanted
    for address in wanted:
        kept |= _files_of(documents[address]) & release.files.keys()
    linked = _linked(release, kept)
    kept |= {address for address in linked if address in release.files and not is_page(address)}
    absent = sorted(address for address in linked - kept if is_page(address) and address in release.files)
    published = {address: release.files[address] for address in sorted(kept)}
    stand_ins = {address: _stand_in(site, address, year) for address in absent}
    made = {README: _readme(site, release, year, len(wanted)), **stand_ins}
    made |= {f"{ORIGINAL}{name}": (release.folder / name).read_bytes() for name in release.files if is_companion(name)}
    entries = {**published, **{address: entry_of(data) for address, data in made.items()}}
    made[MANIFEST_NAME] = manifest_text(entries, release.as_of.isoformat()).encode()
    entries[MANIFEST_NAME] = entry_of(made[MANIFEST_NAME])
    made[SUMS_NAME] = sums_text(entries).encode()
    return Archive(year, release.as_of, published, made, len(wanted), len(absent))


def _year(document: Document) -> int:
    """Return the year in which a document was published, 0 for one that the public has not seen."""
    day = document.notice.published_on if document.standing in (Standing.PUBLISHED, Standing.WITHDRAWN) else None
    return day.year if day else 0


def _always(address: str, year: int, documents: Mapping[str, Document], site: Site) -> bool:
    """Return whether a file is among those by which documents are found: a page about the site or a column, a list of all years or
    of this one, a file of the theme.
    """
    if not is_page(address):
        return address.startswith(_ASSETS)
    if address in documents or address in site.redirects or address == NOT_FOUND:
        return False
    listed = _YEAR_LIST.fullmatch(address)
    return listed is None or int(listed[1]) == year


def _files_of(document: Document) -> frozenset[str]:
    targets = (*document.targets, *(reference.target for reference in document.references))
    found = {file.address for file in document.files}
    return frozenset(found | {target.address for target in targets if target.reach is Reach.FILE})


def _linked(release: Release, pages: set[str]) -> set[str]:
    """Return the addresses within the site to which the HTML pages among `pages` link."""
    found = set()
    for address in pages:
        if is_page(address):
            html = (release.folder / address).read_text("utf-8", "replace")
            found |= set(_targets(address, html))
    return found


def _targets(address: str, html: str) -> Iterator[str]:
    folder = posixpath.dirname(address)
    for token in tokens(html, blanks=False):
        if token.kind not in ("open", "raw") or not token.attrs:
            continue
        for url in url_values(token.name, attributes(token.attrs)):
            parts = urlsplit(url)
            if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
                continue
            path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
            yield posixpath.join(path, "index.html") if parts.path.endswith("/") else path


def _stand_in(site: Site, address: str, year: int) -> bytes:
    url, back = escape(absolute(site, address)), "../" * address.count("/") + "index.html"
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>没有收进归档</title>\n</head>\n<body>\n'
        f"<h1>没有收进归档</h1>\n<p>这里是 {year} 年的归档，这一页不是 {year} 年的文件，没有收进来。网上的地址：</p>\n"
        f'<p><a href="{url}">{url}</a></p>\n<p><a href="{back}">回到首页</a></p>\n</body>\n</html>\n'
    ).encode()


def _readme(site: Site, release: Release, year: int, documents: int) -> bytes:
    info = site.catalogue.site
    signed = any(is_signature(name) for name in release.files)
    sure = "它的签名也在 original/ 里，怎样核验见 heyan.html。" if signed else ""
    return (
        f"{info.host}　{info.title}　{year} 年归档\n\n"
        f"收进了 {year} 年发布的全部文件 {documents} 篇、它们的附件，和用来找到它们的页面，都是 {release.as_of} 生成的网站里的原样。\n"
        "打开 index.html 就能看，不用联网；全部文件的目录在 mulu/ 里。没有收进来的页面，点开会写明网上的地址。\n\n"
        f"{absolute(site, '')}\n\n"
        "核对有没有缺损：在这个文件夹里运行 sha256sum -c SHA256SUMS。manifest.json 是归档的清单，旁边有 .sig 文件的，是对它的签名。\n"
        f"original/manifest.json 是整个网站的清单，网站文件的 SHA-256 都写在里面。{sure}\n"
    ).encode()


def write(folder: Path, made: Archive, file: Path, sign: Callable[[Path], object]) -> str:
    """Write the archive of the site built in `folder` as the ZIP `file`, and return its SHA-256; the same archive has the same bytes.

    `sign` is given the folder with everything in it before it is packed, and may add signatures of its manifest. Raises RefusedError when a
    file is no longer as the manifest says, FileExistsError rather than write over an earlier archive, OSError when the disk fails; then nothing is
    left behind, as when `sign` raises.
    """
    if file.exists():
        raise FileExistsError(file)
    with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=file.absolute().parent) as aside:
        laid = Path(aside) / "laid"
        for address in made.published:
            _take(folder / address, laid / address)
            if entry_of((laid / address).read_bytes()) != made.published[address]:
                raise RefusedError(
                    M(f"{address} 和生成时不一样", f"{address} is not as it was built"),
                    M("重新运行 build-site build，再归档", "run build-site build again, then archive"),
                )
        for address, data in made.made.items():
            (laid / address).parent.mkdir(parents=True, exist_ok=True)
            (laid / address).write_bytes(data)
        sign(laid)
        packed = Path(aside) / "packed.zip"
        names = sorted(place.relative_to(laid).as_posix() for place in laid.rglob("*") if place.is_file())
        pack(packed, {name: laid / name for name in names}, made.as_of)
        with packed.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        packed.rename(file)
    return digest


def _take(source: Path, target: Path) -> None:
    """Put the file `source` at `target` too: under a second name where the disk can do that, else as a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copyfile(source, target)
