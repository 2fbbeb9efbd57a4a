"""A review's state, phase and outcome on a day, from its events, by the procedure's own rows.

One state machine for all procedures: which states, events and steps there are is data. What the
code knows is how phases follow from them: a committee's phase opens on the first day of the meeting
that takes a review up, and closes with the act that ends it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.conventions.queries import Meeting, Reference
from app.db.engine import Row
from app.kit.dates import last_day_of

CLOSED_STATES = ("decided", "set_aside")
_IN_PART = "_in_part"


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure with its states, events and criteria by name."""

    row: Row
    states: Mapping[str, Row]
    events: Mapping[str, Row]
    criteria: Mapping[str, Row]

    def phase_of(self, state: str) -> str:
        """The phase in which a review of that state lies."""
        return str(self.states[state]["phase"])

    def first_committee_state(self) -> str | None:
        """Where a review stands once the committee has it."""
        return next((s for s, row in self.states.items() if row["phase"] == "committee"), None)


@dataclass(frozen=True, slots=True)
class File:
    """One review as facts: its row, procedure, subjects, events and what hangs on it."""

    row: Row
    procedure: Procedure
    subjects: Sequence[str]
    events: Sequence[Row]
    submissions: Sequence[Row]
    findings: Sequence[Row]
    listing_events: Sequence[str]

    @property
    def id(self) -> str:
        """The review's id."""
        return str(self.row["id"])

    @property
    def convention(self) -> str:
        """Under whose procedure it runs."""
        return str(self.procedure.row["convention"])


@dataclass(frozen=True, slots=True)
class Span:
    """A phase from its first to its last day; `until` is None while it lasts."""

    phase: str
    since: str
    until: str | None


@dataclass
class Progress:
    """How far a review has come by a day."""

    file: File
    day: str
    state: str | None = None
    phase: str | None = None
    outcome: str | None = None
    opened_on: str | None = None
    closed_on: str | None = None
    spans: list[Span] = field(default_factory=list)
    events: list[tuple[str, Row, str]] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Not decided and not set aside."""
        return self.state not in CLOSED_STATES

    def submissions(self) -> list[Row]:
        """What had been submitted by the day; one without a day is shown."""
        return [s for s in self.file.submissions if _begun(s, self.day)]

    def findings(self, reference: Reference) -> list[Row]:
        """Findings of meetings that had ended by the day."""
        found = []
        for finding in self.file.findings:
            meeting = reference.meetings[finding["meeting"]] if finding["meeting"] else None
            if meeting is None or (meeting.last_day or "9999") <= self.day:
                found.append(finding)
        return found

    def sure(self) -> bool:
        """Whether it rests on more than facts of low confidence, which drive no situation."""
        return not self.events or any(e["confidence"] != "low" for _, e, _ in self.events)

    def committee_spans(self) -> list[Span]:
        """When the committee had it."""
        return [span for span in self.spans if span.phase == "committee"]

    def enter(self, phase: str, day: str) -> None:
        """The phase changes on that day, which is the last of the one before."""
        if phase == self.phase:
            return
        if self.spans and self.spans[-1].until is None:
            last = self.spans[-1]
            self.spans[-1] = Span(last.phase, last.since, max(day, last.since))
        self.phase = phase
        self.spans.append(Span(phase, day, None))


def _begun(submission: Row, day: str) -> bool:
    """Whether it may have been there: of a year or month, any day is possible."""
    on = submission["received_on"] or submission["verified_on"]
    return on is None or bool(on <= day[: len(on)])


def event_day(event: Mapping[str, object], meeting: Meeting | None) -> str | None:
    """The day from which an event counts: its own, the last it can mean, or its meeting's last."""
    on = event["on"]
    if on:
        return last_day_of(str(on))
    return meeting.last_day if meeting else None


def replay(file: File, reference: Reference, day: str) -> Progress | None:
    """The review as it stood that day, or None before it began."""
    progress = Progress(file, day)
    for event, when in _dated(file, reference):
        meeting = reference.meetings[event["meeting"]] if event["meeting"] else None
        own = meeting is not None and meeting.row["body"] == file.row["body"]
        started = min(meeting.first_day, when) if own and meeting and meeting.first_day else when
        if when > day:
            # The committee has it from the meeting's first day, before it has said anything.
            if own and started <= day and _takes_up(progress, file.procedure, event):
                _open_committee(progress, file.procedure, started)
            break
        _step(progress, event, when, started if own else None)
    return progress if progress.state else None


def _dated(file: File, reference: Reference) -> list[tuple[Row, str]]:
    """Events with the day from which each counts: none later than what comes after it.

    What goes before a meeting of the committee was there on that meeting's first day, however
    little of its date is known.
    """
    dated: list[tuple[Row, str]] = []
    bound = before_meeting = "9999-12-31"
    later = None
    for event in reversed(file.events):
        meeting = reference.meetings[event["meeting"]] if event["meeting"] else None
        if event["meeting"] is None or event["meeting"] != later:
            bound = before_meeting
        bound = min(bound, event_day(event, meeting) or bound)
        dated.append((event, bound))
        later = event["meeting"]
        own = meeting is not None and meeting.row["body"] == file.row["body"]
        first = meeting.first_day if own and meeting else None
        before_meeting = min(before_meeting, bound, first or bound)
    return dated[::-1]


def _step(progress: Progress, event: Row, when: str, meeting_start: str | None) -> None:
    procedure = progress.file.procedure
    rule = procedure.events[event["kind"]]
    if meeting_start and _takes_up(progress, procedure, event):
        _open_committee(progress, procedure, meeting_start)
    before = progress.state
    state = rule["to_state"] or before
    if state is None or (meeting_start and procedure.phase_of(state) == "submitted"):
        state = procedure.first_committee_state() or state or next(iter(procedure.states))
    progress.opened_on = progress.opened_on or meeting_start or when
    phase = procedure.phase_of(state)
    # A return by the COP leaves it there until the committee's meeting takes it up.
    if phase == "committee" and not meeting_start:
        phase = progress.phase or "submitted"
    progress.enter(phase, when)
    progress.state = state
    if state in CLOSED_STATES and before not in CLOSED_STATES:
        progress.closed_on = when
    elif state not in CLOSED_STATES:
        progress.closed_on = None
        if progress.outcome != "listed":
            progress.outcome = None
    if rule["outcome"] and progress.outcome != "listed":
        progress.outcome = rule["outcome"]
    progress.events.append((when, event, state))


def _takes_up(progress: Progress, procedure: Procedure, event: Row) -> bool:
    """Whether this event, at the committee's own meeting, opens the committee's phase.

    An amended recommendation does not: the file stays before the COP.
    """
    if progress.phase == "committee":
        return False
    target = procedure.events[event["kind"]]["to_state"] or progress.state
    leads_to_committee = target is not None and procedure.phase_of(target) == "committee"
    return leads_to_committee or progress.phase in (None, "submitted", "waiting", "closed")


def _open_committee(progress: Progress, procedure: Procedure, day: str) -> None:
    progress.enter("committee", day)
    if progress.state is None or procedure.phase_of(progress.state) == "submitted":
        progress.state = procedure.first_committee_state()
    progress.opened_on = progress.opened_on or day


def annexes_recommended(progress: Progress, reference: Reference) -> Row | None:
    """The newest recommendation of the committee that names annexes."""
    for _, event, _ in reversed(progress.events):
        meeting = reference.meetings[event["meeting"]] if event["meeting"] else None
        if event["annexes"] and meeting and meeting.row["body"] == progress.file.row["body"]:
            return event
    return None


def cop_considerations(progress: Progress, reference: Reference) -> list[tuple[str, Row]]:
    """(outcome, event) of each COP that had it."""
    return [
        (str(event["kind"]).removesuffix(_IN_PART), event)
        for _, event, _ in progress.events
        if event["meeting"] and _is_cop(reference, event["meeting"])
    ]


def _is_cop(reference: Reference, meeting: str) -> bool:
    body = reference.bodies[reference.meetings[meeting].row["body"]]
    return bool(body["role"] == "cop")


def _in_time(findings: list[Row], reference: Reference) -> list[Row]:
    """A later meeting's finding stands over an earlier one's."""

    def day(finding: Row) -> str:
        meeting = reference.meetings[finding["meeting"]] if finding["meeting"] else None
        return (meeting.last_day if meeting else None) or ""

    return sorted(findings, key=lambda finding: (day(finding), finding["id"]))


def regions_met(progress: Progress, reference: Reference) -> list[str]:
    """PIC regions of the submissions that were found to meet the criteria by the day.

    A submission meets them when the criteria as a whole, or each of them, were found met.
    """
    procedure = progress.file.procedure
    if not procedure.row["regions_required"]:
        return []
    single = {code for code, row in procedure.criteria.items() if not row["whole"]}
    results: dict[str, dict[str, str]] = {}
    for finding in _in_time(progress.findings(reference), reference):
        if finding["submission"]:
            results.setdefault(finding["submission"], {})[finding["criterion"]] = finding["result"]
    regions = set()
    for submission in progress.file.submissions:
        found = results.get(submission["id"], {})
        whole = [r for code, r in found.items() if procedure.criteria[code]["whole"]]
        met = "met" in whole or (single and all(found.get(code) == "met" for code in single))
        if met:
            regions |= {reference.parties[party]["pic_region"] for party in submission["parties"]}
    return sorted(region for region in regions if region)
