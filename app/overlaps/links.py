"""How two chemicals relate, from memberships and relations: sourced facts, never likeness.

The same skeleton of an InChIKey is no link: it would pair alpha-, beta- and gamma-HCH.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.chemicals.queries import Families
from app.db.engine import Row
from app.overlaps.vocabularies import LINK, STRONG_LINKS

_STRENGTH = {link: place for place, link in enumerate(LINK)}
_MIXING = ("commercial_mixture_containing", "isomer_mixture_of")
_TURNING = ("precursor_of", "transformation_product_of")


@dataclass(frozen=True, slots=True)
class Link:
    """One way in which a chemical of the left side relates to one of the right side."""

    kind: str
    left: str
    right: str
    facts: Sequence[Row]
    shared: Sequence[str] = ()

    @property
    def strong(self) -> bool:
        """Whether it makes both sides look at one thing; a fact of low confidence does not."""
        return self.kind in STRONG_LINKS and all(f["confidence"] != "low" for f in self.facts)

    @property
    def order(self) -> tuple[int, str, str]:
        """Strongest first."""
        return _STRENGTH[self.kind], self.left, self.right


def between(left: str, right: str, families: Families, kinds: Mapping[str, str]) -> list[Link]:
    """Every link between two chemicals, strongest first."""
    if left == right:
        return [Link("same_chemical", left, right, ())]
    found: dict[str, Link] = {}
    for kind, facts, shared in _found(left, right, families, kinds):
        found.setdefault(kind, Link(kind, left, right, facts, shared))
    return sorted(found.values(), key=lambda link: link.order)


def _found(
    left: str, right: str, families: Families, kinds: Mapping[str, str]
) -> list[tuple[str, Sequence[Row], Sequence[str]]]:
    links: list[tuple[str, Sequence[Row], Sequence[str]]] = []
    for relation in _relations(left, right, families):
        if relation["kind"] == "counterpart_of":
            links.append(("counterpart", [relation], ()))
        elif relation["kind"] in _MIXING:
            links.append(("constituent_of_mixture", [relation], ()))
        elif relation["kind"] == "formulation_of":
            links.append(("formulation_of", [relation], ()))
        elif relation["kind"] in _TURNING:
            links.append(("precursor_or_transformation_product", [relation], ()))
    for member, group in ((left, right), (right, left)):
        path = families.groups(member).get(group)
        if path:
            holder = {"mixture": "constituent_of_mixture", "waste": "waste_of_listed_chemical"}
            links.append((holder.get(kinds[group], "member_of_group"), path, ()))
        for row in families.formulations_of.get(member, ()):
            if row["formulation"] == group:
                links.append(("formulation_of", [row], ()))
    if kinds[left] == kinds[right] == "group":
        shared = families.members(left) & families.members(right)
        if shared:
            links.append(("groups_intersect", (), sorted(shared)))
    links += _siblings(left, right, families)
    return links


def _relations(left: str, right: str, families: Families) -> list[Row]:
    return [
        relation
        for one, other in ((left, right), (right, left))
        for relation in families.relations_of.get(one, ())
        if relation["other"] == other
    ]


def _siblings(
    left: str, right: str, families: Families
) -> list[tuple[str, Sequence[Row], Sequence[str]]]:
    """Isomers, and salts with their parents, that one group or mixture holds together."""
    links: list[tuple[str, Sequence[Row], Sequence[str]]] = []
    mine, theirs = _isomer_homes(left, families), _isomer_homes(right, families)
    for home in sorted(mine.keys() & theirs.keys()):
        links.append(("isomer", [mine[home], theirs[home]], ()))
    groups = {row["group"]: row for row in families.groups_of.get(right, ())}
    for row in families.groups_of.get(left, ()):
        other = groups.get(row["group"])
        if other and _salt_and_parent(row["relation"], other["relation"]):
            links.append(("salt_or_parent", [row, other], ()))
    return links


def _isomer_homes(chemical: str, families: Families) -> dict[str, Row]:
    homes = {
        row["group"]: row
        for row in families.groups_of.get(chemical, ())
        if row["relation"] == "isomer"
    }
    for row in families.relations_to.get(chemical, ()):
        if row["kind"] == "isomer_mixture_of":
            homes[row["chemical"]] = row
    return homes


def _salt_and_parent(one: str, other: str) -> bool:
    derived = ("salt", "ester")
    return (one in derived and other == "constituent") or (
        other in derived and one == "constituent"
    )
