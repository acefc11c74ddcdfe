"""How English states figures in tables, transcripts and regulations: captions, projections, spoken numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tracker.domain.figure import Unit
from tracker.domain.indicator import Area, Better, Catalogue, Indicator
from tracker.domain.period import Period
from tracker.domain.statement import Published, Statement
from tracker.extract import read_bytes
from tracker.extract.documents import read_document
from tracker.extract.judging import numbers
from tracker.extract.kinds import Kinds
from tracker.extract.numbers import find_quantities
from tracker.extract.scene import Scene, set_scene
from tracker.extract.subjects import Subjects

AREAS = (
    Area("Vietnam", ("Việt Nam", "Vietnam", "Viet Nam", "cả nước", "nationwide")),
    Area("Hà Nội", ("Hà Nội", "Hanoi", "Thủ đô")),
    Area("Đà Nẵng", ("Đà Nẵng", "Da Nang")),
    Area("Hải Phòng", ("Hải Phòng", "Hai Phong")),
    Area("Thailand", ("Thailand", "Thái Lan"), comparator=True),
    Area("Indonesia", ("Indonesia",), comparator=True),
)
TRACKED = frozenset({"Vietnam", "Hà Nội", "Đà Nẵng", "Hải Phòng"})


def indicator(id: str, vi: str, en: str, unit: Unit, *aliases: str) -> Indicator:
    return Indicator(id, (("vi", vi), ("en", en)), aliases, unit, Better.HIGHER, "Vietnam", TRACKED)


CATALOGUE = Catalogue(
    AREAS,
    (
        indicator("bikes", "Số xe đạp bán ra", "Bicycles sold", Unit.COUNT, "bicycle sales"),
        indicator("recycling", "Tỷ lệ tái chế", "Recycling rate", Unit.PERCENT, "recycling"),
    ),
)
PUBLISHED = Published(Period.day(date(2025, 4, 9)), "given")


def read(text: str, name: str = "note.txt") -> list[Statement]:
    return list(read_bytes(text.encode(), name, CATALOGUE, published=PUBLISHED).statements)


def scene_of(text: str, name: str = "note.txt") -> Scene:
    return set_scene(read_document(text.encode(), name)[0], CATALOGUE)


TWO_TABLES = """<html lang="en"><body><h1>Two wheels in Viet Nam</h1>
<table><caption>Table 1. Bicycles sold (thousand)</caption>
<tr><th>Place</th><th>2022</th><th>2023</th></tr><tr><th>Viet Nam</th><td>74.1</td><td>81.5</td></tr>
<tr><th>Thailand</th><td>61.2</td><td>63.9</td></tr></table>
<table><caption>Table 2. Recycling rate (per cent)</caption>
<tr><th>Place</th><th>2022</th><th>2023</th></tr><tr><th>Viet Nam</th><td>31.5</td><td>33.2</td></tr>
<tr><th>Thailand</th><td>28.3</td><td>29.9</td></tr></table></body></html>"""


def test_a_caption_between_two_tables_is_of_the_second_alone() -> None:
    found = [(each.indicator, each.area, each.figure.value) for each in read(TWO_TABLES, "two.html")]
    assert ("bikes", "Vietnam", 81500) in found
    assert ("recycling", "Thailand", Decimal("29.9")) in found
    assert not {(name, value) for name, _, value in found} & {("recycling", Decimal("81.5")), ("bikes", 33200)}


def test_a_caption_below_the_first_table_stays_with_it() -> None:
    moved = TWO_TABLES.replace("<caption>Table 1. Bicycles sold (thousand)</caption>", "")
    scene = scene_of(moved, "below.html")
    first = next(each for each in scene.passages if each.block.text == "74.1")
    assert "Recycling rate" in " ".join(each.block.text for each in scene.scopes(first))


PROJECTED = """<html lang="en"><body><h1>Outlook for recycling in Viet Nam, April 2025</h1><h2>Selected figures, %</h2>
<table><tr><th></th><th>2023</th><th>2024</th><th>{one}</th><th>{two}</th></tr>
<tr><th>Recycling rate</th><td>31.5</td><td>33.2</td><td>35.1</td><td>36.4</td></tr>
<tr><th>Rainy days</th><td>41.5</td><td>43.2</td><td>45.1</td><td>46.4</td></tr></table></body></html>"""


def foretold(text: str) -> set[str]:
    """The headers of a page whose columns hold what is expected."""
    scene = scene_of(text, "table.html")
    scene.anchor = PUBLISHED.day
    kinds = Kinds(scene)
    return {each.block.text for each in scene.passages if each.block.cell is not None and kinds._projected(each)}


@pytest.mark.parametrize(("one", "two"), [("2025p", "2026p"), ("2025f", "2026F"), ("2025 (f)", "2026 (f)")])
def test_a_letter_behind_the_year_of_a_column_foretells(one: str, two: str) -> None:
    assert foretold(PROJECTED.format(one=one, two=two)) == {one, two}


def test_a_p_behind_a_year_that_is_over_is_provisional() -> None:
    text = PROJECTED.replace("<th>2024<", "<th>2024p<")
    assert foretold(text.format(one="2025p", two="2026")) == {"2025p"}


def test_the_month_of_an_issue_dates_no_column_of_years() -> None:
    found = [str(each.period) for each in read(PROJECTED.format(one="2025p", two="2026p"), "table.html")]
    assert found == ["2023", "2024", "2025", "2026"]


def test_first_half_is_no_share() -> None:
    assert [each.value for each in find_quantities("Second-half sales were the best first-half result.")] == []
    assert [each.value for each in find_quantities("Nearly half the homes recycle.")] == [50]


@pytest.mark.parametrize(
    ("words", "value"), [("seven point oh nine", "7.09"), ("six point eight", "6.8"), ("three point oh", "3.0")]
)
def test_a_spoken_zero_behind_the_point(words: str, value: str) -> None:
    assert [str(each.value) for each in find_quantities(f"It was {words} per cent in all.")] == [value]


def subjects_of(text: str) -> dict[float, str | None]:
    """Whom each number would be about as a figure of the recycling rate."""
    scene = scene_of(text)
    subjects = Subjects(scene)
    return {
        float(quantity.value): subjects.choose(passage, quantity, CATALOGUE.indicators[1]).area
        for passage, quantity in numbers(scene)
    }


def test_a_list_taken_in_turn_begins_after_its_areas() -> None:
    text = "Recycling averaged 41 per cent in 2024, with Da Nang and Hai Phong at 44 and 52 per cent, respectively."
    found = subjects_of(text)
    assert (found[44], found[52]) == ("Đà Nẵng", "Hải Phòng")
    counted = "In the same four cities, Hanoi and Da Nang recycled 31.5 and 28 per cent, respectively."
    assert subjects_of(counted)[28] == "Đà Nẵng"
    assert subjects_of(counted)[31.5] == "Hà Nội"


def test_the_capital_is_the_area_that_is_called_so() -> None:
    text = "Recycling has spread. Every home in Da Nang recycles. In the capital the recycling rate is 39 per cent."
    assert subjects_of(text)[39] == "Hà Nội"


def test_there_beside_a_number_is_the_place_named_last() -> None:
    text = (
        "Viet Nam and recycling\n\nIn Hanoi and Da Nang it is slow: Da Nang is at 34 per cent, we expect 37 there soon."
    )
    assert subjects_of(text) == {34: "Đà Nẵng", 37: "Đà Nẵng"}


def test_nationwide_before_a_number_is_no_line_of_a_date() -> None:
    text = "Recycling in Da Nang\n\nNationwide, 58.3 per cent of homes took part in recycling in 2024."
    scene = scene_of(text)
    assert [each.role for each in scene.passages[-1].areas if each.first == 0] == ["subject"]


def test_a_syllable_of_a_place_is_no_number() -> None:
    scene = scene_of("Recycling of Hai Phong's homes reached 52 per cent. Hai bicycles were sold.")
    assert [float(each.value) for passage in scene.passages for each in passage.quantities if not each.noise][:1] == [
        52
    ]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("The council shall recycle 40 per cent of it.", "target"),
        ("I will be frank: we shall end up near 40 per cent of recycling.", "forecast"),
        ("Recycling reached 41 per cent, above the assigned level of 40 per cent.", "target"),
    ],
)
def test_a_rule_says_shall_of_what_it_wants_and_a_person_of_what_comes(text: str, mode: str) -> None:
    cues = {cue.payload for passage in scene_of(text).passages for cue in passage.cue_list}
    assert cues & {"target", "forecast"} == {mode}
