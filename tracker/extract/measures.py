"""What else is measured: "lợi nhuận 6.115 tỷ" in a text about assets is no figure of assets.

Measures have names that any trade shares. Where one heads the words of a number, an indicator that
those words do not name has no part in it, however often the text speaks of it elsewhere.
"""

from __future__ import annotations

from tracker.domain.figure import Unit
from tracker.extract import lexicon
from tracker.extract.keys import phrase
from tracker.extract.model import Quantity
from tracker.extract.passages import Passage
from tracker.extract.vocabulary import Vocabulary


class Measures:
    """Tells of a number whether its clause measures something that an indicator's names do not hold."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._heads = lexicon.measures(vocabulary.plain)

    def another(self, passage: Passage, quantity: Quantity, indicator: int) -> bool:
        """Whether a measure stands between the number before, or the clause's start, and this number."""
        first, _ = passage.token_span(quantity.number)
        low = _since(passage, first)
        if any(each.indicator == indicator and low <= each.last and each.first < first for each in passage.mentions):
            return False
        words = self._vocabulary.words_of[indicator]
        if quantity.unit in _TOTALS and words.isdisjoint(_EACH) and not _EACH.isdisjoint(passage.keys[low:first][-4:]):
            return True
        worth = self._vocabulary.indicators[indicator].unit in (Unit.USD, Unit.VND)
        hits = [
            tuple(passage.keys[low + hit.first : low + hit.last + 1])
            for hit in self._heads.find(passage.keys[low:first])
        ]
        return bool(hits) and not any(words.issuperset(hit) or (worth and hit in _WORTH) for hit in hits)


def _since(passage: Passage, first: int) -> int:
    """Where a number's own words begin: after the clause's start, the number before and what that one counts."""
    low = passage.clause_first[first]
    for other in reversed(passage.quantities):
        start, end = passage.token_span(other.span)
        if start < low:
            break
        if start < first and not other.noise:
            return min(first, end + 1 + (len(other.noun.split()) or _COUNTED))
    return low


_WORTH = frozenset(phrase(text) for text in ("giá trị", "trị giá", "the value", "by value", "in value"))
_COUNTED = 2
_TOTALS = (None, "VND", "USD")
_EACH = frozenset(phrase("mỗi"))
