"""JSON-LD and Open Graph tags: what they say, and that they use words of schema.org only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from build_site.model.site import Site, Standing
from build_site.rendering.shared_view import crumbs
from build_site.rendering.structured import column_json, document_json, home_json, open_graph, page_json
from tests.support.sites import CATALOGUE, MINIMAL, assembled, notice

SOURCES = {path: text for path, text in MINIMAL.items() if path.endswith(".md")}
HOME = "https://tyjrj.example.gov.cn/zfxxgk/"
THING = {"name", "description", "url", "identifier"}
WORK = THING | {
    "about", "correction", "dateModified", "datePublished", "headline", "inLanguage", "isAccessibleForFree",
    "isPartOf", "keywords", "publisher", "temporalCoverage", "text",
}  # fmt: skip
# the properties of each type that we may use, as schema.org defines them
TYPES = {
    "BreadcrumbList": THING | {"itemListElement"},
    "ListItem": THING | {"item", "position"},
    "WebSite": WORK,
    "WebPage": WORK,
    "CollectionPage": WORK,
    "ContactPage": WORK,
    "AboutPage": WORK,
    "CreativeWork": WORK,
    "Article": WORK,
    "Report": WORK,
    "CorrectionComment": WORK,
    "Legislation": WORK
    | {
        "legislationDate", "legislationDateOfApplicability", "legislationIdentifier", "legislationLegalForce",
        "legislationPassedBy", "legislationResponsible", "legislationType",
    },
    "PropertyValue": THING | {"propertyID", "value"},
    "GovernmentService": THING | {"availableChannel", "provider", "serviceOperator", "serviceOutput"},
    "ServiceChannel": THING | {"serviceLocation", "servicePhone", "serviceUrl"},
    "ContactPoint": THING | {"telephone"},
    "Place": THING | {"address"},
    "Thing": THING,
    "Event": THING | {"organizer", "startDate"},
    "Organization": THING,
    "GovernmentOrganization": THING | {"contactPoint"},
    "PostalAddress": THING
    | {"addressCountry", "contactType", "email", "faxNumber", "postalCode", "streetAddress", "telephone"},
}  # fmt: skip


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if set(value) != {"@id"}:
            yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def graph(text: str) -> dict[str, Any]:
    """The nodes of a JSON-LD text by type; only known words in it, and no empty value."""
    whole = json.loads(text)
    assert set(whole) == {"@context", "@graph"}
    assert whole["@context"] == "https://schema.org"
    for node in nodes(whole["@graph"]):
        assert set(node) - {"@type", "@id"} <= TYPES[node["@type"]]
        assert all(value not in ("", [], {}, None) for value in node.values())
    return {node["@type"]: node for node in whole["@graph"]}


def of(head: str, files: dict[str, str] | None = None, path: str = "content/zd/a.md", more: str = "") -> Any:
    """The node of one document."""
    site = assembled({path: notice("某办法", "00001", head=head)} | (files or {}), more)
    (document,) = [item for item in site.documents if item.path == path]
    return next(
        node
        for node in json.loads(document_json(site, document))["@graph"]
        if node.get("@id") == f"{HOME}wj/2020/00001.html"
    )


def test_a_document() -> None:
    """What it is called, where it stands, who answers for it; the breadcrumb ends with it."""
    site = assembled(SOURCES)
    (document,) = site.columns[("fdzdgknr", "gfxwj")].documents
    found = graph(document_json(site, document))
    assert found["CreativeWork"] == {
        "@type": "CreativeWork",
        "@id": HOME + "wj/2020/00002.html",
        "url": HOME + "wj/2020/00002.html",
        "name": "规范性文件一",
        "datePublished": "2020-11-17",
        "identifier": {"@type": "PropertyValue", "propertyID": "索引号", "value": "000000000/2020-00002"},
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "isPartOf": {
            "@type": "CollectionPage",
            "@id": HOME + "fdzdgknr/gfxwj/",
            "url": HOME + "fdzdgknr/gfxwj/",
            "name": "行政规范性文件",
        },
        "publisher": {"@id": HOME + "#body"},
    }
    assert [(item["position"], item["name"], item["item"]) for item in found["BreadcrumbList"]["itemListElement"]] == [
        (1, "政府信息公开", HOME),
        (2, "法定主动公开内容", HOME + "fdzdgknr/"),
        (3, "行政规范性文件", HOME + "fdzdgknr/gfxwj/"),
        (4, "规范性文件一", HOME + "wj/2020/00002.html"),
    ]
    assert found["GovernmentOrganization"]["@id"] == HOME + "#body"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("doc_no: 某规〔2020〕1号", "Legislation"),
        ("category: 办法\nvalidity: 有效", "Legislation"),
        ("category: 办法", "CreativeWork"),
        ("category: 报告\nvalidity: 有效", "CreativeWork"),
        ("category: 通知\nvalidity: 征求意见\ndoc_no: 某函〔2020〕1号", "CreativeWork"),
        ("interprets: b.md\ncategory: 通知\nvalidity: 有效", "Article"),
    ],
)
def test_kinds_of_documents(head: str, kind: str) -> None:
    """What lays something down is legislation; a draft is not, and an explanation is an article."""
    assert of(head, {"content/zd/b.md": notice("乙", "00002")})["@type"] == kind


def test_an_annual_report() -> None:
    """What stands in a column of reports is a report, even with a document number."""
    assert of("doc_no: 某〔2020〕1号", path="content/nb/a.md")["@type"] == "Report"


@pytest.mark.parametrize(
    ("head", "force", "period"),
    [
        ("validity: 有效", "InForce", None),
        ("validity: 试行\neffective: 2020-11-18", "InForce", "2020-11-18/.."),
        ("validity: 有效\neffective: 2020-11-18\nexpires: 2025-11-17", "InForce", "2020-11-18/2025-11-17"),
        ("validity: 有效\neffective: 2020-12-02", "NotInForce", "2020-12-02/.."),
        ("validity: 部分失效\neffective: 2020-11-18", "PartiallyInForce", "2020-11-18/.."),
        ("effective: 2020-11-18\nrepealed: 2020-11-30\nvalidity: 有效", "NotInForce", "2020-11-18/2020-11-30"),
        ("effective: 2020-11-18\nexpires: 2020-11-30\nvalidity: 有效", "NotInForce", "2020-11-18/2020-11-30"),
        ("effective: 2020-11-18\nvalidity: 已修订\nexpires: 2025-01-01", "NotInForce", None),
        ("effective: 2020-11-18\nvalidity: 已修订\namended: 2020-11-20", "NotInForce", "2020-11-18/2020-11-20"),
        ("effective: 2020-11-18\nvalidity: 已废止", "NotInForce", None),
        ("doc_no: 某规〔2020〕1号", None, None),
    ],
)
def test_legal_force_and_its_time(head: str, force: str | None, period: str | None) -> None:
    """On the day of the build; an end that nobody dated is not called open."""
    found = of(f"{head}\ncategory: 办法")
    assert found.get("legislationLegalForce") == (force and f"https://schema.org/{force}")
    assert found.get("temporalCoverage") == period


def test_what_is_known_of_legislation() -> None:
    """Number, kind, days and bodies come from the front matter, each into its own property."""
    found = of(
        "doc_no: 某规〔2020〕1号\ncategory: 办法\nwritten: 2020-11-10\neffective: 2020-12-01\nissuer: 某局\nowner: 某处\n"
        "summary: 说明\nkeywords: [甲, 乙]"
    )
    assert found["legislationIdentifier"] == "某规〔2020〕1号"
    assert found["legislationType"] == "办法"
    assert found["legislationDate"] == "2020-11-10"
    assert found["legislationDateOfApplicability"] == "2020-12-01"
    assert found["legislationPassedBy"] == {"@type": "GovernmentOrganization", "name": "某局"}
    assert found["legislationResponsible"] == {"@type": "Organization", "name": "某处"}
    assert (found["description"], found["keywords"]) == ("说明", ["甲", "乙"])
    assert "legislationPassedBy" not in of("doc_no: 某规〔2020〕1号"), "who passed it is not guessed"


def test_corrections() -> None:
    """Corrections so far are told, additions are none; the newest of both is the day of the last change."""
    found = of(
        "revisions:\n  - {on: 2020-11-20, note: 一}\n  - {on: 2020-11-19, note: 二}\n  - {on: 2020-12-02, note: 三}\n"
        "  - {on: 2020-11-21, note: 四, kind: 补充}\nattachments: []"
    )
    assert found["dateModified"] == "2020-11-21"
    assert [item["text"] for item in found["correction"]] == ["一", "二"]
    assert "dateModified" not in of("")


def test_a_moment_has_its_offset() -> None:
    """A time without an offset would be read as that of the reader."""
    site = assembled({"content/zd/a.md": notice("甲", "00001", published="2020-11-17 09:30")})
    assert graph(document_json(site, site.documents[0]))["CreativeWork"]["datePublished"] == "2020-11-17T09:30:00+08:00"


def test_an_explanation_says_what_it_explains() -> None:
    """By the address that the explained document has among the nodes, or by its address elsewhere."""
    found = of(
        "interprets: [b.md, 'https://www.gov.cn/a', ../fdzdgknr/index.md]",
        {"content/zd/b.md": notice("乙", "00002"), "content/fdzdgknr/gfxwj/c.md": notice("丙", "00003")},
    )
    assert found["about"] == [
        {"@id": HOME + "wj/2020/00002.html"},
        {"@id": "https://www.gov.cn/a"},
        {"@id": HOME + "fdzdgknr/"},
    ]


SERVICE = """\
service:
  matter: 登记
  basis: [某法]
  conditions: [有证]
  materials: [身份证]
"""


def test_a_service_guide() -> None:
    """The service is a thing of its own, which the guide is about."""
    more = "  body: 某中心\n  phone: 021-00000000\n  place: 某路\n  result: 登记证\n  online: https://a.gov.cn/\n"
    site = assembled({"content/zd/a.md": notice("登记指南", "00001", head=SERVICE + more)})
    found = graph(document_json(site, site.documents[0]))
    service = found["GovernmentService"]
    assert found["CreativeWork"]["about"] == {"@id": service["@id"]}
    assert (service["name"], service["url"]) == ("登记", HOME + "wj/2020/00001.html")
    assert service["provider"] == {"@id": HOME + "#body"}
    assert service["serviceOperator"]["name"] == "某中心"
    assert service["serviceOutput"] == {"@type": "Thing", "name": "登记证"}
    assert service["availableChannel"] == {
        "@type": "ServiceChannel",
        "serviceUrl": "https://a.gov.cn/",
        "servicePhone": {"@type": "ContactPoint", "telephone": "021-00000000"},
        "serviceLocation": {"@type": "Place", "address": "某路"},
    }


def test_a_bare_service_guide() -> None:
    """What is not known is not said."""
    site = assembled({"content/zd/a.md": notice("登记指南", "00001", head=SERVICE)})
    assert set(graph(document_json(site, site.documents[0]))["GovernmentService"]) == {
        "@type", "@id", "name", "url", "provider",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("held", "start"), [("2020-11-02", "2020-11-02"), ("2020-11-02 14:00", "2020-11-02T14:00:00+08:00")]
)
@pytest.mark.parametrize(("session", "name"), [("", "会议纪要"), ("\n  session: 第三次会议", "第三次会议")])
def test_a_meeting(held: str, start: str, session: str, name: str) -> None:
    """When it was held, and by whom."""
    head = f"meeting:\n  held: {held}\n  agenda: [一]{session}"
    site = assembled({"content/zd/a.md": notice("会议纪要", "00001", head=head)})
    found = graph(document_json(site, site.documents[0]))
    assert found["Event"] == {
        "@type": "Event",
        "@id": HOME + "wj/2020/00001.html#meeting",
        "url": HOME + "wj/2020/00001.html",
        "name": name,
        "startDate": start,
        "organizer": {"@id": HOME + "#body"},
    }
    assert found["CreativeWork"]["about"] == {"@id": found["Event"]["@id"]}


def test_the_body_on_the_home_page() -> None:
    """How to reach the acceptance office, from the one place where it is written."""
    catalogue = CATALOGUE.replace("  checked:", "  email: a@example.gov.cn\n  checked:").replace(
        "  host:", "  home_url: https://tyjrj.example.gov.cn/\n  host:"
    )
    found = graph(home_json(assembled(SOURCES, catalogue=catalogue)))
    body = found["GovernmentOrganization"]
    assert (body["name"], body["url"]) == ("某市退役军人事务局", "https://tyjrj.example.gov.cn/")
    assert body["contactPoint"] == {
        "@type": "PostalAddress",
        "contactType": "政府信息公开受理机构",
        "name": "办公室",
        "addressCountry": "CN",
        "streetAddress": "某路 1 号",
        "postalCode": "200000",
        "telephone": "021-00000000",
        "email": "a@example.gov.cn",
        "description": "受理时间：工作日 9:00—17:00",
    }
    assert found["WebSite"]["url"] == HOME
    assert found["WebSite"]["publisher"]["@id"] == body["@id"]
    assert [item["item"] for item in found["BreadcrumbList"]["itemListElement"]] == [
        "https://tyjrj.example.gov.cn/",
        HOME,
    ]


def test_a_column_of_the_institution() -> None:
    """Its page is about the body, and says how to reach it."""
    catalogue = CATALOGUE.replace("title: 政府信息公开制度", "title: 机构职能\n    kind: 机构职能")
    site = assembled({}, "institution:\n  checked: 2020-11-17\n", catalogue=catalogue)
    found = graph(column_json(site, site.columns[("zd",)]))
    assert found["AboutPage"]["about"] == {"@id": found["GovernmentOrganization"]["@id"]}
    assert found["GovernmentOrganization"]["contactPoint"]["name"] == "办公室"


@pytest.mark.parametrize(
    ("path", "kind", "contact"),
    [
        (("zn",), "WebPage", False),
        (("zd",), "CollectionPage", False),
        (("sljg",), "ContactPage", True),
        (("fdzdgknr", "gfxwj"), "CollectionPage", True),
    ],
)
def test_columns(path: tuple[str, ...], kind: str, contact: bool) -> None:
    """A page of the kind that fits; the acceptance office and the body's functions say how to reach the body."""
    catalogue = CATALOGUE.replace("        title: 行政规范性文件\n", "        title: 机构职能\n        article20: 2\n")
    site = assembled(SOURCES, catalogue=catalogue)
    found = graph(column_json(site, site.columns[path]))
    assert found[kind]["url"] == HOME + "/".join(path) + "/"
    assert ("contactPoint" in found["GovernmentOrganization"]) is contact
    assert ("about" in found[kind]) is contact
    assert found["BreadcrumbList"]["itemListElement"][-1]["item"] == found[kind]["url"]


def test_other_pages() -> None:
    """Of the map and the log only the breadcrumb is told; a step without an address is named."""
    site = assembled(SOURCES)
    steps = crumbs(site, site.columns[("zd",)])
    found = graph(page_json(site, (*steps, type(steps[0])("更新记录", ""))))
    assert set(found) == {"BreadcrumbList"}
    assert found["BreadcrumbList"]["itemListElement"][-1] == {"@type": "ListItem", "position": 3, "name": "更新记录"}


class Scripts(HTMLParser):
    """Collects the text of script elements as a browser would cut it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_no_text_ends_the_script() -> None:
    """Whatever an editor writes stays data."""
    nasty = "</script><script>alert(1)</script><!-- & \u2028 \u2029 ' \\ ]]>"
    site = assembled({"content/zd/a.md": notice(json.dumps(nasty), "00001")})
    text = document_json(site, site.documents[0])
    page = Scripts()
    page.feed(f'<script type="application/ld+json">{text}</script>')
    assert page.tags == ["script"]
    assert graph(page.text)["CreativeWork"]["name"] == nasty
    assert not set(text) & set("<>&\u2028\u2029\n")


def test_the_same_site_gives_the_same_text() -> None:
    """Keys are in order, and Chinese stays readable."""
    first, second = assembled(SOURCES), assembled(dict(reversed(SOURCES.items())))
    assert first.documents
    for one, other in zip(first.documents, second.documents, strict=True):
        assert one.standing is Standing.PUBLISHED
        assert document_json(first, one) == document_json(second, other)
    assert "某市退役军人事务局" in home_json(first)


def test_open_graph() -> None:
    """Text tags only; none is empty; the address is the canonical one."""
    site: Site = assembled(SOURCES)
    tags = [(tag.name, tag.content) for tag in open_graph(site, "制度", "第一行\n 第二行", "zd/index.html", "website")]
    assert tags == [
        ("og:type", "website"),
        ("og:title", "制度"),
        ("og:description", "第一行 第二行"),
        ("og:url", HOME + "zd/"),
        ("og:site_name", "某市退役军人事务局政府信息公开"),
        ("og:locale", "zh_CN"),
    ]
    assert "og:description" not in {tag.name for tag in open_graph(site, "制度", " ", "zd/index.html", "article")}
