"""English dated expressions, by the word that begins them."""

from __future__ import annotations

from tracker.extract.periods.english_calendar import ENGLISH_CALENDAR, ENGLISH_CALENDAR_NUMBERS, YEAR_TO
from tracker.extract.periods.english_relative import EARLIER, ENGLISH_RELATIVE
from tracker.extract.periods.lexicon import EN_NUMBERS
from tracker.extract.periods.rules import Rule

EN_NUMBER_RULES: tuple[Rule, ...] = (*ENGLISH_CALENDAR_NUMBERS, EARLIER)
EN_RULES: dict[str, tuple[Rule, ...]] = {
    word: (*ENGLISH_CALENDAR.get(word, ()), *ENGLISH_RELATIVE.get(word, ()))
    for word in {**ENGLISH_CALENDAR, **ENGLISH_RELATIVE}
}
EN_RULES["beginning"] = EN_RULES["start"]
for _word in EN_NUMBERS:
    EN_RULES[_word] = (EARLIER, YEAR_TO)
