"""What an operator asks: alive, ready, how it is doing. At the root, outside the API."""

from typing import Protocol

import structlog
from fastapi import FastAPI
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from app.kit.http.problems import unavailable

log = structlog.get_logger(__name__)


class HasRevision(Protocol):
    """A store that can tell its newest revision."""

    def revision(self) -> int: ...


def install(app: FastAPI, store: HasRevision) -> None:
    """Add `/healthz`, `/readyz` and `/metrics`."""

    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> Response:
        return JSONResponse({"status": "alive"}, headers={"Cache-Control": "no-store"})

    @app.get("/readyz", include_in_schema=False)
    def readyz() -> Response:
        try:
            revision = store.revision()
        except Exception as error:
            # Whatever keeps the store from answering makes it not ready; the log has the reason.
            log.warning("not ready", error=str(error)[:300])
            raise unavailable(5) from None
        body = {"status": "ready", "revision": revision}
        return JSONResponse(body, headers={"Cache-Control": "no-store"})

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return PlainTextResponse(
            generate_latest(), headers={"Cache-Control": "no-store"}, media_type=CONTENT_TYPE_LATEST
        )
