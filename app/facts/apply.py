"""Carry out a plan as one revision: rows, log and derived tables in one transaction."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, select, update

from app.db.engine import ReadSession, Row, WriteSession
from app.facts.faults import Rejected
from app.facts.models import changes, revisions
from app.facts.plan import Change, Incoming, Plan, make
from app.facts.resource import Key, Resource

_CHUNK = 2_000


def current_rows(session: ReadSession, resource: Resource) -> dict[Key, Row]:
    """All rows of a resource, in the form of the import."""
    statement = select(*resource.columns.values())
    return {resource.key_of(row): row for row in session.rows(statement)}


def plan_load(
    session: ReadSession,
    resources: Mapping[str, Resource],
    incoming: Mapping[str, Iterable[Incoming]],
    unreadable: Collection[str] = (),
) -> Plan:
    """What loading these files would do to the database as it stands."""
    current = {name: current_rows(session, resource) for name, resource in resources.items()}
    return make(resources, incoming, current, _last_loaded(session, resources), unreadable)


def _last_loaded(
    session: ReadSession, resources: Mapping[str, Resource]
) -> dict[str, dict[Key, Row]]:
    """Each row as a load last wrote it: what a steward's later edit is told apart by."""
    statement = (
        select(changes.c.resource, changes.c.after, changes.c.before)
        .join(revisions, revisions.c.number == changes.c.revision)
        .where(revisions.c.kind == "load")
        .order_by(changes.c.revision, changes.c.sequence)
    )
    loaded: dict[str, dict[Key, Row]] = {}
    for name, after, before in session.tuples(statement):
        if name not in resources:
            continue
        row = after or before
        # A column added since that load was empty then.
        known = {column: row.get(column) for column in resources[name].columns}
        loaded.setdefault(name, {})[resources[name].key_of(known)] = known
        if after is None:
            del loaded[name][resources[name].key_of(known)]
    return loaded


def apply(
    session: WriteSession, plan: Plan, *, actor: str, reason: str, kind: str = "edit"
) -> int | None:
    """Write the plan; the new revision's number, or None where nothing changes.

    Raises `Rejected` when the plan has errors. The caller's transaction makes it all or nothing.
    """
    if plan.errors:
        raise Rejected(plan.errors)
    if not plan.changes:
        return None
    number = session.revision + 1
    session.execute(
        insert(revisions),
        {
            "number": number,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "kind": kind,
            "actor": actor,
            "reason": reason,
            "counts": plan.counts(),
        },
    )
    for resource, group in _by_resource(plan.changes):
        _write(session, resource, group)
    log = [_log_row(number, sequence, change) for sequence, change in enumerate(plan.changes, 1)]
    for start in range(0, len(log), _CHUNK):
        session.execute(insert(changes), log[start : start + _CHUNK])
    return number


def _by_resource(planned: Iterable[Change]) -> Iterable[tuple[Resource, list[Change]]]:
    groups: dict[str, tuple[Resource, list[Change]]] = {}
    for change in planned:
        groups.setdefault(change.resource.name, (change.resource, []))[1].append(change)
    return groups.values()


def _write(session: WriteSession, resource: Resource, group: list[Change]) -> None:
    def stored(row: Row) -> Row:
        return {**row, **(resource.derive(row) if resource.derive else {})}

    table = resource.table
    created = [stored(c.after) for c in group if c.before is None and c.after is not None]
    changed = [stored(c.after) for c in group if c.before is not None and c.after is not None]
    withdrawn = [c.before for c in group if c.after is None and c.before is not None]
    this_row = and_(*(table.c[name] == bindparam(f"key_{name}") for name in resource.key))

    def keyed(row: Row) -> Row:
        return {f"key_{name}": row[name] for name in resource.key}

    for start in range(0, len(created), _CHUNK):
        session.execute(insert(table), created[start : start + _CHUNK])
    if changed:
        settable = [name for name in changed[0] if name not in resource.key]
        statement = (
            update(table).where(this_row).values({n: bindparam(f"new_{n}") for n in settable})
        )
        new: list[dict[str, Any]] = [
            {**keyed(row), **{f"new_{name}": row[name] for name in settable}} for row in changed
        ]
        session.execute(statement, new)
    if withdrawn:
        session.execute(delete(table).where(this_row), [keyed(row) for row in withdrawn])
    if resource.after_write:
        resource.after_write(session, [change.row for change in group])


def _log_row(number: int, sequence: int, change: Change) -> Row:
    return {
        "revision": number,
        "sequence": sequence,
        "resource": change.resource.name,
        "row_key": change.resource.key_text(change.row),
        "steward": change.steward,
        "action": change.action,
        "before": change.before,
        "after": change.after,
        "reason": change.reason,
    }
