"""Whole folders of facts into a database, or checked by themselves."""

from collections.abc import Iterable
from pathlib import Path

from app.chem import structures
from app.chemicals import search
from app.chemicals.rules import check_structure
from app.db import Database
from app.facts import apply, folder, package
from app.facts.faults import Fault, Rejected
from app.facts.plan import Incoming, Plan, make
from app.registry import RESOURCES


def is_empty(db: Database) -> bool:
    """Whether nothing was ever written."""
    return db.revision() == 0


def load_folder(db: Database, path: Path, *, reason: str, dry_run: bool = False) -> Plan:
    """Plan a folder against the database and apply it as one revision; all of it or nothing.

    Raises `Rejected` with every fault, placed by file, row and column.
    """
    incoming, faults = folder.read(path, RESOURCES)
    with db.write() as session:
        plan = apply.plan_load(session, RESOURCES, incoming, _unreadable(faults))
        plan.faults[:0] = faults
        if plan.errors:
            raise Rejected(plan.errors)
        if not dry_run:
            apply.apply(session, plan, actor="loader", reason=reason, kind="load")
    return plan


def check_folder(path: Path) -> Plan:
    """All that loading into an empty database would find, and structures against formulas."""
    incoming, faults = folder.read(path, RESOURCES)
    plan = make(RESOURCES, incoming, {}, {}, _unreadable(faults))
    plan.faults[:0] = faults
    plan.faults += _structure_faults(plan, incoming["identifiers"])
    return plan


def _unreadable(faults: Iterable[Fault]) -> set[str]:
    """Tables of which a file could not be read whole."""
    return {Path(fault.file).stem for fault in faults if fault.file and fault.code == "unreadable"}


def rebuild_derived(db: Database) -> None:
    """Make anew what is kept for speed beside the facts: the index of names."""
    with db.write() as session:
        search.rebuild(session)


def describe_folder(path: Path) -> list[Path]:
    """Write `datapackage.json` beside the tables of every folder; those that changed."""
    written = []
    for folder_path in sorted({table.parent for table in path.rglob("*.csv")}):
        target = folder_path / package.FILE
        text = package.text(folder_path, RESOURCES)
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
            written.append(target)
    return written


def _structure_faults(plan: Plan, rows: Iterable[Incoming]) -> Iterable[Fault]:
    if not structures.available():
        yield Fault(
            "no_rdkit",
            "structures were not verified: install the extra `structures`",
            severity="warning",
        )
        return
    if plan.world is None:
        return
    for entry in rows:
        if entry.cells.get("scheme") == "smiles":
            row, faults = RESOURCES["identifiers"].parse(entry.cells)
            if not faults:
                for fault in check_structure(row, plan.world):
                    yield fault.at(entry.file, entry.line)
