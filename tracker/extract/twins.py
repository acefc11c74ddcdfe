"""Ranks of one thing in two fields: "thứ 11 châu Á, đứng thứ 45 toàn cầu" where the catalogue tracks both.

The second rank names only its field; what is ranked was said once, with the first.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.figure import Unit
from tracker.extract.binding import Candidate
from tracker.extract.passages import Passage

_NEAR = 2
_ALIKE = 0.5


def twin(before: Candidate, candidates: Sequence[Candidate], words_of: Sequence[frozenset[str]]) -> Candidate | None:
    """The candidate that ranks what ``before`` ranks in the field named right after the number, if just one does."""
    found = [each for each in candidates if each.fit.unit == Unit.RANK.value and _same_sentence(before, each)]
    if not found or before.fit.unit != Unit.RANK.value:
        return None
    field = _field(found[0].passage, found[0].passage.token_span(found[0].quantity.number)[1])
    known = words_of[before.indicator]
    if not field or field <= known:
        return None
    twins = [
        each
        for each in found
        if field <= words_of[each.indicator]
        and len(known & words_of[each.indicator]) >= _ALIKE * min(len(known), len(words_of[each.indicator]))
    ]
    return twins[0] if len(twins) == 1 and twins[0].subject.area == before.subject.area else None


def _same_sentence(one: Candidate, other: Candidate) -> bool:
    passage = one.passage
    if passage is not other.passage:
        return False
    places = (passage.token_span(each.quantity.number)[0] for each in (one, other))
    first, second = (passage.sentence_at(place) for place in places)
    return first == second


def _field(passage: Passage, last: int) -> set[str]:
    """The words of the region that follows a rank at once; empty without one."""
    for mention in passage.areas:
        if 0 < mention.first - last <= _NEAR and not passage.parted(last + 1, mention.first + 1):
            return set(passage.keys[mention.first : mention.last + 1])
    return set()
