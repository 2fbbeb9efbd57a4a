"""XLSX: typed cells, the same bytes each time, ready to print."""

import io
import zipfile
from datetime import UTC, datetime

from python_calamine import CalamineWorkbook

from app.kit.tabular import CUT_MARK, write_xlsx

CREATED = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
COLUMNS = ["cas", "name", "share", "many", "flag"]
ROWS = [
    {"cas": "2425-06-1", "name": "=1+1", "share": -0.5, "many": ["a", "b"], "flag": True},
    {"cas": "50-00-0", "name": "https://x.example", "share": 10**17, "many": None, "flag": False},
    {"cas": "", "name": "𝒳" * 20_000, "share": float("nan"), "many": "line\nline"},
]


def _write(rows=ROWS, **more):
    return write_xlsx(rows, COLUMNS, sheet="Listings: a/b", created=CREATED, **more)


def _part(data, name):
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def test_texts_stay_texts_and_numbers_numbers():
    book = CalamineWorkbook.from_filelike(io.BytesIO(_write()))
    assert book.sheet_names == ["Listings  a b"]
    head, one, two, three = book.get_sheet_by_index(0).to_python()
    assert head == COLUMNS
    assert one == ["2425-06-1", "=1+1", -0.5, "a; b", "yes"]
    assert two == ["50-00-0", "https://x.example", "100000000000000000", "", "no"]
    assert three[1].endswith(CUT_MARK)
    assert three[1].startswith("𝒳" * 16_000)
    assert three[2:4] == ["nan", "line\nline"]


def test_same_input_same_bytes():
    assert _write() == _write()
    assert "2026-03-04T05:06:00Z" in _part(_write(), "docProps/core.xml")


def test_layout():
    sheet = _part(_write(title="A & B"), "xl/worksheets/sheet1.xml")
    for sign in (
        'state="frozen"',
        '<autoFilter ref="A1:E4"/>',
        'orientation="landscape"',
        'fitToHeight="0"',
        "&amp;BA &amp;&amp; B",
        "Page &amp;P of &amp;N",
        'numberStoredAsText="1"',
    ):
        assert sign in sheet
    assert "Print_Titles" in _part(_write(), "xl/workbook.xml")
    assert "landscape" not in _part(_write(print_setup=False), "xl/worksheets/sheet1.xml")


def test_no_rows():
    book = CalamineWorkbook.from_filelike(io.BytesIO(_write([])))
    assert book.get_sheet_by_index(0).to_python() == [COLUMNS]
