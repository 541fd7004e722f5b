"""Open data: the register and the lists as files for programs, and which fields stand in them.

Owns the addresses of these files and the one table of fields, from which the files, their schema and the page that
explains them are made. Must not know how a file is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_site.model.site import ColumnNode, ColumnPath

DATA_FOLDER = "shuju"
DATA_PAGE = f"{DATA_FOLDER}/index.html"
REGISTER_CSV = f"{DATA_FOLDER}/mulu.csv"
REGISTER_XLSX = f"{DATA_FOLDER}/mulu.xlsx"
REGISTER_JSON = f"{DATA_FOLDER}/mulu.json"
REGISTER_SCHEMA = f"{DATA_FOLDER}/mulu.schema.json"
ITEMS_CSV = f"{DATA_FOLDER}/biaozhunmulu.csv"
ITEMS_JSON = f"{DATA_FOLDER}/biaozhunmulu.json"
GUIDE = "llms.txt"
LIST_NAME = "liebiao.json"
VERSION = 1
"""Of the form of the files: fields may be added, but never change their meaning or go."""


@dataclass(frozen=True, slots=True)
class DataField:
    """A field of the register: its key in JSON, its head in tables, what it says, an example; `day`: a date as YYYY-MM-DD."""

    key: str
    title: str
    doc: str
    example: str = ""
    day: bool = False
    always: bool = False


FIELDS = (
    DataField("index_no", "索引号", "公开信息的索引号", "000000000/2020-00022"),
    DataField("title", "名称", "文件的标题", "关于……的通知", always=True),
    DataField("doc_no", "发文字号", "发文机关的编号", "某退役军人规〔2020〕1号"),
    DataField("issuer", "发布机构", "发布文件的机构", always=True),
    DataField("category", "公文种类", "通知、公告、意见等", "通知"),
    DataField("theme", "主题分类", "所属的主题", ""),
    DataField("keywords", "关键词", "关键词，用分号隔开", ""),
    DataField("summary", "内容概述", "内容概述", ""),
    DataField("written", "成文日期", "文件形成的日期", "2020-11-17", day=True),
    DataField("published", "发布日期", "在本专栏发布的日期", "2020-11-20", day=True, always=True),
    DataField("effective", "施行日期", "开始施行的日期", "2020-12-01", day=True),
    DataField("expires", "有效期至", "有效期的最后一天", "2025-11-30", day=True),
    DataField("validity", "有效性", "生成数据那天的效力：有效、尚未施行、已修订、已废止、已失效等；没有写明的为空", "有效"),
    DataField("column", "栏目", "所在栏目，上下级之间用斜线隔开", "法定主动公开内容/规范性文件", always=True),
    DataField("url", "网址", "网页的地址，长期不变", "…/wj/2020/00022.html", always=True),
    DataField("files", "附件数", "附件的个数", "2", always=True),
)  # fmt: skip

ITEM_HEADS = ("序号", "一级事项", "二级事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", "公开方式", "公开层级")  # fmt: skip
"""The number, and the ten columns of a standard catalogue (国办发〔2019〕54号)."""


def list_address(path: ColumnPath) -> str:
    """Return the address of the data of a column's list."""
    return "/".join((*path, LIST_NAME))


def has_list(node: ColumnNode) -> bool:
    """Return whether a column has a list that is offered as data."""
    return node.present and bool(node.documents)


def data_addresses(columns: Mapping[ColumnPath, ColumnNode], items: Sequence[object]) -> Iterator[str]:
    """Yield the addresses of all files of open data of a site with these `columns` and `items` of a standard catalogue."""
    yield from (REGISTER_CSV, REGISTER_XLSX, REGISTER_JSON, REGISTER_SCHEMA, GUIDE)
    if items:
        yield from (ITEMS_CSV, ITEMS_JSON)
    yield from (list_address(path) for path, node in columns.items() if has_list(node))
