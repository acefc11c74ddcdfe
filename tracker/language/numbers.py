"""Numbers as the language writes them: 544.361 and 96,5 % in Vietnamese, 544,361 and 96.5% in English.

Every digit of a figure is kept. Large money is said in tỷ or triệu (billion, million) only where
that loses nothing.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from tracker.domain.figure import ChangeUnit, Qualifier, Unit

_SEPARATORS = {"vi": (".", ","), "en": (",", ".")}
_GROUP = 3
_SCALES = (
    (Decimal(10) ** 9, {"vi": "tỷ", "en": "billion"}),
    (Decimal(10) ** 6, {"vi": "triệu", "en": "million"}),
)
_SHORT = 3
_LARGE = 1000
_PRECISE = 27
_MONEY = {Unit.VND: {"vi": "đồng", "en": "VND"}, Unit.USD: {"vi": "USD", "en": "USD"}}
_HEDGES = {
    Qualifier.EXACT: {"vi": "{}", "en": "{}"},
    Qualifier.ABOUT: {"vi": "khoảng {}", "en": "about {}"},
    Qualifier.ALMOST: {"vi": "gần {}", "en": "almost {}"},
    Qualifier.MORE_THAN: {"vi": "hơn {}", "en": "more than {}"},
    Qualifier.AT_LEAST: {"vi": "ít nhất {}", "en": "at least {}"},
    Qualifier.LESS_THAN: {"vi": "dưới {}", "en": "less than {}"},
    Qualifier.AT_MOST: {"vi": "nhiều nhất {}", "en": "at most {}"},
    Qualifier.ESTIMATED: {"vi": "ước {}", "en": "an estimated {}"},
}
_PLACES = {
    "vi": ("lên {} bậc", "xuống {} bậc", "giữ nguyên thứ hạng"),
    "en": ("up {} {}", "down {} {}", "same rank"),
}
_CHANGES = {
    ChangeUnit.PP: {"vi": "{} điểm %", "en": "{} pp"},
    ChangeUnit.PERCENT_CHANGE: {"vi": "{} %", "en": "{}%"},
    ChangeUnit.PLACES: {"vi": "{} bậc", "en": "{} places"},
    ChangeUnit.POINTS: {"vi": "{} điểm", "en": "{} points"},
    ChangeUnit.TIMES: {"vi": "{} lần", "en": "{} times"},
}
_PER_YEAR = {"vi": "{} mỗi năm", "en": "{} per year"}


def decimal(value: Decimal, lang: str) -> str:
    """The digits alone, grouped by thousands, with the language's decimal sign; all decimals are kept."""
    thousands, point = _SEPARATORS.get(lang, _SEPARATORS["en"])
    whole, _, fraction = f"{abs(value):f}".partition(".")
    groups: list[str] = []
    while len(whole) > _GROUP:
        whole, group = whole[:-_GROUP], whole[-_GROUP:]
        groups.insert(0, group)
    text = thousands.join([whole, *groups])
    sign = "-" if value < 0 else ""
    return f"{sign}{text}{point}{fraction}" if fraction else f"{sign}{text}"


def number(
    value: Decimal | float,
    unit: str,
    lang: str,
    high: Decimal | float | None = None,
    qualifier: Qualifier | str | None = None,
) -> str:
    """A figure with its unit and hedge: "96,5 %", "hơn 3.462 tỷ đồng", "hạng 86", "30-35 %".

    ``unit`` is a :class:`Unit` or a :class:`ChangeUnit`. A float, as statistics give it, is cut to
    three decimals at most; a Decimal keeps every digit.
    """
    low = exact(value)
    top = None if high is None else exact(high)
    if unit == Unit.RANK and top is None and qualifier == Qualifier.AT_MOST:
        return f"trong top {decimal(low, lang)}" if lang == "vi" else f"top {decimal(low, lang)}"
    said = _with_unit(low, top, str(unit), lang)
    hedge = _HEDGES[Qualifier(qualifier)] if qualifier is not None else _HEDGES[Qualifier.EXACT]
    return _pick(hedge, lang).format(said)


def change(value: Decimal | float, unit: str, lang: str) -> str:
    """A signed difference in the indicator's unit: "+65,14 điểm %", "lên 10 bậc", "-3,5 tỷ đồng".

    A rank that falls in number has risen: -10 is "up 10 places".
    """
    amount = exact(value)
    if unit == Unit.RANK:
        return _places(amount, lang)
    kind = {Unit.PERCENT.value: ChangeUnit.PP.value, Unit.INDEX.value: ChangeUnit.POINTS.value}
    said = number(abs(amount), kind.get(str(unit), str(unit)), lang)
    return f"{_sign(amount)}{said}"


def percent_change(value: Decimal | float, lang: str) -> str:
    """A signed relative change, to one decimal: "+5,2 %"."""
    amount = shortened(exact(value), 1)
    return f"{_sign(amount)}{number(abs(amount), ChangeUnit.PERCENT_CHANGE, lang)}"


def per_year(value: Decimal | float, unit: str, lang: str) -> str:
    """A signed change per year in the indicator's unit, rounded to what can be read."""
    amount = exact(value)
    places = 2 if abs(amount) < _LARGE else 0
    return _pick(_PER_YEAR, lang).format(change(shortened(amount, _enough(amount, places)), unit, lang))


def exact(value: Decimal | float) -> Decimal:
    """The Decimal itself; of a float three decimals, or two digits that say something."""
    if isinstance(value, Decimal):
        return value
    whole = Decimal(repr(value))
    return shortened(whole, _enough(whole, _SHORT))


def _enough(amount: Decimal, places: int) -> int:
    """``places``, or as many as a small amount needs for two significant digits."""
    return max(places, 1 - amount.adjusted()) if amount else places


def shortened(value: Decimal, places: int) -> Decimal:
    """Rounded to ``places`` decimals, idle zeros cut."""
    if value.adjusted() + places >= _PRECISE:
        return value
    rounded = value.quantize(Decimal((0, (1,), -places)), rounding=ROUND_HALF_UP)
    text = f"{rounded:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def _sign(amount: Decimal) -> str:
    if amount == 0:
        return ""
    return "+" if amount > 0 else "-"


def _places(amount: Decimal, lang: str) -> str:
    up, down, same = _PLACES.get(lang, _PLACES["en"])
    if amount == 0:
        return same
    form = up if amount < 0 else down
    return form.format(decimal(abs(amount), lang), "place" if abs(amount) == 1 else "places")


def _with_unit(low: Decimal, high: Decimal | None, unit: str, lang: str) -> str:
    if unit in (Unit.VND, Unit.USD):
        return _money(low, high, Unit(unit), lang)
    digits = decimal(low, lang) if high is None else f"{decimal(low, lang)}-{decimal(high, lang)}"
    if unit == Unit.RANK:
        return f"hạng {digits}" if lang == "vi" else f"rank {digits}"
    if unit == Unit.PERCENT:
        return f"{digits} %" if lang == "vi" else f"{digits}%"
    form = _CHANGES.get(ChangeUnit(unit)) if unit in set(ChangeUnit) else None
    if form is None:
        return digits
    said = _pick(form, lang).format(digits)
    return said.removesuffix("s") if digits == "1" else said


def _money(low: Decimal, high: Decimal | None, unit: Unit, lang: str) -> str:
    ends = [low] if high is None else [low, high]
    word = _pick(_MONEY[unit], lang)
    for scale, names in _SCALES:
        shares = [end / scale for end in ends]
        if any(abs(share) >= 1 for share in shares) and all(_is_short(share) for share in shares):
            digits = "-".join(decimal(shortened(share, _SHORT), lang) for share in shares)
            return f"{digits} {_pick(names, lang)} {word}"
    return f"{'-'.join(decimal(end, lang) for end in ends)} {word}"


def _is_short(share: Decimal) -> bool:
    return share == shortened(share, _SHORT)


def _pick(forms: dict[str, str], lang: str) -> str:
    return forms.get(lang, forms["en"])
