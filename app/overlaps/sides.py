"""The sides of overlaps: what one convention has before its committee, or lists, as one subject."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.conventions.queries import Reference
from app.regulation.queries import Law
from app.regulation.rules import Entry, Standing, standing
from app.reviews.queries import Cabinet
from app.reviews.rules import File, Progress, Span, replay


@dataclass(frozen=True, slots=True)
class Side:
    """A convention's review subject with all its reviews and the listings that came of them,
    or a listing that came of no review."""

    convention: str
    chemical: str
    files: Sequence[File]
    entries: Sequence[Entry]

    @property
    def id(self) -> str:
        """Half of the id of an overlap."""
        return f"{self.convention}-{self.chemical}"


@dataclass(frozen=True, slots=True)
class SideOnDay:
    """A side as it stood on a day."""

    side: Side
    day: str
    reviews: Sequence[Progress]
    standings: Sequence[Standing]
    review_bodies: frozenset[str]

    @property
    def subjects(self) -> set[str]:
        """The chemicals that this side was about on that day."""
        reviewed = {chemical for review in self.reviews for chemical in review.file.subjects}
        return reviewed | {standing.entry.chemical for standing in self.standings}

    @property
    def chief(self) -> set[str]:
        """What it is chiefly about: its head, and what is listed."""
        return {self.side.chemical, *(s.entry.chemical for s in self.standings)}

    def before_committee(self) -> list[Progress]:
        """Reviews by a committee proper: interim bodies do not count as having considered."""
        return [r for r in self.reviews if r.file.row["body"] in self.review_bodies]

    def committee_spans(self) -> list[Span]:
        """When the committee proper had it."""
        sure = [review for review in self.before_committee() if review.sure()]
        spans = [span for review in sure for span in review.committee_spans()]
        return sorted(spans, key=lambda span: span.since)

    def in_phase(self, phase: str) -> list[Progress]:
        """Reviews that lie in that phase on the day."""
        return [review for review in self.reviews if review.phase == phase]

    def recommended(self) -> bool:
        """Whether the committee proper has recommended listing."""
        return any(
            state in ("recommended", "dossier")
            for review in self.before_committee()
            for _, _, state in review.events
        )

    def listed(self) -> list[Standing]:
        """The entries that stand in an annex, in force or adopted."""
        return [standing for standing in self.standings if standing.listed]


def sides(law: Law, cabinet: Cabinet) -> list[Side]:
    """Every side there ever was, by convention and chemical."""
    files: dict[tuple[str, str], list[File]] = defaultdict(list)
    for file in cabinet.files:
        files[file.convention, file.row["chemical"]].append(file)
    entries: dict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
    placed: set[str] = set()
    for key, group in files.items():
        for file in group:
            for event in file.listing_events:
                entry = law.by_event[event]
                # What a review led to elsewhere (another convention's annex) is that one's own.
                if entry.convention == key[0]:
                    entries[key][entry.id] = entry
                    placed.add(entry.id)
    for entry in law.entries:
        key = (entry.convention, entry.chemical)
        if entry.id not in placed or key in files:
            entries[key][entry.id] = entry
    keys = sorted(files.keys() | entries.keys())
    return [Side(*key, files.get(key, ()), list(entries.get(key, {}).values())) for key in keys]


def on_day(side: Side, reference: Reference, day: str) -> SideOnDay | None:
    """The side on that day, or None before there was anything."""
    reviews = [found for file in side.files if (found := replay(file, reference, day))]
    standings = [stands for entry in side.entries if (stands := standing(entry, day))]
    if not reviews and not standings:
        return None
    bodies = frozenset(reference.bodies_of(side.convention, "chemical_review"))
    return SideOnDay(side, day, reviews, standings, bodies)
