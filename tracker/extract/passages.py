"""A block of text taken apart: words, sentences, what is named in it, its numbers and dates."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from tracker.extract.keys import Token, tokens
from tracker.extract.matcher import Hit
from tracker.extract.model import Block, PeriodMention, Quantity, Span
from tracker.extract.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tracker.extract.movement import Movement

# These two patterns begin with one set of characters, so that the search leaps from one such to the next.
_END = re.compile(
    r"[.!?…。\n](?:(?:(?<=[.!?…])[.!?…]*|(?<=。))[\"”'»)\]*_]*(?=\s+[\"“'«(\[*_-]*[\w•\-✅👉🎯])"
    r"|(?<=\n)(?:\s*\n|(?=\s*[-•+*–✅👉🎯❓])))"
)
_NO_END = re.compile(
    r"(?:\b(?:TP|Tp|tp|TS|ThS|GS|PGS|BS|Th|Dr|Mr|Mrs|Ms|St|No|Nos|vs|approx|cf|etc|e\.g|i\.e|Inc|Ltd|Co|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|U\.S|Q)|\b\w|(?:^|\n)\s*(?:\d{1,2}|[IVX]+|[a-z]))\.$"
)
_BREAK = re.compile(
    r"[;,:()\[\]|\"“”→=—…\-–.!?]"
    r"(?:(?<![-–.!?])|(?<=\s[-–])(?=\s)|(?<=\d\.)(?=\s)|(?<=\.)\.\.|(?<=[.!?])(?=\s|$))"
)


class Sentence(NamedTuple):
    """Character and token bounds, half open."""

    start: int
    end: int
    first: int
    last: int


class Mention(NamedTuple):
    """An indicator named at tokens ``first`` to ``last``.

    ``coverage`` is the share of the best alias' weight that the words make up, ``weight`` its sum,
    ``exact`` whether the alias stands there word for word, ``gap`` the words in between. ``quality`` is what
    the naming is worth: the coverage, less where all its words together tell little.
    """

    indicator: int
    first: int
    last: int
    coverage: float
    weight: float
    exact: bool
    quality: float
    gap: int = 0


class AreaMention(NamedTuple):
    """An area named at tokens ``first`` to ``last``; ``role``: subject, compare, field, venue, office."""

    area: str
    first: int
    last: int
    role: str = "subject"


@dataclass(slots=True)
class Passage:
    """One block with everything found in it; token indices throughout.

    What is asked of every number again and again is kept in lists by token, so that an answer never costs a walk:
    ``marked[i]`` breaks stand before token ``i``, ``clause_first`` and ``clause_last`` bound the clause of each
    token, ``figures`` are the first tokens of the numbers that are no noise, ``figure_starts`` and ``figure_ends``
    bound them with their hedges and units, ``cue_places`` those of each cue, ``movements`` what was found to move the
    number of a span, ``disproved`` the claims that the text calls false, ``kin`` words of the same families as words
    of the indicators' names.
    """

    index: int
    block: Block
    tokens: list[Token]
    keys: list[str]
    sentences: list[Sentence] = field(default_factory=list)
    cues: dict[int, list[Hit[str]]] = field(default_factory=dict)
    cue_list: list[Hit[str]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    areas: list[AreaMention] = field(default_factory=list)
    periods: list[PeriodMention] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    spans: dict[Span, tuple[int, int]] = field(default_factory=dict)
    sentence_of: list[int] = field(default_factory=list)
    marked: list[int] = field(default_factory=list)
    clause_first: list[int] = field(default_factory=list)
    clause_last: list[int] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)
    figure_starts: list[int] = field(default_factory=list)
    figure_ends: list[int] = field(default_factory=list)
    cue_places: dict[str, list[int]] = field(default_factory=dict)
    movements: dict[tuple[Span, bool], Movement] = field(default_factory=dict)
    disproved: list[Span] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    kin: list[Hit[str]] = field(default_factory=list)

    @property
    def leads(self) -> bool:
        """Whether a line announces what follows; one that states figures of its own and stops has said its say."""
        return not self.figures or not self.block.text.rstrip().endswith((".", "!", "?"))

    def token_at(self, char: int) -> int:
        """The index of the first token that ends after ``char``."""
        at = bisect_left(self.starts, char)
        if at > 0 and self.tokens[at - 1].end > char:
            return at - 1
        return at

    def token_span(self, span: Span) -> tuple[int, int]:
        """First and last token (included) that a character span touches."""
        known = self.spans.get(span)
        if known is None:
            known = self.spans[span] = self._find_span(span)
        return known

    def _find_span(self, span: Span) -> tuple[int, int]:
        first = self.token_at(span.start)
        last = self.token_at(max(span.start, span.end - 1))
        if last >= len(self.tokens) or self.tokens[last].start >= span.end:
            last -= 1
        return first, max(first, last)

    def sentence_at(self, token: int) -> int:
        """Index of the sentence that holds a token."""
        return self.sentence_of[token] if self.sentence_of else 0

    def parted(self, low: int, high: int) -> int:
        """How many breaks stand before the tokens from ``low`` up to ``high``, the latter left out."""
        return self.marked[high] - self.marked[low] if high > low else 0

    def figures_between(self, low: int, high: int) -> int:
        """How many numbers begin between two tokens, both left out; noise does not count."""
        return max(0, bisect_left(self.figures, high) - bisect_right(self.figures, low))


def take_apart(index: int, block: Block, vocabulary: Vocabulary) -> Passage:
    """Words, sentences, breaks and cues of a block; names and numbers are added by others."""
    words = tokens(block.text, plain=vocabulary.plain)
    passage = Passage(index, block, words, [word.key for word in words])
    passage.starts = [word.start for word in words]
    passage.words = frozenset(passage.keys)
    return passage


def cut_sentences(passage: Passage, protected: list[Span]) -> None:
    """Sentence bounds; a dot inside a protected span (a number, a date) ends nothing."""
    text = passage.block.text
    bounds: list[int] = []
    held = _covered(protected, len(text), 1)
    for found in _END.finditer(text):
        at = found.end()
        if held[found.start()]:
            continue
        if (
            text[found.start()] == "."
            and found.group().startswith(".")
            and len(found.group()) == 1
            and _NO_END.search(text[max(0, found.start() - 8) : found.start() + 1])
        ):
            continue
        bounds.append(at)
    start = 0
    for end in [*bounds, len(text)]:
        if text[start:end].strip():
            first, last = passage.token_at(start), passage.token_at(end)
            if first < last:
                passage.sentences.append(Sentence(start, end, first, last))
        start = end
    passage.sentence_of = _sentence_of(passage)


def _sentence_of(passage: Passage) -> list[int]:
    """Of every token, and of the place behind the last, the sentence that holds it; the last holds what is left."""
    found: list[int] = []
    for number, sentence in enumerate(passage.sentences):
        found += [number] * (sentence.last - len(found))
    return found + [max(0, len(passage.sentences) - 1)] * (len(passage.keys) + 1 - len(found))


def _covered(spans: list[Span], size: int, spared: int) -> bytearray:
    """For every character whether a span covers it; the last ``spared`` of each span do not count."""
    covered = bytearray(size)
    for span in spans:
        length = span.end - spared - span.start
        if length > 0:
            covered[span.start : span.start + length] = b"\x01" * length
    return covered


def mark_breaks(passage: Passage, protected: list[Span]) -> None:
    """``breaks[i]``: how strongly token ``i`` is parted from the one before (0 none to 3 sentence)."""
    text = passage.block.text
    marks = [0] * (len(passage.tokens) + 1)
    held = _covered(protected, len(text), 0)
    for found in _BREAK.finditer(text):
        at = found.start()
        if held[at]:
            continue
        strength = 2 if found.group() == ";" else 1
        token = passage.token_at(at)
        if token < len(marks):
            marks[token] = max(marks[token], strength)
    for sentence in passage.sentences:
        marks[sentence.first] = 3
    passage.breaks = marks
    passage.marked = [0, *accumulate(mark > 0 for mark in marks)]
    _bound_clauses(passage)


def _bound_clauses(passage: Passage) -> None:
    """First token and the token after the last, of the clause that each token stands in."""
    marks, size = passage.breaks, len(passage.breaks)
    passage.clause_first, first = [], 0
    for at in range(size):
        first = at if marks[at] else first
        passage.clause_first.append(first)
    last, ends = size - 1, [size] * size
    for at in range(size - 2, -1, -1):
        ends[at] = last
        last = at if marks[at] else last
    passage.clause_last = ends


def mark_cues(passage: Passage, vocabulary: Vocabulary) -> None:
    """Every cue, keyed by the token it starts at; a cue within a longer one of its list is dropped.

    So is a word of a goal within a phrase that foretells: "the council shall", but "we shall end up at".
    """
    reach: dict[str, int] = {}
    kept: list[Hit[str]] = []
    hits = sorted(vocabulary.cues.find(passage.keys), key=lambda hit: (hit.first, -hit.last))
    names = [hit for hit in hits if hit.payload == "nothing"]
    foretold = [hit for hit in hits if hit.payload == "forecast" and hit.last > hit.first]
    for hit in hits:
        if hit.payload == "target" and any(each.first <= hit.first and hit.last <= each.last for each in foretold):
            continue
        if names and any(name.first <= hit.first and hit.last <= name.last for name in names):
            continue
        group = "move" if hit.payload in ("up", "down", "level") else hit.payload
        if reach.get(group, -1) >= hit.last:
            continue
        reach[group] = hit.last
        kept.append(hit)
    keep_cues(passage, kept)


def keep_cues(passage: Passage, cues: list[Hit[str]]) -> None:
    """Make ``cues`` the cues of a passage, in order, by token and by list."""
    passage.cue_list, passage.cues, passage.cue_places = cues, {}, {}
    for cue in cues:
        passage.cues.setdefault(cue.first, []).append(cue)
        passage.cue_places.setdefault(cue.payload, []).append(cue.first)
