"""Facts typed afresh from sources, apart from the seed data: what the service must answer."""

import csv
import io
from pathlib import Path

import httpx
import pytest

from tests.golden.pointer import find, holds

_TEXT = (Path(__file__).parent / "facts.csv").read_text(encoding="utf-8")
FACTS = list(csv.DictReader(io.StringIO(_TEXT)))


@pytest.mark.parametrize("fact", FACTS, ids=[fact["id"] for fact in FACTS])
def test_fact(api: httpx.Client, fact: dict[str, str]) -> None:
    """The answer holds the fact."""
    answer = api.get("/api/v1" + fact["request"])
    assert answer.status_code == 200, answer.text
    found = find(answer.json(), fact["pointer"])
    assert holds(found, fact["expected"]), f"{found!r}: {fact['source']} {fact['locator']}"


def test_there_are_enough_and_each_has_its_source() -> None:
    """At least a hundred, none without a source."""
    assert len(FACTS) >= 100
    assert all(fact["source"] for fact in FACTS)
