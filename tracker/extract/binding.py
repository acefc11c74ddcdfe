"""Evidence that a number is a figure of an indicator: named features about structure only.

Nothing here knows an indicator or a word of a trade. A feature says how well, how near and under
which scope an indicator is named, what stands between, and what the clause holds that nobody explains.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from tracker.extract.areas import HOME, LOCALITY
from tracker.extract.candidates import Fit, HeaderUnit, fits, header_unit, headers_of
from tracker.extract.keys import phrase
from tracker.extract.model import BlockKind, Quantity, Shape
from tracker.extract.movement import direction, movement
from tracker.extract.passages import Mention, Passage
from tracker.extract.scene import Scene
from tracker.extract.subjects import Subject, Subjects
from tracker.extract.vocabulary import UNLISTED

Features = dict[str, float]

_PRIOR = {
    "own_left": 1.0, "own_right": 0.9, "row": 1.0, "column": 1.0, "above": 0.55, "sent_left": 0.8, "sent_right": 0.5,
    "lead": 0.7, "prev1": 0.55, "prev2": 0.4, "block_before": 0.3, "document": 0.2, "heading": 0.5, "title": 0.3, "same_row": 0.3,
}


_LABELS = frozenset(phrase("số no line tuyến number guid id page"))
_ASKING = frozenset(phrase("is are will would does did can could has have was were should"))
_MOST = 6
_FLOOR = 0.25


@dataclass(slots=True)
class Evidence:
    """The best naming of one indicator in each channel, and the nearest mention in the sentence."""

    channels: dict[str, float] = field(default_factory=dict)
    nearest: Mention | None = None
    exact: float = 0.0

    def offer(self, channel: str, mention: Mention, share: float = 1.0) -> None:
        quality = mention.coverage * min(1.0, mention.weight) * share
        if quality < _FLOOR and not channel.startswith(("own", "sent", "row", "column")):
            return
        if quality > self.channels.get(channel, 0.0):
            self.channels[channel] = quality

    @property
    def strength(self) -> float:
        return max((_PRIOR[name] * value for name, value in self.channels.items()), default=0.0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a number: of ``indicator`` (its place in the catalogue), in one way of ``fit``."""

    passage: Passage
    quantity: Quantity
    indicator: int
    fit: Fit
    subject: Subject
    features: Features
    channel: str


class Binder:
    """Lists the candidates of every number of a scene with their features."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._subjects = Subjects(scene)
        self._known: dict[int, set[int]] = {}
        self._order = {passage.index: at for at, passage in enumerate(scene.passages)}
        self._topics = self._last_mentions()
        self._regions = scene.vocabulary.regions
        self._worldwide = scene.vocabulary.worldwide
        self._shares = self._document_shares()
        self._natures = scene.vocabulary.natures

    def candidates(self, passage: Passage, quantity: Quantity) -> list[Candidate]:
        """Every unit-compatible indicator that something names; empty where there is none."""
        evidence = self._evidence(passage, quantity)
        evidence = {number: each for number, each in evidence.items() if each.channels}
        if not evidence:
            return []
        rows, columns, above = headers_of(self._scene, passage)
        header = self._header(passage, rows, columns, above)
        in_cell = passage.block.cell is not None
        found: dict[int, Fit] = {}
        for number in evidence:
            options = fits(quantity, self._scene.vocabulary.indicators[number], header, in_cell)
            if options:
                found[number] = options[0]
        ranking = sorted(found, key=lambda number: -evidence[number].strength)[:_MOST]
        overall = max(each.strength for each in evidence.values())
        surroundings = self._surroundings(passage, quantity)
        candidates = [
            self._candidate(passage, quantity, number, found[number], evidence, ranking, overall, surroundings)
            for number in ranking
        ]
        self._unite(passage, quantity, candidates)
        return candidates

    def _unite(self, passage: Passage, quantity: Quantity, candidates: list[Candidate]) -> None:
        """How much of a name all places together hold: clause, sentence, what went before, scopes."""
        near = self._words_around(passage, quantity)
        scores = [self._united(candidate.indicator, near) for candidate in candidates]
        for candidate, score in zip(candidates, scores, strict=True):
            rival = max((other for each, other in zip(candidates, scores, strict=True) if each is not candidate), default=0.0)
            candidate.features["union"] = score
            candidate.features["union_margin"] = score - rival
            candidate.features["union_first"] = float(score >= rival)

    def _words_around(self, passage: Passage, quantity: Quantity) -> dict[str, float]:
        first, last = passage.token_span(quantity.span)
        low, high = self._clause_start(passage, first), self._clause_end(passage, last)
        near: dict[str, float] = {}

        def note(keys: list[str], value: float) -> None:
            for word in keys:
                if near.get(word, 0.0) < value:
                    near[word] = value

        if passage.block.cell is not None:
            rows, columns, above = headers_of(self._scene, passage)
            for each in (*rows, *columns):
                note(each.keys, 1.0)
            for each in above:
                note(each.keys, 0.35)
        else:
            number = passage.sentence_at(first)
            sentence = passage.sentences[number] if passage.sentences else None
            if sentence is not None:
                note(passage.keys[low:high], 1.0)
                note(passage.keys[sentence.first : first], 0.65)
                note(passage.keys[last + 1 : sentence.last], 0.3)
                if number:
                    before = passage.sentences[number - 1]
                    note(passage.keys[before.first : before.last], 0.35)
            for each in self._scene.scopes(passage)[:3]:
                note(each.keys, 0.4)
        if self._scene.title is not None:
            note(self._scene.title.keys, 0.3)
        return near

    def _united(self, number: int, near: dict[str, float]) -> float:
        best = 0.0
        for alias in self._scene.vocabulary.aliases_of[number]:
            if alias.full_total < 0.5:
                continue
            score = sum(w * near.get(word, 0.0) for word, w in zip(alias.words, alias.full, strict=True))
            best = max(best, score / alias.full_total * min(1.0, alias.full_total))
        return best

    def _header(
        self, passage: Passage, rows: list[Passage], columns: list[Passage], above: list[Passage]
    ) -> HeaderUnit:
        cell = passage.block.cell
        if cell is None:
            return HeaderUnit()
        beside = [
            other.block.text for other in self._scene.passages
            if other.block.cell is not None and other.block.cell.table == cell.table
            and other.block.cell.row == cell.row and other is not passage and not other.quantities
        ]
        texts = [each.block.text for each in (*columns, *rows)] + beside + [each.block.text for each in above]
        order = self._order[passage.index]
        before = [
            other.block.text for other in self._scene.passages[max(0, order - 400) : order]
            if other.block.cell is None
        ][-1:]
        return header_unit(texts + [text for text in before if "ơn vị" in text or "unless" in text])

    def _last_mentions(self) -> list[dict[int, tuple[int, float]]]:
        """Per passage: each indicator's last naming before it (passages ago are counted from it)."""
        latest: dict[int, tuple[int, float]] = {}
        history: list[dict[int, tuple[int, float]]] = []
        for at, passage in enumerate(self._scene.passages):
            history.append(dict(latest))
            for mention in passage.mentions:
                quality = mention.coverage * min(1.0, mention.weight)
                if quality >= 0.45:
                    latest[mention.indicator] = (at, quality)
        return history

    def _document_shares(self) -> dict[int, float]:
        """How much of what a document names is each indicator."""
        counts: dict[int, float] = {}
        for passage in self._scene.passages:
            best = 2.0 if passage is self._scene.title else 1.0
            for mention in passage.mentions:
                quality = mention.coverage * min(1.0, mention.weight)
                if quality >= 0.3:
                    counts[mention.indicator] = counts.get(mention.indicator, 0.0) + best * quality
        total = sum(counts.values())
        return {number: count / total for number, count in counts.items()} if total >= 1 else {}

    def _evidence(self, passage: Passage, quantity: Quantity) -> dict[int, Evidence]:
        evidence: dict[int, Evidence] = {}

        def of(number: int) -> Evidence:
            return evidence.setdefault(number, Evidence())

        self._inside(passage, quantity, of)
        if passage.block.cell is not None:
            rows, columns, above = headers_of(self._scene, passage)
            for channel, passages in (("row", rows), ("column", columns), ("above", above)):
                for header in passages:
                    for mention in header.mentions:
                        of(mention.indicator).offer(channel, mention, 0.4 if self._is_other(header, mention) else 1.0)
        else:
            for depth, scope in enumerate(self._scene.scopes(passage)):
                channel = "heading" if scope.block.kind in (BlockKind.HEADING, BlockKind.TITLE) else "lead"
                for mention in scope.mentions:
                    share = 0.4 if self._is_other(scope, mention) else 1.0
                    of(mention.indicator).offer(channel, mention, share * 0.8**depth)
        if self._scene.title is not None and self._scene.title is not passage:
            for mention in self._scene.title.mentions:
                of(mention.indicator).offer("title", mention)
        for number, share in self._shares.items():
            if share >= 0.25:
                value = of(number).channels
                value["document"] = share
        at = self._order[passage.index]
        for number, (when, quality) in self._topics[at].items():
            gap = at - when
            if gap <= 3 and passage.block.cell is None:
                value = of(number).channels
                value["block_before"] = max(value.get("block_before", 0.0), quality * (0.75 ** (gap - 1)))
        return evidence

    def _inside(self, passage: Passage, quantity: Quantity, of: object) -> None:
        first, last = passage.token_span(quantity.number)
        number = passage.sentence_at(first)
        for mention in passage.mentions:
            where = passage.sentence_at(mention.first)
            evidence = of(mention.indicator)  # type: ignore[operator]
            if where < number:
                back = number - where
                evidence.offer("prev1" if back == 1 else "prev2", mention, 1.0 if back < 3 else 0.7)
                continue
            if where > number:
                continue
            left = mention.first <= last
            low, high = (mention.last, first) if mention.last < first else (last, mention.first)
            parted = sum(1 for at in range(low + 1, high + 1) if passage.breaks[at])
            numbers = self._between(passage, quantity, low, high)
            decay = 0.85**numbers * (0.9 ** max(0, parted - 1))
            if self._is_other(passage, mention):
                decay *= 0.4
            if quantity.unit == "percent" and self._natures[mention.indicator].growth and 0 < mention.first - last <= 2:
                decay *= 0.3
            channel = ("own_" if parted == 0 else "sent_") + ("left" if left else "right")
            if not left and self._cue(passage, "compare", last + 1, mention.first):
                decay *= 0.4
            evidence.offer(channel, mention, decay)
            if evidence.nearest is None or self._far(mention, first, last) < self._far(evidence.nearest, first, last):
                evidence.nearest = mention
            if mention.exact:
                evidence.exact = max(evidence.exact, mention.coverage * decay)

    def _is_other(self, passage: Passage, mention: Mention) -> bool:
        """A near miss: a word of contrast inside or right before the name that its names do not have."""
        words_of = self._scene.vocabulary.words_of[mention.indicator]
        low = max(0, mention.first - 1)
        for at in range(low, mention.last + 1):
            for cue in passage.cues.get(at, ()):
                if cue.payload == "contrast" and passage.keys[at] not in words_of and (
                    at >= mention.first or not passage.breaks[mention.first]
                ):
                    return True
        after = mention.last + 1
        return after < len(passage.keys) and not passage.breaks[after] and any(
            cue.payload == "contrast" and passage.keys[after] not in words_of for cue in passage.cues.get(after, ())
        )

    @staticmethod
    def _far(mention: Mention, first: int, last: int) -> int:
        return max(first - mention.last, mention.first - last, 0) + (4 if mention.first > last else 0)

    @staticmethod
    def _between(passage: Passage, quantity: Quantity, low: int, high: int) -> int:
        count = 0
        for other in passage.quantities:
            if other is quantity or other.noise:
                continue
            at = passage.token_span(other.number)[0]
            count += low < at < high
        return count

    def _candidate(
        self, passage: Passage, quantity: Quantity, number: int, fit: Fit, evidence: dict[int, Evidence],
        ranking: list[int], overall: float, surroundings: Features,
    ) -> Candidate:
        own = evidence[number]
        rival = max((evidence[each].strength for each in ranking if each != number), default=0.0)
        features: Features = {f"channel_{name}": value for name, value in own.channels.items()}
        best = max(own.channels, key=lambda name: _PRIOR[name] * own.channels[name])
        features |= surroundings
        features["strength"] = own.strength
        features["margin"] = own.strength - rival
        features["first"] = float(ranking[0] == number)
        features["first_of_all"] = float(own.strength >= overall - 1e-9)
        features["tied"] = float(abs(own.strength - rival) < 1e-6)
        features["exact"] = own.exact
        features[f"best_{best}"] = 1.0
        features[f"fit_{fit.how}"] = 1.0
        features[f"fit_{fit.unit}"] = 1.0
        features |= self._around_mention(passage, quantity, number, own)
        local = best.startswith(("own", "sent"))
        features |= self._territory(passage, quantity, number, local)
        region = self._field(passage, quantity, number)
        region["retracted"] = max(region.get("retracted", 0.0), features.get("retracted", 0.0))
        features |= region
        features |= self._headers_novel(passage, number)
        features["carried_novel" if not local else "local_novel"] = features.pop("novel", 0.0)
        features["carried_topic" if not local else "local_topic"] = features.pop("other_topic", 0.0)
        features[("local_" if local else "carried_") + fit.how] = 1.0
        indicator = self._scene.vocabulary.indicators[number]
        subject = self._subjects.choose(passage, quantity, indicator)
        features[f"subject_{subject.how}"] = 1.0
        listed = subject.area is not None and (
            subject.area in indicator.scope or subject.area in self._scene.vocabulary.comparators
        )
        features["outside"] = float(not listed)
        features |= self._by_nature(passage, quantity, number, own, fit)
        if quantity.unit == "percent" and fit.unit == "percent" and quantity.value > 100:
            features["over_100"] = 1.0
        return Candidate(passage, quantity, number, fit, subject, features, best)

    def _territory(self, passage: Passage, quantity: Quantity, number: int, local: bool) -> Features:
        """The words since the number before (or the sentence's start): whose are they?"""
        first, _ = passage.token_span(quantity.span)
        low = passage.sentences[passage.sentence_at(first)].first if passage.sentences else 0
        for other in passage.quantities:
            if other is quantity or other.noise:
                continue
            end = passage.token_span(other.span)[1]
            if low <= end < first:
                low = end + 1
        words_of = self._scene.vocabulary.words_of[number]
        explained = self._explained(passage)
        novel = sum(1 for at in range(low, first) if at not in explained and passage.keys[at] not in words_of)
        named = other_named = 0.0
        for mention in passage.mentions:
            if low <= mention.first and mention.last < first:
                quality = mention.coverage * min(1.0, mention.weight)
                if mention.indicator == number:
                    named = max(named, quality)
                else:
                    other_named = max(other_named, quality)
        place = "local" if local else "carried"
        return {
            f"territory_novel_{place}": min(8, novel) / 4, "territory_named": named,
            "territory_other": max(0.0, other_named - named), f"territory_empty_{place}": float(novel == 0),
            "territory_unnamed_novel": min(8, novel) / 4 if named < 0.3 else 0.0,
        }

    def _headers_novel(self, passage: Passage, number: int) -> Features:
        """Words of the row's and the column's headers that the indicator's names do not have."""
        if passage.block.cell is None:
            return {}
        words_of = self._scene.vocabulary.words_of[number]
        rows, columns, _ = headers_of(self._scene, passage)
        features: Features = {}
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
            features["header_other"] = features.get("header_other", 0.0) or float(any(
                mention.indicator == number and self._is_other(header, mention)
                for header in headers for mention in header.mentions
            ))
        return features

    def _field(self, passage: Passage, quantity: Quantity, number: int) -> Features:
        """A rank within a region, against the regions that the indicator's own names hold."""
        if quantity.unit != "rank" and quantity.shape not in (Shape.RANK, Shape.TOP, Shape.OUT_OF):
            return {}
        first, last = passage.token_span(quantity.span)
        sentence = passage.sentence_at(first)
        words_of = self._scene.vocabulary.words_of[number]
        match = unlike = False
        for area in passage.areas:
            if passage.sentence_at(area.first) != sentence or area.area in self._worldwide:
                continue
            if area.area not in self._scene.vocabulary.comparators and area.area != UNLISTED:
                continue
            near = 0 < area.first - last <= 3 and not any(passage.breaks[last + 1 : area.first + 1])
            before = area.role == "field" and area.last < first and not self._between(passage, quantity, area.last, first)
            if near or before:
                named = all(key in words_of for key in passage.keys[area.first : area.last + 1])
                match, unlike = match or named, unlike or not named
        return {
            "region_match": float(match), "region_unlike": float(unlike), "retracted": float(unlike and not match),
            "region_missing": float(bool(self._regions[number]) and not match),
        }

    def _by_nature(
        self, passage: Passage, quantity: Quantity, number: int, own: Evidence, fit: Fit
    ) -> Features:
        """What kind of measure the indicator is, against how the number is used."""
        first, last = passage.token_span(quantity.number)
        nature = self._natures[number]
        features: Features = {}
        if fit.unit == "percent_change":
            moved = direction(passage, quantity) != 0
            features["change_moved" if moved else "change_unmoved"] = 1.0
            features["change_unlike"] = float(self._cue(passage, "unlike", last + 1, last + 4))
        if fit.unit == "percent":
            moved = movement(passage, quantity, level=True).sign != 0
            if nature.growth:
                features["growth_moved" if moved else "growth_unmoved"] = 1.0
                if own.nearest is not None and 0 < own.nearest.first - last <= 2:
                    features["growth_denominator"] = 1.0
            elif moved:
                features["level_moved"] = 1.0
            if not nature.plan_ratio and self._cue(passage, "unlike", last + 1, last + 4):
                features["unlike"] = 1.0
            if nature.plan_ratio and self._cue(passage, "unlike", last + 1, last + 4):
                features["plan_ratio"] = 1.0
        if fit.unit == "ratio":
            per = any(word in self._scene.vocabulary.words_of[number] for word in phrase(quantity.per))
            features["per_match" if per else "per_none"] = 1.0
        return features

    def _surroundings(self, passage: Passage, quantity: Quantity) -> Features:
        """What the clause says whatever the indicator."""
        first, last = passage.token_span(quantity.number)
        features: Features = {"bias": 1.0}
        features[f"block_{passage.block.kind.value}"] = 1.0
        if quantity.shape is not Shape.PLAIN:
            features[f"shape_{quantity.shape.value}"] = 1.0
        features |= self._retraction(passage, quantity, first, last)
        features["rhetoric"] = float(self._cue(passage, "rhetoric", last, last + 5))
        sentence = passage.sentences[passage.sentence_at(first)] if passage.sentences else None
        if sentence is not None:
            features["question"] = float(passage.block.text[: sentence.end].rstrip().endswith("?"))
        features["labelled"] = float(first > 0 and passage.keys[first - 1] in _LABELS and quantity.unit is None)
        features["numbers_in_clause"] = min(3.0, float(self._clause_numbers(passage, first, last)))
        features["foreign_office"] = float(self._office_left(passage, first))
        if quantity.unit is None and 1900 <= quantity.value <= 2100 and not quantity.noun:
            features["like_a_year"] = 1.0
        if passage.block.cell is None and quantity.unit is None and quantity.value < 10 and quantity.value == quantity.value.to_integral_value():
            features["small_whole"] = 1.0
        return features

    def _retraction(self, passage: Passage, quantity: Quantity, first: int, last: int) -> Features:
        """Values that the text takes back: "không phải 69 % mà là 96 %", "in nhầm", "said 7 %"."""
        low, high = 0, len(passage.keys)
        for other in passage.quantities:
            if other is quantity or other.noise:
                continue
            at = passage.token_span(other.number)[0]
            if at < first:
                low = max(low, at + 1)
            elif at > last:
                high = min(high, at)
        sentence = passage.sentences[passage.sentence_at(first)] if passage.sentences else None
        if sentence is not None:
            low, high = max(low, sentence.first), min(high, sentence.last)
        features = {
            "negation_next": float(self._cue(passage, "negation", max(low, first - 3), first)),
            "retracted": float(self._cue_ends(passage, "negation", max(low, first - 2), first)),
            "negation_left": float(self._cue(passage, "negation", low, max(low, first - 3))),
        }
        for name in ("mistake", "correct"):
            features[name + "_left"] = float(self._cue(passage, name, low, first))
            features[name + "_right"] = float(self._cue(passage, name, last + 1, high))
        number = passage.sentence_at(first)
        features["correct_next"] = float(any(
            self._cue(passage, "correct", following.first, following.first + 4)
            for following in passage.sentences[number + 1 : number + 3]
        ))
        if features["mistake_left"] and features.get("correct_next"):
            features["retracted"] = 1.0
        if sentence is not None:
            features["correct_later"] = float(self._cue(passage, "correct", last + 1, sentence.last))
            if features["mistake_left"] and features["correct_later"]:
                features["retracted"] = 1.0
            if passage.block.text[: sentence.end].rstrip().endswith("?") and passage.keys[sentence.first] in _ASKING:
                features["retracted"] = 1.0
        return features

    @staticmethod
    def _cue_ends(passage: Passage, name: str, low: int, high: int) -> bool:
        """Whether a cue ends in ``low`` to ``high`` with no break up to ``high``."""
        return any(
            cue.payload == name and low <= cue.last < high and not any(passage.breaks[cue.last + 1 : high + 1])
            for at in range(max(0, low - 3), high) for cue in passage.cues.get(at, ())
        )

    @staticmethod
    def _cue(passage: Passage, name: str, low: int, high: int) -> bool:
        return any(
            cue.payload == name for at in range(max(0, low), min(len(passage.keys), high)) for cue in passage.cues.get(at, ())
        )

    def _subgroups(self, passage: Passage, first: int, last: int, words_of: frozenset[str]) -> float:
        low = self._clause_start(passage, first)
        high = self._clause_end(passage, last)
        return min(2.0, sum(
            1.0 for at in range(low, high) for cue in passage.cues.get(at, ())
            if cue.payload in ("subgroup", "contrast") and passage.keys[at] not in words_of
        ))

    @staticmethod
    def _clause_start(passage: Passage, token: int) -> int:
        at = token
        while at > 0 and not passage.breaks[at]:
            at -= 1
        return at

    @staticmethod
    def _clause_end(passage: Passage, token: int) -> int:
        at = token + 1
        while at < len(passage.keys) and not passage.breaks[at]:
            at += 1
        return at

    def _clause_numbers(self, passage: Passage, first: int, last: int) -> int:
        low, high = self._clause_start(passage, first), self._clause_end(passage, last)
        return sum(low <= passage.token_span(each.number)[0] < high for each in passage.quantities if not each.noise)

    def _office_left(self, passage: Passage, first: int) -> bool:
        low = self._clause_start(passage, first)
        return any(low <= area.first < first and area.area == "#" for area in passage.areas)

    def _around_mention(self, passage: Passage, quantity: Quantity, number: int, own: Evidence) -> Features:
        """Distance to the nearest naming, words nobody explains, modifiers that the names do not have."""
        first, last = passage.token_span(quantity.number)
        words_of = self._scene.vocabulary.words_of[number]
        explained = self._explained(passage)
        features: Features = {}
        low = self._clause_start(passage, first)
        high = min(self._clause_end(passage, last), last + 9)
        mention = own.nearest
        features["subgroup"] = self._subgroups(passage, first, last, words_of)
        unknown = [
            at for at in (*range(low, first), *range(last + 1, high))
            if at not in explained and passage.keys[at] not in words_of
        ]
        features["novel"] = min(8.0, float(len(unknown))) / 4
        features["novel_left"] = min(6.0, sum(1.0 for at in unknown if at < first)) / 3
        features["novel_right"] = min(6.0, sum(1.0 for at in unknown if at > last)) / 3
        features["noun_match"] = float(any(
            at <= last + 4 and passage.keys[at] in words_of and passage.keys[at] not in self._scene.vocabulary.function
            for at in range(last + 1, high)
        ))
        if mention is not None:
            features["distance"] = math.log1p(self._far(mention, first, last))
            features["gap"] = min(4.0, mention.gap) / 2
            features["alien"] = self._alien(passage, mention, words_of, explained)
            beside = range(max(0, mention.first - 2), min(len(passage.keys), mention.last + 4))
            features["modifier"] = float(any(
                cue.payload in ("subgroup", "contrast") and passage.keys[cue.first] not in words_of
                and not (mention.first <= cue.first <= mention.last and mention.exact)
                for at in beside for cue in passage.cues.get(at, ())
            ))
            features["nearest_other"] = float(self._is_other(passage, mention))
            features["rival_between"] = float(any(
                other.indicator != number and other.weight >= 0.5
                and min(mention.last, last) < other.first and other.last < max(mention.first, first)
                for other in passage.mentions
            ))
        features["other_topic"] = float(any(
            other.indicator != number and other.coverage * min(1, other.weight) > 0.5
            and passage.sentence_at(other.first) == passage.sentence_at(first)
            for other in passage.mentions
        ))
        return features

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
        inner = [at for at in range(mention.first, mention.last) if at not in explained and passage.keys[at] not in words_of]
        return min(4.0, count + len(inner)) / 2

    def _explained(self, passage: Passage) -> set[int]:
        """Words that names, dates, numbers, cues and grammar account for."""
        if passage.index in self._known:
            return self._known[passage.index]
        done: set[int] = set()
        for area in passage.areas:
            if area.area not in (LOCALITY, HOME) or area.role == "subject":
                done.update(range(area.first, area.last + 1))
        for each in (*passage.periods, *passage.quantities):
            first, last = passage.token_span(each.span)
            done.update(range(first, last + 1))
        done.update(cue_at for cue in passage.cue_list if cue.payload not in ("subgroup", "contrast", "organisation")
                    for cue_at in range(cue.first, cue.last + 1))
        function = self._scene.vocabulary.function
        done.update(at for at, word in enumerate(passage.keys) if word in function or len(word) == 1)
        self._known[passage.index] = done
        return done
