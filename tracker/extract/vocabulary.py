"""A catalogue compiled for reading: words with their weights, aliases and area names as tries.

A word weighs more the fewer indicators share it; words of the trade that every indicator has
("tỷ lệ", "share of") weigh little, so that a mention is told by what sets its indicator apart.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.domain.indicator import Catalogue, Indicator
from tracker.extract import lexicon
from tracker.extract.keys import phrase
from tracker.extract.kin import Kin
from tracker.extract.matcher import Matcher
from tracker.extract.nature import nature

GENERIC = 0.2
COMPLEMENT = 0.3
LONE = 0.35
LEAST = 0.1
_WORLD = frozenset(phrase(text) for text in ("world", "thế giới", "toàn cầu", "global"))
HALF = 0.5
_WITHIN = frozenset(phrase("trong trên in per as"))
_BRACKETS = re.compile(r"\([^)]*\)")
UNLISTED = "?"


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of an indicator: its words in order, their weights and the sum of these.

    ``share`` is 1 for a word that tells, less for one of the trade ("tỷ lệ", "rate").
    ``full`` weighs also the words of places, which tell rankings of one index apart. ``worth`` gives of each word its
    places, with the weight there and whether it tells.
    """

    indicator: int
    words: tuple[str, ...]
    weights: tuple[float, ...]
    share: tuple[float, ...]
    total: float
    full: tuple[float, ...]
    full_total: float
    worth: dict[str, list[tuple[int, float, bool]]]
    neighbours: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AreaName:
    """What a name of a place stands for; ``capital`` where it must be written with one.

    ``english`` is what only English calls a place ("Lao" of "Laos", "Thai"); it may be a syllable in Vietnamese.
    """

    area: str
    capital: bool
    english: bool = False


class Vocabulary:
    """What a reader looks up while it reads; ``plain`` for texts without diacritics."""

    def __init__(self, catalogue: Catalogue, plain: bool) -> None:
        self.catalogue = catalogue
        self.plain = plain
        self.indicators: tuple[Indicator, ...] = catalogue.indicators
        self.cues = lexicon.cues(plain)
        self.function = lexicon.words("function", plain)
        self.generic: Matcher[bool] = Matcher((words, True) for words in lexicon.phrases("generic", plain))
        self.letterhead = lexicon.phrases("letterhead", plain)
        self.comparators = catalogue.comparators()
        self.areas: Matcher[AreaName] = Matcher(self._area_names())
        spelt = [[phrase(text, plain=plain) for text in _spellings(each)] for each in self.indicators]
        self.words_of: list[frozenset[str]] = [frozenset(w for words in each for w in words) for each in spelt]
        shared = Counter(word for words in self.words_of for word in words)
        self.weight: dict[str, float] = {word: 1 / (1 + 0.5 * math.log(count)) for word, count in shared.items()}
        self.aliases: list[Alias] = [
            self._alias(number, words, len(phrase(text.split("/")[0], plain=plain)))
            for number, each in enumerate(self.indicators)
            for words, text in {phrase(text, plain=plain): text for text in _spellings(each)}.items()
            if words
        ]
        self.aliases_of: dict[int, list[Alias]] = defaultdict(list)
        for alias in self.aliases:
            self.aliases_of[alias.indicator].append(alias)
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for at, alias in enumerate(self.aliases):
            for word in {word for word, share in zip(alias.words, alias.share, strict=True) if share == 1.0}:
                self.by_word[word].append(at)
        self.kin = Kin([(alias.words, [part == 1.0 for part in alias.share]) for alias in self.aliases])
        self.longer: dict[int, list[tuple[int, float]]] = self._longer()
        self.by_pair: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.by_lone: dict[str, list[int]] = defaultdict(list)
        self._index_loose()
        self.countries = frozenset(
            area.id for area in catalogue.areas if any(name in lexicon.countries() for name in (area.id, *area.names))
        )
        self.units = [indicator.unit for indicator in self.indicators]
        self.body_heads = frozenset(self._heads_of_bodies())
        self.heads_of_bodies: Matcher[bool] = Matcher((words, True) for words in self.body_heads)
        self.bodies = frozenset(area.id for area in catalogue.areas if any(self._is_body(name) for name in area.names))
        self.natures = [nature(indicator) for indicator in self.indicators]
        self.worldwide = frozenset(
            area.id for area in catalogue.areas if any(phrase(name, plain=plain) in _WORLD for name in area.names)
        )
        self.regions: list[bool] = [self._names_a_region(words) for words in self.words_of]
        self.any_word: frozenset[str] = frozenset(shared)
        self.telling: frozenset[str] = frozenset(self.by_word) | frozenset(
            word for alias in self.aliases if not any(part == 1.0 for part in alias.share) for word in alias.words
        )
        self.names: Matcher[int] = Matcher((alias.words, at) for at, alias in enumerate(self.aliases))

    def _index_loose(self) -> None:
        """By which neighbours, and by which word alone, an alias may be named in part."""
        for at, alias in enumerate(self.aliases):
            for first, second in alias.neighbours:
                self.by_pair[first, second].append(at)
            for word, weight, part in zip(alias.words, alias.weights, alias.share, strict=True):
                if part == 1.0 and weight * LONE >= LEAST * alias.total:
                    self.by_lone[word].append(at)

    def _alias(self, indicator: int, words: tuple[str, ...], head: int) -> Alias:
        plain = self.generic_at(words)
        places = {at for hit in self.areas.find(words) for at in range(hit.first, hit.last + 1)}
        share = tuple(
            COMPLEMENT
            if at in places or at > self._complement(words, plain) or 0 < head <= at
            else GENERIC
            if at in plain or word.isdigit()
            else 1.0
            for at, word in enumerate(words)
        )
        weights = tuple(self.weight[word] * part for word, part in zip(words, share, strict=True))
        full = tuple(
            self.weight[word] * (GENERIC if at in plain or word.isdigit() else 1.0) for at, word in enumerate(words)
        )
        neighbours = frozenset(itertools.pairwise(words))
        worth: dict[str, list[tuple[int, float, bool]]] = defaultdict(list)
        for at, word in enumerate(words):
            worth[word].append((at, weights[at], share[at] == 1.0))
        return Alias(indicator, words, weights, share, sum(weights), full, sum(full), dict(worth), neighbours)

    def _names_a_region(self, words: frozenset[str]) -> bool:
        """Whether a name holds a comparator smaller than the world: a rank "in ASEAN"."""
        return any(
            set(phrase(name, plain=self.plain)) <= words
            for area in self.catalogue.areas
            if area.comparator and area.id not in self.worldwide
            for name in area.names
        )

    def _longer(self) -> dict[int, list[tuple[int, float]]]:
        """Per alias the other indicators that have it as a piece of a name, with the share of that name."""
        found: dict[int, list[tuple[int, float]]] = {}
        holders: dict[str, set[int]] = defaultdict(set)
        for at, alias in enumerate(self.aliases):
            for word in alias.words:
                holders[word].add(at)
        for at, alias in enumerate(self.aliases):
            best: dict[int, float] = {}
            for other_at in set.intersection(*(holders[word] for word in alias.words)):
                other = self.aliases[other_at]
                size = len(alias.words)
                if other.indicator == alias.indicator or len(other.words) <= size:
                    continue
                if any(other.words[k : k + size] == alias.words for k in range(len(other.words) - size + 1)):
                    coverage = sum(alias.weights) / max(other.total, 1e-9)
                    best[other.indicator] = max(best.get(other.indicator, 0.0), min(0.95, coverage))
            kept = [(number, coverage) for number, coverage in best.items() if coverage >= HALF]
            if kept:
                found[at] = kept
        return found

    @staticmethod
    def _complement(words: tuple[str, ...], plain: set[int]) -> int:
        """Where what the measure is a share of begins: "tỷ trọng kinh tế số trong GDP"; else the end."""
        for at, word in enumerate(words):
            if word in _WITHIN and 0 < at < len(words) - 1 and any(k not in plain for k in range(at)):
                return at
        return len(words)

    def _is_body(self, name: str) -> bool:
        """Whether a name is of a bank, a company, a hospital rather than of a place."""
        words = phrase(name, plain=self.plain)
        size = len(words)
        return any(
            words[at : at + len(kind)] == kind
            for kind in lexicon.phrases("body", self.plain)
            for at in range(size - len(kind) + 1)
        )

    def _heads_of_bodies(self) -> set[tuple[str, ...]]:
        """The kinds of bodies that tracked areas are called by: "ngân hàng", "bệnh viện"."""
        kinds = lexicon.phrases("body", self.plain)
        named = [phrase(name, plain=self.plain) for area in self.catalogue.areas for name in area.names]
        return {kind for kind in kinds for words in named if len(words) > len(kind) and words[: len(kind)] == kind}

    def generic_at(self, words: Sequence[str]) -> set[int]:
        """The places of words that every indicator could have in its name."""
        return {at for hit in self.generic.find(words) for at in range(hit.first, hit.last + 1)}

    def _area_names(self) -> list[tuple[tuple[str, ...], AreaName]]:
        known: dict[tuple[str, ...], AreaName] = {}
        for area in self.catalogue.areas:
            for name in area.names:
                words = phrase(name, plain=self.plain)
                if words:
                    known.setdefault(words, AreaName(area.id, len(words) == 1 and name[0].isupper(), _cut(name, words)))
        for area in self.catalogue.areas:
            for name in area.names:
                for made in lexicon.also_called().get(name, ()):
                    known.setdefault(
                        phrase(made, plain=self.plain), AreaName(area.id, made[0].isupper(), made.isascii())
                    )
        for words, _ in lexicon.places(self.plain):
            known.setdefault(words, AreaName(UNLISTED, True))
        return list(known.items())


def _cut(name: str, words: Sequence[str]) -> bool:
    """Whether the key of a name has lost an English ending: "lao" of "Laos"."""
    return len(words) == 1 and name.isascii() and words[0] != name.casefold()


def _spellings(indicator: Indicator) -> list[str]:
    """Names, names without what stands in brackets, aliases."""
    names = list(dict(indicator.names).values())
    return [*names, *(_BRACKETS.sub(" ", name) for name in names), *indicator.aliases]


def names_of(catalogue: Catalogue) -> tuple[str, ...]:
    """What indicators, areas and the places that everybody knows are called."""
    indicators = [name for each in catalogue.indicators for name in (*dict(each.names).values(), *each.aliases)]
    areas = [name for area in catalogue.areas for name in area.names]
    return (*indicators, *areas, *(name for _, name in lexicon.places()))


@lru_cache(maxsize=8)
def vocabulary(catalogue: Catalogue, plain: bool = False) -> Vocabulary:
    """The compiled catalogue; kept, since a catalogue is read with thousands of times."""
    return Vocabulary(catalogue, plain)
