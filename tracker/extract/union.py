"""How much of a name all places around a number hold together."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from tracker.extract.candidates import headers_of
from tracker.extract.clauses import clause_end, clause_start
from tracker.extract.model import Quantity
from tracker.extract.passages import Passage
from tracker.extract.scene import Scene

Reach = list[tuple[float, AbstractSet[str]]]


def words_around(scene: Scene, passage: Passage, quantity: Quantity) -> Reach:
    """The words in reach by how near they are, the nearest first: 1 in the own clause."""
    first, last = passage.token_span(quantity.span)
    low, high = clause_start(passage, first), clause_end(passage, last)
    keys = passage.keys
    near: Reach = []

    def said(first: int, last: int) -> AbstractSet[str]:
        words = set(keys[first:last])
        for hit in passage.kin:
            if first <= hit.first and hit.last < last:
                words |= scene.vocabulary.kin.words[hit.payload]
        return words

    if passage.block.cell is not None:
        rows, columns, above = headers_of(scene, passage)
        near += [(1.0, each.words) for each in (*rows, *columns)]
        near += [(0.35, each.words) for each in above]
    else:
        number = passage.sentence_at(first)
        sentence = passage.sentences[number] if passage.sentences else None
        if sentence is not None:
            near.append((1.0, said(low, high)))
            near.append((0.65, said(sentence.first, first)))
            near.append((0.3, said(last + 1, sentence.last)))
            if number:
                before = passage.sentences[number - 1]
                near.append((0.35, said(before.first, before.last)))
        near += [(0.4, each.words) for each in scene.scopes(passage)[:3]]
    if scene.title is not None:
        near.append((0.3, scene.title.words))
    return sorted(near, key=lambda each: -each[0])


def _nearness(word: str, near: Reach) -> float:
    for value, words in near:
        if word in words:
            return value
    return 0.0


def united(scene: Scene, number: int, near: Reach) -> float:
    """The best share of a name that the words in reach hold."""
    best = 0.0
    nearness = {word: _nearness(word, near) for word in scene.vocabulary.words_of[number]}
    for alias in scene.vocabulary.aliases_of[number]:
        if alias.full_total < 0.5:
            continue
        score = sum(w * nearness[word] for word, w in zip(alias.words, alias.full, strict=True))
        best = max(best, score / alias.full_total * min(1.0, alias.full_total))
    return best
