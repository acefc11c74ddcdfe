"""A source that states another value or another deadline than the configured target has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from tracker.alerting import titles
from tracker.alerting.payload import evidence_data, number, target_data
from tracker.alerting.state import Watched
from tracker.domain.alert import Alert, AlertType
from tracker.domain.assessment import Assessment
from tracker.domain.restatement import Restatement


def restated_alerts(
    found: Iterable[Restatement], assessment: Assessment, watched: Watched, now: datetime
) -> Iterator[Alert]:
    """One alert for each value and deadline, whoever states it and however often."""
    for one in found:
        target, stated = one.target, one.stated
        indicator = watched.catalogue.indicator(target.indicator)
        unit, language = indicator.unit.value, watched.language
        what = titles.subject_of(watched.catalogue, target.indicator, target.area, language)
        title = titles.say(
            "target_changed",
            language,
            what=what,
            source=one.evidence.source,
            stated=titles.say_goal(stated, unit, language),
            goal=titles.say_goal(target, unit, language),
        )
        data = {
            **target_data(target, assessment, unit, language),
            **evidence_data(one.evidence),
            "value": number(target.value),
            "moved": one.moved.value,
            "stated": {
                "value": number(stated.value),
                "value_high": number(stated.high),
                "by": stated.by.isoformat(),
            },
        }
        about = (target.id, target.indicator, target.area, str(stated.value), str(stated.high), stated.by.isoformat())
        yield Alert(
            "|".join((AlertType.TARGET_CHANGED.value, *about)), AlertType.TARGET_CHANGED, target.id, title, data, now
        )
