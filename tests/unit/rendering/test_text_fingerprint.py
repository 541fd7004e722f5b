"""The fingerprint of a page's text: what counts, how it is normalised, where it stands."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from build_site.rendering.text_fingerprint import (
    PLACE,
    fingerprint_of_text,
    grouped,
    normalised,
    page_fingerprint,
    printed_fingerprint,
    text_of_page,
    with_fingerprint,
)

DOCUMENT = (
    "<body><h1>页头</h1><main id=m><nav>导航</nav><div class=t><h1>标题 <b>甲</b></h1></div><dl><dt>索引号</dt></dl>"
    "<div class=body data-body><p>第一段&amp;。</p><div>第二段</div><script>var a</script><!-- c --></div><p>附件</p></main><p>页脚</p></body>"
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (DOCUMENT, "标题甲第一段&。第二段"),
        ("<main><p>甲</p> <ul><li>乙</li></ul></main>页脚", "甲乙"),
        ("<main><h1>题</h1><p>甲</p></main>", "题甲"),
        ("<MAIN><p>甲<textarea>x</textarea><style>p{}</style></p></MAIN>", "甲"),
        ("<main><div data-body><div>甲</div><p>乙</p></div>丙</main>", "甲乙"),
        ("<main><p data-body>甲</p>丙<p data-body>乙</p></main>", "甲乙"),
        ("<main><p title='data-body'>甲</p>丙</main>", "甲丙"),
        ("<main><div data-body><h1>甲</h1>乙</div></main>", "甲乙"),
        ("<p>没有主体</p>", ""),
        ("<main></main>", ""),
    ],
)
def test_which_text_counts(html: str, text: str) -> None:
    """Title and body, or all of `<main>` where there is no body; no markup, scripts or comments."""
    assert normalised(text_of_page(html)) == text


def test_white_space_and_composition_do_not_count() -> None:
    """Every white space goes, letters are composed; a changed mark is another text."""
    plain = fingerprint_of_text("第一条é。")
    for same in ("第一条 é。\n", "\ufeff第\u3000一\u00a0条\te\u0301。\r\n", "\u2003第\u2028一条é\x85。"):
        assert fingerprint_of_text(same) == plain
    assert fingerprint_of_text("第一条é.") != plain
    assert plain == hashlib.sha256("第一条é。".encode()).hexdigest()


def test_it_is_put_where_the_template_wants_it() -> None:
    """Once, in groups of four, whole; a page without the place stays as it is."""
    page = with_fingerprint(f"{DOCUMENT}<p>{PLACE}</p>")
    found = page_fingerprint(DOCUMENT)
    assert printed_fingerprint(page) == found == fingerprint_of_text("标题甲第一段&。第二段")
    assert f">{grouped(found)}</code>" in page
    assert [len(part) for part in grouped(found).split()] == [4] * 16
    assert with_fingerprint(DOCUMENT) == DOCUMENT
    assert printed_fingerprint(DOCUMENT) == ""


def test_an_editor_cannot_write_another_one() -> None:
    """What a body quotes of the mark is not taken for it."""
    quoted = f'<main><p data-body>data-text-fingerprint="{"0" * 64}"</p></main><p>{PLACE}</p>'
    assert printed_fingerprint(with_fingerprint(quoted)) == page_fingerprint(quoted)


@pytest.mark.skipif(shutil.which("perl") is None, reason="needs perl")
def test_the_command_of_the_manual_gives_the_same(tmp_path: Path) -> None:
    """By hand, with nothing but perl and coreutils, as the manual says."""
    manual = (Path(__file__).parents[3] / "docs/manual.md").read_text("utf-8")
    command = next(line for line in manual.splitlines() if line.startswith("perl "))
    (tmp_path / "文字.txt").write_text("标题 甲\n\n\u3000\u3000第一段&。\r\n第二段\n", "utf-8")
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == page_fingerprint(DOCUMENT)
