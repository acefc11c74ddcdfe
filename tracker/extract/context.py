"""What else stands around a number and a name: words nobody explains, rivals, regions, modifiers."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from tracker.domain.figure import Unit
from tracker.extract.areas import ALSO, HOME, LOCALITY
from tracker.extract.candidates import Fit, headers_of
from tracker.extract.clauses import clause_end, clause_start, cue, numbers_between
from tracker.extract.decide import Features
from tracker.extract.denominators import denominators, denominators_of
from tracker.extract.evidence import Evidence, Witnesses, far
from tracker.extract.keys import phrase
from tracker.extract.model import Quantity, Shape
from tracker.extract.movement import direction, movement
from tracker.extract.passages import AreaMention, Mention, Passage
from tracker.extract.scene import Scene
from tracker.extract.vocabulary import UNLISTED


class Surroundings:
    """Features of a number and an indicator that are not about where the indicator is named."""

    def __init__(self, scene: Scene, witnesses: Witnesses) -> None:
        self._scene = scene
        self._is_other = witnesses.is_other
        self._natures = scene.vocabulary.natures
        self._regions = scene.vocabulary.regions
        self._worldwide = scene.vocabulary.worldwide
        self._known: dict[int, set[int]] = {}
        self._unexplained: dict[int, list[int]] = {}

    def around(self, passage: Passage, quantity: Quantity, number: int, own: Evidence) -> Features:
        """Distance to the nearest naming, words nobody explains, modifiers that the names do not have."""
        first, last = passage.token_span(quantity.number)
        words_of = self._scene.vocabulary.words_of[number]
        features: Features = {}
        low = clause_start(passage, first)
        high = min(clause_end(passage, last), last + 9)
        features["subgroup"] = self._subgroups(passage, first, last, words_of)
        left = self._novel(passage, low, first, words_of)
        right = self._novel(passage, last + 1, high, words_of)
        features["novel"] = min(8.0, float(left + right)) / 4
        features["novel_left"] = min(6.0, float(left)) / 3
        features["novel_right"] = min(6.0, float(right)) / 3
        features["noun_match"] = float(
            any(
                at <= last + 4
                and passage.keys[at] in words_of
                and passage.keys[at] not in self._scene.vocabulary.function
                for at in range(last + 1, high)
            )
        )
        if own.nearest is not None:
            features |= self._from_name(passage, own.nearest, number, (first, last))
        features["other_topic"] = float(
            any(
                other.indicator != number
                and other.quality > 0.5
                and passage.sentence_at(other.first) == passage.sentence_at(first)
                for other in passage.mentions
            )
        )
        return features

    def _from_name(self, passage: Passage, mention: Mention, number: int, place: tuple[int, int]) -> Features:
        """What lies between a number and the nearest naming, and beside that."""
        first, last = place
        words_of = self._scene.vocabulary.words_of[number]
        features: Features = {}
        features["distance"] = math.log1p(far(mention, first, last))
        features["gap"] = min(4.0, mention.gap) / 2
        features["alien"] = self._alien(passage, mention, words_of, self._explained(passage))
        features["modifier"] = float(
            any(
                passage.keys[at] not in words_of and not (mention.first <= at <= mention.last and mention.exact)
                for at in _limits(passage, mention.first - 2, mention.last + 4)
            )
        )
        features["nearest_other"] = float(self._is_other(passage, mention))
        features["rival_between"] = float(
            any(
                other.indicator != number
                and other.weight >= 0.5
                and min(mention.last, last) < other.first
                and other.last < max(mention.first, first)
                for other in passage.mentions
            )
        )
        return features

    def territory(self, passage: Passage, quantity: Quantity, number: int, local: bool) -> Features:
        """The words since the number before (or the sentence's start): whose are they?"""
        first, _ = passage.token_span(quantity.span)
        low = passage.sentences[passage.sentence_at(first)].first if passage.sentences else 0
        before = bisect_left(passage.figure_ends, first)
        if before:
            low = max(low, passage.figure_ends[before - 1] + 1)
        words_of = self._scene.vocabulary.words_of[number]
        novel = self._novel(passage, low, first, words_of)
        named = other_named = 0.0
        for mention in passage.mentions:
            if low <= mention.first and mention.last < first:
                quality = mention.quality
                if mention.indicator == number:
                    named = max(named, quality)
                else:
                    other_named = max(other_named, quality)
        place = "local" if local else "carried"
        return {
            f"territory_novel_{place}": min(8, novel) / 4,
            "territory_named": named,
            "territory_other": max(0.0, other_named - named),
            f"territory_empty_{place}": float(novel == 0),
            "territory_unnamed_novel": min(8, novel) / 4 if named < 0.3 else 0.0,
        }

    def headers(self, passage: Passage, number: int) -> Features:
        """Words of the row's and the column's headers that the indicator's names do not have."""
        if passage.block.cell is None:
            return {}
        words_of = self._scene.vocabulary.words_of[number]
        rows, columns, above = headers_of(self._scene, passage)
        features: Features = {"header_other": float(self._counts_another((*rows, *columns, *above[:1]), number))}
        for name, headers in (("row", rows), ("column", columns)):
            novel = matched = 0
            for header in headers:
                explained = self._explained(header)
                for at, word in enumerate(header.keys):
                    if word in words_of:
                        matched += 1
                    elif at not in explained:
                        novel += 1
            features[f"{name}_novel"] = min(6, novel) / 3
            features[f"{name}_alien"] = float(novel > 0 and not matched)
            features["header_other"] = features.get("header_other", 0.0) or float(
                any(
                    mention.indicator == number and self._is_other(header, mention)
                    for header in headers
                    for mention in header.mentions
                )
            )
        return features

    def _counts_another(self, headers: Sequence[Passage], number: int) -> bool:
        """Whether a header counts things that the names of a rate or a sum do not hold: "Number of cuts"."""
        indicator = self._scene.vocabulary.indicators[number]
        words_of = self._scene.vocabulary.words_of[number]
        if indicator.unit is Unit.COUNT:
            return False
        for header in headers:
            if denominators(header.block.text) & denominators_of(indicator):
                continue
            for at in range(min(_OPENING, len(header.keys) - 2)):
                if tuple(header.keys[at : at + 2]) == _NUMBER_OF:
                    rest = header.keys[at + 2 : at + 5]
                    things = takewhile(lambda word: word not in _BEFORE_BASE, rest)
                    return words_of.isdisjoint(things)
        return False

    def field(self, passage: Passage, quantity: Quantity, number: int) -> Features:
        """A rank within a region, against the regions that the indicator's own names hold."""
        if quantity.unit != "rank" and quantity.shape not in (Shape.RANK, Shape.TOP, Shape.OUT_OF):
            return {}
        first, last = passage.token_span(quantity.span)
        sentence = passage.sentence_at(first)
        words_of = self._scene.vocabulary.words_of[number]
        match = unlike = False
        beside = {id(area) for area in passage.areas if _right_after(passage, last, area)}
        for area in passage.areas:
            named = all(key in words_of for key in passage.keys[area.first : area.last + 1])
            if id(area) in beside and area.area in self._worldwide:
                match, unlike = match or named, unlike or (self._regions[number] and not named)
                continue
            if passage.sentence_at(area.first) != sentence or area.area in self._worldwide:
                continue
            if area.area not in self._scene.vocabulary.comparators and area.area != UNLISTED:
                continue
            before = (
                not beside
                and area.role == "field"
                and area.last < first
                and not numbers_between(passage, quantity, area.last, first)
            )
            if id(area) in beside or before:
                match, unlike = match or named, unlike or not named
        return {
            "region_match": float(match),
            "region_unlike": float(unlike),
            "retracted": float(unlike and not match),
            "region_missing": float(bool(self._regions[number]) and not match),
        }

    def by_nature(self, passage: Passage, quantity: Quantity, number: int, own: Evidence, fit: Fit) -> Features:
        """What kind of measure the indicator is, against how the number is used."""
        _first, last = passage.token_span(quantity.number)
        nature = self._natures[number]
        features: Features = {}
        if fit.unit == "percent_change":
            moved = direction(passage, quantity) != 0
            features["change_moved" if moved else "change_unmoved"] = 1.0
            features["change_unlike"] = float(cue(passage, "unlike", last + 1, last + 4))
            if not moved and self._of_plan(passage, last):
                features["retracted"] = 1.0
        if fit.how == "change" and quantity.unit == "points" and self._scene.vocabulary.units[number] is Unit.PERCENT:
            features["retracted"] = float(not _steps(passage, quantity))
        if fit.unit == "percent":
            moved = movement(passage, quantity, level=True).sign != 0
            if nature.growth:
                features["growth_moved" if moved else "growth_unmoved"] = 1.0
                if own.nearest is not None and 0 < own.nearest.first - last <= 2:
                    features["growth_denominator"] = 1.0
                    if not moved and own.nearest.first == last + 1 and not cue(passage, "growth", last + 1, last + 2):
                        features["retracted"] = 1.0
            elif moved:
                features["level_moved"] = 1.0
            if not nature.plan_ratio and cue(passage, "unlike", last + 1, last + 4):
                features["unlike"] = 1.0
                if self._of_plan(passage, last) and not _promised(passage, quantity):
                    features["retracted"] = 1.0
            if nature.plan_ratio and cue(passage, "unlike", last + 1, last + 4):
                features["plan_ratio"] = 1.0
        if fit.unit == "ratio":
            per = any(word in self._scene.vocabulary.words_of[number] for word in phrase(quantity.per))
            features["per_match" if per else "per_none"] = 1.0
        return features

    @staticmethod
    def _of_plan(passage: Passage, last: int) -> bool:
        """Whether "of the plan" follows at once: a ratio of achievement, not a level."""
        end = min(last + 3, len(passage.keys))
        return any(
            hit.payload == "unlike"
            for at in range(last + 1, end)
            if not any(passage.breaks[last + 1 : at + 1])
            for hit in passage.cues.get(at, ())
        )

    def _subgroups(self, passage: Passage, first: int, last: int, words_of: frozenset[str]) -> float:
        found = _limits(passage, clause_start(passage, first), clause_end(passage, last))
        return min(2.0, float(sum(passage.keys[at] not in words_of for at in found)))

    def _alien(self, passage: Passage, mention: Mention, words_of: frozenset[str], explained: set[int]) -> float:
        """Unexplained words right beside the naming, before any break: "xuất khẩu thủy sản"."""
        count = 0.0
        for step, start in ((1, mention.last + 1), (-1, mention.first - 1)):
            at = start
            for _ in range(3):
                if not 0 <= at < len(passage.keys) or passage.breaks[at + (step < 0)]:
                    break
                if at in explained or passage.keys[at] in words_of:
                    break
                count += 1.0
                at += step
        inner = [
            at for at in range(mention.first, mention.last) if at not in explained and passage.keys[at] not in words_of
        ]
        return min(4.0, count + len(inner)) / 2

    def _novel(self, passage: Passage, low: int, high: int, words_of: frozenset[str]) -> int:
        """How many words from ``low`` up to ``high`` nothing accounts for, nor the names."""
        known = self._unexplained.get(id(passage))
        if known is None:
            explained = self._explained(passage)
            known = self._unexplained[id(passage)] = [at for at in range(len(passage.keys)) if at not in explained]
        keys = passage.keys
        return sum(keys[at] not in words_of for at in known[bisect_left(known, low) : bisect_left(known, high)])

    def _explained(self, passage: Passage) -> set[int]:
        """Words that names, dates, numbers, cues and grammar account for."""
        if id(passage) in self._known:
            return self._known[id(passage)]
        done: set[int] = set()
        for area in passage.areas:
            if area.area not in (LOCALITY, HOME) or area.role == "subject":
                done.update(range(area.first, area.last + 1))
        for span in [each.span for each in passage.periods] + [each.span for each in passage.quantities]:
            first, last = passage.token_span(span)
            done.update(range(first, last + 1))
        done.update(
            cue_at
            for cue in passage.cue_list
            if cue.payload not in ("subgroup", "contrast", "organisation")
            for cue_at in range(cue.first, cue.last + 1)
        )
        for hit in passage.kin:
            done.update(range(hit.first, hit.last + 1))
        function = self._scene.vocabulary.function
        done.update(at for at, word in enumerate(passage.keys) if word in function or len(word) == 1)
        self._known[id(passage)] = done
        return done


def _limits(passage: Passage, low: int, high: int) -> list[int]:
    """Where words that limit a measure to a part stand, from ``low`` up to ``high``."""
    places = passage.cue_places
    return [at for name in ("subgroup", "contrast") for at in places.get(name, ()) if low <= at < high]


def _steps(passage: Passage, quantity: Quantity) -> bool:
    """Whether points of a percentage are a step, not a score: "tăng 3 điểm", "+0,5 điểm", not "đạt 44,03 điểm"."""
    before = passage.block.text[: quantity.number.start].rstrip()
    signed = before.endswith(("+", "-", "−", "▲", "▼")) or passage.block.text[quantity.number.start] in "+-−"
    return signed or direction(passage, quantity) != 0


def _promised(passage: Passage, quantity: Quantity) -> bool:
    """Whether the number is the goal itself: "không đạt mục tiêu 43% đề ra", "kế hoạch 86% tỉnh đề ra"."""
    first, _ = passage.token_span(quantity.span)
    return any(
        cue.payload == "target" and cue.last == first - 1 and not passage.breaks[first]
        for at in range(max(0, first - 3), first)
        for cue in passage.cues.get(at, ())
    )


def _right_after(passage: Passage, last: int, area: AreaMention) -> bool:
    """Whether the field of a rank follows it at once: "đứng thứ 45 toàn cầu" needs no region from before."""
    if not 0 < area.first - last <= 3 or any(passage.breaks[last + 1 : area.first + 1]):
        return False
    return ALSO.isdisjoint(passage.keys[last + 1 : area.first])


_NUMBER_OF = phrase("number of")
_BEFORE_BASE = frozenset(phrase("per in by for at"))
_OPENING = 4
