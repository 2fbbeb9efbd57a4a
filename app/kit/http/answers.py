"""Answers in the shape of the API: one thing, a page of a list, a file.

Serialised by pydantic-core straight into a Response: a `response_model` at run time would cost
more than the query. Tests hold the answers against their schemas instead.
"""

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel
from pydantic_core import to_json
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from app.kit.http.negotiation import JSON
from app.kit.http.paging import link_header
from app.kit.http.problems import invalid_parameter

PUBLIC = "public, max-age=60, stale-while-revalidate=300"
NO_CACHE = "no-cache"  # may be kept, but is asked for again each time
NO_STORE = "no-store"  # turns on more than the revision (a job's progress): kept nowhere
REVISION = "synergies-revision"


def one(
    data: Any,
    meta: Mapping[str, Any],
    *,
    status: int = 200,
    cache: str = PUBLIC,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """`{"data", "meta"}`. Without `meta["revision"]` the byte cache keeps nothing of it."""
    return _json({"data": data, "meta": meta}, meta, status, cache, headers)


def page(
    rows: Sequence[Any],
    *,
    total: int | None,
    meta: Mapping[str, Any],
    next_url: str | None,
    total_at_least: int | None = None,
    fields: str | None = None,
    cache: str = PUBLIC,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """`{"data", "meta" with total, "links"}` and `Link`. `fields` as in `pick`, for each row."""
    more: dict[str, Any] = {**meta, "total": total}
    if total_at_least is not None:
        more["total_at_least"] = total_at_least
    data = rows if fields is None else [pick(row, fields) for row in rows]
    document = {"data": data, "meta": more, "links": {"next": next_url}}
    link = {"Link": link_header(None, next_url)} if next_url else {}
    return _json(document, meta, 200, cache, link | dict(headers or {}))


def document(
    content: Mapping[str, Any], media_type: str, meta: Mapping[str, Any], *, cache: str = PUBLIC
) -> Response:
    """A JSON document of another form than the API's own envelope."""
    return Response(to_json(content), 200, _headers(meta, cache), media_type)


def see_other(url: str, meta: Mapping[str, Any]) -> Response:
    """303: what was asked for is at `url`."""
    return Response(
        b"", 303, {**_headers(meta, PUBLIC), "Location": quote(url, safe="/%:?#[]@!$&'()*+,;=~")}
    )


def pick(row: Mapping[str, Any] | BaseModel, fields: str | Iterable[str] | None) -> dict[str, Any]:
    """The top-level fields asked for, in the row's own order; all for None.

    `fields` is a comma list or names. Problem 422 on `fields` for a name that the row lacks.
    """
    whole = dict(row)
    if fields is None:
        return whole
    names = fields.split(",") if isinstance(fields, str) else list(fields)
    wanted = {name.strip() for name in names}
    unknown = sorted(wanted - whole.keys())
    if unknown:
        message = f"No such field: {', '.join(unknown)[:100]}. There are: {', '.join(whole)}."
        raise invalid_parameter("fields", "unknown_field", message)
    return {name: value for name, value in whole.items() if name in wanted}


def download(
    content: bytes | PathLike[str],
    media_type: str,
    *,
    meta: Mapping[str, Any],
    filename: str,
    licence_url: str | None = None,
    cache: str = PUBLIC,
    background: BackgroundTask | None = None,
) -> Response:
    """A table or archive, from memory or from a file (`background` may delete it afterwards)."""
    headers = _headers(meta, cache)
    if licence_url:
        headers["Link"] = link_header(None, more=[("license", licence_url)])
    headers["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(filename, safe='')}"
    if filename.isascii() and '"' not in filename and "\\" not in filename:
        headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    if isinstance(content, bytes):
        return Response(content, 200, headers, media_type, background)
    return _File(Path(content), 200, headers, media_type, background)


class _File(FileResponse):
    """A file without Starlette's ETag and ranges.

    Both follow the file's own time, which is new for every export; the revision decides here.
    """

    def set_stat_headers(self, stat_result: Any) -> None:
        self.headers["content-length"] = str(stat_result.st_size)
        self.headers["accept-ranges"] = "none"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = [(name, value) for name, value in scope["headers"] if name != b"range"]
        await super().__call__({**scope, "headers": asked}, receive, send)


def _headers(meta: Mapping[str, Any], cache: str) -> dict[str, str]:
    headers = {"Cache-Control": cache, "Vary": "Accept"}
    if meta.get("revision") is not None:
        headers[REVISION] = str(meta["revision"])
    return headers


def _json(
    document: Any,
    meta: Mapping[str, Any],
    status: int,
    cache: str,
    headers: Mapping[str, str] | None,
) -> Response:
    body = to_json(document, inf_nan_mode="null")
    return Response(body, status, _headers(meta, cache) | dict(headers or {}), JSON)
