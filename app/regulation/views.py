"""Selections of listings and how lists of them are shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select as sql_select

from app.chem import cas
from app.chemicals.models import chemicals
from app.chemicals.queries import families, rows_by_id
from app.conventions.queries import reference
from app.db.engine import ReadSession, Row
from app.kit.http.lists import Shape, terms
from app.kit.http.problems import invalid_parameter
from app.regulation import schemas
from app.regulation.queries import briefs, law, standings
from app.regulation.resources import RESOURCES
from app.regulation.rules import Standing
from app.regulation.vocabularies import CATEGORY, LISTING_STATE

_COLUMNS = next(list(r.columns) for r in RESOURCES if r.name == "listings")


def shape(session: ReadSession) -> Shape[Standing]:
    """Listings as a list."""
    ref, family, known = reference(session), families(session), briefs(session, ())
    types = formulation_types(session)
    return Shape(
        name="listings",
        model=schemas.ListingOut,
        render=lambda found: [schemas.listing_out(s, ref, family, known, types) for s in found],
        ident=lambda found: found.entry.id,
        imported=lambda found: {name: found.entry.row[name] for name in _COLUMNS},
        import_columns=_COLUMNS,
        sorts={
            "id": lambda found: found.entry.id,
            "order": lambda found: found.entry.row["order"],
            "printed_name": lambda found: found.printed_name,
            "adopted_on": lambda found: found.added["adopted_on"],
            "in_force_on": lambda found: found.added["in_force_on"],
        },
    )


def formulation_types(session: ReadSession) -> Mapping[str, str]:
    """What kind of formulation each formulation is."""

    def build() -> dict[str, str]:
        statement = sql_select(chemicals.c.id, chemicals.c.formulation_type)
        held = statement.where(chemicals.c.formulation_type.is_not(None))
        return dict(session.tuples(held))

    return session.remember("formulation types", build)


def one(session: ReadSession, id: str, day: str) -> Standing | None:
    """One listing on a day."""
    return standings(session, day).get(id)


def select(session: ReadSession, filters: Mapping[str, Any], day: str) -> Sequence[Standing]:
    """Listings that meet all filters, in printed order."""
    rules, ref = law(session), reference(session)
    conventions = terms("convention", filters.get("convention"), ref.conventions)
    annexes = terms("annex", filters.get("annex"), rules.annexes)
    categories = terms("category", filters.get("category"), CATEGORY)
    states = terms("state", filters.get("state"), LISTING_STATE)
    wanted = chemical_ids(session, "chemical", filters.get("chemical"))
    numbers = cas_numbers("cas", filters.get("cas"))
    first, last = filters.get("adopted_from", ""), filters.get("adopted_to", "9999")
    known = briefs(session, ())
    return [
        found
        for found in standings(session, day).values()
        if (found.state in states if states else found.listed)
        and (conventions is None or found.entry.convention in conventions)
        and (annexes is None or found.entry.row["annex"] in annexes)
        and (categories is None or found.entry.row["category"] in categories)
        and (wanted is None or found.entry.chemical in wanted)
        and first <= found.added["counts_from"] <= last
        and (numbers is None or _has_number(found, numbers, known))
    ]


def _has_number(found: Standing, numbers: set[str], known: Mapping[str, Row]) -> bool:
    return not numbers.isdisjoint((*found.printed_cas, *known[found.entry.chemical]["cas"]))


def cas_numbers(name: str, value: str | None) -> set[str] | None:
    """CAS RNs of a filter in the one form; a wrong check digit is answered with the right one."""
    if value is None:
        return None
    numbers = set()
    for part in value.split(","):
        try:
            numbers.add(cas.parse(part))
        except cas.BadCheckDigit as error:
            message = f"{error.given} has a wrong check digit; did you mean {error.suggestion}?"
            raise invalid_parameter(
                name, "cas_check_digit", message, suggestion=error.suggestion
            ) from None
        except ValueError as error:
            raise invalid_parameter(name, "cas", str(error)) from None
    return numbers


def chemical_ids(session: ReadSession, name: str, value: str | None) -> set[str] | None:
    """Chemical ids of a filter, each of which must be held."""
    if value is None:
        return None
    wanted = {part.strip() for part in value.split(",")}
    unknown = wanted - briefs(session, ()).keys()
    unknown -= rows_by_id(session, unknown).keys() if unknown else set()
    if unknown:
        said = ", ".join(repr(part[:60]) for part in sorted(unknown)[:5])
        raise invalid_parameter(name, "unknown_id", f"No chemical is held as {said}.")
    return wanted
