"""What is kept for speed equals a fresh computation, and an overlap follows the day asked."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx

from app.db import Database
from app.kit.dates import today
from app.overlaps.queries import overlaps
from tests.conftest import client_of
from tests.facts.road import edit


def _of(db: Database, day: str) -> list[dict[str, Any]]:
    with db.read() as session:
        return overlaps(session, day)


def test_kept_overlaps_equal_a_fresh_computation(seeded: Database, seeded_url: str) -> None:
    first = _of(seeded, today())
    assert _of(seeded, today()) is first
    _of(seeded, "2010-05-05")
    fresh = Database(seeded_url)
    assert _of(fresh, today()) == _of(seeded, today()) == first
    assert _of(fresh, "2010-05-05") == _of(seeded, "2010-05-05")
    fresh.close()


def test_after_a_write_nothing_old_is_told(writable: Database, tmp_path: Path) -> None:
    url = writable.url.render_as_string(hide_password=False)
    with client_of(writable) as client:
        ask = "/api/v1/overlaps/rotterdam-dicofol--stockholm-dicofol"
        before = client.get(ask).json()["data"]
        edit(writable, "chemicals", id="dicofol", name="Dicofol, renamed")
        edit(
            writable, "relations", chemical="mirex", kind="precursor_of", other="chlordecone",
            source="stockholm-text", confidence="high",
        )  # fmt: skip
        after = client.get(ask).json()["data"]
        assert before["chemical"]["name"] != after["chemical"]["name"] == "Dicofol, renamed"
        fresh = Database(url)
        told = client.get("/api/v1/overlaps?limit=500").json()["data"]
        assert told == [{**row} for row in _of(fresh, today())]
        assert any(
            link["kind"] == "precursor_or_transformation_product"
            for row in told
            for link in row["links"]
        )
        fresh.close()


def _situations(api: httpx.Client, id: str, day: str) -> set[str] | None:
    answer = api.get(f"/api/v1/overlaps/{id}?as_of={day}")
    return set(answer.json()["data"]["situations"]) if answer.status_code == 200 else None


def test_on_the_day_before_and_the_day_of_a_decisive_event(api: httpx.Client) -> None:
    """Chlorpyrifos: before both committees in October 2023, listed by Stockholm in May 2025."""
    id = "rotterdam-chlorpyrifos--stockholm-chlorpyrifos"
    row = api.get(f"/api/v1/overlaps/{id}").json()["data"]
    first = row["left"]["first_on"]
    assert first == row["concurrent"][0]["from"]
    day_before = str(date.fromisoformat(first) - timedelta(days=1))
    assert "considered_by_both" not in (_situations(api, id, day_before) or set())
    assert {"considered_by_both", "concurrent"} <= (_situations(api, id, first) or set())
    listing = api.get("/api/v1/listings/stockholm-a-chlorpyrifos").json()["data"]
    adopted = listing["adopted_on"]
    day_before = str(date.fromisoformat(adopted) - timedelta(days=1))
    before, after = _situations(api, id, day_before), _situations(api, id, adopted)
    assert before is not None
    assert after is not None
    assert not {"pending_at_cop_and_listed", "traded_under_exemption"} & before
    assert "pending_at_cop_and_listed" in after


def test_on_any_day_the_two_sides_bear_out_what_is_said(api: httpx.Client) -> None:
    for day in ("2004-05-17", "2009-03-25", "2011-10-11", "2017-05-05", "2025-05-02", today()):
        rows = api.get(f"/api/v1/overlaps?as_of={day}&limit=500").json()["data"]
        assert rows
        for row in rows:
            said, sides = set(row["situations"]), (row["left"], row["right"])
            if "considered_by_both" in said:
                assert all(s["first_on"] and s["first_on"] <= day for s in sides), row["id"]
            if "listed_in_both" in said:
                assert all(s["listings"] for s in sides), row["id"]
            if "concurrent" in said:
                assert row["concurrent"]
                assert "considered_by_both" in said, row["id"]
            assert row["left"]["convention"] < row["right"]["convention"]
            assert row["links"]
