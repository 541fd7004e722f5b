"""Publishing over SSH to OpenSSH's own server: with rsync, and with SFTP in both layouts."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from build_site.publishing.engine import Pace, publish, roll_back, standing
from build_site.publishing.receipt import Receipt
from build_site.publishing.refusal import LostError, TargetError
from build_site.publishing.release import Release
from build_site.publishing.target import Settings
from build_site.publishing.targets.opening import open_target
from tests.publishing.outputs import DEED, NEW, OLD, release, shown, wanted
from tests.publishing.servers import CuttingProxy, Ssh, client_config, ssh_server

PACE = Pace(parallel=3, tries=2, wait=0.05)
LAYOUTS = [("ssh", True), ("sftp", True), ("sftp", False)]
EVERY = pytest.mark.parametrize(("scheme", "links"), LAYOUTS, ids=["rsync", "sftp", "sftp in order"])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ssh]:
    with ssh_server(tmp_path_factory.mktemp("sshd")) as started:
        yield started


@pytest.fixture(autouse=True)
def configured(server: Ssh, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUILD_SITE_SSH_CONFIG", str(server.config))


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return release(tmp_path_factory.mktemp("old"), OLD)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return release(tmp_path_factory.mktemp("new"), {**NEW, "fj/大 文件's.bin": random.Random(1).randbytes(300_000)})


def put(
    made: Release, server: Ssh, scheme: str, place: Path, settings: Settings, port: int = 0, pace: Pace = PACE
) -> Receipt:
    target = open_target(f"{scheme}://{server.user}@127.0.0.1:{port or server.port}{place}", Path(), settings)
    try:
        receipt = publish(made, target, DEED, pace, lambda *_: None)
        again = standing(made, target, pace)
        assert again.done
        assert again.receipt in (receipt, receipt.for_public())
        return receipt
    finally:
        target.close()


def visible(place: Path) -> dict[str, str]:
    return {address: sha for address, sha in shown(place).items() if not address.startswith(".build-site/")}


@EVERY
def test_published_changed_and_published_again(
    old: Release, new: Release, server: Ssh, tmp_path: Path, scheme: str, links: bool
) -> None:
    """What readers see is the site, then the next one, with nothing left of the first."""
    place, settings = tmp_path / "网站 1/zfxxgk", Settings(links=links, keep=2, journal=tmp_path / "sent")
    place.parent.mkdir()
    put(old, server, scheme, place, settings)
    assert visible(place) == wanted(old)
    number = (place / "fj/a/b.pdf").stat().st_ino
    second = put(new, server, scheme, place, settings)
    assert visible(place) == wanted(new)
    assert second.sequence == 2
    assert place.is_symlink() == links
    assert (place / "fj/a/b.pdf").stat().st_ino == number, "an unchanged file was sent"
    assert {file.stat().st_mode & 0o777 for file in place.rglob("*.html")} <= {0o644}
    if links:
        target = open_target(f"{scheme}://{server.user}@127.0.0.1:{server.port}{place}", Path(), settings)
        third = roll_back(target, 1, replace(DEED, reason="发错了"), PACE)
        assert (third, target.earlier()) == (target.receipt(), (2, 3))
        target.close()
        assert visible(place) == wanted(old)


@EVERY
def test_cut_anywhere_and_gone_on(
    old: Release, new: Release, server: Ssh, tmp_path: Path, scheme: str, links: bool
) -> None:
    """The connection is cut after so many bytes, again and again; whoever can exchange shows the old site until the end."""
    chance = random.Random(f"{scheme}{links}")
    base = tmp_path / "base/zfxxgk"
    base.parent.mkdir()
    put(old, server, scheme, base, Settings(links=links))
    failed = cuts = 0
    for number in range(2 if scheme == "ssh" else 5):  # a call by ssh takes a tenth of a second
        root = Path(shutil.copytree(base.parent, tmp_path / f"run{number}", symlinks=True))
        place = root / "zfxxgk"
        settings = Settings(links=links, journal=root / "sent")
        proxy = CuttingProxy(server.port, [chance.randint(1_500, 200_000) for _ in range(3)])
        for _ in range(8):
            try:
                put(new, server, scheme, place, settings, proxy.port, replace(PACE, tries=1 + number % 2))
                break
            except LostError:
                failed += 1
                if links:
                    assert visible(place) in (wanted(old), wanted(new))
                else:
                    for address, sha in visible(place).items():
                        assert address.endswith(".sending~") or sha in (
                            wanted(old).get(address),
                            wanted(new).get(address),
                        ), "half a file can be read"
        cuts += proxy.done
        proxy.close()
        assert {address: sha for address, sha in visible(place).items() if not address.endswith(".sending~")} == wanted(
            new
        )
    assert cuts > 2
    assert failed > 0


@EVERY
def test_another_host_key_is_never_accepted(
    old: Release, server: Ssh, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str, links: bool
) -> None:
    """A server that is not the known one gets nothing."""
    folder = server.config.parent
    monkeypatch.setenv("BUILD_SITE_SSH_CONFIG", str(client_config(folder, folder / "user.pub", "other")))
    with pytest.raises(TargetError):
        put(old, server, scheme, tmp_path / "zfxxgk", Settings(links=links))
    assert list(tmp_path.iterdir()) == []


@EVERY
def test_a_folder_of_others_is_left_alone(old: Release, server: Ssh, tmp_path: Path, scheme: str, links: bool) -> None:
    """Where something else stands, a layout with links refuses."""
    if not links:
        pytest.skip("file by file, only files of the site are touched")
    place = tmp_path / "zfxxgk"
    place.mkdir()
    (place / "theirs.txt").write_text("x")
    with pytest.raises(TargetError, match="not published by this program"):
        put(old, server, scheme, place, Settings())
    assert [path.name for path in place.iterdir()] == ["theirs.txt"]


def test_a_password_in_an_address_is_refused() -> None:
    """It would be seen in process lists and logs."""
    with pytest.raises(TargetError, match="password"):
        open_target("sftp://a:secret@127.0.0.1/srv/www", Path(), Settings())
