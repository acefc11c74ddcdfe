"""Find many phrases in a text in one pass, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Hit(NamedTuple, Generic[T]):
    """The phrase stands at tokens ``first`` to ``last``, both included."""

    first: int
    last: int
    payload: T


@dataclass(slots=True)
class _Node(Generic[T]):
    """Where a phrase may go on, and what ends here."""

    after: dict[str, _Node[T]] = field(default_factory=dict)
    payloads: list[T] = field(default_factory=list)


class Matcher(Generic[T]):
    """A trie over token keys; a phrase may carry several payloads."""

    def __init__(self, phrases: Iterable[tuple[Sequence[str], T]]) -> None:
        self._first: dict[str, _Node[T]] = {}
        for words, payload in phrases:
            if words:
                self._add(words, payload)

    def _add(self, words: Sequence[str], payload: T) -> None:
        after = self._first
        for word in words:
            node = after.setdefault(word, _Node())
            after = node.after
        if payload not in node.payloads:
            node.payloads.append(payload)

    def find(self, keys: Sequence[str]) -> list[Hit[T]]:
        """Every match, shorter ones inside longer ones too, in order of their start."""
        found: list[Hit[T]] = []
        begins, last = self._first, len(keys) - 1
        for first in [at for at, word in enumerate(keys) if word in begins]:
            node: _Node[T] | None = begins[keys[first]]
            at = first
            while node is not None:
                if node.payloads:
                    found += [Hit(first, at, payload) for payload in node.payloads]
                if not node.after or at == last:
                    break
                at += 1
                node = node.after.get(keys[at])
        return found

    def longest(self, keys: Sequence[str]) -> list[Hit[T]]:
        """The longest match at each place, left to right, none overlapping another."""
        best: dict[int, int] = {}
        hits = self.find(keys)
        for hit in hits:
            best[hit.first] = max(best.get(hit.first, -1), hit.last)
        chosen: list[Hit[T]] = []
        until = -1
        for hit in hits:
            if hit.last != best[hit.first]:
                continue
            if hit.first > until or (chosen and (hit.first, hit.last) == (chosen[-1].first, chosen[-1].last)):
                chosen.append(hit)
                until = hit.last
        return chosen
