"""Coverage and status on the wire: one answer a convention, with its reasons."""

from collections.abc import Callable, Mapping

from app.conventions.queries import Reference
from app.conventions.schemas import ChemicalBrief, SourceCited, Wire
from app.coverage.rules import Found, Hit, Subject
from app.db.engine import Row
from app.regulation.rules import Standing
from app.regulation.schemas import ConditionOut, ExemptionOut, exemption_out

_ADOPTED = "Adopted, and not known to be in force on this day."
_INCOMPLETE = "Not all entries of this convention are held here: see /data-quality."
_OUTSIDE = "Exemptions, waste, trace amounts and articles in use have rules of their own."


class CoverageEntryOut(Wire):
    """One entry that covers the chemical, or may, and why."""

    listing: str
    chemical: ChemicalBrief
    annex: str
    category: str | None
    via_group: str | None
    basis: str
    by: str
    status_in_time: str
    effect: str | None
    decision: str | None
    adopted_on: str | None
    in_force_on: str | None
    condition: ConditionOut | None
    applies_if: str | None
    scope_difference: str | None
    caveats: list[str]
    explanation: str
    sources: list[SourceCited]


class PendingOut(Wire):
    """An open review of the chemical, or of a group that holds it."""

    review: str
    chemical: ChemicalBrief
    via_group: str | None
    body: str
    state: str
    phase: str
    next_meeting: str | None
    next_step: str | None


class StatusOut(Wire):
    """A chemical's status under one convention, on the day asked."""

    convention: str
    answer: str
    explanation: str
    annexes: list[str]
    category: str | None
    effect: str | None
    status_in_time: str | None
    decision: str | None
    adopted_on: str | None
    communicated_on: str | None
    in_force_on: str | None
    exemptions: list[ExemptionOut]
    entries: list[CoverageEntryOut]
    removed_entries: list[str]
    open_review: PendingOut | None
    pending: list[PendingOut]
    next_step: str | None
    open_groups: list[ChemicalBrief]
    searched: list[str]
    caveats: list[str]


def status_out(
    subject: Subject,
    found: Found,
    pending: list[Row],
    ref: Reference,
    briefs: Mapping[str, Row],
    condition: Callable[[Standing], Row | None],
) -> Row:
    """The status under one convention as the API shows it."""
    lead = found.hits[0] if found.hits else None
    strongest = [hit for hit in found.hits if hit.answer == found.answer]
    added = lead.standing.added if lead else None
    pend = pending[0] if pending else None
    return {
        "convention": found.convention,
        "answer": found.answer,
        "explanation": explain(subject, found, ref, briefs),
        "annexes": list(dict.fromkeys(hit.standing.entry.row["annex"] for hit in strongest)),
        "category": lead.standing.entry.row["category"] if lead else None,
        "effect": lead.standing.effect if lead else None,
        "status_in_time": lead.standing.state if lead else None,
        "decision": ref.symbol(added["decision"]) if added else None,
        "adopted_on": added["adopted_on"] if added else None,
        "communicated_on": added["communicated_on"] if added else None,
        "in_force_on": added["in_force_on"] if added else None,
        "exemptions": [
            exemption_out(row, hit.standing, ref)
            for hit in strongest
            for row in hit.standing.entry.exemptions
            if hit.standing.holds(row)
        ],
        "entries": [entry_out(hit, subject, ref, briefs, condition) for hit in found.hits],
        "removed_entries": [standing.entry.id for standing in found.removed],
        "open_review": pend,
        "pending": pending,
        "next_step": pend["next_step"] if pend else None,
        "open_groups": [briefs[group] for group in found.open_groups],
        "searched": ["listings", "printed CAS RNs", "member lists", "relations"],
        "caveats": [
            *([_OUTSIDE] if found.hits else []),
            *([_INCOMPLETE] if incomplete(found.convention, ref) else []),
        ],
    }


def entry_out(
    hit: Hit,
    subject: Subject,
    ref: Reference,
    briefs: Mapping[str, Row],
    condition: Callable[[Standing], Row | None],
) -> Row:
    """One entry with its reasons."""
    standing = hit.standing
    added = standing.added
    caveats = [*hit.caveats, *([_ADOPTED] if standing.state == "adopted" else [])]
    return {
        "listing": standing.entry.id,
        "chemical": briefs[standing.entry.chemical],
        "annex": standing.entry.row["annex"],
        "category": standing.entry.row["category"],
        "via_group": hit.via_group,
        "basis": hit.basis,
        "by": hit.by,
        "status_in_time": standing.state,
        "effect": standing.effect,
        "decision": ref.symbol(added["decision"]),
        "adopted_on": added["adopted_on"],
        "in_force_on": added["in_force_on"],
        "condition": condition(standing),
        "applies_if": hit.applies_if,
        "scope_difference": hit.scope_difference,
        "caveats": caveats,
        "explanation": _sentence(hit, subject, ref, briefs),
        "sources": [*ref.cite(added), *(s for fact in hit.facts for s in ref.cite(fact))],
    }


def explain(subject: Subject, found: Found, ref: Reference, briefs: Mapping[str, Row]) -> str:
    """One sentence that a customs officer understands."""
    if found.hits:
        return _sentence(found.hits[0], subject, ref, briefs)
    convention = ref.conventions[found.convention]["name"]
    searched = "by name, printed CAS RN or member list"
    text = f"No entry of the {convention} was found for {subject.row['name']} {searched}"
    if found.open_groups:
        names = "; ".join(briefs[group]["name"] for group in found.open_groups)
        text = f"{text}; it may still fall under a group whose list of members is open: {names}"
    elif not incomplete(found.convention, ref):
        text = f"{text}, and every group with an open list of members could be excluded"
    return f"{text}. {_INCOMPLETE}" if incomplete(found.convention, ref) else f"{text}."


def incomplete(convention: str, ref: Reference) -> bool:
    """Whether entries of this convention are known not to be held: "not held" is not "none"."""
    return any(g["resource"] == "listings" and g["convention"] == convention for g in ref.gaps)


def _sentence(hit: Hit, subject: Subject, ref: Reference, briefs: Mapping[str, Row]) -> str:
    standing = hit.standing
    convention = ref.conventions[standing.entry.convention]["short_name"]
    entry = standing.printed_name or briefs[standing.entry.chemical]["name"]
    since = {
        "in_force": f"in force since {standing.added['in_force_on']}",
        "adopted": f"adopted on {standing.added['adopted_on']}, not known to be in force",
    }[standing.state]
    verb = {
        "listed_directly": "is listed",
        "listed_by_group": f"is covered by the entry “{entry}”",
        "possibly_covered": f"may be covered by the entry “{entry}”",
    }[hit.answer]
    annex = standing.entry.row["annex"].removeprefix(f"{standing.entry.convention}-").upper()
    text = f"{subject.row['name']} {verb} in Annex {annex} of the {convention} ({since})"
    return f"{text}, if {hit.applies_if}." if hit.applies_if else f"{text}."
