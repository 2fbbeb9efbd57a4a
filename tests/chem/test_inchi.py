"""The form of InChIKeys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.chem import inchi

PFOA = "SNGREZUHAYWORS-UHFFFAOYSA-N"


@pytest.mark.parametrize(
    "text", [PFOA, f" {PFOA}\n", f"InChIKey={PFOA}", PFOA.lower(), PFOA.replace("-", "\u2011")]
)
def test_ways_to_write_one_key(text: str) -> None:
    assert inchi.parse(text) == PFOA
    assert inchi.normalise(text) == PFOA
    assert inchi.skeleton(text) == "SNGREZUHAYWORS"
    assert inchi.is_standard(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "335-67-1",
        PFOA[:-1],
        PFOA[:-2],
        f"{PFOA}N",
        PFOA.replace("-", ""),
        "SNGREZUHAYWORS-UHFFFAOYXA-N",
        "SNGREZUHAYWOR1-UHFFFAOYSA-N",
    ],
)
def test_what_is_no_key(text: str) -> None:
    assert not inchi.is_valid(text)
    assert inchi.normalise(text) is None
    for function in (inchi.parse, inchi.skeleton, inchi.is_standard):
        with pytest.raises(inchi.NotAnInchiKey):
            function(text)


def test_a_non_standard_key_is_a_key() -> None:
    key = "SNGREZUHAYWORS-UHFFFAOYNA-N"
    assert inchi.is_valid(key)
    assert not inchi.is_standard(key)


def test_valid_means_canonical() -> None:
    assert inchi.is_valid(PFOA)
    assert not inchi.is_valid(PFOA.lower())
    assert not inchi.is_valid(f"{PFOA}\n")


@given(st.from_regex(r"[A-Z]{14}-[A-Z]{8}[SN][A-Z]-[A-Z]", fullmatch=True))
def test_any_key_of_the_form_is_read(key: str) -> None:
    assert inchi.parse(f"inchikey={key.lower()}") == key
    assert key.startswith(inchi.skeleton(key))


def test_inchis_are_told_from_names() -> None:
    assert inchi.is_inchi("InChI=1S/CH4/h1H4")
    assert inchi.is_inchi(" InChI=1/CH4/h1H4 ")
    assert not any(map(inchi.is_inchi, ["methane", "InChI=", f"InChIKey={PFOA}", "C"]))
