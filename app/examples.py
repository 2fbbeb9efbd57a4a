"""Examples of the OpenAPI document: real answers on the seed data, cut to what shows their shape.

Kept as a file, because the document must not depend on what a server happens to hold; a test makes
them anew and compares.
"""

import json
import re
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_suffix(".json")
_ITEMS = 1
_HOST = "https://synergies.example.org"
_TIME = "2026-11-22T00:00:00+00:00"
# What stands for each path of an operation.
ASKED = {
    "/api/v1/chemicals": "?q=chlorpirifos",
    "/api/v1/chemicals/{id}": "chlorpyrifos",
    "/api/v1/chemicals/{id}/status": "perfluorooctanoic-acid",
    "/api/v1/chemicals/{id}/timeline": "sccps",
    "/api/v1/chemicals/cas/{rn}": "40088-47-9",
    "/api/v1/chemicals/cas/{rn}/{rest}": "40088-47-9/status",
    "/api/v1/status": "?ids=benomyl",
    "/api/v1/matrix": "?limit=1",
    "/api/v1/vocabularies": "?limit=1",
    "/api/v1/vocabularies/{name}": "chemical_kind",
    "/api/v1/data-quality": "?limit=1",
    "/api/v1/overlaps": "?situation=considered_by_both&limit=1",
    "/api/v1/overlaps/{id}": "rotterdam-chlorpyrifos--stockholm-chlorpyrifos",
    "/api/v1/listings": "?convention=stockholm&cas=335-67-1",
    "/api/v1/listings/{id}": "rotterdam-iii-fenthion-ulv",
    "/api/v1/reviews": "?body=poprc&chemical=hbcd",
    "/api/v1/reviews/{id}": "poprc-sccps",
    "/api/v1/submissions": "?chemical=endosulfan&limit=1",
    "/api/v1/work-items": "?limit=1",
    "/api/v1/conventions": "?limit=1",
    "/api/v1/conventions/{id}": "stockholm",
    "/api/v1/bodies": "?role=chemical_review&limit=1",
    "/api/v1/bodies/{id}": "poprc",
    "/api/v1/meetings": "?body=poprc&limit=1",
    "/api/v1/meetings/{id}": "poprc-17",
    "/api/v1/documents": "?limit=1",
    "/api/v1/documents/{id}": "sc-9-12",
    "/api/v1/decisions": "?limit=1",
    "/api/v1/decisions/{id}": "sc-9-12",
}


def url(path: str) -> str:
    """The request whose answer is the example of this path."""
    asked = ASKED[path]
    if asked.startswith("?"):
        return path + asked
    start, _, rest = path.partition("{")
    return start + asked + ("" if "/" in asked else rest.partition("}")[2])


def cut(value: Any) -> Any:
    """The answer with every list cut to its first item, of no time and no host."""
    if isinstance(value, dict):
        return {name: _TIME if name == "revised_at" else cut(v) for name, v in value.items()}
    if isinstance(value, list):
        return [cut(item) for item in value[:_ITEMS]]
    if isinstance(value, str):
        return re.sub(r"^https?://[^/]+(?=/api/)", _HOST, value)
    return value


def load() -> dict[str, Any]:
    """Examples by path."""
    held: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return held


def store(examples: dict[str, Any]) -> None:
    """Write the file anew."""
    text = json.dumps(examples, indent=1, ensure_ascii=False, sort_keys=True)
    _FILE.write_text(text + "\n", encoding="utf-8")
