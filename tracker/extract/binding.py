"""Evidence that a number is a figure of an indicator: named features about structure only.

Nothing here knows an indicator or a word of a trade. A feature says how well, how near and under
which scope an indicator is named, what stands between, and what the clause holds that nobody explains.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.extract.candidates import Fit, HeaderUnit, fits, header_unit, headers_of, unit_part
from tracker.extract.clauses import surroundings
from tracker.extract.context import Surroundings
from tracker.extract.decide import Features
from tracker.extract.denominators import denominators, denominators_of, said_for
from tracker.extract.evidence import PRIOR, Evidence, Witnesses
from tracker.extract.measures import Measures
from tracker.extract.model import BlockKind, CellPlace, Quantity
from tracker.extract.passages import Passage
from tracker.extract.plan_headers import says_of_plan
from tracker.extract.scene import Scene
from tracker.extract.subjects import Subject, Subjects
from tracker.extract.union import united, words_around

#: Whom a rate with the indicator's own denominator counts ("48 women per 100,000 births") is no part of it.
_WHOLE = {"subgroup": 0.0, "modifier": 0.0, "nearest_other": 0.0}
_MOST = 6
_FAR = 400
#: Below the one an indicator is hardly named, from the other on well.
_LOW, _FAIR = 0.35, 0.6


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


@dataclass(frozen=True, slots=True)
class _Row:
    """Of a table's row the texts of cells without numbers, and the cells that say what a rate is given for."""

    worded: list[str]
    given: list[Passage]


def _before_tables(passages: list[Passage]) -> list[str | None]:
    """For every passage the text of the last one before it that is no cell, where that is not far."""
    found: list[str | None] = []
    last = -_FAR - 1
    for at, passage in enumerate(passages):
        found.append(passages[last].block.text if at - last <= _FAR else None)
        if passage.block.cell is None:
            last = at
    return found


class Binder:
    """Lists the candidates of every number of a scene with their features."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._subjects = Subjects(scene)
        self._witnesses = Witnesses(scene)
        self._around = Surroundings(scene, self._witnesses)
        self._measures = Measures(scene.vocabulary)
        self._order = {id(passage): at for at, passage in enumerate(scene.passages)}
        self._before_table = _before_tables(scene.passages)
        self._rows: dict[tuple[int, int], _Row] = {}

    def candidates(self, passage: Passage, quantity: Quantity) -> list[Candidate]:
        """Every unit-compatible indicator that something names; empty where there is none."""
        evidence = self._witnesses.gather(passage, quantity)
        evidence = {number: each for number, each in evidence.items() if each.channels}
        if not evidence:
            return []
        rows, columns, above = headers_of(self._scene, passage)
        in_cell = passage.block.cell is not None
        per = self._given_for(passage, quantity, rows, columns)
        found: dict[int, Fit] = {}
        for number in evidence:
            header = self._header(passage, rows, columns, above, number)
            options = fits(quantity, self._scene.vocabulary.indicators[number], header, in_cell, per)
            if options:
                found[number] = options[0]
        strengths = {number: each.strength for number, each in evidence.items()}
        ranking = sorted(found, key=lambda number: -strengths[number])[:_MOST]
        around = surroundings(passage, quantity)
        candidates = [
            self._candidate(passage, quantity, number, found[number], evidence[number], strengths, ranking, around)
            for number in ranking
        ]
        self._unite(passage, quantity, candidates)
        return candidates

    def claimed(self, passage: Passage, quantity: Quantity, number: int, ways: Sequence[str]) -> Candidate | None:
        """A number as a figure of one indicator, whether or not anything names that; None where the unit vetoes.

        ``ways``: how it may be read (level, bare, change), the one that is tried first at the front.
        """
        header = self._header(passage, *headers_of(self._scene, passage), number)
        indicator = self._scene.vocabulary.indicators[number]
        options = fits(quantity, indicator, header, passage.block.cell is not None)
        fitting = sorted((fit for fit in options if fit.how in ways), key=lambda fit: ways.index(fit.how))
        if not fitting:
            return None
        subject = self._subjects.choose(passage, quantity, indicator)
        return Candidate(passage, quantity, number, fitting[0], subject, {}, "claimed")

    def recalled(self, passage: Passage, quantity: Quantity, number: int) -> Candidate | None:
        """A number as a figure of an indicator that a text spoke of before, named or not; None by its unit."""
        evidence = self._witnesses.gather(passage, quantity)
        own = evidence.setdefault(number, Evidence())
        own.channels = own.channels or {"thread": 1.0}
        header = self._header(passage, *headers_of(self._scene, passage), number)
        in_cell, per = passage.block.cell is not None, self._given_for(passage, quantity, [], [])
        options = fits(quantity, self._scene.vocabulary.indicators[number], header, in_cell, per)
        if not options:
            return None
        strengths = {each: found.strength for each, found in evidence.items()}
        around = surroundings(passage, quantity)
        candidate = self._candidate(passage, quantity, number, options[0], own, strengths, [number], around)
        self._unite(passage, quantity, [candidate])
        return candidate

    def _unite(self, passage: Passage, quantity: Quantity, candidates: list[Candidate]) -> None:
        """How much of a name all places together hold: clause, sentence, what went before, scopes."""
        near = words_around(self._scene, passage, quantity)
        scores = [united(self._scene, candidate.indicator, near) for candidate in candidates]
        for candidate, score in zip(candidates, scores, strict=True):
            rival = max(
                (other for each, other in zip(candidates, scores, strict=True) if each is not candidate), default=0.0
            )
            candidate.features["union"] = score
            candidate.features["union_margin"] = score - rival
            candidate.features["union_first"] = float(score >= rival)

    def _given_for(
        self, passage: Passage, quantity: Quantity, rows: list[Passage], columns: list[Passage]
    ) -> frozenset[int]:
        """What a rate is said to be given for, beside the number or in the headers of its cell."""
        if quantity.per:
            return denominators(f"per {quantity.per}")
        cell = passage.block.cell
        if cell is None:
            return frozenset()
        beside = [each.block.text for each in self._row(cell).given if each is not passage]
        return said_for([each.block.text for each in rows] + beside + [each.block.text for each in columns])

    def _row(self, cell: CellPlace) -> _Row:
        known = self._rows.get((cell.table, cell.row))
        if known is None:
            cells = self._scene.rows[cell.table, cell.row]
            worded = [each.block.text for each in cells if not each.quantities]
            known = _Row(worded, [each for each in cells if denominators(each.block.text)])
            self._rows[cell.table, cell.row] = known
        return known

    def _header(
        self, passage: Passage, rows: list[Passage], columns: list[Passage], above: list[Passage], number: int
    ) -> HeaderUnit:
        cell = passage.block.cell
        if cell is None:
            return HeaderUnit()
        captions = [each for each in above if each.block.kind is BlockKind.CAPTION]
        before_it = [each for each in above if each.index < passage.index and each not in captions]
        texts = [each.block.text for each in (*columns, *rows)] + self._row(cell).worded
        texts += [unit_part(each, number) for each in captions] + [each.block.text for each in before_it]
        before = self._before_table[self._order[id(passage)]]
        if before is not None and ("ơn vị" in before or "unless" in before):
            texts.append(before)
        of_plan = says_of_plan(each.block.text for each in columns)
        return replace(header_unit(texts), of_plan=of_plan)

    def _candidate(
        self,
        passage: Passage,
        quantity: Quantity,
        number: int,
        fit: Fit,
        own: Evidence,
        strengths: dict[int, float],
        ranking: list[int],
        surroundings: Features,
    ) -> Candidate:
        indicator = self._scene.vocabulary.indicators[number]
        best = max(own.channels, key=lambda name: PRIOR[name] * own.channels[name])
        features = surroundings | _named(number, fit, own, strengths, ranking)
        features[f"best_{best}"] = 1.0
        if passage.block.cell is not None and strengths[number] < _FAIR:
            features["header_partial"] = 1.0
        features |= self._around.around(passage, quantity, number, own)
        local = best.startswith(("own", "sent"))
        features |= self._around.territory(passage, quantity, number, local)
        region = self._around.field(passage, quantity, number)
        region["retracted"] = max(region.get("retracted", 0.0), features.get("retracted", 0.0))
        features |= region
        features |= self._around.headers(passage, number)
        if quantity.per and denominators(f"per {quantity.per}") & denominators_of(indicator):
            features |= _WHOLE
        if features.get("header_other") or (local and features.get("nearest_other")):
            features["retracted"] = 1.0
        features["carried_novel" if not local else "local_novel"] = features.pop("novel", 0.0)
        features["carried_topic" if not local else "local_topic"] = features.pop("other_topic", 0.0)
        features[("local_" if local else "carried_") + fit.how] = 1.0
        if passage.block.cell is None and self._measures.another(passage, quantity, number):
            features["retracted"] = 1.0
        subject = self._subjects.choose(passage, quantity, indicator)
        features[f"subject_{subject.how}"] = 1.0
        listed = subject.area is not None and (
            subject.area in indicator.scope or subject.area in self._scene.vocabulary.comparators
        )
        features["outside"] = float(not listed)
        features |= self._around.by_nature(passage, quantity, number, own, fit)
        if quantity.unit == "percent" and fit.unit == "percent" and quantity.value > 100:
            features["over_100"] = 1.0
        return Candidate(passage, quantity, number, fit, subject, features, best)


def _named(number: int, fit: Fit, own: Evidence, strengths: Mapping[int, float], ranking: Sequence[int]) -> Features:
    """How well an indicator is named for a number, by itself and beside the others that are."""
    strength = strengths[number]
    rival = max((strengths[each] for each in ranking if each != number), default=0.0)
    features: Features = {f"channel_{name}": value for name, value in own.channels.items()}
    features["strength"] = strength
    features["strength_low"] = float(strength < _LOW)
    features["strength_fair"] = float(_LOW <= strength < _FAIR)
    features["margin"] = strength - rival
    features["first"] = float(ranking[0] == number)
    features["first_of_all"] = float(strength >= max(strengths.values()) - 1e-9)
    features["tied"] = float(abs(strength - rival) < 1e-6)
    features["exact"] = own.exact
    features[f"fit_{fit.how}"] = 1.0
    features[f"fit_{fit.unit}"] = 1.0
    return features
