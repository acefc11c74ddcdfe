"""Everything else that is true about an assessment, as reasons: each fact is one small question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median

from tracker.assess.alternatives import (
    ambiguous,
    conflict,
    denominator_sensitive,
    form_sensitive,
    projection_disagrees,
)
from tracker.assess.case import SLACK
from tracker.assess.finding import Finding, plain, unit_of
from tracker.assess.interval import printed
from tracker.assess.material import Material, reading_for
from tracker.assess.methods.rate_ratio import GEOMETRIC, LINEAR, growth_fits
from tracker.assess.methods.statcan import ZERO, statcan
from tracker.domain.assessment import Reason, Status
from tracker.domain.period import Precision, position
from tracker.domain.target import TargetKind

RECENT_YEARS = Decimal(5)
UNKNOWN_RHYTHM = Decimal(1)
"""Years between readings taken for granted where a single one is dated to the day."""


def facts(finding: Finding) -> tuple[Reason, ...]:
    """Every fact that holds, in a fixed order, the reason that decided first; no code twice."""
    reasons: dict[str, Reason] = {}
    if finding.verdict.lead is not None:
        reasons[finding.verdict.lead.code] = _detailed(finding, finding.verdict.lead)
    for question in QUESTIONS:
        reason = question(finding)
        if reason is not None:
            reasons.setdefault(reason.code, reason)
    return tuple(reasons.values())


def _detailed(finding: Finding, reason: Reason) -> Reason:
    if reason.code == "single_observation":
        return _single(finding) or reason
    if reason.code == "break_in_series":
        return _break(finding) or reason
    return reason


def _single(finding: Finding) -> Reason | None:
    case = finding.case
    if case.broken or case.comparable_baseline is not None or case.target is None:
        return None
    if case.met_by(case.latest.value):
        return None
    distance = case.sign * (case.target - case.latest.value)
    return Reason("single_observation", (("distance", plain(distance)), unit_of(finding)))


def _no_baseline(finding: Finding) -> Reason | None:
    return Reason("no_baseline") if finding.case.baseline is None else None


def _met_at_baseline(finding: Finding) -> Reason | None:
    case = finding.case
    if case.baseline is None or not case.met_by(case.baseline.value):
        return None
    return Reason("met_at_baseline" if case.met_by(case.latest.value) else "lost_after_met")


def _target_equals_baseline(finding: Finding) -> Reason | None:
    baseline, target = finding.case.baseline, finding.case.target
    return Reason("target_equals_baseline") if baseline is not None and baseline.value == target else None


def _no_final_reading(finding: Finding) -> Reason | None:
    return Reason("no_final_reading") if finding.case.passed and not finding.case.settled else None


def _met_late(finding: Finding) -> Reason | None:
    if finding.verdict.status not in (Status.MISSED, Status.OVERDUE):
        return None
    return met_late(finding.material)


def met_late(material: Material) -> Reason | None:
    """The first reading after the deadline that meets the target."""
    for one in material.later:
        if material.target.met_by(printed(one.figure, material.target.sign)):
            unit = ("unit", material.indicator.unit.value)
            value = ("value", plain(printed(one.figure, material.target.sign)))
            return Reason("met_late", (value, unit, ("period", str(one.period))))
    return None


def _break(finding: Finding) -> Reason | None:
    if not finding.case.broken or finding.case.baseline is None:
        return None
    start, end = finding.case.baseline.period.end, finding.case.latest.period.end
    between = [one for one in finding.material.indicator.breaks if start < one.period.start <= end]
    note = "; ".join(one.note for one in between if one.note)
    details = (("period", str(between[-1].period)),)
    return Reason("break_in_series", (*details, ("note", note)) if note else details)


def _at_risk(finding: Finding) -> Reason | None:
    case = finding.case
    if case.passed or finding.verdict.status is not Status.ACHIEVED:
        return None
    earlier = [point for point in case.points if point.position < case.latest.position]
    recent = [point for point in earlier if point.position >= case.latest.position - RECENT_YEARS - SLACK]
    since = (recent or earlier[-1:] or [case.latest])[0]
    change = case.latest.value - since.value
    if case.sign * change >= 0:
        return None
    details = (("change", plain(change)), unit_of(finding), ("since", str(since.period)))
    return Reason("at_risk", details)


def _two_points(finding: Finding) -> Reason | None:
    case, baseline = finding.case, finding.case.comparable_baseline
    if baseline is None:
        return None
    places = {point.position for point in case.points if point.position >= baseline.position}
    return Reason("two_points") if len(places | {baseline.position}) == 2 else None


def _form_linear(finding: Finding) -> Reason | None:
    """A zero or a minus sign took the growth rates away that the unit, or the target, asks for."""
    target, baseline = finding.case.target, finding.case.comparable_baseline
    if finding.method.id != LINEAR or target is None or baseline is None:
        return None
    asked = finding.material.target.method
    fits = asked == GEOMETRIC or (asked is None and growth_fits(finding.case.unit, target))
    usable = min(target, baseline.value, finding.case.latest.value) > 0
    return Reason("form_linear") if fits and not usable else None


def _zero_replaced(finding: Finding) -> Reason | None:
    """Growth rates from or to nothing do not exist; the method puts a thousandth there, which is said."""
    target, baseline = finding.case.target, finding.case.comparable_baseline
    if finding.method.id != statcan.id or baseline is None:
        return None
    return Reason("zero_replaced", (("value", plain(ZERO)),)) if 0 in (target, baseline.value) else None


def _stale(finding: Finding) -> Reason | None:
    """The last reading is older than twice its period; a deadline with its reading is settled, not stale."""
    latest = finding.material.latest
    if latest is None or finding.case.settled:
        return None
    age = position(finding.material.as_of) - latest.period.position
    if age <= 2 * _rhythm(finding) + SLACK:
        return None
    return Reason("stale", (("period", str(latest.period)),))


def _rhythm(finding: Finding) -> Decimal:
    """Length in years of the period of the last reading; of readings dated to the day, the usual gap."""
    readings = [one.period for one in finding.material.counting]
    latest = readings[-1]
    if latest.precision is not Precision.DAY or latest.days > 1:
        return latest.position - position(latest.start - timedelta(days=1))
    gaps = [after.position - before.position for before, after in pairwise(readings)]
    return median(gaps) if gaps else UNKNOWN_RHYTHM


def _unprecedented_pace(finding: Finding) -> Reason | None:
    case = finding.case
    if case.passed or case.target is None or case.met_by(case.latest.value):
        return None
    remaining = case.deadline_position - case.latest.position
    paces = [
        case.sign * (after.value - before.value) / (after.position - before.position)
        for before, after in pairwise(case.points)
        if after.position > before.position
    ]
    if not paces or remaining <= 0:
        return None
    required = case.sign * (case.target - case.latest.value) / remaining
    if required <= max(paces) + SLACK:
        return None
    needed, best = plain(case.sign * required), plain(case.sign * max(paces))
    return Reason("unprecedented_pace", (("required", needed), ("best", best), unit_of(finding)))


def _not_kept(finding: Finding) -> Reason | None:
    """The periods in which a value that is to be kept was not."""
    if finding.case.kind is not TargetKind.KEEP or not finding.case.unkept:
        return None
    periods = ";".join(str(point.period) for point in finding.case.unkept)
    return Reason("not_kept", (("periods", periods),))


def _milestone_missed(finding: Finding) -> Reason | None:
    """The last milestone that is over, where the reading for it does not reach it."""
    material = finding.material
    over = [one for one in material.target.milestones if one.by < material.as_of]
    for stone in reversed(over):
        found = reading_for(stone.by, list(material.counting))
        if found is None:
            continue
        figure = printed(found.figure, finding.case.sign)
        if finding.case.sign * (figure - stone.value) >= 0:
            return None
        details = (("value", plain(stone.value)), ("by", stone.by.isoformat()), ("figure", plain(figure)))
        return Reason("milestone_missed", (*details, unit_of(finding)))
    return None


def partial_period(material: Material) -> Reason | None:
    """A newer figure for a part of the year, told beside the same part of an earlier one."""
    found = material.partial
    if found is None:
        return Reason("partial_period") if material.parts and not material.counting else None
    details = (
        ("period", str(found.later.period)),
        ("value", plain(found.later.figure.value)),
        ("change", plain(found.absolute)),
        ("since", str(found.earlier.period)),
        ("unit", material.indicator.unit.value),
    )
    return Reason("partial_period", details)


def _partial_period(finding: Finding) -> Reason | None:
    return partial_period(finding.material)


def _trend_flag(code: str) -> Callable[[Finding], Reason | None]:
    def question(finding: Finding) -> Reason | None:
        return Reason(code) if finding.trend is not None and code in finding.trend.flags else None

    return question


QUESTIONS: tuple[Callable[[Finding], Reason | None], ...] = (
    _no_final_reading,
    _met_late,
    _met_at_baseline,
    _target_equals_baseline,
    _break,
    _no_baseline,
    _single,
    _not_kept,
    _milestone_missed,
    _at_risk,
    _two_points,
    _form_linear,
    _zero_replaced,
    form_sensitive,
    ambiguous,
    conflict,
    denominator_sensitive,
    _unprecedented_pace,
    projection_disagrees,
    _partial_period,
    _stale,
    _trend_flag("very_wide"),
    _trend_flag("degenerate_fit"),
    _trend_flag("at_bound"),
)
