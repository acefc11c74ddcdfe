"""Words that numbers are written with, Vietnamese and English. Data only; all in lower case."""

from __future__ import annotations

from decimal import Decimal
from typing import Final


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``, parted by spaces."""
    return frozenset(text.split())


VI_DIGITS: Final = {
    "không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
# Forms that stand only behind a ten: "hai mươi mốt", "mười lăm".
VI_TRAILING: Final = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
VI_SCALES: Final = {
    "nghìn": Decimal(10**3), "ngàn": Decimal(10**3), "vạn": Decimal(10**4),
    "triệu": Decimal(10**6), "tỷ": Decimal(10**9), "tỉ": Decimal(10**9),
}  # fmt: skip
VI_ODD: Final = frozenset({"linh", "lẻ"})
VI_POINT: Final = frozenset({"phẩy", "phảy", "chấm"})
VI_JOINTS: Final = VI_ODD | VI_POINT | {"mười", "mươi", "chục", "trăm", "rưỡi", "rưởi", "phần"}
VI_WORDS: Final = frozenset(VI_DIGITS) | frozenset(VI_TRAILING) | frozenset(VI_SCALES) | VI_JOINTS
# A scale or digit followed by one of these is part of another word ("tỷ lệ", "triệu tập", "tư nhân").
VI_COMPOUNDS: Final = {
    "tỷ": frozenset({"lệ", "trọng", "suất", "số", "giá", "phú", "phần", "lê"}),
    "tỉ": frozenset({"lệ", "trọng", "suất", "số", "giá", "phú", "mỉ", "phần", "lê"}),
    "triệu": frozenset({"tập", "hồi", "chứng", "phong"}),
    "vạn": frozenset({"vật", "sự", "ninh", "phúc", "lý", "hạnh", "tường"}),
    "tư": frozenset({"nhân", "vấn", "pháp", "liệu", "lệnh", "thục", "cách", "duy", "tưởng"}),
    "lẻ": frozenset({"tẻ", "loi"}),
}

EN_UNITS: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
EN_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
EN_SCALES: Final = {
    "thousand": Decimal(10**3), "lakh": Decimal(10**5), "million": Decimal(10**6),
    "crore": Decimal(10**7), "billion": Decimal(10**9), "trillion": Decimal(10**12),
    "quadrillion": Decimal(10**15),
}  # fmt: skip
EN_ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
    "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
}  # fmt: skip
# "second" is left out: "two seconds" is a time.
EN_DENOMINATORS: Final = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourths": 4,
    **{word + plural: number for word, number in EN_ORDINALS.items() if 5 <= number <= 20
       for plural in ("", "s")},
}  # fmt: skip
#: A zero behind the point as it is spoken: "seven point oh nine".
EN_SPOKEN_ZEROS: Final = frozenset({"oh"})
EN_WORDS: Final = (
    EN_SPOKEN_ZEROS
    | frozenset(EN_UNITS)
    | frozenset(EN_TENS)
    | frozenset(EN_SCALES)
    | {"hundred", "and", "point", "dozen"}
)
EN_STARTS: Final = frozenset(EN_UNITS) | frozenset(EN_TENS)

# Factors: what a quantity is multiplied by.
TIMES_WORDS: Final = {
    "gấp đôi": Decimal(2), "gấp rưỡi": Decimal("1.5"), "doubled": Decimal(2), "double": Decimal(2),
    "doubling": Decimal(2), "doubles": Decimal(2), "twice": Decimal(2), "thrice": Decimal(3),
    "tripled": Decimal(3), "triple": Decimal(3), "tripling": Decimal(3), "trebled": Decimal(3),
    "treble": Decimal(3), "trebling": Decimal(3), "quadrupled": Decimal(4), "quadruple": Decimal(4),
    "quadrupling": Decimal(4), "quintupled": Decimal(5), "halved": Decimal("0.5"),
    "halve": Decimal("0.5"), "halving": Decimal("0.5"), "halves": Decimal("0.5"),
}  # fmt: skip

# Magnitudes that may follow digits, free or attached.
MAGNITUDES: Final = {
    **VI_SCALES, **EN_SCALES, "trăm": Decimal(100), "chục": Decimal(10), "hundred": Decimal(100),
    "dozen": Decimal(12), "bn": Decimal(10**9), "mn": Decimal(10**6), "mln": Decimal(10**6),
    "bln": Decimal(10**9), "tn": Decimal(10**12), "trn": Decimal(10**12), "lakhs": Decimal(10**5),
    "crores": Decimal(10**7), "k": Decimal(10**3), "tr": Decimal(10**6), "m": Decimal(10**6),
    "b": Decimal(10**9), "ty": Decimal(10**9), "millions": Decimal(10**6), "billions": Decimal(10**9),
}  # fmt: skip
# Of those, the ones that mean something else unless money stands before ("$5m").
MONEY_MAGNITUDES: Final = frozenset({"m", "b"})
ATTACHED_MAGNITUDES: Final = frozenset({"k", "tr", "bn", "mn", "mln", "bln", "tn", "trn", "m", "b"})
