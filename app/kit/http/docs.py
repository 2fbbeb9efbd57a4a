"""OpenAPI documentation of an operation: its summary, its answer, its errors."""

from typing import Any

from pydantic import BaseModel, Field, create_model
from starlette.responses import Response

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "parameter": {"type": "string"},
                    "pointer": {"type": "string"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}
_ERRORS = {
    400: "The request cannot be parsed.",
    404: "Not held here.",
    406: "No offered format is acceptable.",
    410: "Withdrawn.",
    414: "The URL is longer than 16 kB.",
    422: "A parameter is unknown, repeated, or has a value that cannot be meant.",
}
_TABLES = {
    "text/csv": {"schema": {"type": "string"}},
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
        "schema": {"type": "string", "format": "binary"}
    },
    "application/x-ndjson": {"schema": {"type": "string"}},
}


class MetaOut(BaseModel):
    """What an answer says about itself."""

    revision: int = Field(description="Of the data; grows with every write.")
    revised_at: str | None
    release: str | None
    data_as_of: str | None = Field(description="Latest day up to which the facts were checked.")
    software: str
    licence: dict[str, str]
    disclaimer: str


class ListMetaOut(MetaOut):
    """The same of a list."""

    total: int | None
    total_at_least: int | None = None


class LinksOut(BaseModel):
    """Where the next page is; null on the last."""

    next: str | None


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Responses of these statuses, all in the one shape."""
    return {
        status: {
            "description": _ERRORS[status],
            "content": {"application/problem+json": {"schema": _PROBLEM}},
        }
        for status in statuses
    }


def listing(
    model: type[BaseModel],
    summary: str,
    *,
    meta: type[BaseModel] = ListMetaOut,
    statuses: tuple[int, ...] = (),
) -> dict[str, Any]:
    """Keywords for the route of a list of `model`."""
    rows: Any = list[partial(model)]  # type: ignore[misc]
    page = create_model(
        f"{model.__name__.removesuffix('Out')}List",
        data=(rows, ...),
        meta=(meta, ...),
        links=(LinksOut, ...),
    )
    return _route(page, summary, (*statuses, 406, 414, 422), _TABLES)


def single(model: type[BaseModel], summary: str) -> dict[str, Any]:
    """Keywords for the route of one thing."""
    page = create_model(
        model.__name__.removesuffix("Out"), data=(partial(model), ...), meta=(MetaOut, ...)
    )
    return _route(page, summary, (404, 406, 410, 414, 422), {})


_partials: dict[type[BaseModel], type[BaseModel]] = {}


def partial(model: type[BaseModel]) -> type[BaseModel]:
    """The model with every top-level field optional: what `fields=` can make of it."""
    known = _partials.get(model)
    if known is None:
        fields: dict[str, Any] = {
            name: (info.annotation, Field(default=None, alias=info.alias))
            for name, info in model.model_fields.items()
        }
        known = create_model(model.__name__, __doc__=model.__doc__, **fields)
        _partials[model] = known
    return known


def _route(
    model: type[BaseModel],
    summary: str,
    statuses: tuple[int, ...],
    tables: dict[str, Any],
) -> dict[str, Any]:
    ok = {
        "model": model,
        "description": summary,
        "content": {"application/json": {}, **tables},
    }
    return {
        "summary": summary,
        "response_model": None,
        "responses": {200: ok, **errors(*statuses)},
    }


def keyed(model: type[BaseModel], summary: str) -> dict[str, Any]:
    """Keywords for the route of an object whose every value is a `model`."""
    name = f"{model.__name__.removesuffix('Out')}ByConvention"
    page = create_model(name, data=(dict[str, model], ...), meta=(MetaOut, ...))  # type: ignore[valid-type]
    return _route(page, summary, (404, 406, 410, 414, 422), {})


_CANDIDATE = {
    "chemical": {"id": "a-chemical", "name": "A chemical", "kind": "substance", "cas": []},
    "role": "alternative",
    "reason": "another number of it",
    "url": "/api/v1/chemicals/a-chemical",
}


def redirect(summary: str, candidate: type[BaseModel]) -> dict[str, Any]:
    """Keywords for a route that leads to one thing, or lists every candidate."""
    page = create_model("Candidates", data=(list[candidate], ...), meta=(MetaOut, ...))  # type: ignore[valid-type]
    several = {
        "model": page,
        "description": "Several candidates, each with the reason.",
        "content": {"application/json": {"example": {"data": [_CANDIDATE]}}},
    }
    location = {"description": "Where it is.", "schema": {"type": "string", "format": "uri"}}
    return {
        "summary": summary,
        "response_model": None,
        "response_class": Response,  # a 303 has no body
        "status_code": 303,
        "responses": {
            303: {"description": "The one chemical.", "headers": {"Location": location}},
            300: several,
            **errors(404, 414, 422),
        },
    }
