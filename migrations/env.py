"""Alembic's environment: the connection comes from the caller, the tables from the application."""

from alembic import context

import app.facts.models
import app.registry  # noqa: F401 - both make every table known
from app.db.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    compare_type=True,
    # SQLite cannot alter a column: it copies the table.
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
