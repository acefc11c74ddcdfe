"""One reference period: from all that is stated for it to one observation.

Evidence that can be the same fact forms one *reading* of the period. What a source said last is its
word; its earlier, incompatible words were revised. Where words differ, one leads (a person's, then
the source's rank, then the later publication) and the rest conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias

from tracker.domain.observation import Doubt, DoubtReason, Evidence, Observation
from tracker.domain.period import Period
from tracker.domain.statement import Kind
from tracker.series.agreement import compatible, hedged, vagueness

Number: TypeAlias = tuple[object, object, str]
"""What a figure prints, without its hedge: value, high end, unit."""


@dataclass(slots=True, eq=False)
class Reading:
    """One figure for the period with everything that can be the same fact; ``best`` comes first."""

    best: Evidence
    members: list[Evidence] = field(default_factory=list)

    def holds(self, one: Evidence) -> bool:
        """Whether ``one`` can be the same fact."""
        return compatible(self.best.figure, one.figure)


@dataclass(frozen=True, slots=True)
class Word:
    """What a source says now: the reading, and its best statement of it on its newest day."""

    reading: Reading
    said: Evidence


@dataclass(frozen=True, slots=True)
class Resolved:
    """The observation of one period, and what a person has ruled out in its favour."""

    observation: Observation
    overruled: tuple[Doubt, ...] = ()


def resolve(evidence: Sequence[Evidence], accepted: Mapping[int, datetime], source_rank: Mapping[str, int]) -> Resolved:
    """``evidence`` of one period; ``accepted``: ids with the time of a person's yes.

    Raises ``ValueError`` for no evidence.
    """
    if len(evidence) == 1:
        return Resolved(_told_once(evidence[0]))
    standing, overruled = _apply_accepted(evidence, accepted)
    readings = _readings(standing)
    words = [word for said in _by_source(standing).values() for word in _words(said, readings)]
    lead = min(words, key=lambda word: _precedence(word, accepted, source_rank))
    given_up = _given_up(standing, lead)
    disputed: list[Evidence] = []
    old: list[Evidence] = []
    for reading in readings:
        if reading is not lead.reading:
            holders = [word.said for word in words if word.reading is reading]
            current = [one for one in holders if not _is_copy(one, given_up)]
            (disputed if current else old).append(min(current, key=_best_first) if current else reading.best)
    own, refined = _own_evidence(lead.reading)
    observation = Observation(
        own[0].indicator,
        own[0].area,
        _period(own),
        own[0].figure,
        tuple(own),
        tuple(sorted([*refined, *old], key=_newest_first)),
        tuple(disputed),
    )
    return Resolved(observation, tuple(Doubt(one, DoubtReason.REJECTED) for one in overruled))


def _told_once(one: Evidence) -> Observation:
    """The common case of a long history, without the comparing that it does not need."""
    return Observation(one.indicator, one.area, one.period, one.figure, (one,), (), ())


def _apply_accepted(
    evidence: Sequence[Evidence], accepted: Mapping[int, datetime]
) -> tuple[list[Evidence], list[Evidence]]:
    """Split off what a person's newest yes rules out: every other figure that was known by then.

    A later repetition of such a figure is ruled out with it; a figure that is new after the decision
    stands beside the accepted one.
    """
    approved = [one for one in evidence if one.id in accepted]
    if not approved:
        return list(evidence), []
    chosen = max(approved, key=lambda one: (accepted[one.id], one.id))
    against = {
        number_of(one)
        for one in evidence
        if one.recorded_at <= accepted[chosen.id] and not compatible(one.figure, chosen.figure)
    }
    standing = [one for one in evidence if number_of(one) not in against]
    return standing, [one for one in evidence if number_of(one) in against]


def _readings(evidence: Sequence[Evidence]) -> list[Reading]:
    """Group what can be the same fact around the most exact figures; a vague one may stand in several."""
    readings: list[Reading] = []
    homes: dict[tuple[object, ...], list[Reading]] = {}
    for one in sorted(evidence, key=_best_first):
        likeness = (*number_of(one), one.figure.qualifier)
        if likeness not in homes:
            homes[likeness] = [reading for reading in readings if reading.holds(one)]
            if not homes[likeness]:
                homes[likeness] = [Reading(one)]
                readings += homes[likeness]
        for reading in homes[likeness]:
            reading.members.append(one)
    return readings


def _by_source(evidence: Sequence[Evidence]) -> dict[str, list[Evidence]]:
    sources: dict[str, list[Evidence]] = defaultdict(list)
    for one in evidence:
        sources[one.source].append(one)
    return sources


def _words(said: Sequence[Evidence], readings: Sequence[Reading]) -> list[Word]:
    """What one source says now; more than one word where its newest documents contradict themselves."""
    words: dict[int, Word] = {}
    for one in sorted(_current(said), key=_preferred_first):
        homes = [reading for reading in readings if reading.holds(one)]
        # A vague repetition does not take back the exact figure that it agrees with.
        home = max(homes, key=lambda reading: _last_exact(reading, one.source))
        words.setdefault(id(home), Word(home, one))
    return list(words.values())


def _current(said: Sequence[Evidence]) -> list[Evidence]:
    """The newest publication of one source, in the newest version of each document.

    A document changed in place keeps its date; then the version seen later counts. A figure that an
    earlier version stated already is no change, wherever in the document it stands by now. A table has
    no snapshot: the version of a row is the time of its import.
    """
    day = max(one.published.day for one in said)
    newest = [one for one in said if one.published.day == day]
    first_seen: dict[tuple[str, Number], tuple[datetime, str]] = {}
    for one in newest:
        key, seen = (one.doc, number_of(one)), (one.recorded_at, one.snapshot or "")
        first_seen[key] = min(first_seen.get(key, seen), seen)
    versions: dict[str, tuple[datetime, str]] = {}
    for (doc, _), seen in first_seen.items():
        versions[doc] = max(versions.get(doc, seen), seen)
    return [
        one
        for one in newest
        if (seen := first_seen[one.doc, number_of(one)]) == versions[one.doc]
        or (one.snapshot is not None and seen[1] == versions[one.doc][1])
    ]


def _last_exact(reading: Reading, source: str) -> int:
    """The last day on which ``source`` printed the reading's own number; 0 where it never did."""
    days = (
        one.published.day.toordinal()
        for one in reading.members
        if one.source == source and one.figure.same_number(reading.best.figure)
    )
    return max(days, default=0)


def _precedence(word: Word, accepted: Mapping[int, datetime], source_rank: Mapping[str, int]) -> tuple[Any, ...]:
    """Smallest first: a person's word, the source's rank, the later publication, the better statement."""
    chosen = any(one.id in accepted for one in word.reading.members)
    rank = rank_of(word.said.source, source_rank)
    return not chosen, rank, -word.said.published.day.toordinal(), _preferred_first(word.said)


def rank_of(source: str, source_rank: Mapping[str, int]) -> int:
    """The smaller, the more trusted; a source that is not ranked comes after all that are."""
    return source_rank.get(source, max(source_rank.values(), default=0) + 1)


def _given_up(evidence: Sequence[Evidence], lead: Word) -> dict[Number, date]:
    """The numbers that the leading source has taken back, with the day on which it did."""
    own = [one for one in evidence if one.source == lead.said.source]
    held = {id(one) for one in lead.reading.members}
    kept = [one.published.day for one in own if id(one) in held]
    last_said: dict[Number, date] = {}
    for one in own:
        if id(one) not in held:
            last_said[number_of(one)] = max(one.published.day, last_said.get(number_of(one), date.min))
    return {number: min((day for day in kept if day >= last), default=last) for number, last in last_said.items()}


def _is_copy(one: Evidence, given_up: Mapping[Number, date]) -> bool:
    """A copy of the old figure from before its revision is a copy, not a disagreement."""
    return one.published.day < given_up.get(number_of(one), date.min)


def _own_evidence(reading: Reading) -> tuple[list[Evidence], list[Evidence]]:
    """The evidence for the figure, best first, and the rounder figures that its source has since refined."""
    best = reading.best
    refined: dict[Number, Evidence] = {}
    own: list[Evidence] = []
    for one in reading.members:
        earlier = one.source == best.source and one.doc != best.doc and one.published.day < best.published.day
        if earlier and not one.figure.same_number(best.figure) and not hedged(one.figure):
            refined.setdefault(number_of(one), one)
        else:
            own.append(one)
    return own, list(refined.values())


def _period(evidence: Sequence[Evidence]) -> Period:
    """The shortest way in which the same days are written: 2024 before 2024-01/2024-12."""
    return min((one.period for one in evidence), key=lambda period: (len(str(period)), str(period)))


def number_of(one: Evidence) -> Number:
    """What ``one`` prints, whatever its hedge."""
    return one.figure.value, one.figure.high, one.figure.unit


def _best_first(one: Evidence) -> tuple[Any, ...]:
    """For the lead among statements of one fact: the most exact, then the earliest."""
    return *vagueness(one.figure), one.published.day, one.kind is not Kind.OBSERVATION, *tie_break(one)


def _preferred_first(one: Evidence) -> tuple[Any, ...]:
    """For the choice between statements that differ: what is meant as the figure, then the most exact."""
    return one.kind is not Kind.OBSERVATION, *vagueness(one.figure), *tie_break(one)


def _newest_first(one: Evidence) -> tuple[Any, ...]:
    return -one.published.day.toordinal(), *tie_break(one)


def tie_break(one: Evidence) -> tuple[Any, ...]:
    """A total order by what is said; the store's id, which knows of arrival, only at the very end."""
    figure = one.figure
    return (
        one.source,
        one.doc,
        one.start,
        one.end,
        one.kind,
        figure.unit,
        str(figure.value),
        str(figure.high),
        figure.qualifier,
        figure.of or 0,
        one.quote,
        not one.accepted,
        -one.confidence,
        one.recorded_at,
        one.id,
    )
