"""Vietnamese dated expressions, by the word that begins them."""

from __future__ import annotations

from tracker.extract.periods.lexicon import VI_NUMBERS
from tracker.extract.periods.rules import Rule
from tracker.extract.periods.vietnamese_calendar import CALENDAR_COUNTS, CALENDAR_RULES
from tracker.extract.periods.vietnamese_relative import RELATIVE_COUNTS, RELATIVE_RULES

VI_NUMBER_RULES: tuple[Rule, ...] = (*CALENDAR_COUNTS, *RELATIVE_COUNTS)
VI_RULES: dict[str, tuple[Rule, ...]] = {
    word: (*CALENDAR_RULES.get(word, ()), *RELATIVE_RULES.get(word, ()))
    for word in {**CALENDAR_RULES, **RELATIVE_RULES}
}
VI_RULES["quí"] = VI_RULES["quý"]
for _word in VI_NUMBERS:
    if " " not in _word:
        VI_RULES.setdefault(_word, VI_NUMBER_RULES)
