"""What each series came to, kept ready so that nobody has to work it out again.

A card is worth nothing by itself: everything on it follows from the evidence. The database counts the
movements of each series (its evidence, people's words on it, its rereadings) in ``version``, in the same
transaction, whoever writes; a card is of one version and void with the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select, tuple_
from sqlmodel import Session

from tracker.store.inserting import chunks, insert_new
from tracker.store.tables import NAMES, SeriesCardRow

_TABLE = NAMES.tables[str(SeriesCardRow.__tablename__)]
_KEY = tuple_(_TABLE.c.indicator, _TABLE.c.area)


@dataclass(frozen=True, slots=True)
class SeriesCard:
    """``text`` and ``seal`` are the caller's; ``held`` what the series was last held against. None: nothing yet.

    ``version`` is 0 for a series that nothing was ever stated about.
    """

    indicator: str
    area: str
    version: int = 0
    text: str | None = None
    seal: str | None = None
    held: str | None = None


def series_cards(session: Session, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], SeriesCard]:
    """The cards of these series, with their texts; one that has moved since its card was made has an empty one."""
    found: dict[tuple[str, str], SeriesCard] = {}
    for chunk in chunks(keys):
        rows = session.connection().execute(select(_TABLE).where(_KEY.in_(chunk)))
        found |= {(row[0], row[1]): SeriesCard(*row) for row in rows}
    return found


def series_marks(session: Session) -> dict[tuple[str, str], SeriesCard]:
    """Every card by (indicator, area), without its text."""
    columns = [column for column in _TABLE.c if column.name != "card"]
    rows = session.connection().execute(select(*columns))
    return {(row[0], row[1]): SeriesCard(row[0], row[1], row[2], None, row[3], row[4]) for row in rows}


def moved_series(session: Session) -> list[tuple[str, str]]:
    """Every (indicator, area) that anything was ever stated about, in order."""
    query = select(_TABLE.c.indicator, _TABLE.c.area).where(_TABLE.c.version > 0)
    return sorted((row[0], row[1]) for row in session.connection().execute(query))


def put_cards(session: Session, cards: Iterable[SeriesCard]) -> None:
    """Keep the texts, each where its series still is of the version that the text was made of."""
    _update(session, cards, ("card", "text"), ("seal", "seal"))


def note_held(session: Session, cards: Iterable[SeriesCard]) -> None:
    """Keep what each series was held against, where it is of the same version still."""
    _update(session, cards, ("held", "held"))


def _update(session: Session, cards: Iterable[SeriesCard], *columns: tuple[str, str]) -> None:
    given = list(cards)
    if not given:
        return
    rows = [{"indicator": one.indicator, "area": one.area, "version": 0} for one in given if one.version == 0]
    insert_new(session, "series_card", rows)
    connection = session.connection()
    for one in given:
        same = (_TABLE.c.indicator == one.indicator) & (_TABLE.c.area == one.area) & (_TABLE.c.version == one.version)
        connection.execute(_TABLE.update().where(same).values({name: getattr(one, field) for name, field in columns}))
