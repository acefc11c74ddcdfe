"""Since when each target stands as it does: a look back over what was published."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from itertools import takewhile

from sqlmodel import Session

from tracker.assess import status_of
from tracker.domain.assessment import Assessment
from tracker.domain.observation import Series
from tracker.domain.target import Target
from tracker.pipeline.service import Service
from tracker.pipeline.view import Key, pieces_of, restated, versions_of
from tracker.report import Since
from tracker.series import in_force, unfold

#: Figures that may be looked at again for the days of one series: a long history is followed back a few days only.
WORK = 5_000
FEWEST = 10


def standing_since(
    session: Session, service: Service, key: Key, now: Mapping[str, Assessment], *, work: int = WORK
) -> dict[str, Since | None]:
    """Since when each target of a series stands as ``now`` says; None before any figure.

    The first day of those on which something could have changed (each publication, the deadline, the
    beginning of each version of the target) from which on what was published gives the present status.
    ``work`` bounds how far back that is followed.
    """
    pieces, words = pieces_of(session, key)
    published = sorted({piece.published.day for piece in pieces})
    days = {id: _turning_days(published, service.versions[id], one.as_of) for id, one in now.items() if one.latest}
    every = sorted(set().union(*days.values()))
    looked_at = every[-max(FEWEST, work // max(len(pieces), 1)) :]
    indicator = service.catalogue.indicator(key[0])
    first = looked_at[0] if looked_at else date.max
    ranks = service.source_rank[key[0]]
    history = list(unfold(indicator, key[1], pieces, words, source_rank=ranks, since=first))
    found: dict[str, Since | None] = dict.fromkeys(now)
    for id, turning in days.items():
        found[id] = _reached(turning, first, partial(_stood_so, service, key, id, now[id], history))
    return found


def _reached(turning: set[date], first: date, stood_so: Callable[[date], bool]) -> Since | None:
    """The earliest day of an unbroken row, looking back from the last turning day no further than ``first``."""
    row = list(takewhile(stood_so, sorted((day for day in turning if day >= first), reverse=True)))
    if not row:
        return None
    return Since(row[-1], or_earlier=row[-1] == min(day for day in turning if day >= first) and min(turning) < first)


def _stood_so(
    service: Service, key: Key, id: str, now: Assessment, history: list[tuple[date, Series]], day: date
) -> bool:
    place = bisect_right(history, day, key=lambda one: one[0])
    series = history[place - 1][1] if place else Series(*key, (), ())
    target = in_force(versions_of(service, id, restated(service, key, series)), day)
    indicator = service.catalogue.indicator(key[0])
    return target is not None and status_of(target, indicator, series, as_of=day) is now.status


def _turning_days(published: Iterable[date], versions: Iterable[Target], as_of: date) -> set[date]:
    days = set(published)
    for version in versions:
        days |= {version.by + timedelta(days=1)} | ({version.since} if version.since else set())
    return {day for day in days if day <= as_of}
