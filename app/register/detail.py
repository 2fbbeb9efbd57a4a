"""One chemical whole, and what reaches it through its groups, marked so."""

from collections.abc import Sequence
from typing import Any

from app.chemicals.queries import families, identifiers_of, names_of, rows_by_id
from app.conventions.queries import reference
from app.db.engine import ReadSession, Row
from app.facts.absent import absent
from app.overlaps.views import by_chemical
from app.register.chemicals import flags_by_chemical, flags_through
from app.register.statuses import statuses
from app.regulation.queries import briefs, law, standings
from app.regulation.views import shape as listing_shape
from app.reviews.queries import cabinet, progresses
from app.reviews.views import review_shape


def whole(session: ReadSession, id: str, day: str) -> Row:
    """One chemical with all that is known of it, what comes through its groups marked so."""
    row = row_of(session, id)
    ref, regulated = reference(session), _regulated(session, id, day)
    return {
        **briefs(session, [id])[id],
        **{name: row[name] for name in ("convention", "formula", "definition", "completeness")},
        "required_elements": row["required_elements"] or [],
        "formulation_type": row["formulation_type"],
        "names": [_cited(r, ref, "name", "language", "kind") for r in names_of(session, id)],
        "identifiers": [
            _cited(r, ref, "scheme", "value", "role", "edition")
            for r in identifiers_of(session, id)
        ],
        **regulated,
        "external_ids": [],
        "sources": ref.cite(row),
    }


def _regulated(session: ReadSession, id: str, day: str) -> Row:
    """What treaties and committees make of it on the day.

    Kept for the days last asked of chemicals that they point to: of others there is no bound.
    """
    kept: dict[str, Row] = session.remember_day("details", day, dict)
    if id not in kept:
        found = _related(session, id)
        groups = [id, *families(session).groups(id)]
        found["status"] = statuses(session, [id], None, day)[id]
        found["listings"] = _listings(session, groups, day)
        found["reviews"] = _reviews(session, groups, day)
        found["overlaps"] = _overlaps(session, groups, day)
        found["flags"] = flags_through(session, id, flags_by_chemical(session, day))
        if id not in briefs(session, ()):
            return found
        kept[id] = found
    return kept[id]


def _related(session: ReadSession, id: str) -> Row:
    """Groups, members and relations."""
    ref, family = reference(session), families(session)
    related = [*family.relations_of.get(id, ()), *family.relations_to.get(id, ())]
    groups, members = family.groups_of.get(id, ()), family.members_of.get(id, ())
    shown = briefs(
        session,
        {r["group"] for r in groups}
        | {r["member"] for r in members}
        | {r["chemical"] for r in related}
        | {r["other"] for r in related},
    )
    return {
        "memberships": [
            {"group": shown[r["group"]], **_cited(r, ref, "relation", "by", "convention")}
            for r in groups
        ],
        "members": [
            {"member": shown[r["member"]], **_cited(r, ref, "relation", "by", "convention")}
            for r in members
        ],
        "relations": [
            {
                "chemical": shown[r["chemical"]],
                "other": shown[r["other"]],
                **_cited(r, ref, "kind", "scope", "scope_difference"),
            }
            for r in related
        ],
    }


def row_of(session: ReadSession, id: str) -> Row:
    """The chemical's row; a problem 404, or 410 where it was withdrawn."""
    row = rows_by_id(session, [id]).get(id)
    if row is not None:
        return row
    raise absent(session, "chemicals", id)


def _cited(row: Row, ref: Any, *columns: str) -> Row:
    return {**{name: row[name] for name in columns}, "sources": ref.cite(row)}


def _listings(session: ReadSession, ids: Sequence[str], day: str) -> list[Row]:
    rules, stands, shape = law(session), standings(session, day), listing_shape(session)
    return [
        {**shape.render([found])[0], "via_group": key if key != ids[0] else None}
        for key in ids
        for entry in rules.by_chemical.get(key, ())
        if (found := stands.get(entry.id))
    ]


def _reviews(session: ReadSession, ids: Sequence[str], day: str) -> list[Row]:
    held, begun, shape = cabinet(session), progresses(session, day), review_shape(session)
    rows: dict[str, Row] = {}
    for key in ids:
        for file in held.by_chemical.get(key, ()):
            progress = begun.get(file.id)
            if progress and file.id not in rows:
                via = key if key != ids[0] else None
                rows[file.id] = {**shape.render([progress])[0], "via_group": via}
    return list(rows.values())


def _overlaps(session: ReadSession, ids: Sequence[str], day: str) -> list[Row]:
    rows: dict[str, Row] = {}
    held = by_chemical(session, day)
    for key in ids:
        for row in held.get(key, ()):
            if row["id"] not in rows:
                rows[row["id"]] = {**row, "via_group": key if key != ids[0] else None}
    return list(rows.values())
