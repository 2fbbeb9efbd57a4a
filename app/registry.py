"""RESOURCES: the one list of fact tables that loading, checking, exports and docs read."""

from app.chemicals.resources import RESOURCES as CHEMICALS
from app.conventions.resources import RESOURCES as CONVENTIONS
from app.facts.resource import Resource
from app.regulation.resources import RESOURCES as REGULATION
from app.reviews.resources import RESOURCES as REVIEWS

RESOURCES: dict[str, Resource] = {
    resource.name: resource for resource in (*CONVENTIONS, *CHEMICALS, *REGULATION, *REVIEWS)
}
