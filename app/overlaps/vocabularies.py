"""Links and situations, strongest and most telling first."""

from app.facts.vocabulary import Vocabulary

LINK = Vocabulary(
    "overlap_link",
    "How the two sides' chemicals relate, strongest first",
    {
        "same_chemical": ("Same chemical", "Both sides name the same chemical."),
        "counterpart": ("Counterpart", "Two conventions' groups for the same thing."),
        "member_of_group": (
            "Member of group",
            "One side's chemical belongs to the other side's group.",
        ),
        "constituent_of_mixture": (
            "Constituent of mixture",
            "One side's chemical is part of the other side's mixture.",
        ),
        "groups_intersect": ("Groups intersect", "The two groups share members."),
        "isomer": ("Isomer", "Isomers of one another, named in the same group or mixture."),
        "salt_or_parent": ("Salt or parent", "A salt or ester and its parent."),
        "formulation_of": (
            "Formulation of",
            "One side's chemical is an active ingredient of the other's formulation.",
        ),
        "precursor_or_transformation_product": (
            "Precursor or transformation product",
            "One turns into the other.",
        ),
        "waste_of_listed_chemical": (
            "Waste of a listed chemical",
            "A waste entry for the other side's chemical.",
        ),
    },
)

# Only these make two sides look at one thing; the weaker links make an overlap, nothing more.
STRONG_LINKS = ("same_chemical", "counterpart", "member_of_group", "constituent_of_mixture")

SITUATION = Vocabulary(
    "overlap_situation",
    "What is so on the day asked",
    {
        "concurrent": ("Concurrent", "Both committees have it on the same days."),
        "in_committee_and_listed": (
            "In committee and listed",
            "One committee has it while the other convention lists it.",
        ),
        "pending_at_cop_and_listed": (
            "Pending at a COP and listed",
            "One COP has it before it while the other convention lists it.",
        ),
        "waiting_and_listed": (
            "Waiting and listed",
            "One committee waits for a further submission while the other convention lists it.",
        ),
        "considered_by_both": (
            "Considered by both",
            "Both chemical review committees have had it, whatever the outcome.",
        ),
        "recommended_by_both": ("Recommended by both", "Both committees recommended listing."),
        "listed_in_both": ("Listed in both", "Both conventions list it."),
        "listed_scope_differs": (
            "Listed with different scope",
            "Both list it, and one covers what the other does not.",
        ),
        "traded_under_exemption": (
            "Traded under exemption",
            "Listed with an exemption that is still open.",
        ),
        "new_submission": (
            "New submission",
            "Submitted on one side after the other side had decided.",
        ),
        "guidelines_due": (
            "Guidelines due",
            "No waste guidelines newer than the listing are held.",
        ),
    },
)
