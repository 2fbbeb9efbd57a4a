"""A folder of tables described as a Data Package (version 2), made from the resources."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.facts.resource import Resource, kind_of

FILE = "datapackage.json"
_TYPES: dict[str, dict[str, Any]] = {
    "day": {"type": "date"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "flag": {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
    "list": {"type": "string", "description": "Several values, joined by '; '."},
    "partial": {"type": "string", "description": "YYYY-MM-DD, YYYY-MM or YYYY."},
}


def describe(folder: Path, resources: Mapping[str, Resource]) -> dict[str, Any]:
    """The description of the tables that stand in this folder itself."""
    tables = [path for path in sorted(folder.glob("*.csv")) if path.stem in resources]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"synergies-{folder.name}",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": [_table(path, resources[path.stem]) for path in tables],
    }


def text(folder: Path, resources: Mapping[str, Resource]) -> str:
    """What stands in the folder's `datapackage.json`."""
    return json.dumps(describe(folder, resources), indent=1, ensure_ascii=False) + "\n"


def _table(path: Path, resource: Resource) -> dict[str, Any]:
    return {
        "name": resource.name.replace("_", "-"),
        "title": resource.title,
        "type": "table",
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(name, resource) for name in resource.columns],
            "primaryKey": list(resource.key),
        },
    }


def _field(name: str, resource: Resource) -> dict[str, Any]:
    column = resource.columns[name]
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if vocabulary := column.info.get("vocabulary"):
        constraints["enum"] = list(vocabulary)
    field = {"name": name, **_TYPES.get(kind_of(column), {"type": "string"})}
    if table := column.info.get("ref") or column.info.get("refs"):
        field["description"] = f"Of the table {table}."
    return {**field, **({"constraints": constraints} if constraints else {})}
