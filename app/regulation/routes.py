"""The annexes' entries."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from app.conventions.meta import meta
from app.facts.absent import absent
from app.kit.dates import today
from app.kit.http import answers, docs, negotiation
from app.kit.http.lists import AsOf, Day, ListQuery, OneQuery, respond
from app.regulation import schemas, views

router = APIRouter(tags=["Listings"])


class ListingsQuery(ListQuery):
    """Filters of listings; all hold for one and the same listing."""

    convention: str | None = Field(None, description="Convention ids.", examples=["stockholm"])
    annex: str | None = Field(None, description="Annex ids.", examples=["rotterdam-iii"])
    category: str | None = Field(None, description="Rotterdam's categories.")
    state: str | None = Field(None, description="`in_force`, `adopted`, `removed`.")
    chemical: str | None = Field(None, description="Exactly that chemical's entries.")
    cas: str | None = Field(
        None, description="Printed in the entry or the chemical's own.", examples=["115-29-7"]
    )
    as_of: AsOf = None
    adopted_from: Day | None = Field(None, description="Adopted on that day or later.")
    adopted_to: Day | None = Field(None, description="Adopted on that day or earlier.")


class ListingQuery(OneQuery):
    """Parameters of one listing."""

    as_of: AsOf = None


@router.get(
    "/listings",
    **docs.listing(schemas.ListingOut, "Entries of annexes"),
)
def listings(request: Request, query: Annotated[ListingsQuery, Query()]) -> Response:
    """Entries in printed order. Removed ones only with `state=removed` or an earlier `as_of`."""
    with request.app.state.db.read() as session:
        found = views.select(session, query.filters(), query.as_of or today())
        return respond(request, query, found, views.shape(session), meta=meta(session))


@router.get(
    "/listings/{id}",
    **docs.single(schemas.ListingOut, "One entry"),
)
def listing(request: Request, id: str, query: Annotated[ListingQuery, Query()]) -> Response:
    """One entry with its events and exemptions."""
    negotiation.choose(query.format, request.headers.get("accept"), ("json",))
    with request.app.state.db.read() as session:
        found = views.one(session, id, query.as_of or today())
        if found is None:
            raise absent(session, "listings", id)
        row = views.shape(session).render([found])[0]
        return answers.one(answers.pick(row, query.fields), meta(session))
