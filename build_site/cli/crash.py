"""What is said when the program itself fails: an apology on screen, the details in a file.

Owns exit code 3. Must not hide what the disk could not do: that is said as such.
"""

from __future__ import annotations

import tempfile
import traceback

from build_site.model.finding import Lang, Message


def crash_report(error: Exception, lang: Lang) -> str:
    """Write the traceback of `error` to a file of its own and return the text for the screen."""
    details = "".join(traceback.format_exception(error))
    place = ""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="build-site-", suffix=".log", delete=False, encoding="utf-8"
        ) as file:
            file.write(details)
            place = file.name
    except OSError:
        place = Message("（无法写入）", "(could not be written)").text(lang)
    return Message(
        f"对不起，程序自己出错了，不是您的文件的问题。原来的网站没有改动。\n请把这个文件交给维护程序的人：{place}",
        f"Sorry, this is a bug of build-site, not of your files. The last good site was not touched.\nDetails: {place}",
    ).text(lang)
