"""What somebody sees who writes and looks: in a real Chromium, with the real command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.robust.sandbox import TEXT, make_site, notice, page_of
from tests.serve.running import BASE, Serving, save, serving, unspoilt, until
from tests.support.browser import REQUIRED, launched, overflow, quiet

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = REQUIRED
PAGE = page_of(1)
BODY = f"""{TEXT}

## 第一部分

- 第一项内容，各处室照办
- 第二项内容见[没有的文件](nichts.pdf)

下面一段里有[没有的一页](nichts.md)，写在第二部分前面。
它还有第二行。

## 第二部分

| 名称 | 说明 |
| --- | --- |
| 表里的一格 | 表里有[没有的表](biao.xlsx) |

最后一段没有问题。"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(make_site(tmp_path_factory.mktemp("browser") / "site")) as running:
        yield running


@pytest.fixture
def preview(shared: Serving) -> Iterator[Serving]:
    """One preview for many tests, with a clean site."""
    with unspoilt(shared) as running:
        yield running


@pytest.fixture
def site(preview: Serving) -> Path:
    """The site of the shared preview."""
    return preview.site


@pytest.fixture
def tab(browser: Browser, preview: Serving) -> Iterator[Page]:
    context = browser.new_context()
    yield opened(context.new_page(), preview, PAGE)
    context.close()


def opened(page: Page, preview: Serving, address: str) -> Page:
    page.set_default_timeout(20_000)
    page.goto(f"{preview.url}{BASE[1:]}{address}")
    return page


def sees(page: Page, words: str) -> None:
    page.wait_for_function("words => document.body && document.body.innerText.includes(words)", arg=words)


def test_a_saved_notice_appears_without_a_click(tab: Page, site: Path) -> None:
    troubles = quiet(tab)
    sees(tab, "✔ 可以发布")
    for number in range(3):
        save(site / "content/zd/a.md", notice(1, body=f"{TEXT}改了{number}次。"))
        sees(tab, f"改了{number}次。")
    assert troubles == [], "nothing is refused by the page's own content policy"


def test_the_reader_stays_where_he_was(tab: Page, site: Path) -> None:
    long = "\n\n".join(f"第{number}段。{TEXT}" for number in range(60))
    save(site / "content/zd/a.md", notice(1, body=long))
    sees(tab, "第59段。")
    tab.evaluate("window.scrollTo(0, 1500)")
    save(site / "content/zd/a.md", notice(1, body=f"{long}\n\n末尾新加的一段。"))
    sees(tab, "末尾新加的一段。")
    tab.wait_for_function("() => Math.abs(window.scrollY - 1500) < 60")


def test_eight_tabs_are_all_renewed(browser: Browser, preview: Serving, site: Path) -> None:
    """A browser has six connections to a host: a stream for each tab would starve the seventh."""
    context = browser.new_context()
    tabs = [opened(context.new_page(), preview, PAGE) for _ in range(8)]
    for number in range(2):
        save(site / "content/zd/a.md", notice(1, body=f"{TEXT}第{number}次给大家看。"))
        for tab in tabs:
            sees(tab, f"第{number}次给大家看。")
    context.close()


def test_only_pages_that_changed_are_loaded_again(browser: Browser, preview: Serving, site: Path) -> None:
    context = browser.new_context()
    other = opened(context.new_page(), preview, "heyan.html")
    other.evaluate("window.stays = true")
    tab = opened(context.new_page(), preview, PAGE)
    builds = preview.report()["builds"]
    save(site / "content/zd/a.md", notice(1, body=f"{TEXT}见[没有的](nichts.md)。"))
    sees(tab, "nichts.md")
    preview.settled(builds + 1)
    sees(other, "1 处必须修改")  # the strip is new, the page is not
    assert other.evaluate("window.stays")
    context.close()


def test_findings_stand_beside_what_they_speak_of(tab: Page, site: Path) -> None:
    save(site / "content/zd/a.md", notice(1, body=BODY))
    sees(tab, "3 处必须修改")
    tab.wait_for_function(
        "() => document.querySelectorAll('.bsp-note').length === 3 && !document.querySelector('#bsp > .bsp-note')"
    )
    inside = tab.evaluate(
        """() => [...document.querySelectorAll('.bsp-note')].map(note => [
            note.parentElement.tagName, (note.previousElementSibling || {}).textContent || '', note.textContent])"""
    )
    item, paragraph, table = sorted(inside, key=lambda one: [mark in one[2] for mark in ("nichts.pdf", "nichts.md", "biao.xlsx")].index(True))  # fmt: skip
    assert item[0] == "LI"
    assert paragraph[1].startswith("下面一段里有") and paragraph[1].endswith("它还有第二行。")
    assert "表里的一格" in table[1]
    save(site / "content/zd/a.md", notice(1, body=TEXT))
    sees(tab, "✔ 可以发布")
    assert tab.locator(".bsp-note").count() == 0


def test_a_finding_in_the_head_stands_by_its_value_or_at_the_top(tab: Page, site: Path) -> None:
    save(site / "content/zd/a.md", notice(1, more="没有的项: 某个值\n"))
    sees(tab, "处必须修改")
    tab.wait_for_selector("#bsp > .bsp-note:has-text('没有的项')")
    save(site / "content/zd/a.md", notice(1, body="见附件。"))
    tab.wait_for_selector(".bsp-note:has-text('空')")
    assert "见附件" in tab.evaluate("() => document.querySelector('.bsp-note').previousElementSibling.textContent")


def test_the_list_of_findings_leads_to_their_pages(browser: Browser, preview: Serving, site: Path) -> None:
    context = browser.new_context()
    home = opened(context.new_page(), preview, "")
    save(site / "content/zd/a.md", notice(1, body=BODY))
    home.wait_for_selector("#bsp summary")
    home.click("#bsp summary")
    home.click("#bsp a:has-text('content/zd/a.md')")
    home.wait_for_url(f"**/{PAGE}")
    sees(home, "下面一段里有")
    home.click("#bsp summary")
    home.click("#bsp .bsp-row:has-text('nichts.md') .bsp-jump")
    assert "nichts.md" in home.locator(":target").inner_text()
    context.close()


def test_a_page_that_cannot_be_made_stays_with_a_strip(tab: Page, site: Path) -> None:
    save(site / "content/zd/a.md", "---\n标题: 没有写完\n")
    sees(tab, "处必须修改")
    sees(tab, "关于印发示例制度的通知")
    tab.wait_for_selector(".bsp-note.bsp-error")
    save(site / "content/zd/a.md", notice(1, body=f"{TEXT}又好了。"))
    sees(tab, "又好了。")
    sees(tab, "✔ 可以发布")


def test_the_first_page_comes_by_itself(browser: Browser, tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    for count in range(2, 400):
        (site / f"content/zd/n{count}.md").write_text(notice(count, title=f"关于第{count}件事的通知"), "utf-8")
    with serving(site, early=True) as early:
        page = browser.new_page()
        page.set_default_timeout(20_000)
        page.goto(early.url)
        sees(page, "正在准备第一次预览")
        sees(page, "政府信息公开制度")
        page.close()


def test_a_tab_knows_that_the_preview_has_ended_and_goes_on_with_the_next(browser: Browser, tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    with serving(site) as preview:
        tab = opened(browser.new_page(), preview, PAGE)
        sees(tab, "✔ 可以发布")
        assert preview.end() == 0
        sees(tab, "预览已经停止")
    save(site / "content/zd/a.md", notice(1, body=f"{TEXT}重新开始。"))
    with serving(site, "--port", str(preview.port)):
        sees(tab, "重新开始。")
        assert "预览已经停止" not in tab.inner_text("body")
    tab.close()


def test_a_theme_with_another_policy_works(tab: Page, site: Path) -> None:
    """A policy that allows no connections, no own scripts, or nothing at all, is widened for the preview only."""
    folder = site / "themes/site/templates"
    folder.mkdir(parents=True)
    (folder / "base.html").write_text(
        '{% extends "default/base.html" %}{% block policy %}<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; img-src 'self'\">{% endblock %}", "utf-8",
    )  # fmt: skip
    tab.wait_for_function("() => document.querySelector('meta[http-equiv]').content.includes('connect-src')")
    troubles = quiet(tab)
    save(site / "content/zd/a.md", notice(1, body=f"{TEXT}照样更新。"))
    sees(tab, "照样更新。")
    assert troubles == []


@pytest.mark.parametrize("width", [1280, 320])
def test_the_strip_does_not_disturb_the_page(browser: Browser, preview: Serving, site: Path, width: int) -> None:
    (site / "content/zd/c.md").write_text(notice(3, title="明年才公开的通知", day="2027-01-05"), "utf-8")
    save(site / "content/zd/a.md", notice(1, body=BODY))
    until(
        lambda: "3 处必须修改" in preview.report()["strip"] and preview.get(f"{BASE}{page_of(3)}").status == 200,
        "the findings",
    )
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for address in ("", PAGE, page_of(3), "zd/"):
        opened(page, preview, address)
        sees(page, "3 处必须修改")
        assert overflow(page) == []
        shift = page.evaluate(
            """() => {
                const strip = document.getElementById('bsp');
                const places = () => [...document.querySelectorAll('header, nav, h1')].map(one => one.getBoundingClientRect());
                for (const note of document.querySelectorAll('.bsp-note, .bsp-badge')) note.remove();
                const with_strip = places(), height = strip.getBoundingClientRect().height;
                strip.remove();
                const after = places();
                return with_strip.map((box, at) => [box.left - after[at].left, box.width - after[at].width, Math.round(box.top - after[at].top - height)])
                    .filter(([left, wide, top], at) => left || wide || (top && after[at].height));
            }"""
        )
        assert shift == [], f"{address or 'home'}: the strip only moves the page down by its own height"
        if shots := os.environ.get("PREVIEW_SHOTS"):
            opened(page, preview, address)
            page.wait_for_timeout(300)
            page.screenshot(path=f"{shots}/{width}-{address.replace('/', '_') or 'home'}.png")
    context.close()


def test_nothing_of_the_preview_is_printed(tab: Page, site: Path) -> None:
    save(site / "content/zd/a.md", notice(1, body=BODY))
    tab.wait_for_selector(".bsp-note")
    tab.emulate_media(media="print")
    assert not tab.locator("#bsp").is_visible()
    assert not tab.locator(".bsp-note").first.is_visible()
