"""Places where something is held or sits, which no figure is about: datelines, letterheads, meetings."""

from __future__ import annotations

import re

from tracker.extract.keys import key, phrase
from tracker.extract.model import BlockKind
from tracker.extract.passages import Passage


def is_venue(passage: Passage, first: int, last: int) -> bool:
    """The place of a meeting, or of a dateline: "Hà Nội, ngày 3 ...", "LONDON, March 28"."""
    before = passage.keys[max(0, first - 5) : first]
    if any(word in _BRIDGES for word in before):
        return True
    lead = _AGENCY.sub("", passage.block.text[: passage.tokens[first].start]).rstrip(" (")
    opens = not lead or lead.endswith("\n") or passage.block.text[: passage.tokens[first].start].endswith("   ")
    after = passage.block.text[passage.tokens[last].end : passage.tokens[last].end + 14]
    return opens and bool(_DATELINE.match(after))


def is_seat(passage: Passage, first: int, last: int) -> bool:
    """The capital that a line of a letterhead ends with is where its body sits: "Statistics Office, Hanoi"."""
    if last + 1 != len(passage.tokens) or not passage.breaks[first] or passage.block.kind not in _LETTERHEAD:
        return False
    name = passage.block.text[passage.tokens[first].start : passage.tokens[last].end]
    if name not in _SEATS:
        return False
    bodies = {cue.first for cue in passage.cue_list if cue.payload == "organisation"}
    return any(word.capital and (at in bodies or word.key in _BODIES) for at, word in enumerate(passage.tokens[:first]))


_BODIES = frozenset(phrase("office bureau unit desk centre center institute fund programme secretariat"))
_LETTERHEAD = (BlockKind.HEADING, BlockKind.DATELINE, BlockKind.TITLE)
_SEATS = frozenset(
    (
        *("Hà Nội", "Ha Noi", "Hanoi", "London", "Dublin", "Edinburgh", "Cardiff", "Nairobi", "Wellington", "Ottawa"),
        *("Canberra", "Paris", "Berlin", "Madrid", "Rome", "Bangkok", "Jakarta", "Manila", "Vientiane", "Phnom Penh"),
        *("Kuala Lumpur", "New Delhi", "Beijing", "Tokyo", "Seoul", "Brussels", "Geneva", "Washington", "Singapore"),
    )
)
_AGENCY = re.compile(r"(?:^|(?<=\n))\s*\([^()\n]{2,40}\)\s*[-–—]?\s*")
_BRIDGES = frozenset([key("cầu")])
_DATELINE = re.compile(
    r"\s*,\s*(?:ngày\b|\d{1,2}[/.-]|\d{1,2}\s|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b)|\s+[—–-]\s",
    re.IGNORECASE,
)


def left_out(passage: Passage, first: int) -> bool:
    """Whether a place is named only to leave it out: "but not in Borland", "outside Borland", "except Borland"."""
    keys = passage.keys
    at = first - 1 if first and keys[first - 1] in _ARTICLE else first
    if not at or any(passage.breaks[at : first + 1]):
        return False
    if keys[at - 1] in _EXCEPT:
        return True
    return at > 1 and keys[at - 1] in _WITHIN and keys[at - 2] in _EXCEPT | _NOT and not passage.breaks[at - 1]


_ARTICLE, _WITHIN, _NOT = (frozenset(phrase(words)) for words in ("the", "in for", "not"))
_EXCEPT = frozenset(phrase("except excluding outside"))


def of_a_compass(passage: Passage, first: int) -> bool:
    """Tell another place from the one whose name it holds: "South Dakota" is none of Dakota's, "southern Dakota" is."""
    if not first or passage.keys[first - 1] not in _COMPASS or passage.breaks[first]:
        return False
    point, name = passage.tokens[first - 1], passage.tokens[first]
    apart = passage.block.text[point.end : name.start]
    return apart == " " and point.capital and not (point.text.isupper() and len(passage.tokens) > len(point.text))


_COMPASS = frozenset(phrase("north south east west"))
