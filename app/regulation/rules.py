"""How an entry stands on a day, from its events; and what must be true of listings.

Adoption is not entry into force: each event has its own days, and a day that is not held is never
computed. An entry without a day in force stays `adopted`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from app.chem import cas
from app.db.engine import Row
from app.facts.faults import Fault
from app.facts.world import World

_ENDS = ("removed", "replaced")


@dataclass(frozen=True, slots=True)
class Entry:
    """One listing as facts: its row, its annex, its events in order, its exemptions."""

    row: Row
    annex: Row
    events: Sequence[Row]
    exemptions: Sequence[Row]
    exemption_years: int | None = None
    duties: Sequence[Row] = ()
    guidelines: Sequence[Row] = ()

    @property
    def id(self) -> str:
        """The listing's id."""
        return str(self.row["id"])

    @property
    def chemical(self) -> str:
        """The entry's own subject."""
        return str(self.row["chemical"])

    @property
    def convention(self) -> str:
        """Whose annex it stands in."""
        return str(self.annex["convention"])


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry on a day: its state, the event that listed it, the wording that holds."""

    entry: Entry
    day: str
    state: str
    added: Row
    ended: Row | None
    events: Sequence[Row]
    printed_name: str | None
    printed_cas: Sequence[str]
    footnotes: Sequence[str]

    @property
    def effect(self) -> str | None:
        """What standing there does: the entry's own, or its annex's."""
        effect: str | None = self.entry.row["effect"] or self.entry.annex["effect"]
        return effect

    @property
    def entry_kind(self) -> str:
        """What the entry is: its own, or its annex's."""
        return str(self.entry.row["entry_kind"] or self.entry.annex["entry_kind"])

    @property
    def listed(self) -> bool:
        """Whether it stands in the annex, in force or adopted."""
        return self.state != "removed"

    def open_exemptions(self) -> list[Row]:
        """Exemptions that are known to be usable on the day."""
        return [row for row in self.entry.exemptions if self.is_open(row)]

    def holds(self, exemption: Row) -> bool:
        """Whether the exemption had been added by the day."""
        return any(event["id"] == exemption["added_by"] for event in self.events)

    def guidelines_due(self) -> bool:
        """Whether the convention asks another for guidelines, and none newer than the listing
        are held."""
        asked = {duty["asked_of"] for duty in self.entry.duties}
        held = [g["adopted_on"] for g in self.entry.guidelines if g["convention"] in asked]
        since = self.added["counts_from"]
        return bool(asked) and not any(on and since <= on <= self.day for on in held)

    def is_open(self, exemption: Row) -> bool | None:
        """Whether it can be used on the day; None where that is not known.

        It cannot once it was removed, expired or closed. A specific exemption that Parties register
        for, without a date of its own, may run out after the years that the convention gives: then
        only a registration that is still running shows it open.
        """
        if not self.listed or not self.holds(exemption):
            return False
        for event in self.events:
            if event["id"] == exemption["removed_by"] and _reached(event["in_force_on"], self.day):
                return False
        ends = [day for day in (exemption["expires_on"], exemption["closed_on"]) if day]
        if ends or not exemption["registrable"] or exemption["kind"] != "specific_exemption":
            return all(day >= self.day for day in ends)
        if any(_runs(row, self.day) for row in exemption["registrations"]):
            return True
        return None if self._may_have_run_out(exemption) else True

    def _may_have_run_out(self, exemption: Row) -> bool:
        years = self.entry.exemption_years
        added = next(event for event in self.events if event["id"] == exemption["added_by"])
        since = added["in_force_on"]
        return bool(years and since and f"{int(since[:4]) + years}{since[4:]}" < self.day)


def _runs(registration: Row, day: str) -> bool:
    withdrawn = registration["withdrawn_on"]
    until = registration["extended_to"] or registration["to_on"]
    begun = registration["from_on"] is None or registration["from_on"] <= day
    return begun and not _reached(withdrawn, day) and until is not None and until >= day


def standing(entry: Entry, day: str) -> Standing | None:
    """The entry on that day, or None before anything was adopted."""
    events = [event for event in entry.events if event["counts_from"] <= day]
    added = next((event for event in events if event["kind"] == "added"), None)
    if added is None:
        return None
    ended = next(
        (e for e in events if e["kind"] in _ENDS and _reached(e["in_force_on"], day)), None
    )
    in_force = "in_force" if _reached(added["in_force_on"], day) else "adopted"
    state = "removed" if ended else in_force
    # The wording that is law; before anything is in force, the wording adopted.
    wording = [event for event in events if _reached(event["in_force_on"], day)] or [added]
    return Standing(
        entry,
        day,
        state,
        added,
        ended,
        events,
        printed_name=_latest(wording, "printed_name") or added["printed_name"],
        printed_cas=_latest(wording, "printed_cas") or added["printed_cas"] or (),
        footnotes=_latest(wording, "footnotes") or added["footnotes"] or (),
    )


def _reached(day: str | None, today: str) -> bool:
    return day is not None and day <= today


def _latest(events: Sequence[Row], column: str) -> Any:
    return next((event[column] for event in reversed(events) if event[column]), None)


def in_order(events: Iterable[Row]) -> list[Row]:
    """Events by adoption; on one day the entry is added before it is amended."""
    rank = {"added": 0, "amended": 1, "replaced": 2, "removed": 2}
    return sorted(events, key=lambda e: (e["counts_from"], rank[e["kind"]], e["id"]))


def counts_from(event: Row, meeting_ends_on: str | None) -> str:
    """The day from which an event is known law: its adoption, or the earliest day held after it."""
    days = (event["adopted_on"], meeting_ends_on, event["communicated_on"], event["in_force_on"])
    return next((day for day in days if day), "9999-12-31")


def check_listing(row: Row, world: World) -> Iterable[Fault]:
    """An entry is added by exactly one event, and its category fits its annex."""
    added = [e for e in world.where("listing_events", "listing", row["id"]) if e["kind"] == "added"]
    if len(added) != 1:
        yield Fault("added_once", f"has {len(added)} events of kind 'added'; it needs one", "id")
    if row["replaced_by"] == row["id"]:
        yield Fault("itself", "an entry cannot replace itself", "replaced_by")
    dgd = world.get("documents", row["dgd"]) if row["dgd"] else None
    if dgd and dgd["kind"] != "dgd":
        yield Fault("document_kind", f"{row['dgd']} is a {dgd['kind']}, no dgd", "dgd")


def check_listing_event(row: Row, world: World) -> Iterable[Fault]:
    """Days in order, decisions that are decisions, and printed numbers that can be numbers."""
    # In force before the communication is no fault: Rotterdam's decisions set the day themselves.
    for column in ("communicated_on", "in_force_on"):
        if row["adopted_on"] and row[column] and row[column] < row["adopted_on"]:
            message = f"{column} {row[column]} is before adopted_on {row['adopted_on']}"
            yield Fault("dates_order", message, column)
    if not any(row[c] for c in ("adopted_on", "adopted_at", "communicated_on", "in_force_on")):
        yield Fault("required", "give a day, or the meeting that adopted it", "adopted_on")
    decision = world.get("documents", row["decision"]) if row["decision"] else None
    if decision and decision["kind"] != "decision":
        yield Fault(
            "document_kind", f"{row['decision']} is a {decision['kind']}, no decision", "decision"
        )
    if row["kind"] == "added" and not row["printed_name"]:
        yield Fault("required", "say what the annex prints", "printed_name")
    if row["printed_name"] and "*" in row["printed_name"]:
        yield Fault("footnote_mark", "leave footnote marks out of the name", "printed_name")
    yield from check_printed_numbers(row, "printed_cas")


def check_printed_numbers(row: Row, column: str) -> Iterable[Fault]:
    """A wrong check digit that a treaty or a Party printed is kept, and explained in the note."""
    for value in row[column] or ():
        try:
            cas.parse(value)
        except cas.BadCheckDigit as error:
            said = f"{value} has a wrong check digit; {error.suggestion} would have the right one"
            if row["note"]:
                yield Fault("cas_check_digit", said, column, severity="warning")
            else:
                message = f"{said}: if it is printed so, say it in the note"
                yield Fault("cas_check_digit", message, column)
        except ValueError:
            yield Fault("cas", f"{value!r} is no CAS RN", column)


def check_exemption(row: Row, world: World) -> Iterable[Fault]:
    """Added and removed by events of its own listing."""
    for column in ("added_by", "removed_by"):
        event = world.get("listing_events", row[column]) if row[column] else None
        if event and event["listing"] != row["listing"]:
            yield Fault("other_listing", f"{row[column]} is an event of {event['listing']}", column)


def check_registration(row: Row, _world: World) -> Iterable[Fault]:
    """From before to."""
    days = [(name, row[name]) for name in ("from_on", "to_on", "extended_to") if row[name]]
    for (before, earlier), (after, later) in pairwise(days):
        if later < earlier:
            yield Fault("dates_order", f"{after} {later} is before {before} {earlier}", after)
