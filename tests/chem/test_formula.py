"""Formulas and the Hill order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.chem import formula

counts = st.dictionaries(
    st.sampled_from(sorted(formula.ELEMENTS)), st.integers(1, 9_999), min_size=1, max_size=8
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C8HF15O2", {"C": 8, "H": 1, "F": 15, "O": 2}),
        ("C₈HF₁₅O₂", {"C": 8, "H": 1, "F": 15, "O": 2}),
        ("Ca(OH)2", {"Ca": 1, "O": 2, "H": 2}),
        ("K4[Fe(CN)6]", {"K": 4, "Fe": 1, "C": 6, "N": 6}),
        ("((CH3)3Sn)2O", {"C": 6, "H": 18, "Sn": 2, "O": 1}),
        ("CuSO4·5H2O", {"Cu": 1, "S": 1, "O": 9, "H": 10}),
        ("CuSO4.5H2O", {"Cu": 1, "S": 1, "O": 9, "H": 10}),
        ("C8F15O2.H4N", {"C": 8, "F": 15, "O": 2, "H": 4, "N": 1}),
        ("[Fe(CN)6]4-", {"Fe": 1, "C": 6, "N": 6}),
        ("C2H3O2-", {"C": 2, "H": 3, "O": 2}),
        ("Ca+2", {"Ca": 1}),
        ("Ca²⁺", {"Ca": 1}),
        ("SO₄²⁻", {"S": 1, "O": 4}),
        ("Co", {"Co": 1}),
        ("CO", {"C": 1, "O": 1}),
    ],
)
def test_counts(text: str, expected: dict[str, int]) -> None:
    assert formula.parse(text) == expected
    assert formula.elements(text) == set(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "PFOA",
        "Xx",
        "c6h6",
        "C6H6)",
        "(C6H6",
        "(C6H6]",
        "()",
        "2",
        "C0",
        "C6H06",
        "CH4.",
        "C12H10-xClx",
        "C10-13H20",
        "CaSO4·0.5H2O",
        "C2H5*",
        "C6H6 ?",
        "C9999999",
        "(" * 100_000,
        "²" * 100_000,
    ],
)
def test_what_is_no_definite_formula(text: str) -> None:
    with pytest.raises(formula.NotAFormula):
        formula.parse(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CF3(CF2)6COOH", "C8HF15O2"),
        ("CCl4", "CCl4"),
        ("HCl", "ClH"),  # without carbon hydrogen has no place of its own
        ("HgCl2", "Cl2Hg"),
        ("H2SO4", "H2O4S"),
        ("(C4H9)3SnCl", "C12H27ClSn"),
    ],
)
def test_hill_order(text: str, expected: str) -> None:
    assert formula.hill(formula.parse(text)) == expected


@pytest.mark.parametrize("bad", [{"Xx": 1}, {"C": -1}])
def test_no_formula_of_impossible_counts(bad: dict[str, int]) -> None:
    with pytest.raises(formula.NotAFormula):
        formula.hill(bad)


def test_zero_counts_are_left_out() -> None:
    assert formula.hill({"C": 0, "H": 2, "O": 1}) == "H2O"


@given(counts)
def test_hill_is_read_back(atoms: dict[str, int]) -> None:
    assert formula.parse(formula.hill(atoms)) == atoms


@given(counts, counts, st.integers(2, 50))
def test_groups_and_dots_multiply_and_add(
    left: dict[str, int], right: dict[str, int], times: int
) -> None:
    expected = {e: left.get(e, 0) + times * right.get(e, 0) for e in {*left, *right}}
    for text in ("{}({}){}", "{}[({})]{}"):
        assert (
            formula.parse(text.format(formula.hill(left), formula.hill(right), times)) == expected
        )
    assert formula.parse(f"{formula.hill(left)}·{times}{formula.hill(right)}") == expected


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    try:
        assert formula.parse(text)
    except formula.NotAFormula:
        assert True
