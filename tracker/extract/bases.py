"""Which date a change, or a level, is measured from."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.period import Precision
from tracker.extract.keys import phrase
from tracker.extract.model import PeriodMention, Quantity, Role
from tracker.extract.passages import Passage

#: How many tokens after a number the date may stand that it is measured from; nearer for what was multiplied.
_REACH, _TIMES_REACH = 9, 6
_BESIDE = 3
_OPENING = 6
_BEYOND = frozenset(phrase("below above since than"))


@dataclass(frozen=True, slots=True)
class Place:
    """A number in its passage: tokens it covers, its sentence, whether it is planned, a change, dated before."""

    passage: Passage
    quantity: Quantity
    first: int
    last: int
    sentence: int
    planned: bool
    change: bool
    dated: bool = False


def compared_date(place: Place) -> PeriodMention | None:
    """The date that a change is compared with: after it, or before it as a comparison."""
    if not place.change:
        return None
    passage = place.passage
    for mention in passage.periods:
        low, _ = passage.token_span(mention.span)
        if low > place.last and low - place.last <= _REACH and not passage.figures_between(place.last, low):
            if passage.sentence_at(low) != place.sentence:
                break
            if mention.role in (Role.AGAINST, Role.SINCE) or compared(passage, place.last + 1, low):
                return mention
            if place.quantity.unit == "times" and low - place.last <= _TIMES_REACH and not _of_years(mention):
                return mention
            if (
                low - place.last == 2
                and passage.keys[low - 1] == "on"
                and mention.period is not None
                and mention.period.precision is not Precision.DAY
            ):
                return mention
    for mention in reversed(passage.periods):
        _, high = passage.token_span(mention.span)
        before = high < place.first and passage.sentence_at(high) == place.sentence and mention.role is Role.AGAINST
        if before and (not passage.figures_between(high, place.first) or _opens(place, high)):
            return mention
    return None


def _opens(place: Place, high: int) -> bool:
    """Whether a comparison opens the sentence of a change: "So với năm 2016, khi còn ở bậc 59, đó là 15 bậc"."""
    passage = place.passage
    first = passage.sentences[place.sentence].first
    return high - first <= _OPENING and compared(passage, first, first + 1)


def level_base(place: Place) -> PeriodMention | None:
    """The year that a level itself is measured against: "37 % below 1990"."""
    passage = place.passage
    for mention in passage.periods:
        low, _ = passage.token_span(mention.span)
        if 1 < low - place.last <= _BESIDE and passage.keys[low - 1] in _BEYOND:
            return mention
    return None


def _of_years(mention: PeriodMention) -> bool:
    """Whether a date spans years: what a change took ("gấp 3 lần trong 5 năm qua"), not what it is measured from."""
    period = mention.period
    return period is not None and period.end.year > period.start.year


def compared(passage: Passage, low: int, high: int) -> bool:
    """Whether a word of comparing begins at the tokens from ``low`` up to ``high``, the latter left out."""
    return any(cue.payload == "compare" for at in range(low, high) for cue in passage.cues.get(at, ()))
