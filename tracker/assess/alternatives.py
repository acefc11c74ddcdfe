"""What else it could be: the class under another reading of the same figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from tracker.assess.case import Case, Method
from tracker.assess.finding import Finding, plain, unit_of
from tracker.assess.interval import Interval, interval, printed
from tracker.assess.material import equivalent_rank, percentile
from tracker.assess.methods import METHODS
from tracker.assess.methods.destatis import AGREES_WITH, destatis
from tracker.assess.methods.rate_ratio import GEOMETRIC, LINEAR, growth_fits
from tracker.assess.verdict import judge
from tracker.domain.assessment import Reason, Status
from tracker.domain.figure import Figure, Unit
from tracker.domain.observation import Observation

HEADLINE = frozenset({GEOMETRIC, LINEAR})
_ORDER = list(Status)


def form_sensitive(finding: Finding) -> Reason | None:
    """The other form of the headline, where it gives another class."""
    target = finding.case.target
    if not finding.verdict.by_ratio or finding.method.id not in HEADLINE or target is None:
        return None
    if not growth_fits(finding.case.unit, target):
        return None
    other = METHODS[LINEAR if finding.method.id == GEOMETRIC else GEOMETRIC]
    second = judge(finding.case, other)
    if not second.by_ratio or second.status is finding.verdict.status:
        return None
    return Reason("form_sensitive", (("method", other.id), ("other", second.status.value)))


def ambiguous(finding: Finding) -> Reason | None:
    """The other classes that lie within what the printed figures may stand for."""
    others = {_class_of(case, finding.method) for case in _corners(finding)}
    latest = finding.material.latest
    if latest is not None:
        others |= set(_beyond_all_bounds(finding, _interval(finding, latest.figure)))
    return _with_others("ambiguous", others - {finding.verdict.status})


def _class_of(case: Case, method: Method) -> Status:
    """The class of a case that might have been; linear where a growth rate does not exist."""
    verdict = judge(case, method)
    if verdict.lead is not None and verdict.lead.code == "form_linear":
        return judge(case, METHODS[LINEAR]).status
    return verdict.status


def _with_others(code: str, others: set[Status]) -> Reason | None:
    listed = ",".join(status.value for status in sorted(others, key=_ORDER.index))
    return Reason(code, (("other", listed),)) if listed else None


def _interval(finding: Finding, figure: Figure) -> Interval:
    return interval(figure, finding.case.unit, hedge=finding.hedge, domain=finding.material.domain)


def _corners(finding: Finding) -> Iterator[Case]:
    """The case at every end of what the latest figure, and a first reading as baseline, may stand for."""
    latest, first = finding.material.latest, finding.material.first_reading
    if latest is None:
        return
    now = _interval(finding, latest.figure)
    then = _interval(finding, first.figure) if first is not None else Interval(None, None)
    for start, end in product({then.low, then.high}, {now.low, now.high}):
        case = finding.case if start is None else finding.case.with_baseline(start)
        yield case if end is None else case.with_latest(end)


def _beyond_all_bounds(finding: Finding, now: Interval) -> Iterator[Status]:
    """What an end without bound would mean: the target met, or as far from it as can be."""
    for end, sign in ((now.low, -1), (now.high, 1)):
        if end is None:
            yield _extreme(finding, best=sign == finding.case.sign)


def _extreme(finding: Finding, *, best: bool) -> Status:
    if best:
        return Status.ACHIEVED
    if finding.case.passed:
        return Status.MISSED if finding.case.settled else Status.OVERDUE
    return Status.MOVING_AWAY if finding.case.comparable_baseline is not None else finding.verdict.status


def conflict(finding: Finding) -> Reason | None:
    """What other sources state, and the classes that their figures would give.

    For the latest period, and for the first one where it is the baseline; each put in place of ours, never a mean.
    """
    case, sign = finding.case, finding.case.sign
    now = _rivals(finding.material.latest, sign)
    then = _rivals(finding.material.first_reading, sign)
    if not now and not then:
        return None
    cases = [case.with_latest(value) for value in now] + [case.with_baseline(value) for value in then]
    others = {_class_of(one, finding.method) for one in cases}
    values = ("values", ";".join(plain(value) for value in dict.fromkeys([*now, *then])))
    reason = _with_others("conflict", others - {finding.verdict.status})
    return Reason("conflict", (values, unit_of(finding), *(reason.details if reason else ())))


def _rivals(observation: Observation | None, sign: int) -> list[Decimal]:
    """What other sources state for the period of ``observation``."""
    return [] if observation is None else [printed(one.figure, sign) for one in observation.conflicting]


def denominator_sensitive(finding: Finding) -> Reason | None:
    """Whether the class would be another, had the baseline been a rank among as many as the latest."""
    baseline, latest = finding.case.comparable_baseline, finding.case.latest
    if (
        finding.case.unit is not Unit.RANK
        or baseline is None
        or baseline.of is None
        or latest.of is None
        or not finding.verdict.by_ratio
    ):
        return None
    if baseline.of == latest.of or min(baseline.of, latest.of) <= 1:
        return None
    equivalent = equivalent_rank(baseline.value, baseline.of, latest.of)
    second = judge(finding.case.with_baseline(equivalent), finding.method)
    if second.status is finding.verdict.status:
        return None
    details = (
        ("equivalent", plain(round(equivalent, 1))),
        ("of", str(latest.of)),
        ("before", plain(round(percentile(baseline.value, baseline.of), 1))),
        ("after", plain(round(percentile(latest.value, latest.of), 1))),
        ("other", second.status.value),
    )
    return Reason("denominator_sensitive", details)


def projection_disagrees(finding: Finding) -> Reason | None:
    """The second line beside the headline: Destatis' projection from the last five years."""
    if not finding.verdict.by_ratio or finding.method.id not in HEADLINE:
        return None
    second = destatis.compute(finding.case)
    if isinstance(second, Reason) or finding.verdict.status in AGREES_WITH[second.native]:
        return None
    details = (("status", finding.verdict.status.value), ("symbol", second.native))
    return Reason("projection_disagrees", details)
