"""What will change by itself, on which day, and what will not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from build_site.model.upcoming import upcoming
from tests.support.sites import AS_OF, CATALOGUE, MINIMAL, TEXT, assembled, notice

_TEXTS = {path: text for path, text in MINIMAL.items() if path.endswith(".md") and isinstance(text, str)}
_CONSULTATION = "征集: {开始日期: 2020-12-03, 截止日期: 2021-01-05, 预计反馈: 2021-02-01}\n有效性: 征求意见"


def _changes(head: str, published: str = "2020-11-17", more: str = "", days: int = 400) -> list[str]:
    site = assembled({**_TEXTS, "content/zd/a.md": notice("办法", "00010", TEXT, published, head)}, more)
    return [f"{change.day} {change.kind.zh} {change.title} {change.address}".rstrip() for change in upcoming(site, AS_OF + timedelta(days=days))]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "published", "expected"),
    [
        ("", "2020-11-17", []),
        ("", "2020-12-01", []),
        ("", "2020-12-02", ["2020-12-02 发布"]),
        ("state: 草稿", "2020-12-02", []),
        ("publicity: 依申请公开", "2020-12-02", []),
        ("effective: 2021-01-01", "2020-11-17", ["2021-01-01 施行"]),
        ("effective: 2020-12-01", "2020-11-17", []),
        ("expires: 2020-12-31", "2020-11-17", ["2021-01-01 失效"]),
        ("repealed: 2020-12-31", "2020-11-17", ["2020-12-31 废止"]),
        ("people: {basis: 办法第一条, until: 2020-12-10}", "2020-11-17", ["2020-12-11 人员名单公开期满"]),
        (_CONSULTATION, "2020-11-17", ["2020-12-03 征集开始", "2021-01-06 征集截止"]),
        ("state: 撤回\nwithdrawal_reason: 误发", "2020-11-17", []),
    ],
)  # fmt: skip
def test_each_kind_of_change(head: str, published: str, expected: list[str]) -> None:
    found = _changes(head, published)
    assert found == [f"{line} 办法 wj/2020/00010.html".replace("征集截止", "征集结束") for line in expected]


def test_what_the_catalogue_dates() -> None:
    exempt = "{rule: FRS102, path: content/zd/zhidu.md, reason: 等原件, approver: 张三, expires: 2020-12-20}"
    catalogue = CATALOGUE.replace(
        "site:\n", "site:\n  mourning: [{starts: 2020-12-04, ends: 2020-12-04, occasion: 公告}]\n", 1
    )
    site = assembled(_TEXTS, f"checks:\n  exemptions: [{exempt}]\n", catalogue=catalogue)
    assert [(str(one.day), one.kind.en, one.source) for one in upcoming(site, date(2021, 1, 1))] == [
        ("2020-12-04", "grey", "catalog.yaml"),
        ("2020-12-05", "coloured", "catalog.yaml"),
        ("2020-12-21", "exemption-over", "content/zd/zhidu.md"),
    ]


def test_only_the_days_that_were_asked_for() -> None:
    assert _changes("expires: 2020-12-31", days=30) == []
    assert len(_changes("expires: 2020-12-31", days=31)) == 1
    assert _changes("expires: 9999-12-31", days=400) == []
