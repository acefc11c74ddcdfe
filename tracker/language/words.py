"""Names of statuses, alerts, methods and the like. A word that is missing is shown as its code."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.domain.alert import AlertType
from tracker.domain.assessment import Status
from tracker.domain.figure import Unit
from tracker.domain.observation import DoubtReason
from tracker.domain.source import Health
from tracker.domain.statement import Kind

Words = Mapping[str, tuple[str, str]]
"""Code to (Vietnamese, English)."""

STATUSES: Words = {
    Status.ACHIEVED: ("đã đạt", "achieved"),
    Status.ON_TRACK: ("đúng tiến độ", "on track"),
    Status.ACCELERATION_NEEDED: ("cần tăng tốc", "acceleration needed"),
    Status.LIMITED_PROGRESS: ("tiến triển hạn chế", "limited progress"),
    Status.MOVING_AWAY: ("đi ngược mục tiêu", "moving away"),
    Status.MISSED: ("không đạt", "missed"),
    Status.OVERDUE: ("quá hạn, chưa có số liệu cuối kỳ", "overdue"),
    Status.NO_TARGET: ("mục tiêu không có con số", "no numeric target"),
    Status.NOT_ASSESSABLE: ("chưa đánh giá được", "not assessable"),
}
ALERT_TYPES: Words = {
    AlertType.OBSERVATION: ("số liệu mới", "new figure"),
    AlertType.REVISION: ("số liệu được điều chỉnh", "figure revised"),
    AlertType.CONFLICT: ("các nguồn không thống nhất", "sources disagree"),
    AlertType.DOUBTFUL: ("số liệu đáng ngờ, chờ người xem xét", "doubtful figure, held for a person"),
    AlertType.TARGET_REACHED: ("đạt mục tiêu", "target reached"),
    AlertType.TARGET_MISSED: ("không đạt mục tiêu", "target missed"),
    AlertType.OVERDUE: ("quá hạn", "overdue"),
    AlertType.OFF_TRACK: ("chệch tiến độ", "off track"),
    AlertType.BACK_ON_TRACK: ("trở lại đúng tiến độ", "back on track"),
    AlertType.REGRESSED: ("thụt lùi", "regressed"),
    AlertType.DEADLINE_NEAR: ("sắp đến hạn", "deadline near"),
    AlertType.TARGET_CHANGED: ("mục tiêu thay đổi", "target changed"),
    AlertType.VANISHED: ("nguồn không còn nêu số liệu", "no longer stated by the source"),
    AlertType.STALE: ("lâu không có số liệu mới", "no new figure for long"),
    AlertType.SOURCE_FAILING: ("nguồn gặp lỗi", "source failing"),
    AlertType.SOURCE_RECOVERED: ("nguồn hoạt động trở lại", "source recovered"),
    AlertType.MET_LATE: ("đạt sau thời hạn", "met late"),
    AlertType.SUMMARY: ("tổng hợp", "summary"),
}
METHOD_NAMES: Words = {
    "rate-ratio/geometric": (
        "tỷ số tốc độ thực tế so với cần thiết, dạng tăng trưởng kép (ngưỡng 95/60/0 của Eurostat)",
        "ratio of actual to required growth rate (Eurostat thresholds 95/60/0)",
    ),
    "rate-ratio/linear": (
        "tỷ số tốc độ thực tế so với cần thiết, dạng tuyến tính (ngưỡng 95/60/0 của Eurostat)",
        "ratio of actual to required change per year (Eurostat thresholds 95/60/0)",
    ),
    "statcan": ("phương pháp của Cơ quan Thống kê Canada", "Statistics Canada's method"),
    "unsd": ("biểu đồ tiến độ 2023 của Cơ quan Thống kê Liên Hợp Quốc", "UN progress chart 2023"),
    "escap": ("chỉ số tiến độ dự kiến của UN ESCAP", "UN ESCAP's anticipated progress index"),
    "destatis": ("dự báo theo xu thế 5 năm của Destatis", "Destatis' five-year projection"),
    "sdsn": ("mũi tên xu thế của SDSN", "SDSN's trend arrows"),
}
NATIVE: Words = {
    "significant_progress": ("tiến bộ đáng kể", "significant progress"),
    "moderate_progress": ("tiến bộ vừa phải", "moderate progress"),
    "insufficient_progress": ("tiến bộ chưa đủ", "insufficient progress"),
    "movement_away": ("xa dần mục tiêu", "movement away"),
    "target_achieved": ("đạt mục tiêu", "target achieved"),
    "on_track": ("đúng tiến độ", "on track"),
    "acceleration_needed": ("cần tăng tốc", "acceleration needed"),
    "limited_progress": ("tiến triển hạn chế", "limited progress"),
    "deterioration": ("xấu đi", "deterioration"),
    "not_assessable": ("không đánh giá được", "unable to assess"),
    "3": ("mức 3: đạt hoặc đúng tiến độ", "3: met or on track"),
    "2": ("mức 2: tiến triển khá, cần tăng tốc", "2: fair progress, acceleration needed"),
    "1": ("mức 1: chững lại hoặc thụt lùi", "1: stagnation or regression"),
    "maintain": ("duy trì", "maintain"),
    "accelerate": ("tăng tốc", "accelerate"),
    "reverse": ("đảo chiều", "reverse"),
    "sun": ("nắng", "sun"),
    "slightly_cloudy": ("ít mây", "slightly cloudy"),
    "cloud": ("mây", "cloud"),
    "thunderstorm": ("giông", "thunderstorm"),
    "maintaining": ("duy trì mức đã đạt", "maintaining"),
    "moderately_improving": ("cải thiện vừa phải", "moderately improving"),
    "stagnating": ("chững lại", "stagnating"),
    "decreasing": ("giảm sút", "decreasing"),
}
DOUBTS: Words = {
    DoubtReason.LOW_CONFIDENCE: ("cách đọc chưa đủ chắc chắn", "the reading is not certain enough"),
    DoubtReason.OUTSIDE_DOMAIN: ("giá trị nằm ngoài miền có thể có", "the value is outside what is possible"),
    DoubtReason.DECIMAL_JUMP: (
        "lệch hàng chục lần so với các kỳ khác, có thể nhầm dấu thập phân",
        "off by a power of ten from the other periods, a decimal sign may be misread",
    ),
    DoubtReason.SECOND_READER: ("bộ đọc thứ hai đọc khác", "the second reader reads it otherwise"),
    DoubtReason.REJECTED: ("đã có người bác bỏ", "rejected by a person"),
}
HEALTH: Words = {
    Health.UNKNOWN: ("chưa kiểm tra", "never checked"),
    Health.OK: ("bình thường", "ok"),
    Health.NO_DATA: ("không có số liệu", "no data"),
    Health.FAILING: ("đang lỗi", "failing"),
    Health.STALE: ("lâu không đổi", "stale"),
}
KINDS: Words = {
    Kind.OBSERVATION: ("số liệu", "observation"),
    Kind.REFERENCE: ("số liệu tham chiếu", "reference"),
    Kind.TARGET: ("mục tiêu", "target"),
    Kind.FORECAST: ("dự báo", "forecast"),
    Kind.DELTA: ("mức thay đổi", "change"),
}
UNITS: Words = {
    Unit.PERCENT: ("phần trăm", "per cent"),
    Unit.RANK: ("thứ hạng", "rank"),
    Unit.COUNT: ("số lượng", "count"),
    Unit.VND: ("đồng", "VND"),
    Unit.USD: ("đô la Mỹ", "US dollars"),
    Unit.INDEX: ("chỉ số", "index"),
    Unit.RATIO: ("tỷ số", "ratio"),
}


def say(words: Words, code: str, lang: str) -> str:
    """The word for ``code``; the code itself where there is none."""
    vietnamese, english = words.get(code, (code, code))
    return vietnamese if lang == "vi" else english


def say_status(status: Status | str, lang: str) -> str:
    """Where a target stands, in two or three words."""
    return say(STATUSES, status, lang)


def say_alert_type(kind: AlertType | str, lang: str) -> str:
    """What an alert is about."""
    return say(ALERT_TYPES, kind, lang)


def say_method(method: str, lang: str) -> str:
    """The name of a progress method."""
    return say(METHOD_NAMES, method, lang)


def say_native(native: str, lang: str) -> str:
    """A class in the words of the method that gave it."""
    return say(NATIVE, native, lang)


def say_doubt(reason: DoubtReason | str, lang: str) -> str:
    """Why a figure is held for a person."""
    return say(DOUBTS, reason, lang)


def say_health(health: Health | str, lang: str) -> str:
    """How a source is doing."""
    return say(HEALTH, health, lang)


def say_kind(kind: Kind | str, lang: str) -> str:
    """What a statement claims to be."""
    return say(KINDS, kind, lang)


def say_unit(unit: Unit | str, lang: str) -> str:
    """The name of a unit."""
    return say(UNITS, unit, lang)
