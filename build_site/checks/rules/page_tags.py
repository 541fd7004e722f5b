"""Rules on page tags, and on what a page shows of them (国办发〔2017〕47号, annex 网页设计规范).

Owns which tags each kind of page must have. The program writes them; a theme of the site's own can lose them, and then
every page has lost them: so each loss is reported once, with a count, at the key that chooses the theme.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime

from build_site.checks.rule import RenderedSite, Rule, Scope
from build_site.loading.placing import HOME
from build_site.model.finding import Finding, Message, Severity
from build_site.model.page import RenderedPage
from build_site.model.site import Document, Site, Standing
from build_site.model.text import Location

M = Message

SITE_TAGS = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN_TAGS = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE_TAGS = ("ArticleTitle", "PubDate", "ContentSource")
_OPTIONAL = ("Keywords", "Author", "Description", "Image", "Url")
_GUIDELINE = M(
    "国办发〔2017〕47号《政府网站发展指引》附件《网页设计规范》网页标签",
    "国办发〔2017〕47号, annex on the design of pages, page tags",
)
_RESTORE = M(
    "在主题的 base.html 里恢复 {% for tag in view.tags %} 这三行；其他地方不要再写这些标签",
    "restore the three lines {% for tag in view.tags %} in the theme's base.html, and write these tags nowhere else",
)
_SITE_CODE = re.compile(r"bm\d{8}|\d{10}", re.ASCII)
_MISSING, _EMPTY, _TWICE = M("缺少", "lack"), M("没有写内容：", "leave empty"), M("写了不止一次：", "repeat")


def _documents(site: Site, output: RenderedSite) -> Iterator[tuple[Document, RenderedPage]]:
    for document in site.documents:
        page = output.pages.get(document.address)
        if page and document.standing is Standing.PUBLISHED and not document.intro and page.source == document.path:
            yield document, page


def _theme(site: Site) -> Location:
    return site.catalogue.site.at("theme")


def _lost(site: Site, found: dict[tuple[str, str], list[str]], fix: Message) -> Iterator[Finding]:
    """Yield one finding for each thing that pages have lost: `found` has their addresses by the loss in both languages."""
    for (zh, en), addresses in found.items():
        more = f" 等 {len(addresses)} 页" if len(addresses) > 1 else ""
        yield Finding(
            _theme(site),
            M(f"{addresses[0]}{more}{zh}", f"{len(addresses)} page(s), such as {addresses[0]}, {en}"),
            fix,
        )


def _required(site: Site, output: RenderedSite) -> Iterator[tuple[RenderedPage, tuple[str, ...]]]:
    columns = {node.address for node in site.columns.values() if node.present} | {HOME}
    articles = {document.address for document, _ in _documents(site, output)}
    for page in output.pages.values():
        if page.address in articles:
            yield page, (*SITE_TAGS, *ARTICLE_TAGS)
        elif page.address in columns and page.address not in site.redirects:
            yield page, (*SITE_TAGS, *COLUMN_TAGS)
        else:
            yield page, SITE_TAGS


def _collect(pages: Iterator[tuple[RenderedPage, tuple[str, ...]]]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for page, names in pages:
        counted = Counter(name for name, _ in page.head.tags)
        filled = {name for name, content in page.head.tags if content.strip()}
        for name in names:
            trouble = _MISSING if not counted[name] else _TWICE if counted[name] > 1 else None
            trouble = _EMPTY if trouble is None and name not in filled else trouble
            if trouble:
                found[f"{trouble.zh}页面标签 {name}", f"{trouble.en} the page tag {name}"].append(page.address)
    return found


def _tags_missing(site: Site, output: RenderedSite) -> Iterator[Finding]:
    """Yield the tags that 47号 demands and pages do not have exactly once, with content."""
    yield from _lost(site, _collect(_required(site, output)), _RESTORE)


def _column_tags_missing(site: Site, output: RenderedSite) -> Iterator[Finding]:
    """Yield the column tags that pages of documents do not repeat."""
    yield from _lost(site, _collect((page, COLUMN_TAGS) for _, page in _documents(site, output)), _RESTORE)


def _tags_empty(site: Site, output: RenderedSite) -> Iterator[Finding]:
    """Yield the optional tags that stand on a page without content, or more than once."""
    given = ((page, tuple({name for name, _ in page.head.tags if name in _OPTIONAL})) for page in output.pages.values())
    found = _collect((page, tuple(sorted(names))) for page, names in given if names)
    yield from _lost(
        site, found, M("没有内容的可选标签不要输出", "leave an optional tag out where there is nothing to say")
    )


def _moment(document: Document) -> str:
    published = document.notice.published
    if isinstance(published, datetime):
        return published.isoformat(" ", "minutes")
    return f"{published} 00:00"


def _tags_untrue(site: Site, output: RenderedSite) -> Iterator[Finding]:
    """Yield the tags that say something else than `catalog.yaml` and the document."""
    info = site.catalogue.site
    wanted = {"SiteName": info.name, "SiteDomain": info.domain, "SiteIDCode": info.site_code}
    articles = {page.address: document for document, page in _documents(site, output)}
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for page in output.pages.values():
        document = articles.get(page.address)
        own = {"ArticleTitle": document.notice.title, "PubDate": _moment(document)} if document else {}
        for name, content in page.head.tags:
            right = wanted.get(name) or own.get(name)
            if right and content.strip() and content != right:
                zh, en = f"的页面标签 {name} 写成了“{content[:40]}”", f"say {name} “{content[:40]}”"
                found[(f"{zh}，应为“{right[:40]}”", f"{en} and not “{right[:40]}”")].append(page.address)
    yield from _lost(site, found, _RESTORE)


def _folded(text: str) -> str:
    return "".join(text.split())


def _titles(site: Site, output: RenderedSite) -> Iterator[Finding]:
    """Yield the pages whose `h1` is not the title of the document, or whose `<title>` does not begin with it."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for document, page in _documents(site, output):
        title = _folded(document.notice.title)
        if [_folded(text) for text in page.head.h1] != [title]:
            found["正文上方的大标题（h1）不是文件标题", "have an h1 that is not the document's title"].append(
                page.address
            )
        if not _folded(page.head.title).startswith(title):
            found["浏览器标题（title）不以文件标题开头", "have a title that does not begin with the document's"].append(page.address)  # fmt: skip
    fix = M("在主题里用 view.title 写 h1，title 也以它开头", "write the h1 of view.title, and begin the title with it")
    yield from _lost(site, found, fix)


def _hidden(name: str, zh: str, en: str, fix: Message, site: Site, output: RenderedSite) -> Iterator[Finding]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for _, page in _documents(site, output):
        if name not in page.head.shown and any(tag == name for tag, _ in page.head.tags):
            found[zh, en].append(page.address)
    yield from _lost(site, found, fix)


def _day_hidden(site: Site, output: RenderedSite) -> Iterator[Finding]:
    """Yield the pages on which nobody can see when the document was published."""
    fix = M("在主题的 document.html 里显示 view.facts", "show view.facts in the theme's document.html")
    yield from _hidden("PubDate", "上看不到发布时间", "do not show when they were published", fix, site, output)


def _source_hidden(site: Site, output: RenderedSite) -> Iterator[Finding]:
    """Yield the pages on which nobody can see where the document comes from."""
    fix = M("在主题的 document.html 里显示“来源”（view.source）", "show view.source in the theme's document.html")
    yield from _hidden("ContentSource", "上看不到来源", "do not show their source", fix, site, output)


def _facts_hidden(site: Site, output: RenderedSite) -> Iterator[Finding]:
    """Yield the facts of an official document that its page does not list; the day of publication has its own rule."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for document, page in _documents(site, output):
        numbered, written = document.notice.index_no, document.notice.written
        due = (("索引号", numbered), ("发布机构", numbered), ("成文日期", written))
        hidden = "、".join(label for label, value in due if value and label not in page.head.labels)
        if hidden:
            found[f"没有列出{hidden}", f"do not list {hidden}"].append(page.address)
    fix = M("在主题的 document.html 里显示 view.facts", "show view.facts in the theme's document.html")
    yield from _lost(site, found, fix)


def _code_misshapen(site: Site) -> Iterator[Finding]:
    """Yield an identification code of a shape that no government site has."""
    info = site.catalogue.site
    if not _SITE_CODE.fullmatch(info.site_code):
        yield Finding(
            info.at("site_code"),
            M(f"网站标识码“{info.site_code}”的写法不对", f"no identification code looks like “{info.site_code}”"),
            M(
                "照主管部门发的写：10 位数字，或者 bm 加 8 位数字",
                "write it as issued: ten digits, or bm and eight digits",
            ),
        )


def _foreign_domain(site: Site) -> Iterator[Finding]:
    """Yield a domain that is not one of those kept for government sites."""
    info = site.catalogue.site
    if not info.domain.partition(":")[0].rstrip(".").lower().endswith((".gov.cn", ".政务", ".政务.cn")):
        yield Finding(
            info.at("domain"),
            M(f"域名“{info.domain}”不是政府网站的域名", f"“{info.domain}” is no domain of a government site"),
            M("写以 .gov.cn 结尾的域名", "write the domain that ends in .gov.cn"),
        )


PAGE_TAG_RULES: tuple[Rule, ...] = (
    Rule(
        "MET101",
        "page-tag-missing",
        Severity.ERROR,
        M("缺少页面标签", "page tag missing"),
        M("检查和检索的程序靠页面标签认网站、栏目和文章；每个必选标签要有，只有一个，有内容。", "Programs that inspect and search know site, column and article by them: each once, with content."),
        _RESTORE,
        "<head>（没有 SiteIDCode）",
        '<meta name="SiteIDCode" content="3100000000">',
        _GUIDELINE,
        output=_tags_missing,
    ),
    Rule(
        "MET102",
        "page-tag-untrue",
        Severity.ERROR,
        M("页面标签和内容对不上", "page tag untrue"),
        M("标签写的域名、标题或时间和页面不同，检查时按填报不实处理。", "A tag with another domain, title or time than the page's tells inspectors something false."),
        M("标签的值从 view.tags 来，不要在主题里写死。", "Take the values from view.tags; write none into the theme."),
        '<meta name="SiteDomain" content="www.example.com">',
        '<meta name="{{ tag.name }}" content="{{ tag.content }}">',
        _GUIDELINE,
        output=_tags_untrue,
    ),
    Rule(
        "MET103",
        "title-differs",
        Severity.WARNING,
        M("页面标题不是文件标题", "title differs"),
        M("检索结果、收藏夹和正文的标题不一样，公众以为打开了别的文件。", "With another title in results and bookmarks people think they opened something else."),
        M("h1 写文件标题，title 以它开头。", "Let the h1 be the document's title and the title begin with it."),
        "<title>某局</title>",
        "<title>关于……的通知－政府信息公开－某局</title>",
        output=_titles,
    ),
    Rule(
        "MET104",
        "publication-day-hidden",
        Severity.ERROR,
        M("页面上看不到发布时间", "publication day hidden"),
        M("没有时间的信息，检查时视为没有更新，公众也不知道还算不算数。", "What has no date counts as not updated, and nobody can tell whether it still holds."),
        M("在文件页上显示发布日期。", "Show the day of publication on the page of a document."),
        "{% block facts %}{% endblock %}",
        "{% block facts %}{{ super() }}{% endblock %}",
        _GUIDELINE,
        output=_day_hidden,
    ),
    Rule(
        "MET105",
        "source-hidden",
        Severity.WARNING,
        M("页面上看不到来源", "source hidden"),
        M("公众要知道信息出自哪个机关，转载的尤其如此。", "People must know which body speaks, above all where a text is reprinted."),
        M("在文件页上显示来源。", "Show the source on the page of a document."),
        "{% macro imprint(source='', owner='', phone='') %}{% endmacro %}",
        "<li>来源：{{ view.source }}</li>",
        _GUIDELINE,
        output=_source_hidden,
    ),
    Rule(
        "MET106",
        "column-tag-missing-on-document",
        Severity.WARNING,
        M("文件页上缺少栏目标签", "column tag missing on a document's page"),
        M("检查程序靠它知道一篇文件属于哪个栏目。", "Inspecting programs learn from them in which column a document stands."),
        _RESTORE,
        "（只有 ArticleTitle、PubDate、ContentSource）",
        '<meta name="ColumnName" content="行政规范性文件">',
        _GUIDELINE,
        output=_column_tags_missing,
    ),
    Rule(
        "MET107",
        "optional-page-tag-empty",
        Severity.WARNING,
        M("可选页面标签是空的", "optional page tag empty"),
        M("空标签和重复的标签会被当成填报错误。", "An empty or repeated tag is counted as a mistake."),
        M("有内容才输出。", "Write it only where there is something to say."),
        '<meta name="Author" content="">',
        '<meta name="Author" content="政策法规处">',
        _GUIDELINE,
        output=_tags_empty,
    ),
    Rule(
        "MET108",
        "document-facts-hidden",
        Severity.ERROR,
        M("文件页上缺少公文信息", "facts of a document hidden"),
        M("索引号、发布机构、成文日期、发布日期是目录的法定内容，公众据此查找和引用。", "Index number, publisher and days are what people find and cite a document by."),
        M("在主题里显示 view.facts。", "Show view.facts in the theme."),
        "{% block facts %}{% endblock %}",
        "{% block facts %}{{ super() }}{% endblock %}",
        M("《中华人民共和国政府信息公开条例》第十二条", "条例 art. 12"),
        output=_facts_hidden,
    ),
    Rule(
        "MET109",
        "site-code-misshapen",
        Severity.WARNING,
        M("网站标识码写法不对", "identification code misshapen"),
        M("标识码写错，检查平台就对不上这个网站。", "With a wrong code the inspecting platform does not find the site."),
        M("照主管部门发的写。", "Write it as issued."),
        'site_code: "31000000"',
        'site_code: "3100000000"',
        _GUIDELINE,
        site=_code_misshapen,
        scope=Scope.CATALOGUE,
    ),
    Rule(
        "MET110",
        "domain-not-governmental",
        Severity.WARNING,
        M("不是政府网站的域名", "domain not governmental"),
        M("公众靠 .gov.cn 分辨真假；页面标签、二维码和永久地址都用这个域名。", "People tell a true site by .gov.cn; tags and permanent addresses carry the domain."),
        M("写正式的政府域名。", "Write the government domain."),
        "domain: www.tuiyijunren.com",
        "domain: tyjrj.example.gov.cn",
        M("国办发〔2017〕47号：政府网站使用以 .gov.cn 为后缀的域名", "国办发〔2017〕47号: government sites have domains in .gov.cn"),
        site=_foreign_domain,
        scope=Scope.CATALOGUE,
    ),
)  # fmt: skip
