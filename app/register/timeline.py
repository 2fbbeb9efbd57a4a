"""Everything that happened to a chemical, under every convention, in date order."""

from app.chemicals.queries import families
from app.conventions.queries import reference
from app.db.engine import ReadSession, Row
from app.regulation.queries import law
from app.reviews.queries import cabinet, progresses


def timeline(session: ReadSession, id: str, day: str) -> list[Row]:
    """Listing and review events of the chemical and of the groups that hold it."""
    rows: list[tuple[str, int, Row]] = []
    seen: set[str] = set()
    for key in (id, *families(session).groups(id)):
        via = None if key == id else key
        rows += _listing_events(session, key, via, day)
        rows += _review_events(session, key, via, day, seen)
    rows.sort(key=lambda item: (item[0], item[1], item[2]["kind"]))
    return [row for _, _, row in rows]


def _listing_events(
    session: ReadSession, key: str, via: str | None, day: str
) -> list[tuple[str, int, Row]]:
    ref, rows = reference(session), []
    for entry in law(session).by_chemical.get(key, ()):
        where = f"Annex {entry.annex['code']}"
        for event in entry.events:
            if event["counts_from"] > day:
                continue
            shared = {
                "convention": entry.convention,
                "meeting": ref.meeting_label(event["adopted_at"]),
                "decision": ref.symbol(event["decision"]),
                "document": None,
                "review": None,
                "listing": entry.id,
                "via_group": via,
                "sources": ref.cite(event),
            }
            name = event["printed_name"] or entry.id
            steps = [(event["counts_from"], event["kind"], f"{where}: {event['kind']} ({name})")]
            if event["communicated_on"]:
                steps.append(
                    (
                        event["communicated_on"],
                        "communicated",
                        f"{where}: communicated by the depositary",
                    )
                )
            if event["in_force_on"]:
                steps.append(
                    (event["in_force_on"], "in_force", f"{where}: {event['kind']} in force")
                )
            rows += [
                (on, place, {"on": on, "kind": kind, "text": text, **shared})
                for place, (on, kind, text) in enumerate(steps)
                if on <= day
            ]
    return rows


def _review_events(
    session: ReadSession, key: str, via: str | None, day: str, seen: set[str]
) -> list[tuple[str, int, Row]]:
    ref, begun, rows = reference(session), progresses(session, day), []
    for file in cabinet(session).by_chemical.get(key, ()):
        progress = begun.get(file.id) if file.id not in seen else None
        seen.add(file.id)
        for when, event, _ in progress.events if progress else ():
            body = ref.bodies[file.row["body"]]["label"]
            label = file.procedure.events[event["kind"]]["label"]
            row = {
                "on": event["on"] or None,
                "convention": file.convention,
                "kind": event["kind"],
                "text": f"{body}: {label}",
                "meeting": ref.meeting_label(event["meeting"]),
                "decision": ref.symbol(event["decision"]),
                "document": ref.symbol(event["document"]),
                "review": file.id,
                "listing": None,
                "via_group": via,
                "sources": ref.cite(event),
            }
            rows.append((when, event["number"], row))
    return rows
