"""CSV and NDJSON: what is written is read back, and what is damaged is refused."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.tabular import (
    TabularError,
    csv_chunks,
    flatten,
    join,
    read_csv,
    split,
    write_csv,
    write_ndjson,
)

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
CELLS = TEXTS | st.builds(str.__add__, st.sampled_from(["=", "'", "''-", "@", "\t", "\r"]), TEXTS)


@given(st.lists(st.fixed_dictionaries({"a": CELLS, "b c": CELLS})))
def test_texts_come_back_as_they_were(rows):
    data = write_csv(rows, ["a", "b c"])
    assert list(read_csv(data)) == list(enumerate(rows, start=2))
    for record in csv.reader(io.StringIO(data.decode(), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in record)


@given(st.lists(CELLS))
def test_one_column_too(cells):
    assert [row["a"] for _, row in read_csv(write_csv([{"a": c} for c in cells], ["a"]))] == cells


def test_cells_of_every_kind():
    row = {
        "none": None,
        "yes": True,
        "number": -5,
        "decimal": Decimal("-1.50"),
        "text": "-5",
        "day": date(2026, 1, 2),
        "cas": "2425-06-1",
        "list": ["a", "b"],
        "quote": 'say "x", y',
    }
    data = write_csv([row], [*row, "absent"]).decode()
    assert data.split("\r\n")[1:] == [
        ',yes,-5,-1.50,\'-5,2026-01-02,2425-06-1,a; b,"say ""x"", y",',
        "",
    ]


def test_large_tables_come_in_pieces():
    rows = [{"a": "x" * 1000, "n": n} for n in range(300)]
    pieces = list(csv_chunks(rows, ["a", "n"]))
    assert len(pieces) > 3
    assert b"".join(pieces) == write_csv(rows, ["a", "n"])
    assert len(list(read_csv(b"".join(pieces)))) == 300


def test_flatten():
    row = {"id": 1, "a": {"b": {"c": None}, "d": {}}, "l": ["x", 2], "o": [{"k": 1}], "e": []}
    assert flatten(row) == {
        "id": 1, "a.b.c": None, "a.d": None, "l": "x; 2", "o": '[{"k":1}]', "e": "",
    }  # fmt: skip


@given(st.lists(TEXTS))
def test_joined_lists_come_apart_again(items):
    assert split(join(items)) == items


def test_lists_typed_by_hand():
    assert split(" a;b ;; c") == ["a", "b", "c"]
    assert split("[1,1'-biphenyl]-4-ol") == ["[1,1'-biphenyl]-4-ol"]


@pytest.mark.parametrize(
    ("data", "row", "column"),
    [
        (b"", 1, None),
        (b"\n1\n", 1, None),
        (b"a,\n", 1, None),
        (b"a,b,a\n", 1, "a"),
        (b"a, b\n", 1, " b"),
        (b"a,b\n1,2\n3\n", 3, "b"),
        (b"a,b\n1,2,3\n", 2, None),
        (b'a,b\n"1\n2",3\n\n4,5\n', 3, None),
        (b'a\n"x"y\n', 2, None),
        (b'a\n"x\n', 2, None),
        (b"a\n\xff\n", None, None),
        (b"a\nx\0\n", None, None),
    ],
)
def test_damaged_files_are_refused(data, row, column):
    with pytest.raises(TabularError) as caught:
        list(read_csv(data))
    assert (caught.value.row, caught.value.column) == (row, column)


def test_byte_order_mark_path_and_empty_lines_at_the_end(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"\xef\xbb\xbfa\r\n'=1\r\n\r\n\r\n")
    assert list(read_csv(path)) == [(2, {"a": "=1"})]


def test_the_header_is_judged_before_any_row_is_asked_for():
    with pytest.raises(TabularError):
        read_csv(b"a,a\n")


def test_ndjson():
    lines = write_ndjson([{"a": [1]}, {"a": "x\ny"}]).decode().splitlines()
    assert [json.loads(line) for line in lines] == [{"a": [1]}, {"a": "x\ny"}]
