"""Which way a number moves: the verb that governs it."""

from __future__ import annotations

from tracker.extract.model import Quantity
from tracker.extract.passages import Passage

CHANGES = ("pp", "places", "points", "times")


def direction(passage: Passage, quantity: Quantity) -> tuple[int, bool, str]:
    """The sign of a movement that governs the number (0 for none), whether it stands right beside, its side."""
    first, last = passage.token_span(quantity.span)
    unit_change = quantity.unit in CHANGES
    low = max(0, first - 9)
    found = 0
    at_cue = -1
    for at in range(low, first):
        if passage.breaks[at] and at > 0 and not unit_change:
            found, at_cue = 0, -1
        for cue in passage.cues.get(at, ()):
            if cue.last >= first:
                continue
            if cue.payload in ("up", "down"):
                found, at_cue = (1 if cue.payload == "up" else -1), cue.last
            elif cue.payload == "level" and not unit_change and at > at_cue and found:
                if cue.first > at_cue:
                    found, at_cue = 0, -1
        if any(passage.token_span(each.number)[0] == at for each in passage.quantities if each is not quantity):
            found, at_cue = 0, -1
    if found:
        return found, first - at_cue <= 3, "left"
    for at in range(last + 1, min(last + 6, len(passage.keys))):
        if passage.breaks[at]:
            break
        for cue in passage.cues.get(at, ()):
            if cue.payload in ("up", "down"):
                return (1 if cue.payload == "up" else -1), at - last <= 2, "right"
    return 0, False, ""
