"""Reading a document: which of its numbers are figures of tracked indicators, and what they say.

::

    blocks | words, dates, numbers, names   scene.py
           | number x indicator             binding.py    candidates with features
           | goal, forecast, change, date   kinds.py, timing.py
           | weighed by the models          judging.py, decide.py
           | held against each other        coherence.py
           | statements                     statements.py
           | how sure, and what waits       trust.py, here
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tracker.domain.indicator import Catalogue
from tracker.domain.statement import Kind, Published, Rule, Statement
from tracker.extract.binding import Candidate
from tracker.extract.blanks import unbroken
from tracker.extract.continued import asks
from tracker.extract.decide import Features, Models, calibrated, models
from tracker.extract.decided import Decided
from tracker.extract.documents import Selection, read_document
from tracker.extract.judging import decide
from tracker.extract.model import Document, Shape, Span
from tracker.extract.periods import find_published
from tracker.extract.references import observed_or_reference
from tracker.extract.scene import Scene, set_scene
from tracker.extract.statements import Draft, figure_of, quote_of, shared_periods, without_rough
from tracker.extract.trust import trust_features
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
        figure = figure_of(scene, each.candidate, each.changed)
        base = _base(each) if each.changed else None
        drafts.append(Draft(each.candidate, area, each.kind, figure, each.timing.period, base, each.bound))
        kept.append(each)
    published = scene.document.published.day if scene.document.published else None
    spoken = without_rough(drafts)
    kept = [each for draft, each in zip(drafts, kept, strict=True) if id(draft) in spoken]
    drafts = [draft for draft in drafts if id(draft) in spoken]
    drafts = shared_periods(drafts, [each.timing.how for each in kept])
    return observed_or_reference(drafts, published, comparators), kept


def _base(each: Decided) -> str | None:
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

    A number that goes on from the one before without naming its indicator, one that may be another one, a column or
    row that names something else or a part of the name with words of its own, a number without a unit of its own
    whose indicator stands only far above it, an area taken by default where the
    catalogue has several, an observation of days to come, a number in words where the words lack their diacritics,
    what is only asked ("whether it will be 44").
    """
    evidence, candidate = each.candidate.features, each.candidate
    quantity, block = candidate.quantity, candidate.passage.block
    if evidence.get("continued") or evidence.get("linked"):
        return True
    if quantity.alternatives or "ambiguous" in quantity.flags:
        return True
    if not unbroken(block, quantity.number.start, quantity.number.end):
        return True
    if scene.document.marked and quantity.shape is Shape.WORDS:
        return True
    if asks(candidate.passage, candidate.passage.token_span(quantity.number)[0]):
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


__all__ = ["NO_INDICATOR", "Leftover", "Reading", "read", "read_bytes"]
