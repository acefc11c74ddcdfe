"""Long blocks in pieces: what is looked at around a number stays small, however a page is written.

Around each number its neighbours are weighed: numbers, dates and names against each other. In an
ordinary paragraph they are few; a block of thousands would cost their cube.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from tracker.extract.model import Block
from tracker.extract.numbers.lexicon import EN_STARTS, VI_DIGITS

MOST_CHARACTERS = 4_000
MOST_NUMBERS = 40
# Words that may be numbers; in prose they are one in thirty.
MOST_WORDS = 80
LONGEST = 2 * MOST_CHARACTERS
_SHORT = 1_000
_NUMBER = re.compile(r"\d[\d.,]*")
_NUMBER_OR_WORD = re.compile(
    rf"{_NUMBER.pattern}|\b(?:{'|'.join(sorted({*VI_DIGITS, 'mười', *EN_STARTS}))})\b", re.IGNORECASE
)
_STRONG = re.compile(r"[.!?…](?=\s)|\n|;")
_WEAK = re.compile(r",\s|\s")


def pieces(block: Block) -> list[Block]:
    """The block itself, or its parts in order; a cut falls after a sentence where there is one."""
    bounds = _bounds(block.text)
    return [block] if len(bounds) == 2 else [_part(block, *part) for part in pairwise(bounds)]


def _bounds(text: str) -> list[int]:
    bounds = [0]
    numbers: list[int] = []
    words: list[int] = []
    for found in (_NUMBER if len(text) <= _SHORT else _NUMBER_OR_WORD).finditer(text):
        at = found.start()
        _cut_up_to(at, text, bounds)
        is_number = text[at].isdecimal()
        (numbers if is_number else words).append(at)
        far = is_number and at - bounds[-1] > MOST_CHARACTERS
        if far or len(numbers) > MOST_NUMBERS or len(words) > MOST_WORDS:
            bounds.append(_cut(text, bounds[-1], at))
            numbers = [at for at in numbers if at >= bounds[-1]]
            words = [at for at in words if at >= bounds[-1]]
    _cut_up_to(len(text), text, bounds)
    return [*bounds, len(text)]


def _cut_up_to(end: int, text: str, bounds: list[int]) -> None:
    """Cut also where there is no number for long: names alone make no block of any length."""
    while end - bounds[-1] > LONGEST:
        bounds.append(_cut(text, bounds[-1], bounds[-1] + LONGEST))


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
