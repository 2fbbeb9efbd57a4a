"""Find chemicals by a name, however it is written and if it is misspelt; best first.

Names are folded when they are written. A search takes the rarest three-letter pieces of the folded
query to a bounded number of candidates and lets the similarity of whole names decide: the same way
on both databases, and fast at a million names.
"""

from dataclasses import dataclass

from sqlalchemy import case, delete, func, insert, select

from app.chem import names as naming
from app.chemicals.models import chemicals, name_forms, name_grams, names
from app.db.engine import ReadSession, Row, WriteSession

_CANDIDATES = 1_000
_GRAMS_ASKED = 6
_CHUNK = 2_000
_CHUNK_IDS = 500


@dataclass(frozen=True, slots=True)
class Match:
    """A chemical found, the name that found it, and how like the query it is (0 to 100)."""

    chemical: str
    name: str
    score: float


def refresh(session: WriteSession, ids: set[str]) -> None:
    """Rebuild what searches compare for these chemicals."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), _CHUNK_IDS):
        _refresh_some(session, wanted[start : start + _CHUNK_IDS])


def rebuild(session: WriteSession) -> None:
    """Make the whole index anew; the result equals what single writes have kept."""
    session.execute(delete(name_grams))
    session.execute(delete(name_forms))
    refresh(session, {row[0] for row in session.tuples(select(chemicals.c.id))})


def _refresh_some(session: WriteSession, ids: list[str]) -> None:
    old = select(name_forms.c.id).where(name_forms.c.chemical.in_(ids))
    session.execute(delete(name_grams).where(name_grams.c.form.in_(old)))
    session.execute(delete(name_forms).where(name_forms.c.chemical.in_(ids)))
    own = select(chemicals.c.id, chemicals.c.name).where(chemicals.c.id.in_(ids))
    # A withdrawn chemical's names may still be there: they go later in the same write.
    others = (
        select(names.c.chemical, names.c.name)
        .join(chemicals, chemicals.c.id == names.c.chemical)
        .where(names.c.chemical.in_(ids))
    )
    forms: dict[tuple[str, str], str] = {}
    # Of several names that fold to one, the preferred name is shown, else the first by code point.
    for chemical, name in [*session.tuples(own), *sorted(map(tuple, session.tuples(others)))]:
        forms.setdefault((chemical, naming.fold(name)), name)
    first = (session.scalar(select(func.max(name_forms.c.id))) or 0) + 1
    rows: list[Row] = []
    grams: list[Row] = []
    for form, ((chemical, folded), name) in enumerate(sorted(forms.items()), first):
        rows.append({"id": form, "chemical": chemical, "folded": folded, "name": name})
        pieces = naming.grams(folded) | naming.grams(naming.stem(folded))
        grams += [{"gram": gram, "form": form} for gram in sorted(pieces)]
    for table, new in ((name_forms, rows), (name_grams, grams)):
        for start in range(0, len(new), _CHUNK):
            session.execute(insert(table), new[start : start + _CHUNK])


def find(session: ReadSession, query: str) -> list[Match]:
    """Chemicals whose names are like the query, best first, each once."""
    folded = naming.fold(query)
    if not folded:
        return []
    best: dict[str, Match] = {}
    for chemical, form, name in _candidates(session, folded):
        score = naming.score(folded, form)
        if score >= naming.ACCEPT and (chemical not in best or score > best[chemical].score):
            best[chemical] = Match(chemical, name, score)
    return sorted(best.values(), key=lambda match: (-match.score, match.chemical))


def _candidates(session: ReadSession, folded: str) -> list[tuple[str, str, str]]:
    grams = sorted(naming.grams(folded))
    counted = (
        select(name_grams.c.gram, func.count())
        .where(name_grams.c.gram.in_(grams))
        .group_by(name_grams.c.gram)
    )
    counts: dict[str, int] = dict(session.tuples(counted))
    rarest = sorted(counts, key=lambda gram: (counts[gram], gram))[:_GRAMS_ASKED]
    wanted = (name_forms.c.chemical, name_forms.c.folded, name_forms.c.name)
    by_grams = (
        select(name_grams.c.form.label("form"), func.count().label("shared"))
        .where(name_grams.c.gram.in_(rarest))
        .group_by(name_grams.c.form)
        .order_by(func.count().desc(), name_grams.c.form)
        .limit(_CANDIDATES)
        .subquery()
    )
    similar = select(*wanted).join(by_grams, by_grams.c.form == name_forms.c.id)
    # Names that begin with the query come in whatever its pieces say: a short query has few.
    end = folded[:-1] + chr(ord(folded[-1]) + 1)
    begins = (
        select(*wanted)
        .where(name_forms.c.folded >= folded, name_forms.c.folded < end)
        .order_by(case((name_forms.c.folded == folded, 0), else_=1), name_forms.c.folded)
        .limit(_CANDIDATES)
    )
    return [tuple(row) for row in [*session.tuples(similar), *session.tuples(begins)]]
