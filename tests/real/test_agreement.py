"""Our verdicts on links against LinkChecker's, link by link, on the sample site and on real documents.

A build refuses a site with broken links, so here every page is rendered all the same, and LinkChecker sees what a reader
would have seen. A disagreement stands in `EXPLAINED` with its reason, or it is a bug of one of the two.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from build_site.model.events import events
from build_site.model.finding import Diagnostic
from build_site.output.build import check
from build_site.output.crawl import Tour, crawl
from build_site.output.manifest import MANIFEST_NAME, manifest_text
from build_site.output.sources import read_site
from build_site.rendering.generated import generated_files
from build_site.rendering.plan import plan
from build_site.rendering.render import make_renderer
from build_site.rendering.shared_view import shared_view
from build_site.rendering.theme import load_theme
from scripts.real_site import Kind, convert
from tests.real.crawling import needs_linkchecker
from tests.robust.real import REASON, real
from tests.robust.sandbox import AS_OF, ROOT

pytestmark = needs_linkchecker
OURS = {"LNK101": "missing", "LNK102": "missing", "LNK107": "missing", "LNK106": "missing", "LNK103": "anchor"}
THEIRS = {"CRW101": "missing", "CRW102": "anchor"}
Verdict = tuple[str, str, int]
"""What is wrong, the source file, the line."""

EXPLAINED: Mapping[str, str] = {
    "ours: attachment": "an attachment that is listed in the front matter and not there is not rendered, so there is no link",
}


def write_all(root: Path, as_of: date, out: Path) -> None:
    """Render a site whatever its findings are, with a manifest by which it passes for built."""
    site, _ = read_site(root, as_of)
    assert site is not None
    info = site.catalogue.site
    theme = load_theme(root, info.theme, info.at("theme"))
    renderer = make_renderer(theme, shared_view(site), info.trusted)
    files = {page.address: renderer.page(page.view(), page.address)[0].encode() for page in plan(site, events(site))}
    files |= dict(generated_files(site, events(site)))
    files |= {address: (root / source).read_bytes() for address, source in site.files.items()}
    files |= dict(theme.static.values())
    files[MANIFEST_NAME] = manifest_text({}, as_of.isoformat()).encode()
    for address, data in files.items():
        (out / address).parent.mkdir(parents=True, exist_ok=True)
        (out / address).write_bytes(data)


def verdicts(found: tuple[Diagnostic, ...], kinds: Mapping[str, str]) -> set[Verdict]:
    return {(kinds[item.code], item.where.path, item.where.line) for item in found if item.code in kinds}


def disagreements(root: Path, as_of: date, out: Path, anchors: bool = True) -> tuple[dict[str, set[Verdict]], int]:
    """Return the verdicts of one side alone under the name of the reason, "" for none, and how many both share."""
    write_all(root, as_of, out)
    by_us = check(root, as_of).diagnostics
    ours = verdicts(by_us, OURS)
    theirs = verdicts(crawl(Tour(root, out, as_of, anchors=anchors), lambda step, done, of: None).diagnostics, THEIRS)
    attached = {item.where.path for item in by_us if item.code == "LNK102" and item.message.zh.startswith("附件：")}
    found: dict[str, set[Verdict]] = {}
    for side, only in (("ours", ours - theirs), ("theirs", theirs - ours)):
        for verdict in only:
            why = "attachment" if side == "ours" and verdict[1] in attached else ""
            found.setdefault(f"{side}: {why}", set()).add(verdict)
    return found, len(ours & theirs)


def test_the_sample_site(tmp_path: Path) -> None:
    """Broken in seven ways, it is judged alike."""
    ignored = shutil.ignore_patterns("public", ".*", "tests", "build_site", "docs", "scripts")
    shutil.copytree(ROOT, tmp_path / "site", ignore=ignored)
    links = [
        "[甲](../zd/nowhere.md)", "[乙](没有.pdf)", "[丙](../zn/index.md#没有这一节)", "[丁](/nb/none.html)",
        "[戊](mailto:nobody)", "[己](<有 空格.docx>)", "[庚](no%20such/a.html?x=1#y)", "[好](../zn/index.md)",
    ]  # fmt: skip
    text = "本文故意写了几个打不开的链接，用来比较两个检查程序的结果是否完全一致，别无他意。"
    head = "---\n标题: 坏链接\n编号: broken\n发布日期: 2026-11-01\n---"
    (tmp_path / "site/content/zd/broken.md").write_text("\n\n".join([head, text, *links]) + "\n", "utf-8")
    found, shared = disagreements(tmp_path / "site", date.fromisoformat(AS_OF), tmp_path / "out")
    assert found == {}
    assert shared == 7


@pytest.mark.skipif(real("notices") is None or real("laws") is None, reason=REASON)
@pytest.mark.parametrize(("kind", "anchors", "least"), [("notices", True, 0), ("laws", False, 5)])
def test_real_documents(kind: Kind, anchors: bool, least: int, tmp_path: Path) -> None:
    """Links as their authors wrote them, most of which lead nowhere once the documents stand elsewhere."""
    source = real(kind)
    assert source is not None
    made = convert(kind, source, tmp_path / "site", relink=False)
    found, shared = disagreements(tmp_path / "site", made.as_of, tmp_path / "out", anchors)
    assert {name: rows for name, rows in found.items() if name not in EXPLAINED} == {}
    assert shared >= least
