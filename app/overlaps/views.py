"""Selections of overlaps and how lists of them are shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.conventions.queries import reference
from app.db.engine import ReadSession, Row
from app.kit.http.lists import Shape, terms
from app.overlaps import schemas
from app.overlaps.queries import overlaps
from app.overlaps.vocabularies import LINK, SITUATION
from app.regulation.views import chemical_ids
from app.reviews.queries import cabinet

SHAPE: Shape[Row] = Shape(
    name="overlaps",
    model=schemas.OverlapOut,
    render=list,
    ident=lambda row: str(row["id"]),
    sorts={
        "id": lambda row: row["id"],
        "changed_at_revision": lambda row: row["changed_at_revision"],
    },
)


def one(session: ReadSession, id: str, day: str) -> Row | None:
    """One overlap on a day."""
    return next((row for row in overlaps(session, day) if row["id"] == id), None)


def select(session: ReadSession, filters: Mapping[str, Any], day: str) -> Sequence[Row]:
    """Overlaps that meet all filters, in the order of the nearest meeting."""
    ref = reference(session)
    situations = _set(terms("situation", filters.get("situation"), SITUATION))
    links = _set(terms("link", filters.get("link"), LINK))
    bodies = _set(terms("body", filters.get("body"), ref.bodies))
    conventions = _set(terms("convention", filters.get("convention"), ref.conventions))
    chemicals = chemical_ids(session, "chemical", filters.get("chemical"))
    labels = terms("meeting", filters.get("meeting"), ref.meeting_ids)
    met_at = {ref.meeting_label(ref.meeting_ids[label]) for label in labels} if labels else None
    held = cabinet(session)

    def before(row: Row) -> set[str]:
        reviews = [*row["left"]["reviews"], *row["right"]["reviews"]]
        return {held.by_id[review].row["body"] for review in reviews}

    return [
        row
        for row in overlaps(session, day)
        if _meets(situations, row["situations"])
        and _meets(links, [link["kind"] for link in row["links"]])
        and (bodies is None or _meets(bodies, before(row)))
        and _meets(conventions, [row["left"]["convention"], row["right"]["convention"]])
        and _meets(chemicals, subjects(row))
        and _meets(met_at, [*row["left"]["meetings"], *row["right"]["meetings"]])
    ]


def by_chemical(session: ReadSession, day: str) -> Mapping[str, Sequence[Row]]:
    """The overlaps of every chemical that stands in one, in their order."""

    def build() -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in overlaps(session, day):
            for chemical in subjects(row):
                found.setdefault(chemical, []).append(row)
        return found

    return session.remember_day("overlaps by chemical", day, build)


def subjects(row: Row) -> set[str]:
    """The chemicals of both sides: their heads and those that links join."""
    return {
        row["left"]["chemical"]["id"],
        row["right"]["chemical"]["id"],
        *(link["left"] for link in row["links"]),
        *(link["right"] for link in row["links"]),
    }


def _set(values: list[str] | None) -> set[str] | None:
    return None if values is None else set(values)


def _meets(wanted: set[Any] | None, held: Any) -> bool:
    return wanted is None or not wanted.isdisjoint(held)
