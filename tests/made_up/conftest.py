"""The made-up convention beside the seed data."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.db import Database, migrate
from app.stock import load_folder
from tests.conftest import SEED, client_of
from tests.made_up.databases import Copies, copies
from tests.made_up.zephyr import zephyr

__all__ = ["copies"]


@pytest.fixture(scope="session")
def zephyr_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return zephyr().write(tmp_path_factory.mktemp("zephyr"))


@pytest.fixture(scope="session")
def with_zephyr(copies: Copies, zephyr_folder: Path) -> Iterator[Database]:
    """The seed data, and the made-up convention loaded beside it as revision 2."""

    def fill(db: Database) -> None:
        migrate.upgrade(db)
        load_folder(db, SEED, reason="seed")
        load_folder(db, zephyr_folder, reason="a made-up convention")

    url = copies.new("zephyr", fill)
    db = Database(url)
    yield db
    db.close()
    copies.drop(url)


@pytest.fixture(scope="session")
def zephyr_api(with_zephyr: Database) -> httpx.Client:
    return client_of(with_zephyr)
