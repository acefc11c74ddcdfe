"""From what is written to what is meant: defaults, implicit areas and ``all`` worked out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from tracker.domain.indicator import Area, Break, Catalogue, Indicator
from tracker.domain.target import Baseline, Change, Comparator, Milestone, Stated, Target, TargetKind

if TYPE_CHECKING:
    from tracker.config.configuration import Configuration
    from tracker.config.settings import ChangeSettings, IndicatorSettings, StatedSettings, TargetSettings

IMPLICIT_AREA = "default"
"""The one area of a configuration that names none at all."""


def implicit_areas(named: Iterable[str]) -> tuple[str, ...]:
    """The areas of a configuration without ``areas``: those its indicators name, else a single one."""
    return tuple(dict.fromkeys(named)) or (IMPLICIT_AREA,)


def default_area(tracked: Sequence[str]) -> str | None:
    """Whom an indicator without ``area`` is about: the only area there is, else nobody."""
    return tracked[0] if len(tracked) == 1 else None


def default_target_area(own: str | None, scope: Collection[str]) -> str | None:
    """Whom a target without ``area`` is about: its indicator's, else the only one tracked."""
    if own in scope:
        return own
    return next(iter(scope)) if len(scope) == 1 else None


def make_catalogue(configuration: Configuration) -> Catalogue:
    """The domain's view of areas and indicators."""
    areas = _areas(configuration)
    tracked = [area.id for area in areas if not area.comparator]
    return Catalogue(areas, tuple(_indicator(one, tracked) for one in configuration.indicators))


def make_targets(configuration: Configuration) -> tuple[Target, ...]:
    """The domain's view of targets: each version, for each area, in the configuration's order."""
    catalogue = configuration.catalogue()
    tracked = [area.id for area in catalogue.areas if not area.comparator]
    return tuple(
        target
        for settings in configuration.targets
        for target in _targets(settings, catalogue.indicator(settings.indicator), tracked)
    )


def make_source_rank(configuration: Configuration, indicator: str) -> dict[str, int]:
    """Source id to place: those the indicator names in their order, then the others by their rank.

    Equal ranks share a place; a source that nobody ranked is not in it.
    """
    settings = {one.id: one for one in configuration.indicators}[indicator]
    own = list(dict.fromkeys(settings.source_rank))
    places = {id: place for place, id in enumerate(own)}
    ranks = {one.id: one.rank for one in configuration.sources if one.rank is not None and one.id not in places}
    order = sorted(set(ranks.values()))
    return places | {id: len(own) + order.index(rank) for id, rank in ranks.items()}


def _areas(configuration: Configuration) -> tuple[Area, ...]:
    if configuration.areas:
        return tuple(Area(one.id, one.names or (one.id,), one.comparator) for one in configuration.areas)
    named: list[str] = []
    for indicator in configuration.indicators:
        named += [indicator.area] if indicator.area else []
        named += indicator.scope if isinstance(indicator.scope, tuple) else []
    return tuple(Area(one, (one,) if named else ()) for one in implicit_areas(named))


def _indicator(settings: IndicatorSettings, tracked: Sequence[str]) -> Indicator:
    area = settings.area or default_area(tracked)
    match settings.scope:
        case None:
            scope = frozenset([area] if area else [])
        case "all":
            scope = frozenset(tracked)
        case listed:
            scope = frozenset(listed)
    written = settings.name.model_dump(exclude_none=True) if settings.name else {}
    breaks = tuple(Break(one.period, one.note) for one in settings.breaks)
    return Indicator(
        id=settings.id,
        names=tuple(written.items()),
        aliases=settings.aliases,
        unit=settings.unit,
        better=settings.better,
        area=area,
        scope=scope,
        breaks=tuple(sorted(breaks, key=lambda one: one.period.start)),
        accumulates=settings.accumulates,
    )


def _targets(settings: TargetSettings, indicator: Indicator, tracked: Sequence[str]) -> Iterator[Target]:
    """One target, or one for each of its areas in the configuration's order."""
    if settings.areas is None:
        area = settings.area or default_target_area(indicator.area, indicator.scope) or ""
        yield _target(settings, indicator, settings.id, area)
        return
    chosen = [one for one in tracked if one in indicator.scope] if settings.areas == "all" else settings.areas
    for area in dict.fromkeys(chosen):
        yield _target(settings, indicator, f"{settings.id}/{area}", area)


def _target(settings: TargetSettings, indicator: Indicator, id: str, area: str) -> Target:
    higher = indicator.better.sign > 0
    value, far = _promised(settings, higher=higher)
    baseline = settings.baseline
    return Target(
        id=id,
        indicator=settings.indicator,
        area=area,
        comparator=Comparator.AT_LEAST if higher else Comparator.AT_MOST,
        value=value,
        by=settings.by,
        baseline=Baseline(baseline.value, baseline.period) if baseline else None,
        method=settings.method,
        stated=_stated(settings.stated),
        kind=_kind(settings),
        high=far,
        change=_change(settings.change),
        milestones=tuple(Milestone(one.by, one.value) for one in sorted(settings.milestones, key=lambda one: one.by)),
        since=settings.since,
        group=settings.group or (settings.id if settings.areas is not None else None),
    )


def _promised(settings: TargetSettings, *, higher: bool) -> tuple[Decimal | None, Decimal | None]:
    """The value, and of a range its far end; of a range the end that is easier to reach is the value."""
    if settings.between is not None:
        low, high = settings.between
        return (low, high) if higher else (high, low)
    if settings.done:
        return Decimal(1), None
    return (settings.at_least if settings.at_least is not None else settings.at_most), None


def _kind(settings: TargetSettings) -> TargetKind:
    if settings.done:
        return TargetKind.DONE
    return TargetKind.KEEP if settings.keep else TargetKind.REACH


def _change(settings: ChangeSettings | None) -> Change | None:
    if settings is None:
        return None
    origin = settings.origin if settings.value is None else Baseline(settings.value, settings.origin)
    percent = settings.at_least_percent
    return Change(settings.at_least or percent or Decimal(0), origin, percent=percent is not None)


def _stated(settings: StatedSettings | None) -> Stated | None:
    if settings is None:
        return None
    return Stated(settings.quote, settings.url or "", settings.published)
