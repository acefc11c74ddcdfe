"""A claimed number is read by the rules: their value, unit, area and period, or nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tracker.config import load
from tracker.domain.indicator import Catalogue
from tracker.domain.statement import Kind, Statement
from tracker.extract import Reading, read_bytes
from tracker.extract.again import Claim, SecondLook
from tracker.extract.model import Span

PACK = Path(__file__).parents[1] / "corpus" / "v1"
TEXT = """Báo cáo kinh tế

Ngày đăng: 05/10/2022

Năm 2021, kim ngạch đạt 299,63 tỷ USD; thị phần của Huế tăng 5 điểm phần trăm, theo Quyết định số 749/QĐ-TTg.

Thế giới ước khoảng 64% vào quý II/2022. Dự kiến năm 2025 thứ hạng 47/168.
"""
CONFIGURATION = """
areas:
  - {id: Vietnam, names: [Việt Nam]}
  - {id: Huế, names: [Huế]}
  - {id: World, comparator: true, names: [thế giới]}
indicators:
  - {id: trade, name: kim ngạch xuất khẩu, unit: USD, better: higher, area: Vietnam}
  - {id: share, name: thị phần, unit: percent, better: higher, area: Vietnam, scope: all}
  - {id: home, name: tỷ lệ trong nước, unit: percent, better: higher, area: Vietnam}
  - {id: rank, name: thứ hạng, unit: rank, better: lower, area: Vietnam}
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    file = tmp_path_factory.mktemp("again") / "tracker.yaml"
    file.write_text(CONFIGURATION, encoding="utf-8")
    return load(file, environment={}).catalogue()


@pytest.fixture(scope="module")
def reading(catalogue: Catalogue) -> Reading:
    return read_bytes(TEXT.encode(), "a.txt", catalogue)


@pytest.fixture(scope="module")
def look(reading: Reading, catalogue: Catalogue) -> SecondLook:
    return SecondLook(reading.document, catalogue)


def claimed(look: SecondLook, words: str, indicator: str, kind: str) -> Statement | None:
    start = TEXT.index(words)
    (place,) = look.numbers_within(Span(start, start + len(words)))
    return look.statement(Claim(place, indicator, Kind(kind)))


@pytest.mark.parametrize(
    ("words", "indicator", "kind", "value", "unit", "area", "period"),
    [
        ("299,63 tỷ USD", "trade", "observation", "299630000000", "USD", "Vietnam", "2021"),
        ("299,63 tỷ USD", "trade", "target", "299630000000", "USD", "Vietnam", "2021"),
        ("5 điểm phần trăm", "share", "delta", "5", "pp", "Huế", "2021"),
        ("5 điểm phần trăm", "share", "target", "5", "pp", "Huế", "2021"),
        ("64%", "share", "observation", "64", "percent", "World", "2022-Q2"),
        ("47/168", "rank", "forecast", "47", "rank", "Vietnam", "2025"),
    ],
)
def test_the_value_is_what_the_rules_read_there(
    look: SecondLook, words: str, indicator: str, kind: str, value: str, unit: str, area: str, period: str | None
) -> None:
    one = claimed(look, words, indicator, kind)
    assert one is not None
    assert (one.figure.value, one.figure.unit, one.area) == (Decimal(value), unit, area)
    assert (str(one.period) if one.period else None) == period
    assert one.kind.value == ("reference" if area == "World" else kind)
    assert TEXT[one.start : one.end] == one.quote
    assert words in one.quote
    assert (one.accepted, one.confidence) == (False, 0)


@pytest.mark.parametrize(
    ("words", "indicator", "kind"),
    [
        ("299,63 tỷ USD", "share", "observation"),
        ("299,63 tỷ USD", "rank", "observation"),
        ("5 điểm phần trăm", "share", "observation"),
        ("5 điểm phần trăm", "trade", "delta"),
        ("64%", "share", "target"),
        ("64%", "home", "target"),
        ("64%", "gdp", "observation"),
    ],
)
def test_a_claim_that_unit_or_area_refuse_is_nothing(look: SecondLook, words: str, indicator: str, kind: str) -> None:
    assert claimed(look, words, indicator, kind) is None


def test_no_number_there(look: SecondLook, reading: Reading) -> None:
    assert look.numbers_within(Span(0, 10)) == []
    assert look.numbers_within(Span(TEXT.index("9,63"), TEXT.index("9,63") + 11)) == [], "not a part of a number"
    assert look.statement(Claim(Span(0, 3), "share", Kind.OBSERVATION)) is None


def test_the_rules_own_readings_are_read_again_as_they_were() -> None:
    catalogue = load(PACK / "tracker.yaml", environment={}).catalogue()
    same = other = 0
    for file in sorted((PACK / "docs").iterdir()):
        reading = read_bytes(file.read_bytes(), file.name, catalogue)
        look = SecondLook(reading.document, catalogue)
        assert len(reading.places) == len(reading.statements)
        for statement, place in zip(reading.statements, reading.places, strict=True):
            again = look.statement(Claim(place, statement.indicator, statement.kind))
            alike = again is not None and again.figure == statement.figure and again.quote == statement.quote
            same, other = same + alike, other + (not alike)
    assert same > 20 * other, "but for a change that was promised, and what only the whole document shows"
