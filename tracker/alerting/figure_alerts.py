"""What happened to one series: new figures, revisions, conflicts, doubts, a step back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from tracker.alerting import titles
from tracker.alerting.payload import evidence_data, number, observation_data
from tracker.alerting.state import Watched
from tracker.domain.alert import Alert, AlertType
from tracker.domain.figure import Figure
from tracker.domain.indicator import Indicator
from tracker.domain.observation import Doubt, DoubtReason, Observation, Series

_IMPLAUSIBLE = frozenset({DoubtReason.OUTSIDE_DOMAIN, DoubtReason.DECIMAL_JUMP})


def figure_alerts(
    before: Series | None, after: Series, indicator: Indicator, watched: Watched, now: datetime
) -> Iterator[Alert]:
    """Alerts of one series, oldest reference period first, the step back last."""
    before = before or Series(after.indicator, after.area)
    what = titles.subject_of(watched.catalogue, after.indicator, after.area, watched.language)
    known = {observation.period: observation for observation in before.observations}
    for place, observation in enumerate(after.observations):
        old = known.get(observation.period)
        if old is None:
            yield _observation(observation, after.before(place), what, watched.language, now)
        elif not old.figure.same_number(observation.figure):
            yield _revision(old, observation, what, watched.language, now)
        if _numbers_against(observation) - (_numbers_against(old) if old else frozenset()):
            yield _conflict(observation, what, watched.language, now)
    yield from _doubts(before, after, what, watched.language, now)
    latest, previous = after.latest, after.previous
    if latest and previous and _stepped_back(before, previous, latest, indicator):
        yield _regressed(previous, latest, what, watched.language, now)


def figure_key(figure: Figure) -> str:
    """The printed number alone, so that a hedge makes no other figure of it."""
    ends = [figure.value] if figure.high is None else [figure.value, figure.high]
    return "-".join(_digits(end) for end in ends)


def observation_key(observation: Observation) -> str:
    """What identifies a figure of a reference period: ``indicator|area|period|number``."""
    place = (observation.indicator, observation.area, str(observation.period))
    return "|".join((*place, figure_key(observation.figure)))


def worse(latest: Figure, previous: Figure, sign: int) -> bool:
    """Whether ``latest`` is worse for sure; of ranges that overlap in part nothing is sure.

    ``sign`` is +1 where more is better. Both ends have to be worse, or one worse and one equal.
    """
    low = sign * (latest.value - previous.value)
    high = sign * (_upper(latest) - _upper(previous))
    return max(low, high) <= 0 and min(low, high) < 0


def _upper(figure: Figure) -> Decimal:
    return figure.value if figure.high is None else figure.high


def _digits(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _numbers_against(observation: Observation) -> frozenset[str]:
    return frozenset(figure_key(evidence.figure) for evidence in observation.conflicting)


def _alert(kind: AlertType, key: str, observation: Observation, title: str, now: datetime, **more: object) -> Alert:
    data = {
        "indicator": observation.indicator,
        "area": observation.area,
        **(observation_data(observation) or {}),
        **more,
    }
    return Alert(f"{kind.value}|{key}", kind, observation.indicator, title, data, now)


def _observation(new: Observation, earlier: Observation | None, what: str, language: str, now: datetime) -> Alert:
    title = titles.observation_title(what, new, earlier, language)
    delta = earlier and {"absolute": number(new.figure.value - earlier.figure.value)}
    return _alert(
        AlertType.OBSERVATION,
        observation_key(new),
        new,
        title,
        now,
        previous=observation_data(earlier),
        delta=delta,
    )


def _revision(old: Observation, new: Observation, what: str, language: str, now: datetime) -> Alert:
    # With who said it and when: a figure that goes back to an earlier one is a revision again.
    key = f"{observation_key(new)}|{new.source}|{new.published.period}"
    title = titles.changed_title("revision", what, old, new, language)
    return _alert(AlertType.REVISION, key, new, title, now, before=observation_data(old))


def _conflict(observation: Observation, what: str, language: str, now: datetime) -> Alert:
    against = ",".join(sorted(_numbers_against(observation)))
    return _alert(
        AlertType.CONFLICT,
        f"{observation_key(observation)}|{against}",
        observation,
        titles.conflict_title(what, observation, language),
        now,
        conflicting=[evidence_data(evidence) for evidence in observation.conflicting],
    )


def _doubt_key(doubt: Doubt) -> str:
    evidence = doubt.evidence
    place = (evidence.indicator, evidence.area, str(evidence.period))
    return "|".join((*place, figure_key(evidence.figure), evidence.source, evidence.doc))


def _doubts(before: Series, after: Series, what: str, language: str, now: datetime) -> Iterator[Alert]:
    # A reading that waits for want of confidence is in the review list and rests no alert on it.
    known = {_doubt_key(doubt) for doubt in before.doubtful if doubt.reason in _IMPLAUSIBLE}
    for doubt in after.doubtful:
        key = _doubt_key(doubt)
        if doubt.reason not in _IMPLAUSIBLE or key in known:
            continue
        known.add(key)
        place = {"indicator": after.indicator, "area": after.area, "reason": doubt.reason.value}
        yield Alert(
            f"{AlertType.DOUBTFUL.value}|{key}",
            AlertType.DOUBTFUL,
            after.indicator,
            titles.doubtful_title(what, doubt, language),
            {**place, **evidence_data(doubt.evidence)},
            now,
        )


def _stepped_back(before: Series, previous: Observation, latest: Observation, indicator: Indicator) -> bool:
    known = {observation_key(observation) for observation in before.observations}
    if observation_key(latest) in known or _break_between(previous, latest, indicator):
        return False
    return worse(latest.figure, previous.figure, indicator.better.sign)


def _break_between(earlier: Observation, later: Observation, indicator: Indicator) -> bool:
    return any(earlier.period.end < change.period.start <= later.period.end for change in indicator.breaks)


def _regressed(previous: Observation, latest: Observation, what: str, language: str, now: datetime) -> Alert:
    title = titles.changed_title("regressed", what, previous, latest, language)
    return _alert(
        AlertType.REGRESSED,
        observation_key(latest),
        latest,
        title,
        now,
        previous=observation_data(previous),
        delta={"absolute": number(latest.figure.value - previous.figure.value)},
    )
