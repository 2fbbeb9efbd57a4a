"""The log of what was ever written: revisions and, row by row, what each changed."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, Table, Text

from app.db.schema import KEY, checked, metadata

revisions = Table(
    "revisions",
    metadata,
    Column("number", Integer(), primary_key=True, autoincrement=False),
    Column("at", KEY, nullable=False),
    checked(Column("kind", KEY, nullable=False), "kind IN ('load', 'edit')"),
    Column("actor", Text(), nullable=False),
    Column("reason", Text(), nullable=False),
    Column("counts", JSON(), nullable=False),
)

# Rows stand here in the form of the import, so that an old revision stays readable however the
# tables change.
changes = Table(
    "changes",
    metadata,
    Column("revision", Integer(), ForeignKey("revisions.number"), primary_key=True),
    Column("sequence", Integer(), primary_key=True, autoincrement=False),
    Column("resource", KEY, nullable=False),
    Column("row_key", KEY, nullable=False, index=True),
    Column("steward", KEY, nullable=False),
    checked(
        Column("action", KEY, nullable=False),
        "action IN ('created', 'changed', 'taken_over', 'withdrawn')",
    ),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("reason", Text()),
)
