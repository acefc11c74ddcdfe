"""Claims that a fact check calls false: "TUYÊN BỐ: ... KẾT LUẬN: SAI.", "Claim: ... Verdict: false"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tracker.extract.model import Span
from tracker.extract.passages import Passage

#: A verdict further away is that of another claim.
_NEAR = 2000
_CLAIM = re.compile(
    r"^\W*(?:tuyên bố|thông tin(?: lan truyền)?|tin đồn|tin giả|lời đồn|(?:the |viral )?claim|rumou?r|myth)"
    r"(?: số)?(?: \d{1,2})?\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_VERDICT = re.compile(
    r"^\W*(?:kết luận|kiểm chứng|sự thật|phán quyết|đánh giá|(?:our )?verdict|rating|fact[- ]check|truth|reality)\s*:"
    r"(?P<said>.{0,60})",
    re.IGNORECASE | re.MULTILINE,
)
_FALSE = re.compile(
    r"\b(?:sai|không đúng|không chính xác|bịa đặt|tin giả|false|wrong|untrue|misleading|fake|incorrect|not true)\b",
    re.IGNORECASE,
)


def disprove(passages: Sequence[Passage]) -> None:
    """Note in each passage which part of it is a claim that the verdict after it calls false."""
    for passage, following in pairwise([*passages, None]):
        if passage is None or ":" not in passage.block.text:
            continue
        text = passage.block.text
        for claim in _CLAIM.finditer(text):
            verdict = _VERDICT.search(text, claim.end(), claim.end() + _NEAR)
            if verdict is None and following is not None:
                verdict = _VERDICT.match(following.block.text)
            if verdict is not None and _FALSE.search(verdict["said"]):
                end = verdict.start() if verdict.string is text else len(text)
                passage.disproved.append(Span(claim.start(), end))
