"""Overlaps: why this exists."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from app.conventions.meta import meta
from app.kit.dates import today
from app.kit.http import answers, docs, negotiation
from app.kit.http.lists import AsOf, ListQuery, OneQuery, respond
from app.kit.http.problems import not_found
from app.overlaps import schemas, views

router = APIRouter(tags=["Overlaps"])


class OverlapsQuery(ListQuery):
    """Filters of overlaps."""

    situation: str | None = Field(
        None, description="Any of these situations.", examples=["considered_by_both"]
    )
    link: str | None = Field(None, description="Any of these links.")
    body: str | None = Field(None, description="Either side before these bodies.")
    convention: str | None = Field(None, description="Either side of these conventions.")
    chemical: str | None = Field(None, description="Either side's chemical.")
    meeting: str | None = Field(None, description="Either side was before that meeting.")
    as_of: AsOf = None


class OverlapQuery(OneQuery):
    """Parameters of one overlap."""

    as_of: AsOf = None


@router.get(
    "/overlaps",
    **docs.listing(schemas.OverlapOut, "What two conventions or committees look at"),
)
def overlaps(request: Request, query: Annotated[OverlapsQuery, Query()]) -> Response:
    """Computed from listings, reviews and how chemicals relate; the nearest meeting first."""
    with request.app.state.db.read() as session:
        found = views.select(session, query.filters(), query.as_of or today())
        return respond(request, query, found, views.SHAPE, meta=meta(session))


@router.get("/overlaps/{id}", **docs.single(schemas.OverlapOut, "One overlap"))
def overlap(request: Request, id: str, query: Annotated[OverlapQuery, Query()]) -> Response:
    """One overlap with its evidence."""
    negotiation.choose(query.format, request.headers.get("accept"), ("json",))
    with request.app.state.db.read() as session:
        found = views.one(session, id, query.as_of or today())
        if found is None:
            raise not_found(f"No overlap {id[:200]!r} on that day.")
        return answers.one(answers.pick(found, query.fields), meta(session))
