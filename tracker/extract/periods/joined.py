"""Two dates that make one interval: "từ tháng 3 đến tháng 5", "1 April 2024 to 31 March 2025"."""

from __future__ import annotations

import re
from collections.abc import Callable

from tracker.domain.period import Precision
from tracker.extract.periods.meaning import Dated, Expression, Run
from tracker.extract.periods.words import Words

_CONNECTOR = re.compile(r"\s?(?:[-–—]|,?\s?(?:đến|tới|to|through|until)(?:\s(?:hết|cuối))?)\s?")
_AND = re.compile(r"\s(?:and|và)\s")

ReadAt = Callable[[Words, int, int], Expression | None]


def join(words: Words, expression: Expression, read_at: ReadAt) -> Expression:
    """``expression`` with the end of its interval, where one follows of the same precision."""
    said = expression.meaning
    if not isinstance(said, Dated) or said.whole_year:
        return expression
    form = _AND if words.low[max(0, expression.start - 8) : expression.start].endswith("between ") else _CONNECTOR
    found = form.match(words.low, expression.end)
    if not found or found.end() == expression.end:
        return expression
    index = words.index_at(found.end())
    if index >= len(words) or words.starts[index] != found.end():
        return expression
    other = read_at(words, index, expression.end)
    if other is None or not _follows(words, said, other, expression, found[0]):
        return expression
    assert isinstance(other.meaning, Dated)  # noqa: S101 - for the type checker
    return Expression(expression.start, other.end, Run(said, other.meaning))


def _follows(words: Words, said: Dated, other: Expression, first: Expression, connector: str) -> bool:
    last = other.meaning
    if not isinstance(last, Dated) or last.unit is not said.unit or last.whole_year:
        return False
    if last.year is not None and said.year is not None:
        ordered = (last.year, last.number, last.day) > (said.year, said.number, said.day)
    else:
        ordered = last.unit is not Precision.YEAR
    marked = connector.strip() in ("-", "–", "—")
    led = (
        words.low[max(0, first.start - 9) : first.start]
        .rstrip()
        .endswith(("từ", "từ ngày", "from", "between", "giai đoạn"))
    )
    return ordered and (led or marked or said.unit is not Precision.YEAR)
