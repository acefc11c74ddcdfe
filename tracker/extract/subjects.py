"""Whom one figure is about: the nearest fitting subject, else what scopes it, else the default."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from tracker.domain.indicator import Indicator
from tracker.extract.areas import ALSO, HOME, LOCALITY, NATION
from tracker.extract.bodies import OTHER
from tracker.extract.candidates import headers_of
from tracker.extract.keys import key, phrase
from tracker.extract.localities import Localities, local_areas
from tracker.extract.model import Quantity, Shape
from tracker.extract.movement import CHANGES
from tracker.extract.passages import AreaMention, Passage, Sentence
from tracker.extract.scene import Scene
from tracker.extract.vocabulary import UNLISTED

_REACH_RIGHT = 6


class Subject(NamedTuple):
    """``area`` is an id of the catalogue, None where the subject is none that is listed.

    ``how``: where it was found (clause, sentence, right, listed, compare, anaphor, carried, scope, main, default,
    outside, and row for the headers of a cell), or why there is none (foreign, none). ``base`` is the area that a
    change is measured from.
    """

    area: str | None
    how: str
    base: str | None = None


class Subjects:
    """Chooses the subject of every number of a scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._comparators = scene.vocabulary.comparators
        self._local = local_areas(scene.vocabulary)
        self._localities = Localities(scene)
        self._tables = self._tables_with_areas()

    def choose(self, passage: Passage, quantity: Quantity, indicator: Indicator) -> Subject:
        """The subject of ``quantity`` read as a figure of ``indicator``."""
        if passage.block.cell is not None:
            chosen = self._in_table(passage)
            if chosen is not None:
                return chosen
        listed = self._listed(passage, quantity)
        if listed is not None:
            return Subject(listed, "listed")
        sentence_number = passage.sentence_at(passage.token_span(quantity.number)[0])
        chosen = self._in_sentence(passage, quantity, sentence_number, indicator)
        if chosen.area is not None or chosen.how == "foreign":
            return chosen
        carried = self._carried(passage, sentence_number, indicator)
        if carried is None:
            carried = self._scoped(passage, indicator)
        if carried is None:
            carried = self._fallback(indicator)
        return Subject(carried.area, carried.how, chosen.base)

    def _listed(self, passage: Passage, quantity: Quantity) -> str | None:
        """In "A và B lần lượt là x và y": the area that stands at the number's own place in the list."""
        if "respectively" not in passage.cue_places:
            return None
        at = passage.token_span(quantity.number)[0]
        here = passage.sentences[passage.sentence_at(at)] if passage.sentences else None
        if here is None:
            return None
        for cue in passage.cue_list:
            if cue.payload != "respectively" or not here.first <= cue.first < here.last:
                continue
            numbers = [
                each
                for each in passage.quantities
                if not each.noise
                and each.unit == quantity.unit
                and here.first <= passage.token_span(each.number)[0] < here.last
            ]
            trailing = passage.tokens[cue.first].text.lower().startswith("respective")
            if not trailing and cue.first > at:
                continue
            if cue.first < at:
                until = next(
                    (m.first for m in passage.areas if m.first > cue.last and m.area not in _NO_NAMES), here.last
                )
                numbers = [each for each in numbers if cue.first < passage.token_span(each.number)[0] < until]
                areas = [m for m in passage.areas if here.first <= m.first < cue.first]
            else:
                numbers = _run_before(passage, numbers, cue.first)
                first = passage.token_span(numbers[0].number)[0] if numbers else 0
                areas = [m for m in passage.areas if here.first <= m.first < first]
            names = [m.area for m in areas if m.area not in _NO_NAMES]
            if quantity in numbers and 1 < len(numbers) <= len(names):
                return names[-len(numbers) :][numbers.index(quantity)]
        return None

    def _resolve(self, mention: AreaMention, indicator: Indicator) -> str | None:
        if mention.area == NATION:
            return indicator.area
        if mention.area == HOME:
            main = self._scene.main
            return main if main in indicator.scope else indicator.area
        if mention.area == LOCALITY:
            return self._scene.main
        return mention.area

    def _place_only(self, mention: AreaMention, indicator: Indicator) -> bool:
        """Whether an area only says where: a figure that one body alone has is that body's, wherever it works."""
        return len(indicator.scope) == 1 and mention.area in self._local and mention.area not in indicator.scope

    def _aside(self, passage: Passage, mention: AreaMention, number: int) -> bool:
        """Tell an insertion, which changes no subject: "Ontario, which counts as we do, had 7.2"."""
        start = mention.first
        while start > 0 and not passage.breaks[start]:
            start -= 1
        return passage.keys[start] in _RELATIVE and any(passage.breaks[mention.last + 1 : number + 1])

    def _in_sentence(self, passage: Passage, quantity: Quantity, number: int, indicator: Indicator) -> Subject:
        first, last = passage.token_span(quantity.span)
        sentence = passage.sentences[number] if passage.sentences else None
        low, high = (sentence.first, sentence.last) if sentence else (0, len(passage.tokens))
        right = self._right(passage, quantity, last, high, indicator)
        if right is not None:
            return right
        base: str | None = None
        change = quantity.unit in CHANGES
        locality: Subject | None = None
        for mention in reversed(passage.areas):
            if mention.first >= first or mention.first < low:
                continue
            between = _number_between(passage, mention.last, first)
            if mention.role == "compare":
                area = self._resolve(mention, indicator)
                if change:
                    base = base or (area if not between else None)
                    continue
                if self._compared_level(passage, quantity, mention, first) and area is not None and area != UNLISTED:
                    return Subject(area, "compare")
                continue
            if mention.role in ("field", "venue", "office", "speaker") or self._aside(passage, mention, first):
                continue
            if mention.area in (UNLISTED, OTHER):
                return Subject(None, "foreign")
            if self._place_only(mention, indicator):
                continue
            if mention.area == LOCALITY and passage.keys[mention.first] == _THERE:
                there = _last_named(passage, mention.first)
                if there is not None and there.area in (UNLISTED, OTHER):
                    return Subject(None, "foreign")
                if there is not None and there.area in self._comparators:
                    return Subject(there.area, "anaphor", base)
            if mention.area in (LOCALITY, HOME):
                if locality is None:
                    area = self._place(passage, mention, indicator)
                    if area is not None:
                        return Subject(area, "anaphor", base)
                continue
            if mention.area in self._comparators and between and self._mixed(passage, mention, first):
                continue
            if mention.area == NATION:
                return Subject(indicator.area, "clause", base)
            return Subject(
                mention.area, "clause" if not self._broken(passage, mention.last, first) else "sentence", base
            )
        return Subject(None, "none", base)

    def _compared_level(self, passage: Passage, quantity: Quantity, mention: AreaMention, first: int) -> bool:
        """Whether the number is the value of what is compared with: "than the world's (57 %)"."""
        for each in passage.quantities:
            at = passage.token_span(each.number)[0]
            if mention.last < at < first and each is not quantity and each.unit not in CHANGES and not each.noise:
                return False
        marks = sum(passage.breaks[at] > 0 for at in range(mention.last + 1, first + 1))
        text = passage.block.text[passage.tokens[mention.last].end : quantity.span.start]
        return marks == 0 or (marks == 1 and "(" in text) or (marks == 1 and ":" in text)

    def _place(self, passage: Passage, mention: AreaMention, indicator: Indicator) -> str | None:
        """Whom an anaphor means: who is named before it, its heading, the document's main area.

        "the city" is first of all an area that is called one.
        """
        if mention.area != LOCALITY:
            return self._resolve(mention, indicator)
        called = self._localities.called(passage, mention)
        if called is not None:
            return called
        near = self._localities.named_before(passage, mention)
        if near is None:
            scoped = self._scoped(passage, indicator)
            near = scoped.area if scoped is not None else None
        return near or self._resolve(mention, indicator)

    def _mixed(self, passage: Passage, mention: AreaMention, first: int) -> bool:
        """A comparator that a number already follows, with a new clause since."""
        return any(passage.breaks[at] >= 2 for at in range(mention.last + 1, first + 1))

    def _broken(self, passage: Passage, start: int, end: int) -> bool:
        return any(passage.breaks[at] for at in range(start + 1, end + 1))

    def _right(
        self, passage: Passage, quantity: Quantity, last: int, high: int, indicator: Indicator
    ) -> Subject | None:
        ranked = quantity.unit == "rank" or quantity.shape in (Shape.RANK, Shape.TOP)
        for mention in passage.areas:
            if mention.first <= last:
                continue
            if mention.first >= high or mention.first - last > self._reach(passage, mention, last):
                return None
            if any(passage.breaks[at] for at in range(last + 1, mention.first + 1)):
                return None
            if any(last < passage.token_span(q.number)[0] < mention.first for q in passage.quantities):
                return None
            if self._joined(passage, last, mention, high):
                return None
            if mention.area in (OTHER, HOME) or mention.role in ("venue", "office"):
                return None
            if mention.role == "compare" and self._compared_between(passage, last, mention.first):
                return None
            if quantity.unit in CHANGES and not _BESIDE_WHAT.isdisjoint(passage.keys[last + 1 : mention.first]):
                return None
            if mention.area == NATION:
                return Subject(indicator.area, "right")
            if (mention.area in self._comparators or mention.area == UNLISTED) and (ranked or mention.role == "field"):
                return None
            before = _word_before(passage, mention.first)
            adjacent = mention.first - last == 1
            linked = before in _LINKS
            if mention.area == LOCALITY and adjacent and passage.keys[mention.first] == _THERE:
                there = _last_named(passage, mention.first)
                named_here = there is not None and passage.sentence_at(there.first) == passage.sentence_at(last)
                if there is not None and named_here:
                    return Subject(None, "foreign") if there.area in (UNLISTED, OTHER) else Subject(there.area, "right")
            if mention.area == LOCALITY:
                if not linked:
                    return None
                area = self._place(passage, mention, indicator)
                return Subject(area, "right") if area else None
            if not (adjacent or linked or (mention.first - last <= 4 and not passage.tokens[mention.first].capital)):
                return None
            return Subject(None, "foreign") if mention.area == UNLISTED else Subject(mention.area, "right")
        return None

    def _reach(self, passage: Passage, mention: AreaMention, last: int) -> int:
        """How far after a number its area may be named; farther where the sentence has named none before.

        "There are 38,700 households waiting for a home across the country".
        """
        linked = _word_before(passage, mention.first) in _ACROSS
        low = passage.sentences[passage.sentence_at(last)].first if passage.sentences else 0
        named = any(low <= each.first <= last for each in passage.areas)
        return _REACH_RIGHT if named or not linked else 2 * _REACH_RIGHT

    @staticmethod
    def _joined(passage: Passage, last: int, mention: AreaMention, high: int) -> bool:
        """Whether "and" goes on to another area with a number of its own: "was 335 and the Philippines' 643"."""
        if ALSO.isdisjoint(passage.keys[last + 1 : mention.first]):
            return False
        return any(mention.last < passage.token_span(each.number)[0] < high for each in passage.quantities)

    @staticmethod
    def _compared_between(passage: Passage, low: int, high: int) -> bool:
        return any(
            cue.payload in ("compare", "average") for at in range(low + 1, high) for cue in passage.cues.get(at, ())
        )

    def _carried(self, passage: Passage, number: int, indicator: Indicator) -> Subject | None:
        """The subject of the sentences before, within the passage."""
        for sentence in reversed(passage.sentences[:number]):
            for mention in reversed(passage.areas):
                if not sentence.first <= mention.first < sentence.last or mention.role != "subject":
                    continue
                if mention.area == OTHER:
                    return Subject(None, "foreign")
                if (
                    _ranged(passage, sentence, mention)
                    or mention.area == UNLISTED
                    or mention.area in self._comparators
                    or self._place_only(mention, indicator)
                ):
                    continue
                area = self._resolve(mention, indicator)
                if area is not None:
                    return Subject(area, "carried")
        return None

    def _scoped(self, passage: Passage, indicator: Indicator) -> Subject | None:
        for scope in self._scene.scopes(passage):
            listed = [
                mention.area
                for mention in scope.areas
                if mention.area in self._local
                and mention.role in ("subject", "office")
                and not self._place_only(mention, indicator)
            ]
            if len(set(listed)) == 1:
                return Subject(listed[0], "scope")
            unlisted = [mention for mention in scope.areas if mention.area == UNLISTED and mention.role == "subject"]
            if unlisted and not listed and scope.block.kind.value == "item":
                return Subject(None, "foreign")
        return None

    def _fallback(self, indicator: Indicator) -> Subject:
        main = self._scene.main
        if main is not None:
            return Subject(main, "main") if main in indicator.scope else Subject(indicator.area, "outside")
        return Subject(indicator.area, "default")

    def _tables_with_areas(self) -> dict[int, str]:
        """Per table on which side areas stand: ``row`` or ``column``."""
        sides: dict[int, str] = {}
        for passage in self._scene.passages:
            cell = passage.block.cell
            if cell is None or cell.is_header:
                continue
            rows, columns, _ = headers_of(self._scene, passage)
            for side, headers in (("row", rows), ("column", columns)):
                if any(self._named(header) or _elsewhere(header) for header in headers):
                    sides.setdefault(cell.table, side)
        return sides

    def _named(self, header: Passage) -> str | None:
        for mention in header.areas:
            if mention.area not in _NO_NAMES:
                return mention.area
        return None

    def _whole(self, header: Passage) -> str | None:
        """What "toàn tỉnh", "cả nước" stand for as the name of a row."""
        for mention in header.areas:
            if mention.area == LOCALITY and mention.first == 0:
                return self._scene.main
            if mention.area == NATION:
                return next((i.area for i in self._scene.vocabulary.indicators), None)
        return None

    def _in_table(self, passage: Passage) -> Subject | None:
        cell = passage.block.cell
        if cell is None:
            return None
        rows, columns, above = headers_of(self._scene, passage)
        side = self._tables.get(cell.table)
        for header in rows if side == "row" else columns if side == "column" else []:
            area = self._named(header) or self._whole(header)
            if area is not None:
                return Subject(area, "row")
        if side is not None:
            return Subject(None, "foreign")
        for passage_above in above:
            area = self._named(passage_above)
            if area is not None and area in self._local:
                return Subject(area, "scope")
        return None


def _run_before(passage: Passage, numbers: list[Quantity], end: int) -> list[Quantity]:
    """The numbers of the list that ends before a word, no area among them: "Ely in 2024, with A and B at 5 and 2"."""
    run: list[Quantity] = []
    until = end
    for each in reversed(numbers):
        first = passage.token_span(each.number)[0]
        if first >= end:
            continue
        if run and any(first < mention.first < until for mention in passage.areas):
            break
        run.insert(0, each)
        until = first
    return run


def _ranged(passage: Passage, sentence: Sentence, mention: AreaMention) -> bool:
    """Whether a place only ends a range that a sentence about all of them gives: "from 2% in Dorn to 5% in Vale"."""
    text = passage.block.text[passage.tokens[sentence.first].start : passage.tokens[mention.first].start]
    return _RANGE.search(text) is not None


_RANGE = re.compile(
    r"\b(?:rang(?:ed|es|ing)|var(?:ied|ies|ying)|anywhere|everything)\b[^;]*\bfrom\b[^;]*\b(?:in|for|to)\s(?:the\s)?$",
    re.IGNORECASE,
)


def _elsewhere(header: Passage) -> bool:
    """Whether a header is the name of a place that is not listed, and nothing more."""
    return any(
        mention.area == UNLISTED and mention.role == "subject" and mention.last - mention.first + 1 == len(header.keys)
        for mention in header.areas
    )


def _word_before(passage: Passage, first: int) -> str:
    """The word that a name hangs on, its article aside: "in the UK"."""
    at = first - 1
    if at > 0 and passage.keys[at] == _THE:
        at -= 1
    return passage.keys[at] if at >= 0 else ""


def _last_named(passage: Passage, at: int) -> AreaMention | None:
    """The area named last before a word, whoever it is."""
    named = [each for each in passage.areas if each.last < at and each.area not in (LOCALITY, HOME, NATION)]
    return named[-1] if named else None


def _number_between(passage: Passage, low: int, high: int) -> bool:
    """Whether a whole number with its unit stands between two tokens."""
    at = bisect_left(passage.figure_ends, high)
    return at > 0 and passage.figure_starts[at - 1] > low


_NO_NAMES = (LOCALITY, HOME, OTHER, UNLISTED, NATION)
_RELATIVE = frozenset(phrase("which who whose where as"))
# "0.3 points above the national rate" is no figure of the nation's.
_BESIDE_WHAT = frozenset(phrase("above below than behind ahead over under"))
_THERE, _THE = key("there"), key("the")
_ACROSS = frozenset(phrase("across throughout in"))
_LINKS = frozenset(phrase("của in of for across throughout ở tại trên dân số cả toàn"))
