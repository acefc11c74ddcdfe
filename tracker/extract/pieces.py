"""Long blocks in pieces: what is looked at around a number stays small, however a page is written.

Around each number its neighbours are weighed, numbers and dates against each other. In an ordinary
paragraph they are few; a block of thousands would cost their cube.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from tracker.extract.model import Block

MOST_CHARACTERS = 4_000
MOST_NUMBERS = 40
_NUMBER = re.compile(r"\d[\d.,]*")
_STRONG = re.compile(r"[.!?…](?=\s)|\n|;")
_WEAK = re.compile(r",\s|\s")


def pieces(block: Block) -> list[Block]:
    """The block itself, or its parts in order; a cut falls after a sentence where there is one."""
    bounds = _bounds(block.text)
    return [block] if len(bounds) == 2 else [_part(block, *part) for part in pairwise(bounds)]


def _bounds(text: str) -> list[int]:
    bounds = [0]
    here: list[int] = []
    for found in _NUMBER.finditer(text):
        here.append(found.start())
        if len(here) > MOST_NUMBERS or found.start() - bounds[-1] > MOST_CHARACTERS:
            bounds.append(_cut(text, bounds[-1], found.start()))
            here = [at for at in here if at >= bounds[-1]]
    return [*bounds, len(text)]


def _cut(text: str, low: int, high: int) -> int:
    """After the last sentence, else the last comma or blank, in the second half; else right there."""
    middle = (low + high) // 2
    for pattern in (_STRONG, _WEAK):
        ends = [found.end() for found in pattern.finditer(text, middle, high)]
        if ends:
            return ends[-1]
    return high


def _part(block: Block, first: int, last: int) -> Block:
    return replace(block, text=block.text[first:last], starts=block.starts[first:last], ends=block.ends[first:last])
