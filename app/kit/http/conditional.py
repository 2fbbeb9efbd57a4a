"""`If-None-Match` and what a 304 repeats (RFC 9110, 13.1.2 and 15.4.5)."""

from collections.abc import Iterable

from starlette.types import Message

Headers = list[tuple[bytes, bytes]]

NO_BODY: Message = {"type": "http.response.body", "body": b""}
_REPEATED = frozenset(
    (b"etag", b"cache-control", b"vary", b"content-location", b"expires", b"synergies-revision")
)


def matches(condition: bytes, etag: bytes) -> bool:
    """Whether `If-None-Match` names `etag`: in its list, weakly compared, or by `*`."""
    if condition == etag:
        return True
    wanted = etag.removeprefix(b"W/")
    # Our tags hold no commas, so a list needs no parser; a foreign tag with one cannot match.
    tags = (item.strip().removeprefix(b"W/") for item in condition.split(b","))
    return any(tag in (wanted, b"*") for tag in tags)


def not_modified(headers: Headers) -> Message:
    """The start of the 304 that stands for a 200 with these headers."""
    kept = [(name, value) for name, value in headers if name in _REPEATED]
    return {"type": "http.response.start", "status": 304, "headers": kept}


def joined(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Headers as a mapping, repeated ones joined by commas as HTTP means them."""
    held: dict[bytes, bytes] = {}
    for name, value in headers:
        held[name] = held[name] + b", " + value if name in held else value
    return held


def with_vary(headers: Headers, names: Iterable[str]) -> Headers:
    """`headers` whose Vary also names `names`."""
    said = ",".join(value.decode("latin-1") for name, value in headers if name == b"vary")
    all_names = [name.strip() for name in said.split(",") if name.strip()]
    known = {name.lower() for name in all_names}
    all_names += [name for name in names if name.lower() not in known]
    rest = [(name, value) for name, value in headers if name != b"vary"]
    return [*rest, (b"vary", ", ".join(all_names).encode("latin-1"))]
