"""What must be true of chemicals, their names, identifiers and memberships."""

from collections.abc import Iterable

from app.chem import cas, ec, formula, inchi, names, structures
from app.db.engine import Row
from app.facts.faults import Fault
from app.facts.values import INDEXED_MAX
from app.facts.world import World


def check_chemical(row: Row, world: World) -> Iterable[Fault]:
    """Kinds have what makes them: a group its definition, a formulation its ingredients."""
    if row["kind"] == "group":
        if not row["definition"] and world.where("listings", "chemical", row["id"]):
            yield Fault(
                "required", "a group that an annex lists needs its definition", "definition"
            )
        if not row["completeness"]:
            yield Fault(
                "required", "a group says whether its member list is complete", "completeness"
            )
    elif row["completeness"] or row["required_elements"]:
        yield Fault("kind", "only a group has completeness and required elements", "kind")
    if row["kind"] == "formulation" and not world.where("ingredients", "formulation", row["id"]):
        yield Fault("required", "a formulation needs a row in ingredients", "id")
    if row["kind"] != "formulation" and row["formulation_type"]:
        yield Fault("kind", "only a formulation has a formulation type", "formulation_type")
    if len(row["name"].encode()) > INDEXED_MAX:
        yield Fault("too_long", f"longer than {INDEXED_MAX} bytes, which no index can hold", "name")
    if row["formula"]:
        yield from _check_formula(row["formula"])
    same_name = [r for r in world.where("chemicals", "name", row["name"]) if r["id"] != row["id"]]
    if same_name:
        yield Fault("name_taken", f"{same_name[0]['id']} has this name already", "name")


def _check_formula(text: str) -> Iterable[Fault]:
    try:
        formula.parse(text)
    except ValueError as error:
        yield Fault("formula", str(error), "formula")


def check_name(row: Row, _world: World) -> Iterable[Fault]:
    """A name that folds to nothing could never be found."""
    if not names.fold(row["name"]):
        yield Fault("name", "holds no letter or digit", "name")


def check_identifier(row: Row, world: World) -> Iterable[Fault]:
    """Check digits, syntax, and one preferred number a scheme."""
    yield from _check_value(row["scheme"], row["value"])
    if row["scheme"] == "hs" and not row["edition"]:
        yield Fault("required", "an HS code means nothing without its edition (year)", "edition")
    if row["role"] == "preferred":
        rivals = [
            other["value"]
            for other in world.where("identifiers", "chemical", row["chemical"])
            if (other["scheme"], other["role"]) == (row["scheme"], "preferred")
            and other["value"] != row["value"]
        ]
        if rivals:
            yield Fault("two_preferred", f"{rivals[0]} is the preferred one already", "role")


def _check_value(scheme: str, value: str) -> Iterable[Fault]:
    try:
        if scheme == "cas" and cas.parse(value) != value:
            yield Fault("cas_form", f"write it {cas.parse(value)}", "value")
        elif scheme == "ec" and ec.parse(value) != value:
            yield Fault("ec_form", f"write it {ec.parse(value)}", "value")
    except cas.BadCheckDigit as error:
        yield Fault(
            f"{scheme}_check_digit",
            f"{value} has a wrong check digit; {error.suggestion} would have the right one",
            "value",
        )
    except ValueError as error:
        yield Fault(scheme, str(error), "value")
    if scheme == "inchikey" and not inchi.is_valid(value):
        yield Fault("inchikey", f"{value!r} is no InChIKey (14-10-1 letters)", "value")


def check_structure(row: Row, world: World) -> Iterable[Fault]:
    """InChIKey and formula against SMILES: a structure is a fact to check."""
    if row["scheme"] != "smiles":
        return
    try:
        key = structures.inchikey_of(row["value"])
        found = structures.formula_of(row["value"])
    except structures.BadStructure as error:
        yield Fault("smiles", str(error), "value")
        return
    for other in world.where("identifiers", "chemical", row["chemical"]):
        if other["scheme"] == "inchikey" and other["value"] != key:
            yield Fault(
                "structure_mismatch", f"gives InChIKey {key}, not {other['value']}", "value"
            )
    for other in world.where("identifiers", "value", key):
        if other["chemical"] != row["chemical"]:
            message = f"gives the structure of {other['chemical']} too ({key})"
            yield Fault("structure_shared", message, "value", severity="warning")
    chemical = world.get("chemicals", row["chemical"])
    if chemical and chemical["formula"]:
        try:
            same = formula.parse(chemical["formula"]) == formula.parse(found)
        except ValueError:
            return  # the formula's own fault is reported where it stands
        if not same:
            yield Fault("formula_mismatch", f"gives {found}, not {chemical['formula']}", "value")


def check_membership(row: Row, world: World) -> Iterable[Fault]:
    """Members belong to groups, mixtures or wastes, and no group to itself by a detour."""
    group = world.get("chemicals", row["group"])
    if group and group["kind"] in ("substance", "formulation"):
        yield Fault("kind", f"{row['group']} is a {group['kind']}, which has no members", "group")
    seen, todo = set(), [row["member"]]
    while todo:
        current = todo.pop()
        if current == row["group"]:
            yield Fault("cycle", f"{row['group']} would be a member of itself", "member")
            return
        if current not in seen:
            seen.add(current)
            todo += [r["member"] for r in world.where("memberships", "group", current)]


def check_relation(row: Row, world: World) -> Iterable[Fault]:
    """Counterparts say how their scopes compare, and belong to two conventions."""
    if row["chemical"] == row["other"]:
        yield Fault("itself", "a chemical is not related to itself", "other")
    if row["kind"] == "counterpart_of":
        if not row["scope"]:
            yield Fault("required", "a counterpart says how its scope compares", "scope")
        if row["scope"] not in (None, "same") and not row["scope_difference"]:
            yield Fault("required", "say in a sentence how the scopes differ", "scope_difference")
        if world.get("relations", row["other"], "counterpart_of", row["chemical"]):
            yield Fault("duplicate", "the same relation stands the other way round", "other")
    elif row["scope"] or row["scope_difference"]:
        yield Fault("kind", "only a counterpart has a scope", "scope")


def check_ingredient(row: Row, world: World) -> Iterable[Fault]:
    """A strength has its comparator and unit, and belongs to a formulation."""
    formulation = world.get("chemicals", row["formulation"])
    if formulation and formulation["kind"] != "formulation":
        yield Fault("kind", f"{row['formulation']} is no formulation", "formulation")
    given = [row[name] is not None for name in ("comparator", "strength", "unit")]
    if any(given) and not all(given):
        yield Fault("strength", "comparator, strength and unit go together", "strength")
