"""Which of the values a document states is its latest, and which are only looked back at.

A document may state thousands; every question is asked of its group (an indicator in an area) by lists made once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta

from tracker.domain.figure import Qualifier
from tracker.domain.period import Period
from tracker.domain.statement import Kind
from tracker.extract.model import Shape
from tracker.extract.statements import Draft, compared_with

_CURRENT_DAYS = 366
_MONTH_DAYS = 31
_ELAPSED = 0.7
_DOUBT = 0.25


def observed_or_reference(drafts: list[Draft], published: date | None, comparators: frozenset[str]) -> list[Draft]:
    """Rule 4: the latest dated value of an indicator and area, and undated ones, are observations.

    The start of a "from ... to" is earlier than its end whatever the dates say.
    """
    drafts = [_expected(draft, published) for draft in drafts]
    members: dict[tuple[int, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.kind is Kind.OBSERVATION:
            members[draft.candidate.indicator, draft.area].append(draft)
    groups = {key: _Group(each, published) for key, each in members.items()}
    bases = _bases_of_changes(drafts)
    settled = []
    for draft in drafts:
        if draft.kind is not Kind.OBSERVATION:
            settled.append(draft)
            continue
        group = groups[draft.candidate.indicator, draft.area]
        period, earlier = draft.period, group.later_known(draft)
        if group.starts_from(draft) or (period is not None and _base_key(draft, str(period)) in bases):
            earlier = True
            period = None if group.periods[period] > 1 else period
        kind = Kind.REFERENCE if earlier or draft.area in comparators else Kind.OBSERVATION
        settled.append(replace(draft, kind=kind, period=period))
    return settled


def _expected(draft: Draft, published: date | None) -> Draft:
    """An estimate for a period that goes on after the month of publication is what is expected of it."""
    if published is None or draft.period is None or draft.kind is not Kind.OBSERVATION:
        return draft
    end = draft.period.end
    if draft.figure.qualifier is not Qualifier.ESTIMATED or (end.year, end.month) <= (published.year, published.month):
        return draft
    return replace(draft, kind=Kind.FORECAST)


def _base_key(draft: Draft, base: str) -> tuple[int, str, int, str]:
    return draft.candidate.indicator, draft.area, id(draft.candidate.passage), base


def _bases_of_changes(drafts: list[Draft]) -> set[tuple[int, str, int, str]]:
    """What changes are measured from, each in its passage."""
    return {
        _base_key(draft, draft.base)
        for draft in drafts
        if draft.kind is Kind.DELTA and draft.base is not None and draft.base != str(draft.period)
    }


class _Group:
    """The observed values of one indicator in one area."""

    def __init__(self, drafts: list[Draft], published: date | None) -> None:
        self._published = published
        self.periods = Counter(draft.period for draft in drafts)
        self._in_passage: dict[int, list[Draft]] = defaultdict(list)
        self._short: dict[date, set[Period]] = defaultdict(set)
        for draft in drafts:
            self._in_passage[id(draft.candidate.passage)].append(draft)
            if draft.period is not None and draft.period.days <= _MONTH_DAYS:
                self._short[draft.period.end].add(draft.period)
        self._rank(sorted(drafts, key=lambda draft: -draft.sure))
        self._top = self._latest(len(drafts))

    def _rank(self, drafts: list[Draft]) -> None:
        """From the surest down: the latest end among the first so many, and whether one of them is undated."""
        self._doubts = [-draft.sure for draft in drafts]
        self._ends: list[date | None] = [None]
        self._undated = [False]
        for draft in drafts:
            end, top = self._end(draft), self._ends[-1]
            self._ends.append(end if top is None or (end is not None and end > top) else top)
            self._undated.append(self._undated[-1] or draft.period is None)

    def _end(self, draft: Draft) -> date | None:
        period = draft.period
        if period is None or draft.candidate.quantity.shape is Shape.FROM:
            return None
        if self._published is not None and period.start > self._published:
            return None
        return None if _barely_begun(period, self._published) else period.end

    def _latest(self, count: int) -> date | None:
        top, published = self._ends[count], self._published
        if top is None or published is None or not self._undated[count]:
            return top
        return published if top < published - timedelta(days=_CURRENT_DAYS) else top

    def later_known(self, draft: Draft) -> bool:
        """Whether another value, surer or about as sure, describes a later time."""
        surer = self._latest(bisect_right(self._doubts, _DOUBT - draft.sure))
        top = min(self._top, surer) if self._top is not None and surer is not None else surer
        if draft.period is None or top is None or top <= draft.period.end:
            return False
        return not self._within(draft.period, top)

    def _within(self, period: Period, top: date) -> bool:
        """A day inside the month that is the latest is not earlier than it."""
        return any(
            each.start <= period.start and period.end <= each.end and each != period for each in self._short[top]
        )

    def starts_from(self, draft: Draft) -> bool:
        """Whether the figure is what another one is compared with: "from 8", "so với 8"."""
        passage, quantity = draft.candidate.passage, draft.candidate.quantity
        others = [other for other in self._in_passage[id(passage)] if other is not draft]
        if others and quantity.shape is Shape.FROM:
            return True
        first, _ = passage.token_span(quantity.span)
        before = any(passage.token_span(other.candidate.quantity.span)[0] < first for other in others)
        if not before and not self._looks_back(draft, first):
            return False
        return compared_with(draft)

    def _looks_back(self, draft: Draft, first: int) -> bool:
        """Whether the figure is of a time that is over and follows a number in its sentence, read or not."""
        if draft.period is None or self._published is None or draft.period.end >= self._published:
            return False
        passage = draft.candidate.passage
        return passage.figures_between(passage.sentences[passage.sentence_at(first)].first - 1, first) > 0


def _barely_begun(period: Period, published: date | None) -> bool:
    """A running period that is far from over: no figure of it can be known yet."""
    if published is None or not period.contains(published):
        return False
    return (published - period.start).days < _ELAPSED * period.days and period.days > _MONTH_DAYS
