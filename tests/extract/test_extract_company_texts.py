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
