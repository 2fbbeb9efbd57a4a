"""One key for the many ways to write a name, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.chem.names import fold, grams


@pytest.mark.parametrize(
    "variants",
    [
        ["α-HCH", "alpha HCH", "Alpha-HCH", "ALPHA-HCH", "ά-HCH", "Α-HCH", "αHCH", "(alpha)-HCH"],
        ["α-Hexachlorocyclohexane", "Alpha-Hexachlorocyclohexane", "alpha hexachloro-cyclohexane"],
        ["β-HCH", "ϐ-HCH", "beta‑HCH"],
        ["2,4,5-T", "2 4 5 T", "245T", "2.4.5-T", "2,4,5–t", "２，４，５－Ｔ"],
        ["p,p'-DDT", "pp DDT", "p,p′-DDT", "p,p’-DDT", "p,p´-DDT", "PP-DDT", "p, p'-DDT"],
        ["4,4'-DDE", "4,4′-DDE", "44DDE"],
        ["hexachloro-1,3-butadiene", "Hexachloro 1,3 butadiene", "hexachloro(1,3)butadiene"],
        ["chlorpyrifos-methyl", "Chlorpyrifos methyl", "chlorpyrifosmethyl"],
        ["Endosulfan sulfate", "endosulphan sulphate", "ENDOSULFAN-SULFATE"],
        ["Kelthane™", "Kelthane®", "kelthane"],
        ["chlordécone", "Chlordecone", "chlorde\u0301cone"],
        ["HCFC\u00a0‑\u00ad141b", "hcfc-141b"],
        [
            "mercury(II) chloride",
            "mercury (II) chloride",
            "Mercury II chloride",
            "mercury(Ⅱ) chloride",
        ],
        ["C₈F₁₇", "c8f17"],
        ["kviksølv", "kviksolv"],
        ["Ёлка", "ёлка", "елка"],
        ["٢،٤-د", "۲٬۴ د", "2,4-د"],
        ["زِئْبَق", "زئبق", "زئـبق"],
    ],
    ids=lambda variants: variants[0],
)
def test_variants_fold_alike(variants: list[str]) -> None:
    assert len({fold(name) for name in variants}) == 1


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("α-HCH", "alphahch"),
        ("2,4,5-T", "245t"),
        ("p,p′-DDT", "ppddt"),
        ("γ‑ГХЦГ", "gammaгхцг"),
        ("六氯苯", "六氯苯"),
        ("Гексахлорбензол", "гексахлорбензол"),
        ("سداسي كلور البنزين", "سداسيكلورالبنزين"),
        ("ヘプタクロル", "ヘプタクロル"),
        ("εξαχλωροβενζόλιο", "εξαχλωροβενζολιο"),  # a word in Greek, no row of locants
        ("डीडीटी", "डीडीटी"),
        ("헥사클로로벤젠", "헥사클로로벤젠"),
    ],
)
def test_every_script_survives(name: str, key: str) -> None:
    assert fold(name) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("α-HCH", "β-HCH"),
        ("DDT", "DDE"),
        ("mercury(I) chloride", "mercury(II) chloride"),
        ("ヘプタ", "ヘフタ"),
        ("1,1-dichloroethane", "1,2-dichloroethane"),
    ],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text() | st.text("iv_-.( )αβςάsulphＩ²Ⅱ\u0301\u0345ı™", max_size=12))
def test_folding_a_key_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=1))
def test_letters_never_fold_to_nothing(text: str) -> None:
    assert fold(text)


@given(st.text(), st.sampled_from([" ", "-", "\u2011", ",", "'", "′", "(", ")", "]", "\u00a0"]))
def test_punctuation_around_a_name_does_not_count(text: str, sign: str) -> None:
    assert fold(f"{sign}{text}{sign}") == fold(f" {text} ")


def test_names_without_letters_are_empty() -> None:
    assert fold(" - , '") == ""
    assert grams("") == set()


def test_grams_know_beginning_and_end() -> None:
    assert grams("ddt") == {"  d", " dd", "ddt", "dt "}
    assert grams("d") == {"  d", " d "}


@given(st.text(min_size=1))
def test_grams_are_trigrams_of_the_whole_name(text: str) -> None:
    key = fold(text)
    assert all(len(gram) == 3 for gram in grams(key))
    assert set(key) <= set("".join(grams(key)))


def test_a_misspelt_name_shares_grams_with_the_right_one() -> None:
    assert len(grams("chlorpirifos") & grams("chlorpyrifos")) >= 8
