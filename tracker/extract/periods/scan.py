"""One pass over the words of a text: read, join, complete, give a role."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tracker.domain.period import Period, Precision
from tracker.extract.model import PeriodMention, Role, Span
from tracker.extract.periods.bare import read_bare_year, read_tagged_year
from tracker.extract.periods.english import EN_NUMBER_RULES, EN_RULES
from tracker.extract.periods.joined import join
from tracker.extract.periods.lexicon import MONTHS, word_set
from tracker.extract.periods.meaning import Dated, Expression, Nothing, Run, Same, Shifted, ToDate
from tracker.extract.periods.numeric import read_numeric
from tracker.extract.periods.resolve import Context, is_relative, resolve
from tracker.extract.periods.roles import Setting, is_end, lean, role_of
from tracker.extract.periods.rules import Rule, read_rules
from tracker.extract.periods.vietnamese import VI_NUMBER_RULES, VI_RULES
from tracker.extract.periods.words import Words

_NUMBER_RULES: tuple[Rule, ...] = (*VI_NUMBER_RULES, *EN_NUMBER_RULES)
_WORD_RULES: dict[str, tuple[Rule, ...]] = {
    word: (*VI_RULES.get(word, ()), *EN_RULES.get(word, ())) for word in {**VI_RULES, **EN_RULES}
}
_FIVE_RULES: tuple[Rule, ...] = (*VI_NUMBER_RULES, *_WORD_RULES["năm"])
_DIGITS = "0123456789"
_COUNT_WORDS = word_set("một hai ba bốn tư sáu bảy bẩy tám chín mười a an one two three four five six seven")
_COUNTED = frozenset(MONTHS) | word_set(
    """tháng năm quý quí tuần ngày mươi một hai ba bốn lăm sáu bảy tám chín year years month months quarter
    quarters day days of to through until"""
)
_LONGEST_COUNT = 2


@dataclass(slots=True)
class _Spoken:
    """What the block has spoken of so far; comparisons and deadlines do not count."""

    latest: Period | None = None
    in_sentence: Period | None = None
    opening: Period | None = None
    scope_year: int | None = None
    end: int = 0
    previous: tuple[Expression, Period] | None = field(default=None)


def scan(text: str, anchor: date | None, year_start: int = 1) -> list[PeriodMention]:
    """Every dated expression of ``text`` in order, none overlapping another."""
    words = Words(text, year_start)
    mentions: list[PeriodMention] = []
    spoken = _Spoken()
    limit = 0
    for index, word in enumerate(words.all):
        if word not in _WORD_RULES and word[0] not in _DIGITS and word[-1] not in _DIGITS:
            continue  # most words: neither a number nor the first of a dated expression
        if words.starts[index] < limit:
            continue
        expression = read_at(words, index, limit)
        if expression is None:
            continue
        expression = join(words, expression, read_at)
        if not isinstance(expression.meaning, Nothing):
            mention = _mention(words, expression, spoken, limit, anchor)
            if mention.period is None and isinstance(expression.meaning, Run) and expression.meaning.supposed:
                continue
            mentions.append(mention)
        limit = words.last_read = expression.end
    return mentions


def read_at(words: Words, index: int, limit: int = 0) -> Expression | None:
    """The expression that begins at the word ``index``; ``limit`` is where the one before ended."""
    word = words.word(index)
    if word[0] in _DIGITS:
        return read_numeric(words, index) or _read_number(words, index, word, limit)
    counts = words.word(index + 1) in _COUNTED
    if word in _COUNT_WORDS and not counts:
        return None
    rules = _WORD_RULES.get(word)
    if rules is None and word[-1] in _DIGITS:
        rules = _WORD_RULES.get(word.rstrip(_DIGITS))
        return (read_rules(words, index, rules) if rules else None) or read_tagged_year(words, index)
    if word == "năm" and counts:  # the year, or five
        rules = _FIVE_RULES
    return read_rules(words, index, rules) if rules else None


def _read_number(words: Words, index: int, word: str, limit: int) -> Expression | None:
    """A number that counts units ("9 tháng đầu năm"), opens a day ("15 Dec") or is a bare year."""
    place = words.starts[index]
    if place and words.low[place - 1] in ".,/" and words.glued(place - 1):
        return None
    follows = words.word(index + 1)
    if not word.isdigit() or (len(word) <= _LONGEST_COUNT and (follows in _COUNTED or follows[:1] in _DIGITS)):
        counted = read_rules(words, index, _NUMBER_RULES)
        if counted is not None:
            return counted
    return read_bare_year(words, index, limit)


def _mention(words: Words, expression: Expression, spoken: _Spoken, limit: int, anchor: date | None) -> PeriodMention:
    start, roles, phrases = words.leads(expression.start, limit)
    if isinstance(expression.meaning, Dated) and expression.meaning.unit is Precision.DAY:
        start = words.weekday_before(start, limit)
    core = words.low[expression.start : expression.start + 5]
    end_of = expression.end_of or is_end(phrases) or core.startswith(("cuối", "hết ", "kết "))
    expression = replace(expression, end_of=end_of or words.low.startswith("year-end", expression.start))
    if spoken.end and words.sentence_breaks(spoken.end, start):
        spoken.in_sentence = spoken.opening = spoken.scope_year = None
    context = Context(
        anchor,
        lean(words, expression, roles, start),
        spoken.in_sentence or spoken.latest,
        spoken.opening,
        spoken.in_sentence,
        _scope_year(expression, spoken, None if Role.AGAINST in roles else anchor),
    )
    period = resolve(expression.meaning, context)
    given = tuple(role for role in roles if role is not None)
    role = role_of(words, Setting(expression, given, start, limit, anchor), period)
    _remember(words, spoken, expression, period, role, start, anchor)
    return PeriodMention(
        Span(start, expression.end),
        period,
        role,
        is_relative(expression.meaning),
        isinstance(expression.meaning, ToDate),
        expression.end_of,
    )


def _scope_year(expression: Expression, spoken: _Spoken, anchor: date | None) -> int | None:
    """The year that opens the sentence, or of the quarter this one is listed with or comes after."""
    said = expression.meaning
    if spoken.scope_year is not None:
        return spoken.scope_year
    if spoken.previous is not None and isinstance(said, Dated) and said.year is None:
        other, period = spoken.previous
        same = isinstance(other.meaning, Dated) and other.meaning.unit is said.unit
        ahead = anchor is not None and period.end >= anchor and said.number > _number(period)
        if same and ahead and spoken.in_sentence == period:
            return period.end.year
        if same and spoken.in_sentence is not None and 0 < expression.start - other.end <= 5:
            return period.end.year if said.number > _number(period) else None
    return None


_NEWS = timedelta(days=3)


def _of_the_news(expression: Expression, period: Period, anchor: date | None) -> bool:
    """Whether a day is the one on which something was said ("báo cáo sáng 14/11"), not what is spoken of."""
    said = expression.meaning
    one = isinstance(said, Dated | Shifted) and said.unit is Precision.DAY
    return one and anchor is not None and abs(period.end - anchor) <= _NEWS


def _number(period: Period) -> int:
    month = period.end.month
    return (month + 2) // 3 if period.precision is Precision.QUARTER else month


def _remember(
    words: Words,
    spoken: _Spoken,
    expression: Expression,
    period: Period | None,
    role: Role,
    start: int,
    anchor: date | None,
) -> None:
    spoken.end = expression.end
    if period is None or isinstance(expression.meaning, Same):
        return
    spoken.previous = (expression, period)
    ahead = anchor is not None and period.start > anchor
    if spoken.latest is not None and role is Role.DURING and _of_the_news(expression, period, anchor):
        return
    if ahead or role not in (Role.DURING, Role.AS_OF):
        return
    if period.precision is Precision.YEAR and period.start.year == period.end.year and words.sentence_opens(start):
        spoken.scope_year = period.end.year
    spoken.latest = spoken.in_sentence = period
    if spoken.opening is None:
        spoken.opening = period
