from __future__ import annotations

import pytest

from build_site.model.time_limit import TimeLimit, time_limit


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("自信息形成或者变更之日起20个工作日内予以公开", 20),
        ("制定或获取信息之日起10个工作日内", 10),
        ("自信息形成之日起10个工作日内，公示7个工作日", 10),
        ("公示7个工作日，自信息形成之日起 10 个工作日内公开", 10),
        ("自作出行政决定之日起7个工作日内公示", 7),
        ("20工作日", 20),
        ("及时公开，公示期不少于5个工作日", None),
        ("公告期限为5个工作日", None),
        ("公示17个工作日", None),
        ("及时公开，征求意见一般不少于30日", None),
        ("收到申请之日起20个工作日内答复", None),
        ("批复后20日内", None),
        ("长期公开", None),
        ("0个工作日内", None),
        ("", None),
    ],
)
def test_working_days(phrase: str, days: int | None) -> None:
    """Days are read where they count from formation; how long something stays open to objections is no limit."""
    assert time_limit(phrase) == TimeLimit(working_days=days)


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("每年1月31日前公开上一年度年度报告", (1, 31)),
        ("每年 3 月 1 日之前", (3, 1)),
        ("每年10月31日以前", (10, 31)),
        ("每年2月29日前", None),
        ("每年13月1日前", None),
    ],
)
def test_every_year_by_a_day(phrase: str, day: tuple[int, int] | None) -> None:
    """A day that not every year has is none."""
    assert time_limit(phrase) == TimeLimit(yearly=day)
