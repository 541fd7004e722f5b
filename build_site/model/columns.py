"""The catalogue file `catalog.yaml` as records: site, acceptance body, columns, topics, catalogue items.

Owns the shape of the file and the meaning of each key, in words for editors. Must not know YAML, nor judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from build_site.model.policy import Policy
from build_site.model.publishing import PublishTarget
from build_site.model.record import Marks, Record
from build_site.model.signing import SigningKey
from build_site.model.spec import derived, keyed
from build_site.model.words import (
    Audience,
    ColumnKind,
    EmptyPolicy,
    Mode,
    OpenStage,
    PlaceKind,
    UpdateCycle,
    WithdrawalKind,
)

_KEY_PATTERN = r"[a-z][a-z0-9-]{0,39}"
_KEY_FORM = "小写字母开头，只含小写字母、数字和连字符，不超过 40 个"
_KEY_FORM_EN = "a small letter, then small letters, digits and hyphens, 40 at most"
_ADDRESS_PATTERN = r"(?!(?:manifest\.json|404\.html)$|manifest\.json\.|assets/)(?:(?!\.)[^/\\\\?#\s:]{1,80}/){0,6}(?!\.)[^/\\\\?#\s:]{1,80}\.[a-z0-9]{2,5}"
_ADDRESS_FORM = "相对于专栏首页的网页或附件地址，如 wj/2020/00022.html，不以 / 开头"
_ADDRESS_FORM_EN = "the address of a page or file from the column home, like wj/2020/00022.html, without a leading /"


@dataclass(frozen=True, slots=True)
class Mourning(Record):
    """Days of mourning, on which the whole site is shown without colour (全站置灰)."""

    starts: date = keyed("开始日期", doc="从哪一天起置灰")
    ends: date = keyed("截止日期", doc="到哪一天为止，含当天")
    occasion: str = keyed("事由", doc="依据的公告，不显示给公众", default="")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class SiteInfo(Record):
    """The column's site as a whole; the names of the page tags follow 国办发〔2017〕47号, 网页设计规范."""

    name: str = keyed("网站名称", doc="网站的规范名称，用于页面标签 SiteName", example="某市退役军人事务局")
    domain: str = keyed(
        "域名",
        doc="网站域名，不带 http:// 和路径",
        example="tyjrj.example.gov.cn",
        pattern=r"[A-Za-z0-9.-]+(:[0-9]+)?|[\w.-]+\.政务",
        form="域名，如 tyjrj.example.gov.cn，不带 http:// 和路径",
        form_en="a domain like tyjrj.example.gov.cn, without http:// and path",
    )
    site_code: str = keyed(
        "网站标识码", doc="政府网站标识码（SiteIDCode），未取得时写 0000000000 并标注示例", example="3100000000"
    )
    host: str = keyed("主办单位", doc="主办单位全称，显示在页头和页脚", example="某市退役军人事务局")
    title: str = keyed("专栏名称", doc="专栏的名称", example="政府信息公开", default="政府信息公开")
    base_path: str = keyed(
        "部署路径",
        doc="专栏在网站上的路径，首尾都是 /",
        example="/zfxxgk/",
        pattern=r"/([A-Za-z0-9._-]+/)*",
        form="以 / 开头并以 / 结尾，如 /zfxxgk/",
        form_en="a path that begins and ends with /, like /zfxxgk/",
        default="/zfxxgk/",
    )
    description: str = keyed("网站说明", doc="专栏的一句话说明，用于页面标签", default="")
    keywords: tuple[str, ...] = keyed("关键词", doc="页面标签用的关键词", default=())
    icp: str = keyed("ICP备案号", "ICP备案编号", doc="ICP 备案编号，显示在页脚", default="")
    police: str = keyed("公安备案号", "公安机关备案号", doc="公安机关备案标识，显示在页脚", default="")
    home_url: str = keyed("门户网址", doc="所在门户网站首页的完整地址，用于面包屑的“首页”", default="")
    report_error_url: str = keyed("找错网址", doc="“我为政府网站找错”入口的完整地址", default="")
    trusted: tuple[str, ...] = keyed(
        "可信网站",
        doc="链接到哪些网站时不加“（外部网站）”，写域名；.gov.cn 和 .政务 的网站不用写",
        example="ggfw.example.com",
        default=(),
    )
    data_terms: str = keyed(
        "数据使用条件",
        doc="别人可以怎样使用本专栏的数据，显示在“开放数据”页",
        example="可以自由使用，请注明来源和网址",
        default="",
    )
    org_code: str = keyed("机构代码", doc="索引号里的机构代码", default="")
    theme: str = keyed(
        "主题样式",
        doc="用哪个主题；build-site theme list 列出可用的主题",
        pattern=_KEY_PATTERN,
        form=_KEY_FORM,
        form_en=_KEY_FORM_EN,
        example="plain",
        default="default",
    )
    sample: bool = keyed("示例站点", doc="示例站点写“是”：每页加横幅，并阻止搜索引擎收录", default=False)
    mourning: tuple[Mourning, ...] = keyed("置灰", doc="哀悼日期间全站置灰，到期自动恢复", default=())
    page_size: int = keyed("每页条数", doc="列表每页最多多少条（5 到 200）", bounds=(5, 200), default=20)
    min_text: int = keyed("最少字数", doc="正文少于多少个汉字算空白页，不得小于 20", bounds=(20, 1000), default=20)
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Agency(Record):
    """The body that accepts disclosure requests, 受理机构 (条例 art. 12; work plan for 2020, part 1 (3))."""

    department: str = keyed("受理部门", doc="受理部门名称", example="某市退役军人事务局办公室")
    address: str = keyed("地址", "联系地址", doc="办公地址", example="某市某区某路 1 号")
    postcode: str = keyed(
        "邮编", "邮政编码", doc="邮政编码", pattern=r"[0-9]{6}", form="6 位数字", form_en="six digits"
    )
    hours: str = keyed("受理时间", doc="受理时间", example="工作日 9:00—11:30，13:30—17:00")
    phone: str = keyed("电话", "联系电话", doc="联系电话", example="021-00000000")
    checked: date = keyed("核对日期", doc="上次核对以上信息的日期", example="2020-11-17")
    fax: str = keyed("传真", doc="传真号码", default="")
    email: str = keyed(
        "电子邮箱",
        doc="电子邮箱",
        pattern=r"[^@\s＠]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+",
        form="邮箱地址，如 zfxxgk@example.gov.cn",
        form_en="a mail address like zfxxgk@example.gov.cn",
        default="",
    )
    online: str = keyed("网上渠道", doc="网上申请的完整网址", default="")
    note: str = keyed("备注", doc="补充说明，例如哪些是示例数据", default="")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Explanation(Record):
    """Why a column holds nothing, said to the public instead of an empty page (空白说明)."""

    reason: str = keyed("原因", doc="为什么没有这类信息，写给公众看，不少于 30 个字")
    basis: str = keyed("依据", doc="依据的法规条款或文件")
    owner: str = keyed("责任处室", doc="负责核查的处室")
    as_of: date = keyed("截至日期", doc="说明截至哪一天")
    review_on: date = keyed("下次核查日期", doc="到这一天必须重新核查；过期后说明失效")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Column(Record):
    """A column, 栏目: level 1, or level 2 in another column's `children`; there is no third level."""

    key: str = keyed(
        "代码",
        doc="栏目代码，也是它的地址和 content/ 下的文件夹名",
        pattern=_KEY_PATTERN,
        form=_KEY_FORM,
        form_en=_KEY_FORM_EN,
        example="gfxwj",
    )
    title: str = keyed("名称", "栏目名称", doc="栏目名称", example="行政规范性文件")
    kind: ColumnKind | None = keyed("类型", doc="栏目页的样式；不写时，有子栏目的是目录页，没有的是列表", default=None)
    owner: str = keyed("责任处室", doc="负责这个栏目的处室", default="")
    cycle: UpdateCycle | None = keyed("更新周期", doc="多久应当更新一次", default=None)
    empty: EmptyPolicy | None = keyed(
        "空栏目",
        "空白处理",
        doc="没有内容时怎么办：必填（构建失败）、省略（不生成，默认）、说明（写明原因）",
        default=None,
    )
    basis: str = keyed("依据", "法律依据", doc="设置栏目的依据", default="")
    description: str = keyed("说明", "栏目说明", doc="一句话说明栏目收什么，显示在栏目页并用于页面标签", default="")
    keywords: tuple[str, ...] = keyed("关键词", doc="页面标签用的关键词", default=())
    column_type: str = keyed("栏目类别", doc="页面标签 ColumnType 的值，如 政策文件", default="")
    explanation: Explanation | None = keyed("空白说明", doc="空栏目为“说明”时必写", default=None)
    collects: OpenStage | None = keyed(
        "汇集", doc="五公开子栏目：汇集标了同一“五公开”属性的文件，不再单独放文件", default=None
    )
    article20: int = keyed("条例第二十条", doc="对应《条例》第二十条第几项（1 到 15）", bounds=(1, 15), default=0)
    checked: date | None = keyed(
        "核对日期", doc="指南、单页等自己有正文的栏目，上次逐项核对、没有要改的日期", default=None
    )
    children: tuple[Column, ...] = keyed("子栏目", doc="子栏目；子栏目下面不能再有子栏目", default=())
    marks: Marks | None = derived()

    @property
    def page_kind(self) -> ColumnKind:
        """The kind that decides the page: as written, else a directory with children and a list without."""
        return self.kind or (ColumnKind.DIRECTORY if self.children else ColumnKind.LIST)

    @property
    def empty_policy(self) -> EmptyPolicy:
        """The empty policy as written, else `OMIT`."""
        return self.empty or EmptyPolicy.OMIT


@dataclass(frozen=True, slots=True)
class Topic(Record):
    """A key area, 重点领域, and the stages in which its information is opened."""

    column: str = keyed("栏目", doc="所在子栏目，写成 一级代码/二级代码", example="zdly/jsaz")
    title: str = keyed("名称", doc="领域名称", example="军队转业干部安置")
    stages: tuple[str, ...] = keyed("环节", doc="依次公开的环节，如 政策、程序、计划、分数、结果")
    kinds: tuple[str, ...] = keyed(
        "财政类别", doc="财政信息的类别，如 部门预算、部门决算；写了就显示“年度 × 类别”一览表", default=()
    )
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class NoticeTheme(Record):
    """A theme under which notices are grouped, 主题分类: its word, and the key that stands in addresses."""

    key: str = keyed(
        "代码", doc="主题的代码，用于地址", pattern=_KEY_PATTERN, form=_KEY_FORM, form_en=_KEY_FORM_EN, example="jsaz"
    )
    title: str = keyed("名称", doc="主题的名称，和文章里写的“主题分类”一致", example="接收安置")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Leader(Record):
    """A head of the agency (条例 art. 20 (2)): name, post, what they are in charge of."""

    name: str = keyed("姓名", doc="姓名")
    post: str = keyed("职务", doc="职务")
    duties: str = keyed("分工", doc="分工", default="")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Office(Record):
    """An office of the agency, 内设机构."""

    name: str = keyed("名称", doc="处室名称")
    duties: str = keyed("职责", doc="主要职责")
    phone: str = keyed("电话", doc="对外联系电话", default="")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Unit(Record):
    """A unit under the agency, 直属单位."""

    name: str = keyed("名称", doc="单位名称")
    duties: str = keyed("职责", doc="主要职责", default="")
    address: str = keyed("地址", doc="地址", default="")
    phone: str = keyed("电话", doc="对外联系电话", default="")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Institution(Record):
    """The agency itself: heads, offices, units (条例 art. 20 (2)); its duties are the column's introduction."""

    checked: date = keyed("核对日期", doc="上次核对以上信息的日期")
    leaders: tuple[Leader, ...] = keyed("负责人", doc="负责人", default=())
    offices: tuple[Office, ...] = keyed("内设机构", doc="内设机构", default=())
    units: tuple[Unit, ...] = keyed("直属单位", doc="直属单位", default=())
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Place(Record):
    """A place where people read disclosed information or are served (条例 art. 25; work plan for 2020, part 5 (2))."""

    name: str = keyed("名称", doc="场所名称")
    kind: PlaceKind = keyed("类型", doc="查阅点 或 服务站点")
    address: str = keyed("地址", doc="地址")
    hours: str = keyed("开放时间", doc="开放时间")
    checked: date = keyed("核对日期", doc="上次核对以上信息的日期")
    phone: str = keyed("电话", doc="联系电话", default="")
    services: tuple[str, ...] = keyed("服务内容", doc="在这里能做什么，逐条写", default=())
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Account(Record):
    """A site or account in new media, and who answers for it (work plan for 2020, part 5 (1))."""

    name: str = keyed("名称", doc="账号或网站的名称")
    platform: str = keyed("平台", doc="平台，如 微信公众号")
    owner: str = keyed("责任处室", doc="负责的处室")
    checked: date = keyed("核对日期", doc="上次核对以上信息的日期")
    handle: str = keyed("账号", doc="账号", default="")
    audience: str = keyed("服务对象", doc="服务对象", default="")
    scope: str = keyed("发布内容", doc="发布什么", default="")
    url: str = keyed("网址", doc="完整网址", default="")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class CatalogItem(Record):
    """One row of the standard catalogue (国办发〔2019〕54号; the ten official columns)."""

    level1: str = keyed("一级事项", doc="公开事项的一级事项")
    level2: str = keyed("二级事项", doc="公开事项的二级事项")
    elements: tuple[str, ...] = keyed("公开内容", "公开内容（要素）", doc="公开内容（要素），逐条写")
    basis: tuple[str, ...] = keyed("公开依据", doc="公开依据，逐条写")
    deadline: str = keyed("公开时限", doc="公开时限", example="自信息形成或者变更之日起20个工作日内")
    body: str = keyed("公开主体", doc="公开主体")
    channels: tuple[str, ...] = keyed("公开渠道", "公开渠道和载体", doc="公开渠道和载体，逐条写", example="政府网站")
    audience: Audience = keyed("公开对象", doc="全社会 或 特定群体")
    mode: Mode = keyed("公开方式", doc="主动 或 依申请")
    audience_note: str = keyed("对象说明", doc="公开对象为特定群体时，写明是谁", default="")
    level: str = keyed("公开层级", doc="公开层级，如 市级", default="")
    column: str = keyed("对应栏目", doc="这类信息在哪个栏目，写成 一级代码 或 一级代码/二级代码", default="")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Inapplicable(Record):
    """What 条例 art. 20 lists and the agency does not have, with the reason (不涉及)."""

    article20: tuple[int, ...] = keyed("条例第二十条", doc="不涉及第二十条的哪几项，如 [6, 8]", bounds=(1, 15))
    reason: str = keyed("原因", doc="为什么没有这类信息")
    checked: date | None = keyed("核对日期", doc="上次核对是不是仍然没有的日期", default=None)
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Redirect(Record):
    """A published address that has moved."""

    source: str = keyed(
        "旧地址", "from", doc="以前公开过的地址", pattern=_ADDRESS_PATTERN, form=_ADDRESS_FORM, form_en=_ADDRESS_FORM_EN
    )
    target: str = keyed(
        "新地址", "to", doc="现在的地址", pattern=_ADDRESS_PATTERN, form=_ADDRESS_FORM, form_en=_ADDRESS_FORM_EN
    )
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Withdrawal(Record):
    """A published address whose document was taken down; its page says so and why."""

    address: str = keyed(
        "地址", doc="以前公开过的地址", pattern=_ADDRESS_PATTERN, form=_ADDRESS_FORM, form_en=_ADDRESS_FORM_EN
    )
    title: str = keyed("标题", doc="原来的标题")
    kind: WithdrawalKind = keyed("类型", doc="误发、合并 或 依法撤下")
    withdrawn: date = keyed("撤下日期", doc="撤下的日期")
    reason: str = keyed("原因", doc="为什么撤下，写给公众看")
    marks: Marks | None = derived()


@dataclass(frozen=True, slots=True)
class Catalogue(Record):
    """The whole of `catalog.yaml`."""

    site: SiteInfo = keyed("网站", doc="网站的基本信息")
    agency: Agency = keyed("受理机构", doc="政府信息公开受理机构")
    columns: tuple[Column, ...] = keyed("栏目", doc="栏目，按显示的先后排列")
    topics: tuple[Topic, ...] = keyed("重点领域", doc="重点领域及其公开环节", default=())
    themes: tuple[NoticeTheme, ...] = keyed("主题分类", doc="主题分类表：列表按它分面", default=())
    issuers: tuple[str, ...] = keyed(
        "发布机构名录", doc="文章的“发布机构”可以写的全称，主办单位以外的逐个写；写了就逐篇核对", default=()
    )
    institution: Institution | None = keyed("机构", doc="负责人、内设机构和直属单位", default=None)
    places: tuple[Place, ...] = keyed("场所", doc="查阅点和服务站点", default=())
    accounts: tuple[Account, ...] = keyed("政务新媒体", doc="网站和政务新媒体账号", default=())
    items: tuple[CatalogItem, ...] = keyed("公开事项", "公开目录", doc="标准目录的各行", default=())
    inapplicable: tuple[Inapplicable, ...] = keyed(
        "不涉及", doc="条例第二十条里本机关没有的各项和原因，用于覆盖情况表，不显示给公众", default=()
    )
    signing: tuple[SigningKey, ...] = keyed(
        "签名公钥", doc="签名用的公钥，公众凭它核对网站；换过的旧公钥留着，写上停用日期", default=()
    )
    checks: Policy = keyed("检查", doc="怎样检查：级别、阈值、豁免", default=Policy())
    redirects: tuple[Redirect, ...] = keyed("改址", doc="改过的地址", default=())
    withdrawals: tuple[Withdrawal, ...] = keyed("撤下", doc="撤下的地址", default=())
    publish: tuple[PublishTarget, ...] = keyed("发布", doc="发布到哪里，见 build-site publish", default=())
    marks: Marks | None = derived()

    def walk(self) -> Iterator[tuple[tuple[str, ...], Column]]:
        """Yield every column of both levels with its path of keys, level 1 before its children."""
        for column in self.columns:
            yield (column.key,), column
            for child in column.children:
                yield (column.key, child.key), child
