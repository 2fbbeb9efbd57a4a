"""Closed lists that describe reviews. What a procedure allows is rows, not terms."""

from app.facts.vocabulary import Vocabulary

REVIEW_STATE = Vocabulary(
    "review_state",
    "How far a review has come, in the order that all procedures share",
    {
        "submitted": ("Submitted", "Verified and before the committee."),
        "screening": ("Screening", "Measured against the screening criteria."),
        "awaiting_submission": (
            "Awaiting a submission",
            "Criteria met in part; a new submission reopens it.",
        ),
        "evaluation": ("Evaluation", "Risk profile or risk management evaluation under way."),
        "recommended": ("Recommended", "The committee recommends listing."),
        "dossier": (
            "Dossier forwarded",
            "Guidance document adopted and forwarded with the recommendation.",
        ),
        "before_cop": ("Before the COP", "Considered by a COP and still open."),
        "decided": ("Decided", "The COP has decided on all that was asked."),
        "set_aside": ("Set aside", "Criteria not met, withdrawn, or not pursued."),
    },
)

PHASE = Vocabulary(
    "phase",
    "With whom a review lies on the day asked",
    {
        "submitted": ("Submitted", "Open, and not yet considered by the committee."),
        "committee": (
            "Committee",
            "From the first day of the meeting that takes it up to the act that ends it.",
        ),
        "waiting": ("Waiting", "For a new submission."),
        "cop": ("COP", "From the committee's last act until decided."),
        "closed": ("Closed", "Decided or set aside."),
    },
)

OUTCOME = Vocabulary(
    "outcome",
    "How a review ended",
    {
        "listed": ("Listed", "The COP listed all or part of it."),
        "not_listed": ("Not listed", "The COP decided not to list it."),
        "criteria_not_met": ("Criteria not met", "No submission met the criteria (Rotterdam)."),
        "set_aside": ("Set aside", "The proposal was set aside or withdrawn."),
    },
)

PROCEDURE_KIND = Vocabulary(
    "procedure_kind",
    "What a procedure leads to",
    {
        "listing": ("Listing", "A review for listing."),
        "work": ("Work", "A body's other work on a chemical."),
    },
)

SUBMISSION_KIND = Vocabulary(
    "submission_kind",
    "What starts or feeds a review",
    {
        "proposal_art8": (
            "Proposal (article 8)",
            "Stockholm: a Party proposes a chemical for listing.",
        ),
        "notification_art5": (
            "Notification (article 5)",
            "Rotterdam: final regulatory action of a Party.",
        ),
        "shpf_art6": (
            "Proposal (article 6)",
            "Rotterdam: severely hazardous pesticide formulation.",
        ),
        "removal_art9": (
            "Removal (article 9)",
            "Rotterdam: information for the removal of an entry.",
        ),
        "amendment_proposal": (
            "Amendment proposal",
            "A Party's or body's proposal to amend a listing.",
        ),
    },
)

ACTION = Vocabulary(
    "regulatory_action",
    "The regulatory action notified",
    {
        "ban": ("Ban", "All uses in a category prohibited."),
        "severe_restriction": (
            "Severe restriction",
            "Virtually all uses in a category prohibited.",
        ),
    },
)

FINDING_RESULT = Vocabulary(
    "finding_result",
    "One submission against one criterion",
    {
        "met": ("Met", "The committee found the criterion met."),
        "not_met": ("Not met", "The committee found it not met."),
        "deferred": ("Deferred", "The committee put the question off."),
    },
)

ANNEXES_RULE = Vocabulary(
    "annexes_rule",
    "How several recommended annexes are meant",
    {
        "all": ("All", "Listing in every annex named."),
        "any": ("Any", "Listing in any of them."),
        "undecided": ("Undecided", "The committee left the choice open."),
    },
)

WORK_STATE = Vocabulary(
    "work_state",
    "Whether a work item goes on",
    {"open": ("Open", "Under way."), "closed": ("Closed", "Finished.")},
)
