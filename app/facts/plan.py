"""From rows that someone brings to what would change: pure, so that a dry run is the real thing."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.db.engine import Row
from app.facts.faults import Fault
from app.facts.resource import Key, Resource
from app.facts.world import Tables, World


@dataclass(frozen=True, slots=True)
class Incoming:
    """One row of a file, as texts, and where it stands."""

    file: str
    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One row to write. `before` is None for a new row, `after` for a withdrawn one."""

    resource: Resource
    before: Row | None
    after: Row | None
    steward: str
    reason: str | None = None

    @property
    def action(self) -> str:
        """What happens to the row, in the log's word."""
        if self.before is None:
            return "created"
        if self.after is None:
            return "withdrawn"
        # The file now says what a steward had written: from here on it leads again.
        return "taken_over" if self.before == self.after else "changed"

    @property
    def row(self) -> Row:
        """The row that stands, or the one that goes."""
        row = self.after if self.after is not None else self.before
        assert row is not None  # noqa: S101 - a change without either cannot be built
        return row


@dataclass
class Plan:
    """What applying would do, whole: all faults, not the first."""

    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unchanged: Counter[str] = field(default_factory=Counter)
    world: World | None = None

    @property
    def errors(self) -> list[Fault]:
        """The faults that stop it; `later_edit` conflicts do not: the edit stays."""
        return [fault for fault in self.faults if fault.severity == "error"]

    @property
    def conflicts(self) -> list[Fault]:
        """Rows that a steward has edited since they were last loaded."""
        return [fault for fault in self.faults if fault.code == "later_edit"]

    def counts(self) -> dict[str, dict[str, int]]:
        """Rows by resource and what happens to them."""
        counts: dict[str, Counter[str]] = {}
        for change in self.changes:
            counts.setdefault(change.resource.name, Counter())[change.action] += 1
        return {name: dict(counter) for name, counter in counts.items()}


def make(
    resources: Mapping[str, Resource],
    incoming: Mapping[str, Iterable[Incoming]],
    current: Tables,
    loaded: Tables,
    unreadable: Collection[str] = (),
) -> Plan:
    """Compare what is brought with what stands, and with what was last loaded.

    A row that a steward changed after the last load is a conflict: reported, and left as it is.
    `unreadable` are resources of which a file could not be read: what points to them may be right.
    """
    plan = Plan()
    merged: dict[str, dict[Key, Row]] = {name: dict(rows) for name, rows in current.items()}
    places: dict[tuple[str, Key], Incoming] = {}
    drafts: list[tuple[Resource, Key, Row | None, Row | None, str | None]] = []
    for name, rows in incoming.items():
        resource = resources[name]
        table = merged.setdefault(name, {})
        for entry in rows:
            draft = _draft(
                plan, resource, entry, current.get(name, {}), loaded.get(name, {}), places
            )
            if draft is None:
                continue
            key, before, after, reason = draft
            if after is None:
                table.pop(key, None)
            else:
                table[key] = after
            drafts.append((resource, key, before, after, reason))
    world = World(resources, merged)
    plan.world = world
    # What goes together was somebody's while it stood.
    past = World(resources, current)
    for resource, key, before, after, reason in drafts:
        entry = places[resource.name, key]
        steward = "joint"
        if after is not None:
            faults = [
                *_dangling(resource, after, world, places, unreadable),
                *_twice(resource, after, world, places),
                *_own_check(resource, after, world),
            ]
            plan.faults += [fault.at(entry.file, entry.line) for fault in faults]
            steward = world.steward_of(resource, after)
        elif before is not None:
            steward = past.steward_of(resource, before)
        plan.changes.append(Change(resource, before, after, steward, reason))
    plan.faults += _orphans(resources, plan.changes, world, places)
    plan.faults += _neighbours(resources, plan.changes, world)
    return plan


def _draft(
    plan: Plan,
    resource: Resource,
    entry: Incoming,
    current: Mapping[Key, Row],
    loaded: Mapping[Key, Row],
    places: dict[tuple[str, Key], Incoming],
) -> tuple[Key, Row | None, Row | None, str | None] | None:
    """What this row would do, or None when it does nothing (or cannot be read)."""
    new, faults = resource.parse(entry.cells)
    plan.faults += [fault.at(entry.file, entry.line) for fault in faults]
    if any(new[name] is None for name in resource.key):
        return None
    key = resource.key_of(new)
    first = places.setdefault((resource.name, key), entry)
    if first is not entry:
        where = f"{first.file}, row {first.line}"
        message = f"{'|'.join(map(str, key))} stands already in {where}"
        plan.faults.append(Fault("duplicate", message, resource.key[0], entry.file, entry.line))
        return None
    if faults:
        return None
    before = current.get(key)
    reason = entry.cells.get("withdrawn", "").strip() or None
    after = None if reason else new
    base = loaded.get(key)
    taken_over = before == after and after is not None and base != after
    if taken_over or (before != after and before == base):
        return key, before, after, reason
    if before not in (after, base) and base != new:
        plan.faults.append(_later_edit(before, base, entry))
    plan.unchanged[resource.name] += 1
    return None


def _later_edit(before: Row | None, base: Row | None, entry: Incoming) -> Fault:
    if before is None:
        message = "withdrawn since it was last loaded; it stays withdrawn"
    elif base is None:
        message = "written by another road and never loaded; it stays as it is"
    else:
        edited = [name for name in base if before.get(name) != base[name]]
        message = f"edited since it was last loaded ({', '.join(edited)}); the edit stays"
    return Fault("later_edit", message, None, entry.file, entry.line, severity="warning")


def _dangling(
    resource: Resource,
    row: Row,
    world: World,
    places: Mapping[tuple[str, Key], Incoming],
    unreadable: Collection[str],
) -> Iterable[Fault]:
    """References that lead nowhere; a row that is there and cannot be read is its own fault."""
    for column, table, value in resource.references(row):
        known = world.get(table, value) is not None or _unread(table, value, places)
        if not known and table not in unreadable:
            yield Fault("unknown_reference", f"{value!r} is not in {table}", column)


def _unread(table: str, value: Any, places: Mapping[tuple[str, Key], Incoming]) -> bool:
    entry = places.get((table, (value,)))
    return entry is not None and not entry.cells.get("withdrawn", "").strip()


def _twice(
    resource: Resource, row: Row, world: World, places: Mapping[tuple[str, Key], Incoming]
) -> Iterable[Fault]:
    """What the database holds to be unique, said first; of two new rows, at the later."""
    mine = places[resource.name, resource.key_of(row)]
    for columns in resource.unique:
        if any(row[name] is None for name in columns):
            continue
        for other in world.where(resource.name, columns[0], row[columns[0]]):
            same = all(other[name] == row[name] for name in columns)
            theirs = places.get((resource.name, resource.key_of(other)))
            first = theirs is None or (theirs.file, theirs.line) < (mine.file, mine.line)
            if same and first and resource.key_of(other) != resource.key_of(row):
                held = ", ".join(str(row[name]) for name in columns)
                message = f"{resource.key_text(other)} has {held} already"
                yield Fault("duplicate", message, columns[-1])
                break


def _own_check(resource: Resource, row: Row, world: World) -> Iterable[Fault]:
    return resource.check(row, world) if resource.check else ()


def _orphans(
    resources: Mapping[str, Resource],
    changes: Iterable[Change],
    world: World,
    places: Mapping[tuple[str, Key], Incoming],
) -> Iterable[Fault]:
    """Rows that would point to a withdrawn one; the fault is at the withdrawal."""
    gone: dict[tuple[str, Any], Incoming] = {}
    for change in changes:
        if change.after is None and change.resource.key == ("id",):
            key = change.resource.key_of(change.row)
            gone[change.resource.name, key[0]] = places[change.resource.name, key]
    if not gone:
        return
    for resource in resources.values():
        for row in world.rows(resource.name):
            for column, table, value in resource.references(row):
                entry = gone.get((table, value))
                if entry:
                    needs = f"{resource.name} {resource.key_text(row)} ({column}) still needs it"
                    yield Fault("still_referenced", needs, "withdrawn", entry.file, entry.line)


def _neighbours(
    resources: Mapping[str, Resource], changes: Iterable[Change], world: World
) -> Iterable[Fault]:
    """Rows that do not change themselves, and that a change beside them makes wrong.

    A neighbour shares an id with a changed row: one points to the other, or both to a third. Two
    rows that only cite the same source have nothing to do with each other.
    """
    near: set[tuple[str, str]] = set()
    changed: set[tuple[str, Key]] = set()
    for change in changes:
        changed.add((change.resource.name, change.resource.key_of(change.row)))
        for row in (change.before, change.after):
            near |= _ids(change.resource, row) if row is not None else set()
    if not changed:
        return
    for resource in resources.values():
        for row in world.rows(resource.name) if resource.check else ():
            is_near = not near.isdisjoint(_ids(resource, row))
            if is_near and (resource.name, resource.key_of(row)) not in changed:
                for fault in _own_check(resource, row, world):
                    if fault.severity == "error":
                        where = f"{resource.name} {resource.key_text(row)}"
                        yield fault.at(where, None)


def _ids(resource: Resource, row: Row) -> set[tuple[str, str]]:
    own = {(resource.name, row["id"])} if "id" in row else set()
    return own | {
        (table, value) for _, table, value in resource.references(row) if table != "sources"
    }
