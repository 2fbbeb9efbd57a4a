"""What must be true of reviews, their events, findings and submissions, and of procedures."""

from collections.abc import Iterable

from app.db.engine import Row
from app.facts.faults import Fault
from app.facts.world import World
from app.kit.dates import last_day_of
from app.regulation.rules import check_printed_numbers


def check_review(row: Row, world: World) -> Iterable[Fault]:
    """Body, procedure and predecessor belong together, and the events obey the procedure."""
    body, procedure = world.get("bodies", row["body"]), world.get("procedures", row["procedure"])
    if body and procedure and body["convention"] != procedure["convention"]:
        yield Fault(
            "other_convention", f"{row['procedure']} is no procedure of {row['body']}", "procedure"
        )
    events = sorted(world.where("review_events", "review", row["id"]), key=lambda e: e["number"])
    if not events:
        yield Fault("no_event", "a review needs at least one event", "id")
    state = None
    for event in events:
        rule = world.get("procedure_events", row["procedure"], event["kind"])
        if rule is None:
            continue  # reported with the event
        if state is None and not rule["begins"]:
            yield Fault(
                "procedure",
                f"event {event['number']}: no review begins with {event['kind']!r}",
                "id",
            )
        elif state and rule["from_states"] and state not in rule["from_states"]:
            message = f"event {event['number']}: {event['kind']!r} cannot follow in state {state!r}"
            yield Fault("procedure", message, "id")
        state = rule["to_state"] or state or "submitted"


def check_review_event(row: Row, world: World) -> Iterable[Fault]:
    """Known to the procedure, on a day, in time order."""
    review = world.get("reviews", row["review"])
    if review and world.get("procedure_events", review["procedure"], row["kind"]) is None:
        known = sorted(
            e["event"] for e in world.where("procedure_events", "procedure", review["procedure"])
        )
        yield Fault(
            "procedure",
            f"{row['kind']!r} is no event of {review['procedure']}; events are: {', '.join(known)}",
            "kind",
        )
    if (
        row["amends"] is not None
        and world.get("review_events", row["review"], row["amends"]) is None
    ):
        yield Fault("unknown_reference", f"the review has no event {row['amends']}", "amends")
    if not row["on"] and not row["meeting"]:
        yield Fault("required", "give the day or the meeting", "on")
    days = _earliest_and_latest(row, world)
    if days and row["on"] and row["meeting"]:
        first, last = _meeting_days(row["meeting"], world)
        if first and last and not (row["on"][:10] <= last and last_day_of(row["on"]) >= first):
            yield Fault(
                "dates_order",
                f"{row['on']} is not within {row['meeting']} ({first} to {last})",
                "on",
            )
    for other in world.where("review_events", "review", row["review"]):
        if other["number"] == row["number"] - 1:
            before = _earliest_and_latest(other, world)
            if before and days and before[0] > days[1]:
                yield Fault("dates_order", f"is earlier than event {other['number']}", "on")


def _meeting_days(meeting: str, world: World) -> tuple[str | None, str | None]:
    segments = world.where("meeting_segments", "meeting", meeting)
    if not segments:
        return None, None
    return min(s["starts_on"] for s in segments), max(s["ends_on"] for s in segments)


def _earliest_and_latest(event: Row, world: World) -> tuple[str, str] | None:
    if event["on"]:
        return event["on"], last_day_of(event["on"])
    if event["meeting"]:
        first, last = _meeting_days(event["meeting"], world)
        if first and last:
            return first, last
    return None


def check_finding(row: Row, world: World) -> Iterable[Fault]:
    """Against a criterion of the review's procedure, of a submission that feeds the review."""
    review = world.get("reviews", row["review"])
    if review and world.get("criteria", review["procedure"], row["criterion"]) is None:
        yield Fault(
            "criterion",
            f"{row['criterion']!r} is no criterion of {review['procedure']}",
            "criterion",
        )
    if (
        row["submission"]
        and world.get("review_submissions", row["review"], row["submission"]) is None
    ):
        yield Fault(
            "unlinked",
            f"{row['submission']} does not feed {row['review']} (review_submissions)",
            "submission",
        )


def check_submission(row: Row, world: World) -> Iterable[Fault]:
    """Made by a Party, received before it was verified."""
    if not world.where("submission_parties", "submission", row["id"]):
        yield Fault("no_party", "a submission needs a row in submission_parties", "id")
    received, verified = row["received_on"], row["verified_on"]
    if received and verified and received > last_day_of(verified):
        yield Fault("dates_order", f"verified before it was received ({received})", "verified_on")
    yield from check_printed_numbers(row, "cas_as_submitted")


def check_procedure_event(row: Row, world: World) -> Iterable[Fault]:
    """States that the procedure has."""
    for column, states in (
        ("from_states", row["from_states"] or []),
        ("to_state", [row["to_state"]]),
    ):
        for state in states:
            if state and world.get("procedure_states", row["procedure"], state) is None:
                yield Fault("unknown_state", f"{row['procedure']} has no state {state!r}", column)
