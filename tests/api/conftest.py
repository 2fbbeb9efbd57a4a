"""Fixtures of these tests."""

import pytest


@pytest.fixture
def one_database(backend: str) -> None:
    """What never reaches a database is asked once, on SQLite."""
    if backend != "sqlite":
        pytest.skip("does not turn on the database")
