"""The reference tables of one revision, read once: what other packages show facts with."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.conventions import models
from app.db import metadata
from app.db.engine import ReadSession, Row


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with its segments in order."""

    row: Row
    segments: Sequence[Row]

    @property
    def first_day(self) -> str | None:
        """The first day of the first segment."""
        return self.segments[0]["starts_on"] if self.segments else None

    @property
    def last_day(self) -> str | None:
        """The last day of the last segment."""
        return self.segments[-1]["ends_on"] if self.segments else None


@dataclass(frozen=True, slots=True)
class Reference:
    """All reference rows by id. A label of a meeting leads to it too (`SC COP-9`)."""

    conventions: Mapping[str, Row]
    annexes: Mapping[str, Row]
    bodies: Mapping[str, Row]
    meetings: Mapping[str, Meeting]
    documents: Mapping[str, Row]
    sources: Mapping[str, Row]
    parties: Mapping[str, Row]
    agenda: Mapping[str, Sequence[Row]]
    gaps: Sequence[Row]
    meeting_ids: Mapping[str, str]

    def meeting_label(self, meeting: str | None) -> str | None:
        """How facts show a meeting."""
        return self.meetings[meeting].row["label"] if meeting else None

    def symbol(self, document: str | None) -> str | None:
        """A document's UN symbol as printed, or its title where it has none."""
        row = self.documents[document] if document else None
        return (row["symbol"] or row["title"]) if row else None

    def cite(self, row: Mapping[str, object]) -> list[Row]:
        """The sources of a fact, the one that it rests on first."""
        first = self.sources[str(row["source"])]
        also = row.get("also_see")
        others = [self.sources[s] for s in also] if isinstance(also, list) else []
        return [
            {
                "document": first["document"],
                "url": first["url"],
                "title": first["title"],
                "locator": row["locator"],
                "seen": row["seen"],
                "confidence": row["confidence"],
            },
            *(
                {
                    "document": other["document"],
                    "url": other["url"],
                    "title": other["title"],
                    "locator": None,
                    "seen": None,
                    "confidence": None,
                }
                for other in others
            ),
        ]

    def next_meeting(self, body: str | None, after: str) -> Meeting | None:
        """The body's next meeting that begins on that day or later."""
        ahead = [
            meeting
            for meeting in self.meetings.values()
            if meeting.row["body"] == body
            and meeting.first_day
            and meeting.last_day
            and meeting.last_day >= after
        ]
        return min(ahead, key=lambda meeting: meeting.first_day or "", default=None)

    def bodies_of(self, convention: str, role: str) -> list[str]:
        """Ids of a convention's bodies of that role."""
        return [
            body["id"]
            for body in self.bodies.values()
            if body["convention"] == convention and body["role"] == role
        ]


def reference(session: ReadSession) -> Reference:
    """The reference tables of this revision."""
    return session.remember("reference", lambda: _read(session))


def _read(session: ReadSession) -> Reference:
    def by_id(name: str) -> dict[str, Row]:
        found = metadata.tables[name]
        return {row["id"]: row for row in session.rows(select(found).order_by(found.c.id))}

    segments: dict[str, list[Row]] = defaultdict(list)
    order = (models.meeting_segments.c.meeting, models.meeting_segments.c.sequence)
    for row in session.rows(select(models.meeting_segments).order_by(*order)):
        segments[row["meeting"]].append(row)
    agenda: dict[str, list[Row]] = defaultdict(list)
    for row in session.rows(select(models.agenda_items)):
        agenda[row["meeting"]].append(row)
    rows = by_id("meetings")
    conventions = sorted(by_id("conventions").values(), key=lambda r: (r["order"], r["id"]))
    return Reference(
        conventions={row["id"]: row for row in conventions},
        annexes=by_id("annexes"),
        bodies=by_id("bodies"),
        meetings={key: Meeting(row, tuple(segments[key])) for key, row in rows.items()},
        documents=by_id("documents"),
        sources=by_id("sources"),
        parties=by_id("parties"),
        agenda=agenda,
        gaps=session.rows(select(models.gaps).order_by(models.gaps.c.id)),
        meeting_ids={**{key: key for key in rows}, **{r["label"]: k for k, r in rows.items()}},
    )
