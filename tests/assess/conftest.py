"""Builders for the tests of this room: figures in, domain objects out; and the published outcomes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tracker.domain.figure import Figure, Qualifier, Unit
from tracker.domain.indicator import Better, Break, Indicator
from tracker.domain.observation import Evidence, Observation, Series
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published
from tracker.domain.target import Baseline, Comparator, Target

LEARNED = datetime(2024, 1, 1, tzinfo=UTC)


def make_indicator(unit: str = "percent", better: str = "higher", breaks: Iterable[str] = ()) -> Indicator:
    return Indicator(
        id="one",
        names=(("en", "One"),),
        aliases=(),
        unit=Unit(unit),
        better=Better(better),
        area="Vietnam",
        scope=frozenset({"Vietnam"}),
        breaks=tuple(Break(Period.parse(period)) for period in breaks),
    )


def make_evidence(figure: Figure, period: Period, source: str = "press") -> Evidence:
    return Evidence(
        id=1,
        indicator="one",
        area="Vietnam",
        kind=Kind.OBSERVATION,
        figure=figure,
        period=period,
        period_stated=True,
        published=Published(Period.day(period.end), "given"),
        source=source,
        doc="doc",
        quote="",
        start=0,
        end=0,
        snapshot=None,
        rule_version="1",
        confidence=1.0,
        accepted=True,
        recorded_at=LEARNED,
    )


def make_observation(
    period: str,
    value: str,
    *,
    unit: str = "percent",
    qualifier: str = "exact",
    high: str | None = None,
    of: int | None = None,
    against: Iterable[str] = (),
) -> Observation:
    when = Period.parse(period)
    top = None if high is None else Decimal(high)
    figure = Figure(Decimal(value), unit, high=top, qualifier=Qualifier(qualifier), of=of)
    rivals = tuple(make_evidence(Figure(Decimal(other), unit), when, "other") for other in against)
    return Observation("one", "Vietnam", when, figure, (make_evidence(figure, when),), conflicting=rivals)


def make_series(figures: Mapping[str, str] | Iterable[Observation], unit: str = "percent") -> Series:
    if isinstance(figures, Mapping):
        figures = [make_observation(period, value, unit=unit) for period, value in figures.items()]
    return Series("one", "Vietnam", tuple(figures))


def make_target(
    value: str | None,
    by: str = "2030-12-31",
    *,
    comparator: str = "at_least",
    baseline: tuple[str, str] | None = None,
    method: str | None = None,
) -> Target:
    start = None if baseline is None else Baseline(Decimal(baseline[1]), Period.parse(baseline[0]))
    return Target(
        id="goal",
        indicator="one",
        area="Vietnam",
        comparator=Comparator(comparator),
        value=None if value is None else Decimal(value),
        by=date.fromisoformat(by),
        baseline=start,
        method=method,
    )


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """The builders by short names."""
    return SimpleNamespace(
        indicator=make_indicator, observation=make_observation, series=make_series, target=make_target
    )


@pytest.fixture(scope="session")
def published() -> list[dict[str, Any]]:
    """Inputs with the outcomes that statistics offices published; ``agrees`` false is a known difference."""
    file = Path(__file__).parents[2].parent / "shared" / "vectors" / "progress.json"
    if not file.exists():
        pytest.skip("the published outcomes are not beside this checkout")
    return json.loads(file.read_text(encoding="utf-8"))["vectors"]
