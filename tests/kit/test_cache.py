"""The byte cache: the same request costs one answer, and nobody gets another one's."""

import gzip

import pytest

from tests.kit.web import Service

GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture
def service() -> Service:
    return Service()


def test_a_hit_is_the_first_answer(service):
    first, second = service.get("/v1/things"), service.get("/v1/things")
    assert service.calls == 1
    assert second.content == first.content
    assert second.headers["etag"] == first.headers["etag"]
    assert first.headers["etag"].startswith('"7.')
    assert (service.cache.hits, service.cache.misses) == (1, 1)


def test_sorted_queries_and_equal_accepts_share_an_entry(service):
    service.get("/v1/things?limit=3&q=a")
    service.get("/v1/things?q=a&limit=3")
    service.get("/v1/things?q=a&limit=3", headers={"Accept": "*/*"})
    assert service.calls == 1
    service.get("/v1/things?q=a&limit=3", headers={"Accept": "text/csv, */*;q=0.1"})
    assert service.calls == 2


@pytest.mark.parametrize(
    "other",
    [
        {"url": "/v1/things?q=b"},
        {"url": "/v1/things", "headers": {"Host": "other.example"}},
        {"url": "/v1/things", "headers": {"Authorization": "Bearer x"}},
        {"url": "http://t:81/v1/things"},
        {"url": "https://t/v1/things"},
    ],
)
def test_other_requests_are_other_entries(service, other):
    first = service.get("/v1/things")
    second = service.get(**other)
    assert service.calls == 2
    assert first.headers["etag"] != second.headers["etag"]


def test_a_new_revision_or_day_is_asked_anew(service):
    old = service.get("/v1/things").headers["etag"]
    service.revision = 8
    answer = service.get("/v1/things", headers={"If-None-Match": old})
    assert answer.status_code == 200
    assert answer.headers["etag"].startswith('"8.')
    service.day = 2
    answer = service.get("/v1/things", headers={"If-None-Match": answer.headers["etag"]})
    assert answer.status_code == 200
    assert service.calls == 3
    assert len(service.cache) == 1


def test_bytes_are_kept_under_the_revision_their_session_saw(service):
    service.seen = lambda: 8  # a commit between asking for the revision and reading
    assert service.get("/v1/things").headers["etag"].startswith('"8.')
    service.get("/v1/things")
    assert service.calls == 2
    service.revision = 8
    service.get("/v1/things")
    assert service.calls == 2


def test_a_slow_old_answer_does_not_displace_a_newer_one(service):
    service.seen = lambda: 8
    service.get("/v1/things?limit=1")
    service.seen = lambda: 7
    service.get("/v1/things?limit=1", headers={"Accept": "*/*"})
    service.revision = 8
    service.get("/v1/things?limit=1")
    assert service.calls == 2


def test_none_match(service):
    etag = service.get("/v1/things").headers["etag"]
    for given in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        answer = service.get("/v1/things", headers={"If-None-Match": given})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == etag
        assert answer.headers["vary"] == "Accept, Accept-Encoding"
        assert answer.headers["cache-control"].startswith("public, max-age=60")
        assert "content-length" not in answer.headers
    assert service.get("/v1/things", headers={"If-None-Match": '"x"'}).status_code == 200
    assert service.calls == 1
    service.cache.clear()  # as in another process
    assert service.get("/v1/things", headers={"If-None-Match": etag}).status_code == 304


def test_gzip_has_its_own_tag_and_the_same_content(service):
    plain, packed = service.get("/v1/things"), service.get("/v1/things", headers=GZIP)
    assert service.calls == 1
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content)
    assert packed.content == plain.content
    assert packed.headers["etag"] != plain.headers["etag"]
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept, Accept-Encoding"
    small = service.get("/v1/things/1", headers=GZIP)
    assert "content-encoding" not in small.headers
    refused = service.get("/v1/things", headers={"Accept-Encoding": "gzip;q=0, br"})
    assert "content-encoding" not in refused.headers
    again = service.get("/v1/things", headers=GZIP | {"If-None-Match": packed.headers["etag"]})
    assert again.status_code == 304
    assert gzip.compress(b"x", mtime=0) == gzip.compress(b"x", mtime=0)


def test_gzip_first_then_smaller_at_the_next_revision(service):
    service.get("/v1/things", headers=GZIP)
    service.revision = 8
    service.get("/v1/things", headers=GZIP)
    service.get("/v1/things", headers=GZIP)
    assert service.calls == 2


def test_what_is_not_about_a_revision_is_not_kept_but_can_be_revalidated(service):
    service.calls = 3
    etag = service.get("/v1/job").headers["etag"]
    answer = service.get("/v1/job", headers={"If-None-Match": etag})
    assert (service.calls, answer.status_code) == (5, 304)
    assert len(service.cache) == 0


def test_a_tag_of_the_applications_own_stays(service):
    for headers in ({}, GZIP):
        assert service.get("/v1/own", headers=headers).headers["etag"] == '"mine"'
    assert service.get("/v1/own", headers={"If-None-Match": '"mine"'}).status_code == 304


def test_long_files_pass_through_and_are_revalidated(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"x" * 200_000)
    service = Service(tmp_path, max_entry_bytes=1000)
    answer = service.get("/v1/file")
    assert len(answer.content) == 200_000
    assert answer.headers["content-disposition"] == 'attachment; filename="t.csv"'
    assert answer.headers["link"] == '<https://l.example>; rel="license"'
    etag = answer.headers["etag"]
    assert etag.startswith('"7.')
    answer = service.get("/v1/file", headers={"If-None-Match": etag, "Range": "bytes=0-1"})
    assert (answer.status_code, service.calls) == (304, 1)
    service.cache.clear()
    answer = service.get("/v1/file", headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content, service.calls) == (304, b"", 2)
    assert service.get("/v1/file", headers={"Range": "bytes=0-1"}).status_code == 200


def test_bounds_hold_and_the_least_recently_used_goes_first():
    service = Service(max_entries=3)
    for number in (1, 2, 3, 1, 4):
        service.get(f"/v1/things/{number}")
    assert len(service.cache) == 3
    service.get("/v1/things/1")
    assert service.calls == 4
    service.get("/v1/things/2")
    assert service.calls == 5


def test_total_size_is_bounded_whatever_clients_spell():
    service = Service(max_bytes=20_000)
    for number in range(60):
        service.get(f"/v1/things/{number}", headers={"Accept": "*/*," * number + "*/*"})
        service.get("/v1/things/1", headers={"Accept-Language": "x" * number})
    cache = service.cache
    assert 0 < cache.size <= 20_000
    assert cache.size == sum(entry.size for entry in cache._entries.values())
    assert len(cache._raw) == sum(len(entry.aliases) for entry in cache._entries.values())


def test_errors_are_never_kept(service):
    for _twice in range(2):
        assert service.get("/v1/things?limit=0").status_code == 422
    assert len(service.cache) == 0


def test_servers_without_raw_paths_get_no_mixed_answers(service):
    async def without(scope, receive, send):
        await app({**scope, "raw_path": None}, receive, send)

    app, service.app = service.app, without
    assert service.get("/v1/things/1").json()["data"] == {"number": 1}
    assert service.get("/v1/things/2").json()["data"] == {"number": 2}
    assert service.get("/v1/things/%00").status_code == 404
