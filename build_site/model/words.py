"""Closed vocabularies: each word has an English form for code and a Chinese form for editors and citizens.

Owns the lists of words that YAML may hold in a closed field. Must not know where they are used.
"""

from __future__ import annotations

from enum import Enum


class Word(Enum):
    """A member is `(english, chinese, *further accepted spellings)`; YAML may hold any of them."""

    @property
    def en(self) -> str:
        """The English form, used in code, addresses and JSON."""
        return str(self.value[0])

    @property
    def zh(self) -> str:
        """The Chinese form, shown to people."""
        return str(self.value[1])

    @classmethod
    def spellings(cls) -> dict[str, Word]:
        """Return every accepted spelling with its member."""
        return {spelling: member for member in cls for spelling in member.value}


class ColumnKind(Word):
    """What a column is for; it decides which page is made for it."""

    GUIDE = ("guide", "指南")
    DIRECTORY = ("directory", "目录页")
    LIST = ("list", "列表")
    REPORTS = ("reports", "年度报告")
    AGENCY = ("agency", "受理机构")
    PAGE = ("page", "单页")
    CATALOGUE = ("catalogue", "标准目录")
    ON_REQUEST = ("on-request", "依申请公开")
    CONVERSIONS = ("conversions", "转公开记录")
    CONSULTATIONS = ("consultations", "意见征集")
    INSTITUTION = ("institution", "机构职能")
    PLACES = ("places", "查阅场所")
    ACCOUNTS = ("accounts", "政务新媒体")

    @property
    def is_a_text(self) -> bool:
        """Whether such a column is a text, its introduction, and not the documents filed in it."""
        return self in (ColumnKind.GUIDE, ColumnKind.PAGE, ColumnKind.ON_REQUEST, ColumnKind.INSTITUTION)


class Algorithm(Word):
    """By which a site's manifest is signed: Ed25519, or SM2 over an SM3 digest."""

    ED25519 = ("ed25519", "国际算法 Ed25519", "Ed25519")
    SM2 = ("sm2", "国密算法 SM2", "SM2")


class Weight(Word):
    """How much the findings of a rule are to weigh."""

    ERROR = ("error", "必须修改")
    WARNING = ("warning", "建议修改")
    OFF = ("off", "不检查")


class Unless(Word):
    """Where a word of the list is right although it is wrong elsewhere."""

    TITLE = ("title", "书名号")
    QUOTE = ("quote", "引号")
    HISTORY = ("history", "历史")
    STATUTE = ("statute", "法规")


class EmptyPolicy(Word):
    """What becomes of a column without published content (the bureau's work plan for 2020, part 1 (3): no link to an empty page)."""

    REQUIRED = ("required", "必填")
    OMIT = ("omit", "省略")
    EXPLAIN = ("explain", "说明")


class UpdateCycle(Word):
    """How often a column is to be updated."""

    WEEKLY = ("weekly", "每周")
    MONTHLY = ("monthly", "每月")
    QUARTERLY = ("quarterly", "每季度")
    HALF_YEARLY = ("half-yearly", "每半年")
    YEARLY = ("yearly", "每年")
    AS_NEEDED = ("as-needed", "及时", "随时")


class State(Word):
    """Where a notice stands in the editors' work."""

    DRAFT = ("draft", "草稿")
    PUBLISHED = ("published", "发布", "已发布")
    WITHDRAWN = ("withdrawn", "撤回", "已撤回")


class Validity(Word):
    """The legal validity of a document on a day; `NOT_YET` follows from its dates and need not be written."""

    IN_FORCE = ("in-force", "有效", "现行有效")
    TRIAL = ("trial", "试行")
    PARTLY = ("partly-in-force", "部分失效")
    AMENDED = ("amended", "已修订", "修订")
    REPEALED = ("repealed", "已废止", "废止")
    EXPIRED = ("expired", "已失效", "失效")
    CONSULTATION = ("consultation", "征求意见")
    NOT_YET = ("not-yet", "尚未施行")


class Publicity(Word):
    """How a document is open to the public (国办发〔2016〕80号); only the first kind is ever built."""

    PROACTIVE = ("proactive", "主动公开", "主动")
    CONVERTED = ("converted", "依申请转主动公开", "依申请公开转主动公开")
    ON_REQUEST = ("on-request", "依申请公开")
    CLOSED = ("closed", "不予公开", "不公开")


class OpenStage(Word):
    """The five kinds of openness, 五公开 (国办发〔2016〕80号)."""

    DECISION = ("decision", "决策", "决策公开")
    EXECUTION = ("execution", "执行", "执行公开")
    ADMINISTRATION = ("administration", "管理", "管理公开")
    SERVICE = ("service", "服务", "服务公开")
    RESULT = ("result", "结果", "结果公开")


class Audience(Word):
    """To whom a catalogue item is open (公开对象)."""

    EVERYONE = ("everyone", "全社会")
    GROUP = ("group", "特定群体", "特定群众", "特定主体")


class Mode(Word):
    """How a catalogue item is opened (公开方式)."""

    PROACTIVE = ("proactive", "主动", "主动公开")
    ON_REQUEST = ("on-request", "依申请", "依申请公开")


class Adoption(Word):
    """What became of an opinion (重大行政决策程序暂行条例 art. 32)."""

    ADOPTED = ("adopted", "采纳", "已采纳")
    PARTLY = ("partly", "部分采纳")
    REJECTED = ("rejected", "未采纳", "没有采纳", "不采纳")


class Form(Word):
    """In what form a policy is interpreted."""

    TEXT = ("text", "文字", "文字解读")
    PICTURE = ("picture", "图解", "图解解读")
    VIDEO = ("video", "视频", "视频解读")
    QUESTIONS = ("questions", "问答", "问答解读")


class PlaceKind(Word):
    """What a place is for."""

    READING = ("reading", "查阅点", "公开查阅点")
    SERVICE = ("service", "服务站点")


class RevisionKind(Word):
    """What was done to a document after its publication: an error mended, or something added that was not there."""

    CORRECTED = ("corrected", "更正")
    ADDED = ("added", "补充")


class WithdrawalKind(Word):
    """Why a published address carries no document any more."""

    MISTAKE = ("mistake", "误发")
    MERGED = ("merged", "合并")
    LAWFUL = ("lawful", "依法撤下")
