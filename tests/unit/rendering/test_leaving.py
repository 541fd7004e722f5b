"""Which links say that they lead to another site, and how."""

from __future__ import annotations

import pytest

from build_site.rendering.leaving import Marker

MARKER = Marker("tyjrj.example.gov.cn", ("ggfw.example.com",))


@pytest.mark.parametrize(
    ("url", "leaves"),
    [
        ("https://www.example.com/", True),
        ("//www.example.com/a.html", True),
        ("HTTPS://WWW.EXAMPLE.COM/", True),
        ("https://gov.cn.example.com/", True),
        ("https://www.notgov.cn/", True),
        ("https://xgov.cn/", True),
        ("https://gov.cn/", False),
        ("https://www.gov.cn/", False),
        ("https://www.gov.cn./", False),
        ("https://某市.政务/", False),
        ("https://xn--abc.xn--zfr164b/", False),
        ("https://tyjrj.example.gov.cn/shenqing/", False),
        ("https://ggfw.example.com/a", False),
        ("https://m.ggfw.example.com/a", False),
        ("https://notggfw.example.com/a", True),
        ("http://[bad", False),
        ("../zn/index.html", False),
        ("mailto:a@example.com", False),
        ("tel:021-00000000", False),
    ],
)
def test_leaves(url: str, leaves: bool) -> None:
    assert MARKER.leaves(url) is leaves


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        (
            '见<a href="https://a.example.com/">甲</a>。',
            '见<a href="https://a.example.com/" rel="external">甲（外部网站）</a>。',
        ),
        (
            '<a class="b" href=\'//a.example.com/\'><b>甲</b></a><a href="c.html">丙</a>',
            '<a class="b" href=\'//a.example.com/\' rel="external"><b>甲</b>（外部网站）</a><a href="c.html">丙</a>',
        ),
        (
            '<a rel="nofollow" href="https://a.example.com/">甲（外部网站）</a>',
            '<a rel="nofollow" href="https://a.example.com/">甲（外部网站）</a>',
        ),
        ('<a href="https://www.gov.cn/">甲</a>', '<a href="https://www.gov.cn/">甲</a>'),
        (
            '<link rel="canonical" href="https://a.example.com/">',
            '<link rel="canonical" href="https://a.example.com/">',
        ),
        ('<a href="https://a.example.com/">没有结尾', '<a href="https://a.example.com/">没有结尾'),
        (
            '<a href="https://a.example.com/"><img src="a.png" alt="甲"></A>',
            '<a href="https://a.example.com/" rel="external"><img src="a.png" alt="甲">（外部网站）</A>',
        ),
    ],
)
def test_marked(html: str, marked: str) -> None:
    """Marked once, whatever stands in the link; everything else byte for byte as it was."""
    assert MARKER.marked(html) == marked
