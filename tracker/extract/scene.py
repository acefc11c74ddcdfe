"""A document as a reader has it in mind: every passage taken apart, what scopes it, whom it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from tracker.extract.areas import find_areas, main_area
from tracker.extract.keys import has_diacritics
from tracker.extract.mentions import find_mentions
from tracker.extract.model import BlockKind, Document, PeriodMention, Quantity
from tracker.extract.numbers import find_quantities, page_style
from tracker.extract.passages import Passage, cut_sentences, mark_breaks, mark_cues, take_apart
from tracker.extract.periods import find_periods
from tracker.extract.vocabulary import Vocabulary, vocabulary
from tracker.domain.indicator import Catalogue


@dataclass(slots=True)
class Scene:
    """``passages`` in reading order; ``by_block`` finds the passage of a block's index."""

    document: Document
    vocabulary: Vocabulary
    anchor: date | None
    passages: list[Passage] = field(default_factory=list)
    by_block: dict[int, Passage] = field(default_factory=dict)
    main: str | None = None
    title: Passage | None = None

    def scopes(self, passage: Passage) -> list[Passage]:
        """The passages that govern one, nearest first."""
        return [self.by_block[at] for at in reversed(passage.block.scope) if at in self.by_block]


def set_scene(document: Document, catalogue: Catalogue) -> Scene:
    """Take every block apart; boilerplate is left out."""
    words = vocabulary(catalogue, not has_diacritics(document.text) and document.language != "en")
    anchor = document.published.day if document.published else None
    scene = Scene(document, words, anchor)
    year_start = _financial_year(document.text)
    style = page_style([block.text for block in document.blocks])
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.BOILERPLATE or not block.text:
            continue
        passage = take_apart(index, block, words)
        passage.periods = find_periods(block.text, anchor, year_start=year_start)
        passage.quantities = find_quantities(
            block.text, taken=[mention.span for mention in passage.periods], style=style
        )
        _dissect(passage, words)
        scene.passages.append(passage)
        scene.by_block[index] = passage
    scene.main = main_area(scene.passages, words)
    scene.title = next((p for p in scene.passages if p.block.kind is BlockKind.TITLE), None)
    return scene


_YEAR_RUNS = re.compile(r"(?:financial|fiscal) year (?:runs|begins|starts|is)?[^.\n]{0,20}?\b(?:1(?:st)? )?([A-Z][a-z]{2})[a-z]*\b")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _financial_year(text: str) -> int:
    """The month in which the document says that its financial year begins; January if it does not."""
    found = _YEAR_RUNS.search(text)
    return _MONTHS.index(found.group(1)) + 1 if found and found.group(1) in _MONTHS else 1


def _dissect(passage: Passage, words: Vocabulary) -> None:
    protected = [each.span for each in (*passage.periods, *passage.quantities)]
    cut_sentences(passage, protected)
    mark_breaks(passage, protected)
    mark_cues(passage, words)
    passage.mentions = find_mentions(passage, words)
    passage.areas = find_areas(passage, words)


__all__ = ["PeriodMention", "Quantity", "Scene", "set_scene"]
