"""The tables of reviews as resources."""

from app.facts.resource import Resource
from app.reviews import checks, models

_OF_REVIEW = ("review", "procedure", "convention")
_OF_PROCEDURE = ("procedure", "convention")
_OF_SUBMISSION = ("submission", "procedure", "convention")

RESOURCES = (
    Resource("procedures", models.procedures, "Procedures", ("convention",)),
    Resource("procedure_states", models.procedure_states, "States of procedures", _OF_PROCEDURE),
    Resource(
        "procedure_events",
        models.procedure_events,
        "Events of procedures",
        _OF_PROCEDURE,
        check=checks.check_procedure_event,
    ),
    Resource("criteria", models.criteria, "Criteria", _OF_PROCEDURE),
    Resource(
        "submissions",
        models.submissions,
        "Submissions",
        _OF_PROCEDURE,
        check=checks.check_submission,
    ),
    Resource(
        "submission_parties", models.submission_parties, "Parties of submissions", _OF_SUBMISSION
    ),
    Resource("reviews", models.reviews, "Reviews", _OF_PROCEDURE, check=checks.check_review),
    Resource("review_subjects", models.review_subjects, "Further subjects of reviews", _OF_REVIEW),
    Resource("review_submissions", models.review_submissions, "Submissions of reviews", _OF_REVIEW),
    Resource(
        "review_listings", models.review_listings, "Listing events that came of reviews", _OF_REVIEW
    ),
    Resource(
        "review_events",
        models.review_events,
        "Events of reviews",
        _OF_REVIEW,
        check=checks.check_review_event,
    ),
    Resource("findings", models.findings, "Findings", _OF_REVIEW, check=checks.check_finding),
    Resource("work_items", models.work_items, "Work items", ("body", "convention")),
)
