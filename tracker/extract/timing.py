"""Which period a figure describes, and which one a change is measured from.

A date scopes its own clause and later clauses of the sentence; else the heading, the column or the
title that scopes the figure; else the sentence before while it reports the same. Nothing is invented.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.period import Period
from tracker.extract.candidates import headers_of
from tracker.extract.model import PeriodMention, Quantity, Role
from tracker.extract.passages import Passage
from tracker.extract.scene import Scene

_ADJACENT = 3
_NOW = frozenset(["hiên5", "now", "current", "currently", "present"])


@dataclass(frozen=True, slots=True)
class Timing:
    """``how``: right, left, sentence, after, column, row, above, heading, title, carried, none."""

    period: Period | None
    how: str
    base: Period | None = None
    mention: PeriodMention | None = None


class Timer:
    """Dates the numbers of one scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def date(self, passage: Passage, quantity: Quantity, *, coming: bool, topic: int | None) -> Timing:
        """The period of ``quantity``; ``coming`` for goals and forecasts, ``topic`` its indicator."""
        first, last = passage.token_span(quantity.span)
        sentence = passage.sentence_at(first)
        spans = [(mention, *passage.token_span(mention.span)) for mention in passage.periods]
        here = [each for each in spans if passage.sentence_at(each[1]) == sentence]
        base = self._base(passage, here, first, last)
        usable = [each for each in here if each[0] is not base and self._describes(passage, each, first, last)]
        chosen = self._within(passage, quantity, usable, first, last, coming)
        base_period = base.period if base else None
        if chosen is not None:
            return Timing(chosen[0].period, chosen[1], base_period, chosen[0])
        if self._present(passage, first, last) and not coming:
            return Timing(None, "now", base_period)
        outer = self._outside(passage, sentence, spans, coming, topic)
        return Timing(outer.period, outer.how, base_period, outer.mention)

    def _base(
        self, passage: Passage, here: list[tuple[PeriodMention, int, int]], first: int, last: int
    ) -> PeriodMention | None:
        """The date that follows a comparison right after the number, or stands before it as one."""
        for mention, low, _high in here:
            if low > last and low - last <= 8 and not self._numbers(passage, last, low):
                compared = mention.role is Role.AGAINST or self._compared(passage, last + 1, low)
                if compared:
                    return mention
        for mention, _low, high in reversed(here):
            if high < first and mention.role is Role.AGAINST and not self._numbers(passage, high, first):
                return mention
        return None

    @staticmethod
    def _compared(passage: Passage, low: int, high: int) -> bool:
        return any(cue.payload == "compare" for at in range(low, high) for cue in passage.cues.get(at, ()))

    @staticmethod
    def _numbers(passage: Passage, low: int, high: int) -> bool:
        return any(low < passage.token_span(each.number)[0] < high for each in passage.quantities if not each.noise)

    def _describes(
        self, passage: Passage, each: tuple[PeriodMention, int, int], first: int, last: int
    ) -> bool:
        mention, low, high = each
        if mention.period is None:
            return False
        return not (mention.role is Role.SINCE and not mention.to_date)

    def _within(
        self, passage: Passage, quantity: Quantity, here: list[tuple[PeriodMention, int, int]],
        first: int, last: int, coming: bool,
    ) -> tuple[PeriodMention, str] | None:
        left_own = left_far = right_own = right_near = None
        for each in here:
            mention, low, high = each
            if high < first:
                parted = any(passage.breaks[at] for at in range(high + 1, first + 1))
                left_far = each
                if not parted:
                    left_own = each
            elif low > last:
                parted = sum(1 for at in range(last + 1, low + 1) if passage.breaks[at])
                if self._numbers(passage, last, low):
                    continue
                if not parted and right_own is None:
                    right_own = each
                elif parted <= 1 and right_near is None and low - last <= _ADJACENT:
                    right_near = each
        if right_own is not None:
            gap = right_own[1] - last
            if left_own is None or gap <= _ADJACENT or self._numbers(passage, left_own[2], first):
                return right_own[0], "right"
        if left_own is not None and not (
            right_near is not None and self._numbers(passage, left_own[2], first)
        ):
            return left_own[0], "left"
        if right_near is not None and (left_far is None or self._numbers(passage, left_far[2], first)):
            return right_near[0], "after"
        if left_far is not None:
            return left_far[0], "sentence"
        return None

    @staticmethod
    def _present(passage: Passage, first: int, last: int) -> bool:
        low = first
        while low > 0 and passage.breaks[low] == 0:
            low -= 1
        return any(passage.keys[at] in _NOW for at in range(low, first))

    def _outside(
        self, passage: Passage, sentence: int, spans: list[tuple[PeriodMention, int, int]], coming: bool,
        topic: int | None,
    ) -> Timing:
        if passage.block.cell is not None:
            rows, columns, above = headers_of(self._scene, passage)
            for how, headers in (("column", columns), ("row", rows), ("above", above)):
                found = self._joined(headers)
                if found is not None:
                    return Timing(found.period, how, None, found)
        carried = self._earlier(passage, sentence, spans, topic)
        scoped = self._scoped(passage)
        if carried is not None and (topic is None or self._same_topic(passage, sentence, topic)):
            return carried
        if scoped is not None:
            return scoped
        return Timing(None, "none")

    def _same_topic(self, passage: Passage, sentence: int, topic: int) -> bool:
        """Whether this sentence names nothing new, or the indicator that was named before."""
        here = passage.sentences[sentence]
        named = {m.indicator for m in passage.mentions if here.first <= m.first < here.last and m.weight > 0.5}
        return not named

    def _earlier(
        self, passage: Passage, sentence: int, spans: list[tuple[PeriodMention, int, int]], topic: int | None
    ) -> Timing | None:
        for number in range(sentence - 1, -1, -1):
            for mention, low, _high in reversed(spans):
                if passage.sentence_at(low) == number and mention.period is not None and mention.role is not Role.AGAINST:
                    return Timing(mention.period, "carried", None, mention)
        return None

    def _joined(self, headers: list[Passage]) -> PeriodMention | None:
        for header in headers:
            for mention in header.periods:
                if mention.period is not None:
                    return mention
        return None

    def _scoped(self, passage: Passage) -> Timing | None:
        for scope in self._scene.scopes(passage):
            for mention in reversed(scope.periods):
                if mention.period is not None and mention.role is not Role.AGAINST:
                    return Timing(mention.period, "heading", None, mention)
        return None
