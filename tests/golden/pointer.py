"""Pointers into an answer (`data[0].cas`, `data[*].id`) and the comparisons of a golden fact."""

import json
import re
from typing import Any

_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+|\*)\]")


def find(answer: Any, pointer: str) -> Any:
    """What stands at the pointer; `[*]` gives a flat list. KeyError or IndexError where nothing does."""
    values, many = [answer], False
    for name, index in _STEP.findall(pointer):
        if index == "*":
            many = True
            values = [item for value in values for item in value]
        elif index:
            values = [value[int(index)] for value in values]
        else:
            values = [value[name] for value in values]
    if not many:
        return values[0]
    return (
        [x for v in values for x in v]
        if values and all(isinstance(v, list) for v in values)
        else values
    )


def scalars(value: Any) -> list[Any]:
    """Every text, number, flag and null inside."""
    if isinstance(value, dict):
        return [found for item in value.values() for found in scalars(item)]
    if isinstance(value, list):
        return [found for item in value for found in scalars(item)]
    return [value]


def holds(found: Any, expected: str) -> bool:
    """Whether `= json`, `contains json`, `not_contains json` or `length n` is true of what was found."""
    operator, _, text = expected.partition(" ")
    wanted = json.loads(text)
    if operator == "=":
        return bool(found == wanted)
    if operator == "length":
        return len(found) == wanted
    if operator == "not_contains" and isinstance(found, list):
        return wanted not in scalars(found)  # ids: parathion-methyl is not parathion
    inside = any(
        wanted == item or (isinstance(wanted, str) and isinstance(item, str) and wanted in item)
        for item in scalars(found)
    )
    if operator in ("contains", "not_contains"):
        return inside == (operator == "contains")
    raise ValueError(f"unknown operator {operator!r}")
