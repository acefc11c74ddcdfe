"""Steps beyond a plan, goals that are missed, numbers that only look like years, places that things go to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tracker.domain.figure import Qualifier, Unit
from tracker.domain.indicator import Area, Better, Catalogue, Indicator
from tracker.domain.period import Period
from tracker.domain.statement import Published
from tracker.extract.binding import Binder, Candidate
from tracker.extract.documents import read_document
from tracker.extract.movement import direction
from tracker.extract.numbers import find_quantities
from tracker.extract.scene import set_scene

TRACKED = frozenset({"Vietnam", "Quảng Ngãi"})
CATALOGUE = Catalogue(
    (
        Area("Vietnam", ("Việt Nam", "cả nước")),
        Area("Quảng Ngãi", ("Quảng Ngãi",)),
        Area("World", ("thế giới",), comparator=True),
    ),
    (
        Indicator("pupils", (("vi", "Tỷ lệ học sinh học hai buổi"),), ("học hai buổi",), Unit.PERCENT, Better.HIGHER,
                  "Vietnam", TRACKED),
        Indicator("seed", (("vi", "Sản lượng cây giống"),), ("cây giống",), Unit.COUNT, Better.HIGHER, "Vietnam", TRACKED),
        Indicator("tea", (("vi", "Kim ngạch xuất khẩu chè"),), ("chè",), Unit.USD, Better.HIGHER, "Vietnam", TRACKED),
    ),
)  # fmt: skip


def candidate(text: str, number: str, indicator: str) -> Candidate:
    document, _ = read_document(text.encode(), "a.txt")
    scene = set_scene(replace(document, published=Published(Period.day(date(2025, 12, 1)), "given")), CATALOGUE)
    binder = Binder(scene)
    for passage in scene.passages:
        for quantity in passage.quantities:
            if passage.block.text[quantity.number.start : quantity.number.end].split(" ")[0] == number:
                for each in binder.candidates(passage, quantity):
                    if CATALOGUE.indicators[each.indicator].id == indicator:
                        return each
    raise AssertionError(text)


def test_what_goes_beyond_a_plan_is_a_step() -> None:
    found = candidate("Cả tỉnh Quảng Ngãi ươm 24.180 cây giống, vượt 4,6% kế hoạch.", "4,6", "seed")
    assert direction(found.passage, found.quantity) == 1
    assert found.quantity.qualifier is Qualifier.EXACT
    assert not found.features.get("retracted")


@pytest.mark.parametrize(("text", "hedge"), [("đến nay vượt 50%", Qualifier.MORE_THAN), ("đạt 96% kế hoạch", None)])
def test_what_is_above_a_share_stays_above_it(text: str, hedge: Qualifier | None) -> None:
    (quantity,) = find_quantities(text, taken=[])
    assert quantity.qualifier is (hedge or Qualifier.EXACT)


def test_a_goal_that_was_set_is_no_share_of_a_plan() -> None:
    text = "Tỷ lệ học sinh học hai buổi là 42,6%, không đạt mục tiêu {} đề ra."
    assert not candidate(text.format("43%"), "43", "pupils").features.get("retracted")
    share = "Tỷ lệ học sinh học hai buổi đạt 96% kế hoạch đề ra."
    assert candidate(share, "96", "pupils").features["retracted"]


def test_a_number_with_a_separator_is_no_year() -> None:
    found = candidate("Cây giống các tỉnh: Quảng Ngãi khiêm tốn với 1.905, nơi khác nhiều hơn.", "1.905", "seed")
    assert found.quantity.value == 1905
    with pytest.raises(AssertionError):
        candidate("Cây giống các tỉnh: Quảng Ngãi khiêm tốn với 1905, nơi khác nhiều hơn.", "1905", "seed")


def test_what_is_sold_to_the_world_is_not_of_the_world() -> None:
    found = candidate("Kim ngạch xuất khẩu chè: cả nước bán ra thế giới 236 triệu USD.", "236", "tea")
    assert found.subject.area == "Vietnam"


def test_points_of_a_score_are_no_step_of_a_percentage() -> None:
    score = candidate("Tỷ lệ học sinh học hai buổi: Quảng Ngãi được 44,03 điểm.", "44,03", "pupils")
    assert score.features["retracted"]
    step = candidate("Tỷ lệ học sinh học hai buổi của Quảng Ngãi tăng 4,3 điểm.", "4,3", "pupils")
    assert not step.features.get("retracted")


def test_what_falls_to_about_something_does_not_fall() -> None:
    found = candidate("Sản lượng cây giống nhiều khả năng rơi vào khoảng 58.500 cây.", "58.500", "seed")
    assert direction(found.passage, found.quantity) == 0


def test_a_region_that_a_comma_ends_is_no_field_of_the_next_name() -> None:
    found = candidate("Tỷ lệ học sinh học hai buổi là 71%. Trong khu vực, thế giới 29,5%.", "29,5", "pupils")
    assert found.subject.area == "World"
