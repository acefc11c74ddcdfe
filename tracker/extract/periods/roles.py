"""The role of a mention in its clause, and on which side of the publication it leans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tracker.domain.period import Period, Precision
from tracker.extract.model import Role
from tracker.extract.periods.meaning import Dated, Earlier, Expression, Run, Same, Shifted, ToDate
from tracker.extract.periods.resolve import Lean
from tracker.extract.periods.words import Words

_WINDOW = 90
_AHEAD = 30
_FAR_OFF = 45
_NEXT = re.compile(r"\b(?:sẽ|sắp tới|tới đây|next|upcoming|will)\b")
_CLAUSE_END = re.compile(r"[;:()](?!\d)|[.,](?!\d)|\n")
_SENTENCE_END = re.compile(r"[.!?;](?!\d)|\n")
_AGAINST = re.compile(
    r"\b(?:(?:so (?:với|cùng)|compared (?:with|to)|as against|against|versus|vs)"
    r"(?! (?:mục tiêu|chỉ tiêu|kế hoạch|dự toán|the target|the goal|the plan|a target|a goal))(?=\W)"
    r"|(?:từ|from) (?:(?:mức|hạng|vị trí|khoảng|gần|just|about|nearly|only|over) )?"
    r"(?:us)?[$£€]?\d[\d.,]*[ ]?%?"
    r"(?: (?!trở|đến|tới|lên|to)[^\W\d]+){0,2} ?\(?$)"
)
_CHANGED = re.compile(
    r"\b(?:up|down|rise|rose|risen|fall|fell|fallen|increased?|decreased?|gained?|unchanged|changed"
    r"|higher|lower)\b"
)
_FUTURE = re.compile(
    r"\b(?:sẽ|có thể|could|might|phấn đấu|mục tiêu|chỉ tiêu|dự kiến|dự báo|ước|kỳ vọng"
    r"|(?<!không )phải|yêu cầu|đề nghị|hạn"
    r"|tiến tới|hướng tới|quyết tâm"
    r"|will|must|should|shall|aims?|aimed|targets?|goals?|plans?|planned|expect(?:s|ed)?|want(?:s|ed)?|hit"
    r"|due|requires?|required|pledged?|promised?|envisages?|hope[sd]?|forecast|likely|ought|need(?:s|ed)?)\b"
)
_PAST = re.compile(
    r"\b(?:đã|mới đạt|had (?!aimed|hoped|promised|pledged|asked|set|planned|expected)\w+"
    r"|have been|reached|stood at|rose|fell|was|were)\b"
)
_END_LEADS = re.compile(r"(?:^|\s)(?:cuối|hết|end|end of|kết thúc|the close of)$")


_TO_COME = re.compile(r"\s(?:tới )?(?:sẽ|phải|có thể (?!đã)|mới có thể|dự kiến|ước sẽ)\b")
_THEN = re.compile(r",? (?:[^\W\d]+ ){0,4}sẽ\b")


def is_end(phrases: list[str]) -> bool:
    """Whether the leading words speak of the end of the period."""
    return any(_END_LEADS.search(phrase) for phrase in phrases)


def lean(words: Words, expression: Expression, roles: list[Role | None], start: int) -> Lean:
    """Past as a rule; a deadline lies ahead, or where nothing tells, on the nearer side."""
    role = next((one for one in roles if one is not None), None)
    if role is not Role.BY:
        if expression.end_of:
            return _lean_of_end(words, expression, start)
        if _NEXT.search(_back_to(words.low, start, _SENTENCE_END)):
            return Lean.NEAREST
        return Lean.NEAREST if _TO_COME.match(words.low, expression.end) else Lean.PAST
    before = _back_to(words.low, start, _SENTENCE_END)
    clause = _back_to(words.low, start, _CLAUSE_END)
    if _PAST.search(clause):
        return Lean.PAST
    if _FUTURE.search(before) or _FUTURE.search(_ahead(words, expression.end)):
        return Lean.COMING
    if _THEN.match(words.low, expression.end):
        return Lean.COMING
    return Lean.PAST if words.low.startswith(("đến", "tới", "cho"), start) else Lean.NEAREST


def _ahead(words: Words, end: int) -> str:
    """The rest of the clause, no further than a few words."""
    found = _CLAUSE_END.search(words.low, end, end + _AHEAD)
    return words.low[end : found.start() if found else end + _AHEAD]


def _lean_of_end(words: Words, expression: Expression, start: int) -> Lean:
    before = _back_to(words.low, start, _SENTENCE_END)
    ahead = _FUTURE.search(before) or _FUTURE.search(_ahead(words, expression.end))
    return Lean.COMING if ahead else Lean.PAST


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an expression stands: ``start`` with its leading words, ``limit`` the mention before."""

    expression: Expression
    roles: tuple[Role, ...]
    start: int
    limit: int
    anchor: date | None


def role_of(words: Words, setting: Setting, period: Period | None) -> Role:
    """The role that the leading words give, seen from the day of publication."""
    expression, given = setting.expression, setting.roles
    if isinstance(expression.meaning, Same):
        return Role.DURING if _heads_clause(words, setting) else Role.AGAINST
    if Role.AGAINST in given or (not given and _measured_by(words, setting)):
        return Role.AGAINST
    if Role.AS_OF in given or isinstance(expression.meaning, ToDate) or _summed_up(words, expression):
        return Role.AS_OF
    if Role.SINCE in given:
        return _since(words, setting)
    if Role.BY in given:
        return _deadline(words, setting, period)
    if _compared(words, setting) or _on_change(words, setting):
        return Role.AGAINST
    return _at_end(words, setting, period) if expression.end_of else _plain(words, setting, period)


def _summed_up(words: Words, expression: Expression) -> bool:
    """Whether a day ends what has added up from January: "từ đầu năm đến hết ngày 12/6"."""
    said = expression.meaning
    return isinstance(said, Dated) and said.unit is Precision.DAY and words.low.startswith("từ đầu", expression.start)


def _heads_clause(words: Words, setting: Setting) -> bool:
    """Whether "cùng kỳ" dates the figure that follows: "(cùng kỳ: 41,2%)", "Cùng kỳ năm ngoái mới có 13 vụ"."""
    low, start, end = words.low, setting.start, setting.expression.end
    before = low[max(0, start - _HEAD) : start].rstrip(" \t")
    if before and before[-1] not in "(;.!?\n,–-:":
        return False
    return _SAYS.match(low, end) is not None


_HEAD = 24
_SAYS = re.compile(r"\s?(?::|là\b|mới\b|chỉ\b|có\b|đạt\b|ở mức\b|, (?:con số|tỷ lệ|tỉ lệ|số))")


def _measured_by(words: Words, setting: Setting) -> bool:
    """Whether a comparative stands right before: "cao hơn năm ngoái", "gấp 1,5 lần năm 2022"."""
    if not isinstance(setting.expression.meaning, Dated | Shifted | Earlier):
        return False
    return _COMPARATIVE.search(words.low, max(0, setting.start - _HEAD), setting.start) is not None


_COMPARATIVE = re.compile(r"\b(?:hơn|kém|bằng|lần)\s+(?:năm (?:công tác|tài chính|kế hoạch) )?$")


def _plain(words: Words, setting: Setting, period: Period | None) -> Role:
    ahead = period is not None and setting.anchor is not None and period.start > setting.anchor
    return Role.BY if ahead and words.low.startswith("vào", setting.start) else Role.DURING


def _since(words: Words, setting: Setting) -> Role:
    if isinstance(setting.expression.meaning, Run):
        return Role.DURING
    clause = _back_to(words.low, setting.start, _CLAUSE_END)
    changed = words.low.startswith("from", setting.start) and _CHANGED.search(clause)
    return Role.AGAINST if changed else Role.SINCE


def _at_end(words: Words, setting: Setting, period: Period | None) -> Role:
    """Of the kind "cuối năm 2023": a deadline while it is far off, or where the clause plans."""
    anchor = setting.anchor
    if period is not None and anchor is not None:
        if period.end <= anchor:
            return Role.AS_OF
        if (period.end - anchor).days > _FAR_OFF:
            return Role.BY
    planned = _lean_of_end(words, setting.expression, setting.start) is Lean.COMING
    return Role.BY if planned else Role.AS_OF


def _deadline(words: Words, setting: Setting, period: Period | None) -> Role:
    low, start, said = words.low, setting.start, setting.expression.meaning
    if period is None or setting.anchor is None:
        day = isinstance(said, Dated) and said.unit is Precision.DAY
        return Role.AS_OF if day and low.startswith(("đến", "tới"), start) else Role.BY
    if period.end > setting.anchor or low.startswith(("trước", "before", "chậm", "muộn", "no later"), start):
        return Role.BY
    if low.startswith(("by", "until", "till"), start):
        return Role.AS_OF if _PAST.search(_back_to(low, start, _CLAUSE_END)) else Role.BY
    return Role.BY if _FUTURE.search(_back_to(low, start, _SENTENCE_END)) else Role.AS_OF


def _compared(words: Words, setting: Setting) -> bool:
    """Whether the clause compares with a figure of this period: "so với 1,42% năm 2016".

    Only what stands after the mention before can speak of this one.
    """
    start = setting.start
    if words.low[:start].endswith("("):
        start = len(words.low[: start - 1].rstrip())
    clause = _back_to(words.low, start, _CLAUSE_END)
    after = setting.limit - (start - len(clause))
    return _AGAINST.search(clause[max(0, after) :]) is not None


def _on_change(words: Words, setting: Setting) -> bool:
    """Whether "on" compares, as in "up 146 on 2022": a whole period follows it."""
    said = setting.expression.meaning
    day = isinstance(said, Dated) and said.unit is Precision.DAY
    return not day and words.low.startswith("on ", setting.start)


def _back_to(low: str, start: int, stop: re.Pattern[str]) -> str:
    """What stands before ``start``, back to ``stop`` and no further than a window."""
    begin = max(0, start - _WINDOW)
    for found in stop.finditer(low, begin, start):
        begin = found.end()
    return low[begin:start]
