"""Filters, each recomputed here from the rows that the same service shows."""

from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from tests.api.catalogue import Rows, every, ids

DAYS = ["", "2005-06-01", "2012-03-01", "2019-06-01"]
EVERY_STATE = "in_force,adopted,removed"


class Facts:
    """All listings, reviews and overlaps of a day, as the API shows them."""

    def __init__(self, api: httpx.Client, day: str) -> None:
        self.day = {"as_of": day} if day else {}
        self.listings = every(api, "/listings", state=EVERY_STATE, **self.day)
        self.standing = [row for row in self.listings if row["state"] != "removed"]
        self.reviews = every(api, "/reviews", **self.day)
        self.overlaps = every(api, "/overlaps", **self.day)
        self.chemicals = every(api, "/chemicals", **self.day)

    def listed(self, test: Callable[[Any], bool]) -> set[str]:
        """Chemicals with a standing entry of which this is true."""
        return {row["chemical"]["id"] for row in self.standing if test(row)}

    def reviewed(self, test: Callable[[Any], bool]) -> set[str]:
        """Subjects of reviews of which this is true."""
        return {s["id"] for row in self.reviews if test(row) for s in row["subjects"]}

    def both(self) -> set[str]:
        """Chemicals of overlaps that both committees have considered."""
        return {
            chemical
            for row in self.overlaps
            if "considered_by_both" in row["situations"]
            for chemical in _subjects(row)
        }


_KEPT: dict[tuple[int, str], Facts] = {}


@pytest.fixture(params=DAYS, ids=lambda day: day or "today")
def facts(api: httpx.Client, backend: str, request: pytest.FixtureRequest) -> Facts:
    """The facts of one of the days."""
    if backend != "sqlite" and request.param not in ("", "2012-03-01"):
        pytest.skip("days are reckoned in the same code: two of them will do")
    key = (id(api), request.param)
    if key not in _KEPT:
        _KEPT[key] = Facts(api, request.param)
    return _KEPT[key]


def values(rows: Rows, name: str) -> list[str]:
    """The values that a field has, and so those worth asking for."""
    return sorted({row[name] for row in rows if row[name] is not None})


def asked(api: httpx.Client, facts: Facts, path: str, filters: Mapping[str, str]) -> set[str]:
    """Ids that a list gives."""
    return set(ids(every(api, path, **facts.day, **filters)))


def test_chemicals_by_one_field_of_a_listing(api: httpx.Client, facts: Facts) -> None:
    for name, key in (("annex", "annex"), ("listing_state", "state"), ("category", "category")):
        for value in values(facts.listings, key):
            found = asked(api, facts, "/chemicals", {name: value})
            pool = facts.listings if name == "listing_state" else facts.standing
            assert found == {r["chemical"]["id"] for r in pool if r[key] == value}, value
    both = asked(api, facts, "/chemicals", {"annex": "stockholm-a,stockholm-b"})
    assert both == facts.listed(lambda row: row["annex"] in ("stockholm-a", "stockholm-b"))


def test_chemicals_by_one_field_of_a_review(api: httpx.Client, facts: Facts) -> None:
    for name, key in (("phase", "phase"), ("review_state", "state"), ("body", "body")):
        for value in values(facts.reviews, key):
            found = asked(api, facts, "/chemicals", {name: value})
            assert found == facts.reviewed(lambda row: row[key] == value), value  # noqa: B023


def test_chemicals_by_convention(api: httpx.Client, facts: Facts) -> None:
    """Listed there, or under review there now or before."""
    for convention in ("basel", "rotterdam", "stockholm", "minamata"):
        found = asked(api, facts, "/chemicals", {"convention": convention})
        of = lambda row: row["convention"] == convention  # noqa: B023, E731
        assert found == facts.listed(of) | facts.reviewed(of)


def test_chemicals_by_flags(api: httpx.Client, facts: Facts) -> None:
    everything = set(ids(facts.chemicals))
    for name, wanted in (
        ("under_review", facts.reviewed(lambda row: row["open"])),
        ("pending_at_cop", facts.reviewed(lambda row: row["phase"] == "cop")),
        ("considered_by_both", facts.both()),
    ):
        assert asked(api, facts, "/chemicals", {name: "true"}) == wanted
        assert asked(api, facts, "/chemicals", {name: "false"}) == everything - wanted


def test_chemicals_by_kind(api: httpx.Client, facts: Facts) -> None:
    for kind in values(facts.chemicals, "kind"):
        wanted = {row["id"] for row in facts.chemicals if row["kind"] == kind}
        assert asked(api, facts, "/chemicals", {"kind": kind}) == wanted != set()


def test_filters_on_listings_hold_for_one_listing(api: httpx.Client, facts: Facts) -> None:
    for annex in ("rotterdam-iii", "stockholm-a"):
        for category in ("pesticide", "industrial"):
            for state in ("in_force", "adopted"):
                found = asked(
                    api, facts, "/chemicals",
                    {"annex": annex, "category": category, "listing_state": state},
                )  # fmt: skip
                one = {"annex": annex, "category": category, "state": state}
                assert found == facts.listed(lambda row: one.items() <= row.items())  # noqa: B023


def test_filters_on_reviews_hold_for_one_review(api: httpx.Client, facts: Facts) -> None:
    for body in ("crc", "poprc"):
        for phase in ("committee", "cop", "waiting", "closed"):
            found = asked(api, facts, "/chemicals", {"body": body, "phase": phase})
            one = {"body": body, "phase": phase}
            assert found == facts.reviewed(lambda row: one.items() <= row.items())  # noqa: B023
    found = asked(api, facts, "/chemicals", {"under_review": "true", "body": "crc"})
    of_crc = facts.reviewed(lambda row: row["open"] and row["body"] == "crc")
    assert found == of_crc


def test_listing_and_review_filters_together(api: httpx.Client, facts: Facts) -> None:
    found = asked(api, facts, "/chemicals", {"annex": "stockholm-a", "body": "crc"})
    wanted = facts.listed(lambda row: row["annex"] == "stockholm-a")
    assert found == wanted & facts.reviewed(lambda row: row["body"] == "crc")


def test_what_a_chemical_shows_is_its_own(api: httpx.Client, facts: Facts) -> None:
    """`listings` and `reviews` of an item are those that the other lists give."""
    for row in facts.chemicals:
        mine = {r["id"] for r in facts.standing if r["chemical"]["id"] == row["id"]}
        assert set(row["listings"]) == mine, row["id"]
        files = {r["id"] for r in facts.reviews if row["id"] in [s["id"] for s in r["subjects"]]}
        assert set(row["reviews"]) == files, row["id"]


def test_chemicals_by_cas(api: httpx.Client) -> None:
    """Their own numbers, and for a group those that its entries print."""
    chemicals = every(api, "/chemicals")
    printed: dict[str, set[str]] = {}
    for row in every(api, "/listings", state=EVERY_STATE):
        for event in row["events"]:
            printed.setdefault(row["chemical"]["id"], set()).update(event["printed_cas"])
    own = {row["id"]: set(row["cas"]) | printed.get(row["id"], set()) for row in chemicals}
    numbers = sorted({number for held in own.values() for number in held})
    for number in numbers[::9]:
        wanted = {key for key, held in own.items() if number in held}
        for written in (number, number.replace("-", "")):
            assert set(ids(every(api, "/chemicals", cas=written))) == wanted
    pair = ",".join(numbers[:2])
    assert set(ids(every(api, "/chemicals", cas=pair))) == {
        key for key, held in own.items() if held & set(numbers[:2])
    }


def test_a_number_stands_once(api: httpx.Client) -> None:
    """Hyphenated, preferred first, each once, wherever a chemical stands."""
    for path in ("/chemicals", "/listings", "/reviews", "/matrix", "/work-items", "/submissions"):
        for row in every(api, path):
            cas = row["cas"] if path == "/chemicals" else row["chemical"]["cas"]
            assert len(set(cas)) == len(cas), row.get("id")
            assert all(number.count("-") == 2 for number in cas)


def test_listings_by_one_field(api: httpx.Client, facts: Facts) -> None:
    for name in ("convention", "annex", "category", "state"):
        for value in values(facts.listings, name):
            pool = facts.listings if name == "state" else facts.standing
            wanted = [row["id"] for row in pool if row[name] == value]
            # In printed order, filtered or not.
            assert ids(every(api, "/listings", **facts.day, **{name: value})) == wanted
    for row in facts.standing[::12]:
        own = [r["id"] for r in facts.standing if r["chemical"] == row["chemical"]]
        assert ids(every(api, "/listings", **facts.day, chemical=row["chemical"]["id"])) == own
        for number in row["printed_cas"][:2]:
            wanted = [
                r["id"]
                for r in facts.standing
                if number in r["printed_cas"] or number in r["chemical"]["cas"]
            ]
            assert ids(every(api, "/listings", **facts.day, cas=number)) == wanted


def test_listings_by_day_of_adoption(api: httpx.Client, facts: Facts) -> None:
    held = [row for row in facts.standing if row["adopted_on"]]
    for first, last in (("2009-01-01", "2013-12-31"), ("2019-05-10", "2019-05-10")):
        found = every(api, "/listings", **facts.day, adopted_from=first, adopted_to=last)
        wanted = [row["id"] for row in held if first <= row["adopted_on"] <= last]
        assert [row["id"] for row in found if row["adopted_on"]] == wanted
    nothing = {"adopted_from": "2020-01-01", "adopted_to": "2019-01-01"}
    assert every(api, "/listings", **facts.day, **nothing) == []


def test_removed_entries_only_where_asked(api: httpx.Client) -> None:
    """Methamidophos' formulation entry was replaced in 2015."""
    removed = every(api, "/listings", state="removed")
    assert removed
    assert {row["state"] for row in removed} == {"removed"}
    assert not set(ids(removed)) & set(ids(every(api, "/listings")))
    for row in removed:
        before = every(api, "/listings", as_of=row["in_force_on"] or "2014-01-01")
        assert row["id"] in ids(before)
        assert row["removed_on"]


def test_reviews_by_one_field(api: httpx.Client, facts: Facts) -> None:
    for name in ("convention", "body", "procedure", "state", "phase", "category"):
        for value in values(facts.reviews, name):
            wanted = [row["id"] for row in facts.reviews if row[name] == value]
            assert ids(every(api, "/reviews", **facts.day, **{name: value})) == wanted
    for word, truth in (("true", True), ("false", False)):
        for name, test in (
            ("open", lambda row: row["open"]),
            ("pending_at_cop", lambda row: row["phase"] == "cop"),
        ):
            wanted = [row["id"] for row in facts.reviews if test(row) == truth]
            assert ids(every(api, "/reviews", **facts.day, **{name: word})) == wanted


def test_reviews_by_what_hangs_on_them(api: httpx.Client, facts: Facts) -> None:
    meetings = sorted({e["meeting"] for r in facts.reviews for e in r["events"] if e["meeting"]})
    for meeting in meetings[::7]:
        wanted = [
            row["id"] for row in facts.reviews if meeting in [e["meeting"] for e in row["events"]]
        ]
        assert ids(every(api, "/reviews", **facts.day, meeting=meeting)) == wanted != []
        by_id = every(api, "/reviews", **facts.day, meeting=meeting.lower().replace(" ", "-"))
        assert ids(by_id) == wanted
    for chemical in sorted({s["id"] for r in facts.reviews for s in r["subjects"]})[::9]:
        wanted = [r["id"] for r in facts.reviews if chemical in [s["id"] for s in r["subjects"]]]
        assert ids(every(api, "/reviews", **facts.day, chemical=chemical)) == wanted


def test_reviews_by_submission_and_finding(api: httpx.Client) -> None:
    """A Party and its region are one submission's; criterion and result one finding's."""
    rows = every(api, "/reviews")
    parties = {p["id"]: p["region"] for r in rows for s in r["submissions"] for p in s["parties"]}
    for party, region in sorted(parties.items())[::6]:
        wanted = [
            r["id"]
            for r in rows
            if any(p["id"] == party for s in r["submissions"] for p in s["parties"])
        ]
        assert ids(every(api, "/reviews", party=party)) == wanted
        if region:
            assert set(wanted) <= set(ids(every(api, "/reviews", party=party, region=region)))
    findings = {r["id"]: [f for s in r["submissions"] for f in s["findings"]] for r in rows}
    for criterion in ("annex-ii-b-iii", "annex-d"):
        for result in ("met", "not_met", "deferred"):
            # Findings of the review as a whole are shown with no submission: at least these.
            least = {
                key
                for key, held in findings.items()
                if any(f["criterion"] == criterion and f["result"] == result for f in held)
            }
            found = set(ids(every(api, "/reviews", criterion=criterion, result=result)))
            assert least <= found
            assert found <= set(ids(every(api, "/reviews", criterion=criterion)))


def test_submissions(api: httpx.Client) -> None:
    rows = every(api, "/submissions")
    for name in ("kind", "procedure", "category"):
        for value in values(rows, name):
            wanted = [row["id"] for row in rows if row[name] == value]
            assert ids(every(api, "/submissions", **{name: value})) == wanted != []
    reviews = {row["id"]: row["body"] for row in every(api, "/reviews")}
    for body in ("crc", "poprc"):
        wanted = [r["id"] for r in rows if body in {reviews.get(key) for key in r["reviews"]}]
        assert ids(every(api, "/submissions", body=body)) == wanted
    for chemical in sorted({row["chemical"]["id"] for row in rows})[::10]:
        wanted = [row["id"] for row in rows if row["chemical"]["id"] == chemical]
        assert ids(every(api, "/submissions", chemical=chemical)) == wanted
    for party in sorted({p["id"] for row in rows for p in row["parties"]})[::8]:
        wanted = [row["id"] for row in rows if party in [p["id"] for p in row["parties"]]]
        assert ids(every(api, "/submissions", party=party)) == wanted
    regions = {p["region"] for row in rows for p in row["parties"]} - {None}
    assert regions
    for region in sorted(regions):
        wanted = [row["id"] for row in rows if region in [p["region"] for p in row["parties"]]]
        assert ids(every(api, "/submissions", region=region)) == wanted
    for result in ("met", "not_met"):
        found = every(api, "/submissions", criterion="annex-ii-b-iii", result=result)
        assert ids(found) == [
            row["id"]
            for row in rows
            if any(
                f["criterion"] == "annex-ii-b-iii" and f["result"] == result
                for f in row["findings"]
            )
        ]


def test_reference_lists(api: httpx.Client) -> None:
    for path, names in (
        ("/bodies", ("convention", "role")),
        ("/meetings", ("convention", "body", "status")),
        ("/documents", ("convention", "body", "meeting")),
        ("/decisions", ("convention", "body", "meeting")),
        ("/work-items", ("body", "state")),
    ):
        rows = every(api, path)
        for name in names:
            for value in values(rows, name)[:12]:
                wanted = [row["id"] for row in rows if row[name] == value]
                assert ids(every(api, path, **{name: value})) == wanted != []
    assert {row["kind"] for row in every(api, "/decisions")} == {"decision"}
    days = [row["starts_on"] for row in every(api, "/meetings") if row["starts_on"]]
    assert days == sorted(days)


def test_overlaps(api: httpx.Client, facts: Facts) -> None:
    rows = facts.overlaps
    reviews = {row["id"]: row["body"] for row in facts.reviews}
    everything = {
        "situation": lambda row: set(row["situations"]),
        "link": lambda row: {link["kind"] for link in row["links"]},
        "convention": lambda row: {row["left"]["convention"], row["right"]["convention"]},
        "chemical": _subjects,
        "meeting": lambda row: {*row["left"]["meetings"], *row["right"]["meetings"]},
        "body": lambda row: {reviews[k] for s in ("left", "right") for k in row[s]["reviews"]},
    }
    for name, of in everything.items():
        asked = sorted({value for row in rows for value in of(row)})
        # Today's are kept in memory, those of another day are made anew for each request.
        for value in asked if not facts.day else asked[::9]:
            wanted = [row["id"] for row in rows if value in of(row)]
            assert ids(every(api, "/overlaps", **facts.day, **{name: value})) == wanted
    pair = {"situation": "listed_in_both,considered_by_both", "convention": "stockholm"}
    assert ids(every(api, "/overlaps", **facts.day, **pair)) == [
        row["id"]
        for row in rows
        if {"listed_in_both", "considered_by_both"} & set(row["situations"])
        and "stockholm" in (row["left"]["convention"], row["right"]["convention"])
    ]


def _subjects(row: Any) -> set[str]:
    return {
        row["left"]["chemical"]["id"],
        row["right"]["chemical"]["id"],
        *(link[side] for link in row["links"] for side in ("left", "right")),
    }
