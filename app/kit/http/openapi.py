"""The OpenAPI document and its page, which asks nothing of another host."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.responses import HTMLResponse, JSONResponse, Response

from app.kit.http.problems import not_found

_STATIC = Path(__file__).parent / "static"
_FILES = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon-32x32.png": "image/png",
    "start.js": "text/javascript",
}
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="docs/swagger-ui.css"><link rel="icon" href="docs/favicon-32x32.png">
</head><body><div id="ui"></div>
<script src="docs/swagger-ui-bundle.js"></script><script src="docs/start.js"></script>
<noscript><p>This API is described by <a href="openapi.json">openapi.json</a>.</p></noscript>
</body></html>"""
_POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'"
_DAY = "public, max-age=86400"


def install(app: FastAPI, examples: Mapping[str, Any]) -> None:
    """Add `/openapi.json`, with these examples by path, and `/docs`."""

    @cache
    def document() -> dict[str, Any]:
        found = app.openapi()
        for path, operations in found["paths"].items():
            for operation in operations.values():
                for status in ("200", "300"):
                    answer = operation["responses"].get(status, {}).get("content", {})
                    if path in examples and "application/json" in answer:
                        answer["application/json"]["example"] = examples[path]
        return found

    @app.get("/openapi.json", include_in_schema=False)
    def openapi() -> Response:
        return JSONResponse(document(), headers={"Cache-Control": "public, max-age=60"})

    @app.get("/docs", include_in_schema=False)
    async def page() -> Response:
        html = _PAGE.format(title=app.title)
        return HTMLResponse(
            html,
            headers={"Content-Security-Policy": _POLICY, "Cache-Control": "public, max-age=60"},
        )

    @app.get("/docs/{name}", include_in_schema=False)
    def file(name: str) -> Response:
        if name not in _FILES:
            raise not_found("There is nothing at this path.")
        content = (_STATIC / name).read_bytes()
        return Response(content, media_type=_FILES[name], headers={"Cache-Control": _DAY})
