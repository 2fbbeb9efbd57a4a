"""Which methods a path really has: FastAPI names those of the first matching route only."""

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.routing import BaseRoute, Match, Mount

ASKED = ("GET", "POST", "PUT", "PATCH", "DELETE")


def allowed(routes: Iterable[BaseRoute], scope: Mapping[str, Any]) -> tuple[str, ...]:
    """All methods that `routes` answer at the scope's path; empty where nothing is there.

    HEAD comes with GET, OPTIONS with anything: the edge answers both.
    """
    routes = list(routes)
    # A mount has moved `root_path` by the time an error is handled: start from the outside again.
    root = scope.get("app_root_path", scope.get("root_path", ""))
    outer = {"type": "http", "path": scope["path"], "root_path": root, "headers": scope["headers"]}
    held = [method for method in ASKED if _answers(routes, {**outer, "method": method})]
    if "GET" in held:
        held.insert(1, "HEAD")
    return (*held, "OPTIONS") if held else ()


def _answers(routes: Iterable[BaseRoute], scope: dict[str, Any]) -> bool:
    # Asking each route for a FULL match works for included routers too, whose routes are private.
    for route in routes:
        match, child = route.matches(dict(scope))
        if match is not Match.FULL:
            continue
        if not isinstance(route, Mount):
            return True
        # A mount matches any method: ask what is mounted, or take it for files, which are read.
        if route.routes:
            return _answers(route.routes, {**scope, **child})
        return bool(scope["method"] == "GET")
    return False
