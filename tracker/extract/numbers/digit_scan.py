"""Finding numbers in digits: signs, slips of the reader, spaces, then what multiplies them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from tracker.extract.blanks import Blank, Blanks
from tracker.extract.model import Alternative, Span
from tracker.extract.numbers.digits import NumberStyle, read_digits
from tracker.extract.numbers.draft import Draft, below_zero, negate
from tracker.extract.numbers.magnitudes import multiply_in

_DIGITS: Final = re.compile(r"\d[\dOlI]*(?:[.,][\dOlI]+)*")
_PLAIN_DIGITS: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_OCR_START: Final = re.compile(r"[lIO](?=[OlI]*[.,]?[OlI]*\d|(?<=[lI]) ?%)[\dOlI]*(?:[.,][\dOlI]+)*")
_OCR_DECIMAL: Final = re.compile(r" ,(\d{1,2})(?!\d)(?= ?(?:%|tỷ|triệu|điểm))|( , )(\d{1,2})(?= ?%)")
_HOUR: Final = re.compile(r"\d[hg]")
_OCR: Final = str.maketrans("OlI", "011")
_SPLIT: Final = re.compile(r" (\d{1,2}[.,]\d+)(?![\d.,]*\d)")
_SPACED: Final = re.compile(r"((?:\s\d{3})+)([.,]\d+)?(?![.,]?\d)")
_VULGAR: Final = re.compile(r" ?([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒])(?!\w)")
_LONGEST_RUN: Final = 24


def digit_drafts(text: str, low: str, taken: Sequence[Span], style: NumberStyle, blanks: Blanks) -> list[Draft]:
    """Every number written in digits that begins outside ``taken`` (sorted), slips mended; not in order."""
    found: list[Draft] = []
    end = at = 0
    for match in _DIGITS.finditer(text):
        while at < len(taken) and taken[at].end <= match.start():
            at += 1
        # Dates hold a third of a page's digits; they are passed over before any work is done.
        if match.start() < end or (at < len(taken) and taken[at].start < match.end()):
            continue
        draft = _digit_draft(text, low, match, style, blanks)
        found.append(draft)
        end = draft.end
    if "l" in text or "O" in text or "I" in text:
        found.extend(_ocr_drafts(text, low, style))
    return found


def _ocr_drafts(text: str, low: str, style: NumberStyle) -> list[Draft]:
    found: list[Draft] = []
    for match in _OCR_START.finditer(text):
        start, end = match.span()
        before = text[start - 1 : start]
        if before.isalnum() or before in {".", ",", "-", "/"}:
            continue
        token = match.group()
        if any(char.isdigit() for char in token):
            good = not text[end : end + 1].isalnum()
        else:
            # A lone letter is a one only where a percent sign says so.
            good = text[end : end + 2].strip().startswith("%") and token in {"l", "I"}
        if good:
            draft = _make(text, low, start, end, token.translate(_OCR), style)
            draft.flags.add("ocr")
            found.append(draft)
    return found


def _digit_draft(text: str, low: str, match: re.Match[str], style: NumberStyle, blanks: Blanks) -> Draft:
    start, end, token = match.start(), match.end(), match.group()
    flags: set[str] = set()
    if not token[-1].isdigit() or not token.isascii() or any(char in token for char in "OlI"):
        token, end, flags = _mend(text, start, end, token)
    if start and text[start - 1] in ".," and (start == 1 or text[start - 2] in " (-"):
        start, token = start - 1, text[start - 1] + token
    if token.isdigit() and text[end : end + 1].isspace():
        for across in (_grouped_draft, _split_draft, _apart_draft):
            draft = across(text, low, start, end, token, style, blanks)
            if draft is not None:
                draft.flags |= flags
                return draft
    draft = _make(text, low, start, end, token, style)
    draft.flags |= flags
    held = start and (text[start - 1].isalpha() or text[start - 1] == "_")
    if held and not _HOUR.match(text, max(0, start - 2), start):
        draft.noise = draft.noise or "name"
    return draft


def _in_a_row(text: str, start: int, end: int) -> bool:
    """Whether only a blank parts the place from a number before or behind it, as in a table's row."""
    before = start > 1 and text[start - 1].isspace() and text[start - 2].isdigit()
    return before or (text[end : end + 1].isspace() and text[end + 1 : end + 2].isdigit())


def _grouped_draft(
    text: str, low: str, start: int, end: int, token: str, style: NumberStyle, blanks: Blanks
) -> Draft | None:
    """Thousands grouped by blanks ("1 234 567", "96 484.0"); certain only where the blanks can do nothing else."""
    spaced = _SPACED.match(text, end) if len(token) <= 3 and token[0] != "0" else None
    if spaced is None:
        return None
    kinds = {blanks(at) for at in range(end, spaced.end(1)) if text[at].isspace()}
    kind = kinds.pop()
    if kinds or kind in (Blank.GAP, Blank.SEAM) or (kind is not Blank.THIN and _in_a_row(text, start, spaced.end())):
        return None
    digits = token + re.sub(r"\s", "", spaced.group())
    draft = _make(text, low, start, spaced.end(), digits, style)
    draft.flags.add("spaced")
    groups = spaced.group(1).split()
    if kind is Blank.PLAIN or (kind is Blank.BOUND and len(groups) == 1):
        tail = read_digits(groups[-1] + (spaced.group(2) or ""), style)
        draft.alternatives += (Alternative(tail.value * draft.scale, _BESIDE),) if tail else ()
        draft.flags.add("ambiguous")
    return draft


def _split_draft(
    text: str, low: str, start: int, end: int, token: str, style: NumberStyle, blanks: Blanks
) -> Draft | None:
    """Read "1 1.500" as 11.500: one number that a scan has torn in two; both readings are kept."""
    split = _SPLIT.match(text, end) if len(token) <= 2 else None
    if split is None or blanks(end) is not Blank.PLAIN or _in_a_row(text, start, split.end()):
        return None
    joined, tail = read_digits(token + split.group(1), style), read_digits(split.group(1), style)
    if joined is None or tail is None or joined.alternatives or joined.value <= tail.value:
        return None
    draft = _make(text, low, start, split.end(), token + split.group(1), style)
    draft.alternatives = (Alternative(tail.value * draft.scale, _BESIDE),)
    draft.flags |= {"ocr", "ambiguous"}
    return draft


_BESIDE: Final = "two numbers side by side"


def _apart_draft(
    text: str, low: str, start: int, end: int, token: str, style: NumberStyle, blanks: Blanks
) -> Draft | None:
    """A decimal comma that a slip or a tag has set apart ("1 ,5%"); one blank or none stands there."""
    gap = _OCR_DECIMAL.match(text, end)
    if gap is None:
        return None
    places = [at for at in range(end, gap.start(1) if gap.group(1) else gap.start(3)) if text[at].isspace()]
    if any(blanks(at) not in (Blank.PLAIN, Blank.SEAM) for at in places):
        return None
    draft = _make(text, low, start, gap.end(), f"{token},{gap.group(1) or gap.group(3)}", style)
    draft.flags |= {"ocr", "ambiguous"}
    return draft


def _mend(text: str, start: int, end: int, token: str) -> tuple[str, int, set[str]]:
    """Letters read for digits: "9O,6" is 90,6; but "5l" is litres and "10lần" no slip."""
    mended = token.translate(_OCR)
    letters = [char for char in token if char in "OlI"]
    following = text[end : end + 1]
    plain = _PLAIN_DIGITS.match(text, start)
    bare = token[-1] in "lI" and token[:-1].isdigit() and not re.match(r" ?(?:%|tỷ|triệu)", text[end : end + 6])
    if not mended.replace(".", "").replace(",", "").isascii() or plain is None:
        digits = "".join(str(int(char)) if char.isdigit() else char for char in mended)
        return digits, end, {"ocr"} if letters else set()
    if following.isalnum() or bare:
        return plain.group(), plain.end(), set()
    return mended, end, {"ocr"} if letters else set()


def _make(text: str, low: str, start: int, end: int, token: str, style: NumberStyle) -> Draft:
    if len(token) > _LONGEST_RUN:
        return Draft(start, end, Decimal(0), left=start, right=end, written=token[:_LONGEST_RUN], noise="long_run")
    reading = read_digits(token, style)
    if reading is None:
        digits = Decimal(re.sub(r"\D", "", token) or "0")
        return Draft(start, end, digits, left=start, right=end, written=token, noise="version")
    draft = Draft(start, end, reading.value, left=start, right=end, written=token)
    draft.alternatives, draft.flags = reading.alternatives, set(reading.flags)
    vulgar = _VULGAR.match(text, end) if token.isdigit() else None
    if vulgar:
        draft.value, draft.end = draft.value + _part(vulgar.group(1)), vulgar.end()
    _sign(draft, text, low)
    multiply_in(draft, low, style)
    return draft


def _part(fraction: str) -> Decimal:
    """What a sign such as "½" is worth, to six decimals."""
    return round(Decimal(unicodedata.numeric(fraction)), 6).normalize()


def _sign(draft: Draft, text: str, low: str) -> None:
    start = draft.start
    before = text[start - 1] if start else ""
    if before == " " and below_zero(draft, low):
        return
    if before == "+":
        draft.left = start - 1
        draft.flags.add("signed")
        return
    if before == " " and start == 2 and text[0] in "-−" and _whole_text(text, 2):
        before, start = text[0], 1
    if before not in {"-", "−", "–"} or before == "":
        return
    outer = text[: start - 1].rstrip()
    if start - 1 and not text[start - 2].isspace() and text[start - 2] not in "(:=":
        return
    # After a number or a percent sign a dash is a range, never a sign; an en dash is none at all.
    if before == "–" or (before == "-" and outer and (outer[-1].isdigit() or outer[-1] in "%)")):
        return
    negate(draft)
    draft.left = draft.start = start - 1


def _whole_text(text: str, start: int) -> bool:
    return re.fullmatch(r"[\d.,]+\s*", text[start:]) is not None
