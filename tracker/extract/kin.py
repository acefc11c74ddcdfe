"""Words of English that speak of one measured thing: "jobless" of unemployment, "vaccinated" of vaccination.

An article names an indicator once in full and then by whatever word comes to hand. ``kin.json`` lists, line by line,
what official statistics and the press call the same thing; derivations are found by their root. A name told by
kin is worth less than one told by its own words.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources

from tracker.extract.keys import phrase
from tracker.extract.matcher import Hit, Matcher

KIN = 0.8
_LEAST_ROOT = 5
_ENDINGS = ("ation", "ition", "icit", "ness", "ship", "ion", "enc", "anc", "ent", "ant", "at", "ac", "it", "ic")

Words = tuple[str, ...]


@lru_cache(maxsize=1)
def families() -> tuple[tuple[Words, ...], ...]:
    """The phrases of each family as keys."""
    text = resources.files("tracker.extract").joinpath("kin.json").read_text("utf-8")
    return tuple(tuple(phrase(each) for each in family) for family in json.loads(text))


@lru_cache(maxsize=1 << 14)
def root(word: str) -> str:
    """What the derivations of a word have in common ("immunis" of "immunisation"); empty where that is short."""
    if not word.isascii() or not word.isalpha():
        return ""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_ROOT:
            return word[: -len(ending)]
    return word if len(word) >= _LEAST_ROOT else ""


class Kin:
    """The families that the names of a catalogue's indicators have members of."""

    def __init__(self, names: Sequence[tuple[Words, Sequence[bool]]]) -> None:
        """``names``: the words of each name, and which of them tell it from others."""
        self.of_name: list[dict[str, tuple[int, ...]]] = [_places(words, telling) for words, telling in names]
        self.names: dict[str, list[int]] = defaultdict(list)
        members: dict[str, set[str]] = defaultdict(set)
        for at, ((words, _), kin) in enumerate(zip(names, self.of_name, strict=True)):
            for family, places in kin.items():
                self.names[family].append(at)
                members[family].update(words[place] for place in places)
        self.words: dict[str, frozenset[str]] = {family: frozenset(words) for family, words in members.items()}
        used = [(words, str(at)) for at, family in enumerate(families()) if str(at) in self.names for words in family]
        self._phrases = Matcher(used)
        self._openings = frozenset(words[0] for words, _ in used)

    def find(self, keys: Sequence[str], words: Iterable[str]) -> list[Hit[str]]:
        """What of a text belongs to a family, in order; ``words`` are the different ones among ``keys``."""
        rooted = {word: f"-{root(word)}" for word in words if f"-{root(word)}" in self.names}
        found = [Hit(at, at, rooted[word]) for at, word in enumerate(keys) if word in rooted] if rooted else []
        if not self._openings.isdisjoint(words):
            found += self._phrases.find(keys)
        return sorted(found, key=lambda hit: (hit.first, hit.last))


def _places(words: Words, telling: Sequence[bool]) -> dict[str, tuple[int, ...]]:
    """The families of a name with the places of their members in it; only those that tell something."""
    found: dict[str, tuple[int, ...]] = {}
    for at, word in enumerate(words):
        if telling[at] and root(word):
            found.setdefault(f"-{root(word)}", (at,))
    for hit in _members().find(words):
        places = tuple(range(hit.first, hit.last + 1))
        if any(telling[place] for place in places) and len(places) > len(found.get(hit.payload, ())):
            found[hit.payload] = places
    return found


@lru_cache(maxsize=1)
def _members() -> Matcher[str]:
    """Every phrase of every family."""
    return Matcher((words, str(number)) for number, family in enumerate(families()) for words in family)
