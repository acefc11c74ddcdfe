"""Since when a target stands as it does: the look back over the days, against asking each day anew."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.config import load
from tracker.domain.figure import Figure
from tracker.domain.observation import Evidence
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published
from tracker.pipeline.record import Changes, record
from tracker.pipeline.reporting import status_report
from tracker.pipeline.service import Service, open_service
from tracker.pipeline.since import standing_since
from tracker.pipeline.view import look
from tracker.report import Since

NOON = datetime(2025, 6, 1, 5, tzinfo=UTC)
TODAY = date(2025, 6, 1)
CONFIGURATION = """
areas: [{id: Vietnam}]
indicators: [{id: share, unit: percent, better: higher, area: Vietnam}]
targets:
  - {id: soon, indicator: share, at_least: 60, by: 2024-12-31}
  - {id: later, indicator: share, at_least: 80, by: 2026-12-31, since: 2025-02-01}
"""


def opened(folder: Path) -> Service:
    (folder / "tracker.yaml").write_text(CONFIGURATION, encoding="utf-8")
    return open_service(load(folder / "tracker.yaml", environment={}), folder / "state")


def row(year: int, value: int, published: date) -> Evidence:
    quote = f"{year}: {value}"
    return Evidence(
        id=0, indicator="share", area="Vietnam", kind=Kind.OBSERVATION, figure=Figure(Decimal(value), "percent"),
        period=Period.year(year), period_stated=True, published=Published(Period.day(published), "given"),
        source="office", doc="table.csv", quote=quote, start=0, end=len(quote), snapshot=None, rule_version="7",
        confidence=0.9, accepted=True, recorded_at=NOON,
    )  # fmt: skip


def told(service: Service) -> dict[str, Since | None]:
    with service.store.read() as session:
        return {line.target.id: line.since for line in status_report(session, service, NOON).targets}


def day_by_day(service: Service) -> dict[str, date | None]:
    """Every day since the first, each worked out anew from what was published by then."""
    with service.store.read() as session:
        now = look(session, service, TODAY).held
        found: dict[str, date | None] = {}
        for id, one in now.items():
            found[id] = None
            day = TODAY
            while one.assessment.latest is not None and day >= date(2024, 10, 1):
                then = look(session, service, day, published_by=day).held.get(id)
                if then is None or then.assessment.status is not one.assessment.status:
                    break
                found[id] = day
                day -= timedelta(days=1)
        return found


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    one = opened(tmp_path)
    yield one
    one.store.close()


def test_before_any_figure_there_is_no_day(service: Service) -> None:
    assert told(service) == {"soon": None, "later": None}


def test_the_day_of_the_publication_that_decided(service: Service) -> None:
    rows = (row(2020, 40, date(2021, 1, 5)), row(2023, 55, date(2024, 2, 1)), row(2024, 62, date(2025, 2, 3)))
    record(service, Changes(rows=rows), NOON)
    assert told(service)["soon"] == Since(date(2025, 2, 3))
    assert day_by_day(service)["soon"] == date(2025, 2, 3)


ROWS = st.lists(
    st.tuples(st.integers(2019, 2024), st.integers(40, 99), st.dates(date(2024, 11, 1), date(2025, 5, 1))), max_size=7
)


@settings(max_examples=8, deadline=None)
@given(ROWS)
def test_it_is_what_asking_every_day_gives(rows: list[tuple[int, int, date]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        service = opened(Path(folder))
        record(service, Changes(rows=tuple(row(*one) for one in rows)), NOON)
        found = told(service)
        for id, day in day_by_day(service).items():
            assert found[id] is None or (found[id].day, found[id].or_earlier) == (day, False), id
            assert (found[id] is None) == (day is None)
        service.store.close()


def test_a_long_history_is_followed_back_a_part_of_the_way(service: Service) -> None:
    rows = tuple(row(2000 + n, 70, date(2010, 1, 1) + timedelta(days=100 * n)) for n in range(24))
    record(service, Changes(rows=rows), NOON)
    assert told(service)["soon"] == Since(date(2010, 1, 1))
    # Ten days are looked at again: nine publications, and the day after the deadline.
    with service.store.read() as session:
        now = look(session, service, TODAY).held["soon"].assessment
        found = standing_since(session, service, ("share", "Vietnam"), {"soon": now}, work=1)
    assert found == {"soon": Since(date(2010, 1, 1) + timedelta(days=100 * 15), or_earlier=True)}
