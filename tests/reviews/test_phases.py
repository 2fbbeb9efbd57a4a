"""States, phases and outcomes on a day, as the domain says them, on small made-up files."""

from pathlib import Path
from typing import Any

import pytest

from app.conventions.queries import reference as read_reference
from app.db import Database
from app.reviews.queries import cabinet
from app.reviews.rules import annexes_recommended, cop_considerations, regions_met, replay
from tests.reviews.files import file, on, reference, spans, stands

POPS, PIC = "stockholm-art8", "rotterdam-art5"


class TestSubmittedAndCommittee:
    review = file(POPS, ("submitted", "2010-01-15", None), ("criteria_met", "2010-03-04", "c1"))

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("2010-01-14", None),
            ("2010-01-15", ("submitted", "submitted")),
            ("2010-02-28", ("submitted", "submitted")),
            # The first day of the meeting, not the day of its decision.
            ("2010-03-01", ("screening", "committee")),
            ("2010-03-03", ("screening", "committee")),
            ("2010-03-04", ("evaluation", "committee")),
            ("2010-12-31", ("evaluation", "committee")),
        ],
    )
    def test_the_committee_has_it_from_the_first_day_of_the_meeting(
        self, day: str, expected: tuple[str, str] | None
    ) -> None:
        assert stands(self.review, day) == expected

    def test_spans(self) -> None:
        assert spans(self.review) == [
            ("submitted", "2010-01-15", "2010-03-01"),
            ("committee", "2010-03-01", None),
        ]
        progress = on(self.review, "2010-03-02")
        assert progress is not None
        assert progress.opened_on == "2010-01-15"
        assert progress.open


def test_a_review_that_begins_at_the_meeting_is_in_committee_from_its_first_day() -> None:
    review = file(PIC, ("recommended", "2010-03-04", "c1"))
    assert stands(review, "2010-02-28") is None
    assert stands(review, "2010-03-01") == ("screening", "committee")
    assert stands(review, "2010-03-04") == ("recommended", "committee")
    progress = on(review, "2010-03-04")
    assert progress is not None
    assert progress.opened_on == "2010-03-01"


def test_a_submission_at_the_committee_s_own_meeting_is_with_the_committee() -> None:
    review = file(POPS, ("submitted", None, "c1"))
    assert stands(review, "2010-03-05") == ("screening", "committee")


def test_another_body_s_meeting_does_not_open_the_committee_s_phase() -> None:
    review = file(POPS, ("submitted", "2010-01-15", None), ("submission_added", None, "other"))
    assert stands(review, "2010-03-03") == ("submitted", "submitted")
    assert stands(review, "2010-12-01") == ("submitted", "submitted")


class TestWaiting:
    review = file(
        PIC, ("submitted", "2010-01-15", None), ("criteria_met_one_region", "2010-03-03", "c1"),
        ("reopened", None, "c2"), ("recommended", "2011-03-10", "c2"),
        ("dossier_forwarded", "2012-03-07", "c3"),
    )  # fmt: skip

    @pytest.mark.parametrize(
        ("day", "state", "phase"),
        [
            ("2010-03-02", "screening", "committee"),
            ("2010-03-03", "awaiting_submission", "waiting"),
            ("2011-03-06", "awaiting_submission", "waiting"),
            ("2011-03-10", "recommended", "committee"),
            ("2012-03-06", "recommended", "committee"),
            ("2012-03-07", "dossier", "cop"),
        ],
    )
    def test_it_waits_until_the_meeting_that_takes_it_up(
        self, day: str, state: str, phase: str
    ) -> None:
        assert stands(self.review, day) == (state, phase)

    def test_the_committee_has_it_again_from_that_meeting_s_first_day(self) -> None:
        found = stands(self.review, "2011-03-07")
        assert found is not None
        assert found[1] == "committee"

    def test_both_committee_phases_are_told(self) -> None:
        assert spans(self.review) == [
            ("submitted", "2010-01-15", "2010-03-01"),
            ("committee", "2010-03-01", "2010-03-03"),
            ("waiting", "2010-03-03", "2011-03-07"),
            ("committee", "2011-03-07", "2012-03-07"),
            ("cop", "2012-03-07", None),
        ]

    def test_a_meeting_that_finds_one_region_again_had_it_for_that_meeting(self) -> None:
        review = file(
            PIC, ("criteria_met_one_region", "2010-03-03", "c1"),
            ("criteria_met_one_region", "2011-03-09", "c2"),
        )  # fmt: skip
        assert spans(review) == [
            ("committee", "2010-03-01", "2010-03-03"),
            ("waiting", "2010-03-03", "2011-03-07"),
            ("committee", "2011-03-07", "2011-03-09"),
            ("waiting", "2011-03-09", None),
        ]

    def test_a_submission_that_joins_between_meetings_leaves_it_waiting(self) -> None:
        review = file(
            PIC, ("criteria_met_one_region", "2010-03-03", "c1"),
            ("submission_added", "2010-10-01", None),
        )  # fmt: skip
        assert stands(review, "2010-12-01") == ("awaiting_submission", "waiting")


class TestBeforeTheCop:
    review = file(
        POPS, ("criteria_met", "2010-03-03", "c1"), ("recommended", "2011-03-10", "c2"),
        ("deferred_to_next", "2011-06-09", "cop1"), ("recommendation_amended", None, "c3"),
        ("listed", "2013-06-07", "cop2"),
    )  # fmt: skip

    @pytest.mark.parametrize(
        ("day", "state", "phase"),
        [
            ("2011-03-09", "evaluation", "committee"),
            ("2011-03-10", "recommended", "cop"),
            ("2011-06-08", "recommended", "cop"),
            ("2011-06-09", "before_cop", "cop"),
            # Amending the recommendation leaves it before the COP.
            ("2012-03-06", "before_cop", "cop"),
            ("2012-03-09", "recommended", "cop"),
            ("2013-06-06", "recommended", "cop"),
            ("2013-06-07", "decided", "closed"),
        ],
    )
    def test_from_the_recommendation_until_it_is_decided(
        self, day: str, state: str, phase: str
    ) -> None:
        assert stands(self.review, day) == (state, phase)

    def test_one_committee_phase_only(self) -> None:
        assert spans(self.review) == [
            ("committee", "2010-03-01", "2011-03-10"),
            ("cop", "2011-03-10", "2013-06-07"),
            ("closed", "2013-06-07", None),
        ]

    def test_the_cops_that_had_it(self) -> None:
        progress = on(self.review, "2013-06-07")
        assert progress is not None
        told = cop_considerations(progress, reference())
        assert [(outcome, event["meeting"]) for outcome, event in told] == [
            ("deferred_to_next", "cop1"), ("listed", "cop2"),
        ]  # fmt: skip

    def test_a_recommendation_under_article_5_stays_in_committee_until_the_dossier(self) -> None:
        review = file(PIC, ("recommended", "2010-03-03", "c1"), ("dossier_deferred", None, "c2"))
        assert stands(review, "2012-01-01") == ("recommended", "committee")

    def test_considered_again_by_the_committee_it_stays_before_the_cop(self) -> None:
        review = file(
            PIC, ("recommended", "2010-03-03", "c1"), ("dossier_forwarded", "2011-03-08", "c2"),
            ("no_consensus", None, "cop1"), ("considered", None, "c3"),
        )  # fmt: skip
        assert stands(review, "2012-03-07") == ("before_cop", "cop")
        assert stands(review, "2012-12-01") == ("before_cop", "cop")


class TestReturned:
    review = file(
        POPS, ("criteria_met", "2010-03-03", "c1"), ("recommended", "2011-03-10", "c2"),
        ("returned_to_committee", "2011-06-09", "cop1"), ("rme_adopted", "2012-03-08", "c3"),
    )  # fmt: skip

    def test_the_cop_has_it_until_the_committee_s_meeting_takes_it_up(self) -> None:
        for day in ("2011-06-09", "2012-03-04"):
            found = stands(self.review, day)
            assert found is not None
            assert found[1] == "cop"
        for day in ("2012-03-05", "2012-03-08"):
            assert stands(self.review, day) == ("evaluation", "committee")

    def test_spans(self) -> None:
        assert spans(self.review) == [
            ("committee", "2010-03-01", "2011-03-10"),
            ("cop", "2011-03-10", "2012-03-05"),
            ("committee", "2012-03-05", None),
        ]


class TestClosed:
    def test_set_aside_after_screening(self) -> None:
        review = file(POPS, ("submitted", "2010-01-15", None), ("criteria_not_met", None, "c1"))
        assert stands(review, "2010-03-04") == ("screening", "committee")
        progress = on(review, "2010-03-05")
        assert progress is not None
        assert (progress.state, progress.phase, progress.outcome, progress.closed_on) == (
            "set_aside", "closed", "set_aside", "2010-03-05",
        )  # fmt: skip
        assert not progress.open

    def test_criteria_not_met_is_rotterdam_s_word(self) -> None:
        progress = on(file(PIC, ("criteria_not_met", "2010-03-04", "c1")), "2010-03-04")
        assert progress is not None
        assert (progress.state, progress.outcome) == ("set_aside", "criteria_not_met")

    def test_resubmitted_it_is_open_again_and_before_nobody_yet(self) -> None:
        review = file(
            POPS, ("submitted", "2010-01-15", None), ("criteria_not_met", "2010-03-04", "c1"),
            ("resubmitted", "2010-10-01", None), ("criteria_met", "2011-03-09", "c2"),
        )  # fmt: skip
        progress = on(review, "2010-10-01")
        assert progress is not None
        assert (progress.state, progress.phase, progress.outcome, progress.closed_on) == (
            "submitted", "submitted", None, None,
        )  # fmt: skip
        assert progress.open
        assert stands(review, "2011-03-07") == ("screening", "committee")
        assert stands(review, "2011-03-09") == ("evaluation", "committee")

    def test_taken_up_again_after_it_was_set_aside(self) -> None:
        review = file(
            PIC, ("criteria_not_met", "2010-03-04", "c1"), ("reopened", "2011-03-09", "c2"),
        )  # fmt: skip
        assert spans(review) == [
            ("committee", "2010-03-01", "2010-03-04"),
            ("closed", "2010-03-04", "2011-03-07"),
            ("committee", "2011-03-07", None),
        ]

    def test_not_listed(self) -> None:
        review = file(
            POPS, ("criteria_met", None, "c1"), ("recommended", None, "c2"),
            ("not_listed", None, "cop1"),
        )  # fmt: skip
        progress = on(review, "2011-06-10")
        assert progress is not None
        assert (progress.phase, progress.outcome) == ("closed", "not_listed")
        before = on(review, "2011-06-09")
        assert before is not None
        assert before.outcome is None


class TestListedInPart:
    events: tuple[tuple[str, str | None, str | None], ...] = (
        ("criteria_met", "2010-03-03", "c1"), ("recommended", "2011-03-10", "c2"),
        ("listed_in_part", "2011-06-09", "cop1"),
    )  # fmt: skip

    def test_it_is_listed_and_stays_open(self) -> None:
        progress = on(file(POPS, *self.events), "2011-06-09")
        assert progress is not None
        assert (progress.state, progress.phase, progress.outcome) == (
            "before_cop", "cop", "listed",
        )  # fmt: skip
        assert progress.open
        assert progress.closed_on is None
        [(outcome, _)] = cop_considerations(progress, reference())
        assert outcome == "listed"

    @pytest.mark.parametrize("last", ["listed", "not_listed"])
    def test_the_outcome_stays_listed_whatever_comes_of_the_rest(self, last: str) -> None:
        progress = on(file(POPS, *self.events, (last, "2013-06-07", "cop2")), "2013-06-07")
        assert progress is not None
        assert (progress.state, progress.phase, progress.outcome) == (
            "decided", "closed", "listed",
        )  # fmt: skip


class TestDays:
    def test_an_event_without_a_day_counts_from_its_meeting_s_last(self) -> None:
        review = file(POPS, ("submitted", "2010-01-15", None), ("criteria_met", None, "c1"))
        assert stands(review, "2010-03-04") == ("screening", "committee")
        assert stands(review, "2010-03-05") == ("evaluation", "committee")

    @pytest.mark.parametrize(
        ("on_day", "last"),
        [("2009", "2009-12-31"), ("2009-02", "2009-02-28"), ("2008-02", "2008-02-29")],
    )
    def test_a_partial_date_counts_from_the_last_day_it_can_mean(
        self, on_day: str, last: str
    ) -> None:
        review = file(POPS, ("submitted", on_day, None))
        assert stands(review, last) == ("submitted", "submitted")
        assert stands(review, f"{last[:-2]}{int(last[-2:]) - 1}") is None

    def test_no_event_counts_later_than_the_next(self) -> None:
        review = file(POPS, ("submitted", "2010", None), ("criteria_met", "2010-03-04", "c1"))
        assert stands(review, "2010-03-04") == ("evaluation", "committee")

    def test_a_submission_of_the_meeting_s_year_does_not_hide_the_meeting(self) -> None:
        """The year's last day is after the meeting that took it up: it was before the committee."""
        review = file(POPS, ("submitted", "2010", None), ("criteria_met", "2010-03-04", "c1"))
        assert stands(review, "2010-03-01") == ("screening", "committee")
        assert stands(review, "2010-02-28") is None
        found = on(review, "2099-01-01")
        assert found is not None
        assert [s.since for s in found.committee_spans()] == ["2010-03-01"]

    def test_within_a_meeting_each_act_counts_from_its_own_day(self) -> None:
        review = file(
            POPS, ("criteria_met", None, "c1"), ("risk_profile_adopted", "2011-03-08", "c2"),
            ("rme_adopted", "2011-03-09", "c2"), ("recommended", "2011-03-10", "c2"),
        )  # fmt: skip
        assert stands(review, "2011-03-09") == ("evaluation", "committee")
        found = on(review, "2011-03-09")
        assert found is not None
        assert [event["kind"] for _, event, _ in found.events] == [
            "criteria_met", "risk_profile_adopted", "rme_adopted",
        ]  # fmt: skip
        assert stands(review, "2011-03-10") == ("recommended", "cop")


class TestRegions:
    @staticmethod
    def review(*findings: tuple[str, str, str, str]) -> Any:
        """Findings (submission, criterion, meeting, result), in the order of their ids."""
        rows = [
            {"id": f"{s}-{m}-{c}", "submission": s, "criterion": c, "meeting": m, "result": r}
            for s, c, m, r in findings
        ]
        return file(
            PIC, ("considered", None, "c1"),
            submissions=[{"id": "of-a", "parties": ["A", "B"]}, {"id": "of-c", "parties": ["C"]}],
            findings=sorted(rows, key=lambda row: row["id"]),
        )  # fmt: skip

    ref = reference(parties={"A": "africa", "B": "europe", "C": "asia"})

    def regions(self, review: Any, day: str = "2099-01-01") -> list[str]:
        progress = replay(review, self.ref, day)
        assert progress is not None
        return regions_met(progress, self.ref)

    def test_every_party_of_a_submission_that_met_them_counts(self) -> None:
        review = self.review(
            ("of-a", "annex-ii", "c1", "met"), ("of-c", "annex-ii", "c1", "not_met")
        )
        assert self.regions(review) == ["africa", "europe"]

    def test_from_the_last_day_of_the_meeting(self) -> None:
        review = self.review(("of-c", "annex-ii", "c1", "met"))
        assert self.regions(review, "2010-03-04") == []
        assert self.regions(review, "2010-03-05") == ["asia"]

    def test_each_single_criterion_met_is_as_good_as_the_whole(self) -> None:
        single = [c for c, row in self.review().procedure.criteria.items() if not row["whole"]]
        assert len(single) == 9
        met = [("of-c", code, "c1", "met") for code in single]
        assert self.regions(self.review(*met)) == ["asia"]
        assert self.regions(self.review(*met[:-1])) == []
        assert self.regions(self.review(*met[:-1], (*met[-1][:3], "not_met"))) == []

    def test_one_criterion_met_says_nothing_of_the_others(self) -> None:
        review = self.review(("of-c", "annex-ii-b-iii", "c1", "met"))
        assert self.regions(review) == []

    def test_a_later_meeting_s_finding_takes_the_place_of_an_earlier_one(self) -> None:
        review = self.review(
            ("of-c", "annex-ii", "c1", "deferred"), ("of-c", "annex-ii", "c2", "met")
        )
        assert self.regions(review, "2010-12-01") == []
        assert self.regions(review) == ["asia"]

    def test_the_later_meeting_counts_whatever_the_ids_sort_like(self) -> None:
        """`crc-10` sorts before `crc-9`."""
        meetings = {
            "m9": ("committee", "2013-03-04", "2013-03-08"),
            "m10": ("committee", "2014-03-03", "2014-03-07"),
            "c1": ("committee", "2010-03-01", "2010-03-05"),
        }
        ref = reference(meetings, {"C": "asia", "A": "africa", "B": "europe"})
        review = self.review(
            ("of-c", "annex-ii", "m9", "deferred"), ("of-c", "annex-ii", "m10", "met")
        )
        progress = replay(review, ref, "2099-01-01")
        assert progress is not None
        assert regions_met(progress, ref) == ["asia"]

    def test_a_procedure_that_asks_for_no_regions_has_none(self) -> None:
        review = file(POPS, ("criteria_met", None, "c1"))
        progress = on(review, "2099-01-01")
        assert progress is not None
        assert regions_met(progress, reference()) == []


def test_the_newest_recommendation_that_names_annexes_counts() -> None:
    review = file(
        POPS, ("criteria_met", None, "c1"), ("recommended", None, "c2"),
        ("recommendation_amended", None, "c3"),
    )  # fmt: skip
    events = [dict(event) for event in review.events]
    events[1]["annexes"], events[2]["annexes"] = ["A", "B"], ["A"]
    changed = file(POPS)
    object.__setattr__(changed, "events", events)
    for day, annexes in (("2010-12-01", None), ("2011-12-01", ["A", "B"]), ("2012-12-01", ["A"])):
        progress = on(changed, day)
        assert progress is not None
        found = annexes_recommended(progress, reference())
        assert (found["annexes"] if found else None) == annexes


def test_on_every_day_that_matters_a_review_stands_as_its_whole_history_says(
    seeded: Database,
) -> None:
    """Each review of the seed data: what is said for a day does not change by what came later."""
    wrong: list[str] = []
    with seeded.read() as session:
        ref, files = read_reference(session), cabinet(session).files
    for review in files:
        whole = replay(review, ref, "2026-11-22")
        if whole is None:
            continue
        for span in whole.spans:
            for day in {span.since, _before(span.until or "2026-11-22")}:
                if not span.since <= day <= (span.until or "9999"):
                    continue
                if any(s is not span and s.since == day for s in whole.spans):
                    continue  # two phases change hands on that day
                then = replay(review, ref, day)
                if then is None or then.phase != span.phase:
                    wrong.append(f"{review.id} on {day}: {then and then.phase}, not {span.phase}")
        if whole.opened_on and replay(review, ref, whole.opened_on) is None:
            wrong.append(f"{review.id} is not there on the day it was opened, {whole.opened_on}")
    assert wrong == []


def _before(day: str) -> str:
    from datetime import date, timedelta  # noqa: PLC0415

    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def test_phases_follow_each_other_without_gap_or_overlap(seeded: Database) -> None:
    with seeded.read() as session:
        ref, files = read_reference(session), cabinet(session).files
    assert len(files) > 80
    for review in files:
        progress = replay(review, ref, "2026-11-22")
        if progress is None:
            continue
        for one, other in zip(progress.spans, progress.spans[1:], strict=False):
            assert one.phase != other.phase, review.id
            assert one.since <= (one.until or ""), review.id
            assert other.since <= (one.until or ""), review.id
        assert progress.spans[-1].until is None
        assert progress.spans[-1].phase == progress.phase
        assert (progress.phase == "closed") == (not progress.open), review.id
        assert (progress.closed_on is not None) == (not progress.open), review.id


def test_no_committee_is_named_in_the_rules() -> None:
    rules = (Path(__file__).resolve().parents[2] / "app/reviews/rules.py").read_text().lower()
    assert not [name for name in ("poprc", "crc", "stockholm", "rotterdam-") if name in rules]
