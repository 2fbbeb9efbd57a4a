"""Loading a folder: what it writes, what it leaves, and how the log tells it."""

from pathlib import Path

import pytest

from app.db import Database
from app.facts.faults import Rejected
from app.registry import RESOURCES
from app.stock import is_empty, load_folder
from tests.conftest import SEED, client_of
from tests.facts.road import edit, everything, load, log, refused, revision, row
from tests.made_up.folder import SOURCE, Folder, listing, small


@pytest.fixture
def made() -> Folder:
    return small()


def test_an_empty_database_takes_every_row_of_a_folder_as_revision_1(
    empty: Database, made: Folder, tmp_path: Path
) -> None:
    assert is_empty(empty)
    plan = load(empty, made, tmp_path / "data", reason="the first load")
    assert empty.revision() == 1
    assert not is_empty(empty)
    told = revision(empty, 1)
    assert (told["kind"], told["actor"], told["reason"]) == ("load", "loader", "the first load")
    assert told["counts"] == plan.counts()
    rows = sum(len(rows) for rows in made.tables.values())
    assert sum(n for counts in told["counts"].values() for n in counts.values()) == rows
    entries = log(empty, 1)
    assert [entry["sequence"] for entry in entries] == list(range(1, rows + 1))
    assert {entry["action"] for entry in entries} == {"created"}
    assert all(entry["before"] is None and entry["after"] for entry in entries)


def test_values_are_stored_as_the_file_says_them(loaded: Database) -> None:
    event = row(loaded, "procedure_events", procedure="alder-listing", event="considered")
    assert event is not None
    assert event["from_states"] == ["submitted", "screening"]
    assert event["begins"] is True
    assert event["outcome"] is None
    segment = row(loaded, "meeting_segments", meeting="alder-cop-1")
    assert segment is not None
    assert (segment["sequence"], segment["starts_on"]) == (1, "2011-06-06")


def test_the_same_load_again_changes_nothing(
    loaded: Database, made: Folder, tmp_path: Path
) -> None:
    before = everything(loaded)
    plan = load(loaded, made, tmp_path / "again")
    assert plan.changes == []
    assert plan.conflicts == []
    assert sum(plan.unchanged.values()) == sum(len(rows) for rows in made.tables.values())
    assert loaded.revision() == 1
    assert everything(loaded) == before


def test_the_seed_data_loaded_again_changes_nothing(writable: Database) -> None:
    before = everything(writable)
    plan = load_folder(writable, SEED, reason="again")
    assert plan.changes == []
    assert everything(writable) == before


def test_a_dry_run_tells_the_changes_and_writes_none(
    loaded: Database, made: Folder, tmp_path: Path
) -> None:
    before = everything(loaded)
    made.row("annexes", 0)["title"] = "Another title"
    plan = load_folder(loaded, made.write(tmp_path / "dry"), reason="dry", dry_run=True)
    assert plan.counts() == {"annexes": {"changed": 1}}
    assert everything(loaded) == before


def test_a_changed_cell_changes_that_row_alone_in_one_revision_with_before_and_after(
    loaded: Database, made: Folder, tmp_path: Path
) -> None:
    before = everything(loaded)
    made.row("annexes", 0)["title"] = "Another title"
    load(loaded, made, tmp_path / "second")
    assert loaded.revision() == 2
    [entry] = log(loaded, 2)
    assert (entry["resource"], entry["row_key"], entry["action"]) == (
        "annexes",
        "alder-a",
        "changed",
    )
    assert entry["before"]["title"] == "Annex A"
    assert entry["after"]["title"] == "Another title"
    assert {k: v for k, v in entry["before"].items() if k != "title"} == {
        k: v for k, v in entry["after"].items() if k != "title"
    }
    after = everything(loaded)
    differing = {name for name in before if before[name] != after[name]}
    assert differing == {"annexes", "revisions", "changes"}
    assert len(set(after["annexes"]) - set(before["annexes"])) == 1


def test_the_log_keeps_rows_in_the_form_of_the_import(loaded: Database) -> None:
    by_table = {entry["resource"]: entry for entry in log(loaded, 1)}
    for name, entry in by_table.items():
        assert set(entry["after"]) == set(RESOURCES[name].columns)
    assert "sort_name" not in by_table["chemicals"]["after"]


def test_a_composite_key_stands_in_the_log_with_its_parts(loaded: Database) -> None:
    keys = [e["row_key"] for e in log(loaded, 1) if e["resource"] == "review_events"]
    assert keys == ["alder-review|1", "alder-review|2", "alder-review|3"]


def test_an_edit_stays_when_the_file_has_not_changed(
    loaded: Database, made: Folder, tmp_path: Path
) -> None:
    edit(loaded, "annexes", id="alder-a", title="As the secretariat says it")
    before = everything(loaded)
    plan = load(loaded, made, tmp_path / "again")
    assert plan.changes == []
    assert everything(loaded) == before


def test_an_edit_is_a_reported_conflict_and_stays_when_the_file_says_otherwise(
    loaded: Database, made: Folder, tmp_path: Path
) -> None:
    assert edit(loaded, "annexes", id="alder-a", title="As the secretariat says it") == 2
    made.row("annexes", 0)["title"] = "As the file says it"
    made.row("annexes", 1)["title"] = "Changed beside it"
    plan = load(loaded, made, tmp_path / "second")
    [conflict] = plan.conflicts
    assert (conflict.code, conflict.severity) == ("later_edit", "warning")
    assert (conflict.file, conflict.row) == ("annexes.csv", 2)
    assert "title" in conflict.message
    kept = row(loaded, "annexes", id="alder-a")
    assert kept is not None
    assert kept["title"] == "As the secretariat says it"
    assert [e["row_key"] for e in log(loaded, 3)] == ["birch-a"]


def test_a_row_that_a_steward_created_is_not_overwritten_by_a_load(
    loaded: Database, made: Folder, tmp_path: Path
) -> None:
    edit(
        loaded, "chemicals", id="new", name="As the steward writes it", kind="substance",
        source=SOURCE, confidence="high",
    )  # fmt: skip
    made.chemical("new", name="As a later file writes it")
    plan = load(loaded, made, tmp_path / "second")
    kept = row(loaded, "chemicals", id="new")
    assert kept is not None
    assert kept["name"] == "As the steward writes it"
    assert [conflict.code for conflict in plan.conflicts] == ["later_edit"]


def test_a_file_that_took_the_edit_over_is_followed_again(
    loaded: Database, made: Folder, tmp_path: Path
) -> None:
    edit(loaded, "annexes", id="alder-a", title="As the secretariat says it")
    made.row("annexes", 0)["title"] = "As the secretariat says it"
    assert load(loaded, made, tmp_path / "second").conflicts == []
    made.row("annexes", 0)["title"] = "A later correction in the file"
    plan = load(loaded, made, tmp_path / "third")
    assert plan.conflicts == []
    kept = row(loaded, "annexes", id="alder-a")
    assert kept is not None
    assert kept["title"] == "A later correction in the file"


def test_a_row_that_a_steward_withdrew_stays_withdrawn(
    loaded: Database, made: Folder, tmp_path: Path
) -> None:
    made.chemical("passing")
    load(loaded, made, tmp_path / "second")
    edit(loaded, "chemicals", id="passing", withdrawn="entered by mistake")
    assert row(loaded, "chemicals", id="passing") is None
    assert load(loaded, made, tmp_path / "third").changes == []
    made.row("chemicals")["name"] = "Passing, renamed"
    plan = load(loaded, made, tmp_path / "fourth")
    assert [conflict.code for conflict in plan.conflicts] == ["later_edit"]
    assert row(loaded, "chemicals", id="passing") is None


def test_a_row_missing_from_the_file_changes_nothing(
    loaded: Database, made: Folder, tmp_path: Path
) -> None:
    before = everything(loaded)
    made.without("parties")
    made.tables["review_listings"].clear()
    plan = load(loaded, made, tmp_path / "shorter")
    assert plan.changes == []
    assert everything(loaded) == before


def test_withdrawn_with_a_reason_takes_the_row_away_and_the_api_answers_410(
    loaded: Database, made: Folder, tmp_path: Path
) -> None:
    made.chemical("passing")
    load(loaded, made, tmp_path / "second")
    with client_of(loaded) as client:
        assert client.get("/api/v1/chemicals/passing").status_code == 200
    made.row("chemicals")["withdrawn"] = "a duplicate of alderine"
    load(loaded, made, tmp_path / "third")
    assert row(loaded, "chemicals", id="passing") is None
    [entry] = log(loaded, 3)
    assert (entry["action"], entry["reason"]) == ("withdrawn", "a duplicate of alderine")
    assert entry["before"]["name"] == "passing"
    assert entry["after"] is None
    with client_of(loaded) as client:
        answer = client.get("/api/v1/chemicals/passing")
        assert answer.status_code == 410
        assert "a duplicate of alderine" in answer.json()["detail"]
        assert client.get("/api/v1/chemicals/never-held").status_code == 404
        for part in ("status", "timeline"):
            assert client.get(f"/api/v1/chemicals/passing/{part}").status_code == 410
    # The file that withdraws can be loaded for ever.
    assert load(loaded, made, tmp_path / "fourth").changes == []


def test_whatever_was_withdrawn_answers_410(loaded: Database, made: Folder, tmp_path: Path) -> None:
    made.add("bodies", id="passing", name="x", label="X", role="working_group")
    made.add("documents", id="passing", title="x", kind="report")
    made.add("meetings", id="passing", body="alder-cop", label="AL COP-2", title="x",
             status="planned")  # fmt: skip
    made.add("conventions", id="passing", name="x", short_name="x", code="X", order=9)
    passing = ("bodies", "documents", "meetings", "conventions")
    load(loaded, made, tmp_path / "second")
    for table in passing:
        made.row(table)["withdrawn"] = "entered twice"
    _withdraw_alder(made)
    load(loaded, made, tmp_path / "third")
    paths = [
        *(f"{table}/passing" for table in passing),
        "listings/alder-a-alderine",
        "reviews/alder-review",
    ]
    with client_of(loaded) as client:
        answers = {path: client.get(f"/api/v1/{path}").status_code for path in paths}
    assert answers == dict.fromkeys(paths, 410)


def _withdraw_alder(made: Folder) -> None:
    for table in ("review_listings", "listings", "listing_events", "reviews", "review_events"):
        for cells in made.tables[table]:
            if "alder" in "".join(cells.values()):
                cells["withdrawn"] = "entered by mistake"


def test_a_row_that_others_need_is_not_withdrawn(
    loaded: Database, made: Folder, tmp_path: Path
) -> None:
    made.row("chemicals", 0)["withdrawn"] = "no longer wanted"
    faults = refused(loaded, made.write(tmp_path / "second"))
    assert {fault.code for fault in faults} == {"still_referenced"}
    said = "\n".join(fault.message for fault in faults)
    assert "alder-a-alderine" in said
    assert "alder-review" in said
    assert {fault.file for fault in faults} == {"chemicals.csv"}
    assert {fault.row for fault in faults} == {2}


def test_a_source_in_also_see_is_needed_too(loaded: Database, made: Folder, tmp_path: Path) -> None:
    made.add("sources", id="other", title="Other", document="MADE/UP/2", kind="treaty_text")
    made.row("annexes", 0)["also_see"] = "other"
    load(loaded, made, tmp_path / "second")
    made.row("sources")["withdrawn"] = "no longer wanted"
    faults = refused(loaded, made.write(tmp_path / "third"))
    assert [fault.code for fault in faults] == ["still_referenced"]
    assert "alder-a" in faults[0].message


def test_what_needs_each_other_can_be_withdrawn_together(
    loaded: Database, made: Folder, tmp_path: Path
) -> None:
    _withdraw_alder(made)
    made.row("chemicals", 0)["withdrawn"] = "entered by mistake"
    load(loaded, made, tmp_path / "second")
    assert row(loaded, "chemicals", id="alderine") is None
    assert row(loaded, "listings", id="alder-a-alderine") is None
    assert row(loaded, "chemicals", id="birchine") is not None


def test_rows_withdrawn_together_keep_their_stewards_in_the_log(
    loaded: Database, made: Folder, tmp_path: Path
) -> None:
    _withdraw_alder(made)
    load(loaded, made, tmp_path / "second")
    assert {e["resource"]: e["steward"] for e in log(loaded, 2)} == dict.fromkeys(
        ("listings", "listing_events", "reviews", "review_events", "review_listings"), "alder"
    )


def test_a_withdrawn_row_can_come_back(loaded: Database, made: Folder, tmp_path: Path) -> None:
    made.chemical("passing")
    load(loaded, made, tmp_path / "second")
    made.row("chemicals")["withdrawn"] = "too early"
    load(loaded, made, tmp_path / "third")
    del made.row("chemicals")["withdrawn"]
    load(loaded, made, tmp_path / "fourth")
    assert row(loaded, "chemicals", id="passing") is not None
    assert [e["action"] for e in log(loaded, 4)] == ["created"]


def test_the_log_names_the_steward_of_each_row(loaded: Database) -> None:
    stewards: dict[str, set[str]] = {}
    for entry in log(loaded, 1):
        stewards.setdefault(f"{entry['resource']} {entry['row_key']}", set()).add(entry["steward"])
    told = {key: next(iter(found)) for key, found in stewards.items()}
    expected = {
        "conventions alder": "alder",
        "bodies birch-cop": "birch",
        "meetings alder-cop-1": "alder",
        "meeting_segments birch-cop-1|1": "birch",
        "annexes birch-a": "birch",
        "listings alder-a-alderine": "alder",
        "listing_events alder-a-alderine-added": "alder",
        "procedures birch-listing": "birch",
        "procedure_states alder-listing|submitted": "alder",
        "procedure_events alder-listing|listed": "alder",
        "criteria birch-listing|all": "birch",
        "reviews alder-review": "alder",
        "review_events alder-review|2": "alder",
        "review_listings alder-review|alder-a-alderine-added": "alder",
        "chemicals alderine": "joint",
        f"sources {SOURCE}": "joint",
        "parties AAA": "joint",
    }
    assert {key: told[key] for key in expected} == expected


def test_a_chemical_of_a_convention_has_that_steward_with_its_ingredients_and_members(
    loaded: Database, made: Folder, tmp_path: Path
) -> None:
    made.chemical("birch-group", "group", convention="birch", completeness="open", definition="g")
    made.chemical("birch-mix", "formulation", convention="birch")
    made.add("memberships", group="birch-group", member="birchine", relation="salt",
             by="treaty_text", convention="birch")  # fmt: skip
    made.add("ingredients", formulation="birch-mix", substance="birchine")
    made.add("names", chemical="birch-group", name="Birches", language="en", kind="synonym")
    load(loaded, made, tmp_path / "second")
    assert {e["resource"]: e["steward"] for e in log(loaded, 2)} == {
        "chemicals": "birch", "memberships": "birch", "ingredients": "birch", "names": "joint",
    }  # fmt: skip


def test_exemptions_registrations_submissions_and_findings_have_their_convention_s_steward(
    loaded: Database, made: Folder, tmp_path: Path
) -> None:
    made.add("exemptions", id="x", listing="alder-a-alderine", kind="specific_exemption",
             activity="use", text="use", added_by="alder-a-alderine-added")  # fmt: skip
    made.add("registrations", id="x-r", exemption="x", party="AAA")
    made.add("submissions", id="s", kind="amendment_proposal", procedure="alder-listing",
             chemical="alderine")  # fmt: skip
    made.add("submission_parties", submission="s", party="AAA")
    made.add("review_submissions", review="alder-review", submission="s")
    made.add("findings", id="f", review="alder-review", submission="s", criterion="all",
             result="met")  # fmt: skip
    made.add("documents", id="d", title="Without a meeting", kind="report")
    made.add("documents", id="e", title="Of a meeting", kind="report", meeting="birch-cop-1")
    made.add("work_items", id="w", body="birch-committee", chemical="alderine", title="w",
             state="open")  # fmt: skip
    made.add("guidelines", id="g", convention="birch", chemical="alderine")
    made.add("duties", id="du", convention="alder", asked_of="birch", kind="waste_guidelines",
             article="6")  # fmt: skip
    load(loaded, made, tmp_path / "second")
    told = {f"{e['resource']} {e['row_key']}": e["steward"] for e in log(loaded, 2)}
    assert told == {
        "exemptions x": "alder", "registrations x-r": "alder", "submissions s": "alder",
        "submission_parties s|AAA": "alder", "review_submissions alder-review|s": "alder",
        "findings f": "alder", "documents d": "joint", "documents e": "birch",
        "work_items w": "birch", "guidelines g": "birch", "duties du": "alder",
    }  # fmt: skip


def test_every_resource_s_steward_path_leads_to_conventions() -> None:
    for resource in RESOURCES.values():
        table = resource
        for place, step in enumerate(resource.steward):
            last = place == len(resource.steward) - 1
            target = table.columns[step].info.get("ref")
            if table.name == "conventions":
                assert step == "id"
                continue
            assert target, f"{resource.name}: {step} is no reference"
            assert (target == "conventions") == last
            table = RESOURCES[target]


def test_an_empty_folder_is_refused(empty: Database, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(Rejected, match="no CSV file"):
        load_folder(empty, tmp_path / "empty", reason="tests")
    assert empty.revision() == 0


def test_tables_of_several_folders_are_one(empty: Database, made: Folder, tmp_path: Path) -> None:
    """A chemical in one subfolder, its listing in another."""
    more = Folder(with_source=False)
    more.chemical("aspenine")
    listing(more, "alder-a-aspenine", "alder-a", "aspenine", adopted_on="2012-01-01")
    more.write(tmp_path / "data" / "z")
    load(empty, made, tmp_path / "data")
    assert row(empty, "listings", id="alder-a-aspenine") is not None
    assert empty.revision() == 1
