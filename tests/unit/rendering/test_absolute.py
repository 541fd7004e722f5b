from __future__ import annotations

import pytest

from build_site.rendering.absolute import absolute, ascii_host, canonical
from tests.support.sites import CATALOGUE, assembled


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("index.html", "https://tyjrj.example.gov.cn/zfxxgk/"),
        ("zd/index.html", "https://tyjrj.example.gov.cn/zfxxgk/zd/"),
        ("zd/2019/2.html", "https://tyjrj.example.gov.cn/zfxxgk/zd/2019/2.html"),
        ("wj/my-index.html", "https://tyjrj.example.gov.cn/zfxxgk/wj/my-index.html"),
        ("fj/表 1.pdf", "https://tyjrj.example.gov.cn/zfxxgk/fj/%E8%A1%A8%201.pdf"),
        ("https://www.gov.cn/index.html", "https://www.gov.cn/index.html"),
    ],
)
def test_canonical_addresses(address: str, url: str) -> None:
    """A folder's index is known by the folder's name, everything else by its own; other sites are left alone."""
    if address.startswith("https:"):
        assert absolute(assembled(), address) == url
    assert canonical(assembled(), address) == url


def test_a_site_at_the_root() -> None:
    """The path of the deployment counts, whatever it is."""
    site = assembled(catalogue=CATALOGUE.replace("  site_code:", "  base_path: /\n  site_code:"))
    assert absolute(site, "index.html") == "https://tyjrj.example.gov.cn/index.html"
    assert canonical(site, "index.html") == "https://tyjrj.example.gov.cn/"


@pytest.mark.parametrize(
    ("domain", "host"),
    [
        ("a.gov.cn", "a.gov.cn"),
        ("a.gov.cn:8080", "a.gov.cn:8080"),
        ("中国.政务", "xn--fiqs8s.xn--zfr164b"),
        ("..政务", "..%E6%94%BF%E5%8A%A1"),
    ],
)
def test_hosts(domain: str, host: str) -> None:
    """A name that is no domain becomes harmless text."""
    assert ascii_host(domain) == host
