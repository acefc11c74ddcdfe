"""Everything else that is true about an assessment, as reasons: each fact is one small question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise, product
from statistics import median

from tracker.assess.case import SLACK, Case, Method
from tracker.assess.interval import Interval, interval, printed
from tracker.assess.material import Material, equivalent_rank, percentile
from tracker.assess.methods import METHODS
from tracker.assess.methods.destatis import AGREES_WITH, destatis
from tracker.assess.methods.rate_ratio import GEOMETRIC, LINEAR, growth_fits
from tracker.assess.trend import Trend
from tracker.assess.verdict import Verdict, judge
from tracker.domain.assessment import Reason, Status
from tracker.domain.figure import Figure
from tracker.domain.period import Precision, position

RECENT_YEARS = Decimal(5)
UNKNOWN_RHYTHM = Decimal(1)
"""Years between readings taken for granted where a single one is dated to the day."""

HEADLINE = frozenset({GEOMETRIC, LINEAR})
_ORDER = list(Status)


@dataclass(frozen=True, slots=True)
class Found:
    """An assessment so far: what it rests on, the case, how it was judged and what the trend gives."""

    material: Material
    case: Case
    method: Method
    verdict: Verdict
    trend: Trend | None
    hedge: Decimal


def facts(found: Found) -> tuple[Reason, ...]:
    """Every fact that holds, in a fixed order, the reason that decided first; no code twice."""
    reasons: dict[str, Reason] = {}
    if found.verdict.lead is not None:
        reasons[found.verdict.lead.code] = _detailed(found, found.verdict.lead)
    for question in QUESTIONS:
        reason = question(found)
        if reason is not None:
            reasons.setdefault(reason.code, reason)
    return tuple(reasons.values())


def plain(value: Decimal) -> str:
    """A number as a machine writes it, without exponent and without idle zeros; at most six decimals."""
    rounded = value if value == value.to_integral_value() else round(value, 6)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _detailed(found: Found, reason: Reason) -> Reason:
    if reason.code == "single_observation":
        return _single(found) or reason
    if reason.code == "break_in_series":
        return _break(found) or reason
    return reason


def _unit(found: Found) -> tuple[str, str]:
    return ("unit", found.material.indicator.unit.value)


def _single(found: Found) -> Reason | None:
    case = found.case
    if case.broken or case.comparable_baseline is not None or case.target is None:
        return None
    if case.met_by(case.latest.value):
        return None
    distance = case.sign * (case.target - case.latest.value)
    return Reason("single_observation", (("distance", plain(distance)), _unit(found)))


def _no_baseline(found: Found) -> Reason | None:
    return Reason("no_baseline") if found.case.baseline is None else None


def _met_at_baseline(found: Found) -> Reason | None:
    case = found.case
    if case.baseline is None or not case.met_by(case.baseline.value):
        return None
    return Reason("met_at_baseline" if case.met_by(case.latest.value) else "lost_after_met")


def _target_equals_baseline(found: Found) -> Reason | None:
    baseline, target = found.case.baseline, found.case.target
    return Reason("target_equals_baseline") if baseline is not None and baseline.value == target else None


def _no_final_reading(found: Found) -> Reason | None:
    return Reason("no_final_reading") if found.case.passed and not found.case.settled else None


def _met_late(found: Found) -> Reason | None:
    if found.verdict.status not in (Status.MISSED, Status.OVERDUE):
        return None
    return met_late(found.material)


def met_late(material: Material) -> Reason | None:
    """The first reading after the deadline that meets the target."""
    for one in material.later:
        if material.target.met_by(printed(one.figure, material.target.sign)):
            unit = ("unit", material.indicator.unit.value)
            value = ("value", plain(printed(one.figure, material.target.sign)))
            return Reason("met_late", (value, unit, ("period", str(one.period))))
    return None


def _break(found: Found) -> Reason | None:
    if not found.case.broken or found.case.baseline is None:
        return None
    start, end = found.case.baseline.period.end, found.case.latest.period.end
    between = [one for one in found.material.indicator.breaks if start < one.period.start <= end]
    note = "; ".join(one.note for one in between if one.note)
    details = (("period", str(between[-1].period)),)
    return Reason("break_in_series", (*details, ("note", note)) if note else details)


def _at_risk(found: Found) -> Reason | None:
    case = found.case
    if case.passed or found.verdict.status is not Status.ACHIEVED:
        return None
    earlier = [point for point in case.points if point.position < case.latest.position]
    recent = [point for point in earlier if point.position >= case.latest.position - RECENT_YEARS - SLACK]
    since = (recent or earlier[-1:] or [case.latest])[0]
    change = case.latest.value - since.value
    if case.sign * change >= 0:
        return None
    details = (("change", plain(change)), _unit(found), ("since", str(since.period)))
    return Reason("at_risk", details)


def _two_points(found: Found) -> Reason | None:
    case, baseline = found.case, found.case.comparable_baseline
    if baseline is None:
        return None
    places = {point.position for point in case.points if point.position >= baseline.position}
    return Reason("two_points") if len(places | {baseline.position}) == 2 else None


def _form_linear(found: Found) -> Reason | None:
    """A zero or a minus sign took the growth rates away that the unit, or the target, asks for."""
    target, baseline = found.case.target, found.case.comparable_baseline
    if found.method.id != LINEAR or target is None or baseline is None:
        return None
    asked = found.material.target.method
    fits = asked == GEOMETRIC or (asked is None and growth_fits(found.case.unit, target))
    usable = min(target, baseline.value, found.case.latest.value) > 0
    return Reason("form_linear") if fits and not usable else None


def _form_sensitive(found: Found) -> Reason | None:
    target = found.case.target
    if not found.verdict.by_ratio or found.method.id not in HEADLINE or target is None:
        return None
    if not growth_fits(found.case.unit, target):
        return None
    other = METHODS[LINEAR if found.method.id == GEOMETRIC else GEOMETRIC]
    second = judge(found.case, other)
    if not second.by_ratio or second.status is found.verdict.status:
        return None
    return Reason("form_sensitive", (("method", other.id), ("other", second.status.value)))


def _ambiguous(found: Found) -> Reason | None:
    others = {_class_of(case, found.method) for case in _corners(found)}
    latest = found.material.latest
    if latest is not None:
        others |= set(_beyond_all_bounds(found, _interval(found, latest.figure)))
    return _with_others("ambiguous", others - {found.verdict.status})


def _class_of(case: Case, method: Method) -> Status:
    """The class of a case that might have been; linear where a growth rate does not exist."""
    verdict = judge(case, method)
    if verdict.lead is not None and verdict.lead.code == "form_linear":
        return judge(case, METHODS[LINEAR]).status
    return verdict.status


def _with_others(code: str, others: set[Status]) -> Reason | None:
    listed = ",".join(status.value for status in sorted(others, key=_ORDER.index))
    return Reason(code, (("other", listed),)) if listed else None


def _interval(found: Found, figure: Figure) -> Interval:
    return interval(figure, found.case.unit, hedge=found.hedge, domain=found.material.domain)


def _corners(found: Found) -> Iterator[Case]:
    """The case at every end of what the latest figure, and a first reading as baseline, may stand for."""
    latest, first = found.material.latest, found.material.first_reading
    if latest is None:
        return
    now = _interval(found, latest.figure)
    then = _interval(found, first.figure) if first is not None else Interval(None, None)
    for start, end in product({then.low, then.high}, {now.low, now.high}):
        case = found.case if start is None else found.case.with_baseline(start)
        yield case if end is None else case.with_latest(end)


def _beyond_all_bounds(found: Found, now: Interval) -> Iterator[Status]:
    """What an end without bound would mean: the target met, or as far from it as can be."""
    for end, sign in ((now.low, -1), (now.high, 1)):
        if end is None:
            yield _extreme(found, best=sign == found.case.sign)


def _extreme(found: Found, *, best: bool) -> Status:
    if best:
        return Status.ACHIEVED
    if found.case.passed:
        return Status.MISSED if found.case.settled else Status.OVERDUE
    return Status.MOVING_AWAY if found.case.comparable_baseline is not None else found.verdict.status


def _conflict(found: Found) -> Reason | None:
    latest = found.material.latest
    if latest is None or not latest.conflicting:
        return None
    rivals = [printed(one.figure, found.case.sign) for one in latest.conflicting]
    others = {_class_of(found.case.with_latest(value), found.method) for value in rivals}
    values = ("values", ";".join(plain(value) for value in rivals))
    reason = _with_others("conflict", others - {found.verdict.status})
    return Reason("conflict", (values, _unit(found), *(reason.details if reason else ())))


def _stale(found: Found) -> Reason | None:
    """The last reading is older than twice its period; a deadline with its reading is settled, not stale."""
    latest = found.material.latest
    if latest is None or found.case.settled:
        return None
    age = position(found.material.as_of) - latest.period.position
    if age <= 2 * _rhythm(found) + SLACK:
        return None
    return Reason("stale", (("period", str(latest.period)),))


def _rhythm(found: Found) -> Decimal:
    """Length in years of the period of the last reading; of readings dated to the day, the usual gap."""
    readings = [one.period for one in found.material.counting]
    latest = readings[-1]
    if latest.precision is not Precision.DAY or latest.days > 1:
        return latest.position - position(latest.start - timedelta(days=1))
    gaps = [after.position - before.position for before, after in pairwise(readings)]
    return median(gaps) if gaps else UNKNOWN_RHYTHM


def _unprecedented_pace(found: Found) -> Reason | None:
    case = found.case
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
    return Reason("unprecedented_pace", (("required", needed), ("best", best), _unit(found)))


def _denominator_sensitive(found: Found) -> Reason | None:
    """Whether the class would be another, had the baseline been a rank among as many as the latest."""
    baseline, latest = found.case.comparable_baseline, found.case.latest
    if baseline is None or baseline.of is None or latest.of is None or not found.verdict.by_ratio:
        return None
    if baseline.of == latest.of or min(baseline.of, latest.of) <= 1:
        return None
    equivalent = equivalent_rank(baseline.value, baseline.of, latest.of)
    second = judge(found.case.with_baseline(equivalent), found.method)
    if second.status is found.verdict.status:
        return None
    details = (
        ("equivalent", plain(round(equivalent, 1))),
        ("of", str(latest.of)),
        ("before", plain(round(percentile(baseline.value, baseline.of), 1))),
        ("after", plain(round(percentile(latest.value, latest.of), 1))),
        ("other", second.status.value),
    )
    return Reason("denominator_sensitive", details)


def _projection_disagrees(found: Found) -> Reason | None:
    """The second line beside the headline: Destatis' projection from the last five years."""
    if not found.verdict.by_ratio or found.method.id not in HEADLINE:
        return None
    second = destatis.compute(found.case)
    if isinstance(second, Reason) or found.verdict.status in AGREES_WITH[second.native]:
        return None
    details = (("status", found.verdict.status.value), ("symbol", second.native))
    return Reason("projection_disagrees", details)


def _trend_flag(code: str) -> Callable[[Found], Reason | None]:
    def question(found: Found) -> Reason | None:
        return Reason(code) if found.trend is not None and code in found.trend.flags else None

    return question


QUESTIONS: tuple[Callable[[Found], Reason | None], ...] = (
    _no_final_reading,
    _met_late,
    _met_at_baseline,
    _target_equals_baseline,
    _break,
    _no_baseline,
    _single,
    _at_risk,
    _two_points,
    _form_linear,
    _form_sensitive,
    _ambiguous,
    _conflict,
    _denominator_sensitive,
    _unprecedented_pace,
    _projection_disagrees,
    _stale,
    _trend_flag("very_wide"),
    _trend_flag("degenerate_fit"),
    _trend_flag("at_bound"),
)
