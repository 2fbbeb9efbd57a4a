"""What is wrong with a URL before any route is asked; everything here works on raw bytes."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes

from app.kit.http.problems import Problem, invalid, not_found

LONGEST_URL = 16 * 1024
_HEX = frozenset(b"0123456789abcdefABCDEF")


def check(path: bytes, query: bytes) -> Problem | None:
    """The problem with a URL: too long, NUL, broken encoding, repeated parameter; or None."""
    if len(path) + len(query) + 1 > LONGEST_URL:
        return Problem(414, f"A URL may have {LONGEST_URL} bytes. POST what is longer.")
    if _fault(path) is not None:
        return not_found("There is nothing at this path.")
    errors = _query_errors(query)
    return invalid(errors) if errors else None


def ascii_query(query: bytes) -> bytes:
    """`query` with raw UTF-8 percent-encoded: Starlette would read those bytes as Latin-1."""
    # Every ASCII byte stays as it is, so that only what is not ASCII changes.
    return quote_from_bytes(query, safe=bytes(range(128))).encode()


def raw_path(scope: Mapping[str, Any]) -> bytes:
    """The path as sent, also where the server only hands over the decoded one."""
    sent: bytes | None = scope.get("raw_path")
    return sent or str(scope["path"]).encode()


def _query_errors(query: bytes) -> list[dict[str, Any]]:
    errors: list[dict[str, Any]] = []
    seen: set[str] = set()
    repeated: set[str] = set()
    for part in query.split(b"&"):
        raw_name = part.partition(b"=")[0]
        name = unquote_to_bytes(raw_name.replace(b"+", b" ")).decode(errors="replace")
        shown = name.replace("\0", "\ufffd")[:100]
        fault = _fault(part)
        if fault is not None:
            code, message = fault
            errors.append({"parameter": shown, "code": code, "message": message})
        elif part and name in seen and name not in repeated:
            repeated.add(name)
            message = "Given more than once: join several values with commas."
            errors.append({"parameter": shown, "code": "repeated", "message": message})
        seen.add(name)
    return errors


def _fault(part: bytes) -> tuple[str, str] | None:
    decoded = part
    if b"%" in part:
        # unquote leaves a broken escape as it stands; it must not pass for a literal percent sign.
        for tail in part.split(b"%")[1:]:
            if len(tail) < 2 or tail[0] not in _HEX or tail[1] not in _HEX:
                return "bad_encoding", "A percent sign must be followed by two hexadecimal digits."
        decoded = unquote_to_bytes(part)
    if b"\0" in decoded:
        return "nul", "A NUL character cannot be part of a value."
    try:
        decoded.decode()
    except UnicodeDecodeError:
        return "bad_encoding", "Values must be UTF-8."
    return None
