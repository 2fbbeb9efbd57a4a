"""The situations of an overlap on a day: each one expression over the two sides. The one place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.db.engine import Row
from app.kit.dates import last_day_of
from app.overlaps.links import Link
from app.overlaps.sides import SideOnDay
from app.overlaps.vocabularies import SITUATION
from app.regulation.rules import Standing

_TRADED = ("specific_exemption", "acceptable_purpose")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides of two conventions that some link joins, on a day."""

    left: SideOnDay
    right: SideOnDay
    links: Sequence[Link]

    @property
    def id(self) -> str:
        """Stable: made of the sides alone."""
        return f"{self.left.side.id}--{self.right.side.id}"

    @property
    def day(self) -> str:
        """The day asked."""
        return self.left.day

    @property
    def strong(self) -> bool:
        """Whether a link makes both sides look at one thing."""
        return any(link.strong for link in self.links)

    @property
    def each_way(self) -> tuple[tuple[SideOnDay, SideOnDay], tuple[SideOnDay, SideOnDay]]:
        """One side and the other, both ways round."""
        return (self.left, self.right), (self.right, self.left)


def concurrent(pair: Pair) -> list[tuple[str, str | None]]:
    """The days on which both committees had it; None: to this day."""
    periods = []
    for mine in pair.left.committee_spans():
        for theirs in pair.right.committee_spans():
            since = max(mine.since, theirs.since)
            until = min(mine.until or "9999-12-31", theirs.until or "9999-12-31")
            if since <= until:
                periods.append((since, None if until.startswith("9999") else until))
    return sorted(set(periods), key=lambda period: (period[0], period[1] or "9999"))


def scope_difference(pair: Pair) -> str | None:
    """How the two sides' subjects differ, in the words of the sourced relation, or by the link."""
    for link in pair.links:
        if link.kind == "same_chemical":
            return None
        if link.kind == "counterpart":
            relation = link.facts[0]
            return None if relation["scope"] == "same" else relation["scope_difference"]
        if link.kind == "member_of_group":
            group, member = link.facts[-1]["group"], link.facts[0]["member"]
            return f"{group} is a group that holds {member} and more."
        if link.kind == "constituent_of_mixture":
            return f"{link.left} and {link.right}: one is a mixture that contains the other."
        if link.kind == "groups_intersect":
            count = len(link.shared)
            return (
                f"The groups share {count} held members; neither is known to hold all of the other."
            )
    return None


def situations(pair: Pair) -> list[str]:
    """All that apply, in the order of the vocabulary."""
    return [name for name in SITUATION if RULES[name](pair)]


def _considered_by_both(pair: Pair) -> bool:
    return pair.strong and bool(pair.left.committee_spans()) and bool(pair.right.committee_spans())


def _concurrent(pair: Pair) -> bool:
    return pair.strong and bool(concurrent(pair))


def _recommended_by_both(pair: Pair) -> bool:
    return pair.strong and pair.left.recommended() and pair.right.recommended()


def _listed_in_both(pair: Pair) -> bool:
    return pair.strong and bool(pair.left.listed()) and bool(pair.right.listed())


def _listed_scope_differs(pair: Pair) -> bool:
    return bool(pair.left.listed() and pair.right.listed()) and scope_difference(pair) is not None


def _while_listed(phase: str) -> Callable[[Pair], bool]:
    def rule(pair: Pair) -> bool:
        return any(one.in_phase(phase) and other.listed() for one, other in pair.each_way)

    return rule


def _traded_under_exemption(pair: Pair) -> bool:
    return any(trade_exemptions(s) for side in (pair.left, pair.right) for s in side.listed())


def trade_exemptions(standing: Standing) -> list[Row]:
    """Open exemptions under which the chemical itself may still be traded.

    Articles already in use, closed-system intermediates and provisions for equipment in use are
    none: the chemical as such does not move under them.
    """
    return [row for row in standing.open_exemptions() if row["kind"] in _TRADED]


def _guidelines_due(pair: Pair) -> bool:
    return any(s.guidelines_due() for side in (pair.left, pair.right) for s in side.listed())


def _new_submission(pair: Pair) -> bool:
    return any(_submitted_after(one, _decided_on(other)) for one, other in pair.each_way)


def _decided_on(side: SideOnDay) -> str | None:
    adopted = [standing.added["counts_from"] for standing in side.standings]
    closed = [review.closed_on for review in side.reviews if review.closed_on]
    return min([*adopted, *closed], default=None)


def _submitted_after(side: SideOnDay, decided: str | None) -> bool:
    """While the file it feeds is open; what came of it tells the rest."""
    if decided is None:
        return False
    for review in side.reviews:
        for submission in review.file.submissions if review.open else ():
            on = submission["verified_on"] or submission["received_on"]
            if on and on > decided and last_day_of(on) <= side.day:
                return True
    return False


RULES: dict[str, Callable[[Pair], bool]] = {
    "concurrent": _concurrent,
    "in_committee_and_listed": _while_listed("committee"),
    "pending_at_cop_and_listed": _while_listed("cop"),
    "waiting_and_listed": _while_listed("waiting"),
    "considered_by_both": _considered_by_both,
    "recommended_by_both": _recommended_by_both,
    "listed_in_both": _listed_in_both,
    "listed_scope_differs": _listed_scope_differs,
    "traded_under_exemption": _traded_under_exemption,
    "new_submission": _new_submission,
    "guidelines_due": _guidelines_due,
}
