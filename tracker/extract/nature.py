"""What sort of measure an indicator is, told by its names: a rate of growth, a share of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tracker.domain.indicator import Indicator
from tracker.extract import lexicon
from tracker.extract.keys import phrase


@dataclass(frozen=True, slots=True)
class Nature:
    """``growth``: "tăng 7 %" states its level. ``plan_ratio``: "đạt 60 % kế hoạch" states its level."""

    growth: bool
    plan_ratio: bool


@lru_cache(maxsize=4096)
def nature(indicator: Indicator) -> Nature:
    """Told by the cues in its names."""
    names = tuple(dict(indicator.names).values())
    return Nature(_holds(names, "growth"), _holds(names, "ratio_of_plan"))


def _holds(names: tuple[str, ...], cues: str) -> bool:
    for text in names:
        words = phrase(text)
        for cue in lexicon.phrases(cues):
            if any(words[at : at + len(cue)] == cue for at in range(len(words))):
                return True
    return False
