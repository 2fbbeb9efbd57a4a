"""Partial ISO dates: `YYYY`, `YYYY-MM` and `YYYY-MM-DD`."""

import calendar
from datetime import UTC, datetime

_YEAR, _MONTH = 4, 7


def today() -> str:
    """The day it is, UTC."""
    return datetime.now(UTC).date().isoformat()


def last_day_of(text: str) -> str:
    """The last day that a partial date can mean."""
    if len(text) == _YEAR:
        return f"{text}-12-31"
    if len(text) == _MONTH:
        year, month = int(text[:4]), int(text[5:])
        return f"{text}-{calendar.monthrange(year, month)[1]:02}"
    return text


def is_day(text: str) -> bool:
    """Whether the text is `YYYY-MM-DD` and that day exists."""
    if len(text) != len("YYYY-MM-DD") or not text.isascii():
        return False
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date().isoformat() == text
    except ValueError:
        return False
