"""Every list of the API as the tests know it, and small helpers for asking and reading."""

import io
from dataclasses import dataclass, field
from typing import Any

import httpx
from pydantic import BaseModel
from python_calamine import CalamineWorkbook

from app.conventions import schemas as conventions
from app.overlaps import schemas as overlaps
from app.register import schemas as register
from app.regulation import schemas as regulation
from app.reviews import schemas as reviews

V1 = "/api/v1"
JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
META = {"revision", "revised_at", "release", "data_as_of", "software", "licence", "disclaimer"}
READS = "GET, HEAD, OPTIONS"

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Listed:
    """A list: its path, what must be asked with it, the table it exports, what it sorts by."""

    path: str
    model: type[BaseModel]
    resource: str | None = None
    params: dict[str, str] = field(default_factory=dict)
    sorts: tuple[str, ...] = ("id",)
    as_of: bool = False
    extra_meta: frozenset[str] = frozenset()

    def get(self, api: httpx.Client, **more: Any) -> httpx.Response:
        """Ask the list."""
        return api.get(V1 + self.path, params={**self.params, **more})

    def url(self, **more: str) -> str:
        """Path and query, for those who need the raw form."""
        query = "&".join(f"{name}={value}" for name, value in {**self.params, **more}.items())
        return f"{V1}{self.path}?{query}" if query else V1 + self.path

    def rows(self, api: httpx.Client) -> Rows:
        """All rows: the lists are short enough for one page."""
        answer = self.get(api, limit=500)
        assert answer.status_code == 200, answer.text
        document = answer.json()
        assert document["links"]["next"] is None
        assert len(document["data"]) == document["meta"]["total"] > 0
        found: Rows = document["data"]
        return found


LISTS: dict[str, Listed] = {
    "conventions": Listed(
        "/conventions", conventions.ConventionOut, "conventions", sorts=("id", "name", "order")
    ),
    "bodies": Listed("/bodies", conventions.BodyOut, "bodies", sorts=("id", "name", "label")),
    "meetings": Listed(
        "/meetings", conventions.MeetingOut, "meetings", sorts=("id", "label", "starts_on")
    ),
    "documents": Listed(
        "/documents", conventions.DocumentOut, "documents", sorts=("id", "symbol", "issued_on")
    ),
    "decisions": Listed(
        "/decisions", conventions.DocumentOut, "documents", sorts=("id", "symbol", "issued_on")
    ),
    "vocabularies": Listed("/vocabularies", register.VocabularyOut),
    "chemicals": Listed(
        "/chemicals", register.ChemicalItem, "chemicals", sorts=("id", "name", "kind"), as_of=True
    ),
    "listings": Listed(
        "/listings",
        regulation.ListingOut,
        "listings",
        sorts=("id", "order", "printed_name", "adopted_on", "in_force_on"),
        as_of=True,
    ),
    "reviews": Listed(
        "/reviews",
        reviews.ReviewOut,
        "reviews",
        sorts=("id", "opened_on", "closed_on"),
        as_of=True,
    ),
    "submissions": Listed(
        "/submissions",
        reviews.SubmissionOut,
        "submissions",
        sorts=("id", "received_on", "verified_on"),
    ),
    "work-items": Listed("/work-items", reviews.WorkItemOut, "work_items", sorts=("id", "title")),
    "overlaps": Listed(
        "/overlaps", overlaps.OverlapOut, sorts=("id", "changed_at_revision"), as_of=True
    ),
    "matrix": Listed(
        "/matrix",
        register.MatrixRow,
        sorts=("id", "name"),
        as_of=True,
        extra_meta=frozenset({"columns"}),
    ),
    "data-quality": Listed("/data-quality", register.QualityOut, sorts=("id", "rows")),
    "status": Listed(
        "/status", register.StatusItem, params={"convention": "stockholm"}, sorts=(), as_of=True
    ),
    "timeline": Listed(
        "/chemicals/endosulfan/timeline", register.TimelineEvent, sorts=(), as_of=True
    ),
}

# One of each single thing, by its path.
THINGS: dict[str, str] = {
    "convention": "/conventions/stockholm",
    "body": "/bodies/poprc",
    "meeting": "/meetings/poprc-17",
    "document": "/documents/sc-9-12",
    "decision": "/decisions/sc-9-12",
    "vocabulary": "/vocabularies/chemical_kind",
    "chemical": "/chemicals/endosulfan",
    "listing": "/listings/stockholm-a-endosulfan",
    "review": "/reviews/poprc-sccps",
    "overlap": "/overlaps/rotterdam-endosulfan--stockholm-endosulfan",
    "one status": "/chemicals/endosulfan/status",
}


def data(api: httpx.Client, path: str, **params: Any) -> Any:
    """`data` of an answer that must be a 200."""
    answer = api.get(V1 + path, params=params)
    assert answer.status_code == 200, f"{answer.url}: {answer.text[:500]}"
    return answer.json()["data"]


def every(api: httpx.Client, path: str, **params: Any) -> Rows:
    """All rows of a list with these filters."""
    answer = api.get(V1 + path, params={"limit": 500, **params})
    assert answer.status_code == 200, f"{answer.url}: {answer.text[:500]}"
    document = answer.json()
    assert document["meta"]["total"] == len(document["data"])
    rows: Rows = document["data"]
    return rows


def ids(rows: Rows) -> list[str]:
    """Their ids, in order."""
    return [row["id"] for row in rows]


def problem(
    answer: httpx.Response, status: int, parameter: str | None = None, code: str | None = None
) -> dict[str, Any]:
    """The answer is a problem of that status that names the parameter; its document."""
    where = f"{answer.request.method} {answer.url}"[:300]
    assert answer.status_code == status, f"{where}: {answer.status_code} {answer.text[:300]}"
    assert answer.headers["content-type"] == "application/problem+json", where
    document: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= document.keys(), where
    assert document["status"] == status
    assert document["type"].startswith("/problems/")
    assert document["detail"]
    for word in ("Traceback", "<html", "sqlalchemy", "psycopg", "pydantic", 'File "'):
        assert word not in answer.text, where
    assert answer.headers["access-control-allow-origin"] == "*"
    if parameter is not None:
        named = [error.get("parameter") for error in document.get("errors", ())]
        assert parameter in named, f"{where}: {document}"
        for error in document["errors"]:
            assert error["code"]
            assert error["message"]
    if code is not None:
        assert code in [error["code"] for error in document["errors"]], document
    return document


def sheet(content: bytes) -> tuple[list[str], list[list[Any]]]:
    """Header and typed rows of the one sheet of a workbook."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert len(book.sheet_names) == 1
    header, *rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [str(name) for name in header], rows
