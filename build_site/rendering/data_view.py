"""The page about open data.

Owns the explanation of the data files in plain words. Must not know how the files are written.
"""

from __future__ import annotations

from build_site.model.open_data import (
    FIELDS,
    ITEMS_CSV,
    ITEMS_JSON,
    REGISTER_CSV,
    REGISTER_JSON,
    REGISTER_SCHEMA,
    REGISTER_XLSX,
    has_list,
    list_address,
)
from build_site.model.site import Site
from build_site.rendering.shared_view import crumbs, site_tags
from build_site.rendering.tables import table
from build_site.rendering.views import DataView, FileView

_TITLE = "开放数据"


def data_view(site: Site) -> DataView:
    """Return the page that tells what data there are, what the fields mean, when they change and on what terms they may be used."""
    count = len(site.listed)
    files = [
        _file(f"公开目录，共 {count} 条", REGISTER_XLSX, "Excel 表格"),
        _file("公开目录，同样的内容，其他软件也能打开", REGISTER_CSV, "CSV 表格"),
        _file("公开目录，供程序读取，另有每个附件的名称、网址和大小", REGISTER_JSON, "JSON"),
    ]
    if site.catalogue.items:
        files += [
            _file(f"公开标准目录，共 {len(site.catalogue.items)} 项", ITEMS_CSV, "CSV 表格"),
            _file("公开标准目录，供程序读取", ITEMS_JSON, "JSON"),
        ]
    rows = [[field.title, field.key, field.doc, field.example] for field in FIELDS]
    return DataView(
        _TITLE,
        crumbs(site, None),
        site_tags(site),
        "",
        files=tuple(files),
        lists=tuple(
            _file(node.column.title, list_address(path), "JSON")
            for path, node in site.columns.items()
            if has_list(node)
        ),
        fields=table("公开目录的字段", ("字段", "JSON 中的名称", "含义", "例子"), rows),
        terms=site.catalogue.site.data_terms,
        schema=REGISTER_SCHEMA,
    )


def _file(title: str, address: str, kind: str) -> FileView:
    return FileView(title, address, kind, "", address.rpartition("/")[2])
