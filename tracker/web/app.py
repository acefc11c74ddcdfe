"""The HTTP side of the daemon. It only reads; the state is moved by the scheduler."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse

from tracker import __version__
from tracker.errors import StateError
from tracker.pipeline.cards import keep, status_answer
from tracker.pipeline.service import Service

#: The scheduler is taken for dead when it has not ticked for this long.
PATIENCE = timedelta(seconds=30)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


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
        response.headers.update(_HEADERS)
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
    def status(
        as_of: Annotated[str | None, Query(description="A day as 2022-10-01")] = None,
    ) -> Response:
        day = _day(as_of)
        with service.store.read() as session:
            answer = status_answer(session, service, clock(), day)
        keep(service, answer.made)
        return Response(answer.text, media_type="application/json")

    return app


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise HTTPException(422, "as_of: expected a day as 2022-10-01") from None
