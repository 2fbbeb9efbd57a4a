"""Chemicals down, conventions and committees across: the table that the Parties asked for."""

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from app.chem.names import fold
from app.conventions.meta import meta
from app.conventions.queries import Reference, reference
from app.db.engine import ReadSession, Row
from app.kit.http.docs import ListMetaOut
from app.kit.http.lists import ListQuery, Shape, respond
from app.register.schemas import MatrixRow
from app.regulation.queries import briefs, law, standings
from app.reviews.queries import progresses
from app.reviews.rules import Progress

_STANDS = {"in_force": "in force", "adopted": "adopted"}
_RANK = {"committee": 0, "cop": 1, "waiting": 2, "submitted": 3, "closed": 4}


def columns(ref: Reference) -> list[Row]:
    """A column for each convention, then one for each of its review committees."""
    found: list[Row] = []
    for convention in ref.conventions.values():
        found.append(
            {
                "id": convention["id"],
                "kind": "convention",
                "convention": convention["id"],
                "label": convention["short_name"],
            }
        )
        for role in ("chemical_review", "interim_review"):
            for body in sorted(ref.bodies_of(convention["id"], role)):
                found.append(
                    {
                        "id": body,
                        "kind": "body",
                        "convention": convention["id"],
                        "label": ref.bodies[body]["label"],
                    }
                )
    return found


def matrix(session: ReadSession, day: str) -> list[Row]:
    """A row for every chemical that an annex lists or a committee has had, by name."""
    rules, known = law(session), briefs(session, ())
    cells: dict[str, dict[str, Row]] = {}
    for standing in standings(session, day).values():
        if standing.listed:
            code = rules.annexes[standing.entry.row["annex"]]["code"]
            category = standing.entry.row["category"]
            since = standing.added["in_force_on" if standing.state == "in_force" else "adopted_on"]
            label = f"Annex {code}" + (f" ({category.replace('_', ' ')})" if category else "")
            label += f", {_STANDS[standing.state]} {since}"
            row = cells.setdefault(standing.entry.chemical, {})
            _join(
                row,
                standing.entry.convention,
                label,
                standing.state,
                since,
                None,
                standing.entry.id,
            )
    begun = progresses(session, day).values()
    for progress in sorted(begun, key=lambda p: _RANK[p.phase or "closed"]):
        for chemical in progress.file.subjects:
            row = cells.setdefault(chemical, {})
            _join(
                row, progress.file.row["body"], _stage(progress), progress.state or "",
                _since(progress), progress.file.id, None,
            )  # fmt: skip
    return [
        {"chemical": known[chemical], "cells": row}
        for chemical, row in sorted(
            cells.items(), key=lambda kv: (known[kv[0]]["name"].casefold(), kv[0])
        )
    ]


def _join(
    row: dict[str, Row],
    column: str,
    label: str,
    state: str,
    since: str | None,
    review: str | None,
    listing: str | None,
) -> None:
    """Add to a cell; what comes first gives its state."""
    cell = row.get(column)
    if cell is None:
        cell = row[column] = {
            "label": label, "state": state, "since": since, "reviews": [], "listings": [],
        }  # fmt: skip
    elif label not in cell["label"].split("; "):
        cell["label"] += f"; {label}"
    if review:
        cell["reviews"].append(review)
    if listing:
        cell["listings"].append(listing)


def _stage(progress: Progress) -> str:
    category = progress.file.row["category"]
    label = str(progress.file.procedure.states[progress.state]["label"]) if progress.state else ""
    if progress.outcome and not progress.open:
        label = progress.outcome.replace("_", " ").capitalize()
    since = _since(progress)
    what = f" ({category.replace('_', ' ')})" if category else ""
    return f"{label}{what}" + (f", since {since}" if since else "")


def _since(progress: Progress) -> str | None:
    """The day of the event that brought the review into its state."""
    since = None
    previous = None
    for when, _, state in progress.events:
        if state != previous:
            since, previous = when, state
    return since or progress.opened_on


class MatrixColumnOut(BaseModel):
    """A column: a convention, or one of its review committees."""

    id: str
    kind: str
    convention: str
    label: str


class MatrixMetaOut(ListMetaOut):
    """Meta of the matrix: its columns from left to right."""

    columns: list[MatrixColumnOut]


def answer(request: Request, query: ListQuery, session: ReadSession, day: str) -> Response:
    """The matrix as JSON, or as a table: the chemical, then a cell for each column."""
    across = columns(reference(session))

    def cells(row: Row) -> Row:
        chemical = row["chemical"]
        return {
            "chemical.id": chemical["id"],
            "chemical.name": chemical["name"],
            "chemical.cas": chemical["cas"],
            **{c["id"]: row["cells"].get(c["id"], {}).get("label") for c in across},
        }

    shape = Shape(
        name="matrix",
        model=MatrixRow,
        render=list,
        ident=lambda row: str(row["chemical"]["id"]),
        imported=cells,
        import_columns=["chemical.id", "chemical.name", "chemical.cas", *(c["id"] for c in across)],
        sorts={
            "id": lambda row: row["chemical"]["id"],
            "name": lambda row: fold(row["chemical"]["name"]),
        },
        derived=False,
        widest=20,
    )
    rows = matrix(session, day)
    more = {"columns": across}
    return respond(request, query, rows, shape, meta=meta(session), extra_meta=more)
