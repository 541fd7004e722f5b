"""The file `theme.yaml` of a theme as a record.

Owns the shape of the file and the meaning of each key. Must not know where themes lie, nor YAML.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_site.model.record import Marks, Record
from build_site.model.spec import derived, keyed

DEFAULT = "default"
OWN = "site"
NAME_PATTERN = r"[a-z][a-z0-9-]{0,39}"
NAME_FORM = "小写字母开头，只含小写字母、数字和连字符，不超过 40 个"
NAME_FORM_EN = "a small letter, then small letters, digits and hyphens, 40 at most"


@dataclass(frozen=True, slots=True)
class ThemeFile(Record):
    """What a theme says about itself; `base` is the theme below it, from which it takes what it does not have."""

    title: str = keyed("标题", "名称", doc="主题的名称", example="素面")
    base: str = keyed(
        "下层主题",
        doc="没有的文件从哪个主题取；不写时是 default",
        pattern=NAME_PATTERN,
        form=NAME_FORM,
        form_en=NAME_FORM_EN,
        example=DEFAULT,
        default="",
    )
    description: str = keyed("说明", doc="一句话说明主题的样子", default="")
    marks: Marks | None = derived()
