"""Where a target stands: the only place that knows the order of the steps.

::

    gather    target, series, as_of   -> the readings that count, the case
    | judge   case, method            -> verdict
    | trend   case                    -> projection
    | facts   all of these            -> reasons
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tracker.assess.case import Case, Method, Outcome, way
from tracker.assess.deltas import delta
from tracker.assess.facts import facts, met_late, partial_period
from tracker.assess.finding import Finding
from tracker.assess.goal import resolve
from tracker.assess.interval import HEDGE
from tracker.assess.material import Material, gather
from tracker.assess.methods import METHODS
from tracker.assess.methods.rate_ratio import GEOMETRIC, headline_form
from tracker.assess.methods.rate_ratio import LINEAR as LINEAR_FORM
from tracker.assess.methods.statcan import NOT_ASSESSABLE
from tracker.assess.plan import planned_through, share_of_way
from tracker.assess.trend import Trend, drift_trend, robust_trend, smoothed_trend, trend
from tracker.assess.verdict import Verdict, judge, judge_done, judge_untargeted
from tracker.domain.assessment import Assessment, Reason, Status
from tracker.domain.figure import Unit
from tracker.domain.indicator import Indicator
from tracker.domain.observation import Series
from tracker.domain.period import position
from tracker.domain.target import Target, TargetKind

KEPT = "destatis"
UNTARGETED_FOR_GROWTH, UNTARGETED_FOR_DIRECTION = "statcan", "destatis"
WITHOUT_GROWTH = frozenset({Unit.RANK, Unit.INDEX})


def assess(target: Target, indicator: Indicator, series: Series, *, as_of: date, hedge: Decimal = HEDGE) -> Assessment:
    """Hold ``target`` against ``series``, which holds what was published by ``as_of``.

    ``series`` may be in any order; a missing thing becomes a status with a reason, never an exception.
    ``hedge`` is what *about* and *almost* are taken to mean, as a share of the figure.
    """
    material = gather(resolve(target, indicator, series), indicator, series, as_of)
    cut_short = _refused(material) or _nothing_counts(material)
    if cut_short is not None:
        found = _assessment(material, cut_short[0], cut_short[1], method=_named(material))
        return replace(found, baseline=None, achieved_per_year=None) if _uncounted(material.target) else found
    case, method, verdict = _judged(material)
    if material.target.value is None:
        reasons = (Reason("no_target", (("method", method.id),)), *_leading(verdict, "no_target"))
        return _assessment(material, verdict.status, reasons, method.id, verdict.outcome)
    if material.target.kind is TargetKind.DONE:
        return _done(material, case, verdict)
    expected = trend(case)
    reasons = facts(Finding(material, case, method, verdict, expected, hedge))
    return _assessment(material, verdict.status, reasons, method.id, verdict.outcome, expected)


def status_of(target: Target, indicator: Indicator, series: Series, *, as_of: date) -> Status:
    """The status that :func:`assess` gives, without what else it finds: for looking back over many days."""
    material = gather(resolve(target, indicator, series), indicator, series, as_of)
    cut_short = _refused(material) or _nothing_counts(material)
    return cut_short[0] if cut_short is not None else _judged(material)[2].status


def _judged(material: Material) -> tuple[Case, Method, Verdict]:
    """The step that decides, for a target that something counts for."""
    case = material.case
    assert case is not None  # noqa: S101 - something counts
    method = METHODS[_named(material)]
    if material.target.value is None:
        return case, method, judge_untargeted(case, method)
    if material.target.kind is TargetKind.DONE:
        return case, method, judge_done(case)
    return case, method, judge(case, method)


def _done(material: Material, case: Case, verdict: Verdict) -> Assessment:
    """A yes or no: nothing to measure a pace by."""
    late = met_late(material) if verdict.status in (Status.MISSED, Status.OVERDUE) else None
    final = Reason("no_final_reading") if case.passed and not case.settled else None
    reasons = tuple(one for one in (verdict.lead, final, late) if one is not None)
    native = verdict.status.value if verdict.lead is None else verdict.lead.code
    return replace(
        _assessment(material, verdict.status, reasons, None),
        native=native,
        progress=None,
        required_per_year=None,
        achieved_per_year=None,
        baseline=None,
    )


def _leading(verdict: Verdict, but: str) -> tuple[Reason, ...]:
    return (verdict.lead,) if verdict.lead is not None and verdict.lead.code != but else ()


def _refused(material: Material) -> tuple[Status, tuple[Reason, ...]] | None:
    """What ends an assessment before any reading is looked at."""
    target = material.target
    if target.change is not None and _uncounted(target):
        return Status.NOT_ASSESSABLE, (Reason("no_baseline", (("period", str(target.change.period)),)),)
    if target.value is not None and not material.domain.holds(target.value):
        details = (("value", f"{target.value:f}"), ("unit", material.indicator.unit.value))
        return Status.NOT_ASSESSABLE, (Reason("target_outside_domain", details),)
    if target.method is not None and target.method not in METHODS:
        return Status.NOT_ASSESSABLE, (Reason("unknown_method", (("method", target.method),)),)
    return None


def _uncounted(target: Target) -> bool:
    """Whether a change is promised from a figure that is not known: no other figure is its baseline."""
    return target.change is not None and target.value is None


def _nothing_counts(material: Material) -> tuple[Status, tuple[Reason, ...]] | None:
    """No reading up to the deadline: nothing to assess, or overdue where only later ones exist."""
    if material.case is not None:
        return None
    if material.target.value is None:
        return Status.NO_TARGET, (Reason("no_target"), Reason("no_observation"))
    if not material.later or not material.passed:
        return Status.NOT_ASSESSABLE, (partial_period(material) or Reason("no_observation"),)
    late = met_late(material)
    return Status.OVERDUE, (Reason("no_final_reading"), *(() if late is None else (late,)))


def _named(material: Material) -> str:
    """The id of the method: the declared one, else the form of the headline that fits."""
    target, unit = material.target, material.indicator.unit
    if target.kind is TargetKind.KEEP:
        return KEPT
    if target.value is None:
        return _named_without_number(target, unit)
    if target.method is not None and target.method != GEOMETRIC:
        return target.method
    numbers = [] if material.baseline is None else [material.baseline.value]
    if material.case is not None:
        numbers.append(material.case.latest.value)
    if target.method == GEOMETRIC:
        return GEOMETRIC if min([target.value, *numbers]) > 0 else LINEAR_FORM
    return headline_form(unit, *numbers, target=target.value)


def _named_without_number(target: Target, unit: Unit) -> str:
    if _uncounted(target):
        return target.method or headline_form(unit, target=Decimal(1))
    declared = METHODS.get(target.method or "")
    if declared is not None and declared.untargeted is not None:
        return declared.id
    return UNTARGETED_FOR_DIRECTION if unit in WITHOUT_GROWTH else UNTARGETED_FOR_GROWTH


def _assessment(
    material: Material,
    status: Status,
    reasons: tuple[Reason, ...],
    method: str | None,
    outcome: Outcome | None = None,
    expected: Trend | None = None,
) -> Assessment:
    latest, previous, case = material.latest, material.previous, material.case
    native = None if outcome is None else outcome.native
    if native is None and method == "statcan" and status is Status.NOT_ASSESSABLE:
        native = NOT_ASSESSABLE
    return Assessment(
        target=material.target.id,
        as_of=material.as_of,
        status=status,
        reasons=reasons,
        method=method,
        ratio=None if outcome is None else _number(outcome.ratio),
        progress=None if case is None else _number(_progress(case)),
        baseline=material.baseline,
        latest=latest,
        previous=previous,
        delta=delta(material.indicator, previous, latest) if previous and latest else None,
        required_per_year=None if case is None else _number(_required_per_year(case)),
        achieved_per_year=None if case is None else _number(_achieved_per_year(case)),
        projection=None if expected is None else expected.projection,
        days_left=(material.target.by - material.as_of).days,
        native=native,
    )


def _number(value: Decimal | None) -> float | None:
    """A float for statistics, None also where it would be infinite."""
    if value is None or not math.isfinite(float(value)):
        return None
    return float(value) + 0.0


def _progress(case: Case) -> Decimal | None:
    """Share of the way from the baseline; None across a break and where the baseline met the target."""
    start = case.comparable_baseline
    if start is None or case.target is None or case.met_by(start.value):
        return None
    return share_of_way(start.value, case.latest.value, case.target)


def _required_per_year(case: Case) -> Decimal | None:
    """What is needed per year from the latest to the target; 0 where it is met, None after the deadline."""
    if case.target is None or case.passed:
        return None
    if case.met_by(case.latest.value):
        return Decimal(0)
    remaining = case.deadline_position - case.latest.position
    return (case.target - case.latest.value) / remaining if remaining > 0 else None


def _achieved_per_year(case: Case) -> Decimal | None:
    start = case.comparable_baseline
    if start is None:
        return None
    return (case.latest.value - start.value) / (case.latest.position - start.position)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What ``explain`` and reports show beside the status; nothing here ever decides one.

    ``numbers`` went into the method's sum, by name: first the way it was measured on (values in the
    indicator's unit, times in years), then what the method made of it. ``planned_now`` is where the
    plan stands on ``as_of``, in the indicator's unit. ``trends`` are the projections the number of points
    allows. ``second_line`` is Destatis' outcome from the last five years. ``formula`` is how the method reckoned.
    """

    method: Method | None
    numbers: tuple[tuple[str, Decimal], ...]
    planned_now: Decimal | None
    trends: tuple[Trend, ...]
    second_line: Outcome | None
    formula: str = ""


def outlook(target: Target, indicator: Indicator, series: Series, *, as_of: date) -> Outlook:
    """The workings of :func:`assess` for the same arguments: the sum, the plan and the projections."""
    target = resolve(target, indicator, series)
    material = gather(target, indicator, series, as_of)
    method, case = METHODS.get(_named(material)), material.case
    if case is None or method is None:
        return Outlook(method, (), None, (), None)
    compute = method.compute if target.value is not None else method.untargeted
    computed = None if compute is None else compute(case)
    second = METHODS["destatis"].compute(replace(case, passed=False))
    trends = (trend(case), drift_trend(case), robust_trend(case), smoothed_trend(case))
    return Outlook(
        method=method,
        numbers=(*_measured_on(case), *computed.numbers) if isinstance(computed, Outcome) else (),
        planned_now=_planned_now(case, method, as_of),
        trends=tuple(one for one in trends if one is not None),
        second_line=second if isinstance(second, Outcome) else None,
        formula=(computed.formula if isinstance(computed, Outcome) else "") or method.formula,
    )


def _measured_on(case: Case) -> tuple[tuple[str, Decimal], ...]:
    path = way(case)
    if isinstance(path, Reason):
        return ()
    names = ("baseline", "latest", "target", "years_elapsed", "years_in_all")
    return tuple(zip(names, (path.start, path.now, path.goal, path.elapsed, path.whole), strict=True))


def _planned_now(case: Case, method: Method, as_of: date) -> Decimal | None:
    """The plan's value on ``as_of``, held at its ends; None across a break or without a baseline."""
    baseline = case.baseline
    if baseline is None or case.broken or case.target is None:
        return None
    whole = case.deadline_position - baseline.position
    if whole <= 0:
        return None
    legs = case.legs(baseline)
    grows = method.id == GEOMETRIC and min(value for _, value in legs) > 0
    return planned_through(legs, position(as_of), geometric=grows)
