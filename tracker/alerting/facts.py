"""The rows of a message: what an alert's data says, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.alerting import titles
from tracker.alerting.payload import one_line
from tracker.domain.assessment import Status
from tracker.domain.figure import Figure, Qualifier

_LABELS = {
    "vi": {
        "figure": "Số liệu",
        "period": "Kỳ số liệu",
        "before": "Trước khi sửa",
        "latest": "Mới nhất",
        "previous": "Kỳ trước",
        "conflicting": "Nguồn khác nêu",
        "goal": "Mục tiêu",
        "status": "Tình trạng",
        "status_before": "Trước đó",
        "required_per_year": "Cần mỗi năm",
        "achieved_per_year": "Đạt mỗi năm",
        "ratio": "Tỷ số nhịp độ",
        "days_left": "Số ngày còn lại",
        "since": "Từ lúc",
        "reason": "Lý do",
        "source": "Nguồn",
        "published": "Công bố",
        "doc": "Tài liệu",
    },
    "en": {
        "figure": "Figure",
        "period": "Reference period",
        "before": "Before the revision",
        "latest": "Latest",
        "previous": "Previous",
        "conflicting": "Stated elsewhere",
        "goal": "Target",
        "status": "Status",
        "status_before": "Before",
        "required_per_year": "Required per year",
        "achieved_per_year": "Achieved per year",
        "ratio": "Pace ratio",
        "days_left": "Days left",
        "since": "Since",
        "reason": "Reason",
        "source": "Source",
        "published": "Published",
        "doc": "Document",
    },
}


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
        rows = [(name, str(data.get(name) or "")) for name in ("source", "since", "reason")]
    elif "value" in data:
        rows = [("figure", _stated(data, language, dated=False)), ("period", str(data["period"]))]
    else:
        rows = []
    for name in ("before", "latest", "previous"):
        if data.get(name):
            rows.append((name, _stated(data[name], language)))
    rows += [("conflicting", _stated(other, language, named=True)) for other in data.get("conflicting", ())]
    return rows


def _target_rows(data: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    unit = (data.get("latest") or {}).get("unit", "")
    rows = [("goal", _goal(data, unit, language)), ("status", _status(data["status"], language))]
    before = data.get("status_before")
    if before and before != data["status"]:
        rows.append(("status_before", _status(before, language)))
    rows += [
        (name, titles.say_number(_rounded(data[name]), "", language))
        for name in ("required_per_year", "achieved_per_year", "ratio")
        if data.get(name) is not None
    ]
    return [*rows, ("days_left", str(data["days_left"]))]


def _goal(data: Mapping[str, Any], unit: str, language: str) -> str:
    by = titles.say_day(date.fromisoformat(data["by"]), language)
    if data.get("value") is None:
        return titles.say("no_number", language, by=by)
    value = titles.say_number(Decimal(str(data["value"])), unit, language)
    return titles.say(data["comparator"], language, value=value, by=by)


def _status(status: str, language: str) -> str:
    return titles.say_status(Status(status), language)


def _stated(data: Mapping[str, Any], language: str, *, dated: bool = True, named: bool = False) -> str:
    high = data.get("value_high")
    figure = Figure(
        Decimal(str(data["value"])),
        str(data["unit"]),
        None if high is None else Decimal(str(high)),
        Qualifier(data["qualifier"]),
    )
    text = titles.say_figure(figure, language)
    if dated:
        text = f"{text} ({data['period']})"
    return f"{text} [{data['source']}]" if named else text


def _rounded(value: float) -> Decimal:
    # Three significant digits: a pace is compared, not audited; the data beside it has them all.
    return Decimal(f"{value:.3g}")
