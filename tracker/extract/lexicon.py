"""The closed word lists of the two languages: cues, function words, places.

They hold only words that say how a figure is stated, never what an indicator is called.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from tracker.extract.keys import phrase
from tracker.extract.matcher import Matcher

#: Every data file that a reading depends on: words, places, families of words, syllables with their marks, the
#: weights of all models.
FILES = ("lexicon.json", "places.json", "kin.json", "marks.json", "weights.json")


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    text = resources.files("tracker.extract").joinpath("lexicon.json").read_text("utf-8")
    lists: dict[str, list[str]] = json.loads(text)
    return lists


@lru_cache(maxsize=1)
def _places() -> dict[str, Any]:
    text = resources.files("tracker.extract").joinpath("places.json").read_text("utf-8")
    lists: dict[str, Any] = json.loads(text)
    return lists


@lru_cache(maxsize=1)
def also_called() -> dict[str, tuple[str, ...]]:
    """A place's name to the words made of it ("Vietnamese", "worldwide")."""
    return {name: tuple(made) for name, made in _places()["demonyms"].items()}


_WORD_LISTS = frozenset({"generic", "function", "letterhead", "measure", "body"})


@lru_cache(maxsize=2)
def cues(plain: bool = False) -> Matcher[str]:
    """Every cue phrase with the name of its list as payload."""
    return Matcher(
        (phrase(text, plain=plain), name)
        for name, texts in _lists().items()
        if name not in _WORD_LISTS
        for text in texts
    )


@lru_cache(maxsize=32)
def words(name: str, plain: bool = False) -> frozenset[str]:
    """The single words of the phrases of a list."""
    return frozenset(word for text in _lists()[name] for word in phrase(text, plain=plain))


@lru_cache(maxsize=32)
def phrases(name: str, plain: bool = False) -> frozenset[tuple[str, ...]]:
    """The phrases of a list as keys."""
    return frozenset(phrase(text, plain=plain) for text in _lists()[name])


@lru_cache(maxsize=2)
def measures(plain: bool = False) -> Matcher[bool]:
    """What measures are called ("lợi nhuận", "profit")."""
    return Matcher((words, True) for words in phrases("measure", plain))


@lru_cache(maxsize=2)
def places(plain: bool = False) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Keys and names of the provinces and countries that everybody knows."""
    return tuple((phrase(text, plain=plain), text) for kind in ("provinces", "countries") for text in _places()[kind])


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Names of countries and of groups of them, as they are written."""
    return frozenset(_places()["countries"])


def fingerprint(folder: Traversable | None = None) -> str:
    """A hash of every data file that a reading depends on; ``folder`` holds them, by default the package's own."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder or resources.files("tracker.extract")).joinpath(name).read_bytes())
    return digest.hexdigest()[:12]
