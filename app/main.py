"""The application: routers, error handlers, and the layers in front of them."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI
from starlette.types import ASGIApp

from app import __version__, examples
from app.conventions import routes as conventions
from app.db import Database
from app.db.watch import RevisionWatch
from app.kit.http import openapi, problems, service
from app.kit.http.cache import ByteCache
from app.kit.http.edge import Edge
from app.overlaps import routes as overlaps
from app.register import routes as register
from app.registry import RESOURCES
from app.regulation import routes as regulation
from app.reviews import routes as reviews
from app.settings import Settings

PREFIX = "/api/v1"
_DESCRIPTION = """
What the Basel, Rotterdam, Stockholm and Minamata conventions list, what their committees review,
and where they look at the same thing. Every fact cites its source. "No entry found" is not
"not covered": read the answer's `open_groups` and `caveats`.
"""


def create_app(settings: Settings | None = None, db: Database | None = None) -> ASGIApp:
    """The whole service on one database, as an ASGI application."""
    settings = settings or Settings()
    db = db or Database(settings.database_url, readers=settings.threads)
    watch = RevisionWatch(db, settings.revision_poll_seconds)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        # Few threads: they contend for one interpreter, and each needs a connection.
        limiter = anyio.to_thread.current_default_thread_limiter()
        limiter.total_tokens = settings.threads
        yield
        watch.close()
        db.close()

    app = FastAPI(
        title="Synergies",
        version=__version__,
        description=_DESCRIPTION,
        license_info={"name": "Apache-2.0 (code), CC BY 4.0 (data)"},
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        # Spans for every step of every request, whether anybody collects them or not.
        telemetry={"tracing": False, "logs": False, "metrics": False, "operation_spans": False},
    )
    app.state.db = db
    app.state.resources = RESOURCES
    problems.install(app)
    # The routes asked most come first: a router tries them in turn.
    for module in (register, overlaps, regulation, reviews, conventions):
        app.include_router(module.router, prefix=PREFIX)
    openapi.install(app, examples.load())
    service.install(app, db)
    # Without room it keeps nothing, and still gives every answer its ETag.
    cached: ASGIApp = ByteCache(
        app,
        revision=watch.revision,
        build=f"{__version__}-{os.environ.get('SYNERGIES_BUILD', '')}",
        max_bytes=settings.cache_megabytes * 1024 * 1024,
    )
    return Edge(cached, routes=app.routes)
