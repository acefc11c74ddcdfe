"""Columns that tell how much of a plan is done, not what was reached: "TH/KH (%)", "% of target"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.extract.numbers.lexicon import word_set

_PLAN = r"(?:KH|kế hoạch|DT|dự toán|chỉ tiêu|plan|target|goal)\b"
_OF_PLAN = re.compile(
    rf"%\s*(?:(?:so với|so|đạt|thực hiện|hoàn thành|of(?: the)?|vs\.?)\s+)?{_PLAN}"
    rf"|\b(?:TH|thực hiện|ƯTH|ước(?: TH)?|actual)\s*/\s*{_PLAN}"
    rf"|\b(?:so với|so|vs\.?|against)\s+(?:the )?{_PLAN}"
    r"|tỷ lệ (?:hoàn thành|thực hiện)\b|\bachievement\b|\b(?:plan|target) (?:met|achieved|fulfilled)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_NOTHING_ELSE = word_set(
    "tỷ lệ đạt th uth ưth ước thực hiện hoàn thành so với kh dt kế hoạch dự toán chỉ tiêu mục giao năm cả tháng quý "
    "of the plan target goal vs against actual achievement rate met achieved fulfilled completion year"
)


def says_of_plan(headers: Iterable[str]) -> bool:
    """Whether a header measures how much of a plan is done and names nothing else."""
    return any(
        _OF_PLAN.search(text) is not None and _NOTHING_ELSE.issuperset(map(str.lower, _WORD.findall(text)))
        for text in headers
    )
