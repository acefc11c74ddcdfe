"""What a figure is: a level, a goal, a forecast or a change; evidence from its clause and scope."""

from __future__ import annotations

import re

from tracker.domain.figure import Qualifier, Unit
from tracker.extract.binding import Candidate
from tracker.extract.candidates import headers_of
from tracker.extract.clauses import numbers_between
from tracker.extract.decide import Features
from tracker.extract.keys import phrase
from tracker.extract.model import BlockKind, Quantity, Role, Shape
from tracker.extract.movement import CHANGES, arrow, movement
from tracker.extract.passages import Passage
from tracker.extract.scene import Scene
from tracker.extract.timing import Timing

MODES = ("target", "forecast", "estimated", "actual", "past")


_EARLY = 0.7
_WORTH = {
    "column_{}": 1.0,
    "row_{}": 1.0,
    "{}_adjacent": 1.0,
    "{}_left_own": 0.9,
    "{}_left_clause": 0.6,
    "{}_left_past": 0.35,
    "{}_right_own": 0.5,
    "{}_right_clause": 0.2,
    "heading_{}": 0.7,
    "lead_{}": 0.8,
    "{}_before": 0.15,
    "above_{}": 0.1,
}


#: What each of these features is evidence of, and how good.
_EVIDENCE = {name.format(mode): (f"evidence_{mode}", value) for mode in MODES[:4] for name, value in _WORTH.items()}


class Kinds:
    """Features of kind for the candidates of one scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def features(self, candidate: Candidate, timing: Timing, step: Features) -> Features:
        """Evidence for reported, target and forecast; ``step`` is what :meth:`change` says of the candidate."""
        passage, quantity = candidate.passage, candidate.quantity
        first, last = passage.token_span(quantity.span)
        features: Features = {"bias": 1.0}
        for mode in MODES:
            if mode in passage.cue_places:
                features |= self._mode(passage, quantity, mode, first, last)
        features |= self._scoped(passage)
        features |= _evidence(features)
        features |= self._nearer(passage, first, last)
        features["evidence_goal_over_actual"] = features["evidence_target"] - features["evidence_actual"]
        for name, value in step.items():
            features["change_" + name] = value
        features |= self._time(timing)
        if features.get("over") and not any(
            features.get(name)
            for name in ("target_left_own", "target_adjacent", "column_target", "row_target", "target_right_own")
        ):
            features["deadline_over" if features.get("deadline") else "over_without_goal"] = 1.0
        features[f"block_{passage.block.kind.value}"] = 1.0
        for name in ("beyond_goal", "goal_next"):
            if features.get(name):
                features[f"{name}_{'change' if candidate.fit.how == 'change' else 'level'}"] = 1.0
        features["hedge_goal"] = float(quantity.qualifier in (Qualifier.AT_LEAST, Qualifier.AT_MOST))
        features["hedge_estimated"] = float(quantity.qualifier is Qualifier.ESTIMATED)
        features["hedge_about"] = float(quantity.qualifier is Qualifier.ABOUT)
        features["top"] = float(quantity.shape is Shape.TOP)
        features["range"] = float(quantity.high is not None)
        features["from"] = float(quantity.shape is Shape.FROM)
        features["belongs"] = float(_belongs(passage, quantity, first) and not features["evidence_target"])
        features["comparator"] = float(candidate.subject.area in self._scene.vocabulary.comparators)
        features["office"] = float(
            any(
                area.area in ("#", "?")
                and passage.sentence_at(area.first) == passage.sentence_at(first)
                and area.first < first
                for area in passage.areas
            )
        )
        return features

    def _mode(self, passage: Passage, quantity: Quantity, mode: str, first: int, last: int) -> Features:
        sentence = passage.sentence_at(first)
        features: Features = {}
        near = 99
        for cue in passage.cue_list:
            if cue.payload != mode or (first <= cue.first <= last):
                continue
            if mode == "target" and _of_a_share(passage, cue.first, first):
                continue
            where = passage.sentence_at(cue.first)
            if where == sentence - 1:
                features[f"{mode}_before"] = 1.0
            if where != sentence:
                continue
            left = cue.last < first
            low, high = (cue.last, first) if left else (last, cue.first)
            parted = passage.parted(low + 1, high + 1)
            strong = parted and max(passage.breaks[low + 1 : high + 1]) >= 2
            numbers = numbers_between(passage, quantity, low, high)
            name = f"{mode}_{'left' if left else 'right'}"
            if parted == 0 and numbers == 0:
                features[name + "_own"] = 1.0
                if left:
                    near = min(near, first - cue.last)
            elif numbers == 0:
                features[name + "_clause"] = 1.0
            elif not strong:
                features[name + "_past"] = 1.0
            else:
                features[name + "_far"] = 1.0
        if near <= 3:
            features[f"{mode}_adjacent"] = 1.0
        return features

    def _nearer(self, passage: Passage, first: int, last: int) -> Features:
        """Which of goal and forecast was spoken of last; a goal named right after; a goal gone beyond."""
        if passage.cue_places.keys().isdisjoint(("target", "forecast")):
            return {}
        sentence = passage.sentence_at(first)
        features: Features = {}
        latest = None
        for cue in passage.cue_list:
            if (
                cue.payload in ("target", "forecast")
                and cue.last < first
                and not _of_a_share(passage, cue.first, first)
                and passage.sentence_at(cue.first) >= sentence - 1
            ):
                latest = cue
        if latest is not None:
            same = passage.sentence_at(latest.first) == sentence
            features[f"last_{latest.payload}_{'here' if same else 'before'}"] = 1.0
        after = passage.cues.get(last + 1, ())
        if any(cue.payload == "target" for cue in after) and not any(cue.payload == "unlike" for cue in after):
            features["goal_next"] = 1.0
        low = max(0, first - 8)
        moves = [cue for at in range(low, first) for cue in passage.cues.get(at, ()) if cue.payload in ("up", "down")]
        goals = [cue for at in range(low, first) for cue in passage.cues.get(at, ()) if cue.payload == "target"]
        if any(0 < goal.first - move.last <= 2 for move in moves for goal in goals):
            features["beyond_goal"] = 1.0
        right = [cue for at in range(last + 1, min(last + 7, len(passage.keys))) for cue in passage.cues.get(at, ())]
        if any(cue.payload in ("up", "down") for cue in right) and any(cue.payload == "target" for cue in right):
            features["beyond_goal"] = 1.0
        return features

    def _scoped(self, passage: Passage) -> Features:
        features: Features = {}
        rows, columns, above = headers_of(self._scene, passage)
        groups = [("column", columns), ("row", rows), ("above", above)]
        if passage.block.cell is None:
            scopes = self._scene.scopes(passage)
            groups = [
                ("lead", [s for s in scopes if s.block.kind not in (BlockKind.HEADING, BlockKind.TITLE) and s.leads]),
                ("heading", self._speaking_heading(scopes)),
            ]
        for name, passages in groups:
            for mode in MODES[:4]:
                if any(mode in each.cue_places for each in passages):
                    features[f"{name}_{mode}"] = 1.0
        if any(self._projected(each) for each in columns + rows):
            features["column_forecast"] = 1.0
        return features

    def _projected(self, header: Passage) -> bool:
        """Whether a letter behind a year in a header says that it is foretold: "2026f", "2025p" in that year.

        A p behind a year that is over means provisional.
        """
        found = _PROJECTED.fullmatch(header.block.text.strip())
        if found is None:
            return False
        anchor = self._scene.anchor
        return found[2] in "fF" or (anchor is not None and int(found[1]) >= anchor.year)

    def _speaking_heading(self, scopes: list[Passage]) -> list[Passage]:
        """The nearest heading that says whether results or goals follow; one that says both says nothing."""
        for scope in scopes:
            if scope.block.kind is not BlockKind.HEADING:
                continue
            said = scope.cue_places.keys() & {"target", "forecast", "actual"}
            if said:
                return [scope] if len(said) == 1 else []
        return []

    def _time(self, timing: Timing) -> Features:
        features: Features = {f"time_{timing.how}": 1.0}
        mention = timing.mention
        if mention is not None and mention.role is Role.BY:
            features["deadline"] = 1.0
        if mention is not None and mention.end_of:
            features["end_of"] = 1.0
        anchor = self._scene.anchor
        if timing.period is None:
            features["undated"] = 1.0
        elif anchor is not None:
            if timing.period.start > anchor:
                features["future"] = 1.0
            elif timing.period.end > anchor:
                features["running"] = 1.0
                elapsed = (anchor - timing.period.start).days / timing.period.days
                features["running_early" if elapsed < _EARLY else "running_late"] = 1.0
            else:
                features["over"] = 1.0
        return features

    def signed(self, candidate: Candidate) -> bool:
        """Whether a plus sign or an arrow before the number says that it is what was added: "+212 so với đầu năm"."""
        if arrow(candidate.passage, candidate.quantity):
            return True
        text, start = candidate.passage.block.text, candidate.quantity.number.start
        sign = text[start] if text[start] == "+" else text[:start].rstrip()[-1:]
        return sign == "+" and not self._scene.vocabulary.natures[candidate.indicator].growth

    def change(self, candidate: Candidate) -> Features:
        """Evidence that the number states a movement rather than a level."""
        passage, quantity = candidate.passage, candidate.quantity
        indicator = self._scene.vocabulary.indicators[candidate.indicator]
        first, last = passage.token_span(quantity.span)
        features: Features = {"bias": 1.0}
        unit = quantity.unit
        features["unit"] = float(unit in CHANGES)
        features[f"fit_{candidate.fit.how}"] = 1.0
        features["cell"] = float(passage.block.cell is not None)
        features["from"] = float(quantity.shape is Shape.FROM)
        features["to"] = float(quantity.shape is Shape.TO)
        growth = self._scene.vocabulary.natures[candidate.indicator].growth
        moved = movement(passage, quantity, level=True)
        if moved.sign:
            kind = (
                "percent"
                if unit == "percent" and indicator.unit is Unit.PERCENT
                else ("foreign" if unit == "percent" else "amount")
            )
            state = "growth" if growth else kind
            features[f"moved_{state}"] = 1.0
            if moved.beside:
                features[f"moved_next_{state}"] = 1.0
            if moved.right:
                features[f"moved_right_{state}"] = 1.0
        features["compared_after"] = float(
            any(
                cue.payload == "compare"
                for at in range(last + 1, min(last + 4, len(passage.keys)))
                for cue in passage.cues.get(at, ())
            )
        )
        features["level_next"] = float(
            any(
                cue.payload == "level" and cue.last >= first - 3
                for at in range(max(0, first - 6), first)
                for cue in passage.cues.get(at, ())
                if cue.last < first
            )
        )
        return features


def _evidence(features: Features) -> Features:
    """The best evidence for each mode."""
    found = {f"evidence_{mode}": 0.0 for mode in MODES[:4]}
    for name, value in features.items():
        if name in _EVIDENCE:
            told, worth = _EVIDENCE[name]
            found[told] = max(found[told], worth * value)
    return found


def _belongs(passage: Passage, quantity: Quantity, first: int) -> bool:
    """Whether a rank is one that somebody is within: "thuộc top 11" states, where nothing says that it is a goal."""
    return quantity.shape is Shape.TOP and not _WITHIN.isdisjoint(passage.keys[max(0, first - 1) : first])


_PROJECTED = re.compile(r"((?:19|20)\d\d) ?\(?([fFpP])\)?")
_WITHIN = frozenset(phrase("thuộc"))


def _of_a_share(passage: Passage, at: int, first: int) -> bool:
    """Whether a goal is only what another figure is a share of: "bằng 52% kế hoạch năm và tăng 8%"."""
    if passage.breaks[at] or not any(cue.payload == "unlike" for cue in passage.cues.get(at, ())):
        return False
    shares = (passage.token_span(each.span) for each in passage.quantities if each.unit == "percent")
    return any(start != first and end == at - 1 for start, end in shares)
