"""What is so of two sides on a day: each situation by itself, and that none contradicts another."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.overlaps.rules import Pair, concurrent, scope_difference, situations
from app.overlaps.vocabularies import LINK, SITUATION
from tests.overlaps.pairs import DAY, entry, link, pair, review, side

COMMITTEE = ("committee", "2020-03-02", None)
PAST = ("committee", "2015-03-02", "2016-09-20")
NEED_A_STRONG_LINK = ("considered_by_both", "concurrent", "recommended_by_both", "listed_in_both")


def test_considered_by_both_whatever_came_of_it() -> None:
    closed = review(PAST, ("closed", "2016-09-20", None))
    assert "considered_by_both" in situations(
        pair(side("left", closed), side("right", review(COMMITTEE)))
    )


def test_submitted_only_is_not_considered() -> None:
    waiting = review(("submitted", "2020-01-01", None), state="submitted")
    found = situations(pair(side("left", waiting), side("right", review(COMMITTEE))))
    assert found == []


def test_an_interim_body_s_review_is_not_considered() -> None:
    interim = review(PAST, ("closed", "2016-09-20", None), body="interim", states=["recommended"])
    found = situations(
        pair(side("left", interim), side("right", review(COMMITTEE, states=["recommended"])))
    )
    assert not {"considered_by_both", "concurrent", "recommended_by_both"} & set(found)


@pytest.mark.parametrize("kind", list(LINK))
def test_only_the_first_four_links_make_both_sides_look_at_one_thing(kind: str) -> None:
    both = (
        side("left", review(COMMITTEE, states=["recommended"]), entries=[entry()]),
        side("right", review(COMMITTEE, states=["recommended"]), entries=[entry()]),
    )
    strong = kind in list(LINK)[:4]
    found = set(situations(pair(*both, link(kind))))
    assert (found & set(NEED_A_STRONG_LINK) == set(NEED_A_STRONG_LINK)) == strong
    assert bool(found & set(NEED_A_STRONG_LINK)) == strong
    assert "in_committee_and_listed" in found


def test_a_strong_link_of_low_confidence_does_not_either() -> None:
    both = (side("left", entries=[entry()]), side("right", entries=[entry()]))
    assert "listed_in_both" not in situations(pair(*both, link("counterpart", "low", scope="same")))
    assert "listed_in_both" in situations(pair(*both, link("counterpart", "medium", scope="same")))


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ([("2010-01-01", "2012-01-01")], [("2011-01-01", None)], [("2011-01-01", "2012-01-01")]),
        ([("2010-01-01", None)], [("2011-01-01", None)], [("2011-01-01", None)]),
        ([("2010-01-01", "2010-12-31")], [("2011-01-01", None)], []),
        ([("2010-01-01", "2011-01-01")], [("2011-01-01", None)], [("2011-01-01", "2011-01-01")]),
        ([("2010-01-01", "2010-06-01"), ("2012-01-01", "2012-06-01")],
         [("2010-03-01", "2012-03-01")],
         [("2010-03-01", "2010-06-01"), ("2012-01-01", "2012-03-01")]),
        ([], [("2010-01-01", None)], []),
    ],
)  # fmt: skip
def test_concurrent_periods(
    mine: list[tuple[str, str | None]], theirs: list[tuple[str, str | None]],
    expected: list[tuple[str, str | None]],
) -> None:  # fmt: skip
    def reviews(periods: list[tuple[str, str | None]]) -> Any:
        return review(*(("committee", since, until) for since, until in periods))

    both = pair(side("left", reviews(mine)), side("right", reviews(theirs)))
    turned = pair(side("left", reviews(theirs)), side("right", reviews(mine)))
    assert concurrent(both) == concurrent(turned) == expected
    assert ("concurrent" in situations(both)) == bool(expected)


def test_two_reviews_of_one_side_beside_one_of_the_other() -> None:
    """A pesticide and an industrial file before the committee when the other side takes it up."""
    mine = (
        review(("committee", "2014-03-03", "2019-09-20")),
        review(("committee", "2015-03-02", None)),
    )
    theirs = review(("committee", "2018-09-17", None))
    both = pair(side("left", *mine), side("right", theirs))
    assert "concurrent" in situations(both)
    periods = concurrent(both)
    assert periods[0][0] == "2018-09-17"
    assert any(until is None for _, until in periods)


def test_waiting_and_cop_are_no_committee_phase() -> None:
    for phase in ("waiting", "cop", "submitted"):
        other = review((phase, "2020-01-01", None))
        assert "concurrent" not in situations(
            pair(side("left", other), side("right", review(COMMITTEE)))
        )


def test_recommended_is_not_listed_and_needs_both() -> None:
    recommended = review(
        PAST, ("cop", "2016-09-20", None), states=["recommended"], state="recommended"
    )
    one = situations(pair(side("left", recommended), side("right", review(COMMITTEE))))
    assert "recommended_by_both" not in one
    both = situations(pair(side("left", recommended), side("right", recommended)))
    assert "recommended_by_both" in both
    assert "listed_in_both" not in both


@pytest.mark.parametrize(
    ("phase", "situation"),
    [
        ("committee", "in_committee_and_listed"), ("cop", "pending_at_cop_and_listed"),
        ("waiting", "waiting_and_listed"), ("submitted", None), ("closed", None),
    ],
)  # fmt: skip
def test_a_review_on_one_side_of_what_the_other_lists(phase: str, situation: str | None) -> None:
    names = {"in_committee_and_listed", "pending_at_cop_and_listed", "waiting_and_listed"}
    reviewed, listed = review((phase, "2020-01-01", None)), [entry()]
    wanted = {situation} if situation else set()
    for both in (
        pair(side("left", reviewed), side("right", entries=listed)),
        pair(side("left", entries=listed), side("right", reviewed)),
    ):
        assert set(situations(both)) & names == wanted
    # Its own side's entry is no reason, nor is one that was removed.
    assert not set(situations(pair(side("left", reviewed, entries=listed), side("right")))) & names
    gone = [entry(removed_on="2019-01-01")]
    assert not set(situations(pair(side("left", reviewed), side("right", entries=gone)))) & names


def test_listed_in_both_holds_from_adoption_and_ends_with_removal() -> None:
    adopted = entry("2020-06-01", None)
    both = pair(side("left", entries=[adopted]), side("right", entries=[entry()]))
    assert "listed_in_both" in situations(both)
    early = pair(
        side("left", entries=[adopted], day="2020-05-31"),
        side("right", entries=[entry()], day="2020-05-31"),
    )
    assert "listed_in_both" not in situations(early)
    gone = pair(side("left", entries=[entry(removed_on=DAY)]), side("right", entries=[entry()]))
    assert "listed_in_both" not in situations(gone)


def _exempted(day: str = DAY, years: int | None = 5, **cells: Any) -> bool:
    listed = entry("2009-05-01", "2010-08-26", exemptions=[cells], years=years)
    both = pair(side("left", entries=[listed], day=day), side("right", day=day))
    return "traded_under_exemption" in situations(both)


class TestTradedUnderExemption:
    @pytest.mark.parametrize(
        ("cells", "expected"),
        [
            ({"expires_on": "2020-06-15"}, True),  # on its last day
            ({"expires_on": "2020-06-14"}, False),
            ({"expires_on": "2030-01-01", "closed_on": "2019-01-01"}, False),
            ({"expires_on": "2030-01-01", "closed_on": "2021-01-01"}, True),
            # Five years have passed and nothing says that it is open: not known, so not said.
            ({}, False),
            ({"registrable": False}, True),
            ({"kind": "acceptable_purpose"}, True),
            ({"kind": "acceptable_purpose", "closed_on": "2019-12-31"}, False),
            ({"kind": "articles_in_use_notification"}, False),
            ({"kind": "closed_system_intermediate"}, False),
            ({"kind": "all_parties_provision"}, False),
            ({"expires_on": "2030-01-01", "added_by": "an amendment to come"}, False),
            ({"expires_on": "2030-01-01", "removed_by": "added"}, False),
        ],
    )  # fmt: skip
    def test_open_expired_closed_and_unknown(self, cells: dict[str, Any], expected: bool) -> None:
        assert _exempted(**cells) is expected

    def test_within_its_years_a_specific_exemption_is_open(self) -> None:
        assert _exempted("2015-08-26")
        assert not _exempted("2015-08-27")
        assert _exempted(years=None)

    @pytest.mark.parametrize(
        ("registration", "expected"),
        [
            ({"to_on": "2025-01-01"}, True),
            ({"to_on": "2019-01-01"}, False),
            ({"to_on": "2019-01-01", "extended_to": "2024-01-01"}, True),
            ({"to_on": "2025-01-01", "withdrawn_on": "2020-01-01"}, False),
            ({"to_on": "2025-01-01", "from_on": "2021-01-01"}, False),
            ({}, False),
        ],
    )
    def test_a_registration_that_runs_shows_it_open(
        self, registration: dict[str, Any], expected: bool
    ) -> None:
        row = dict.fromkeys(("from_on", "to_on", "extended_to", "withdrawn_on"))
        assert _exempted(registrations=[row | registration]) is expected

    def test_a_removed_entry_s_exemption_is_none(self) -> None:
        listed = entry(exemptions=[{"expires_on": "2030-01-01"}], removed_on="2019-01-01")
        assert "traded_under_exemption" not in situations(
            pair(side("left", entries=[listed]), side("right"))
        )


class TestNewSubmission:
    @staticmethod
    def found(submitted: str, *, phase: str = "committee", day: str = DAY, **other: Any) -> bool:
        mine = review((phase, "2019-01-01", None), submitted=submitted)
        theirs = side("right", **other, day=day)
        return "new_submission" in situations(pair(side("left", mine, day=day), theirs))

    def test_after_the_other_side_had_listed(self) -> None:
        assert self.found("2019-01-01", entries=[entry("2015-05-15")])
        assert not self.found("2014-01-01", entries=[entry("2015-05-15")])

    def test_after_the_other_side_had_set_it_aside(self) -> None:
        closed = review(PAST, ("closed", "2016-09-20", None), closed_on="2016-09-20")
        both = pair(side("left", review(COMMITTEE, submitted="2019-01-01")), side("right", closed))
        assert "new_submission" in situations(both)

    def test_not_while_the_other_side_has_not_decided(self) -> None:
        both = pair(
            side("left", review(COMMITTEE, submitted="2019-01-01")),
            side("right", review(COMMITTEE)),
        )
        assert "new_submission" not in situations(both)

    def test_not_once_the_file_that_it_fed_is_closed(self) -> None:
        assert not self.found("2019-01-01", phase="closed", entries=[entry("2015-05-15")])

    def test_a_year_counts_only_when_it_is_over_and_surely_later(self) -> None:
        assert not self.found("2020", entries=[entry("2015-05-15")])
        assert self.found("2019", entries=[entry("2015-05-15")])
        assert not self.found("2015", entries=[entry("2015-05-15")])


class TestGuidelinesDue:
    @staticmethod
    def due(
        *guidelines: dict[str, Any], duties: tuple[str, ...] = ("right",), day: str = DAY
    ) -> bool:
        rows = [
            {"convention": "right", "adopted_on": "2012-01-01", "low_pop_content": "50 mg/kg", **g}
            for g in guidelines
        ]
        listed = entry("2010-01-01", duties=duties, guidelines=rows)
        both = pair(side("left", entries=[listed], day=day), side("right", day=day))
        return "guidelines_due" in situations(both)

    def test_missing(self) -> None:
        assert self.due()

    def test_newer_than_the_listing_with_a_low_pop_content(self) -> None:
        assert not self.due({})

    def test_older_than_the_listing(self) -> None:
        assert self.due({"adopted_on": "2009-01-01"})

    def test_without_low_pop_content(self) -> None:
        """That no value is held here does not say that none was adopted."""
        assert not self.due({"low_pop_content": None})

    def test_adopted_after_the_day_asked(self) -> None:
        assert self.due({}, day="2011-12-31")
        assert not self.due({}, day="2012-01-01")

    def test_of_a_convention_that_is_not_asked(self) -> None:
        assert self.due({"convention": "elsewhere"})

    def test_not_where_nothing_is_asked(self) -> None:
        assert not self.due(duties=())


class TestScopeDifference:
    def test_of_counterparts_in_the_words_of_the_relation(self) -> None:
        wider = link("counterpart", scope="wider", scope_difference="Holds the salts too.")
        assert scope_difference(pair(side("left"), side("right"), wider)) == "Holds the salts too."
        same = link("counterpart", scope="same")
        assert scope_difference(pair(side("left"), side("right"), same)) is None

    def test_none_of_one_and_the_same(self) -> None:
        assert scope_difference(pair(side("left"), side("right"))) is None

    def test_listed_scope_differs_needs_both_listed_and_a_difference(self) -> None:
        wider = link("counterpart", scope="wider", scope_difference="Holds the salts too.")
        listed = side("left", entries=[entry()]), side("right", entries=[entry()])
        assert "listed_scope_differs" in situations(pair(*listed, wider))
        assert "listed_scope_differs" not in situations(
            pair(*listed, link("counterpart", scope="same"))
        )
        assert "listed_scope_differs" not in situations(pair(*listed))
        assert "listed_scope_differs" not in situations(pair(listed[0], side("right"), wider))


DAYS = [f"{year}-{month:02}-15" for year in range(2012, 2022) for month in (3, 6, 9)]
days = st.sampled_from(DAYS)
past = st.sampled_from([day for day in DAYS if day <= DAY])
PHASES = ("submitted", "committee", "waiting", "cop", "closed")


class Drawn(Pair):
    """A pair that says in a line what it is."""

    def __repr__(self) -> str:
        told = [[r.spans for r in s.reviews] for s in (self.left, self.right)]
        return f"{told}, {[link.kind for link in self.links]}"


@st.composite
def reviews(draw: st.DrawFn) -> Any:
    marks = sorted(draw(st.lists(past, min_size=1, max_size=3, unique=True)))
    phases = [draw(st.sampled_from(PHASES)) for _ in marks]
    ends: list[str | None] = [*marks[1:], None]
    states = draw(st.sampled_from([(), ("evaluation",), ("recommended",)]))
    return review(
        *zip(phases, marks, ends, strict=True), states=states,
        body=draw(st.sampled_from(["committee", "committee", "interim"])),
        submitted=draw(st.none() | days), closed_on=marks[-1] if phases[-1] == "closed" else None,
    )  # fmt: skip


@st.composite
def entries(draw: st.DrawFn) -> Any:
    adopted, force, removed = sorted(draw(st.lists(days, min_size=3, max_size=3, unique=True)))
    return entry(
        adopted, draw(st.sampled_from([force, None])),
        removed_on=draw(st.sampled_from([removed, None])),
        exemptions=[{"expires_on": draw(st.none() | days)}],
        duties=draw(st.sampled_from([(), ("right",)])),
    )  # fmt: skip


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    sides = [
        side(
            name,
            *draw(st.lists(reviews(), max_size=2)),
            entries=draw(st.lists(entries(), max_size=1)),
        )
        for name in ("left", "right")
    ]
    kind, confidence = draw(st.sampled_from(list(LINK))), draw(st.sampled_from(["high", "low"]))
    return Drawn(sides[0], sides[1], (link(kind, confidence, scope="same"),))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(pairs())
def test_situations_never_contradict(both: Pair) -> None:
    found = set(situations(both))
    sides = (both.left, both.right)
    first_days = [s.committee_spans()[0].since if s.committee_spans() else None for s in sides]
    assert found <= set(SITUATION)
    if "considered_by_both" in found:
        assert all(day and day <= DAY for day in first_days)
    if "concurrent" in found:
        assert "considered_by_both" in found
        for since, until in concurrent(both):
            assert max(str(day) for day in first_days) <= since <= (until or DAY)
    if "listed_in_both" in found:
        assert all(s.listed() for s in sides)
    if "listed_scope_differs" in found:
        assert all(s.listed() for s in sides)
    if not both.strong:
        assert not found & set(NEED_A_STRONG_LINK)
    for name in ("in_committee_and_listed", "pending_at_cop_and_listed", "waiting_and_listed",
                 "traded_under_exemption", "guidelines_due"):  # fmt: skip
        if name in found:
            assert any(s.listed() for s in sides)
    if "new_submission" in found:
        assert any(r.open and r.file.submissions for s in sides for r in s.reviews)
    turned = Pair(both.right, both.left, both.links)
    assert set(situations(turned)) == found
    assert concurrent(turned) == concurrent(both)
