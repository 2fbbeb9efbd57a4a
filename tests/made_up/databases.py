"""Databases copied from a template of the test process: migrating each anew would cost a second."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from app.db import Database, migrate
from app.stock import load_folder
from tests.conftest import Server
from tests.made_up.folder import small


@dataclass
class Copies:
    """Templates by name, and new databases made from them."""

    server: Server | None
    folder: Path
    templates: dict[str, str] = field(default_factory=dict)
    made: int = 0

    def new(self, name: str, fill: Callable[[Database], None]) -> str:
        """The URL of a new database, a copy of what `fill` made once."""
        if name not in self.templates:
            url = self._empty(f"template-{name}")
            db = Database(url)
            fill(db)
            db.close()
            self.templates[name] = url
        return self._copy(self.templates[name])

    def _empty(self, name: str) -> str:
        if self.server:
            return self.server.create()
        return f"sqlite:///{self.folder}/{name}.sqlite3"

    def _copy(self, template: str) -> str:
        if self.server:
            return self.server.create(template=make_url(template).database)
        self.made += 1
        target = self.folder / f"{self.made}.sqlite3"
        shutil.copy(str(make_url(template).database), target)
        return f"sqlite:///{target}"

    def drop(self, url: str) -> None:
        """Remove a copy."""
        if self.server:
            self.server.drop(url)


@pytest.fixture(scope="session")
def copies(
    backend: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Copies]:
    server = request.getfixturevalue("postgres") if backend == "postgresql" else None
    copies = Copies(server, tmp_path_factory.mktemp(f"copies-{backend}"))
    yield copies
    for url in copies.templates.values():
        copies.drop(url)


@pytest.fixture
def empty_url(copies: Copies) -> Iterator[str]:
    """A database with all tables and no row."""
    url = copies.new("empty", migrate.upgrade)
    yield url
    copies.drop(url)


@pytest.fixture
def empty(empty_url: str) -> Iterator[Database]:
    db = Database(empty_url)
    yield db
    db.close()


@pytest.fixture
def loaded(copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database that holds the small made-up folder, loaded as revision 1."""

    def fill(db: Database) -> None:
        migrate.upgrade(db)
        load_folder(db, small().write(tmp_path_factory.mktemp("small")), reason="tests")

    url = copies.new("small", fill)
    db = Database(url)
    yield db
    db.close()
    copies.drop(url)
