"""A built and signed site with a file of every type, its keys, and copies of it as a folder, a package and on a server."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from build_site.cli.signing_work import sign_site
from build_site.output.build import build
from tests.support import makers, sites
from tests.support.sites import AS_OF, TEXT, notice

ED, SM = "ed-2020", "sm-2020"
_KINDS = {ED: ["-algorithm", "ed25519"], SM: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2"]}
_FILES = "见[文本](a.pdf)、[表](b.xlsx)、[申请书](c.docx)、[说明](d.txt)。\n\n![地图](e.png)"


@dataclass(frozen=True)
class Signed:
    """A site at `root`, built into `root/public` and signed twice; `keys` are the private keys by id."""

    root: Path
    keys: dict[str, Path]

    @property
    def public(self) -> Path:
        """The built site."""
        return self.root / "public"


def make_keys(folder: Path, names: tuple[str, ...] = (ED, SM)) -> dict[str, Path]:
    """Make private keys with `openssl` in `folder`, with their public halves beside them."""
    folder.mkdir(exist_ok=True)
    made = {}
    for name in names:
        file = folder / f"{name}.key"
        kind = _KINDS[name if name in _KINDS else ED]
        subprocess.run(["openssl", "genpkey", *kind, "-out", str(file)], check=True, capture_output=True)
        file.chmod(0o600)
        subprocess.run(
            ["openssl", "pkey", "-in", str(file), "-pubout", "-out", str(file.with_suffix(".pem"))], check=True
        )
        made[name] = file
    return made


def signing(*names: str, until: str = "") -> str:
    """Return the part of a catalogue that names the keys called `names`."""
    ends = f"    valid_until: {until}\n" if until else ""
    one = "  - id: {0}\n    algorithm: {1}\n    public: keys/{0}.pem\n    valid_from: 2020-01-01\n{2}"
    kinds = {ED: "Ed25519", SM: "SM2"}
    return "signing:\n" + "".join(one.format(name, kinds.get(name, "Ed25519"), ends) for name in names)


def signed_site(folder: Path) -> Signed:
    """Build a site in `folder` and sign it with both algorithms."""
    keys = make_keys(folder / "private")
    files: dict[str, str | bytes] = {
        f"content/zd/{name}": makers.make(sample)
        for name, sample in {
            "a.pdf": "text-pdf",
            "b.xlsx": "text-xlsx",
            "c.docx": "text-docx",
            "e.png": "large-png",
        }.items()
    }
    files["content/zd/d.txt"] = "说明：填表以前请先读。\n"
    files["content/zd/fujian.md"] = notice("附件齐全的制度", "00010", f"{TEXT}\n\n{_FILES}")
    files |= {f"keys/{name}.pem": file.with_suffix(".pem").read_bytes() for name, file in keys.items()}
    files["catalog.yaml"] = sites.CATALOGUE + signing(*keys)
    root = sites.write(folder / "site", files)
    outcome = build(root, root / "public", AS_OF)
    assert outcome.published, outcome.diagnostics
    for name, file in keys.items():
        assert sign_site(root, root / "public", name, file, None, None, "zh") == 0
    return Signed(root, keys)


def as_folder(public: Path, place: Path) -> Path:
    """Copy a built site."""
    shutil.copytree(public, place)
    return place


def as_zip(public: Path, place: Path) -> Path:
    """Pack a built site, in a folder as people do."""
    with zipfile.ZipFile(place.with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED) as package:
        for file in sorted(public.rglob("*")):
            if file.is_file():
                package.write(file, f"public/{file.relative_to(public).as_posix()}")
    return place.with_suffix(".zip")


def as_tar(public: Path, place: Path) -> Path:
    """Pack a built site from inside its folder."""
    file = place.with_suffix(".tar.gz")
    with tarfile.open(file, "w:gz") as package:
        package.add(public, ".")
    return file


PACKERS: dict[str, Callable[[Path, Path], Path]] = {"folder": as_folder, "zip": as_zip, "tar": as_tar}


class _Server(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        return "application/octet-stream" if str(path).endswith(".sig") else super().guess_type(path)

    def log_message(self, format: str, *args: object) -> None:
        del format, args


@contextmanager
def served(folder: Path, handler: type[SimpleHTTPRequestHandler] = _Server) -> Iterator[str]:
    """Serve a folder on loopback and yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
