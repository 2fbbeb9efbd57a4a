"""The reference tables as resources."""

from collections.abc import Iterable

from app.conventions import models
from app.db.engine import Row
from app.facts.faults import Fault
from app.facts.resource import Resource
from app.facts.world import World


def check_source(row: Row, _world: World) -> Iterable[Fault]:
    """A source that nobody can look up is none."""
    if not (row["url"] or row["document"] or (row["publisher"] and row["published_on"])):
        message = "give the document's symbol, an address, or publisher and date"
        yield Fault("unfindable_source", message, "document")
    if row["url"] and not row["url"].startswith(("https://", "http://")):
        yield Fault("url", "an address begins with https:// or http://", "url")


def check_segment(row: Row, world: World) -> Iterable[Fault]:
    """Segments end after they begin, and follow each other."""
    if row["ends_on"] < row["starts_on"]:
        yield Fault("dates_order", f"ends before it starts ({row['starts_on']})", "ends_on")
    earlier = world.get("meeting_segments", row["meeting"], row["sequence"] - 1)
    if earlier and earlier["ends_on"] > row["starts_on"]:
        yield Fault(
            "dates_order",
            f"starts before the segment before it ends ({earlier['ends_on']})",
            "starts_on",
        )


def check_meeting(row: Row, world: World) -> Iterable[Fault]:
    """A meeting that was held has days; its label begins with its body's."""
    if row["status"] == "held" and not world.where("meeting_segments", "meeting", row["id"]):
        yield Fault("no_segment", "a meeting that was held needs a row in meeting_segments", "id")
    body = world.get("bodies", row["body"])
    if body and not row["label"].startswith(body["label"]):
        yield Fault("label", f"a label of this body begins with {body['label']!r}", "label")


def check_gap(row: Row, _world: World) -> Iterable[Fault]:
    """A gap names a table: by its form, since the list of tables stands above this package."""
    if not row["resource"].replace("_", "").isalpha():
        yield Fault("unknown_table", f"{row['resource']!r} is no table", "resource")


RESOURCES = (
    Resource("sources", models.sources, "Sources", check=check_source),
    Resource("conventions", models.conventions, "Conventions", ("id",)),
    Resource("bodies", models.bodies, "Bodies", ("convention",)),
    Resource("meetings", models.meetings, "Meetings", ("body", "convention"), check=check_meeting),
    Resource(
        "meeting_segments",
        models.meeting_segments,
        "Segments of meetings",
        ("meeting", "body", "convention"),
        check=check_segment,
    ),
    Resource("documents", models.documents, "Documents", ("meeting", "body", "convention")),
    Resource(
        "agenda_items", models.agenda_items, "Agenda items", ("meeting", "body", "convention")
    ),
    Resource("parties", models.parties, "Parties"),
    Resource("gaps", models.gaps, "What is known to be missing", ("convention",), check=check_gap),
)
