"""Shared steps: load a folder, edit rows as a steward would, and look at everything that stands."""

from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from app.db import Database, metadata
from app.facts import apply
from app.facts.faults import Fault, Rejected
from app.facts.models import changes, revisions
from app.facts.plan import Incoming, Plan, make
from app.registry import RESOURCES
from app.stock import load_folder
from tests.made_up.folder import Folder


def load(db: Database, made: Folder, path: Path, reason: str = "tests") -> Plan:
    """Write the folder and load it."""
    return load_folder(db, made.write(path), reason=reason)


def edit(db: Database, table: str, reason: str = "a steward's edit", **cells: str) -> int | None:
    """One row written as a steward writes it: cells named here, the others as they stand."""
    resource = RESOURCES[table]
    with db.write() as session:
        current = {name: apply.current_rows(session, r) for name, r in RESOURCES.items()}
        key = tuple(_typed(resource, name, cells[name]) for name in resource.key)
        standing = current[table].get(key, {})
        given = {name: _cell(value) for name, value in standing.items()} | cells
        incoming = {table: [Incoming("edit", 2, given)]}
        plan = make(RESOURCES, incoming, current, current)
        return apply.apply(session, plan, actor="steward", reason=reason, kind="edit")


def _typed(resource: Any, name: str, value: str) -> Any:
    return int(value) if resource.columns[name].type.python_type is int else value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, list) else str(value)


def everything(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in one order."""
    with db.read() as session:
        return {
            table.name: sorted(
                (tuple(map(repr, row)) for row in session.tuples(select(table))),
            )
            for table in metadata.sorted_tables
        }


def log(db: Database, revision: int) -> list[dict[str, Any]]:
    """The changes of a revision in their order."""
    statement = select(changes).where(changes.c.revision == revision).order_by(changes.c.sequence)
    with db.read() as session:
        return session.rows(statement)


def revision(db: Database, number: int) -> dict[str, Any]:
    """A revision's own row."""
    with db.read() as session:
        return session.rows(select(revisions).where(revisions.c.number == number))[0]


def row(db: Database, table: str, **key: Any) -> dict[str, Any] | None:
    """One row, or None."""
    source = metadata.tables[table]
    where = [source.c[name] == value for name, value in key.items()]
    with db.read() as session:
        return next(iter(session.rows(select(source).where(*where))), None)


def refused(db: Database, path: Path) -> list[Fault]:
    """The faults for which a folder is refused; the database stays exactly as it was."""
    before = everything(db)
    try:
        load_folder(db, path, reason="tests")
    except Rejected as rejected:
        assert everything(db) == before
        return rejected.faults
    raise AssertionError("the folder was loaded")


def count(db: Database, table: str) -> int:
    """How many rows a table has."""
    with db.read() as session:
        return int(session.scalar(text(f'SELECT count(*) FROM "{table}"')))  # noqa: S608
