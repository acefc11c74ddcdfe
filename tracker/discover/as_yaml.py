"""A discovery as entries to paste into a configuration, and as JSON."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from tracker.discover.findings import Finding
from tracker.discover.groups import Discovery, Goal, Proposal
from tracker.domain.indicator import Catalogue
from tracker.language.readings import phrase

MOST_QUOTES = 3
_LONGEST = 300
_UNPRINTABLE = frozenset({"Cc", "Cs", "Cn", "Co", "Zl", "Zp"})


def to_yaml(found: Discovery, catalogue: Catalogue, language: str) -> str:
    """Valid when pasted into the configuration that was searched; what proves each entry stands above it."""
    tracked = [area.id for area in catalogue.areas if not area.comparator]
    counts = phrase("discovered", language, indicators=len(found.indicators), targets=len(found.targets))
    lines = [f"# {counts}", f"# {phrase('how_to_paste', language)}"]
    if found.indicators:
        lines.append("indicators:")
        for proposal in found.indicators:
            lines += _indicator(proposal, tracked, language)
    if found.targets:
        lines.append("targets:")
        for goal in found.targets:
            lines += _target(goal)
    return "\n".join(lines) + "\n"


def to_json(found: Discovery) -> dict[str, Any]:
    """The same for programs, with every quote."""
    return {
        "indicators": [
            {
                "id": one.id,
                "name": {one.language: one.name},
                "aliases": list(one.aliases),
                "unit": one.unit,
                "better": one.better.value,
                "areas": list(one.areas),
                "evidence": [_finding_json(each) for each in one.findings],
            }
            for one in found.indicators
        ],
        "targets": [
            {
                "id": one.id,
                "indicator": one.indicator,
                one.comparator.value: _number(one.value),
                "by": one.by.isoformat(),
                "area": one.area,
                "stated": {
                    "quote": one.quote,
                    "doc": one.doc,
                    "published": str(one.published.period) if one.published else None,
                },
                "confidence": one.confidence,
            }
            for one in found.targets
        ],
    }


def _indicator(one: Proposal, tracked: Sequence[str], language: str) -> Iterator[str]:
    quotes = list({(each.doc, each.quote): each for each in one.findings}.values())
    for each in quotes[:MOST_QUOTES]:
        yield f"  # {_comment(_proof(each.quote, each.doc, str(each.published.period) if each.published else ''))}"
    if len(quotes) > MOST_QUOTES:
        yield f"  # … +{len(quotes) - MOST_QUOTES}"
    yield f"  - id: {one.id}"
    yield f"    name: {{{one.language}: {_text(one.name)}}}"
    if one.aliases:
        yield f"    aliases: [{', '.join(_text(alias) for alias in one.aliases)}]"
    counted = next((each.counted for each in one.findings if each.counted and one.unit in ("count", "ratio")), "")
    note = f"   # {_comment(phrase('counted_in', language, what=counted))}" if counted else ""
    yield f"    unit: {one.unit}{note}"
    yield f"    better: {one.better.value}   # {phrase('guess', language)}"
    if one.areas:
        yield f"    area: {_text(one.areas[0])}"
        if len(one.areas) > 1:
            yield f"    scope: [{', '.join(_text(area) for area in one.areas)}]"
    elif len(tracked) > 1:
        yield f"    area: {_text(tracked[0])}   # {phrase('guess', language)}"


def _target(one: Goal) -> Iterator[str]:
    if one.confidence is not None:
        yield f"  # {one.confidence:.2f}"
    yield f"  - id: {one.id}" if one.id.isascii() else f"  - id: {_text(one.id)}"
    yield f"    indicator: {_text(one.indicator)}"
    yield f"    {one.comparator.value}: {_plain(one.value)}"
    yield f"    by: {one.by.isoformat()}"
    if one.area is not None:
        yield f"    area: {_text(one.area)}"
    yield "    stated:"
    yield f"      quote: {_text(one.quote)}"
    if one.doc.startswith(("http://", "https://")):
        yield f"      url: {_text(one.doc)}"
    if one.published is not None:
        yield f"      published: {_text(str(one.published.period))}"


def _proof(quote: str, doc: str, published: str) -> str:
    short = quote if len(quote) <= _LONGEST else quote[:_LONGEST] + "…"
    return f"“{short}” {doc}" + (f", {published}" if published else "")


def _text(value: str) -> str:
    """A quoted YAML text; JSON's quoting is YAML's."""
    return json.dumps(_printable(value), ensure_ascii=False)


def _comment(value: str) -> str:
    """One line, whatever the text holds."""
    return " ".join(_printable(value).split())


def _printable(value: str) -> str:
    """Without what YAML takes for a line's end or refuses."""
    return "".join(" " if unicodedata.category(one) in _UNPRINTABLE else one for one in value)


def _plain(value: Decimal) -> str:
    return str(_number(value))


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _finding_json(one: Finding) -> dict[str, Any]:
    return {
        "doc": one.doc,
        "published": str(one.published.period) if one.published else None,
        "name": one.name,
        "value": _number(one.value),
        "unit": one.unit,
        "kind": "target" if one.by else "observation",
        "period": one.by.isoformat() if one.by else str(one.period) if one.period else None,
        "area": one.area,
        "quote": one.quote,
    }
