"""The examples in the OpenAPI document are what the service answers on the seed data."""

import os

import httpx
import pytest

from app import examples


def test_examples_are_real_answers(api: httpx.Client) -> None:
    """Each stored example is today's answer, cut. SYNERGIES_STORE_EXAMPLES=1 writes them anew."""
    made = {}
    for path in examples.ASKED:
        answer = api.get(examples.url(path))
        assert answer.status_code in (200, 300), answer.text
        made[path] = examples.cut(answer.json())
        assert made[path]["data"], path
    if os.environ.get("SYNERGIES_STORE_EXAMPLES"):
        examples.store(made)
    stored = examples.load()
    assert stored.keys() == made.keys()
    for path, example in made.items():
        assert example["data"] == stored[path]["data"], path


def test_every_operation_has_an_example(api: httpx.Client) -> None:
    """An operation without one is not documented."""
    document = api.get("/openapi.json").json()
    without = [
        path
        for path, operations in document["paths"].items()
        for operation in operations.values()
        if not any(
            "example" in content
            for answer in operation["responses"].values()
            for content in answer.get("content", {}).values()
        )
    ]
    assert [path for path in without if "inchikey" not in path] == []


@pytest.mark.parametrize("asset", ["/docs", "/docs/swagger-ui-bundle.js", "/docs/start.js"])
def test_the_page_asks_nothing_of_another_host(api: httpx.Client, asset: str) -> None:
    """All that the page loads is here."""
    answer = api.get(asset)
    assert answer.status_code == 200
    if asset == "/docs":
        assert "//" not in answer.text.replace("<!doctype", "")
        assert "default-src 'self'" in answer.headers["content-security-policy"]
