"""Everything that can be wrong with a folder: said with file, row and column, all at once, and
the database stays exactly as it was."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.db import Database
from app.facts.faults import Fault, Rejected
from app.stock import check_folder, load_folder
from tests.facts.road import everything, load, refused, row
from tests.made_up.folder import Folder, listing, review, small

Expected = tuple[str, str | None, int | None, str | None, str]
Spoil = Callable[[Folder], list[Expected]]


def at(made: Folder, table: str, code: str, column: str | None, words: str = "") -> Expected:
    """A fault in the row of the table that was added last."""
    return code, f"{table}.csv", len(made.tables[table]) + 1, column, words


def _annex(made: Folder, **cells: object) -> None:
    made.add("annexes", **{"id": "x", "convention": "alder", "code": "X", "title": "X",
                           "entry_kind": "chemical", "order": 9, **cells})  # fmt: skip


def unknown_column(made: Folder) -> list[Expected]:
    made.row("parties")["colour"] = "red"
    return [at(made, "parties", "unknown_column", "colour", "there are: id, name, pic_region")]


def unknown_table(made: Folder) -> list[Expected]:
    made.add("chemicles", id="x")
    return [("unknown_table", "chemicles.csv", None, None, "tables are: sources, conventions")]


def required(made: Folder) -> list[Expected]:
    _annex(made, title="")
    return [at(made, "annexes", "required", "title", "required")]


def required_spaces(made: Folder) -> list[Expected]:
    _annex(made, title="   ")
    return [at(made, "annexes", "required", "title")]


def no_id(made: Folder) -> list[Expected]:
    _annex(made, id="")
    return [at(made, "annexes", "required", "id")]


def vocabulary(made: Folder) -> list[Expected]:
    _annex(made, entry_kind="chemicals")
    return [at(made, "annexes", "vocabulary", "entry_kind", "none of: chemical, waste")]


def _amended(made: Folder, in_force_on: str) -> None:
    made.add("listing_events", id="x", listing="birch-a-birchine", kind="amended",
             adopted_on="2013-01-01", in_force_on=in_force_on)  # fmt: skip


def date(made: Folder) -> list[Expected]:
    _amended(made, "17.5.2004")
    return [at(made, "listing_events", "date", "in_force_on", "YYYY-MM-DD")]


def no_such_day(made: Folder) -> list[Expected]:
    _amended(made, "2013-02-29")
    return [at(made, "listing_events", "date", "in_force_on", "2013-02-29")]


def partial_where_a_day_is_needed(made: Folder) -> list[Expected]:
    _amended(made, "2012-06")
    return [at(made, "listing_events", "date", "in_force_on")]


def bad_partial_date(made: Folder) -> list[Expected]:
    made.row("review_events", 0)["on"] = "2010-13"
    return [("date", "review_events.csv", 2, "on", "YYYY-MM or YYYY")]


def flag(made: Folder) -> list[Expected]:
    made.add("exemptions", id="x", listing="alder-a-alderine", kind="acceptable_purpose",
             activity="use", text="x", added_by="alder-a-alderine-added",
             registrable="true")  # fmt: skip
    return [at(made, "exemptions", "flag", "registrable", "neither yes nor no")]


def number(made: Folder) -> list[Expected]:
    _annex(made, order="1.5")
    return [at(made, "annexes", "number", "order", "whole number")]


def too_large_a_number(made: Folder) -> list[Expected]:
    _annex(made, order="12345678901")
    return [at(made, "annexes", "number", "order")]


def _formulation(made: Folder, strength: str) -> None:
    made.chemical("mix", "formulation")
    made.add("ingredients", formulation="mix", substance="birchine")
    made.add("ingredients", formulation="mix", substance="alderine", comparator=">=",
             strength=strength, unit="g/L")  # fmt: skip


def decimal(made: Folder) -> list[Expected]:
    _formulation(made, "7,5")
    return [at(made, "ingredients", "number", "strength", "decimal point")]


def not_finite(made: Folder) -> list[Expected]:
    _formulation(made, "nan")
    return [at(made, "ingredients", "number", "strength")]


def grouped_digits(made: Folder) -> list[Expected]:
    _formulation(made, "1_000")
    return [at(made, "ingredients", "number", "strength")]


def slug(made: Folder) -> list[Expected]:
    made.chemical("alder ine", name="Alder ine")
    return [at(made, "chemicals", "slug", "id", "letters, digits")]


def slash_in_an_id(made: Folder) -> list[Expected]:
    made.chemical("a/b", name="A b")
    return [at(made, "chemicals", "slug", "id")]


def too_long(made: Folder) -> list[Expected]:
    made.chemical("long", definition="x" * 20_001)
    return [at(made, "chemicals", "too_long", "definition")]


def duplicate(made: Folder) -> list[Expected]:
    made.chemical("alderine", name="Again")
    return [
        at(made, "chemicals", "duplicate", "id", "alderine stands already in chemicals.csv, row 2")
    ]


def dangling(made: Folder) -> list[Expected]:
    _annex(made, convention="cedar")
    return [at(made, "annexes", "unknown_reference", "convention", "'cedar' is not in conventions")]


def dangling_in_a_list(made: Folder) -> list[Expected]:
    _annex(made, also_see="made-up-source; nowhere")
    return [at(made, "annexes", "unknown_reference", "also_see", "'nowhere' is not in sources")]


def unsourced(made: Folder) -> list[Expected]:
    _annex(made, source="")
    return [at(made, "annexes", "required", "source")]


def no_confidence(made: Folder) -> list[Expected]:
    _annex(made, confidence="")
    return [at(made, "annexes", "required", "confidence")]


def unfindable_source(made: Folder) -> list[Expected]:
    made.add("sources", id="x", title="Somewhere", kind="secondary")
    return [at(made, "sources", "unfindable_source", "document")]


def cas_check_digit(made: Folder) -> list[Expected]:
    made.add("identifiers", chemical="alderine", scheme="cas", value="335-67-2", role="preferred")
    return [at(made, "identifiers", "cas_check_digit", "value", "335-67-1")]


def cas_form(made: Folder) -> list[Expected]:
    made.add("identifiers", chemical="alderine", scheme="cas", value="0335-67-1", role="preferred")
    return [at(made, "identifiers", "cas_form", "value", "write it 335-67-1")]


def ec_number(made: Folder) -> list[Expected]:
    made.add("identifiers", chemical="alderine", scheme="ec", value="206-397-8", role="preferred")
    return [at(made, "identifiers", "ec_check_digit", "value", "206-397-9")]


def inchikey(made: Folder) -> list[Expected]:
    made.add("identifiers", chemical="alderine", scheme="inchikey", value="SNGREZUHAYWORS",
             role="preferred")  # fmt: skip
    return [at(made, "identifiers", "inchikey", "value", "14-10-1")]


def hs_edition(made: Folder) -> list[Expected]:
    made.add("identifiers", chemical="alderine", scheme="hs", value="2915.90", role="preferred")
    return [at(made, "identifiers", "required", "edition")]


def two_preferred(made: Folder) -> list[Expected]:
    for value in ("335-67-1", "1763-23-1"):
        made.add("identifiers", chemical="alderine", scheme="cas", value=value, role="preferred")
    return [
        ("two_preferred", "identifiers.csv", 2, "role", "1763-23-1"),
        ("two_preferred", "identifiers.csv", 3, "role", "335-67-1"),
    ]


def formula(made: Folder) -> list[Expected]:
    made.chemical("x", formula="C8Hx")
    return [at(made, "chemicals", "formula", "formula")]


def printed_no_cas(made: Folder) -> list[Expected]:
    made.row("listing_events")["printed_cas"] = "none"
    return [at(made, "listing_events", "cas", "printed_cas")]


def dates_out_of_order(made: Folder) -> list[Expected]:
    made.row("listing_events")["in_force_on"] = "2010-01-01"
    return [
        at(made, "listing_events", "dates_order", "in_force_on", "before adopted_on 2011-06-10")
    ]


def segment_ends_first(made: Folder) -> list[Expected]:
    made.row("meeting_segments")["ends_on"] = "2011-06-01"
    return [at(made, "meeting_segments", "dates_order", "ends_on")]


def event_outside_its_meeting(made: Folder) -> list[Expected]:
    made.row("review_events", 1)["on"] = "2010-05-20"
    return [("dates_order", "review_events.csv", 3, "on", "2010-05-03 to 2010-05-07")]


def events_out_of_order(made: Folder) -> list[Expected]:
    made.row("review_events", 0)["on"] = "2010-09-01"
    return [("dates_order", "review_events.csv", 3, "on", "earlier than event 1")]


def registration_ends_first(made: Folder) -> list[Expected]:
    made.add("exemptions", id="x", listing="alder-a-alderine", kind="specific_exemption",
             activity="use", text="x", added_by="alder-a-alderine-added")  # fmt: skip
    made.add("registrations", id="r", exemption="x", party="AAA", from_on="2015-01-01",
             to_on="2014-01-01")  # fmt: skip
    return [at(made, "registrations", "dates_order", "to_on")]


def unknown_event(made: Folder) -> list[Expected]:
    made.row("review_events", 1)["kind"] = "applauded"
    return [
        ("procedure", "review_events.csv", 3, "kind", "events are: considered, listed"),
        # Without that step the last one is not allowed either.
        ("procedure", "reviews.csv", 2, "id", "'listed' cannot follow in state 'submitted'"),
    ]


def procedure_disobeyed(made: Folder) -> list[Expected]:
    made.row("review_events", 1)["kind"] = "considered"
    return [("procedure", "reviews.csv", 2, "id", "'listed' cannot follow in state 'screening'")]


def no_beginning(made: Folder) -> list[Expected]:
    review(made, "x", "birch-committee", "birch-listing", "birchine",
           ("listed", None, "birch-cop-1"))  # fmt: skip
    return [at(made, "reviews", "procedure", "id", "no review begins with 'listed'")]


def no_event(made: Folder) -> list[Expected]:
    review(made, "x", "birch-committee", "birch-listing", "birchine")
    return [at(made, "reviews", "no_event", "id")]


def another_convention_s_procedure(made: Folder) -> list[Expected]:
    review(made, "x", "birch-committee", "alder-listing", "birchine",
           ("submitted", "2010", None))  # fmt: skip
    return [at(made, "reviews", "other_convention", "procedure")]


def unknown_criterion(made: Folder) -> list[Expected]:
    made.add("findings", id="f", review="alder-review", criterion="beauty", result="met")
    return [at(made, "findings", "criterion", "criterion", "beauty")]


def never_added(made: Folder) -> list[Expected]:
    made.add("listings", id="x", annex="alder-a", chemical="birchine", order=2)
    return [at(made, "listings", "added_once", "id", "0 events")]


def added_twice(made: Folder) -> list[Expected]:
    made.add("listing_events", id="x", listing="birch-a-birchine", kind="added", printed_name="b",
             adopted_on="2012-01-01")  # fmt: skip
    return [("added_once", "listings.csv", 3, "id", "2 events")]


def decision_that_is_none(made: Folder) -> list[Expected]:
    made.add("documents", id="d", title="A report", kind="report")
    made.row("listing_events")["decision"] = "d"
    return [at(made, "listing_events", "document_kind", "decision")]


def a_member_of_itself_by_a_detour(made: Folder) -> list[Expected]:
    for group, member in (("g", "h"), ("h", "g")):
        made.chemical(group, "group", completeness="open")
        made.add("memberships", group=group, member=member, relation="salt", by="this_service")
    return [
        ("cycle", "memberships.csv", 2, "member", "member of itself"),
        ("cycle", "memberships.csv", 3, "member", "member of itself"),
    ]


def a_member_of_itself(made: Folder) -> list[Expected]:
    made.chemical("g", "group", completeness="open")
    made.add("memberships", group="g", member="g", relation="salt", by="this_service")
    return [at(made, "memberships", "cycle", "member")]


def related_to_itself(made: Folder) -> list[Expected]:
    made.add("relations", chemical="alderine", kind="precursor_of", other="alderine")
    return [at(made, "relations", "itself", "other")]


def counterpart_without_scope(made: Folder) -> list[Expected]:
    made.add("relations", chemical="alderine", kind="counterpart_of", other="birchine")
    return [at(made, "relations", "required", "scope")]


def amends_nothing(made: Folder) -> list[Expected]:
    made.row("review_events", 2)["amends"] = "7"
    return [("unknown_reference", "review_events.csv", 4, "amends", "7")]


def label_twice(made: Folder) -> list[Expected]:
    made.add("meetings", id="x", body="alder-cop", label="AL COP-1", title="x", status="planned")
    return [at(made, "meetings", "duplicate", "label", "AL COP-1")]


def symbol_twice(made: Folder) -> list[Expected]:
    for id in ("d", "e"):
        made.add("documents", id=id, symbol="MADE/UP/9", title=id, kind="report")
    return [at(made, "documents", "duplicate", "symbol", "MADE/UP/9")]


def annex_code_twice(made: Folder) -> list[Expected]:
    _annex(made, code="A")
    return [at(made, "annexes", "duplicate", "code")]


def name_taken(made: Folder) -> list[Expected]:
    made.chemical("x", name="alderine")
    return [
        ("name_taken", "chemicals.csv", 2, "name", "x has this name"),
        at(made, "chemicals", "name_taken", "name", "alderine has this name"),
    ]


SPOILERS: list[Spoil] = [
    unknown_column, unknown_table, required, required_spaces, no_id, vocabulary, date, no_such_day,
    partial_where_a_day_is_needed, bad_partial_date, flag, number, too_large_a_number, decimal,
    not_finite, grouped_digits, slug, slash_in_an_id, too_long, duplicate, dangling,
    dangling_in_a_list, unsourced, no_confidence, unfindable_source, cas_check_digit, cas_form,
    ec_number, inchikey, hs_edition, two_preferred, formula, printed_no_cas, dates_out_of_order,
    segment_ends_first, event_outside_its_meeting, events_out_of_order, registration_ends_first,
    unknown_event, procedure_disobeyed, no_beginning, no_event, another_convention_s_procedure,
    unknown_criterion, never_added, added_twice, decision_that_is_none,
    a_member_of_itself_by_a_detour, a_member_of_itself, related_to_itself,
    counterpart_without_scope, amends_nothing, label_twice, symbol_twice, annex_code_twice,
    name_taken,
]  # fmt: skip


def same(faults: list[Fault], expected: list[Expected]) -> None:
    """Exactly these faults, each where it stands, in the words expected."""
    found = sorted(faults, key=lambda f: (str(f.file), f.row or 0, str(f.column), f.code))
    wanted = sorted(expected, key=lambda e: (str(e[1]), e[2] or 0, str(e[3]), e[0]))
    told = [(f.code, f.file, f.row, f.column) for f in found]
    assert told == [e[:4] for e in wanted], [str(fault) for fault in faults]
    for fault, (*_, words) in zip(found, wanted, strict=True):
        assert words in fault.message
        assert fault.severity == "error"


@pytest.mark.parametrize("spoil", SPOILERS, ids=lambda spoil: spoil.__name__)
def test_a_fault_is_named_with_file_row_and_column(spoil: Spoil, tmp_path: Path) -> None:
    made = small()
    expected = spoil(made)
    same(check_folder(made.write(tmp_path)).errors, expected)


def test_a_fault_stops_the_load_and_the_database_stays_as_it_was(
    loaded: Database, tmp_path: Path
) -> None:
    """Every fault above against a database that holds the rest, beside a sound change."""
    before = everything(loaded)
    wrong: dict[str, str] = {}
    for spoil in SPOILERS:
        made = small()
        spoil(made)
        made.row("parties")["name"] = "A sound change beside it"
        path = made.write(tmp_path / spoil.__name__)
        try:
            load_folder(loaded, path, reason="tests")
            wrong[spoil.__name__] = "was loaded"
        except Rejected as rejected:
            if not rejected.faults:
                wrong[spoil.__name__] = "refused without a fault"
        except Exception as error:
            wrong[spoil.__name__] = type(error).__name__
        if everything(loaded) != before:
            wrong[spoil.__name__] = f"{wrong.get(spoil.__name__, '')}; the database changed"
            before = everything(loaded)
    assert wrong == {}


def test_all_faults_come_at_once_not_the_first(tmp_path: Path) -> None:
    made = small()
    made.row("annexes", 0)["entry_kind"] = "chemicals"
    made.row("annexes", 0)["order"] = "first"
    made.row("meeting_segments", 0)["ends_on"] = "2010-02-30"
    made.row("parties")["pic_region"] = "atlantis"
    made.add("identifiers", chemical="alderine", scheme="cas", value="335-67-2", role="preferred")
    made.add("chemicles", id="x")
    faults = check_folder(made.write(tmp_path)).errors
    told = {(f.code, f.file, f.row, f.column) for f in faults}
    assert told >= {
        ("vocabulary", "annexes.csv", 2, "entry_kind"),
        ("number", "annexes.csv", 2, "order"),
        ("date", "meeting_segments.csv", 2, "ends_on"),
        ("vocabulary", "parties.csv", 2, "pic_region"),
        ("cas_check_digit", "identifiers.csv", 2, "value"),
        ("unknown_table", "chemicles.csv", None, None),
    }


def test_a_faulty_row_is_not_said_to_be_missing_by_the_rows_that_point_to_it(
    tmp_path: Path,
) -> None:
    """One slip in a table that everything cites would otherwise hide under thousands of lines."""
    made = small()
    made.row("sources")["accessed_on"] = "yesterday"
    same(check_folder(made.write(tmp_path)).errors, [("date", "sources.csv", 2, "accessed_on", "")])


def test_rows_that_point_into_an_unreadable_file_are_not_said_to_be_wrong(tmp_path: Path) -> None:
    path = small().write(tmp_path)
    with (path / "sources.csv").open("a") as file:
        file.write("ragged\n")
    same(check_folder(path).errors, [("unreadable", "sources.csv", 3, "title", "1 cells")])


def test_duplicates_are_found_across_files(loaded: Database, tmp_path: Path) -> None:
    small().write(tmp_path / "data" / "a")
    more = Folder(with_source=False)
    more.chemical("birchine", name="Another birchine")
    more.write(tmp_path / "data" / "b")
    same(
        refused(loaded, tmp_path / "data"),
        [("duplicate", "b/chemicals.csv", 2, "id", "a/chemicals.csv, row 3")],
    )


def test_a_printed_cas_with_a_bad_digit_is_kept_with_a_warning_where_the_note_says_so(
    empty: Database, tmp_path: Path
) -> None:
    made = small()
    made.row("listing_events", 0)["printed_cas"] = "335-67-2"
    path = made.write(tmp_path)
    same(
        check_folder(path).errors,
        [("cas_check_digit", "listing_events.csv", 2, "printed_cas", "335-67-1")],
    )
    made.row("listing_events", 0)["note"] = "Printed so; the number meant is 335-67-1."
    [warning] = load_folder(empty, made.write(tmp_path), reason="tests").faults
    assert (warning.code, warning.severity) == ("cas_check_digit", "warning")
    assert (warning.file, warning.row, warning.column) == ("listing_events.csv", 2, "printed_cas")
    assert "335-67-1" in warning.message
    kept = row(empty, "listing_events", id="alder-a-alderine-added")
    assert kept is not None
    assert kept["printed_cas"] == ["335-67-2"]


SMILES = "OC(=O)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)F"
KEY = "SNGREZUHAYWORS-UHFFFAOYSA-N"


def _structure(
    made: Folder, *, smiles: str = SMILES, key: str = KEY, formula: str = "C8HF15O2"
) -> None:
    made.row("chemicals", 0)["formula"] = formula
    made.add("identifiers", chemical="alderine", scheme="inchikey", value=key, role="preferred")
    made.add("identifiers", chemical="alderine", scheme="smiles", value=smiles, role="preferred")


def test_a_structure_that_agrees_passes(tmp_path: Path) -> None:
    made = small()
    _structure(made)
    assert check_folder(made.write(tmp_path)).faults == []


@pytest.mark.parametrize(
    ("cells", "code", "words"),
    [
        ({"key": "YFSUTJLHUFNCNZ-UHFFFAOYSA-N"}, "structure_mismatch", KEY),
        ({"formula": "C8HF15O3"}, "formula_mismatch", "C8HF15O2"),
        ({"smiles": "C(("}, "smiles", ""),
    ],
)
def test_a_structure_is_held_against_inchikey_and_formula(
    tmp_path: Path, cells: dict[str, str], code: str, words: str
) -> None:
    made = small()
    _structure(made, **cells)
    same(check_folder(made.write(tmp_path)).errors, [at(made, "identifiers", code, "value", words)])


DAMAGED: dict[str, tuple[bytes, int | None, str | None, str]] = {
    "ragged": (b"id,name\nx,y\nz\n", 3, "name", "1 cells where the header has 2"),
    "too many cells": (b"id,name\nx,y,z\n", 2, None, "3 cells where the header has 2"),
    "bad UTF-8": (b"id,name\nx,\xff\n", None, None, "not UTF-8 in line 2"),
    "NUL": (b"id,name\nx,y\nz,\0\n", None, None, "NUL byte in line 3"),
    "no header": (b"", 1, None, "no header"),
    "a name twice": (b"id,id\nx,y\n", 1, "id", "twice in the header"),
    "an open quote": (b'id,name\nx,"y\n', 2, None, "not CSV"),
    "an empty row": (b"id,name\n\nx,y\n", 2, None, "the row is empty"),
}


def test_a_damaged_file_is_refused_whole(loaded: Database, tmp_path: Path) -> None:
    for place, (name, (data, line, column, words)) in enumerate(DAMAGED.items()):
        path = tmp_path / str(place)
        path.mkdir()
        (path / "chemicals.csv").write_bytes(data)
        [fault] = refused(loaded, path)
        assert (fault.code, fault.file) == ("unreadable", "chemicals.csv"), name
        assert (fault.row, fault.column) == (line, column), name
        assert words in fault.message, name


def test_a_damaged_file_beside_sound_ones_writes_none_of_them(
    loaded: Database, tmp_path: Path
) -> None:
    made = small()
    made.chemical("sound")
    path = made.write(tmp_path)
    (path / "parties.csv").write_bytes(b"id,name\nAAA\n")
    assert [f.file for f in refused(loaded, path)] == ["parties.csv"]


def _spoil_by_another_row(made: Folder, name: str) -> str:
    """A change of one row that makes another, unchanged, row of the database wrong."""
    if name == "an event that the procedure does not allow":
        made.add("review_events", review="alder-review", number=4, kind="considered",
                 on="2012-01-01")  # fmt: skip
        return "'considered' cannot follow in state 'decided'"
    if name == "an event of a procedure that reviews use is withdrawn":
        made.row("procedure_events", 2)["withdrawn"] = "not needed"
        return "alder-review"
    if name == "a state of a procedure that events lead to is withdrawn":
        made.row("procedure_states", 2)["withdrawn"] = "not needed"
        return "alder-listing"
    if name == "the only event of an entry is withdrawn":
        made.row("listing_events", 1)["withdrawn"] = "not needed"
        return "0 events"
    if name == "the segment of a meeting that was held is withdrawn":
        made.row("meeting_segments", 3)["withdrawn"] = "not needed"
        return "held"
    if name == "the meeting of an event moves away from its day":
        made.row("meeting_segments", 0).update(starts_on="2010-09-06", ends_on="2010-09-10")
        return "alder-committee-1"
    made.row("chemicals", 0).update(kind="formulation")
    return "ingredients"


@pytest.mark.parametrize(
    "name",
    [
        "an event that the procedure does not allow",
        "an event of a procedure that reviews use is withdrawn",
        "a state of a procedure that events lead to is withdrawn",
        "the only event of an entry is withdrawn",
        "the segment of a meeting that was held is withdrawn",
        "the meeting of an event moves away from its day",
        "a chemical changes its kind",
    ],
)
def test_a_change_that_makes_another_row_wrong_is_refused(
    loaded: Database, tmp_path: Path, name: str
) -> None:
    made = small()
    words = _spoil_by_another_row(made, name)
    with pytest.raises(Rejected) as rejected:
        load(loaded, made, tmp_path)
    told = [str(fault) for fault in rejected.value.faults]
    assert any(words in line for line in told), told


def test_a_long_name_is_loaded_on_both_databases_or_refused_with_its_place(
    loaded: Database, tmp_path: Path
) -> None:
    """PostgreSQL cannot index a key of more than 2,704 bytes."""
    import random  # noqa: PLC0415

    letters = random.Random(1)
    name = "".join(letters.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(9_000))
    made = small()
    made.add("names", chemical="alderine", name=name, language="en", kind="synonym")
    try:
        load(loaded, made, tmp_path)
    except Rejected as rejected:
        assert [(f.file, f.row, f.column) for f in rejected.faults] == [("names.csv", 2, "name")]


def test_listing_helper_makes_sound_rows(tmp_path: Path) -> None:
    """The rows that these tests spoil are sound before."""
    made = small()
    made.chemical("x")
    listing(made, "alder-a-x", "alder-a", "x", adopted_on="2011-06-10")
    assert check_folder(made.write(tmp_path)).faults == []
