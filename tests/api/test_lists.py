"""What holds for every list: envelope, pages, order, fields, formats, headers."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import select

from app.chem.names import fold
from app.db import Database
from app.kit.tabular import CUT_MARK, read_csv
from app.registry import RESOURCES
from tests.api.catalogue import LISTS, META, READS, THINGS, V1, XLSX, Listed, Rows, sheet
from tests.conftest import client_of

ONCE = pytest.mark.usefixtures("one_database")
EACH = pytest.mark.parametrize("listed", LISTS.values(), ids=LISTS)
SORTED = pytest.mark.parametrize(
    ("listed", "sort"),
    [
        pytest.param(found, sort, id=f"{n}-{sort}")
        for n, found in LISTS.items()
        for sort in found.sorts
    ],
)
ALL_PATHS = {name: found.url() for name, found in LISTS.items()} | {
    name: V1 + path for name, path in THINGS.items()
}
ANYWHERE = pytest.mark.parametrize("url", ALL_PATHS.values(), ids=ALL_PATHS)


@EACH
def test_envelope(api: httpx.Client, listed: Listed) -> None:
    """`data`, `meta`, `links`, and nothing else; 50 rows where nothing is said."""
    answer = listed.get(api)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    document = answer.json()
    assert document.keys() == {"data", "meta", "links"}
    meta = document["meta"]
    assert meta.keys() == META | {"total"} | listed.extra_meta
    assert isinstance(meta["revision"], int)
    assert meta["revision"] >= 1
    assert answer.headers["synergies-revision"] == str(meta["revision"])
    assert meta["release"] is None
    assert meta["data_as_of"][:2] == "20"
    assert meta["software"].startswith("synergies ")
    assert meta["licence"] == {
        "name": "CC BY 4.0",
        "url": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert "depositary" in meta["disclaimer"]
    assert document["links"].keys() == {"next"}
    assert len(document["data"]) == min(50, meta["total"])
    assert (document["links"]["next"] is None) == (meta["total"] <= 50)


@EACH
def test_rows_have_exactly_the_documented_fields(api: httpx.Client, listed: Listed) -> None:
    """Every row meets its schema: no field more, none less, none of another type."""
    rows = listed.rows(api)
    for row in rows:
        listed.model.model_validate(row, strict=True, by_alias=True, by_name=False)


@ONCE
@EACH
def test_limit(api: httpx.Client, listed: Listed) -> None:
    """One to 500 rows."""
    everything = listed.rows(api)
    for limit in (1, 2, 499, 500):
        page = listed.get(api, limit=limit).json()
        assert page["data"] == everything[:limit]
        assert page["meta"]["total"] == len(everything)


@EACH
def test_walking_gives_every_item_once(api: httpx.Client, listed: Listed) -> None:
    """`links.next`, followed as it stands, leads through the unpaged list and ends."""
    everything = listed.rows(api)
    limit = max(1, len(everything) // 6)
    answer = listed.get(api, limit=limit)
    walked: Rows = []
    for _ in range(len(everything) + 2):
        page = answer.json()
        assert page["meta"]["total"] == len(everything)
        walked += page["data"]
        ahead = page["links"]["next"]
        if ahead is None:
            assert "link" not in answer.headers
            break
        assert len(page["data"]) == limit
        assert answer.headers["link"] == f'<{ahead}>; rel="next"'
        query = parse_qs(urlsplit(ahead).query)
        assert query["limit"] == [str(limit)]
        assert {name: [value] for name, value in listed.params.items()}.items() <= query.items()
        answer = api.get(ahead)
        assert answer.status_code == 200, answer.text
    assert walked == everything


@ONCE
@SORTED
def test_walking_a_sorted_list(api: httpx.Client, listed: Listed, sort: str) -> None:
    """Pages of a sorted list join into the sorted list, also where values repeat or are missing."""
    for order in (sort, f"-{sort}"):
        everything = listed.get(api, sort=order, limit=500).json()["data"]
        assert sorted(map(_text, everything)) == sorted(map(_text, listed.rows(api)))
        answer = listed.get(api, sort=order, limit=max(1, len(everything) // 4))
        walked = answer.json()["data"]
        while ahead := answer.json()["links"]["next"]:
            answer = api.get(ahead)
            walked += answer.json()["data"]
        assert walked == everything


@SORTED
def test_sort_orders_by_the_field(api: httpx.Client, listed: Listed, sort: str) -> None:
    """Up, or with `-` down; what is not known comes last either way."""
    for reverse in (False, True):
        rows = listed.get(api, sort=f"-{sort}" if reverse else sort, limit=500).json()["data"]
        values = [_sort_value(row, sort) for row in rows]
        if sort == "order" and listed.path == "/conventions":
            continue  # a column of the import, not shown in JSON
        known = [value for value in values if value is not None]
        assert values == known + [None] * (len(values) - len(known))
        assert known == sorted(known, reverse=reverse)
        assert len(set(known)) > 1 or sort in ("changed_at_revision", "verified_on")


def _sort_value(row: dict[str, Any], sort: str) -> Any:
    if sort == "name" and "formula" in row:
        return fold(row["name"])  # chemicals: without regard to case, accents and locant signs
    row = row if sort in row else row.get("chemical", row)
    value = row.get(sort)
    return value.casefold() if sort == "name" and "cas" in row else value


@ONCE
@EACH
def test_sort_offers_what_is_known_here(api: httpx.Client, listed: Listed) -> None:
    """The message of an unknown sort names those there are, so the tests above miss none."""
    error = listed.get(api, sort="nothing").json()["errors"][0]
    assert error["parameter"] == "sort"
    assert [s for s in listed.sorts if s not in error["message"]] == []
    offered = error["message"].partition(":")[2].strip(" .").split(", ")
    assert [name for name in offered if name] == list(listed.sorts)


@ONCE
@EACH
def test_fields(api: httpx.Client, listed: Listed) -> None:
    """Only the fields asked for, in the row's own order; any of them, all of them."""
    everything = listed.rows(api)
    names = list(everything[0])
    for wanted in ([names[0]], [names[-1], names[0]], names):
        rows = listed.get(api, fields=",".join(wanted), limit=500).json()["data"]
        assert rows == [{name: row[name] for name in wanted} for row in everything]
        for picked, row in zip(rows, everything, strict=True):
            assert list(picked) == [name for name in row if name in wanted]
    ndjson = listed.get(api, fields=names[0], format="ndjson")
    assert _ndjson(ndjson) == [{names[0]: row[names[0]]} for row in everything]


@ONCE
@EACH
def test_tables_say_what_they_are(api: httpx.Client, listed: Listed) -> None:
    """Media type, a file name, revision and licence in headers; `Accept` does as `format`."""
    types = {"csv": "text/csv", "xlsx": XLSX, "ndjson": "application/x-ndjson"}
    for name, media in types.items():
        by_format = listed.get(api, format=name)
        assert by_format.status_code == 200
        assert by_format.headers["content-type"].partition(";")[0] == media
        assert by_format.headers["content-disposition"].startswith("attachment; filename=")
        assert f'.{name}"' in by_format.headers["content-disposition"]
        assert by_format.headers["synergies-revision"].isdigit()
        assert 'creativecommons.org/licenses/by/4.0/>; rel="license"' in by_format.headers["link"]
        assert 'rel="next"' not in by_format.headers["link"]


@ONCE
@EACH
def test_accept_does_as_format(api: httpx.Client, listed: Listed) -> None:
    """`format` wins over it."""
    by_format = listed.get(api, format="ndjson")
    accepted = {"Accept": "image/png, application/x-ndjson;q=0.5"}
    assert api.get(listed.url(), headers=accepted).content == by_format.content
    over = api.get(listed.url(format="ndjson"), headers={"Accept": "application/json"})
    assert over.content == by_format.content


@EACH
def test_ndjson_is_the_whole_list(api: httpx.Client, listed: Listed) -> None:
    """A line for every row of the unpaged JSON."""
    assert _ndjson(listed.get(api, format="ndjson")) == listed.rows(api)


@ONCE
@EACH
def test_tables_with_a_limit_are_pages(api: httpx.Client, listed: Listed) -> None:
    """They carry `Link: rel=next`, which leads through all of it."""
    everything = listed.rows(api)
    limit = max(1, len(everything) // 3)
    answer = listed.get(api, format="ndjson", limit=limit)
    walked = _ndjson(answer)
    assert len(walked) == limit
    while "next" in answer.links:
        answer = api.get(answer.links["next"]["url"])
        walked += _ndjson(answer)
    assert walked == everything


@ONCE
@EACH
def test_csv_begins_with_the_columns_of_the_import(api: httpx.Client, listed: Listed) -> None:
    """Then come derived ones under their JSON names; each field of the JSON is there."""
    header = _header(listed.get(api, format="csv"))
    assert len(set(header)) == len(header)
    imported = list(RESOURCES[listed.resource].columns) if listed.resource else []
    assert header[: len(imported)] == imported
    if listed.path == "/matrix":
        return
    held = {name.partition(".")[0] for name in header}
    assert set(listed.model.model_fields) - held == set()
    assert {name.partition(".")[0] for name in header[len(imported) :]} <= set(
        listed.model.model_fields
    )


@pytest.mark.parametrize(
    "listed", [found for found in LISTS.values() if found.resource], ids=lambda found: found.path
)
def test_export_then_import_changes_nothing(
    api: httpx.Client, seeded: Database, listed: Listed
) -> None:
    """The import's columns of each row, read as an import reads them, are the row that is held."""
    resource = RESOURCES[str(listed.resource)]
    with seeded.read() as session:
        held = {str(row["id"]): row for row in session.rows(select(*resource.columns.values()))}
    exported = [cells for _, cells in read_csv(listed.get(api, format="csv").content)]
    assert {cells["id"] for cells in exported} == {row["id"] for row in listed.rows(api)}
    for cells in exported:
        row, faults = resource.parse({name: cells[name] for name in resource.columns})
        assert faults == []
        assert row == held[cells["id"]]


@EACH
def test_csv_cells_are_the_values_of_the_json(api: httpx.Client, listed: Listed) -> None:
    """Row by row: nested values under dotted names, lists joined, nothing lost."""
    everything = listed.rows(api)
    exported = [cells for _, cells in read_csv(listed.get(api, format="csv").content)]
    assert len(exported) == len(everything)
    if listed.path == "/matrix":
        return  # a sheet of its own form: test_matrix
    imported = set(RESOURCES[listed.resource].columns) if listed.resource else set()
    compared = 0
    for cells, row in zip(exported, everything, strict=True):
        for name, value in _flat(row):
            if name in imported:
                continue
            assert name in cells, f"{name} of {row.get('id')} has no column"
            assert cells[name] == value, name
            compared += value != ""
    assert compared > 0


def test_csv_is_rfc_4180(api: httpx.Client) -> None:
    """UTF-8 without a mark, CRLF, quotes around what needs them."""
    content = LISTS["chemicals"].get(api, format="csv").content
    assert content.decode("utf-8").startswith("id,")
    assert content.endswith(b"\r\n")
    assert b'"Endosulfan (technical endosulfan' not in content  # no comma, no quotes
    assert b'"2,4,5-T and its salts and esters"' in content


@EACH
def test_xlsx_holds_what_the_csv_holds(api: httpx.Client, listed: Listed) -> None:
    """The same header and rows; texts are texts, CAS RNs above all; numbers are numbers."""
    answer = listed.get(api, format="csv")
    header = _header(answer)
    texts = [list(cells.values()) for _, cells in read_csv(answer.content)]
    names, rows = sheet(listed.get(api, format="xlsx").content)
    assert names == header
    assert len(rows) == len(texts)
    for typed, shown in zip(rows, texts, strict=True):
        for name, cell, text in zip(names, typed, shown, strict=True):
            if isinstance(cell, float | int) and not isinstance(cell, bool):
                assert cell == float(text), name
            else:
                assert isinstance(cell, str), f"{name}: {cell!r}"
                whole = cell.removesuffix(CUT_MARK)
                # A sheet keeps line ends as it likes.
                assert (
                    _lines(text).startswith(_lines(whole))
                    if whole != cell
                    else (_lines(cell) == _lines(text))
                ), name


@ONCE
@pytest.mark.parametrize("name", ["chemicals", "listings", "matrix", "reviews", "overlaps"])
def test_xlsx_keeps_a_cas_number_as_text(api: httpx.Client, name: str) -> None:
    """Also those that look like dates (captafol: 2425-06-1)."""
    names, rows = sheet(LISTS[name].get(api, format="xlsx").content)
    columns = [
        at for at, column in enumerate(names) if column.split(".")[-1] in ("cas", "printed_cas")
    ]
    assert columns
    held = [row[at] for row in rows for at in columns if row[at] != ""]
    assert held
    assert all(isinstance(cell, str) for cell in held)
    if name in ("chemicals", "listings", "matrix"):
        assert any("2425-06-1" in cell.split("; ") for cell in held)


@ONCE
@EACH
def test_fields_of_a_table(api: httpx.Client, listed: Listed) -> None:
    """`fields` also picks the columns of a table."""
    header = _header(listed.get(api, format="csv"))
    first = next(iter(listed.model.model_fields)) if listed.path != "/matrix" else "chemical"
    found = _header(listed.get(api, format="csv", fields=first))
    assert found == [name for name in header if name.partition(".")[0] == first]
    assert found


@ONCE
@ANYWHERE
def test_head(api: httpx.Client, url: str) -> None:
    """All the headers of the GET, and no body."""
    got, asked = api.get(url), api.head(url)
    assert asked.status_code == got.status_code == 200
    assert asked.content == b""
    one, other = dict(got.headers), dict(asked.headers)
    assert one.pop("x-request-id") != other.pop("x-request-id")
    assert one == other


@ONCE
@ANYWHERE
def test_options(api: httpx.Client, url: str) -> None:
    """204 with what may be done; a preflight from anywhere may read."""
    answer = api.options(
        url, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    )
    assert answer.status_code == 204
    assert answer.headers["allow"] == READS
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-methods"] == READS
    assert "If-None-Match" in answer.headers["access-control-allow-headers"]


@ONCE
@ANYWHERE
def test_etag(api: httpx.Client, url: str) -> None:
    """The same while nothing changes; `If-None-Match` gives an empty 304."""
    answer = api.get(url)
    etag = answer.headers["etag"]
    assert etag.strip('"')
    assert api.get(url).headers["etag"] == etag
    for condition in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = api.get(url, headers={"If-None-Match": condition})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == etag
        for name in ("cache-control", "vary", "synergies-revision", "access-control-allow-origin"):
            assert again.headers[name] == answer.headers[name]
    assert api.head(url, headers={"If-None-Match": etag}).status_code == 304
    other = api.get(url, headers={"If-None-Match": '"other"'})
    assert other.status_code == 200
    assert other.content == answer.content
    bare = api.get(url, headers={"Accept-Encoding": "identity"})
    if "content-encoding" in answer.headers:
        assert bare.headers["etag"] != etag
    assert bare.json() == answer.json()


@ONCE
@EACH
def test_etags_tell_answers_apart(api: httpx.Client, listed: Listed) -> None:
    """Page, fields and format have their own."""
    answers = [
        listed.get(api, **more)
        for more in ({}, {"limit": 1}, {"format": "csv"}, {"format": "xlsx"}, {"format": "ndjson"})
    ]
    tags = [answer.headers["etag"] for answer in answers]
    assert len(set(tags)) == len(tags)


@ONCE
@ANYWHERE
def test_caching_and_cors(api: httpx.Client, url: str) -> None:
    """What a browser and a cache in between must know."""
    for origin in ({}, {"Origin": "https://example.org"}):
        answer = api.get(url, headers=origin)
        expected = "public, max-age=60, stale-while-revalidate=300"
        if "/status" in url:
            expected = "no-cache"
        assert answer.headers["cache-control"] == expected
        assert {"Accept", "Accept-Encoding"} <= set(answer.headers["vary"].split(", "))
        assert answer.headers["access-control-allow-origin"] == "*"
        exposed = answer.headers["access-control-expose-headers"]
        assert {"ETag", "Link", "Location", "Retry-After"} <= set(exposed.split(", "))
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_etag_does_not_hang_on_the_byte_cache(seeded: Database) -> None:
    """With the cache turned off an answer still has its tag, and still gives 304."""
    api = client_of(seeded, cache_megabytes=0)
    answer = api.get(f"{V1}/conventions")
    assert "etag" in answer.headers
    again = api.get(f"{V1}/conventions", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


@ANYWHERE
def test_the_byte_cache_changes_nothing(api: httpx.Client, bare: httpx.Client, url: str) -> None:
    """The same bytes from the memory as from the application."""
    kept, made = api.get(url), bare.get(url)
    assert api.get(url).content == kept.content == made.content


@pytest.fixture(scope="module")
def bare(seeded: Database) -> httpx.Client:
    """The service without its byte cache."""
    return client_of(seeded, cache_megabytes=0)


def test_an_empty_database_has_empty_lists(fresh: Database) -> None:
    """Nothing held is no error: lists are empty, in every format."""
    api = client_of(fresh)
    for listed in LISTS.values():
        if listed.params or "/endosulfan/" in listed.path:
            assert listed.get(api).status_code in (404, 422)
            continue
        for form in ("json", "csv", "xlsx", "ndjson"):
            answer = listed.get(api, format=form)
            assert answer.status_code == 200, answer.text
        document = listed.get(api).json()
        assert document["links"] == {"next": None}
        if listed.path not in ("/vocabularies", "/data-quality"):
            assert document["data"] == []
            assert document["meta"]["total"] == 0


def _ndjson(answer: httpx.Response) -> Rows:
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.split("\n") if line]


def _header(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return answer.text.partition("\r\n")[0].split(",")


def _text(row: Any) -> str:
    return json.dumps(row, sort_keys=True)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _flat(row: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """Dotted names and texts of the leaves: written afresh from the contract."""
    found = []
    for name, value in row.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{name}.")
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            if all(item and ";" not in item and item == item.strip() for item in value):
                found.append((prefix + name, "; ".join(value)))  # else JSON, for an exact return
        elif isinstance(value, bool):
            found.append((prefix + name, "yes" if value else "no"))
        elif isinstance(value, str | int | float):
            found.append((prefix + name, str(value)))
        elif value is None and name not in _THINGS:
            found.append((prefix + name, ""))
    return found


# An absent thing has no column of its own: those of its parts are empty.
_THINGS = ("condition", "match", "assessment", "open_review")
