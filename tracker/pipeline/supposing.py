"""``tracker assess``: where targets would stand with the next figure, and what it would have to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlmodel import Session

from tracker.assess import Supposed, next_period, suppose
from tracker.domain.indicator import Indicator
from tracker.domain.period import Period
from tracker.errors import UsageError
from tracker.language import number, period, say_reason, say_status
from tracker.pipeline.naming import unknown
from tracker.pipeline.service import Service
from tracker.pipeline.view import Held, hold, one_series
from tracker.report.as_json import number as json_number
from tracker.report.as_page import say_goal
from tracker.report.words import word


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a person supposes; ``period`` None is the one after the latest."""

    value: Decimal | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One target as it stands, and as it would."""

    held: Held
    indicator: Indicator
    value: Decimal | None
    supposed: Supposed


def parse_what_if(text: str | None) -> WhatIf:
    """``value=84,period=2025``, either of them alone too; ``UsageError`` says what was expected."""
    expected = "expected value=NUMBER,period=PERIOD such as value=84.5,period=2025"
    parts: dict[str, str] = {}
    for part in (text or "").split(","):
        name, equals, given = part.strip().partition("=")
        if part.strip() and (not equals or name not in ("value", "period") or name in parts or not given):
            raise UsageError(f"--what-if: {part.strip()!r} is not understood; {expected}")
        if part.strip():
            parts[name] = given
    try:
        value = Decimal(parts["value"]) if "value" in parts else None
        when = Period.parse(parts["period"]) if "period" in parts else None
    except InvalidOperation:
        raise UsageError(f"--what-if: {parts['value']!r} is no number; {expected}") from None
    except ValueError as error:
        raise UsageError(f"--what-if: {error}") from None
    if value is not None and not value.is_finite():
        raise UsageError(f"--what-if: {value} is no number; {expected}")
    return WhatIf(value, when)


def answers(
    session: Session, service: Service, id: str | None, wanted: WhatIf, now: datetime, as_of: date | None
) -> Iterator[Answer]:
    """One answer per target of ``id``, a target's or an indicator's; every target without one."""
    indicators = [one.id for one in service.catalogue.indicators]
    if id is not None and id not in service.targets and id not in indicators:
        raise unknown("indicator or target", id, [*indicators, *service.targets])
    day = as_of or service.today(now)
    for key, ids in service.targets_of.items():
        chosen = [one for one in ids if id in (None, one, key[0])]
        if not chosen:
            continue
        series = one_series(session, service, key, published_by=as_of)
        held = hold(service, {key: series}, day)
        indicator = service.catalogue.indicator(key[0])
        for one in (held[each] for each in chosen if each in held):
            latest = one.assessment.latest or series.latest
            when = wanted.period or (next_period(latest.period) if latest else None)
            if when is None:
                raise UsageError(f"{one.target.id}: nobody can tell the next period; say --what-if period=2025")
            supposed = suppose(one.target, indicator, series, period=when, value=wanted.value, as_of=day)
            yield Answer(one, indicator, wanted.value, supposed)


def answer_json(one: Answer, language: str) -> dict[str, Any]:
    """The same for programs."""
    target, supposed, then = one.held.target, one.supposed, one.supposed.assessment
    return {
        "target": target.id,
        "indicator": target.indicator,
        "area": target.area,
        "status_now": one.held.assessment.status.value,
        "period": str(supposed.period),
        "as_of": supposed.as_of.isoformat(),
        "value": json_number(one.value),
        "status": None if then is None else then.status.value,
        "ratio": None if then is None else then.ratio,
        "reasons": []
        if then is None
        else [{"code": reason.code, "text": say_reason(reason, language)} for reason in then.reasons],
        "needed": {
            "on_track": json_number(supposed.for_on_track),
            "achieved": json_number(supposed.for_achieved),
        },
    }


def answer_text(one: Answer, language: str) -> str:
    """The same for people."""
    supposed, then, unit = one.supposed, one.supposed.assessment, one.indicator.unit.value
    when = period(supposed.period, language)
    lines = [
        f"{one.held.target.id}: {say_goal(one.held.target, one.indicator, language)}",
        f"  {word('now', language)}: {say_status(one.held.assessment.status, language)}",
    ]
    if then is not None and one.value is not None:
        lines.append(f"  {number(one.value, unit, language)} ({when}) → {say_status(then.status, language)}")
        lines += [f"  - {say_reason(reason, language)} [{reason.code}]" for reason in then.reasons]
    for status, value in (("on_track", supposed.for_on_track), ("achieved", supposed.for_achieved)):
        if value is not None:
            bound = word(one.held.target.comparator.value, language)
            lines.append(f"  {say_status(status, language)} ({when}): {bound} {number(value, unit, language)}")
    if supposed.for_on_track is None and supposed.for_achieved is None:
        lines.append(f"  {word('no_figure_would', language)}")
    return "\n".join(lines)
