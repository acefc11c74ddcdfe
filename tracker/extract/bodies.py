"""Banks, hospitals, carriers that nobody tracks: of a kind with one that the catalogue does, and not it.

Only where the catalogue itself lists bodies of the kind; elsewhere a body in a text says who speaks.
"""

from __future__ import annotations

from tracker.extract.keys import phrase
from tracker.extract.passages import AreaMention, Passage
from tracker.extract.vocabulary import Vocabulary

OTHER = "#"


def other_bodies(passage: Passage, taken: set[int], vocabulary: Vocabulary) -> list[AreaMention]:
    """Named bodies of a tracked kind ("Ngân hàng Hồng Lĩnh"), "một bệnh viện ở …", and parts of one."""
    found: list[AreaMention] = []
    if not vocabulary.body_heads:
        return found
    for hit in vocabulary.heads_of_bodies.longest(passage.keys):
        if hit.first in taken or hit.last + 1 >= len(passage.tokens):
            continue
        if any(at in taken for at in range(hit.first, min(hit.last + 7, passage.clause_last[hit.last]))):
            continue
        other = _part(passage, hit.last + 1) or _some(passage, hit.first) or _named(passage, hit.first, hit.last)
        if other and not _speaks(passage, hit.first, hit.last):
            found.append(AreaMention(OTHER, hit.first, hit.last))
            taken.update(range(hit.first, hit.last + 1))
    return found


def _part(passage: Passage, after: int) -> bool:
    """Tell "công ty mẹ", "công ty con": a part, whose figures are not the whole body's."""
    return passage.keys[after] in _PARTS and not passage.breaks[after]


def _named(passage: Passage, first: int, last: int) -> bool:
    """Whether it is named as the one spoken of: opening a clause, or after "của", "tại"; not as an object."""
    tokens, after = passage.tokens, last + 1
    if not (first == 0 or passage.breaks[first] or passage.keys[first - 1] in _LEADING):
        return False
    named = tokens[after].capital and not passage.breaks[after] and passage.keys[after] not in _OFFICIAL
    return named and tokens[first].capital


def _some(passage: Passage, first: int) -> bool:
    return first > 0 and passage.keys[first - 1] in _INDEFINITE and not passage.breaks[first]


def _speaks(passage: Passage, first: int, last: int) -> bool:
    """Whether the body only says something: "theo Ngân hàng …", "Công ty Chứng khoán … cho rằng"."""
    if first > 0 and passage.keys[first - 1] in _ACCORDING:
        return True
    end = min(passage.clause_last[last], last + _NAME)
    words = passage.keys
    return any(words[at] in _VERBS or tuple(words[at : at + 2]) in _SAYING for at in range(last + 1, end))


_NAME = 9
_PARTS = frozenset(phrase("mẹ con"))
_OFFICIAL = frozenset(phrase("Nhà Thế Trung Phát ADB"))
_LEADING = frozenset(phrase("của tại ở còn khi nhưng riêng nhờ"))
_INDEFINITE = frozenset(phrase("một"))
_ACCORDING = frozenset(phrase("theo từ vì"))
_VERBS = frozenset(phrase("forecasts expects says sees estimates reckons"))
_SAYING = frozenset(
    phrase(text)
    for text in ("cho biết", "cho rằng", "cho hay", "dự báo", "dự đoán", "nhận định", "đánh giá", "ước tính", "dự tính")
)
