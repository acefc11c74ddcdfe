"""Goals and forecasts that leave out what they are of: read from the figure before, never from a guess."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.figure import Unit
from tracker.domain.indicator import Area, Better, Catalogue, Indicator
from tracker.domain.period import Period
from tracker.domain.statement import Published
from tracker.extract import read_bytes

AREAS = (Area("Norland", ("Norland",)), Area("Sunde", ("Sunde",)))
HOME = frozenset({"Norland", "Sunde"})


def tracked(id: str, name: str, unit: Unit, *aliases: str) -> Indicator:
    return Indicator(id, (("en", name),), aliases, unit, Better.HIGHER, "Norland", HOME)


CATALOGUE = Catalogue(
    AREAS,
    (
        tracked("sorting", "Household waste sorted at source", Unit.PERCENT, "waste sorting", "phân loại rác"),
        tracked("litter", "Litter index score", Unit.INDEX, "litter index", "điểm sạch phố"),
        tracked("literacy", "Adult literacy rate", Unit.PERCENT, "literacy", "biết chữ"),
    ),
)
PUBLISHED = Published(Period.day(date(2024, 5, 20)), "given")


def read(text: str) -> list[tuple[str, str, float, str | None, bool]]:
    found = read_bytes(text.encode(), "note.txt", CATALOGUE, published=PUBLISHED).statements
    return [
        (each.indicator, each.kind.value, float(each.figure.value), str(each.period) if each.period else None, each.accepted)
        for each in found
    ]  # fmt: skip


LEVEL = "Norland scored 41 on the litter index in 2023.\n\n"
GOAL = "An older plan of the street office had promised 48 for 2023, which nobody reached."
FORECAST = "Grey Lane, a club of walkers, thinks the mark in 2025 will be 44 at best."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOAL, ("litter", "target", 48.0, "2023")),
        (FORECAST, ("litter", "forecast", 44.0, "2025")),
    ],
)
def test_who_promises_or_expects_need_not_name_the_measure_again(text, said):
    found = read(LEVEL + text)
    assert [each[:4] for each in found[1:]] == [said]
    assert not found[-1][4], "a person looks at what was read by the thread of the text alone"


@pytest.mark.parametrize(
    "text",
    [
        "The clerks could not say whether it will be 44 in 2025.",
        "Streets were swept with 48 in 2025.",
        "Literacy is another matter: the school office had promised 48 for 2023.",
    ],
)
def test_what_asks_promises_nothing_or_is_of_something_else_is_no_figure(text):
    assert [each for each in read(LEVEL + text) if each[0] == "litter" and each[2] != 41 and each[4]] == []


def test_no_thread_reaches_over_a_heading():
    assert [each[2] for each in read("# One\n\n" + LEVEL + "# Two\n\n" + GOAL) if each[4]] == [41]
