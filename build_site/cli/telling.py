"""What every command says in the same way: exit codes, progress, what the disk could not do.

Owns these sentences and the line that shows how far long work has come. All of it goes to standard error.
"""

from __future__ import annotations

import sys
import time

from build_site.model.finding import Lang, Message

CLEAN, FINDINGS, USAGE = 0, 1, 2
_STEPS = {
    "read": Message("读取", "reading"),
    "measure": Message("检查附件", "looking into attachments"),
    "render": Message("生成", "rendering"),
    "crawl": Message("爬取", "crawling"),
    "look": Message("查看", "looking at pages"),
    "ask": Message("外部链接", "external links"),
    "sites": Message("站点", "sites"),
    "send": Message("发送", "sending"),
}


def disk_message(error: OSError) -> Message:
    """Return what the disk could not do, in words, when nothing has been exchanged."""
    word = disk_words(error)
    return Message(
        f"✘ {word.zh}\n原来的网站没有改动。解决后再运行一次。",
        f"✘ {word.en}\nThe last good site was not touched. Run again when this is solved.",
    )


def unwritten_message(error: OSError) -> Message:
    """Return why a report was not written, in words; the check itself was done."""
    word = disk_words(error)
    return Message(f"✘ 报告没有写成：{word.zh}", f"✘ the report was not written: {word.en}")


def disk_words(error: OSError) -> Message:
    """Return what the disk could not do, and no more."""
    import errno

    path = f"：{error.filename}" if error.filename else ""
    words = {
        errno.ENOSPC: Message("磁盘满了", "the disk is full"),
        errno.EDQUOT: Message("磁盘配额用完了", "the disk quota is used up"),
        errno.EFBIG: Message("文件超过系统允许的大小", "a file grew over the system's limit"),
        errno.ENOMEM: Message(
            "内存不够，系统结束了一个辅助进程", "not enough memory: the system ended a helper process"
        ),
        errno.EACCES: Message("没有权限", "permission denied"),
        errno.EPERM: Message("没有权限", "permission denied"),
        errno.EROFS: Message("磁盘是只读的", "the disk is read-only"),
        errno.ENOENT: Message("文件或文件夹不存在", "file or folder not found"),
        errno.EISDIR: Message("这里应当是文件，却是文件夹", "a folder stands where a file should"),
        errno.ENAMETOOLONG: Message("文件名太长", "a file name is too long"),
    }
    word = words.get(error.errno or 0, Message("读写文件时出错", "reading or writing failed"))
    return Message(f"{word.zh}{path}", f"{word.en}{path}")


def say(message: Message, lang: Lang) -> None:
    """Print a sentence for people on standard error."""
    sys.stderr.write(message.text(lang) + "\n")
    sys.stderr.flush()


class Progress:
    """Shows how far long work has come: on standard error, on a terminal, five times a second at most."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang
        self.shown = False
        self.last = time.monotonic()
        self.live = sys.stderr.isatty()

    def __call__(self, step: str, done: int, of: int) -> None:
        """Show the step and how much of it is done, unless something was shown a moment ago."""
        now = time.monotonic()
        if not self.live or now - self.last < 0.2:
            return
        self.last = now
        self.shown = True
        sys.stderr.write(f"\r\x1b[K{_STEPS[step].text(self.lang)} {done}/{of}")
        sys.stderr.flush()

    def clear(self) -> None:
        """Remove the progress line."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self.shown = False
