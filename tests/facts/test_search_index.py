"""What searches compare: rebuilt whole it is what single writes have kept."""

from pathlib import Path

from sqlalchemy import select

from app.chemicals import search
from app.chemicals.models import name_forms, name_grams
from app.db import Database
from tests.facts.road import edit, load
from tests.made_up.folder import SOURCE, small

SHOWN = tuple[str, str, str]


def index(db: Database) -> tuple[list[SHOWN], list[tuple[str, str, str]]]:
    """Forms, and grams with the form that they belong to; numbers of forms mean nothing."""
    forms = select(name_forms.c.chemical, name_forms.c.folded, name_forms.c.name)
    grams = select(name_grams.c.gram, name_forms.c.chemical, name_forms.c.folded).join(
        name_forms, name_forms.c.id == name_grams.c.form
    )
    with db.read() as session:
        return sorted(map(tuple, session.tuples(forms))), sorted(map(tuple, session.tuples(grams)))


def rebuilt(db: Database) -> tuple[list[SHOWN], list[tuple[str, str, str]]]:
    """The index after making it anew."""
    with db.write() as session:
        search.rebuild(session)
    return index(db)


def _name(db: Database, chemical: str, name: str, **cells: str) -> None:
    edit(db, "names", chemical=chemical, name=name, **{"language": "en", "kind": "synonym",
         "source": SOURCE, "confidence": "high", **cells})  # fmt: skip


def test_the_seed_data_s_index_is_what_a_rebuild_makes(writable: Database) -> None:
    kept = index(writable)
    assert len(kept[0]) > 500
    assert rebuilt(writable) == kept


def test_single_writes_keep_the_index(loaded: Database, tmp_path: Path) -> None:
    with loaded.read() as session:
        assert [m.chemical for m in search.find(session, "alderine")] == ["alderine"]
    edit(loaded, "chemicals", id="alderine", name="Quercine")
    _name(loaded, "alderine", "Oak poison")
    _name(loaded, "alderine", "Oak bane", kind="trade_name")
    _name(loaded, "birchine", "Betuline")
    _name(loaded, "alderine", "Oak poison", withdrawn="a mistake")
    made = small()
    made.chemical("cedarine", name="Cédrine β")
    load(loaded, made, tmp_path)
    kept = index(loaded)
    assert {form[2] for form in kept[0]} >= {"Quercine", "Oak bane", "Betuline", "Cédrine β"}
    assert not {form[2] for form in kept[0]} & {"alderine", "Oak poison"}
    assert rebuilt(loaded) == kept
    with loaded.read() as session:
        assert [m.chemical for m in search.find(session, "cedrine beta")] == ["cedarine"]
        assert [m.chemical for m in search.find(session, "quercin")] == ["alderine"]


def test_a_withdrawn_chemical_leaves_the_index(loaded: Database, tmp_path: Path) -> None:
    made = small()
    made.chemical("passing", name="Passing stuff")
    made.add("names", chemical="passing", name="Another word", language="en", kind="synonym")
    load(loaded, made, tmp_path / "a")
    assert any(form[0] == "passing" for form in index(loaded)[0])
    made.row("chemicals")["withdrawn"] = "a mistake"
    made.row("names")["withdrawn"] = "a mistake"
    load(loaded, made, tmp_path / "b")
    forms, grams = index(loaded)
    assert not any(form[0] == "passing" for form in forms)
    assert not any(gram[1] == "passing" for gram in grams)
    assert rebuilt(loaded) == (forms, grams)


def test_of_several_names_that_fold_to_one_the_same_is_kept_either_way(loaded: Database) -> None:
    """Whatever order the rows were written in."""
    for name in ("z-oak-bane", "Oak Bane", "OAK BANE", "oak bane", "z oak bane"):
        _name(loaded, "alderine", name)
    # Many more rows, so that a database reads all of them another way than a few.
    for place in range(30):
        _name(loaded, "birchine", f"Birch word {place}")
    _name(loaded, "alderine", "OAK BANE", note="touched again")
    kept = index(loaded)
    assert rebuilt(loaded) == kept
    with loaded.write() as session:
        search.refresh(session, {"alderine"})
    assert index(loaded) == kept


def test_the_name_shown_does_not_turn_on_the_order_of_writing(
    loaded: Database, tmp_path: Path
) -> None:
    """Two loads of the same names in another order, as two installations would make them."""
    names = ("OAK BANE", "Oak Bane", "oak bane")
    shown = []
    for chemical, order in (("alderine", names), ("birchine", names[::-1])):
        for name in order:
            _name(loaded, chemical, name)
        shown.append([form[2] for form in index(loaded)[0] if form[:2] == (chemical, "oak bane")])
    assert shown[0] == shown[1]
