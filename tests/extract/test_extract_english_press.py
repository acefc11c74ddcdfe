"""How English press and bulletins name places, quarters, records and the columns of a table."""

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
    Area("Borland", ("Borland", "Borlanders")),
    Area("Vesk", ("Vesk",)),
    Area("Ottery", ("Ottery",)),
)
SCOPE = frozenset({"Borland", "Vesk", "Ottery"})


def indicator(id: str, name: str, unit: Unit, *aliases: str) -> Indicator:
    return Indicator(id, (("en", name),), aliases, unit, Better.HIGHER, "Borland", SCOPE)


CATALOGUE = Catalogue(
    AREAS,
    (
        indicator("jobless", "Unemployment rate", Unit.PERCENT, "jobless rate", "unemployment"),
        indicator("asthma", "Asthma rate (cases per 10,000 children)", Unit.RATIO, "asthma rate"),
        indicator("thefts", "Bicycle thefts recorded", Unit.COUNT, "bicycle thefts"),
    ),
)
PUBLISHED = Published(Period.day(date(2025, 11, 12)), "given")


def read(text: str, name: str = "note.txt") -> list[Statement]:
    return list(read_bytes(text.encode(), name, CATALOGUE, published=PUBLISHED).statements)


def said(text: str, name: str = "note.txt") -> list[tuple[str, str, float]]:
    return [(each.indicator, each.area, float(each.figure.value)) for each in read(text, name)]


def roles(text: str) -> list[tuple[str, str]]:
    scene = set_scene(read_document(text.encode(), "note.txt")[0], CATALOGUE)
    return [(each.area, each.role) for passage in scene.passages for each in passage.areas]


def test_units_of_a_caption_are_each_of_its_own_indicator() -> None:
    page = (
        "<h1>Health and crime</h1><table><caption>Asthma rate (cases per 10,000 children) and bicycle thefts recorded "
        "(thousand)</caption><tr><th rowspan=2>Region</th><th>Asthma rate</th><th>Bicycle thefts</th></tr>"
        "<tr><th>2024</th><th>2024</th></tr><tr><td>Vesk</td><td>188</td><td>33.1</td></tr>"
        "<tr><td>Ottery</td><td>171</td><td>28.7</td></tr></table>"
    )
    found = said(page, "page.html")
    assert ("asthma", "Vesk", 188.0) in found
    assert ("thefts", "Vesk", 33100.0) in found


def test_a_point_of_the_compass_makes_another_place() -> None:
    assert "Borland" not in [area for area, _ in roles("In South Borland unemployment was 7.1 per cent.")]
    assert ("jobless", "Borland", 4.2) not in said(
        "Borland's unemployment rate was 4.0% in October 2025.\n\nSouth Borland reported 4.2%."
    )


@pytest.mark.parametrize(
    "text",
    ["In southern Borland 7 per cent of the unemployed moved.", "To the west, Borland has unemployment of 4 per cent."],
)
def test_a_part_of_a_place_and_a_way_to_it_are_no_other_place(text: str) -> None:
    assert [area for area, _ in roles(text)] == ["Borland"]


@pytest.mark.parametrize(
    "text",
    [
        "Unemployment is 4 per cent, but not in Vesk",
        "Unemployment is 4 per cent everywhere outside Vesk",
        "Unemployment is 4 per cent except in Vesk",
        "Unemployment is 4 per cent, though not for Vesk",
    ],
)
def test_a_place_that_is_left_out_is_not_spoken_of(text: str) -> None:
    assert roles(text)[-1] == ("Vesk", "venue")


def test_a_place_that_is_denied_nothing_is_spoken_of() -> None:
    assert ("Vesk", "subject") in roles("It is not so, Vesk says, that in 2024 unemployment was 5 per cent.")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Unemployment in Borland was 4.1 per cent in the June quarter.", "2025-Q2"),
        ("Unemployment in Borland was 4.1 per cent in the December quarter of 2024.", "2024-Q4"),
        ("Unemployment in Borland was 4.1 per cent in the quarter to September 2024.", "2024-Q3"),
    ],
)
def test_a_quarter_is_called_by_its_last_month(text: str, period: str) -> None:
    (one,) = read(text)
    assert str(one.period) == period


@pytest.mark.parametrize(
    "text",
    [
        "Borland's jobless rate came down to 4.2% from a three-and-a-half-year high in October.",
        "Borland's jobless rate hits 12-month low of 4.2%.",
    ],
)
def test_how_long_a_record_stood_is_no_figure(text: str) -> None:
    assert [value for _, _, value in said(text)] == [4.2]


def test_months_name_the_columns_of_a_table_in_fixed_width() -> None:
    text = (
        "Labour bulletin\n\nTable 1  Unemployment rate by region (%)\n\n"
        "                      Feb-24   Jan-25   Feb-25\n"
        "Vesk                     3.9      4.2      4.1\n"
        "Ottery                   4.5      4.8      4.7\n"
    )
    found = {(each.area, float(each.figure.value)): str(each.period) for each in read(text)}
    assert found[("Vesk", 4.2)] == "2025-01"
    assert found[("Ottery", 4.7)] == "2025-02"


def test_what_a_change_is_measured_from_is_not_whose_it_is() -> None:
    text = (
        "In Vesk the unemployment rate was 4.8 per cent in October 2025, 0.3 percentage points above the national one."
    )
    assert ("jobless", "Vesk", 0.3) in said(text)
    assert ("jobless", "Borland", 0.3) not in said(text)


def test_the_end_of_a_range_is_not_what_comes_after() -> None:
    text = (
        "Borland's labour market\n\nUnemployment ranged from 2.9% in Ottery to 6.8% in Vesk in October 2025. "
        "The bank expects unemployment of 4.1% in 2026."
    )
    assert ("jobless", "Borland", 4.1) in said(text)


@pytest.mark.parametrize("verb", ["asked if", "asked whether", "wondered whether"])
def test_what_is_only_asked_for_is_no_figure(verb: str) -> None:
    assert said(f"Mr Orme {verb} the unemployment rate in Vesk was now above 7 per cent.") == []
    assert said("Asked about the unemployment rate in Vesk, Mr Orme said it was 7 per cent.") != []


def test_a_figure_that_stands_out_is_parted_from_its_label() -> None:
    page = "<h1>Theft</h1><div><strong>1,240</strong><span>bicycle thefts recorded, 2024</span></div>"
    document = read_document(page.encode(), "page.html")[0]
    assert "1,240 bicycle thefts recorded, 2024" in [block.text for block in document.blocks]
    page = "<h1>Phones</h1><p>Sales of <b>5</b><span>G</span> phones</p>"
    assert "Sales of 5G phones" in [block.text for block in read_document(page.encode(), "page.html")[0].blocks]


@pytest.mark.parametrize(
    "text",
    [
        "It is policy that there should be unemployment of 3 per cent.",
        "Requests, of which there were 3,870, and unemployment at 3 per cent.",
    ],
)
def test_there_is_no_place_where_something_is(text: str) -> None:
    assert roles(text) == []
