"""Rules on the footer: who runs the site, how to reach them, and the marks that other bodies assign.

Owns their codes, wording and documentation. Must not know the theme's templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_site.checks.rule import RenderedSite, Rule, Scope
from build_site.checks.rules.on_pages import gathered
from build_site.loading.placing import SITE_MAP
from build_site.model.finding import Finding, Message, Severity
from build_site.model.record import Record
from build_site.model.site import Site

M = Message
_BLANK = re.compile(r"\s+")
_CODE = re.compile(r"标识码[：:]?([0-9A-Za-z]{6,})")
_ZEROS = re.compile(r"0+|0\d{2,3}-?0{7,8}")
_STAND_IN = re.compile(r"示例|待[定补填]|请填写|TODO|[xX×]{2,}|[*＊]{2,}")
_LEFT_OUT = "示例站点和 example 域名的站点不查"


def _is_example(site: Site) -> bool:
    """Whether the site says of itself that it is none: what is not known yet may stand open there."""
    info = site.catalogue.site
    return info.sample or "example" in info.domain.lower().split(".")


def _missing(site: Site, output: RenderedSite) -> Iterator[Finding]:
    told: dict[str, tuple[str, ...]] = {}

    def missing(footer: str) -> tuple[str, ...]:
        if footer not in told:
            told[footer] = tuple(_not_in(footer, site))
        return told[footer]

    faults = ((what, page) for page in output.pages.values() for what in missing(page.shape.footer))
    for spread in gathered(faults):
        zh, en = spread.what.split("\n")
        yield Finding(
            spread.where(site),
            M(f"页脚{zh}（{spread.on.zh}）", f"the footer {en} ({spread.on.en})"),
            M(
                "主题的页脚（parts/frame.html 的 page_footer）要显示 catalog.yaml 里的这一项，并放在 <footer> 里",
                "the theme's footer (page_footer in parts/frame.html) has to show what catalog.yaml says, in <footer>",
            ),
        )


def _not_in(footer: str, site: Site) -> Iterator[str]:
    """Yield what the footer lacks, Chinese and English in two lines."""
    info, agency = site.catalogue.site, site.catalogue.agency
    shown = _BLANK.sub("", footer)

    def has(value: str) -> bool:
        return bool(value) and _BLANK.sub("", value) in shown

    if not has(info.host):
        yield "没有主办单位\ndoes not name the body in charge"
    if not any(map(has, (agency.phone, agency.email, agency.address))):
        yield "没有联系方式\nhas no way to contact it"
    if not has(info.site_code):
        other = _CODE.search(shown)
        if other:
            yield f"的网站标识码是 {other[1]}，和 catalog.yaml 的 {info.site_code} 不同\nhas the site code {other[1]}, not {info.site_code} as in catalog.yaml"
        else:
            yield "没有网站标识码\nlacks the site code"


def _stand_ins(site: Site) -> Iterator[Finding]:
    if _is_example(site):
        return
    info, agency = site.catalogue.site, site.catalogue.agency
    values: tuple[tuple[Record, str, str, str], ...] = (
        (info, "host", "主办单位", info.host),
        (info, "site_code", "网站标识码", info.site_code),
        (agency, "phone", "电话", agency.phone),
        (agency, "address", "地址", agency.address),
    )
    for record, field, label, value in values:
        if _STAND_IN.search(value) or _ZEROS.fullmatch(value.strip()):
            yield Finding(
                record.at(field),
                M(f"{label}“{value}”不是真实的信息", f"{field} “{value}” stands in for something else"),
                M(f"写上真实的{label}；网站还没有正式上线的，写“示例站点: 是”", f"write the real {field}; before the site is in use, write `sample: true`"),
            )  # fmt: skip


def _not_given(site: Site) -> Iterator[Finding]:
    if _is_example(site):
        return
    info = site.catalogue.site
    given = (
        ("ICP备案号", "icp", info.icp),
        ("公安备案号", "police", info.police),
        ("找错网址", "report_error_url", info.report_error_url),
    )
    lacking = [(zh, en) for zh, en, value in given if not value or _STAND_IN.search(value)]
    if lacking:
        names, fields = "、".join(zh for zh, _ in lacking), ", ".join(en for _, en in lacking)
        yield Finding(
            info.at(),
            M(f"“网站”没有写 {names}，页脚就不显示", f"site has no {fields}, so the footer does not show it"),
            M("取得以后写在 catalog.yaml 的“网站”下面", "write it below `site` in catalog.yaml once it is assigned"),
        )


def _without_map(site: Site, output: RenderedSite) -> Iterator[Finding]:
    lacking = (
        ("", page)
        for page in output.pages.values()
        if page.address != SITE_MAP and not any(_leads_to_map(link.url) for link in reversed(page.links))
    )
    for spread in gathered(lacking):
        yield Finding(
            spread.where(site),
            M(f"没有到站点地图的链接（{spread.on.zh}）", f"no link to the site map ({spread.on.en})"),
            M(f"在主题的页脚里加上到 {SITE_MAP} 的链接", f"add a link to {SITE_MAP} to the theme's footer"),
        )


def _leads_to_map(url: str) -> bool:
    return url.partition("#")[0].rpartition("/")[2] == SITE_MAP


_GUIDE = M(
    "《政府网站发展指引》（国办发〔2017〕47号）附件《网页设计规范》：底部功能区",
    "the guide to government websites (State Council office 2017, no. 47), annex on page design: the foot of a page",
)
FOOTER_RULES: tuple[Rule, ...] = (
    Rule(
        "FTR101",
        "footer-fact-missing",
        Severity.ERROR,
        M("页脚缺少主办单位、联系方式或网站标识码", "footer without body in charge, contact or site code"),
        M("公众靠页脚知道网站是谁办的、怎样联系；检查时每一页都看。", "By the footer people know who runs the site and how to reach them; inspectors look at every page."),
        M("改主题的页脚，让它显示 catalog.yaml 里的这几项。", "Let the theme's footer show what catalog.yaml says."),
        "<footer>版权所有</footer>",
        "<footer>主办单位：{{ shared.host }}　网站标识码：{{ shared.site_code }}……</footer>",
        _GUIDE,
        output=_missing,
    ),
    Rule(
        "FTR102",
        "footer-fact-stands-open",
        Severity.ERROR,
        M("页脚要显示的信息还没有填", "what the footer shows was not filled in"),
        M(f"正式网站上不能有全是 0 的标识码、“示例”的电话。{_LEFT_OUT}。", "A real site cannot show a code of noughts or a sample phone number. Sample sites and sites on an example domain are left alone."),
        M("在 catalog.yaml 里写上真实的信息。", "Write the real facts in catalog.yaml."),
        '网站标识码: "0000000000"',
        '网站标识码: "3100000001"',
        _GUIDE,
        site=_stand_ins,
        scope=Scope.CATALOGUE,
    ),
    Rule(
        "FTR103",
        "footer-mark-not-given",
        Severity.WARNING,
        M("页脚缺少备案号或找错入口", "footer without registration numbers or the way to report errors"),
        M(f"ICP备案编号、公安机关备案标识、“我为政府网站找错”都由别的机关发放，取得了就要显示。{_LEFT_OUT}。", "Other bodies assign these; once assigned they must be shown. Sample sites and sites on an example domain are left alone."),
        M("在 catalog.yaml 的“网站”下面写上。", "Write them below `site` in catalog.yaml."),
        "网站:\n  主办单位: 某市退役军人事务局",
        "网站:\n  主办单位: 某市退役军人事务局\n  ICP备案号: 沪ICP备00000001号\n  公安备案号: 沪公网安备00000000000001号\n  找错网址: https://zfwzzc.www.gov.cn/",
        _GUIDE,
        site=_not_given,
        scope=Scope.CATALOGUE,
    ),
    Rule(
        "FTR104",
        "site-map-not-linked",
        Severity.WARNING,
        M("页面没有到站点地图的链接", "page without a link to the site map"),
        M("找不到栏目的人靠站点地图。", "Whoever does not find a column looks at the site map."),
        M("在主题的页脚里加上链接。", "Add the link to the theme's footer."),
        "<footer>主办单位：……</footer>",
        '<footer><a href="{{ \'wzdt.html\' | url }}">站点地图</a>……</footer>',
        _GUIDE,
        output=_without_map,
    ),
)  # fmt: skip
