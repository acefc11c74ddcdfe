"""Where indicators are named: word for word, or by enough of their words close together.

Strings fail on half of all texts, so a mention is weighed: each word of an alias counts by how
well it tells its indicator from the others, single syllables only beside a neighbour of the alias.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.domain.figure import Unit
from tracker.extract.keys import Token
from tracker.extract.kin import KIN
from tracker.extract.matcher import Hit
from tracker.extract.passages import Mention, Passage
from tracker.extract.vocabulary import LEAST, LONE, Alias, Vocabulary

REACH = 5
_HEAVIER = 1.05
_MOST = 0.99


def find_mentions(passage: Passage, vocabulary: Vocabulary, *, loose: bool = True) -> list[Mention]:
    """All mentions of a passage in order; a mention inside a heavier one of another indicator is dropped.

    Without ``loose`` only names that stand word for word, for passages that no number is near.
    """
    if vocabulary.any_word.isdisjoint(passage.words) and not passage.kin:
        return []
    found = _exact(passage.keys, vocabulary)
    if loose and (passage.kin or not vocabulary.by_word.keys().isdisjoint(passage.words)):
        text = _words(passage, vocabulary)
        for sentence in passage.sentences:
            found += _loose(text, sentence.first, sentence.last, vocabulary)
    return sorted(_without_covered(found, vocabulary), key=lambda each: (each.first, each.last))


_Pair = tuple[str, str]
_Seen = tuple[int, str, _Pair, _Pair, bool, bool]
"""A word of some name in a window: its place, itself after and before its neighbours, whole or not, generic or not."""


@dataclass(frozen=True, slots=True)
class _Words:
    """``whole``: places of words that tell something alone; ``generic``: of words of the trade.

    ``kin``: words of the same families as words of names. ``windows`` are those that were looked at, since the names
    of many indicators meet in one.
    """

    keys: Sequence[str]
    named: AbstractSet[str]
    whole: set[int]
    generic: set[int]
    kin: Sequence[Hit[str]]
    windows: dict[tuple[int, int], list[_Seen]] = field(default_factory=dict)

    def seen(self, low: int, high: int) -> list[_Seen]:
        """The words of names from ``low`` up to ``high``, which have no neighbours beyond."""
        known = self.windows.get((low, high))
        if known is None:
            keys = ["", *self.keys[low:high], ""]
            known = self.windows[low, high] = [
                (at, word, (before, word), (word, after), at in self.whole, at in self.generic)
                for at, (before, word, after) in enumerate(zip(keys, keys[1:], keys[2:], strict=False), low)
                if word in self.named
            ]
        return known


def _words(passage: Passage, vocabulary: Vocabulary) -> _Words:
    named = vocabulary.any_word
    whole = {at for at, token in enumerate(passage.tokens) if token.key in named and _whole(token)}
    generic = vocabulary.generic_at(passage.keys)
    kin = [hit for hit in passage.kin if hit.last > hit.first or hit.first not in generic]
    return _Words(passage.keys, named, whole, generic, kin)


def _whole(token: Token) -> bool:
    """A word that is more than a syllable of one: an acronym, an English word, a name with digits."""
    word = token.key
    if not word.isalpha():
        return len(word) > 1 and word[0].isdigit() and not word.isdigit()
    return word.isascii() and (len(word) >= 5 or (token.text.isupper() and len(word) >= 2))


def _exact(keys: Sequence[str], vocabulary: Vocabulary) -> list[Mention]:
    mentions = []
    for hit in vocabulary.names.find(keys):
        alias = vocabulary.aliases[hit.payload]
        mentions.append(_mention(alias.indicator, hit.first, hit.last, 1.0, alias.total, exact=True))
        for longer, coverage in vocabulary.longer.get(hit.payload, ()):
            mentions.append(_mention(longer, hit.first, hit.last, coverage, alias.total))
    return mentions


def _mention(
    indicator: int, first: int, last: int, coverage: float, weight: float, *, exact: bool = False, gap: int = 0
) -> Mention:
    return Mention(indicator, first, last, coverage, weight, exact, coverage * min(1.0, weight), gap)


def _loose(text: _Words, first: int, last: int, vocabulary: Vocabulary) -> list[Mention]:
    """Clusters of words of one indicator, each scored against its best alias."""
    told: dict[int, list[tuple[int, int]]] = {}
    aliases, telling = vocabulary.aliases, vocabulary.by_word
    for at in range(first, last):
        if text.keys[at] not in telling or at in text.generic:
            continue
        for number in _aliases_at(text, at, vocabulary):
            told.setdefault(aliases[number].indicator, []).append((at, number))
    for hit in text.kin:
        if first <= hit.first and hit.last < last:
            for number in vocabulary.kin.names[hit.payload]:
                told.setdefault(aliases[number].indicator, []).append((hit.first, number))
    mentions = []
    for places in told.values():
        for cluster in _clusters(sorted(places) if text.kin else places):
            mention = _best(text, cluster, (first, last), vocabulary)
            if mention is not None:
                mentions.append(mention)
    return mentions


def _aliases_at(text: _Words, at: int, vocabulary: Vocabulary) -> list[int]:
    """The aliases that the word tells of: any with a whole word, else those it stands in a pair for."""
    word = text.keys[at]
    every = vocabulary.by_word.get(word)
    if not every:
        return []
    if at in text.whole:
        return every
    found = list(vocabulary.by_lone.get(word, ()))
    if at + 1 < len(text.keys):
        found += vocabulary.by_pair.get((word, text.keys[at + 1]), ())
    if at:
        found += vocabulary.by_pair.get((text.keys[at - 1], word), ())
    return found


def _clusters(places: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Places (token, alias) that lie close together; in order."""
    clusters: list[list[tuple[int, int]]] = []
    for place in places:
        if clusters and place[0] - clusters[-1][-1][0] <= REACH:
            clusters[-1].append(place)
        else:
            clusters.append([place])
    return clusters


class _Scored(NamedTuple):
    """What the words of a window make up of an alias; ``telling`` and ``used`` are their places."""

    alias: Alias
    coverage: float
    weight: float
    telling: list[int]
    used: list[int]


def _best(
    text: _Words, cluster: list[tuple[int, int]], bounds: tuple[int, int], vocabulary: Vocabulary
) -> Mention | None:
    low, high = max(bounds[0], cluster[0][0] - 3), min(bounds[1], cluster[-1][0] + 4)
    seen = text.seen(low, high)
    kin = [hit for hit in text.kin if low <= hit.first and hit.last < high]
    best: _Scored | None = None
    for number in sorted({number for _, number in cluster}):
        scored = _score(seen, vocabulary.aliases[number], kin, vocabulary.kin.of_name[number])
        if scored is not None and (best is None or scored.coverage * scored.weight > best.coverage * best.weight):
            best = scored
    if best is None:
        return None
    first, last = min(best.telling), max(best.telling)
    gap = (last - first + 1) - sum(1 for at in best.used if first <= at <= last)
    return _mention(best.alias.indicator, first, last, best.coverage, best.weight, gap=max(0, gap))


def _score(
    seen: Sequence[_Seen], alias: Alias, kin: Sequence[Hit[str]], own: Mapping[str, Sequence[int]]
) -> _Scored | None:
    matched: dict[int, float] = {}
    used: list[int] = []
    telling: list[int] = []
    worth, neighbours = alias.worth, alias.neighbours
    for at, word, left, right, whole, generic in seen:
        if word not in worth:
            continue
        linked = whole or right in neighbours or left in neighbours
        for place, full, tells in worth[word]:
            value = full if linked else full * LONE
            if generic and tells:
                value *= LONE
            if value > matched.get(place, 0.0):
                matched[place] = value
                used.append(at)
                if tells and not generic:
                    telling.append(at)
                break
    for hit in kin:
        new = [at for at in own.get(hit.payload, ()) if matched.get(at, 0.0) < alias.weights[at] * KIN]
        matched |= {at: alias.weights[at] * KIN for at in new}
        if new:
            used += range(hit.first, hit.last + 1)
            telling += (hit.first, hit.last)
    if not telling:
        return None
    weight = sum(matched.values())
    coverage = weight / alias.total
    return _Scored(alias, min(coverage, _MOST), weight, telling, used) if coverage >= LEAST else None


def _without_covered(found: list[Mention], vocabulary: Vocabulary) -> list[Mention]:
    """The heavier name wins its words, among indicators that are counted in the same unit."""
    kept: list[Mention] = []
    standing: dict[int, list[Mention]] = defaultdict(list)
    spelt: set[tuple[int, int]] = set()
    for one in sorted(found, key=lambda each: (-each.exact, -each.weight * each.coverage, each.last - each.first)):
        covered = [(one.indicator, at) for at in range(one.first, one.last + 1)]
        if not spelt.isdisjoint(covered) or _inside(one, standing[one.first], vocabulary.units):
            continue
        kept.append(one)
        for _, at in covered:
            standing[at].append(one)
        if one.exact:
            spelt.update(covered)
    return kept


def _inside(one: Mention, others: list[Mention], units: Sequence[Unit]) -> bool:
    """Whether one of the others holds all its words: of the same indicator, or a heavier one in the same unit."""
    number, last, exact, unit = one.indicator, one.last, one.exact, units[one.indicator]
    heavier = one.weight * _HEAVIER
    for other in others:
        if last <= other.last and (
            other.indicator == number
            or (other.weight > heavier and (other.exact or not exact) and units[other.indicator] is unit)
        ):
            return True
    return False
