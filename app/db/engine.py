"""Engines and sessions. `with db.read() as session`, `with db.write() as session`: no other way in.

One read is one snapshot of one revision. Writers queue before they look, so that revision numbers
grow in the order of commits and a follower of changes never misses one.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.sql import Executable

from app.db.memo import Memo

T = TypeVar("T")
Row = dict[str, Any]

# Any fixed number will do: it names "the queue of writers" among PostgreSQL's advisory locks.
_WRITERS_LOCK = 7_140_218
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers go on while one writes
    "PRAGMA synchronous=FULL",  # a commit that was answered survives a power cut
    "PRAGMA foreign_keys=ON",  # SQLite's default is off
    "PRAGMA busy_timeout=15000",  # a second writer waits for the first
)


@dataclass(frozen=True, slots=True)
class ReadSession:
    """One snapshot of the facts."""

    connection: Connection
    revision: int
    memo: Memo

    def rows(self, statement: Executable, values: Any = None) -> list[Row]:
        """All rows as plain dictionaries."""
        result = self.connection.execute(statement, values)
        names = tuple(result.keys())
        return [dict(zip(names, row, strict=True)) for row in result.all()]

    def tuples(self, statement: Executable, values: Any = None) -> Sequence[Any]:
        """All rows as tuples."""
        return self.connection.execute(statement, values).all()

    def scalar(self, statement: Executable, values: Any = None) -> Any:
        """The first column of the first row, or None."""
        return self.connection.execute(statement, values).scalar()

    def remember(self, name: Hashable, build: Callable[[], T]) -> T:
        """What `build` derives from this revision, made once a revision."""
        return self.memo.get(self.revision, name, build)

    def remember_day(self, name: Hashable, day: str, build: Callable[[], T]) -> T:
        """What `build` derives from this revision on a day; kept for the days last asked."""
        return self.memo.of_day(self.revision, name, day, build)


class WriteSession(ReadSession):
    """The one writer at this moment; commits when its `with` block ends, or leaves no trace."""

    __slots__ = ()

    def execute(self, statement: Executable, values: Any = None) -> Any:
        """Run a statement that changes rows."""
        return self.connection.execute(statement, values)


class Database:
    """One database, SQLite or PostgreSQL, behind two doors."""

    def __init__(self, url: str, *, readers: int = 4) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.memo = Memo()
        if self.is_sqlite:
            if not self.url.database or self.url.database == ":memory:":
                raise ValueError("an SQLite database needs a file: sqlite:///path/to/file.sqlite3")
            Path(self.url.database).resolve().parent.mkdir(parents=True, exist_ok=True)
        self._reader = self._engine(readers, write=False)
        self._writer = self._engine(1, write=True)

    def _engine(self, size: int, *, write: bool) -> Engine:
        if self.is_sqlite:
            engine = create_engine(
                self.url,
                pool_size=size,
                max_overflow=0,
                connect_args={"check_same_thread": False, "isolation_level": None},
            )
            _sqlite_transactions(engine, write=write)
            return engine
        return create_engine(
            self.url,
            pool_size=size,
            max_overflow=0,
            pool_pre_ping=True,
            # A snapshot for reads; a writer must see what the writer before it committed.
            isolation_level="READ COMMITTED" if write else "REPEATABLE READ",
            connect_args={"options": "-c timezone=UTC"},
        )

    @contextmanager
    def read(self) -> Iterator[ReadSession]:
        """One snapshot; cannot write."""
        with self._reader.connect() as connection:
            revision = connection.execute(_NEWEST).scalar() or 0
            yield ReadSession(connection, int(revision), self.memo)

    @contextmanager
    def write(self) -> Iterator[WriteSession]:
        """The queue of writers: one at a time, committed at the end or rolled back."""
        with self._writer.connect() as connection, connection.begin():
            self._queue(connection)
            revision = connection.execute(_NEWEST).scalar() or 0
            yield WriteSession(connection, int(revision), self.memo)

    def _queue(self, connection: Connection) -> None:
        """Wait for the writer before; SQLite's BEGIN IMMEDIATE has done so already."""
        if not self.is_sqlite:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})"))

    def revision(self) -> int:
        """The newest committed revision."""
        with self.read() as session:
            return session.revision

    @contextmanager
    def bare(self) -> Iterator[Connection]:
        """A writing connection before there are tables: for migrations only."""
        with self._writer.connect() as connection, connection.begin():
            self._queue(connection)
            yield connection

    @property
    def engines(self) -> tuple[Engine, Engine]:
        """The reading and the writing engine: for counting queries in tests."""
        return self._reader, self._writer

    def close(self) -> None:
        """Give all connections back."""
        self._reader.dispose()
        self._writer.dispose()


_NEWEST = text("SELECT max(number) FROM revisions")


def _sqlite_transactions(engine: Engine, *, write: bool) -> None:
    """Own BEGIN: the driver's would let one session see two states."""

    @event.listens_for(engine, "connect")
    def _connect(raw: Any, _record: Any) -> None:
        cursor = raw.cursor()
        for pragma in _SQLITE_PRAGMAS:
            cursor.execute(pragma)
        if not write:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
