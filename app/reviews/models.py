"""Tables of procedures, submissions, reviews and work items."""

from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint

from app.db.schema import (
    choice,
    flag,
    key,
    metadata,
    number,
    partial_date,
    ref,
    text,
    text_list,
)
from app.facts.sourcing import cited
from app.regulation.vocabularies import CATEGORY
from app.reviews.vocabularies import (
    ACTION,
    ANNEXES_RULE,
    FINDING_RESULT,
    OUTCOME,
    PHASE,
    PROCEDURE_KIND,
    REVIEW_STATE,
    SUBMISSION_KIND,
    WORK_STATE,
)

procedures = Table(
    "procedures",
    metadata,
    key(),
    ref("convention", "conventions"),
    choice("kind", PROCEDURE_KIND),
    text("name", required=True),
    text("articles"),
    # In how many PIC regions a submission must meet the criteria; shown, never enforced.
    number("regions_required"),
    # Said with an overlap in which this procedure's chemical is listed by another convention.
    text("evidence_caution"),
    *cited(),
)

procedure_states = Table(
    "procedure_states",
    metadata,
    ref("procedure", "procedures", part_of_key=True),
    choice("state", REVIEW_STATE, part_of_key=True),
    number("order", required=True),
    text("label", required=True),
    choice("phase", PHASE),
    text("next_step"),
    text("article"),
    *cited(),
)

procedure_events = Table(
    "procedure_events",
    metadata,
    ref("procedure", "procedures", part_of_key=True),
    text("event", part_of_key=True),
    text("label", required=True),
    # Empty: a review may begin with it.
    text_list("from_states"),
    # Empty: the state stays.
    choice("to_state", REVIEW_STATE, required=False),
    # What the event settles; empty: nothing.
    choice("outcome", OUTCOME, required=False),
    flag("begins"),
    text("article"),
    *cited(),
)

criteria = Table(
    "criteria",
    metadata,
    ref("procedure", "procedures", part_of_key=True),
    text("code", part_of_key=True),
    number("order", required=True),
    text("label", required=True),
    text("text"),
    # Stands for all criteria of the procedure together.
    flag("whole"),
    *cited(),
)

submissions = Table(
    "submissions",
    metadata,
    key(),
    choice("kind", SUBMISSION_KIND),
    ref("procedure", "procedures"),
    ref("chemical", "chemicals"),
    choice("category", CATEGORY, required=False),
    choice("action", ACTION, required=False),
    text("name_as_submitted"),
    text_list("cas_as_submitted"),
    partial_date("received_on"),
    partial_date("verified_on"),
    text("pic_circular"),
    ref("document", "documents", required=False),
    *cited(),
)

submission_parties = Table(
    "submission_parties",
    metadata,
    ref("submission", "submissions", part_of_key=True),
    ref("party", "parties", part_of_key=True),
    *cited(),
)

reviews = Table(
    "reviews",
    metadata,
    key(),
    ref("body", "bodies"),
    ref("procedure", "procedures"),
    ref("chemical", "chemicals"),
    choice("category", CATEGORY, required=False),
    ref("predecessor", "reviews", required=False),
    *cited(),
    UniqueConstraint("body", "chemical", "procedure", "category"),
)

review_subjects = Table(
    "review_subjects",
    metadata,
    ref("review", "reviews", part_of_key=True),
    ref("chemical", "chemicals", part_of_key=True),
    *cited(),
)

review_submissions = Table(
    "review_submissions",
    metadata,
    ref("review", "reviews", part_of_key=True),
    ref("submission", "submissions", part_of_key=True),
    *cited(),
)

review_listings = Table(
    "review_listings",
    metadata,
    ref("review", "reviews", part_of_key=True),
    ref("listing_event", "listing_events", part_of_key=True),
    *cited(),
)

review_events = Table(
    "review_events",
    metadata,
    ref("review", "reviews", part_of_key=True),
    number("number", part_of_key=True),
    partial_date("on"),
    ref("meeting", "meetings", required=False),
    text("kind", required=True),
    ref("decision", "documents", required=False),
    ref("document", "documents", required=False),
    text_list("annexes"),
    choice("annexes_rule", ANNEXES_RULE, required=False),
    flag("criteria_agreed_met"),
    number("amends"),
    *cited(),
    ForeignKeyConstraint(
        ["review", "amends"],
        ["review_events.review", "review_events.number"],
        name="fk_review_events_amends",
        deferrable=True,
        initially="DEFERRED",
    ),
)

findings = Table(
    "findings",
    metadata,
    key(),
    ref("review", "reviews"),
    ref("submission", "submissions", required=False),
    text("criterion", required=True),
    ref("meeting", "meetings", required=False),
    choice("result", FINDING_RESULT),
    ref("document", "documents", required=False),
    *cited(),
)

work_items = Table(
    "work_items",
    metadata,
    key(),
    ref("body", "bodies"),
    ref("chemical", "chemicals"),
    text("title", required=True),
    text("topic"),
    choice("state", WORK_STATE),
    ref("opened_at", "meetings", required=False),
    ref("closed_at", "meetings", required=False),
    ref("document", "documents", required=False),
    *cited(),
)
