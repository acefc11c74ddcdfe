"""A block of text taken apart: words, sentences, what is named in it, its numbers and dates."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from tracker.extract.keys import Token, tokens
from tracker.extract.matcher import Hit
from tracker.extract.model import Block, PeriodMention, Quantity, Span
from tracker.extract.vocabulary import Vocabulary

_END = re.compile(r"(?:[.!?…]+|[。])[\"”'»)\]*_]*(?=\s+[\"“'«(\[*_-]*[\w•\-✅👉🎯])|\n\s*\n|\n(?=\s*[-•+*–✅👉🎯❓])")
_NO_END = re.compile(
    r"(?:\b(?:TP|Tp|tp|TS|ThS|GS|PGS|BS|Th|Dr|Mr|Mrs|Ms|St|No|Nos|vs|approx|cf|etc|e\.g|i\.e|Inc|Ltd|Co|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|U\.S|Q)|\b\w|(?:^|\n)\s*(?:\d{1,2}|[IVX]+|[a-z]))\.$"
)
_BREAK = re.compile(r"[;]|[,:()\[\]|\"“”→=]|(?<=\s)[-–—](?=\s)|—|(?<=\d)\.(?=\s)|\.{3}|…|[.!?](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Character and token bounds, half open."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Mention:
    """An indicator named at tokens ``first`` to ``last``.

    ``coverage`` is the share of the best alias' weight that the words make up, ``weight`` its sum,
    ``exact`` whether the alias stands there word for word, ``gap`` the words in between.
    """

    indicator: int
    first: int
    last: int
    coverage: float
    weight: float
    exact: bool
    gap: int = 0


@dataclass(frozen=True, slots=True)
class AreaMention:
    """An area named at tokens ``first`` to ``last``; ``role``: subject, compare, field, venue, office."""

    area: str
    first: int
    last: int
    role: str = "subject"


@dataclass(slots=True)
class Passage:
    """One block with everything found in it; token indices throughout."""

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
        for number, sentence in enumerate(self.sentences):
            if token < sentence.last:
                return number
        return max(0, len(self.sentences) - 1)


def take_apart(index: int, block: Block, vocabulary: Vocabulary) -> Passage:
    """Words, sentences, breaks and cues of a block; names and numbers are added by others."""
    words = tokens(block.text, plain=vocabulary.plain)
    passage = Passage(index, block, words, [word.key for word in words])
    passage.starts = [word.start for word in words]
    return passage


def cut_sentences(passage: Passage, protected: list[Span]) -> None:
    """Sentence bounds; a dot inside a protected span (a number, a date) ends nothing."""
    text = passage.block.text
    bounds: list[int] = []
    for found in _END.finditer(text):
        at = found.end()
        if any(span.start < found.start() + 1 and found.start() < span.end - 1 for span in protected):
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


def mark_breaks(passage: Passage, protected: list[Span]) -> None:
    """``breaks[i]``: how strongly token ``i`` is parted from the one before (0 none to 3 sentence)."""
    text = passage.block.text
    marks = [0] * (len(passage.tokens) + 1)
    for found in _BREAK.finditer(text):
        at = found.start()
        if any(span.start <= at < span.end for span in protected):
            continue
        strength = 2 if found.group() == ";" else 1
        token = passage.token_at(at)
        if token < len(marks):
            marks[token] = max(marks[token], strength)
    for sentence in passage.sentences:
        marks[sentence.first] = 3
    passage.breaks = marks


def mark_cues(passage: Passage, vocabulary: Vocabulary) -> None:
    """Every cue, keyed by the token it starts at; a cue within a longer one of its list is dropped."""
    reach: dict[str, int] = {}
    hits = sorted(vocabulary.cues.find(passage.keys), key=lambda hit: (hit.first, -hit.last))
    names = [hit for hit in hits if hit.payload == "nothing"]
    for hit in hits:
        if any(name.first <= hit.first and hit.last <= name.last for name in names):
            continue
        group = "move" if hit.payload in ("up", "down", "level") else hit.payload
        if reach.get(group, -1) >= hit.last:
            continue
        reach[group] = hit.last
        passage.cue_list.append(hit)
        passage.cues.setdefault(hit.first, []).append(hit)
