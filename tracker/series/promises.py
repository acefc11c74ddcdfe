"""What sources state of the configured targets: the same, or another value, or another deadline.

Most targets that a text states are others than the configured one: an interim goal, a goal for another
year, an older one. So only two things are a change: the same deadline with another value, and the same value with
another deadline that still lies ahead; and only where it is said later than the configured target was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.domain.figure import Figure, Qualifier
from tracker.domain.indicator import Indicator
from tracker.domain.observation import Evidence, StatedTarget, Verdict
from tracker.domain.period import Period, Precision
from tracker.domain.restatement import Moved, Restatement
from tracker.domain.target import Stated, Target, TargetKind
from tracker.series.agreement import compatible

_LEFT_OPEN = frozenset({Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.MORE_THAN, Qualifier.LESS_THAN})


def restatements(
    indicator: Indicator, targets: Sequence[Target], stated: Iterable[StatedTarget]
) -> tuple[Restatement, ...]:
    """Each way in which ``stated``, in the order of publication, differs from all of ``targets``.

    ``targets`` are those of one series, every version of each. The same words from another source come
    once, decided where any of them is. What a person has accepted counts as a version from its publication on.
    """
    known = list(targets)
    found: dict[tuple[str, Decimal | None, Decimal | None, date], Restatement] = {}
    for one in stated:
        change = _change(indicator, known, one)
        if change is None:
            continue
        key = (change.target.id, change.stated.value, change.stated.high, change.stated.by)
        there = found.get(key)
        if there is None or (there.verdict is None and one.verdict is not None):
            found[key] = change
        if one.verdict is Verdict.ACCEPT:
            known.append(change.stated)
    return tuple(found.values())


def in_force(versions: Iterable[Target], day: date) -> Target | None:
    """The newest version that had begun by ``day``; None before the first."""
    begun = [one for one in versions if one.since is None or one.since <= day]
    return max(begun, key=lambda one: one.since or date.min, default=None)


def _change(indicator: Indicator, known: Sequence[Target], one: StatedTarget) -> Restatement | None:
    piece = one.evidence
    if not piece.period_stated or piece.figure.unit != indicator.unit or _says_what_is_known(indicator, known, piece):
        return None
    said = piece.published.day
    live = [version for id in dict.fromkeys(one.id for one in known) if (version := _version(known, id, said))]
    for target in live:
        if _comparable(target) and _later(piece, target) and _due(piece.period, target.by):
            return Restatement(target, _as_stated(target, piece, target.by), Moved.VALUE, piece, one.verdict)
    for target in live:
        ahead = piece.period.end >= said
        if _comparable(target) and _later(piece, target) and ahead and _same_value(indicator, target, piece.figure):
            by = piece.period.end
            return Restatement(target, _as_stated(target, piece, by), Moved.DEADLINE, piece, one.verdict)
    return None


def _version(known: Sequence[Target], id: str, day: date) -> Target | None:
    return in_force([one for one in known if one.id == id], day)


def _says_what_is_known(indicator: Indicator, known: Iterable[Target], piece: Evidence) -> bool:
    """Whether a configured target, or a milestone of one, is just that."""
    for target in known:
        if _due(piece.period, target.by) and _same_value(indicator, target, piece.figure):
            return True
        for stone in target.milestones:
            if _due(piece.period, stone.by) and _same_number(indicator, stone.value, piece.figure):
                return True
    return False


def _comparable(target: Target) -> bool:
    return target.value is not None and target.change is None and target.kind is not TargetKind.DONE


def _later(piece: Evidence, target: Target) -> bool:
    return target.known_since is None or piece.published.day > target.known_since


def _due(period: Period, by: date) -> bool:
    """Whether a deadline stated as ``period`` is ``by``: "by 2025" is any last day in that year."""
    return _last_unit(period).contains(by)


def _last_unit(period: Period) -> Period:
    match period.precision:
        case Precision.YEAR:
            return Period.year(period.end.year)
        case Precision.QUARTER:
            return Period.quarter(period.end.year, (period.end.month + 2) // 3)
        case Precision.MONTH:
            return Period.month(period.end.year, period.end.month)
        case Precision.DAY:
            return Period.day(period.end)


def _same_value(indicator: Indicator, target: Target, figure: Figure) -> bool:
    return target.value is not None and _same_number(indicator, target.value, _weakest(figure, target.sign))


def _same_number(indicator: Indicator, value: Decimal, figure: Figure) -> bool:
    """Whether the text can mean ``value``; "at least 80" means 80, and not the 85 that it leaves open."""
    meant = replace(figure, qualifier=Qualifier.EXACT) if figure.qualifier in _LEFT_OPEN else figure
    return compatible(Figure(value, indicator.unit.value), replace(meant, high=None, of=None))


def _weakest(figure: Figure, sign: int) -> Figure:
    """Of a promised range the end that is easier to reach counts."""
    if figure.high is None:
        return figure
    ends = sorted((figure.value, figure.high))
    return replace(figure, value=ends[0] if sign > 0 else ends[1], high=None)


def _as_stated(target: Target, piece: Evidence, by: date) -> Target:
    figure = piece.figure
    value = _weakest(figure, target.sign).value
    far = None if figure.high is None else next(end for end in (figure.value, figure.high) if end != value)
    url = piece.doc if piece.doc.startswith(("http://", "https://")) else ""
    stones = tuple(one for one in target.milestones if one.by < by and target.sign * (value - one.value) > 0)
    return replace(
        target,
        value=value,
        high=far,
        by=by,
        milestones=stones,
        since=piece.published.day,
        stated=Stated(piece.quote, url, piece.published.period),
    )
