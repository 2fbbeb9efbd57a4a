"""Pydantic's findings in the words of the API: a parameter's name or a JSON pointer, and a code."""

from collections.abc import Mapping, Sequence
from typing import Any

LONGEST_REPEATED = 100

# Codes that clients may rely on, whatever the validation library calls them.
_CODES = {
    "extra_forbidden": "unknown",
    "missing": "missing",
    "enum": "not_in_vocabulary",
    "literal_error": "not_in_vocabulary",
    "json_invalid": "malformed_json",
}


def explain(
    findings: Sequence[Mapping[str, Any]], body: Any, content_type: str
) -> tuple[int, list[dict[str, Any]]]:
    """Status and `errors` for what FastAPI found wrong with a request.

    400: the body is no JSON. 415: there is a body, but not declared as JSON. 404: an id in the path
    that cannot be one is simply not held. 422: everything else.
    """
    errors = [_error(finding, body) for finding in findings]
    places = [finding["loc"] for finding in findings]
    if any(finding["type"] == "json_invalid" for finding in findings):
        return 400, errors
    if isinstance(body, bytes) and ("body",) in places and not _is_json(content_type):
        wanted = {"parameter": "Content-Type", "code": "unsupported_media_type"}
        return 415, [wanted | {"message": "The body must be declared as application/json."}]
    if any(place[0] == "path" for place in places):
        return 404, [e for e, place in zip(errors, places, strict=True) if place[0] == "path"]
    return 422, errors


def _error(finding: Mapping[str, Any], body: Any) -> dict[str, Any]:
    kind = finding["type"]
    source, *rest = finding["loc"]
    code = _CODES.get(kind, kind)
    if source != "body":
        name = str(rest[0]) if rest else str(source)
        message = f"There is no parameter of this name: {_short(name)}."
        if kind != "extra_forbidden":
            message = _message(finding)
        return {"parameter": _short(name), "code": code, "message": message}
    if kind == "json_invalid":
        where = finding["loc"][1]
        reason = finding.get("ctx", {}).get("error", "")
        text = f"The body is not JSON: {reason} at character {where}."
        return {"pointer": "", "code": code, "message": text}
    text = "There is no field of this name." if kind == "extra_forbidden" else _message(finding)
    return {
        "pointer": pointer(rest, body, missing=kind == "missing"),
        "code": code,
        "message": text,
    }


def pointer(parts: Sequence[int | str], body: Any, *, missing: bool = False) -> str:
    """JSON pointer (RFC 6901) for a place in `body`.

    Pydantic also puts the tags of unions and validators into a place; what leads nowhere in the
    body is left out, but for the name of a missing field.
    """
    path, here = "", body
    for position, part in enumerate(parts):
        last = position == len(parts) - 1
        if (isinstance(here, dict) and part in here) or (
            isinstance(here, list) and isinstance(part, int) and part < len(here)
        ):
            here = here[part]  # type: ignore[index]
        elif not (last and missing):
            continue
        path += "/" + str(part).replace("~", "~0").replace("/", "~1")
    return path


def _message(finding: Mapping[str, Any]) -> str:
    message = str(finding["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
    # A long input may be a key or a whole document pasted into the wrong place: it is not repeated.
    given = finding.get("input")
    if isinstance(given, str) and len(given) > LONGEST_REPEATED:
        for form in (given, repr(given)[1:-1], given.strip()):
            message = message.replace(form, _short(form))
    return message


def _short(text: str) -> str:
    if len(text) <= LONGEST_REPEATED:
        return text
    return f"{text[:20]}… ({len(text)} characters)"


def _is_json(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind == "application/json" or (
        kind.startswith("application/") and kind.endswith("+json")
    )
