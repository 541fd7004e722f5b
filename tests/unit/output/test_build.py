"""What a build writes beside the pages."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import feedparser

from build_site.output.build import build
from build_site.output.manifest import signature_name
from build_site.rendering.theme_layers import program_themes
from tests.support import sites
from tests.support.sites import AS_OF, findings, notice, shown, write, written_faults

GENERATED = {
    "gengxin.xml",
    "zd/gengxin.xml",
    "fdzdgknr/gengxin.xml",
    "fdzdgknr/gfxwj/gengxin.xml",
    "nb/gengxin.xml",
    "robots.txt",
    "sitemap.xml",
    "llms.txt",
    "shuju/mulu.csv",
    "shuju/mulu.json",
    "shuju/mulu.schema.json",
    "shuju/mulu.xlsx",
    "zd/liebiao.json",
    "fdzdgknr/gfxwj/liebiao.json",
    "nb/liebiao.json",
}


def test_generated_files_are_part_of_the_output(tmp_path: Path) -> None:
    """They lie in the folder and stand in the manifest, but are no addresses to be kept for ever."""
    root, out = write(tmp_path / "site"), tmp_path / "out"
    assert build(root, out, AS_OF).published
    assert all((out / address).is_file() for address in GENERATED)
    listed = json.loads((out / "manifest.json").read_text("utf-8"))["files"]
    assert set(listed) >= GENERATED
    made = {address for address in listed if not address.endswith((".html", ".css", ".js"))}
    assert {address for address in made if listed[address]["source"] == "catalog.yaml"} == GENERATED
    assert not GENERATED & set((root / "urls.lock").read_text("utf-8").split())
    assert not feedparser.parse((out / "gengxin.xml").read_bytes()).bozo


def test_a_file_that_is_not_made_any_more_leaves_no_trace(tmp_path: Path) -> None:
    """A column whose last document became a draft has no feed in the next build."""
    root, out = write(tmp_path / "site", {"content/fdzdgknr/tjxx/a.md": notice("统计", "00008")}), tmp_path / "out"
    assert build(root, out, AS_OF, record=False).published
    assert (out / "fdzdgknr/tjxx/gengxin.xml").is_file()
    (root / "content/fdzdgknr/tjxx/a.md").unlink()
    assert build(root, out, AS_OF, record=False).published
    assert not (out / "fdzdgknr/tjxx").exists()


def test_two_builds_are_the_same(tmp_path: Path) -> None:
    """Two builds of one day give the same bytes; on the next day the generated files are still the same."""
    root = write(tmp_path / "site")
    made = []
    for number, day in enumerate((AS_OF, AS_OF, date(2020, 12, 2))):
        out = tmp_path / f"out{number}"
        assert build(root, out, day).published
        made.append({address: (out / address).read_bytes() for address in GENERATED})
    assert made[0] == made[1] == made[2]


def test_links_to_generated_files(tmp_path: Path) -> None:
    """An editor may link to a feed by its address; one that is not made is missing."""
    body = f"{sites.TEXT}[订阅](/gengxin.xml)、[本栏目](/zfxxgk/zd/gengxin.xml)、[没有](/zn/gengxin.xml)"
    root = write(tmp_path, {"content/zd/a.md": notice("订阅", "00009", body)})
    assert [shown(item) for item in written_faults(findings(root))] == ["LNK102 content/zd/a.md:7:91"]


def test_links_of_a_theme_to_generated_files(tmp_path: Path) -> None:
    """A page of the theme may link to them too; they are part of the output like its own files."""
    file = tmp_path / "themes/site/templates/home.html"
    file.parent.mkdir(parents=True)
    write(tmp_path)
    for address, expected in (("gengxin.xml", []), ("zn/gengxin.xml", ["LNK102 catalog.yaml:1:1"])):
        link = f'<link rel="alternate" type="application/atom+xml" href="{address}">'
        file.write_text(f'{{% extends "default/home.html" %}}{{% block head %}}{link}{{% endblock %}}', "utf-8")
        assert [shown(item) for item in written_faults(findings(tmp_path))] == expected


def test_every_file_has_its_source_and_both_digests(tmp_path: Path) -> None:
    """Pages name their Markdown file, attachments and theme files the file itself, all else the catalogue."""
    root, out = write(tmp_path / "site"), tmp_path / "out"
    assert build(root, out, AS_OF).published
    told = json.loads((out / "manifest.json").read_text("utf-8"))
    kinds = set()
    for address, entry in told["files"].items():
        data = (out / address).read_bytes()
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
        assert entry["sm3"] == hashlib.new("sm3", data).hexdigest()
        place = entry["source"]
        kinds.add(place.partition("/")[0])
        source = (program_themes().parent if place.startswith("themes/") else root) / place
        assert entry["source_sha256"] == hashlib.sha256(source.read_bytes()).hexdigest()
    assert kinds == {"content", "catalog.yaml", "themes"}
    assert told["inputs"]["catalogue"]["sha256"] == hashlib.sha256((root / "catalog.yaml").read_bytes()).hexdigest()
    names = {str(file.relative_to(out)) for file in out.rglob("*") if file.is_file()}
    assert names == {*told["files"], "manifest.json", "SHA256SUMS"}


def test_a_signature_stays_as_long_as_it_fits(tmp_path: Path) -> None:
    """Built again without a change, the output keeps it; after a change it is gone, for it would be false."""
    root, out = write(tmp_path / "site"), tmp_path / "out"
    assert build(root, out, AS_OF).published
    signature = out / signature_name("trial")
    signature.write_bytes(b"signature")
    assert build(root, out, AS_OF).published
    assert signature.read_bytes() == b"signature"
    (root / "content/zd/zhidu.md").write_bytes((root / "content/zd/zhidu.md").read_bytes() + b"\n")
    assert build(root, out, AS_OF).published
    assert not signature.exists()
    assert (out / "SHA256SUMS").is_file()
