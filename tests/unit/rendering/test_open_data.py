"""The files of open data, read as strangers would: CSV, workbook, JSON against its own schema."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from typing import Any

import jsonschema
import openpyxl
import pytest

from build_site.model.events import events
from build_site.model.open_data import FIELDS
from build_site.model.site import Site
from build_site.rendering.generated import anew
from build_site.rendering.open_data import open_data_files, table_csv
from build_site.rendering.workbook import workbook
from tests.support.sites import CATALOGUE, assembled

NOTICE = """---
title: {title}
published: 2020-11-{day}
index_no: 000000000/2020-000{day}
{more}---
正文写明办理的条件和时间。
"""
SOURCES = {
    "content/zd/a.md": NOTICE.format(
        title="关于“优待”的通知", day=17, more="doc_no: 某规〔2020〕1号\nkeywords: [优待, 抚恤]\nwritten: 2020-11-02\nrepealed: 2020-11-20\n"
    ),
    "content/fdzdgknr/gfxwj/b.md": NOTICE.format(title="=1+1", day=18, more="summary: 第一行，有逗号\n"),
    "content/zd/draft.md": NOTICE.format(title="还没有公布的草稿", day=19, more="state: 草稿\n"),
}  # fmt: skip


def files(site: Site) -> dict[str, bytes]:
    return dict(open_data_files(site, events(site), anew))


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return files(assembled(SOURCES))


def as_json(data: bytes) -> Any:
    return json.loads(data.decode("utf-8"))


def test_the_register_fits_its_schema(made: dict[str, bytes]) -> None:
    """So do the lists of columns; and the schema is a schema, which refuses what is wrong."""
    schema = as_json(made["shuju/mulu.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    register = as_json(made["shuju/mulu.json"])
    for found in (register, *(as_json(data) for address, data in made.items() if address.endswith("liebiao.json"))):
        validator.validate(found)
        assert found["documents"]
    assert set(schema["properties"]["documents"]["items"]["properties"]) == {field.key for field in FIELDS}
    for key, bad in (("written", "2020-13-45"), ("title", ""), ("keywords", "优待"), ("files", [{"title": "表"}])):
        wrong = {**register, "documents": [{**register["documents"][0], key: bad}]}
        assert [error.path[-1] if error.path else "" for error in validator.iter_errors(wrong)], key


def test_what_a_document_says(made: dict[str, bytes]) -> None:
    newest, older = as_json(made["shuju/mulu.json"])["documents"]
    assert older == {
        "index_no": "000000000/2020-00017",
        "title": "关于“优待”的通知",
        "doc_no": "某规〔2020〕1号",
        "issuer": "某市退役军人事务局",
        "category": "",
        "theme": "",
        "keywords": ["优待", "抚恤"],
        "summary": "",
        "written": "2020-11-02",
        "published": "2020-11-17",
        "effective": "",
        "expires": "",
        "validity": "已废止",
        "column": ["政府信息公开制度"],
        "url": "https://tyjrj.example.gov.cn/zfxxgk/wj/2020/00017.html",
        "files": [],
    }
    assert newest["column"] == ["法定主动公开内容", "行政规范性文件"]


def test_only_what_is_public_is_in_it(made: dict[str, bytes]) -> None:
    assert not [address for address, data in made.items() if "草稿".encode() in data and address != "shuju/mulu.xlsx"]
    assert as_json(made["zd/liebiao.json"])["documents"] == as_json(made["shuju/mulu.json"])["documents"][1:]


def test_table_and_workbook_say_the_same(made: dict[str, bytes]) -> None:
    """The workbook holds dates as dates, and everything else as the text that it is: no formulas."""
    rows = list(csv.reader(io.StringIO(made["shuju/mulu.csv"].decode("utf-8-sig"))))
    assert made["shuju/mulu.csv"].startswith("\ufeff索引号,名称".encode()) and b"\r\n" in made["shuju/mulu.csv"]
    assert rows[0] == [field.title for field in FIELDS] and [row[1] for row in rows[1:]] == ["=1+1", "关于“优待”的通知"]
    assert rows[2][FIELDS.index(next(field for field in FIELDS if field.key == "keywords"))] == "优待；抚恤"
    sheet = openpyxl.load_workbook(io.BytesIO(made["shuju/mulu.xlsx"])).worksheets[0]
    assert [[_word(cell.value) for cell in row] for row in sheet.iter_rows()] == rows
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "d", "n"}
    assert sheet.cell(2, 2).data_type == "s"
    day = next(number for number, field in enumerate(FIELDS, 1) if field.key == "published")
    assert sheet.cell(2, day).value == datetime(2020, 11, 18) and sheet.freeze_panes == "A2"


def _word(value: object) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else "" if value is None else str(value)


def test_the_same_table_is_the_same_workbook() -> None:
    rows = [["甲", "2020-11-17"], ["乙", ""]]
    assert workbook("表", ["名称", "日期"], rows, frozenset({1})) == workbook(
        "表", ["名称", "日期"], rows, frozenset({1})
    )


def test_another_day_changes_nothing_but_what_has_changed() -> None:
    """What nobody edited is the same file tomorrow; a document that ends changes its validity."""
    today, later = (files(assembled(SOURCES, as_of=day)) for day in (date(2020, 12, 1), date(2020, 12, 2)))
    assert today == later
    before = files(assembled(SOURCES, as_of=date(2020, 11, 19)))
    assert as_json(before["shuju/mulu.json"])["documents"][1]["validity"] != "已废止"


def test_the_standard_catalogue_in_its_official_columns() -> None:
    """A number and ten columns; several entries of a cell stand on lines of their own."""
    items = """items:
  - level1: 优待抚恤
    level2: 优待
    elements: [对象, 标准]
    basis: [《某条例》]
    deadline: 20个工作日内
    body: 某局
    channels: [政府网站]
    audience: 特定群体
    audience_note: 优抚对象
    mode: 主动
    level: 市级
"""
    made = files(assembled(SOURCES, catalogue=f"{CATALOGUE}{items}"))
    head, row = csv.reader(io.StringIO(made["shuju/biaozhunmulu.csv"].decode("utf-8-sig")))
    assert len(head) == 11 and head[0] == "序号"
    assert row == ["1", "优待抚恤", "优待", "对象\n标准", "《某条例》", "20个工作日内", "某局", "政府网站", "特定群体（优抚对象）", "主动", "市级"]  # fmt: skip
    assert as_json(made["shuju/biaozhunmulu.json"])["items"] == [dict(zip(head, row, strict=True))]
    assert "shuju/biaozhunmulu.csv" not in files(assembled(SOURCES))


def test_the_guide_names_what_there_is(made: dict[str, bytes]) -> None:
    lines = made["llms.txt"].decode().splitlines()
    assert lines[0].startswith("# ") and "## 数据" in lines and "## 栏目" in lines
    assert (
        "- [公开目录（JSON）](https://tyjrj.example.gov.cn/zfxxgk/shuju/mulu.json)：全部公开文件，每个文件一行" in lines
    )


def test_csv_quotes_what_needs_it() -> None:
    assert table_csv([['一"二', "三,四", "五\n六"]]).decode("utf-8-sig") == '"一""二","三,四","五\n六"\r\n'
