"""The sum behind a status, with the numbers put in, so that a person can redo it on paper."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.assess import Outlook, outlook
from tracker.assess.interval import HEDGE, domain_of, interval
from tracker.domain.assessment import Assessment
from tracker.domain.indicator import Indicator
from tracker.domain.observation import Series
from tracker.domain.period import position
from tracker.domain.target import Change, Target, TargetKind
from tracker.language import day, number, per_year, period, say_native
from tracker.report.words import word

_THRESHOLDS = "R >= 0.95 on_track, >= 0.60 acceleration_needed, >= 0 limited_progress, < 0 moving_away"
_RATIOS = frozenset({"rate-ratio/linear", "rate-ratio/geometric", "statcan"})


def the_sum(
    target: Target, indicator: Indicator, series: Series, assessment: Assessment, language: str
) -> Iterator[str]:
    """The way, the method's formula with its numbers, the plan, the pace, the projections and the second line.

    ``target`` is as it was assessed. Nothing where there is no figure.
    """
    if assessment.latest is None:
        return
    unit, seen = indicator.unit.value, outlook(target, indicator, series, as_of=assessment.as_of)
    if target.kind is not TargetKind.DONE:
        yield from _way(target, assessment, language)
    yield from _method(seen, assessment, language, untargeted=target.value is None)
    yield from _pace(seen, assessment, unit, language)
    yield from _outlook(seen, assessment, language)
    yield from _doubt(indicator, series, assessment, language)


def _way(target: Target, a: Assessment, language: str) -> Iterator[str]:
    if a.baseline is not None:
        begin = a.baseline.period
        yield f"{word('baseline', language)}: v0 = {a.baseline.value} ({begin}), t0 = {begin.position:.4f}"
    if target.change is not None and target.value is not None:
        yield f"{word('change', language)}: {_counted(target.change, target, a)}"
    for stone in target.milestones:
        yield f"{word('milestone', language)}: {stone.value} ({stone.by}), t = {position(stone.by):.4f}"
    if a.latest is not None:
        now = a.latest.period
        yield f"{word('latest', language)}: v1 = {a.latest.figure.value} ({now}), t1 = {now.position:.4f}"
    if target.value is not None:
        yield f"{word('target', language)}: T = {target.value} ({target.by}), tT = {position(target.by):.4f}"


def _counted(change: Change, target: Target, a: Assessment) -> str:
    start = "v0" if a.baseline is None else a.baseline.value
    sign = "+" if target.sign > 0 else "-"
    step = f"{start} * {change.at_least} / 100" if change.percent else f"{change.at_least}"
    return f"T = {start} {sign} {step} = {target.value}"


def _method(seen: Outlook, a: Assessment, language: str, *, untargeted: bool) -> Iterator[str]:
    """The formula and every number that went into it."""
    if seen.method is None or not seen.numbers or a.method != seen.method.id:
        return
    yield f"{word('formula', language)}: {seen.formula}"
    if any(name == "planned_at_latest" for name, _ in seen.numbers):
        yield f"  {word('bent', language)}"
    yield "  " + ", ".join(f"{name} = {value:.6g}" for name, value in seen.numbers)
    if untargeted and a.native is not None:
        yield f"  = {a.native}"
    elif a.ratio is not None:
        yield f"  R = {a.ratio:.6f}"
        if a.method in _RATIOS:
            yield f"  {_THRESHOLDS}"


def _pace(seen: Outlook, a: Assessment, unit: str, language: str) -> Iterator[str]:
    if seen.planned_now is not None:
        on = day(a.as_of, language)
        yield f"{word('planned', language)} ({on}): {number(round(seen.planned_now, 2), unit, language)}"
    if a.achieved_per_year is not None:
        yield f"{word('achieved_pace', language)}: {per_year(a.achieved_per_year, unit, language)}"
    if a.required_per_year is not None and a.days_left >= 0:
        yield f"{word('required_pace', language)}: {per_year(a.required_per_year, unit, language)}"


def _outlook(seen: Outlook, a: Assessment, language: str) -> Iterator[str]:
    """Supplements, each with its method: none of them decides a status."""
    for one in seen.trends:
        found = one.projection
        said = f"{word('projection', language)} ({day(found.by, language)}, {found.method}): {found.value:.6g}"
        if found.low is not None and found.high is not None:
            said += f" [{found.low:.6g} … {found.high:.6g}]"
        if one.p_hit_if_trend_continues is not None:
            said += f"; {word('chance', language)} {one.p_hit_if_trend_continues} %"
        yield said
    if seen.second_line is not None and a.method != "destatis":
        numbers = ", ".join(f"{name} = {value:.6g}" for name, value in seen.second_line.numbers)
        yield f"{word('second_line', language)}: {say_native(seen.second_line.native, language)} ({numbers})"


def _doubt(indicator: Indicator, series: Series, a: Assessment, language: str) -> Iterator[str]:
    """What the printed figure may stand for, where that could change the class."""
    if a.latest is None or all(reason.code != "ambiguous" for reason in a.reasons):
        return
    domain = domain_of(indicator.unit, [one.figure.value for one in series.observations])
    found = interval(a.latest.figure, indicator.unit, hedge=HEDGE, domain=domain)
    low = "–∞" if found.low is None else f"{found.low:f}"
    high = "∞" if found.high is None else f"{found.high:f}"
    yield f"{word('stands_for', language)} ({period(a.latest.period, language)}): {low} … {high}"
