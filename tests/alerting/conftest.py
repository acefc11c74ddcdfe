from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from tracker.alerting import Watched
from tracker.domain.assessment import Assessment, Reason, Status
from tracker.domain.figure import Figure, Qualifier, Unit
from tracker.domain.indicator import Area, Better, Break, Catalogue, Indicator
from tracker.domain.observation import Doubt, DoubtReason, Evidence, Observation, Series
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published
from tracker.domain.target import Comparator, Target

NOW = datetime(2025, 6, 1, 8, 0, tzinfo=UTC)


def evidence(value, period="2024", *, source="so-lieu", doc="bai.html", published="2025-05-20", **more):
    figure = Figure(
        Decimal(str(value)),
        more.pop("unit", Unit.PERCENT),
        more.pop("high", None),
        more.pop("qualifier", Qualifier.EXACT),
    )
    fields = {
        "id": 0,
        "indicator": "ho-so",
        "area": "Vietnam",
        "kind": Kind.OBSERVATION,
        "figure": figure,
        "period": Period.parse(period),
        "period_stated": True,
        "published": Published(Period.parse(published), "given"),
        "source": source,
        "doc": doc,
        "quote": f"Tỷ lệ hồ sơ trực tuyến đạt {value}%",
        "start": 0,
        "end": 30,
        "snapshot": None,
        "rule_version": "1",
        "confidence": 0.99,
        "accepted": True,
        "recorded_at": NOW,
    }
    return Evidence(**{**fields, **more})


def observation(value, period="2024", *, conflicting=(), **more):
    lead = evidence(value, period, **more)
    return Observation(lead.indicator, lead.area, lead.period, lead.figure, (lead,), (), tuple(conflicting))


def series(*observations, doubtful=()):
    return Series("ho-so", "Vietnam", tuple(observations), tuple(doubtful))


def indicator(better=Better.HIGHER, breaks=()):
    return Indicator(
        "ho-so",
        (("vi", "Tỷ lệ hồ sơ trực tuyến"), ("en", "Share of online filings")),
        (),
        Unit.PERCENT,
        better,
        "Vietnam",
        frozenset({"Vietnam"}),
        tuple(Break(Period.parse(text)) for text in breaks),
    )


def target(value="80", by=date(2025, 12, 31)):
    return Target("ho-so-80", "ho-so", "Vietnam", Comparator.AT_LEAST, Decimal(value), by)


def assessment(status, *, latest=None, reasons=(), days_left=213, **more):
    fields = {
        "target": "ho-so-80",
        "as_of": NOW.date(),
        "status": status,
        "reasons": tuple(Reason(code) for code in reasons),
        "method": "rate-ratio/linear",
        "ratio": 0.5,
        "progress": 0.4,
        "baseline": None,
        "latest": latest,
        "previous": None,
        "delta": None,
        "required_per_year": 8.25,
        "achieved_per_year": 4.0,
        "projection": None,
        "days_left": days_left,
        "native": "limited",
    }
    return Assessment(**{**fields, **more})


def watched(language="vi", *, better=Better.HIGHER, breaks=(), targets=None):
    areas = (Area("Vietnam", ("Việt Nam",)), Area("World", ("thế giới",), comparator=True))
    catalogue = Catalogue(areas, (indicator(better, breaks),))
    return Watched(catalogue, targets if targets is not None else {"ho-so-80": target()}, language)


@pytest.fixture
def make():
    """Short ways to make what detection reads."""
    return SimpleNamespace(
        evidence=evidence,
        observation=observation,
        series=series,
        target=target,
        assessment=assessment,
        watched=watched,
        doubt=lambda piece, reason=DoubtReason.DECIMAL_JUMP: Doubt(piece, reason),
        now=NOW,
        status=Status,
    )
