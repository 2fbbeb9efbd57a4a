"""What covers a chemical under one convention on a day, from listings, printed numbers and members.

Rules 4 and 6 of the domain: a number printed in an entry answers by itself only where the entry has
no condition; a fact of low confidence never gives more than `possibly_covered`; a removed entry
never sets the answer; and where nothing is found the open groups that could still cover the
chemical are named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.chem import formula
from app.chemicals.queries import Families
from app.coverage.vocabularies import ANSWER
from app.db.engine import Row
from app.regulation.rules import Standing

_RANK = {answer: place for place, answer in enumerate(ANSWER)}
_MIXING = ("commercial_mixture_containing", "isomer_mixture_of")
_LOW = "Rests on a fact of low confidence; ask the secretariat."


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about: a chemical with its numbers, in import form."""

    row: Row
    cas: Sequence[str]

    @property
    def id(self) -> str:
        """The chemical's id."""
        return str(self.row["id"])


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry that covers the subject, or may."""

    standing: Standing
    answer: str
    basis: str
    by: str
    via_group: str | None = None
    applies_if: str | None = None
    scope_difference: str | None = None
    caveats: tuple[str, ...] = ()
    facts: tuple[Row, ...] = ()


@dataclass
class Found:
    """All hits under one convention, and what could not be excluded."""

    convention: str
    hits: list[Hit] = field(default_factory=list)
    removed: list[Standing] = field(default_factory=list)
    open_groups: list[str] = field(default_factory=list)

    @property
    def answer(self) -> str:
        """The strongest answer."""
        return min(
            (hit.answer for hit in self.hits), key=_RANK.__getitem__, default="no_entry_found"
        )


@dataclass(frozen=True, slots=True)
class Annexes:
    """The entries of one convention on a day, by what an answer looks them up with."""

    convention: str
    by_chemical: Mapping[str, Sequence[Standing]]
    by_number: Mapping[str, Sequence[Standing]]


def annexes_on(convention: str, standings: Iterable[Standing]) -> Annexes:
    """Index a convention's entries of a day."""
    by_chemical: dict[str, list[Standing]] = {}
    by_number: dict[str, list[Standing]] = {}
    for standing in standings:
        if standing.entry.convention == convention:
            by_chemical.setdefault(standing.entry.chemical, []).append(standing)
            for number in standing.printed_cas:
                by_number.setdefault(number, []).append(standing)
    return Annexes(convention, by_chemical, by_number)


def cover(
    subject: Subject, annexes: Annexes, families: Families, chemicals: Mapping[str, Row]
) -> Found:
    """Every entry that covers the subject, strongest first; each entry once."""
    found = Found(annexes.convention)
    best: dict[str, Hit] = {}
    for sourced in _hits(subject, annexes, families, chemicals):
        # Rule 2 holds for the entry itself too.
        hit = _careful(sourced, [sourced.standing.entry.row, sourced.standing.added])
        if not hit.standing.listed:
            if hit.answer == "listed_directly":
                found.removed.append(hit.standing)
            continue
        known = best.get(hit.standing.entry.id)
        if known is None or _RANK[hit.answer] < _RANK[known.answer]:
            best[hit.standing.entry.id] = hit
    found.hits = sorted(best.values(), key=lambda hit: _RANK[hit.answer])
    if found.answer in ("no_entry_found", "possibly_covered"):
        found.open_groups = _open_groups(subject, annexes, families, chemicals)
    return found


def _hits(
    subject: Subject, annexes: Annexes, families: Families, chemicals: Mapping[str, Row]
) -> Iterable[Hit]:
    for standing in annexes.by_chemical.get(subject.id, ()):
        category = standing.entry.row["category"]
        yield Hit(standing, "listed_directly", "direct", "name", applies_if=_as_category(category))
    for group, path in families.groups(subject.id).items():
        for standing in annexes.by_chemical.get(group, ()):
            yield _careful(_by_group(standing, group, path, chemicals), path)
    if subject.row["kind"] != "group":
        yield from _by_number(subject, annexes, families)
    for relation in _both_ways(subject.id, families):
        yield from _by_relation(relation, annexes)
    for row in families.formulations_of.get(subject.id, ()):
        for standing in annexes.by_chemical.get(row["formulation"], ()):
            name = standing.printed_name or chemicals[row["formulation"]]["name"]
            yield Hit(
                standing, "possibly_covered", "formulation", "name",
                applies_if=f"in the formulation that the entry names: {name}", facts=(row,),
            )  # fmt: skip
    if subject.row["kind"] in ("group", "mixture"):
        for member in sorted(families.members(subject.id)):
            for standing in annexes.by_chemical.get(member, ()):
                yield Hit(
                    standing, "possibly_covered", "constituent", "member_list",
                    applies_if=f"what is meant is, or contains, {chemicals[member]['name']}",
                )  # fmt: skip


def _condition(text: str | None) -> str | None:
    return f"the entry's condition is met: {text.rstrip('.')}" if text else None


def _as_category(category: str | None) -> str | None:
    words = {
        "pesticide": "used as a pesticide",
        "industrial": "used as an industrial chemical",
    }
    return words.get(category or "")


def _by_group(
    standing: Standing, group: str, path: Sequence[Row], chemicals: Mapping[str, Row]
) -> Hit:
    condition = standing.entry.row["condition"]
    mixture = next((r["group"] for r in path if chemicals[r["group"]]["kind"] == "mixture"), None)
    if mixture:
        # A part of a mixture alone is covered only as that mixture.
        return Hit(
            standing, "possibly_covered", "constituent", "member_list", group,
            applies_if=f"as part of {chemicals[mixture]['name']}", facts=tuple(path),
        )  # fmt: skip
    answer = "possibly_covered" if condition else "listed_by_group"
    return Hit(
        standing, answer, path[0]["relation"], "member_list", group,
        applies_if=_condition(condition) or _as_category(standing.entry.row["category"]),
        facts=tuple(path),
    )  # fmt: skip


def _by_number(subject: Subject, annexes: Annexes, families: Families) -> Iterable[Hit]:
    own = families.groups(subject.id)
    for number in subject.cas:
        for standing in annexes.by_number.get(number, ()):
            group = standing.entry.chemical
            if group == subject.id:
                continue
            condition = standing.entry.row["condition"]
            formulated = bool(families.ingredients_of.get(group))
            path = own.get(group)
            yield Hit(
                standing,
                "possibly_covered" if condition or formulated else "listed_by_group",
                path[0]["relation"] if path else "formulation" if formulated else "constituent",
                "printed_cas",
                None if formulated else group,
                applies_if=_condition(condition)
                or (
                    f"in the formulation that the entry names: {standing.printed_name}"
                    if formulated
                    else _as_category(standing.entry.row["category"])
                ),
            )


def _both_ways(chemical: str, families: Families) -> list[tuple[Row, str, bool]]:
    """(relation, the other chemical, whether the subject stands first)."""
    return [
        *((r, r["other"], True) for r in families.relations_of.get(chemical, ())),
        *((r, r["chemical"], False) for r in families.relations_to.get(chemical, ())),
    ]


def _by_relation(relation: tuple[Row, str, bool], annexes: Annexes) -> Iterable[Hit]:
    row, other, first = relation
    for standing in annexes.by_chemical.get(other, ()):
        if row["kind"] == "counterpart_of":
            # `scope` compares the first with the other: the entry is narrower when the subject,
            # standing first, is wider, or, standing second, the entry is the narrower one.
            inside = ("same", "narrower") if first else ("same", "wider")
            condition = standing.entry.row["condition"]
            sure = row["scope"] in inside and not condition
            hit = Hit(
                standing, "listed_by_group" if sure else "possibly_covered", "related_compound",
                "member_list", other, applies_if=_condition(condition),
                scope_difference=row["scope_difference"], facts=(row,),
            )  # fmt: skip
            yield _careful(hit, [row])
        elif row["kind"] in _MIXING and first:
            hit = Hit(
                standing, "listed_by_group", "constituent", "member_list",
                applies_if="it contains the listed constituent", facts=(row,),
            )  # fmt: skip
            yield _careful(hit, [row])
        elif row["kind"] in _MIXING:
            yield Hit(
                standing, "possibly_covered", "constituent", "member_list",
                applies_if="as part of the mixture that the entry names", facts=(row,),
            )  # fmt: skip


def _careful(hit: Hit, facts: Sequence[Row]) -> Hit:
    """A fact of low confidence never gives more than `possibly_covered`."""
    if any(fact["confidence"] == "low" for fact in facts):
        return replace(hit, answer="possibly_covered", caveats=(*hit.caveats, _LOW))
    return hit


def _open_groups(
    subject: Subject, annexes: Annexes, families: Families, chemicals: Mapping[str, Row]
) -> list[str]:
    """Groups with entries whose member lists are not whole, that nothing excludes.

    What excludes one here: an element that every member holds and the subject does not.
    """
    own = families.groups(subject.id).keys() | families.members(subject.id) | {subject.id}
    elements = formula.elements(subject.row["formula"]) if subject.row["formula"] else None
    found = []
    for group, standings in annexes.by_chemical.items():
        row = chemicals[group]
        if row["kind"] != "group" or row["completeness"] == "exhaustive" or group in own:
            continue
        needed = set(row["required_elements"] or ())
        if elements is not None and needed - elements:
            continue
        if any(standing.listed for standing in standings):
            found.append(group)
    return sorted(found)
