"""A minimal valid site, and small changes to it.

`MINIMAL` passes every check. `write` lays files over it in a folder, `findings` runs the real check on the folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from build_site.checks.rules import RULES
from build_site.loading.assemble import assemble
from build_site.loading.catalogue import bind_catalogue
from build_site.loading.document import parse
from build_site.loading.yaml_nodes import YamlText
from build_site.model.content import SourceAsset
from build_site.model.finding import Diagnostic
from build_site.model.site import Site
from build_site.model.text import SourceFile
from build_site.output.build import check

AS_OF = date(2020, 12, 1)
CATALOGUE = """\
site:
  name: 某市退役军人事务局
  domain: tyjrj.example.gov.cn
  site_code: "0000000000"
  host: 某市退役军人事务局
agency:
  department: 办公室
  address: 某路 1 号
  postcode: "200000"
  hours: 工作日 9:00—17:00
  phone: 021-00000000
  checked: 2020-11-17
columns:
  - key: zn
    title: 政府信息公开指南
    kind: 指南
  - key: zd
    title: 政府信息公开制度
  - key: fdzdgknr
    title: 法定主动公开内容
    children:
      - key: gfxwj
        title: 行政规范性文件
      - key: tjxx
        title: 统计信息
  - key: nb
    title: 政府信息公开工作年度报告
    kind: 年度报告
  - key: sljg
    title: 政府信息公开受理机构
    kind: 受理机构
  - key: ysqgk
    title: 依申请公开
"""
TEXT = "本机关依照《中华人民共和国政府信息公开条例》公开政府信息，方便公民查阅。"


def notice(title: str, number: str, body: str = TEXT, published: str = "2020-11-17", head: str = "") -> str:
    """Return the source of a document; without `head` its body begins in line 7."""
    return (
        f"---\ntitle: {title}\npublished: {published}\nindex_no: 000000000/2020-{number}\n"
        + "".join(f"{line}\n" for line in head.splitlines())
        + f"---\n\n{body}\n"
    )


def intro(title: str, body: str = TEXT) -> str:
    """Return the source of a column's introduction; its body begins in line 6."""
    return f"---\ntitle: {title}\npublished: 2020-11-17\n---\n\n{body}\n"


MINIMAL: Mapping[str, str] = {
    "catalog.yaml": CATALOGUE,
    "content/zn/index.md": intro("政府信息公开指南", f"## 受理机构\n\n{TEXT}"),
    "content/zd/zhidu.md": notice("信息公开制度", "00001"),
    "content/fdzdgknr/gfxwj/guifan.md": notice("规范性文件一", "00002"),
    "content/nb/2019.md": notice("2019年度报告", "00003"),
    "content/ysqgk/index.md": intro("依申请公开"),
}


def write(
    root: Path,
    files: Mapping[str, str | bytes] | None = None,
    replace: Iterable[tuple[str, str]] = (),
    remove: Iterable[str] = (),
) -> Path:
    """Write the minimal site with `files` over it into `root` and return `root`.

    `replace` edits the catalogue (each old text must stand in it exactly once), `remove` leaves files out.
    """
    wanted: dict[str, str | bytes] = {**MINIMAL, **(files or {})}
    for path in remove:
        del wanted[path]
    for old, new in replace:
        catalogue = wanted["catalog.yaml"]
        assert isinstance(catalogue, str)
        assert catalogue.count(old) == 1, f"{old!r} stands {catalogue.count(old)} times in the catalogue"
        wanted["catalog.yaml"] = catalogue.replace(old, new)
    for path, content in wanted.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def findings(root: Path, as_of: date = AS_OF, locked: bool = False) -> tuple[Diagnostic, ...]:
    """Return what the check of the site in `root` finds."""
    return check(root, as_of, locked).diagnostics


def written_faults(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return `found` without what rules say of the column as a whole: of a small site that is always something."""
    audits = {rule.code for rule in RULES if rule.audit}
    return tuple(diagnostic for diagnostic in found if diagnostic.code not in audits)


def unaudited(catalogue: str = CATALOGUE) -> str:
    """Return a catalogue in which what rules say of the column as a whole is switched off."""
    off = "".join(f"    - {{rule: {rule.code}, severity: off}}\n" for rule in RULES if rule.audit)
    return f"{catalogue}checks:\n  severities:\n{off}"


def shown(diagnostic: Diagnostic) -> str:
    """Return code and place in one line: `LNK101 content/zd/a.md:7:4`, as far as the place is known."""
    where = diagnostic.where
    place = "".join(f":{number}" for number in (where.line, where.column) if where.line and number)
    return f"{diagnostic.code} {where.path}{place}"


def assembled(
    files: Mapping[str, str] | None = None,
    more: str = "",
    locked: dict[str, int] | None = None,
    catalogue: str = CATALOGUE,
    as_of: date = AS_OF,
) -> Site:
    """Assemble a site of `files` alone, without a disk; names that do not end in .md are assets.

    `more` is added to the end of the catalogue.
    """
    found, faults = bind_catalogue(YamlText("catalog.yaml", catalogue + more))
    assert found is not None
    assert faults == ()
    sources = sorted((files or {}).items())
    docs = [parse(SourceFile(path, text)) for path, text in sources if path.endswith(".md")]
    assets = [SourceAsset(path, len(text)) for path, text in sources if not path.endswith(".md")]
    return assemble(found, docs, assets, as_of, locked)
