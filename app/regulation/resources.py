"""The tables of regulation as resources."""

from app.facts.resource import Resource
from app.regulation import models, rules

RESOURCES = (
    Resource("annexes", models.annexes, "Annexes", ("convention",)),
    Resource(
        "listings", models.listings, "Listings", ("annex", "convention"), check=rules.check_listing
    ),
    Resource(
        "listing_events",
        models.listing_events,
        "Listing events",
        ("listing", "annex", "convention"),
        check=rules.check_listing_event,
    ),
    Resource(
        "exemptions",
        models.exemptions,
        "Exemptions",
        ("listing", "annex", "convention"),
        check=rules.check_exemption,
    ),
    Resource(
        "registrations",
        models.registrations,
        "Registrations of exemptions",
        ("exemption", "listing", "annex", "convention"),
        check=rules.check_registration,
    ),
    Resource("duties", models.duties, "Duties between conventions", ("convention",)),
    Resource("guidelines", models.guidelines, "Technical guidelines for wastes", ("convention",)),
)
