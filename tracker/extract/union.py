"""How much of a name all places around a number hold together."""

from __future__ import annotations

from tracker.extract.candidates import headers_of
from tracker.extract.clauses import clause_end, clause_start
from tracker.extract.model import Quantity
from tracker.extract.passages import Passage
from tracker.extract.scene import Scene


def words_around(scene: Scene, passage: Passage, quantity: Quantity) -> dict[str, float]:
    """Every word in reach with how near it is, 1 in the own clause."""
    first, last = passage.token_span(quantity.span)
    low, high = clause_start(passage, first), clause_end(passage, last)
    near: dict[str, float] = {}

    def note(keys: list[str], value: float) -> None:
        for word in keys:
            if near.get(word, 0.0) < value:
                near[word] = value

    if passage.block.cell is not None:
        rows, columns, above = headers_of(scene, passage)
        for each in (*rows, *columns):
            note(each.keys, 1.0)
        for each in above:
            note(each.keys, 0.35)
    else:
        number = passage.sentence_at(first)
        sentence = passage.sentences[number] if passage.sentences else None
        if sentence is not None:
            note(passage.keys[low:high], 1.0)
            note(passage.keys[sentence.first : first], 0.65)
            note(passage.keys[last + 1 : sentence.last], 0.3)
            if number:
                before = passage.sentences[number - 1]
                note(passage.keys[before.first : before.last], 0.35)
        for each in scene.scopes(passage)[:3]:
            note(each.keys, 0.4)
    if scene.title is not None:
        note(scene.title.keys, 0.3)
    return near


def united(scene: Scene, number: int, near: dict[str, float]) -> float:
    """The best share of a name that the words in reach hold."""
    best = 0.0
    for alias in scene.vocabulary.aliases_of[number]:
        if alias.full_total < 0.5:
            continue
        score = sum(w * near.get(word, 0.0) for word, w in zip(alias.words, alias.full, strict=True))
        best = max(best, score / alias.full_total * min(1.0, alias.full_total))
    return best
