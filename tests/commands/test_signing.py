"""`keygen` and `sign`: keys from all three places, what is refused, and that plain `openssl` agrees."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_site.cli import signing_work
from build_site.output.build import build
from build_site.output.manifest import MANIFEST_NAME, signature_name
from tests.contract.test_docs import MANUAL
from tests.support import sites
from tests.support.signed_site import ED, SM, Signed, make_keys, signed_site, signing
from tests.support.sites import AS_OF

_PROGRAM = [sys.executable, "-m", "build_site"]


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    """A site that was built and signed."""
    return signed_site(tmp_path_factory.mktemp("signed"))


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1606780800", **environment}
    return subprocess.run([*_PROGRAM, *words], capture_output=True, text=True, env=env, timeout=60, check=False)


def commands_of(text: str) -> list[str]:
    return re.findall(r"openssl pkeyutl -verify[^\n<]*", text)


@pytest.mark.parametrize("key", [ED, SM])
def test_plain_openssl_verifies_by_the_commands_of_manual_and_page(key: str, signed: Signed, tmp_path: Path) -> None:
    """Word for word, with the names of this site put in; and finds a flipped byte."""
    page = (signed.public / "heyan.html").read_text("utf-8")
    told = {key: [one for one in commands_of(page) if f"key-{key}.pem" in one]}
    generic = [one for one in commands_of(MANUAL.read_text("utf-8")) if ("sm3" in one) is (key == SM)]
    assert len(told[key]) == 1
    assert len(generic) == 1
    words = [told[key][0], re.sub(r"\b(?:jm|wz)-2026\b", key, generic[0])]
    for name in (MANIFEST_NAME, signature_name(key)):
        shutil.copy(signed.public / name, tmp_path)
    shutil.copy(signed.public / f"assets/key-{key}.pem", tmp_path)
    for command in words:
        done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout.strip()) == (0, "Signature Verified Successfully"), done.stderr
    data = bytearray((tmp_path / MANIFEST_NAME).read_bytes())
    data[100] ^= 1
    (tmp_path / MANIFEST_NAME).write_bytes(data)
    for command in words:
        assert subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_the_list_of_a_signed_site_is_checked_by_sha256sum(signed: Signed) -> None:
    """Inside the folder, with nothing but coreutils."""
    done = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=signed.public, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Path]:
    """A folder with an `openssl` that writes down how it is called, then is the real one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    log = tmp_path / "calls"
    program = folder / "openssl"
    real = shutil.which("openssl")
    program.write_text(
        f'#!/bin/sh\n(echo "$@"; env; cat /proc/$PPID/cmdline; cat /proc/$PPID/environ) >> {log}\nexec {real} "$@"\n'
    )
    program.chmod(0o755)
    yield folder


@pytest.mark.parametrize("key", [ED, SM])
@pytest.mark.parametrize("way", ["file", "environment", "command"])
def test_a_key_is_in_no_argument_no_environment_and_no_file(
    way: str, key: str, signed: Signed, watched: Path, tmp_path: Path
) -> None:
    """From a file, a variable, or held by a command; the signature is good, and nothing that is left or told has the key."""
    private = signed.keys[key]
    (signed.public / signature_name(key)).unlink(missing_ok=True)
    environment = {"PATH": f"{watched}:{os.environ['PATH']}", "TMPDIR": str(tmp_path)}
    base = ["sign", "--site", str(signed.root), "--id", key]
    more = "-digest sm3 -pkeyopt distid:1234567812345678" if key == SM else ""
    token = tmp_path / "token.sh"
    token.write_text(
        f"#!/bin/sh\ncat > {tmp_path}/data\n/usr/bin/openssl pkeyutl -sign -inkey {private} -rawin {more} -in {tmp_path}/data | base64\n"
    )
    token.chmod(0o755)
    given = {
        "file": ["--key-file", str(private)],
        "environment": ["--key-env", "TRIAL_KEY"],
        "command": ["--key-command", str(token)],
    }
    if way == "environment":
        environment["TRIAL_KEY"] = private.read_text()
    done = run(*base, *given[way], **environment)
    assert done.returncode == 0, done.stderr
    secret = private.read_text().splitlines()[1]
    calls = (tmp_path / "calls").read_text("utf-8", "replace")
    own = calls.replace(f"TRIAL_KEY={private.read_text().strip()}", "") if way == "environment" else calls
    assert "pkeyutl -verify" in calls
    assert secret not in own  # the variable that the caller set stays in the caller's own record of it
    assert secret not in done.stdout + done.stderr
    for folder in (signed.root, tmp_path):
        for file in folder.rglob("*"):
            assert not file.is_file() or file.name == "calls" or secret.encode() not in file.read_bytes(), file


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_refused(lang: str, signed: Signed, tmp_path: Path) -> None:
    """A key in the site, one that others can read, one of another algorithm or pair, none at all; nothing is signed, and it is said how to go on."""
    inside = signed.root / "key.pem"
    shutil.copy(signed.keys[ED], inside)
    inside.chmod(0o600)
    readable = tmp_path / "readable.pem"
    shutil.copy(signed.keys[ED], readable)
    readable.chmod(0o640)
    other = make_keys(tmp_path / "other", (ED,))[ED]
    empty = tmp_path / "empty"
    empty.write_text("")
    empty.chmod(0o600)
    before = (signed.public / signature_name(ED)).read_bytes()
    base = ["sign", "--site", str(signed.root), "--lang", lang, "--id"]
    cases = (
        ([ED, "--key-file", str(inside)], "仓库", "repository"),
        ([ED, "--key-file", str(readable)], "chmod 600", "chmod 600"),
        ([ED, "--key-file", str(other)], "不是一对", "does not belong"),
        ([ED, "--key-file", str(signed.keys[SM])], "私钥不是", "none of Ed25519"),
        ([ED, "--key-file", str(empty)], "PEM", "PEM"),
        ([ED, "--key-file", str(tmp_path / "none")], "不存在", "not found"),
        ([ED, "--key-env", "NO_SUCH_VARIABLE"], "NO_SUCH_VARIABLE", "NO_SUCH_VARIABLE"),
        ([ED, "--key-command", "false"], "没有给出签名", "gave no signature"),
        ([ED, "--key-command", "no-such-program"], "没有给出签名", "gave no signature"),
        ([ED, "--key-command", "echo aGFsbG8="], "不是一对", "does not belong"),
        (["none", "--key-file", str(signed.keys[ED])], "none", "none"),
        ([ED], "--key-file", "--key-file"),
    )
    try:
        for words, zh, en in cases:
            done = run(*base, *words)
            assert done.returncode == 2, (words, done.stderr)
            assert (zh if lang == "zh" else en) in done.stderr, (words, done.stderr)
            assert "Traceback" not in done.stderr
    finally:
        inside.unlink()
    assert (signed.public / signature_name(ED)).read_bytes() == before


def test_keys_are_exchanged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A key signs sites of its days only; an altered folder and one without the key's public half are not signed."""
    keys = make_keys(tmp_path / "private", (ED,))
    pem = keys[ED].with_suffix(".pem").read_bytes()

    def site(catalogue: str) -> Path:
        files: dict[str, str | bytes] = {"catalog.yaml": catalogue, f"keys/{ED}.pem": pem}
        return sites.write(tmp_path / "site", files)

    def signs(root: Path) -> int:
        return signing_work.sign_site(root, root / "public", ED, keys[ED], None, None, "zh")

    root = site(sites.CATALOGUE)
    assert build(root, root / "public", AS_OF).published
    root = site(sites.CATALOGUE + signing(ED))
    assert signs(root) == 2
    assert "没有密钥" in capsys.readouterr().err
    assert build(root, root / "public", AS_OF).published
    assert signs(root) == 0
    page = root / "public/index.html"
    page.write_bytes(page.read_bytes() + b"\n")
    assert signs(root) == 2
    assert "index.html" in capsys.readouterr().err
    root = site(sites.CATALOGUE + signing(ED, until="2020-11-30"))
    assert build(root, root / "public", AS_OF).published
    assert signs(root) == 2
    assert "使用期" in capsys.readouterr().err


@pytest.mark.parametrize("algorithm", ["sm2", "ed25519"])
def test_a_pair_for_trials(algorithm: str, tmp_path: Path) -> None:
    """The private key is its owner's alone and out of the site; what is printed goes into the catalogue as it is; nothing is replaced."""
    root = sites.write(tmp_path / "site")
    private = tmp_path / "trial.pem"
    words = ["keygen", "--site", str(root), "--id", "trial", "--algorithm", algorithm, "--key-file", str(private)]
    made = run(*words)
    assert made.returncode == 0, made.stderr
    assert private.stat().st_mode & 0o777 == 0o600
    assert "PRIVATE" not in (root / "keys/trial.pem").read_text()
    (root / "catalog.yaml").write_text(sites.CATALOGUE + made.stdout)
    assert build(root, root / "public", AS_OF).published
    assert run("sign", "--site", str(root), "--id", "trial", "--key-file", str(private)).returncode == 0
    assert run("verify", "--site", str(root)).returncode == 0
    before = private.read_bytes()
    assert run(*words).returncode == 2
    assert private.read_bytes() == before
    assert run(*words[:-1], str(root / "inside.pem")).returncode == 2
    assert not (root / "inside.pem").exists()


def test_a_public_key_that_is_none_is_a_finding(tmp_path: Path) -> None:
    """With its place; a private key in its place is told so, and none of it is repeated."""
    keys = make_keys(tmp_path / "private")
    private = keys[ED].read_text()
    cases: tuple[tuple[str | None, str], ...] = (
        (private, "泄露"),
        (keys[SM].with_suffix(".pem").read_text(), "Ed25519"),
        ("nonsense", "BEGIN PUBLIC KEY"),
        (None, "没有这个文件"),
    )
    for number, (pem, words) in enumerate(cases):
        root = sites.write(tmp_path / str(number), {"catalog.yaml": sites.CATALOGUE + signing(ED)})
        if pem is not None:
            (root / "keys").mkdir()
            (root / f"keys/{ED}.pem").write_text(pem)
        found = [item for item in sites.findings(root) if item.name == "invalid-value"]
        assert [item.where.path for item in found] == ["catalog.yaml"], words
        assert words in found[0].message.zh, found[0].message.zh
        assert private.splitlines()[1] not in str(found)
