"""What "the province", "there", "we" and "the State Bank" stand for, and when they stand for nothing."""

from __future__ import annotations

from tracker.extract.keys import key, phrase
from tracker.extract.model import BlockKind
from tracker.extract.passages import Passage

_FRONT = 4


def existential(passage: Passage, at: int) -> bool:
    """Tell "There were 10,680 people", where no place is meant, from "it is higher there"."""
    if passage.keys[at] != _THERE or at + 1 >= len(passage.keys) or passage.keys[at + 1] not in _BE:
        return False
    return at == 0 or bool(passage.breaks[at]) or passage.keys[at - 1] in _JOINS


def several(passage: Passage, at: int) -> bool:
    """Tell "ba tỉnh", "các tỉnh", which mean no one of them, from "tỉnh"."""
    if at == 0 or passage.breaks[at] or passage.keys[at] not in _PARTS:
        return False
    counted = any(passage.token_span(each.number)[1] == at - 1 for each in passage.quantities)
    return counted or passage.keys[at - 1] in _PLURAL


_PARTS = frozenset([key("tỉnh"), key("thành")])
_PLURAL = frozenset(phrase("các những nhiều mấy vài mọi mỗi từng"))


def state_body(passage: Passage, last: int) -> bool:
    """Tell "the State Bank", a body of the nation, from "the state", one of its parts."""
    words = passage.tokens
    if words[last].key != _STATE or last + 1 >= len(words) or passage.breaks[last + 1]:
        return False
    one, other = words[last], words[last + 1]
    return one.capital and other.capital and not one.text.isupper() and not title_case(passage)


_STATE = key("state")
_THERE = key("there")
_BE = frozenset(phrase("is are was were has have had will would remain should could may might must can cannot"))
_JOINS = frozenset(phrase("and but or that which whom when while because since as if unless whether now today"))


def person(passage: Passage, first: int, last: int) -> str:
    """Whether "we" speaks of its own figure: as a subject, or as the owner of what is measured.

    "our staff think", "tells us" only say who speaks.
    """
    word = passage.keys[first]
    if first != last or word not in _OBLIQUE:
        return "subject"
    after = range(last + 1, min(last + 4, len(passage.keys)))
    if any(mention.first in after and mention.coverage > _NAMED for mention in passage.mentions):
        return "subject"
    numbers = {passage.token_span(each.span)[0] for each in passage.quantities if not each.noise}
    near = after if word != key("our") else after[:1]
    return "subject" if any(at in numbers for at in near) or not after else "speaker"


_OBLIQUE = frozenset(phrase("us our"))
_NAMED = 0.3


def title_case(passage: Passage) -> bool:
    """Whether an English title writes every word large, so that a capital letter tells nothing."""
    if passage.block.kind not in (BlockKind.TITLE, BlockKind.HEADING) and passage.index > _FRONT:
        return False
    if "\n" in passage.block.text or len(passage.tokens) > _LONG_TITLE or passage.block.text.rstrip().endswith("."):
        return False
    if any(not token.text.isascii() for token in passage.tokens):
        return False
    words = [token for token in passage.tokens if len(token.text) > _SHORT and token.text.isalpha()]
    return len(words) >= _FEW and all(token.capital for token in words)


_LONG_TITLE, _SHORT, _FEW = 16, 3, 3
