"""A resource: one table of facts in the form in which people import and export it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Boolean, Column, Float, Integer, Table, UniqueConstraint

from app.db.engine import Row, WriteSession
from app.facts import values
from app.facts.faults import Fault

if TYPE_CHECKING:
    from app.facts.world import World

Key = tuple[Any, ...]
KEY_SEPARATOR = "|"

RowCheck = Callable[[Row, "World"], Iterable[Fault]]
Derive = Callable[[Row], Row]
AfterWrite = Callable[[WriteSession, list[Row]], None]


@dataclass(frozen=True, eq=False)
class Resource:
    """One kind of fact.

    `steward` is the path of references that leads to the convention whose secretariat writes the
    row (`("listing", "annex", "convention")`); an empty path, or a null at its end, means `joint`.
    `check` finds what types and constraints cannot; `derive` fills columns that are computed from
    the row; `after_write` rebuilds what is kept for speed about the written rows.
    """

    name: str
    table: Table
    title: str
    steward: tuple[str, ...] = ()
    check: RowCheck | None = None
    derive: Derive | None = None
    after_write: AfterWrite | None = None
    columns: Mapping[str, Column[Any]] = field(init=False)
    key: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        columns = {c.name: c for c in self.table.columns if not c.info.get("derived")}
        object.__setattr__(self, "columns", columns)
        object.__setattr__(self, "key", tuple(c.name for c in self.table.primary_key.columns))

    def key_of(self, row: Mapping[str, Any]) -> Key:
        """The values that make this row this row."""
        return tuple(row[name] for name in self.key)

    def key_text(self, row: Mapping[str, Any]) -> str:
        """The key as it stands in the log and in messages."""
        return KEY_SEPARATOR.join(str(row[name]) for name in self.key)

    @property
    def unique(self) -> list[tuple[str, ...]]:
        """Columns that, beside the key, no two rows share."""
        held = [c for c in self.table.constraints if isinstance(c, UniqueConstraint)]
        return sorted(tuple(c.columns.keys()) for c in held)

    @property
    def cited(self) -> bool:
        """Whether each row names its source."""
        return "source" in self.columns

    def parse(self, cells: Mapping[str, str]) -> tuple[Row, list[Fault]]:
        """A typed row from texts, and everything that is wrong with them."""
        row: Row = {}
        faults = [
            Fault(
                "unknown_column",
                f"there is no column {name!r}; there are: {', '.join(self.columns)}",
                name,
            )
            for name in cells
            if name not in self.columns and name not in values.CONTROL_COLUMNS
        ]
        for name, column in self.columns.items():
            try:
                row[name] = values.parse(column, kind_of(column), cells.get(name, ""))
            except values.BadValue as error:
                row[name] = None
                faults.append(Fault(error.code, str(error), name))
        return row, faults

    def references(self, row: Row) -> Iterable[tuple[str, str, str]]:
        """(column, table, id) of everything that the row points to."""
        for name, column in self.columns.items():
            value = row.get(name)
            if value is None:
                continue
            if table := column.info.get("ref"):
                yield name, table, value
            elif table := column.info.get("refs"):
                for item in value:
                    yield name, table, item


def kind_of(column: Column[Any]) -> str:
    """How a cell of this column is written."""
    if column.info.get("date"):
        return str(column.info["date"])
    kinds: tuple[tuple[type, str], ...] = (
        (JSON, "list"),
        (Boolean, "flag"),
        (Integer, "integer"),
        (Float, "decimal"),
    )
    for sql_type, kind in kinds:
        if isinstance(column.type, sql_type):
            return kind
    return "text"
