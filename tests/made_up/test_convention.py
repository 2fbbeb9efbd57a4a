"""A made-up convention beside the seed data: it appears wherever conventions do, without a line of
code."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from app.db import Database
from app.stock import check_folder, load_folder
from tests.made_up.zephyr import COMMITTEE, LISTED, OPEN, WAITING, WORDS

ROOT = Path(__file__).resolve().parents[2]
DAY = "as_of=2026-11-22"


def ask(client: httpx.Client, path: str) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def ids(client: httpx.Client, path: str) -> list[str]:
    return [row["id"] for row in ask(client, path)]


def test_nothing_of_it_stands_in_the_code() -> None:
    for path in (ROOT / "app").rglob("*"):
        if path.suffix in (".py", ".html", ".js", ".css"):
            text = path.read_text("utf-8").lower()
            assert not [word for word in WORDS if word in text], path


def test_the_folder_alone_lacks_only_what_the_seed_data_holds(zephyr_folder: Path) -> None:
    errors = check_folder(zephyr_folder).errors
    assert {fault.code for fault in errors} == {"unknown_reference"}
    assert {fault.column for fault in errors} == {"chemical", "party"}


def test_loading_it_again_changes_nothing(with_zephyr: Database, zephyr_folder: Path) -> None:
    plan = load_folder(with_zephyr, zephyr_folder, reason="again", dry_run=True)
    assert plan.changes == []
    assert with_zephyr.revision() == 2


def test_the_reference_lists_show_it(zephyr_api: httpx.Client) -> None:
    assert "zephyr" in ids(zephyr_api, "conventions")
    assert ids(zephyr_api, "conventions")[-1] == "zephyr"
    assert ask(zephyr_api, "conventions/zephyr")["name"].startswith("Zephyr Convention")
    assert ids(zephyr_api, "bodies?convention=zephyr") == ["zc-cop", COMMITTEE]
    assert COMMITTEE in ids(zephyr_api, "bodies?role=chemical_review")
    assert set(ids(zephyr_api, "meetings?convention=zephyr")) == {
        "zorp-1", "zorp-2", "zc-cop-1", "zc-cop-9",
    }  # fmt: skip
    assert ask(zephyr_api, "meetings/ZORP-1")["id"] == "zorp-1"
    assert ids(zephyr_api, "decisions?convention=zephyr") == ["zc-1-1"]


def test_its_annex_is_listed(zephyr_api: httpx.Client) -> None:
    listed = ask(zephyr_api, f"listings?convention=zephyr&{DAY}")
    assert {row["id"] for row in listed} == {"zephyr-q-zephyrine", "zephyr-q-aldrin"}
    assert ids(zephyr_api, f"listings?annex=zephyr-q&chemical=zephyrine&{DAY}") == [
        "zephyr-q-zephyrine"
    ]
    row = ask(zephyr_api, f"listings/zephyr-q-zephyrine?{DAY}")
    assert (row["state"], row["decision"], row["adopted_at"]) == ("in_force", "ZC-1/1", "ZC COP-1")
    assert row["effect"] == "restrict"
    assert ask(zephyr_api, "listings/zephyr-q-zephyrine?as_of=2013-12-31")["state"] == "adopted"


@pytest.mark.parametrize(
    ("review", "day", "state", "phase", "outcome"),
    [
        (LISTED, "2012-01-15", "submitted", "submitted", None),
        (LISTED, "2012-09-02", "submitted", "submitted", None),
        (LISTED, "2012-09-03", "evaluation", "committee", None),
        (LISTED, "2012-09-06", "before_cop", "cop", None),
        (LISTED, "2013-05-09", "before_cop", "cop", None),
        (LISTED, "2013-05-10", "decided", "closed", "listed"),
        (OPEN, "2026-11-15", "submitted", "submitted", None),
        (OPEN, "2026-11-16", "evaluation", "committee", None),
        (OPEN, "2026-11-22", "evaluation", "committee", None),
        (WAITING, "2012-09-06", "evaluation", "committee", None),
        (WAITING, "2026-11-22", "awaiting_submission", "waiting", None),
    ],
)
def test_its_reviews_have_the_states_and_phases_of_its_procedure(
    zephyr_api: httpx.Client, review: str, day: str, state: str, phase: str, outcome: str | None
) -> None:
    row = ask(zephyr_api, f"reviews/{review}?as_of={day}")
    assert (row["state"], row["phase"], row["outcome"]) == (state, phase, outcome)
    assert (row["body"], row["convention"]) == (COMMITTEE, "zephyr")


def test_a_review_tells_its_events_in_its_own_words(zephyr_api: httpx.Client) -> None:
    row = ask(zephyr_api, f"reviews/{LISTED}?{DAY}")
    assert [event["kind"] for event in row["events"]] == ["breezed", "gusted", "blown_over"]
    assert row["listed_as"] == ["zephyr-q-zephyrine"]
    assert [c["outcome"] for c in row["cop_considerations"]] == ["blown_over"]
    assert ask(zephyr_api, f"reviews/{OPEN}?{DAY}")["next_step"] == "Step 2"
    assert ask(zephyr_api, f"reviews/{LISTED}?as_of=2012-12-01")["next_meeting"] == "ZC COP-1"


def test_filters_know_it(zephyr_api: httpx.Client) -> None:
    assert set(ids(zephyr_api, f"reviews?body={COMMITTEE}&{DAY}")) == {LISTED, OPEN, WAITING}
    assert ids(zephyr_api, f"reviews?procedure=zephyr-wind&phase=committee&{DAY}") == [OPEN]
    assert ids(zephyr_api, f"reviews?meeting=ZORP-2&{DAY}") == [OPEN]
    assert ids(zephyr_api, f"reviews?convention=zephyr&state=decided&{DAY}") == [LISTED]
    assert ids(zephyr_api, "submissions?procedure=zephyr-wind") == ["z-endosulfan-2026"]
    assert set(ids(zephyr_api, f"chemicals?convention=zephyr&{DAY}")) == {
        "zephyrine", "aldrin", "endosulfan", "dicofol",
    }  # fmt: skip
    assert set(ids(zephyr_api, f"chemicals?annex=zephyr-q&{DAY}")) == {"zephyrine", "aldrin"}
    assert ids(zephyr_api, f"chemicals?body={COMMITTEE}&phase=waiting&{DAY}") == ["dicofol"]
    assert ids(zephyr_api, "chemicals?q=west%20wind%20salt") == ["zephyrine"]


def test_the_matrix_has_its_columns_and_cells(zephyr_api: httpx.Client) -> None:
    answer = zephyr_api.get(f"/api/v1/matrix?limit=500&{DAY}").json()
    own = [(c["id"], c["kind"]) for c in answer["meta"]["columns"] if c["convention"] == "zephyr"]
    assert own == [("zephyr", "convention"), (COMMITTEE, "body")]
    cells = {row["chemical"]["id"]: row["cells"] for row in answer["data"]}
    assert cells["zephyrine"]["zephyr"]["state"] == "in_force"
    assert cells["zephyrine"][COMMITTEE]["reviews"] == [LISTED]
    assert cells["aldrin"]["zephyr"]["listings"] == ["zephyr-q-aldrin"]
    assert COMMITTEE not in cells["aldrin"]
    assert cells["endosulfan"][COMMITTEE]["state"] == "evaluation"
    assert "zephyr" not in cells["endosulfan"]
    table = zephyr_api.get(f"/api/v1/matrix?format=csv&{DAY}").text
    assert f"zephyr,{COMMITTEE}" in table.splitlines()[0]


def _overlap(client: httpx.Client, chemical: str, other: str) -> dict[str, Any]:
    found = [
        row
        for row in ask(client, f"overlaps?convention=zephyr&chemical={chemical}&limit=500&{DAY}")
        if other in (row["left"]["convention"], row["right"]["convention"])
    ]
    assert len(found) == 1
    return dict(found[0])


def test_a_chemical_that_the_stockholm_committee_had_is_considered_by_both(
    zephyr_api: httpx.Client,
) -> None:
    row = _overlap(zephyr_api, "endosulfan", "stockholm")
    assert row["id"] == "stockholm-endosulfan--zephyr-endosulfan"
    assert {"considered_by_both", "in_committee_and_listed", "new_submission"} <= set(
        row["situations"]
    )
    assert "listed_in_both" not in row["situations"]
    assert "concurrent" not in row["situations"]
    assert row["right"]["body"] == COMMITTEE
    assert row["right"]["first_on"] == "2026-11-16"
    assert row["right"]["last_on"] is None
    kinds = {(e["kind"], e["convention"]) for e in row["evidence"]}
    assert ("caution", "zephyr") in kinds
    assert ("trade_rule", "stockholm") in kinds
    before = ask(zephyr_api, "overlaps?convention=zephyr&chemical=endosulfan&as_of=2026-11-15")
    assert not any("considered_by_both" in row["situations"] for row in before)
    assert not any("in_committee_and_listed" in row["situations"] for row in before)


def test_it_overlaps_with_every_other_convention_in_its_own_pair(zephyr_api: httpx.Client) -> None:
    row = _overlap(zephyr_api, "aldrin", "stockholm")
    assert "listed_in_both" in row["situations"]
    assert "considered_by_both" not in row["situations"]
    row = _overlap(zephyr_api, "dicofol", "stockholm")
    assert {"waiting_and_listed", "considered_by_both"} <= set(row["situations"])
    row = _overlap(zephyr_api, "endosulfan", "rotterdam")
    assert {"considered_by_both", "in_committee_and_listed"} <= set(row["situations"])
    by_body = ids(zephyr_api, f"overlaps?body={COMMITTEE}&limit=500&{DAY}")
    assert all("zephyr-" in id for id in by_body)
    assert len(by_body) >= 4


def test_a_status_stands_under_it(zephyr_api: httpx.Client) -> None:
    status = ask(zephyr_api, f"chemicals/zephyrine/status?{DAY}")
    assert status["zephyr"]["answer"] == "listed_directly"
    assert status["zephyr"]["annexes"] == ["zephyr-q"]
    assert "Annex Q of the Zephyr Convention" in status["zephyr"]["explanation"]
    assert status["stockholm"]["answer"] == "no_entry_found"
    status = ask(zephyr_api, f"chemicals/endosulfan/status?{DAY}")
    assert status["zephyr"]["answer"] == "no_entry_found"
    assert status["zephyr"]["open_review"]["review"] == OPEN
    assert status["stockholm"]["answer"] == "listed_directly"
    rows = ask(zephyr_api, f"status?convention=zephyr&limit=500&{DAY}")
    assert {row["chemical"]["id"] for row in rows} == {
        "zephyrine", "aldrin", "endosulfan", "dicofol",
    }  # fmt: skip


def test_one_chemical_and_its_timeline_tell_it(zephyr_api: httpx.Client) -> None:
    whole = ask(zephyr_api, f"chemicals/endosulfan?{DAY}")
    assert OPEN in [review["id"] for review in whole["reviews"]]
    assert whole["flags"]["in_committee_and_listed"] is True
    assert whole["flags"]["considered_by_both"] is True
    events = ask(zephyr_api, "chemicals/zephyrine/timeline")
    assert {event["convention"] for event in events} == {"zephyr"}


def test_data_quality_counts_it(zephyr_api: httpx.Client) -> None:
    told = str(ask(zephyr_api, "data-quality"))
    assert "zephyr" in told


def test_the_vocabularies_are_untouched(zephyr_api: httpx.Client, api: httpx.Client) -> None:
    assert ask(zephyr_api, "vocabularies?limit=500") == ask(api, "vocabularies?limit=500")
    text = zephyr_api.get("/api/v1/vocabularies?limit=500").text.lower()
    assert not [word for word in WORDS if word in text]


def test_the_other_conventions_answers_stay_what_they_were(
    zephyr_api: httpx.Client, api: httpx.Client
) -> None:
    for path in (
        f"listings?convention=stockholm,rotterdam,basel,minamata&limit=500&{DAY}",
        f"reviews?convention=stockholm,rotterdam&limit=500&{DAY}",
    ):
        assert ask(zephyr_api, path) == ask(api, path)

    def strip(row: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in row.items() if name != "changed_at_revision"}

    mine = [r for r in ask(zephyr_api, f"overlaps?limit=500&{DAY}") if "zephyr" not in r["id"]]
    theirs = ask(api, f"overlaps?limit=500&{DAY}")
    assert [strip(row) for row in mine] == [strip(row) for row in theirs]
