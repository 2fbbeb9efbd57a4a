"""Every review of one revision with all that hangs on it, read once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select

from app.conventions.queries import Reference, reference
from app.db.engine import ReadSession, Row
from app.reviews import models
from app.reviews.rules import File, Procedure, Progress, replay


@dataclass(frozen=True, slots=True)
class Cabinet:
    """All review files, submissions and work items, and the ways to find one."""

    files: Sequence[File]
    by_id: Mapping[str, File]
    by_chemical: Mapping[str, Sequence[File]]
    submissions: Mapping[str, Row]
    reviews_of_submission: Mapping[str, Sequence[str]]
    work_items: Sequence[Row]
    procedures: Mapping[str, Procedure]

    def on(self, reference: Reference, day: str) -> list[Progress]:
        """Every review that had begun by that day."""
        return [found for file in self.files if (found := replay(file, reference, day))]


def cabinet(session: ReadSession) -> Cabinet:
    """The review files of this revision."""
    return session.remember("cabinet", lambda: _read(session))


def progresses(session: ReadSession, day: str) -> Mapping[str, Progress]:
    """How far every review had come by a day, by id; not those that began later."""
    ref = reference(session)
    return session.remember_day(
        "progresses", day, lambda: {found.file.id: found for found in cabinet(session).on(ref, day)}
    )


def _read(session: ReadSession) -> Cabinet:
    ref = reference(session)
    procedures = _procedures(session)
    submissions = {row["id"]: row for row in _rows(session, models.submissions, "id")}
    for row in submissions.values():
        row["parties"] = []
    for row in _rows(session, models.submission_parties, "submission", "party"):
        submissions[row["submission"]]["parties"].append(row["party"])
    events = _grouped(_rows(session, models.review_events, "review", "number"), "review")
    subjects = _grouped(_rows(session, models.review_subjects, "review", "chemical"), "review")
    findings = _grouped(_rows(session, models.findings, "id"), "review")
    links = _rows(session, models.review_submissions, "review", "submission")
    fed = _grouped(links, "review")
    listed = _grouped(_rows(session, models.review_listings, "review", "listing_event"), "review")
    files = [
        File(
            row=row,
            procedure=procedures[row["procedure"]],
            subjects=[
                row["chemical"],
                *(
                    s["chemical"]
                    for s in subjects.get(row["id"], ())
                    if s["chemical"] != row["chemical"]
                ),
            ],
            events=events.get(row["id"], ()),
            submissions=[submissions[s["submission"]] for s in fed.get(row["id"], ())],
            findings=findings.get(row["id"], ()),
            listing_events=[s["listing_event"] for s in listed.get(row["id"], ())],
        )
        for row in _rows(session, models.reviews, "id")
    ]
    order = {convention: place for place, convention in enumerate(ref.conventions)}
    files.sort(key=lambda f: (order[f.convention], f.row["body"], f.id))
    by_chemical: dict[str, list[File]] = defaultdict(list)
    for file in files:
        for chemical in file.subjects:
            by_chemical[chemical].append(file)
    reviews_of: dict[str, list[str]] = defaultdict(list)
    for link in links:
        reviews_of[link["submission"]].append(link["review"])
    return Cabinet(
        files=files,
        by_id={file.id: file for file in files},
        by_chemical=dict(by_chemical),
        submissions=submissions,
        reviews_of_submission=dict(reviews_of),
        work_items=_rows(session, models.work_items, "id"),
        procedures=procedures,
    )


def _procedures(session: ReadSession) -> dict[str, Procedure]:
    states = _grouped(_rows(session, models.procedure_states, "procedure", "order"), "procedure")
    events = _grouped(_rows(session, models.procedure_events, "procedure", "event"), "procedure")
    criteria = _grouped(_rows(session, models.criteria, "procedure", "order"), "procedure")
    return {
        row["id"]: Procedure(
            row,
            states={s["state"]: s for s in states.get(row["id"], ())},
            events={e["event"]: e for e in events.get(row["id"], ())},
            criteria={c["code"]: c for c in criteria.get(row["id"], ())},
        )
        for row in _rows(session, models.procedures, "id")
    }


def _rows(session: ReadSession, table: Table, *order: str) -> list[Row]:
    return session.rows(select(table).order_by(*(table.c[name] for name in order)))


def _grouped(rows: Sequence[Row], column: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return dict(groups)
