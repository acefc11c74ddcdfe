"""The daemon: one job per source, one loop per channel, the day's turn, the report, the web side.

Due times are kept in the state, so that a restart neither forgets a check nor repeats one. Signals end
it cleanly: what runs is given time to finish, and what is not finished was never half recorded.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import signal
import socket
import sys
import threading
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from loguru import logger

from tracker.config import Configuration
from tracker.config.settings import SourceSettings
from tracker.domain.source import SourceState
from tracker.errors import StateError, TrackerError, UsageError, WorldError
from tracker.pipeline.deliver import deliver_round
from tracker.pipeline.gather import Gathered, check, gather
from tracker.pipeline.record import FIRST_CYCLE, Changes, Outcome, record, unheld
from tracker.pipeline.reporting import FOLDER, status_report, write_report
from tracker.pipeline.second import untold
from tracker.pipeline.service import Service, open_service
from tracker.store import meta, sources
from tracker.store.inserting import chunks
from tracker.store.lock import serve_lock
from tracker.web import Pulse, make_app

TICK = timedelta(seconds=5)
#: How often a channel's outbox is looked at; a message that was just planned need not wait for it.
OUTBOX_EVERY = 2.0
#: Series whose targets are held in one transaction of the day's turn.
AT_A_TURN = 25
#: What still runs when the end is asked for may take this long; the promise is 10 s in all.
GRACE = 6.0
#: Then the process ends in any case, as if killed.
LAST_MOMENT = 9.0


def serve_forever(configuration: Configuration, folder: Path, listen: str | None) -> None:
    """Serve until SIGTERM or SIGINT; ``StateLocked`` where this state folder is served already."""
    host, port = _address(configuration, listen)
    _log_to_stderr()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise StateError(f"the state folder {folder} cannot be made: {failure.strerror}") from None
    with serve_lock(folder, _now()):
        service = open_service(configuration, folder)
        try:
            with _listening(host, port) as door:
                asyncio.run(_Daemon(service).serve(door))
        finally:
            service.store.close()


def _address(configuration: Configuration, listen: str | None) -> tuple[str, int]:
    if listen is None:
        return configuration.service.listen.host, configuration.service.listen.port
    host, colon, port = listen.rpartition(":")
    if not colon or not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise UsageError(f"--listen {listen!r}: expected HOST:PORT, as 127.0.0.1:8080")
    return host.strip("[]"), int(port)


def _listening(host: str, port: int) -> socket.socket:
    """The open door of the web side; ``WorldError`` where it cannot be had.

    Nothing is begun without it: a service whose health nobody can ask for is not watched.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as failure:
        raise WorldError(
            f"cannot listen on {host}:{port}: {failure.strerror}; free it, or choose another with "
            "service.listen or --listen HOST:PORT"
        ) from None


def _log_to_stderr() -> None:
    logger.remove()
    # One line an event, values of variables never in it.
    logger.add(sys.stderr, format="{time:YYYY-MM-DDTHH:mm:ssZZ} {level} {message}", diagnose=False, backtrace=False)


class _Daemon:
    """One running service: the scheduler, the tasks it started, and the web server beside it."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.pulse = Pulse()
        self.stop = asyncio.Event()
        self.outbox = asyncio.Event()
        self.tasks: set[asyncio.Task[None]] = set()
        # One writer at a time in this process; other verbs wait their turn at the database.
        self.writing = asyncio.Lock()
        self.scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    async def serve(self, door: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        for ending in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(ending, self._stop)
        host, port = door.getsockname()[:2]
        server = uvicorn.Server(
            uvicorn.Config(
                make_app(self.service, self.pulse, _now),
                host=host,
                port=port,
                log_config=None,
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=2,
            )
        )
        server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment] # the signals are ours
        web = asyncio.create_task(server.serve(sockets=[door]))
        try:
            await self._begin()
            logger.info("serving on http://{}:{}, {} sources", host, port, len(self.service.configuration.sources))
            await self.stop.wait()
        finally:
            logger.info("ending")
            server.should_exit = True
            await self._end()
            await asyncio.wait([web], timeout=2)
            logger.info("ended")

    def _stop(self) -> None:
        self.stop.set()
        # A thread cannot be cut off: a document that is read for minutes must not hold up the end.
        # To end like this is as safe as to be killed: what is half-done was never recorded.
        last = threading.Timer(LAST_MOMENT, os._exit, [0])
        last.daemon = True
        last.start()

    async def _begin(self) -> None:
        await asyncio.to_thread(_import_heavy)
        self._spawn(self._guard("first cycle", self._first_cycle()))
        self.scheduler.add_job(self._tick, IntervalTrigger(seconds=int(TICK.total_seconds())), next_run_time=_now())
        zone = self.service.configuration.timezone
        self.scheduler.add_job(self._run_turn, CronTrigger(hour=0, minute=0, second=1, timezone=zone))
        self.scheduler.start()
        for channel in self.service.configuration.channels:
            self._spawn(self._deliver_for_ever(channel.id))

    async def _end(self) -> None:
        """Start nothing more, let what runs finish, then cut it off: nothing half-done is recorded."""
        if self.scheduler.running:
            self.scheduler.pause()
        self.outbox.set()
        if self.tasks:
            _, late = await asyncio.wait(set(self.tasks), timeout=GRACE)
            for task in late:
                task.cancel()
        if self.scheduler.running:
            self.scheduler.shutdown(wait=False)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _guard(self, what: str, work: Coroutine[Any, Any, None]) -> None:
        """No failure ends the daemon: it is one line in the log and the health check's reason."""
        try:
            await work
            self.pulse.troubles.pop(what, None)
        except TrackerError as error:
            self.pulse.troubles[what] = f"{what}: {error}"
            logger.error("{}: {}", what, error)
        except Exception as error:  # noqa: BLE001 - the daemon outlives every fault of a single job
            self.pulse.troubles[what] = f"{what}: {type(error).__name__}"
            logger.error("{}: a fault of ours: {}: {}", what, type(error).__name__, error)

    async def _tick(self) -> None:
        self.pulse.last = _now()

    async def _first_cycle(self) -> None:
        """A new state is read as one cycle and told in one summary; then each source has its own rhythm."""
        configured = self.service.configuration.sources
        with self.service.store.read() as session:
            fresh = meta.get_meta(session, FIRST_CYCLE) is None
        if fresh and configured:
            logger.info("first cycle over {} sources", len(configured))
            gathered = tuple(await gather(self.service, configured, _now()))
            self._warn(gathered)
            changes = Changes(gathered=gathered, all_targets=True)
            await self._commit("first cycle", lambda: record(self.service, changes, _now()))
        else:
            await self._turn()
        for source in configured:
            self._schedule(source)

    def _warn(self, gathered: Sequence[Gathered]) -> None:
        """What went wrong; what harmed no reading is told once, until it has been well again."""
        asides = [aside for one in gathered for aside in one.asides]
        for sentence in (*(failure for one in gathered for failure in one.failures), *untold(self.service, asides)):
            logger.warning("{}", sentence)

    def _schedule(self, source: SourceSettings) -> None:
        with self.service.store.read() as session:
            state = sources.source_state(session, source.id)
        trigger = self._trigger(source)
        due = _first_due(source, state, trigger)
        self.scheduler.add_job(
            self._run_source,
            trigger,
            args=[source],
            id=source.id,
            next_run_time=max(due, _now()),
            replace_existing=True,
        )

    def _trigger(self, source: SourceSettings) -> CronTrigger | IntervalTrigger:
        if source.cron is not None:
            return CronTrigger.from_crontab(source.cron, timezone=self.service.configuration.timezone)
        assert source.interval is not None  # noqa: S101 - without cron there is an interval
        return IntervalTrigger(seconds=max(1, int(source.interval.total_seconds())))

    async def _run_source(self, source: SourceSettings) -> None:
        self._spawn(self._guard(f"source {source.id}", self._check(source)))

    async def _check(self, source: SourceSettings) -> None:
        gathered = await check(self.service, source, _now())
        self._warn([gathered])
        await self._commit(f"source {source.id}", lambda: record(self.service, Changes(gathered=(gathered,)), _now()))
        job = self.scheduler.get_job(source.id)
        if job is not None and job.next_run_time is not None:
            await asyncio.to_thread(self._note_due, source.id, job.next_run_time)

    def _note_due(self, id: str, due: datetime) -> None:
        with self.service.store.write() as session:
            sources.put_source_state(session, replace(sources.source_state(session, id), due_at=due))

    async def _run_turn(self) -> None:
        self._spawn(self._guard("the day's turn", self._turn()))

    async def _turn(self) -> None:
        """Hold every target against the new day: deadlines pass without any news.

        A few series at a time: over a long history all of them take minutes, for which nobody else could write
        and no signal would be heeded.
        """
        due = await asyncio.to_thread(unheld, self.service, _now())
        for few in chunks(due, AT_A_TURN):
            if self.stop.is_set():
                return
            changes = Changes(turn=frozenset(few))
            await self._commit("the day's turn", lambda changes=changes: record(self.service, changes, _now()))
        # Days left are other ones today; and a kill may have come between a record and its report.
        await asyncio.to_thread(self._report)

    async def _commit(self, what: str, work: Any) -> None:
        async with self.writing:
            outcome: Outcome = await asyncio.to_thread(work)
            if outcome.alerts:
                self.outbox.set()
                logger.info("{}: {} new statements, {} alerts", what, outcome.new_evidence, len(outcome.alerts))
            if outcome.changed:
                await asyncio.to_thread(self._report)

    def _report(self) -> None:
        with self.service.store.read() as session:
            report = status_report(session, self.service, _now())
        write_report(self.service.folder / FOLDER, self.service, report)

    async def _deliver_for_ever(self, channel: str) -> None:
        """One loop a channel, so that none waits for another."""
        while not self.stop.is_set():
            await self._guard(f"channel {channel}", self._deliver(channel))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stop.wait(), OUTBOX_EVERY)

    async def _deliver(self, channel: str) -> None:
        tally = await deliver_round(self.service, [channel])
        for error in tally.errors:
            logger.warning("channel {}: {}", channel, error)
        if tally.sent:
            logger.info("channel {}: {} sent", channel, tally.sent)


def _first_due(source: SourceSettings, state: SourceState, trigger: CronTrigger | IntervalTrigger) -> datetime:
    """When a source is next read; one that never was: at its own phase of the interval, fixed by its id."""
    now = _now()
    if source.interval is None:
        following = trigger.get_next_fire_time(None, now) or now
        return min(state.due_at or following, following)
    if state.last_checked is not None:
        # Not later than the interval that is configured now, which may be shorter than it was.
        following = state.last_checked + source.interval
        return min(state.due_at or following, following)
    digest = hashlib.sha256(source.id.encode()).digest()
    return now + source.interval * (int.from_bytes(digest[:4]) / 2**32)


def _import_heavy() -> None:
    """What would stall the loop at the first check is loaded before."""
    import tracker.extract.reading
    import tracker.report.as_page  # noqa: F401


def _now() -> datetime:
    return datetime.now(UTC)
