"""One way to answer every list: filters are the caller's; paging, fields and formats are here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import (
    Annotated,
    Any,
    Generic,
    Literal,
    Protocol,
    TypeVar,
    get_args,
    get_origin,
    runtime_checkable,
)

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from app.kit import tabular
from app.kit.dates import is_day
from app.kit.http import answers, negotiation, paging
from app.kit.http.problems import invalid_parameter

T = TypeVar("T")
Row = dict[str, Any]
TABLES = ("json", "csv", "xlsx", "ndjson")
_FLAT = ("csv", "xlsx")
_UNSORTED = "This list has one order and cannot be sorted."


@runtime_checkable
class SortsItself(Protocol):
    """A sequence too long to be held whole: it knows how to come in another order."""

    def sorted_by(self, name: str, *, reverse: bool) -> Any: ...


def _day(text: str) -> str:
    if not is_day(text):
        raise ValueError("a day that exists, of the form YYYY-MM-DD")
    return text


Day = Annotated[
    str,
    Field(json_schema_extra={"format": "date"}, examples=["2012-03-01"]),
    AfterValidator(_day),
]
AsOf = Annotated[
    Day | None,
    Field(description="The law and the files as they stood that day (UTC). Default: today."),
]


class Query(BaseModel):
    """Query parameters of one operation; one that it does not know is an error."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class OneQuery(Query):
    """Parameters of every single thing."""

    fields: str | None = Field(
        None, description="Top-level fields to return, as a comma list.", examples=["id,name"]
    )
    format: Literal["json"] | None = Field(None, description="Wins over `Accept`.")


class ListQuery(Query):
    """Parameters of every list."""

    limit: int | None = Field(
        None, ge=1, le=paging.LIMIT_MAX, description="Rows a page (default 50)."
    )
    cursor: str | None = Field(
        None, description="Where the page begins: `links.next` holds it.", max_length=4096
    )
    sort: str | None = Field(
        None, description="Field to sort by; `-` before it reverses.", examples=["id"]
    )
    fields: str | None = Field(
        None, description="Top-level fields to return, as a comma list.", examples=["id"]
    )
    format: Literal["json", "csv", "xlsx", "ndjson"] | None = Field(
        None, description="Wins over `Accept`. Tables without limit or cursor are complete."
    )

    def filters(self) -> dict[str, Any]:
        """What decides which rows there are, for the scope of a cursor."""
        apart = {"limit", "cursor", "fields", "format", "sort"}
        return {n: v for n, v in self.model_dump().items() if n not in apart and v is not None}


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """How a list of some items is shown.

    `name` is the file name of its tables, `model` what a row looks like in JSON, `imported` the
    row in the form of the import (its columns come first in a table), `sorts` what it can be
    sorted by; without `sort` the items keep the order in which they come.
    """

    name: str
    model: type[BaseModel]
    render: Callable[[Sequence[T]], list[Row]]
    ident: Callable[[T], str]
    imported: Callable[[T], Row] | None = None
    import_columns: Sequence[str] = ()
    sorts: Mapping[str, Callable[[T], Any]] = field(default_factory=dict)
    # Whether a table shows the JSON's fields behind the import's columns.
    derived: bool = True
    # The names of those fields, where the model alone does not tell them.
    derived_columns: Sequence[str] | None = None
    # Width of a sheet's columns, in characters, from which texts wrap.
    widest: int = 60


def respond(
    request: Request,
    query: ListQuery,
    items: Sequence[T],
    shape: Shape[T],
    *,
    meta: Row,
    cache: str = answers.PUBLIC,
    extra_meta: Row | None = None,
) -> Response:
    """A page of `items` as JSON, or the whole of them as a table."""
    chosen = negotiation.choose(query.format, request.headers.get("accept"), TABLES)
    # A wrong name is wrong on an empty page too.
    answers.pick(dict.fromkeys(_top_level(shape, chosen)), query.fields)
    ordered = _sorted(items, query.sort, shape)
    more = {**meta, **(extra_meta or {})}
    whole = chosen != "json" and query.limit is None and query.cursor is None
    if whole:
        return table(ordered, shape, chosen, query.fields, meta=meta, cache=cache)
    limit = query.limit or paging.LIMIT_DEFAULT
    scope = paging.scope_of(request.url.path, query.filters(), query.sort)
    start = _start(ordered, query, scope, shape)
    shown = ordered[start : start + limit]
    ahead = None
    if start + limit < len(ordered):
        after = {"id": shape.ident(shown[-1]), "index": start + limit - 1}
        ahead = paging.next_url(str(request.url), paging.encode(after, scope))
    if chosen != "json":
        return table(shown, shape, chosen, query.fields, meta=meta, cache=cache, next_url=ahead)
    return answers.page(
        shape.render(shown),
        total=len(ordered),
        meta=more,
        next_url=ahead,
        fields=query.fields,
        cache=cache,
    )


def _top_level(shape: Shape[T], chosen: str) -> list[str]:
    """The names that `fields` may give: those of the JSON, in a sheet those of the import too."""
    if chosen not in _FLAT:
        return list(shape.model.model_fields)
    names = list(shape.model.model_fields) if shape.derived else []
    return [*names, *(column.split(".")[0] for column in shape.import_columns)]


def _sorted(items: Sequence[T], sort: str | None, shape: Shape[T]) -> Sequence[T]:
    if sort is None:
        return items
    name = sort.removeprefix("-")
    value = shape.sorts.get(name)
    if value is None:
        offered = f"Sort by one of: {', '.join(shape.sorts)}." if shape.sorts else _UNSORTED
        raise invalid_parameter("sort", "unknown_field", offered)
    if isinstance(items, SortsItself):
        by_itself: Sequence[T] = items.sorted_by(name, reverse=sort.startswith("-"))
        return by_itself
    held = [item for item in items if value(item) is not None]
    missing = [item for item in items if value(item) is None]
    by_id = sorted(held, key=shape.ident)
    by_value = sorted(by_id, key=value, reverse=sort.startswith("-"))
    # Unknown values come last either way: a reversed list begins with what is known.
    return [*by_value, *sorted(missing, key=shape.ident)]


def _start(items: Sequence[T], query: ListQuery, scope: str, shape: Shape[T]) -> int:
    if query.cursor is None:
        return 0
    position = paging.decode(query.cursor, scope, {"id": str, "index": int})
    index: int = max(0, position["index"])
    if index < len(items) and shape.ident(items[index]) == position["id"]:
        return index + 1
    # Facts changed between two pages: go on behind the last row shown, wherever it is now.
    for place, item in enumerate(items):
        if shape.ident(item) == position["id"]:
            return place + 1
    return min(index + 1, len(items))


def table(
    items: Sequence[T],
    shape: Shape[T],
    chosen: str,
    fields: str | None,
    *,
    meta: Row,
    cache: str,
    next_url: str | None = None,
) -> Response:
    """The items as CSV, XLSX or NDJSON: the import's columns first, derived fields behind them."""
    shown = shape.render(items)
    if chosen == "ndjson":
        rows = [answers.pick(row, fields) for row in shown] if fields else shown
        return _file(tabular.write_ndjson(rows), chosen, shape.name, meta, cache, next_url)
    names = columns_of(shape.model, keys=_keys(shown)) if shape.derived else ()
    derived = [name for name in names if name not in shape.import_columns]
    flat = []
    for item, row in zip(items, shown, strict=True):
        cells = tabular.flatten(row)
        flat.append({**cells, **(shape.imported(item) if shape.imported else {})})
    columns = [*shape.import_columns, *derived]
    if fields is not None:
        wanted = {name.strip() for name in fields.split(",")}
        columns = [name for name in columns if name.split(".")[0] in wanted]
    if chosen == "csv":
        return _file(tabular.write_csv(flat, columns), chosen, shape.name, meta, cache, next_url)
    sheet = tabular.write_xlsx(
        flat, columns, sheet=shape.name, created=created(meta), widest=shape.widest
    )
    return _file(sheet, chosen, shape.name, meta, cache, next_url)


def created(meta: Row) -> datetime:
    """The time that a file carries: its revision's own, so that its bytes are stable."""
    return datetime.fromisoformat(str(meta["revised_at"] or "2001-01-01T00:00:00+00:00"))


def _file(
    content: bytes, chosen: str, name: str, meta: Row, cache: str, next_url: str | None
) -> Response:
    response = answers.download(
        content,
        negotiation.MEDIA_TYPES[chosen],
        meta=meta,
        filename=f"synergies-{name}.{chosen}",
        licence_url=str(meta["licence"]["url"]),
        cache=cache,
    )
    if next_url:
        response.headers["Link"] += ", " + paging.link_header(None, next_url)
    return response


def _keys(rows: Sequence[Row]) -> dict[str, list[str]]:
    """The keys of each field that holds an object, in the order in which they come."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        for name, value in row.items():
            if isinstance(value, Mapping):
                found.setdefault(name, {}).update(dict.fromkeys(value))
    return {name: list(keys) for name, keys in found.items()}


def columns_of(
    model: type[BaseModel], prefix: str = "", keys: Mapping[str, Sequence[str]] | None = None
) -> list[str]:
    """Column names of a model's rows: nested things dotted, lists in one cell.

    An object whose names are data (`conventions.<id>.answer`) has those in `keys`.
    """
    return list(_columns(model, prefix, keys or {}))


def _columns(
    model: type[BaseModel], prefix: str, keys: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    for name, info in model.model_fields.items():
        nested = _nested(info.annotation)
        if nested is None:
            yield f"{prefix}{info.alias or name}"
        elif get_origin(info.annotation) is dict:
            for key in keys.get(name, ()):
                yield from _columns(nested, f"{prefix}{name}.{key}.", {})
        else:
            yield from _columns(nested, f"{prefix}{name}.", {})


def _nested(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) is list:
        return None
    return next((found for arg in get_args(annotation) if (found := _nested(arg))), None)


def terms(name: str, value: str | None, known: Any) -> list[str] | None:
    """The values of a comma list, each of which must be known; None where none was given."""
    if value is None:
        return None
    wanted = [part.strip() for part in value.split(",")]
    unknown = sorted({part for part in wanted if part not in known})
    if unknown:
        offered = ", ".join(sorted(known)[:60])
        said = ", ".join(repr(part[:60]) for part in unknown[:5])
        raise invalid_parameter(
            name, "not_in_vocabulary", f"Unknown: {said}. There are: {offered}."
        )
    return wanted


def flag(name: str, value: str | None) -> bool | None:
    """`true` or `false`; None where none was given."""
    if value is None:
        return None
    found = {"true": True, "false": False}.get(value)
    if found is None:
        raise invalid_parameter(name, "not_in_vocabulary", "Write true or false.")
    return found
