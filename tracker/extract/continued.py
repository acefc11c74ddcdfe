"""Goals and forecasts that leave out what they are of: "They now expect 80 by 2027", after a figure of today.

Whoever promises or expects seldom names the measure again; the figure read before says what it is. Only a number that
nothing else claims is read so, and only where its own words say that it is promised or expected.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.statement import Kind
from tracker.extract.binding import Candidate
from tracker.extract.decided import Decided
from tracker.extract.keys import phrase
from tracker.extract.model import Quantity
from tracker.extract.passages import Passage

Likely = Sequence[tuple[Candidate, float]]

_AHEAD = 2
_LEAST = 0.1
_NAMED = 0.3
_SAID = ("{}_left_own", "{}_left_clause", "{}_left_past")
_WHETHER = frozenset(phrase("whether liệu"))


class Thread:
    """What a text is speaking of while its numbers are read in order: the figure read last, what was passed over."""

    def __init__(self) -> None:
        self._last: Decided | None = None
        self._over: set[tuple[int, int, str | None]] = set()

    def read(self, told: Decided) -> None:
        """Take up the thread of a figure."""
        self._last = told
        self._over = set()

    def passed(self, passage: Passage, quantity: Quantity, likely: Likely) -> None:
        """Pass over a number that was not read; one like a figure, but rather of something else, cuts the thread."""
        if self._last is None:
            return
        alike = quantity.unit == self._last.candidate.quantity.unit
        if alike and likely and likely[0][0].indicator != self._last.candidate.indicator:
            self._last = None
        self._over.add(_sentence(passage, quantity))

    def continues(self, likely: Likely) -> tuple[Candidate, float] | None:
        """The likeliest reading of a number, where it is of the indicator read last and the sentence of no other."""
        if self._last is None or not likely:
            return None
        before, (best, probability) = self._last.candidate, likely[0]
        alike = best.fit.unit == before.fit.unit or (before.fit.how == "change" and best.fit.how != "change")
        if best.indicator != before.indicator or not alike or probability < _LEAST or best.subject.area is None:
            return None
        if best.quantity.noun or _sentence(best.passage, best.quantity) in self._over:
            return None
        return likely[0] if _follows(before.passage, best.passage) and not _of_another(best) else None


def promised(each: Decided) -> bool:
    """Whether words before the number, in its own sentence, make it a goal or a forecast."""
    if each.kind not in (Kind.TARGET, Kind.FORECAST):
        return False
    return any(each.kind_features.get(name.format(each.kind.value)) for name in _SAID)


def _sentence(passage: Passage, quantity: Quantity) -> tuple[int, int, str | None]:
    """A sentence of the document, for the numbers of one unit."""
    return id(passage), passage.sentence_at(passage.token_span(quantity.number)[0]), quantity.unit


def _follows(before: Passage, here: Passage) -> bool:
    """Whether a passage is the same or comes soon after, under the same headings; cells say their own."""
    if before.block.cell is not None or here.block.cell is not None:
        return False
    return before is here or (0 <= here.index - before.index <= _AHEAD and before.block.scope == here.block.scope)


def asks(passage: Passage, at: int) -> bool:
    """Whether the clause only asks up to a word: "whether it will be 44"."""
    return not _WHETHER.isdisjoint(passage.keys[passage.clause_first[at] : at])


def _of_another(candidate: Candidate) -> bool:
    """Whether the sentence asks, lists, or names another indicator."""
    passage = candidate.passage
    first = passage.token_span(candidate.quantity.number)[0]
    sentence = passage.sentence_at(first)
    if any(passage.sentence_at(at) == sentence for at in passage.cue_places.get("respectively", ())):
        return True
    return asks(passage, first) or any(
        mention.indicator != candidate.indicator
        and mention.quality >= _NAMED
        and passage.sentence_at(mention.first) == sentence
        for mention in passage.mentions
    )
