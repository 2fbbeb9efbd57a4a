"""Names, however they are written; the same answers in the same order on both databases."""

import httpx
import pytest
from sqlalchemy import select

from app.chem import names as naming
from app.chemicals import search
from app.chemicals.models import chemicals, name_forms
from app.db import Database, migrate
from app.stock import load_folder
from tests.api.catalogue import V1, data, every, ids
from tests.conftest import SEED, Server, client_of

QUERIES = [
    "chlorpirifos", "α-HCH", "alpha hch", "2 4 5 T", "p,p'-DDT", "Lindan", "endosulfan", "PFOA",
    "parathion", "mercury", "tributyl tin", "benomil", "paraquat", "hexachlor", "chlor", "ddt", "a",
    "perfluorooctanoic acid", "Mévinphos", "chrysotile", "dicofl", "pentabromodiphenyl ether",
    "aldrin", "sulphonic", "polychlorinated", "metamidofos",
]  # fmt: skip


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("chlorpirifos", "chlorpyrifos"),
        ("chlorpyrifos", "chlorpyrifos"),
        ("α-HCH", "alpha-hch"),
        ("alpha hch", "alpha-hch"),
        ("Alpha-HCH", "alpha-hch"),
        ("2 4 5 T", "2-4-5-t"),
        ("2,4,5-T", "2-4-5-t"),
        ("245T", "2-4-5-t"),
        ("p,p'-DDT", "ddt"),
        ("p,p′-DDT", "ddt"),
        ("pp DDT", "ddt"),
        ("Lindan", "lindane"),
        ("Mévinphos", "mevinphos"),
        ("endosulfán", "endosulfan"),
        ("ENDOSULFAN", "endosulfan"),
        ("toxafene", "toxaphene"),
        ("β-endosulfan", "beta-endosulfan"),
        ("dicofl", "dicofol"),
    ],
)
def test_found_first(api: httpx.Client, q: str, first: str) -> None:
    rows = data(api, "/chemicals", q=q)
    assert rows[0]["id"] == first
    assert rows[0]["match"]["name"]
    scores = [row["match"]["score"] for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] >= naming.ACCEPT


def test_another_chemical_is_not_a_misspelling(api: httpx.Client) -> None:
    """Two letters are no small difference in chemistry."""
    for q, other in (
        ("DDT", "dde"), ("alpha-HCH", "beta-hch"), ("aldrin", "endrin"),
        ("hexabromodiphenyl ether", "heptabromodiphenyl-ether"), ("PFOA", "pfos"),
    ):  # fmt: skip
        assert other not in ids(every(api, "/chemicals", q=q))
    assert every(api, "/chemicals", q="aspirin") == []


@pytest.mark.parametrize("q", QUERIES)
def test_nothing_is_lost_on_the_way(api: httpx.Client, seeded: Database, q: str) -> None:
    """The search gives what comparing the query with every name there is gives, in that order.

    That order is made here, not by a database, so both give the same.
    """
    folded = naming.fold(q)
    with seeded.read() as session:
        forms = session.tuples(select(name_forms.c.chemical, name_forms.c.folded))
    best: dict[str, float] = {}
    for chemical, form in forms:
        score = naming.score(folded, form)
        if score >= naming.ACCEPT:
            best[chemical] = max(score, best.get(chemical, 0.0))
    wanted = sorted(best, key=lambda key: (-best[key], key))
    assert ids(every(api, "/chemicals", q=q)) == wanted


def test_search_with_other_filters(api: httpx.Client) -> None:
    found = every(api, "/chemicals", q="endosulfan")
    kinds = {row["id"]: row["kind"] for row in found}
    for kind in set(kinds.values()):
        some = every(api, "/chemicals", q="endosulfan", kind=kind)
        assert ids(some) == [key for key, held in kinds.items() if held == kind]
    listed = ids(every(api, "/chemicals", q="endosulfan", convention="stockholm"))
    assert listed == ["endosulfan"]
    by_id = ids(every(api, "/chemicals", q="endosulfan", sort="id"))
    assert by_id == sorted(kinds)


def test_paging_through_a_search(api: httpx.Client) -> None:
    everything = every(api, "/chemicals", q="chlor")
    answer = api.get(f"{V1}/chemicals", params={"q": "chlor", "limit": 3})
    walked = answer.json()["data"]
    while ahead := answer.json()["links"]["next"]:
        answer = api.get(ahead)
        walked += answer.json()["data"]
    assert walked == everything


def test_every_name_finds_its_chemical(api: httpx.Client, seeded: Database) -> None:
    """As it is written, and folded."""
    with seeded.read() as session:
        forms = session.tuples(
            select(name_forms.c.chemical, name_forms.c.name).order_by(name_forms.c.id)
        )
        for chemical, name in forms[::11]:
            for written in (name, name.upper()):
                found = {match.chemical: match.score for match in search.find(session, written)}
                if naming.fold(written) == naming.fold(name):
                    assert found.get(chemical) == 100, written


def test_order_of_the_list(api: httpx.Client, seeded: Database) -> None:
    """By name in the order of Python's text, whatever the database thinks of languages."""
    with seeded.read() as session:
        names = dict(session.tuples(select(chemicals.c.id, chemicals.c.sort_name)))
    assert ids(every(api, "/chemicals")) == sorted(names, key=lambda key: (names[key], key))


@pytest.mark.parametrize("locale", ["en_US.utf8"])
def test_order_under_another_language(
    api: httpx.Client, backend: str, locale: str, request: pytest.FixtureRequest
) -> None:
    """A server that sorts as people do gives the same lists, searches and pages."""
    if backend != "postgresql":
        pytest.skip("SQLite has one order")
    server: Server = request.getfixturevalue("postgres")
    try:
        url = server.create(locale=locale)
    except Exception as error:
        pytest.skip(f"no locale {locale} here: {type(error).__name__}")
    db = Database(url)
    migrate.upgrade(db)
    load_folder(db, SEED, reason="tests")
    other = client_of(db)
    for path in ("/chemicals", "/listings", "/reviews", "/submissions", "/documents", "/meetings",
                 "/bodies", "/work-items", "/overlaps"):  # fmt: skip
        assert ids(every(other, path)) == ids(every(api, path))
    for q in QUERIES[:12]:
        assert ids(every(other, "/chemicals", q=q)) == ids(every(api, "/chemicals", q=q))
    db.close()
    server.drop(url)
