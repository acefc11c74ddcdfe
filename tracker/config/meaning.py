"""From what is written to what is meant: defaults, implicit areas and ``all`` worked out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from tracker.domain.indicator import Area, Break, Catalogue, Indicator
from tracker.domain.target import Baseline, Comparator, Stated, Target

if TYPE_CHECKING:
    from tracker.config.settings import Configuration, IndicatorSettings, StatedSettings, TargetSettings

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
    """The domain's view of targets."""
    catalogue = configuration.catalogue()
    return tuple(_target(one, catalogue.indicator(one.indicator)) for one in configuration.targets)


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
    )


def _target(settings: TargetSettings, indicator: Indicator) -> Target:
    value = settings.at_least if settings.at_least is not None else settings.at_most
    if value is None:
        comparator = Comparator.AT_LEAST if indicator.better.sign > 0 else Comparator.AT_MOST
    else:
        comparator = Comparator.AT_LEAST if settings.at_least is not None else Comparator.AT_MOST
    baseline = settings.baseline
    return Target(
        id=settings.id,
        indicator=settings.indicator,
        area=settings.area or default_target_area(indicator.area, indicator.scope) or "",
        comparator=comparator,
        value=value,
        by=settings.by,
        baseline=Baseline(baseline.value, baseline.period) if baseline else None,
        method=settings.method,
        stated=_stated(settings.stated),
    )


def _stated(settings: StatedSettings | None) -> Stated | None:
    if settings is None:
        return None
    return Stated(settings.quote, settings.url or "", settings.published)
