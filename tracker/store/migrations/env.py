"""Run by Alembic inside the transaction that the store has begun; it commits, not Alembic."""

from alembic import context

from tracker.store.tables import NAMES

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=NAMES,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
