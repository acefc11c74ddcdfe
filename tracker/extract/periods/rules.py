"""A rule: a pattern, and what the words it finds mean."""

from __future__ import annotations

import re
from collections.abc import Callable

from tracker.extract.periods.meaning import Expression, Meaning
from tracker.extract.periods.words import Words

Build = Callable[[Words, re.Match[str]], Meaning | None]
Rule = tuple[re.Pattern[str], Build]


def rule(pattern: str, build: Build) -> Rule:
    """``pattern`` in lower case, ending with a word; ``build`` may still say that it is none."""
    return re.compile(pattern + r"(?!\w)"), build


def read_rules(words: Words, index: int, rules: tuple[Rule, ...]) -> Expression | None:
    """The longest expression that one of ``rules`` reads at the word ``index``."""
    start, best = words.starts[index], None
    for pattern, build in rules:
        found = pattern.match(words.low, start)
        if found and (best is None or found.end() > best.end):
            meaning = build(words, found)
            if meaning is not None:
                best = Expression(start, found.end(), meaning)
    return best
