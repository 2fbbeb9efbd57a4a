"""Status of chemicals under every convention on a day: coverage with pending reviews beside it."""

from collections.abc import Iterable, Sequence

from app.chemicals.queries import cas_by_id, families, rows_by_id
from app.conventions.queries import reference
from app.conventions.schemas import ChemicalBrief
from app.coverage.rules import Annexes, Subject, annexes_on, cover
from app.coverage.schemas import StatusOut, status_out
from app.db.engine import ReadSession, Row
from app.kit.dates import today
from app.kit.http.lists import Shape, columns_of, terms
from app.kit.http.problems import invalid_parameter
from app.register.schemas import StatusItem
from app.regulation.queries import briefs, law
from app.regulation.rules import Standing
from app.regulation.schemas import condition_out
from app.regulation.views import chemical_ids, formulation_types
from app.reviews.queries import cabinet
from app.reviews.rules import Progress, replay
from app.reviews.schemas import next_meeting


def annexes(session: ReadSession, day: str) -> dict[str, Annexes]:
    """Every convention's entries on the day; today's are kept."""

    def build() -> dict[str, Annexes]:
        standings = law(session).on(day)
        return {name: annexes_on(name, standings) for name in reference(session).conventions}

    if day == today():
        kept: dict[str, dict[str, Annexes]] = session.remember("annexes", dict)
        if day not in kept:
            kept.clear()
            kept[day] = build()
        return kept[day]
    return build()


def regulated(session: ReadSession) -> dict[str, Row]:
    """Import rows of all chemicals that treaties and committees point to."""
    return session.remember("regulated", lambda: rows_by_id(session, briefs(session, ()).keys()))


def statuses(
    session: ReadSession, ids: Sequence[str], conventions: Iterable[str] | None, day: str
) -> dict[str, dict[str, Row]]:
    """Status by chemical and convention. Two queries at most, however many chemicals."""
    ref, family = reference(session), families(session)
    known = regulated(session)
    missing = [key for key in ids if key not in known]
    rows = {**known, **(rows_by_id(session, missing) if missing else {})}
    numbers = cas_by_id(session, ids)
    shown = briefs(session, ids)
    standing = annexes(session, day)
    types = formulation_types(session)

    def condition(entry: Standing) -> Row | None:
        return condition_out(entry, family, shown, types)

    found: dict[str, dict[str, Row]] = {}
    for key in ids:
        subject = Subject(rows[key], numbers.get(key) or shown[key]["cas"])
        groups = family.groups(key)
        found[key] = {}
        for name in conventions or ref.conventions:
            hits = cover(subject, standing[name], family, known)
            pending = _pending(session, key, groups.keys(), name, day)
            found[key][name] = status_out(subject, hits, pending, ref, shown, condition)
    return found


def _pending(
    session: ReadSession, chemical: str, groups: Iterable[str], convention: str, day: str
) -> list[Row]:
    """Open reviews of the chemical, its own first, then those of groups that hold it."""
    ref, held, known = reference(session), cabinet(session), briefs(session, ())
    rows: dict[str, Row] = {}
    for subject in (chemical, *groups):
        for file in held.by_chemical.get(subject, ()):
            progress = replay(file, ref, day) if file.convention == convention else None
            if progress and progress.open and file.id not in rows:
                via = None if subject == chemical else subject
                rows[file.id] = _pending_row(progress, known[file.row["chemical"]], via, session)
    return list(rows.values())


def _pending_row(progress: Progress, chemical: Row, via: str | None, session: ReadSession) -> Row:
    step = progress.file.procedure.states[progress.state] if progress.state else None
    return {
        "review": progress.file.id,
        "chemical": chemical,
        "via_group": via,
        "body": progress.file.row["body"],
        "state": progress.state,
        "phase": progress.phase,
        "next_meeting": next_meeting(progress, reference(session)),
        "next_step": step["next_step"] if step else None,
    }


def select(
    session: ReadSession, ids: str | None, convention: str | None, day: str
) -> tuple[list[str], Shape[str]]:
    """The chemicals asked for, in the order asked (or by name), and how they are shown."""
    if ids is None and convention is None:
        message = "Give ids, or a convention."
        raise invalid_parameter("ids", "required", message)
    conventions = terms("convention", convention, reference(session).conventions)
    chemical_ids(session, "ids", ids)
    wanted = list(dict.fromkeys(part.strip() for part in ids.split(","))) if ids else None
    if wanted is None:
        known = briefs(session, ())
        wanted = sorted(
            _concerned(session, conventions or [], day),
            key=lambda key: (known[key]["name"].casefold(), key),
        )

    def render(keys: Sequence[str]) -> list[Row]:
        shown = briefs(session, keys)
        found = statuses(session, keys, conventions, day)
        return [{"chemical": shown[key], "conventions": found[key]} for key in keys]

    asked = conventions or list(reference(session).conventions)
    shape = Shape(
        name="status",
        model=StatusItem,
        render=render,
        ident=lambda key: key,
        derived_columns=[
            *columns_of(ChemicalBrief, "chemical."),
            *(name for c in asked for name in columns_of(StatusOut, f"conventions.{c}.")),
        ],
    )
    return wanted, shape


def _concerned(session: ReadSession, conventions: Sequence[str], day: str) -> set[str]:
    """Chemicals that these conventions list or their committees have had."""
    listed = {s.entry.chemical for s in law(session).on(day) if s.entry.convention in conventions}
    ref = reference(session)
    reviews = [p for p in cabinet(session).on(ref, day) if p.file.convention in conventions]
    return listed | {chemical for p in reviews for chemical in p.file.subjects}
