"""Review files built in memory, on the procedures of the seed data."""

import csv
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.conventions.queries import Meeting, Reference
from app.registry import RESOURCES
from app.reviews.rules import File, Procedure, Progress, replay

SEED = Path(__file__).resolve().parents[2] / "seed_data"
COMMITTEES = {"stockholm-art8": "poprc", "rotterdam-art5": "crc", "rotterdam-art6": "crc"}

# id: body, first day, last day. Numbers and years are made up.
MEETINGS = {
    "c1": ("committee", "2010-03-01", "2010-03-05"),
    "c2": ("committee", "2011-03-07", "2011-03-11"),
    "c3": ("committee", "2012-03-05", "2012-03-09"),
    "cop1": ("cop", "2011-06-06", "2011-06-10"),
    "cop2": ("cop", "2013-06-03", "2013-06-07"),
    "other": ("other", "2010-03-02", "2010-03-04"),
}


def _seed(table: str) -> list[dict[str, Any]]:
    resource, found = RESOURCES[table], []
    for path in SEED.rglob(f"{table}.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for cells in csv.DictReader(file):
                row, faults = resource.parse(cells)
                assert not faults
                found.append(row)
    return found


def _procedures() -> dict[str, Procedure]:
    states = sorted(_seed("procedure_states"), key=lambda row: row["order"])
    return {
        row["id"]: Procedure(
            row,
            {s["state"]: s for s in states if s["procedure"] == row["id"]},
            {e["event"]: e for e in _seed("procedure_events") if e["procedure"] == row["id"]},
            {c["code"]: c for c in _seed("criteria") if c["procedure"] == row["id"]},
        )
        for row in _seed("procedures")
    }


PROCEDURES = _procedures()


def reference(
    meetings: dict[str, tuple[str, str, str]] | None = None, parties: dict[str, str] | None = None
) -> Reference:
    """The reference tables of these meetings and Parties (id: region)."""
    rows = {
        key: Meeting(
            {"id": key, "body": body, "label": key},
            ({"meeting": key, "sequence": 1, "starts_on": first, "ends_on": last},),
        )
        for key, (body, first, last) in (meetings or MEETINGS).items()
    }
    bodies = {
        "committee": {"id": "committee", "role": "chemical_review"},
        "cop": {"id": "cop", "role": "cop"},
        "other": {"id": "other", "role": "working_group"},
    }
    return Reference(
        conventions={}, annexes={}, bodies=bodies, meetings=rows, documents={}, sources={},
        parties={p: {"id": p, "pic_region": r} for p, r in (parties or {}).items()},
        agenda={}, gaps=(), meeting_ids={},
    )  # fmt: skip


def file(procedure: str, *events: tuple[str, str | None, str | None], **more: Any) -> File:
    """A review with events (kind, day, meeting)."""
    rows = [
        MappingProxyType(
            {"review": "r", "number": n, "kind": kind, "on": on, "meeting": meeting,
             "annexes": None, "annexes_rule": None, "criteria_agreed_met": None, "amends": None, "confidence": "high"}
        )
        for n, (kind, on, meeting) in enumerate(events, 1)
    ]  # fmt: skip
    row = {"id": "r", "body": "committee", "procedure": procedure, "chemical": "x"}
    return File(row, PROCEDURES[procedure], ["x"], rows,  # type: ignore[arg-type]
                more.get("submissions", ()), more.get("findings", ()), ())  # fmt: skip


def on(review: File, day: str, ref: Reference | None = None) -> Progress | None:
    """The review as it stood that day."""
    return replay(review, ref or reference(), day)


def stands(
    review: File, day: str, ref: Reference | None = None
) -> tuple[str | None, str | None] | None:
    """State and phase on that day, or None before it began."""
    found = on(review, day, ref)
    return (found.state, found.phase) if found else None


def spans(review: File, day: str = "2099-01-01") -> list[tuple[str, str, str | None]]:
    """Phases with their first and last days."""
    found = on(review, day)
    return [(s.phase, s.since, s.until) for s in found.spans] if found else []
