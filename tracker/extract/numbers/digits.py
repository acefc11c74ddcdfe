"""Numbers in digits, and which sign groups thousands on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from tracker.extract.model import Alternative


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a page writes numbers.

    ``decimal`` is the sign taken as decimal where nothing on the page decides; the other one then
    groups thousands. ``grouping`` and ``fractional`` hold the signs that unambiguous numbers of
    the page were seen to use for either; a mixed page has a sign in both, or both signs in one.
    """

    decimal: str = ","
    grouping: frozenset[str] = field(default_factory=frozenset)
    fractional: frozenset[str] = field(default_factory=frozenset)

    @property
    def mixed(self) -> bool:
        """Whether the page contradicts itself."""
        return bool(self.grouping & self.fractional) or len(self.grouping) > 1 or len(self.fractional) > 1

    def groups(self, sign: str) -> tuple[bool, bool]:
        """Whether ``sign`` before three digits groups thousands, and whether that is certain."""
        grouping, fractional = sign in self.grouping, sign in self.fractional
        if grouping != fractional:
            # The sign was seen in one part only; a mixed page still leaves a doubt.
            return grouping, not self.mixed
        if grouping:
            return True, False
        other = "." if sign == "," else ","
        if other in self.fractional and other not in self.grouping:
            return True, True
        if other in self.grouping and other not in self.fractional:
            return False, sign != self.decimal
        return sign != self.decimal, sign != self.decimal


VIETNAMESE = NumberStyle(decimal=",")
ENGLISH = NumberStyle(decimal=".")


@dataclass(frozen=True, slots=True)
class DigitReading:
    """What a run of digits and signs stands for."""

    value: Decimal
    alternatives: tuple[Alternative, ...] = ()
    flags: frozenset[str] = frozenset()


_AMBIGUOUS = frozenset({"ambiguous"})
_VOTER = re.compile(r"(?<![\w.,/:-])\d+(?:[.,]\d+)+(?![\w/:-])")
# "30.11" may be a day, "2.1" a heading, "4.0" a name: only a unit makes a decimal of them.
_DAY_OR_SECTION = re.compile(r"[0-3]?\d\.(?:[01]?\d)")
_MEASURED = re.compile(r" ?(?:%|phần trăm|per ?cent|tỷ|tỉ|triệu|nghìn|[mbt]r?illion|bn|điểm|points?|USD|km|[MG]W)")
_VIETNAMESE_LETTER = re.compile(r"[đơưăạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def read_digits(token: str, style: NumberStyle) -> DigitReading | None:
    """Read digits with ``.`` and ``,`` between them; None where the signs form no number ("1.2.3")."""
    signs = [char for char in token if char in ".,"]
    if not signs:
        return DigitReading(Decimal(token))
    parts = re.split("[.,]", token)
    if len(signs) == 1:
        return _single(parts[0], parts[1], signs[0], style)
    if len(set(signs)) == 1:
        return DigitReading(Decimal("".join(parts))) if _grouped(parts) else None
    if signs[-1] in signs[:-1] or len(set(signs[:-1])) > 1 or not _grouped(parts[:-1]):
        return None
    return DigitReading(Decimal("".join(parts[:-1]) + "." + parts[-1]))


def page_style(texts: Iterable[str], *, language: str | None = None) -> NumberStyle:
    """The style of a page, voted for by its unambiguous numbers.

    ``language`` (``vi`` or ``en``) gives the default where nothing decides; without it, a page
    with Vietnamese letters is Vietnamese.
    """
    grouping: dict[str, int] = {".": 0, ",": 0}
    fractional: dict[str, int] = {".": 0, ",": 0}
    vietnamese = language == "vi"
    for text in texts:
        if language is None and not vietnamese:
            vietnamese = _VIETNAMESE_LETTER.search(text) is not None
        for found in _VOTER.finditer(text):
            if _MEASURED.match(text, found.end()) or not _DAY_OR_SECTION.fullmatch(found.group()):
                _vote(found.group(), grouping, fractional)
    return NumberStyle(
        decimal="," if vietnamese else ".",
        grouping=frozenset(sign for sign in ".," if _carries(grouping[sign], fractional[sign])),
        fractional=frozenset(sign for sign in ".," if _carries(fractional[sign], grouping[sign])),
    )


def _carries(votes: int, against: int) -> bool:
    # A stray number of the other kind, one in ten, does not make a page mixed.
    return votes > 0 and votes * 10 >= against


def _vote(token: str, grouping: dict[str, int], fractional: dict[str, int]) -> None:
    signs = [char for char in token if char in ".,"]
    parts = re.split("[.,]", token)
    if len(parts[0]) > 1 and token[0] == "0":
        # A telephone number.
        return
    if len(signs) == 1:
        if len(parts[1]) != 3 or parts[0] == "0" or len(parts[0]) > 3:
            fractional[signs[0]] += 1
    elif len(set(signs)) == 1:
        if _grouped(parts):
            grouping[signs[0]] += 1
    elif signs[-1] not in signs[:-1] and _grouped(parts[:-1]):
        grouping[signs[0]] += 1
        fractional[signs[-1]] += 1


def _grouped(parts: list[str]) -> bool:
    head = parts[0]
    return 1 <= len(head) <= 3 and head[0] != "0" and all(len(part) == 3 for part in parts[1:])


def _single(head: str, tail: str, sign: str, style: NumberStyle) -> DigitReading:
    fraction = Decimal(f"{head or '0'}.{tail}")
    if len(tail) != 3 or not head or head[0] == "0" or len(head) > 3:
        return DigitReading(fraction)
    whole = Decimal(head + tail)
    thousands, certain = style.groups(sign)
    value, other = (whole, fraction) if thousands else (fraction, whole)
    if certain:
        return DigitReading(value)
    reason = "the sign may be a decimal" if thousands else "the sign may group thousands"
    return DigitReading(value, (Alternative(other, reason),), _AMBIGUOUS)
