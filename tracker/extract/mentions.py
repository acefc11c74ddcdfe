"""Where indicators are named: word for word, or by enough of their words close together.

Strings fail on half of all texts, so a mention is weighed: each word of an alias counts by how
well it tells its indicator from the others, single syllables only beside a neighbour of the alias.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.extract.keys import Token
from tracker.extract.passages import Mention, Passage
from tracker.extract.vocabulary import LEAST, LONE, Alias, Vocabulary

REACH = 5
_HEAVIER = 1.05


def find_mentions(passage: Passage, vocabulary: Vocabulary, *, loose: bool = True) -> list[Mention]:
    """All mentions of a passage in order; a mention inside a heavier one of another indicator is dropped.

    Without ``loose`` only names that stand word for word, for passages that no number is near.
    """
    if vocabulary.any_word.isdisjoint(passage.keys):
        return []
    found = _exact(passage.keys, vocabulary)
    if not loose:
        return sorted(_without_covered(found, vocabulary), key=lambda each: (each.first, each.last))
    text = _Words(passage.keys, [_whole(token) for token in passage.tokens], vocabulary.generic_at(passage.keys))
    for sentence in passage.sentences:
        found += _loose(text, sentence.first, sentence.last, vocabulary)
    return sorted(_without_covered(found, vocabulary), key=lambda each: (each.first, each.last))


@dataclass(frozen=True, slots=True)
class _Words:
    """``whole``: words that tell something alone; ``generic``: places of words of the trade."""

    keys: Sequence[str]
    whole: list[bool]
    generic: set[int]


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
        mentions.append(Mention(alias.indicator, hit.first, hit.last, 1.0, alias.total, True))
        for longer, coverage in vocabulary.longer.get(hit.payload, ()):
            mentions.append(Mention(longer, hit.first, hit.last, coverage, alias.total, False))
    return mentions


def _loose(text: _Words, first: int, last: int, vocabulary: Vocabulary) -> list[Mention]:
    """Clusters of words of one indicator, each scored against its best alias."""
    places: dict[int, list[int]] = defaultdict(list)
    told: dict[int, set[int]] = defaultdict(set)
    for at in range(first, last):
        if at in text.generic:
            continue
        for number in _aliases_at(text, at, vocabulary):
            indicator = vocabulary.aliases[number].indicator
            told[at].add(number)
            if not places[indicator] or places[indicator][-1] != at:
                places[indicator].append(at)
    mentions = []
    for indicator, hits in places.items():
        for cluster in _clusters(hits):
            numbers = {number for at in cluster for number in told[at]}
            mention = _best(text, indicator, cluster, (first, last), numbers, vocabulary)
            if mention is not None:
                mentions.append(mention)
    return mentions


def _aliases_at(text: _Words, at: int, vocabulary: Vocabulary) -> list[int]:
    """The aliases that the word tells of: any with a whole word, else those it stands in a pair for."""
    word = text.keys[at]
    every = vocabulary.by_word.get(word)
    if not every:
        return []
    if text.whole[at]:
        return every
    found = list(vocabulary.by_lone.get(word, ()))
    if at + 1 < len(text.keys):
        found += vocabulary.by_pair.get((word, text.keys[at + 1]), ())
    if at:
        found += vocabulary.by_pair.get((text.keys[at - 1], word), ())
    return found


def _clusters(hits: list[int]) -> list[list[int]]:
    clusters: list[list[int]] = []
    for at in hits:
        if clusters and at - clusters[-1][-1] <= REACH:
            clusters[-1].append(at)
        else:
            clusters.append([at])
    return clusters


def _best(
    text: _Words, indicator: int, cluster: list[int], bounds: tuple[int, int], numbers: set[int], vocabulary: Vocabulary
) -> Mention | None:
    low, high = max(bounds[0], cluster[0] - 3), min(bounds[1], cluster[-1] + 4)
    window = range(low, high)
    best: Mention | None = None
    for number in numbers:
        alias = vocabulary.aliases[number]
        if alias.indicator != indicator:
            continue
        candidate = _score(text, window, alias)
        if candidate is not None and (
            best is None or (candidate.coverage * candidate.weight) > (best.coverage * best.weight)
        ):
            best = candidate
    return best


def _score(text: _Words, window: range, alias: Alias) -> Mention | None:
    keys = text.keys
    matched: dict[int, float] = {}
    used: list[int] = []
    telling: list[int] = []
    held, neighbours = alias.held, alias.neighbours
    for at in window:
        word = keys[at]
        if word not in held:
            continue
        linked = (
            text.whole[at]
            or (at + 1 < window.stop and (word, keys[at + 1]) in neighbours)
            or (at > window.start and (keys[at - 1], word) in neighbours)
        )
        for place, own in enumerate(alias.words):
            if own != word:
                continue
            value = alias.weights[place] * (1.0 if linked else LONE)
            if at in text.generic and alias.share[place] == 1.0:
                value *= LONE
            if matched.get(place, 0.0) < value:
                matched[place] = value
                used.append(at)
                if alias.share[place] == 1.0 and at not in text.generic:
                    telling.append(at)
                break
    if not telling:
        return None
    weight = sum(matched.values())
    coverage = weight / alias.total
    if coverage < LEAST:
        return None
    first, last = min(telling), max(telling)
    gap = (last - first + 1) - sum(1 for at in used if first <= at <= last)
    return Mention(alias.indicator, first, last, min(coverage, 0.99), weight, False, max(0, gap))


def _without_covered(found: list[Mention], vocabulary: Vocabulary) -> list[Mention]:
    """The heavier name wins its words, among indicators that are counted in the same unit."""
    units = [indicator.unit for indicator in vocabulary.indicators]
    kept: list[Mention] = []
    for one in sorted(found, key=lambda each: (-each.exact, -each.weight * each.coverage, each.last - each.first)):
        clash = False
        for other in kept:
            if one.first > other.last or other.first > one.last:
                continue
            inside = other.first <= one.first and one.last <= other.last
            heavier = other.weight > one.weight * _HEAVIER and (other.exact or not one.exact)
            if one.indicator == other.indicator:
                clash = inside or other.exact
            else:
                clash = inside and heavier and units[one.indicator] is units[other.indicator]
            if clash:
                break
        if not clash:
            kept.append(one)
    return kept
