"""Readings of texts about bodies (a port, a waterworks): whose a number is, and what it is of."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.figure import Unit
from tracker.domain.indicator import Area, Better, Catalogue, Indicator
from tracker.domain.period import Period
from tracker.domain.statement import Published
from tracker.extract import read_bytes

AREAS = (
    Area("Vietnam", ("Việt Nam", "cả nước", "toàn quốc")),
    Area("Cảng An Hải", ("Cảng An Hải", "Công ty Cảng An Hải", "Công ty cổ phần Cảng An Hải")),
    Area("Ngân hàng Sông Lam", ("Ngân hàng Sông Lam", "Song Lam Bank")),
    Area("Phú Yên", ("Phú Yên",)),
    Area("Malaysia", ("Malaysia",), comparator=True),
)
EVERY = frozenset({"Vietnam", "Cảng An Hải", "Ngân hàng Sông Lam", "Phú Yên"})


def indicator(id: str, name: str, unit: Unit, area: str, *aliases: str) -> Indicator:
    return Indicator(id, (("vi", name),), aliases, unit, Better.HIGHER, area, EVERY)


CATALOGUE = Catalogue(
    AREAS,
    (
        indicator("assets", "Tổng tài sản", Unit.VND, "Ngân hàng Sông Lam", "tổng tài sản", "quy mô tài sản"),
        indicator("bad-loans", "Tỷ lệ nợ quá hạn", Unit.PERCENT, "Ngân hàng Sông Lam", "nợ quá hạn"),
        indicator("boxes", "Số container qua cảng", Unit.COUNT, "Cảng An Hải", "container qua cảng", "container"),
        indicator("water", "Tỷ lệ hộ dân dùng nước sạch", Unit.PERCENT, "Vietnam", "nước sạch", "clean water"),
        indicator("drowned", "Số người chết đuối", Unit.COUNT, "Vietnam", "chết đuối", "đuối nước"),
    ),
)


def read(text: str, name: str = "note.txt", published: date = date(2025, 7, 10)) -> list[tuple[str, str, str, float]]:
    reading = read_bytes(text.encode(), name, CATALOGUE, published=Published(Period.day(published), "given"))
    return [(s.indicator, s.area, s.kind.value, float(s.figure.value)) for s in reading.statements]


def values(text: str, **how: str) -> list[float]:
    return [value for *_, value in read(text, **how)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Năm 2024, tổng tài sản của Ngân hàng Sông Lam đạt 91.200 tỷ đồng. Lợi nhuận trước thuế 1.150 tỷ đồng.",
            [91_200e9],
        ),
        (
            "Tổng tài sản của Ngân hàng Sông Lam là 91.200 tỷ đồng. Dư nợ cho vay khách hàng ở mức 60.400 tỷ.",
            [91_200e9],
        ),
    ],
)
def test_another_measure_is_not_carried(text: str, wanted: list[float]) -> None:
    assert values(text) == wanted


def test_a_measure_that_the_number_before_counts_does_not_head_the_next() -> None:
    text = "Trong năm 2024, cảng phục vụ 90% dân số và 120.000 container qua cảng."
    assert 120_000 in values(text)


def test_the_change_of_an_untracked_level_is_no_change_of_a_tracked_one() -> None:
    text = (
        "Năm 2024, tổng tài sản của Ngân hàng Sông Lam đạt 91.200 tỷ đồng, tăng 12% so với năm 2023. "
        "Số điểm phục vụ là 210, tăng 8%."
    )
    assert values(text) == [91_200e9, 12]


def test_money_counts_no_things() -> None:
    text = "Tổng tài sản của Ngân hàng Sông Lam lập đỉnh mới, với 512 cổ đông dự họp và 210 điểm phục vụ."
    assert values(text) == []


BILINGUAL = """<html><body><h1>Báo cáo / Report</h1>
<p>The bank's total assets rose by 12.5% and 4.2% in the two years; loans grew 11.3%.</p>
<table><caption>Đơn vị: tỷ đồng</caption><tr><th>Chỉ tiêu</th><th>31/12/2024</th></tr>
<tr><td>Tổng tài sản / Total assets</td><td>91.200</td></tr><tr><td>Hệ số CAR (%)</td><td>11,2</td></tr></table>
</body></html>"""


def test_a_table_keeps_to_its_own_way_of_writing_numbers() -> None:
    assert 91_200e9 in values(BILINGUAL, name="page.html")


def test_an_english_paragraph_groups_thousands_its_own_way() -> None:
    text = (
        "Số container qua cảng tăng 8,5% và 7,2% trong hai năm.\n\n"
        "In 2024 the port of the city handled 6,240 containers, container qua cảng, and it was the best of the years."
    )
    assert 6240 in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ngân hàng Bạch Đằng công bố báo cáo năm. Cuối năm 2024, tổng tài sản của ngân hàng này là 45.000 tỷ đồng.",
        "Năm 2024, nợ quá hạn tại Ngân hàng Bạch Đằng là 3,4%.",
        "Tổng tài sản năm 2024: công ty mẹ đạt 45.000 tỷ đồng.",
        "Một ngân hàng ở Biên Hòa có nợ quá hạn 3,4% vào cuối năm 2024.",
    ],
)
def test_a_body_of_a_tracked_kind_that_is_not_tracked_has_no_figure(text: str) -> None:
    assert read(text) == []


def test_a_body_that_only_speaks_takes_no_figure_from_whom_it_speaks_of() -> None:
    text = (
        "Ngân hàng Sông Lam hôm nay họp cổ đông. Công ty Chứng khoán Ba Vì nhận định tổng tài sản năm 2024 "
        "đạt 91.200 tỷ đồng."
    )
    assert [(area, value) for _, area, _, value in read(text)] == [("Ngân hàng Sông Lam", 91_200e9)]


def test_people_in_general_are_not_we() -> None:
    text = "Tỷ lệ hộ dân dùng nước sạch của cả nước năm 2023 đạt 92%. Ở Malaysia, người ta báo cáo 97,5% cho năm 2023."
    assert ("water", "Malaysia", "reference", 97.5) in read(text)


def test_a_dateline_behind_an_agency_is_a_venue() -> None:
    text = (
        "Ngân hàng Sông Lam khép sổ năm 2024\n\n(Tin Biển) Phú Yên, 10/7/2025 - Đến cuối năm 2024, nợ quá hạn "
        "còn 1,2%, so với 1,5% của năm 2023."
    )
    assert {area for _, area, _, _ in read(text)} == {"Ngân hàng Sông Lam"}


def test_a_plus_sign_says_what_was_added() -> None:
    text = "<h1>Cảng An Hải</h1><h2>Số container qua cảng năm 2024</h2><p>120.400</p><p>+8.300 so với năm 2023</p>"
    assert ("boxes", "Cảng An Hải", "delta", 8300) in read(text, name="page.html")
