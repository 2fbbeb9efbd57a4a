"""EC numbers and their check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.chem import ec


@pytest.mark.parametrize(
    "text",
    [
        "206-397-9",
        "2063979",
        "206–397–9",
        "206 397 9",
        "EC 206-397-9",
        "EC-No.: 206-397-9",
        "EINECS 206-397-9",
        "EC/List no. 206-397-9",
        "(206\u2011397\u20119)",
    ],
)
def test_every_way_to_write_pfoa(text: str) -> None:
    assert ec.parse(text) == "206-397-9"
    assert ec.normalise(text) == "206-397-9"


@pytest.mark.parametrize("text", ["200-001-8", "400-010-9", "500-001-0", "217-179-8"])
def test_first_numbers_of_the_inventories(text: str) -> None:
    assert ec.is_valid(text)


@pytest.mark.parametrize("text", ["", "335-67-1", "206-39-79", "206-397", "x206-397-9"])
def test_what_is_no_ec_number(text: str) -> None:
    with pytest.raises(ec.NotAnEc):
        ec.parse(text)
    assert not ec.is_valid(text)


def test_a_wrong_check_digit_comes_with_the_right_one() -> None:
    with pytest.raises(ec.BadCheckDigit) as caught:
        ec.parse("206-397-8")
    assert (caught.value.given, caught.value.suggestion) == ("206-397-8", "206-397-9")


def test_a_remainder_of_ten_is_a_one_in_elincs_and_nothing_elsewhere() -> None:
    assert ec.check_digit("400-002") == "5"
    assert ec.check_digit("400001") == "1"  # 4 + 6 = 10
    with pytest.raises(ec.NotAnEc, match="no check digit"):
        ec.check_digit("200-005")  # 2 + 30 = 32


@given(st.from_regex(r"[2-9][0-9]{2}-[0-9]{3}-[0-9]", fullmatch=True))
def test_agrees_with_stdnum_where_numbers_are_given_out(text: str) -> None:
    ecnumber = pytest.importorskip("stdnum.eu.ecnumber")
    remainder = sum(place * int(d) for place, d in enumerate(text[:-1].replace("-", ""), 1)) % 11
    if remainder == 10 and not text.startswith("4"):
        assert not ec.is_valid(text)
    else:
        assert ec.is_valid(text) == ecnumber.is_valid(text)


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    found = ec.normalise(text)
    assert found is None or ec.is_valid(found)
