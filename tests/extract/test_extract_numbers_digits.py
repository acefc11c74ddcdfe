"""Which sign groups thousands: single numbers, and the vote of a page."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extract.numbers import ENGLISH, VIETNAMESE, NumberStyle, page_style, parse_number
from tracker.extract.numbers.digits import read_digits

UNAMBIGUOUS = [
    ("544.361.002", "544361002"),
    ("41,842,347", "41842347"),
    ("1.234,5", "1234.5"),
    ("1,234.5", "1234.5"),
    ("76,42", "76.42"),
    ("76.4", "76.4"),
    ("0,667", "0.667"),
    ("0.667", "0.667"),
    ("1234,567", "1234.567"),
    (",77", "0.77"),
]


@pytest.mark.parametrize(("token", "value"), UNAMBIGUOUS)
@pytest.mark.parametrize("style", [VIETNAMESE, ENGLISH])
def test_unambiguous_numbers_read_the_same_in_either_style(token, value, style):
    reading = read_digits(token, style)
    assert reading is not None
    assert reading.value == Decimal(value)
    assert not reading.alternatives


@pytest.mark.parametrize("token", ["1.2.3", "1.234.56", "12.34,5.6", "1,23,456"])
def test_signs_that_form_no_number_are_refused(token):
    assert read_digits(token, VIETNAMESE) is None


def test_three_digits_behind_one_sign_follow_the_style():
    assert read_digits("1.680", VIETNAMESE).value == 1680
    assert read_digits("1.680", ENGLISH).value == Decimal("1.680")
    assert read_digits("1,680", ENGLISH).value == 1680


def test_the_unlikely_reading_is_kept_as_an_alternative():
    reading = read_digits("1,680", VIETNAMESE)
    assert reading.value == Decimal("1.680")
    assert [other.value for other in reading.alternatives] == [1680]
    assert reading.flags == {"ambiguous"}


def test_a_page_settles_what_one_number_leaves_open():
    style = page_style(["Có 41.842 hộ, trong đó 77,1% và 1.234.567 người"])
    assert style.grouping == {"."}
    assert style.fractional == {","}
    assert not style.mixed
    assert read_digits("1,680", style).value == Decimal("1.680")
    assert not read_digits("544.361", style).alternatives


def test_a_mixed_page_leaves_the_doubt_and_prefers_groups():
    style = page_style(["Tỷ lệ 77,1%", "Lượt truy cập: 41,842,347"])
    assert style.mixed
    reading = read_digits("1,680", style)
    assert reading.value == 1680
    assert reading.flags == {"ambiguous"}


def test_language_decides_where_no_number_does():
    assert page_style(["không có số"]).decimal == ","
    assert page_style(["no numbers"]).decimal == "."
    assert page_style(["no numbers"], language="vi").decimal == ","
    assert page_style(["tiếng Việt"], language="en").decimal == "."


def test_days_and_headings_do_not_vote():
    assert page_style(["2.1. Kết quả ngày 30.11 và Web 4.0"]).fractional == frozenset()
    assert page_style(["tăng 2.1%"]).fractional == {"."}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("17.862", 17862),
        ("≥46", 46),
        ("(12,5)", "12.5"),
        ("29,8*", "29.8"),
        ("−5,3", "-5.3"),
        ("94,1 %", "94.1"),
        ("1,2 triệu", 1200000),
        ("hai mươi mốt", 21),
    ],
)
def test_a_lone_cell(cell, value):
    assert parse_number(cell) == Decimal(value)


@pytest.mark.parametrize("cell", ["", "-", "n/a", "12 hộ và 5 xã", "46/175", "2.1.3"])
def test_what_is_not_one_number_is_none(cell):
    assert parse_number(cell) is None


def written(value: Decimal, group: str, decimal: str) -> str:
    whole, _, fraction = format(value, "f").partition(".")
    grouped = f"{int(whole):,}".replace(",", group)
    return grouped + (decimal + fraction if fraction else "")


STYLES = [
    (".", ",", NumberStyle(",", frozenset("."), frozenset(","))),
    (",", ".", NumberStyle(".", frozenset(","), frozenset("."))),
]


@given(
    number=st.decimals(min_value=0, max_value=10**12, places=2) | st.integers(0, 10**15).map(Decimal),
    signs=st.sampled_from(STYLES),
)
def test_any_number_in_any_style_reads_back(number, signs):
    group, decimal, style = signs
    assert parse_number(written(number, group, decimal), style) == number
