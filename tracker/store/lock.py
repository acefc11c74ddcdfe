"""One ``serve`` per state folder.

The lock is the kernel's (``flock``), so it ends with the process that holds it however that ends; the
file stays and says who held it last. A child made by ``fork`` lets go of it at once: a worker that
outlives a killed parent must not keep the next ``serve`` out.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from tracker.errors import StateError, StateLocked

FILE = "serve.lock"

_held: set[int] = set()


@contextmanager
def serve_lock(folder: Path, now: datetime) -> Iterator[None]:
    """Hold the folder for the block. ``StateLocked`` where another process holds it."""
    file = folder / FILE
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as failure:
        raise StateError(f"{file} cannot be opened: {failure.strerror}") from failure
    try:
        _take(descriptor, folder)
        _held.add(descriptor)
        _write_holder(descriptor, file, now)
        yield
    finally:
        _held.discard(descriptor)
        os.close(descriptor)


def holder(folder: Path) -> str | None:
    """Who holds the folder now, in words; None where nobody does."""
    try:
        descriptor = os.open(folder / FILE, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder(descriptor)
    finally:
        os.close(descriptor)
    return None


def _take(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise StateLocked(
            f"another `tracker serve` holds {folder} ({_holder(descriptor)}); stop it, or give this one "
            "a state folder of its own"
        ) from None


def _write_holder(descriptor: int, file: Path, now: datetime) -> None:
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "since": now.isoformat()}).encode(), 0)
    except OSError as failure:
        raise StateError(f"{file} cannot be written: {failure.strerror}") from failure


def _holder(descriptor: int) -> str:
    try:
        known = json.loads(os.pread(descriptor, 4096, 0))
        return f"process {int(known['pid'])}, since {known['since']}"
    except (ValueError, KeyError, TypeError):
        return "process unknown"


def _let_go_in_child() -> None:
    for descriptor in _held:
        with suppress(OSError):
            os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_let_go_in_child)
