"""`as_of`: the law and the files as they stood on a day."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from tests.api.catalogue import LISTS, V1, data, every, ids, problem

EVERY_STATE = "in_force,adopted,removed"
DAYS = ["2004-02-24", "2008-01-01", "2012-03-01", "2016-07-01", "2019-05-10", "2021-01-01"]
THE_DAY = pytest.mark.parametrize("day", DAYS)


@pytest.mark.parametrize(
    ("day", "state"),
    [("2019-05-09", None), ("2019-01-01", None), ("2019-05-10", "adopted"),
     ("2020-01-01", "adopted"),
     ("2020-12-02", "adopted"), ("2020-12-03", "in_force"), ("2021-01-01", "in_force")],
)  # fmt: skip
def test_pfoa_is_adopted_and_then_in_force(api: httpx.Client, day: str, state: str | None) -> None:
    """Adopted on 10 May 2019, in force on 3 December 2020: the same wherever one asks."""
    rows = every(api, "/listings", chemical="pfoa", as_of=day)
    one = api.get(f"{V1}/listings/stockholm-a-pfoa", params={"as_of": day})
    whole = data(api, "/chemicals/pfoa", as_of=day)
    status = data(api, "/chemicals/pfoa/status", as_of=day)["stockholm"]
    member = data(api, "/chemicals/perfluorooctanoic-acid/status", as_of=day)["stockholm"]
    cells = {row["chemical"]["id"]: row["cells"] for row in every(api, "/matrix", as_of=day)}
    item = next(row for row in every(api, "/chemicals", as_of=day) if row["id"] == "pfoa")
    if state is None:
        assert rows == []
        problem(one, 404)
        assert [row for row in whole["listings"] if row["convention"] == "stockholm"] == []
        assert status["answer"] == member["answer"] == "no_entry_found"
        assert status["status_in_time"] is None
        assert "stockholm" not in cells["pfoa"]
        assert item["listings"] == []
        return
    assert [(row["id"], row["state"]) for row in rows] == [("stockholm-a-pfoa", state)]
    assert rows[0]["adopted_on"] == "2019-05-10"
    assert rows[0]["in_force_on"] == "2020-12-03"
    assert rows[0]["adopted_at"] == "SC COP-9"
    assert rows[0]["decision"] == "SC-9/12"
    assert one.json()["data"] == rows[0]
    assert [r["state"] for r in whole["listings"] if r["convention"] == "stockholm"] == [state]
    assert (status["answer"], status["status_in_time"]) == ("listed_directly", state)
    assert (member["answer"], member["status_in_time"]) == ("listed_by_group", state)
    assert cells["pfoa"]["stockholm"]["state"] == state
    since = "2020-12-03" if state == "in_force" else "2019-05-10"
    assert cells["pfoa"]["stockholm"]["since"] == since
    assert item["listings"] == ["stockholm-a-pfoa"]


def test_sccps_in_2012(api: httpx.Client) -> None:
    """Before POPRC since 2006; the CRC had not yet had them."""
    review = data(api, "/reviews/poprc-sccps", as_of="2012-03-01")
    assert (review["phase"], review["open"], review["outcome"]) == ("committee", True, None)
    assert review["next_meeting"] == "POPRC-8"
    assert "poprc-sccps" in ids(every(api, "/reviews", phase="committee", as_of="2012-03-01"))
    for chemical in ("sccps", "sccps-rotterdam"):
        for row in every(api, "/overlaps", chemical=chemical, as_of="2012-03-01"):
            assert "considered_by_both" not in row["situations"]
        flags = data(api, f"/chemicals/{chemical}", as_of="2012-03-01")["flags"]
        assert not flags["considered_by_both"]
    today = every(api, "/overlaps", chemical="sccps")
    assert [row["id"] for row in today] == ["rotterdam-sccps-rotterdam--stockholm-sccps"]
    assert "considered_by_both" in today[0]["situations"]
    concurrent = today[0]["concurrent"]
    assert concurrent
    inside = concurrent[0]["from"]
    then = every(api, "/overlaps", chemical="sccps", as_of=inside)
    assert "considered_by_both" in then[0]["situations"]
    assert then[0]["concurrent"] == [{"from": inside, "to": None}]


def test_hbcd_timeline(api: httpx.Client) -> None:
    """Stockholm 2008 to 2014, then Rotterdam to 2019, in date order."""
    rows = every(api, "/chemicals/hbcd/timeline")
    told = [(r["on"], r["convention"], r["kind"], r["meeting"]) for r in rows]
    for event in (
        ("2008-06-18", "stockholm", "submitted", None),
        ("2013-05-10", "stockholm", "added", "SC COP-6"),
        ("2013-11-26", "stockholm", "communicated", "SC COP-6"),
        ("2014-11-26", "stockholm", "in_force", "SC COP-6"),
        ("2019-05-10", "rotterdam", "added", "RC COP-9"),
        ("2019-09-16", "rotterdam", "in_force", "RC COP-9"),
    ):
        assert event in told
    meetings = [m for _, c, k, m in told if c == "stockholm" and m and m.startswith("POPRC")]
    assert meetings == ["POPRC-4", "POPRC-5", "POPRC-6", "POPRC-7", "POPRC-8"]
    early = every(api, "/chemicals/hbcd/timeline", as_of="2012-01-01")
    assert {row["convention"] for row in early} == {"stockholm"}
    assert early == rows[: len(early)]


@pytest.mark.parametrize(
    "id",
    ["endosulfan", "hbcd", "perfluorooctanoic-acid", "chrysotile-asbestos", "mirex", "lindane"],
)
def test_timelines_are_in_date_order(api: httpx.Client, id: str) -> None:
    """Days ascend; an event that only has a meeting stands at the meeting's last day."""
    ends = {row["label"]: row["ends_on"] for row in every(api, "/meetings")}
    rows = every(api, f"/chemicals/{id}/timeline")
    known = [row["on"] if row["on"] and len(row["on"]) == 10 else None for row in rows]
    days = [day for day in known if day]
    assert days == sorted(days)
    for at, row in enumerate(rows):
        if row["on"] is None and row["meeting"]:
            before = [day for day in known[:at] if day]
            after = [day for day in known[at:] if day]
            assert not before or before[-1] <= ends[row["meeting"]]
            assert not after or after[0] >= (ends[row["meeting"]] or "")[:4]
    if not days:
        return
    last = days[len(days) // 2]
    shorter = every(api, f"/chemicals/{id}/timeline", as_of=last)
    assert shorter == rows[: len(shorter)]
    assert all(day <= last for day in (row["on"] for row in shorter) if day and len(day) == 10)


@pytest.mark.parametrize("name", [name for name, found in LISTS.items() if found.as_of])
def test_today_is_the_default(api: httpx.Client, name: str) -> None:
    today = datetime.now(UTC).date().isoformat()
    assert LISTS[name].get(api, as_of=today, limit=500).json()["data"] == LISTS[name].rows(api)


def test_before_everything_there_is_nothing(api: httpx.Client) -> None:
    for path in ("/listings", "/reviews", "/overlaps", "/matrix"):
        assert every(api, path, as_of="1950-01-01") == []
    status = data(api, "/chemicals/endosulfan/status", as_of="1950-01-01")
    assert {row["answer"] for row in status.values()} == {"no_entry_found"}
    item = data(api, "/chemicals", q="endosulfan", as_of="1950-01-01")[0]
    assert item["listings"] == item["reviews"] == []
    assert not any(item["flags"].values())


def test_a_future_day_has_the_law_as_adopted_so_far(api: httpx.Client) -> None:
    far = every(api, "/listings", as_of="2999-01-01")
    assert ids(far) == ids(every(api, "/listings"))
    assert {r["state"] for r in far if r["in_force_on"]} == {"in_force"}
    assert {r["state"] for r in far if not r["in_force_on"]} <= {"adopted"}
    assert ids(every(api, "/reviews", as_of="2999-01-01")) == ids(every(api, "/reviews"))


@THE_DAY
def test_listings_know_nothing_later(api: httpx.Client, day: str) -> None:
    """Events, wording and exemptions of the day, and a state that follows from the days."""
    for row in every(api, "/listings", state=EVERY_STATE, as_of=day):
        events = row["events"]
        assert events[0]["kind"] == "added"
        for event in events:
            assert not event["adopted_on"] or event["adopted_on"] <= day, row["id"]
        in_force = row["in_force_on"] is not None and row["in_force_on"] <= day
        if row["state"] != "removed":
            assert row["state"] == ("in_force" if in_force else "adopted"), row["id"]
            assert row["removed_on"] is row["replaced_by"] is None
        else:
            assert row["removed_on"] <= day
        known = {event["id"] for event in events}
        for exemption in row["exemptions"]:
            assert exemption["added_by"] in known
            if exemption["removed_by"] not in known | {None}:
                pytest.fail(f"{row['id']}: {exemption['id']} names a later event")


@THE_DAY
def test_reviews_know_nothing_later(api: httpx.Client, day: str) -> None:
    """Events, submissions, findings, listings: what had come by that day."""
    meetings = {row["label"]: row for row in every(api, "/meetings")}
    listed = set(ids(every(api, "/listings", state=EVERY_STATE, as_of=day)))
    for row in every(api, "/reviews", as_of=day):
        where = f"{row['id']} on {day}"
        assert row["opened_on"] is None or row["opened_on"] <= day, where
        assert row["closed_on"] is None or row["closed_on"] <= day, where
        assert set(row["listed_as"]) <= listed, where
        for event in row["events"]:
            assert not event["on"] or event["on"] <= day[: len(event["on"])], where
            if event["meeting"]:
                assert meetings[event["meeting"]]["starts_on"] <= day, where
        for submission in row["submissions"]:
            for name in ("received_on", "verified_on"):
                on = submission[name]
                assert not on or on <= day[: len(on)], f"{where}: {submission['id']} {name} {on}"
            for finding in submission["findings"]:
                if finding["meeting"]:
                    starts = meetings[finding["meeting"]]["starts_on"]
                    assert starts <= day, f"{where}: {finding['id']} at {finding['meeting']}"


@THE_DAY
def test_findings_of_later_meetings_find_nothing(api: httpx.Client, day: str) -> None:
    """A filter by findings looks at those of the day."""
    meetings = {row["label"]: row for row in every(api, "/meetings")}
    for row in every(api, "/reviews", criterion="annex-ii-b-iii", as_of=day):
        found = [
            finding
            for submission in data(api, f"/reviews/{row['id']}")["submissions"]
            for finding in submission["findings"]
            if finding["criterion"] == "annex-ii-b-iii"
        ]
        starts = [meetings[f["meeting"]]["starts_on"] for f in found if f["meeting"]]
        assert not starts or min(starts) <= day, f"{row['id']}: first found at {min(starts)}"


@THE_DAY
def test_overlaps_know_nothing_later(api: httpx.Client, day: str) -> None:
    """Both sides, and the evidence, hold what the other lists give for that day."""
    listings = set(ids(every(api, "/listings", state=EVERY_STATE, as_of=day)))
    reviews = set(ids(every(api, "/reviews", as_of=day)))
    starts = {row["label"]: row["starts_on"] for row in every(api, "/meetings")}
    known = set(ids(every(api, "/overlaps")))
    for row in every(api, "/overlaps", as_of=day):
        assert row["id"] in known, "an id that today's list does not know"
        for side in (row["left"], row["right"]):
            assert set(side["listings"]) <= listings
            assert set(side["reviews"]) <= reviews
            assert all(starts[meeting] <= day for meeting in side["meetings"])
            assert not side["first_on"] or side["first_on"] <= day
            assert not side["last_on"] or side["last_on"] <= day
        for evidence in row["evidence"]:
            assert evidence["listing"] in listings | {None}
            assert evidence["review"] in reviews | {None}
        for period in row["concurrent"]:
            assert period["from"] <= day
            assert period["to"] is None or period["from"] <= period["to"] <= day


@THE_DAY
def test_matrix_is_made_of_listings_and_reviews(api: httpx.Client, day: str) -> None:
    """Exactly the chemicals that stand in an annex or have been before a committee."""
    listings = every(api, "/listings", as_of=day)
    reviews = every(api, "/reviews", as_of=day)
    cells: dict[str, dict[str, Any]] = {}
    for row in listings:
        cell = cells.setdefault(row["chemical"]["id"], {})
        cell.setdefault(row["convention"], []).append(row["id"])
    for row in reviews:
        for subject in row["subjects"]:
            cells.setdefault(subject["id"], {}).setdefault(row["body"], []).append(row["id"])
    shown = {
        row["chemical"]["id"]: {
            column: sorted(cell["listings"] + cell["reviews"])
            for column, cell in row["cells"].items()
        }
        for row in every(api, "/matrix", as_of=day)
    }
    assert shown == {
        key: {column: sorted(held) for column, held in cell.items()} for key, cell in cells.items()
    }
