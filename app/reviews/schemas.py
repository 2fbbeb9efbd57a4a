"""Reviews, submissions and work items on the wire."""

from collections.abc import Callable, Mapping
from typing import Any

from app.conventions.queries import Reference
from app.conventions.schemas import ChemicalBrief, SourceCited, Wire
from app.db.engine import Row
from app.reviews.rules import (
    Progress,
    annexes_recommended,
    cop_considerations,
    regions_met,
)


class PartyOut(Wire):
    """A Party and its PIC region."""

    id: str
    name: str
    region: str | None


class FindingOut(Wire):
    """One submission (or the review) against one criterion at one meeting."""

    id: str
    submission: str | None
    criterion: str
    meeting: str | None
    result: str
    document: str | None
    sources: list[SourceCited]


class SubmissionOut(Wire):
    """What starts or feeds a review; chemical and CAS RNs also as submitted."""

    id: str
    kind: str
    procedure: str
    convention: str
    chemical: ChemicalBrief
    category: str | None
    action: str | None
    parties: list[PartyOut]
    name_as_submitted: str | None
    cas_as_submitted: list[str]
    received_on: str | None
    verified_on: str | None
    pic_circular: str | None
    document: str | None
    reviews: list[str]
    findings: list[FindingOut]
    sources: list[SourceCited]


class CopConsiderationOut(Wire):
    """What one COP did with a review."""

    meeting: str
    outcome: str
    criteria_agreed_met: bool | None
    decision: str | None


class ReviewEventOut(Wire):
    """One act, and the state in which it left the review."""

    on: str | None
    sequence: int
    meeting: str | None
    kind: str
    state: str
    outcome: str | None
    decision: str | None
    document: str | None
    amends: int | None
    note: str | None
    sources: list[SourceCited]


class ReviewOut(Wire):
    """One file before one listing committee, however often it returns."""

    id: str
    chemical: ChemicalBrief
    subjects: list[ChemicalBrief]
    body: str
    convention: str
    procedure: str
    category: str | None
    state: str
    phase: str
    outcome: str | None
    open: bool
    submissions: list[SubmissionOut]
    regions_met: list[str]
    annexes_recommended: list[str]
    annexes_rule: str | None
    cop_considerations: list[CopConsiderationOut]
    opened_on: str | None
    closed_on: str | None
    next_meeting: str | None
    next_step: str | None
    events: list[ReviewEventOut]
    listed_as: list[str]
    predecessor: str | None
    sources: list[SourceCited]


class WorkItemOut(Wire):
    """A body's other work on a chemical; never a review."""

    id: str
    body: str
    convention: str | None
    chemical: ChemicalBrief
    title: str
    topic: str | None
    state: str
    opened_at: str | None
    closed_at: str | None
    document: str | None
    sources: list[SourceCited]


def submission_out(
    row: Row,
    ref: Reference,
    briefs: Mapping[str, Row],
    convention: str,
    reviews: list[str],
    findings: list[Row],
) -> Row:
    """A submission as the API shows it."""
    copied = (
        "id",
        "kind",
        "procedure",
        "category",
        "action",
        "name_as_submitted",
        "received_on",
        "verified_on",
        "pic_circular",
    )
    return {
        **{name: row[name] for name in copied},
        "convention": convention,
        "chemical": briefs[row["chemical"]],
        "cas_as_submitted": row["cas_as_submitted"] or [],
        "parties": [
            {
                "id": party,
                "name": ref.parties[party]["name"],
                "region": ref.parties[party]["pic_region"],
            }
            for party in row["parties"]
        ],
        "document": ref.symbol(row["document"]),
        "reviews": reviews,
        "findings": [finding_out(finding, ref) for finding in findings],
        "sources": ref.cite(row),
    }


def finding_out(row: Row, ref: Reference) -> Row:
    """A finding as the API shows it."""
    return {
        "id": row["id"],
        "submission": row["submission"],
        "criterion": row["criterion"],
        "meeting": ref.meeting_label(row["meeting"]),
        "result": row["result"],
        "document": ref.symbol(row["document"]),
        "sources": ref.cite(row),
    }


def review_out(
    progress: Progress,
    ref: Reference,
    briefs: Mapping[str, Row],
    listing_of: Callable[[str], tuple[str, str]],
    reviews_of_submission: Mapping[str, Any],
) -> Row:
    """A review as the API shows it; `listing_of` tells a listing event's listing and adoption."""
    file = progress.file
    annexes = annexes_recommended(progress, ref)
    ahead = next_meeting(progress, ref)
    listed = [listing_of(event) for event in file.listing_events]
    findings: dict[str | None, list[Row]] = {}
    for finding in progress.findings(ref):
        findings.setdefault(finding["submission"], []).append(finding)
    state = file.procedure.states[progress.state] if progress.state else None
    return {
        "id": file.id,
        "chemical": briefs[file.row["chemical"]],
        "subjects": [briefs[subject] for subject in file.subjects],
        "body": file.row["body"],
        "convention": file.convention,
        "procedure": file.row["procedure"],
        "category": file.row["category"],
        "state": progress.state,
        "phase": progress.phase,
        "outcome": progress.outcome,
        "open": progress.open,
        "submissions": [
            submission_out(
                submission,
                ref,
                briefs,
                file.convention,
                list(reviews_of_submission.get(submission["id"], ())),
                findings.get(submission["id"], []),
            )
            for submission in progress.submissions()
        ],
        "regions_met": regions_met(progress, ref),
        "annexes_recommended": annexes["annexes"] if annexes else [],
        "annexes_rule": annexes["annexes_rule"] if annexes else None,
        "cop_considerations": [
            {
                "meeting": ref.meeting_label(event["meeting"]),
                "outcome": outcome,
                "criteria_agreed_met": event["criteria_agreed_met"],
                "decision": ref.symbol(event["decision"]),
            }
            for outcome, event in cop_considerations(progress, ref)
        ],
        "opened_on": progress.opened_on,
        "closed_on": progress.closed_on,
        "next_meeting": ahead,
        "next_step": state["next_step"] if state else None,
        "events": events_out(progress, ref),
        "listed_as": sorted({listing for listing, adopted in listed if adopted <= progress.day}),
        "predecessor": file.row["predecessor"],
        "sources": ref.cite(file.row),
    }


def next_meeting(progress: Progress, ref: Reference) -> str | None:
    """The label of the meeting that has the review next: its committee's, or its COP's."""
    meeting = next_meeting_of(progress, ref)
    return meeting.row["label"] if meeting else None


def next_meeting_of(progress: Progress, ref: Reference) -> Any:
    """That meeting."""
    if progress.phase in ("submitted", "committee"):
        return ref.next_meeting(progress.file.row["body"], progress.day)
    if progress.phase == "cop":
        cops = ref.bodies_of(progress.file.convention, "cop")
        ahead = [m for cop in cops if (m := ref.next_meeting(cop, progress.day))]
        return min(ahead, key=lambda meeting: meeting.first_day or "", default=None)
    return None


def events_out(progress: Progress, ref: Reference) -> list[Row]:
    """The events so far, each with its place among those of its day."""
    shown: list[Row] = []
    counts: dict[str, int] = {}
    for when, event, state in progress.events:
        counts[when] = counts.get(when, 0) + 1
        rule = progress.file.procedure.events[event["kind"]]
        shown.append(
            {
                "on": event["on"],
                "sequence": counts[when],
                "meeting": ref.meeting_label(event["meeting"]),
                "kind": event["kind"],
                "state": state,
                "outcome": rule["outcome"],
                "decision": ref.symbol(event["decision"]),
                "document": ref.symbol(event["document"]),
                "amends": event["amends"],
                "note": event["note"],
                "sources": ref.cite(event),
            }
        )
    return shown


def work_item_out(row: Row, ref: Reference, briefs: Mapping[str, Row]) -> Row:
    """A work item as the API shows it."""
    return {
        "id": row["id"],
        "body": row["body"],
        "convention": ref.bodies[row["body"]]["convention"],
        "chemical": briefs[row["chemical"]],
        "title": row["title"],
        "topic": row["topic"],
        "state": row["state"],
        "opened_at": ref.meeting_label(row["opened_at"]),
        "closed_at": ref.meeting_label(row["closed_at"]),
        "document": ref.symbol(row["document"]),
        "sources": ref.cite(row),
    }
