"""Cells to typed values and back: what a date, a list or a flag looks like in a spreadsheet."""

import calendar
import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import Column

from app.kit.tabular import split

# Columns of a file that speak about the row instead of the fact.
CONTROL_COLUMNS = ("withdrawn",)

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_FLAGS = {"yes": True, "no": False}
_CELL_MAX = 20_000
# PostgreSQL indexes at most 2,704 bytes; a key may have several parts.
INDEXED_MAX = 2_000


class BadValue(ValueError):
    """A cell that cannot be read."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def parse(column: Column[Any], kind: str, cell: str) -> Any:
    """The value of a cell; None when it is empty."""
    cell = cell.strip()
    if not cell:
        if not column.nullable:
            raise BadValue("required", "a value is required")
        return None
    if len(cell) > _CELL_MAX:
        raise BadValue("too_long", f"longer than {_CELL_MAX} characters")
    if column.primary_key and len(cell.encode()) > INDEXED_MAX:
        raise BadValue("too_long", f"longer than {INDEXED_MAX} bytes, which no index can hold")
    if "\x00" in cell:
        raise BadValue("nul", "holds a NUL character")
    value = _PARSERS[kind](cell)
    vocabulary = column.info.get("vocabulary")
    if vocabulary is not None and value not in vocabulary:
        raise BadValue("vocabulary", f"{value!r} is none of: {', '.join(vocabulary)}")
    if column.name == "id" and not _SLUG.fullmatch(cell):
        raise BadValue("slug", "an id has letters, digits, '.', '_' and '-' only")
    return value


def is_date(text: str, *, partial: bool) -> bool:
    """Whether `YYYY-MM-DD` (or, partial, `YYYY-MM`, `YYYY`) names a day that exists."""
    match = _DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = match.groups()
    if not partial and day is None:
        return False
    if int(year) < 1 or (month and not 1 <= int(month) <= 12):
        return False
    return day is None or 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1]


def _day(cell: str) -> str:
    if not is_date(cell, partial=False):
        raise BadValue("date", f"{cell!r} is no day of the form YYYY-MM-DD")
    return cell


def _partial(cell: str) -> str:
    if not is_date(cell, partial=True):
        raise BadValue("date", f"{cell!r} is no date of the form YYYY-MM-DD, YYYY-MM or YYYY")
    return cell


def _flag(cell: str) -> bool:
    try:
        return _FLAGS[cell.lower()]
    except KeyError:
        raise BadValue("flag", f"{cell!r} is neither yes nor no") from None


def _integer(cell: str) -> int:
    if not re.fullmatch(r"-?\d{1,9}", cell, re.ASCII):
        raise BadValue("number", f"{cell!r} is no whole number of at most nine digits")
    return int(cell)


def _decimal(cell: str) -> float:
    # float() would also take 1_000, inf and nan.
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", cell, re.ASCII):
        raise BadValue("number", f"{cell!r} is no number (with a decimal point)")
    return float(cell)


def _list(cell: str) -> list[str] | None:
    return split(cell) or None


_PARSERS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "day": _day,
    "partial": _partial,
    "flag": _flag,
    "integer": _integer,
    "decimal": _decimal,
    "list": _list,
}
