"""Tables of conventions, bodies, meetings, documents, Parties and sources."""

from sqlalchemy import Table, UniqueConstraint

from app.conventions.vocabularies import (
    BODY_ROLE,
    DOCUMENT_KIND,
    MEETING_MODE,
    MEETING_STATUS,
    PARTY_KIND,
    PIC_REGION,
    SOURCE_KIND,
)
from app.db.schema import choice, date, key, metadata, number, partial_date, ref, text
from app.facts.sourcing import cited

sources = Table(
    "sources",
    metadata,
    key(),
    text("title", required=True),
    text("document"),
    text("url"),
    text("publisher"),
    partial_date("published_on"),
    date("accessed_on"),
    choice("kind", SOURCE_KIND),
    text("note"),
)

conventions = Table(
    "conventions",
    metadata,
    key(),
    text("name", required=True),
    text("short_name", required=True),
    text("code", required=True),
    number("order", required=True),
    date("adopted_on"),
    date("in_force_on"),
    text("website"),
    text("entry_into_force_rule"),
    text("trade_rule"),
    # After so many years a specific exemption without a date of its own may no longer be open.
    number("exemption_years"),
    date("checked_on"),
    *cited(),
    UniqueConstraint("name"),
    UniqueConstraint("code"),
)

bodies = Table(
    "bodies",
    metadata,
    key(),
    ref("convention", "conventions", required=False),
    text("name", required=True),
    text("label", required=True),
    choice("role", BODY_ROLE),
    ref("predecessor", "bodies", required=False),
    *cited(),
)

meetings = Table(
    "meetings",
    metadata,
    key(),
    ref("body", "bodies"),
    text("number"),
    text("label", required=True),
    text("title", required=True),
    choice("status", MEETING_STATUS),
    text("symbol_prefix"),
    text("url"),
    *cited(),
    UniqueConstraint("label"),
)

meeting_segments = Table(
    "meeting_segments",
    metadata,
    ref("meeting", "meetings", part_of_key=True),
    number("sequence", part_of_key=True),
    date("starts_on", required=True),
    date("ends_on", required=True),
    text("city"),
    text("country"),
    choice("mode", MEETING_MODE, required=False),
    *cited(),
)

agenda_items = Table(
    "agenda_items",
    metadata,
    ref("meeting", "meetings", part_of_key=True),
    text("title", part_of_key=True),
    text("number"),
    ref("review", "reviews", required=False),
    ref("document", "documents", required=False),
    *cited(),
)

documents = Table(
    "documents",
    metadata,
    key(),
    # Guidance documents and old papers may have none.
    text("symbol"),
    text("title", required=True),
    choice("kind", DOCUMENT_KIND),
    ref("meeting", "meetings", required=False),
    partial_date("issued_on"),
    text("url"),
    *cited(),
    UniqueConstraint("symbol"),
)

parties = Table(
    "parties",
    metadata,
    key(),
    text("name", required=True),
    choice("pic_region", PIC_REGION, required=False),
    choice("kind", PARTY_KIND),
    *cited(),
    UniqueConstraint("name"),
)

# What is known to be missing: a statement of this service about itself, so it cites no source.
gaps = Table(
    "gaps",
    metadata,
    key(),
    text("resource", required=True),
    ref("convention", "conventions", required=False),
    text("missing", required=True),
    text("reason", required=True),
)
