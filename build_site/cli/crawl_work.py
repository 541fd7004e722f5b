"""What `build-site crawl` does, and what it says about it.

Owns its messages and its exit code.
"""

from __future__ import annotations

import errno
import time

from build_site.cli.reporting import Wanted, emit, refused
from build_site.cli.summary import misconfigured
from build_site.cli.telling import CLEAN, FINDINGS, USAGE, Progress, disk_message, say, unwritten_message
from build_site.cli.work import line_reader
from build_site.model.finding import Lang, Message
from build_site.output.crawl import NotBuiltError, Tour, crawl
from build_site.output.crawl_program import CrawlerFailedError, CrawlerMissingError
from build_site.output.outcome import Outcome

M = Message
_NOTES = {
    "unreached": M(
        "有 {} 页没有打开：没有链接能到，或者网页要求不跟随链接",
        "{} pages were not opened: no link leads there, or pages ask not to be followed",
    ),
    "unclear": M(
        "有 {} 个外部链接的服务器不回答程序，请在浏览器里看",
        "the servers of {} external links do not answer programs: look at them in a browser",
    ),
    "closed": M(
        "有 {} 个地址因网站的 robots.txt 没有检查",
        "{} addresses were not checked: robots.txt of the site forbids it",
    ),
}


def run(tour: Tour, wanted: Wanted) -> int:
    """Crawl and report; return the exit code."""
    lang = wanted.lang
    impossible = refused(wanted.files, tour.root, tour.out)
    if impossible:
        say(impossible, lang)
        return USAGE
    start = time.monotonic()
    progress = Progress(lang)
    try:
        outcome = crawl(tour, progress)
    except (NotBuiltError, CrawlerMissingError, CrawlerFailedError, OSError) as error:
        progress.clear()
        say(_why_not(error, tour), lang)
        return USAGE
    progress.clear()
    failed = outcome.misconfigured or outcome.fails(wanted.fail_on)
    unwritten = emit(outcome, tour.root, tour.as_of or tour.today, line_reader(tour.root), wanted)
    _summary(outcome, failed, time.monotonic() - start, tour, lang)
    if unwritten:
        say(unwritten_message(unwritten), lang)
        return USAGE
    if outcome.misconfigured:
        return USAGE
    return FINDINGS if failed else CLEAN


def _why_not(error: Exception, tour: Tour) -> Message:
    if isinstance(error, CrawlerMissingError):
        return M(
            "✘ 没有找到 LinkChecker。安装：pip install 'build-site[crawl]'，或 pip install linkchecker",
            "✘ LinkChecker was not found. Install it: pip install 'build-site[crawl]', or pip install linkchecker",
        )
    if isinstance(error, CrawlerFailedError):
        return M(
            f"✘ LinkChecker 没有跑完：{error}\n单独运行 linkchecker --version 看看它能不能用。",
            f"✘ LinkChecker did not come to its end: {error}\nSee whether `linkchecker --version` works by itself.",
        )
    if isinstance(error, NotBuiltError):
        return M(
            f"✘ {tour.out} 里没有生成好的网站。先运行 build-site build；要检查已上线的，加 --live 网址",
            f"✘ There is no built site in {tour.out}. Run `build-site build` first; for a live one add --live URL",
        )
    assert isinstance(error, OSError)
    if error.errno in (errno.EADDRINUSE, errno.EACCES) and error.filename is None:
        return M(
            f"✘ 端口 {tour.port} 用不了，可能已被别的程序占用。换一个，或去掉 --port",
            f"✘ The port {tour.port} cannot be used, perhaps another program has it. Choose another, or drop --port",
        )
    return disk_message(error)


def _summary(outcome: Outcome, failed: bool, seconds: float, tour: Tour, lang: Lang) -> None:
    counts = outcome.counts
    pages, files, external = (counts.get(name, 0) for name in ("pages", "files", "external"))
    asked = M("", "") if tour.external else M("没有检查", " not asked")
    zh = f"已打开 {pages} 页、{files} 个文件，外部链接 {external} 个{asked.zh}，{seconds:.1f} 秒"
    en = f"opened {pages} pages and {files} files, {external} external links{asked.en}, {seconds:.1f} s"
    if outcome.misconfigured:
        say(misconfigured(outcome), lang)
        return
    head = M("✘ 网站上有要改的地方", "✘ the site needs mending") if failed else M("✔ 通过", "✔ passed")
    if not failed and counts.get("unreached", 0) > pages:
        head = M("⚠ 打开的没有问题，但多数页没有打开", "⚠ what was opened is well, but most pages were not opened")
    say(M(f"{head.zh}（{zh}）", f"{head.en} ({en})"), lang)
    for name, note in _NOTES.items():
        number = counts.get(name, 0)
        if number:
            say(M(note.zh.format(number), note.en.format(number)), lang)
