"""Closed lists that describe annexes and listings."""

from app.facts.vocabulary import Vocabulary

ENTRY_KIND = Vocabulary(
    "entry_kind",
    "What an entry of an annex is",
    {
        "chemical": ("Chemical", "A chemical of any kind."),
        "waste": ("Waste", "A waste stream."),
        "product": ("Product", "A product that holds the chemical."),
        "process": ("Process", "A manufacturing process."),
        "source": ("Source", "A source of releases."),
    },
)

EFFECT = Vocabulary(
    "effect",
    "What standing in an annex does",
    {
        "eliminate": ("Elimination", "Production and use are to be eliminated."),
        "restrict": ("Restriction", "Production and use are restricted to what is permitted."),
        "reduce_unintentional": (
            "Reduction of unintentional releases",
            "Releases from unintentional production are to be reduced or eliminated.",
        ),
        "prior_informed_consent": (
            "Prior informed consent",
            "Trade needs the importing Party's prior informed consent; not a ban by itself.",
        ),
        "waste_control": (
            "Control of wastes",
            "Transboundary movement of the waste is controlled.",
        ),
        "phase_out": ("Phase-out", "Manufacture, import and export end on the date given."),
    },
)

CATEGORY = Vocabulary(
    "category",
    "Rotterdam's categories",
    {
        "pesticide": ("Pesticide", "Annex III category pesticide."),
        "industrial": ("Industrial", "Annex III category industrial chemical."),
        "severely_hazardous_pesticide_formulation": (
            "Severely hazardous pesticide formulation",
            "Annex III category severely hazardous pesticide formulation.",
        ),
    },
)

LISTING_EVENT_KIND = Vocabulary(
    "listing_event_kind",
    "What a decision does to an entry",
    {
        "added": ("Added", "The entry is listed."),
        "amended": ("Amended", "The text of the entry changes."),
        "removed": ("Removed", "The entry leaves the annex."),
        "replaced": ("Replaced", "The entry gives way to another in the same decision."),
    },
)

LISTING_STATE = Vocabulary(
    "listing_state",
    "Where an entry stands on the day asked",
    {
        "in_force": ("In force", "Law for the Parties bound by it."),
        "adopted": ("Adopted", "Decided, and not in force, or the day in force is not held."),
        "removed": ("Removed", "No longer in the annex."),
    },
)

EXEMPTION_KIND = Vocabulary(
    "exemption_kind",
    "What is permitted in spite of a listing",
    {
        "specific_exemption": (
            "Specific exemption",
            "Open to Parties that register, for five years unless earlier.",
        ),
        "acceptable_purpose": ("Acceptable purpose", "Annex B; open to Parties that notify."),
        "all_parties_provision": (
            "Provision for all Parties",
            "Holds for every Party without registration.",
        ),
        "articles_in_use_notification": (
            "Articles in use",
            "Notified by a Party (Annex A and B, note ii).",
        ),
        "closed_system_intermediate": (
            "Closed-system intermediate",
            "Site-limited intermediate (note iii).",
        ),
    },
)

ACTIVITY = Vocabulary(
    "activity",
    "What an exemption is for",
    {
        "production": ("Production", "Making the chemical."),
        "use": ("Use", "Using it, and articles with it."),
    },
)

DUTY_KIND = Vocabulary(
    "duty_kind",
    "What a listing under one convention asks of another",
    {
        "waste_guidelines": (
            "Waste guidelines",
            "Technical guidelines for wastes of the listed chemical, with its low POP content.",
        ),
    },
)

LOW_POP_STATUS = Vocabulary(
    "low_pop_status",
    "How firm a low POP content is",
    {
        "provisional": ("Provisional", "Adopted provisionally."),
        "alternatives": ("Alternatives", "Several values side by side, none agreed."),
        "agreed": ("Agreed", "One value agreed."),
    },
)
