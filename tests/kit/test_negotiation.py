"""Which format an answer takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.http import negotiation
from app.kit.http.negotiation import choose
from app.kit.http.problems import Problem

ALL = ("json", "csv", "xlsx", "ndjson", "jsonld")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("TEXT/CSV; charset=utf-8", "csv"),
        ("application/json;q=0.5, text/csv", "csv"),
        ("text/*, application/json;q=0.9", "csv"),
        ("application/*;q=0.5, application/json;q=0.1, text/csv;q=0.2", "xlsx"),
        ("*/*, application/json;q=0", "csv"),
        ('application/ld+json;profile="a,b;c", ,text/html', "jsonld"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "json"),
    ],
)
def test_accept(accept, chosen):
    assert choose(None, accept, ALL) == chosen


@pytest.mark.parametrize(
    "accept", ["text/html", "text/csv;q=0", "json", "*/json", "text/csv;q=2", "a/b c/d", ";", "/"]
)
def test_none_or_malformed_is_406_and_lists_what_there_is(accept):
    with pytest.raises(Problem) as caught:
        choose(None, accept, ALL)
    assert caught.value.status == 406
    assert caught.value.extensions["offered"][0] == "application/json"


def test_format_wins_over_accept():
    assert choose("csv", "nonsense", ALL) == "csv"
    with pytest.raises(Problem) as caught:
        choose("jsonld", None, ("json", "csv"))
    assert caught.value.status == 422
    assert caught.value.errors[0]["parameter"] == "format"


_RANGES = st.sampled_from([*negotiation.MEDIA_TYPES.values(), "*/*", "text/*", "image/png"])
_ACCEPT = st.lists(st.tuples(_RANGES, st.sampled_from(["", ";q=0", ";q=0.5", ";q=1"]))).map(
    lambda pairs: ", ".join(a + b for a, b in pairs)
)


@given(_ACCEPT, _ACCEPT)
def test_equal_fingerprints_mean_equal_choices(one, other):
    if negotiation.fingerprint(one) != negotiation.fingerprint(other):
        return
    assert _chosen(one) == _chosen(other)


def _chosen(accept):
    try:
        return choose(None, accept, ALL)
    except Problem as problem:
        return problem.status


@given(st.text())
def test_any_header_is_a_choice_or_a_406(accept):
    assert _chosen(accept) in {*ALL, 406}


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, "en"),
        ("fr", "fr"),
        ("fr-CA;q=0.5, en;q=0.4", "fr"),
        ("de, *;q=0.1", "en"),
        (";;", "en"),
    ],
)
def test_language(header, chosen):
    assert negotiation.language(header, ("en", "fr")) == chosen
