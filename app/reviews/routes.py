"""Reviews, submissions and work items."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from app.conventions.meta import meta
from app.facts.absent import absent
from app.kit.dates import today
from app.kit.http import answers, docs, negotiation
from app.kit.http.lists import AsOf, ListQuery, OneQuery, respond
from app.reviews import schemas, views

router = APIRouter(tags=["Reviews"])


class SubmissionsQuery(ListQuery):
    """Filters of submissions."""

    kind: str | None = Field(None, description="Kinds (vocabulary `submission_kind`).")
    body: str | None = Field(None, description="Before these bodies.", examples=["crc"])
    procedure: str | None = Field(None, description="Procedure ids.")
    chemical: str | None = Field(None, description="Chemical ids.", examples=["endosulfan"])
    party: str | None = Field(None, description="Parties (ISO alpha-3, or EU).")
    region: str | None = Field(None, description="PIC regions of the Parties.")
    category: str | None = Field(None, description="Rotterdam's categories.")
    criterion: str | None = Field(None, description="Criterion codes.")
    result: str | None = Field(None, description="Findings against the criterion.")


class ReviewsQuery(ListQuery):
    """Filters of reviews; all hold for one and the same review."""

    convention: str | None = Field(None, description="Convention ids.")
    body: str | None = Field(None, description="Body ids.", examples=["poprc"])
    procedure: str | None = Field(None, description="Procedure ids.")
    state: str | None = Field(None, description="States (vocabulary `review_state`).")
    phase: str | None = Field(None, description="Phases (vocabulary `phase`).")
    open: str | None = Field(None, description="`true`: neither decided nor set aside.")
    pending_at_cop: str | None = Field(None, description="`true`: before a COP.")
    meeting: str | None = Field(None, description="Considered there: meeting ids or labels.")
    chemical: str | None = Field(None, description="Chemical ids.", examples=["sccps"])
    party: str | None = Field(None, description="Submitted by (ISO alpha-3, or EU).")
    region: str | None = Field(None, description="PIC regions of the submitting Parties.")
    category: str | None = Field(None, description="Rotterdam's categories.")
    criterion: str | None = Field(None, description="Criterion codes, with `result`.")
    result: str | None = Field(None, description="Finding against the criterion.")
    as_of: AsOf = None


class ReviewQuery(OneQuery):
    """Parameters of one review."""

    as_of: AsOf = None


class WorkItemsQuery(ListQuery):
    """Filters of work items."""

    body: str | None = Field(None, description="Body ids.")
    state: str | None = Field(None, description="`open`, `closed`.")
    chemical: str | None = Field(None, description="Chemical ids.")


@router.get("/reviews", **docs.listing(schemas.ReviewOut, "Reviews of committees"))
def reviews(request: Request, query: Annotated[ReviewsQuery, Query()]) -> Response:
    """Every review, one per body, chemical, procedure and category, as it stands on the day."""
    with request.app.state.db.read() as session:
        found = views.select_reviews(session, query.filters(), query.as_of or today())
        return respond(request, query, found, views.review_shape(session), meta=meta(session))


@router.get("/reviews/{id}", **docs.single(schemas.ReviewOut, "One review"))
def review(request: Request, id: str, query: Annotated[ReviewQuery, Query()]) -> Response:
    """One review with its submissions, findings, events and outcome."""
    negotiation.choose(query.format, request.headers.get("accept"), ("json",))
    with request.app.state.db.read() as session:
        found = views.one_review(session, id, query.as_of or today())
        if found is None:
            raise absent(session, "reviews", id)
        row = views.review_shape(session).render([found])[0]
        return answers.one(answers.pick(row, query.fields), meta(session))


@router.get(
    "/submissions",
    **docs.listing(schemas.SubmissionOut, "Proposals and notifications"),
)
def submissions(request: Request, query: Annotated[SubmissionsQuery, Query()]) -> Response:
    """What started or fed a review, with what was submitted and found."""
    with request.app.state.db.read() as session:
        found = views.select_submissions(session, query.filters())
        return respond(request, query, found, views.submission_shape(session), meta=meta(session))


@router.get(
    "/work-items",
    **docs.listing(schemas.WorkItemOut, "Other work on chemicals"),
)
def work_items(request: Request, query: Annotated[WorkItemsQuery, Query()]) -> Response:
    """A body's work on a chemical that is no review."""
    with request.app.state.db.read() as session:
        found = views.select_work_items(session, query.filters())
        return respond(request, query, found, views.work_item_shape(session), meta=meta(session))
