"""One finding for each number that no indicator took and that has a clear name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.discover import words
from tracker.discover.phrases import Name, Sentence, names, sentences
from tracker.domain.figure import Qualifier
from tracker.domain.indicator import Area, Catalogue
from tracker.domain.period import Period
from tracker.domain.statement import Published, Statement
from tracker.extract import Reading
from tracker.extract.blanks import blanks_of
from tracker.extract.model import Block, BlockKind, Document, PeriodMention, Quantity, Role
from tracker.extract.numbers import find_quantities, page_style
from tracker.extract.periods import find_periods

MOST_PERCENT = 1000
FEWEST_COUNTED = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """A number with its name. ``unit`` is one that an indicator can have; ``counted`` what is counted.

    ``by`` is the deadline where it is a goal. ``area`` is the id of a configured area, None where the
    text names none of them.
    """

    name: str
    headed: bool
    unit: str
    value: Decimal
    counted: str
    period: Period | None
    by: date | None
    qualifier: Qualifier
    area: str | None
    quote: str
    doc: str
    published: Published | None
    vietnamese: bool


def findings_of(reading: Reading, catalogue: Catalogue) -> list[Finding]:
    """Everything in one document that has a clear name and was read as no tracked indicator."""
    document = reading.document
    taken = _Taken(reading.statements)
    style = page_style([block.text for block in document.blocks])
    anchor = document.published.day if document.published else None
    found: list[Finding] = []
    for block in document.blocks:
        if block.kind is BlockKind.BOILERPLATE or not block.text or block.cell is not None:
            continue
        periods = find_periods(block.text, anchor)
        quantities = find_quantities(
            block.text, taken=[one.span for one in periods], style=style, blanks=blanks_of(document, block)
        )
        open_ = [one for one in quantities if one.noise is None and not taken.holds(block, one)]
        if not open_:
            continue
        scope = _Scope.of(document, block, anchor)
        for sentence in sentences(block.text, periods, quantities):
            found += _in_sentence(sentence, open_, document, scope, catalogue)
    return found


class _Taken:
    """The numbers that were read as tracked: those of a statement's value inside its quote."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._by_value: dict[Decimal, list[Statement]] = {}
        for one in statements:
            self._by_value.setdefault(abs(one.figure.value), []).append(one)

    def holds(self, block: Block, quantity: Quantity) -> bool:
        place = block.place(quantity.number)
        said = self._by_value.get(abs(quantity.value), ())
        return any(one.start <= place.start and place.end <= one.end for one in said)


@dataclass(frozen=True, slots=True)
class _Scope:
    """What headings and the lead of a list say for everything below them."""

    anchor: date | None
    goal: bool
    periods: tuple[PeriodMention, ...]

    @classmethod
    def of(cls, document: Document, block: Block, anchor: date | None) -> _Scope:
        texts = [document.blocks[at].text for at in block.scope]
        periods = [one for text in texts for one in find_periods(text, anchor)]
        return cls(anchor, any(words.GOALS.anywhere(_low(text)) for text in texts), tuple(periods))


def _in_sentence(
    sentence: Sentence, open_: Sequence[Quantity], document: Document, scope: _Scope, catalogue: Catalogue
) -> Iterator[Finding]:
    named = names(sentence)
    for quantity in open_:
        name = named.get(quantity.number.start)
        if name is None or not sentence.start <= quantity.number.start < sentence.end:
            continue
        unit = _unit(quantity, name)
        if unit is None:
            continue
        text, area = _without_area(name.text, catalogue.areas)
        area = area or _area_in(sentence.text[sentence.start : sentence.end], catalogue.areas)
        if not text or area in catalogue.comparators():
            continue
        by, period = _dates(sentence, quantity, scope)
        yield Finding(
            name=text,
            headed=name.headed,
            unit=unit,
            value=quantity.value,
            counted=_counted(quantity),
            period=period,
            by=by,
            qualifier=quantity.qualifier,
            area=area,
            quote=" ".join(sentence.text[sentence.start : sentence.end].split()),
            doc=document.name,
            published=document.published,
            vietnamese=document.language == "vi" or not text.isascii(),
        )


def _unit(quantity: Quantity, name: Name) -> str | None:
    """The unit an indicator of it would have; None for what none can be made of."""
    low = _low(name.text)
    index = words.phrases("chỉ số|điểm số|index|score").anywhere(low)
    match quantity.unit:
        case "percent":
            return "percent" if quantity.value <= MOST_PERCENT else None
        case "rank" | "VND" | "USD":
            return quantity.unit
        case "points" if index:
            return "index"
        case None:
            return "ratio" if quantity.per else "index" if index else _counting(quantity, low, name)
    return None


def _counting(quantity: Quantity, low: list[str], name: Name) -> str | None:
    """A count needs a word for what is counted, or a name that is one of counting."""
    counts = words.phrases("số|số lượng|tổng số|tổng|số lượt|number|dân số|population").anywhere(low)
    if not name.headed or not (quantity.noun or counts):
        return None
    return "count" if quantity.value >= FEWEST_COUNTED or not counts else None


def _counted(quantity: Quantity) -> str:
    return f"{quantity.noun}/{quantity.per}".strip("/") if quantity.per else quantity.noun


def _dates(sentence: Sentence, quantity: Quantity, scope: _Scope) -> tuple[date | None, Period | None]:
    """Deadline and period: the date beside the number, else the one that opens the sentence or stands above it.

    What stands before another number belongs to that one.
    """
    low, high = _window(sentence, quantity)
    opening = next((one.start for one in sentence.words if one.number is not None), sentence.end)
    text = sentence.text
    beside = _within(sentence.periods, low, high)
    beside.sort(key=lambda one: _gap(one, quantity))
    goal = words.GOALS.anywhere(_low(text[low:high]))
    if not beside:
        beside = _within(sentence.periods, sentence.start, opening)
        goal = goal or (bool(beside) and words.GOALS.anywhere(_low(text[sentence.start : opening])))
    if not beside:
        beside, goal = list(scope.periods), goal or scope.goal
    for mention in beside:
        if mention.period is None or mention.role is Role.AGAINST:
            continue
        future = scope.anchor is not None and mention.period.end > scope.anchor
        if (mention.role is Role.BY or goal) and (future or (scope.anchor is None and goal)):
            return mention.period.end, None
        return None, mention.period
    return None, None


def _window(sentence: Sentence, quantity: Quantity) -> tuple[int, int]:
    """From the number before to the next number, or to the sign that parts what follows."""
    low, high = sentence.start, sentence.end
    for word in sentence.words:
        if word.number is not None and word.start < quantity.number.start:
            low = word.end
        elif word.start >= quantity.span.end and (word.number is not None or word.is_stop):
            high = word.start
            break
    return low, high


def _within(periods: Sequence[PeriodMention], low: int, high: int) -> list[PeriodMention]:
    return [one for one in periods if low <= one.span.start < high]


def _gap(mention: PeriodMention, quantity: Quantity) -> int:
    if mention.span.start >= quantity.span.end:
        return mention.span.start - quantity.span.end
    return quantity.span.start - mention.span.end


def _without_area(name: str, areas: Sequence[Area]) -> tuple[str, str | None]:
    """The name without the place in it, and the id of the place."""
    for area in areas:
        for said in sorted(area.names, key=len, reverse=True):
            pattern = rf"(?:\b(?:của|ở|tại|trên|of|in|for|across)\s+)?(?<!\w){re.escape(said)}(?:['’]s)?(?!\w)\s*"
            rest, count = re.subn(pattern, "", name, flags=re.IGNORECASE)
            if count:
                return rest.strip(" ,"), area.id
    return name, None


def _area_in(text: str, areas: Sequence[Area]) -> str | None:
    """The only configured area that a sentence names; None for none or several."""
    low = text.lower()
    found = {
        area.id for area in areas for said in area.names if re.search(rf"(?<!\w){re.escape(said.lower())}(?!\w)", low)
    }
    return found.pop() if len(found) == 1 else None


def _low(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())
