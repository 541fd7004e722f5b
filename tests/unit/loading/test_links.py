from __future__ import annotations

import pytest

from build_site.loading.link_tables import LinkTables
from build_site.loading.links import resolve
from build_site.model.site import Reach, Standing, Target

TABLES = LinkTables(
    domain="tyjrj.example.gov.cn",
    base_path="/zfxxgk/",
    documents={
        "content/zd/a.md": ("wj/2020/1.html", Standing.PUBLISHED),
        "content/zd/b/index.md": ("wj/2020/2.html", Standing.PUBLISHED),
        "content/zd/draft.md": ("wj/2020/3.html", Standing.DRAFT),
        "content/zd/future.md": ("wj/2020/4.html", Standing.FUTURE),
        "content/zd/withdrawn.md": ("wj/2020/5.html", Standing.WITHDRAWN),
        "content/zd/closed.md": ("wj/2020/6.html", Standing.CLOSED),
        "content/zd/年报 1.md": ("wj/2020/7.html", Standing.PUBLISHED),
    },
    columns={
        "content": "index.html",
        "content/index.md": "index.html",
        "content/zd": "zd/index.html",
        "content/zd/index.md": "zd/index.html",
        "content/nr/kong": "",
        "content/nr/kong/index.md": "",
    },
    assets={
        "content/zd/f.pdf": "fj/zd/f.pdf",
        "content/zd/b/表（一）.docx": "wj/2020/2/表（一）.docx",
        "content/zd/no-suffix": "fj/zd/no-suffix",
    },
    pages=frozenset(
        {"index.html", "zd/index.html", "wj/2020/1.html", "wj/2020/2.html", "wj/2020/5.html", "wj/2020/7.html"}
    ),
    redirects={"wj/2019/1.html": "wj/2020/1.html"},
)
P, F, U = Reach.PAGE, Reach.FILE, Reach.UNUSABLE
MP, MF, UN, EX, CO = Reach.MISSING_PAGE, Reach.MISSING_FILE, Reach.UNPUBLISHED, Reach.EXTERNAL, Reach.CONTACT
OWN = "https://tyjrj.example.gov.cn/zfxxgk/"


def verdict(url: str, source: str = "content/zd/a.md", own: str = "wj/2020/1.html") -> Target:
    return resolve(url, source, own, TABLES)


@pytest.mark.parametrize(
    ("url", "reach", "address"),
    [
        ("a.md", P, "wj/2020/1.html"),
        ("./a.md", P, "wj/2020/1.html"),
        ("../zd/a.md", P, "wj/2020/1.html"),
        ("/zd/a.md", P, "wj/2020/1.html"),
        ("a.md?x=1", P, "wj/2020/1.html"),
        (" a.md\n", P, "wj/2020/1.html"),
        ("b/", P, "wj/2020/2.html"),
        ("b", P, "wj/2020/2.html"),
        ("b/index.md", P, "wj/2020/2.html"),
        ("%E5%B9%B4%E6%8A%A5%201.md", P, "wj/2020/7.html"),
        ("年报 1.md", P, "wj/2020/7.html"),
        (".", P, "zd/index.html"),
        ("./", P, "zd/index.html"),
        ("index.md", P, "zd/index.html"),
        ("..", P, "index.html"),
        ("/", P, "index.html"),
        ("/index.md", P, "index.html"),
        ("/zfxxgk/", P, "index.html"),
        ("/zfxxgk/zd/", P, "zd/index.html"),
        ("/zfxxgk/wj/2020/1.html", P, "wj/2020/1.html"),
        ("/wj/2020/1.html", P, "wj/2020/1.html"),
        ("/wj/2019/1.html", P, "wj/2020/1.html"),
        (OWN, P, "index.html"),
        (OWN + "zd/", P, "zd/index.html"),
        (OWN + "zd", P, "zd/index.html"),
        (OWN + "wj/2019/1.html", P, "wj/2020/1.html"),
        (OWN + "wj/2020/1.html?x=1", P, "wj/2020/1.html"),
        ("http://TYJRJ.example.gov.cn/zfxxgk/wj/2020/1.html", P, "wj/2020/1.html"),
        ("//tyjrj.example.gov.cn/zfxxgk/wj/2020/1.html", P, "wj/2020/1.html"),
        ("?x=1", P, "wj/2020/1.html"),
        ("f.pdf", F, "fj/zd/f.pdf"),
        ("f.pdf#page=2", F, "fj/zd/f.pdf"),
        ("no-suffix", F, "fj/zd/no-suffix"),
        ("b/表（一）.docx", F, "wj/2020/2/表（一）.docx"),
        (OWN + "fj/zd/f.pdf", F, "fj/zd/f.pdf"),
        ("x.md", MP, ""),
        ("A.md", MP, ""),
        ("a.html", MP, ""),
        ("../../a.md", MP, ""),
        ("/../a.md", MP, ""),
        ("x/", MP, ""),
        ("x", MP, ""),
        (OWN + "wj/2020/9.html", MP, ""),
        ("f.docx", MF, ""),
        ("F.PDF", MF, ""),
        ("f.pdf/", MP, ""),
        ("../f.pdf", MF, ""),
        (OWN + "fj/zd/x.pdf", MF, ""),
        ("draft.md", UN, "wj/2020/3.html"),
        ("future.md", UN, "wj/2020/4.html"),
        ("withdrawn.md", UN, "wj/2020/5.html"),
        ("closed.md", UN, "wj/2020/6.html"),
        (OWN + "wj/2020/3.html", UN, "wj/2020/3.html"),
        (OWN + "wj/2020/5.html", UN, "wj/2020/5.html"),
        ("/wj/2020/6.html", UN, "wj/2020/6.html"),
        ("../nr/kong", Reach.EMPTY_COLUMN, ""),
        ("/nr/kong/", Reach.EMPTY_COLUMN, ""),
        ("../nr/kong/index.md", Reach.EMPTY_COLUMN, ""),
        ("https://www.gov.cn/", EX, ""),
        ("http://www.gov.cn:8080/a?b#c", EX, ""),
        ("HTTPS://WWW.GOV.CN", EX, ""),
        ("//www.gov.cn/", EX, ""),
        ("https://tyjrj.example.gov.cn/", EX, ""),
        ("https://tyjrj.example.gov.cn/zwgk/", EX, ""),
        ("https://tyjrj.example.gov.cn.evil.cn/zfxxgk/", EX, ""),
        ("https://政府.政务/", EX, ""),
        ("https://1.gov.cn/", EX, ""),
        ("data:image/png;base64,AA==", EX, ""),
        ("mailto:a@b.cn", CO, ""),
        ("mailto:a.b@b.gov.cn,c@d.cn?subject=x", CO, ""),
        ("tel:021-12345678", CO, ""),
        ("tel:+862112345678", CO, ""),
        ("tel:12345", CO, ""),
    ],
)
def test_verdict(url: str, reach: Reach, address: str) -> None:
    """What a link leads to, and at which address."""
    found = verdict(url)
    assert (found.reach, found.address) == (reach, address)
    assert found.fails is (reach not in (P, F, EX, CO))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("\t\n", "empty"),
        ("#", "lone-hash"),
        ("a\u200b.md", "invisible-character"),
        ("\ufeffa.md", "invisible-character"),
        ("javascript:void(0)", "script"),
        ("java\nscript:void(0)", "script"),
        (" JAVASCRIPT:x", "script"),
        ("vbscript:x", "script"),
        ("data:text/html,x", "data"),
        ("about:blank", "about"),
        ("file:///D:/a.docx", "file-scheme"),
        ("D:/a.docx", "drive-letter"),
        ("d:\\a.docx", "drive-letter"),
        ("\\\\server\\a", "backslash"),
        ("fj\\a.docx", "backslash"),
        ("localhost:8000", "missing-scheme"),
        ("www.gov.cn:8080/a", "missing-scheme"),
        ("www.gov.cn", "missing-scheme"),
        ("www.gov.cn/a.html", "missing-scheme"),
        ("http://", "malformed"),
        ("http:/www.gov.cn/", "malformed"),
        ("http:www.gov.cn", "malformed"),
        ("https:///a", "malformed"),
        ("http://www.gov.cn:99999/", "malformed"),
        ("http://[::1", "malformed"),
        ("http://a b.cn/", "malformed"),
        ("http：//www.gov.cn/", "malformed"),
        ("https;//www.gov.cn/", "malformed"),
        ("https://www．gov.cn/", "full-width"),
        ("https://www。gov。cn/", "full-width"),
        ("https://ｗｗｗ.gov.cn/", "full-width"),
        ("a．md", "full-width"),
        ("http://localhost/", "localhost"),
        ("http://a.localhost/", "localhost"),
        ("//localhost/", "localhost"),
        ("http://127.0.0.1/", "private-address"),
        ("http://10.1.2.3/", "private-address"),
        ("http://172.16.0.1:8080/", "private-address"),
        ("http://192.168.1.1/", "private-address"),
        ("http://169.254.1.1/", "private-address"),
        ("http://[::1]/", "private-address"),
        ("http://[fe80::1]/", "private-address"),
        ("http://oa/", "intranet"),
        ("http://oa-server:8080/login", "intranet"),
        ("http://oa.local/", "intranet"),
        ("http://user:secret@www.gov.cn/", "credentials"),
        ("/zd/%B1%EA.md", "encoding"),
        (OWN + "%B1%EA.html", "encoding"),
        ("mailto:", "mail"),
        ("mailto:a", "mail"),
        ("mailto:a@b", "mail"),
        ("mailto:a b@c.cn", "mail"),
        ("mailto:a＠b.cn", "full-width"),
        ("tel:", "telephone"),
        ("tel:办公室", "telephone"),
    ],
)
def test_unusable(url: str, reason: str) -> None:
    """A link that nobody can open, with the reason."""
    found = verdict(url)
    assert (found.reach, found.reason) == (U, reason)


@pytest.mark.parametrize(
    ("url", "reason", "hint"),
    [
        ("A.md", "case", "a.md"),
        ("../ZD/a.md", "case", "a.md"),
        ("F.pdf", "case", "f.pdf"),
        ("a.html", "built-name", "a.md"),
        ("drafts.md", "", "draft.md"),
        ("../nr/f.pdf", "", "/zd/f.pdf"),
        ("../../a.md", "outside", ""),
        ("zzzz.md", "", ""),
        ("www.gov.cn", "missing-scheme", "https://www.gov.cn"),
        ("mailto:a＠b.cn", "full-width", "mailto:a@b.cn"),
        ("https://ｗｗｗ.gov.cn/", "full-width", "https://www.gov.cn/"),
    ],
)
def test_hints(url: str, reason: str, hint: str) -> None:
    """A failing link says what was probably meant."""
    found = verdict(url)
    assert (found.reason, found.hint) == (reason, hint)


@pytest.mark.parametrize(
    ("url", "address", "fragment"),
    [
        ("#四", "wj/2020/1.html", "四"),
        ("#%E5%9B%9B", "wj/2020/1.html", "四"),
        ("a.md#x", "wj/2020/1.html", "x"),
        ("a.md#", "wj/2020/1.html", ""),
        ("a.md#:~:text=条例", "wj/2020/1.html", ""),
        (OWN + "zd/#x", "zd/index.html", "x"),
        ("/zfxxgk/zd/index.html#x", "zd/index.html", "x"),
    ],
)
def test_fragments(url: str, address: str, fragment: str) -> None:
    """The part after # is kept, decoded; words to scroll to are not."""
    found = verdict(url)
    assert (found.reach, found.address, found.fragment) == (P, address, fragment)


def test_relative_to_the_source_not_to_the_page() -> None:
    """The same words in another folder lead elsewhere."""
    assert verdict("a.md", "content/nr/kong/x.md").reach is MP
    assert verdict("../../zd/a.md", "content/nr/kong/x.md").address == "wj/2020/1.html"


def test_a_site_at_the_root_of_its_host() -> None:
    """With the base path / every address of the domain is the site's own."""
    tables = LinkTables("a.gov.cn", "/", TABLES.documents, TABLES.columns, TABLES.assets, TABLES.pages, {})
    assert resolve("https://a.gov.cn/", "content/zd/a.md", "x.html", tables).address == "index.html"
    assert resolve("https://a.gov.cn/wj/2020/9.html", "content/zd/a.md", "x.html", tables).reach is MP
