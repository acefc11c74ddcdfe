"""When the financial year of a document begins, where the document says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.extract.model import Block
from tracker.extract.periods.lexicon import MONTHS

_NAME = r"(?:\d{1,2}(?:st)?\s)?([a-z]{3,9})(?:\s1)?(?:,?\s\d{4})?"
_SPOKEN = r"(?:financial|fiscal)\syear\b"
_FORMS = (
    re.compile(
        _SPOKEN
        + r"[^.]{0,40}?\s(?:from|begin(?:s|ning)?|start(?:s|ing)?|runs|running)(?:\s(?:on|in|from|each|every))*\s"
        + _NAME
    ),
    re.compile(r"20\d\d[-/]\d{2,4}\W{0,3}\s(?:means|is|covers|refers\sto)\b[^.]{0,40}?\sfrom\s" + _NAME),
    re.compile(r"\b(?:20\d\d[-/]\d{2,4}|fy\s?\d{2,4})\s\(" + _NAME + r"\s(?:to|-|–)\s"),
)
#: "The financial year is April to March", "fiscal year 2024 (July 2023–June 2024)": both its ends.
_WHOLE = re.compile(
    _SPOKEN
    + r"(?:\s20\d\d(?:[-/]\d{2,4})?)?[,:]?(?:\sis)?\s\(?(?:from\s)?"
    + _NAME
    + r"(?:\s(?:to|-|–)\s|[-–])(?:\d{1,2}(?:st|th)?\s)?([a-z]{3,9})\b"
)
#: "In the year to 31 March 2025": the month in which it ends.
_ENDS = re.compile(r"\byear\s(?:to|ended|ending|that\sended)\s(?:the\send\sof\s)?(?:on\s|in\s)?" + _NAME + r"\b")
#: Every form has one of these; most blocks have none.
_NEEDED = ("year", "from", "(")


def find_year_start(blocks: Iterable[Block]) -> int:
    """The month, 1 to 12, in which the document's financial year begins; 1 where it says nothing.

    Read from "our financial year runs from 1 April", "2023-24 (April to March)" and "the financial year is April to
    March"; else from the only month to which a document counts its years, "in the year to March". To be given to
    ``find_periods`` as ``year_start``.
    """
    ends: set[int] = set()
    for block in blocks:
        low = block.text.lower()
        if not any(word in low for word in _NEEDED):
            continue
        stated = _stated(low)
        if stated is not None:
            return stated
        ends |= {MONTHS[found[1]] for found in _ENDS.finditer(low) if found[1] in MONTHS}
    return next(iter(ends)) % 12 + 1 if len(ends) == 1 else 1


def _stated(low: str) -> int | None:
    """The month in which a text says that the financial year begins; a run of months that is no year says nothing."""
    for form in _FORMS:
        for found in form.finditer(low):
            if found[1] in MONTHS:
                return MONTHS[found[1]]
    for found in _WHOLE.finditer(low):
        first, last = MONTHS.get(found[1]), MONTHS.get(found[2])
        if first is not None and last is not None and last % 12 + 1 == first:
            return first
    return None
