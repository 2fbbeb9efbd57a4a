"""What holds for every answer: HEAD, OPTIONS, CORS, request ids, URLs no route should see."""

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from app.kit.http import urls
from app.kit.http.methods import allowed
from app.kit.http.problems import Problem
from tests.kit.web import Service


@pytest.fixture
def service() -> Service:
    return Service()


def test_head_is_the_get_without_its_body(service):
    for path in ("/v1/things", "/v1/things/1", "/nowhere", "/v1/plain", "/v1/broken"):
        head, get = service.get(path, "HEAD"), service.get(path)
        assert head.content == b""
        assert head.status_code == get.status_code
        both = [dict(answer.headers) for answer in (head, get)]
        for headers in both:
            headers.pop("x-request-id")
        if path != "/v1/broken":  # quotes the request id
            assert both[0] == both[1]


def test_head_is_answered_from_the_cached_get(service):
    service.get("/v1/things")
    service.get("/v1/things", "HEAD")
    assert service.calls == 1


def test_options_tells_the_methods_of_known_paths(service):
    answer = service.get("/v1/things/1", "OPTIONS")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == "GET, HEAD, PUT, OPTIONS"
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    search = service.get("/v1/search", "OPTIONS").headers
    assert search["access-control-allow-methods"] == "OPTIONS, POST"
    assert service.get("/nowhere", "OPTIONS").status_code == 404


@pytest.mark.parametrize("path", ["/v1/things", "/nowhere", "/v1/things?x=1", "/v1/broken"])
def test_cors_is_open_on_every_answer(service, path):
    for _twice in range(2):
        headers = service.get(path).headers
        assert headers.get_list("access-control-allow-origin") == ["*"]
        assert "Synergies-Revision" in headers["access-control-expose-headers"]
        assert headers["x-content-type-options"] == "nosniff"


def test_request_ids(service):
    given = {"X-Request-ID": "client.id-1"}
    assert service.get("/v1/plain", headers=given).headers["x-request-id"] == "client.id-1"
    made = {service.get("/v1/things").headers["x-request-id"] for _ in range(3)}
    assert len(made) == 3
    for bad in ("", "a b", "x" * 129, "a\tb"):
        answer = service.get("/v1/plain", headers={"X-Request-ID": bad})
        assert answer.headers["x-request-id"] not in {bad, ""}


def test_long_urls(service):
    assert service.get("/v1/things?q=" + "x" * 16_000).status_code == 200
    answer = service.get("/v1/things?q=" + "x" * 17_000)
    assert answer.status_code == 414
    assert len(answer.content) < 1000


@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ("q=a%00b", "q", "nul"),
        ("q=%zz", "q", "bad_encoding"),
        ("q=5%", "q", "bad_encoding"),
        ("q=%ff", "q", "bad_encoding"),
        ("limit=1&%6cimit=1", "limit", "repeated"),
        ("q=1&q=1&q=1", "q", "repeated"),
        ("a%00=1", "a\ufffd", "nul"),
    ],
)
def test_queries_no_route_should_see(service, query, parameter, code):
    for _twice in range(2):
        answer = service.get("/v1/things?" + query)
        assert answer.status_code == 422
        errors = answer.json()["errors"]
        assert [(e["parameter"], e["code"]) for e in errors] == [(parameter, code)]
    assert service.calls == 0


@pytest.mark.parametrize("path", ["/v1/things/%00", "/v1/things/%ff", "/v1/things/%zz"])
def test_broken_paths_are_not_found(service, path):
    # httpx mends a lone percent sign itself; what matters is that nothing but 404 comes back.
    assert service.get(path).status_code == 404


def test_values_in_utf8_arrive_whole(service):
    # Some servers let raw bytes through, which Starlette would read as Latin-1.
    assert urls.check(b"/", "q=é".encode()) is None
    assert urls.check(b"/", b"q=\xff") is not None
    assert urls.ascii_query("q=é&b=%25+~".encode()) == b"q=%C3%A9&b=%25+~"
    assert service.get("/v1/things?limit=1&q=%C3%A9+%25").json()["data"][0]["q"] == "é %"


def test_mounted_applications_and_files(tmp_path):
    inner = Starlette(routes=[Route("/a", lambda _: None, methods=["POST"])])
    mounts = [Mount("/sub", inner), Mount("/files", StaticFiles(directory=tmp_path))]
    for path, methods in {
        "/sub/a": ("POST", "OPTIONS"),
        "/sub/b": (),
        "/files/x": ("GET", "HEAD", "OPTIONS"),
        "/else": (),
    }.items():
        assert allowed(mounts, {"path": path, "headers": []}) == methods


def test_a_problem_of_a_layer_between(service):
    async def limited(scope, receive, send):
        raise Problem(429, "Too many.", headers={"Retry-After": "9"})

    service.app.app = limited
    answer = service.get("/v1/things")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "9")
    assert answer.json()["title"] == "Too many requests"


def test_an_answer_broken_off_is_not_made_to_look_whole(service):
    async def breaking(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise OSError("disk")

    service.app.app = breaking
    with pytest.raises(OSError, match="disk"):
        service.get("/v1/things")
