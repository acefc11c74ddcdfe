"""Everything that is kept: snapshots, evidence, decisions, ledgers, outbox. Rows never leave this room.

``open_store(folder)`` gives a :class:`Store`; ``store.read()`` and ``store.write()`` give a session that the
functions of the room's modules take: :mod:`snapshots`, :mod:`evidence`, :mod:`decisions`, :mod:`ledger`,
:mod:`alerts`, :mod:`outbox`, :mod:`sources`, :mod:`meta`. :mod:`lock` and :mod:`files` need no database and
load none, therefore the names below are resolved when they are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.store.opening import Store, open_store

__all__ = ["Store", "open_store"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tracker.store import opening  # sqlalchemy takes 0.4 s

    return getattr(opening, name)
