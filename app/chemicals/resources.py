"""The tables of chemicals as resources."""

from app.chem import names as naming
from app.chemicals import models, rules, search
from app.db.engine import Row
from app.facts.resource import Resource


def _sort_name(row: Row) -> Row:
    return {"sort_name": naming.fold(row["name"])}


RESOURCES = (
    Resource(
        "chemicals",
        models.chemicals,
        "Chemicals",
        ("convention",),
        check=rules.check_chemical,
        derive=_sort_name,
        after_write=lambda session, rows: search.refresh(session, {row["id"] for row in rows}),
    ),
    Resource(
        "names",
        models.names,
        "Names",
        check=rules.check_name,
        after_write=lambda session, rows: search.refresh(
            session, {row["chemical"] for row in rows}
        ),
    ),
    Resource("identifiers", models.identifiers, "Identifiers", check=rules.check_identifier),
    Resource(
        "memberships",
        models.memberships,
        "Memberships of groups",
        ("convention",),
        check=rules.check_membership,
    ),
    Resource("relations", models.relations, "Relations", check=rules.check_relation),
    Resource(
        "ingredients",
        models.ingredients,
        "Ingredients of formulations",
        ("formulation", "convention"),
        check=rules.check_ingredient,
    ),
)
