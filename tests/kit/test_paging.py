"""Cursors come back as they went out, or are refused."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.kit.http import paging
from app.kit.http.problems import Problem

VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False)
)
POSITIONS = st.dictionaries(st.text(), VALUES | st.lists(VALUES), max_size=4)
SCOPE = paging.scope_of("/things", {"kind": "a", "none": None}, "name")


@given(POSITIONS)
def test_round_trip(position):
    cursor = paging.encode(position, SCOPE)
    assert paging.decode(cursor, SCOPE) == position
    assert cursor.replace("-", "a").replace("_", "a").isalnum()


@given(POSITIONS, st.data())
def test_an_edited_cursor_is_refused(position, data):
    cursor = paging.encode(position, SCOPE)
    place = data.draw(st.integers(0, len(cursor) - 1))
    letter = data.draw(st.sampled_from("ABCabc019-_=+/é \n"))
    edited = cursor[:place] + letter + cursor[place + 1 :]
    assume(edited != cursor)
    _refused(edited, "cursor_invalid")


@given(st.text())
def test_anything_else_is_refused(text):
    _refused(text, "cursor_invalid")


def test_a_cursor_of_another_query_is_refused():
    for other in (("/other", {"kind": "a"}, "name"), ("/things", {"kind": "b"}, "name")):
        _refused(paging.encode({"id": 1}, paging.scope_of(*other)), "cursor_of_another_query")


def _refused(cursor, code):
    with pytest.raises(Problem) as caught:
        paging.decode(cursor, SCOPE)
    assert caught.value.status == 422
    assert [(e["parameter"], e["code"]) for e in caught.value.errors] == [("cursor", code)]


def test_scopes():
    assert paging.scope_of("/things", {"kind": "a"}, "name") == SCOPE
    assert paging.scope_of("/things", {"kind": "a"}) != SCOPE


def test_next_url_and_link():
    url = paging.next_url("http://h/x?limit=5&cursor=old&q=%C3%A9", "new")
    assert url == "http://h/x?limit=5&q=%C3%A9&cursor=new"
    assert paging.next_url("http://h/x", "c") == "http://h/x?cursor=c"
    assert paging.link_header(None, url) == f'<{url}>; rel="next"'
    assert "\r" not in paging.link_header('http://h/>"\r\nX: 1', None)
    assert paging.link_header(None) == ""
