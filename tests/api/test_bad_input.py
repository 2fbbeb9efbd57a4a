"""Whatever is wrong with a request, the answer is a problem that says what: never 500 or HTML."""

import json
from typing import Any

import httpx
import pytest

from app.conventions.routes import BodiesQuery, DocumentsQuery, MeetingsQuery
from app.kit.http import paging
from app.overlaps.routes import OverlapsQuery
from app.register.routes import ChemicalsQuery, StatusQuery
from app.regulation.routes import ListingsQuery
from app.reviews.routes import ReviewsQuery, SubmissionsQuery, WorkItemsQuery
from tests.api.catalogue import LISTS, READS, THINGS, V1, Listed, every, problem

ONCE = pytest.mark.usefixtures("one_database")
EACH = pytest.mark.parametrize("listed", LISTS.values(), ids=LISTS)
DATED = pytest.mark.parametrize(
    "listed", [found for found in LISTS.values() if found.as_of], ids=lambda found: found.path
)
THING = pytest.mark.parametrize("path", THINGS.values(), ids=THINGS)
DATED_THINGS = [THINGS[name] for name in ("chemical", "listing", "review", "overlap", "one status")]
REDIRECTS = ("/chemicals/cas/335-67-1", "/chemicals/inchikey/SNGREZUHAYWORS-UHFFFAOYSA-N")

# No vocabulary holds these, whatever the filter.
STRANGE = ["zz-unknown", "", ",", "pfoa,", "é", "Ω", "' OR 1=1 --", "*", "null", "x" * 200]
BAD_DAYS = [
    "2026-02-30", "26-1-1", "2026-1-1", "2026-13-01", "0000-01-01", "2026", "2026-02", "20260101",
    "2026-01-01T00:00:00", " 2026-01-01", "2026-01-01 ", "today", "", "-2026-01-01", "+026-01-01",
    "٢٠٢٦-٠١-٠١", "2026–01–01", "2026-00-10", "10000-01-01",
]  # fmt: skip


# Cursors


@ONCE
@EACH
def test_malformed_cursor(api: httpx.Client, listed: Listed) -> None:
    for cursor in ["abc", "", "A", "é", "=", "../..", "AQ", "x" * 4000, "0", "-1"]:
        problem(listed.get(api, cursor=cursor), 422, "cursor")


@ONCE
def test_a_cursor_longer_than_any_of_ours(api: httpx.Client) -> None:
    problem(api.get(f"{V1}/chemicals", params={"cursor": "A" * 5000}), 422, "cursor")


@ONCE
@EACH
def test_cursor_of_another_query(api: httpx.Client, listed: Listed) -> None:
    """Another list's, another filter's, another order's."""
    other = LISTS["bodies" if listed.path != "/bodies" else "meetings"]
    problem(listed.get(api, cursor=_cursor(other.get(api, limit=1))), 422, "cursor")
    own = _cursor(listed.get(api, limit=1))
    for sort in listed.sorts:
        problem(listed.get(api, cursor=own, sort=sort), 422, "cursor", "cursor_of_another_query")
    if listed.as_of:
        problem(listed.get(api, cursor=own, as_of="2020-01-01"), 422, "cursor")
        past = _cursor(listed.get(api, limit=1, as_of="2022-01-01"))
        problem(listed.get(api, cursor=past), 422, "cursor", "cursor_of_another_query")


@ONCE
def test_cursor_of_another_filter(api: httpx.Client) -> None:
    cursor = _cursor(api.get(f"{V1}/listings", params={"limit": 1, "convention": "stockholm"}))
    for filters in ({}, {"convention": "rotterdam"}, {"convention": "stockholm", "cas": "50-29-3"}):
        problem(api.get(f"{V1}/listings", params={"cursor": cursor, **filters}), 422, "cursor")
    same = {"cursor": cursor, "convention": "stockholm"}
    assert api.get(f"{V1}/listings", params=same).status_code == 200
    # What does not decide which rows there are may change on the way.
    for more in ({"limit": 3}, {"fields": "id"}, {"format": "csv"}):
        assert api.get(f"{V1}/listings", params={**same, **more}).status_code == 200


@ONCE
def test_edited_cursor(api: httpx.Client) -> None:
    """Any one letter exchanged, one more or one less."""
    cursor = _cursor(api.get(f"{V1}/chemicals", params={"limit": 1}))
    edited = [cursor[:-1], cursor + "A", cursor + "=", cursor.swapcase(), cursor[::-1]]
    for at in range(0, len(cursor), 7):
        edited.append(cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :])
    for text in edited:
        problem(api.get(f"{V1}/chemicals", params={"cursor": text}), 422, "cursor")


@ONCE
@pytest.mark.parametrize(
    "position",
    [{}, [], "x", None, 7, {"id": "x"}, {"id": "x", "index": "abc"}, {"id": "x", "index": None},
     {"id": 1, "index": 1}, {"id": "x", "index": 1.5}, {"id": "x", "index": []}],
    ids=repr,
)  # fmt: skip
def test_made_up_cursor(api: httpx.Client, position: Any) -> None:
    """The checksum is no secret: what is made up with it is refused, not an error of ours."""
    cursor = paging.encode(position, paging.scope_of(f"{V1}/chemicals", {}))
    problem(api.get(f"{V1}/chemicals", params={"cursor": cursor}), 422, "cursor", "cursor_invalid")


@pytest.mark.parametrize("index", [-5, -1, 10**6, 10**30])
def test_made_up_place(api: httpx.Client, index: int) -> None:
    """A place that does not exist is the beginning or the end."""
    last = every(api, "/chemicals")[-1]["id"]
    for name in ("no-such-id", last):
        position = {"id": name, "index": index}
        cursor = paging.encode(position, paging.scope_of(f"{V1}/chemicals", {}))
        answer = api.get(f"{V1}/chemicals", params={"cursor": cursor})
        assert answer.status_code == 200
        assert len(answer.json()["data"]) <= 50


# Days and numbers


@ONCE
@DATED
def test_bad_day(api: httpx.Client, listed: Listed) -> None:
    for day in BAD_DAYS:
        problem(listed.get(api, as_of=day), 422, "as_of")


@ONCE
@pytest.mark.parametrize("day", BAD_DAYS)
def test_bad_day_elsewhere(api: httpx.Client, day: str) -> None:
    for path in DATED_THINGS:
        problem(api.get(V1 + path, params={"as_of": day}), 422, "as_of")
    for name in ("adopted_from", "adopted_to"):
        problem(api.get(f"{V1}/listings", params={name: day}), 422, name)


@ONCE
@DATED
@pytest.mark.parametrize("day", ["0001-01-01", "1600-02-29", "9999-12-31", "2024-02-29"])
def test_any_day_that_exists(api: httpx.Client, listed: Listed, day: str) -> None:
    assert listed.get(api, as_of=day).status_code == 200


@ONCE
@pytest.mark.parametrize("path", [found.path for found in LISTS.values() if not found.as_of])
def test_a_list_without_a_day_does_not_take_one(api: httpx.Client, path: str) -> None:
    problem(api.get(V1 + path, params={"as_of": "2020-01-01"}), 422, "as_of", "unknown")


@ONCE
@EACH
@pytest.mark.parametrize(
    "limit", ["0", "501", "abc", "-1", "", "1.5", "1e2", "9" * 40, "NaN", "1,2"]
)
def test_bad_limit(api: httpx.Client, listed: Listed, limit: str) -> None:
    problem(listed.get(api, limit=limit), 422, "limit")


@pytest.mark.parametrize("wrong", ["335-67-2", "335672", "CAS 335-67-2", "0335-67-2"])
def test_cas_with_a_wrong_check_digit(api: httpx.Client, wrong: str) -> None:
    """The right one is suggested."""
    for path in ("/chemicals", "/listings"):
        for value in (wrong, f"50-29-3,{wrong}"):
            answer = api.get(V1 + path, params={"cas": value})
            error = problem(answer, 422, "cas", "cas_check_digit")["errors"][0]
            assert error["suggestion"] == "335-67-1"
    for path in ("", "/status", "/timeline"):
        answer = api.get(f"{V1}/chemicals/cas/{wrong}{path}")
        error = problem(answer, 422, "rn", "cas_check_digit")["errors"][0]
        assert error["suggestion"] == "335-67-1"


@ONCE
@pytest.mark.parametrize(
    "text", ["abc", "", "335-67", "1-2-3", "335-67-1-1", "٣٣٥-٦٧-١x", "335-67-1;50-29-3", "1" * 300]
)
def test_what_is_no_cas_number(api: httpx.Client, text: str) -> None:
    """422 as a filter; in a path it is an id that is not held."""
    for path in ("/chemicals", "/listings"):
        problem(api.get(V1 + path, params={"cas": text}), 422, "cas")
    if text:
        problem(api.get(f"{V1}/chemicals/cas/{text}"), 404)
        problem(api.get(f"{V1}/chemicals/cas/{text}/status"), 404)


def test_cas_number_that_is_not_held(api: httpx.Client) -> None:
    """Formaldehyde: an empty list as a filter, 404 in a path."""
    for path in ("/chemicals", "/listings"):
        document = api.get(V1 + path, params={"cas": "50-00-0"}).json()
        assert document["data"] == []
        assert document["meta"]["total"] == 0
        for form in ("csv", "xlsx", "ndjson"):
            answer = api.get(V1 + path, params={"cas": "50-00-0", "format": form})
            assert answer.status_code == 200
    problem(api.get(f"{V1}/chemicals/cas/50-00-0"), 404)
    problem(api.get(f"{V1}/chemicals/cas/50-00-0/status"), 404)


# Ids and filters


@pytest.mark.parametrize(
    "id",
    ["nope", "PFOA", "pfoa%20", "%20", "a" * 3000, "é", "%C3%A9", "'%20OR%201=1", "...",
     "pfoa.json", "1", "-", "😀", "a%2Fb", "%5C", "null", "{id}", "%25"],
)  # fmt: skip
def test_unknown_id_in_a_path(api: httpx.Client, id: str) -> None:
    """404, whatever its form."""
    for path in THINGS.values():
        collection = path.split("/")[1]
        problem(api.get(f"{V1}/{collection}/{id}"), 404)
    for tail in ("status", "timeline"):
        problem(api.get(f"{V1}/chemicals/{id}/{tail}"), 404)
    problem(api.get(f"{V1}/chemicals/inchikey/{id}"), 404)
    problem(api.get(f"{V1}/chemicals/inchikey/{id}/status"), 404)


def _filters() -> list[tuple[str, str]]:
    """Every filter that holds ids or words of a vocabulary, read from the queries themselves."""
    queries: dict[str, Any] = {
        "/bodies": BodiesQuery, "/documents": DocumentsQuery, "/decisions": DocumentsQuery,
        "/meetings": MeetingsQuery, "/overlaps": OverlapsQuery, "/chemicals": ChemicalsQuery,
        "/status": StatusQuery, "/listings": ListingsQuery, "/reviews": ReviewsQuery,
        "/submissions": SubmissionsQuery, "/work-items": WorkItemsQuery,
    }  # fmt: skip
    apart = {"limit", "cursor", "sort", "fields", "format", "q", "as_of"}
    return [
        (path, name)
        for path, query in queries.items()
        for name in query.model_fields
        if name not in apart
    ]


@pytest.mark.parametrize(("path", "name"), _filters())
def test_unknown_filter_value(api: httpx.Client, path: str, name: str) -> None:
    """422 on that parameter, an empty value too: it must not pass for no filter at all."""
    for value in STRANGE:
        answer = api.get(V1 + path, params={name: value})
        problem(answer, 422, name)


def test_a_mistake_beside_something_right_is_a_mistake(api: httpx.Client) -> None:
    for path, params, name in (
        ("/listings", {"chemical": "pfoa,nope"}, "chemical"),
        ("/listings", {"convention": "stockholm", "annex": "stockholm-z"}, "annex"),
        ("/status", {"ids": "pfoa,nope"}, "ids"),
        ("/status", {"ids": "pfoa", "convention": "montreal"}, "convention"),
        ("/reviews", {"body": "poprc,nope"}, "body"),
        ("/reviews", {"meeting": "POPRC-17,POPRC-999"}, "meeting"),
        ("/overlaps", {"situation": "considered_by_both,considered"}, "situation"),
        ("/chemicals", {"under_review": "yes"}, "under_review"),
        ("/chemicals", {"q": "endosulfan", "kind": "pesticide"}, "kind"),
    ):
        problem(api.get(V1 + path, params=params), 422, name)


@ONCE
def test_status_of_nothing(api: httpx.Client) -> None:
    problem(api.get(f"{V1}/status"), 422, "ids")


# Parameters


@ONCE
@EACH
def test_unknown_parameter(api: httpx.Client, listed: Listed) -> None:
    for name in ("page", "offset", "Limit", "é", "limit[]", "__proto__", "revision"):
        problem(listed.get(api, **{name: "1"}), 422, name, "unknown")


@ONCE
@THING
def test_unknown_parameter_of_a_thing(api: httpx.Client, path: str) -> None:
    for name in ("limit", "cursor", "sort", "q", "id"):
        problem(api.get(V1 + path, params={name: "1"}), 422, name, "unknown")


@ONCE
@EACH
def test_repeated_parameter(api: httpx.Client, listed: Listed) -> None:
    for query in ("limit=1&limit=1", "limit=1&lim%69t=2", "sort=id&limit=1&sort=id", "x=1&x=2"):
        name = query.partition("=")[0]
        separator = "&" if listed.params else "?"
        problem(api.get(f"{listed.url()}{separator}{query}"), 422, name, "repeated")


@ONCE
@THING
def test_repeated_parameter_of_a_thing(api: httpx.Client, path: str) -> None:
    problem(api.get(f"{V1}{path}?fields=id&fields=id"), 422, "fields", "repeated")


@ONCE
@pytest.mark.parametrize("path", REDIRECTS)
def test_parameters_of_a_redirect(api: httpx.Client, path: str) -> None:
    """Repeated ones are refused at once; the others are judged where it leads."""
    problem(api.get(f"{V1}{path}?as_of=2020-01-01&as_of=2020-01-01"), 422, "as_of", "repeated")
    answer = api.get(f"{V1}{path}?nonsense=1")
    assert answer.status_code == 303
    problem(api.get(answer.headers["location"]), 422, "nonsense", "unknown")


@ONCE
@pytest.mark.parametrize("query", ["&&", "?", "&limit=1&", "limit=1&&"])
def test_empty_parts_of_a_query(api: httpx.Client, query: str) -> None:
    answer = api.get(f"{V1}/conventions?{query}")
    if "?" in query:
        problem(answer, 422, "?")
    else:
        assert answer.status_code == 200


@ONCE
@pytest.mark.parametrize("query", ["limit", "=1", "=", "limit&x"])
def test_parameters_without_name_or_value(api: httpx.Client, query: str) -> None:
    problem(api.get(f"{V1}/conventions?{query}"), 422)


@ONCE
@EACH
def test_unknown_field_and_sort(api: httpx.Client, listed: Listed) -> None:
    for name in ("nothing", "", "id,nothing", "chemical.id", "*", "__class__"):
        problem(listed.get(api, fields=name), 422, "fields", "unknown_field")
        problem(listed.get(api, fields=name, format="csv"), 422, "fields", "unknown_field")
        problem(listed.get(api, fields=name, format="ndjson"), 422, "fields", "unknown_field")
    for name in ("nothing", "", "-", "--id", "id,name", "+id", "ID", " id"):
        problem(listed.get(api, sort=name), 422, "sort", "unknown_field")


@ONCE
def test_unknown_field_of_an_empty_page(api: httpx.Client) -> None:
    """No row is needed to see that there is no such field."""
    for form in ("json", "csv", "xlsx", "ndjson"):
        params = {"cas": "50-00-0", "fields": "nothing", "format": form}
        problem(api.get(f"{V1}/listings", params=params), 422, "fields", "unknown_field")


@ONCE
@THING
def test_unknown_field_of_a_thing(api: httpx.Client, path: str) -> None:
    problem(api.get(V1 + path, params={"fields": "id,nothing"}), 422, "fields", "unknown_field")


# Formats


@ONCE
@pytest.mark.parametrize(
    "url", [found.url() for found in LISTS.values()] + [V1 + p for p in THINGS.values()]
)
def test_accept(api: httpx.Client, url: str) -> None:
    """406 where it is malformed or nothing offered will do, with what is offered."""
    for accept in (
        "image/png", "text/html", "application/pdf, text/html;q=0.9", "*/*;q=0", "json",
        "application/json;q=2", "*/json", ";", "text/csv;;;q=x", "a/b c/d", "application/xml",
        "application/json;q=0, */*;q=0",
    ):  # fmt: skip
        answer = api.get(url, headers={"Accept": accept})
        document = problem(answer, 406)
        assert "application/json" in document["offered"]
        assert "Accept" in answer.headers["vary"]
    for accept in ("", "*/*", "application/*", "application/json", "text/html, */*;q=0.1"):
        assert api.get(url, headers={"Accept": accept}).status_code == 200


@ONCE
@pytest.mark.parametrize("form", ["pdf", "", "JSON", "csv,json", "application/json", "jsonl"])
def test_unknown_format(api: httpx.Client, form: str) -> None:
    for listed in LISTS.values():
        problem(listed.get(api, format=form), 422, "format")
    for path in THINGS.values():
        problem(api.get(V1 + path, params={"format": form}), 422, "format")


@ONCE
def test_a_format_that_is_not_offered_there(api: httpx.Client) -> None:
    problem(LISTS["chemicals"].get(api, format="jsonld"), 422, "format")
    for form in ("csv", "xlsx", "ndjson"):
        problem(api.get(f"{V1}/chemicals/endosulfan", params={"format": form}), 422, "format")
    problem(api.get(f"{V1}/listings/stockholm-a-ddt", params={"format": "jsonld"}), 422, "format")
    answer = api.get(f"{V1}/listings", headers={"Accept": "application/ld+json"})
    problem(answer, 406)


# URLs


@ONCE
@EACH
def test_nul_and_broken_encoding(api: httpx.Client, listed: Listed) -> None:
    separator = "&" if listed.params else "?"
    for value, code in (
        ("%00", "nul"), ("a%00b", "nul"), ("%ff", "bad_encoding"), ("%", "bad_encoding"),
        ("%zz", "bad_encoding"), ("%c0%80", "bad_encoding"), ("%ed%a0%80", "bad_encoding"),
        ("%f4%90%80%80", "bad_encoding"), ("%u0041", "bad_encoding"),
    ):  # fmt: skip
        for name in ("q", "limit", "sort", "fields"):
            answer = api.get(f"{listed.url()}{separator}{name}={value}")
            problem(answer, 422, name, code)
    problem(api.get(f"{listed.url()}{separator}%00=1"), 422)


@pytest.mark.parametrize("part", ["%00", "%ff", "pfoa%00", "%c0%af", "%zz", "%"])
def test_nul_and_broken_encoding_in_a_path(api: httpx.Client, part: str) -> None:
    for path in ("chemicals", "listings", "chemicals/cas", "chemicals/inchikey", "meetings", "no"):
        problem(api.get(f"{V1}/{path}/{part}"), 404)


def test_url_too_long(api: httpx.Client) -> None:
    """414 beyond 16 kB, whichever part is long."""
    for url in (
        f"{V1}/chemicals?q={'a' * 17_000}",
        f"{V1}/chemicals/{'a' * 17_000}",
        f"{V1}/nothing?{'a' * 17_000}",
    ):
        problem(api.get(url), 414)
    for listed in LISTS.values():
        problem(listed.get(api, cursor="A" * 17_000), 414)
    ids = ",".join(["pfoa"] * 3_000)
    assert api.get(f"{V1}/status?ids={ids}").status_code == 200


def test_a_very_long_search(api: httpx.Client) -> None:
    for length, status in ((300, 200), (301, 422), (16_000, 422)):
        answer = api.get(f"{V1}/chemicals", params={"q": "a" * length})
        assert answer.status_code == status
        if status == 422:
            problem(answer, 422, "q")
            assert len(answer.text) < 2_000  # what was pasted by mistake is not repeated


@pytest.mark.parametrize(
    "q",
    ["", " ", "---", "'", '"', "%", "_", "\\", "*", "DROP TABLE chemicals; --", "😀", "漢字",
     "\u202e",      "\ufeff", "ß", "İ", "ﬁ", "a\u0301\u0301\u0301",
     "\U0010ffff", "1" * 300, "α" * 300, "\t\n",
     "ᵃ", "z\uffff", "\ue000", "हिन्दी", "(", "[a-z]+", "%%%", "ǆ"],
)  # fmt: skip
def test_any_text_can_be_searched(api: httpx.Client, q: str) -> None:
    """Signs of other languages, of SQL and of patterns are only letters, or nothing."""
    answer = api.get(f"{V1}/chemicals", params={"q": q})
    assert answer.status_code == 200
    assert answer.json()["meta"]["total"] < 60  # a single letter finds what begins with it
    if not any(sign.isalnum() for sign in q):
        assert answer.json()["data"] == []


# Methods and paths


@ONCE
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_writing_to_a_read(api: httpx.Client, method: str) -> None:
    """405 with what may be done there."""
    paths = [found.path for found in LISTS.values()] + [*THINGS.values(), *REDIRECTS]
    for path in paths:
        for body in ({}, {"content": b"{"}, {"json": {"id": "x"}}):
            answer = api.request(method, V1 + path, **body)
            problem(answer, 405)
            assert answer.headers["allow"] == READS


@ONCE
def test_other_methods(api: httpx.Client) -> None:
    for method in ("TRACE", "CONNECT", "PROPFIND", "FOO"):
        answer = api.request(method, f"{V1}/chemicals")
        problem(answer, 405)
        assert answer.headers["allow"] == READS


@ONCE
@pytest.mark.parametrize("path", [f.path for f in LISTS.values()] + [*THINGS.values(), *REDIRECTS])
def test_trailing_slash(api: httpx.Client, path: str) -> None:
    """404, and no redirect."""
    if path in REDIRECTS:  # there it is a part of what is asked of the chemical
        answer = api.get(f"{V1}{path}/")
        assert answer.status_code in (303, 404)
        return
    problem(api.get(f"{V1}{path}/"), 404)
    problem(api.get(f"{V1}/{path}"), 404)


@ONCE
@pytest.mark.parametrize(
    "path", ["/", "/api", "/api/", V1, V1 + "/", "/api/v2/chemicals", "/api/v1/nothing",
             "/API/v1/bodies", "/api/v1/Chemicals",
             "/api/v1/chemicals/pfoa/nothing", "/api/v1/chemicals/pfoa/status/x",
             "/docs/../app/main.py", "/api/v1/../../etc/passwd", "/api/v1/submissions/x"],
)  # fmt: skip
def test_no_such_path(api: httpx.Client, path: str) -> None:
    for method in ("GET", "HEAD", "OPTIONS"):
        answer = api.request(method, path)
        assert answer.status_code == 404, path
        if method != "HEAD":
            problem(answer, 404)


@ONCE
def test_everything_wrong_is_named_at_once(api: httpx.Client) -> None:
    answer = api.get(f"{V1}/chemicals?limit=0&as_of=never&nonsense=1&format=pdf")
    named = {error["parameter"] for error in problem(answer, 422)["errors"]}
    assert named == {"limit", "as_of", "nonsense", "format"}


@ONCE
def test_headers_cannot_break_anything(api: httpx.Client) -> None:
    for headers in (
        {"If-None-Match": "nonsense"}, {"If-None-Match": '"' * 500}, {"Range": "bytes=0-1"},
        {"Accept-Encoding": "br;q=1.0, gzip;q=x"}, {"Accept-Language": "xx-" * 100},
        {"Content-Type": "nonsense"}, {"Authorization": "Bearer nonsense"}, {"Expect": "x"},
        {"X-Request-ID": "a b<script>"}, {"If-Match": "*"}, {"X-HTTP-Method-Override": "DELETE"},
    ):  # fmt: skip
        answer = api.get(f"{V1}/bodies", headers=headers)
        assert answer.status_code == 200, headers
        assert "<script>" not in answer.headers["x-request-id"]


@ONCE
def test_a_problem_tells_where_but_not_what_was_asked(api: httpx.Client) -> None:
    """`instance` is the path; the query may hold what nobody wants in a copied report."""
    document = problem(api.get(f"{V1}/chemicals?limit=0&q=secret"), 422, "limit")
    assert document["instance"] == f"{V1}/chemicals"
    assert "secret" not in json.dumps(document)


def _cursor(answer: httpx.Response) -> str:
    link = answer.json()["links"]["next"]
    assert link, answer.url
    return str(link).partition("cursor=")[2].partition("&")[0]
