"""Selections of reference rows and how lists of them are shown."""

from collections.abc import Collection
from typing import Any

from app.conventions import schemas
from app.conventions.queries import Meeting, Reference
from app.conventions.resources import RESOURCES
from app.db.engine import Row
from app.kit.http.lists import Shape

_COLUMNS = {resource.name: list(resource.columns) for resource in RESOURCES}
# Decisions are documents.
_OF = {"decisions": "documents"}
Wanted = Collection[str] | None


def _imported(name: str) -> Any:
    columns = _COLUMNS[name]
    return lambda row: {column: row[column] for column in columns}


def _shape(name: str, model: Any, render: Any, sorts: tuple[str, ...]) -> Shape[Row]:
    return Shape(
        name=name,
        model=model,
        render=render,
        ident=lambda row: str(row["id"]),
        imported=_imported(_OF.get(name, name)),
        import_columns=_COLUMNS[_OF.get(name, name)],
        sorts={field: (lambda row, field=field: row[field]) for field in ("id", *sorts)},  # type: ignore[misc]
    )


def conventions(ref: Reference) -> Shape[Row]:
    """Conventions as a list."""
    return _shape(
        "conventions",
        schemas.ConventionOut,
        lambda rows: [schemas.convention_out(row, ref) for row in rows],
        ("name", "order"),
    )


def bodies(ref: Reference, day: str) -> Shape[Row]:
    """Bodies as a list."""
    return _shape(
        "bodies",
        schemas.BodyOut,
        lambda rows: [schemas.body_out(row, ref, day) for row in rows],
        ("name", "label"),
    )


def select_bodies(ref: Reference, convention: Wanted, role: Wanted) -> list[Row]:
    """Bodies of these conventions and roles."""
    rows = [
        row
        for row in ref.bodies.values()
        if _in(row["convention"], convention) and _in(row["role"], role)
    ]
    return sorted(rows, key=lambda row: str(row["id"]))


def meetings(ref: Reference) -> Shape[Meeting]:
    """Meetings as a list."""
    imported = _imported("meetings")
    return Shape(
        name="meetings",
        model=schemas.MeetingOut,
        render=lambda rows: [schemas.meeting_out(meeting, ref) for meeting in rows],
        ident=lambda meeting: str(meeting.row["id"]),
        imported=lambda meeting: imported(meeting.row),
        import_columns=_COLUMNS["meetings"],
        sorts={
            "id": lambda meeting: meeting.row["id"],
            "label": lambda meeting: meeting.row["label"],
            "starts_on": lambda meeting: meeting.first_day,
        },
    )


def select_meetings(
    ref: Reference, convention: Wanted, body: Wanted, status: Wanted
) -> list[Meeting]:
    """Meetings of these bodies by date; those without a day come last."""
    rows = [
        meeting
        for meeting in ref.meetings.values()
        if _in(ref.bodies[meeting.row["body"]]["convention"], convention)
        and _in(meeting.row["body"], body)
        and _in(meeting.row["status"], status)
    ]
    return sorted(rows, key=lambda m: (m.first_day or "9999", str(m.row["id"])))


def documents(ref: Reference, name: str = "documents") -> Shape[Row]:
    """Documents as a list; `name` is that of its tables."""
    return _shape(
        name,
        schemas.DocumentOut,
        lambda rows: [schemas.document_out(row, ref) for row in rows],
        ("symbol", "issued_on"),
    )


def select_documents(
    ref: Reference, kind: str | None, convention: Wanted, body: Wanted, meeting: Wanted
) -> list[Row]:
    """Documents of these meetings."""
    wanted = None if meeting is None else {ref.meeting_ids[name] for name in meeting}
    rows = []
    for row in ref.documents.values():
        held_at = ref.meetings[row["meeting"]].row if row["meeting"] else None
        of = ref.bodies[held_at["body"]] if held_at else {"id": None, "convention": None}
        if (
            (kind is None or row["kind"] == kind)
            and _in(row["meeting"], wanted)
            and _in(of["id"], body)
            and _in(of["convention"], convention)
        ):
            rows.append(row)
    return sorted(rows, key=lambda row: str(row["id"]))


def _in(value: str | None, wanted: Wanted) -> bool:
    return wanted is None or value in wanted
