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
