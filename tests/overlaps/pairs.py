"""Two sides of two conventions, built in memory from phases, listings and links."""

from collections.abc import Sequence
from typing import Any

from app.chemicals.queries import Families
from app.overlaps.links import Link
from app.overlaps.rules import Pair
from app.overlaps.sides import Side, SideOnDay
from app.regulation.rules import Entry, Standing, counts_from, in_order, standing
from app.reviews.rules import Procedure, Progress, Span
from tests.reviews.files import PROCEDURES, file

DAY = "2020-06-15"


def families(
    memberships: Sequence[tuple[str, str, str]] = (),
    relations: Sequence[tuple[str, str, str]] = (),
    ingredients: Sequence[tuple[str, str]] = (),
    **cells: Any,
) -> Families:
    """Memberships (group, member, relation), relations (chemical, kind, other), ingredients."""

    def by(rows: list[dict[str, Any]], column: str) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            found.setdefault(row[column], []).append(row)
        return found

    base = {"confidence": "high", **cells}
    members = [{"group": g, "member": m, "relation": r, **base} for g, m, r in memberships]
    related = [
        {"chemical": c, "kind": k, "other": o, "scope": None, "scope_difference": None, **base}
        for c, k, o in relations
    ]
    parts = [{"formulation": f, "substance": s, **base} for f, s in ingredients]
    return Families(
        by(members, "member"), by(members, "group"), by(related, "chemical"),
        by(related, "other"), by(parts, "substance"), by(parts, "formulation"), frozenset(),
    )  # fmt: skip


def link(kind: str = "same_chemical", confidence: str = "high", **cells: Any) -> Link:
    """A link that rests on one fact."""
    fact = {"confidence": confidence, "group": "g", "member": "m", "scope": None,
            "scope_difference": None, **cells}  # fmt: skip
    return Link(kind, "x", "x", [] if kind == "same_chemical" else [fact], cells.get("shared", ()))


def review(
    *spans: tuple[str, str, str | None], state: str | None = None, body: str = "committee",
    states: Sequence[str] = (), submitted: str | None = None, closed_on: str | None = None,
    procedure: Procedure = PROCEDURES["stockholm-art8"],
) -> Progress:  # fmt: skip
    """A review that has had these phases; the last is the one it is in."""
    submissions = [{"verified_on": None, "received_on": submitted}] if submitted else []
    made = file(procedure.row["id"], submissions=submissions)
    made.row["body"] = body  # type: ignore[index]
    phase = spans[-1][0] if spans else "submitted"
    found = Progress(made, DAY, state or ("decided" if phase == "closed" else "evaluation"), phase)
    found.spans = [Span(*span) for span in spans]
    found.closed_on = closed_on
    fact = {"confidence": "high", "meeting": None}
    found.events = [("2000-01-01", fact, name) for name in states or ["evaluation"]]
    return found


def entry(
    adopted_on: str = "2010-01-01", in_force_on: str | None = "2011-01-01", *,
    removed_on: str | None = None, exemptions: Sequence[dict[str, Any]] = (), years: int | None = 5,
    duties: Sequence[str] = (), guidelines: Sequence[dict[str, Any]] = (), chemical: str = "x",
) -> Entry:  # fmt: skip
    """An entry with its events, exemptions, and the duties that it brings another convention."""
    days = [("added", adopted_on, in_force_on)]
    days += [("removed", removed_on, removed_on)] if removed_on else []
    events: list[dict[str, Any]] = [
        {"id": kind, "kind": kind, "adopted_on": on, "communicated_on": None, "in_force_on": force,
         "printed_name": "X", "printed_cas": None, "footnotes": None, "confidence": "high"}
        for kind, on, force in days
    ]  # fmt: skip
    for event in events:
        event["counts_from"] = counts_from(event, None)
    held = [
        {"id": "e", "kind": "specific_exemption", "activity": "use", "registrable": True,
         "expires_on": None, "closed_on": None, "added_by": "added", "removed_by": None,
         "registrations": [], **row}
        for row in exemptions
    ]  # fmt: skip
    row = {"id": "entry", "annex": "a", "chemical": chemical, "category": None, "effect": None,
           "entry_kind": None, "condition": None, "confidence": "high"}  # fmt: skip
    asked = [
        {"convention": "left", "asked_of": other, "kind": "waste_guidelines"} for other in duties
    ]
    return Entry(row, {"id": "a", "convention": "left", "effect": "eliminate",
                       "entry_kind": "chemical"}, in_order(events), held, years, asked,
                 list(guidelines))  # fmt: skip


def side(
    convention: str, *reviews: Progress, entries: Sequence[Entry] = (), day: str = DAY
) -> SideOnDay:
    """A side on that day; `committee` is its review body proper, whatever else has reviewed."""
    found: list[Standing] = [s for e in entries if (s := standing(e, day))]
    return SideOnDay(
        Side(convention, "x", [], list(entries)), day, reviews, found, frozenset({"committee"})
    )


def pair(left: SideOnDay, right: SideOnDay, *links: Link) -> Pair:
    """Both sides and what joins them."""
    return Pair(left, right, links or (link(),))
