"""The last lines of a build or check: whether it passed, what was looked at, what was left out.

Owns these sentences. Must not know how the outcome came about, nor show findings.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_site.cli.telling import say
from build_site.model.finding import Lang, Message
from build_site.output.outcome import Outcome

_FEW = 5


def summarise(outcome: Outcome, failed: bool, seconds: float, done: Message, lang: Lang) -> None:
    """Say what came of a build or check that took `seconds`; `done` ends the sentence of a site that passed."""
    counts = outcome.counts
    pages, links, files = (counts.get(name, 0) for name in ("pages", "links", "files"))
    zh = f"已检查 {pages} 页、{links} 个链接、{files} 个附件，{seconds:.1f} 秒"
    en = f"checked {pages} pages, {links} links, {files} attachments in {seconds:.1f} s"
    if outcome.misconfigured:
        say(misconfigured(outcome), lang)
        return
    if failed:
        head = Message("✘ 不能发布；上一次的网站没有改动", "✘ not published; the last good site was not touched")
    else:
        head = Message(f"✔ 通过；{done.zh}", f"✔ passed; {done.en}")
    say(Message(f"{head.zh}（{zh}）", f"{head.en} ({en})"), lang)
    held = [
        (counts.get("drafts", 0) - len(outcome.held), Message("篇草稿", "drafts")),
        (counts.get("future", 0), Message("篇没有到发布日期", "dated in the future")),
        (counts.get("closed", 0), Message("篇不是主动公开", "not open to the public")),
    ]
    told = [(number, word) for number, word in held if number > 0]
    if told:
        say(
            Message(
                "没有生成：" + "、".join(f"{number} {word.zh}" for number, word in told),
                "left out: " + ", ".join(f"{number} {word.en}" for number, word in told),
            ),
            lang,
        )
    if 0 < len(outcome.future) <= _FEW:  # one of these may be a slip of the year
        for path, day in outcome.future:
            say(Message(f"  {path}：发布日期 {day}", f"  {path}: published {day}"), lang)
    for message in _set_aside(outcome):
        say(message, lang)


def misconfigured(outcome: Outcome) -> Message:
    """Return that nothing but `catalog.yaml` was looked at, and why."""
    if any(item.name == "catalogue-missing" for item in outcome.diagnostics):
        return Message(
            "✘ 这里不是站点文件夹，什么也没有检查", "✘ this is not the folder of a site; nothing was checked"
        )
    return Message(
        "✘ catalog.yaml 需要先改正；别的还没有检查", "✘ catalog.yaml must be corrected first; nothing else was checked"
    )


def _set_aside(outcome: Outcome) -> Iterator[Message]:
    """Yield what else must be known of a result: documents held back, findings that were not shown."""
    if outcome.held:
        paths = sorted(outcome.held)
        yield Message(
            f"⚠ 有 {len(paths)} 篇没有发布，改好上面的问题后再运行一次：\n" + "\n".join(f"  {path}" for path in paths),
            f"⚠ {len(paths)} documents were held back; mend what is told above and run again:\n"
            + "\n".join(f"  {path}" for path in paths),
        )
    if not outcome.hashed_twice:
        yield Message(
            "清单里没有 SM3 值：这台机器的 Python 不能计算 SM3，SHA-256 值照常写入",
            "the manifest has no SM3 digests: Python on this machine cannot compute them; SHA-256 is there as ever",
        )
    if outcome.hidden:
        yield Message(
            f"没有列出：baseline.json 里记着的 {outcome.hidden} 处",
            f"not shown: {outcome.hidden} findings in baseline.json",
        )
    if outcome.unreported:
        yield Message(
            f"没有列出：不是这次改动引起的 {outcome.unreported} 处",
            f"not shown: {outcome.unreported} findings that the change is not answerable for",
        )
