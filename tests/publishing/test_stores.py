"""Publishing file by file to real servers on loopback: S3-compatible storage and WebDAV."""

from __future__ import annotations

import hashlib
import random
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from build_site.publishing.engine import Pace, publish, standing
from build_site.publishing.receipt import Receipt
from build_site.publishing.refusal import LostError, TargetError
from build_site.publishing.release import Release
from build_site.publishing.target import Settings
from build_site.publishing.targets.opening import open_target
from tests.publishing.outputs import DEED, NEW, OLD, release, wanted
from tests.publishing.servers import CuttingProxy, free_port, running

PACE = Pace(parallel=3, tries=2, wait=0.02)


@dataclass(frozen=True)
class Place:
    """A server at a port: the address of a target there by its name, the service's address, and what readers see."""

    port: int
    kind: str
    target: Callable[[str, int], tuple[str, str]]
    seen: Callable[[str], dict[str, str]]


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    pytest.importorskip("moto")
    obstore = pytest.importorskip("obstore")
    port = free_port()
    with (
        pytest.MonkeyPatch.context() as patch,
        running(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
            port,
            cwd=tmp_path_factory.mktemp("s3"),
        ),
    ):
        patch.setenv("AWS_ACCESS_KEY_ID", "key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("AWS_REGION", "us-east-1")
        for name in ("site", "cut"):
            urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/{name}", method="PUT")).close()

        def seen(name: str) -> dict[str, str]:
            store = obstore.store.S3Store(
                name.split("/")[0],
                prefix=name.partition("/")[2],
                endpoint=f"http://127.0.0.1:{port}",
                client_options={"allow_http": True},
                virtual_hosted_style_request=False,
            )
            found = {}
            for batch in obstore.list(store):
                for item in batch:
                    found[item["path"]] = hashlib.sha256(obstore.get(store, item["path"]).bytes()).hexdigest()
            return found

        yield Place(port, "s3", lambda name, at: (f"s3://{name}", f"http://127.0.0.1:{at}"), seen)


@pytest.fixture(scope="module")
def webdav(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    pytest.importorskip("wsgidav")
    pytest.importorskip("cheroot")
    port, folder = free_port(), tmp_path_factory.mktemp("dav")
    (folder / "config.yaml").write_text(
        f"host: 127.0.0.1\nport: {port}\nprovider_mapping: {{'/': '{folder}/root'}}\nverbose: 0\n"
        "simple_dc: {user_mapping: {'*': {publisher: {password: secret}}}}\nhttp_authenticator: {accept_basic: true, accept_digest: false, default_to_digest: false}\n"
    )
    (folder / "root").mkdir()
    with (
        pytest.MonkeyPatch.context() as patch,
        running([sys.executable, "-m", "wsgidav.server.server_cli", "--config", str(folder / "config.yaml")], port),
    ):
        patch.setenv("BUILD_SITE_WEBDAV_USER", "publisher")
        patch.setenv("BUILD_SITE_WEBDAV_PASSWORD", "secret")

        def seen(name: str) -> dict[str, str]:
            top = folder / "root" / name
            return {
                path.relative_to(top).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in top.rglob("*")
                if path.is_file()
            }

        yield Place(port, "webdav", lambda name, at: (f"dav://127.0.0.1:{at}/{name}", ""), seen)


@pytest.fixture(params=["s3", "webdav"])
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return release(tmp_path_factory.mktemp("old"), OLD)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return release(tmp_path_factory.mktemp("new"), {**NEW, "fj/大 文件.bin": random.Random(1).randbytes(200_000)})


def put(made: Release, place: Place, name: str, journal: Path, port: int = 0, pace: Pace = PACE) -> Receipt:
    address, endpoint = place.target(name, port or place.port)
    target = open_target(address, Path(), Settings(journal=journal, endpoint=endpoint))
    try:
        receipt = publish(made, target, DEED, pace, lambda *_: None)
        assert standing(made, target, pace).done
        return receipt
    finally:
        target.close()


def site(seen: dict[str, str]) -> dict[str, str]:
    return {
        address: sha
        for address, sha in seen.items()
        if not address.startswith(".build-site/") and not address.endswith(".sending~")
    }


def test_published_changed_and_published_again(place: Place, old: Release, new: Release, tmp_path: Path) -> None:
    """What readers see is the site, then the next one; the public receipt does not say who."""
    name = "site/zfxxgk" if place.kind == "s3" else "zfxxgk"
    first = put(old, place, name, tmp_path / "sent")
    assert site(place.seen(name)) == wanted(old)
    second = put(new, place, name, tmp_path / "sent")
    assert site(place.seen(name)) == wanted(new)
    assert (first.sequence, second.sequence, second.previous) == (1, 2, first.digest)
    assert place.seen(name).keys() - wanted(new).keys() == {".build-site/receipt.json"}
    address, endpoint = place.target(name, place.port)
    target = open_target(address, Path(), Settings(endpoint=endpoint))
    assert target.receipt() == second.for_public()
    assert (second.who, second.for_public().who) == ("测试", "")


def test_cut_anywhere_and_gone_on(place: Place, old: Release, new: Release, tmp_path: Path) -> None:
    """No reader gets half a file, and a repeat finishes the job, sending less than everything again."""
    chance = random.Random(place.kind)
    failed = cuts = 0
    for number in range(6):
        name = f"{'cut/' if place.kind == 's3' else 'run'}{number}"
        put(old, place, name, tmp_path / "sent")
        proxy = CuttingProxy(place.port, [chance.randint(200, 30_000) for _ in range(8)])
        for _ in range(30):
            try:
                put(new, place, name, tmp_path / "sent", proxy.port, replace(PACE, tries=1, parallel=1 + number % 3))
                break
            except LostError:
                failed += 1
                for address, sha in site(place.seen(name)).items():
                    assert sha in (wanted(old).get(address), wanted(new).get(address)), "half a file can be read"
        cuts += proxy.done
        proxy.close()
        assert site(place.seen(name)) == wanted(new)
    assert cuts > 6
    assert failed > 3


def test_what_was_sent_is_not_sent_again(webdav: Place, old: Release, new: Release, tmp_path: Path) -> None:
    """The journal knows what has arrived; without it, or in another run, everything unsure is sent."""
    address, _ = webdav.target("journal", webdav.port)

    def begun(made: Release, journal: Path | None) -> frozenset[str]:
        target = open_target(address, Path(), Settings(journal=journal))
        present = target.begin(made)
        target.close()
        return present

    put(old, webdav, "journal", tmp_path / "sent")
    same = frozenset(address for address in new.files if new.files[address] == old.files.get(address))
    assert begun(new, tmp_path / "sent") == same
    target = open_target(address, Path(), Settings(journal=tmp_path / "sent"))
    target.begin(new)
    target.put(new.folder, ["wj/2020/00003.html"])
    assert target.interrupted()
    with (tmp_path / "sent").open("a") as stream:
        stream.write("index.ht")  # killed while it was written
    assert begun(new, tmp_path / "sent") == same | {"wj/2020/00003.html"}
    assert begun(new, None) == same
    back = begun(old, tmp_path / "sent")
    assert "index.html" not in back, "it may be the new one by now"
    target = open_target(address, Path(), Settings())
    target.begin(old)
    assert set(target.surplus(old)) == set(new.files) - set(old.files), "they may be there by now"


def test_assets_first_lists_last_then_deletions(webdav: Place, old: Release, new: Release, tmp_path: Path) -> None:
    """At no time does a list name a page that is not there, or a page an asset."""
    put(old, webdav, "order", tmp_path / "sent")
    address, _ = webdav.target("order", webdav.port)
    target = open_target(address, Path(), Settings())
    steps: list[str] = []
    sent, deleted = target.put, target.delete
    target.put = lambda root, addresses: (steps.extend(addresses), sent(root, addresses))[1]  # type: ignore[method-assign,func-returns-value]
    target.delete = lambda address: (steps.append(f"-{address}"), deleted(address))[1]  # type: ignore[method-assign,func-returns-value]
    publish(new, target, DEED, replace(PACE, parallel=1), lambda *_: None)
    assert steps == [
        "assets/site-2.css",
        "fj/大 文件.bin",
        "wj/2020/00003/tu.png",
        "wj/2020/00003.html",
        "zd/index.html",
        "index.html",
        "manifest.json",
        "-wj/2020/00002.html",
        "-wj/2020/00002/sqb.docx",
    ]


def test_wrong_credentials_and_unencrypted_addresses_are_refused(
    webdav: Place, old: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No password is guessed, none goes over the network in the clear, none is shown."""
    monkeypatch.setenv("BUILD_SITE_WEBDAV_PASSWORD", "hunter2")
    with pytest.raises(TargetError) as refused:
        put(old, webdav, "other", tmp_path / "sent")
    assert "hunter2" not in f"{refused.value.message}{refused.value.help}"
    with pytest.raises(TargetError, match="not encrypted"):
        open_target("dav://www.example.gov.cn/zfxxgk", Path(), Settings())


def test_a_bucket_that_is_not_there(s3: Place, old: Release, tmp_path: Path) -> None:
    """A wrong name is told at once, not after many tries."""
    with pytest.raises(TargetError, match="no such bucket"):
        put(old, s3, "absent/zfxxgk", tmp_path / "sent")
