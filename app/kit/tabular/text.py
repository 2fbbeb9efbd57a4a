"""CSV (UTF-8, RFC 4180) and NDJSON."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic_core import to_json

from app.kit.tabular.cells import guard, is_number, text

Row = Mapping[str, Any]
_CHUNK = 64 * 1024


def write_csv(rows: Iterable[Row], columns: Sequence[str]) -> bytes:
    """A header and one line a row; what a row lacks is empty, what `columns` lack is left out.

    Texts that a spreadsheet would run as a formula get a leading apostrophe (`read_csv` takes it
    off); numbers typed as numbers are written as they are.
    """
    return b"".join(csv_chunks(rows, columns))


def csv_chunks(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[bytes]:
    """The same in pieces, for tables that should not stand in memory."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([guard(name) for name in columns])
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in columns])
        if buffer.tell() > _CHUNK:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def write_ndjson(rows: Iterable[Row]) -> bytes:
    """One JSON object a line, nested as it is."""
    return b"".join(ndjson_chunks(rows))


def ndjson_chunks(rows: Iterable[Row]) -> Iterator[bytes]:
    """The same in pieces."""
    for row in rows:
        yield to_json(row, inf_nan_mode="null") + b"\n"


def _cell(value: Any) -> str:
    return str(value) if is_number(value) else guard(text(value))
