"""A number looked at once more because somebody claims what it is: what the rules make of it there, or nothing.

Value, unit, area and period are the rules' own reading of that very place; a claim only says of which
indicator it is and of what kind. What comes of it is never accepted by itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tracker.domain.indicator import Catalogue
from tracker.domain.statement import Kind, Rule, Statement
from tracker.extract.binding import Binder, Candidate
from tracker.extract.decide import models
from tracker.extract.model import Document, Quantity, Span
from tracker.extract.passages import Passage
from tracker.extract.scene import set_scene
from tracker.extract.statements import figure_of, quote_of
from tracker.extract.timing import Timer, Timing

CLAIMED = Rule("claimed", "claimed by a second reader")
_LEVEL = ("level", "bare")
#: How a number may be read for a claim, what is tried first at the front: a promise may be one of a change.
_WAYS = {
    Kind.OBSERVATION: _LEVEL,
    Kind.REFERENCE: _LEVEL,
    Kind.TARGET: (*_LEVEL, "change"),
    Kind.FORECAST: (*_LEVEL, "change"),
    Kind.DELTA: ("change", *_LEVEL),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """That the number at ``place`` (code points of the document) is a figure of ``indicator``."""

    place: Span
    indicator: str
    kind: Kind


class SecondLook:
    """A document taken apart once, to hold claims against it."""

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        self._scene = set_scene(document, catalogue)
        self._binder = Binder(self._scene)
        self._timer = Timer(self._scene)
        self._indicators = {one.id: at for at, one in enumerate(self._scene.vocabulary.indicators)}
        self._numbers: dict[Span, tuple[Passage, Quantity]] = {}
        for passage in self._scene.passages:
            for quantity in passage.quantities:
                self._numbers.setdefault(passage.block.place(quantity.span), (passage, quantity))

    def numbers_within(self, place: Span) -> list[Span]:
        """Where the numbers stand whose digits or words lie whole in ``place``, in the order of the text."""
        found = []
        for whole, (passage, quantity) in self._numbers.items():
            number = passage.block.place(quantity.number)
            if place.start <= number.start and number.end <= place.end:
                found.append(whole)
        return sorted(found)

    def named(self) -> list[str]:
        """The ids of the indicators that anything in the document names, the one named most often first."""
        seen = Counter(mention.indicator for passage in self._scene.passages for mention in passage.mentions)
        return [self._scene.vocabulary.indicators[at].id for at, _ in seen.most_common()]

    def statement(self, claim: Claim) -> Statement | None:
        """What the rules read where the claim points; None where no number stands there or its unit vetoes."""
        there, number = self._numbers.get(claim.place), self._indicators.get(claim.indicator)
        if there is None or number is None:
            return None
        candidate = self._binder.claimed(*there, number, _WAYS[claim.kind])
        if candidate is None or candidate.subject.area is None:
            return None
        kind = self._kind(candidate, claim.kind)
        return None if kind is None else self._statement(candidate, candidate.subject.area, kind)

    def _kind(self, candidate: Candidate, claimed: Kind) -> Kind | None:
        """The kind as claimed, as far as the area allows it: of a comparator there are references only."""
        area, words = candidate.subject.area, self._scene.vocabulary
        if area in words.comparators:
            return Kind.REFERENCE if claimed in (Kind.OBSERVATION, Kind.REFERENCE) else None
        return claimed if area in words.indicators[candidate.indicator].scope else None

    def _statement(self, candidate: Candidate, area: str, kind: Kind) -> Statement:
        document = self._scene.document
        timing = self._timer.date(candidate.passage, candidate.quantity, candidate.indicator, models().timing)
        span = quote_of(document, candidate.passage, candidate.quantity)
        return Statement(
            doc=document.name,
            indicator=self._scene.vocabulary.indicators[candidate.indicator].id,
            area=area,
            kind=kind,
            figure=figure_of(self._scene, candidate, kind is Kind.DELTA or candidate.fit.how == "change"),
            period=timing.period,
            published=document.published,
            quote=document.text[span.start : span.end],
            start=span.start,
            end=span.end,
            confidence=0.0,
            accepted=False,
            base=_base(candidate, timing) if kind is Kind.DELTA else None,
            rules=(CLAIMED,),
        )


def _base(candidate: Candidate, timing: Timing) -> str | None:
    return str(timing.base) if timing.base is not None else candidate.subject.base
