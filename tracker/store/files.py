"""Files that are whole at every moment: the old content or the new, never a part of either."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tracker.errors import StateError

_PREFIX, _SUFFIX = ".", ".tmp"


def atomic_write(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content`` in one step, on the disk before this returns.

    The new content is written beside the file and then renamed over it. Mode and, where this user
    may, owner of the old file are kept. Writers of one file take turns. ``StateError`` where it cannot be
    written, the disk is full, or ``path`` is a symbolic link or no plain file; then the old file
    stays and the unfinished one is removed.
    """
    try:
        _refuse_odd(path)
        with _unfinished(path) as (descriptor, beside):
            _fill(descriptor, content)
            _keep_rights(path, descriptor)
            beside.rename(path)
        _sync_folder(path.parent)
    except OSError as failure:
        raise StateError(_sentence(path, failure)) from failure


def _refuse_odd(path: Path) -> None:
    if ".." in path.parts:
        raise StateError(f"{path} is not written: its name leads out of its folder")
    with suppress(FileNotFoundError):
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            kind = "a symbolic link" if stat.S_ISLNK(mode) else "no plain file"
            raise StateError(f"{path} is {kind}; it was left as it is")


@contextmanager
def _unfinished(path: Path) -> Iterator[tuple[int, Path]]:
    """The file beside ``path``: always the same name, so that the next write takes over what a kill left."""
    beside = path.with_name(f"{_PREFIX}{path.name}{_SUFFIX}")
    with _locked(beside) as descriptor:
        try:
            yield descriptor, beside
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """Open and lock ``path``; made where it is missing."""
    flags = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_CREAT
    while True:
        descriptor = os.open(path, flags, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            # While we waited, the writer before us may have renamed the file away.
            if _is_at(descriptor, path):
                yield descriptor
                return
        finally:
            os.close(descriptor)


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False


def _fill(descriptor: int, content: bytes) -> None:
    os.ftruncate(descriptor, 0)
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.fsync(descriptor)


def _keep_rights(path: Path, descriptor: int) -> None:
    try:
        old = path.lstat()
    except FileNotFoundError:
        return
    # Only a privileged user may give a file away; for the others it is theirs already.
    with suppress(PermissionError):
        os.fchown(descriptor, old.st_uid, old.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sentence(path: Path, failure: OSError) -> str:
    if failure.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return f"{path} was not written: the disk is full; the file before it is whole"
    return f"{path} was not written: {failure.strerror}"
