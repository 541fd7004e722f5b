"""The verify page checks signature, page and print by itself; the browser agrees with the program on every page's fingerprint."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from build_site.output.manifest import MANIFEST_NAME, load_manifest, signature_name
from tests.support.browser import REQUIRED, overflow, quiet, served
from tests.support.signed_site import ED, Signed, as_folder, signed_site

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = REQUIRED
DOCUMENT = "wj/2020/00010.html"


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    """A site that was built and signed."""
    return signed_site(tmp_path_factory.mktemp("signed"))


@pytest.fixture
def copy(signed: Signed, tmp_path: Path) -> Path:
    """A copy that may be tampered with."""
    return as_folder(signed.public, tmp_path / "public")


@pytest.fixture
def asked(copy: Path, context: BrowserContext) -> Iterator[Callable[[str, str], list[str]]]:
    """Ask the verify page of `copy` about an address and a print; return its answers."""
    with served(copy) as home:
        page = context.new_page()
        troubles = quiet(page)

        def ask(address: str, paper: str = "") -> list[str]:
            page.goto(f"{home}heyan.html")
            page.fill("#v-page", f"{home}{address}" if address else "")
            page.fill("#v-paper", paper)
            page.click("form[data-verify] button")
            page.wait_for_function("() => document.querySelector('[data-verify-result]').innerText")
            return page.inner_text("[data-verify-result]").splitlines()

        yield ask
        assert [trouble for trouble in troubles if "404" not in trouble] == []


def test_a_true_site_is_found_true(asked: Callable[..., list[str]], signed: Signed) -> None:
    """Signature, file, text, and the print as it stands on paper, with its blanks."""
    manifest = load_manifest(signed.public)
    assert manifest is not None
    text = manifest.files[DOCUMENT].text
    paper = " ".join(text[start : start + 4] for start in range(0, 64, 4)).upper()
    assert asked(DOCUMENT, paper) == [
        "清单的日期：2020-12-01", f"✔ 签名有效，签发的密钥：{ED}", "✔ 文件与清单一致", "✔ 文字与清单一致", "✔ 纸上的指纹与清单一致",
    ]  # fmt: skip
    assert asked("zd/")[2:] == ["✔ 文件与清单一致", "✔ 文字与清单一致"]
    assert asked("")[1:] == [f"✔ 签名有效，签发的密钥：{ED}"]
    assert asked(DOCUMENT, "0" * 64)[-1] == "✘ 纸上的指纹与清单不同"
    assert asked("no/such.html")[-1].startswith("✘ 清单里没有")


def test_tampering_is_seen(asked: Callable[..., list[str]], copy: Path) -> None:
    """A script put in, a word altered, a manifest forged, a signature taken away."""
    page = copy / DOCUMENT
    clean = page.read_bytes()
    page.write_bytes(clean.replace(b"</body>", b"<i></i></body>"))
    assert asked(DOCUMENT)[2:] == ["✘ 文件与清单不一致", "✔ 文字与清单一致"]
    page.write_bytes(clean.replace("公开政府信息".encode(), "公开政务信息".encode()))
    assert asked(DOCUMENT)[2:] == ["✘ 文件与清单不一致", "✘ 文字与清单不一致"]
    manifest = copy / MANIFEST_NAME
    told = json.loads(manifest.read_text("utf-8"))
    told["as_of"] = "2020-12-02"
    manifest.write_text(json.dumps(told), "utf-8")
    assert asked("")[1].startswith("✘ 签名无效")
    (copy / signature_name(ED)).unlink()
    assert asked("")[1].startswith("？ 读不到签名")


def test_the_browser_computes_the_same_fingerprints(home: str, public: Path, context: BrowserContext) -> None:
    """On every page of the sample site, by the text that stands there and not by what the page says."""
    script = (Path(__file__).parents[2] / "themes/default/static/verify.js").read_text("utf-8")
    part = re.search(r"  const BLANK.*?(?=  async function signed)", script, re.DOTALL)
    assert part is not None
    manifest = load_manifest(public)
    assert manifest is not None
    texts = {address: entry.text for address, entry in manifest.files.items() if entry.text}
    assert len(texts) > 100
    page = context.new_page()
    page.goto(f"{home}heyan.html")
    found = page.evaluate(
        f"async ([home, names]) => {{ {part[0]} const found = {{}}; "
        "for (const name of names) found[name] = await fingerprint(text(await get(home + name))); return found }",
        [home, list(texts)],
    )
    assert found == texts


@pytest.mark.parametrize("width", [1280, 320])
def test_the_fingerprint_is_seen_and_printed(width: int, home: str, public: Path, context: BrowserContext) -> None:
    """Whole, on screen and on paper, without the page growing broader than the screen."""
    manifest = load_manifest(public)
    assert manifest is not None
    address = next(name for name in manifest.files if name.startswith("wj/"))
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(home + address)
    assert page.locator("code[data-text-fingerprint]").is_visible()
    assert overflow(page) == []
    assert "".join(page.inner_text("code[data-text-fingerprint]").split()) == manifest.files[address].text
    paper = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages)
    assert manifest.files[address].text in "".join(paper.split())
    _looks_well(page, f"{home}heyan.html")


def _looks_well(page: Page, address: str) -> None:
    page.goto(address)
    assert overflow(page) == []
    assert page.locator("form[data-verify]").is_visible()
