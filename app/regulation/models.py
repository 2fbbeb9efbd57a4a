"""Tables of annexes, listings with their events, exemptions and registrations."""

from sqlalchemy import Table, UniqueConstraint

from app.db.schema import choice, date, flag, key, metadata, number, ref, text, text_list
from app.facts.sourcing import cited
from app.regulation.vocabularies import (
    ACTIVITY,
    CATEGORY,
    DUTY_KIND,
    EFFECT,
    ENTRY_KIND,
    EXEMPTION_KIND,
    LISTING_EVENT_KIND,
    LOW_POP_STATUS,
)

annexes = Table(
    "annexes",
    metadata,
    key(),
    ref("convention", "conventions"),
    text("code", required=True),
    text("title", required=True),
    choice("entry_kind", ENTRY_KIND),
    choice("effect", EFFECT, required=False),
    number("order", required=True),
    *cited(),
    UniqueConstraint("convention", "code"),
)

listings = Table(
    "listings",
    metadata,
    key(),
    ref("annex", "annexes"),
    ref("chemical", "chemicals"),
    text("part"),
    number("order", required=True),
    choice("category", CATEGORY, required=False),
    choice("entry_kind", ENTRY_KIND, required=False),
    choice("effect", EFFECT, required=False),
    text("condition"),
    text("official_url"),
    ref("dgd", "documents", required=False),
    ref("replaced_by", "listings", required=False),
    *cited(),
)

listing_events = Table(
    "listing_events",
    metadata,
    key(),
    ref("listing", "listings"),
    choice("kind", LISTING_EVENT_KIND),
    date("adopted_on"),
    ref("adopted_at", "meetings", required=False),
    ref("decision", "documents", required=False),
    date("communicated_on"),
    text("communication"),
    date("in_force_on"),
    text("printed_name"),
    text_list("printed_cas"),
    text_list("footnotes"),
    text("text"),
    *cited(),
)

exemptions = Table(
    "exemptions",
    metadata,
    key(),
    ref("listing", "listings"),
    choice("kind", EXEMPTION_KIND),
    choice("activity", ACTIVITY),
    text("text", required=True),
    flag("registrable"),
    date("expires_on"),
    date("closed_on"),
    ref("added_by", "listing_events"),
    ref("removed_by", "listing_events", required=False),
    *cited(),
)

registrations = Table(
    "registrations",
    metadata,
    key(),
    ref("exemption", "exemptions"),
    ref("party", "parties"),
    date("from_on"),
    date("to_on"),
    date("extended_to"),
    date("withdrawn_on"),
    *cited(),
)

# What listing under one convention asks of another: Basel's guidelines for wastes of listed POPs.
duties = Table(
    "duties",
    metadata,
    key(),
    ref("convention", "conventions"),
    ref("asked_of", "conventions"),
    choice("kind", DUTY_KIND),
    text("article", required=True),
    text("text"),
    *cited(),
)

guidelines = Table(
    "guidelines",
    metadata,
    key(),
    ref("convention", "conventions"),
    ref("chemical", "chemicals"),
    ref("document", "documents", required=False),
    ref("adopted_at", "meetings", required=False),
    date("adopted_on"),
    text("low_pop_content"),
    choice("low_pop_status", LOW_POP_STATUS, required=False),
    *cited(),
)
