"""Which chemicals an identifier can mean: every candidate with the reason, never just the first."""

from sqlalchemy import select

from app.chem import cas, inchi
from app.chemicals.models import chemicals
from app.chemicals.queries import holders
from app.db.engine import ReadSession, Row
from app.kit.http.problems import invalid_parameter
from app.regulation.queries import briefs, law

_REASONS = {
    "preferred": "its preferred number",
    "printed": "printed in a treaty for exactly this chemical",
    "alternative": "another number of it",
    "replaced": "a number that was replaced by its preferred one",
}


def by_cas(session: ReadSession, text: str) -> list[Row]:
    """Candidates for a CAS RN. A group whose entry prints it counts only where nothing holds it."""
    try:
        number = cas.parse(text)
    except cas.BadCheckDigit as error:
        message = f"{error.given} has a wrong check digit; did you mean {error.suggestion}?"
        raise invalid_parameter(
            "rn", "cas_check_digit", message, suggestion=error.suggestion
        ) from None
    except ValueError:
        return []
    held = holders(session, "cas", number)
    kinds = _kinds(session, [row["chemical"] for row in held])
    own = [row for row in held if kinds[row["chemical"]] != "group"]
    printed = [] if own else _printed(session, number)
    rows = {row["chemical"]: (row["role"], _REASONS[row["role"]]) for row in own or held}
    for chemical in printed:
        rows.setdefault(chemical, ("printed", "printed in its entry"))
    return _shown(session, rows)


def by_inchikey(session: ReadSession, text: str) -> list[Row]:
    """Candidates for a whole InChIKey."""
    if not inchi.is_valid(text):
        return []
    held = holders(session, "inchikey", text)
    return _shown(session, {row["chemical"]: (row["role"], "its structure") for row in held})


def _printed(session: ReadSession, number: str) -> list[str]:
    entries = law(session).by_printed_cas.get(number, ())
    return list(dict.fromkeys(entry.chemical for entry in entries))


def _kinds(session: ReadSession, ids: list[str]) -> dict[str, str]:
    statement = select(chemicals.c.id, chemicals.c.kind).where(chemicals.c.id.in_(ids))
    return dict(session.tuples(statement))


def _shown(session: ReadSession, rows: dict[str, tuple[str, str]]) -> list[Row]:
    shown = briefs(session, rows)
    return [
        {"chemical": shown[key], "role": role, "reason": reason}
        for key, (role, reason) in sorted(rows.items())
    ]
