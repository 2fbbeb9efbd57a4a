"""Every error in the one shape, telling what is wrong and nothing secret."""

import pytest
from structlog.testing import capture_logs

from app.kit.http import problems
from app.kit.http.validation import pointer
from tests.kit.web import Service


@pytest.fixture
def service() -> Service:
    return Service()


def _problem(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    assert document["status"] == status
    assert document["type"] == f"/problems/{problems.CODES[status]}"
    assert {"title", "detail", "instance"} <= document.keys()
    return document


def test_unknown_path_is_a_problem_and_a_trailing_slash_is_no_redirect(service):
    assert _problem(service.get("/nowhere"), 404)["instance"] == "/nowhere"
    _problem(service.get("/v1/things/"), 404)
    _problem(service.get("/v1/things/1/"), 404)


def test_405_names_the_methods_of_all_routes(service):
    answer = service.get("/v1/things/1", "DELETE")
    _problem(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD, PUT, OPTIONS"
    assert service.get("/v1/things", "PATCH").headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_parameters_are_422_and_named(service):
    found = _problem(service.get("/v1/things?limit=0&kind=three&foo=1"), 422)["errors"]
    assert {(e["parameter"], e["code"]) for e in found} == {
        ("limit", "greater_than_equal"),
        ("kind", "not_in_vocabulary"),
        ("foo", "unknown"),
    }


def test_an_id_that_cannot_be_one_is_not_held(service):
    assert _problem(service.get("/v1/things/abc"), 404)["errors"][0]["parameter"] == "number"


def test_bodies(service):
    def post(**more):
        return service.get("/v1/things", "POST", **more)

    assert post(json={"name": "x"}).status_code == 201
    json = {"content-type": "application/json"}
    for broken in (b"{", b'{"name": "\xff"}', b"[" * 100_000):
        _problem(post(content=broken, headers=json), 400)
    _problem(post(content=b"name=x", headers={"content-type": "text/plain"}), 415)
    assert _problem(post(json={}), 422)["errors"][0]["pointer"] == "/name"
    found = _problem(post(json={"name": "x", "a/b": 1, "parts": [{"amount": "?"}]}), 422)
    assert {e["pointer"] for e in found["errors"]} == {"/a~1b", "/parts/0/amount", "/parts/0"}


def test_long_inputs_are_not_repeated(service):
    secret = "bad" + "s" * 200
    answer = service.get("/v1/things", "POST", json={"name": secret})
    assert secret not in _problem(answer, 422)["errors"][0]["message"]
    answer = service.get("/v1/things", "POST", json={"name": "bad one"})
    assert answer.json()["errors"][0]["message"] == "bad one will not do"


def test_unexpected_errors_tell_the_log_and_not_the_caller(service):
    with capture_logs() as logs:
        answer = service.get("/v1/broken", headers={"X-Request-ID": "abc-1"})
    document = _problem(answer, 500)
    assert "secret" not in answer.text
    assert "abc-1" in document["detail"]
    assert [line["request_id"] for line in logs] == ["abc-1"]
    assert logs[0]["exception"].endswith("RuntimeError: secret\n")


def test_constructors():
    assert problems.unavailable(5).headers == {"Retry-After": "5"}
    assert problems.gone("merged").status == 410
    assert problems.invalid_parameter("cas", "check_digit", "m", suggestion="50-00-0").errors == [
        {"parameter": "cas", "code": "check_digit", "message": "m", "suggestion": "50-00-0"}
    ]
    body = problems.response(problems.Problem(409, extensions={"status": 1}), "/é<\r\n").body
    assert b'"status":409' in body
    assert b'"instance":"/%C3%A9%3C%0D%0A"' in body


def test_pointer_leaves_out_what_is_not_in_the_body():
    body = {"parts": [{"a": 1}]}
    assert pointer(["parts", 0, "Part", "a"], body) == "/parts/0/a"
    assert pointer(["parts", 0, "Part", "b"], body, missing=True) == "/parts/0/b"
