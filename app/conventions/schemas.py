"""Reference lists on the wire, and the small shapes that every other answer is made of."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from app.conventions.queries import Meeting, Reference
from app.db.engine import Row


class Wire(BaseModel):
    """Output: no defaults, so that a field left out is a mistake and not a null."""

    model_config = ConfigDict(extra="forbid", protected_namespaces=())


class SourceCited(Wire):
    """Where a fact is stated. `seen`: the text itself was read."""

    document: str | None
    url: str | None
    title: str
    locator: str | None
    seen: bool | None
    confidence: Literal["high", "medium", "low"] | None


class ChemicalBrief(Wire):
    """A chemical, wherever it stands. `cas`: hyphenated, preferred first."""

    id: str
    name: str
    kind: str
    cas: list[str]


class ConventionOut(Wire):
    """A convention, with its own rule for entry into force."""

    id: str
    name: str
    short_name: str
    code: str
    adopted_on: str | None
    in_force_on: str | None
    website: str | None
    entry_into_force_rule: str | None
    trade_rule: str | None
    checked_on: str | None
    annexes: list[str]
    bodies: list[str]
    sources: list[SourceCited]


class BodyOut(Wire):
    """An organ that meets. `role` says what it does; no code depends on its name."""

    id: str
    convention: str | None
    name: str
    label: str
    role: str
    predecessor: str | None
    next_meeting: str | None
    sources: list[SourceCited]


class SegmentOut(Wire):
    """One part of a meeting, first and last day included. No place: online."""

    starts_on: str
    ends_on: str
    city: str | None
    country: str | None
    mode: str | None


class AgendaItemOut(Wire):
    """An item of a meeting's agenda."""

    number: str | None
    title: str
    review: str | None
    document: str | None


class MeetingOut(Wire):
    """A numbered session with its segments."""

    id: str
    label: str
    body: str
    convention: str | None
    number: str | None
    title: str
    status: str
    starts_on: str | None
    ends_on: str | None
    segments: list[SegmentOut]
    symbol_prefix: str | None
    url: str | None
    agenda: list[AgendaItemOut]
    documents: list[str]
    sources: list[SourceCited]


class DocumentOut(Wire):
    """Anything with a UN symbol; a decision is one."""

    id: str
    symbol: str | None
    title: str
    kind: str
    meeting: str | None
    body: str | None
    convention: str | None
    issued_on: str | None
    url: str | None
    sources: list[SourceCited]


def convention_out(row: Row, ref: Reference) -> Row:
    """A convention as the API shows it."""
    wanted = ConventionOut.model_fields
    annexes = sorted(ref.annexes.values(), key=lambda annex: (annex["order"], annex["id"]))
    return {
        **{name: row[name] for name in wanted if name in row},
        "annexes": [annex["id"] for annex in annexes if annex["convention"] == row["id"]],
        "bodies": [b["id"] for b in ref.bodies.values() if b["convention"] == row["id"]],
        "sources": ref.cite(row),
    }


def body_out(row: Row, ref: Reference, day: str) -> Row:
    """A body as the API shows it."""
    ahead = ref.next_meeting(row["id"], day)
    return {
        **{
            name: row[name] for name in ("id", "convention", "name", "label", "role", "predecessor")
        },
        "next_meeting": ahead.row["label"] if ahead else None,
        "sources": ref.cite(row),
    }


def meeting_out(meeting: Meeting, ref: Reference) -> Row:
    """A meeting as the API shows it."""
    row = meeting.row
    return {
        "id": row["id"],
        "label": row["label"],
        "body": row["body"],
        "convention": ref.bodies[row["body"]]["convention"],
        "number": row["number"],
        "title": row["title"],
        "status": row["status"],
        "starts_on": meeting.first_day,
        "ends_on": meeting.last_day,
        "segments": [{name: s[name] for name in SegmentOut.model_fields} for s in meeting.segments],
        "symbol_prefix": row["symbol_prefix"],
        "url": row["url"],
        "agenda": [
            {name: item[name] for name in AgendaItemOut.model_fields}
            for item in ref.agenda.get(row["id"], ())
        ],
        "documents": [d["id"] for d in ref.documents.values() if d["meeting"] == row["id"]],
        "sources": ref.cite(row),
    }


def document_out(row: Row, ref: Reference) -> Row:
    """A document as the API shows it."""
    meeting = ref.meetings[row["meeting"]].row if row["meeting"] else None
    body = ref.bodies[meeting["body"]] if meeting else None
    return {
        "id": row["id"],
        "symbol": row["symbol"],
        "title": row["title"],
        "kind": row["kind"],
        "meeting": meeting["label"] if meeting else None,
        "body": body["id"] if body else None,
        "convention": body["convention"] if body else None,
        "issued_on": row["issued_on"],
        "url": row["url"],
        "sources": ref.cite(row),
    }
