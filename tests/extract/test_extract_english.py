"""What English says in its own ways, and what the two languages must not borrow from each other."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.figure import Unit
from tracker.domain.indicator import Area, Better, Catalogue, Indicator
from tracker.domain.period import Period
from tracker.domain.statement import Published, Statement
from tracker.extract import read_bytes
from tracker.extract.documents import read_document
from tracker.extract.movement import direction
from tracker.extract.scene import set_scene

AREAS = (
    Area("Vietnam", ("Việt Nam", "Vietnam", "Viet Nam", "cả nước", "the country", "nationwide")),
    Area("Laos", ("Laos", "Lào")),
    Area("Bến Tre", ("Bến Tre", "Ben Tre")),
    Area("World", ("world", "thế giới"), comparator=True),
    Area("Thailand", ("Thailand", "Thái Lan"), comparator=True),
    Area("Philippines", ("Philippines", "the Philippines"), comparator=True),
    Area("Africa", ("Sub-Saharan Africa",), comparator=True),
)
TRACKED = frozenset({"Vietnam", "Laos", "Bến Tre"})


def indicator(id: str, vi: str, en: str, unit: Unit, *aliases: str) -> Indicator:
    return Indicator(id, (("vi", vi), ("en", en)), aliases, unit, Better.HIGHER, "Vietnam", TRACKED)


CATALOGUE = Catalogue(
    AREAS,
    (
        indicator("leave", "Lao động có hợp đồng", "Workers with a contract", Unit.PERCENT, "lao động có hợp đồng"),
        indicator(
            "stillbirths",
            "Tỷ suất thai chết lưu (trên 1.000 ca sinh)",
            "Stillbirth rate (per 1,000 births)",
            Unit.RATIO,
            "stillbirths per 1,000 births",
            "stillbirth rate",
            "thai chết lưu",
        ),
        indicator("visitors", "Lượt khách bảo tàng", "Museum visitors", Unit.COUNT, "museum visitors", "museum visits"),
        indicator("unpaid", "Tỷ lệ nợ xấu", "Share of bad loans", Unit.PERCENT, "bad loans", "bad-loan ratio"),
        indicator("rank", "Xếp hạng cờ vua", "World chess ranking", Unit.RANK, "chess ranking"),
        indicator("sugar", "Kim ngạch xuất khẩu đường", "Sugar export earnings", Unit.USD, "sugar exports"),
    ),
)
PUBLISHED = Published(Period.day(date(2025, 7, 10)), "given")


def read(text: str) -> list[Statement]:
    return list(read_bytes(text.encode(), "note.txt", CATALOGUE, published=PUBLISHED).statements)


def said(text: str) -> list[tuple[str, str, str, float]]:
    return [(each.indicator, each.area, each.kind.value, float(each.figure.value)) for each in read(text)]


def test_a_syllable_of_vietnamese_is_no_country_of_english() -> None:
    text = "Lao động có hợp đồng chiếm 41,5% năm 2024. Lao động trẻ đông hơn."
    assert said(text) == [("leave", "Vietnam", "observation", 41.5)]
    assert said("Lao bad loans stood at 6.1 per cent in 2024.")[0][1] == "Laos"


def test_provinces_in_the_plural_are_no_province() -> None:
    text = "Nợ xấu cả nước năm 2024 là 4,5%.\n\nRiêng Bến Tre, toàn tỉnh có 12 chi nhánh.\n\nBa tỉnh có nợ xấu dưới 2%."
    assert ("unpaid", "Bến Tre") not in [each[:2] for each in said(text)]


def test_the_state_bank_is_a_body_of_the_nation() -> None:
    text = "Bad loans in Ben Tre were 3.5 per cent in 2024. The State Bank wants bad loans below 3 per cent by 2026."
    assert [each[1] for each in said(text)] == ["Bến Tre", "Vietnam"]


def test_a_rate_per_another_number_is_another_rate() -> None:
    assert said("The stillbirth rate in Vietnam was 7.4 per 1,000 births in 2024.") == [
        ("stillbirths", "Vietnam", "observation", 7.4)
    ]
    assert said("The stillbirth rate in Vietnam was 740 per 100,000 births in 2024.") == []


def test_whom_a_rate_with_its_own_denominator_counts_is_no_subgroup() -> None:
    text = "Stillbirths are rare. In 2024, 7 women per 1,000 births in Vietnam lost a child, by the stillbirth rate."
    assert ("stillbirths", "Vietnam", "observation", 7) in said(text)


@pytest.mark.parametrize(("words", "change"), [("more than", 9.5), ("less than", -9.5)])
def test_so_much_more_or_less_than_is_a_change(words: str, change: float) -> None:
    text = f"Vietnam counted 3.4 million museum visitors in 2024, or 9.5 per cent {words} there were in 2023."
    assert said(text)[1] == ("visitors", "Vietnam", "delta", change)


def cues(text: str) -> set[str]:
    """The lists of cues that speak in the first block."""
    document, _ = read_document(text.encode(), "note.txt")
    return set(set_scene(document, CATALOGUE).passages[0].cue_places)


@pytest.mark.parametrize(
    "text",
    [
        "Museum visits are near 3.4 million.",
        "Vietnam counted 1.9 million museum visits in the second half of 2024.",
        "Museum visits in Sub-Saharan Africa reached 3.4 million.",
    ],
)
def test_words_of_a_number_a_date_or_a_place_limit_nothing(text: str) -> None:
    assert not cues(text) & {"subgroup", "contrast"}


def test_words_that_limit_still_do() -> None:
    assert "contrast" in cues("Near-prime bad loans in Vietnam were 3 per cent in the second half.")


def test_the_month_of_may_foretells_nothing() -> None:
    assert "forecast" not in cues("Vietnam counted 310,000 museum visits, down 4.2 per cent from May 2024.")
    assert "forecast" in cues("Vietnam may count 310,000 museum visits.")


def test_a_change_is_dated_by_where_it_ends() -> None:
    text = (
        "The bad-loan ratio in Vietnam was 4.1 per cent in 2024, down from 5.3 per cent in 2021, a fall of 1.2 points."
    )
    change = read(text)[-1]
    assert (float(change.figure.value), str(change.period)) == (-1.2, "2024")


TABLE = """Museum visitors, thousands
------------------------------------------
                  2023     2024    Plan 2026
------------------------------------------
Whole country    3,100    3,400    3,900
Ben Tre             52       61       70
------------------------------------------
"""


def test_columns_of_plain_text_are_named_above_the_rule() -> None:
    found = [(each.area, each.kind.value, str(each.period)) for each in read(TABLE)]
    years = [("reference", "2023"), ("observation", "2024"), ("target", "2026")]
    assert found == [("Vietnam", *each) for each in years] + [("Bến Tre", *each) for each in years]


def test_a_rule_inside_a_table_of_plain_text_ends_no_table() -> None:
    lines = TABLE.splitlines()
    parted = "\n".join([*lines[:5], lines[3], *lines[5:]])
    assert [each.area for each in read(parted)] == ["Vietnam"] * 3 + ["Bến Tre"] * 3


def test_a_table_that_counts_other_things_is_no_table_of_a_rate() -> None:
    heads = {"Stillbirth rate per 1,000 births": 2, "Number of midwives per hospital": 0}
    for head, count in heads.items():
        page = (
            f"<h1>Stillbirths</h1><table><caption>{head}</caption><tr><th></th><th>2023</th><th>2024</th></tr>"
            "<tr><th>Vietnam</th><td>7.9</td><td>7.4</td></tr></table>"
        )
        assert len(read_bytes(page.encode(), "page.html", CATALOGUE, published=PUBLISHED).statements) == count


def areas(text: str) -> list[tuple[str, str]]:
    document, _ = read_document(text.encode(), "note.txt")
    return [(each.area, each.role) for each in set_scene(document, CATALOGUE).passages[0].areas]


def test_the_seat_of_an_office_is_not_what_it_counts() -> None:
    assert areas("Museum Statistics Office, Vientiane")[:1] != [("Laos", "subject")]
    assert [each.area for each in read("Museum Office, Ha Noi\n\nMuseum visitors: 3.4 million in 2024.")] == ["Vietnam"]


def test_thousands_in_the_title_of_a_table_scale_it() -> None:
    assert [float(each.figure.value) for each in read(TABLE)][:2] == [3.1e6, 3.4e6]


def test_a_figure_in_the_caption_below_scales_no_table() -> None:
    page = f"<html><body><p>Sugar exports</p>{MONEY_TABLE}</body></html>"
    found = read_bytes(page.encode(), "page.html", CATALOGUE, published=PUBLISHED).statements
    assert [float(each.figure.value) for each in found if each.area == "Laos"] == [1.25e9]


MONEY_TABLE = """<table><caption>Sugar exports (USD billion)</caption>
<tr><th>Country</th><th>2023</th></tr><tr><td>Laos</td><td>1.25</td></tr></table>
<figure><figcaption>Figure 2. Bến Tre sold sugar for $310 million in 2023.</figcaption></figure>"""


def test_the_dead_are_counted_not_subtracted() -> None:
    assert movement_of("Cả năm bảo tàng mất 727 khách") == 0
    assert movement_of("Cả năm bảo tàng mất 3 bậc") == -1


def test_where_a_fall_ends_is_no_fall() -> None:
    assert [movement_of(f"Năm 2020 bảo tàng {verb} 55 khách") for verb in ("lùi", "giảm")] == [-1, -1]
    for verb in ("lùi về", "giảm về", "rơi vào khoảng", "tụt về mức"):
        assert movement_of(f"Năm 2020 bảo tàng {verb} 55 khách") == 0


def movement_of(text: str) -> int:
    document, _ = read_document(text.encode(), "note.txt")
    passage = set_scene(document, CATALOGUE).passages[0]
    return direction(passage, passage.quantities[-1])


@pytest.mark.parametrize(
    "text",
    [
        "The stillbirth rate is on our pages. For questions: +84 28 3822 0 (ext. 137).",
        "The stillbirth rate is on our pages. Call 1900 5678, ext. 12.",
        "Sugar exports are in dollars ($1 = VND 25,400).",
        "This page gives the stillbirth rate per 1,000 births.",
    ],
)
def test_numbers_to_dial_and_to_reckon_with_are_no_figures(text: str) -> None:
    assert said(text) == []


def test_and_goes_on_to_the_next_area() -> None:
    text = "The bad-loan ratio is told by area. In 2024 Laos had 5.5 per cent and the Philippines 4.1 per cent."
    assert [(each[1], each[3]) for each in said(text)] == [("Laos", 5.5), ("Philippines", 4.1)]
    ranks = "In the chess ranking of 2024 Vietnam was 20th and the Philippines 33rd."
    assert [(each[1], each[3]) for each in said(ranks)] == [("Vietnam", 20), ("Philippines", 33)]


@pytest.mark.parametrize(
    "text",
    [
        "Our first note gave the bad-loan ratio of Vietnam in 2024 as 8.6 per cent. That was wrong.",
        "Correction: the first edition of this page had a bad-loan ratio of 8.6 per cent for Vietnam in 2024.",
    ],
)
def test_what_a_correction_withdraws_is_not_read(text: str) -> None:
    assert said(text) == []


def test_what_a_correction_puts_right_is_read() -> None:
    text = (
        "Correction: the first edition had 8.6 per cent for the bad-loan ratio of Vietnam in 2024; it was 6.8 per cent."
    )
    assert [each[3] for each in said(text)] == [6.8]


def test_another_measure_at_the_head_of_a_clause_has_its_own_number() -> None:
    text = "Bad loans are a worry.\n\nGrowth reached 7.4 per cent in 2024, and inflation eased to 2.9 per cent in 2024."
    assert said(text) == []


def test_what_exports_are_worth_is_their_earnings() -> None:
    assert said("Năm 2024, xuất khẩu đường của Việt Nam tăng, trị giá 72,5 triệu USD.") == [
        ("sugar", "Vietnam", "observation", 72.5e6)
    ]


def dated(text: str) -> list[tuple[str, float, str]]:
    return [(each.kind.value, float(each.figure.value), str(each.period)) for each in read(text)]


def test_a_change_never_has_the_time_that_it_is_measured_from() -> None:
    text = (
        "Vietnam counted 3.4 million museum visitors in 2024. A year earlier museum visitors numbered 3.1 million. "
        "That is a rise of 9.7 per cent in museum visitors."
    )
    assert dated(text)[-1] == ("delta", 9.7, "2024")
    ranks = "In the chess ranking Vietnam was 20th in 2024, eight places better than in 2022, when it was 28th."
    assert ("delta", 8, "2024") in dated(ranks)
    since = "The bad-loan ratio in Vietnam was 4.1 per cent in 2024. It has fallen 1.2 points since 2021."
    assert dated(since)[-1] == ("delta", -1.2, "2024")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Museum visitors in Vietnam: the 2023 total was 3.1 million.", "2023"),
        ("Vietnam wants 3.9 million museum visitors for the whole of the year.", "2025"),
        ("Vietnam has a full-year goal of 3.9 million museum visitors.", "2025"),
    ],
)
def test_years_that_stand_before_what_they_date(text: str, period: str) -> None:
    assert [each[2] for each in dated(text)] == [period]


def test_a_year_before_its_noun_is_no_figure() -> None:
    assert said("Laos takes stock of its 2030 promises on the stillbirth rate.") == []


def test_a_list_told_respectively_ends_where_another_area_begins() -> None:
    text = "Năm 2024, nợ xấu của Bến Tre và Lào lần lượt là 3,1% và 5,5%; Thái Lan 2,7%."
    assert [(each[1], each[3]) for each in said(text)] == [("Bến Tre", 3.1), ("Laos", 5.5), ("Thailand", 2.7)]


def test_a_line_that_has_said_its_say_leads_nothing_below_it() -> None:
    def leads(text: str) -> bool:
        return set_scene(read_document(text.encode(), "note.txt")[0], CATALOGUE).passages[0].leads

    assert not leads("Bad loans in Vietnam were 4.1 per cent in 2024. The aim is 3 per cent by 2027.")
    assert leads("Bad loans in 2024, with an aim of 3 per cent:")
    text = "Bad loans:\n- Vietnam: 4.1 per cent in 2024. The aim is 3 per cent by 2027.\n  - Laos: 5.5 per cent.\n"
    assert [each.kind.value for each in read(text) if each.area == "Laos"] == ["observation"]


def test_what_is_to_be_is_a_goal() -> None:
    text = "The bad-loan ratio of Vietnam is to be brought down to 3 per cent by the end of 2025."
    assert [each[2] for each in said(text)] == ["target"]


def page(table: str) -> set[float]:
    text = f"<html><body><h1>Tỷ lệ nợ xấu năm 2024</h1><table>{table}</table></body></html>"
    found = read_bytes(text.encode(), "page.html", CATALOGUE, published=PUBLISHED).statements
    return {float(each.figure.value) for each in found}


def test_a_column_of_how_much_of_the_plan_is_done_is_no_level() -> None:
    head = "<tr><th>Chỉ tiêu</th><th>Kế hoạch (%)</th><th>Thực hiện (%)</th><th>{}</th></tr>"
    row = "<tr><td>Tỷ lệ nợ xấu</td><td>3,1</td><td>2,5</td><td>124</td></tr>"
    for ratio in ("TH/KH (%)", "% so với kế hoạch", "Tỷ lệ hoàn thành (%)"):
        assert 124 not in page(head.format(ratio) + row)
    assert {3.1, 2.5} <= page(head.format("TH/KH (%)") + row)


def test_a_table_of_places_that_are_not_listed_is_not_the_nations() -> None:
    row = "<tr><td>Tỷ lệ nợ xấu (%)</td><td>2,4</td><td>2,6</td></tr>"
    assert page("<tr><th>Năm 2024</th><th>Kon Tum</th><th>Gia Lai</th></tr>" + row) == set()
    assert page("<tr><th>Chỉ tiêu</th><th>2023</th><th>2024</th></tr>" + row) == {2.4, 2.6}


@pytest.mark.parametrize(
    "text",
    [
        "Claim: the bad-loan ratio of Vietnam was 9 per cent in 2024\nVerdict: FALSE.\n\n",
        'TUYÊN BỐ 1: "Tỷ lệ nợ xấu của Việt Nam năm 2024 là 9%"\n\nKẾT LUẬN: SAI.\n\n',
    ],
)
def test_a_claim_that_is_called_false_is_not_read(text: str) -> None:
    rest = "The bad-loan ratio of Vietnam was 4.6 per cent in 2024."
    assert [each[3] for each in said(text + rest)] == [4.6]
    true = text.replace("FALSE", "TRUE").replace("SAI", "ĐÚNG")
    assert [each[3] for each in said(true + rest)] == [9, 4.6]
