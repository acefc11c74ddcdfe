"""A sentence for every reason of an assessment.

Each code has a plain sentence, and one with its details where they say more. Details come as
machines write them (numbers with a point, ISO periods, codes) and are put into the language here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from string import Formatter

from tracker.domain.assessment import Reason
from tracker.domain.period import Period
from tracker.language.dates import day, period
from tracker.language.numbers import change, decimal, number, per_year
from tracker.language.words import say_method, say_native, say_status


@dataclass(frozen=True, slots=True)
class Sentence:
    """``whole`` and ``full`` name the details they need in braces; the fullest one that has all of its own is said."""

    plain: str
    full: str = ""
    whole: str = ""


REASONS: Mapping[str, tuple[Sentence, Sentence]] = {
    "no_target": (
        Sentence("Mục tiêu không nêu con số; chỉ xét được chiều thay đổi.",
                 "Mục tiêu không nêu con số; chỉ xét chiều thay đổi theo {method}."),
        Sentence("The target states no number; only the direction can be looked at.",
                 "The target states no number; only the direction is looked at, by {method}."),
    ),
    "target_outside_domain": (
        Sentence("Mục tiêu nằm ngoài khoảng giá trị mà chỉ tiêu có thể nhận.",
                 "Mục tiêu {value} nằm ngoài khoảng giá trị mà chỉ tiêu có thể nhận."),
        Sentence("The target lies beyond what the indicator can reach.",
                 "The target of {value} lies beyond what the indicator can reach."),
    ),
    "unknown_method": (
        Sentence("Không có phương pháp đánh giá như đã khai báo.", "Không có phương pháp đánh giá {method}."),
        Sentence("The declared method does not exist.", "There is no method {method}."),
    ),
    "no_observation": (
        Sentence("Chưa có số liệu nào."),
        Sentence("There is no reading yet."),
    ),
    "no_baseline": (
        Sentence("Không có mốc xuất phát để so sánh.", "Chưa có số liệu {period}, là mốc mà mức thay đổi tính từ đó."),
        Sentence("There is no baseline to measure from.",
                 "There is no figure for {period}, which the change counts from."),
    ),
    "single_observation": (
        Sentence("Mới có một số liệu, chưa thể tính tốc độ.",
                 "Mới có một số liệu, chưa thể tính tốc độ; còn cách mục tiêu {distance}."),
        Sentence("There is only one reading, so no pace can be worked out.",
                 "There is only one reading, so no pace can be worked out; {distance} short of the target."),
    ),
    "baseline_after_deadline": (
        Sentence("Mốc xuất phát không nằm trước thời hạn."),
        Sentence("The baseline does not lie before the deadline."),
    ),
    "break_in_series": (
        Sentence("Cách tính đã thay đổi giữa mốc xuất phát và số liệu mới nhất; hai số không so sánh được.",
                 "Cách tính đã thay đổi ({period}) giữa mốc xuất phát và số liệu mới nhất; "
                 "hai số không so sánh được."),
        Sentence("The method of measurement changed between baseline and latest figure; they do not compare.",
                 "The method of measurement changed ({period}) between baseline and latest figure; "
                 "they do not compare."),
    ),
    "met_at_baseline": (
        Sentence("Mục tiêu đã đạt ngay từ mốc xuất phát."),
        Sentence("The target was already met at the baseline."),
    ),
    "lost_after_met": (
        Sentence("Mục tiêu từng đạt ở mốc xuất phát nhưng nay không còn đạt."),
        Sentence("The target was met at the baseline and has been lost since."),
    ),
    "target_equals_baseline": (
        Sentence("Mục tiêu bằng đúng mốc xuất phát nên không có quãng đường để đo."),
        Sentence("The target equals the baseline, so there is no way to measure."),
    ),
    "no_final_reading": (
        Sentence("Chưa có số liệu cho đúng thời hạn."),
        Sentence("There is no reading for the deadline itself."),
    ),
    "met_late": (
        Sentence("Mục tiêu đã đạt nhưng sau thời hạn.",
                 "Mục tiêu đã đạt nhưng sau thời hạn: {value} ({period})."),
        Sentence("The target was met, but after the deadline.",
                 "The target was met, but after the deadline: {value} ({period})."),
    ),
    "at_risk": (
        Sentence("Đang đạt, nhưng những năm gần đây diễn biến xấu đi.",
                 "Đang đạt, nhưng diễn biến xấu đi: {change} kể từ {since}."),
        Sentence("Met for now, but the recent change is for the worse.",
                 "Met for now, but the recent change is for the worse: {change} since {since}."),
    ),
    "two_points": (
        Sentence("Chỉ dựa trên hai số liệu."),
        Sentence("It rests on two figures only."),
    ),
    "form_linear": (
        Sentence("Có số 0 hoặc số âm nên dùng dạng tuyến tính thay cho tốc độ tăng trưởng."),
        Sentence("A zero or a minus sign is in play, so the linear form is used instead of growth rates."),
    ),
    "zero_replaced": (
        Sentence("Mốc đầu hoặc mục tiêu bằng 0, được thay bằng một số rất nhỏ: tỷ số không đáng tin.",
                 "Số thay: {value}."),
        Sentence("The baseline or the target is 0, for which a tiny number stands: its ratio means little.",
                 "The number: {value}."),
    ),
    "form_sensitive": (
        Sentence("Kết luận phụ thuộc dạng tính (tuyến tính hay tăng trưởng kép).",
                 "Theo {method} thì kết luận là: {other}."),
        Sentence("The class depends on the form, linear or geometric.",
                 "By the {method} the class would be: {other}."),
    ),
    "ambiguous": (
        Sentence("Con số làm tròn hoặc nói ước chừng nên có thể xếp loại khác.",
                 "Con số làm tròn hoặc nói ước chừng nên cũng có thể là: {other}."),
        Sentence("The figure is rounded or hedged, so another class is possible.",
                 "The figure is rounded or hedged, so it could also be: {other}."),
    ),
    "conflict": (
        Sentence("Các nguồn nêu số khác nhau cho cùng kỳ.",
                 "Các nguồn nêu số khác nhau cho cùng kỳ (nguồn khác: {values}).",
                 "Các nguồn nêu số khác nhau cho cùng kỳ; theo nguồn khác ({values}) thì kết luận là: {other}."),
        Sentence("Sources state different figures for the same period.",
                 "Sources state different figures for the same period (elsewhere: {values}).",
                 "Sources state different figures for the same period; by those elsewhere ({values}) "
                 "the class would be: {other}."),
    ),
    "denominator_sensitive": (
        Sentence("Kết luận phụ thuộc số đối tượng được xếp hạng, vốn đã thay đổi.",
                 "Số đối tượng được xếp hạng đã thay đổi: nếu cũng xếp trong {of} thì mốc xuất phát là hạng "
                 "{equivalent} và kết luận là: {other}."),
        Sentence("The class depends on the number of those ranked, which has changed.",
                 "The number of those ranked has changed: among {of} the baseline would be rank "
                 "{equivalent}, and the class: {other}."),
    ),
    "unprecedented_pace": (
        Sentence("Cần tốc độ nhanh hơn mọi tốc độ từng ghi nhận.",
                 "Từ nay cần {required}, nhanh hơn mức tốt nhất từng ghi nhận ({best})."),
        Sentence("The pace needed is faster than any on record.",
                 "From now on {required} is needed, faster than the best on record ({best})."),
    ),
    "projection_disagrees": (
        Sentence("Xu thế 5 năm gần nhất cho kết luận khác.",
                 "Tính từ mốc xuất phát: {status}; xu thế 5 năm gần nhất (Destatis) lại cho: {symbol}."),
        Sentence("The last five years say otherwise.",
                 "From the baseline: {status}; the last five years alone (Destatis) say: {symbol}."),
    ),
    "stale": (
        Sentence("Số liệu mới nhất đã cũ hơn hai lần kỳ báo cáo.",
                 "Số liệu mới nhất ({period}) đã cũ hơn hai lần kỳ báo cáo."),
        Sentence("The latest reading is older than twice its period.",
                 "The latest reading ({period}) is older than twice its period."),
    ),
    "too_few_points": (
        Sentence("Chưa đủ số liệu cho phương pháp này.",
                 "Phương pháp này cần ít nhất {needed} số liệu, mới có {count}."),
        Sentence("There are too few readings for this method.",
                 "This method needs at least {needed} readings; there are {count}."),
    ),
    "growth_undefined": (
        Sentence("Không tính được tốc độ tăng trưởng vì có số 0 hoặc dấu trái nhau."),
        Sentence("No growth rate exists, because of a zero or of signs that differ."),
    ),
    "not_yet": (
        Sentence("Chưa thực hiện; giữa chưa và rồi không có tốc độ để đo."),
        Sentence("Not done yet; between no and yes there is no pace to measure."),
    ),
    "not_kept": (
        Sentence("Có kỳ không giữ được mức mục tiêu.", "Không giữ được mức mục tiêu trong: {periods}."),
        Sentence("There are periods in which the target was not kept.", "The target was not kept in: {periods}."),
    ),
    "milestone_missed": (
        Sentence("Đã lỡ một mốc trung gian.", "Đã lỡ mốc trung gian {value} vào {by}: chỉ đạt {figure}."),
        Sentence("A milestone was missed.", "The milestone of {value} by {by} was missed: {figure}."),
    ),
    "partial_period": (
        Sentence("Mới có số liệu cho một phần của năm, chưa thể so với mục tiêu cả năm.",
                 "Số liệu mới hơn chỉ là một phần của năm: {value} ({period}), {change} so với {since}; "
                 "không so với mục tiêu cả năm."),
        Sentence("There are only figures for a part of the year, which are not held against a whole year's target.",
                 "A newer figure is for a part of the year only: {value} ({period}), {change} against {since}; "
                 "it is not held against a whole year's target."),
    ),
    "very_wide": (
        Sentence("Dự báo dựa trên ba số liệu nên khoảng dao động rất rộng."),
        Sentence("The projection rests on three readings; its interval is very wide."),
    ),
    "degenerate_fit": (
        Sentence("Các số liệu nằm đúng trên một đường nên không ước lượng được sai số của dự báo."),
        Sentence("The readings lie exactly on a line, so the error of the projection cannot be estimated."),
    ),
    "at_bound": (
        Sentence("Số liệu hoặc mục tiêu ở đúng 0 % hoặc 100 % nên dự báo tính trên mức gốc."),
        Sentence("A figure or the target is exactly 0 or 100%, so the projection uses the plain level."),
    ),
}  # fmt: skip


def say_reason(reason: Reason, lang: str) -> str:
    """One sentence for people; the code itself where there is none, never an error."""
    pair = REASONS.get(reason.code)
    if pair is None:
        return reason.code
    sentence = pair[0] if lang == "vi" else pair[1]
    details = dict(reason.details)
    said = {name: _said(name, text, details, lang) for name, text in details.items()}
    text = next(form.format(**said) for form in (sentence.whole, sentence.full, sentence.plain) if _fits(form, said))
    note = details.get("note")
    return f"{text} ({note})" if note else text


def _fits(form: str, said: Mapping[str, str]) -> bool:
    return bool(form) and all(name in said for _, name, _, _ in Formatter().parse(form) if name)


def _said(name: str, text: str, details: Mapping[str, str], lang: str) -> str:
    """One detail in words; as it stands where it cannot be read."""
    form = _FORMS.get(name)
    if form is None:
        return text
    try:
        return form(text, details.get("unit", ""), lang)
    except (InvalidOperation, ValueError):
        return text


def _figure(text: str, unit: str, lang: str) -> str:
    return number(Decimal(text), unit, lang)


def _figures(text: str, unit: str, lang: str) -> str:
    return "; ".join(_figure(one, unit, lang) for one in text.split(";"))


def _distance(text: str, unit: str, lang: str) -> str:
    """A gap is no position: a rank is short by places, a percentage by points."""
    return change(Decimal(text), {"rank": "places"}.get(unit, unit), lang).lstrip("+")


_FORMS: Mapping[str, Callable[[str, str, str], str]] = {
    "value": _figure,
    "values": _figures,
    "distance": _distance,
    "change": lambda text, unit, lang: change(Decimal(text), unit, lang),
    "required": lambda text, unit, lang: per_year(Decimal(text), unit, lang),
    "best": lambda text, unit, lang: per_year(Decimal(text), unit, lang),
    "equivalent": lambda text, _, lang: decimal(Decimal(text), lang),
    "of": lambda text, _, lang: decimal(Decimal(text), lang),
    "figure": _figure,
    "by": lambda text, _, lang: day(date.fromisoformat(text), lang),
    "periods": lambda text, _, lang: ", ".join(period(Period.parse(one), lang) for one in text.split(";")),
    "period": lambda text, _, lang: period(Period.parse(text), lang),
    "since": lambda text, _, lang: period(Period.parse(text), lang),
    "status": lambda text, _, lang: say_status(text, lang),
    "other": lambda text, _, lang: ", ".join(say_status(one, lang) for one in text.split(",")),
    "symbol": lambda text, _, lang: say_native(text, lang),
    "method": lambda text, _, lang: say_method(text, lang),
}
