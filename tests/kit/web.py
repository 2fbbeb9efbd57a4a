"""A made-up service behind edge and cache, and a client for it, with nothing in between."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import httpx
from fastapi import APIRouter, FastAPI, Query
from pydantic import BaseModel, ConfigDict, Field, field_validator
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp

from app.kit.http import answers, problems
from app.kit.http.cache import ByteCache
from app.kit.http.edge import Edge
from app.kit.http.negotiation import CSV


class Filter(BaseModel):
    model_config = ConfigDict(extra="forbid")
    q: str | None = None
    limit: int = Field(50, ge=1, le=500)
    kind: Literal["one", "two"] | None = None


class Part(BaseModel):
    amount: int


class Thing(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    parts: list[Part | str] = []

    @field_validator("name")
    @classmethod
    def _named(cls, name: str) -> str:
        if name.startswith("bad"):
            raise ValueError(f"{name} will not do")
        return name


class Service:
    """`revision` and `day` are turned by hand; `calls` counts what reached the application."""

    def __init__(self, folder: Path | None = None, **cache: Any) -> None:
        self.revision, self.day, self.calls = 7, 1, 0
        self.seen: Callable[[], int] = lambda: self.revision
        self.api = FastAPI()
        problems.install(self.api)
        self.api.include_router(self._routes(folder), prefix="/v1")
        self.cache = ByteCache(
            self.api,
            revision=lambda: self.revision,
            build="b1",
            today=lambda: self.day,
            **cache,
        )
        self.app: ASGIApp = Edge(self.cache, routes=self.api.routes, posted_reads=["/v1/search"])

    def _routes(self, folder: Path | None) -> APIRouter:
        router = APIRouter()

        @router.get("/things")
        def things(wanted: Annotated[Filter, Query()]) -> Response:
            self.calls += 1
            rows = [{"id": n, "q": wanted.q, "text": "x" * 20} for n in range(wanted.limit)]
            meta = {"revision": self.seen()}
            return answers.page(rows, total=len(rows), meta=meta, next_url=None)

        @router.post("/things")
        def make(thing: Thing) -> Response:
            return answers.one(thing, {"revision": 8}, status=201)

        @router.get("/things/{number}")
        def thing(number: int) -> Response:
            self.calls += 1
            return answers.one({"number": number}, {"revision": self.seen()})

        @router.put("/things/{number}")
        def put(number: int) -> Response:
            raise problems.Problem(428, "Say which version you edit.")

        @router.post("/search")
        def search(thing: Thing) -> Response:
            return answers.one(thing, {})

        @router.get("/job")
        def job() -> Response:
            self.calls += 1
            return answers.one({"call": min(self.calls, 3)}, {}, cache=answers.NO_STORE)

        @router.get("/own")
        def own() -> Response:
            return answers.one({}, {"revision": 7}, headers={"ETag": '"mine"'})

        @router.get("/file")
        def file() -> Response:
            assert folder is not None
            meta = {"revision": self.seen()}
            self.calls += 1
            return answers.download(
                folder / "t.csv", CSV, meta=meta, filename="t.csv", licence_url="https://l.example"
            )

        @router.get("/plain")
        def plain() -> Response:
            return PlainTextResponse("x")

        @router.get("/broken")
        def broken() -> Response:
            raise RuntimeError("secret")

        return router

    def get(self, url: str, method: str = "GET", **more: Any) -> httpx.Response:
        """One request, with no headers but Host and those given."""

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            whole = url if url.startswith("http") else "http://t" + url
            # A Request of its own: the client would add Accept-Encoding and the like.
            async with httpx.AsyncClient(transport=transport) as client:
                return await client.send(httpx.Request(method, whole, **more))

        return asyncio.run(ask())
