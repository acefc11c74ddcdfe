"""Which number could be a figure of which indicator: units veto, everything else is evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from tracker.domain.figure import Unit
from tracker.domain.indicator import Indicator
from tracker.extract.denominators import denominators_of
from tracker.extract.keys import phrase
from tracker.extract.model import Quantity, Shape
from tracker.extract.nature import nature
from tracker.extract.numbers.noise import COUNTED
from tracker.extract.passages import Passage
from tracker.extract.scene import Scene

_MAGNITUDES = {
    "nghìn": 10**3,
    "ngàn": 10**3,
    "thousand": 10**3,
    "000": 10**3,
    "vạn": 10**4,
    "triệu": 10**6,
    "million": 10**6,
    "mn": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
    "lakh": 10**5,
    "crore": 10**7,
}
_SCALE = re.compile(
    r"(?:(?<=[(\s:/])(?<!\d[\s])|(?<!\d),|^)((?:nghìn|ngàn|thousands?|vạn|triệu|millions?|mn|tỷ|tỉ|billions?|bn|trillion|quadrillion|lakh|crore|'?000)(?:\s+(?:triệu|tỷ|tỉ))?)\b(?!\s+(?:lệ|trọng|suất|giá))"
    r"\s*(đồng|VND|VNĐ|USD|đô la|US\$|\$|EUR|euro)?",
    re.IGNORECASE,
)
_CURRENCY_FIRST = re.compile(
    r"(?<!\w)(USD|VND|VNĐ|US\$|\$)\s*(nghìn|thousand|triệu|million|mn|m|tỷ|billion|bn|trillion|quadrillion)\b",
    re.IGNORECASE,
)
_CURRENCY = {"đồng": "VND", "vnd": "VND", "vnđ": "VND", "usd": "USD", "đô la": "USD", "us$": "USD", "$": "USD"}
_PERCENT = re.compile(r"%|phần trăm|per\s?cent", re.IGNORECASE)
_SIZES = {
    "kw": 10**3,
    "mw": 10**6,
    "gw": 10**9,
    "tw": 10**12,
    "kilowatt": 10**3,
    "megawatt": 10**6,
    "gigawatt": 10**9,
    "terawatt": 10**12,
}
_HEADS = re.compile(r"(?:dân|người dân|people|inhabitants|population|trẻ|residents)\b", re.IGNORECASE)
_MOST_RATIO = 10_000
_LAST_RANK = 400
_YEARS, _YEAR_DIGITS = range(1900, 2101), 4


@dataclass(frozen=True, slots=True)
class HeaderUnit:
    """What headers say about the bare numbers under them.

    ``moved``: they are changes. ``of_plan``: they tell how much of a plan is done, not what was reached.
    """

    scale: Decimal = Decimal(1)
    unit: str | None = None
    moved: bool = False
    of_plan: bool = False


class Fit(NamedTuple):
    """How a number can be read as an indicator's figure: ``how`` is level, bare or change."""

    how: str
    unit: str
    scale: Decimal = Decimal(1)


_PER = re.compile(
    r"(?:\b(?:per|every|each|mỗi|trên|cứ)\s+|/\s*)(?:a\s+|one\s+|\d[\d.,' ]*)?"
    r"(?:(?:hundred|thousand|million|nghìn|ngàn|vạn|triệu)\s*)+",
    re.IGNORECASE,
)


_CHANGE = re.compile(
    r"tăng|giảm|so (?:với )?cùng kỳ|so với|\bchange\b|growth|\+/-|±|y/y|yoy|year on year", re.IGNORECASE
)


def unit_part(caption: Passage, number: int) -> str:
    """What of a caption gives the unit of one of the indicators it names: "Prices (USD) and sales (thousand)".

    The whole of it, where the indicator has no brackets of its own behind it.
    """
    text, tokens = caption.block.text, caption.tokens
    named = next((each for each in caption.mentions if each.indicator == number), None)
    if named is None:
        return text
    later = (each.first for each in caption.mentions if each.indicator != number and each.first > named.last)
    own = text[tokens[named.first].start : tokens[end].start if (end := next(later, None)) is not None else len(text)]
    return own if "(" in own else text


def header_unit(texts: list[str]) -> HeaderUnit:
    """What the nearest header with a unit says; ``moved`` where the nearest speaks of a change."""
    found = _plain_unit(texts)
    return HeaderUnit(found.scale, found.unit, bool(texts) and bool(_CHANGE.search(texts[0])))


def _plain_unit(texts: list[str]) -> HeaderUnit:
    """The unit that the nearest header with one gives; ``texts`` nearest first."""
    return next((found for found in map(_unit_said, texts) if found is not None), HeaderUnit())


@lru_cache(maxsize=4096)
def _unit_said(said: str) -> HeaderUnit | None:
    """The unit in one header.

    A magnitude in a denominator ("per million inhabitants", "trên 100 nghìn dân") scales nothing.
    """
    text = _PER.sub(" ", said)
    first = _CURRENCY_FIRST.search(text)
    if first:
        return HeaderUnit(Decimal(_MAGNITUDES.get(first.group(2).lower(), 10**6)), _CURRENCY[first.group(1).lower()])
    found = _SCALE.search(text)
    if found:
        scale = 1
        for word in found.group(1).lower().replace("'", "").split():
            scale *= _MAGNITUDES.get(word.rstrip("s"), 1)
        currency = found.group(2)
        return HeaderUnit(Decimal(scale), _CURRENCY.get(currency.lower()) if currency else None)
    if _PERCENT.search(text):
        return HeaderUnit(Decimal(1), "percent")
    if re.search(r"\b(?:đồng|VND)\b", text):
        return HeaderUnit(Decimal(1), "VND")
    if re.search(r"\bUSD\b|US\$", text):
        return HeaderUnit(Decimal(1), "USD")
    return None


def fits(
    quantity: Quantity, indicator: Indicator, header: HeaderUnit, in_cell: bool, per: frozenset[int] = frozenset()
) -> list[Fit]:
    """Every way to read ``quantity`` for ``indicator``; empty is the veto.

    ``per`` is what the figure is said to be given for: a rate per 1,000 is none of an indicator per 100,000.
    """
    unit, wanted = quantity.unit, indicator.unit
    own = denominators_of(indicator) if per else per
    if per and own and per.isdisjoint(own):
        return []
    if header.of_plan and unit in (None, "percent") and not nature(indicator).plan_ratio:
        return []
    moved = in_cell and header.moved and wanted is not Unit.RANK
    if moved and (unit == "percent" or (unit is None and header.unit == "percent")):
        return [Fit("change", "pp" if wanted is Unit.PERCENT else "percent_change")]
    if unit in ("pp", "points", "places", "times"):
        return _changes(quantity, wanted)
    if wanted is Unit.PERCENT:
        return _percent(quantity, header, in_cell)
    if unit == "percent":
        return [Fit("change", "percent_change")] if wanted is not Unit.RANK else []
    if wanted is Unit.RANK:
        return _rank(quantity)
    if wanted in (Unit.USD, Unit.VND):
        return _money(quantity, wanted, header, in_cell)
    return _amount(quantity, indicator, header, in_cell, rated=bool(per & own))


def _changes(quantity: Quantity, wanted: Unit) -> list[Fit]:
    match quantity.unit:
        case "places":
            return [Fit("change", "places")] if wanted is Unit.RANK else []
        case "times":
            return [Fit("change", "times")] if wanted is not Unit.RANK else []
        case "pp":
            return [Fit("change", "pp")] if wanted is Unit.PERCENT else []
        case _:
            if wanted is Unit.PERCENT:
                return [Fit("change", "pp")]
            if wanted is Unit.INDEX:
                return [Fit("level", wanted.value), Fit("change", "points")]
            return []


def _whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _bare_year(quantity: Quantity) -> bool:
    written_as_one = quantity.number.end - quantity.number.start == _YEAR_DIGITS  # "1.905" is none
    bare = quantity.unit is None and not quantity.noun and _whole(quantity.value)
    return bare and written_as_one and int(quantity.value) in _YEARS


def _percent(quantity: Quantity, header: HeaderUnit, in_cell: bool) -> list[Fit]:
    if quantity.unit == "percent":
        return [Fit("level", "percent")]
    if quantity.unit is not None or quantity.shape in (Shape.RANK, Shape.TOP):
        return []
    if quantity.noun and not in_cell:
        return []
    if quantity.value > 200 or (header.unit not in (None, "percent")) or header.scale != 1:
        return []
    if in_cell and header.unit == "percent":
        return [Fit("level", "percent")]
    return [Fit("bare", "percent")]


def _rank(quantity: Quantity) -> list[Fit]:
    if quantity.unit == "rank" or quantity.shape in (Shape.RANK, Shape.TOP):
        return [Fit("level", "rank")]
    written_whole = not str(quantity.value.as_tuple().exponent).startswith("-")
    if quantity.unit is None and not quantity.noun and written_whole and 0 < quantity.value < _LAST_RANK:
        return [Fit("level" if quantity.shape is Shape.OUT_OF else "bare", "rank")]
    return []


def _money(quantity: Quantity, wanted: Unit, header: HeaderUnit, in_cell: bool) -> list[Fit]:
    if quantity.unit == wanted.value:
        return [Fit("level", wanted.value)]
    if quantity.unit is not None or quantity.shape in (Shape.RANK, Shape.TOP, Shape.OUT_OF):
        return []
    if in_cell and header.unit == wanted.value:
        return [Fit("level", wanted.value, header.scale)]
    if header.unit not in (None, wanted.value) or (not in_cell and _counts_things(quantity)):
        return []
    return [Fit("bare", wanted.value, header.scale if quantity.value < 10**6 else Decimal(1))]


def _counts_things(quantity: Quantity) -> bool:
    """Whether a bare number is of things, never of money: "512 cổ đông", "14,2 triệu tấn"."""
    noun = quantity.noun.lower().split(" ")[0]
    return bool(noun) and (quantity.value < _A_FORTUNE or noun in COUNTED or noun in _WEIGHED)


_A_FORTUNE = 10**6
_WEIGHED = frozenset({"tấn", "tạ", "kg", "ha", "lít", "m", "mw", "kwh", "tonnes", "tons"})


def _amount(quantity: Quantity, indicator: Indicator, header: HeaderUnit, in_cell: bool, *, rated: bool) -> list[Fit]:
    if quantity.unit is not None or quantity.shape in (Shape.RANK, Shape.TOP) or _bare_year(quantity):
        return []
    heads = quantity.noun and _HEADS.match(quantity.noun) and _whole(quantity.value)
    if indicator.unit is Unit.RATIO and heads and not rated:
        return []
    if in_cell and header.unit in ("percent", "USD", "VND"):
        return []
    if quantity.noun and _TIME.match(quantity.noun) and not _counts_time(indicator):
        return []
    counted = indicator.unit is Unit.COUNT and not in_cell and quantity.shape is not Shape.OUT_OF
    if counted and _of_another_sort(quantity.noun, indicator):
        return []
    if indicator.unit in (Unit.RATIO, Unit.INDEX) and quantity.value >= _MOST_RATIO:
        return []
    scale = header.scale if quantity.value < 10**7 else Decimal(1)
    scale *= _size(quantity, indicator)
    return [Fit("level" if quantity.noun or in_cell else "bare", indicator.unit.value, scale)]


_TIME = re.compile(
    r"(?:ngày|tháng|năm|tuần|giờ|phút|tuổi|days?|months?|years?|weeks?|hours?|minutes?|times)\b", re.IGNORECASE
)


def _of_another_sort(noun: str, indicator: Indicator) -> bool:
    """Whether events, places or bodies are counted where the indicator's names count something else.

    "312 vụ" are no people; "120 ca" may be.
    """
    head = noun.lower().split(" ")[0]
    return head in _SORTS and bool(own := _sorts_of(indicator)) and head not in own


@lru_cache(maxsize=4096)
def _sorts_of(indicator: Indicator) -> frozenset[str]:
    """The words of an indicator's names, where they say what is counted; none where they do not."""
    names = (*dict(indicator.names).values(), *indicator.aliases)
    words = frozenset(word for name in names for word in re.findall(r"\w+", name.lower()))
    return words if words & _COUNTING else frozenset()


_SORTS = frozenset(
    ("vụ", "tỉnh", "huyện", "xã", "phường", "quận", "thôn", "nước", "quốc", "hộ", "doanh", "dự", "km", "trường", "bệnh")
)
_COUNTING = frozenset(
    ("người", "trẻ", "em", "khách", "lượt", "hộ", "vụ", "xe", "căn", "cửa", "doanh", "trường", "trạm", "máy", "dự")
)


def _counts_time(indicator: Indicator) -> bool:
    names = " ".join((*dict(indicator.names).values(), *indicator.aliases)).lower()
    return any(
        word in names
        for word in (
            "ngày",
            "tháng",
            "thời gian",
            "giờ",
            "phút",
            "tuổi",
            "day",
            "month",
            "hour",
            "minute",
            "time",
            "year",
        )
    )


def _size(quantity: Quantity, indicator: Indicator) -> Decimal:
    """GW where the indicator is counted in MW: the factor between the two."""
    said = quantity.noun.split()[0].lower().rstrip("s") if quantity.noun.split() else ""
    if said not in _SIZES:
        return Decimal(1)
    for text in (*dict(indicator.names).values(), *indicator.aliases):
        for word in phrase(text):
            if word in _SIZES:
                return Decimal(_SIZES[said]) / Decimal(_SIZES[word])
    return Decimal(1)


def headers_of(scene: Scene, passage: Passage) -> tuple[list[Passage], list[Passage], list[Passage]]:
    """Row headers, column headers (both from the nearest out) and what stands above the table."""
    cell = passage.block.cell
    if cell is None:
        return [], [], []
    rows = [scene.by_block[at] for at in reversed(cell.row_headers) if at in scene.by_block]
    columns = [scene.by_block[at] for at in reversed(cell.column_headers) if at in scene.by_block]
    return rows, columns, scene.scopes(passage)
