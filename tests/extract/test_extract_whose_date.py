"""Which date is a number's own, which is another's, and which the document gives for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tracker.domain.figure import Unit
from tracker.domain.indicator import Area, Better, Catalogue, Indicator
from tracker.domain.period import Period
from tracker.domain.statement import Published
from tracker.extract.binding import Binder
from tracker.extract.decide import models
from tracker.extract.documents import read_document
from tracker.extract.editions import Editions
from tracker.extract.kinds import Kinds
from tracker.extract.model import PeriodMention, Quantity, Role
from tracker.extract.owned import anothers, listed_date, measured_from, own_date
from tracker.extract.passages import Passage
from tracker.extract.periods import find_periods
from tracker.extract.scene import Scene, set_scene
from tracker.extract.timing import Timer

CATALOGUE = Catalogue(
    (Area("Vietnam", ("Việt Nam", "cả nước")),),
    (
        Indicator("water", (("vi", "Tỷ lệ hộ dùng nước sạch"),), ("nước sạch",), Unit.PERCENT, Better.HIGHER, "Vietnam",
                  frozenset({"Vietnam"})),
        Indicator("press", (("vi", "Xếp hạng tự do kinh doanh"),), ("EFB",), Unit.RANK, Better.LOWER, "Vietnam",
                  frozenset({"Vietnam"})),
    ),
)  # fmt: skip
ANCHOR = date(2024, 10, 9)


def scene_of(text: str, name: str = "a.txt", anchor: date = ANCHOR) -> Scene:
    document, _ = read_document(text.encode(), name)
    return set_scene(replace(document, published=Published(Period.day(anchor), "given")), CATALOGUE)


def found(text: str, number: str) -> tuple[Passage, Quantity]:
    for passage in scene_of(f"Nước sạch nông thôn\n\n{text}").passages:
        for quantity in passage.quantities:
            if passage.block.text[quantity.number.start : quantity.number.end] == number:
                return passage, quantity
    raise AssertionError(text)


def said(mention: PeriodMention | None) -> str | None:
    return str(mention.period) if mention is not None else None


@pytest.mark.parametrize(
    ("text", "number", "own"),
    [
        ("Nước sạch đến 71%, gấp 1,2 lần năm 2019 (59% số hộ).", "59", "2019"),
        ("Nước sạch đạt 71% (năm 2023), còn lại dùng giếng.", "71", "2023"),
        ("Nước sạch đạt 71% số hộ (2023) và sẽ tăng.", "71", "2023"),
        ("Tháng 8: 71,5% hộ dùng nước sạch.", "71,5", "2024-08"),
        ("Năm 2023 có 71% hộ dùng nước sạch.", "71", None),
    ],
)
def test_a_bracket_or_a_colon_ties_a_date_to_its_number(text: str, number: str, own: str | None) -> None:
    assert said(own_date(*found(text, number), change=False)) == own


@pytest.mark.parametrize(
    ("text", "number", "date_"),
    [
        ("Năm 2022 và 2023, nước sạch lần lượt đạt 68,1% và 70,2%.", "68,1", "2022"),
        ("Năm 2022 và 2023, nước sạch lần lượt đạt 68,1% và 70,2%.", "70,2", "2023"),
        ("Nước sạch phải lên 75% và 80% trong các năm 2025 và 2026.", "80", "2026"),
        ("Năm 2022 và 2023, nước sạch đạt 68,1%.", "68,1", None),
        ("Năm 2022, nước sạch đạt 68,1% và 70,2%.", "70,2", None),
    ],
)
def test_as_many_dates_as_numbers_are_paired_in_order(text: str, number: str, date_: str | None) -> None:
    assert said(listed_date(*found(text, number))) == date_


@pytest.mark.parametrize(
    ("text", "number", "base"),
    [
        ("Hộ dùng nước sạch nhiều hơn năm 2022 là 6,3 điểm phần trăm.", "6,3", "2022"),
        ("Nước sạch cao hơn tháng 8 năm ngoái khoảng 4%.", "4", "2023-08"),
        ("Nước sạch năm 2022 là 66%.", "66", None),
    ],
)
def test_a_step_is_measured_from_the_date_it_is_more_than(text: str, number: str, base: str | None) -> None:
    assert said(measured_from(*found(text, number))) == base


@pytest.mark.parametrize(
    ("text", "number", "dates"),
    [
        ("Nước sạch đang phủ 71%, cuối năm nay phải lên 75%.", "71", {"2024"}),
        ("Nước sạch đạt 71% (kế hoạch 2024: 75%).", "71", {"2024"}),
        ("Nước sạch tăng 5,2% so với năm 2020, phủ tới 71% số hộ.", "71", {"2020"}),
        ("Nước sạch đạt 71% (năm 2017: 53%), vượt kế hoạch 4%.", "4", {"2017"}),
        ("Nước sạch đạt 71% vào năm 2023; giếng còn 9%.", "71", set()),
        ("Năm 2023, nước sạch đạt 71%, cao nhất vùng.", "71", set()),
    ],
)
def test_the_dates_of_other_numbers(text: str, number: str, dates: set[str]) -> None:
    passage, quantity = found(text, number)
    first, last = passage.token_span(quantity.span)
    assert {said(each) for each in passage.periods if anothers(passage, each, first, last)} == dates


@pytest.mark.parametrize(
    ("text", "anchor", "period", "role"),
    [
        ("cao hơn năm ngoái 0,5 điểm", ANCHOR, "2023", Role.AGAINST),
        ("nhiều hơn năm 2022 là 6 vụ", ANCHOR, "2022", Role.AGAINST),
        ("gấp 1,5 lần năm 2022", ANCHOR, "2022", Role.AGAINST),
        ("So với khóa trước (2016 - 2021), tăng 3", ANCHOR, "2016/2021", Role.AGAINST),
        ("từ đầu năm đến hết ngày 2/10, có 21 vụ", ANCHOR, "2024-10-02", Role.AS_OF),
        ("chỉ từ ngày 1 đến 8/10, có 9 vụ", ANCHOR, "2024-10-01/2024-10-08", Role.DURING),
        ("Tính đến hết ngày ba mươi tháng chín, có 9 vụ", ANCHOR, "2024-09-30", Role.AS_OF),
        ("ghi nhận 1.100 vụ trong chín tháng, gấp đôi", ANCHOR, "2024-01/2024-09", Role.DURING),
        ("Sau 9 tháng, các xã đã chi 40 tỷ", ANCHOR, "2024-01/2024-09", Role.DURING),
        ("Bộ cho rằng tháng 12 có thể lên 75", ANCHOR, "2024-12", Role.DURING),
        ("lo rằng đến hết tháng 11, tỉnh sẽ có 30 vụ", ANCHOR, "2024-11", Role.BY),
    ],
)
def test_dates_as_they_are_said(text: str, anchor: date, period: str, role: Role) -> None:
    (mention,) = find_periods(text, anchor)
    assert (str(mention.period), mention.role) == (period, role)


@pytest.mark.parametrize(
    "text", ["sau 9 tháng thi công", "vốn vay kỳ hạn 9 tháng", "trẻ 9 tháng tuổi", "trong 5 tháng", "6 - 9 tháng"]
)
def test_months_that_last_are_no_months_of_the_year(text: str) -> None:
    assert not find_periods(text, ANCHOR)


def test_what_follows_a_coming_quarter_comes_after_it() -> None:
    mentions = find_periods("quý III phải là 82%, quý IV không dưới 90%", date(2025, 7, 10))
    assert [said(each) for each in mentions] == ["2025-Q3", "2025-Q4"]
    mentions = find_periods("quý III đạt 82%, so với quý IV là 90%", date(2025, 7, 10))
    assert said(mentions[1]) == "2024-Q4"


def test_the_like_period_dates_its_own_figure_and_is_not_that_of_the_news() -> None:
    text = "Đến hết tháng 9, 66% hộ, Viện báo cáo sáng 8/10. Cùng thời điểm năm 2022, con số là 60%"
    *_, last = find_periods(text, ANCHOR)
    assert (said(last), last.role) == ("2022-09", Role.DURING)
    (_, last) = find_periods("Đến 30/9 đạt 66%, tăng 3% so với cùng kỳ", ANCHOR)
    assert (said(last), last.role) == ("2023-09-30", Role.AGAINST)


def test_the_like_period_is_that_of_the_heading() -> None:
    page = "<h1>Chín tháng đầu năm 2024</h1><ul><li>Nước sạch: 71% (cùng kỳ 2022: 66%)</li></ul>"
    scene = scene_of(page, "a.html")
    assert "2022-01/2022-09" in {said(each) for passage in scene.passages for each in passage.periods}


def test_items_that_open_with_years_one_after_another() -> None:
    page = "<h1>Nước sạch</h1><ol><li><b>2021</b> <span>66% số hộ</span></li><li><b>2022</b> Mới 68%</li></ol>"
    dated = [said(passage.periods[0]) for passage in scene_of(page, "a.html").passages if passage.periods]
    assert dated == ["2021", "2022"]
    alone = scene_of("<h1>Nước sạch</h1><ul><li>2021 hộ có nước</li><li>Khác</li></ul>", "a.html")
    assert not any(passage.periods for passage in alone.passages)


def test_what_a_document_dates_as_a_whole() -> None:
    scene = scene_of("Nước sạch 9 tháng đầu năm 2024\n\nHộ dùng nước sạch đạt 71%.\n\nBảng EFB 2023 xếp thứ 60.\n")
    editions, last = Editions(scene), scene.passages[-1]
    frames = {each.how: str(each.period) for each in editions.frames(last, len(scene.passages) - 1, 1)}
    assert frames == {"front": "2024-01/2024-09", "edition": "2023", "issue": "2024"}
    assert {each.how for each in editions.frames(last, len(scene.passages) - 1, 0)} == {"front"}


def test_weights_that_have_not_met_such_a_date_leave_it_out() -> None:
    scene = scene_of("Nước sạch 9 tháng đầu năm 2024\n\nĐịa phương báo cáo.\n\nBảng EFB xếp Việt Nam thứ 60.\n")
    passage = scene.passages[-1]
    (quantity,) = (each for each in passage.quantities if not each.noise)
    weights = models().timing.weights
    unmet = type(models().timing)({name: value for name, value in weights.items() if name != "how_issue"})
    timing, _ = Timer(scene).weigh(passage, quantity, 1, unmet)
    assert timing.how != "issue"


def test_to_be_within_the_best_ten_is_a_fact_where_nothing_says_goal() -> None:
    scene = scene_of("Năm 2024, xếp hạng tự do kinh doanh của Việt Nam thuộc top 60.\n")
    binder, kinds, timer = Binder(scene), Kinds(scene), Timer(scene)
    passage = scene.passages[-1]
    (quantity,) = (each for each in passage.quantities if not each.noise)
    (candidate,) = (each for each in binder.candidates(passage, quantity) if each.indicator == 1)
    timing = timer.options(passage, quantity, 1)[0]
    assert kinds.features(candidate, timing, kinds.change(candidate))["belongs"]
