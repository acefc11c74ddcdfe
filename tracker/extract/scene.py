"""A document as a reader has it in mind: every passage taken apart, what scopes it, whom it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.domain.indicator import Catalogue
from tracker.domain.period import Period, Precision
from tracker.extract.areas import HOME, LOCALITY, NATION, find_areas, main_area, site_area
from tracker.extract.blanks import blanks_of
from tracker.extract.bodies import OTHER
from tracker.extract.keys import has_diacritics, key
from tracker.extract.mentions import find_mentions
from tracker.extract.model import BlockKind, Document, PeriodMention, Role, Shape, Span
from tracker.extract.numbers import find_quantities
from tracker.extract.passages import Passage, cut_sentences, keep_cues, mark_breaks, mark_cues, take_apart
from tracker.extract.periods import find_periods, find_year_start
from tracker.extract.periods.resolve import shift_years
from tracker.extract.pieces import pieces
from tracker.extract.styles import styles
from tracker.extract.verdicts import disprove
from tracker.extract.vocabulary import Vocabulary, vocabulary


@dataclass(slots=True)
class Scene:
    """``passages`` in reading order; ``by_block`` finds the passage of a block's index, ``rows`` the cells of a row."""

    document: Document
    vocabulary: Vocabulary
    anchor: date | None
    passages: list[Passage] = field(default_factory=list)
    by_block: dict[int, Passage] = field(default_factory=dict)
    main: str | None = None
    title: Passage | None = None
    rows: dict[tuple[int, int], list[Passage]] = field(default_factory=dict)

    def scopes(self, passage: Passage) -> list[Passage]:
        """The passages that govern one, nearest first."""
        return [self.by_block[at] for at in reversed(passage.block.scope) if at in self.by_block]


def set_scene(document: Document, catalogue: Catalogue) -> Scene:
    """Take every block apart; boilerplate is left out."""
    sample = " ".join(block.text for block in document.blocks[:_SAMPLED])
    words = vocabulary(catalogue, document.language != "en" and not has_diacritics(sample))
    anchor = document.published.day if document.published else None
    scene = Scene(document, words, anchor)
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.BOILERPLATE or not block.text:
            continue
        taken = [take_apart(index, piece, words) for piece in pieces(block)]
        scene.by_block[index] = taken[0]
        scene.passages += taken
        if block.cell is not None:
            scene.rows.setdefault((block.cell.table, block.cell.row), []).extend(taken)
    if not any(not words.telling.isdisjoint(passage.keys) for passage in scene.passages):
        return scene
    english = document.language == "en"
    year_start = find_year_start(document.blocks)
    style_of = styles(document)
    timeline = _timeline(scene)
    for passage in scene.passages:
        text = passage.block.text
        passage.periods = find_periods(text, anchor, year_start=year_start)
        if passage.index in timeline and not any(mention.span.start == 0 for mention in passage.periods):
            passage.periods.insert(0, _opening_year(text))
        if passage.block.cell is not None and passage.block.cell.is_header:
            passage.periods += _years_in_header(text, passage.periods)
            if not passage.periods:
                passage.periods = _month_in_header(scene, passage)
        passage.quantities = find_quantities(
            text,
            taken=[mention.span for mention in passage.periods],
            style=style_of(passage.block),
            blanks=blanks_of(document, passage.block),
        )
        if passage.block.kind in (BlockKind.TITLE, BlockKind.HEADING):
            passage.periods += _years_in_title(passage)
    _settle_like_periods(scene)
    disprove(scene.passages)
    near = _near_numbers(scene)
    for passage in scene.passages:
        if english and passage.index in near:
            passage.kin = words.kin.find(passage.keys, passage.words)
        _dissect(passage, words, passage.index in near)
    furniture = [block.text for block in document.blocks if block.kind is BlockKind.BOILERPLATE]
    scene.main = main_area(scene.passages, words, site_area(furniture, words))
    scene.title = next((p for p in scene.passages if p.block.kind is BlockKind.TITLE), None)
    return scene


_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d.,/-]\d|\d)")


def _years_in_header(text: str, known: list[PeriodMention]) -> list[PeriodMention]:
    """A lone year in a header dates its column, whatever word stands before it."""
    found = []
    for year in _YEAR.finditer(text):
        span = Span(year.start(), year.end())
        if not any(span.overlaps(mention.span) for mention in known):
            found.append(PeriodMention(span, Period.year(int(year.group())), Role.DURING))
    return found


def _years_in_title(passage: Passage) -> list[PeriodMention]:
    """A lone year in a title, where no number of things is read: "Tăng trưởng Việt Nam 2023 qua mắt các tổ chức"."""
    amounts = [each.span for each in passage.quantities if each.unit or each.noun]
    found = _years_in_header(passage.block.text, passage.periods)
    years = [mention for mention in found if not any(mention.span.overlaps(span) for span in amounts)]
    held = {mention.span for mention in years}
    passage.quantities = [each for each in passage.quantities if each.number not in held]
    return years


_OPENS_WITH_YEAR = re.compile(r"(?:19|20)\d\d(?=\s+[\dA-ZÀ-ỸĐ])")


def _timeline(scene: Scene) -> set[int]:
    """Indices of the items of lists where one after another opens with a year: "2021 398 vụ", "2022 355 vụ"."""
    found: set[int] = set()
    before: Passage | None = None
    for passage in scene.passages:
        here = passage if _OPENS_WITH_YEAR.match(passage.block.text) else None
        if here is not None and here.block.kind is not BlockKind.ITEM:
            here = None
        if here is not None and before is not None and before.block.scope == here.block.scope:
            found.update((before.index, here.index))
        before = here if passage.block.kind is BlockKind.ITEM else None
    return found


def _opening_year(text: str) -> PeriodMention:
    return PeriodMention(Span(0, 4), Period.year(int(text[:4])), Role.DURING)


_LIKE = ("cùng kỳ", "cùng kì", "same period", "the same period")


def _settle_like_periods(scene: Scene) -> None:
    """The like period of another year is that of the heading where the passage has none: "(cùng kỳ: 41,2%)"."""
    for passage in scene.passages:
        for at, mention in enumerate(passage.periods):
            period = mention.period
            open_ = period is None or (period.precision is Precision.YEAR and period.start.year == period.end.year)
            if not open_ or not passage.block.text[mention.span.start :].lower().startswith(_LIKE):
                continue
            frame = _frame_of(scene, passage)
            if frame is not None:
                year = period.end.year if period is not None else frame.end.year - 1
                passage.periods[at] = replace(mention, period=shift_years(frame, year - frame.end.year))


def _frame_of(scene: Scene, passage: Passage) -> Period | None:
    """The period of some months that the nearest heading gives."""
    heads = scene.scopes(passage)
    if passage.block.cell is not None:
        cell = passage.block.cell
        heads = [scene.by_block[at] for at in (*cell.column_headers, *cell.row_headers) if at in scene.by_block] + heads
    for scope in heads:
        for mention in scope.periods:
            if mention.period is not None and mention.role in (Role.DURING, Role.AS_OF):
                return mention.period if mention.period.precision is not Precision.YEAR else None
    return None


_MONTH = re.compile(r"\s*(?:T|Th\.?|Tháng|M)\s?(\d{1,2})\s*", re.IGNORECASE)
_MONTHS_IN_YEAR = 12


def _month_in_header(scene: Scene, passage: Passage) -> list[PeriodMention]:
    """A header "T1" under a header that gives the year, or in the year of publication."""
    found = _MONTH.fullmatch(passage.block.text)
    cell = passage.block.cell
    if found is None or cell is None or not 1 <= int(found.group(1)) <= _MONTHS_IN_YEAR:
        return []
    above = [scene.by_block[at] for at in (*cell.column_headers, *cell.row_headers) if at in scene.by_block]
    years = [m.period.end.year for each in reversed(above) for m in each.periods if m.period is not None]
    year = years[0] if years else scene.anchor.year if scene.anchor is not None else None
    if year is None:
        return []
    span = Span(found.start(1), found.end(1))
    return [PeriodMention(span, Period.month(year, int(found.group(1))), Role.DURING)]


_SAMPLED = 40
_AHEAD = 3


def _near_numbers(scene: Scene) -> set[int]:
    """Indices of the blocks that hold a number, scope one, or stand shortly before one."""
    near: set[int] = set()
    for at, passage in enumerate(scene.passages):
        if any(quantity.noise is None for quantity in passage.quantities):
            near.update(other.index for other in scene.passages[max(0, at - _AHEAD) : at + 1])
            near.update(passage.block.scope)
            if passage.block.cell is not None:
                near.update((*passage.block.cell.row_headers, *passage.block.cell.column_headers))
    near.update(passage.index for passage in scene.passages if passage.block.kind is BlockKind.TITLE)
    return near


def _dissect(passage: Passage, words: Vocabulary, near: bool) -> None:
    protected = [mention.span for mention in passage.periods] + [each.span for each in passage.quantities]
    cut_sentences(passage, protected)
    mark_breaks(passage, protected)
    mark_cues(passage, words)
    _mark_figures(passage)
    passage.mentions = find_mentions(passage, words, loose=near)
    passage.areas = find_areas(passage, words)
    _drop_syllables(passage)
    _drop_limits(passage)


def _mark_figures(passage: Passage) -> None:
    figures = [each for each in passage.quantities if not each.noise]
    passage.figures = [passage.token_span(each.number)[0] for each in figures]
    passage.figure_starts = [passage.token_span(each.span)[0] for each in figures]
    passage.figure_ends = [passage.token_span(each.span)[1] for each in figures]


def _drop_syllables(passage: Passage) -> None:
    """A syllable of a place's name is no number in words: "Hai Phong"."""
    places = [each for each in passage.areas if each.area not in _NAMELESS]
    spelt = [each for each in passage.quantities if each.shape is Shape.WORDS] if places else []
    named = {
        id(each)
        for each in spelt
        if any(mention.first <= at <= mention.last for at in passage.token_span(each.number) for mention in places)
    }
    if named:
        passage.quantities = [each for each in passage.quantities if id(each) not in named]
        _mark_figures(passage)


_LIMITS = frozenset({"subgroup", "contrast"})
_NAMELESS = frozenset({LOCALITY, HOME, OTHER, NATION})
_NEAR = key("near")


def _drop_limits(passage: Passage) -> None:
    """A word of a place, a date or a number ("Sub-Saharan", "second half", "near 10 million") limits nothing.

    Nor does a month foretell anything ("from May").
    """
    if _LIMITS.isdisjoint(passage.cue_places) and "forecast" not in passage.cue_places:
        return
    dated = _tokens_of(passage, [each.span for each in passage.periods])
    counted = _tokens_of(passage, [each.span for each in passage.quantities if not each.noise])
    held = (
        dated | counted | {at for at in range(len(passage.keys) - 1) if passage.keys[at] == _NEAR and at + 1 in counted}
    )
    for area in passage.areas:
        if area.area not in _NAMELESS:
            held.update(range(area.first, area.last + 1))
    stays = [
        cue
        for cue in passage.cue_list
        if cue.first not in (held if cue.payload in _LIMITS else dated if cue.payload == "forecast" else ())
    ]
    if len(stays) < len(passage.cue_list):
        keep_cues(passage, stays)


def _tokens_of(passage: Passage, spans: list[Span]) -> set[int]:
    found: set[int] = set()
    for span in spans:
        first, last = passage.token_span(span)
        found.update(range(first, last + 1))
    return found
