"""The rows of a message: what an alert's data says, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.alerting import titles
from tracker.alerting.payload import one_line
from tracker.domain.period import Period
from tracker.language import day, number, per_year, period, say_status

_LABELS = {
    "vi": {
        "figure": "Số liệu",
        "period": "Kỳ số liệu",
        "before": "Trước khi sửa",
        "latest": "Mới nhất",
        "previous": "Kỳ trước",
        "conflicting": "Nguồn khác nêu",
        "goal": "Mục tiêu",
        "stated": "Nguồn nêu",
        "status": "Tình trạng",
        "status_before": "Trước đó",
        "required_per_year": "Nhịp cần có",
        "achieved_per_year": "Nhịp thực tế",
        "days_left": "Số ngày còn lại",
        "days_past": "Quá hạn (ngày)",
        "since": "Từ lúc",
        "reason": "Ghi chú",
        "source": "Nguồn",
    },
    "en": {
        "figure": "Figure",
        "period": "Reference period",
        "before": "Before the revision",
        "latest": "Latest",
        "previous": "Previous",
        "conflicting": "Stated elsewhere",
        "goal": "Target",
        "stated": "As the source states it",
        "status": "Status",
        "status_before": "Before",
        "required_per_year": "Required pace",
        "achieved_per_year": "Actual pace",
        "days_left": "Days left",
        "days_past": "Days past",
        "since": "Since",
        "reason": "Note",
        "source": "Source",
    },
}

_MINUTES = len("2025-06-01T08:00")


@dataclass(frozen=True, slots=True)
class Proof:
    """The words that say it, and where they stand. ``link`` is empty unless it is a web address."""

    quote: str
    source: str
    published: str
    doc: str

    @property
    def link(self) -> str:
        """The document's web address, or nothing."""
        return self.doc if self.doc.lower().startswith(("http://", "https://")) else ""


def facts(data: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """Label and value, in reading order; what the data lacks has no row."""
    labels = _LABELS.get(language, _LABELS["en"])
    return [(labels[name], one_line(text)) for name, text in _rows(data, language) if text]


def proof(data: Mapping[str, Any]) -> Proof | None:
    """The quote of the alert, or of the latest figure behind it."""
    for holder in (data, data.get("latest")):
        if isinstance(holder, Mapping) and holder.get("quote"):
            latest = data.get("latest") or {}
            doc = holder.get("doc") or latest.get("doc") or ""
            return Proof(str(holder["quote"]), str(holder.get("source")), str(holder.get("published")), str(doc))
    return None


def _rows(data: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    if "target" in data:
        rows = _target_rows(data, language)
    elif "state" in data:
        since = (data.get("since") or "")[:_MINUTES].replace("T", " ")
        rows = [("source", data["source"]), ("since", since), ("reason", data.get("reason") or "")]
    elif "value" in data:
        rows = [("figure", _stated(data, language, dated=False)), ("period", _when(data, language))]
    else:
        rows = []
    rows += [(name, _stated(data[name], language)) for name in ("before", "latest", "previous") if data.get(name)]
    return rows + [("conflicting", _stated(other, language, named=True)) for other in data.get("conflicting", ())]


def _target_rows(data: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    unit = data["unit"]
    stated = [("stated", _goal({**data, **data["stated"]}, language))] if "stated" in data else []
    rows = [("goal", _goal(data, language)), *stated, ("status", say_status(data["status"], language))]
    before = data.get("status_before")
    if before and before != data["status"]:
        rows.append(("status_before", say_status(before, language)))
    rows += [
        (name, per_year(float(data[name]), unit, language))
        for name in ("required_per_year", "achieved_per_year")
        if data.get(name) is not None
    ]
    reasons = [("reason", reason["text"]) for reason in data.get("reasons", ())]
    days = int(data["days_left"])
    return [*rows, ("days_left" if days >= 0 else "days_past", str(abs(days))), *reasons]


def _goal(data: Mapping[str, Any], language: str) -> str:
    by = day(date.fromisoformat(data["by"]), language)
    if data.get("value") is None:
        return titles.say("no_number", language, by=by)
    value = number(_decimal(data["value"]), data["unit"], language, None, data["comparator"])
    return titles.say("goal", language, value=value, by=by)


def _stated(data: Mapping[str, Any], language: str, *, dated: bool = True, named: bool = False) -> str:
    high = data.get("value_high")
    top = None if high is None else _decimal(high)
    text = number(_decimal(data["value"]), data["unit"], language, top, data.get("qualifier"))
    if dated:
        text = f"{text} ({_when(data, language)})"
    return f"{text} [{data['source']}]" if named else text


def _when(data: Mapping[str, Any], language: str) -> str:
    return period(Period.parse(data["period"]), language)


def _decimal(value: float) -> Decimal:
    return Decimal(str(value))
