"""Diacritics put back where a whole document was written without any.

"ty le ho ngheo nam 2023 la 2,93%" is read as "tỷ lệ hộ nghèo năm 2023 là 2,93%": each syllable gets the
spelling that fits best between its neighbours, by how often the two stand side by side (``marks.json``,
written by ``tools/learn_marks.py``); names of the configuration win over everything else. A letter with
its marks is one code point as the bare one is, so every offset stays what it was.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import islice, pairwise

Called = Callable[[], Sequence[str]]
"""Names that a document may use: of indicators and areas."""

_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*%?|[^\w\s]")
_MARKED = re.compile(r"[À-ɏ\u0300-\u036fḀ-ỿ]")
_LETTERS = re.compile(r"[^\W\d_]")
_SYLLABLE = re.compile(r"[A-Za-z]{2,}")
NUMBER, STOP = "0", "."
_MOST_MARKS = 0.02
_LEAST_SIGNS = 0.1
_FEWEST_SIGNS = 3
_SAMPLE = 6_000
_LARGEST = 1_000_000
_LONGEST_CHAIN = 300
_NAMED, _ONCE = 3.0, 0.2
_TRUST = 50.0
_UNSEEN = 0.5
# Syllables of every Vietnamese text that are words of no other common language, without their marks.
_SIGNS = frozenset(
    """
    bao biet buoc cac chinh chua cong cua cung dat dau dia dich doanh dong duoc duong duy giam gioi hanh hien
    hiem hoi huyen khau khoang khong khu kinh len luong muc nam ngay nghiep nghin nguoi nhan nhat nhieu nhung nien
    nuoc phan phat phai phong phuong quan quoc sau theo thang thanh thien thong thu thuc tieu tinh tren trien
    trieu trong truoc truong tuong tuyen tyle va vao viec voi vung xuat xuong
    """.split()  # noqa: SIM905 - a list of words reads best as one
)
# Words that an accented text hardly ever has so: without one of them nothing else is looked at.
_HINTS = (" cua ", " duoc ", " nguoi ", " ty le ", " cac ", " voi ", " khong ", " den ", " dat ", " trieu ", " tren ")


def without_marks(text: str) -> str:
    """The text as it is written without diacritics; of another length where it was decomposed."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return bare.replace("đ", "d").replace("Đ", "D")


def is_stripped(text: str) -> bool:
    """Whether a text is Vietnamese by its words and has next to no diacritics."""
    if not _hinted(text):
        return False
    sample = text[:_SAMPLE].lower()
    if _is_marked(sample):
        return False
    words = _SYLLABLE.findall(sample)
    signs = sum(word in _SIGNS for word in words)
    return signs >= _FEWEST_SIGNS and signs >= _LEAST_SIGNS * len(words)


def _is_marked(sample: str) -> bool:
    enough = math.ceil(_MOST_MARKS * len(sample))
    marked = sum(1 for _ in islice(_MARKED.finditer(sample), enough))
    return marked >= enough or marked >= _MOST_MARKS * len(_LETTERS.findall(sample))


def _hinted(text: str) -> bool:
    return any(hint in text for hint in _HINTS)


def with_marks(text: str, called: Called, *, page: bool = False) -> str:
    """The text with its diacritics, of the same length; the text itself where it lacks none.

    ``page``: it is markup, and only what stands between the tags is touched.
    """
    if len(text) > _LARGEST or not _hinted(text):
        return text
    # Nearly every page is told by its first lines, without a look at the rest.
    if page and _is_marked(_beginning(text)):
        return text
    ranges, titles = _between_tags(text) if page else ([(0, len(text), True)], [])
    # The title may be the site's own, whatever its articles look like.
    prose = "\n".join(text[start:end] for start, end, _ in ranges) if page else text
    if not is_stripped(prose):
        return text
    marks = _marks(tuple(called()))
    return marks.restored(text, sorted(ranges + titles))


_Range = tuple[int, int, bool]


def _beginning(text: str) -> str:
    """The first of a page's text, as much as is looked at."""
    found: list[str] = []
    size = 0
    for is_title, (start, end, _) in _pieces(text):
        if not is_title:
            found.append(text[start:end])
            size += end - start + 1
        if size > _SAMPLE:
            break
    return "\n".join(found)[:_SAMPLE].lower()


def _between_tags(text: str) -> tuple[list[_Range], list[_Range]]:
    """What of a page is text, then its titles."""
    ranges: tuple[list[_Range], list[_Range]] = ([], [])
    for is_title, piece in _pieces(text):
        ranges[is_title].append(piece)
    return ranges


def _pieces(text: str) -> Iterator[tuple[bool, _Range]]:
    """What of a page is a title or text, and whether something parts it from the text before."""
    from tracker.extract.documents.elements import BLOCKS
    from tracker.extract.documents.markup import MARKUP, START, TITLE

    at, parted = 0, True
    for match in MARKUP.finditer(text):
        if match.start() > at:
            yield False, (at, match.start(), parted)
            parted = False
        name = (match.group(5) if match.lastindex == START else match.group(7)) or "br"
        parted = parted or name.lower() in BLOCKS or name.lower() == "br"
        if match.lastindex == TITLE:
            yield True, (*match.span(TITLE), True)
        at = match.end()
    if at < len(text):
        yield False, (at, len(text), parted)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that wins: its bare words, its own, and whether it is written with a capital."""

    bare: tuple[str, ...]
    own: tuple[str, ...]
    capital: bool


_Table = dict[str, dict[str, float]]


class Marks:
    """Spellings of bare syllables with their weights, pairs of neighbours, names."""

    def __init__(
        self, words: dict[str, dict[str, float]], pairs: dict[str, dict[str, float]], names: Sequence[str]
    ) -> None:
        self._words: _Table = defaultdict(dict, {bare: dict(own) for bare, own in words.items()})
        self._pairs: _Table = defaultdict(dict, {word: dict(own) for word, own in pairs.items()})
        self._names: dict[str, list[_Name]] = defaultdict(list)
        self._begun: dict[str, float] = {}
        self._total = 1.0 + sum(sum(own.values()) for own in words.values())
        for name in sorted(names, key=lambda one: (-len(one.split()), without_marks(one) == one)):
            self._learn(name)

    def _learn(self, name: str) -> None:
        own = tuple(_words_of(name))
        bare = tuple(without_marks(word) for word in own)
        if any(len(a) != len(b) for a, b in zip(own, bare, strict=True)):
            return
        capital = name[:1].isupper() and len(own) == 1
        if len(own) > 1 or (capital and bare != own):
            self._names[bare[0]].append(_Name(bare, own, capital))
        for word, plain in zip(own, bare, strict=True):
            self._words[plain][word] = self._words[plain].get(word, 0.0) + _ONCE
        for one, other in pairwise(own):
            self._pairs[one][other] = self._pairs[one].get(other, 0.0) + _NAMED

    def restored(self, text: str, ranges: Sequence[_Range]) -> str:
        """``text`` with the words inside ``ranges`` spelt out."""
        found: list[re.Match[str] | None] = []
        for start, end, parted in ranges:
            if parted:
                found.append(None)
            found += _TOKEN.finditer(text, start, end)
        words = [_kind(token) for token in found]
        fixed = self._fixed(words, found)
        parts: list[str] = []
        at = 0
        for token, word in zip(found, self._spelt(words, fixed), strict=True):
            if token is None or word is None or len(word) != len(token.group()):
                continue
            parts += (text[at : token.start()], _cased(word, token.group()))
            at = token.end()
        return "".join(parts) + text[at:]

    def _fixed(self, words: Sequence[str], found: Sequence[re.Match[str] | None]) -> dict[int, str]:
        """Words of names, by their place; the longest name that fits counts."""
        fixed: dict[int, str] = {}
        done = 0
        for at, word in enumerate(words):
            if at < done:
                continue
            for name in self._names.get(word, ()):
                token = found[at]
                if tuple(words[at : at + len(name.bare)]) != name.bare:
                    continue
                if name.capital and not (token and token.group()[0].isupper()):
                    continue
                fixed.update((at + k, own) for k, own in enumerate(name.own))
                done = at + len(name.bare)
                break
        return fixed

    def _spelt(self, words: Sequence[str], fixed: dict[int, str]) -> Iterator[str | None]:
        """The likeliest spelling of each word; None for what is no word."""
        chain: list[dict[str, tuple[float, str]]] = []
        before: dict[str, float] = {STOP: 0.0}
        for at, word in enumerate(words):
            own = fixed.get(at)
            options = {own: 1.0} if own else self._words.get(word) or {word: 1.0}
            column = self._column(before, options)
            chain.append(column)
            before = {option: score for option, (score, _) in column.items()}
            if len(options) == 1 or len(chain) > _LONGEST_CHAIN:
                for spelt in _walked(chain):
                    yield None if spelt in (NUMBER, STOP) else spelt
                chain = []
                best = max(before, key=lambda option: before[option])
                before = {best: 0.0}
        for spelt in _walked(chain):
            yield None if spelt in (NUMBER, STOP) else spelt

    def _column(self, before: dict[str, float], options: dict[str, float]) -> dict[str, tuple[float, str]]:
        """Each spelling with the score of the best way to it, and where that comes from."""
        column: dict[str, tuple[float, str]] = {}
        for option, weight in options.items():
            alone = (weight + _UNSEEN) / self._total
            ways = []
            for word, score in before.items():
                pairs = self._pairs.get(word, {})
                likely = (pairs.get(option, 0.0) + _TRUST * alone) / (self._often(word) + _TRUST)
                ways.append((score + math.log(likely), word))
            column[option] = max(ways)
        return column

    def _often(self, word: str) -> float:
        """How often pairs begin with the word."""
        known = self._begun.get(word)
        if known is None:
            known = self._begun[word] = sum(self._pairs.get(word, {}).values())
        return known


def _walked(chain: Sequence[dict[str, tuple[float, str]]]) -> list[str]:
    """The best way through the columns, first word first."""
    if not chain:
        return []
    word = max(chain[-1], key=lambda option: chain[-1][option][0])
    way = []
    for column in reversed(chain):
        way.append(word)
        word = column[word][1]
    return way[::-1]


def _kind(token: re.Match[str] | None) -> str:
    if token is None:
        return STOP
    first = token.group()[0]
    return NUMBER if first.isdigit() else token.group().casefold() if first.isalpha() else STOP


def _words_of(text: str) -> list[str]:
    composed = unicodedata.normalize("NFC", text)
    return [_kind(token) for token in _TOKEN.finditer(composed) if token.group()[0].isalnum()]


def _cased(word: str, like: str) -> str:
    if like.islower():
        return word
    return "".join(char.upper() if old.isupper() else char for char, old in zip(word, like, strict=True))


@lru_cache(maxsize=8)
def _marks(names: tuple[str, ...]) -> Marks:
    text = resources.files("tracker.extract").joinpath("marks.json").read_text("utf-8")
    stored: dict[str, _Table] = json.loads(text)
    return Marks(stored["words"], stored["pairs"], names)
