"""The JSON that alerts carry: numbers as numbers, dates as ISO text, nothing a receiver chokes on."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from tracker.domain.assessment import Assessment
from tracker.domain.figure import Figure
from tracker.domain.observation import Evidence, Observation
from tracker.domain.source import SourceState
from tracker.domain.target import Target
from tracker.language import say_reason

LONGEST_TEXT = 4_000
"""Characters of one text in an alert; a quote of a megabyte proves nothing that its beginning does not."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ud800-\udfff]")


def clean_text(text: str, limit: int = LONGEST_TEXT) -> str:
    """``text`` without what breaks mail, databases and JSON: control characters, lone surrogates.

    Tabs and line ends stay. A text longer than ``limit`` ends in an ellipsis.
    """
    text = _UNPRINTABLE.sub("\ufffd", text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def one_line(text: str, limit: int = 300) -> str:
    """``text`` fit for a header: one line, single blanks, at most ``limit`` characters."""
    return clean_text(" ".join(clean_text(text, limit * 8).split()), limit)


def number(value: Decimal | float | None) -> int | float | None:
    """A JSON number; a whole one without a fraction. What is not finite is no number: None."""
    if value is None or not math.isfinite(value):
        return None
    return int(value) if value == int(value) else float(value)


def plain(value: Any) -> Any:
    """``value`` as strict JSON, however deep: Decimal, dates, enums and odd texts made plain."""
    if isinstance(value, Mapping):
        return {clean_text(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int) else _plain_leaf(value)


def _plain_leaf(value: Any) -> Any:
    match value:
        case Enum():
            return plain(value.value)
        case float() | Decimal():
            return number(value)
        case datetime() | date():
            return value.isoformat()
        case _:
            return clean_text(str(value))


def figure_data(figure: Figure) -> dict[str, Any]:
    """``value, value_high, unit, qualifier``, and ``of`` where the text gives one."""
    data: dict[str, Any] = {
        "value": number(figure.value),
        "value_high": number(figure.high),
        "unit": figure.unit,
        "qualifier": figure.qualifier.value,
    }
    return data if figure.of is None else {**data, "of": figure.of}


def evidence_data(evidence: Evidence) -> dict[str, Any]:
    """One piece of evidence: the figure and everything that proves it."""
    return {
        **figure_data(evidence.figure),
        "period": str(evidence.period),
        "published": str(evidence.published.period),
        "source": evidence.source,
        "doc": clean_text(evidence.doc),
        "quote": clean_text(evidence.quote),
    }


def observation_data(observation: Observation | None) -> dict[str, Any] | None:
    """An observation as ``latest`` and ``previous`` carry it; None where there is none."""
    if observation is None:
        return None
    own = {**figure_data(observation.figure), "period": str(observation.period)}
    return {**evidence_data(observation.lead), **own}


def target_data(target: Target, assessment: Assessment, unit: str, language: str) -> dict[str, Any]:
    """A target and where it stands, under the names the status answer uses; ``unit`` is the indicator's."""
    delta, projection = assessment.delta, assessment.projection
    return {
        "target": target.id,
        "indicator": target.indicator,
        "area": target.area,
        "comparator": target.comparator.value,
        "value": number(target.value),
        "unit": unit,
        "by": target.by.isoformat(),
        "status": assessment.status.value,
        "reasons": [{"code": one.code, "text": say_reason(one, language)} for one in assessment.reasons],
        "method": assessment.method,
        "native": assessment.native,
        "ratio": number(assessment.ratio),
        "progress": number(assessment.progress),
        "required_per_year": number(assessment.required_per_year),
        "achieved_per_year": number(assessment.achieved_per_year),
        "days_left": assessment.days_left,
        "as_of": assessment.as_of.isoformat(),
        "latest": observation_data(assessment.latest),
        "previous": observation_data(assessment.previous),
        "delta": delta
        and {
            "absolute": number(delta.absolute),
            "percent": number(delta.percent),
            "per_year": number(delta.per_year),
        },
        "projection": projection
        and {
            "value": number(projection.value),
            "by": projection.by.isoformat(),
            "low": number(projection.low),
            "high": number(projection.high),
            "method": projection.method,
        },
    }


def source_data(state: SourceState) -> dict[str, Any]:
    """A source and how it is doing."""
    return {
        "source": state.id,
        "state": state.health.value,
        "since": state.since and state.since.isoformat(),
        "reason": clean_text(state.reason),
        "last_checked": state.last_checked and state.last_checked.isoformat(),
        "last_changed": state.last_changed and state.last_changed.isoformat(),
    }
