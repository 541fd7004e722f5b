"""Numbers of people: found where they stand, told apart from other numbers, and never repeated."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from build_site.checks.emit import json as emit_json
from build_site.checks.emit import text as emit_text
from build_site.checks.run import check_site
from build_site.loading.traces import numbers
from build_site.loading.traces.source import traces
from build_site.model.text import SourceFile
from build_site.model.traces import TraceKind
from tests.support import sites

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12).filter(
    lambda text: not re.search(r"[号码证案单位额计元万亿人次件户吨米亩个条页股份照务档编同批引代]", text)
)
AREAS = st.sampled_from(["110105", "310104", "440524", "512301", "650101", "810000"])
WIDE = str.maketrans("0123456789Xx-", "０１２３４５６７８９Ｘｘ－")


@st.composite
def identities(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1900, 1, 1), date(2030, 12, 31)))
    digits = f"{draw(AREAS)}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return digits + ric.calc_check_digit(f"{digits}0")  # it leaves the last one out


@st.composite
def mobiles(draw: st.DrawFn) -> str:
    number = f"1{draw(st.integers(3, 9))}{draw(st.integers(0, 999_999_999)):09}"
    assume(len(set(number[3:])) > 1 and number != "13800138000")
    return number


def written(draw: st.DrawFn, value: str, cuts: tuple[int, int]) -> str:
    """Write a number as people do: in one, with hyphens, in full-width characters."""
    first, second = cuts
    form = draw(st.sampled_from(["plain", "hyphens", "wide"]))
    if form == "hyphens":
        return f"{value[:first]}-{value[first:second]}-{value[second:]}"
    return value.translate(WIDE) if form == "wide" else value


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str, int, TraceKind]:
    identity = draw(st.booleans())
    value = draw(identities() if identity else mobiles())
    shown = written(draw, value, (6, 14) if identity else (3, 7))
    before, after = draw(HAN), draw(HAN)
    return f"{before}{shown}{after}。", shown, len(before), TraceKind.IDENTITY if identity else TraceKind.MOBILE


@settings(max_examples=300, deadline=None)
@given(texts())
def test_a_number_in_chinese_text_is_found_at_its_column(given_text: tuple[str, str, int, TraceKind]) -> None:
    text, shown, at, kind = given_text
    found = traces(SourceFile("content/zd/a.md", f"---\ntitle: 一\n---\n\n{text}\n"))
    places = [(trace.kind, trace.where.line, trace.where.column, trace.where.length) for trace in found]
    assert places == [(kind, 5, at + 1, len(shown))]


@settings(max_examples=60, deadline=None)
@given(texts(), st.sampled_from(["{}", "| 序号 | 姓名 | 号 |\n|---|---|---|\n| 1 | 张三 | {} |", "见[{}](b.md)和{}"]))
def test_no_report_repeats_a_number(given_text: tuple[str, str, int, TraceKind], form: str) -> None:
    """Neither as it is written nor its digits, in any form and language, and not in a record of the site either."""
    text, shown, _, _ = given_text
    source = sites.notice("测试通知", "00009", form.format(text, text))
    lines = dict(enumerate(source.split("\n"), 1))
    site = sites.assembled(
        {
            **{path: str(body) for path, body in sites.MINIMAL.items() if path != "catalog.yaml"},
            "content/zd/a.md": source,
        }
    )
    found = check_site(site)
    assert any(item.code.startswith("PII") for item in found)
    told = "\n".join(
        part
        for lang in ("zh", "en")
        for part in (
            emit_text.report(found, lambda _, line: lines.get(line, ""), lang),
            emit_json.report(found, {}, lang),
        )
    )
    records = repr([(document.doc.traces, document.doc.path) for document in site.documents]) + repr(found)
    digits = re.sub(r"\D", "", numbers.plain(shown))
    for value in {shown, digits, digits[4:]}:
        assert value not in told
        assert value not in records


@settings(max_examples=300, deadline=None)
@given(st.text("0123456789", min_size=18, max_size=18))
def test_the_check_digit_agrees_with_a_second_opinion(digits: str) -> None:
    assert numbers.passes_luhn(digits) is luhn.is_valid(digits)
    if numbers.is_identity(digits):
        assert digits[17] == ric.calc_check_digit(digits)


@settings(max_examples=200, deadline=None)
@given(identities(), st.sampled_from("0123456789X"), HAN)
def test_a_wrong_check_digit_is_no_identity_number(value: str, check: str, before: str) -> None:
    assume(check != value[17])
    assert list(numbers.find(f"{before}{value[:17]}{check}。")) == []


@settings(max_examples=300, deadline=None)
@given(st.text("0123456789", min_size=1, max_size=40), HAN)
def test_random_digits_are_not_found_unless_they_pass(digits: str, before: str) -> None:
    for hit in numbers.find(f"{before}{digits}。"):
        assert (hit.start, hit.end) == (len(before), len(before) + len(digits))
        if hit.kind is TraceKind.MOBILE:
            assert re.fullmatch(r"(?:86|0086)?1[3-9]\d{9}", digits)
        elif len(digits) == 18:
            assert digits[17] == ric.calc_check_digit(digits)
        else:
            assert len(digits) == 15


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.sampled_from(
            list("0123456789Xx -－０１|\n<>tabled/姓名身份证号手机军优待张三男女，。；：密级机秘★内部资料()[]*×某")
        )
    )
)
def test_any_text_is_searched_without_an_exception(text: str) -> None:
    source = SourceFile("content/zd/a.md", text)
    for trace in traces(source):
        assert trace.where.confidential
        assert trace.where.line >= 1
    assert len(numbers.masked(text)) == len(text)
