"""CAS RNs as treaties, spreadsheets and web pages write them."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.chem import cas

bodies = st.integers(min_value=1_000, max_value=999_999_999).map(str)


def number(body: str) -> str:
    """The canonical CAS RN of a body of digits."""
    return f"{body[:-2]}-{body[-2:]}-{cas.check_digit(body)}"


@pytest.mark.parametrize(
    "text",
    [
        "335-67-1",
        "335671",
        " 335-67-1 ",
        "335\u00a0-\u00a067 - 1",
        "335 67 1",
        "335\u00ad-67-1",
        "\ufeff335-67-1\u200b",
        "３３５－６７－１",
        "000335-67-1",
        "[335-67-1]",
        "CAS 335-67-1",
        "cas 335671",
        "CAS RN 335-67-1",
        "CASRN:335-67-1",
        "CAS No. 335-67-1",
        "CAS-Nr.: 335-67-1",
        "CAS Registry Number® 335-67-1",
        "N° CAS 335-67-1",
        "№ CAS 335-67-1",
        "CAS\u00a0#335-67-1",
        *(
            f"335{dash}67{dash}1"
            for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
        ),
    ],
)
def test_every_way_to_write_pfoa(text: str) -> None:
    assert cas.parse(text) == "335-67-1"
    assert cas.normalise(text) == "335-67-1"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PFOA",
        "335",
        "335-67",
        "1-67-1",
        "33567-1",
        "335-671",
        "206-397-9",  # an EC number
        "12345678-90-1",
        "0000-00-0",
        "335-67-1, 3825-26-1",
        "335.67.1",
        "-335-67-1",
        "335-67-1a",
    ],
)
def test_what_is_no_cas(text: str) -> None:
    with pytest.raises(cas.NotACas):
        cas.parse(text)
    assert cas.normalise(text) is None
    assert not cas.is_valid(text)


def test_a_wrong_check_digit_comes_with_the_right_one() -> None:
    with pytest.raises(cas.BadCheckDigit, match="Did you mean 335-67-1") as caught:
        cas.parse("CAS 335672")
    assert (caught.value.given, caught.value.suggestion) == ("335-67-2", "335-67-1")
    assert cas.normalise("335-67-2") is None
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert (again.given, again.suggestion, str(again)) == (
        "335-67-2",
        "335-67-1",
        str(caught.value),
    )


def test_a_spreadsheet_date_is_named_as_such() -> None:
    assert cas.parse("2425-06-1") == "2425-06-1"
    with pytest.raises(cas.NotACas, match="spreadsheet"):
        cas.parse("2425-06-01")


def test_valid_means_canonical() -> None:
    assert cas.is_valid("50-29-3")
    assert not any(map(cas.is_valid, ["50293", "50–29–3", "050-29-3", "50-29-4", " 50-29-3"]))


@pytest.mark.parametrize("body", ["", "12", "33567x", "1234567890"])
def test_no_check_digit_without_a_body(body: str) -> None:
    with pytest.raises(cas.NotACas):
        cas.check_digit(body)


@given(bodies)
def test_all_forms_of_a_number_are_one(body: str) -> None:
    right = number(body)
    assert cas.is_valid(right)
    for text in (right, right.replace("-", ""), right.replace("-", "\u2011"), f"CAS {right}"):
        assert cas.parse(text) == right
    assert cas.find_all(f"x {right}; {right} (y)") == [right]


@given(bodies, st.data())
def test_one_wrong_digit_at_the_end_is_always_seen(body: str, data: st.DataObject) -> None:
    right = number(body)
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != right[-1]]))
    with pytest.raises(cas.BadCheckDigit) as caught:
        cas.parse(right[:-1] + digit)
    assert caught.value.suggestion == right


@given(st.from_regex(r"[1-9][0-9]{1,6}-?[0-9]{2}-?[0-9]", fullmatch=True))
def test_agrees_with_stdnum(text: str) -> None:
    casrn = pytest.importorskip("stdnum.casrn")
    assert cas.normalise(text) == (casrn.compact(text) if casrn.is_valid(text) else None)


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    found = cas.normalise(text)
    assert found is None or cas.is_valid(found)
    assert all(map(cas.is_valid, cas.find_all(text)))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("335-67-1, 3825-26-1 (and others)", ["335-67-1", "3825-26-1"]),
        ("335671,3825261", ["335-67-1", "3825-26-1"]),  # as the conventions' own service has it
        ("1763–23–1\nand 1763-23-\n1; 307‑35‑7", ["1763-23-1", "307-35-7"]),
        ("1763-23-1 - 307-35-7", ["1763-23-1", "307-35-7"]),
        ("CAS No:50-29-3/CAS-72-54-8.", ["50-29-3", "72-54-8"]),
        ("UNEP/POPS/POPRC.17/13 of 2022-01-24, EC 206-397-9, tel. 41-22-9178", []),
        ("in 2022 about 335671 tonnes", []),
        ("", []),
    ],
)
def test_numbers_in_a_text(text: str, numbers: list[str]) -> None:
    assert cas.find_all(text) == numbers


def test_wrong_numbers_in_a_text_are_not_lost() -> None:
    valid, wrong = cas.scan("335-67-1, 335-67-2, 3825-26-9, 335-67-2")
    assert valid == ["335-67-1"]
    assert [(e.given, e.suggestion) for e in wrong] == [
        ("335-67-2", "335-67-1"),
        ("3825-26-9", "3825-26-1"),
    ]
