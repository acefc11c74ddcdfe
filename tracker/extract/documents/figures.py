"""Numbers as machines write them, woven so that nobody can take their signs for another country's.

A workbook, a JSON file or a database export writes ``93.125`` and ``1234567``: a point for decimals,
nothing between thousands. To a reader of newspapers the first looks like thousands and the second like
a telephone number. The block's text says the same numbers beyond doubt (``93.1250``, ``1,234,567``);
the map leads each digit back to where it stands.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from tracker.extract.documents.normalise import Weave

_PLAIN = re.compile(r"(?P<sign>[-+]?)(?P<whole>\d+)(?:\.(?P<part>\d+))?(?P<rest>\s?%)?")
_POWER = re.compile(r"[-+]?\d{1,40}(?:\.\d{1,40})?[eE][-+]?\d{1,3}")
_COUNT = re.compile(r"[-+]?[1-9]\d{6,14}")
_LEAST_GROUPED = 7
_LONGEST = 18
_LARGEST_POWER = 30


def weave_number(weave: Weave, text: str, start: int, end: int) -> None:
    """Take ``text[start:end]``, a number with a decimal point or any other text."""
    written = text[start:end]
    if len(written) < _LEAST_GROUPED and written.isdigit():
        weave.take(start, end)
        return
    found = _PLAIN.fullmatch(written)
    if found:
        _weave_plain(weave, found, start)
        return
    plain = without_power(written)
    if plain is not None:
        weave.put(plain, start, end)
    else:
        weave.take(start, end)


def _weave_plain(weave: Weave, found: re.Match[str], start: int) -> None:
    weave.take(start, start + found.end("sign"))
    weave_count(weave, found.group("whole"), start + found.start("whole"), ",")
    part = found.group("part")
    if part is not None:
        weave.take(start + found.start("part") - 1, start + found.end("part"))
        if len(part) == 3:
            weave.put("0", start + found.end("part") - 1, start + found.end("part"))
    weave.take(start + (found.end("part") if part is not None else found.end("whole")), start + found.end())


def weave_count(weave: Weave, digits: str, start: int, mark: str) -> None:
    """Take the whole number ``digits``, which stands at ``start``, its thousands set apart by ``mark``."""
    if not _LEAST_GROUPED <= len(digits) <= _LONGEST or digits[0] == "0":
        weave.take(start, start + len(digits))
        return
    done = 0
    for cut in range(len(digits) % 3 or 3, len(digits) + 1, 3):
        if done:
            weave.put(mark, start + done - 1, start + done)
        weave.take(start + done, start + cut)
        done = cut


def is_long_count(text: str) -> bool:
    """Seven digits or more and nothing else, no telephone number by its look."""
    return _COUNT.fullmatch(text) is not None


def without_power(text: str) -> str | None:
    """``1.25e3`` as ``1250``; None where it is no such number, or a monstrous one."""
    if _POWER.fullmatch(text) is None:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_POWER:
        return None
    plain = format(value, "f")
    if "." in plain and len(plain.split(".")[1]) == 3:
        plain += "0"
    return plain
