"""What nginx and Caddy answer when they are told what `build-site server-config` prints, fetched over loopback.

Both are asked the same, so they cannot drift apart.
"""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from build_site.cli.main import cli
from build_site.output.build import build
from build_site.output.manifest import load_manifest
from build_site.publishing.served_site import common_policy, served_site
from tests.support import web_servers
from tests.support.sites import AS_OF, TEXT, notice, unaudited, write
from tests.support.web_servers import Answer, fetch

_REDIRECTS = (
    "redirects:\n  - {from: zcwj/old.html, to: wj/2020/00001.html}\n  - {from: zcwj/older.html, to: zcwj/old.html}\n"
)
Ask = Callable[..., Answer]


def _site(folder: Path, base: str) -> Path:
    root = write(
        folder / "site",
        {
            "catalog.yaml": unaudited().replace("site:\n", f"site:\n  base_path: {base}\n", 1) + _REDIRECTS,
            "content/zd/zhidu.md": notice("信息公开制度", "00001", f"{TEXT * 40}\n\n[申请表](申请表.ofd)"),
            "content/zd/申请表.ofd": b"PK\x03\x04" + b"x" * 2000,
        },
    )
    outcome = build(root, root / "public", AS_OF)
    assert outcome.published, [str(item.message.en) for item in outcome.diagnostics if item.severity == "error"]
    # files as later versions of the program or another branch may publish them
    (root / "public/wj/2020/00001.md").write_text("# 信息公开制度\n", "utf-8")
    (root / "public/wj/empty").mkdir()
    (root / "public/wj/2020/00001").mkdir()
    (root / "public/wj/2020/00001/biao.pdf").write_bytes(b"%PDF-1.4")
    (root / "public/wj/2020/00001/TU.PNG").write_bytes(b"\x89PNG")
    (root / "public/.receipt").write_text("secret", "utf-8")
    return root


def _snippet(root: Path, server: str, *more: str) -> str:
    done = CliRunner().invoke(cli, ["server-config", server, "--site", str(root), *more], catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    return str(done.stdout)


def _needs(server: str) -> None:
    if not {"nginx": web_servers.NGINX, "caddy": web_servers.CADDY}[server]:
        pytest.skip(f"{server} is not installed")


_SERVING = {"nginx": web_servers.nginx_serving, "caddy": web_servers.caddy_serving}


@pytest.fixture(scope="module", params=["/zfxxgk/", "/"])
def root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _site(tmp_path_factory.mktemp("served"), request.param)


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def ask(root: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Asks a server for an address of the site."""
    _needs(request.param)
    base = "/zfxxgk/" if "base_path: /zfxxgk/" in (root / "catalog.yaml").read_text("utf-8") else "/"
    with _SERVING[request.param](tmp_path_factory.mktemp(request.param), _snippet(root, request.param)) as port:

        def asked(address: str, method: str = "GET", **headers: str) -> Answer:
            return fetch(port, base + address, method, **headers)

        asked.base, asked.port = base, port  # type: ignore[attr-defined]
        yield asked


def _fingerprinted(root: Path) -> str:
    manifest = load_manifest(root / "public")
    assert manifest
    return next(address for address in manifest.files if re.fullmatch(r"assets/site-[0-9a-f]{10}\.css", address))


def _policy_of_pages(root: Path) -> str:
    html = (root / "public/index.html").read_text("utf-8")
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert found
    return found[1]


ATTACHMENT = quote("fj/zd/申请表.ofd")


def test_every_answer_has_the_headers(root: Path, ask: Ask) -> None:
    """Pages, files, feeds, what is missing, what has moved: no answer goes without."""
    for address in ("", "wj/2020/00001.html", _fingerprinted(root), ATTACHMENT, "gengxin.xml", "no.html", "zcwj/old.html", "manifest.json"):  # fmt: skip
        found = ask(address).headers
        assert found["content-security-policy"] == f"{_policy_of_pages(root)}; frame-ancestors 'self'", address
        assert found["x-content-type-options"] == "nosniff", address
        assert found["x-frame-options"] == "SAMEORIGIN", address
        assert found["referrer-policy"] == "strict-origin-when-cross-origin", address
        assert "camera=()" in found["permissions-policy"], address
        assert found["cross-origin-opener-policy"] == "same-origin", address
        assert not re.search(r"\d", found.get("server", "")), address  # no version


def test_what_browsers_show_themselves_may_be_styled_and_run_nothing(root: Path, ask: Ask) -> None:
    """A policy for pages would take the styles from a browser's own viewer of PDF files and pictures."""
    for name in ("biao.pdf", "TU.PNG"):
        answer = ask(f"wj/2020/00001/{name}")
        policy = answer.headers["content-security-policy"]
        assert answer.status == 200 and answer.headers["cache-control"] == "public, max-age=300"
        assert (
            policy.startswith("default-src 'none'")
            and "style-src 'unsafe-inline'" in policy
            and "script-src" not in policy
        )
        assert policy.endswith("frame-ancestors 'self'") and answer.headers["x-content-type-options"] == "nosniff"
    assert ask("wj/2020/00001/TU.PNG").headers["content-type"] == "image/png"


def test_how_long_each_answer_may_be_kept(root: Path, ask: Ask) -> None:
    expected = {
        _fingerprinted(root): "public, max-age=31536000, immutable",
        "": "public, max-age=300",
        "zn/": "public, max-age=300",
        "wj/2020/00001.html": "public, max-age=300",
        ATTACHMENT: "public, max-age=300",
        "gengxin.xml": "public, max-age=900",
        "zd/gengxin.xml": "public, max-age=900",
        "manifest.json": "no-cache",
        "no.html": "no-cache",
        "assets/site-0000000000.css": "no-cache",  # missing: never kept for a year
        "zcwj/old.html": "public, max-age=300",
    }
    assert {address: ask(address).headers.get("cache-control") for address in expected} == expected


def test_every_fingerprinted_file_is_kept_and_no_other(root: Path, ask: Ask) -> None:
    manifest = load_manifest(root / "public")
    assert manifest
    for address in manifest.files:
        if address not in ("zcwj/old.html", "zcwj/older.html"):
            answer = ask(quote(address))
            assert answer.status == 200, address
            assert ("immutable" in answer.headers["cache-control"]) == address.startswith("assets/"), address
            assert answer.body == (root / "public" / address).read_bytes(), address


def test_old_addresses_lead_on_at_once(root: Path, ask: Ask) -> None:
    for old in ("zcwj/old.html", "zcwj/older.html"):
        answer = ask(old)
        assert answer.status == 301
        assert answer.headers["location"] == f"{ask.base}wj/2020/00001.html"  # type: ignore[attr-defined]


def test_what_is_not_there_shows_the_sites_own_page(root: Path, ask: Ask) -> None:
    """Also a folder without a page (no listing), files that begin with a dot."""
    page = (root / "public/404.html").read_bytes()
    for address in ("no.html", "no/", "wj/empty/", ".receipt", "wj/.git/config"):
        answer = ask(address)
        assert (answer.status, answer.body) == (404, page), address
        assert answer.headers["content-type"] == "text/html; charset=utf-8", address


def test_no_way_leads_out_of_the_folder(root: Path, ask: Ask) -> None:
    for address in ("../catalog.yaml", "%2e%2e/catalog.yaml", "wj/..%2f..%2fcatalog.yaml", "assets/../../catalog.yaml"):
        assert b"redirects:" not in ask(address).body, address


def test_kinds_and_charsets(root: Path, ask: Ask) -> None:
    expected = {
        "": "text/html; charset=utf-8",
        "wj/2020/00001.html": "text/html; charset=utf-8",
        "wj/2020/00001.md": "text/markdown; charset=utf-8",
        ATTACHMENT: "application/ofd",
        _fingerprinted(root): "text/css; charset=utf-8",
        "gengxin.xml": "application/atom+xml; charset=utf-8",
        "zd/gengxin.xml": "application/atom+xml; charset=utf-8",
        "sitemap.xml": "application/xml; charset=utf-8",
        "robots.txt": "text/plain; charset=utf-8",
        "manifest.json": "application/json; charset=utf-8",
    }
    assert {address: ask(address).headers.get("content-type") for address in expected} == expected


def test_folders_and_the_base_path(root: Path, ask: Ask) -> None:
    answer = ask("zn")
    assert answer.status in (301, 308) and answer.headers["location"] == f"{ask.base}zn/"  # type: ignore[attr-defined]
    if ask.base != "/":  # type: ignore[attr-defined]
        bare = fetch(ask.port, "/zfxxgk")  # type: ignore[attr-defined]
        assert (bare.status, bare.headers["location"]) == (301, "/zfxxgk/")


def test_pages_are_compressed_and_known_again(root: Path, ask: Ask) -> None:
    whole = (root / "public/wj/2020/00001.html").read_bytes()
    packed = ask("wj/2020/00001.html", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip" and "accept-encoding" in packed.headers["vary"].lower()
    assert gzip.decompress(packed.body) == whole and len(packed.body) < len(whole) / 2
    plain = ask("wj/2020/00001.html")
    assert "content-encoding" not in plain.headers
    assert ask("wj/2020/00001.html", If_None_Match=plain.headers["etag"]).status == 304


def test_nothing_can_be_written(root: Path, ask: Ask) -> None:
    before = (root / "public/index.html").read_bytes()
    for method in ("POST", "PUT", "DELETE"):
        assert ask("index.html", method).status in (403, 405)
    assert (root / "public/index.html").read_bytes() == before
    head = ask("index.html", "HEAD")
    assert head.status == 200 and head.body == b"" and "content-security-policy" in head.headers


def test_nginx_accepts_it_without_a_warning(root: Path, tmp_path: Path) -> None:
    _needs("nginx")
    config = web_servers.nginx_config(tmp_path, _snippet(root, "nginx"), web_servers.free_port())
    done = subprocess.run(
        [str(web_servers.NGINX), "-t", "-p", str(tmp_path), "-c", str(config)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not re.search(r"\[(warn|error|emerg)\]", done.stderr), done.stderr


def test_a_folder_with_a_blank_and_another_place(root: Path, tmp_path: Path) -> None:
    """The folder on the server may be called otherwise than here."""
    _needs("nginx")
    place = tmp_path / "web root" / "current"
    shutil.copytree(root / "public", place)
    with web_servers.nginx_serving(tmp_path, _snippet(root, "nginx", "--root", str(place))) as port:
        base = "/zfxxgk/" if "base_path: /zfxxgk/" in (root / "catalog.yaml").read_text("utf-8") else "/"
        assert fetch(port, f"{base}wj/2020/00001.html").body == (place / "wj/2020/00001.html").read_bytes()


def test_what_cannot_be_told(tmp_path: Path) -> None:
    root = write(tmp_path / "site")
    words = ["server-config", "nginx", "--site", str(root)]
    unbuilt = CliRunner().invoke(cli, words)
    assert unbuilt.exit_code == 2 and "build-site build" in unbuilt.stderr and unbuilt.stdout == ""
    strange = CliRunner().invoke(cli, [*words, "--root", "/srv/$x; }"])
    assert strange.exit_code == 2 and "--root" in strange.stderr and strange.stdout == ""


def test_a_header_never_forbids_more_than_each_page() -> None:
    """Only what all pages say alike is said for all of them."""
    assert common_policy([]) == ""
    assert common_policy(["a-src x; b-src y"]) == "a-src x; b-src y"
    assert common_policy(["script-src 'self'; img-src x", "script-src 'self' 'wasm'; img-src x"]) == "img-src x"
    assert common_policy(["default-src 'none'; img-src x", "default-src 'none'; img-src y"]) == ""
    assert (
        common_policy(["default-src 'none'; img-src x", "default-src 'none'; img-src x; connect-src y"]) == "img-src x"
    )
    assert common_policy(["img-src x", ""]) == ""
    assert common_policy(["img-src x; frame-ancestors 'none'"]) == "img-src x"


def test_lists_that_come_and_go_are_left_to_their_pages(tmp_path: Path) -> None:
    root = _site(tmp_path, "/")
    page = root / "public/zd/mian/feizhi.html"
    page.parent.mkdir()
    page.write_text('<head><meta http-equiv="refresh" content="0; url=../index.html"></head>', "utf-8")
    manifest = root / "public/manifest.json"
    text = manifest.read_text("utf-8")
    manifest.write_text(
        text.replace('"files": {', '"files": {"zd/mian/feizhi.html": {"size": 1, "sha256": ""},', 1), "utf-8"
    )
    found = served_site(root / "public", "/")
    assert found and set(found.moved) == {"zcwj/old.html", "zcwj/older.html"}
