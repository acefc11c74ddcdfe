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


def dated(text: str, name: str = "note.txt") -> list[tuple[str, float, str | None]]:
    reading = read_bytes(text.encode(), name, CATALOGUE, published=Published(Period.day(date(2025, 7, 10)), "given"))
    return [(s.kind.value, float(s.figure.value), str(s.period) if s.period else None) for s in reading.statements]


def test_a_goal_that_a_share_is_of_makes_no_goal_of_the_change_behind_it() -> None:
    text = (
        "Ngân hàng Sông Lam: tổng tài sản cuối tháng 6/2025 đạt 91.200 tỷ đồng, bằng 94,5% kế hoạch năm "
        "và tăng 8,6% so với cùng kỳ năm 2024."
    )
    assert ("assets", "Ngân hàng Sông Lam", "delta", 8.6) in read(text)


def test_a_change_that_follows_a_goal_is_part_of_it() -> None:
    text = (
        "Ngân hàng Sông Lam họp cổ đông. Kế hoạch năm 2025 được thông qua với 99% phiếu thuận: tổng tài sản "
        "98.000 tỷ đồng, tăng 7,5% so với năm 2024."
    )
    assert [kind for _, _, kind, _ in read(text)] == ["target", "target"]


def test_parts_of_a_total_are_no_figures_beside_it() -> None:
    text = "Năm 2024, Cảng An Hải đón 120.400 container qua cảng (100.000 nội địa xếp dỡ, 20.400 quá cảnh)."
    assert values(text) == [120_400]


def test_of_two_facts_a_sentence_states_of_one_thing_only_the_surer_can_be_accepted() -> None:
    text = "Năm 2024, số người chết đuối ở Phú Yên là 27, phát 1.200 áo phao."
    published = Published(Period.day(date(2025, 7, 10)), "given")
    found = read_bytes(text.encode(), "note.txt", CATALOGUE, published=published).statements
    assert float(max(found, key=lambda one: one.confidence).figure.value) == 27
    assert 1200 not in [float(one.figure.value) for one in found if one.accepted]


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2024, Phú Yên xảy ra 31 vụ chết đuối, làm 27 người chết.",
        "Năm 2024, Phú Yên có 27 người chết đuối trong tổng số 310 vụ tai nạn.",
    ],
)
def test_events_are_no_people(text: str) -> None:
    assert values(text) == [27]


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("Từ đầu năm đến hết tháng 6", "2025-01/2025-06"),
        ("Từ đầu năm 2024 đến cuối quý III", "2024-01/2024-09"),
    ],
)
def test_from_the_start_of_a_year_through_a_month_is_one_period(said: str, period: str) -> None:
    assert dated(f"{said}, Phú Yên có 27 người chết đuối.") == [("observation", 27, period)]


COLUMNS = """<table><caption>Bảng 2. Số liệu cuối quý II/2025</caption>
<tr><th>Địa phương</th><th>Nước sạch (%), quý II/2025</th><th>Nước sạch (%), mục tiêu 2026</th></tr>
<tr><td>Phú Yên</td><td>91,5</td><td>95</td></tr></table>"""


def test_the_year_of_a_column_of_goals_is_the_whole_year() -> None:
    assert ("target", 95, "2026") in dated(COLUMNS, name="page.html")


ROWS = """NGHỊ QUYẾT ĐẠI HỘI CỔ ĐÔNG NGÂN HÀNG SÔNG LAM
Hà Nội, ngày 10 tháng 7 năm 2025

Điều 1. Thông qua kế hoạch năm 2025: nợ quá hạn không quá 1,5%.

PHỤ LỤC. KẾ HOẠCH VÀ KẾT QUẢ NỢ QUÁ HẠN CÁC NĂM (%), CẬP NHẬT 2025
Năm tài chính    Kế hoạch    Thực hiện    Ngày công bố
2020                1,9           2,1          25/6/2021
2022                1,8          1,7          16/6/2023
"""


def test_the_year_that_heads_a_row_dates_its_goal() -> None:
    assert ("target", 1.9, "2020") in dated(ROWS)
    assert ("target", 1.8, "2022") in dated(ROWS)


TWO_COLUMNS = """<table>
<tr><th rowspan="2">Cảng</th><th colspan="2">Container qua cảng, năm 2024</th></tr>
<tr><th>Số container</th><th>Số lần mở kiểm hóa</th></tr>
<tr><td>Cảng An Hải</td><td>120.400</td><td>3.950</td></tr></table>"""


def test_of_two_columns_below_one_name_the_one_that_says_no_other_is_read() -> None:
    assert values(TWO_COLUMNS, name="page.html") == [120_400]


PARTIAL = """<h1>Ngân hàng Sông Lam: nợ quá hạn</h1><table><caption>Nợ của Ngân hàng Sông Lam (%)</caption>
<tr><th>Chỉ tiêu</th><th>31/12/2024</th></tr>
<tr><td>Nợ quá lớn khó đòi (%)</td><td>2,4</td></tr></table>"""


def test_a_row_that_holds_a_piece_of_a_name_waits_for_a_person() -> None:
    reading = read_bytes(
        PARTIAL.encode(), "page.html", CATALOGUE, published=Published(Period.day(date(2025, 7, 10)), "x")
    )
    assert not any(statement.accepted for statement in reading.statements)


def test_whose_a_figure_is_may_be_said_behind_it() -> None:
    text = (
        "Phú Yên tổng kết năm 2024\\n\\nUBND tỉnh Phú Yên họp báo. Năm 2024, 92,4% tổng số hộ dân trên toàn quốc dùng nước sạch; "
        "Phú Yên đạt 95,1%."
    )
    assert [(area, value) for _, area, _, value in read(text)] == [("Vietnam", 92.4), ("Phú Yên", 95.1)]


def test_what_each_has_is_no_total() -> None:
    text = "Năm 2024, Cảng An Hải đón 120.400 container qua cảng, mỗi container 20 tấn hàng, mỗi tàu 850 chiếc."
    assert values(text) == [120_400]


def test_one_verb_governs_a_list() -> None:
    text = (
        "Năm 2024, Phú Yên có 27 người chết đuối. So với năm 2023 giảm 21 vụ, 14 người chết đuối "
        "(lần lượt giảm 6,3% và 10,6%)."
    )
    said = read(text)
    assert ("drowned", "Phú Yên", "delta", -14) in said
    assert ("drowned", "Phú Yên", "delta", 10.6) not in said


def test_the_same_time_is_the_time_just_named() -> None:
    text = "Cuối tháng 12/2024, 92,4% hộ dân dùng nước sạch; cùng thời điểm có 27 người chết đuối."
    assert all(period is None or period.startswith("2024") for _, _, period in dated(text))


def test_a_change_over_years_is_not_measured_from_all_of_them() -> None:
    text = "Giai đoạn 2020-2024, số người chết đuối ở Phú Yên tăng gấp 3 lần trong 5 năm qua, lên 27 người."
    assert ("drowned", "Phú Yên", "observation", 27) in read(text)


def ranks(text: str) -> list[tuple[str, float]]:
    areas = (
        *AREAS,
        Area("World", ("thế giới", "toàn cầu"), comparator=True),
        Area("ASEAN", ("ASEAN",), comparator=True),
    )
    both = tuple(
        Indicator(id, (("vi", name),), aliases, Unit.RANK, Better.LOWER, "Vietnam", frozenset({"Vietnam"}))
        for id, name, aliases in (
            ("asean", "Thứ hạng đội tàu biển tại ASEAN", ("đội tàu biển thuộc tốp ASEAN",)),
            ("globe", "Thứ hạng đội tàu biển toàn cầu", ("đội tàu biển đứng thứ toàn cầu",)),
        )
    )
    reading = read_bytes(
        text.encode(), "note.txt", Catalogue(areas, both), published=Published(Period.day(date(2025, 7, 10)), "given")
    )
    return [(s.indicator, float(s.figure.value)) for s in reading.statements]


def test_a_second_rank_names_only_its_field() -> None:
    text = (
        "Năm 2024, đội tàu biển Việt Nam có 1.490 chiếc, tăng 2,1% so với năm 2023, xếp thứ 4 ASEAN, "
        "đứng thứ 29 toàn cầu."
    )
    assert ranks(text) == [("asean", 4), ("globe", 29)]


def test_how_far_a_plan_was_passed_is_a_change_and_no_goal() -> None:
    text = (
        "Khép lại năm 2024, tổng tài sản của Ngân hàng Sông Lam đạt 91.200 tỷ đồng, tăng 9,2% so với cuối năm 2023 "
        "và cao hơn kế hoạch cổ đông giao 2,1%."
    )
    assert ("assets", "Ngân hàng Sông Lam", "target", 2.1) not in read(text)
    plain = "Năm 2024, tổng tài sản của Ngân hàng Sông Lam đạt 91.200 tỷ đồng, cao hơn kế hoạch 2,1%."
    assert ("assets", "Ngân hàng Sông Lam", "delta", 2.1) in read(plain)


GROWTH = Indicator(
    "gdp",
    (("vi", "Tốc độ tăng trưởng GDP"),),
    ("tăng trưởng GDP", "GDP"),
    Unit.PERCENT,
    Better.HIGHER,
    "Vietnam",
    EVERY,
)


def grown(text: str) -> list[tuple[str, float, str | None]]:
    when = Published(Period.day(date(2025, 7, 10)), "given")
    reading = read_bytes(text.encode(), "note.txt", Catalogue(AREAS, (GROWTH,)), published=when)
    return [(s.kind.value, float(s.figure.value), str(s.period)) for s in reading.statements]


def test_a_share_of_output_is_no_growth_of_it() -> None:
    text = "Năm 2024, GDP tăng 6,8%. Kinh tế biển phải đóng góp 30% GDP vào năm 2030."
    assert grown(text) == [("observation", 6.8, "2024")]


def test_what_growth_is_compared_with_does_not_date_it() -> None:
    text = "Bình quân sáu tháng tăng trưởng GDP là 6,1%, riêng tháng 6 chỉ 5,2% so cùng kỳ, còn xa mức trần."
    assert all(period != "2024-06" for _, _, period in grown(text))


@pytest.mark.parametrize(
    ("published", "kind"),
    [(date(2024, 10, 17), "forecast"), (date(2024, 12, 20), "observation"), (date(2025, 1, 9), "observation")],
)
def test_an_estimate_of_a_year_that_goes_on_is_what_is_expected(published: date, kind: str) -> None:
    text = "Năm 2024, tổng tài sản của Ngân hàng Sông Lam ước đạt 91.200 tỷ đồng."
    assert [found[2] for found in read(text, published=published)] == [kind]
