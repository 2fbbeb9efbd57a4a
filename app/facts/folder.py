"""A folder of CSV tables, as seed data comes: each file is named after its resource."""

from collections.abc import Mapping
from pathlib import Path

from app.facts.faults import Fault
from app.facts.plan import Incoming
from app.facts.resource import Resource
from app.kit.tabular import TabularError, read_csv


def read(
    folder: Path, resources: Mapping[str, Resource]
) -> tuple[dict[str, list[Incoming]], list[Fault]]:
    """Rows by resource from every `<resource>.csv` in the folder and below it."""
    incoming: dict[str, list[Incoming]] = {name: [] for name in resources}
    faults: list[Fault] = []
    files = sorted(folder.rglob("*.csv"))
    if not files:
        faults.append(Fault("empty", "there is no CSV file in this folder", file=str(folder)))
    for path in files:
        file = path.relative_to(folder).as_posix()
        if path.stem not in resources:
            message = f"{path.stem!r} is no table; tables are: {', '.join(resources)}"
            faults.append(Fault("unknown_table", message, file=file))
            continue
        try:
            incoming[path.stem] += [Incoming(file, line, cells) for line, cells in read_csv(path)]
        except TabularError as error:
            faults.append(Fault("unreadable", error.message, error.column, file, error.row))
    return incoming, faults
