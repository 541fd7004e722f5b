from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

import pytest

from build_site.output.folder import OutputRefusedError, Staging, check_owned, prepared, remove_output
from build_site.output.manifest import MANIFEST_NAME, entry_of, manifest_text
from build_site.output.signals import uninterrupted


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    return root


def fill(out: Path, *addresses: str) -> None:
    with Staging(out) as staging:
        for address in addresses:
            staging.write(address, address.encode())
        staging.write(
            MANIFEST_NAME, manifest_text({address: entry_of(b"") for address in addresses}, "2020-12-01").encode()
        )
        staging.exchange()


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def test_absent_empty_and_own_folders_are_ours(site: Path) -> None:
    """A folder may be replaced when it is not there, empty, or filled by us."""
    out = site / "public"
    check_owned(out, site)
    out.mkdir()
    check_owned(out, site)
    fill(out, "a.html", "zd/b.html")
    check_owned(out, site)


def test_folders_of_others_are_refused(site: Path) -> None:
    """A folder with anything of others in it is refused and left alone."""
    foreign = site / "foreign"
    foreign.mkdir()
    (foreign / "thesis.docx").write_text("x")
    with pytest.raises(OutputRefusedError):
        check_owned(foreign, site)
    mixed = site / "public"
    fill(mixed, "a.html")
    (mixed / "zd").mkdir()
    (mixed / "zd" / "mine.txt").write_text("x")
    with pytest.raises(OutputRefusedError, match=r"zd/mine\.txt"):
        check_owned(mixed, site)
    assert (mixed / "zd" / "mine.txt").read_text() == "x"


@pytest.mark.parametrize("name", [".", "..", "content", "content/zd", "themes", "themes/site/static"])
def test_folders_of_sources_are_refused(site: Path, name: str) -> None:
    """The site itself, what holds it and its sources can never be the output."""
    with pytest.raises(OutputRefusedError):
        check_owned(site / name, site)


def test_a_file_is_no_output_folder(site: Path) -> None:
    """A file in the place of the output is refused."""
    (site / "public").write_text("x")
    with pytest.raises(OutputRefusedError):
        check_owned(site / "public", site)


def test_a_link_to_the_sources_is_seen_through(site: Path) -> None:
    """A symbolic link does not disguise the sources."""
    (site / "public").symlink_to(site / "content")
    with pytest.raises(OutputRefusedError):
        check_owned(site / "public", site)


def test_exchange_replaces_the_whole_folder(site: Path) -> None:
    """After the exchange only the new files are there, and nothing beside."""
    out = site / "public"
    fill(out, "a.html", "old/b.html")
    fill(out, "a.html", "new/c.html")
    assert set(tree(out)) == {"a.html", "new/c.html", MANIFEST_NAME}
    assert [path.name for path in site.iterdir() if path.name.startswith(".")] == []


def test_without_exchange_the_old_output_stays(site: Path) -> None:
    """A build that stops half-way changes nothing and leaves nothing behind."""
    out = site / "public"
    fill(out, "a.html")
    before = tree(out)
    with pytest.raises(RuntimeError), Staging(out) as staging:
        staging.write("b.html", b"x")
        raise RuntimeError
    assert tree(out) == before
    assert {path.name for path in site.iterdir()} == {"content", "public"}


@pytest.mark.parametrize("address", ["../a", "/a", "a/../../b", "a//b", "./a", "", "a/."])
def test_addresses_stay_in_the_folder(site: Path, address: str) -> None:
    """An address that would leave the folder is refused."""
    with Staging(site / "public") as staging, pytest.raises(ValueError, match="address"):
        staging.write(address, b"x")


def test_leftovers_of_dead_builds_are_removed(site: Path) -> None:
    """What a killed build left is removed; a running build's folder is not."""
    dead, alive = site / ".public.new-999999999", site / f".public.new-{os.getppid()}"
    dead.mkdir()
    alive.mkdir()
    with Staging(site / "public"):
        pass
    assert not dead.exists()
    assert alive.exists()


def test_output_that_was_moved_aside_comes_back(site: Path) -> None:
    """A build killed between its two renames does not cost the last good site."""
    fill(site / "public", "a.html")
    (site / "public").rename(site / ".public.old-999999999")
    with Staging(site / "public"):
        pass
    assert "a.html" in tree(site / "public")


def test_modes_do_not_depend_on_the_umask(site: Path) -> None:
    """Files and folders are readable by the web server whatever the umask."""
    old = os.umask(0o077)
    try:
        fill(site / "public", "zd/gfxwj/a.html")
    finally:
        os.umask(old)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [site / "public", *(site / "public").rglob("*")]}
    assert modes == {"public": 0o755, "zd": 0o755, "gfxwj": 0o755, "a.html": 0o644, MANIFEST_NAME: 0o644}


def test_a_prepared_text_is_put_in_one_step(tmp_path: Path) -> None:
    """The file stays the old one until it is put; afterwards nothing is left beside it."""
    file = tmp_path / "urls.lock"
    file.write_text("一\n")
    with prepared(file, "二\n") as put:
        assert file.read_text() == "一\n"
        put()
        assert file.read_text() == "二\n"
    assert [path.name for path in tmp_path.iterdir()] == ["urls.lock"]


def test_a_prepared_text_that_is_not_put_changes_nothing(tmp_path: Path) -> None:
    """A build that fails leaves the old file, or none, and nothing beside it."""
    with pytest.raises(RuntimeError), prepared(tmp_path / "urls.lock", "二\n"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_an_unchanged_text_is_not_written(tmp_path: Path) -> None:
    """The same text leaves the same file, with its time."""
    file = tmp_path / "urls.lock"
    file.write_text("一\n")
    before = file.stat()
    with prepared(file, "一\n") as put:
        put()
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_folder_in_the_place_of_a_text_is_told_at_once(tmp_path: Path) -> None:
    """A folder of that name fails before anything else is changed."""
    (tmp_path / "urls.lock").mkdir()
    with pytest.raises(IsADirectoryError), prepared(tmp_path / "urls.lock", "一\n"):
        pass


def test_uninterrupted_holds_signals_back() -> None:
    """Ctrl-C and termination have no effect inside, and their handlers come back."""
    before = signal.getsignal(signal.SIGTERM)
    with uninterrupted():
        os.kill(os.getpid(), signal.SIGTERM)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    assert signal.getsignal(signal.SIGTERM) is before


def test_remove_output_removes_only_ours(site: Path) -> None:
    """Cleaning removes our folder, says when there is none, and refuses any other."""
    out = site / "public"
    assert remove_output(out, site) is False
    fill(out, "a.html")
    assert remove_output(out, site) is True
    assert not out.exists()
    out.mkdir()
    (out / "x").write_text("x")
    with pytest.raises(OutputRefusedError):
        remove_output(out, site)
    assert (out / "x").exists()
