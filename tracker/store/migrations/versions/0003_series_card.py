"""What every series came to, kept ready: rebuildable, and dropped by the database itself when anything moves.

And the evidence of one document, or of one snapshot, is found without reading all of it.
"""

# ruff: noqa: S608 - the names put together here are our own

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TABLE = "series_card"
#: By table: which series a new row of it moves.
MOVED = {
    "evidence": "SELECT NEW.indicator AS indicator, NEW.area AS area",
    "decision": "SELECT indicator, area FROM evidence WHERE id = NEW.evidence",
    "rereading": "SELECT indicator, area FROM evidence WHERE id IN (NEW.evidence, NEW.successor)",
}


def upgrade() -> None:
    """Make the table, count what is there as one movement of each series, then watch for more."""
    op.create_table(
        TABLE,
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("card", sa.Text(), nullable=True),
        sa.Column("seal", sa.String(), nullable=True),
        sa.Column("held", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("indicator", "area", name=op.f("pk_series_card")),
    )
    op.create_index(op.f("ix_evidence_source_doc"), "evidence", ["source", "doc"], unique=False)
    op.create_index(op.f("ix_evidence_snapshot"), "evidence", ["snapshot"], unique=False)
    op.execute(f"INSERT INTO {TABLE} (indicator, area, version) SELECT DISTINCT indicator, area, 1 FROM evidence")
    for table, moved in MOVED.items():
        if op.get_bind().dialect.name == "postgresql":
            _watch_on_postgresql(table, moved)
        else:
            op.execute(f"CREATE TRIGGER {table}_moves AFTER INSERT ON {table} BEGIN {_count(moved)} END")


def _count(moved: str) -> str:
    """One more movement of the series; a card made before it is void and let go."""
    series = f"SELECT indicator, area FROM ({moved}) AS moved"
    return (
        f"INSERT INTO {TABLE} (indicator, area, version) SELECT DISTINCT indicator, area, 0 FROM ({series}) AS fresh "
        f"WHERE NOT EXISTS (SELECT 1 FROM {TABLE} AS known "
        "WHERE known.indicator = fresh.indicator AND known.area = fresh.area); "
        f"UPDATE {TABLE} SET version = version + 1, card = NULL, seal = NULL, held = NULL "
        f"WHERE (indicator, area) IN ({series});"
    )


def _watch_on_postgresql(table: str, moved: str) -> None:
    # Two sessions may meet at the first row of a series: there the second insert is passed over.
    counted = _count(moved).replace("; UPDATE", " ON CONFLICT DO NOTHING; UPDATE")
    op.execute(
        f"CREATE FUNCTION {table}_moves() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {counted} RETURN NULL; END $$"
    )
    op.execute(f"CREATE TRIGGER {table}_moves AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_moves()")
