"""Reads of chemicals: briefs, members and relations, one chemical whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from app.chemicals.models import (
    chemicals,
    identifiers,
    ingredients,
    memberships,
    names,
    relations,
)
from app.db.engine import ReadSession, Row

# Preferred first; a replaced number is no longer one of the chemical's.
_CAS_ORDER = {"preferred": 0, "printed": 1, "alternative": 2}
# Asked with every chemical: made once, since making a statement costs as much as running it.
_ROWS = select(*(c for c in chemicals.columns if not c.info.get("derived"))).where(
    chemicals.c.id.in_(bindparam("ids", expanding=True))
)
_NUMBERS = select(identifiers.c.chemical, identifiers.c.value, identifiers.c.role).where(
    identifiers.c.scheme == "cas",
    identifiers.c.chemical.in_(bindparam("ids", expanding=True)),
)
_NAMES = (
    select(names)
    .where(names.c.chemical == bindparam("chemical"))
    .order_by(names.c.kind, names.c.language, names.c.name)
)
_IDENTIFIERS = (
    select(identifiers)
    .where(identifiers.c.chemical == bindparam("chemical"))
    .order_by(identifiers.c.scheme, identifiers.c.role, identifiers.c.value)
)


@dataclass(frozen=True, slots=True)
class Families:
    """Memberships and relations of one revision, from both ends."""

    groups_of: Mapping[str, Sequence[Row]]
    members_of: Mapping[str, Sequence[Row]]
    relations_of: Mapping[str, Sequence[Row]]
    relations_to: Mapping[str, Sequence[Row]]
    formulations_of: Mapping[str, Sequence[Row]]
    ingredients_of: Mapping[str, Sequence[Row]]
    ids: frozenset[str]

    def groups(self, chemical: str) -> dict[str, list[Row]]:
        """Every group that holds the chemical, nested ones too, each with the way there."""
        found: dict[str, list[Row]] = {}
        todo: list[tuple[str, list[Row]]] = [(chemical, [])]
        while todo:
            current, path = todo.pop()
            for row in self.groups_of.get(current, ()):
                if row["group"] not in found and row["group"] != chemical:
                    found[row["group"]] = [*path, row]
                    todo.append((row["group"], found[row["group"]]))
        return found

    def members(self, group: str) -> set[str]:
        """Every chemical that the group holds, nested ones too."""
        found: set[str] = set()
        todo = [group]
        while todo:
            for row in self.members_of.get(todo.pop(), ()):
                if row["member"] not in found:
                    found.add(row["member"])
                    todo.append(row["member"])
        return found


def families(session: ReadSession) -> Families:
    """How chemicals belong together, once a revision."""
    return session.remember("families", lambda: _families(session))


def _families(session: ReadSession) -> Families:
    ids: set[str] = set()

    def by(rows: list[Row], column: str) -> Mapping[str, Sequence[Row]]:
        index: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            index[row[column]].append(row)
            ids.add(row[column])
        return dict(index)

    members = session.rows(select(memberships).order_by(memberships.c.group, memberships.c.member))
    related = session.rows(select(relations))
    parts = session.rows(select(ingredients))
    return Families(
        groups_of=by(members, "member"),
        members_of=by(members, "group"),
        relations_of=by(related, "chemical"),
        relations_to=by(related, "other"),
        formulations_of=by(parts, "substance"),
        ingredients_of=by(parts, "formulation"),
        ids=frozenset(ids),
    )


def rows_by_id(session: ReadSession, ids: Iterable[str]) -> dict[str, Row]:
    """Chemicals of these ids, in import form."""
    return {row["id"]: row for row in session.rows(_ROWS, {"ids": sorted(set(ids))})}


def cas_by_id(session: ReadSession, ids: Iterable[str]) -> dict[str, list[str]]:
    """CAS RNs of these chemicals, preferred first."""
    held: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for chemical, value, role in session.tuples(_NUMBERS, {"ids": sorted(set(ids))}):
        if role in _CAS_ORDER:
            held[chemical].append((_CAS_ORDER[role], value))
    # One number may stand in two roles: preferred, and printed in a treaty.
    return {key: list(dict.fromkeys(value for _, value in sorted(v))) for key, v in held.items()}


def names_of(session: ReadSession, chemical: str) -> list[Row]:
    """All names of one chemical."""
    return session.rows(_NAMES, {"chemical": chemical})


def identifiers_of(session: ReadSession, chemical: str) -> list[Row]:
    """All identifiers of one chemical."""
    return session.rows(_IDENTIFIERS, {"chemical": chemical})


def holders(session: ReadSession, scheme: str, value: str) -> list[Row]:
    """Identifier rows with that value: whose number it is, and in what role."""
    statement = select(identifiers).where(
        identifiers.c.scheme == scheme, identifiers.c.value == value
    )
    # The last of a chemical's roles is told: its preferred number before one that is printed too.
    rows = session.rows(statement.order_by(identifiers.c.chemical))
    return sorted(rows, key=lambda r: (r["chemical"], -_CAS_ORDER.get(r["role"], 3)))
