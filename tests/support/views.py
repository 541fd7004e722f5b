"""Views made by hand: of every kind of page one with everything in it and one with nothing that may be left out."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

from build_site.rendering import views as v

_CRUMBS = (v.NavItem("首页", "https://example.gov.cn/"), v.NavItem("政府信息公开", "index.html"))
_ROW = v.Row(
    "关于调整优待抚恤补助标准的通知", "wj/2026/00001.html", "2026-02-03", "示例〔2026〕1号", "000000000/2026-00001",
    "有效", "in-force", "政策", "进行中", "open", "依申请转主动公开，2026-03-01",
)  # fmt: skip
_PLAIN = v.Row("没有链接的条目", "", "2026-02-01")
_FACTS = (v.Fact("联系电话", "021-00000000", "tel:021-00000000"), v.Fact("地址", "示例路1号"), v.Fact("传真", ""))
_WIDE = v.Fact("标题名称", "关于印发《某市退役军人优待证申领办理工作规程（试行）》的通知")
_TABLE = v.TableView(
    "一览表（示例）", ("事项", "状态", "结果"),
    ((v.Cell("事项甲", "wj/2026/00001.html"), v.Cell("有效"), v.Cell("")), (v.Cell("事项乙"), v.Cell("已废止"), v.Cell("2026-02-03"))),
)  # fmt: skip
_NUMBERS = v.TableView("件数表（示例）", ("年份", "件数（件）"), ((v.Cell("2025年"), v.Cell("36")),), numeric=True)
_FIGURE = v.FigureView("公开数量（示例）", '<svg class="chart" role="img" aria-label="图"><rect/></svg>', _NUMBERS)
_YEARS = (
    v.PagerItem("2026年", "zd/2026/index.html", 3, current=True),
    v.PagerItem("2025年", "zd/2025/index.html", 30),
)
_FILE = v.FileView("申请表", "ysqgk/sqb.docx", "Word 文档", "18 KB", "sqb.docx")
_AGENCY = v.AgencyFacts(_FACTS, "2026-11-01", "电话是总机。", "https://example.gov.cn/sq")
_CARD = v.Card("示例查阅点", "查阅点", _FACTS, ("可以坐轮椅进入",))
_COLUMN = v.ColumnRow(
    "行政规范性文件", "fdzdgknr/gfxwj/index.html", 3, "2026-02-03", "条例第二十条第（一）项", "收规范性文件"
)
_EMPTY_COLUMN = v.ColumnRow("专项规划", "", 0, description="本机关不制定专项规划。", explained=True)
_PAGER = v.Pager(
    (v.PagerItem("1", "zd/2025/index.html", current=True), v.PagerItem("2", "zd/2025/2.html")),
    v.NavItem("上一页", "zd/2025/index.html"),
    v.NavItem("下一页", "zd/2025/2.html"),
)
_ITEM = v.ItemRow(
    1, "优待抚恤", "补助标准", ("标准", "依据"), ("《示例办法》",), "20个工作日内", "优抚处", ("网站", "公示栏"), "全社会",
    "主动", "市级", "zdly/yxfx/index.html", awaited=True,
)  # fmt: skip

BY_FIELD: dict[str, Any] = {
    "keys": (
        v.KeyView("jm-2026", "国密算法 SM2", "sm2", "2026-01-01", "2026-12-31", "0123 4567", "assets/key-jm-2026.pem", "manifest.json.jm-2026.sig", False),
        v.KeyView("ed-2026", "国际算法 Ed25519", "ed25519", "2026-01-01", "", "89ab cdef", "assets/key-ed-2026.pem", "manifest.json.ed-2026.sig"),
    ),
    "title": "页面标题", "crumbs": _CRUMBS, "tags": (v.Tag("SiteName", "某市"),), "nav_key": "zd",
    "canonical": "https://example.gov.cn/zfxxgk/x.html", "open_graph": (v.Tag("og:title", "标题"),), "json_ld": '{"@type":"WebPage"}',
    "feed": v.NavItem("订阅", "zd/feed.xml"), "description": "本栏目收示例文件。", "kind": "list", "count": 33, "latest": "2026-02-03",
    "owner": "办公室", "basis": ("《示例办法》第一条", "《示例办法》第二条"), "intro_html": "<p>栏目导言有一段话。</p>",
    "toc": (v.TocEntry(2, "yi", "一、总则"), v.TocEntry(3, "er", "（一）范围")), "files": (_FILE,), "columns": (_COLUMN, _EMPTY_COLUMN),
    "rows": (_ROW, v.Row("另一件", "wj/2026/00002.html", "2026-01-02"), _PLAIN),
    "stages": (v.StageView("政策", "h-1", (_ROW,)), v.StageView("程序", "")), "matrix": _TABLE,
    "explanation": v.ExplanationView("本机关没有这类信息。", "条例第二十条", "办公室", "2026-11-01", "2027-05-01"),
    "absent": ("专项规划",), "revisions": (v.RevisionView("2026-03-01", "改正电话。", "更正", "corrected"),),
    "facets": (v.FacetGroup("年份", _YEARS), v.FacetGroup("空组", ())), "more": True, "pager": _PAGER, "figures": (_FIGURE,),
    "online": "https://example.gov.cn/sq", "process": _FIGURE, "dates": _NUMBERS, "last_year": _NUMBERS, "last_report": v.NavItem("2025年年度报告", "wj/2026/00001.html"),
    "groups": (("查阅点", (_CARD,)), ("", (_CARD,))), "leaders": (_CARD,), "offices": _TABLE, "units": _TABLE, "checked": "2026-11-01",
    "year": 2026, "years": _YEARS, "table": _TABLE, "validities": (("有效", "in-force"), ("已废止", "repealed")), "whole": True,
    "days": (v.UpdateDay("2026-02-03", (v.UpdateRow("公布", "new", "示例通知", "wj/2026/00001.html", "首次公布"), v.UpdateRow("撤下", "gone", "旧通知", ""))),),
    "as_of": "2026-11-23", "on_request": v.NavItem("依申请公开", "ysqgk/index.html"), "register": v.NavItem("公开目录", "mulu/index.html"),
    "agency": _AGENCY, "failings": ("两张图片的文字说明不完整",), "example": "https://example.gov.cn/zfxxgk/wj/2026/00001.html",
    "updated": "2026-01-05", "facts": (_WIDE, v.Fact("有效性", "有效"), *_FACTS), "notice": v.Notices("ended", "本文件已废止", "现行文件：", v.NavItem("新办法", "wj/2026/00002.html")),
    "validity": "有效", "validity_key": "in-force", "published": "2026-02-03 09:00", "source": "某市退役军人事务局",
    "body_html": '<h2 id="yi">一、总则</h2><p>正文有一段话。</p><h3 id="er">（一）范围</h3><p>又有一段。</p>', "interprets": (_ROW,), "interpretations": (_ROW,),
    "replaces": (_ROW,), "related": (_ROW, _PLAIN), "contact": _FACTS[0], "form": "图解", "compared": _NUMBERS,
    "earlier": v.NavItem("2024年年度报告", "wj/2025/00001.html"), "later": v.NavItem("2026年年度报告", "wj/2027/00001.html"),
    "state": "已反馈", "state_key": "done", "received": 3, "adopted": 2, "opinions": _TABLE, "result": _ROW, "decisions": _TABLE,
    "held": "2026-02-02", "session": "2026年第一次局长办公会", "agenda": ("议题一", "议题二"), "attendees": ("退役军人代表2名",), "outcomes": ("原则通过",),
    "documents": (_ROW,), "matter": "优待证申领", "elements": _FACTS, "conditions": ("是退役军人", "户籍在本市"), "materials": _TABLE, "steps": ("申请", "受理", "发证"), "bundle": _TABLE,
    "happened": "2026-09-01 08:30", "answered": "2026-09-01 11:00", "elapsed": "2小时30分钟", "emergency": True, "in_time": "yes",
    "items": (_ITEM,), "others": (v.NavItem("无障碍说明", "wza.html"),), "target": v.NavItem("新页面", "wj/2026/00001.html"),
    "lists": (v.FileView("政府信息公开制度", "zd/liebiao.json", "JSON", "", "liebiao.json"),), "fields": _TABLE, "terms": "可以自由使用。", "schema": "shuju/mulu.schema.json",
    "document": "旧通知", "date": "2026-01-01", "reason": "误发的文件已经收回。", "recent": (_ROW,),
    "modules": (
        v.ModuleView("政府信息公开制度", "zd/index.html", 3, "2026-02-03", (_ROW,), summary="收本机关制度。", role="list"),
        v.ModuleView("法定主动公开内容", "fdzdgknr/index.html", 3, "2026-02-03", columns=(_COLUMN, _EMPTY_COLUMN), role="directory"),
        v.ModuleView("受理机构", "sljg/index.html", 0, "", agency=_AGENCY, role="agency"),
        v.ModuleView("依申请公开", "ysqgk/index.html", 0, "", files=(_FILE,), online="https://example.gov.cn/sq", role="on-request"),
    ),
}  # fmt: skip
"""A value for every field of a page view, by the field's name."""

_SPECIAL: dict[tuple[type[v.View], str], Any] = {
    (v.ConsultationView, "days"): 33,
    (v.ConsultationView, "dates"): (v.Fact("开始日期", "2026-01-01"), v.Fact("截止日期", "2026-02-02 24:00")),
    (v.SearchView, "columns"): (v.NavItem("政府信息公开制度", "zd/index.html"),),
    (v.NotFoundView, "columns"): (v.NavItem("政府信息公开制度", "zd/index.html"),),
    (v.SiteMapView, "groups"): ((_COLUMN, (_COLUMN, _EMPTY_COLUMN)),),
    (v.ServiceView, "basis"): ("《示例办法》第一条", "《示例办法》第二条"),
    **{
        (kind, "basis"): "条例第二十条第（一）项"
        for kind in (v.ColumnView, v.ReportsView, v.OnRequestView, v.CardsView, v.InstitutionView)
    },
    (v.WithdrawnView, "kind"): "误发",
}


def full(kind: type[v.View]) -> v.View:
    """Return a view of `kind` with a value in every field."""
    return kind(**{field.name: _SPECIAL.get((kind, field.name), BY_FIELD[field.name]) for field in fields(kind)})


def bare(kind: type[v.View]) -> v.View:
    """Return a view of `kind` with nothing but its title and frame."""
    return kind(**{field.name: BY_FIELD[field.name] for field in fields(kind) if field.default is MISSING})


def shared(*, whole: bool = True) -> v.Shared:
    """Return what every page shows; not `whole` without anything that a site may do without."""
    return v.Shared(
        site_name="某市退役军人事务局", site_domain="example.gov.cn", site_code="0000000000", host="某市退役军人事务局", title="政府信息公开",
        description="", keywords="", sample=True, home=v.NavItem("首页", "https://example.gov.cn/") if whole else None,
        nav=(v.NavItem("政府信息公开制度", "zd/index.html", "zd"),), footer=(v.NavItem("站点地图", "wzdt.html"),), icp="", police="",
        report_error_url="", agency=_AGENCY, base_path="/zfxxgk/", mourning=False,
        search=v.NavItem("公开目录", "mulu/index.html") if whole else None,
        search_page=v.NavItem("检索", "sousuo.html") if whole else None,
        verify=v.NavItem("如何核验本页", "yanzheng.html") if whole else None,
        feed=v.NavItem("全部更新", "feed.xml") if whole else None,
    )  # fmt: skip
