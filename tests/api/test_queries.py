"""How many queries an answer takes: a number that does not grow with the rows."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from sqlalchemy import event

from app.db import Database
from tests.api.catalogue import LISTS, V1
from tests.conftest import client_of

# The most that any of them may take once the revision's facts are remembered. The first is the
# question for the newest revision; two read the briefs of chemicals that no treaty points to, where
# a page shows any.
MOST = 5
BRIEFS = 2
ONE_CHEMICAL = 8


@pytest.fixture(scope="module")
def uncached(seeded: Database) -> httpx.Client:
    """The service without its byte cache, warm: what a revision needs once has been read."""
    api = client_of(seeded, cache_megabytes=0)
    for path in ("/chemicals", "/overlaps", "/matrix", "/listings", "/chemicals/endosulfan"):
        assert api.get(V1 + path).status_code == 200
    return api


def _fixed(found: set[int], name: str) -> None:
    """One number, whatever the limit; for chemicals with or without those that need a brief."""
    least = min(found)
    assert found <= ({least, least + BRIEFS} if name == "chemicals" else {least}), found
    assert 1 <= least <= max(found) <= MOST


@contextmanager
def counted(db: Database) -> Iterator[list[str]]:
    """The statements sent meanwhile; what opens a connection or a transaction is none."""
    sent: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")):
            sent.append(statement)

    event.listen(db.engines[0], "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engines[0], "before_cursor_execute", note)


def cost(api: httpx.Client, db: Database, path: str, **params: object) -> int:
    """Queries of one warm request."""
    assert api.get(V1 + path, params=params).status_code == 200
    with counted(db) as sent:
        answer = api.get(V1 + path, params=params)
    assert answer.status_code == 200, answer.text
    return len(sent)


def test_the_counter_counts(uncached: httpx.Client, seeded: Database) -> None:
    """At least the question for the revision is seen."""
    assert cost(uncached, seeded, "/chemicals", q="endosulfan") > 1


@pytest.mark.parametrize("name", ["chemicals", "overlaps", "matrix", "listings"])
def test_lists_warm(uncached: httpx.Client, seeded: Database, name: str) -> None:
    """The same for one row, for fifty and for all."""
    found = {cost(uncached, seeded, f"/{name}", limit=limit) for limit in (1, 2, 50, 499, 500)}
    _fixed(found, name)


@pytest.mark.parametrize("name", LISTS)
def test_any_list(uncached: httpx.Client, seeded: Database, name: str) -> None:
    """Every list, in JSON and as a table."""
    listed = LISTS[name]
    found = {
        form: {
            cost(uncached, seeded, listed.path, **listed.params, limit=limit, format=form)
            for limit in (1, 500)
        }
        for form in ("json", "csv")
    }
    for counts in found.values():
        _fixed(counts, name)


def test_lists_of_another_day(uncached: httpx.Client, seeded: Database) -> None:
    """Another day is reckoned, not read."""
    for name in ("chemicals", "overlaps", "matrix", "listings", "reviews"):
        found = {
            cost(uncached, seeded, f"/{name}", limit=limit, as_of="2012-03-01")
            for limit in (1, 50, 500)
        }
        _fixed(found, name)


def test_one_chemical(uncached: httpx.Client, seeded: Database) -> None:
    """The same for a substance that nobody lists and for a group with a hundred members."""
    ids = ["endosulfan", "pfoa", "pfos", "perfluorooctanoic-acid", "chrysotile-asbestos", "hbcd"]
    found = {id: cost(uncached, seeded, f"/chemicals/{id}") for id in ids}
    assert max(found.values()) <= ONE_CHEMICAL, found
    assert max(found.values()) - min(found.values()) <= 2, found


def test_status_of_many(uncached: httpx.Client, seeded: Database) -> None:
    everything = [row["id"] for row in uncached.get(f"{V1}/chemicals?limit=500").json()["data"]]
    found = {
        cost(uncached, seeded, "/status", ids=",".join(everything[:count]), limit=500)
        for count in (2, 20, 200)
    }
    assert max(found) <= MOST + 2


@pytest.mark.parametrize("q", ["endosulfan", "chlor", "xyzzy"])
def test_a_search(uncached: httpx.Client, seeded: Database, q: str) -> None:
    found = {cost(uncached, seeded, "/chemicals", q=q, limit=limit) for limit in (1, 50, 500)}
    assert len(found) == 1
    assert found.pop() <= MOST + 4
