"""What covers a chemical: every way, what each is worth, and what never sets the answer."""

from typing import Any

import pytest

from app.coverage.rules import Found, Subject, annexes_on, cover
from app.regulation.rules import Entry, Standing, counts_from, standing
from tests.overlaps.pairs import families

DAY = "2020-01-01"


def chemical(id: str, kind: str = "substance", **cells: Any) -> dict[str, Any]:
    return {"id": id, "name": id, "kind": kind, "formula": None, "completeness": None,
            "required_elements": None, "confidence": "high", **cells}  # fmt: skip


CHEMICALS = {
    row["id"]: row
    for row in (
        chemical("x"), chemical("y"), chemical("g", "group", completeness="indicative"),
        chemical("h", "group", completeness="open"), chemical("mix", "mixture"),
        chemical("form", "formulation"), chemical("all", "group", completeness="exhaustive"),
        chemical("waste", "waste"),
    )
}  # fmt: skip


def listed(
    chemical: str, *, cas: tuple[str, ...] = (), state: str = "in_force", **cells: Any
) -> Standing:
    """An entry of that chemical, in force unless said otherwise."""
    days = [("added", "2010-01-01", None if state == "adopted" else "2011-01-01")]
    days += [("removed", "2018-01-01", "2018-06-01")] if state == "removed" else []
    events: list[dict[str, Any]] = [
        {"id": kind, "kind": kind, "adopted_on": on, "communicated_on": None, "in_force_on": force,
         "printed_name": f"{chemical} as printed" if kind == "added" else None,
         "printed_cas": list(cas) or None, "footnotes": None, "confidence": "high"}
        for kind, on, force in days
    ]  # fmt: skip
    for event in events:
        event["counts_from"] = counts_from(event, None)
    row = {"id": f"entry-{chemical}", "annex": "a", "chemical": chemical, "category": None,
           "condition": None, "effect": None, "entry_kind": None, "confidence": "high", **cells}  # fmt: skip
    found = standing(Entry(row, {"id": "a", "convention": "c", "effect": None,
                                 "entry_kind": "chemical"}, events, ()), DAY)  # fmt: skip
    assert found is not None
    assert found.state == state
    return found


def ask(*standings: Standing, about: str = "x", cas: tuple[str, ...] = (), **facts: Any) -> Found:
    """What covers that chemical, given these entries and facts."""
    known = {**CHEMICALS, **facts.pop("known", {})}
    return cover(
        Subject(known[about], cas),
        annexes_on("c", standings),
        facts.pop("held", families(**facts)),
        known,
    )


def only(found: Found) -> tuple[str, str, str, str | None]:
    """Answer, basis, by and group of the one hit."""
    [hit] = found.hits
    assert found.answer == hit.answer
    return hit.answer, hit.basis, hit.by, hit.via_group


def test_nothing_found() -> None:
    found = ask(listed("y"))
    assert (found.answer, found.hits, found.open_groups) == ("no_entry_found", [], [])


def test_the_entry_s_own_subject_is_listed_directly() -> None:
    assert only(ask(listed("x"))) == ("listed_directly", "direct", "name", None)


def test_a_category_says_where_it_applies() -> None:
    [hit] = ask(listed("x", category="pesticide")).hits
    assert (hit.answer, hit.applies_if) == ("listed_directly", "used as a pesticide")
    [hit] = ask(listed("g", category="industrial"), memberships=[("g", "x", "salt")]).hits
    assert hit.applies_if == "used as an industrial chemical"


@pytest.mark.parametrize("relation", ["isomer", "salt", "ester", "homologue", "related_compound"])
def test_a_member_is_listed_by_its_group(relation: str) -> None:
    found = ask(listed("g"), memberships=[("g", "x", relation)])
    assert only(found) == ("listed_by_group", relation, "member_list", "g")


def test_a_member_of_a_group_with_a_condition_is_possibly_covered() -> None:
    found = ask(listed("g", condition="at 50 mg/kg or more"), memberships=[("g", "x", "salt")])
    assert only(found)[0] == "possibly_covered"
    assert "at 50 mg/kg or more" in str(found.hits[0].applies_if)


def test_a_member_of_a_nested_group() -> None:
    found = ask(listed("h"), memberships=[("g", "x", "salt"), ("h", "g", "related_compound")])
    assert only(found) == ("listed_by_group", "salt", "member_list", "h")
    assert [fact["group"] for fact in found.hits[0].facts] == ["g", "h"]


def test_a_low_fact_anywhere_on_the_way_gives_possibly_covered_with_a_caveat() -> None:
    held = families([("g", "x", "salt"), ("h", "g", "related_compound")])
    held.groups_of["g"][0]["confidence"] = "low"
    [hit] = ask(listed("h"), held=held).hits
    assert hit.answer == "possibly_covered"
    assert "low confidence" in hit.caveats[0]


def test_a_part_of_a_listed_mixture_is_covered_as_part_of_it_only() -> None:
    found = ask(listed("mix"), memberships=[("mix", "x", "constituent")])
    assert only(found) == ("possibly_covered", "constituent", "member_list", "mix")
    assert found.hits[0].applies_if == "as part of mix"


def test_a_part_of_a_mixture_that_belongs_to_a_group_is_no_member_of_the_group() -> None:
    found = ask(listed("g"), memberships=[("mix", "x", "constituent"), ("g", "mix", "salt")])
    assert found.answer == "possibly_covered"


class TestPrintedNumbers:
    def test_a_printed_number_answers_by_itself_where_its_entry_has_no_condition(self) -> None:
        found = ask(listed("g", cas=("335-67-1",)), cas=("335-67-1",))
        assert only(found) == ("listed_by_group", "constituent", "printed_cas", "g")

    def test_with_a_condition_it_does_not(self) -> None:
        found = ask(
            listed("g", cas=("335-67-1",), condition="C10-13, more than 48 % chlorine"),
            cas=("335-67-1",),
        )
        assert only(found)[0] == "possibly_covered"
        assert "C10-13, more than 48 % chlorine" in str(found.hits[0].applies_if)

    def test_another_number_says_nothing(self) -> None:
        assert ask(listed("g", cas=("335-67-1",)), cas=("309-00-2",)).answer == "no_entry_found"

    def test_a_number_printed_with_a_formulation_is_its_ingredient_s(self) -> None:
        found = ask(
            listed("form", cas=("17804-35-2",)), cas=("17804-35-2",), ingredients=[("form", "x")]
        )
        assert found.answer == "possibly_covered"
        assert {hit.basis for hit in found.hits} == {"formulation"}

    def test_a_group_s_numbers_do_not_cover_another_group(self) -> None:
        found = ask(listed("g", cas=("335-67-1",)), about="h", cas=("335-67-1",))
        assert found.answer == "no_entry_found"

    def test_its_own_entry_s_number_is_direct_not_by_number(self) -> None:
        assert only(ask(listed("x", cas=("335-67-1",)), cas=("335-67-1",)))[0] == "listed_directly"

    def test_the_basis_is_the_membership_where_there_is_one(self) -> None:
        found = ask(
            listed("g", cas=("335-67-1",)), cas=("335-67-1",), memberships=[("g", "x", "salt")]
        )
        assert found.answer == "listed_by_group"
        assert [hit.basis for hit in found.hits] == ["salt"]


def test_an_ingredient_of_a_listed_formulation_is_possibly_covered() -> None:
    found = ask(listed("form"), ingredients=[("form", "x")])
    assert only(found) == ("possibly_covered", "formulation", "name", None)
    assert found.hits[0].applies_if == "in the formulation that the entry names: form as printed"


@pytest.mark.parametrize("kind", ["commercial_mixture_containing", "isomer_mixture_of"])
def test_mixtures_by_relation(kind: str) -> None:
    relation = [("mix", kind, "x")]
    inside = ask(listed("mix"), relations=relation)
    assert only(inside)[:2] == ("possibly_covered", "constituent")
    holding = ask(listed("x"), about="mix", relations=relation)
    assert only(holding)[:2] == ("listed_by_group", "constituent")


@pytest.mark.parametrize("kind", ["precursor_of", "transformation_product_of", "impurity_of"])
def test_other_relations_cover_nothing(kind: str) -> None:
    assert ask(listed("y"), relations=[("x", kind, "y")]).answer == "no_entry_found"
    assert ask(listed("y"), relations=[("y", kind, "x")]).answer == "no_entry_found"


class TestCounterparts:
    @staticmethod
    def found(scope: str, *, first: bool, confidence: str = "high", **entry: Any) -> Found:
        relation = ("g", "counterpart_of", "h") if first else ("h", "counterpart_of", "g")
        held = families(relations=[relation])
        for rows in held.relations_of.values():
            rows[0].update(scope=scope, scope_difference="how", confidence=confidence)
        return ask(listed("h", **entry), about="g", held=held)

    @pytest.mark.parametrize(
        ("scope", "first", "answer"),
        [
            # `scope` compares the one that stands first with the other; h is the entry.
            ("same", True, "listed_by_group"), ("same", False, "listed_by_group"),
            ("narrower", True, "listed_by_group"), ("narrower", False, "possibly_covered"),
            ("wider", True, "possibly_covered"), ("wider", False, "listed_by_group"),
            ("overlapping", True, "possibly_covered"), ("overlapping", False, "possibly_covered"),
        ],
    )  # fmt: skip
    def test_the_counterpart_of_an_entry(self, scope: str, first: bool, answer: str) -> None:
        found = self.found(scope, first=first)
        assert only(found) == (answer, "related_compound", "member_list", "h")
        assert found.hits[0].scope_difference == "how"

    def test_of_low_confidence(self) -> None:
        assert self.found("same", first=True, confidence="low").answer == "possibly_covered"

    def test_with_a_condition(self) -> None:
        found = self.found("same", first=True, condition="in articles")
        assert found.answer == "possibly_covered"
        assert "in articles" in str(found.hits[0].applies_if)


class TestRemoved:
    def test_a_removed_entry_never_sets_the_answer(self) -> None:
        found = ask(listed("x", state="removed"))
        assert found.answer == "no_entry_found"
        assert [s.entry.id for s in found.removed] == ["entry-x"]

    def test_nor_one_of_a_group_or_a_printed_number(self) -> None:
        gone = listed("g", state="removed", cas=("335-67-1",))
        found = ask(gone, cas=("335-67-1",), memberships=[("g", "x", "salt")])
        assert (found.answer, found.hits) == ("no_entry_found", [])

    def test_beside_one_that_stands(self) -> None:
        found = ask(listed("x", state="removed"), listed("g"), memberships=[("g", "x", "salt")])
        assert found.answer == "listed_by_group"
        assert len(found.removed) == 1

    def test_an_adopted_one_does(self) -> None:
        assert ask(listed("x", state="adopted")).answer == "listed_directly"


def test_a_listing_of_low_confidence_never_answers_without_a_caveat() -> None:
    found = ask(listed("x", confidence="low"))
    [hit] = found.hits
    assert hit.caveats or hit.answer == "possibly_covered"


class TestStrongest:
    def test_each_entry_once_by_its_strongest_way(self) -> None:
        found = ask(
            listed("g", cas=("335-67-1",)), cas=("335-67-1",), memberships=[("g", "x", "salt")],
            relations=[("g", "isomer_mixture_of", "x")],
        )  # fmt: skip
        assert only(found)[0] == "listed_by_group"

    def test_strongest_first(self) -> None:
        found = ask(listed("form"), listed("g"), listed("x"), memberships=[("g", "x", "salt")],
                    ingredients=[("form", "x")])  # fmt: skip
        assert [hit.answer for hit in found.hits] == [
            "listed_directly", "listed_by_group", "possibly_covered",
        ]  # fmt: skip
        assert found.open_groups == []


class TestOpenGroups:
    @staticmethod
    def known(formula: str | None, **group: Any) -> dict[str, Any]:
        return {
            "x": chemical("x", formula=formula),
            "h": chemical("h", "group", completeness="open", **group),
        }

    def test_a_group_that_nothing_excludes_is_named(self) -> None:
        found = ask(listed("h"), listed("g"), listed("all"))
        assert found.answer == "no_entry_found"
        assert found.open_groups == ["g", "h"]

    @pytest.mark.parametrize(
        ("formula", "elements", "named"),
        [
            ("C8H18", ["F"], False),
            ("C8HF15O2", ["F"], True),
            ("C8HF15O2", ["F", "S"], False),
            ("C2HCl", ["C"], True),
            ("CCl4", ["C", "H"], False),
            (None, ["F"], True),
            ("C8H18", None, True),
        ],
    )
    def test_an_element_that_every_member_holds_excludes(
        self, formula: str | None, elements: list[str] | None, named: bool
    ) -> None:
        found = ask(listed("h"), known=self.known(formula, required_elements=elements))
        assert found.open_groups == (["h"] if named else [])

    def test_a_removed_group_is_not_named(self) -> None:
        assert ask(listed("h", state="removed")).open_groups == []

    def test_neither_are_the_subject_s_own_groups(self) -> None:
        found = ask(listed("h", condition="in articles"), memberships=[("h", "x", "salt")])
        assert found.answer == "possibly_covered"
        assert found.open_groups == []

    def test_none_where_the_answer_is_sure(self) -> None:
        assert ask(listed("x"), listed("h")).open_groups == []


def test_a_group_or_mixture_with_a_listed_member_is_possibly_covered() -> None:
    found = ask(listed("x"), about="g", memberships=[("g", "x", "salt")])
    assert only(found)[:2] == ("possibly_covered", "constituent")
    assert found.hits[0].applies_if == "what is meant is, or contains, x"


def test_another_convention_s_entries_do_not_count() -> None:
    entry = listed("x")
    assert annexes_on("d", [entry]).by_chemical == {}
