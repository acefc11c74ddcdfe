"""Figures that go on from the one before without naming what they are of: "It was 4.6 in 2019", "against 52 in May".

A text names its subject once and then speaks of it by pronouns, by "the rate", or by nothing at all. Whether a number
that nothing near claims goes on with the figure read before it is weighed by trees, from how the two stand to each
other: how far apart, alike in unit and size, what is named in between, how its own clause begins.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from tracker.extract.binding import Candidate
from tracker.extract.clauses import cue, numbers_between
from tracker.extract.decide import Features
from tracker.extract.decided import Decided
from tracker.extract.model import BlockKind, Quantity
from tracker.extract.movement import CHANGES
from tracker.extract.passages import Passage

_AHEAD = 3
_NAMED = 0.3
_CUES = (
    *("pronoun", "target", "forecast", "against", "up", "down", "level"),
    *("negation", "average", "subgroup", "contrast"),
)
_OWN = (
    *("novel_left", "novel_right", "noun_match", "carried_novel", "local_novel", "territory_named", "territory_other"),
    *("territory_unnamed_novel", "subgroup", "modifier", "alien", "strength", "union", "margin", "numbers_in_clause"),
    *("small_whole", "like_a_year", "labelled", "foreign_office", "question", "outside", "growth_unmoved"),
    *("level_moved", "unlike", "per_none", "per_match", "other_topic", "local_topic", "carried_topic", "distance"),
    *("nearest_other", "rival_between", "over_100"),
)


@dataclass(slots=True)
class Chain:
    """The figure read last and what was passed over since, while a document is read in order.

    ``other``: how likely a number passed over was of another indicator.
    """

    last: Decided | None = None
    over: list[Quantity] = field(default_factory=list)
    other: float = 0.0

    def read(self, told: Decided) -> None:
        """Go on from this figure."""
        self.last, self.over, self.other = told, [], 0.0

    def passed(self, quantity: Quantity, other: float) -> None:
        """A number that was not read, and how likely it was of another indicator."""
        self.over.append(quantity)
        self.other = max(self.other, other)

    def reached(self, passage: Passage) -> Decided | None:
        """The figure read last where a passage stands near enough to it; cells say their own."""
        if self.last is None or passage.block.cell is not None or passage.block.kind is BlockKind.DATELINE:
            return None
        before = self.last.candidate.passage
        near = before.block.cell is None and 0 <= passage.index - before.index <= _AHEAD
        return self.last if near else None

    def features(self, last: Decided, candidate: Candidate, sure: float, rival: float) -> Features:
        """How a number stands to the figure read last; ``sure`` by its own words, ``rival`` of another indicator."""
        found = {f"own_{name}": candidate.features.get(name, 0.0) for name in _OWN}
        found |= {"sure": _odds(sure), "rival": _odds(rival), "before": last.bound}
        found |= {
            "over": min(4.0, float(len(self.over))),
            "over_alike": min(4.0, float(sum(each.unit == candidate.quantity.unit for each in self.over))),
            "over_other": self.other,
            "promised": float(last.kind.value in ("target", "forecast")),
        }
        before = last.candidate
        return (
            found | _alike(before, candidate) | _apart(before, candidate) | _size(before, candidate) | _said(candidate)
        )


def _odds(probability: float) -> float:
    return max(-4.0, min(4.0, math.log(max(probability, 1e-6) / max(1 - probability, 1e-6))))


def _alike(before: Candidate, candidate: Candidate) -> Features:
    """Unit, counted thing and area of the one against those of the other."""
    quantity = candidate.quantity
    return {
        "alike": float(candidate.fit.unit == before.fit.unit and candidate.fit.how == before.fit.how),
        "same_unit": float(quantity.unit == before.quantity.unit),
        "bare": float(candidate.fit.how == "bare"),
        "change": float(candidate.fit.how == "change"),
        "after_change": float(before.fit.how == "change"),
        "noun": float(bool(quantity.noun)),
        "same_noun": float(bool(quantity.noun) and quantity.noun == before.quantity.noun),
        "recalled": float(candidate.channel == "thread"),
        "same_area": float(candidate.subject.area == before.subject.area),
        f"area_{candidate.subject.how}": 1.0,
        f"channel_{candidate.channel}": 1.0,
    }


def _apart(before: Candidate, candidate: Candidate) -> Features:
    """How far the two stand from each other, and how well another indicator is named in between."""
    passage = candidate.passage
    at = passage.token_span(candidate.quantity.number)[0]
    sentence = passage.sentence_at(at)
    here = passage is before.passage
    then = passage.token_span(before.quantity.number)[0] if here else -1
    named = [each.quality for each in passage.mentions if then < each.first < at and each.indicator != before.indicator]
    found = {"other_since": max(named, default=0.0)}
    if here:
        back = sentence - passage.sentence_at(then)
        return found | {"here": 1.0, "sentences": min(4.0, float(back)), "same_sentence": float(back == 0)}
    return found | {
        "sentences": min(4.0, 1.0 + sentence),
        "blocks": float(passage.index - before.passage.index),
        "same_scope": float(passage.block.scope == before.passage.block.scope),
        f"kind_{passage.block.kind.value}": 1.0,
    }


def _size(before: Candidate, candidate: Candidate) -> Features:
    """How far apart two levels are in powers of ten."""
    if "change" in (before.fit.how, candidate.fit.how):
        return {}
    old, new = (abs(float(each.quantity.value * each.fit.scale)) for each in (before, candidate))
    if not old or not new:
        return {"size_zero": 1.0}
    return {"size_known": 1.0, "size_apart": min(3.0, abs(math.log10(new / old))), "size_same": float(new == old)}


def _said(candidate: Candidate) -> Features:
    """What the number's own clause and sentence say, and what they name."""
    passage, quantity = candidate.passage, candidate.quantity
    first, last = passage.token_span(quantity.span)
    sentence = passage.sentences[passage.sentence_at(first)] if passage.sentences else None
    low, high = (sentence.first, sentence.last) if sentence else (0, len(passage.keys))
    opens, closes = passage.clause_first[first], passage.clause_last[last]
    found = {f"{name}_left": float(cue(passage, name, opens, first)) for name in _CUES}
    found |= {f"{name}_sentence": float(cue(passage, name, low, first)) for name in _CUES}
    here = [each for each in passage.mentions if low <= each.first < high]
    others = [each for each in here if each.indicator != candidate.indicator]
    return found | {
        "named": max((each.quality for each in here if each.indicator == candidate.indicator), default=0.0),
        "other_named": max((each.quality for each in others), default=0.0),
        "other_in_clause": float(any(opens <= each.first < first and each.quality >= _NAMED for each in others)),
        "first_in_sentence": float(not numbers_between(passage, quantity, low - 1, first)),
        "dated": float(any(opens <= passage.token_at(each.span.start) < closes for each in passage.periods)),
        "words_before": min(12.0, float(first - max(low, opens))) / 4,
        "pp": float(quantity.unit in CHANGES),
        "percent": float(quantity.unit == "percent"),
        "unitless": float(quantity.unit is None),
    }
