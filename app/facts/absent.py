"""What to answer for an id that is not held: never was, or was withdrawn, and why."""

from sqlalchemy import select

from app.db.engine import ReadSession
from app.facts.models import changes
from app.kit.http.problems import Problem, gone, not_found


def absent(session: ReadSession, resource: str, key: str) -> Problem:
    """410 with the reason where the row was withdrawn, else 404."""
    withdrawn = select(changes.c.reason).where(
        changes.c.resource == resource,
        changes.c.row_key == key,
        changes.c.action == "withdrawn",
    )
    reason = session.scalar(withdrawn.order_by(changes.c.revision.desc()).limit(1))
    shown = repr(key[:100])
    if reason is not None:
        return gone(f"{shown} was withdrawn: {reason}")
    return not_found(f"{shown} is not held in {resource.replace('_', ' ')}.")
