"""Tables in and out: CSV, NDJSON and XLSX from flat rows, and a strict CSV reader."""

from app.kit.tabular.cells import flatten, join, split
from app.kit.tabular.errors import TabularError
from app.kit.tabular.read import read_csv
from app.kit.tabular.text import csv_chunks, ndjson_chunks, write_csv, write_ndjson
from app.kit.tabular.xlsx import CUT_MARK, write_xlsx

__all__ = [
    "CUT_MARK",
    "TabularError",
    "csv_chunks",
    "flatten",
    "join",
    "ndjson_chunks",
    "read_csv",
    "split",
    "write_csv",
    "write_ndjson",
    "write_xlsx",
]
