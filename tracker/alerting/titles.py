"""One sentence per alert, in Vietnamese or English."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tracker.alerting.payload import one_line
from tracker.domain.assessment import Assessment, Status
from tracker.domain.figure import Figure, Qualifier, Unit
from tracker.domain.indicator import Catalogue
from tracker.domain.observation import Doubt, Observation
from tracker.domain.source import SourceState
from tracker.domain.target import Comparator, Target

_HEDGES = {
    "vi": {
        Qualifier.ABOUT: "khoảng",
        Qualifier.ALMOST: "gần",
        Qualifier.MORE_THAN: "hơn",
        Qualifier.AT_LEAST: "ít nhất",
        Qualifier.LESS_THAN: "dưới",
        Qualifier.AT_MOST: "nhiều nhất",
        Qualifier.ESTIMATED: "ước tính",
    },
    "en": {
        Qualifier.ABOUT: "about",
        Qualifier.ALMOST: "almost",
        Qualifier.MORE_THAN: "more than",
        Qualifier.AT_LEAST: "at least",
        Qualifier.LESS_THAN: "less than",
        Qualifier.AT_MOST: "at most",
        Qualifier.ESTIMATED: "an estimated",
    },
}

_STATUSES = {
    "vi": {
        Status.ACHIEVED: "đã đạt",
        Status.ON_TRACK: "đúng tiến độ",
        Status.ACCELERATION_NEEDED: "cần đẩy nhanh",
        Status.LIMITED_PROGRESS: "tiến triển chậm",
        Status.MOVING_AWAY: "đang xa dần mục tiêu",
        Status.MISSED: "không đạt",
        Status.OVERDUE: "đã đến hạn, chưa có số liệu cuối",
        Status.NO_TARGET: "không có mục tiêu bằng số",
        Status.NOT_ASSESSABLE: "chưa đánh giá được",
    },
    "en": {
        Status.ACHIEVED: "achieved",
        Status.ON_TRACK: "on track",
        Status.ACCELERATION_NEEDED: "acceleration needed",
        Status.LIMITED_PROGRESS: "limited progress",
        Status.MOVING_AWAY: "moving away from the target",
        Status.MISSED: "missed",
        Status.OVERDUE: "overdue, no final figure yet",
        Status.NO_TARGET: "no numeric target",
        Status.NOT_ASSESSABLE: "not assessable",
    },
}

_SENTENCES = {
    "vi": {
        "observation": "{what}: số liệu mới {figure} ({period})",
        "since": "{sentence}, kỳ trước {figure} ({period})",
        "revision": "{what}: số liệu {period} sửa từ {old} thành {figure}",
        "conflict": "{what}: các nguồn nêu khác nhau cho {period}: {figures}",
        "doubtful": "{what}: số liệu đáng ngờ {figure} ({period}) từ {source}, chờ người xem xét",
        "regressed": "{what}: xấu đi từ {old} ({before}) thành {figure} ({period})",
        "target_reached": "{what}: đã đạt mục tiêu {goal}{with_latest}",
        "target_missed": "{what}: không đạt mục tiêu {goal}{with_latest}",
        "overdue": "{what}: mục tiêu {goal} đã đến hạn mà chưa có số liệu cuối{with_latest}",
        "met_late": "{what}: đạt mục tiêu {goal} sau thời hạn",
        "off_track": "{what}: chệch tiến độ tới mục tiêu {goal}: {status}{with_latest}",
        "back_on_track": "{what}: trở lại đúng tiến độ tới mục tiêu {goal}: {status}{with_latest}",
        "deadline_near": "{what}: còn {days} ngày đến hạn mục tiêu {goal}: {status}{with_latest}",
        "stale_target": "{what}: số liệu mới nhất đã cũ{with_latest}",
        "stale": "Nguồn {source} không có gì mới trong thời gian chờ đợi: {reason}",
        "source_failing": "Nguồn {source} đang lỗi: {reason}",
        "source_recovered": "Nguồn {source} đã hoạt động trở lại",
        "summary": "Tổng hợp {count} thông báo",
        "vanished": "{what}: nguồn {source} không còn nêu số liệu",
        "rehearsal": "Thư thử của kênh {channel}: cảnh báo sẽ đến đây",
        "latest": " (mới nhất {figure}, {period})",
        "at_least": "ít nhất {value} đến {by}",
        "at_most": "nhiều nhất {value} đến {by}",
        "no_number": "đến {by}",
    },
    "en": {
        "observation": "{what}: new figure {figure} ({period})",
        "since": "{sentence}, before it {figure} ({period})",
        "revision": "{what}: the figure for {period} is revised from {old} to {figure}",
        "conflict": "{what}: sources disagree on {period}: {figures}",
        "doubtful": "{what}: implausible figure {figure} ({period}) from {source}, held for a person",
        "regressed": "{what}: worse, from {old} ({before}) to {figure} ({period})",
        "target_reached": "{what}: target {goal} reached{with_latest}",
        "target_missed": "{what}: target {goal} missed{with_latest}",
        "overdue": "{what}: target {goal} is due and has no final figure{with_latest}",
        "met_late": "{what}: target {goal} met after its deadline",
        "off_track": "{what}: off track for {goal}: {status}{with_latest}",
        "back_on_track": "{what}: back on track for {goal}: {status}{with_latest}",
        "deadline_near": "{what}: {days} days left for {goal}: {status}{with_latest}",
        "stale_target": "{what}: the latest figure has grown old{with_latest}",
        "stale": "Source {source} has brought nothing in the time it should have: {reason}",
        "source_failing": "Source {source} is failing: {reason}",
        "source_recovered": "Source {source} works again",
        "summary": "Summary of {count} alerts",
        "vanished": "{what}: source {source} no longer states a figure",
        "rehearsal": "Test of channel {channel}: alerts will arrive here",
        "latest": " (latest {figure}, {period})",
        "at_least": "at least {value} by {by}",
        "at_most": "at most {value} by {by}",
        "no_number": "by {by}",
    },
}


def say(sentence: str, language: str, /, **parts: object) -> str:
    """A sentence with its parts filled in, on one line; an unknown language is told in English."""
    forms = _SENTENCES.get(language, _SENTENCES["en"])
    return one_line(forms[sentence].format_map({name: str(part) for name, part in parts.items()}))


def say_figure(figure: Figure, language: str) -> str:
    """``khoảng 92,5%``, ``about 92.5%``; a range with both ends."""
    text = _number(figure.value, language)
    if figure.high is not None:
        text = f"{text}–{_number(figure.high, language)}"
    hedge = _HEDGES.get(language, _HEDGES["en"]).get(figure.qualifier)
    return " ".join(part for part in (hedge, _with_unit(text, figure.unit, language)) if part)


def say_number(value: Decimal, unit: str, language: str) -> str:
    """A bare value with its unit."""
    return _with_unit(_number(value, language), unit, language)


def say_status(status: Status, language: str) -> str:
    """A status in words."""
    return _STATUSES.get(language, _STATUSES["en"])[status]


def say_day(day: date, language: str) -> str:
    """``31/12/2030`` in Vietnamese, ``2030-12-31`` in English."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if language == "vi" else day.isoformat()


def subject_of(catalogue: Catalogue, indicator: str, area: str, language: str) -> str:
    """The indicator's name with the area it is about; the id where it is no longer configured."""
    try:
        name = catalogue.indicator(indicator).name(language)
    except KeyError:
        name = indicator
    return one_line(f"{name} ({area})", 160)


def say_goal(target: Target, unit: str, language: str) -> str:
    """``at most 80 by 2022-12-31``."""
    by = say_day(target.by, language)
    if target.value is None:
        return say("no_number", language, by=by)
    form = "at_least" if target.comparator is Comparator.AT_LEAST else "at_most"
    return say(form, language, value=say_number(target.value, unit, language), by=by)


def observation_title(what: str, new: Observation, earlier: Observation | None, language: str) -> str:
    """A new figure, and the one of the reference period before it."""
    sentence = say("observation", language, what=what, figure=say_figure(new.figure, language), period=new.period)
    if earlier is None:
        return sentence
    figure = say_figure(earlier.figure, language)
    return say("since", language, sentence=sentence, figure=figure, period=earlier.period)


def changed_title(kind: str, what: str, old: Observation, new: Observation, language: str) -> str:
    """A revision or a regress: from one figure to another."""
    return say(
        kind,
        language,
        what=what,
        old=say_figure(old.figure, language),
        before=old.period,
        figure=say_figure(new.figure, language),
        period=new.period,
    )


def conflict_title(what: str, observation: Observation, language: str) -> str:
    """Every figure with the source that states it."""
    stated = [(observation.figure, observation.source)]
    stated += [(other.figure, other.source) for other in observation.conflicting]
    figures = ", ".join(f"{say_figure(figure, language)} [{source}]" for figure, source in stated)
    return say("conflict", language, what=what, period=observation.period, figures=figures)


def doubtful_title(what: str, doubt: Doubt, language: str) -> str:
    """A figure that waits for a person."""
    evidence = doubt.evidence
    figure = say_figure(evidence.figure, language)
    return say("doubtful", language, what=what, figure=figure, period=evidence.period, source=evidence.source)


def target_title(kind: str, what: str, unit: str, target: Target, assessment: Assessment, language: str) -> str:
    """What happened to a target, its goal, its status and its latest figure."""
    latest = assessment.latest
    return say(
        kind,
        language,
        what=what,
        goal=say_goal(target, unit, language),
        status=say_status(assessment.status, language),
        days=assessment.days_left,
        with_latest="" if latest is None else say_latest(latest, language),
    )


def say_latest(latest: Observation, language: str) -> str:
    """The latest figure in brackets, with a blank before it."""
    return " " + say("latest", language, figure=say_figure(latest.figure, language), period=latest.period)


def source_title(kind: str, state: SourceState, language: str) -> str:
    """How a source is doing."""
    return say(kind, language, source=state.id, reason=state.reason or "?")


def _number(value: Decimal, language: str) -> str:
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text


def _with_unit(text: str, unit: str, language: str) -> str:
    match unit:
        case Unit.PERCENT:
            return f"{text}%"
        case Unit.RANK:
            return f"hạng {text}" if language == "vi" else f"rank {text}"
        case Unit.VND | Unit.USD:
            return f"{text} {unit}"
        case _:
            return text
