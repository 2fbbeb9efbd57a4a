"""The law of one revision: every entry with its events, and chemicals as lists show them."""

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.chemicals import queries as chemicals
from app.conventions.queries import reference
from app.db import metadata
from app.db.engine import ReadSession, Row
from app.regulation import models
from app.regulation.rules import Entry, Standing, counts_from, in_order, standing


@dataclass(frozen=True, slots=True)
class Law:
    """Every entry ever listed, in printed order, and the ways to find one."""

    entries: Sequence[Entry]
    annexes: Mapping[str, Row]
    by_id: Mapping[str, Entry]
    by_chemical: Mapping[str, Sequence[Entry]]
    by_event: Mapping[str, Entry]
    by_printed_cas: Mapping[str, Sequence[Entry]]

    def on(self, day: str) -> list[Standing]:
        """Every entry that had been adopted by that day, removed ones too."""
        return [found for entry in self.entries if (found := standing(entry, day))]


def law(session: ReadSession) -> Law:
    """The law of this revision."""
    return session.remember("law", lambda: _read(session))


def standings(session: ReadSession, day: str) -> Mapping[str, Standing]:
    """How every entry stands on a day, by id and in printed order; not those adopted later."""
    return session.remember_day(
        "standings", day, lambda: {found.entry.id: found for found in law(session).on(day)}
    )


def _read(session: ReadSession) -> Law:
    annexes = {row["id"]: row for row in session.rows(select(models.annexes))}
    conventions = reference(session).conventions
    order = {key: row["order"] for key, row in conventions.items()}
    events: dict[str, list[Row]] = defaultdict(list)
    meetings = reference(session).meetings
    for row in session.rows(select(models.listing_events)):
        adopted_at = meetings[row["adopted_at"]] if row["adopted_at"] else None
        row["counts_from"] = counts_from(row, adopted_at.last_day if adopted_at else None)
        events[row["listing"]].append(row)
    exemptions: dict[str, list[Row]] = defaultdict(list)
    registrations: dict[str, list[Row]] = defaultdict(list)
    for row in session.rows(select(models.registrations).order_by(models.registrations.c.id)):
        registrations[row["exemption"]].append(row)
    for row in session.rows(select(models.exemptions).order_by(models.exemptions.c.id)):
        row["registrations"] = registrations[row["id"]]
        exemptions[row["listing"]].append(row)
    guidelines: dict[str, list[Row]] = defaultdict(list)
    for row in session.rows(select(models.guidelines).order_by(models.guidelines.c.id)):
        guidelines[row["chemical"]].append(row)
    duties = session.rows(select(models.duties).order_by(models.duties.c.id))
    entries = [
        Entry(
            row,
            annexes[row["annex"]],
            in_order(events[row["id"]]),
            exemptions[row["id"]],
            conventions[annexes[row["annex"]]["convention"]]["exemption_years"],
            [duty for duty in duties if duty["convention"] == annexes[row["annex"]]["convention"]],
            guidelines[row["chemical"]],
        )
        for row in session.rows(select(models.listings))
    ]
    entries.sort(
        key=lambda e: (order[e.convention], e.annex["order"], e.annex["id"], e.row["order"], e.id)
    )
    by_chemical: dict[str, list[Entry]] = defaultdict(list)
    by_printed_cas: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_chemical[entry.chemical].append(entry)
        for number in {n for event in entry.events for n in event["printed_cas"] or ()}:
            by_printed_cas[number].append(entry)
    return Law(
        entries=entries,
        annexes=annexes,
        by_id={entry.id: entry for entry in entries},
        by_chemical=dict(by_chemical),
        by_event={event["id"]: entry for entry in entries for event in entry.events},
        by_printed_cas=dict(by_printed_cas),
    )


def briefs(session: ReadSession, ids: Iterable[str]) -> Mapping[str, Row]:
    """Chemicals as they stand anywhere: id, name, kind, cas. Two queries at most.

    Those that treaties and committees point to are read once a revision.
    """
    wanted = set(ids)
    known = session.remember("briefs", lambda: _brief(session, _pointed_to(session)))
    missing = wanted - known.keys()
    return ChainMap(_brief(session, missing), known) if missing else known


def _pointed_to(session: ReadSession) -> set[str]:
    tables = metadata.tables
    reviewed = {row[0] for row in session.tuples(select(tables["reviews"].c.chemical))}
    subjects = {row[0] for row in session.tuples(select(tables["review_subjects"].c.chemical))}
    submitted = {row[0] for row in session.tuples(select(tables["submissions"].c.chemical))}
    return (
        set(law(session).by_chemical)
        | chemicals.families(session).ids
        | reviewed
        | subjects
        | submitted
    )


def _brief(session: ReadSession, ids: set[str]) -> dict[str, Row]:
    rows = chemicals.rows_by_id(session, ids)
    numbers = chemicals.cas_by_id(session, ids)
    return {
        key: {
            "id": key,
            "name": row["name"],
            "kind": row["kind"],
            "cas": numbers.get(key) or printed_numbers(law(session), key),
        }
        for key, row in rows.items()
    }


def printed_numbers(rules: Law, chemical: str) -> list[str]:
    """For a chemical without numbers of its own, those printed in its entries."""
    found: dict[str, None] = {}
    for entry in rules.by_chemical.get(chemical, ()):
        for event in entry.events:
            found.update(dict.fromkeys(event["printed_cas"] or ()))
    return list(found)
