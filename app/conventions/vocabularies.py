"""Closed lists of the reference tables. Conventions, bodies and annexes are rows, not terms."""

from app.facts.vocabulary import Vocabulary

BODY_ROLE = Vocabulary(
    "body_role",
    "What a body does",
    {
        "chemical_review": ("Chemical review", "Reviews chemicals and recommends their listing."),
        "interim_review": ("Interim review", "Did so before the convention entered into force."),
        "cop": ("Conference of the Parties", "Decides on listings."),
        "working_group": ("Working group", "Prepares decisions without reviewing for listing."),
        "plenipotentiaries": ("Conference of Plenipotentiaries", "Adopted the convention."),
        "negotiating": (
            "Negotiating committee",
            "Negotiated or ran the convention in the interim.",
        ),
        "compliance": ("Compliance committee", "Looks at implementation and compliance."),
    },
)

MEETING_STATUS = Vocabulary(
    "meeting_status",
    "Whether a meeting took place",
    {
        "held": ("Held", "Took place."),
        "planned": ("Planned", "Announced; dates may still move."),
    },
)

MEETING_MODE = Vocabulary(
    "meeting_mode",
    "How a segment of a meeting was held",
    {
        "in_person": ("In person", "Face to face."),
        "online": ("Online", "By video."),
        "hybrid": ("Hybrid", "Face to face with remote participation."),
    },
)

DOCUMENT_KIND = Vocabulary(
    "document_kind",
    "What a document is",
    {
        "decision": ("Decision", "Adopted by a body."),
        "report": ("Report", "The report of a meeting."),
        "risk_profile": ("Risk profile", "Stockholm, Annex E."),
        "rme": ("Risk management evaluation", "Stockholm, Annex F."),
        "dgd": ("Decision guidance document", "Rotterdam, article 7."),
        "technical_guidelines": (
            "Technical guidelines",
            "Basel, on environmentally sound management.",
        ),
        "proposal": ("Proposal", "Stockholm, article 8(1)."),
        "notification": ("Notification", "Rotterdam, article 5."),
        "working_document": ("Working document", "Before a meeting for decision."),
        "information_document": ("Information document", "Before a meeting for information."),
        "pic_circular": ("PIC Circular", "Rotterdam's half-yearly circular."),
        "depositary_notification": ("Depositary notification", "Issued by the depositary (C.N.)."),
    },
)

PARTY_KIND = Vocabulary(
    "party_kind",
    "What a Party is",
    {
        "state": ("State", "A State."),
        "regional_organization": (
            "Regional economic integration organization",
            "An organization constituted by States that transferred competence to it.",
        ),
    },
)

PIC_REGION = Vocabulary(
    "pic_region",
    "Rotterdam's seven prior informed consent regions",
    {
        "africa": ("Africa", "PIC region Africa."),
        "asia": ("Asia", "PIC region Asia."),
        "europe": ("Europe", "PIC region Europe."),
        "latin_america_and_the_caribbean": (
            "Latin America and the Caribbean",
            "PIC region Latin America and the Caribbean.",
        ),
        "near_east": ("Near East", "PIC region Near East."),
        "north_america": ("North America", "PIC region North America."),
        "southwest_pacific": ("Southwest Pacific", "PIC region Southwest Pacific."),
    },
)

SOURCE_KIND = Vocabulary(
    "source_kind",
    "What a source is",
    {
        "treaty_text": ("Treaty text", "The text of a convention."),
        "decision": ("Decision", "A decision of a body."),
        "depositary": ("Depositary", "The depositary's notification or status page."),
        "meeting_report": ("Meeting report", "A body's own report, or a reporting service's."),
        "working_document": ("Working document", "A paper before a meeting."),
        "official_page": ("Official page", "A page of a secretariat or government."),
        "gazette": ("Gazette", "An official gazette or treaty series."),
        "legislation": ("Legislation", "A law that transposes or cites the treaty."),
        "database": ("Database", "A curated database of chemicals."),
        "secondary": ("Secondary", "Anybody else's account."),
    },
)
