"""Status of chemicals under every convention on a day: coverage with pending reviews beside it."""

from collections.abc import Iterable, Mapping, Sequence

from app.chemicals.queries import families, rows_by_id
from app.conventions.queries import reference
from app.conventions.schemas import ChemicalBrief
from app.coverage.rules import Annexes, Subject, annexes_on, cover
from app.coverage.schemas import StatusOut, status_out
from app.db.engine import ReadSession, Row
from app.kit.http.lists import Shape, columns_of, terms
from app.kit.http.problems import invalid_parameter
from app.register.schemas import StatusItem
from app.regulation.queries import briefs, standings
from app.regulation.rules import Standing
from app.regulation.schemas import condition_out
from app.regulation.views import chemical_ids, formulation_types
from app.reviews.queries import cabinet, progresses
from app.reviews.rules import Progress
from app.reviews.schemas import next_meeting


def annexes(session: ReadSession, day: str) -> dict[str, Annexes]:
    """Every convention's entries on the day."""

    def build() -> dict[str, Annexes]:
        found = standings(session, day).values()
        return {name: annexes_on(name, found) for name in reference(session).conventions}

    return session.remember_day("annexes", day, build)


def regulated(session: ReadSession) -> dict[str, Row]:
    """Import rows of all chemicals that treaties and committees point to."""
    return session.remember("regulated", lambda: rows_by_id(session, briefs(session, ()).keys()))


def statuses(
    session: ReadSession, ids: Sequence[str], conventions: Iterable[str] | None, day: str
) -> dict[str, dict[str, Row]]:
    """Status by chemical and convention. Three queries at most, however many chemicals.

    Those of regulated chemicals are kept for the days last asked: others have no bound.
    """
    known, shown = regulated(session), briefs(session, ids)
    missing = [key for key in ids if key not in known]
    others = rows_by_id(session, missing) if missing else {}
    kept: dict[tuple[str, str], Row] = session.remember_day("statuses", day, dict)
    found: dict[str, dict[str, Row]] = {}
    for key in ids:
        subject = Subject(known.get(key) or others[key], shown[key]["cas"])
        found[key] = {}
        for name in conventions or reference(session).conventions:
            row = kept.get((key, name)) or _status(session, subject, name, shown, day)
            found[key][name] = row
            if key in known:
                kept[key, name] = row
    return found


def _status(
    session: ReadSession, subject: Subject, convention: str, shown: Mapping[str, Row], day: str
) -> Row:
    family, types = families(session), formulation_types(session)
    hits = cover(subject, annexes(session, day)[convention], family, regulated(session))
    pending = _pending(session, subject.id, family.groups(subject.id), convention, day)

    def condition(entry: Standing) -> Row | None:
        return condition_out(entry, family, shown, types)

    return status_out(subject, hits, pending, reference(session), shown, condition)


def _pending(
    session: ReadSession, chemical: str, groups: Iterable[str], convention: str, day: str
) -> list[Row]:
    """Open reviews of the chemical, its own first, then those of groups that hold it."""
    held, known = cabinet(session), briefs(session, ())
    begun = progresses(session, day)
    rows: dict[str, Row] = {}
    for subject in (chemical, *groups):
        for file in held.by_chemical.get(subject, ()):
            progress = begun.get(file.id) if file.convention == convention else None
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
    stands = standings(session, day).values()
    listed = {s.entry.chemical for s in stands if s.entry.convention in conventions}
    begun = progresses(session, day).values()
    reviews = [p for p in begun if p.file.convention in conventions]
    return listed | {chemical for p in reviews for chemical in p.file.subjects}
