"""When the financial year of a document begins, where the document says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.extract.model import Block
from tracker.extract.periods.lexicon import MONTHS

_NAME = r"(?:\d{1,2}(?:st)?\s)?([a-z]{3,9})(?:\s1)?(?:,?\s\d{4})?"
_FORMS = (
    re.compile(
        r"(?:financial|fiscal)\syear\b[^.]{0,40}?\s(?:from|begins?|starts?|runs)(?:\s(?:on|in|from))?\s" + _NAME
    ),
    re.compile(r"20\d\d[-/]\d{2,4}\W{0,3}\s(?:means|is|covers|refers\sto)\b[^.]{0,40}?\sfrom\s" + _NAME),
    re.compile(r"\b(?:20\d\d[-/]\d{2,4}|fy\s?\d{2,4})\s\(" + _NAME + r"\s(?:to|-|–)\s"),
)


def find_year_start(blocks: Iterable[Block]) -> int:
    """The month, 1 to 12, in which the document's financial year begins; 1 where it says nothing.

    Read from "our financial year runs from 1 April" and "2023-24 (April to March)". To be given to
    ``find_periods`` as ``year_start``.
    """
    for block in blocks:
        low = block.text.lower()
        for form in _FORMS:
            found = form.search(low)
            if found and found[1] in MONTHS:
                return MONTHS[found[1]]
    return 1
