"""One chemical: its ways in, its status, its flags, and how all answers about it agree."""

from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from app.coverage.schemas import StatusOut
from app.kit.tabular import read_csv
from app.overlaps.schemas import OverlapOut
from app.register.schemas import ChemicalOut, Flags
from tests.api.catalogue import LISTS, V1, data, every, ids, problem

CONVENTIONS = {"basel", "rotterdam", "stockholm", "minamata"}
PFOA = "perfluorooctanoic-acid"
PFOA_KEY = "SNGREZUHAYWORS-UHFFFAOYSA-N"
EVERY_STATE = "in_force,adopted,removed"


# The ways in


@pytest.mark.parametrize("number", ["335-67-1", "335671", "CAS 335-67-1", "0000335-67-1"])
@pytest.mark.parametrize(
    "tail",
    ["", "/status", "/timeline", "/status?as_of=2021-01-01", "?fields=id,name&as_of=2021-01-01",
     "?format=jsonld", "/status?as_of=2021-01-01&fields=stockholm"],
)  # fmt: skip
def test_a_number_leads_to_its_chemical(api: httpx.Client, number: str, tail: str) -> None:
    """303; sub-path and query are kept as they were written."""
    answer = api.get(f"{V1}/chemicals/cas/{number}{tail}")
    assert answer.status_code == 303
    found = urlsplit(answer.headers["location"])
    path, _, query = tail.partition("?")
    assert found.path == f"{V1}/chemicals/{PFOA}{path}"
    assert found.query == query
    assert answer.content == b""
    assert api.get(answer.headers["location"]).status_code == 200
    head = api.head(f"{V1}/chemicals/cas/{number}{tail}")
    assert head.status_code == 303
    assert head.headers["location"] == answer.headers["location"]


def test_a_structure_leads_to_its_chemical(api: httpx.Client) -> None:
    for tail in ("", "/status?as_of=2021-01-01"):
        answer = api.get(f"{V1}/chemicals/inchikey/{PFOA_KEY}{tail}")
        assert answer.status_code == 303
        assert answer.headers["location"].endswith(f"/chemicals/{PFOA}{tail}")
    for key in (PFOA_KEY[:-1] + "M", PFOA_KEY[:14], PFOA_KEY.lower(), "x"):
        problem(api.get(f"{V1}/chemicals/inchikey/{key}"), 404)


@pytest.mark.parametrize("number", ["1163-19-5", "32534-81-9", "40088-47-9"])
def test_several_candidates(api: httpx.Client, number: str) -> None:
    """300: every one with the reason, and where it is; never a silent first."""
    answer = api.get(f"{V1}/chemicals/cas/{number}/status?as_of=2021-01-01")
    assert answer.status_code == 300
    document = answer.json()
    assert document.keys() == {"data", "meta"}
    found = [row["chemical"]["id"] for row in document["data"]]
    assert len(found) == len(set(found)) > 1
    held = {row["id"]: row["kind"] for row in every(api, "/chemicals", cas=number)}
    assert set(found) == {key for key, kind in held.items() if kind != "group"}
    for row in document["data"]:
        assert row.keys() == {"chemical", "role", "reason", "url"}
        assert row["reason"]
        assert row["url"].endswith(f"/{row['chemical']['id']}/status?as_of=2021-01-01")
        assert api.get(row["url"]).status_code == 200


def test_the_strongest_role_is_told(api: httpx.Client) -> None:
    """Decabromodiphenyl ether's own number is also printed: it is its preferred one first."""
    rows = data_of_300(api, "1163-19-5")
    assert {row["chemical"]["id"]: row["role"] for row in rows} == {
        "decabde": "preferred",
        "decabde-commercial": "preferred",
    }


def data_of_300(api: httpx.Client, number: str) -> Any:
    """The candidates of a number."""
    answer = api.get(f"{V1}/chemicals/cas/{number}")
    assert answer.status_code == 300
    return answer.json()["data"]


def test_a_number_printed_for_a_group_only(api: httpx.Client) -> None:
    """Every number that an annex prints leads to something."""
    printed = {n for row in every(api, "/listings") for n in row["printed_cas"]}
    assert len(printed) > 80
    for number in sorted(printed)[::2]:
        answer = api.get(f"{V1}/chemicals/cas/{number}")
        if answer.status_code == 422:  # printed wrong, and kept as printed
            continue
        assert answer.status_code in (300, 303), number


def test_what_follows_a_number_stays_encoded(api: httpx.Client) -> None:
    """A question mark or a percent sign in the sub-path stays a part of the path."""
    for tail in ("/x%3Fy=1", "/a%25b", "/a%20b", "/%23"):
        answer = api.get(f"{V1}/chemicals/cas/335-67-1{tail}")
        assert answer.status_code == 303
        assert answer.headers["location"].endswith(f"/{PFOA}{tail}")


# One chemical whole


def test_whole_chemicals_meet_their_schema(api: httpx.Client) -> None:
    """And agree with what the lists say of them."""
    items = {row["id"]: row for row in every(api, "/chemicals")}
    listings = every(api, "/listings", state=EVERY_STATE)
    reviews = every(api, "/reviews")
    overlaps = {row["id"]: row for row in every(api, "/overlaps")}
    chosen = [key for at, (key, row) in enumerate(items.items()) if at % 6 == 0 or row["listings"]]
    for key in chosen[::2]:
        whole = data(api, f"/chemicals/{key}")
        ChemicalOut.model_validate(whole, strict=True, by_alias=True, by_name=False)
        item = items[key]
        for name in ("id", "name", "kind", "cas", "formula", "completeness", "flags"):
            assert whole[name] == item[name], f"{key}: {name}"
        assert whole["status"].keys() == CONVENTIONS
        own = [_without_via(r) for r in whole["listings"] if r["via_group"] is None]
        assert own == [r for r in listings if r["chemical"]["id"] == key], key
        mine = [r["id"] for r in whole["reviews"] if r["via_group"] is None]
        assert mine == [r["id"] for r in reviews if key in [s["id"] for s in r["subjects"]]], key
        groups = {row["group"]["id"] for row in whole["memberships"]}
        for name in ("listings", "reviews", "overlaps"):
            for row in whole[name]:
                if row["via_group"] is not None and not groups:
                    pytest.fail(f"{key}: {name} via {row['via_group']}")
        for row in whole["overlaps"]:
            assert _without_via(row) == overlaps[row["id"]]
        told = {s for row in whole["overlaps"] for s in row["situations"]}
        assert whole["flags"] == {name: name in told for name in Flags.model_fields}


def test_what_comes_through_a_group_is_marked(api: httpx.Client) -> None:
    whole = data(api, f"/chemicals/{PFOA}")
    assert "pfoa" in {row["group"]["id"] for row in whole["memberships"]}
    via = {row["id"]: row["via_group"] for row in whole["listings"]}
    assert via["stockholm-a-pfoa"] == "pfoa"
    reviews = {row["id"]: row["via_group"] for row in whole["reviews"]}
    assert reviews["poprc-pfoa"] is None  # it is a subject of the file itself
    salt = data(api, "/chemicals/ammonium-perfluorooctanoate")
    assert {row["id"]: row["via_group"] for row in salt["reviews"]}["poprc-pfoa"] == "pfoa"
    assert {row["id"]: row["via_group"] for row in salt["listings"]}["stockholm-a-pfoa"] == "pfoa"
    assert every(api, "/listings", chemical=PFOA) == []
    assert whole["flags"]["considered_by_both"]
    assert PFOA in {row["member"]["id"] for row in data(api, "/chemicals/pfoa")["members"]}


def test_fields_of_one_chemical(api: httpx.Client) -> None:
    whole = data(api, "/chemicals/endosulfan")
    assert data(api, "/chemicals/endosulfan", fields="cas,id") == {
        "id": "endosulfan", "cas": whole["cas"],
    }  # fmt: skip


def test_things_are_the_rows_of_their_lists(api: httpx.Client) -> None:
    for path in ("/conventions", "/bodies", "/meetings", "/documents", "/decisions", "/listings",
                 "/reviews", "/overlaps", "/vocabularies"):  # fmt: skip
        rows = every(api, path)
        for row in rows[:: max(1, len(rows) // 6)]:
            assert data(api, f"{path}/{row['id']}") == row
    for row in every(api, "/meetings")[::20]:
        assert data(api, f"/meetings/{row['label']}") == row
    problem(api.get(f"{V1}/decisions/{_no_decision(api)}"), 404)


def _no_decision(api: httpx.Client) -> str:
    return next(row["id"] for row in every(api, "/documents") if row["kind"] != "decision")


@pytest.mark.parametrize("how", ["format", "accept"])
def test_jsonld(api: httpx.Client, how: str) -> None:
    """Identifiers and names in the words of schema.org; each number once."""
    wanted = (
        {"params": {"format": "jsonld"}}
        if how == "format"
        else {"headers": {"Accept": "application/ld+json"}}
    )
    answer = api.get(f"{V1}/chemicals/{PFOA}", **wanted)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/ld+json"
    assert answer.headers["etag"]
    document = answer.json()
    assert document["@context"] == "https://schema.org"
    assert document["@id"].endswith(f"/api/v1/chemicals/{PFOA}")
    assert document["name"]
    assert document["inChIKey"] == PFOA_KEY
    numbers = [row["value"] for row in document["identifier"] if row["propertyID"] == "CAS RN"]
    assert numbers[0] == "335-67-1"
    assert len(set(numbers)) == len(numbers)
    group = api.get(f"{V1}/chemicals/pfoa", params={"format": "jsonld"}).json()
    assert group["@type"] != document["@type"]


# Status


def status(api: httpx.Client, id: str, convention: str, **params: str) -> Any:
    """The status of one chemical under one convention."""
    return data(api, f"/chemicals/{id}/status", **params)[convention]


def test_listed_directly(api: httpx.Client) -> None:
    found = status(api, "endosulfan", "stockholm")
    assert found["answer"] == "listed_directly"
    assert found["annexes"] == ["stockholm-a"]
    assert found["status_in_time"] == "in_force"
    assert found["in_force_on"] == "2012-10-27"
    assert next((e["listing"], e["basis"], e["via_group"]) for e in found["entries"]) == (
        "stockholm-a-endosulfan", "direct", None,
    )  # fmt: skip
    assert found["entries"][0]["sources"]


def test_listed_by_group(api: httpx.Client) -> None:
    found = status(api, PFOA, "stockholm")
    assert found["answer"] == "listed_by_group"
    assert [e["via_group"] for e in found["entries"]] == ["pfoa"]
    assert found["entries"][0]["listing"] == "stockholm-a-pfoa"
    assert found["status_in_time"] == "in_force"
    assert found["exemptions"]


def test_a_counterpart_is_covered_as_its_scope_allows(api: httpx.Client) -> None:
    """Stockholm's group under Rotterdam, and the other way round, with the difference."""
    for id, convention in (("pfoa", "rotterdam"), ("pfoa-rotterdam", "stockholm")):
        found = status(api, id, convention)
        assert found["answer"] in ("listed_by_group", "possibly_covered")
        assert found["entries"][0]["scope_difference"]


def test_possibly_covered(api: httpx.Client) -> None:
    """Benomyl alone is not the dustable powder."""
    found = status(api, "benomyl", "rotterdam")
    assert found["answer"] == "possibly_covered"
    entry = found["entries"][0]
    assert entry["basis"] == "formulation"
    assert entry["applies_if"]
    assert {i["substance"] for i in entry["condition"]["ingredients"]} == {
        "benomyl", "carbofuran", "thiram",
    }  # fmt: skip
    assert status(api, "benomyl", "stockholm")["answer"] == "no_entry_found"


def test_no_entry_found(api: httpx.Client) -> None:
    """Chrysotile: recommended since 2006, no consensus; what else could cover it is said."""
    found = status(api, "chrysotile-asbestos", "rotterdam")
    assert found["answer"] == "no_entry_found"
    assert found["entries"] == found["annexes"] == []
    assert found["status_in_time"] is None
    for group in found["open_groups"]:
        assert group["name"] in found["explanation"]
    if not found["open_groups"]:
        assert "excluded" in found["explanation"]
    assert found["searched"]
    assert found["open_review"]["phase"] == "cop"
    assert found["next_step"]


def test_no_answer_says_not_listed(api: httpx.Client) -> None:
    """None of the words, for any chemical, under any convention."""
    everything = ids(every(api, "/chemicals"))
    answers = set()
    for start in range(0, len(everything), 100):
        chosen = ",".join(everything[start : start + 100])
        answer = api.get(f"{V1}/status", params={"ids": chosen, "limit": 500})
        assert "not listed" not in answer.text.lower()
        assert "unlisted" not in answer.text.lower()
        assert "unregulated" not in answer.text.lower()
        rows = answer.json()["data"]
        assert [row["chemical"]["id"] for row in rows] == everything[start : start + 100]
        for row in rows:
            assert row["conventions"].keys() == CONVENTIONS
            for name, found in row["conventions"].items():
                _sound(row["chemical"]["id"], name, found)
                answers.add(found["answer"])
    assert answers == {"listed_directly", "listed_by_group", "possibly_covered", "no_entry_found"}


def _sound(id: str, convention: str, found: Any) -> None:
    where = f"{id} under {convention}"
    StatusOut.model_validate(found, strict=True)
    assert found["convention"] == convention
    said = found["explanation"]
    assert said.endswith("."), where
    assert ".." not in said, f"{where}: {said}"
    if found["answer"] == "no_entry_found":
        assert found["entries"] == [], where
        for group in found["open_groups"]:
            assert group["name"] in said, where
    else:
        assert found["entries"], where
        lead = found["entries"][0]
        assert found["status_in_time"] == lead["status_in_time"] in ("in_force", "adopted"), where
        if found["answer"] == "listed_directly":
            assert lead["chemical"]["id"] == id, where
            assert lead["via_group"] is None, where
    for entry in found["entries"]:
        assert ".." not in entry["explanation"], f"{where}: {entry['explanation']}"
        assert entry["sources"], where


def test_direct_answers_are_the_listings(api: httpx.Client) -> None:
    """Who has an own entry is listed directly, and nobody else."""
    for convention in sorted(CONVENTIONS):
        listed = {row["chemical"]["id"] for row in every(api, "/listings", convention=convention)}
        rows = every(api, "/status", convention=convention)
        direct = {
            row["chemical"]["id"]
            for row in rows
            if row["conventions"][convention]["answer"] == "listed_directly"
        }
        assert direct == listed
        assert all(list(row["conventions"]) == [convention] for row in rows)


def test_status_is_the_same_wherever_it_stands(api: httpx.Client) -> None:
    wanted = ["pfoa", PFOA, "benomyl", "chrysotile-asbestos", "mirex", "mercury"]
    rows = every(api, "/status", ids=",".join(wanted))
    assert [row["chemical"]["id"] for row in rows] == wanted
    for row in rows:
        id = row["chemical"]["id"]
        assert row["conventions"] == data(api, f"/chemicals/{id}/status")
        assert row["conventions"] == data(api, f"/chemicals/{id}")["status"]
    picked = data(api, "/chemicals/pfoa/status", fields="stockholm")
    assert list(picked) == ["stockholm"]


def test_pending_is_what_is_under_review(api: httpx.Client) -> None:
    for row in every(api, "/reviews", open="true"):
        found = status(api, row["chemical"]["id"], row["convention"])
        pending = {p["review"]: p for p in found["pending"]}
        assert row["id"] in pending
        for name in ("state", "phase", "body", "next_meeting"):
            assert pending[row["id"]][name] == row[name]


# Overlaps


def test_overlaps_are_sound(api: httpx.Client) -> None:
    """Ids made of the sides; left comes first in the alphabet; links strongest first."""
    vocabularies = {
        row["id"]: [t["value"] for t in row["terms"]] for row in every(api, "/vocabularies")
    }
    links, situations = vocabularies["overlap_link"], vocabularies["overlap_situation"]
    rows = every(api, "/overlaps")
    assert len(set(ids(rows))) == len(rows)
    for row in rows:
        OverlapOut.model_validate(row, strict=True, by_alias=True, by_name=False)
        left, right = row["left"], row["right"]
        assert left["convention"] < right["convention"]
        assert row["id"] == "--".join(
            f"{s['convention']}-{s['chemical']['id']}" for s in (left, right)
        )
        assert row["chemical"] == left["chemical"]
        kinds = [link["kind"] for link in row["links"]]
        assert kinds == sorted(kinds, key=links.index)
        assert kinds
        assert row["situations"] == sorted(row["situations"], key=situations.index)
        assert row["headline"]
        strong = not {"same_chemical", "counterpart", "member_of_group",
                      "constituent_of_mixture"}.isdisjoint(kinds)  # fmt: skip
        needs = {"considered_by_both", "concurrent", "recommended_by_both", "listed_in_both"}
        assert strong or not needs & set(row["situations"]), row["id"]
        considered = bool(left["first_on"] and right["first_on"])
        assert ("considered_by_both" in row["situations"]) == (considered and strong), row["id"]
        assert ("concurrent" in row["situations"]) == bool(row["concurrent"])


@pytest.mark.parametrize(
    ("id", "some", "never"),
    [
        ("rotterdam-endosulfan--stockholm-endosulfan",
         {"considered_by_both", "concurrent", "listed_in_both", "recommended_by_both"}, set()),
        ("rotterdam-dicofol--stockholm-dicofol", {"considered_by_both", "waiting_and_listed"},
         {"listed_in_both"}),
        ("rotterdam-mirex--stockholm-mirex", {"waiting_and_listed"},
         {"considered_by_both", "listed_in_both"}),
        ("rotterdam-chlorpyrifos--stockholm-chlorpyrifos",
         {"considered_by_both", "pending_at_cop_and_listed"}, {"listed_in_both"}),
        ("rotterdam-sccps-rotterdam--stockholm-sccps",
         {"considered_by_both", "listed_in_both", "listed_scope_differs", "concurrent"}, set()),
        ("rotterdam-pfos-rotterdam--stockholm-pfos",
         {"considered_by_both", "listed_in_both", "listed_scope_differs"}, set()),
        ("rotterdam-aldrin--stockholm-aldrin", {"listed_in_both"}, {"considered_by_both"}),
    ],
)  # fmt: skip
def test_situations(api: httpx.Client, id: str, some: set[str], never: set[str]) -> None:
    """Under an id that does not change."""
    found = set(data(api, f"/overlaps/{id}")["situations"])
    assert some <= found
    assert not never & found


@pytest.mark.parametrize(
    "id",
    ["aldrin", "lindane", "hch", "pcp", "pcp-rotterdam", "hexabromobiphenyl", "pbb", "mirex",
     "endrin",      "chlorpyrifos-methyl", "alpha-hch", "beta-hch", "ddt", "toxaphene"],
)  # fmt: skip
def test_near_misses(api: httpx.Client, id: str) -> None:
    """In both treaties, or near to what both committees had, but not considered by both."""
    for row in every(api, "/overlaps", chemical=id):
        assert "considered_by_both" not in row["situations"], row["id"]
    assert data(api, f"/chemicals/{id}")["flags"]["considered_by_both"] is False
    assert id not in ids(every(api, "/chemicals", considered_by_both="true"))


def test_overlaps_come_by_the_nearest_meeting(api: httpx.Client) -> None:
    starts = {row["label"]: row["starts_on"] for row in every(api, "/meetings")}
    days = [
        starts[row["next_meeting"]] if row["next_meeting"] else "9999"
        for row in every(api, "/overlaps")
    ]
    assert days == sorted(days)
    assert days[0] < "9999"


# The matrix as a sheet


def test_matrix_columns(api: httpx.Client) -> None:
    """Three of the chemical, then one for each of `meta.columns`, with the labels of the cells."""
    document = LISTS["matrix"].get(api, limit=500).json()
    columns = document["meta"]["columns"]
    assert {"id", "kind", "convention"} <= columns[0].keys()
    names = [column["id"] for column in columns]
    assert len(set(names)) == len(names)
    assert CONVENTIONS | {"poprc", "crc"} <= set(names)
    answer = LISTS["matrix"].get(api, format="csv")
    cells = [row for _, row in read_csv(answer.content)]
    assert list(cells[0]) == ["chemical.id", "chemical.name", "chemical.cas", *names]
    for shown, row in zip(cells, document["data"], strict=True):
        assert shown["chemical.id"] == row["chemical"]["id"]
        assert shown["chemical.cas"] == "; ".join(row["chemical"]["cas"])
        for name in names:
            cell = row["cells"].get(name)
            assert shown[name] == (cell["label"] if cell else "")
        assert set(row["cells"]) <= set(names)
        assert row["cells"]


def _without_via(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "via_group"}
