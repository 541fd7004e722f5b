"""Rules on service guides: the elements that inspectors count.

Owns their codes, wording and documentation.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_site.checks.rule import Rule
from build_site.model.details import Service
from build_site.model.finding import Finding, Message, Severity
from build_site.model.site import Document, Site, Standing

M = Message


def _guides(site: Site) -> Iterator[tuple[Document, Service, tuple[str, ...]]]:
    """Yield every published guide with the names of the elements it lacks."""
    for document in site.documents:
        told = document.notice.service
        if told and document.standing is Standing.PUBLISHED:
            elements = {
                "事项名称": told.matter,
                "设定依据": told.basis,
                "申请条件": told.conditions,
                "办理材料": told.materials,
                "办理地点": told.place or told.online,
                "办理机构": told.body,
                "收费标准": told.fee,
                "办理时间": told.hours,
                "联系电话": told.phone or document.notice.contact,
                "办理流程": told.steps,
            }
            yield document, told, tuple(name for name, given in elements.items() if not given)


def _elements_missing(site: Site) -> Iterator[Finding]:
    for _, told, missing in _guides(site):
        if missing:
            names = "、".join(missing)
            yield Finding(
                told.at(),
                M(f"办事指南缺少 {len(missing)} 项：{names}", f"the guide lacks {len(missing)} elements: {names}"),
                M("补上这几项；不收费就写“收费标准: 不收费”", "add them; where nothing is charged, say so"),
            )


def _many_incomplete(site: Site) -> Iterator[Finding]:
    limits = site.catalogue.checks.thresholds
    found = [(document, told) for document, told, missing in _guides(site) if len(missing) >= limits.guide_elements]
    if len(found) >= limits.incomplete_guides:
        yield Finding(
            found[0][1].at(),
            M(
                f"有 {len(found)} 篇办事指南各缺 {limits.guide_elements} 项以上（这是第一篇）",
                f"{len(found)} guides lack {limits.guide_elements} elements or more each (this is the first)",
            ),
            M("先补最常用的几篇", "complete the guides that are used most first"),
        )


_BASIS = M("国办秘函〔2019〕19号，服务不实用", "国办秘函〔2019〕19号, services without use")

SERVICE_RULES: tuple[Rule, ...] = (
    Rule(
        "SVC101",
        "guide-elements-missing",
        Severity.WARNING,
        M("办事指南要素不全", "guide elements missing"),
        M("少了地点、时间或者电话，公众就要多跑一趟。", "Without place, hours or number people come twice."),
        M("补上缺的要素。", "Add what is missing."),
        "办事指南: {事项名称: …, 设定依据: …, 申请条件: …, 办理材料: …}",
        "办事指南: {事项名称: …, 设定依据: …, 申请条件: …, 办理材料: …, 办理机构: …, 办理地点: …, 办理时间: …, 办理流程: …, 收费标准: 不收费, 联系电话: …}",
        basis=_BASIS,
        site=_elements_missing,
        audit=True,
    ),
    Rule(
        "SVC102",
        "many-incomplete-guides",
        Severity.WARNING,
        M("要素不全的办事指南太多", "many incomplete guides"),
        M("5 篇以上的办事指南各缺 4 类以上要素，检查时可能单项否决。", "Five guides that lack four elements each may be a veto in an inspection."),
        M("先补最常用的几篇，把总数降下来。", "Complete the guides that are used most first."),
        "5 篇办事指南都只有名称、依据、条件和材料",
        "缺 4 项以上的不到 5 篇",
        basis=_BASIS,
        site=_many_incomplete,
        audit=True,
    ),
)  # fmt: skip
