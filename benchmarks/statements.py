"""Which SQL a request runs: counted, and as Datasette is asked for it."""

import asyncio
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import event
from starlette.types import Message

from app.db import Database
from app.main import create_app
from app.settings import Settings

Statement = tuple[str, tuple[object, ...]]


class Recorder:
    """The service in this process, without its byte cache, noting every SELECT."""

    def __init__(self, database: Path) -> None:
        url = f"sqlite:///{database}"
        self._db = Database(url)
        self._app = create_app(Settings(database_url=url, cache_megabytes=0), self._db)
        self._seen: list[Statement] = []
        for engine in self._db.engines:
            event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, _c: object, _u: object, sql: str, values: Any, _x: object, _m: object) -> None:
        if sql.lstrip().upper().startswith("SELECT"):
            self._seen.append((sql, tuple(values)))

    def warm(self, path: str) -> list[Statement]:
        """What a second request for `path` runs: the first fills what a revision keeps."""
        self._get(path)
        self._seen.clear()
        self._get(path)
        return list(self._seen)

    def _get(self, path: str) -> None:
        asked, _, query = path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": asked,
            "raw_path": asked.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(b"host", b"localhost"), (b"accept", b"application/json")],
            "server": ("localhost", 80),
            "client": ("localhost", 1),
        }
        told: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            told.append(message)

        asyncio.run(self._app(scope, receive, send))  # type: ignore[arg-type]
        if told[0]["status"] != 200:
            raise RuntimeError(f"{path}: {told[0]['status']}")

    def close(self) -> None:
        """Give the connections back."""
        self._db.close()


def as_datasette(statement: Statement, database: str) -> str:
    """The path that has Datasette run this statement and send its rows as JSON."""
    sql, values = statement
    parts = sql.split("?")
    if len(parts) != len(values) + 1:
        raise ValueError(f"as many marks as values: {sql}")
    named = parts[0] + "".join(f":p{n}{part}" for n, part in enumerate(parts[1:]))
    given = {f"p{n}": value for n, value in enumerate(values)}
    one_line = re.sub(r"\s+", " ", named).strip()
    return f"/{database}.json?{urlencode({'sql': one_line, '_shape': 'array', **given})}"
