"""Disclosure on request: how it runs and by when an answer is due.

Owns the steps and limits of 《中华人民共和国政府信息公开条例》 art. 27 to 51, and the year's dates. Must not know the site.
"""

from __future__ import annotations

from datetime import date

from build_site.loading.working_days import deadline_table
from build_site.rendering import words
from build_site.rendering.process_chart import Step, process_chart
from build_site.rendering.tables import table
from build_site.rendering.views import FigureView, TableView

_STEPS = (
    (Step("提出申请", "", "网上、当面、邮寄或传真"), "第二十七条、第二十九条", "写明姓名或名称、身份证明、联系方式，要什么信息，要什么形式"),
    (Step("告知补正", "7个工作日内", "内容不明确时", aside=True), "第三十条", "一次性告知；答复期限从收到补正之日起重新计算"),
    (Step("征求第三方意见", "15个工作日", "涉及他人权益时", aside=True), "第三十二条、第三十三条", "第三方逾期未提意见的，由机关依法决定；所需时间不计入答复期限"),
    (Step("征求共同机关意见", "15个工作日", "几个机关共同制作时", aside=True), "第三十三条、第三十四条", "被征求的机关逾期未提意见的，视为同意公开；所需时间不计入答复期限"),
    (Step("作出答复", "20个工作日内", "能当场的当场答复"), "第三十三条", "从收到申请之日的次日起算"),
    (Step("延长答复", "最多再加20个工作日", "须经负责人同意", aside=True), "第三十三条", "告知申请人"),
    (Step("不服答复", "60日内申请复议", "对不予公开的，先复议再起诉"), "第五十一条；《行政复议法》第二十条、第二十三条", "也可以投诉、举报"),
)  # fmt: skip


def process() -> FigureView:
    """Return the steps of a request with their limits, drawn and as a table."""
    steps = tuple(step for step, _, _ in _STEPS)
    told = "；".join(f"{step.title}{'（' + step.limit + '）' if step.limit else ''}" for step in steps)
    caption = "申请和答复的步骤"
    rows = [
        (step.title, step.limit or "随时可以提出", note if not step.note else f"{step.note}。{note}", basis)
        for step, basis, note in _STEPS
    ]
    return FigureView(
        caption,
        process_chart("process", caption, f"依次为：{told}。", steps),
        table("各步骤的期限", ("步骤", "期限", "说明", "依据（条例）"), rows),
    )


def deadlines(as_of: date) -> TableView | None:
    """Return the days on which answers are due in the year of `as_of`, or None where the calendar lacks the year.

    A due day that the calendar cannot judge, because the next year's holidays are not decided yet, is said to be so.
    """
    rows = [
        (words_of(row.received), words_of(row.correction), words_of(row.reply), words_of(row.extended)) for row in deadline_table(as_of.year)
    ]  # fmt: skip
    if not rows:
        return None
    head = ("收到申请", "告知补正不晚于", "答复不晚于", "延长后不晚于")
    return table(f"{as_of.year}年答复期限对照表", head, rows)


def words_of(day: date | None) -> str:
    """Return a day as people say it without the year's first half hidden, or that it cannot be judged yet."""
    return words.long_day(day) if day else "待下一年放假安排公布"
