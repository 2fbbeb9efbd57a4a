"""Chemicals, status, timeline, matrix, vocabularies, data quality."""

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from app.conventions.meta import meta
from app.coverage.schemas import StatusOut
from app.db.engine import Row
from app.kit.dates import today
from app.kit.http import answers, docs, negotiation
from app.kit.http.lists import AsOf, ListQuery, OneQuery, Shape, respond
from app.kit.http.problems import not_found
from app.register import candidates, chemicals, detail, matrices, schemas, statuses
from app.register.jsonld import jsonld
from app.register.quality import quality
from app.register.timeline import timeline
from app.register.vocabularies import VOCABULARIES, vocabulary_out

router = APIRouter()


class ChemicalsQuery(ListQuery):
    """Filters of chemicals: their own listings and reviews, not those through a group."""

    q: str | None = Field(
        None, max_length=300, description="A name, however written, also misspelt.",
        examples=["chlorpirifos"],
    )  # fmt: skip
    cas: str | None = Field(None, description="CAS RNs, with or without hyphens.")
    kind: str | None = Field(None, description="Kinds (vocabulary `chemical_kind`).")
    convention: str | None = Field(None, description="Listed or under review there.")
    annex: str | None = Field(None, description="Listed in these annexes.")
    category: str | None = Field(None, description="Rotterdam's categories.")
    body: str | None = Field(None, description="Considered by these bodies.")
    phase: str | None = Field(None, description="A review lies in this phase.")
    review_state: str | None = Field(None, description="A review is in this state.")
    listing_state: str | None = Field(None, description="A listing is in this state.")
    under_review: str | None = Field(None, description="`true`: a review is open.")
    pending_at_cop: str | None = Field(None, description="`true`: a review is before a COP.")
    considered_by_both: str | None = Field(None, description="`true`: by two review committees.")
    as_of: AsOf = None


class ChemicalQuery(OneQuery):
    """Parameters of one chemical."""

    as_of: AsOf = None
    format: Literal["json", "jsonld"] | None = Field(None, description="Wins over `Accept`.")  # type: ignore[assignment]


class DayQuery(OneQuery):
    """Parameters of what stands on a day."""

    as_of: AsOf = None


class DayListQuery(ListQuery):
    """Parameters of a list of what stands on a day."""

    as_of: AsOf = None


class StatusQuery(DayListQuery):
    """Which chemicals: by id, or all that a convention lists or reviews."""

    ids: str | None = Field(None, description="Chemical ids.", examples=["pfoa,endosulfan"])
    convention: str | None = Field(None, description="Convention ids.")


@router.get(
    "/chemicals",
    tags=["Chemicals"],
    **docs.listing(schemas.ChemicalItem, "Chemicals"),
)
def chemicals_list(request: Request, query: Annotated[ChemicalsQuery, Query()]) -> Response:
    """Chemicals by name; with `q` the best match first."""
    day = query.as_of or today()
    with request.app.state.db.read() as session:
        found = chemicals.select_items(session, query.filters(), day)
        shape = chemicals.item_shape(session, day)
        return respond(request, query, found, shape, meta=meta(session))


@router.get(
    "/chemicals/{id}",
    tags=["Chemicals"],
    **docs.single(schemas.ChemicalOut, "One chemical"),
)
def chemical(request: Request, id: str, query: Annotated[ChemicalQuery, Query()]) -> Response:
    """One chemical whole: names, identifiers, groups, status, listings, reviews, overlaps."""
    offered = ("json", "jsonld")
    chosen = negotiation.choose(query.format, request.headers.get("accept"), offered)
    with request.app.state.db.read() as session:
        row = detail.whole(session, id, query.as_of or today())
        if chosen == "jsonld":
            url = str(request.url.replace(query=""))
            return answers.document(jsonld(row, url), negotiation.JSONLD, meta(session))
        return answers.one(answers.pick(row, query.fields), meta(session))


@router.get(
    "/chemicals/{id}/status",
    tags=["Chemicals"],
    **docs.keyed(StatusOut, "Status of one chemical under every convention"),
)
def status(request: Request, id: str, query: Annotated[DayQuery, Query()]) -> Response:
    """Coverage's answer for every convention, with dates, exemptions and what is pending."""
    negotiation.choose(query.format, request.headers.get("accept"), ("json",))
    with request.app.state.db.read() as session:
        detail.row_of(session, id)
        found = statuses.statuses(session, [id], None, query.as_of or today())[id]
        shown = answers.pick(found, query.fields)
        return answers.one(shown, meta(session), cache=answers.NO_CACHE)


@router.get(
    "/chemicals/{id}/timeline",
    tags=["Chemicals"],
    **docs.listing(schemas.TimelineEvent, "Every event of one chemical", statuses=(404, 410)),
)
def chemical_timeline(
    request: Request, id: str, query: Annotated[DayListQuery, Query()]
) -> Response:
    """Everything that happened to it under every convention, in date order."""
    with request.app.state.db.read() as session:
        detail.row_of(session, id)
        rows = list(enumerate(timeline(session, id, query.as_of or today())))
        shape: Shape[tuple[int, Row]] = Shape(
            name=f"timeline-{id}",
            model=schemas.TimelineEvent,
            render=lambda items: [row for _, row in items],
            ident=lambda item: str(item[0]),
        )
        return respond(request, query, rows, shape, meta=meta(session))


@router.get(
    "/chemicals/cas/{rn}",
    tags=["Chemicals"],
    **docs.redirect("The chemical of a CAS RN", schemas.Candidate),
)
def chemical_by_cas(request: Request, rn: str) -> Response:
    """303 to the one chemical, or 300 with every candidate and the reason."""
    return _identified(request, "cas", rn, "")


@router.get(
    "/chemicals/cas/{rn}/{rest:path}",
    tags=["Chemicals"],
    **docs.redirect("What belongs to the chemical of a CAS RN", schemas.Candidate),
)
def under_cas(request: Request, rn: str, rest: str) -> Response:
    """The same for what stands below a chemical (`status`, `timeline`)."""
    return _identified(request, "cas", rn, rest)


@router.get(
    "/chemicals/inchikey/{key}",
    tags=["Chemicals"],
    **docs.redirect("The chemical of an InChIKey", schemas.Candidate),
)
def chemical_by_inchikey(request: Request, key: str) -> Response:
    """303 to the one chemical, or 300 with every candidate and the reason."""
    return _identified(request, "inchikey", key, "")


@router.get(
    "/chemicals/inchikey/{key}/{rest:path}",
    tags=["Chemicals"],
    **docs.redirect("What belongs to the chemical of an InChIKey", schemas.Candidate),
)
def under_inchikey(request: Request, key: str, rest: str) -> Response:
    """The same for what stands below a chemical (`status`, `timeline`)."""
    return _identified(request, "inchikey", key, rest)


def _identified(request: Request, scheme: str, value: str, rest: str) -> Response:
    look_up = {"cas": candidates.by_cas, "inchikey": candidates.by_inchikey}[scheme]
    with request.app.state.db.read() as session:
        found = look_up(session, value)
        if not found:
            raise not_found(f"No chemical is held under {value[:60]!r}.")
        base = str(request.url).partition("/chemicals/")[0]
        sent = request.scope["raw_path"].decode("latin-1").partition(f"/chemicals/{scheme}/")[2]
        below = sent.partition("/")[2] if rest else ""
        asked = request.url.query
        tail = (f"/{below}" if below else "") + (f"?{asked}" if asked else "")
        urls = [f"{base}/chemicals/{quote(c['chemical']['id'])}{tail}" for c in found]
        if len(urls) == 1:
            return answers.see_other(urls[0], meta(session))
        rows = [{**c, "url": url} for c, url in zip(found, urls, strict=True)]
        return answers.one(rows, meta(session), status=300)


@router.get(
    "/status",
    tags=["Status"],
    **docs.listing(schemas.StatusItem, "Status of several chemicals"),
)
def status_list(request: Request, query: Annotated[StatusQuery, Query()]) -> Response:
    """Status of the chemicals named, or of all that a convention lists or reviews."""
    with request.app.state.db.read() as session:
        day = query.as_of or today()
        ids, shape = statuses.select(session, query.ids, query.convention, day)
        return respond(request, query, ids, shape, meta=meta(session), cache=answers.NO_CACHE)


@router.get(
    "/matrix",
    tags=["Overlaps"],
    **docs.listing(schemas.MatrixRow, "Chemicals across conventions", meta=matrices.MatrixMetaOut),
)
def matrix(request: Request, query: Annotated[DayListQuery, Query()]) -> Response:
    """Chemicals down, conventions and committees across; also as a sheet to print."""
    with request.app.state.db.read() as session:
        return matrices.answer(request, query, session, query.as_of or today())


@router.get(
    "/vocabularies",
    tags=["Reference lists"],
    **docs.listing(schemas.VocabularyOut, "Every closed list of this API"),
)
def vocabularies(request: Request, query: Annotated[ListQuery, Query()]) -> Response:
    """Terms with labels and definitions."""
    with request.app.state.db.read() as session:
        shape = Shape(
            name="vocabularies",
            model=schemas.VocabularyOut,
            render=lambda found: [vocabulary_out(one) for one in found],
            ident=lambda one: one.name,
            sorts={"id": lambda one: one.name},
        )
        every = [VOCABULARIES[name] for name in sorted(VOCABULARIES)]
        return respond(request, query, every, shape, meta=meta(session))


@router.get(
    "/vocabularies/{name}",
    tags=["Reference lists"],
    **docs.single(schemas.VocabularyOut, "One closed list"),
)
def vocabulary(request: Request, name: str, query: Annotated[OneQuery, Query()]) -> Response:
    """One vocabulary."""
    negotiation.choose(query.format, request.headers.get("accept"), ("json",))
    found = VOCABULARIES.get(name)
    if found is None:
        raise not_found(f"No vocabulary {name[:60]!r}. There are: {', '.join(VOCABULARIES)}.")
    with request.app.state.db.read() as session:
        return answers.one(answers.pick(vocabulary_out(found), query.fields), meta(session))


@router.get(
    "/data-quality",
    tags=["Reference lists"],
    **docs.listing(schemas.QualityOut, "How far each table can be trusted"),
)
def data_quality(request: Request, query: Annotated[ListQuery, Query()]) -> Response:
    """Rows, sources, confidence, and what is known to be missing."""
    with request.app.state.db.read() as session:
        shape = Shape(
            name="data-quality",
            model=schemas.QualityOut,
            render=list,
            ident=lambda row: str(row["id"]),
            sorts={"id": lambda row: row["id"], "rows": lambda row: row["rows"]},
        )
        rows = quality(session, request.app.state.resources)
        return respond(request, query, rows, shape, meta=meta(session))
