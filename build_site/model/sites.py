"""The list of sites that are built in one run, as records.

Owns the shape of the list and the meaning of each of its keys, in words for editors. Must not know YAML, nor what is in a site.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from build_site.model.record import Marks, Record
from build_site.model.spec import derived, keyed


@dataclass(frozen=True, slots=True)
class ListedSite(Record):
    """One site of the list; all paths count from the folder of the list."""

    shorthand: ClassVar[str] = "root"

    root: str = keyed(
        "站点文件夹", "文件夹", doc="站点文件夹，里面有 catalog.yaml；从清单所在的文件夹算起", example="jyj"
    )
    out: str = keyed(
        "输出文件夹",
        doc="网站生成到哪里；不写时按“默认”，“默认”里也没有时是站点文件夹下的 public",
        example="/srv/www/jyj/zfxxgk",
        default="",
    )
    themes: str = keyed("主题文件夹", doc="共用的主题放在哪里，一个主题一个文件夹；不写时按“默认”", default="")
    name: str = keyed("名称", doc="报告里怎样称呼这个站点；不写时用站点文件夹的名字", example="市教育局", default="")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class SiteDefaults(Record):
    """What holds for all sites of the list that do not say otherwise."""

    out: str = keyed(
        "输出文件夹",
        doc="网站都生成到这个文件夹里，一个站点一个文件夹，和站点文件夹同名",
        example="/srv/www",
        default="",
    )
    themes: str = keyed("主题文件夹", doc="共用的主题放在哪里，一个主题一个文件夹", example="themes", default="")
    cache: str = keyed(
        "缓存文件夹",
        doc="留给下一次用的结果都放到这个文件夹里，一个站点一个；不写时放在各站点的 .cache/ 里",
        example="/var/cache/build-site",
        default="",
    )
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class SiteList(Record):
    """The whole list of sites."""

    sites: tuple[ListedSite, ...] = keyed("站点", doc="要生成的站点，一个一项；只有文件夹要写时，直接写文件夹")
    defaults: SiteDefaults | None = keyed("默认", doc="各站点没有另写时按什么", default=None)
    marks: Marks | None = derived()
