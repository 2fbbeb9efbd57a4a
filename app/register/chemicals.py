"""Chemicals: which ones a list holds, how they are shown, one chemical whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from app.chemicals import search
from app.chemicals.models import chemicals, identifiers
from app.chemicals.queries import families, identifiers_of, names_of, rows_by_id
from app.chemicals.resources import RESOURCES
from app.chemicals.vocabularies import CHEMICAL_KIND
from app.conventions.queries import reference
from app.db.engine import ReadSession, Row
from app.facts.models import changes
from app.kit.dates import today
from app.kit.http.lists import Shape, flag, terms
from app.kit.http.problems import gone, not_found
from app.overlaps.queries import overlaps
from app.overlaps.views import subjects
from app.register import schemas
from app.register.statuses import statuses
from app.regulation.queries import briefs, law
from app.regulation.rules import standing
from app.regulation.views import cas_numbers
from app.regulation.views import select as select_listings
from app.regulation.views import shape as listing_shape
from app.reviews.queries import cabinet
from app.reviews.rules import replay
from app.reviews.views import review_shape, select_reviews

_COLUMNS = next(list(r.columns) for r in RESOURCES if r.name == "chemicals")
_FLAGS = tuple(schemas.Flags.model_fields)


@dataclass(frozen=True, slots=True)
class Item:
    """A chemical of a list, with the name that found it."""

    row: Row
    match: search.Match | None = None


def select_items(session: ReadSession, filters: Mapping[str, Any], day: str) -> list[Item]:
    """Chemicals that meet all filters: by name, or, with `q`, best first."""
    where: list[ColumnElement[bool]] = []
    kinds = terms("kind", filters.get("kind"), CHEMICAL_KIND)
    if kinds is not None:
        where.append(chemicals.c.kind.in_(kinds))
    numbers = cas_numbers("cas", filters.get("cas"))
    if numbers is not None:
        where.append(chemicals.c.id.in_(_with_numbers(session, numbers)))
    ids = regulated_by(session, filters, day)
    if ids is not None:
        where.append(chemicals.c.id.in_(sorted(ids)))
    matches = None
    if filters.get("q") is not None:
        matches = {match.chemical: match for match in search.find(session, filters["q"])}
        where.append(chemicals.c.id.in_(list(matches)))
    statement = select(*(chemicals.c[name] for name in _COLUMNS)).where(*where)
    rows = session.rows(statement.order_by(chemicals.c.sort_name, chemicals.c.id))
    if matches is None:
        return [Item(row) for row in rows]
    by_id = {row["id"]: row for row in rows}
    return [Item(by_id[key], match) for key, match in matches.items() if key in by_id]


def _with_numbers(session: ReadSession, numbers: set[str]) -> list[str]:
    own = select(identifiers.c.chemical).where(
        identifiers.c.scheme == "cas", identifiers.c.value.in_(sorted(numbers))
    )
    found = {row[0] for row in session.tuples(own)}
    printed = law(session).by_printed_cas
    return sorted(found | {e.chemical for n in numbers for e in printed.get(n, ())})


def regulated_by(session: ReadSession, filters: Mapping[str, Any], day: str) -> set[str] | None:
    """Ids of chemicals whose own listings, reviews and overlaps meet the filters; None: no filter.

    Filters on listings hold for one and the same listing, those on reviews for one review.
    """
    found: list[set[str]] = []
    body, convention = filters.get("body"), filters.get("convention")
    on_listing = {"annex": filters.get("annex"), "state": filters.get("listing_state")}
    on_review = {"phase": filters.get("phase"), "state": filters.get("review_state"), "body": body}
    category = filters.get("category")
    if any(on_listing.values()) or ((convention or category) and not any(on_review.values())):
        asked = {**on_listing, "convention": convention, "category": category}
        listed = {s.entry.chemical for s in select_listings(session, _given(asked), day)}
        if convention and not any(on_listing.values()) and not category:
            # A chemical before a convention's committee is that convention's business too.
            reviews = select_reviews(session, {"convention": convention}, day)
            listed |= {c for p in reviews for c in p.file.subjects}
        found.append(listed)
    if any(on_review.values()):
        asked = {**on_review, "convention": convention, "category": category}
        reviews = select_reviews(session, _given(asked), day)
        found.append({c for p in reviews for c in p.file.subjects})
    for name, of_review in (("under_review", "open"), ("pending_at_cop", "pending_at_cop")):
        wanted = flag(name, filters.get(name))
        if wanted is not None:
            asked = {of_review: "true", "convention": convention, "body": body}
            reviews = select_reviews(session, _given(asked), day)
            found.append(_either(session, {c for p in reviews for c in p.file.subjects}, wanted))
    both = flag("considered_by_both", filters.get("considered_by_both"))
    if both is not None:
        rows = [r for r in overlaps(session, day) if "considered_by_both" in r["situations"]]
        found.append(_either(session, {c for row in rows for c in subjects(row)}, both))
    return set.intersection(*found) if found else None


def _given(filters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in filters.items() if value is not None}


def _either(session: ReadSession, ids: set[str], wanted: bool) -> set[str]:
    if wanted:
        return ids
    return {row[0] for row in session.tuples(select(chemicals.c.id))} - ids


def item_shape(session: ReadSession, day: str) -> Shape[Item]:
    """Chemicals as a list."""

    def render(items: Sequence[Item]) -> list[Row]:
        ids = [item.row["id"] for item in items]
        shown, ref = briefs(session, ids), reference(session)
        rules, held = law(session), cabinet(session)
        flags = flags_by_chemical(session, day)
        none = dict.fromkeys(_FLAGS, False)
        return [
            {
                **shown[key],
                "formula": item.row["formula"],
                "completeness": item.row["completeness"],
                "listings": [
                    e.id
                    for e in rules.by_chemical.get(key, ())
                    if (s := standing(e, day)) and s.listed
                ],
                "reviews": [f.id for f in held.by_chemical.get(key, ()) if replay(f, ref, day)],
                "flags": _flags_through(session, key, flags) if flags else none,
                "match": {"name": item.match.name, "score": round(item.match.score, 1)}
                if item.match
                else None,
            }
            for key, item in zip(ids, items, strict=True)
        ]

    return Shape(
        name="chemicals",
        model=schemas.ChemicalItem,
        render=render,
        ident=lambda item: str(item.row["id"]),
        imported=lambda item: item.row,
        import_columns=_COLUMNS,
        sorts={
            "id": lambda item: item.row["id"],
            "name": lambda item: item.row["name"].casefold(),
            "kind": lambda item: item.row["kind"],
        },
    )


def flags_by_chemical(session: ReadSession, day: str) -> Mapping[str, set[str]]:
    """Situations of every chemical that stands in an overlap; today's are kept."""

    def build() -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in overlaps(session, day):
            for chemical in subjects(row):
                found.setdefault(chemical, set()).update(row["situations"])
        return found

    if day != today():
        return build()
    kept: dict[str, dict[str, set[str]]] = session.remember("flags", dict)
    if day not in kept:
        kept.clear()
        kept[day] = build()
    return kept[day]


def _flags_through(
    session: ReadSession, chemical: str, flags: Mapping[str, set[str]]
) -> dict[str, bool]:
    held = set(flags.get(chemical, ()))
    for group in families(session).groups(chemical):
        held |= flags.get(group, set())
    return {name: name in held for name in _FLAGS}


def whole(session: ReadSession, id: str, day: str) -> Row:
    """One chemical with all that is known of it, what comes through its groups marked so."""
    row = row_of(session, id)
    ref, family = reference(session), families(session)
    groups = family.groups(id)
    related = [*family.relations_of.get(id, ()), *family.relations_to.get(id, ())]
    members = family.members_of.get(id, ())
    shown = briefs(
        session,
        {id, *groups, *(m["member"] for m in members)}
        | {r["chemical"] for r in related}
        | {r["other"] for r in related},
    )
    return {
        **shown[id],
        **{name: row[name] for name in ("convention", "formula", "definition", "completeness")},
        "required_elements": row["required_elements"] or [],
        "formulation_type": row["formulation_type"],
        "names": [_cited(r, ref, "name", "language", "kind") for r in names_of(session, id)],
        "identifiers": [
            _cited(r, ref, "scheme", "value", "role", "edition")
            for r in identifiers_of(session, id)
        ],
        "memberships": [
            {"group": shown[r["group"]], **_cited(r, ref, "relation", "by", "convention")}
            for r in family.groups_of.get(id, ())
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
        "status": statuses(session, [id], None, day)[id],
        "listings": _listings(session, [id, *groups], day),
        "reviews": _reviews(session, [id, *groups], day),
        "overlaps": _overlaps(session, [id, *groups], day),
        "flags": _flags_through(session, id, flags_by_chemical(session, day)),
        "external_ids": [],
        "sources": ref.cite(row),
    }


def row_of(session: ReadSession, id: str) -> Row:
    """The chemical's row; a problem 404, or 410 where it was withdrawn."""
    row = rows_by_id(session, [id]).get(id)
    if row is not None:
        return row
    withdrawn = select(changes.c.reason).where(
        changes.c.resource == "chemicals",
        changes.c.row_key == id,
        changes.c.action == "withdrawn",
    )
    if (reason := session.scalar(withdrawn.order_by(changes.c.revision.desc()))) is not None:
        raise gone(f"{id!r} was withdrawn: {reason}")
    raise not_found(f"No chemical {id[:100]!r} is held.")


def _cited(row: Row, ref: Any, *columns: str) -> Row:
    return {**{name: row[name] for name in columns}, "sources": ref.cite(row)}


def _listings(session: ReadSession, ids: Sequence[str], day: str) -> list[Row]:
    rules, shape = law(session), listing_shape(session)
    return [
        {**shape.render([found])[0], "via_group": key if key != ids[0] else None}
        for key in ids
        for entry in rules.by_chemical.get(key, ())
        if (found := standing(entry, day))
    ]


def _reviews(session: ReadSession, ids: Sequence[str], day: str) -> list[Row]:
    ref, held, shape = reference(session), cabinet(session), review_shape(session)
    rows: dict[str, Row] = {}
    for key in ids:
        for file in held.by_chemical.get(key, ()):
            progress = replay(file, ref, day)
            if progress and file.id not in rows:
                via = key if key != ids[0] else None
                rows[file.id] = {**shape.render([progress])[0], "via_group": via}
    return list(rows.values())


def _overlaps(session: ReadSession, ids: Sequence[str], day: str) -> list[Row]:
    rows: dict[str, Row] = {}
    everything = [(subjects(row), row) for row in overlaps(session, day)]
    for key in ids:
        for held, row in everything:
            if key in held and row["id"] not in rows:
                rows[row["id"]] = {**row, "via_group": key if key != ids[0] else None}
    return list(rows.values())
