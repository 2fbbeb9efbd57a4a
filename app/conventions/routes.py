"""Conventions, bodies, meetings, documents, decisions, vocabularies, data quality."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from app.conventions import schemas, views
from app.conventions.meta import meta
from app.conventions.queries import reference
from app.conventions.vocabularies import BODY_ROLE, MEETING_STATUS
from app.facts.absent import absent
from app.kit.dates import today
from app.kit.http import answers, docs, negotiation
from app.kit.http.lists import ListQuery, OneQuery, respond, terms

router = APIRouter(tags=["Reference lists"])


class BodiesQuery(ListQuery):
    """Filters of bodies."""

    convention: str | None = Field(None, description="Convention ids, comma list.")
    role: str | None = Field(None, description="Roles (vocabulary `body_role`), comma list.")


class MeetingsQuery(ListQuery):
    """Filters of meetings."""

    convention: str | None = Field(None, description="Convention ids, comma list.")
    body: str | None = Field(None, description="Body ids, comma list.", examples=["poprc"])
    status: str | None = Field(None, description="`held`, `planned`.")


class DocumentsQuery(ListQuery):
    """Filters of documents and decisions."""

    convention: str | None = Field(None, description="Convention ids, comma list.")
    body: str | None = Field(None, description="Body ids, comma list.")
    meeting: str | None = Field(None, description="Meeting ids or labels, comma list.")


@router.get("/conventions", **docs.listing(schemas.ConventionOut, "The conventions"))
def conventions(request: Request, query: Annotated[ListQuery, Query()]) -> Response:
    """The conventions, each with its own rule for entry into force."""
    with request.app.state.db.read() as session:
        ref = reference(session)
        rows = list(ref.conventions.values())
        return respond(request, query, rows, views.conventions(ref), meta=meta(session))


@router.get("/conventions/{id}", **docs.single(schemas.ConventionOut, "One convention"))
def convention(request: Request, id: str, query: Annotated[OneQuery, Query()]) -> Response:
    """One convention."""
    with request.app.state.db.read() as session:
        ref = reference(session)
        return _one(request, query, session, ref.conventions.get(id), views.conventions(ref), id)


@router.get("/bodies", **docs.listing(schemas.BodyOut, "The bodies that meet"))
def bodies(request: Request, query: Annotated[BodiesQuery, Query()]) -> Response:
    """Bodies with their roles: who reviews, who decides."""
    with request.app.state.db.read() as session:
        ref = reference(session)
        rows = views.select_bodies(
            ref,
            terms("convention", query.convention, ref.conventions),
            terms("role", query.role, BODY_ROLE),
        )
        return respond(request, query, rows, views.bodies(ref, today()), meta=meta(session))


@router.get("/bodies/{id}", **docs.single(schemas.BodyOut, "One body"))
def body(request: Request, id: str, query: Annotated[OneQuery, Query()]) -> Response:
    """One body."""
    with request.app.state.db.read() as session:
        ref = reference(session)
        return _one(request, query, session, ref.bodies.get(id), views.bodies(ref, today()), id)


@router.get("/meetings", **docs.listing(schemas.MeetingOut, "Meetings"))
def meetings(request: Request, query: Annotated[MeetingsQuery, Query()]) -> Response:
    """All meetings by date, with their segments."""
    with request.app.state.db.read() as session:
        ref = reference(session)
        rows = views.select_meetings(
            ref,
            terms("convention", query.convention, ref.conventions),
            terms("body", query.body, ref.bodies),
            terms("status", query.status, MEETING_STATUS),
        )
        return respond(request, query, rows, views.meetings(ref), meta=meta(session))


@router.get("/meetings/{id}", **docs.single(schemas.MeetingOut, "One meeting"))
def meeting(request: Request, id: str, query: Annotated[OneQuery, Query()]) -> Response:
    """One meeting with its segments, agenda and documents; by id or label."""
    with request.app.state.db.read() as session:
        ref = reference(session)
        found = ref.meetings.get(ref.meeting_ids.get(id, ""))
        return _one(request, query, session, found, views.meetings(ref), id)


@router.get("/documents", **docs.listing(schemas.DocumentOut, "Documents"))
def documents(request: Request, query: Annotated[DocumentsQuery, Query()]) -> Response:
    """Anything with a UN symbol that a fact here cites."""
    return _documents(request, query, None)


@router.get("/documents/{id}", **docs.single(schemas.DocumentOut, "One document"))
def document(request: Request, id: str, query: Annotated[OneQuery, Query()]) -> Response:
    """One document."""
    with request.app.state.db.read() as session:
        ref = reference(session)
        return _one(request, query, session, ref.documents.get(id), views.documents(ref), id)


@router.get("/decisions", **docs.listing(schemas.DocumentOut, "Decisions"))
def decisions(request: Request, query: Annotated[DocumentsQuery, Query()]) -> Response:
    """Documents that are decisions of a body."""
    return _documents(request, query, "decision")


@router.get("/decisions/{id}", **docs.single(schemas.DocumentOut, "One decision"))
def decision(request: Request, id: str, query: Annotated[OneQuery, Query()]) -> Response:
    """One decision."""
    with request.app.state.db.read() as session:
        ref = reference(session)
        row = ref.documents.get(id)
        found = row if row and row["kind"] == "decision" else None
        return _one(request, query, session, found, views.documents(ref), id)


def _documents(request: Request, query: DocumentsQuery, kind: str | None) -> Response:
    with request.app.state.db.read() as session:
        ref = reference(session)
        rows = views.select_documents(
            ref,
            kind,
            terms("convention", query.convention, ref.conventions),
            terms("body", query.body, ref.bodies),
            terms("meeting", query.meeting, ref.meeting_ids),
        )
        return respond(
            request,
            query,
            rows,
            views.documents(ref, "decisions" if kind else "documents"),
            meta=meta(session),
        )


def _one(
    request: Request, query: OneQuery, session: Any, found: Any, shape: Any, id: str
) -> Response:
    negotiation.choose(query.format, request.headers.get("accept"), ("json",))
    if found is None:
        raise absent(session, shape.name, id)
    row = shape.render([found])[0]
    return answers.one(answers.pick(row, query.fields), meta(session))
