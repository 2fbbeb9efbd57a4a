"""The OpenAPI document, and the service held against it by generated requests."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from app.db import Database
from app.main import create_app
from app.settings import Settings
from tests.api.catalogue import LISTS, THINGS, V1

# Every operation there is; a test holds this list against the document.
PATHS = (
    "/bodies", "/bodies/{id}", "/chemicals", "/chemicals/cas/{rn}", "/chemicals/cas/{rn}/{rest}",
    "/chemicals/inchikey/{key}", "/chemicals/inchikey/{key}/{rest}", "/chemicals/{id}",
    "/chemicals/{id}/status", "/chemicals/{id}/timeline", "/conventions", "/conventions/{id}",
    "/data-quality", "/decisions", "/decisions/{id}", "/documents", "/documents/{id}", "/listings",
    "/listings/{id}", "/matrix", "/meetings", "/meetings/{id}", "/overlaps", "/overlaps/{id}",
    "/reviews", "/reviews/{id}", "/status", "/submissions", "/vocabularies",
    "/vocabularies/{name}", "/work-items",
)  # fmt: skip
EXAMPLES = 12
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# Values that lead somewhere, so that answers too are looked at, not only refusals.
KNOWN = {
    "/chemicals/{id}": "endosulfan", "/chemicals/{id}/status": "perfluorooctanoic-acid",
    "/chemicals/{id}/timeline": "hbcd", "/conventions/{id}": "stockholm", "/bodies/{id}": "crc",
    "/meetings/{id}": "POPRC-17", "/documents/{id}": "sc-9-12", "/decisions/{id}": "sc-9-12",
    "/listings/{id}": "stockholm-a-pfoa", "/reviews/{id}": "poprc-sccps",
    "/overlaps/{id}": "rotterdam-mirex--stockholm-mirex", "/vocabularies/{name}": "phase",
    "/chemicals/cas/{rn}": "1163-19-5", "/chemicals/cas/{rn}/{rest}": "335-67-1",
    "/chemicals/inchikey/{key}": "SNGREZUHAYWORS-UHFFFAOYSA-N",
    "/chemicals/inchikey/{key}/{rest}": "SNGREZUHAYWORS-UHFFFAOYSA-N",
}  # fmt: skip

pytestmark = pytest.mark.usefixtures("one_database")
EACH = pytest.mark.parametrize("path", PATHS)


@pytest.fixture(scope="module")
def document(api: httpx.Client) -> dict[str, Any]:
    """The description that the service gives of itself."""
    answer = api.get("/openapi.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture(scope="module")
def schema(seeded: Database) -> Any:
    """The same as Schemathesis reads it."""
    app = create_app(Settings(), seeded)
    config = schemathesis.Config()
    # A value can also be refused for making the URL too long.
    refused = ["400", "404", "405", "406", "414", "422"]
    config.projects.default.checks.negative_data_rejection.expected_statuses = refused
    return schemathesis.openapi.from_asgi("/openapi.json", app, config=config)


def test_version_and_validity(document: dict[str, Any], schema: Any) -> None:
    """OpenAPI 3.1, valid against its own meta-schema."""
    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"] == "Synergies"
    assert document["info"]["version"]
    assert document["info"]["license"]
    schema.validate()
    names = [op.label for op in (result.ok() for result in schema.get_all_operations())]
    assert sorted(names) == sorted(f"GET {V1}{path}" for path in PATHS)


def test_every_schema_is_a_schema(document: dict[str, Any]) -> None:
    """JSON Schema 2020-12, and every reference leads somewhere."""
    for name, found in document["components"]["schemas"].items():
        jsonschema_rs.meta.validate({"$schema": _DIALECT, **found})
        assert name
    held = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(_references(document)) <= held


def test_every_list_and_thing_of_the_tests_is_an_operation() -> None:
    shown = [re.compile("^" + re.sub(r"\{\w+\}", "[^/]+", path) + "$") for path in PATHS]
    for path in [found.path for found in LISTS.values()] + list(THINGS.values()):
        assert any(one.match(path) for one in shown), path


@EACH
def test_operation_is_explained(document: dict[str, Any], path: str) -> None:
    """Summary, description, tag, and a word on each parameter."""
    operation = document["paths"][V1 + path]["get"]
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    for parameter in operation["parameters"]:
        if parameter["in"] == "query":
            assert parameter.get("description"), parameter["name"]


def test_operation_ids_are_apart(document: dict[str, Any]) -> None:
    found = [op["operationId"] for ops in document["paths"].values() for op in ops.values()]
    assert len(set(found)) == len(found)


@EACH
def test_operation_has_an_example(document: dict[str, Any], path: str) -> None:
    """Of its answer, in the shape of the answer."""
    responses = document["paths"][V1 + path]["get"]["responses"]
    shown = [
        media
        for status, response in responses.items()
        if status in ("200", "300", "303")
        for media in response.get("content", {}).values()
    ]
    assert any("example" in media or "examples" in media for media in shown)


@EACH
def test_examples_are_answers(api: httpx.Client, document: dict[str, Any], path: str) -> None:
    """What an example shows is what its schema allows, and the thing that it names is held."""
    response = document["paths"][V1 + path]["get"]["responses"].get("200")
    if response is None:
        return
    media = response["content"]["application/json"]
    schema = {**media["schema"], "components": document["components"]}
    example = media["example"]
    assert "data" in example
    for error in jsonschema_rs.Draft202012Validator(schema).iter_errors(example):
        assert error.message.startswith(('"meta" is', '"links" is'))  # an example may be an excerpt
    rows = example["data"] if isinstance(example["data"], list) else [example["data"]]
    collection = path.split("/")[1]
    if f"/{collection}/{{id}}" in PATHS and path in (f"/{collection}", f"/{collection}/{{id}}"):
        for row in rows:
            assert api.get(f"{V1}/{collection}/{row['id']}").status_code == 200


@EACH
def test_operation_has_its_error_responses(document: dict[str, Any], path: str) -> None:
    """All as problems; 404 where there is an id in the path, 406 where there are formats."""
    responses = document["paths"][V1 + path]["get"]["responses"]
    wanted = {"414", "422"}
    wanted |= {"404"} if "{" in path else set()
    wanted |= {"406"} if "/{rn}" not in path and "/{key}" not in path else set()
    assert wanted <= responses.keys()
    for status, response in responses.items():
        assert response["description"]
        if status >= "400":
            assert list(response["content"]) == ["application/problem+json"], status


@pytest.mark.parametrize("name", LISTS)
def test_whole_lists_meet_the_published_schema(
    api: httpx.Client, document: dict[str, Any], name: str
) -> None:
    """Every row of the real data, by the document that clients generate code from."""
    listed = LISTS[name]
    path = listed.path.replace("endosulfan", "{id}")
    media = document["paths"][V1 + path]["get"]["responses"]["200"]["content"]
    schema = {**media["application/json"]["schema"], "components": document["components"]}
    validator = jsonschema_rs.Draft202012Validator(schema)
    errors = [
        f"{list(error.instance_path)}: {error.message[:200]}"
        for error in validator.iter_errors(listed.get(api, limit=500).json())
    ]
    assert errors[:5] == []
    for form in ("csv", "xlsx", "ndjson"):
        assert listed.get(api, format=form, limit=1).headers["content-type"].split(";")[0] in media


@pytest.mark.parametrize("name", THINGS)
def test_things_meet_the_published_schema(
    api: httpx.Client, document: dict[str, Any], name: str
) -> None:
    path = re.sub(r"^(/[\w-]+)/[^/]+", r"\1/{id}", THINGS[name])
    path = path.replace("/vocabularies/{id}", "/vocabularies/{name}")
    media = document["paths"][V1 + path]["get"]["responses"]["200"]["content"]
    schema = {**media["application/json"]["schema"], "components": document["components"]}
    jsonschema_rs.Draft202012Validator(schema).validate(api.get(V1 + THINGS[name]).json())


def test_the_page_asks_nothing_of_another_host(api: httpx.Client) -> None:
    page = api.get("/docs")
    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]
    for link in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        assert "//" not in link
        assert api.get(f"/{link.lstrip('/')}").status_code == 200


# Generated requests

_SETTINGS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,  # the same requests each time: a red run is red again
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@EACH
def test_generated_requests(schema: Any, path: str) -> None:
    """Requests that the document allows: nothing breaks, and the answer is one it describes."""
    operation = schema[V1 + path]["GET"]
    strategy = operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)

    @_SETTINGS
    @given(case=strategy, known=st.booleans())
    def run(case: Any, known: bool) -> None:
        _lead_somewhere(case, path, known)
        case.call_and_validate(checks=CHECKS)

    run()


@EACH
def test_generated_nonsense(schema: Any, path: str) -> None:
    """Requests that the document forbids are refused, in a way that it describes."""
    operation = schema[V1 + path]["GET"]
    if not operation.query:
        return  # any text can stand in a path: there is nothing that the document forbids
    strategy = operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)

    @_SETTINGS
    @given(case=strategy)
    def run(case: Any) -> None:
        case.call_and_validate(checks=[*CHECKS, negative_data_rejection])

    run()


def _lead_somewhere(case: Any, path: str, known: bool) -> None:
    if known and path in KNOWN:
        case.path_parameters = {**case.path_parameters}
        name = next(name for name in ("id", "name", "rn", "key") if name in case.path_parameters)
        case.path_parameters[name] = KNOWN[path]


_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str):
                yield value
            else:
                yield from _references(value)
    elif isinstance(node, list):
        for item in node:
            yield from _references(item)
