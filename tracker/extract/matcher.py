"""Find many phrases in a text in one pass, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """The phrase stands at tokens ``first`` to ``last``, both included."""

    first: int
    last: int
    payload: T


class Matcher(Generic[T]):
    """A trie over token keys; a phrase may carry several payloads."""

    def __init__(self, phrases: Iterable[tuple[Sequence[str], T]]) -> None:
        self._root: dict[str, dict[str, object]] = {}
        self._ends: dict[int, list[T]] = {}
        for words, payload in phrases:
            if words:
                self._add(words, payload)

    def _add(self, words: Sequence[str], payload: T) -> None:
        node: dict[str, object] = self._root  # type: ignore[assignment]
        for word in words:
            node = node.setdefault(word, {})  # type: ignore[assignment]
        payloads = self._ends.setdefault(id(node), [])
        if payload not in payloads:
            payloads.append(payload)

    def find(self, keys: Sequence[str]) -> list[Hit[T]]:
        """Every match, shorter ones inside longer ones too, in order of their start."""
        found: list[Hit[T]] = []
        root, ends = self._root, self._ends
        for first, word in enumerate(keys):
            node: dict[str, object] | None = root.get(word)
            at = first
            while node is not None:
                found += [Hit(first, at, payload) for payload in ends.get(id(node), ())]
                at += 1
                node = node.get(keys[at]) if at < len(keys) else None  # type: ignore[assignment]
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
