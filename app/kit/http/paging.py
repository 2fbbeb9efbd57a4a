"""Opaque cursors and the `Link` header (RFC 8288).

A cursor is a position in one query: `version | mark of the query | checksum | JSON`, in URL-safe
base64. It is no secret and grants nothing; the checks only keep a cursor from being edited or
carried to another query, where it would silently skip rows.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from app.kit.http.problems import Problem, invalid_parameter

LIMIT_DEFAULT = 50
LIMIT_MAX = 500

_VERSION = b"\x01"
_MARK = 6
_CHECK = 8
_LONGEST = 4096


def scope_of(path: str, filters: Mapping[str, Any], sort: str | None = None) -> str:
    """Names one query, for `encode` and `decode`: all that decides which rows come in what order.

    Filters that are None are as good as absent. `limit`, `format` and `fields` do not belong here.
    """
    held = sorted((name, str(value)) for name, value in filters.items() if value is not None)
    return json.dumps([path, held, sort])


def encode(position: Mapping[str, Any], scope: str) -> str:
    """A cursor for `position` (JSON values only) within the query named `scope`."""
    payload = json.dumps(position, separators=(",", ":"), allow_nan=False).encode()
    mark = _hash(scope.encode(), _MARK)
    raw = _VERSION + mark + _hash(mark + payload, _CHECK) + payload
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode(cursor: str, scope: str, form: Mapping[str, type] | None = None) -> dict[str, Any]:
    """The position in `cursor`; Problem 422 on `cursor` if edited, outdated or of another query.

    `form` says which members it has: the checksum is no secret, so a cursor can be made up.
    """
    raw = _unpack(cursor)
    head = 1 + _MARK
    mark, check, payload = raw[1:head], raw[head : head + _CHECK], raw[head + _CHECK :]
    if raw[:1] != _VERSION or check != _hash(mark + payload, _CHECK):
        raise _refused("cursor_invalid", "This is no cursor of ours: take it from links.next.")
    if mark != _hash(scope.encode(), _MARK):
        raise _refused("cursor_of_another_query", "This cursor belongs to another query.")
    position = _position(payload)
    if position is None or not all(
        isinstance(position.get(name), kind) for name, kind in (form or {}).items()
    ):
        raise _refused("cursor_invalid", "This is no cursor of ours: take it from links.next.")
    return position


def _position(payload: bytes) -> dict[str, Any] | None:
    try:
        position = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return position if isinstance(position, dict) else None


def _unpack(cursor: str) -> bytes:
    """Bytes of the cursor, or none at all for what `encode` cannot have written."""
    try:
        raw = base64.b64decode(cursor[:_LONGEST] + "=" * (-len(cursor) % 4), b"-_", validate=True)
    except (ValueError, binascii.Error):
        return b""
    # Base64 has spare bits at its end: only the one canonical spelling is ours.
    return raw if base64.urlsafe_b64encode(raw).decode().rstrip("=") == cursor else b""


def _hash(data: bytes, size: int) -> bytes:
    return hashlib.blake2b(data, digest_size=size).digest()


def _refused(code: str, message: str) -> Problem:
    return invalid_parameter("cursor", code, message)


def next_url(url: str, cursor: str) -> str:
    """`url` with its cursor replaced; the other parameters stay as the caller wrote them."""
    base, _, query = url.partition("?")
    kept = [part for part in query.split("&") if part and part.split("=")[0] != "cursor"]
    return base + "?" + "&".join([*kept, f"cursor={cursor}"])


def link_header(
    url: str | None,
    next: str | None = None,
    more: Iterable[tuple[str, str]] = (),
) -> str:
    """Value for `Link`: `url` as self, then `next`, then `more` as (relation, URL); or empty."""
    links = [("self", url), ("next", next), *more]
    return ", ".join(f'<{_uri(target)}>; rel="{relation}"' for relation, target in links if target)


def _uri(target: str) -> str:
    # Keeps `<`, `>`, line ends and anything not ASCII from breaking out of the header.
    return quote(target, safe="/%:?#[]@!$&'()*+,;=~")
