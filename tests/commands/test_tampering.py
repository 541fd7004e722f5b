"""Whatever is done to whatever file of a published site is found; a site that nothing was done to is never blamed."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any, ClassVar

import pytest

from build_site.cli import verify_work
from build_site.output.manifest import MANIFEST_NAME, load_manifest
from tests.support.signed_site import ED, PACKERS, SM, Signed, as_folder, served, signed_site
from tests.support.sites import AS_OF

SCRIPT = b'<script src="https://platform.example/count.js"></script>'


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    """A site that was built and signed."""
    return signed_site(tmp_path_factory.mktemp("signed"))


def task(target: Path | str, root: Path, **more: Any) -> verify_work.Task:
    given: dict[str, Any] = {
        "manifest": None, "keys": (), "unsigned": False, "allowed": frozenset(), "max_age": None, "today": AS_OF,
        "pause": 0.0, "timeout": 5, "resume": None, **more,
    }  # fmt: skip
    return verify_work.Task(target=str(target), root=root, **given)


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, set[tuple[str, str]]]]:
    """Run a check; return its exit code and kind and address of all that it tells."""

    def run(one: verify_work.Task) -> tuple[int, set[tuple[str, str]]]:
        capsys.readouterr()
        code = verify_work.once(one, "json", "zh")
        text = capsys.readouterr().out
        return code, {(item["kind"], item["address"]) for item in json.loads(text)["differences"]} if text else set()

    return run


Told = Callable[..., tuple[int, set[tuple[str, str]]]]


def one_of_each_type(public: Path) -> Iterator[str]:
    """Yield an address for every ending that the site has; beside a list also a document, which has a body."""
    seen = set()
    for file in sorted(public.rglob("*")):
        ending = file.suffix or file.name
        if file.is_file() and ending not in seen:
            seen.add(ending)
            yield file.relative_to(public).as_posix()
    yield "wj/2020/00001.html"


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def add(file: Path) -> None:
    file.with_name(f"added{file.suffix}").write_bytes(file.read_bytes()[:-1] + b"?")


def rename(file: Path) -> None:
    file.rename(file.with_name(f"renamed{file.suffix}"))


def remove(file: Path) -> None:
    file.unlink()


def inject(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data.replace(b"</body>", SCRIPT + b"</body>") if b"</body>" in data else data + SCRIPT)


def swap(file: Path) -> None:
    other = next(
        one for one in sorted(file.parents[0].rglob("*")) if one.is_file() and one.read_bytes() != file.read_bytes()
    )
    mine, theirs = file.read_bytes(), other.read_bytes()
    file.write_bytes(theirs)
    other.write_bytes(mine)


def become_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def become_link(file: Path) -> None:
    aside = file.parents[0].resolve().parent / f"aside-{file.name}"
    aside.write_bytes(file.read_bytes())
    file.unlink()
    file.symlink_to(aside)


class _Ending(SimpleHTTPRequestHandler):
    """Answers a few requests, then says that it is broken."""

    left = 0
    asked: ClassVar[list[str]] = []

    def log_message(self, format: str, *args: object) -> None:
        del format, args

    def do_GET(self) -> None:
        _Ending.asked.append(self.path)
        _Ending.left -= 1
        if _Ending.left < 0:
            self.send_response(429)
            self.send_header("Retry-After", "0")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            super().do_GET()

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        return "application/octet-stream" if str(path).endswith(".sig") else super().guess_type(path)


WAYS = (flip, truncate, empty, add, rename, remove, inject, swap, become_folder, become_link)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_way_of_tampering_is_found_for_every_type_of_file(
    way: Callable[[Path], None], signed: Signed, tmp_path: Path, told: Told
) -> None:
    """Both against the manifest in the folder itself, with its signatures, and against the one that was kept elsewhere."""
    types = list(one_of_each_type(signed.public))
    assert {Path(address).suffix for address in types} >= {
        ".html", ".pdf", ".xlsx", ".docx", ".png", ".txt", ".css", ".js", ".xml", ".json", ".pem", ".sig", "",
    }  # fmt: skip
    for number, address in enumerate(types):
        copy = as_folder(signed.public, tmp_path / str(number) / "public")
        way(copy / address)
        code, found = told(task(copy, signed.root, manifest=signed.public / MANIFEST_NAME))
        assert (code, bool(found)) == (1, True), address
        code, found = told(task(copy, signed.root))
        # one of two signatures may be missing: the other speaks for the manifest
        gone = address.endswith(".sig") and way in (remove, become_folder)
        assert code == (0 if gone else 1) or (way is add and address == MANIFEST_NAME), (address, found)


@pytest.mark.parametrize("packed", PACKERS)
def test_a_site_nobody_touched_is_never_blamed(packed: str, signed: Signed, tmp_path: Path, told: Told) -> None:
    """Thirty times each, against its own manifest and against the one that was kept."""
    copy = PACKERS[packed](signed.public, tmp_path / "copy")
    kept = task(copy, signed.root, manifest=signed.public / MANIFEST_NAME)
    unsigned = task(copy, signed.root, unsigned=True, manifest=signed.public / MANIFEST_NAME)
    for number in range(30):
        assert told(kept if number % 10 == 0 else unsigned) == (0, set())
    assert told(task(copy, signed.root)) == (0, set())


@pytest.mark.parametrize("packed", ["zip", "tar"])
def test_a_damaged_package_is_found(packed: str, signed: Signed, tmp_path: Path, told: Told) -> None:
    """Flipped or cut off anywhere, it is either still the same site or blamed."""
    package = PACKERS[packed](signed.public, tmp_path / "copy")
    whole = package.read_bytes()
    chance = random.Random(1)
    blamed = 0
    for number in range(12):
        at = chance.randrange(len(whole))
        package.write_bytes(whole[:at] if number % 3 == 0 else whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        code, _ = told(task(package, signed.root, unsigned=True, manifest=signed.public / MANIFEST_NAME))
        assert code in (0, 1)
        blamed += code
        if number % 3 == 0:
            assert code == 1
    assert blamed >= 8


def test_an_injected_script_is_told_from_an_altered_text(signed: Signed, tmp_path: Path, told: Told) -> None:
    """By taking out what is not ours and finding the original; an altered word is found whatever was put in beside it."""
    copy = as_folder(signed.public, tmp_path / "public")
    pages = sorted(str(file.relative_to(copy)) for file in copy.rglob("*.html"))
    changes = (
        (b"</body>", SCRIPT + b"\n</body>", "injected"),
        (b"</head>", b"<style>body{color:red}</style></head>", "injected"),
        (b"</body>", b'<iframe src="https://evil.example/">x</iframe></body>', "injected"),
        (b"<body", b"<!-- platform 3.2 -->\n<body", "injected"),
        (b"</body>", b"<script>var a = 1</script>\n<!-- end --></body>", "injected"),
        (b"</h1>", "伪造</h1>".encode(), "altered-text"),
        (b"</h1>", "伪造</h1>".encode() + SCRIPT, "altered-text"),
        (b'<main id="main"', b'<main id="main" onclick="x()"', "altered-page"),
        (b"</footer>", "假电话</footer>".encode(), "altered-page"),
    )
    expected = set()
    for address, (old, new, kind) in zip(pages, changes, strict=False):
        file = copy / address
        data = file.read_bytes()
        assert data.count(old) >= 1, (address, old)
        file.write_bytes(data.replace(old, new, 1))
        expected.add((kind, address))
    assert len(expected) == len(changes)
    assert told(task(copy, signed.root)) == (1, expected)


def test_scripts_of_the_platform_may_be_allowed(signed: Signed, tmp_path: Path, told: Told) -> None:
    """By their host; they are still told, and a script from elsewhere beside one is no less an intrusion."""
    copy = as_folder(signed.public, tmp_path / "public")
    page = copy / "index.html"
    clean = page.read_bytes()
    page.write_bytes(clean.replace(b"</body>", SCRIPT + b"</body>"))
    allowed = frozenset({"platform.example"})
    assert told(task(copy, signed.root, allowed=allowed)) == (0, {("injected", "index.html")})
    assert told(task(copy, signed.root, allowed=frozenset({"other.example"})))[0] == 1
    page.write_bytes(clean.replace(b"</body>", SCRIPT + b"<script>steal()</script></body>"))
    assert told(task(copy, signed.root, allowed=allowed))[0] == 1
    page.write_bytes(clean.replace(b"</h1>", "伪造</h1>".encode() + SCRIPT))
    assert told(task(copy, signed.root, allowed=allowed)) == (1, {("altered-text", "index.html")})


def test_a_live_site_is_read_and_compared(signed: Signed, tmp_path: Path, told: Told) -> None:
    """Missing, altered and wrongly called files are found on a server; nothing is wrong with a true copy."""
    copy = as_folder(signed.public, tmp_path / "public")
    with served(copy) as address:
        for _ in range(10):
            assert told(task(address, signed.root)) == (0, set())
        (copy / "robots.txt").unlink()
        flip(copy / "zd/index.html")
        inject(copy / "index.html")
        code, found = told(task(address, signed.root))
        assert code == 1
        assert {("missing", "robots.txt"), ("injected", "index.html")} <= found
        assert "zd/index.html" in {where for _, where in found}
        assert len(found) == 3


def test_a_check_that_was_ended_goes_on(signed: Signed, tmp_path: Path, told: Told) -> None:
    """The server goes away in the middle; what was found before is told again, and nothing is read twice."""
    copy = as_folder(signed.public, tmp_path / "public")
    (copy / "404.html").unlink()
    state = tmp_path / "resume.jsonl"
    _Ending.left, _Ending.asked = 9, []
    with served(copy, _Ending) as address:
        one = task(address, signed.root, resume=state)
        assert told(one) == (2, set())
        assert state.is_file()
        first = list(_Ending.asked)
        _Ending.left, _Ending.asked = 1000, []
        assert told(one) == (1, {("missing", "404.html")})
        assert not state.exists()
    again = [path for path in _Ending.asked if path in first[:-5] and not path.endswith((".json", ".sig"))]
    assert again == []


def test_a_forged_manifest_does_not_help(signed: Signed, tmp_path: Path, told: Told) -> None:
    """Who alters a page and the manifest with it has no key; nor does removing the signatures, nor another's key."""
    copy = as_folder(signed.public, tmp_path / "public")
    manifest = copy / MANIFEST_NAME
    manifest.write_text(manifest.read_text("utf-8").replace('"as_of": "2020-12-01"', '"as_of": "2020-12-02"'), "utf-8")
    code, found = told(task(copy, signed.root))
    assert code == 1
    assert {("bad-signature", f"manifest.json.{name}.sig") for name in (ED, SM)} <= found
    for file in copy.glob("*.sig"):
        file.unlink()
    assert ("unsigned", MANIFEST_NAME) in told(task(copy, signed.root))[1]
    code, found = told(task(signed.public, signed.root, keys=(signed.keys[ED].with_suffix(".pem"),)))
    assert (code, found) == (0, set())


def test_an_old_site_is_stale_and_not_forged(signed: Signed, tmp_path: Path, told: Told) -> None:
    """A copy of yesterday's site, truly signed, beside today's manifest; and a manifest of long ago."""
    from build_site.cli.signing_work import sign_site
    from build_site.output.build import build

    newer = tmp_path / "newer"
    assert build(signed.root, newer, AS_OF + timedelta(days=1), record=False).published
    assert sign_site(signed.root, newer, ED, signed.keys[ED], None, None, "zh") == 0
    code, found = told(task(signed.public, signed.root, manifest=newer / MANIFEST_NAME))
    assert code == 1
    assert {kind for kind, _ in found} == {"stale"}
    assert ("stale", MANIFEST_NAME) in found
    late = AS_OF + timedelta(days=30)
    assert told(task(signed.public, signed.root, max_age=30, today=late)) == (0, set())
    assert told(task(signed.public, signed.root, max_age=29, today=late)) == (1, {("stale", MANIFEST_NAME)})


def test_watching_tells_what_came_and_what_went(
    signed: Signed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each round tells the changes only; the exit code is that of the last."""
    copy = as_folder(signed.public, tmp_path / "public")
    page = copy / "index.html"
    clean = page.read_bytes()
    rounds: list[dict[str, Any]] = []

    class Out:
        """Alters the copy between two rounds, when the first has been told."""

        def write(self, text: str) -> int:
            rounds.append(json.loads(text))
            page.write_bytes(clean + b"x" if len(rounds) == 1 else clean)
            return len(text)

        def flush(self) -> None:
            """Nothing waits."""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", Out())
        assert verify_work.repeatedly(task(copy, signed.root), "json", "zh", 0, 3) == 0
    assert [(len(one["new"]), len(one["gone"]), one["open"]) for one in rounds] == [(0, 0, 0), (1, 0, 1), (0, 1, 0)]
    assert "第 3 次" in capsys.readouterr().err


def test_the_manifest_names_the_fingerprint_of_every_page(signed: Signed) -> None:
    """It is the one that the page shows."""
    manifest = load_manifest(signed.public)
    assert manifest is not None
    for address, entry in manifest.files.items():
        if address.endswith(".html"):
            assert f'data-text-fingerprint="{entry.text}"' in (signed.public / address).read_text("utf-8")
        else:
            assert entry.text == ""
