"""The HTTP side of the daemon. It only reads; the state is moved by the scheduler."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from tracker import __version__
from tracker.errors import StateError, UsageError
from tracker.pipeline.cards import keep, status_answer
from tracker.pipeline.history import history_json, series_of
from tracker.pipeline.reporting import status_report
from tracker.pipeline.service import Service
from tracker.report.as_page import to_html
from tracker.report.words import word
from tracker.store.alerts import list_alerts
from tracker.store.outbox import outbox_counts
from tracker.web.feed import MEDIA_TYPE as ATOM
from tracker.web.feed import atom
from tracker.web.metrics import MEDIA_TYPE as PROMETHEUS
from tracker.web.metrics import metrics

AsOf = Annotated[str | None, Query(description="A day as 2022-10-01")]
#: The scheduler is taken for dead when it has not ticked for this long.
PATIENCE = timedelta(seconds=30)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
#: How many alerts the feed holds, the newest.
FEED_LENGTH = 50


@dataclass(slots=True)
class Pulse:
    """The scheduler's heartbeat: when it last ticked, and by job what is wrong, if anything."""

    last: datetime | None = None
    troubles: dict[str, str] = field(default_factory=dict)

    def complaint(self, now: datetime) -> str:
        """Why the service is not healthy; empty where it is."""
        if self.troubles:
            return "; ".join(self.troubles.values())
        if self.last is None:
            return "the scheduler has not ticked yet"
        if now - self.last > PATIENCE:
            return f"the scheduler has not ticked since {self.last.isoformat(timespec='seconds')}"
        return ""


def make_app(service: Service, pulse: Pulse, clock: Callable[[], datetime]) -> FastAPI:
    """The application of one service. ``clock`` tells the time, aware UTC."""
    app = FastAPI(title="Tracker", version=__version__, docs_url=None, redoc_url=None)

    @app.middleware("http")
    async def protect(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    @app.exception_handler(StateError)
    async def unreadable(request: Request, error: StateError) -> JSONResponse:
        return JSONResponse({"detail": str(error)}, status_code=503)

    @app.get("/healthz", summary="200 while the scheduler ticks, else 503 with the reason")
    def healthz(response: Response) -> dict[str, str]:
        complaint = pulse.complaint(clock())
        if complaint:
            response.status_code = 503
            return {"status": "failing", "reason": complaint}
        return {"status": "ok"}

    @app.get("/api/v1/status", summary="Every target and where it stands, as `tracker status --json`")
    def status(as_of: AsOf = None) -> Response:
        day = _day(as_of)
        with service.store.read() as session:
            answer = status_answer(session, service, clock(), day)
        keep(service, answer.made)
        return Response(answer.text, media_type="application/json")

    _add_figures(app, service, clock)
    _add_watching(app, service, pulse, clock)
    return app


def _add_figures(app: FastAPI, service: Service, clock: Callable[[], datetime]) -> None:
    """What people and programs look figures up in: the page and one indicator."""

    @app.get("/", summary="Every target and the latest value of every indicator, as a page")
    def page(as_of: AsOf = None) -> HTMLResponse:
        with service.store.read() as session:
            report = status_report(session, service, clock(), as_of=_day(as_of))
        html = to_html(report, service.configuration.timezone)
        return HTMLResponse(html, headers={"Content-Security-Policy": _policy(html)})

    @app.get("/api/v1/indicators/{id:path}", summary="One indicator, as `tracker history --json`")
    def indicator(id: str, area: str | None = None, as_of: AsOf = None) -> Response:
        with service.store.read() as session:
            try:
                found = series_of(session, service, id, area, _day(as_of))
            except UsageError as error:
                raise HTTPException(404, str(error)) from None
            answer = history_json(session, service, found)
        known = service.catalogue.indicator(id)
        about = {"id": known.id, "name": known.name(service.language), "unit": known.unit.value}
        answer = {**about, "better": known.better.value, **answer, "indicator": known.id}
        return Response(json.dumps(answer, ensure_ascii=False, allow_nan=False), media_type="application/json")


def _add_watching(app: FastAPI, service: Service, pulse: Pulse, clock: Callable[[], datetime]) -> None:
    """What other programs watch the service by: the feed of alerts and the metrics."""

    @app.get("/feed.atom", summary="The newest alerts as an Atom feed")
    def feed(request: Request) -> Response:
        with service.store.read() as session:
            alerts = list_alerts(session, limit=FEED_LENGTH)
        title = word("title", service.language)
        return Response(atom(alerts, title, str(request.base_url), clock()), media_type=ATOM)

    @app.get("/metrics", summary="The state of targets, sources and channels for Prometheus")
    def scraped() -> Response:
        now = clock()
        with service.store.read() as session:
            answer = status_answer(session, service, now)
            channels = outbox_counts(session)
        keep(service, answer.made)
        text = metrics(json.loads(answer.text), channels, healthy=not pulse.complaint(now), ticked=pulse.last)
        return Response(text, media_type=PROMETHEUS)


def _policy(html: str) -> str:
    """Nothing but the page's own style sheets, named by their hashes, so that no other one is ever applied."""
    digests = (hashlib.sha256(style.encode()).digest() for style in _STYLE.findall(html))
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return f"{_HEADERS['Content-Security-Policy']}; style-src {allowed}"


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise HTTPException(422, "as_of: expected a day as 2022-10-01") from None
