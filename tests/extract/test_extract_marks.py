"""A document without diacritics is read nearly as the accented one; all others are left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.figure import Unit
from tracker.domain.indicator import Area, Better, Catalogue, Indicator
from tracker.domain.period import Period
from tracker.domain.statement import Published
from tracker.extract import Reading, read_bytes
from tracker.extract.decide import models
from tracker.extract.documents import read_document
from tracker.extract.marks import is_stripped, with_marks, without_marks
from tracker.extract.reading import needed
from tracker.extract.vocabulary import names_of

CATALOGUE = Catalogue(
    (
        Area("Vietnam", ("Việt Nam", "Viet Nam", "cả nước")),
        Area("Nam Định", ("Nam Định",)),
        Area("Huế", ("Huế", "TP Huế")),
    ),
    tuple(
        Indicator(id, (("vi", name),), aliases, unit, Better.HIGHER, "Vietnam", frozenset({"Vietnam", "Nam Định", "Huế"}))
        for id, name, unit, aliases in (
            ("fibre", "Tỷ lệ hộ gia đình dùng cáp quang", Unit.PERCENT, ("cáp quang",)),
            ("saplings", "Số cây giống phi lao trồng mới", Unit.COUNT, ("cây phi lao",)),
            ("spending", "Chi cho thư viện", Unit.VND, ("chi thư viện",)),
            ("unmarked", "Dong phuc hoc duong", Unit.PERCENT, ()),
        )
    ),
)  # fmt: skip
PUBLISHED = Published(Period.day(date(2024, 5, 20)), "given")

TEXT = """SỞ THÔNG TIN VÀ TRUYỀN THÔNG NAM ĐỊNH

Báo cáo kết quả 6 tháng đầu năm 2023

Đến hết tháng 6 năm 2023, tỷ lệ hộ gia đình dùng cáp quang của tỉnh Nam Định đạt 81,7%, tăng 5,2 điểm phần trăm so với cùng kỳ năm trước.

Năm 2022, cả tỉnh trồng mới hơn 12.500 cây phi lao. Mục tiêu đến năm 2025 là 30.000 cây phi lao.

Chi cho thư viện năm 2022 là 1,2 tỷ đồng, gấp 1,5 lần so với năm 2021."""


def read(text: str, name: str = "a.txt") -> Reading:
    return read_bytes(text.encode(), name, CATALOGUE, published=PUBLISHED)


def said(reading: Reading) -> list[tuple[object, ...]]:
    return [(one.indicator, one.area, one.kind, one.figure, str(one.period), one.base) for one in reading.statements]


def page(text: str) -> str:
    head, *rest = text.split("\n\n")
    parts = "".join(f"<p class='nam'>{part}</p>" for part in rest)
    return f"<!doctype html><title>{head}</title><body><h1>{head}</h1>{parts.replace('nam', 'nam')}</body>"


def test_the_bare_text_states_what_the_accented_one_does() -> None:
    accented = read(TEXT)
    assert len(accented.statements) >= 5
    assert said(read(without_marks(TEXT))) == said(accented)


def test_a_page_is_read_so_too_and_its_tags_stay() -> None:
    bare = read(page(without_marks(TEXT)), "a.html")
    assert said(bare) == said(read(page(TEXT), "a.html"))


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_quotes_and_offsets_are_the_documents_own(name: str) -> None:
    text = without_marks(TEXT) if name == "a.txt" else page(without_marks(TEXT))
    reading = read(text, name)
    assert reading.document.text == text
    assert reading.document.marked
    for one in reading.statements:
        assert text[one.start : one.end] == one.quote
        assert one.quote.isascii()


def test_accepting_asks_for_more_where_the_words_were_guessed() -> None:
    document, weighed = read(TEXT).document, models()
    assert needed(document, weighed) == weighed.accept
    assert weighed.accept < needed(replace(document, marked=True), weighed) < 1
    least = needed(replace(document, marked=True), weighed)
    assert all(one.confidence >= least for one in read(without_marks(TEXT)).statements if one.accepted)


def test_a_number_in_bare_words_waits() -> None:
    text = (
        "Đến hết tháng 6 năm 2023, tỷ lệ hộ gia đình dùng cáp quang của tỉnh Nam Định đạt tám mươi mốt phần trăm. "
        "Trong năm 2022, các địa phương của tỉnh đã thực hiện nhiều giải pháp để người dân được hưởng lợi."
    )
    (one,) = read(without_marks(text)).statements
    assert one.figure.value == 81
    assert not one.accepted


@pytest.mark.parametrize(
    ("bare", "accented"),
    [
        ("nam 2023", "năm 2023"),
        ("tinh Nam Dinh", "tỉnh Nam Định"),
        ("o Viet Nam nam nay", "ở Việt Nam năm nay"),
        ("dat 5%", "đạt 5%"),
        ("tang 2 bac", "tăng 2 bậc"),
        ("gap 3 lan", "gấp 3 lần"),
        ("gan 5 ty dong", "gần 5 tỷ đồng"),
        ("hai muoi lam phan tram", "hai mươi lăm phần trăm"),
        ("CA NUOC", "CẢ NƯỚC"),
        ("Trung uong Hue", "Trung ương Huế"),
    ],
)
def test_words_are_told_by_their_neighbours(bare: str, accented: str) -> None:
    lead = "Theo bao cao cua tinh, ket qua thuc hien trong nam cua cac dia phuong nhu sau: "
    assert with_marks(lead + bare, lambda: names_of(CATALOGUE)).endswith(accented)


def test_names_of_the_configuration_win() -> None:
    lead = "Theo bao cao cua tinh, ket qua thuc hien trong nam cua cac dia phuong nhu sau: "
    assert with_marks(lead + "so cay phi lao", lambda: ("cấy phí láo",)).endswith("cấy phí láo")
    assert with_marks(lead + "dong phuc hoc duong", lambda: ("Dong phuc hoc duong",)).endswith("dong phuc hoc duong")


ENGLISH = "In 2023 the share of households with fibre in Nam Dinh reached 81.7 per cent, according to the report of the province."


@pytest.mark.parametrize("text", [TEXT, ENGLISH, "12,5 %", "", "nam", "a b c"])
def test_other_texts_are_left_alone(text: str) -> None:
    def called() -> tuple[str, ...]:
        raise AssertionError("no names are asked for")

    assert with_marks(text, called) is text


def test_a_page_with_bare_code_and_accented_text_is_left_alone() -> None:
    code = "<script>" + "var nam = dat; trong = cua; " * 200 + "</script>"
    text = page(TEXT).replace("<body>", f"<body>{code}<div class='{' dat '.join(['nam'] * 90)}'></div>")
    assert with_marks(text, tuple, page=True) is text


def test_an_accented_title_over_a_bare_text() -> None:
    text = page(without_marks(TEXT)).replace("<title>SO THONG", "<title>Cổng thông tin điện tử của tỉnh: SỞ THÔNG")
    document, _ = read_document(text.encode(), "a.html", called=lambda: names_of(CATALOGUE))
    assert document.marked


@given(st.text(alphabet="adeiouy nghtmcvlđ0123456789.,%<>&;\n ĐAN", max_size=300))
def test_the_length_never_changes(text: str) -> None:
    lead = "Theo bao cao cua tinh, ket qua thuc hien trong nam cua cac dia phuong nhu sau: "
    for page_ in (False, True):
        marked = with_marks(lead + text, lambda: names_of(CATALOGUE), page=page_)
        assert len(marked) == len(lead + text)
        assert without_marks(marked) == without_marks(lead + text)


@given(st.lists(st.sampled_from(TEXT.split()), min_size=1, max_size=400))
def test_putting_marks_back_costs_by_the_word(words: list[str]) -> None:
    bare = without_marks(" ".join(words))
    assert is_stripped(bare) or with_marks(bare, tuple) is bare
    assert without_marks(with_marks(bare, tuple)) == bare
