"""Match keys: what two spellings of a word have in common.

A key drops case, keeps every vowel and consonant, moves the Vietnamese tone to the end (so that
``hoà`` and ``hòa`` meet), writes a final ``y`` as ``i`` (``tỷ``, ``tỉ``) and takes off the English
endings that only inflect. Keys are compared, never shown.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache, partial
from itertools import accumulate, islice
from typing import NamedTuple

_TONES = {"\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3", "\u0323": "5"}
_LETTERS = re.compile(r"[^\W\d_]+")
_MARKED = re.compile(r"[^\W\d_a-zA-Z]")
_WORD = re.compile(r"[^\W\d_]+|\d+[^\W\d_]*")
_PARTED = re.compile(f"({_WORD.pattern})")


_IRREGULAR = {
    "grew": "grow",
    "grown": "grow",
    "growth": "grow",
    "rose": "ris",
    "risen": "ris",
    "fell": "fall",
    "fallen": "fall",
    "women": "woman",
    "knives": "knif",
    "children": "child",
    "lives": "lif",
    "paid": "pay",
    "sold": "sell",
    "built": "build",
    "spent": "spend",
    "taught": "teach",
    "born": "birth",
    "births": "birth",
    "deaths": "death",
    "died": "death",
    "dead": "death",
}


class Token(NamedTuple):
    """A word of a text with its match key; a tuple, since a page has thousands."""

    start: int
    end: int
    text: str
    key: str

    @property
    def capital(self) -> bool:
        """Whether the word is written with a capital letter."""
        return self.text[0].isupper()


@lru_cache(maxsize=1 << 16)
def key(word: str) -> str:
    """The match key of one word."""
    tone = ""
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", word.casefold()):
        if char in _TONES:
            tone = _TONES[char]
        else:
            letters.append(char)
    stem = unicodedata.normalize("NFC", "".join(letters))
    if stem.isascii() and not tone and len(stem) > 3:
        stem = _IRREGULAR.get(stem) or _stem(stem)
    if len(stem) > 1 and stem[-1] == "y" and (stem[-2] not in "aeiouâêôơưă" or stem[-3:-1] == "qu"):
        stem = stem[:-1] + "i"
    return stem + tone


def _stem(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return _stem_verb(word[:-3] + "y")
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return _stem_verb(word[:-1])
    return _stem_verb(word)


def _stem_verb(word: str) -> str:
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and re.search("[aeiouy]", word[: -len(ending)]):
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    if len(word) > 8 and word.endswith("ment"):
        word = word[:-4]
    if len(word) > 4 and word.endswith("er"):
        word = word[:-2] + "r"
    for ending in ("ic", "y", "i"):
        # "county" must not become "count", nor "policy" "polic" like "police".
        if len(word) - len(ending) > (5 if ending == "y" else 4) and word.endswith(ending):
            return word[: -len(ending)]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word


@lru_cache(maxsize=1 << 16)
def bare(word: str) -> str:
    """The word without diacritics, for texts that were written without any."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))
    return key(plain.replace("đ", "d"))


_token = partial(tuple.__new__, Token)


def tokens(text: str, *, plain: bool = False) -> list[Token]:
    """Every word and numeral of ``text`` in order; ``plain`` takes the bare keys."""
    parts = _PARTED.split(text)
    ends = list(accumulate(map(len, parts)))
    words = parts[1::2]
    return list(map(_token, zip(ends[0::2], ends[1::2], words, map(bare if plain else key, words), strict=False)))


def phrase(text: str, *, plain: bool = False) -> tuple[str, ...]:
    """The keys of a name or an alias."""
    fold = bare if plain else key
    return tuple(fold(word) for word in _WORD.findall(text))


def has_diacritics(text: str, share: float = 0.02) -> bool:
    """Whether at least ``share`` of the letters carry a mark, as Vietnamese does; true without letters."""
    enough = math.ceil(share * len(text))
    marked = sum(1 for _ in islice(_MARKED.finditer(text), enough))
    return marked >= enough or marked >= share * sum(map(len, _LETTERS.findall(text)))
