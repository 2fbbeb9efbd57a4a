"""Lists of chemicals: which ones a list holds and how they are shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from sqlalchemy import ColumnElement, func, select

from app.chem.names import fold
from app.chemicals import search
from app.chemicals.models import chemicals, identifiers
from app.chemicals.queries import families
from app.chemicals.resources import RESOURCES
from app.chemicals.vocabularies import CHEMICAL_KIND
from app.db.engine import ReadSession, Row
from app.kit.http.lists import Shape, flag, terms
from app.overlaps.queries import overlaps
from app.overlaps.views import by_chemical, subjects
from app.register import schemas
from app.regulation.queries import briefs, law, standings
from app.regulation.views import cas_numbers
from app.regulation.views import select as select_listings
from app.regulation.vocabularies import LISTING_STATE
from app.reviews.queries import cabinet, progresses
from app.reviews.views import select_reviews
from app.reviews.vocabularies import REVIEW_STATE

_COLUMNS = next(list(r.columns) for r in RESOURCES if r.name == "chemicals")
_FLAGS = tuple(schemas.Flags.model_fields)


@dataclass(frozen=True, slots=True)
class Item:
    """A chemical of a list, with the name that found it."""

    row: Row
    match: search.Match | None = None


class Rows(Sequence[Item]):
    """Chemicals of a statement, read a page at a time: there may be a million of them."""

    def __init__(
        self, session: ReadSession, where: Sequence[ColumnElement[bool]], order: Sequence[Any]
    ) -> None:
        self._session = session
        self._where = where
        self._order = order
        self._count: int | None = None

    def __len__(self) -> int:
        if self._count is None:
            counted = select(func.count()).select_from(chemicals).where(*self._where)
            self._count = int(self._session.scalar(counted))
        return self._count

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> list[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | list[Item]:
        if isinstance(index, int):
            found = self[index : index + 1]
            if not found:
                raise IndexError(index)
            return found[0]
        start, stop, _ = index.indices(len(self))
        wanted = select(*(chemicals.c[name] for name in _COLUMNS)).where(*self._where)
        page = wanted.order_by(*self._order).offset(start).limit(max(stop - start, 0))
        return [Item(row) for row in self._session.rows(page)]

    def __iter__(self) -> Iterator[Item]:
        return iter(self[:])

    def sorted_by(self, name: str, *, reverse: bool) -> "Rows":
        """The same in another order; equals by id."""
        column = chemicals.c["sort_name" if name == "name" else name]
        order = [column.desc() if reverse else column, chemicals.c.id]
        return Rows(self._session, self._where, order)


def select_items(session: ReadSession, filters: Mapping[str, Any], day: str) -> Sequence[Item]:
    """Chemicals that meet all filters: by name, or, with `q`, best first."""
    where: list[ColumnElement[bool]] = []
    kinds = terms("kind", filters.get("kind"), CHEMICAL_KIND)
    if kinds is not None:
        where.append(chemicals.c.kind.in_(kinds))
    numbers = cas_numbers("cas", filters.get("cas"))
    if numbers is not None:
        where.append(chemicals.c.id.in_(_with_numbers(session, numbers)))
    ids = regulated_by(session, filters, day)
    if ids is not None:
        where.append(chemicals.c.id.in_(sorted(ids)))
    order = [chemicals.c.sort_name, chemicals.c.id]
    if filters.get("q") is None:
        return Rows(session, where, order)
    matches = {match.chemical: match for match in search.find(session, filters["q"])}
    where.append(chemicals.c.id.in_(list(matches)))
    by_id = {item.row["id"]: item.row for item in Rows(session, where, order)}
    return [Item(by_id[key], match) for key, match in matches.items() if key in by_id]


def _with_numbers(session: ReadSession, numbers: set[str]) -> list[str]:
    own = select(identifiers.c.chemical).where(
        identifiers.c.scheme == "cas", identifiers.c.value.in_(sorted(numbers))
    )
    found = {row[0] for row in session.tuples(own)}
    printed = law(session).by_printed_cas
    return sorted(found | {e.chemical for n in numbers for e in printed.get(n, ())})


def regulated_by(session: ReadSession, filters: Mapping[str, Any], day: str) -> set[str] | None:
    """Ids of chemicals whose own listings, reviews and overlaps meet the filters; None: no filter.

    Filters on listings hold for one and the same listing, those on reviews for one review.
    """
    found: list[set[str]] = []
    body, convention = filters.get("body"), filters.get("convention")
    on_listing = {"annex": filters.get("annex"), "state": filters.get("listing_state")}
    on_review = {"phase": filters.get("phase"), "state": filters.get("review_state"), "body": body}
    category = filters.get("category")
    terms("listing_state", on_listing["state"], LISTING_STATE)
    terms("review_state", on_review["state"], REVIEW_STATE)
    by_listing, by_review = _any(on_listing), _any(on_review)
    if by_listing or (_any({"c": convention, "g": category}) and not by_review):
        asked = {**on_listing, "convention": convention, "category": category}
        listed = {s.entry.chemical for s in select_listings(session, _given(asked), day)}
        if convention is not None and not by_listing and category is None:
            # A chemical before a convention's committee is that convention's business too.
            reviews = select_reviews(session, {"convention": convention}, day)
            listed |= {c for p in reviews for c in p.file.subjects}
        found.append(listed)
    if by_review:
        asked = {**on_review, "convention": convention, "category": category}
        reviews = select_reviews(session, _given(asked), day)
        found.append({c for p in reviews for c in p.file.subjects})
    for name, of_review in (("under_review", "open"), ("pending_at_cop", "pending_at_cop")):
        wanted = flag(name, filters.get(name))
        if wanted is not None:
            asked = {of_review: "true", "convention": convention, "body": body}
            reviews = select_reviews(session, _given(asked), day)
            found.append(_either(session, {c for p in reviews for c in p.file.subjects}, wanted))
    both = flag("considered_by_both", filters.get("considered_by_both"))
    if both is not None:
        rows = [r for r in overlaps(session, day) if "considered_by_both" in r["situations"]]
        found.append(_either(session, {c for row in rows for c in subjects(row)}, both))
    return set.intersection(*found) if found else None


def _any(filters: Mapping[str, Any]) -> bool:
    return any(value is not None for value in filters.values())


def _given(filters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in filters.items() if value is not None}


def _either(session: ReadSession, ids: set[str], wanted: bool) -> set[str]:
    if wanted:
        return ids
    return {row[0] for row in session.tuples(select(chemicals.c.id))} - ids


def item_shape(session: ReadSession, day: str) -> Shape[Item]:
    """Chemicals as a list."""

    def render(items: Sequence[Item]) -> list[Row]:
        ids = [item.row["id"] for item in items]
        shown, rules, held = briefs(session, ids), law(session), cabinet(session)
        stands, begun = standings(session, day), progresses(session, day)
        flags = flags_by_chemical(session, day)
        none = dict.fromkeys(_FLAGS, False)
        return [
            {
                **shown[key],
                "formula": item.row["formula"],
                "completeness": item.row["completeness"],
                "listings": [
                    e.id
                    for e in rules.by_chemical.get(key, ())
                    if (s := stands.get(e.id)) and s.listed
                ],
                "reviews": [f.id for f in held.by_chemical.get(key, ()) if f.id in begun],
                "flags": flags_through(session, key, flags) if flags else none,
                "match": {"name": item.match.name, "score": round(item.match.score, 1)}
                if item.match
                else None,
            }
            for key, item in zip(ids, items, strict=True)
        ]

    return Shape(
        name="chemicals",
        model=schemas.ChemicalItem,
        render=render,
        ident=lambda item: str(item.row["id"]),
        imported=lambda item: item.row,
        import_columns=_COLUMNS,
        sorts={
            "id": lambda item: item.row["id"],
            "name": lambda item: fold(item.row["name"]),
            "kind": lambda item: item.row["kind"],
        },
    )


def flags_by_chemical(session: ReadSession, day: str) -> Mapping[str, set[str]]:
    """Situations of every chemical that stands in an overlap."""

    def build() -> dict[str, set[str]]:
        return {
            chemical: {situation for row in rows for situation in row["situations"]}
            for chemical, rows in by_chemical(session, day).items()
        }

    return session.remember_day("flags", day, build)


def flags_through(
    session: ReadSession, chemical: str, flags: Mapping[str, set[str]]
) -> dict[str, bool]:
    held = set(flags.get(chemical, ()))
    for group in families(session).groups(chemical):
        held |= flags.get(group, set())
    return {name: name in held for name in _FLAGS}
