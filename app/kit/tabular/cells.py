"""What one value looks like in a table, and back."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic_core import to_json

SEPARATOR = "; "
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def flatten(row: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """One level: nested names are dotted, lists become one text, scalars stay what they are.

    A list of scalars is joined by `; `, a list of anything else becomes JSON text.
    """
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Mapping) and value:
            flat |= flatten(value, f"{prefix}{name}.")
        elif isinstance(value, Mapping):
            flat[prefix + name] = None
        elif _is_list(value):
            flat[prefix + name] = _list_text(value)
        else:
            flat[prefix + name] = value
    return flat


def text(value: Any) -> str:
    """A cell's text: None is empty, booleans are yes and no, dates ISO 8601, lists joined."""
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return _json(value)
    return _list_text(value) if _is_list(value) else str(value)


def is_number(value: Any) -> bool:
    """Whether a cell is to be typed as a number (booleans are words)."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool | Enum)


def join(items: Sequence[Any]) -> str:
    """Scalars as one text, `; ` between them; `split` takes it apart again.

    Where an item would be taken apart wrongly (it holds a `;`, is empty or has space around it) the
    text is a JSON array instead.
    """
    texts = [text(item) for item in items]
    plain = all(item.strip() == item != "" and ";" not in item for item in texts)
    if plain and not (texts and texts[0].startswith('["')):
        return SEPARATOR.join(texts)
    return _json(texts) if texts else ""


def split(cell: str) -> list[str]:
    """The items of a joined cell; also of one typed by hand, with or without spaces."""
    if cell.startswith('["'):
        try:
            items = json.loads(cell)
        except ValueError:
            items = None
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            return items
    return [item.strip() for item in cell.split(";") if item.strip()]


def guard(cell: str) -> str:
    """`cell` such that no spreadsheet takes it for a formula: an apostrophe in front if need be."""
    return f"'{cell}" if _guarded(cell) else cell


def unguard(cell: str) -> str:
    """Undoes `guard`, exactly."""
    return cell[1:] if cell.startswith("'") and _guarded(cell) else cell


def _guarded(cell: str) -> bool:
    # Texts that have such an apostrophe of their own get one more, or reading would take theirs.
    return cell.lstrip("'").startswith(_FORMULA)


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple | set | frozenset)


def _list_text(value: Any) -> str:
    # Sets have no order: sorted, so that the same fact is always the same text.
    items = sorted(value, key=text) if isinstance(value, set | frozenset) else list(value)
    if any(isinstance(item, Mapping) or _is_list(item) for item in items):
        return _json(items)
    return join(items)


def _json(value: Any) -> str:
    return to_json(value, inf_nan_mode="null", fallback=str).decode()
