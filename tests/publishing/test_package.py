"""Packages: the same bytes each time, whole, read back to what the site says, refused where they do not fit."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from build_site.output.build import rehearse
from build_site.publishing.archive import pack, unpack
from build_site.publishing.export import article_of, core_of, json_text, xml_text
from build_site.publishing.importing import read_article, read_core, read_exports
from build_site.publishing.package import HEAD, release_in
from build_site.publishing.receipt import Receipt, history
from build_site.publishing.refusal import RefusedError
from build_site.publishing.release import read_release
from tests.publishing.outputs import shown, wanted
from tests.robust.sandbox import AS_OF, TEXT, Result, build, make_site, notice, pdf_of_text, run

MORE = """\
发文字号: 某退役军人规〔2020〕1号
公文种类: 通知
主题分类: 优待抚恤
关键词: [优待, 抚恤]
内容概述: 印发“示例”制度 <一> & 二。
成文日期: 2020-11-16
废止日期: 2026-01-01
附件: [名单.pdf]
相关文件: ../a.md
更正记录:
  - {日期: 2021-01-02, 说明: 更正一处日期}
"""


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A site built and packed, and a copy of it changed, built and packed again."""
    first = make_site(tmp_path_factory.mktemp("first") / "site")
    folder = first / "content/zd/c"
    folder.mkdir()
    (folder / "index.md").write_text(notice(2, "关于公布名单的通知", TEXT, MORE), "utf-8")
    (folder / "名单.pdf").write_bytes(pdf_of_text())
    (first / "content/zd/gone.md").write_text(notice(3, "将要撤下的通知"), "utf-8")
    assert build(first).code == 0
    assert packed(first).code == 0
    second = Path(shutil.copytree(first, tmp_path_factory.mktemp("second") / "site"))
    (second / "content/zd/new.md").write_text(notice(4, "新的通知"), "utf-8")
    gone = second / "content/zd/gone.md"
    gone.write_text(gone.read_text("utf-8").replace("发布日期", "状态: 撤回\n撤回原因: 内容有误\n发布日期"), "utf-8")
    assert build(second).code == 0
    assert packed(second).code == 0
    return first, second


def packed(site: Path, *words: str | Path) -> Result:
    result = run("package", "--site", site, *words)
    assert "Traceback" not in result.all
    return result


def archive(site: Path, kind: str, ending: str = ".zip", newest: bool = True) -> Path:
    digest = read_release(site / "public").digest[:8]
    (found,) = (
        file
        for file in (site / "packages").glob(f"*{kind}*{ending}")
        if (digest in file.name.split("-delta")[0]) == newest
    )
    return found


def test_full_and_delta_in_both_forms(versions: tuple[Path, Path], tmp_path: Path) -> None:
    """The first time there is nothing to compare with; then the delta holds what has changed, and only that."""
    first, second = versions
    assert sorted(file.name.rpartition("-")[2] for file in (first / "packages").iterdir()) == [
        "full.tar.gz",
        "full.zip",
    ]
    assert len(list((second / "packages").iterdir())) == 6
    unpack(archive(second, "delta"), tmp_path / "zip")
    unpack(archive(second, "delta", ".tar.gz"), tmp_path / "tar")
    assert shown(tmp_path / "zip") == shown(tmp_path / "tar")
    head = json.loads((tmp_path / "zip" / HEAD).read_text("utf-8"))
    before, after = read_release(first / "public"), read_release(second / "public")
    assert (head["kind"], head["base"], head["digest"]) == ("delta", before.digest, after.digest)
    assert head["added"] == ["wj/2020/00004.html"]
    assert "wj/2020/00003.html" in head["changed"]
    assert "wj/2020/00001.html" not in head["changed"]
    sent = {name.removeprefix("site/") for name in shown(tmp_path / "zip") if name.startswith("site/")}
    assert sent == {*head["added"], *head["changed"]}
    assert set(head["exports"]) == {"wj/2020/00004.json", "wj/2020/00004.xml"}


def test_packages_are_the_same_byte_for_byte(versions: tuple[Path, Path], tmp_path: Path) -> None:
    """Packing again, elsewhere and with other times on the disk, gives the same bytes; a second run compares with the same base."""
    _, second = versions
    other = Path(
        shutil.copytree(
            second, tmp_path / "elsewhere", ignore=shutil.ignore_patterns("packages"), copy_function=shutil.copy
        )
    )
    assert packed(other).code == 0
    again = shown(other / "packages")
    assert len(again) == 4
    assert again.items() <= shown(second / "packages").items()
    assert len(history(other / "receipts/package")) == 2


def test_others_read_the_archives(versions: tuple[Path, Path], tmp_path: Path) -> None:
    """`unzip`-like and `tar` programs find plain files, and `sha256sum` confirms the attachments."""
    first, _ = versions
    with tarfile.open(archive(first, "full", ".tar.gz")) as tar:
        assert {(member.uid, member.uname, member.mode, member.isreg()) for member in tar} == {(0, "", 0o644, True)}
    with zipfile.ZipFile(archive(first, "full")) as packed_site:
        assert {info.date_time for info in packed_site.infolist()} == {(*map(int, AS_OF.split("-")), 0, 0, 0)}
    subprocess.run(["tar", "-xzf", archive(first, "full", ".tar.gz"), "-C", tmp_path], check=True)
    done = subprocess.run(["sha256sum", "-c", "attachments.sha256"], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stdout.count(b"OK")) == (0, 1)


def test_exports_come_back_as_they_went(versions: tuple[Path, Path], tmp_path: Path) -> None:
    """Every document of the site is read back from JSON and XML as the record that it was made from."""
    first, _ = versions
    release = read_release(first / "public")
    _, site, files = rehearse(first, date.fromisoformat(AS_OF))
    assert site is not None
    assert files.items() <= dict(release.files).items()
    articles = {document.address: article_of(site, document, files) for document in site.listed}
    assert len(articles) == 3
    for document in site.listed:
        article = articles[document.address]
        core = core_of(site, document, article)
        assert read_article(json_text(article)) == article
        assert read_core(xml_text(core)) == core
    full = tmp_path / "full"
    unpack(archive(first, "full"), full)
    _, read = release_in(full, None)
    assert {f"{article.id}.html": article for article in read} == articles
    listed = articles["wj/2020/00002.html"]
    assert (listed.document_number, listed.identifier) == ("某退役军人规〔2020〕1号", "000000000/2020-00002")
    assert (listed.date, listed.display_publish_time) == ("2020-11-16", "2020-11-17 00:00")
    assert (listed.is_abolished, listed.is_expired, listed.classify_genre_name) == (True, False, "通知")
    assert listed.abstract == "印发“示例”制度 <一> & 二。"
    (attached,) = listed.attachment
    assert (attached.mime, attached.type) == ("application/pdf", "pdf")
    assert attached.sha256 == hashlib.sha256((first / "content/zd/c/名单.pdf").read_bytes()).hexdigest()
    assert [other.title for other in listed.relation] == ["关于印发示例制度的通知"]
    assert TEXT in listed.content


def test_apply_delta_and_go_back(versions: tuple[Path, Path], tmp_path: Path) -> None:
    """Full, delta, back: the served folder is each time what the output was. A delta that does not fit is refused."""
    first, second = versions
    place = tmp_path / "www/zfxxgk"
    site = tmp_path / "receiver"

    def put(*words: str | Path) -> Result:
        return run("publish", place, "--site", site, "--keep", "0", "--by", "平台", *words)

    site.mkdir()
    before, after = read_release(first / "public"), read_release(second / "public")
    early = put("--package", archive(second, "delta"), "--apply")
    assert early.code == 1 and "增量包接在" in early.err
    assert not place.exists()
    assert put("--package", archive(first, "full"), "--apply").code == 0
    assert shown(place) == wanted(before)
    plan = put("--package", archive(second, "delta", ".tar.gz"))
    assert plan.code == 0 and "+ wj/2020/00004.html" in plan.out
    assert shown(place) == wanted(before)
    assert put("--package", archive(second, "delta", ".tar.gz"), "--apply").code == 0
    assert shown(place) == wanted(after)
    again = put("--package", archive(second, "delta"), "--apply")
    assert again.code == 1 and "增量包接在" in again.err
    back = put("--rollback-to", "1", "--force-rollback", "误发", "--apply")
    assert back.code == 0, back.all
    assert shown(place) == wanted(before)
    kept: tuple[Receipt, ...] = tuple(
        receipt for folder in (site / "receipts").iterdir() for receipt in history(folder)
    )
    assert [(receipt.sequence, receipt.digest, receipt.who, receipt.reason) for receipt in kept] == [
        (1, before.digest, "平台", ""),
        (2, after.digest, "平台", ""),
        (3, before.digest, "平台", "误发"),
    ]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "site/index.html").write_bytes(b"<p>other</p>"),
        lambda folder: (folder / "site/index.html").unlink(),
        lambda folder: (folder / "site/more.html").write_bytes(b"x"),
        lambda folder: (folder / "documents/wj/2020/00001.json").write_bytes(b"{}"),
        lambda folder: (folder / "documents/wj/2020/00001.xml").unlink(),
        lambda folder: (folder / HEAD).write_text(
            (folder / HEAD).read_text("utf-8").replace(AS_OF, "2026-11-21"), "utf-8"
        ),
        lambda folder: (folder / HEAD).write_text("[]"),
        lambda folder: (folder / HEAD).unlink(),
    ],
)
def test_a_spoilt_package_is_refused(
    versions: tuple[Path, Path], tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    """Any edited, missing or added file is noticed."""
    unpack(archive(versions[0], "full"), tmp_path / "package")
    assert release_in(tmp_path / "package", None)
    spoil(tmp_path / "package")
    with pytest.raises(RefusedError):
        release_in(tmp_path / "package", None)


def test_forms_that_disagree_are_refused(versions: tuple[Path, Path], tmp_path: Path) -> None:
    """The XML of another document, or an attachment with another digest, is not taken over."""
    unpack(archive(versions[0], "full"), tmp_path)
    documents = tmp_path / "documents"
    exported = {file.relative_to(documents).as_posix(): file.read_bytes() for file in documents.rglob("*.*")}
    files = read_release(tmp_path / "site").files
    assert len(read_exports(exported, files)) == 3
    for change in (
        {"wj/2020/00001.xml": exported["wj/2020/00003.xml"]},
        {"wj/2020/00002.json": exported["wj/2020/00002.json"].replace(b'"sha256": "', b'"sha256": "0')},
        {"wj/2020/00009.xml": b"<x/>"},
    ):
        with pytest.raises(RefusedError):
            read_exports({**exported, **change}, files)


@pytest.mark.parametrize("name", ["../x", "/x", "a//b", "a/./b", "a\\b", ""])
@pytest.mark.parametrize("ending", [".zip", ".tar.gz"])
def test_nothing_is_unpacked_outside(tmp_path: Path, name: str, ending: str) -> None:
    """A member whose name leads out of the folder is refused."""
    file = tmp_path / f"p{ending}"
    pack(file, {"ok": b"1", name: b"2"}, date(2026, 11, 20))
    with pytest.raises(RefusedError):
        unpack(file, tmp_path / "deep/in/side")
    assert {path.name for path in tmp_path.iterdir()} == {file.name, "deep"}


@pytest.mark.parametrize("ending", [".zip", ".tar.gz"])
def test_a_cut_archive_is_refused(versions: tuple[Path, Path], tmp_path: Path, ending: str) -> None:
    """Half a download is no package."""
    whole = archive(versions[0], "full", ending).read_bytes()
    for size in (0, 10, len(whole) // 2, len(whole) - 9):
        file = tmp_path / f"p{size}{ending}"
        file.write_bytes(whole[:size])
        with pytest.raises(RefusedError):
            unpack(file, tmp_path / str(size))


def test_sources_that_have_changed_since_the_build_are_not_exported(
    versions: tuple[Path, Path], tmp_path: Path
) -> None:
    """What nobody has built and checked does not get into a package."""
    site = Path(shutil.copytree(versions[0], tmp_path / "site"))
    file = site / "content/zd/a.md"
    file.write_text(file.read_text("utf-8").replace("各处室", "各科室"), "utf-8")
    result = packed(site)
    assert result.code == 1 and "build-site build" in result.err
    (site / "content/zd/a.md").write_text("---\n标题: 坏\n---\n", "utf-8")
    assert packed(site).code == 1
