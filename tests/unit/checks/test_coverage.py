from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date

from build_site.checks.coverage import ITEMS, CoverageState, coverage
from build_site.checks.emit.coverage import as_csv, as_json, as_text
from build_site.model.site import Site
from tests.support import sites

CATALOGUE = sites.CATALOGUE.replace(
    "        title: 行政规范性文件\n",
    "        title: 行政规范性文件\n        article20: 1\n        owner: 政策法规处\n        cycle: 每月\n",
).replace(
    "        title: 统计信息\n",
    "        title: 统计信息\n        article20: 4\n        empty: 说明\n        explanation: {reason: 没有, basis: 《某条例》, owner: 办公室, as_of: 2020-11-01, review_on: 2020-12-02}\n",
)  # fmt: skip
MORE = "inapplicable:\n  - {article20: [10, 13], reason: 不属于本机关职责, checked: 2020-11-02}\n"


def site(as_of: date = sites.AS_OF) -> Site:
    files = {path: text for path, text in sites.MINIMAL.items() if path != "catalog.yaml"}
    return replace(sites.assembled(files, MORE, catalogue=CATALOGUE), as_of=as_of)


def test_every_item_has_a_row_and_a_state() -> None:
    """Fifteen items in their order and art. 21; filled, explained by the column or the catalogue, or missing."""
    rows = coverage(site())
    assert [row.title for row in rows[:15]] == list(ITEMS)
    assert [row.label for row in rows[:2]] + [rows[-1].label] == ["第二十条（一）", "第二十条（二）", "第二十一条"]
    states = {row.item: row.state for row in rows}
    assert states[1] is CoverageState.FILLED
    assert states[4] is states[10] is states[13] is CoverageState.EXPLAINED
    assert states[15] is states[0] is CoverageState.MISSING
    first = rows[0]
    assert (first.columns, first.count, first.latest) == (("行政规范性文件",), 1, date(2020, 11, 17))
    assert first.owners == ("政策法规处",)
    assert rows[9].note == "不涉及：不属于本机关职责（2020-11-02 核对）"


def test_the_day_decides() -> None:
    """An explanation lapses on its day of review; a column that has become late says so."""
    rows = coverage(site(date(2020, 12, 2)))
    assert (rows[3].state, rows[3].note) == (CoverageState.MISSING, "空白说明已于 2020-12-02 到期")
    assert coverage(site(date(2021, 1, 1)))[0].note == ""
    assert coverage(site(date(2021, 1, 2)))[0].note == "超过更新周期：行政规范性文件"


def test_the_three_forms_tell_the_same() -> None:
    """Text for people, JSON for programs, CSV for Excel."""
    rows = coverage(site())
    text = as_text(rows, "某局", sites.AS_OF)
    assert text.startswith(
        "某局 主动公开内容覆盖情况（截至 2020-12-01）\n第二十条十五项：已公开 1 项，已说明 3 项，没有着落 11 项\n"
    )
    assert "└ 不涉及：不属于本机关职责" in text
    told = json.loads(as_json(rows, sites.AS_OF))
    assert (told["schema_version"], told["as_of"], len(told["items"])) == (1, "2020-12-01", 16)
    assert told["items"][0] | {"note": ""} == {
        "article": 20, "item": 1, "title": ITEMS[0], "state": "filled", "columns": ["行政规范性文件"], "count": 1,
        "latest": "2020-11-17", "owners": ["政策法规处"], "note": "",
    }  # fmt: skip
    assert told["items"][-1]["item"] is None
    sheet = as_csv(rows)
    assert sheet.startswith("\ufeff项,内容,情况,栏目,篇数,最近日期,责任处室,说明\r\n")
    lines = list(csv.reader(io.StringIO(sheet[1:])))
    assert [line[2] for line in lines[1:]] == [row.state.zh for row in rows]


def test_columns_of_the_text_stand_below_each_other() -> None:
    """A Chinese character takes two places."""
    lines = as_text(coverage(site()), "某局", sites.AS_OF).split("\n")
    wide = [
        sum(1 if letter.isascii() else 2 for letter in line.split("没有着落")[0])
        for line in lines[5:]
        if "没有着落" in line
    ]
    assert len(set(wide)) == 1
