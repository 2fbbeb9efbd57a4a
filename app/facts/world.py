"""The facts as they would stand after a plan: what checks look at."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.db.engine import Row
from app.facts.resource import Key, Resource

Tables = Mapping[str, Mapping[Key, Row]]


class World:
    """Rows by resource and key, with the look-ups that checks need."""

    def __init__(self, resources: Mapping[str, Resource], tables: Tables) -> None:
        self._resources = resources
        self._tables = tables
        self._indexes: dict[tuple[str, str], dict[Any, list[Row]]] = {}

    def get(self, resource: str, *key: Any) -> Row | None:
        """The row of that key, or None."""
        return self._tables.get(resource, {}).get(key)

    def rows(self, resource: str) -> Iterable[Row]:
        """All rows of a resource."""
        return self._tables.get(resource, {}).values()

    def where(self, resource: str, column: str, value: Any) -> list[Row]:
        """Rows in which the column has that value."""
        index = self._indexes.get((resource, column))
        if index is None:
            index = {}
            for row in self.rows(resource):
                index.setdefault(row[column], []).append(row)
            self._indexes[resource, column] = index
        return index.get(value, [])

    def steward_of(self, resource: Resource, row: Row) -> str:
        """Who may write this row: the convention at the end of its steward path, or `joint`."""
        current: Row | None = row
        table = resource.name
        for step in resource.steward:
            value = current.get(step) if current else None
            if value is None:
                return "joint"
            # A convention writes its own row: the one path that ends in a key.
            table = self._resources[table].columns[step].info.get("ref", "conventions")
            if table == "conventions":
                return str(value)
            current = self.get(table, value)
        return "joint"
