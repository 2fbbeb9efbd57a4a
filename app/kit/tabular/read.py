"""A strict CSV reader: a fact is never read from a damaged file as if it were whole."""

import csv
import io
from collections.abc import Iterator
from os import PathLike
from pathlib import Path

from app.kit.tabular.cells import unguard
from app.kit.tabular.errors import TabularError


def read_csv(source: bytes | PathLike[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Row number (the header is row 1) and cells by header, as text.

    UTF-8 with or without a byte order mark, commas, quotes as in RFC 4180; a guarding apostrophe is
    taken off. Raises TabularError, before the first row for what concerns the whole file: bad
    UTF-8, NUL, no header, empty or repeated names; at its row for ragged, empty or misquoted ones.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    reader = csv.reader(io.StringIO(_decoded(data), newline=""), strict=True)
    records = enumerate(_records(reader), start=1)
    header = _header(next(records, (1, []))[1])
    return _rows(records, header)


def _rows(
    records: Iterator[tuple[int, list[str]]], header: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    empty: int | None = None
    for number, cells in records:
        if not cells:
            empty = empty or number
            continue
        if empty is not None:  # at the end of a file they are harmless
            raise TabularError("the row is empty", empty)
        if len(cells) != len(header):
            message = f"{len(cells)} cells where the header has {len(header)}"
            column = header[len(cells)] if len(cells) < len(header) else None
            raise TabularError(message, number, column)
        yield number, {name: unguard(cell) for name, cell in zip(header, cells, strict=True)}


def _records(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    number = 0
    try:
        for record in reader:
            number += 1
            yield record
    except csv.Error as error:
        raise TabularError(f"not CSV: {error}", number + 1) from None


def _header(names: list[str]) -> list[str]:
    names = [unguard(name) for name in names]
    if not names:
        raise TabularError("there is no header", 1)
    for position, name in enumerate(names, start=1):
        if not name.strip():
            raise TabularError(f"column {position} has no name", 1)
        if name != name.strip():
            raise TabularError("the name has space around it", 1, name)
        if name in names[: position - 1]:
            raise TabularError("the name stands twice in the header", 1, name)
    return names


def _decoded(data: bytes) -> str:
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise TabularError(f"a NUL byte in line {line}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TabularError(f"not UTF-8 in line {line}") from None
