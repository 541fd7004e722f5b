from __future__ import annotations

import pytest

from build_site.checks.substance import emptiness
from build_site.loading.placeholders import is_placeholder
from build_site.model.page import Substance


@pytest.mark.parametrize(
    "text",
    [
        "敬请期待",
        "敬请期待！",
        "建设中……",
        "本栏目正在建设中，敬请期待。",
        "暂无",
        "暂无内容",
        "暂无相关信息。",
        "待更新",
        "内容更新中",
        "略",
        "（略）",
        "无",
        "见附件",
        "详见附件。",
        "请见附件",
        "该页面内容正在完善中",
        "即将上线，敬请期待",
        "另行公布",
        "TODO",
        "tbd",
        "Lorem Ipsum",
        "Coming soon…",
        "Under construction",
        "** 暂无 **",
        "暂无\n暂无\n暂无",
    ],
)
def test_placeholders(text: str) -> None:
    """A text that says nothing but that there is nothing yet."""
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。",
        "暂无不合格人员",
        "本年度无行政处罚案件",
        "见附件一第三条",
        "省略号",
        "略有增长",
        "建设中国特色社会主义",
        "无障碍",
        "更新中心地址",
        "附件",
        "todos",
        "内容",
        "本栏目公开制度",
    ],
)
def test_true_texts_are_no_placeholders(text: str) -> None:
    """A word of nothing within a statement is a statement."""
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("found", "empty"),
    [
        (Substance(), True),
        (Substance(han=19, text="一"), True),
        (Substance(han=20, text="一"), False),
        (Substance(letters=39, text="a"), True),
        (Substance(letters=40, text="a"), False),
        (Substance(han=19, letters=39, text="a"), True),
        (Substance(rows=1), False),
        (Substance(files=1), False),
        (Substance(contacts=1), False),
        (Substance(forms=1), False),
        (Substance(rows=1, text="敬请期待"), False),
        (Substance(han=4, text="敬请期待"), True),
        (Substance(han=40, text="敬请期待" * 10), True),
        (Substance(han=4, files=1, text="见附件"), False),
    ],
)
def test_emptiness(found: Substance, empty: bool) -> None:
    """Rule E: without rows, files, contacts or forms a page needs twenty characters or forty letters of its own."""
    assert (emptiness(found) is not None) is empty


@pytest.mark.parametrize(("least", "han", "empty"), [(0, 19, True), (5, 19, True), (30, 29, True), (30, 30, False)])
def test_the_threshold_never_goes_below_twenty(least: int, han: int, empty: bool) -> None:
    """A site may ask for more, never for less."""
    assert (emptiness(Substance(han=han, text="一"), least) is not None) is empty


def test_the_reason_is_told() -> None:
    """The message quotes the placeholder or gives the count."""
    placeholder, few, none = (
        emptiness(Substance(han=4, text="敬请期待")),
        emptiness(Substance(han=3, text="一")),
        emptiness(Substance()),
    )
    assert placeholder is not None
    assert "敬请期待" in placeholder.zh
    assert few is not None
    assert "3" in few.zh
    assert "20" in few.en
    assert none is not None
    assert none.zh == "没有任何内容"
