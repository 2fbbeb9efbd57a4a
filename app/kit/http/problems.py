"""Every error this service answers, as `application/problem+json` (RFC 9457), never as HTML.

`type` is the relative URI `/problems/<code>`, resolved against the service's own address; `CODES`
lists the stable codes. A client switches on `type`, or on `errors[].code` for one parameter.
"""

import traceback
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.kit.http.methods import allowed
from app.kit.http.validation import explain

MEDIA_TYPE = "application/problem+json"

CODES: dict[int, str] = {
    400: "malformed-request",
    401: "unauthorized",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    409: "conflict",
    410: "gone",
    412: "precondition-failed",
    413: "content-too-large",
    414: "uri-too-long",
    415: "unsupported-media-type",
    422: "invalid",
    428: "precondition-required",
    429: "too-many-requests",
    500: "internal-error",
    503: "unavailable",
}
# Our own words: the phrases of Python's HTTPStatus differ from one version to the next (413, 422).
TITLES = {status: code.replace("-", " ").capitalize() for status, code in CODES.items()}
TITLES |= {404: "Not found", 414: "URI too long", 422: "Invalid parameter or field"}

Error = Mapping[str, Any]
log = structlog.get_logger(__name__)


class Problem(Exception):
    """An error that the caller is to see. Raise it anywhere below a request.

    `errors` holds one mapping for each wrong thing: `parameter` (query, path or header name) or
    `pointer` (JSON pointer into the body), `code`, `message`, and whatever helps (`suggestion`).
    `extensions` become further members of the document; they never replace a standard one.
    """

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        title: str | None = None,
        code: str | None = None,
        errors: Sequence[Error] = (),
        headers: Mapping[str, str] | None = None,
        extensions: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail or title or str(status))
        self.status = status
        self.code = code or CODES.get(status) or f"status-{status}"
        self.title = title or TITLES.get(status) or _phrase(status)
        self.detail = detail or self.title
        self.errors = [dict(error) for error in errors]
        self.headers = dict(headers or {})
        self.extensions = dict(extensions or {})


def not_found(detail: str) -> Problem:
    """404: an id in a path that is not held, whatever its form."""
    return Problem(404, detail)


def invalid_parameter(name: str, code: str, message: str, **more: Any) -> Problem:
    """422 about one query parameter; `more` joins the error (`suggestion=...`)."""
    return invalid([{"parameter": name, "code": code, "message": message, **more}])


def invalid(errors: Sequence[Error]) -> Problem:
    """422 about any number of parameters or fields."""
    first = str(errors[0].get("message", "")) if errors else ""
    detail = first if len(errors) == 1 else f"{len(errors)} things are wrong: see errors."
    return Problem(422, detail, errors=errors)


def gone(detail: str) -> Problem:
    """410: withdrawn. `no-cache`, since a withdrawal can be undone."""
    return Problem(410, detail)


def not_acceptable(offered: Sequence[str], detail: str = "") -> Problem:
    """406 that lists the media types there are; `Vary` because another Accept would do."""
    said = detail or f"None of the accepted media types is offered: {', '.join(offered)}."
    return Problem(406, said, headers={"Vary": "Accept"}, extensions={"offered": list(offered)})


def unavailable(retry_after: int, detail: str = "") -> Problem:
    """503 for now; the client may come back after `retry_after` seconds."""
    said = detail or f"Not available at the moment; try again in {retry_after} seconds."
    return Problem(503, said, headers={"Retry-After": str(retry_after)})


def response(problem: Problem, instance: str) -> Response:
    """The answer for `problem`; `instance` is the path asked for, made safe as a URI reference."""
    document: dict[str, Any] = {
        "type": f"/problems/{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        # The query is left out: it may hold what nobody wants in a copied error report.
        "instance": quote(instance[:500], safe="/%:@!$&'()*+,;=~"),
    }
    if problem.errors:
        document["errors"] = problem.errors
    body = to_json(problem.extensions | document, inf_nan_mode="null", fallback=str)
    # no-cache: 404, 405, 410 and 414 may otherwise be kept by any cache on a guess.
    headers = {"Cache-Control": "no-cache"} | problem.headers
    return Response(body, problem.status, headers, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Let `app` answer every error as a problem, and stop it from redirecting trailing slashes."""
    app.router.redirect_slashes = False
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(Exception, _unexpected)


async def _problem(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, Problem)  # noqa: S101 - what it was registered for
    return response(exc, path_of(request.scope))


async def _http(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)  # noqa: S101
    headers = dict(exc.headers or {})
    # The bare phrase ("Not Found") says no more than the title; a handler's own words are kept.
    detail = "" if exc.detail == _phrase(exc.status_code) else str(exc.detail)
    if exc.status_code == 404 and not detail:
        detail = "There is nothing at this path."
    if exc.status_code == 405:
        methods = ", ".join(allowed(request.app.routes, request.scope))
        headers = {k: v for k, v in headers.items() if k.lower() != "allow"} | {"Allow": methods}
        detail = f"Here one may use: {methods}."
    return response(Problem(exc.status_code, detail, headers=headers), path_of(request.scope))


async def _validation(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, RequestValidationError)  # noqa: S101
    content_type = request.headers.get("content-type", "")
    status, errors = explain(exc.errors(), exc.body, content_type)
    problem = invalid(errors)
    return response(Problem(status, problem.detail, errors=errors), path_of(request.scope))


async def _unexpected(request: Request, exc: Exception) -> Response:
    return unexpected(request.scope, exc)


def unexpected(scope: Mapping[str, Any], exc: BaseException) -> Response:
    """500 that tells the log everything and the caller nothing but where to look."""
    request_id = scope.get("state", {}).get("request_id")
    path = path_of(scope)
    # Formatted here: structlog's default draws every local of every frame, which takes seconds of
    # the event loop and may put secrets into the log.
    trace = "".join(traceback.format_exception(exc))
    method = scope["method"]
    log.error("unexpected error", request_id=request_id, method=method, path=path, exception=trace)
    quoted = f" Please quote the request id {request_id}." if request_id else ""
    return response(Problem(500, f"Something went wrong on our side.{quoted}"), path)


def path_of(scope: Mapping[str, Any]) -> str:
    """The path as it was sent; `path`, already decoded, where the server keeps no raw one."""
    raw: bytes | None = scope.get("raw_path")
    return raw.decode("latin-1") if raw else quote(scope["path"])


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"
