"""The outermost layer: what holds for every answer, whoever gives it.

Pure ASGI, outside the byte cache: HEAD is answered from the cached GET, and headers that are the
same for everyone (CORS above all: Starlette sends it only where there is an Origin, and a cache
would keep the answer without it) are never cached. Inner layers must not set those themselves.
"""

import os
import string
from collections.abc import Collection, Sequence
from itertools import count
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kit.http import problems, urls
from app.kit.http.methods import allowed

EXPOSED = (
    "Allow, Content-Disposition, ETag, Link, Location, Retry-After, Synergies-Revision, "
    "X-Request-ID"
)
ACCEPTED = (
    "Accept, Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, "
    "If-None-Match, X-Request-ID"
)
_ON_ALL: list[tuple[bytes, bytes]] = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", EXPOSED.encode()),
    (b"x-content-type-options", b"nosniff"),
]
_READS = ("GET", "HEAD", "OPTIONS")
_ID_BYTES = frozenset((string.ascii_letters + string.digits + "-._").encode())
_URLS_REMEMBERED = 4096


class Edge:
    """HEAD, OPTIONS, CORS, request ids, and URLs that no route should see.

    `routes` are those of the innermost application (`app.routes`). A page elsewhere may only read;
    paths in `posted_reads` are reads by POST (a preflight there also allows POST).
    The request id stands in `scope["state"]["request_id"]`.
    """

    def __init__(
        self, app: ASGIApp, *, routes: Sequence[BaseRoute], posted_reads: Collection[str] = ()
    ) -> None:
        self.app = app
        self.routes = routes
        self.posted_reads = frozenset(posted_reads)
        self._run = os.urandom(6).hex().encode()
        self._numbers = count(1)
        # URLs found right before: the hot path asks one set instead of reading the query again.
        self._right: set[tuple[bytes | str, bytes]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = self._request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id.decode()
        headers = [*_ON_ALL, (b"x-request-id", request_id)]
        head = scope["method"] == "HEAD"
        status = 0
        done = False

        async def decorated(message: Message) -> None:
            nonlocal status, done
            if message["type"] == "http.response.start":
                status = message["status"]
                # A new message: the cache hands out the same one again and again.
                message = {**message, "headers": [*message.get("headers", ()), *headers]}
            elif head or status == 500:
                if done:
                    return
                done = not message.get("more_body", False)
                if head:
                    if not done:
                        return
                    message = {"type": "http.response.body", "body": b""}
            await send(message)

        try:
            known = (scope.get("raw_path") or scope["path"], scope["query_string"]) in self._right
            if not known or scope["method"] == "OPTIONS":
                answer = self._answer(scope)
                if answer is not None:
                    await answer(scope, receive, decorated)
                    return
            if head:
                scope = {**scope, "method": "GET"}
            if not scope["query_string"].isascii():
                scope = {**scope, "query_string": urls.ascii_query(scope["query_string"])}
            await self.app(scope, receive, decorated)
        except Exception as exc:
            if not status:
                # A Problem arrives here from layers between this one and the application.
                answer = (
                    problems.response(exc, problems.path_of(scope))
                    if isinstance(exc, problems.Problem)
                    else problems.unexpected(scope, exc)
                )
                await answer(scope, receive, decorated)
            elif not (done and status == 500):
                # Begun and broken off: the server must close the connection. A finished 500 was
                # answered and logged by the handler below; Starlette raises it again nevertheless.
                raise

    def _answer(self, scope: Scope) -> Response | None:
        """What the edge answers by itself: wrong URLs and OPTIONS."""
        query: bytes = scope["query_string"]
        path = urls.raw_path(scope)
        problem = urls.check(path, query)
        if problem is not None:
            return problems.response(problem, problems.path_of(scope))
        if len(self._right) >= _URLS_REMEMBERED:
            self._right.clear()
        if len(path) + len(query) < 1024:
            self._right.add((scope.get("raw_path") or scope["path"], query))
        return self._options(scope) if scope["method"] == "OPTIONS" else None

    def _options(self, scope: Scope) -> Response:
        methods = _READS if scope["path"] == "*" else allowed(self.routes, scope)
        if not methods:
            problem = problems.not_found("There is nothing at this path.")
            return problems.response(problem, problems.path_of(scope))
        open_to_all = [method for method in methods if method in _READS]
        if scope["path"] in self.posted_reads and "POST" in methods:
            open_to_all.append("POST")
        return Response(
            status_code=204,
            headers={
                "Allow": ", ".join(methods),
                "Access-Control-Allow-Methods": ", ".join(open_to_all),
                "Access-Control-Allow-Headers": ACCEPTED,
                "Access-Control-Max-Age": "86400",
                "Cache-Control": "no-cache",
            },
        )

    def _request_id(self, scope: Scope) -> bytes:
        """The caller's id if it is harmless in headers and logs, else the next of this process."""
        headers: list[Any] = scope["headers"]
        for name, value in headers:
            if name == b"x-request-id" and 0 < len(value) <= 128 and _ID_BYTES.issuperset(value):
                return bytes(value)
        return b"%s-%x" % (self._run, next(self._numbers))
