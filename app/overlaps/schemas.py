"""An overlap on the wire: both sides, what joins them, what is so, and why."""

from collections.abc import Mapping

from pydantic import Field

from app.conventions.queries import Reference
from app.conventions.schemas import ChemicalBrief, SourceCited, Wire
from app.db.engine import Row
from app.overlaps.evidence import evidence, headline, leading_review, nearest_meeting
from app.overlaps.rules import Pair, concurrent, scope_difference, situations
from app.overlaps.sides import SideOnDay
from app.regulation.queries import Law


class SideOut(Wire):
    """One convention's side. `first_on`, `last_on`: first and last day in the committee phase."""

    convention: str
    body: str | None
    chemical: ChemicalBrief
    reviews: list[str]
    phase: str | None
    state: str | None
    outcome: str | None
    first_on: str | None
    last_on: str | None
    meetings: list[str]
    listings: list[str]


class LinkOut(Wire):
    """How the sides' chemicals relate. `shared`: members held by both groups."""

    kind: str
    left: str
    right: str
    shared: list[str]
    sources: list[SourceCited]


class PeriodOut(Wire):
    """Days on which both committees had it; `to` is null while they do."""

    # `from` is a keyword of the language.
    since: str = Field(alias="from")
    until: str | None = Field(alias="to")


class EvidenceOut(Wire):
    """A fact that the overlap rests on, or that a committee should have before it."""

    kind: str
    convention: str | None
    text: str
    review: str | None
    listing: str | None
    document: str | None
    sources: list[SourceCited]


class AssessmentOut(Wire):
    """What a person made of the overlap."""

    state: str
    by: str
    on: str
    reason: str
    needs_another_look: bool


class OverlapOut(Wire):
    """Two bodies or two conventions look at the same thing."""

    id: str
    chemical: ChemicalBrief
    left: SideOut
    right: SideOut
    links: list[LinkOut]
    situations: list[str]
    concurrent: list[PeriodOut]
    scope_difference: str | None
    evidence: list[EvidenceOut]
    headline: str
    next_meeting: str | None
    assessment: AssessmentOut | None
    changed_at_revision: int


def overlap_out(
    pair: Pair,
    ref: Reference,
    law: Law,
    briefs: Mapping[str, Row],
    changed: Mapping[tuple[str, str], int],
) -> Row:
    """An overlap as the API shows it."""
    found = situations(pair)
    ahead = nearest_meeting(pair, ref)
    return {
        "id": pair.id,
        "chemical": briefs[pair.left.side.chemical],
        "left": side_out(pair.left, ref, briefs),
        "right": side_out(pair.right, ref, briefs),
        "links": [
            {
                "kind": link.kind,
                "left": link.left,
                "right": link.right,
                "shared": list(link.shared),
                "sources": [source for fact in link.facts for source in ref.cite(fact)],
            }
            for link in pair.links
        ],
        "situations": found,
        "concurrent": [{"from": since, "to": until} for since, until in concurrent(pair)]
        if pair.strong
        else [],
        "scope_difference": scope_difference(pair),
        "evidence": evidence(pair, found, ref, law),
        "headline": headline(pair, found, ref, law, briefs),
        "next_meeting": ahead.row["label"] if ahead else None,
        "assessment": None,
        "changed_at_revision": max((changed.get(key, 0) for key in _rests_on(pair)), default=0),
    }


def side_out(side: SideOnDay, ref: Reference, briefs: Mapping[str, Row]) -> Row:
    """One side as the API shows it."""
    lead = leading_review(side)
    spans = side.committee_spans()
    held = {
        event["meeting"]: ref.meetings[event["meeting"]].first_day or ""
        for review in side.before_committee()
        for _, event, _ in review.events
        if event["meeting"]
    }
    ended = bool(spans) and all(span.until for span in spans)
    bodies = sorted(side.review_bodies & {r.file.row["body"] for r in side.reviews})
    return {
        "convention": side.side.convention,
        "body": bodies[0] if bodies else None,
        "chemical": briefs[side.side.chemical],
        "reviews": [review.file.id for review in side.reviews],
        "phase": lead.phase if lead else None,
        "state": lead.state if lead else None,
        "outcome": lead.outcome if lead else None,
        "first_on": spans[0].since if spans else None,
        "last_on": max(str(span.until) for span in spans) if ended else None,
        "meetings": [str(ref.meeting_label(m)) for m in sorted(held, key=lambda m: (held[m], m))],
        "listings": [standing.entry.id for standing in side.standings],
    }


def _rests_on(pair: Pair) -> set[tuple[str, str]]:
    """(resource, key) of the rows whose change changes this overlap."""
    keys: set[tuple[str, str]] = set()
    for side in (pair.left, pair.right):
        for review in side.reviews:
            keys.add(("reviews", review.file.id))
            keys |= {
                ("review_events", f"{review.file.id}|{e['number']}") for e in review.file.events
            }
        for standing in side.standings:
            keys.add(("listings", standing.entry.id))
            keys |= {("listing_events", event["id"]) for event in standing.entry.events}
            keys |= {("exemptions", row["id"]) for row in standing.entry.exemptions}
    for link in pair.links:
        for fact in link.facts:
            if "member" in fact:
                keys.add(("memberships", f"{fact['group']}|{fact['member']}"))
            elif "other" in fact:
                keys.add(("relations", f"{fact['chemical']}|{fact['kind']}|{fact['other']}"))
            else:
                keys.add(("ingredients", f"{fact['formulation']}|{fact['substance']}"))
    return keys
