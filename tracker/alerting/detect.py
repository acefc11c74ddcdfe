"""What happened between two states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from tracker.alerting.figure_alerts import figure_alerts
from tracker.alerting.payload import one_line, plain
from tracker.alerting.restated_alerts import restated_alerts
from tracker.alerting.source_alerts import source_alerts
from tracker.alerting.state import State, Watched
from tracker.alerting.target_alerts import target_alerts
from tracker.domain.alert import Alert


def detect(before: State, after: State, now: datetime, watched: Watched) -> list[Alert]:
    """Every alert of one cycle: figures first, then targets, then sources, each in a fixed order.

    Nothing is told of comparators, nor of indicators and targets that are not configured. The
    same two states give the same keys, whatever ``now``; no key comes twice.
    """
    alerts: dict[str, Alert] = {}
    for alert in _happened(before, after, now, watched):
        told = replace(alert, title=one_line(alert.title), data=plain(alert.data))
        alerts.setdefault(alert.key, told)
    return list(alerts.values())


def _happened(before: State, after: State, now: datetime, watched: Watched) -> Iterator[Alert]:
    indicators = {indicator.id: indicator for indicator in watched.catalogue.indicators}
    comparators = watched.catalogue.comparators()
    for place in sorted(after.series):
        indicator = indicators.get(place[0])
        if indicator is not None and place[1] not in comparators:
            series = after.series[place]
            yield from figure_alerts(before.series.get(place), series, indicator, watched, now)
    for name, target in sorted(watched.targets.items()):
        if name in after.assessments:
            old = before.assessments.get(name)
            yield from target_alerts(old, after.assessments[name], target, watched, now)
            yield from restated_alerts(after.restatements.get(name, ()), after.assessments[name], watched, now)
    for name in sorted(after.sources):
        yield from source_alerts(before.sources.get(name), after.sources[name], watched, now)
