"""One sentence per alert, in Vietnamese or English."""

from __future__ import annotations

from tracker.alerting.payload import one_line
from tracker.domain.assessment import Assessment
from tracker.domain.figure import Figure
from tracker.domain.indicator import Catalogue
from tracker.domain.observation import Doubt, Observation
from tracker.domain.source import SourceState
from tracker.domain.target import Target
from tracker.language import day, number, period, say_doubt, say_status

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
        "target_changed": "{what}: nguồn {source} nêu mục tiêu {stated}, khác với {goal} đang theo dõi",
        "stale_target": "{what}: số liệu mới nhất đã cũ{with_latest}",
        "stale": "Nguồn {source} không có gì mới trong thời gian chờ đợi: {reason}",
        "source_failing": "Nguồn {source} đang lỗi: {reason}",
        "source_recovered": "Nguồn {source} đã hoạt động trở lại",
        "first": "Lần đọc đầu tiên: tổng hợp {count} thông báo",
        "backfill": "Nạp tài liệu cũ: tổng hợp {count} thông báo",
        "import": "Nhập bảng số liệu: tổng hợp {count} thông báo",
        "replay": "Đọc lại tài liệu đã lưu: tổng hợp {count} thông báo",
        "vanished": "{what}: nguồn {source} không còn nêu số liệu",
        "rehearsal": "Thư thử của kênh {channel}: cảnh báo sẽ đến đây",
        "latest": "(mới nhất {figure}, {period})",
        "goal": "{value} đến {by}",
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
        "target_changed": "{what}: {source} states the target {stated}, not {goal} as tracked",
        "stale_target": "{what}: the latest figure has grown old{with_latest}",
        "stale": "Source {source} has brought nothing in the time it should have: {reason}",
        "source_failing": "Source {source} is failing: {reason}",
        "source_recovered": "Source {source} works again",
        "first": "First reading: summary, alerts: {count}",
        "backfill": "Old documents: summary, alerts: {count}",
        "import": "Imported table: summary, alerts: {count}",
        "replay": "Stored documents read again: summary, alerts: {count}",
        "vanished": "{what}: source {source} no longer states a figure",
        "rehearsal": "Test of channel {channel}: alerts will arrive here",
        "latest": "(latest {figure}, {period})",
        "goal": "{value} by {by}",
        "no_number": "by {by}",
    },
}


def say(sentence: str, language: str, /, **parts: object) -> str:
    """A sentence with its parts filled in, on one line; an unknown language is told in English."""
    forms = _SENTENCES.get(language, _SENTENCES["en"])
    return one_line(forms[sentence].format_map({name: str(part) for name, part in parts.items()}))


def say_figure(figure: Figure, language: str) -> str:
    """A figure as people write it, with its hedge: ``khoảng 92,5 %``; a range with both ends."""
    return number(figure.value, figure.unit, language, figure.high, figure.qualifier)


def subject_of(catalogue: Catalogue, indicator: str, area: str, language: str) -> str:
    """The indicator's name with the area it is about; the id where it is no longer configured."""
    try:
        name = catalogue.indicator(indicator).name(language)
    except KeyError:
        name = indicator
    return one_line(f"{name} ({area})", 160)


def say_goal(target: Target, unit: str, language: str) -> str:
    """``at most 80% by 31 December 2022``."""
    by = day(target.by, language)
    if target.value is None:
        return say("no_number", language, by=by)
    return say("goal", language, value=number(target.value, unit, language, None, target.comparator.value), by=by)


def observation_title(what: str, new: Observation, earlier: Observation | None, language: str) -> str:
    """A new figure, and the one of the reference period before it."""
    sentence = say(
        "observation", language, what=what, figure=say_figure(new.figure, language), period=period(new.period, language)
    )
    if earlier is None:
        return sentence
    figure = say_figure(earlier.figure, language)
    return say("since", language, sentence=sentence, figure=figure, period=period(earlier.period, language))


def changed_title(kind: str, what: str, old: Observation, new: Observation, language: str) -> str:
    """A revision or a regress: from one figure to another."""
    return say(
        kind,
        language,
        what=what,
        old=say_figure(old.figure, language),
        before=period(old.period, language),
        figure=say_figure(new.figure, language),
        period=period(new.period, language),
    )


def conflict_title(what: str, observation: Observation, language: str) -> str:
    """Every figure with the source that states it."""
    stated = [(observation.figure, observation.source)]
    stated += [(other.figure, other.source) for other in observation.conflicting]
    figures = ", ".join(f"{say_figure(figure, language)} [{source}]" for figure, source in stated)
    return say("conflict", language, what=what, period=period(observation.period, language), figures=figures)


def doubtful_title(what: str, doubt: Doubt, language: str) -> str:
    """A figure that waits for a person."""
    evidence = doubt.evidence
    figure = say_figure(evidence.figure, language)
    when = period(evidence.period, language)
    sentence = say("doubtful", language, what=what, figure=figure, period=when, source=evidence.source)
    return one_line(f"{sentence} ({say_doubt(doubt.reason, language)})")


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
    return " " + say(
        "latest", language, figure=say_figure(latest.figure, language), period=period(latest.period, language)
    )


def source_title(kind: str, state: SourceState, language: str) -> str:
    """How a source is doing."""
    return say(kind, language, source=state.id, reason=state.reason or "?")
