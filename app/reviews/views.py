"""Selections of reviews, submissions and work items, and how lists of them are shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.conventions.queries import reference
from app.conventions.vocabularies import PIC_REGION
from app.db.engine import ReadSession, Row
from app.kit.http.lists import Shape, flag, terms
from app.regulation.queries import briefs, law
from app.regulation.views import chemical_ids
from app.regulation.vocabularies import CATEGORY
from app.reviews import schemas
from app.reviews.queries import Cabinet, cabinet, progresses
from app.reviews.resources import RESOURCES
from app.reviews.rules import Progress
from app.reviews.vocabularies import (
    FINDING_RESULT,
    PHASE,
    REVIEW_STATE,
    SUBMISSION_KIND,
    WORK_STATE,
)

_COLUMNS = {resource.name: list(resource.columns) for resource in RESOURCES}


def review_shape(session: ReadSession) -> Shape[Progress]:
    """Reviews as a list."""
    ref, known, held = reference(session), briefs(session, ()), cabinet(session)
    by_event = law(session).by_event

    def listing_of(event: str) -> tuple[str, str]:
        entry = by_event[event]
        return entry.id, next(e["counts_from"] for e in entry.events if e["id"] == event)

    return Shape(
        name="reviews",
        model=schemas.ReviewOut,
        render=lambda found: [
            schemas.review_out(p, ref, known, listing_of, held.reviews_of_submission) for p in found
        ],
        ident=lambda progress: progress.file.id,
        imported=lambda progress: {n: progress.file.row[n] for n in _COLUMNS["reviews"]},
        import_columns=_COLUMNS["reviews"],
        sorts={
            "id": lambda progress: progress.file.id,
            "opened_on": lambda progress: progress.opened_on,
            "closed_on": lambda progress: progress.closed_on,
        },
    )


def one_review(session: ReadSession, id: str, day: str) -> Progress | None:
    """One review on a day."""
    return progresses(session, day).get(id)


def select_reviews(
    session: ReadSession, filters: Mapping[str, Any], day: str
) -> Sequence[Progress]:
    """Reviews that meet all filters; each holds for one and the same review."""
    ref, held = reference(session), cabinet(session)
    bodies = terms("body", filters.get("body"), ref.bodies)
    procedures = terms("procedure", filters.get("procedure"), held.procedures)
    conventions = terms("convention", filters.get("convention"), ref.conventions)
    states = terms("state", filters.get("state"), REVIEW_STATE)
    phases = terms("phase", filters.get("phase"), PHASE)
    is_open = flag("open", filters.get("open"))
    at_cop = flag("pending_at_cop", filters.get("pending_at_cop"))
    labels = terms("meeting", filters.get("meeting"), ref.meeting_ids)
    met_at = {ref.meeting_ids[label] for label in labels} if labels else None
    chemicals = chemical_ids(session, "chemical", filters.get("chemical"))
    categories = terms("category", filters.get("category"), CATEGORY)
    test_submission = _submission_test(session, filters)
    test_finding = _finding_test(held, filters)
    return [
        p
        for p in progresses(session, day).values()
        if (bodies is None or p.file.row["body"] in bodies)
        and (procedures is None or p.file.row["procedure"] in procedures)
        and (conventions is None or p.file.convention in conventions)
        and (states is None or p.state in states)
        and (phases is None or p.phase in phases)
        and (is_open is None or p.open == is_open)
        and (at_cop is None or (p.phase == "cop") == at_cop)
        and (met_at is None or any(e["meeting"] in met_at for _, e, _ in p.events))
        and (chemicals is None or not chemicals.isdisjoint(p.file.subjects))
        and (categories is None or p.file.row["category"] in categories)
        and (test_submission is None or any(map(test_submission, p.submissions())))
        and (test_finding is None or any(map(test_finding, p.findings(ref))))
    ]


def _submission_test(session: ReadSession, filters: Mapping[str, Any]) -> Any:
    ref = reference(session)
    parties = terms("party", filters.get("party"), ref.parties)
    regions = terms("region", filters.get("region"), PIC_REGION)
    if parties is None and regions is None:
        return None

    def test(submission: Row) -> bool:
        return any(
            (parties is None or party in parties)
            and (regions is None or ref.parties[party]["pic_region"] in regions)
            for party in submission["parties"]
        )

    return test


def _finding_test(held: Cabinet, filters: Mapping[str, Any]) -> Any:
    known = {code for procedure in held.procedures.values() for code in procedure.criteria}
    criteria = terms("criterion", filters.get("criterion"), known)
    results = terms("result", filters.get("result"), FINDING_RESULT)
    if criteria is None and results is None:
        return None
    return lambda finding: (
        (criteria is None or finding["criterion"] in criteria)
        and (results is None or finding["result"] in results)
    )


def submission_shape(session: ReadSession) -> Shape[Row]:
    """Submissions as a list."""
    ref, known, held = reference(session), briefs(session, ()), cabinet(session)
    findings: dict[str, list[Row]] = {}
    for file in held.files:
        for finding in file.findings:
            findings.setdefault(finding["submission"], []).append(finding)

    def show(row: Row) -> Row:
        convention = held.procedures[row["procedure"]].row["convention"]
        reviews = list(held.reviews_of_submission.get(row["id"], ()))
        return schemas.submission_out(
            row, ref, known, convention, reviews, findings.get(row["id"], [])
        )

    return Shape(
        name="submissions",
        model=schemas.SubmissionOut,
        render=lambda rows: [show(row) for row in rows],
        ident=lambda row: str(row["id"]),
        imported=lambda row: {name: row[name] for name in _COLUMNS["submissions"]},
        import_columns=_COLUMNS["submissions"],
        sorts={
            "id": lambda row: row["id"],
            "received_on": lambda row: row["received_on"],
            "verified_on": lambda row: row["verified_on"],
        },
    )


def select_submissions(session: ReadSession, filters: Mapping[str, Any]) -> Sequence[Row]:
    """Submissions that meet all filters."""
    ref, held = reference(session), cabinet(session)
    kinds = terms("kind", filters.get("kind"), SUBMISSION_KIND)
    procedures = terms("procedure", filters.get("procedure"), held.procedures)
    bodies = terms("body", filters.get("body"), ref.bodies)
    chemicals = chemical_ids(session, "chemical", filters.get("chemical"))
    categories = terms("category", filters.get("category"), CATEGORY)
    test_party = _submission_test(session, filters)
    test_finding = _finding_test(held, filters)
    tested = {
        f["submission"]
        for file in held.files
        for f in file.findings
        if test_finding and test_finding(f)
    }

    def before(row: Row) -> set[str]:
        ids = held.reviews_of_submission.get(row["id"], ())
        return {held.by_id[review].row["body"] for review in ids}

    return [
        row
        for row in held.submissions.values()
        if (kinds is None or row["kind"] in kinds)
        and (procedures is None or row["procedure"] in procedures)
        and (bodies is None or not before(row).isdisjoint(bodies))
        and (chemicals is None or row["chemical"] in chemicals)
        and (categories is None or row["category"] in categories)
        and (test_party is None or test_party(row))
        and (test_finding is None or row["id"] in tested)
    ]


def work_item_shape(session: ReadSession) -> Shape[Row]:
    """Work items as a list."""
    ref, known = reference(session), briefs(session, ())
    return Shape(
        name="work-items",
        model=schemas.WorkItemOut,
        render=lambda rows: [schemas.work_item_out(row, ref, known) for row in rows],
        ident=lambda row: str(row["id"]),
        imported=lambda row: {name: row[name] for name in _COLUMNS["work_items"]},
        import_columns=_COLUMNS["work_items"],
        sorts={"id": lambda row: row["id"], "title": lambda row: row["title"]},
    )


def select_work_items(session: ReadSession, filters: Mapping[str, Any]) -> Sequence[Row]:
    """Work items that meet all filters."""
    ref = reference(session)
    bodies = terms("body", filters.get("body"), ref.bodies)
    states = terms("state", filters.get("state"), WORK_STATE)
    chemicals = chemical_ids(session, "chemical", filters.get("chemical"))
    return [
        row
        for row in cabinet(session).work_items
        if (bodies is None or row["body"] in bodies)
        and (states is None or row["state"] in states)
        and (chemicals is None or row["chemical"] in chemicals)
    ]
