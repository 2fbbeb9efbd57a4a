"""What the database itself refuses, whoever writes to it."""

from typing import Any

import pytest
from sqlalchemy import Column, Table, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from app.db import Database, metadata
from app.facts.models import changes
from app.registry import RESOURCES
from tests.facts.road import row
from tests.made_up.folder import SOURCE

TABLES = [resource.table for resource in RESOURCES.values()]


class _Sound(Exception):
    """The row would have been taken; leave no trace of it."""


def _refused(db: Database, statement: Any, values: Any = None) -> bool:
    """Whether the statement, or the commit after it, breaks a constraint; nothing is kept."""
    try:
        with db.write() as session:
            session.execute(statement, values)
            if not db.is_sqlite:
                session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
            elif session.tuples(text("PRAGMA foreign_key_check")):
                return False  # must fail when the block ends: references are checked at the commit
            raise _Sound
    except IntegrityError:
        return True
    except _Sound:
        return False


CHEMICAL = {
    "id": "x", "name": "x", "kind": "substance", "source": SOURCE, "confidence": "high",
    "sort_name": "x",
}  # fmt: skip


def test_a_sound_row_is_taken(loaded: Database) -> None:
    assert not _refused(loaded, insert(metadata.tables["chemicals"]), CHEMICAL)


@pytest.mark.parametrize(
    "cells",
    [
        {"kind": "potion"},
        {"confidence": "absolute"},
        {"completeness": "nearly"},
        {"name": None},
        {"source": None},
        {"kind": None},
        {"id": None},
        {"source": "nowhere"},
        {"convention": "nowhere"},
        {"id": "alderine"},
    ],
    ids=str,
)
def test_a_raw_insert_of_a_bad_row_fails(loaded: Database, cells: dict[str, Any]) -> None:
    chemicals = metadata.tables["chemicals"]
    assert _refused(loaded, insert(chemicals), {**CHEMICAL, **cells})
    assert row(loaded, "chemicals", id="x") is None


def _columns(wanted: str) -> list[tuple[Table, Column[Any]]]:
    return [(t, c) for t in TABLES for c in t.columns if wanted in c.info]


def _any_row(table: Table) -> dict[str, Any]:
    """A row that breaks nothing but references, if they are checked at all."""
    made: dict[str, Any] = {}
    for column in table.columns:
        if column.nullable and column.name != "seen":
            made[column.name] = None
        elif "vocabulary" in column.info:
            made[column.name] = next(iter(column.info["vocabulary"]))
        elif column.info.get("ref"):
            made[column.name] = f"a-{column.name}"
        elif column.info.get("date"):
            made[column.name] = "2011-01-01"
        else:
            made[column.name] = {"str": "x", "int": 1, "bool": True, "float": 1.0}[
                column.type.python_type.__name__
            ]
    return made


def _at_once(db: Database, table: Table, cells: dict[str, Any]) -> bool:
    """Whether the row is refused when it is written, not first at the commit."""
    try:
        with db.write() as session:
            session.execute(insert(table), {**_any_row(table), **cells})
            raise _Sound
    except IntegrityError:
        return True
    except _Sound:
        return False


def test_every_vocabulary_is_a_constraint(loaded: Database) -> None:
    columns = _columns("vocabulary")
    assert len(columns) > 50
    for table in {table for table, _ in columns}:
        assert not _at_once(loaded, table, {}), f"{table.name}: a sound row is refused"
    open_ones = [
        f"{table.name}.{column.name}"
        for table, column in columns
        if not _at_once(loaded, table, {column.name: "no such term"})
    ]
    assert open_ones == []


def test_every_date_has_the_length_of_a_date(loaded: Database) -> None:
    loose = [
        f"{table.name}.{column.name}"
        for table, column in _columns("date")
        if not _at_once(loaded, table, {column.name: "12.5.2004"})
    ]
    assert loose == []


def test_every_required_column_is_not_null(loaded: Database) -> None:
    open_ones = [
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.columns
        if not column.nullable and not _at_once(loaded, table, {column.name: None})
    ]
    assert open_ones == []


def test_every_reference_is_a_foreign_key_that_holds(loaded: Database) -> None:
    dangling = [
        f"{table.name}.{column.name}"
        for table, column in _columns("ref")
        if not column.foreign_keys
    ]
    assert dangling == []
    for table, cells in (
        ("listings", {"annex": "nowhere"}),
        ("listing_events", {"listing": "nowhere"}),
        ("review_events", {"meeting": "nowhere"}),
        ("review_events", {"amends": 7}),
        ("bodies", {"convention": "nowhere"}),
        ("names", {"chemical": "nowhere"}),
        ("meeting_segments", {"source": "nowhere"}),
    ):
        source = metadata.tables[table]
        if table == "names":
            statement: Any = insert(source).values(
                chemical="nowhere", name="n", language="en", kind="synonym", source=SOURCE,
                confidence="high",
            )  # fmt: skip
        else:
            statement = update(source).values(**cells)
        assert _refused(loaded, statement), f"{table} {cells}"


def test_a_row_that_others_need_cannot_be_deleted(loaded: Database) -> None:
    for table, key in (("chemicals", "alderine"), ("sources", SOURCE), ("bodies", "alder-cop")):
        assert _refused(loaded, text(f"DELETE FROM {table} WHERE id = :key"), {"key": key})  # noqa: S608


def test_the_log_takes_only_its_own_words_and_revisions_that_exist(loaded: Database) -> None:
    sound = {
        "revision": 1, "sequence": 9_999, "resource": "chemicals", "row_key": "x",
        "steward": "joint", "action": "created",
    }  # fmt: skip
    assert not _refused(loaded, insert(changes), sound)
    assert _refused(loaded, insert(changes), {**sound, "action": "improved"})
    assert _refused(loaded, insert(changes), {**sound, "revision": 2})
    assert _refused(loaded, insert(changes), {**sound, "sequence": 1})
    assert _refused(loaded, insert(changes), {**sound, "steward": None})


def test_a_reading_session_cannot_write(loaded: Database) -> None:
    """SQLite: by `query_only`. PostgreSQL: whatever is written there is never committed."""
    chemicals = metadata.tables["chemicals"]
    try:
        with loaded.read() as session:
            session.connection.execute(insert(chemicals), CHEMICAL)
    except Exception as error:
        assert "read" in str(error)
    with loaded.read() as session:
        assert session.scalar(select(chemicals.c.id).where(chemicals.c.id == "x")) is None
