"""The clause around a number: its bounds, its cues, what it takes back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from tracker.extract.decide import Features
from tracker.extract.keys import phrase
from tracker.extract.model import Quantity, Shape
from tracker.extract.passages import Passage, Sentence

_LABELS = frozenset(phrase("số no line tuyến number guid id page"))
_COUNTED = frozenset(phrase("con tổng là"))
_LAST_LABEL = 100
_ASKING = frozenset(phrase("is are will would does did can could has have was were should"))


def clause_start(passage: Passage, token: int) -> int:
    """First token of the clause that holds a token."""
    return passage.clause_first[token]


def clause_end(passage: Passage, token: int) -> int:
    """The token after the last of the clause."""
    return passage.clause_last[token]


def cue(passage: Passage, name: str, low: int, high: int) -> bool:
    """Whether a cue of the list starts in ``low`` to ``high``."""
    places = passage.cue_places.get(name)
    return places is not None and bisect_left(places, low) < bisect_left(places, high)


def cue_ends(passage: Passage, name: str, low: int, high: int) -> bool:
    """Whether a cue ends in ``low`` to ``high`` with no break up to ``high``."""
    return name in passage.cue_places and any(
        cue.payload == name and low <= cue.last < high and not passage.parted(cue.last + 1, high + 1)
        for at in range(max(0, low - 3), high)
        for cue in passage.cues.get(at, ())
    )


def numbers_between(passage: Passage, quantity: Quantity, low: int, high: int) -> int:
    """How many other numbers stand between two tokens."""
    itself = not quantity.noise and low < passage.token_span(quantity.number)[0] < high
    return passage.figures_between(low, high) - itself


def clause_numbers(passage: Passage, first: int, last: int) -> int:
    """How many numbers the clause holds."""
    return passage.figures_between(clause_start(passage, first) - 1, clause_end(passage, last))


def office_left(passage: Passage, first: int) -> bool:
    """Whether an office or a company is named before in the clause."""
    low = clause_start(passage, first)
    return any(low <= area.first < first and area.area == "#" for area in passage.areas)


def surroundings(passage: Passage, quantity: Quantity) -> Features:
    """What the clause says whatever the indicator."""
    first, last = passage.token_span(quantity.number)
    features: Features = {"bias": 1.0}
    features[f"block_{passage.block.kind.value}"] = 1.0
    if quantity.shape is not Shape.PLAIN:
        features[f"shape_{quantity.shape.value}"] = 1.0
    features |= retraction(passage, first, last)
    if any(claim.start <= quantity.number.start < claim.end for claim in passage.disproved):
        features["retracted"] = 1.0
    features["rhetoric"] = float(cue(passage, "rhetoric", last, last + 5))
    sentence = passage.sentences[passage.sentence_at(first)] if passage.sentences else None
    if sentence is not None:
        features["question"] = float(_asked(passage, sentence))
    features["labelled"] = float(first > 0 and passage.keys[first - 1] in _LABELS and quantity.unit is None)
    if (
        features["labelled"]
        and quantity.value < _LAST_LABEL
        and not (first > 1 and passage.keys[first - 2] in _COUNTED)
    ):
        features["retracted"] = 1.0
    features["numbers_in_clause"] = min(3.0, float(clause_numbers(passage, first, last)))
    features["foreign_office"] = float(office_left(passage, first))
    if quantity.unit is None and 1900 <= quantity.value <= 2100 and not quantity.noun:
        features["like_a_year"] = 1.0
    if (
        passage.block.cell is None
        and quantity.unit is None
        and quantity.value < 10
        and quantity.value == quantity.value.to_integral_value()
    ):
        features["small_whole"] = 1.0
    return features


def _withdrawn(passage: Passage, sentence: Sentence, number: int, first: int) -> bool:
    """Whether the next sentence calls the figure wrong, or it stood in an earlier edition that a correction names."""
    following = passage.sentences[number + 1] if number + 1 < len(passage.sentences) else None
    if following is not None and passage.keys[following.first] in _POINTING:
        told = passage.keys[following.first + 1 : following.first + 4]
        if not _BEING.isdisjoint(told) and not _WRONG.isdisjoint(told):
            return True
    if passage.keys[sentence.first] not in _CORRECTING:
        return False
    named = [hit for hit in passage.cue_list if hit.payload == "edition" and sentence.first <= hit.first < first]
    return bool(named) and not passage.figures_between(named[-1].last, first)


_POINTING = frozenset(phrase("that this it which"))
_BEING = frozenset(phrase("was is were are"))
_WRONG = frozenset(phrase("wrong incorrect mistaken mistake error false typo misprint"))
_CORRECTING = frozenset(phrase("correction corrigendum erratum corrected đính"))


def _asked(passage: Passage, sentence: Sentence) -> bool:
    return passage.block.text[sentence.start : sentence.end].rstrip().endswith("?")


def _doubted(passage: Passage, sentence: Sentence, first: int) -> bool:
    """Whether somebody only asks for the number: "the member asked if the rate was now above 40 per cent"."""
    opens = max(sentence.first, passage.clause_first[first])
    for at in range(opens + 1, first):
        if passage.keys[at] in _IF and not _ASKED.isdisjoint(passage.keys[opens:at]):
            return True
    return False


_IF, _ASKED = (frozenset(phrase(words)) for words in ("if whether", "asked asks asking wondered wonders queried"))


def retraction(passage: Passage, first: int, last: int) -> Features:
    """Values that the text takes back: "không phải 69 % mà là 96 %", "in nhầm", "said 7 %"."""
    figures = passage.figures
    before, after = bisect_left(figures, first), bisect_right(figures, last)
    low = figures[before - 1] + 1 if before else 0
    high = figures[after] if after < len(figures) else len(passage.keys)
    sentence = passage.sentences[passage.sentence_at(first)] if passage.sentences else None
    if sentence is not None:
        low, high = max(low, sentence.first), min(high, sentence.last)
    features = {
        "negation_next": float(cue(passage, "negation", max(low, first - 3), first)),
        "retracted": float(cue_ends(passage, "negation", max(low, first - 2), first)),
        "negation_left": float(cue(passage, "negation", low, max(low, first - 3))),
    }
    for name in ("mistake", "correct"):
        features[name + "_left"] = float(cue(passage, name, low, first))
        features[name + "_right"] = float(cue(passage, name, last + 1, high))
    if sentence is not None and _doubted(passage, sentence, first):
        features["retracted"] = 1.0
    number = passage.sentence_at(first)
    features["correct_next"] = float(
        any(
            cue(passage, "correct", following.first, following.first + 4)
            for following in passage.sentences[number + 1 : number + 3]
        )
    )
    if features["mistake_left"] and features.get("correct_next"):
        features["retracted"] = 1.0
    if sentence is not None and _withdrawn(passage, sentence, number, first):
        features["retracted"] = 1.0
    if sentence is not None:
        features["correct_later"] = float(cue(passage, "correct", last + 1, sentence.last))
        if features["mistake_left"] and features["correct_later"]:
            features["retracted"] = 1.0
        if _asked(passage, sentence) and passage.keys[sentence.first] in _ASKING:
            features["retracted"] = 1.0
    return features
