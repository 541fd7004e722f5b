"""Values in the words that citizens read: dates, sizes, kinds of file, validity.

Owns the forms. Must not know the site.
"""

from __future__ import annotations

from datetime import date, datetime

_KINDS = {
    "doc": "Word 文档（旧格式）",
    "docx": "Word 文档",
    "xls": "Excel 表格（旧格式）",
    "xlsx": "Excel 表格",
    "ppt": "PPT 演示文稿（旧格式）",
    "pptx": "PPT 演示文稿",
    "wps": "WPS 文档",
    "et": "WPS 表格",
    "pdf": "PDF 文档",
    "ofd": "OFD 文档",
    "txt": "纯文本",
    "csv": "CSV 表格",
    "zip": "ZIP 压缩包",
    "rar": "RAR 压缩包",
    "jpg": "图片",
    "jpeg": "图片",
    "png": "图片",
    "gif": "图片",
    "mp3": "音频",
    "mp4": "视频",
}


def day(value: date | datetime | None) -> str:
    """Return a date as YYYY-MM-DD, or an empty string."""
    return value.isoformat()[:10] if value else ""


def long_day(value: date) -> str:
    """Return a date in the words of official texts: 2020年11月17日."""
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: date | datetime | None) -> str:
    """Return a date with its time as YYYY-MM-DD HH:MM (国办发〔2017〕47号, annex); midnight where no time is given."""
    if value is None:
        return ""
    return value.isoformat(" ", "minutes") if isinstance(value, datetime) else f"{value.isoformat()} 00:00"


def size(count: int) -> str:
    """Return a number of bytes as people write it: 18 KB, 1.2 MB."""
    if count < 1024:
        return f"{count} 字节"
    if round(count / 1024) < 1024:
        return f"{round(count / 1024)} KB"
    return f"{count / 1024 / 1024:.1f} MB"


def kind(name: str) -> str:
    """Return what kind of file a name promises."""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    return _KINDS.get(suffix, f"{suffix.upper()} 文件" if suffix else "文件")
