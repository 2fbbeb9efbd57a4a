"""Every address of the service, as its own OpenAPI document lists them, with ids that it holds."""

import json
import re

from benchmarks.servers import Server

API = "/api/v1"
_TABLES = ("csv", "xlsx", "ndjson")
# What stands in a path besides the id of a row of the list before it.
_GIVEN = {
    "rn": "115-29-7",
    "key": "FSPZPQQWDODWAU-UHFFFAOYSA-N",
    "rest": "status",
}


def everything(server: Server) -> list[str]:
    """One path of each GET, and of each list as each kind of table."""
    document = json.loads(server.get("/openapi.json").body)
    found = ["/healthz", "/readyz", "/metrics", "/openapi.json", "/docs"]
    for path, operations in document["paths"].items():
        if "get" in operations:
            asked = _filled(server, path)
            types = operations["get"]["responses"].get("200", {}).get("content", {})
            found.append(_with_required(asked))
            if "text/csv" in types:
                mark = "&" if "?" in found[-1] else "?"
                found += [f"{found[-1]}{mark}format={table}" for table in _TABLES]
    return found


def ids(server: Server, of: str) -> list[str]:
    """Ids of every row of a list."""
    answer = server.get(f"{API}/{of}?limit=500&fields=id")
    return [str(row["id"]) for row in json.loads(answer.body)["data"]]


def _filled(server: Server, path: str) -> str:
    while match := re.search(r"/([\w-]+)/\{(\w+)(?::path)?\}", path):
        before, name = match.groups()
        value = _GIVEN[name] if name in _GIVEN else ids(server, before)[0]
        path = f"{path[: match.start()]}/{before}/{value}{path[match.end() :]}"
    return path


def _with_required(path: str) -> str:
    return f"{path}?convention=stockholm" if path == f"{API}/status" else path
