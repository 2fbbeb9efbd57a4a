"""All overlaps of a revision on a day."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from sqlalchemy import func, select

from app.chemicals.queries import families
from app.conventions.queries import reference
from app.db.engine import ReadSession, Row
from app.facts.models import changes
from app.overlaps.evidence import nearest_meeting
from app.overlaps.links import Link, between
from app.overlaps.rules import Pair
from app.overlaps.schemas import overlap_out
from app.overlaps.sides import Side, SideOnDay, on_day, sides
from app.regulation.queries import briefs, law
from app.reviews.queries import cabinet

_RESTS_ON = (
    "reviews", "review_events", "listings", "listing_events", "exemptions",
    "memberships", "relations", "ingredients",
)  # fmt: skip


def overlaps(session: ReadSession, day: str) -> list[Row]:
    """Every overlap on that day, the nearest meeting first."""
    return session.remember_day("overlaps", day, lambda: _compute(session, day))


def _compute(session: ReadSession, day: str) -> list[Row]:
    ref, rules = reference(session), law(session)
    standing = {}
    for side in session.remember("sides", lambda: sides(rules, cabinet(session))):
        side_on_day = on_day(side, ref, day)
        if side_on_day:
            standing[side.id] = side_on_day
    pairs = []
    for left, right, links in session.remember("linked sides", lambda: _linked(session)):
        if left.id in standing and right.id in standing:
            one, other = standing[left.id], standing[right.id]
            present = principal(links, one, other)
            if present:
                pairs.append(Pair(one, other, present))
    known = briefs(session, ())
    changed = session.remember("changed", lambda: _changed(session))
    far = ("9999", "")

    def order(pair: Pair) -> tuple[str, str, str]:
        ahead = nearest_meeting(pair, ref)
        first, label = (ahead.first_day or far[0], ahead.row["label"]) if ahead else far
        return first, label, pair.id

    return [overlap_out(pair, ref, rules, known, changed) for pair in sorted(pairs, key=order)]


def principal(links: Sequence[Link], left: SideOnDay, right: SideOnDay) -> list[Link]:
    """The links that hold on the day, one of each kind: between what the sides are chiefly about,
    and only where there is none between their further subjects."""
    held = [k for k in links if k.left in left.subjects and k.right in right.subjects]
    chief = [k for k in held if k.left in left.chief and k.right in right.chief]
    heads = (left.side.chemical, right.side.chemical)
    found: dict[str, Link] = {}
    for link in sorted(chief or held, key=lambda k: (k.order[0], (k.left, k.right) != heads)):
        found.setdefault(link.kind, link)
    return list(found.values())


def _linked(session: ReadSession) -> list[tuple[Side, Side, list[Link]]]:
    """Every two sides of two conventions that some link joins, whatever the day."""
    family = families(session)
    kinds = {key: row["kind"] for key, row in briefs(session, ()).items()}
    found = []
    everything = session.remember("sides", lambda: sides(law(session), cabinet(session)))
    for one, other in combinations(everything, 2):
        if one.convention == other.convention:
            continue
        left, right = sorted((one, other), key=lambda side: side.convention)
        links = [
            link
            for mine in sorted(_chemicals(left))
            for theirs in sorted(_chemicals(right))
            for link in between(mine, theirs, family, kinds)
        ]
        if links:
            found.append((left, right, sorted(links, key=lambda link: link.order)))
    return found


def _chemicals(side: Side) -> set[str]:
    return {c for file in side.files for c in file.subjects} | {e.chemical for e in side.entries}


def _changed(session: ReadSession) -> Mapping[tuple[str, str], int]:
    """The revision that last touched each row that an overlap can rest on."""
    statement = (
        select(changes.c.resource, changes.c.row_key, func.max(changes.c.revision))
        .where(changes.c.resource.in_(_RESTS_ON))
        .group_by(changes.c.resource, changes.c.row_key)
    )
    return {(resource, key): number for resource, key, number in session.tuples(statement)}
