"""The views of documents that are more than a text: consultations, meetings, service guides, decisions, reports …

Owns which kind of page a document gets, and what that kind adds. Must not know templates.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from build_site.model.details import BundleStep, Consultation, Decision, Response, Service
from build_site.model.site import Document, Reach, Site
from build_site.model.validity import ConsultationState, consultation_on
from build_site.model.words import Adoption, ColumnKind
from build_site.rendering import words
from build_site.rendering.document_view import Relations, document_view, rows_of, target_item
from build_site.rendering.figures_view import compared
from build_site.rendering.relative import is_remote
from build_site.rendering.shared_view import telephone
from build_site.rendering.tables import table
from build_site.rendering.views import (
    Cell,
    ConsultationView,
    DecisionsView,
    DocumentView,
    Fact,
    InterpretationView,
    MeetingView,
    NavItem,
    ReportView,
    ResponseView,
    ServiceView,
    TableView,
    widen,
)

FIVE_HOURS = 5 * 60


def page_view(site: Site, document: Document, related: Relations) -> DocumentView:
    """Return the view of a published document, of the kind that its front matter asks for.

    Related documents are those that the page does not name already, each where it belongs.
    """
    view = _of_its_kind(site, document, document_view(site, document, related))
    named = _named(view)
    return replace(view, related=tuple(row for row in view.related if row.address not in named))


def _named(view: DocumentView) -> set[str]:
    """Return the addresses that the parts of a page lead to by their own headings."""
    rows = [*view.interprets, *view.interpretations, *view.replaces]
    links = [view.notice.link if view.notice else None]
    match view:
        case ReportView():
            links += [view.earlier, view.later]
        case MeetingView():
            rows += view.documents
        case ConsultationView():
            rows += [view.result] if view.result else []
    return {item.address for item in (*rows, *links) if item}


def _of_its_kind(site: Site, document: Document, base: DocumentView) -> DocumentView:
    notice = document.notice
    if notice.consultation:
        return _consultation(site, document, base, notice.consultation)
    if notice.meeting:
        meeting = notice.meeting
        return widen(
            MeetingView,
            base,
            held=_when(meeting.held),
            session=meeting.session,
            agenda=meeting.agenda,
            attendees=meeting.attendees,
            outcomes=meeting.outcomes,
            documents=rows_of(site, document, "meeting.documents"),
        )
    if notice.decisions:
        return widen(DecisionsView, base, decisions=_decisions(site, document, notice.decisions))
    if notice.service or notice.bundle:
        return _service(site, document, base)
    if notice.response:
        return widen(ResponseView, base, **_response(notice.response))
    if notice.figures or site.columns[document.column].column.page_kind is ColumnKind.REPORTS:
        return _report(site, document, base)
    if base.interprets:
        return widen(InterpretationView, base, form=notice.form.zh if notice.form else "")
    return base


def _when(value: date | datetime) -> str:
    return words.moment(value) if isinstance(value, datetime) else words.day(value)


def _consultation(site: Site, document: Document, base: DocumentView, told: Consultation) -> ConsultationView:
    state = consultation_on(told, site.as_of)
    days = (told.ends - told.starts).days + 1
    pairs = (
        ("征集单位", told.unit or document.notice.issuer or site.catalogue.site.host),
        ("开始日期", words.day(told.starts)),
        ("截止日期", f"{words.day(told.ends)} 24:00"),
        ("征集期", f"{days}日" + (f"（不满30日的理由：{told.short_reason}）" if told.short_reason else "")),
        ("预计反馈", words.day(told.reply_by) if _promised(told, state, site.as_of) else ""),
        ("反馈日期", words.day(told.answered) if state is ConsultationState.DONE else ""),
    )
    opinions = None
    if state is ConsultationState.DONE and told.opinions:
        rows = (
            (str(number), opinion.text, opinion.adoption.zh, opinion.reason)
            for number, opinion in enumerate(told.opinions, 1)
        )
        opinions = table("意见和采纳情况", ("序号", "意见", "是否采纳", "理由"), rows)
    kept = sum(opinion.adoption is not Adoption.REJECTED for opinion in told.opinions)
    result = rows_of(site, document, "consultation.result")
    return widen(
        ConsultationView,
        base,
        state=state.zh,
        state_key=state.key,
        days=days,
        dates=tuple(Fact(label, value) for label, value in pairs if value),
        received=told.received if told.received is not None else len(told.opinions) or None,
        adopted=told.adopted if told.adopted is not None or not told.opinions else kept,
        opinions=opinions,
        result=result[0] if result else None,
    )


def _promised(told: Consultation, state: ConsultationState, as_of: date) -> bool:
    """Whether the day of the answer is still a promise: one that has passed would only be an untruth."""
    return state is not ConsultationState.DONE and told.reply_by is not None and told.reply_by >= as_of


_CHAIN = (("draft", "草案"), ("opinions", "听取意见"), ("meeting", "审议会议"), ("result", "结果"))


def _decisions(site: Site, document: Document, decisions: tuple[Decision, ...]) -> TableView:
    rows: list[list[Cell | str]] = []
    told = any(decision.ended for decision in decisions)
    for number, decision in enumerate(decisions):
        chain = [
            Cell(word if item else "", item.address if item else "")
            for name, word in (("draft", "看草案"), ("opinions", "看意见采纳"), ("meeting", "看会议"), ("result", "看结果"))
            for item in (target_item(site, document, f"decisions.{number}.{name}"),)
        ]  # fmt: skip
        links = chain if decision.ended else [cell if cell.text else Cell("待公开") for cell in chain]
        rows.append([decision.matter, decision.owner, decision.planned, *links, *([decision.ended] if told else [])])
    head = ("事项", "承办处室", "计划时间", *(word for _, word in _CHAIN), *(("未完成说明",) if told else ()))
    return table(document.notice.title, head, rows)


def _service(site: Site, document: Document, base: DocumentView) -> ServiceView:
    notice = document.notice
    service = notice.service
    more: dict[str, Any] = {}
    if service:
        more = {
            "matter": service.matter,
            "elements": _elements(service),
            "basis": service.basis,
            "conditions": service.conditions,
            "materials": _materials(document, service),
            "steps": service.steps,
            "online": service.online if is_remote(service.online) else "",
        }
    if notice.bundle:
        more["bundle"] = _bundle(site, document, notice.bundle)
    return widen(ServiceView, base, **more)


def _elements(service: Service) -> tuple[Fact, ...]:
    pairs = (
        ("事项名称", service.matter),
        ("办理机构", service.body),
        ("办理地点", service.place),
        ("办理时间", service.hours),
        ("办理时限", service.limit),
        ("收费标准", service.fee),
        ("办理结果", service.result),
    )
    phones = (("联系电话", service.phone), ("监督电话", service.supervision))
    facts = (*(Fact(*pair) for pair in pairs), *(Fact(*pair, telephone(pair[1])) for pair in phones))
    return tuple(fact for fact in facts if fact.value)


def _materials(document: Document, service: Service) -> TableView:
    targets = {
        reference.field: reference.target.address
        for reference in document.references
        if reference.target.reach is Reach.FILE
    }
    rows = []
    for number, material in enumerate(service.materials):
        blank = targets.get(f"service.materials.{number}.blank", "")
        sample = targets.get(f"service.materials.{number}.sample", "")
        forms = (
            Cell(f"空白表（{words.kind(blank)}）" if blank else "", blank),
            Cell(f"样表（{words.kind(sample)}）" if sample else "", sample),
        )
        rows.append((material.name, material.source, material.copies, material.form, *forms))
    names = ("材料", "来源", "份数", "形式", "空白表", "样表")
    told = [index for index in range(len(names)) if index == 0 or any(_text(row[index]) for row in rows)]
    return table("办理材料", [names[index] for index in told], [[row[index] or "" for index in told] for row in rows])


def _text(cell: Cell | str) -> str:
    return cell if isinstance(cell, str) else cell.text


def _bundle(site: Site, document: Document, steps: tuple[BundleStep, ...]) -> TableView:
    rows = []
    for number, step in enumerate(steps):
        guide = target_item(site, document, f"bundle.{number}.guide")
        link = Cell(guide.title, guide.address) if guide else ""
        rows.append((str(number + 1), step.title, step.body, step.visit, link))
    names = ("次序", "事情", "由谁办", "要不要到场", "办事指南")
    told = [index for index in range(len(names)) if index < 2 or any(row[index] for row in rows)]
    return table("办理次序", [names[index] for index in told], [[row[index] for index in told] for row in rows])


def _response(told: Response) -> dict[str, Any]:
    """Return the times of a response; whether it kept the five hours is said only where both are known to the minute."""
    first, last = told.happened, told.answered
    in_time = ""
    if isinstance(first, datetime) and isinstance(last, datetime):
        minutes = max(int((last - first).total_seconds() // 60), 0)
        in_time = "yes" if minutes <= FIVE_HOURS else "no"
        days, rest = divmod(minutes, 24 * 60)
        parts = ((days, "天"), (rest // 60, "小时"), (rest % 60, "分钟"))
        elapsed = "".join(f"{number}{unit}" for number, unit in parts if number) or "即时"
    else:
        days = (_day(last) - _day(first)).days
        elapsed = f"{days}天" if days > 0 else "当天"
    return {
        "happened": _when(first),
        "answered": _when(last),
        "elapsed": elapsed,
        "emergency": told.emergency,
        "in_time": in_time,
    }


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _report(site: Site, document: Document, base: DocumentView) -> ReportView:
    node = site.columns[document.column]
    reports = [item for item in node.documents if item.notice.figures]
    figures = document.notice.figures
    years = {item.notice.figures.year: item for item in reports if item.notice.figures}
    before, after = (years.get(figures.year + step) if figures else None for step in (-1, 1))
    return widen(
        ReportView,
        base,
        compared=compared(figures, before.notice.figures if before else None) if figures else None,
        earlier=NavItem(before.notice.title, before.address) if before else None,
        later=NavItem(after.notice.title, after.address) if after else None,
    )
