"""The product in one process, the clock in the test's hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tracker.config import load
from tracker.domain.alert import Alert
from tracker.domain.figure import Figure, Qualifier
from tracker.domain.observation import Decision, Evidence, Verdict
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published
from tracker.pipeline.cycle import import_table, run_cycle
from tracker.pipeline.record import Changes, record
from tracker.pipeline.reporting import status_report
from tracker.pipeline.reviewing import decide, waiting
from tracker.pipeline.service import Service, open_service
from tracker.report import to_json
from tracker.store import alerts

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass
class Life:
    """A configured product and the times at which things happen to it."""

    service: Service
    folder: Path

    def tables(self, now: datetime, *rows: str, columns: str = "indicator,area,period,value") -> list[str]:
        """Import rows; the types of what it raised."""
        path = self.folder / "rows.csv"
        path.write_text("\n".join((columns, *rows)) + "\n", encoding="utf-8")
        return [one.type.value for one in import_table(self.service, path, now).alerts]

    def tick(self, now: datetime) -> list[str]:
        """One cycle without anything new."""
        return [one.type.value for one in run_cycle(self.service, [], now).alerts]

    def told(self, subject: str) -> Counter[str]:
        """How often each type is in the ledger."""
        with self.service.store.read() as session:
            return Counter(one.type.value for one in alerts.list_alerts(session, subject=subject))

    def status(self, as_of: str | None = None, now: datetime = datetime(2026, 6, 1, tzinfo=UTC)) -> dict[str, Any]:
        """What ``tracker status --json`` answers."""
        day = datetime.fromisoformat(as_of).date() if as_of else None
        with self.service.store.read() as session:
            return to_json(status_report(session, self.service, now, as_of=day, since=False))

    def target(self, id: str, as_of: str | None = None) -> dict[str, Any]:
        return next(one for one in self.status(as_of)["targets"] if one["id"] == id)

    def states(
        self,
        value: str,
        deadline: str,
        published: str,
        *,
        high: str | None = None,
        qualifier: str = "exact",
        source: str = "press",
        area: str = "Vietnam",
        unit: str = "percent",
        kind: Kind = Kind.TARGET,
        accepted: bool = True,
    ) -> list[Alert]:
        """A document states a target (or what ``kind`` says); what was told because of it."""
        top = None if high is None else Decimal(high)
        quote = f"by {deadline} at least {value}"
        piece = Evidence(
            id=0, indicator="fibre", area=area, kind=kind, figure=Figure(Decimal(value), unit, top, Qualifier(qualifier)),
            period=Period.parse(deadline), period_stated=True, published=Published(Period.parse(published), "given"),
            source=source, doc=f"{source}-{published}.txt", quote=quote, start=0, end=len(quote), snapshot=None,
            rule_version="1", confidence=0.95, accepted=accepted, recorded_at=local(f"{published} 09:00"),
        )  # fmt: skip
        return list(record(self.service, Changes(rows=(piece,)), local(f"{published} 09:00")).alerts)

    def waits(self) -> list[tuple[str, int]]:
        """What ``tracker review list`` shows: what it is, and its number."""
        with self.service.store.read() as session:
            return [(one.what, one.evidence.id) for one in waiting(session, self.service)]

    def decides(self, id: int, verdict: str, now: datetime) -> None:
        """``tracker review accept`` or ``reject``."""
        decide(self.service, Decision(id, Verdict(verdict), "somebody", now), now)


def begin(folder: Path, configuration: str) -> Life:
    """Open the product on a configuration in a new folder."""
    folder.mkdir()
    file = folder / "tracker.yaml"
    file.write_text(configuration, encoding="utf-8")
    return Life(open_service(load(file, environment={}), folder / "state"), folder)


def local(text: str) -> datetime:
    """A moment on the clocks of Hà Nội."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI).astimezone(UTC)


def codes(target: dict[str, Any]) -> set[str]:
    return {reason["code"] for reason in target["reasons"]}
