"""Normalised text with a map back to the code points it was made of.

Composed characters (NFC), plain single blanks, one kind of dash, nothing invisible. Text that is
so already is recognised by one regular expression and mapped by ``range`` objects; otherwise the
map is a few pieces, each a run of characters that kept their distance.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from tracker.extract.documents.mojibake import is_garbled, mended

_ODD_BLANKS = r"\x00-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
BLANKS = rf"\x20{_ODD_BLANKS}"
INVISIBLE = r"\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
DASHES = r"\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
# Characters that neither change under NFC nor ever join the one before them. Anything else takes
# the slow path, which looks closer; leaving a character out costs time, never correctness.
_INERT = (
    r"!-~\xa1-\u02ff\u0388-\u0482\u048a-\u052f\u0e01-\u0e37\u1e00-\u1eff\u2016-\u2027\u2030-\u205e"
    r"\u2070-\u20cf\u2100-\u2125\u2130-\u2211\u2213-\u2328\u232b-\u2ad0\u3001-\u3029\u3041-\u3096\u30a0-\u30ff"
    r"\u3400-\u9fff\uac00-\ud7a3\uff01-\uff0c\uff0e-\uff65\ufffd\U0001f000-\U0001fbff"
)
_ODD = re.compile(
    rf"[{_ODD_BLANKS}{INVISIBLE}][{BLANKS}{INVISIBLE}]*+"
    rf"|\x20[{BLANKS}{INVISIBLE}]++"
    rf"|[{DASHES}]"
    rf"|[^{_INERT}{BLANKS}{INVISIBLE}{DASHES}]++"
)
_BLANK = re.compile(rf"[{BLANKS}]")
_DASH = re.compile(rf"[{DASHES}]")
# Longer stacks of marks are no writing but an attack on the quadratic sort inside NFC.
_MOST_MARKS = 30


class Pieces(Sequence[int]):
    """An increasing map kept as pieces: from ``at[k]`` on, index ``i`` is ``value[k] + i - at[k]``."""

    __slots__ = ("_at", "_length", "_value")

    def __init__(self, at: Sequence[int], value: Sequence[int], length: int) -> None:
        self._at = tuple(at)
        self._value = tuple(value)
        self._length = length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[int, ...]: ...
    def __getitem__(self, index: int | slice) -> int | tuple[int, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(self._length)))
        if index < 0:
            index += self._length
        if not 0 <= index < self._length:
            raise IndexError(index)
        piece = bisect_right(self._at, index) - 1
        return self._value[piece] + index - self._at[piece]

    def __iter__(self) -> Iterator[int]:
        bounds = (*self._at[1:], self._length)
        for at, value, bound in zip(self._at, self._value, bounds, strict=True):
            yield from range(value, value + bound - at)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash((self._at, self._value, self._length))

    def __repr__(self) -> str:
        return f"Pieces({self._at!r}, {self._value!r}, {self._length})"


def through(
    starts: Sequence[int], ends: Sequence[int], outer_starts: Sequence[int], outer_ends: Sequence[int]
) -> tuple[Pieces, Pieces]:
    """The map of a text within a text, led on to the outer one.

    An end is where the last character before it ends, or its start where it takes up no place.
    """
    last = [outer_ends[end - 1] if end > 0 else 0 for end in ends]
    return _as_pieces([outer_starts[k] for k in starts]), _as_pieces(last)


def _as_pieces(places: list[int]) -> Pieces:
    at: list[int] = []
    value: list[int] = []
    for k, place in enumerate(places):
        if not at or place != value[-1] + k - at[-1]:
            at.append(k)
            value.append(place)
    return Pieces(at, value, len(places))


@dataclass(frozen=True, slots=True)
class Normalised:
    """``text[i]`` was made of ``source[starts[i]:ends[i]]``."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


class Weave:
    """Raw text put together from slices of a source and replacements, still to be normalised."""

    __slots__ = ("_at", "_ends", "_garbled", "_length", "_parts", "_source", "_starts")

    def __init__(self, source: str, *, garbled: bool = False) -> None:
        self._source = source
        self._garbled = garbled
        self._parts: list[str] = []
        self._at: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._length = 0

    def take(self, start: int, end: int) -> None:
        """Append ``source[start:end]`` as it stands, mended where the source is known to be garbled."""
        if self._garbled:
            begin = start
            for left, right, character in mended(self._source[begin:end]):
                self._take(start, begin + left)
                self.put(character, begin + left, begin + right)
                start = begin + right
        self._take(start, end)

    def _take(self, start: int, end: int) -> None:
        if start < end:
            self._piece(start, start + 1)
            self._parts.append(self._source[start:end])
            self._length += end - start

    def put(self, text: str, start: int, end: int) -> None:
        """Append ``text``, each of its characters standing for ``source[start:end]``."""
        for character in text:
            self._piece(start, end)
            self._parts.append(character)
            self._length += 1

    def _piece(self, start: int, end: int) -> None:
        _join(self._at, self._starts, self._ends, self._length, start, end)

    def as_it_stands(self) -> Normalised:
        """The text so far, not normalised: lines and blanks as they are."""
        return _finished("".join(self._parts), self._at, self._starts, self._ends)

    def normalised(self) -> Normalised:
        """The text so far, normalised; blanks at both ends are left out."""
        raw = self._parts[0] if len(self._parts) == 1 else "".join(self._parts)
        edits = _edits(raw)
        if not edits:
            return _finished(raw, self._at, self._starts, self._ends)
        return _edited(raw, edits, self._at, self._starts, self._ends)


class Loom:
    """A document's text, ready to be woven into blocks; looks once whether it must be mended."""

    __slots__ = ("_garbled", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._garbled = is_garbled(text)

    def weave(self) -> Weave:
        """An empty weave of this text."""
        return Weave(self.text, garbled=self._garbled)

    def normalised(self, start: int, end: int) -> Normalised:
        """``text[start:end]`` normalised, with its map."""
        weave = self.weave()
        weave.take(start, end)
        return weave.normalised()


def _join(at: list[int], starts: list[int], ends: list[int], here: int, start: int, end: int) -> None:
    """Begin a piece at ``here``, unless the piece before runs on to exactly these offsets."""
    if at:
        run = here - at[-1]
        if starts[-1] + run == start and ends[-1] + run == end:
            return
    at.append(here)
    starts.append(start)
    ends.append(end)


def _finished(text: str, at: list[int], starts: list[int], ends: list[int]) -> Normalised:
    length = len(text)
    if not at:
        return Normalised("", range(0), range(0))
    if len(at) == 1:
        return Normalised(text, range(starts[0], starts[0] + length), range(ends[0], ends[0] + length))
    return Normalised(text, Pieces(at, starts, length), Pieces(at, ends, length))


_Edit = tuple[int, int, str]


def _edits(raw: str) -> list[_Edit]:
    """What must change in ``raw``: ``(from, to, text)``, in order, apart from each other."""
    edits: list[_Edit] = []
    if raw[:1] == " " and not _ODD.match(raw):
        edits.append((0, 1, ""))
    done = 0
    for match in _ODD.finditer(raw):
        start, end = match.span()
        first = raw[start]
        if _DASH.match(first):
            edits.append((start, end, "-"))
        elif _BLANK.match(first) or _is_invisible(first):
            inside = start > 0 and end < len(raw) and _BLANK.search(raw, start, end) is not None
            edits.append((start, end, " " if inside else ""))
        else:
            base = start - 1 if start > done and not raw[start - 1].isspace() else start
            edits.extend(_compositions(raw, base, end))
        done = end
    if raw[-1:] == " " and done < len(raw) and len(raw) > 1:
        edits.append((len(raw) - 1, len(raw), ""))
    return edits


def _is_invisible(character: str) -> bool:
    return _INVISIBLE.match(character) is not None


_INVISIBLE = re.compile(rf"[{INVISIBLE}]")


def _compositions(raw: str, start: int, end: int) -> Iterator[_Edit]:
    """NFC of ``raw[start:end]``, one edit for each cluster that changes."""
    cluster = start
    for i in range(start + 1, end + 1):
        if i < end and i - cluster < _MOST_MARKS and _joins(raw[i - 1], raw[i]):
            continue
        text = raw[cluster:i]
        composed = unicodedata.normalize("NFC", text)
        if composed != text:
            yield cluster, i, composed
        cluster = i


def _joins(left: str, right: str) -> bool:
    """True where ``right`` may combine with what stands before it."""
    if unicodedata.combining(right):
        return True
    normal = unicodedata.normalize("NFC", left + right)
    apart = unicodedata.normalize("NFC", left) + unicodedata.normalize("NFC", right)
    # Vowel and final jamo compose with a syllable that is itself still to be composed.
    return normal != apart or "\u1160" <= right <= "\u11ff"


def _edited(raw: str, edits: list[_Edit], at: list[int], starts: list[int], ends: list[int]) -> Normalised:
    out = _Output(raw, at, starts, ends)
    done = 0
    for start, end, text in edits:
        out.keep(done, start)
        out.change(start, end, text)
        done = end
    out.keep(done, len(raw))
    return _finished("".join(out.parts), out.at, out.starts, out.ends)


class _Output:
    """Composes the edits of a raw text with the map of that raw text; one pass over both."""

    __slots__ = ("_at", "_ends", "_length", "_piece", "_raw", "_starts", "at", "ends", "parts", "starts")

    def __init__(self, raw: str, at: list[int], starts: list[int], ends: list[int]) -> None:
        self._raw, self._at, self._starts, self._ends = raw, at, starts, ends
        self._piece = 0
        self._length = 0
        self.parts: list[str] = []
        self.at: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def _seek(self, index: int) -> int:
        while self._piece + 1 < len(self._at) and self._at[self._piece + 1] <= index:
            self._piece += 1
        return self._piece

    def keep(self, start: int, end: int) -> None:
        while start < end:
            piece = self._seek(start)
            bound = min(end, self._at[piece + 1]) if piece + 1 < len(self._at) else end
            run = start - self._at[piece]
            self._begin(self._starts[piece] + run, self._ends[piece] + run)
            self.parts.append(self._raw[start:bound])
            self._length += bound - start
            start = bound

    def change(self, start: int, end: int, text: str) -> None:
        first = self._seek(start)
        source_start = self._starts[first] + start - self._at[first]
        last = self._seek(end - 1)
        source_end = self._ends[last] + end - 1 - self._at[last]
        for character in text:
            self._begin(source_start, source_end)
            self.parts.append(character)
            self._length += 1

    def _begin(self, start: int, end: int) -> None:
        _join(self.at, self.starts, self.ends, self._length, start, end)
