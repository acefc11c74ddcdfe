"""An indicator told by other words than its names': of the same family, or nothing at all but the figure before."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.figure import Unit
from tracker.domain.indicator import Area, Better, Catalogue, Indicator
from tracker.domain.period import Period
from tracker.domain.statement import Published, Statement
from tracker.extract import read_bytes
from tracker.extract.binding import Binder, Candidate
from tracker.extract.decide import models
from tracker.extract.decided import Decided
from tracker.extract.documents import read_document
from tracker.extract.judging import judge, numbers
from tracker.extract.kin import families, root
from tracker.extract.reading import barred
from tracker.extract.scene import Scene, set_scene

AREAS = (
    Area("Ostmark", ("Ostmark", "the country")),
    Area("Lune", ("Lune",)),
    Area("Vell Bay", ("Vell Bay",)),
    Area("Norway", ("Norway",), comparator=True),
    Area("Halm Mills", ("Halm Mills",)),
)
LAND = frozenset({"Ostmark", "Lune", "Vell Bay"})


def tracked(id: str, name: str, unit: Unit, *aliases: str, scope: frozenset[str] = LAND) -> Indicator:
    area = "Ostmark" if "Ostmark" in scope else next(iter(scope))
    return Indicator(id, (("en", name),), aliases, unit, Better.LOWER, area, scope)


CATALOGUE = Catalogue(
    AREAS,
    (
        tracked("jobs", "Unemployment rate", Unit.PERCENT, "unemployment"),
        tracked("vaccines", "Measles immunisation coverage", Unit.PERCENT, "immunisation against measles"),
        tracked("buses", "Buses running to the timetable", Unit.PERCENT, "bus punctuality"),
        tracked("homeless", "Homeless people in shelters", Unit.COUNT, "homeless people", "homelessness"),
        tracked("sales", "Group revenue (US dollars)", Unit.USD, "revenue", scope=frozenset({"Halm Mills"})),
        tracked("crew", "Employees", Unit.COUNT, "staff", scope=frozenset({"Halm Mills"})),
    ),
)
PUBLISHED = Published(Period.day(date(2025, 3, 3)), "given")


NOBODY = (
    "\n\nWhat the other half of it was about is what nobody at the table has told us, and we did not ask them for it."
)


def scene(text: str, name: str = "note.txt") -> Scene:
    document, _ = read_document((text + NOBODY).encode(), name)
    assert document.language == "en"
    return set_scene(document, CATALOGUE)


def named(text: str) -> set[str]:
    """The indicators that a text names, however loosely."""
    found = scene(text)
    return {CATALOGUE.indicators[each.indicator].id for passage in found.passages for each in passage.mentions}


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("In January 6 per cent of the people in Lune were jobless.", "jobs"),
        ("Of the children of Lune, 91 per cent were immunised last year.", "vaccines"),
        ("By June 91 per cent of the children in the country had had their jabs.", "vaccines"),
        ("Only 61 per cent of the coaches in Lune were punctual in 2024.", "buses"),
        ("On a night in May 312 people were sleeping rough in Lune.", "homeless"),
    ],
)
def test_words_of_a_family_name_one_thing(text: str, indicator: str) -> None:
    assert indicator in named(text)


def test_words_of_other_families_name_nothing() -> None:
    assert named("In January 6 per cent of the people in Lune were left-handed.") == set()


def test_a_vietnamese_text_has_no_kin_in_english() -> None:
    text = "Năm 2024, cả nước có 6% người không có việc, theo báo cáo của cơ quan thống kê về jobless."
    document, _ = read_document(text.encode(), "note.txt")
    assert not [each for passage in set_scene(document, CATALOGUE).passages for each in passage.mentions]


def test_a_name_by_its_own_words_is_worth_more() -> None:
    own, kin = (
        max(each.quality for passage in scene(text).passages for each in passage.mentions if each.indicator == 0)
        for text in ("The unemployment rate was 6 per cent.", "The jobless rate was 6 per cent.")
    )
    assert own > kin


@pytest.mark.parametrize(
    ("one", "other"), [("immunisation", "immunis"), ("homelessness", "homeless"), ("completion", "complet")]
)
def test_derivations_have_a_root_in_common(one: str, other: str) -> None:
    assert root(one) == root(other)


def test_short_roots_join_nothing() -> None:
    assert root("station") != root("status")
    assert root("7th") == root("tb") == ""


def test_a_phrase_stands_once_in_its_family() -> None:
    assert all(len(set(family)) > 1 for family in families())


def decided(found: Scene, goes_on: float) -> list[Decided]:
    binder = Binder(found)

    def asked(candidate: Candidate, features: dict[str, float]) -> float:
        assert features["before"] > 0
        return goes_on

    given = ((passage, quantity, binder.candidates(passage, quantity)) for passage, quantity in numbers(found))
    return judge(found, given, binder, models(), asked)


def judged(text: str, goes_on: float) -> list[tuple[str, float]]:
    read = decided(scene(text), goes_on)
    return [(CATALOGUE.indicators[each.candidate.indicator].id, float(each.candidate.quantity.value)) for each in read]


THREAD = (
    "The unemployment rate in Ostmark was 6.1 per cent in 2024. Nobody had thought so.\n\n"
    "Nobody forgets the 8.4 in the year of the great storm."
)


def test_a_figure_goes_on_where_the_trees_say_so() -> None:
    assert judged(THREAD, 0.9)[-1] == ("jobs", 8.4)
    assert ("jobs", 6.1) in judged(THREAD, 0.0)


def test_a_figure_that_goes_on_waits_for_a_person() -> None:
    found = scene(THREAD)
    last = decided(found, 0.9)[-1]
    assert last.candidate.features["linked"] == 0.9
    assert barred(found, last)


def test_the_trees_are_not_asked_of_another_unit() -> None:
    text = "The unemployment rate in Ostmark was 6.1 per cent in 2024. They then drove 300 km to the fair."
    assert ("jobs", 300.0) not in judged(text, 0.9)


def read(text: str, name: str = "note.txt") -> list[Statement]:
    return list(read_bytes(text.encode(), name, CATALOGUE, published=PUBLISHED).statements)


def areas(text: str) -> list[tuple[float, str]]:
    return [(float(each.figure.value), each.area) for each in read(text)]


def test_there_is_where_was_named_last_a_comparator_too() -> None:
    text = (
        "In Ostmark the unemployment rate was 6.1 per cent in 2024. "
        "Norway fared better: there unemployment was 3.9 per cent."
    )
    assert (3.9, "Norway") in areas(text)


def test_a_place_behind_its_thing_is_of_the_number_before() -> None:
    text = (
        "LUNE, 3 March 2025. Lune has a new mayor.\n\n"
        "There are 4,210 homeless people waiting for a bed in shelters across the country."
    )
    assert (4210.0, "Ostmark") in areas(text)


def test_an_article_parts_no_place_from_what_it_hangs_on() -> None:
    text = "In Lune the unemployment rate was 6.1 per cent in 2024, compared with unemployment of 7.4 per cent in the Vell Bay."
    assert (7.4, "Vell Bay") in areas(text)


def test_where_a_speaker_is_from_is_not_what_a_text_is_about() -> None:
    text = "Ms Ada Brandt (Vell Bay) asked how many are homeless.\n\nMr Otto Finn: I thank her. She may look it up."
    assert scene(text).main is None


def test_what_only_one_body_has_is_that_bodys_wherever_it_works() -> None:
    text = "Halm Mills reported for 2024. In Ostmark, group revenue of the mills was $41 million in 2024."
    assert {each[1] for each in areas(text)} <= {"Halm Mills"}


TABLE = """Halm Mills in three years

                                  2022     2023     2024
Revenue ($m)                        38       40       41
Employees at 30 June               510      528      544
"""


def test_years_set_in_over_the_columns_name_them() -> None:
    found = {(each.indicator, float(each.figure.value), str(each.period)) for each in read(TABLE)}
    assert {("sales", 38e6, "2022"), ("sales", 41e6, "2024")} <= found
    assert {("crew", 510.0, "2022-06-30"), ("crew", 544.0, "2024-06-30")} <= found


@pytest.mark.parametrize(("arrow", "change"), [("▼", -40.0), ("▲", 40.0)])
def test_an_arrow_is_the_verb_of_a_change(arrow: str, change: float) -> None:
    text = (
        "<h1>Homeless people in Lune</h1><h2>Homeless people</h2><p>312 homeless people in 2024</p>"
        f"<p>{arrow} 40 homeless people since 2023</p>"
    )
    found = {(each.kind.value, float(each.figure.value)) for each in read(text, "page.html")}
    assert ("delta", change) in found or not any(abs(value) == 40 for _, value in found)
