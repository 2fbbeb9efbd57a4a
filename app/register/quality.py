"""What this service knows about itself, per table and convention, and what it knows it lacks."""

from collections import defaultdict

from sqlalchemy import select

from app.conventions.queries import reference
from app.db.engine import ReadSession, Row
from app.facts.resource import Resource
from app.facts.world import World


def quality(session: ReadSession, resources: dict[str, Resource]) -> list[Row]:
    """A row for each table and convention, once a revision."""
    return session.remember("quality", lambda: _count(session, resources))


def _count(session: ReadSession, resources: dict[str, Resource]) -> list[Row]:
    tables = {
        name: {r.key_of(row): row for row in session.rows(select(*r.columns.values()))}
        for name, r in resources.items()
    }
    world = World(resources, tables)
    gaps: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for gap in reference(session).gaps:
        gaps[gap["resource"], gap["convention"]].append(f"{gap['missing']} ({gap['reason']})")
    groups: dict[tuple[str, str | None], list[Row]] = {}
    for name, resource in resources.items():
        if resource.cited:
            for row in world.rows(name):
                steward = world.steward_of(resource, row)
                owner = None if steward == "joint" else steward
                groups.setdefault((name, owner), []).append(row)
    for name, convention in gaps:
        groups.setdefault((name, convention), [])
    ordered = sorted(groups, key=lambda key: (key[0], key[1] or ""))
    return [_row(*key, groups[key], gaps[key]) for key in ordered]


def _row(table: str, convention: str | None, rows: list[Row], missing: list[str]) -> Row:
    levels = [row["confidence"] for row in rows]
    return {
        "id": f"{table}-{convention or 'joint'}",
        "table": table,
        "convention": convention,
        "rows": len(rows),
        "sourced": sum(1 for row in rows if row["source"]),
        "seen": sum(1 for row in rows if row["seen"]),
        **{level: levels.count(level) for level in ("high", "medium", "low")},
        "missing": missing,
    }
