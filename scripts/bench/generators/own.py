"""This program: a disclosure column with the mandated columns, and the notices in columns of their own."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import build_site
from scripts.bench import vocabulary as words
from scripts.bench.corpus import AS_OF, Notice
from scripts.bench.generator import CHECKOUT, DOMAIN, SITE_NAME, Generator, Tools, beside

NAME = "build-site"
_CATALOGUE = """\
site:
  name: {name}
  domain: {domain}
  site_code: "0000000000"
  host: 某市综合协调局（示例）
  sample: true
  page_size: 20

agency:
  department: 某市综合协调局办公室
  address: 某市某区某路 1 号
  postcode: "000000"
  hours: 工作日 9:00—11:30，13:30—17:00
  phone: 000-00000000
  fax: 无
  email: zfxxgk@example.gov.cn
  online: https://www.example.gov.cn/shenqing/
  checked: 2026-11-02

columns:
  - {{key: zn, title: 政府信息公开指南, kind: 指南, empty: 必填}}
  - {{key: zd, title: 政府信息公开制度, empty: 必填}}
  - key: fdzdgknr
    title: 法定主动公开内容
    empty: 必填
    children:
      - {{key: jgzn, title: 机构职能, kind: 机构职能, article20: 2}}
{columns}  - {{key: nb, title: 政府信息公开工作年度报告, kind: 年度报告, empty: 必填}}
  - {{key: sljg, title: 政府信息公开受理机构, kind: 受理机构, empty: 必填}}
  - {{key: ysqgk, title: 依申请公开, kind: 依申请公开, empty: 必填}}

institution:
  checked: 2026-11-02
  offices:
    - {{name: 办公室, duties: 公文、会议、政府信息公开。}}

themes:
{topics}
inapplicable:
  - {{article20: [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], reason: 测速用的示例站点，栏目按内容设置}}
"""
_STARTER = Path(build_site.__file__).parent / "starter"
_TAKEN = (
    "zn/index.md",
    "zd/2026-00001.md",
    "nb/2026-00004.md",
    "ysqgk/index.md",
    "ysqgk/sqb.docx",
    "fdzdgknr/jgzn/index.md",
)
"""What every column must have is taken from the site that `build-site init` makes."""
_LAYER = """\
{% extends "default/document.html" %}
{% block before_body %}<p data-shell>本页内容以纸质文件为准</p>
{% endblock %}
"""


def _file(notice: Notice) -> str:
    return f"content/{notice.place}.md"


def _head(notice: Notice) -> str:
    lines = (
        f"标题: {notice.title}",
        f"索引号: 000000000/{notice.day.year}-{notice.serial + 100:05}",
        f"发文字号: {notice.doc_no}",
        f"发布机构: {notice.issuer}",
        f"公文种类: {notice.category}",
        f"主题分类: {dict(words.TOPICS)[notice.topic]}",
        f"内容概述: {notice.summary}",
        f"成文日期: {notice.day}",
        f"发布日期: {notice.day}",
    )
    return "\n".join(("---", *lines, "---", ""))


def catalogue(name: str = SITE_NAME, domain: str = DOMAIN) -> str:
    """Return a `catalog.yaml` with the mandated columns and those of the notices."""
    columns = "".join(
        f"  - key: {key}\n    title: {title}\n    children:\n"
        + "".join(f"      - {{key: {sub}, title: {text}}}\n" for sub, text in children)
        for key, title, children in words.COLUMNS
    )
    topics = "".join(f"  - {{key: {key}, title: {title}}}\n" for key, title in words.TOPICS)
    return _CATALOGUE.format(name=name, domain=domain, columns=columns, topics=topics)


def _more(notices: tuple[Notice, ...]) -> Mapping[str, str | bytes]:
    del notices
    mandated = {f"content/{path}": (_STARTER / "content" / path).read_bytes() for path in _TAKEN}
    return {"catalog.yaml": catalogue(), "themes/site/templates/document.html": _LAYER, **mandated}


def _command(tools: Tools, root: Path) -> list[str] | None:
    del tools
    return [sys.executable, "-m", "build_site", "build", "--site", str(root), "--as-of", AS_OF.isoformat()]


GENERATOR = Generator(
    name=NAME,
    title="build-site",
    file=_file,
    head=_head,
    link=lambda notice, other: f"{beside(notice, other)}.md",
    more=_more,
    command=_command,
    version=lambda tools: [sys.executable, "-m", "build_site", "--version"],
    output="public",
    leftovers=("public", ".cache"),
    notice_page=lambda notice: f"wj/{notice.day.year}/{notice.serial + 100:05}.html",
    template="themes/site/templates/document.html",
    navigation="catalog.yaml",
    environment={"PYTHONPATH": str(CHECKOUT)},
)
