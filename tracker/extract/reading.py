"""Reading a document: which of its numbers are figures of tracked indicators, and what they say.

::

    blocks | words, dates, numbers, names   scene.py
           | number x indicator             binding.py    candidates with features
           | goal, forecast, change, date   kinds.py, timing.py
           | weigh and abstain              decide.py
           | statements                     statements.py
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tracker.domain.figure import Figure, Qualifier
from tracker.domain.indicator import Catalogue
from tracker.domain.statement import Kind, Published, Rule, Statement
from tracker.extract.binding import Binder, Candidate
from tracker.extract.blanks import unbroken
from tracker.extract.coherence import coherent
from tracker.extract.continued import Thread, promised
from tracker.extract.decide import Features, Models, calibrated, models, softmax
from tracker.extract.decided import Decided
from tracker.extract.documents import Selection, read_document
from tracker.extract.kinds import Kinds
from tracker.extract.model import Document, Quantity, Shape, Span
from tracker.extract.passages import Passage
from tracker.extract.periods import find_published
from tracker.extract.references import observed_or_reference
from tracker.extract.scene import Scene, set_scene
from tracker.extract.statements import (
    Draft,
    estimated,
    figure_of,
    quote_of,
    rounded,
    shared_periods,
    without_rough,
)
from tracker.extract.timing import Timer
from tracker.extract.trust import trust_features
from tracker.extract.twins import twin
from tracker.extract.vocabulary import names_of

NO_INDICATOR = "no tracked indicator"
"""Why a number was left that is no noise."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A number that was read and not used, with the reason."""

    start: int
    end: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with everything read out of it; what was left is named, never dropped.

    ``places``: where the number of each statement stands in the document, with its hedge and unit.
    """

    document: Document
    statements: tuple[Statement, ...]
    leftovers: tuple[Leftover, ...]
    places: tuple[Span, ...] = ()


def read(document: Document, catalogue: Catalogue) -> list[Statement]:
    """Every statement of a tracked indicator, each repetition, in the order of the text."""
    return list(_read(document, catalogue, models())[0])


def read_bytes(
    content: bytes,
    name: str,
    catalogue: Catalogue,
    *,
    media_type: str | None = None,
    charset: str | None = None,
    published: Published | None = None,
    selection: Selection | None = None,
) -> Reading:
    """Read a file as it came. ``published`` wins over what the document says of itself.

    ``selection`` is what of the document is read, where the user points at a part of it.

    Raises:
        SourceRejected: the file is empty, binary, or of a kind that is not read.
    """
    document, metadata = read_document(
        content, name, media_type=media_type, charset=charset, selection=selection, called=lambda: names_of(catalogue)
    )
    when = published or find_published(document.blocks, metadata)
    document = replace(document, published=when)
    return Reading(document, *_read(document, catalogue, models()))


def _read(
    document: Document, catalogue: Catalogue, weighed: Models
) -> tuple[tuple[Statement, ...], tuple[Leftover, ...], tuple[Span, ...]]:
    scene = set_scene(document, catalogue)
    decided = decide(scene, weighed)
    drafts, kept = _drafts(scene, decided)
    trust = trust_features(scene, drafts, kept)
    statements = [_statement(scene, *each, weighed) for each in zip(drafts, kept, trust, strict=True)]
    sure = [at for at, each in enumerate(statements) if each.confidence >= weighed.least_confidence]
    used = {id(kept[at].candidate.quantity) for at in sure}
    places = tuple(_place(kept[at].candidate) for at in sure)
    return tuple(statements[at] for at in sure), tuple(_leftovers(scene, used)), places


def decide(scene: Scene, weighed: Models) -> list[Decided]:
    """Bind every number that can be bound and tell what it is."""
    decided: list[Decided] = []
    binder, timer, kinds, thread = Binder(scene), Timer(scene), Kinds(scene), Thread()
    for passage, quantity in numbers(scene):
        candidates = binder.candidates(passage, quantity)
        bound = bind_after(decided, candidates, scene, weighed)
        told = tell(bound, timer, kinds, weighed) if bound is not None else None
        if told is None or told.bound < _FIRM:
            likely = ranked(candidates, weighed)
            goes_on = _go_on(thread, likely, timer, kinds, weighed)
            if goes_on is None:
                thread.passed(passage, quantity, likely)
            told = goes_on or told
        if told is not None:
            decided.append(told)
            if told.bound >= _FIRM:
                thread.read(told)
    return coherent(decided)


def _go_on(
    thread: Thread, likely: list[tuple[Candidate, float]], timer: Timer, kinds: Kinds, weighed: Models
) -> Decided | None:
    """A goal or a forecast of the figure before it, bound as firmly as one that is just read."""
    going = thread.continues(likely)
    if going is None:
        return None
    told = tell(Bound(going[0], _FIRM, 0.0), timer, kinds, weighed)
    if not promised(told):
        return None
    told.candidate.features["continued"] = 1.0
    return told


def numbers(scene: Scene) -> Iterator[tuple[Passage, Quantity]]:
    """Every number that is no noise, in the order of the text."""
    for passage in scene.passages:
        if passage.block.cell is not None and passage.block.cell.is_header:
            continue
        for quantity in passage.quantities:
            per = passage.block.text[max(0, quantity.number.start - 1) : quantity.number.start] == "/"
            if quantity.noise is None and not per:
                yield passage, quantity


@dataclass(frozen=True, slots=True)
class Bound:
    """The likeliest candidate of a number, how likely it is, and how likely the next indicator."""

    candidate: Candidate
    sure: float
    rival: float


def bind(candidates: list[Candidate], weighed: Models) -> Bound | None:
    """The likeliest candidate, None where none is likely enough."""
    ranked = sorted(
        (
            (weighed.binding.probability(each.features), -at, each)
            for at, each in enumerate(candidates)
            if not each.features.get("retracted")
        ),
        reverse=True,
    )
    if not ranked or ranked[0][0] < weighed.least or ranked[0][2].subject.area is None:
        return None
    return Bound(ranked[0][2], ranked[0][0], ranked[1][0] if len(ranked) > 1 else 0.0)


def ranked(candidates: list[Candidate], weighed: Models) -> list[tuple[Candidate, float]]:
    """The candidates that nothing takes back with their probabilities, the likeliest first."""
    stay = [each for each in candidates if not each.features.get("retracted")]
    return sorted(((each, weighed.binding.probability(each.features)) for each in stay), key=lambda pair: -pair[1])


def bind_after(decided: list[Decided], candidates: list[Candidate], scene: Scene, weighed: Models) -> Bound | None:
    """The likeliest candidate of the next number; one that is hardly bound may be the twin of the number before it."""
    bound = bind(candidates, weighed)
    if decided and decided[-1].bound >= _FIRM and (bound is None or bound.sure < _FIRM):
        other = twin(decided[-1].candidate, candidates, scene.vocabulary.words_of)
        if other is not None:
            return Bound(other, decided[-1].bound, bound.sure if bound is not None else 0.0)
    return bound


_FIRM = 0.45


def tell(bound: Bound, timer: Timer, kinds: Kinds, weighed: Models) -> Decided:
    """Kind and date of a bound number; a goal is dated by its deadline."""
    candidate = bound.candidate
    passage, quantity = candidate.passage, candidate.quantity
    timing, dated = timer.weigh(passage, quantity, candidate.indicator, weighed.timing)
    features = kinds.features(candidate, timing)
    modes = softmax({name: model.score(features) for name, model in weighed.modes.items()})
    if features.get("future"):
        modes = modes | {"reported": 0.0}
    elif features.get("beyond_goal_change"):
        modes = modes | {"target": 0.0}
    mode = max(modes, key=lambda name: modes[name])
    step = kinds.change(candidate)
    change = weighed.change.probability(step)
    forced = candidate.fit.how == "change" or quantity.unit in ("pp", "places", "times")
    certain = bool(step.get("moved_next_percent")) and not step.get("moved_right_percent")
    changed = forced or certain or change >= 0.5 or kinds.signed(candidate)
    kind = Kind.DELTA if changed else Kind.OBSERVATION
    kind = Kind(mode) if mode != "reported" else kind
    return Decided(candidate, bound.sure, timing, features, modes, change, kind, changed, bound.rival, dated)


def _drafts(scene: Scene, decided: list[Decided]) -> tuple[list[Draft], list[Decided]]:
    drafts, kept = [], []
    indicators, comparators = scene.vocabulary.indicators, scene.vocabulary.comparators
    for each in decided:
        area = each.candidate.subject.area
        indicator = indicators[each.candidate.indicator]
        if area is None or not (area in indicator.scope or area in comparators):
            continue
        if area in comparators and each.kind is not Kind.OBSERVATION:
            continue
        figure = figure_of(each.candidate, each.changed)
        if scene.document.language == "vi":
            figure = rounded(figure)
        if figure.qualifier is Qualifier.EXACT and estimated(scene, each.candidate):
            figure = replace(figure, qualifier=Qualifier.ESTIMATED)
        base = _base(scene, each) if each.changed else None
        drafts.append(Draft(each.candidate, area, each.kind, figure, each.timing.period, base, each.bound))
        kept.append(each)
    published = scene.document.published.day if scene.document.published else None
    spoken = without_rough(drafts)
    kept = [each for draft, each in zip(drafts, kept, strict=True) if id(draft) in spoken]
    drafts = [draft for draft in drafts if id(draft) in spoken]
    drafts = shared_periods(drafts, [each.timing.how for each in kept])
    return observed_or_reference(drafts, published, comparators), kept


def _base(scene: Scene, each: Decided) -> str | None:
    if each.timing.base is not None:
        return str(each.timing.base)
    if each.candidate.subject.base is not None:
        return each.candidate.subject.base
    near = each.kind_features
    if near.get("beyond_goal") or any(near.get(f"target_{side}_own") for side in ("left", "right")):
        return "target"
    return None


_MOST_OF_A_NAME = 0.7


def barred(scene: Scene, each: Decided) -> bool:
    """Whether a reading always waits for a person, however sure it looks.

    A number that may be another one, a column or row that names something else or a part of the
    name with words of its own, a number without a
    unit of its own whose indicator stands only far above it, an area taken by default where the
    catalogue has several, an observation of days to come, a number in words where the words lack their diacritics.
    """
    evidence, candidate = each.candidate.features, each.candidate
    quantity, block = candidate.quantity, candidate.passage.block
    if evidence.get("continued"):
        return True
    if quantity.alternatives or "ambiguous" in quantity.flags:
        return True
    if not unbroken(block, quantity.number.start, quantity.number.end):
        return True
    if scene.document.marked and quantity.shape is Shape.WORDS:
        return True
    if each.kind is Kind.OBSERVATION and _still_to_come(scene, each):
        return True
    if evidence.get("column_alien") or evidence.get("row_alien"):
        return True
    if candidate.channel == "row" and evidence["strength"] < _MOST_OF_A_NAME and evidence.get("row_novel"):
        return True
    if candidate.fit.unit == "ratio" and candidate.channel in ("document", "above", "title"):
        return True
    defaults = {indicator.area for indicator in scene.vocabulary.indicators}
    return candidate.subject.how == "default" and len(defaults) > 1


def _still_to_come(scene: Scene, each: Decided) -> bool:
    """Nobody observes what begins after the day of publication: the kind or the date is wrong."""
    period, published = each.timing.period, scene.document.published
    return period is not None and published is not None and period.start > published.day


def _statement(scene: Scene, draft: Draft, each: Decided, features: Features, weighed: Models) -> Statement:
    document = scene.document
    confidence = calibrated(weighed.confidence.probability(features), weighed.knots)
    span = quote_of(document, draft.candidate.passage, draft.candidate.quantity)
    rules = [
        Rule(name, _say(name), round(weight, 3)) for name, weight in weighed.binding.reasons(draft.candidate.features)
    ]
    rules.append(Rule(f"subject_{draft.candidate.subject.how}", f"whom: {draft.candidate.subject.how}"))
    rules.append(Rule(f"time_{each.timing.how}", f"when: {each.timing.how}"))
    return Statement(
        doc=document.name,
        indicator=scene.vocabulary.indicators[draft.candidate.indicator].id,
        area=draft.area,
        kind=draft.kind,
        figure=draft.figure,
        period=draft.period,
        published=document.published,
        quote=document.text[span.start : span.end],
        start=span.start,
        end=span.end,
        confidence=round(confidence, 4),
        accepted=confidence >= needed(document, weighed) and not barred(scene, each),
        base=draft.base,
        rules=tuple(rules),
    )


def _place(candidate: Candidate) -> Span:
    return candidate.passage.block.place(candidate.quantity.span)


def needed(document: Document, weighed: Models) -> float:
    """The confidence from which a reading is recorded; higher where the words had to be guessed at."""
    return weighed.accept + (_GUESSED * (1 - weighed.accept) if document.marked else 0.0)


_GUESSED = 0.3


def _say(name: str) -> str:
    return name.replace("_", " ")


def _leftovers(scene: Scene, used: set[int]) -> Iterator[Leftover]:
    for passage in scene.passages:
        for quantity in passage.quantities:
            if id(quantity) in used:
                continue
            place = passage.block.place(quantity.span)
            why = quantity.noise or NO_INDICATOR
            yield Leftover(place.start, place.end, passage.block.text[quantity.span.start : quantity.span.end], why)


__all__ = ["NO_INDICATOR", "Figure", "Leftover", "Reading", "Span", "read", "read_bytes"]
