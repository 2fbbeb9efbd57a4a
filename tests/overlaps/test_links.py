"""How two chemicals relate: every kind of link, strongest first, and what is no link."""

import httpx
import pytest

from app.overlaps.links import between
from app.overlaps.vocabularies import LINK, STRONG_LINKS
from tests.overlaps.pairs import families

KINDS = {
    "x": "substance", "y": "substance", "g": "group", "h": "group", "mix": "mixture",
    "form": "formulation", "waste": "waste", "a": "substance", "b": "substance",
}  # fmt: skip


def kinds(left: str, right: str, **facts: object) -> list[str]:
    """The kinds of links, which must be the same from either end."""
    held = families(**facts)  # type: ignore[arg-type]
    found = [link.kind for link in between(left, right, held, KINDS)]
    turned = [link.kind for link in between(right, left, held, KINDS)]
    assert found == turned
    return found


def test_the_vocabulary_is_the_domain_s_strongest_first() -> None:
    assert list(LINK) == [
        "same_chemical", "counterpart", "member_of_group", "constituent_of_mixture",
        "groups_intersect", "isomer", "salt_or_parent", "formulation_of",
        "precursor_or_transformation_product", "waste_of_listed_chemical",
    ]  # fmt: skip
    assert tuple(LINK)[:4] == STRONG_LINKS


def test_the_same_chemical_needs_no_fact() -> None:
    assert kinds("x", "x") == ["same_chemical"]


@pytest.mark.parametrize(
    ("left", "right", "facts", "expected"),
    [
        ("g", "h", {"relations": [("g", "counterpart_of", "h")]}, ["counterpart"]),
        ("x", "g", {"memberships": [("g", "x", "salt")]}, ["member_of_group"]),
        ("x", "h", {"memberships": [("g", "x", "salt"), ("h", "g", "salt")]}, ["member_of_group"]),
        ("x", "mix", {"memberships": [("mix", "x", "constituent")]}, ["constituent_of_mixture"]),
        ("mix", "x", {"relations": [("mix", "commercial_mixture_containing", "x")]},
         ["constituent_of_mixture"]),
        ("mix", "x", {"relations": [("mix", "isomer_mixture_of", "x")]}, ["constituent_of_mixture"]),
        ("g", "h", {"memberships": [("g", "x", "salt"), ("h", "x", "salt")]}, ["groups_intersect"]),
        ("x", "y", {"memberships": [("g", "x", "isomer"), ("g", "y", "isomer")]}, ["isomer"]),
        ("x", "y", {"relations": [("mix", "isomer_mixture_of", "x"),
                                  ("mix", "isomer_mixture_of", "y")]}, ["isomer"]),
        ("x", "y", {"memberships": [("g", "x", "salt"), ("g", "y", "constituent")]},
         ["salt_or_parent"]),
        ("x", "y", {"memberships": [("g", "x", "ester"), ("g", "y", "constituent")]},
         ["salt_or_parent"]),
        ("x", "form", {"ingredients": [("form", "x")]}, ["formulation_of"]),
        ("form", "x", {"relations": [("form", "formulation_of", "x")]}, ["formulation_of"]),
        ("x", "y", {"relations": [("x", "precursor_of", "y")]},
         ["precursor_or_transformation_product"]),
        ("x", "y", {"relations": [("x", "transformation_product_of", "y")]},
         ["precursor_or_transformation_product"]),
        ("x", "waste", {"memberships": [("waste", "x", "constituent")]},
         ["waste_of_listed_chemical"]),
    ],
)  # fmt: skip
def test_each_kind_of_link(
    left: str, right: str, facts: dict[str, object], expected: list[str]
) -> None:
    assert kinds(left, right, **facts) == expected


@pytest.mark.parametrize(
    "facts",
    [
        {},
        # Two salts, two homologues, or members of different groups are not related.
        {"memberships": [("g", "x", "salt"), ("g", "y", "salt")]},
        {"memberships": [("g", "x", "homologue"), ("g", "y", "homologue")]},
        {"memberships": [("g", "x", "isomer"), ("h", "y", "isomer")]},
        {"memberships": [("g", "x", "isomer"), ("g", "y", "constituent")]},
        {"relations": [("x", "impurity_of", "y")]},
    ],
)
def test_what_is_no_link(facts: dict[str, object]) -> None:
    assert kinds("x", "y", **facts) == []


def test_strongest_first() -> None:
    found = kinds(
        "g", "h",
        relations=[("g", "counterpart_of", "h"), ("g", "precursor_of", "h")],
        memberships=[("g", "x", "salt"), ("h", "x", "salt"), ("h", "g", "salt")],
    )  # fmt: skip
    assert found == [
        "counterpart", "member_of_group", "groups_intersect",
        "precursor_or_transformation_product",
    ]  # fmt: skip


def test_shared_members_are_named_nested_ones_too() -> None:
    held = families(
        [("g", "x", "salt"), ("g", "a", "salt"), ("h", "b", "salt"), ("b", "x", "salt")]
    )
    [link] = between("g", "h", held, KINDS)
    assert (link.kind, link.shared) == ("groups_intersect", ["x"])


def test_a_fact_of_low_confidence_makes_no_strong_link() -> None:
    [link] = between("x", "g", families([("g", "x", "salt")], confidence="low"), KINDS)
    assert link.kind == "member_of_group"
    assert not link.strong
    [link] = between("x", "g", families([("g", "x", "salt")], confidence="medium"), KINDS)
    assert link.strong


def test_only_the_first_four_are_strong() -> None:
    for facts, ends in (
        ({"memberships": [("g", "x", "salt"), ("h", "x", "salt")]}, ("g", "h")),
        ({"memberships": [("g", "x", "isomer"), ("g", "y", "isomer")]}, ("x", "y")),
        ({"relations": [("x", "precursor_of", "y")]}, ("x", "y")),
        ({"ingredients": [("form", "x")]}, ("x", "form")),
    ):
        for link in between(*ends, families(**facts), KINDS):  # type: ignore[arg-type]
            assert not link.strong


def test_alpha_and_beta_hch_are_isomers_by_a_sourced_fact_not_by_their_skeleton(
    api: httpx.Client,
) -> None:
    """All HCH isomers share an InChIKey skeleton."""
    keys = {}
    for id in ("alpha-hch", "beta-hch", "lindane"):
        told = api.get(f"/api/v1/chemicals/{id}").json()["data"]["identifiers"]
        keys[id] = next(i["value"] for i in told if i["scheme"] == "inchikey")
    assert len({key[:14] for key in keys.values()}) == 1
    rows = api.get("/api/v1/overlaps?limit=500").json()["data"]
    for row in rows:
        for link in row["links"]:
            assert link["kind"] == "same_chemical" or link["sources"] or link["shared"]
            ends = {link["left"], link["right"]}
            if ends <= set(keys) and len(ends) == 2:
                assert link["kind"] == "isomer"
    lindane = next(r for r in rows if r["id"] == "rotterdam-lindane--stockholm-alpha-hch")
    assert not {"considered_by_both", "concurrent", "recommended_by_both", "listed_in_both"} & set(
        lindane["situations"]
    )
