from __future__ import annotations

import pytest

from build_site.loading.document import parse
from build_site.model.content import Picture
from build_site.model.notice import Notice
from build_site.model.site import Document, Reach, Standing, Target
from build_site.model.text import SourceFile
from build_site.rendering.body import body_html, contents

PAGE = "wj/2020/1.html"


def document(body: str, *targets: Target) -> Document:
    doc = parse(SourceFile("content/zd/a.md", f"---\ntitle: 通知\n---\n{body}"))
    return Document(doc, Notice("通知"), PAGE, ("zd",), Standing.PUBLISHED, targets=targets)


def test_links_are_set_for_the_page_they_stand_on() -> None:
    """The same body on another page has other URLs."""
    made = document("[一](../nb/b.md#四)", Target(Reach.PAGE, "wj/2019/2.html", "四"))
    assert 'href="../2019/2.html#%E5%9B%9B"' in body_html(made, PAGE)
    assert 'href="wj/2019/2.html#%E5%9B%9B"' in body_html(made, "index.html")


def test_links_to_files_are_marked() -> None:
    """A link to a file is marked, so that the page counts as having one; a picture is not."""
    made = document("[一](a.pdf)![图](a.png)", Target(Reach.FILE, "fj/a.pdf"), Target(Reach.FILE, "fj/a.png"))
    html = body_html(made, PAGE)
    assert '<a href="../../fj/a.pdf" data-file>一</a>' in html
    assert html.count("data-file") == 1
    assert 'src="../../fj/a.png"' in html


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("![一](a.png)", 'width="400" height="300"'),
        ("<img src=a.png alt=一 width=200>", 'width="200" height="150"'),
        ("<img src=a.png alt=一 height=30>", 'width="40" height="30"'),
        ("<img src=a.png alt=一 width=200 height=999>", 'width="200" height="150"'),
        ("<img src=a.png alt=一 width=1>", 'width="1" height="1"'),
    ],
)
def test_pictures_have_the_size_of_their_file(written: str, size: str) -> None:
    """Once, behind the URL; a size that an editor wrote counts, in proportion."""
    made = document(written, Target(Reach.FILE, "fj/a.png", picture=Picture("PNG", 400, 300)))
    html = body_html(made, PAGE)
    assert f'<img src="../../fj/a.png" {size} alt="一" loading="lazy"' in html
    assert html.count("width=") == html.count("height=") == 1


def test_pictures_from_elsewhere_keep_the_size_they_were_given() -> None:
    """Nothing is known of them."""
    made = document("<img src='https://a.cn/b.png' alt=一 width=200>", Target(Reach.EXTERNAL))
    assert '<img src="https://a.cn/b.png" width="200" alt="一" loading="lazy"' in body_html(made, PAGE)


def test_other_urls_stay_and_are_escaped() -> None:
    """A URL out of the site stays as written and cannot break out of its attribute."""
    made = document("<a href='https://a.cn/?a=1&amp;b=\"x\"'>一</a>", Target(Reach.EXTERNAL))
    html = body_html(made, PAGE)
    assert "https://a.cn/?a=1&amp;b=" in html
    assert '"x"' not in html


def test_contents_need_three_headings() -> None:
    """Two headings make no list of contents; ranks below three are not in it."""
    assert contents(document("## 一\n\n## 二").doc.body) == ()
    assert contents(document("## 一\n\n### 二\n\n#### 三\n\n#### 四").doc.body) == ()
    found = contents(document("## 一\n\n### 二\n\n## 三\n\n#### 四").doc.body)
    assert [(entry.rank, entry.text) for entry in found] == [(2, "一"), (3, "二"), (2, "三")]
