"""A data folder in the making: rows by table, written as the CSV files that people would bring."""

import csv
from pathlib import Path
from typing import Any

from app.registry import RESOURCES

SOURCE = "made-up-source"


def cell(value: Any) -> str:
    """A value as a person writes it in a table."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(value)
    return str(value)


class Folder:
    """Rows by table. Cited rows rest on one made-up source unless they say otherwise."""

    def __init__(self, *, with_source: bool = True) -> None:
        self.tables: dict[str, list[dict[str, str]]] = {}
        if with_source:
            self.add(
                "sources",
                id=SOURCE,
                title="A made-up source",
                document="MADE/UP/1",
                kind="treaty_text",
            )

    def add(self, table: str, **cells: Any) -> "Folder":
        """One more row; returns the folder, so that calls chain."""
        row = {name: cell(value) for name, value in cells.items()}
        if table in RESOURCES and RESOURCES[table].cited:
            row = {"source": SOURCE, "seen": "yes", "confidence": "high", **row}
        self.tables.setdefault(table, []).append(row)
        return self

    def row(self, table: str, place: int = -1) -> dict[str, str]:
        """A row that was added, to be changed in place."""
        return self.tables[table][place]

    def without(self, table: str, place: int = -1) -> "Folder":
        """Take a row out."""
        del self.tables[table][place]
        return self

    def write(self, path: Path) -> Path:
        """The folder on disk: a file for each table, the header in the order of first use."""
        path.mkdir(parents=True, exist_ok=True)
        for table, rows in self.tables.items():
            if not rows:
                continue
            header = list(dict.fromkeys(name for row in rows for name in row))
            with (path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        return path

    def chemical(self, id: str, kind: str = "substance", **cells: Any) -> "Folder":
        """A chemical of that id and name."""
        return self.add("chemicals", id=id, name=cells.pop("name", id), kind=kind, **cells)


def small() -> Folder:
    """Two conventions, each with a committee, a COP, a procedure, an annex and a listed chemical."""
    made = Folder()
    for place, (name, code) in enumerate((("alder", "AL"), ("birch", "BI")), 1):
        made.add("conventions", id=name, name=f"{name} convention", short_name=name, code=code,
                 order=place, exemption_years=5)  # fmt: skip
        made.add("bodies", id=f"{name}-committee", convention=name, name=f"{name} committee",
                 label=f"{code}R", role="chemical_review")  # fmt: skip
        made.add("bodies", id=f"{name}-cop", convention=name, name=f"{name} cop",
                 label=f"{code} COP", role="cop")  # fmt: skip
        meeting(made, f"{name}-committee-1", f"{name}-committee", f"{code}R-1",
                "2010-05-03", "2010-05-07")  # fmt: skip
        meeting(made, f"{name}-cop-1", f"{name}-cop", f"{code} COP-1", "2011-06-06", "2011-06-10")
        made.add("annexes", id=f"{name}-a", convention=name, code="A", title="Annex A",
                 entry_kind="chemical", effect="eliminate", order=1)  # fmt: skip
        procedure(made, f"{name}-listing", name)
        made.chemical(f"{name}ine")
        listing(made, f"{name}-a-{name}ine", f"{name}-a", f"{name}ine", adopted_on="2011-06-10",
                adopted_at=f"{name}-cop-1", in_force_on="2012-06-10")  # fmt: skip
    made.add("parties", id="AAA", name="Aland", pic_region="africa", kind="state")
    review(
        made, "alder-review", "alder-committee", "alder-listing", "alderine",
        ("submitted", "2010-01-15", None), ("recommended", "2010-05-06", "alder-committee-1"),
        ("listed", "2011-06-10", "alder-cop-1"),
    )  # fmt: skip
    made.add("review_listings", review="alder-review", listing_event="alder-a-alderine-added")
    return made


def meeting(made: Folder, id: str, body: str, label: str, first: str, last: str) -> None:
    """A meeting that was held, of one segment."""
    made.add("meetings", id=id, body=body, label=label, title=f"Meeting {label}", status="held")
    made.add("meeting_segments", meeting=id, sequence=1, starts_on=first, ends_on=last)


def procedure(made: Folder, id: str, convention: str) -> None:
    """Submitted, screened, recommended, decided."""
    made.add("procedures", id=id, convention=convention, kind="listing", name=id)
    for order, (state, phase) in enumerate(
        (("submitted", "submitted"), ("screening", "committee"), ("recommended", "cop"),
         ("decided", "closed"), ("set_aside", "closed")), 1,
    ):  # fmt: skip
        made.add("procedure_states", procedure=id, state=state, order=order, label=state,
                 phase=phase)  # fmt: skip
    for event, before, after, outcome, begins in (
        ("submitted", None, "submitted", None, True),
        ("considered", ["submitted", "screening"], "screening", None, True),
        ("recommended", ["submitted", "screening"], "recommended", None, True),
        ("listed", ["recommended"], "decided", "listed", False),
        ("set_aside", ["submitted", "screening"], "set_aside", "set_aside", True),
    ):
        made.add("procedure_events", procedure=id, event=event, label=event, from_states=before,
                 to_state=after, outcome=outcome, begins=begins)  # fmt: skip
    made.add("criteria", procedure=id, code="all", order=1, label="All criteria", whole=True)


def listing(made: Folder, id: str, annex: str, chemical: str, **event: Any) -> None:
    """An entry with the event that added it."""
    made.add("listings", id=id, annex=annex, chemical=chemical, order=1)
    printed = event.pop("printed_name", chemical)
    made.add("listing_events", id=f"{id}-added", listing=id, kind="added", printed_name=printed,
             **event)  # fmt: skip


def review(
    made: Folder, id: str, body: str, procedure: str, chemical: str, *events: tuple[Any, Any, Any]
) -> None:
    """A review with its events: kind, day, meeting."""
    made.add("reviews", id=id, body=body, procedure=procedure, chemical=chemical)
    for number, (kind, on, meeting_id) in enumerate(events, 1):
        made.add("review_events", review=id, number=number, kind=kind, on=on, meeting=meeting_id)
