"""What the examples of the gallery show: invented records.

Must not know components or templates.
"""

from __future__ import annotations

from build_site.rendering.charts import Series
from build_site.rendering.on_request import process
from build_site.rendering.tables import figure, table
from build_site.rendering.views import (
    AgencyFacts,
    Card,
    Cell,
    ColumnRow,
    ExplanationView,
    FacetGroup,
    Fact,
    FileView,
    ItemRow,
    ModuleView,
    NavItem,
    Notices,
    Pager,
    PagerItem,
    RevisionView,
    Row,
    Shared,
    StageView,
    TocEntry,
    UpdateDay,
    UpdateRow,
)

_ROW = Row(
    "关于调整优待抚恤补助标准的通知（示例）",
    "wj/2026/00001.html",
    "2026-02-03",
    "示例〔2026〕1号",
    "000000000/2026-00001",
    "有效",
    "in-force",
)
_OLD = Row(
    "关于印发《困难退役军人帮扶援助工作办法（试行）》的通知（示例）",
    "wj/2020/00002.html",
    "2020-11-17",
    "示例〔2020〕2号",
    "",
    "已废止",
    "repealed",
)
_OPEN = Row(
    "关于征求《服务站点管理规范（草案）》意见的公告（示例）",
    "wj/2026/00003.html",
    "2026-11-09",
    state="进行中",
    state_key="open",
    remark="2026-12-11 24:00 截止",
)
_COLUMN = ColumnRow(
    "行政规范性文件",
    "fdzdgknr/gfxwj/index.html",
    36,
    "2026-02-03",
    "《中华人民共和国政府信息公开条例》第二十条第（一）项",
    "本机关制定的行政规范性文件。",
)
_FACTS = (
    Fact("受理部门", "办公室（示例）"),
    Fact("联系地址", "示例路 1 号"),
    Fact("联系电话", "021-00000000", "tel:021-00000000"),
)
_AGENCY = AgencyFacts(_FACTS, "2026-11-02", "联系方式是示例，不能用来联系。")
_META = (
    Fact("索引号", "000000000/2026-00001"),
    Fact("发布机构", "某市退役军人事务局"),
    Fact("有效性", "有效"),
    Fact("成文日期", "2026-02-01"),
)
_FILE = FileView("政府信息公开申请表（公民）", "ysqgk/sqb.docx", "Word 文档", "18 KB", "sqb.docx")
_CARD = Card("市退役军人服务中心（示例）", "服务站点", _FACTS[1:], ("无障碍坡道和轮椅", "办事指南大字版"))
_DATES = (Fact("开始日期", "2026-11-09"), Fact("截止日期", "2026-12-11 24:00"), Fact("征集期", "33日"))
_TABLE = table(
    "内设机构（示例）",
    ("名称", "职责", "有效性"),
    (("办公室", "公文、会议、政府信息公开", "有效"), (Cell("优抚处", "zdly/ytfx/index.html"), "抚恤、优待", "")),
)
_YEARS = (PagerItem("2026年", "zd/2026/index.html", 8, current=True), PagerItem("2025年", "zd/2025/index.html", 15))
_VALIDITY = (PagerItem("有效", "zd/mian/youxiao.html", 29), PagerItem("已废止", "zd/mian/feizhi.html", 5))
_STAGES = (StageView("政策", "stage-1", (_ROW,)), StageView("程序", ""), StageView("结果", "stage-3", (_OLD,)))
_DAYS = (
    UpdateDay(
        "2026-11-20",
        (
            UpdateRow("更正", "corrected", _ROW.title, _ROW.address, "更正咨询电话。"),
            UpdateRow("发布", "published", _OPEN.title, _OPEN.address),
        ),
    ),
    UpdateDay("2026-03-01", (UpdateRow("废止", "repealed", _OLD.title, _OLD.address),)),
)
_MODULE = ModuleView(
    "政府信息公开制度",
    "zd/index.html",
    12,
    "2026-02-03",
    (_ROW, _OLD),
    summary="本机关的公开制度和上级规定。",
    role="list",
)
_ITEM = ItemRow(
    1,
    "优待抚恤",
    "补助标准",
    ("标准", "依据"),
    ("《示例办法》第三条",),
    "20个工作日内",
    "优抚处",
    ("网站", "公示栏"),
    "全社会",
    "主动",
    "市级",
    "zdly/ytfx/index.html",
)
_LATER = ItemRow(
    2,
    "优待抚恤",
    "发放结果",
    ("名单",),
    ("《示例办法》第四条",),
    "每年12月",
    "优抚处",
    ("网站",),
    "全社会",
    "主动",
    "市级",
    awaited=True,
)

VALUES: dict[str, object] = {
    "row": _ROW, "rows": (_ROW, _OLD, _OPEN), "column": _COLUMN,
    "columns": (_COLUMN, ColumnRow("专项规划", "", 0, description="本机关不制定专项规划。", explained=True)),
    "links": (NavItem("政府信息公开指南", "zn/index.html"), NavItem("政府信息公开制度", "zd/index.html")),
    "fact": _FACTS[2], "facts": _META, "record_facts": _FACTS, "agency": _AGENCY, "dates": _DATES, "file": _FILE, "files": (_FILE,),
    "revisions": (RevisionView("2026-03-01", "咨询电话写错一位，已经改正。", "更正", "corrected"), RevisionView("2026-02-09", "增加问答一则。", "补充", "added")), "card_facts": _CARD, "cards": (_CARD, _CARD),
    "told": ExplanationView("本机关没有行政事业性收费项目。", "《中华人民共和国政府信息公开条例》第二十条第（八）项", "规划财务处", "2026-11-01", "2027-05-01"),
    "toc": (TocEntry(2, "yi", "一、总则"), TocEntry(3, "yi-yi", "（一）范围"), TocEntry(2, "er", "二、申请")),
    "body": '<h3 id="yi">一、总则</h3><p>正文首行缩进两个字，每行最多四十个字。</p><h4 id="yi-yi">（一）范围</h4><p>适用于本市。</p><h3 id="er">二、申请</h3><p>向受理机构提出。</p>',
    "table": _TABLE, "marks": (("有效", "in-force"), ("", "")), "cell": Cell("办公室", "zd/index.html"),
    "figure": figure("gallery", "各年公开的文件（示例）", "年份", ("2024年", "2025年", "2026年"), (Series("公开", (24, 36, 30)),), "条"),
    "process": process(), "items": (_ITEM, _LATER), "years": _YEARS, "groups": (FacetGroup("年份", _YEARS), FacetGroup("有效性", _VALIDITY)),
    "pager": Pager((PagerItem("1", "zd/2025/index.html", current=True), PagerItem("2", "zd/2025/2.html")), None, NavItem("下一页", "zd/2025/2.html")),
    "earlier": NavItem("2024年政府信息公开工作年度报告（示例）", "wj/2025/00001.html"), "stages": _STAGES, "days": _DAYS, "home_module": _MODULE,
    "notice": Notices("ended", "本文件已于 2024年3月1日废止", "以下原文仅供查阅。现行文件：", NavItem("困难退役军人帮扶援助工作办法（示例）", "wj/2024/00005.html")),
    "register": NavItem("公开目录", "mulu/index.html"),
}  # fmt: skip
"""What the examples show, by the names that they use."""

SHARED = Shared(
    site_name="某市退役军人事务局", site_domain="example.gov.cn", site_code="0000000000", host="某市退役军人事务局", title="政府信息公开",
    description="", keywords="", sample=True, home=None, nav=(NavItem("政府信息公开制度", "zd/index.html", "zd"),), footer=(NavItem("站点地图", "wzdt.html"),),
    icp="", police="", report_error_url="", agency=_AGENCY, base_path="/", search=NavItem("公开目录", "mulu/index.html"),
    search_page=NavItem("检索", "sousuo.html"), verify=NavItem("如何核验本页", "heyan.html"),
)  # fmt: skip
"""The frame of the gallery."""
