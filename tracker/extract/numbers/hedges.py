"""The words that hedge a number, before it or behind it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from tracker.domain.figure import Qualifier
from tracker.extract.numbers.lexicon import word_set

_PHRASES: Final = {
    Qualifier.MORE_THAN: (
        "hơn", "trên", "vượt", "vượt qua", "vượt quá", "quá", "qua mốc", "vượt mốc", "qua ngưỡng",
        "nhiều hơn", "nhỉnh hơn", "cao hơn mức", "more than", "over", "above", "exceeding", "exceeds",
        "exceeded", "exceed", "in excess of", "just over", "just above", "upwards of", "greater than",
        "past", "beyond", "surpassing", "surpassed", "topped", "topping", "well over", "trên mức",
    ),
    Qualifier.ALMOST: (
        "gần", "ngót", "ngót nghét", "suýt soát", "xấp xỉ dưới", "sát", "gần như", "gần bằng", "tiệm cận",
        "almost", "nearly", "just under", "close to", "approaching", "not quite", "just below",
        "just short of", "a little under", "a shade under", "slightly under", "slightly below", "nigh on",
        "gần đạt", "gần tới", "gần đến", "nearing",
    ),
    Qualifier.ABOUT: (
        "khoảng", "chừng", "tầm", "cỡ", "xấp xỉ", "khoảng chừng", "vào khoảng", "quanh", "xoay quanh",
        "trên dưới", "áng chừng", "độ chừng", "cơ bản", "cơ bản đạt", "cơ bản hoàn thành", "ước chừng",
        "ước khoảng", "quãng", "ước tính khoảng",
        "about", "around", "roughly", "some", "approximately", "approx", "approx.", "circa", "ca.",
        "in the region of", "on the order of", "something like", "more or less",
        "tương đương khoảng", "đâu đó", "about a", "virtually",
    ),
    Qualifier.AT_LEAST: (
        "ít nhất", "tối thiểu", "không dưới", "không thấp hơn", "không ít hơn", "không kém", "không nhỏ hơn",
        "thấp nhất là", "chí ít", "at least", "not less than", "no less than", "no fewer than", "not below",
        "not fewer than", "a minimum of", "minimum of", "at a minimum", "minimum", "not lower than",
        "no lower than", "lớn hơn hoặc bằng", "ít nhất là", "tối thiểu là", "at or above",
    ),
    Qualifier.LESS_THAN: (
        "dưới", "chưa đến", "chưa tới", "chưa đầy", "chưa đạt", "chưa được", "không tới", "không đến",
        "không đầy", "nhỏ hơn", "ít hơn", "chưa quá", "chưa vượt", "chưa nổi", "dưới mức", "dưới ngưỡng",
        "less than", "under", "below", "fewer than", "lower than", "dưới mốc", "thấp hơn mức",
    ),
    Qualifier.AT_MOST: (
        "không quá", "tối đa", "không vượt quá", "không vượt", "không hơn", "không cao hơn", "không lớn hơn",
        "nhiều nhất", "cùng lắm", "cùng lắm là", "trần", "mức trần", "dưới trần", "cao nhất là", "tối đa là",
        "at most", "up to", "no more than", "not more than", "at or below", "not exceeding", "not exceed",
        "no higher than", "not above", "a maximum of", "maximum of", "maximum", "as much as", "as many as",
        "ceiling of", "a ceiling of", "cap of", "capped at", "not beyond", "go beyond", "no greater than",
        "limit of", "a limit of", "không được vượt quá", "not to exceed",
    ),
    Qualifier.ESTIMATED: (
        "ước", "ước đạt", "ước tính", "ước thực hiện", "ước tính đạt", "sơ bộ", "tạm tính",
        "estimated", "an estimated", "estimated at", "is estimated at", "put at", "provisional",
        "preliminary", "provisionally", "est.", "ước tính là", "estimated to be",
        "ước lên",
    ),
}  # fmt: skip
_HEDGES: Final = {phrase: qualifier for qualifier, phrases in _PHRASES.items() for phrase in phrases}
_LAST_WORDS: Final = frozenset(phrase.rsplit(" ", 1)[-1] for phrase in _HEDGES)
# Words that may stand between a hedge and its number.
_FILLERS: Final = word_set(
    "xếp đứng hạng thứ vị trí "
    "đạt được là mức tới đến lên xuống từ mốc ngưỡng con số vào ở thêm còn gấp chiếm có đâu đó "
    "thực hiện đóng góp thu mang về tăng giảm đủ ra bằng the a an of to at from its than their level "
    "mark just only hit hitting reaching reach threshold"
)
# Over these an estimate still reaches, a numeric hedge does not ("trên đà tăng 5%").
_ESTIMATE_ONLY: Final = word_set("thực hiện đóng góp thu tăng giảm mang về có chiếm xếp đứng hạng thứ vị trí")
# "cao hơn 3 điểm" compares, it does not hedge; nor does "vượt lên 25 bậc".
_COMPARING: Final = word_set(
    "cao thấp nhiều ít lớn nhỏ nhanh chậm kém tốt xa gần dài ngắn sớm muộn mạnh rộng nặng nhẹ đông thưa"
)
_BLOCKERS: Final = {
    "hơn": _COMPARING, "vượt": frozenset(), "trên": frozenset({"dựa", "nằm"}), "gần": frozenset(),
    "quá": frozenset({"không", "thì"}), "some": frozenset({"by"}), "over": frozenset({"all"}),
    "khoảng": frozenset({"trong"}), "above": frozenset({"points", "point"}), "past": frozenset({"the"}),
    "below": frozenset({"points", "point"}), "ước": frozenset({"mơ", "mong"}), "about": frozenset({"talk"}),
    "mức trần": frozenset(),
}  # fmt: skip
_SIGNS: Final = (
    ("≥", Qualifier.AT_LEAST), (">=", Qualifier.AT_LEAST), ("≤", Qualifier.AT_MOST),
    ("<=", Qualifier.AT_MOST), ("⩾", Qualifier.AT_LEAST), ("⩽", Qualifier.AT_MOST),
    (">", Qualifier.MORE_THAN), ("<", Qualifier.LESS_THAN), ("~", Qualifier.ABOUT),
    ("≈", Qualifier.ABOUT), ("±", Qualifier.ABOUT),
)  # fmt: skip
_SIGN_ENDS: Final = frozenset(sign[-1] for sign, _ in _SIGNS)
_RIGHT = re.compile(
    r"(?:[ \n][^\W\d_]+){0,3}?[ \n]?(?:"
    r"(?P<least>(?<=[ \n])(?:trở lên|or more|or above|or higher|or better|and above|and over|at "
    r"least)(?!\w)|\+(?!\d))"
    r"|(?P<most>(?<=[ \n])(?:trở xuống|trở lại|or less|or fewer|or below|or lower|or under|and below|at most"
    r"|ceiling)(?!\w)(?:[ \n]is)?)"
    r"|(?P<about>(?<=[ \n])or so(?!\w)|-odd(?!\w))"
    r"|(?P<estimated>\(e\)|\(est\.?\)|\((?:ước|sơ bộ|ước tính|provisional|preliminary|p)\)))"
    # What a number follows hedges that number instead ("at or below 1.8%").
    r"(?![ \n]?[\d$€£])"
)
_RIGHT_HINTS: Final = ("trở ", "+", "or ", "and ", "at least", "at most", "ceiling", "-odd", "(e", "(ư", "(s", "(p")
_LOOK_BACK: Final = 60
_MAX_WORDS: Final = 4


class Hedge(NamedTuple):
    """``start`` is where the hedge begins; ``word`` is its phrase in lower case."""

    qualifier: Qualifier
    start: int
    word: str


def words_before(low: str, start: int, limit: int = 7) -> list[str]:
    """The last words before ``start``, nearest last, up to the nearest stop in punctuation."""
    window = low[max(0, start - _LOOK_BACK) : start]
    if start > _LOOK_BACK:
        window = window.partition(" ")[2]
    words: list[str] = []
    for word in reversed(window.split()):
        if word[-1] in ',;:!?)]}"”' or (word[-1] == "." and word not in _HEDGES):
            break
        bare = word.lstrip("([{\"“'*_")
        if bare:
            words.append(bare)
        if len(words) == limit or bare != word:
            break
    words.reverse()
    return words


def hedge_before(low: str, start: int, words: list[str]) -> Hedge | None:
    """What ``words`` (of :func:`words_before`) say of the number; a numeric hedge wins over an estimate."""
    sign = _sign_before(low, start)
    if sign is not None:
        return sign
    index, fillers, estimate_only, estimate = len(words), 0, False, None
    while index > 0:
        phrase, size = _phrase_at(words, index)
        if phrase:
            qualifier = _HEDGES[phrase]
            found = Hedge(qualifier, max(0, low.rfind(phrase.split(" ")[0], 0, start)), phrase)
            if qualifier is not Qualifier.ESTIMATED:
                return estimate if estimate_only else found
            estimate = estimate or found
            index -= size
            continue
        word = words[index - 1]
        if word not in _FILLERS or fillers == 3:
            break
        estimate_only = estimate_only or word in _ESTIMATE_ONLY
        fillers, index = fillers + 1, index - 1
    return estimate


def _phrase_at(words: list[str], end: int) -> tuple[str, int]:
    if words[end - 1] not in _LAST_WORDS:
        return "", 0
    for size in range(min(_MAX_WORDS, end), 0, -1):
        phrase = " ".join(words[end - size : end])
        if phrase not in _HEDGES:
            continue
        before = words[end - size - 1] if end > size else ""
        if before in _BLOCKERS.get(phrase, ()):
            return "", 0
        if phrase == "vượt" and end < len(words) and words[end] in {"lên", "kế", "chỉ", "thu", "dự"}:
            return "", 0
        return phrase, size
    return "", 0


def _sign_before(low: str, start: int) -> Hedge | None:
    end = start
    while end > 0 and low[end - 1] == " ":
        end -= 1
    if end == 0 or low[end - 1] not in _SIGN_ENDS:
        return None
    for sign, qualifier in _SIGNS:
        if low.endswith(sign, 0, end):
            if low[max(0, end - 2) : end] in {"->", "=>", "<-"}:
                return None
            return Hedge(qualifier, end - len(sign), sign)
    return None


def has_hedge_after(low: str) -> bool:
    """Whether any number of the text can have a hedge behind it; most texts have none."""
    return any(hint in low for hint in _RIGHT_HINTS)


def hedge_after(low: str, end: int, limit: int) -> tuple[Qualifier, int] | None:
    """A hedge behind the number and its unit ("trở lên", "or more"), and the index behind it."""
    # One character more, so that the number behind is seen.
    found = _RIGHT.match(low, end, limit + 1)
    if found is None:
        return None
    match found.lastgroup:
        case "least":
            return Qualifier.AT_LEAST, found.end()
        case "most":
            return Qualifier.AT_MOST, found.end()
        case "about":
            return Qualifier.ABOUT, found.end()
        case _:
            return Qualifier.ESTIMATED, found.end()
