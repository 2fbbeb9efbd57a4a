"""What the byte cache keeps, and the canonical name it keeps it under."""

import gzip
import hashlib
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.types import Message

from app.kit.http import conditional, negotiation, urls
from app.kit.http.conditional import Headers

RawKey = tuple[Any, ...]
COMPRESS_FROM = 1024
_OVERHEAD = 1024  # dicts, lists and slots of one entry: what its bytes do not show
_COMPRESSIBLE = ("text/", "application/json", "application/x-ndjson", "application/xml")


@dataclass(frozen=True, slots=True)
class Wish:
    """A request in canonical form: equal wishes get equal answers at one revision."""

    parts: tuple[object, ...]
    gzip: bool
    authorized: bool

    @classmethod
    def of(
        cls,
        scope: Mapping[str, Any],
        headers: Mapping[bytes, bytes],
        *,
        formats: tuple[str, ...],
        languages: tuple[str, ...],
        setting: tuple[Hashable, ...],
    ) -> "Wish":
        """The wish of a request; `setting` is what else answers turn on (day, build)."""
        authorization = headers.get(b"authorization")
        parts = (
            urls.raw_path(scope),
            sorted(part for part in scope["query_string"].split(b"&") if part),
            negotiation.fingerprint(_text(headers, b"accept"), formats),
            negotiation.language(_text(headers, b"accept-language"), languages),
            scope["scheme"],
            headers.get(b"host", b"").lower(),
            authorization,
            *setting,
        )
        return cls(parts, _accepts_gzip(headers), authorization is not None)

    def name(self, coding: str) -> str:
        """Name of the answer in one content coding; part of its ETag, so it tells no secrets."""
        return hashlib.blake2b(repr((coding, self.parts)).encode(), digest_size=12).hexdigest()


class Entry:
    """One finished answer. `body` is None where it is too large to keep but not to revalidate."""

    __slots__ = ("aliases", "body", "etag", "name", "not_modified", "revision", "size", "start")

    def __init__(
        self, name: str, revision: int, etag: bytes, headers: Headers, body: bytes | None
    ) -> None:
        self.name = name
        self.revision = revision
        self.etag = etag
        self.start: Message = {"type": "http.response.start", "status": 200, "headers": headers}
        self.body: Message | None = None
        if body is not None:
            self.body = {"type": "http.response.body", "body": body}
        self.not_modified = conditional.not_modified(headers)
        self.aliases: list[RawKey] = []
        self.size = _OVERHEAD + len(body or b"") + sum(len(k) + len(v) for k, v in headers)


def etag_of(revision: int, name: str) -> bytes:
    """`"<revision>.<name>"`: a later write's If-Match can read the revision from it."""
    return f'"{revision}.{name}"'.encode()


def compressible(content_type: str) -> bool:
    """Whether gzip is worth trying: text in any guise; XLSX and images are compressed already."""
    kind = content_type.partition(";")[0].strip().lower()
    return kind.startswith(_COMPRESSIBLE) or kind.endswith(("+json", "+xml"))


def compress(body: bytes) -> bytes:
    """Gzip with the same bytes each time (no file time in it)."""
    return gzip.compress(body, 6, mtime=0)


def _accepts_gzip(headers: Mapping[bytes, bytes]) -> bool:
    given = headers.get(b"accept-encoding")
    if not given:
        return False
    weights: dict[bytes, bool] = {}
    for item in given.lower().split(b","):
        coding, _, weight = item.partition(b";")
        refused = weight.strip().replace(b" ", b"").rstrip(b"0") in (b"q=", b"q=0.", b"q=.")
        weights[coding.strip()] = not refused
    return weights.get(b"gzip", weights.get(b"x-gzip", weights.get(b"*", False)))


def _text(headers: Mapping[bytes, bytes], name: bytes) -> str | None:
    value = headers.get(name)
    return None if value is None else value.decode("latin-1")
