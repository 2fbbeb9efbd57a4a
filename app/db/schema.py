"""Column types that mean the same on SQLite and PostgreSQL, and the shorthand that tables use.

Dates are ISO text: they sort as dates, may be partial where a source gives only a year or a month,
and leave the database as they leave the API. Keys and dates sort by code point on both databases
(`COLLATE "C"`), or a cursor would skip rows under a server's own language.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    Text,
    event,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

KEY = Text().with_variant(Text(collation="C"), "postgresql")


def checked(column: Column[Any], condition: str) -> Column[Any]:
    """The column, whose table will hold this condition.

    On the table rather than the column: migrations are made from what tables hold.
    """

    @event.listens_for(column, "after_parent_attach")
    def _attach(attached: Column[Any], table: Any) -> None:
        table.append_constraint(CheckConstraint(condition, name=attached.name))

    return column


def key(name: str = "id") -> Column[Any]:
    """A readable slug that never changes meaning."""
    return Column(name, KEY, primary_key=True)


def ref(name: str, table: str, *, required: bool = True, part_of_key: bool = False) -> Column[Any]:
    """The id of a row of another table. Checked at commit, so rows may come in any order."""
    return Column(
        name,
        KEY,
        ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED"),
        primary_key=part_of_key,
        nullable=not (required or part_of_key),
        # An indexed reference keeps a filter and a delete cheap; a key's first column has its own.
        index=not part_of_key,
        info={"ref": table},
    )


def text(name: str, *, required: bool = False, part_of_key: bool = False) -> Column[Any]:
    """Free text; as part of a key it sorts by code point."""
    if part_of_key:
        return Column(name, KEY, primary_key=True)
    return Column(name, Text(), nullable=not required)


def number(name: str, *, required: bool = False, part_of_key: bool = False) -> Column[Any]:
    """A whole number."""
    return Column(
        name,
        Integer(),
        primary_key=part_of_key,
        nullable=not (required or part_of_key),
        autoincrement=False,
    )


def decimal(name: str, *, required: bool = False) -> Column[Any]:
    """A measured number, such as a strength."""
    return Column(name, Float(), nullable=not required)


def flag(name: str) -> Column[Any]:
    """Yes, no, or null for unknown."""
    return Column(name, Boolean(create_constraint=False))


def text_list(name: str) -> Column[Any]:
    """Several texts, in the order of the source; null and empty are the same: none held."""
    return Column(name, JSON(none_as_null=True))


def refs(name: str, table: str) -> Column[Any]:
    """Several ids of another table; the plan checks them, since JSON has no foreign key."""
    return Column(name, JSON(none_as_null=True), info={"refs": table})


def choice(
    name: str, vocabulary: Mapping[str, Any], *, required: bool = True, part_of_key: bool = False
) -> Column[Any]:
    """A term of a closed vocabulary."""
    terms = ", ".join(f"'{term}'" for term in vocabulary)
    column: Column[Any] = Column(
        name,
        KEY,
        primary_key=part_of_key,
        nullable=not (required or part_of_key),
        info={"vocabulary": vocabulary},
    )
    return checked(column, f'"{name}" IN ({terms})')


def date(name: str, *, required: bool = False) -> Column[Any]:
    """A day, `YYYY-MM-DD`."""
    column: Column[Any] = Column(name, KEY, nullable=not required, info={"date": "day"})
    return checked(column, f'length("{name}") = 10')


def partial_date(name: str) -> Column[Any]:
    """A day, month or year, as far as the source tells: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`."""
    column: Column[Any] = Column(name, KEY, info={"date": "partial"})
    return checked(column, f'length("{name}") IN (4, 7, 10)')
