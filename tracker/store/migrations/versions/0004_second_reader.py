"""What a second reader was asked and answered, append-only; and its view beside the evidence that it concerns."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

CALL = "second_call"
ANSWER = "second_answer"


def upgrade() -> None:
    """Make the tables, then their triggers; older evidence has no second view."""
    op.add_column("evidence", sa.Column("second", sa.Text(), nullable=True))
    op.add_column("rereading", sa.Column("second", sa.Text(), nullable=True))
    viewed = sa.text("second IS NOT NULL")
    op.create_index(
        "ix_evidence_second", "evidence", ["indicator", "area"], sqlite_where=viewed, postgresql_where=viewed
    )
    op.create_table(
        CALL,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_call")),
    )
    for column in ("document", "request", "at"):
        op.create_index(op.f(f"ix_second_call_{column}"), CALL, [column], unique=False)
    op.create_table(
        ANSWER,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["call"], [f"{CALL}.id"], name=op.f("fk_second_answer_call")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_answer")),
    )
    op.create_index(op.f("ix_second_answer_call"), ANSWER, ["call"], unique=False)
    for table in (CALL, ANSWER):
        _refuse_changes(table)


def _refuse_changes(table: str) -> None:
    sentence = f"{table} is append-only"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_keeps() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{sentence}'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_keeps BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_keeps()"
        )
        return
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_keeps_{action.lower()} BEFORE {action} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
