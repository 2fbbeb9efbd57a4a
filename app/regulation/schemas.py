"""A listing on the wire."""

from collections.abc import Mapping

from app.chemicals.queries import Families
from app.conventions.queries import Reference
from app.conventions.schemas import ChemicalBrief, SourceCited, Wire
from app.db.engine import Row
from app.regulation.rules import Standing

_NO_DATE = "The day of entry into force is not held; until it is, the entry counts as adopted only."


class IngredientOut(Wire):
    """An active ingredient with its strength, where the entry gives one."""

    substance: str
    name: str
    comparator: str | None
    strength: float | None
    unit: str | None


class ConditionOut(Wire):
    """What must hold for the entry to cover a product."""

    text: str | None
    type: str | None
    ingredients: list[IngredientOut]


class ExemptionOut(Wire):
    """What is permitted in spite of the listing.

    `open`: usable on the day asked; null where that is not known.
    """

    id: str
    kind: str
    activity: str
    text: str
    registrable: bool | None
    expires_on: str | None
    closed_on: str | None
    added_by: str
    removed_by: str | None
    open: bool | None
    sources: list[SourceCited]


class ListingEventOut(Wire):
    """One decision about the entry, with its own three days."""

    id: str
    kind: str
    adopted_on: str | None
    adopted_at: str | None
    decision: str | None
    communicated_on: str | None
    communication: str | None
    in_force_on: str | None
    printed_name: str | None
    printed_cas: list[str]
    footnotes: list[str]
    text: str | None
    sources: list[SourceCited]


class ListingOut(Wire):
    """An entry of an annex, as it stands on the day asked."""

    id: str
    chemical: ChemicalBrief
    convention: str
    annex: str
    part: str | None
    order: int
    entry_kind: str
    category: str | None
    effect: str | None
    printed_name: str | None
    printed_cas: list[str]
    footnotes: list[str]
    state: str
    adopted_on: str | None
    adopted_at: str | None
    decision: str | None
    communicated_on: str | None
    in_force_on: str | None
    removed_on: str | None
    replaced_by: str | None
    condition: ConditionOut | None
    exemptions: list[ExemptionOut]
    dgd: str | None
    events: list[ListingEventOut]
    caveats: list[str]
    official_url: str | None
    sources: list[SourceCited]


def listing_out(
    standing: Standing,
    ref: Reference,
    families: Families,
    briefs: Mapping[str, Row],
    types: Mapping[str, str],
) -> Row:
    """A listing as the API shows it; `types` are the formulation types by chemical."""
    entry, added = standing.entry, standing.added
    row = entry.row
    return {
        "id": entry.id,
        "chemical": briefs[entry.chemical],
        "convention": entry.convention,
        "annex": row["annex"],
        "part": row["part"],
        "order": row["order"],
        "entry_kind": standing.entry_kind,
        "category": row["category"],
        "effect": standing.effect,
        "printed_name": standing.printed_name,
        "printed_cas": list(standing.printed_cas),
        "footnotes": list(standing.footnotes),
        "state": standing.state,
        "adopted_on": added["adopted_on"],
        "adopted_at": ref.meeting_label(added["adopted_at"]),
        "decision": ref.symbol(added["decision"]),
        "communicated_on": added["communicated_on"],
        "in_force_on": added["in_force_on"],
        "removed_on": standing.ended["in_force_on"] if standing.ended else None,
        "replaced_by": row["replaced_by"] if standing.ended else None,
        "condition": condition_out(standing, families, briefs, types),
        "exemptions": [
            exemption_out(e, standing, ref) for e in entry.exemptions if standing.holds(e)
        ],
        "dgd": ref.symbol(row["dgd"]),
        "events": [event_out(event, ref) for event in standing.events],
        "caveats": [_NO_DATE] if added["in_force_on"] is None and standing.listed else [],
        "official_url": row["official_url"],
        "sources": ref.cite(row),
    }


def condition_out(
    standing: Standing, families: Families, briefs: Mapping[str, Row], types: Mapping[str, str]
) -> Row | None:
    """The condition on the entry, or None where its printed name and numbers decide alone."""
    ingredients = families.ingredients_of.get(standing.entry.chemical, ())
    text = standing.entry.row["condition"]
    if not ingredients and not text:
        return None
    return {
        "text": text,
        "type": types.get(standing.entry.chemical),
        "ingredients": [
            {
                "substance": row["substance"],
                "name": briefs[row["substance"]]["name"],
                "comparator": row["comparator"],
                "strength": row["strength"],
                "unit": row["unit"],
            }
            for row in ingredients
        ],
    }


def exemption_out(row: Row, standing: Standing, ref: Reference) -> Row:
    """An exemption as the API shows it."""
    copied = (
        "id",
        "kind",
        "activity",
        "text",
        "registrable",
        "expires_on",
        "closed_on",
        "added_by",
        "removed_by",
    )
    return {
        **{name: row[name] for name in copied},
        # What removed it later is not yet known on the day asked.
        "removed_by": row["removed_by"]
        if any(event["id"] == row["removed_by"] for event in standing.events)
        else None,
        "open": standing.is_open(row),
        "sources": ref.cite(row),
    }


def event_out(event: Row, ref: Reference) -> Row:
    """A listing event as the API shows it."""
    return {
        "id": event["id"],
        "kind": event["kind"],
        "adopted_on": event["adopted_on"],
        "adopted_at": ref.meeting_label(event["adopted_at"]),
        "decision": ref.symbol(event["decision"]),
        "communicated_on": event["communicated_on"],
        "communication": event["communication"],
        "in_force_on": event["in_force_on"],
        "printed_name": event["printed_name"],
        "printed_cas": event["printed_cas"] or [],
        "footnotes": event["footnotes"] or [],
        "text": event["text"],
        "sources": ref.cite(event),
    }
