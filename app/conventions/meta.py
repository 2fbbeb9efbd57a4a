"""What every answer says about itself: revision, day, software, licence, disclaimer."""

from sqlalchemy import func, select

from app import __version__
from app.conventions.models import conventions
from app.db.engine import ReadSession, Row
from app.facts.models import revisions

LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
DISCLAIMER = (
    "Not an official record: the authentic texts are those held and communicated by the depositary."
)


def meta(session: ReadSession) -> Row:
    """The `meta` of an answer at this revision."""
    return session.remember("meta", lambda: _meta(session))


def _meta(session: ReadSession) -> Row:
    written = select(revisions.c.at).where(revisions.c.number == session.revision)
    return {
        "revision": session.revision,
        "revised_at": session.scalar(written),
        "release": None,
        "data_as_of": session.scalar(select(func.max(conventions.c.checked_on))),
        "software": f"synergies {__version__}",
        "licence": LICENCE,
        "disclaimer": DISCLAIMER,
    }
