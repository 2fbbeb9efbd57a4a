"""Finished answers kept as bytes, in front of the application.

Pure ASGI, directly inside the edge. An answer is kept only if it says, in `synergies-revision`,
which revision its session saw: the same request at the same revision, day and build has the same
bytes, so nothing ever has to be invalidated. A hit is one look-up of the raw request values; a miss
brings them into one canonical form (sorted query, formats instead of Accept), under which requests
that mean the same share one entry.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from app.kit.http import conditional
from app.kit.http.entry import COMPRESS_FROM, Entry, RawKey, Wish, compressible, etag_of
from app.kit.http.negotiation import KNOWN
from app.kit.http.recorder import Recorder, compressed

_ALIASES = 16  # spellings of one request: enough for real clients, too few to fill the memory
_LONGEST_ALIAS = 4096


def utc_day() -> Hashable:
    """Number of the UTC day; cheaper than making a date for every request."""
    return int(time.time() // 86400)


class ByteCache:
    """Answers anonymous GETs from memory, and gives every 200 GET its ETag.

    `revision` tells the newest revision: it is asked on each hit, so it must be quick.
    `today` is anything that changes when the UTC day does. `build` names code and settings that
    change answers. `formats` and `languages` are all that any answer turns on.
    Bounded by `max_entries`, by `max_bytes` in all and by `max_entry_bytes` for one body.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        revision: Callable[[], int],
        build: str,
        max_bytes: int = 64 * 1024 * 1024,
        max_entries: int = 10_000,
        max_entry_bytes: int | None = None,
        today: Callable[[], Hashable] = utc_day,
        formats: Sequence[str] = KNOWN,
        languages: Sequence[str] = ("en",),
    ) -> None:
        self.app = app
        self.revision = revision
        self.build = build
        self.today = today
        self.max_bytes = max_bytes
        self.max_entries = max_entries
        self.max_entry_bytes = min(max_entry_bytes or max_bytes // 16, max_bytes // 2)
        self.formats = tuple(formats)
        self.languages = tuple(languages)
        self.hits = self.misses = self.size = 0
        self._day = today()
        self._raw: dict[RawKey, Entry] = {}
        self._entries: OrderedDict[str, Entry] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def clear(self) -> None:
        """Forget everything."""
        self._raw.clear()
        self._entries.clear()
        self.size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        given = scope["headers"]
        headers: dict[bytes, bytes] = dict(given)
        if len(headers) != len(given):
            headers = conditional.joined(given)
        key = (
            scope.get("raw_path") or scope["path"],
            scope["query_string"],
            headers.get(b"accept"),
            headers.get(b"accept-encoding"),
            headers.get(b"host"),
            headers.get(b"accept-language"),
            scope["scheme"],
        )
        entry = self._raw.get(key)
        if (
            entry is None
            or b"authorization" in headers
            or entry.revision != self.revision()
            or self._day != self.today()
            or not await self._serve(entry, headers, send)
        ):
            await self._miss(scope, receive, send, key, headers)

    async def _serve(self, entry: Entry, headers: dict[bytes, bytes], send: Send) -> bool:
        condition = headers.get(b"if-none-match")
        if condition is not None and conditional.matches(condition, entry.etag):
            start, body = entry.not_modified, conditional.NO_BODY
        elif entry.body is not None:
            start, body = entry.start, entry.body
        else:
            return False
        self.hits += 1
        self._entries.move_to_end(entry.name)
        await send(start)
        await send(body)
        return True

    async def _miss(
        self, scope: Scope, receive: Receive, send: Send, key: RawKey, headers: dict[bytes, bytes]
    ) -> None:
        """Another spelling of something kept, or else the application's own answer."""
        day = self.today()
        if day != self._day:
            self.clear()
            self._day = day
        wish = Wish.of(
            scope,
            headers,
            formats=self.formats,
            languages=self.languages,
            setting=(day, self.build),
        )
        if not wish.authorized:
            known = await self._known(wish)
            if known is not None:
                self._keep(key, known)
                if await self._serve(known, headers, send):
                    return
        self.misses += 1
        condition = headers.get(b"if-none-match")
        recorder = Recorder(send, wish, condition, self.max_entry_bytes)
        await self.app(scope, receive, recorder)
        # Over midnight nobody knows for which day the answer was made.
        if recorder.entry is not None and not wish.authorized and self.today() == day:
            self._keep(key, recorder.entry)

    async def _known(self, wish: Wish) -> Entry | None:
        """The entry for `wish`, if need be compressed from the one for clients without gzip."""
        name = wish.name("gzip")
        if wish.gzip and (packed := self._current(name)):
            return packed
        entry = self._current(wish.name("identity"))
        if not wish.gzip or entry is None or entry.body is None or not _worth_compressing(entry):
            return entry
        etag = etag_of(entry.revision, name)
        headers, body = await compressed(entry.start["headers"], entry.body["body"])
        return Entry(name, entry.revision, etag, [*headers, (b"etag", etag)], body)

    def _current(self, name: str) -> Entry | None:
        entry = self._entries.get(name)
        return entry if entry is not None and entry.revision == self.revision() else None

    def _keep(self, key: RawKey, entry: Entry) -> None:
        held = self._entries.get(entry.name)
        if held is not entry:
            if held is not None:
                if held.revision > entry.revision:  # a slow answer must not displace a newer one
                    return
                self._drop(held)
            self._entries[entry.name] = entry
            self.size += entry.size
        self._alias(key, entry)
        while self._entries and (self.size > self.max_bytes or len(self) > self.max_entries):
            self._drop(next(iter(self._entries.values())))

    def _alias(self, key: RawKey, entry: Entry) -> None:
        """Let the raw request `key` lead to `entry`."""
        other = self._raw.get(key)
        length = sum(len(part) for part in key if part is not None)
        if other is entry or length > _LONGEST_ALIAS or len(entry.aliases) >= _ALIASES:
            return
        if other is not None:  # an older answer was in the other content coding
            other.aliases.remove(key)
            other.size -= length
            self.size -= length
        entry.aliases.append(key)
        entry.size += length
        self.size += length
        self._raw[key] = entry

    def _drop(self, entry: Entry) -> None:
        del self._entries[entry.name]
        self.size -= entry.size
        for alias in entry.aliases:
            del self._raw[alias]


def _worth_compressing(entry: Entry) -> bool:
    headers = dict(entry.start["headers"])
    body = entry.body["body"] if entry.body else b""
    kind = headers.get(b"content-type", b"").decode("latin-1")
    # A tag of the application's own belongs to its own bytes.
    ours = entry.etag == etag_of(entry.revision, entry.name)
    return ours and len(body) > COMPRESS_FROM and compressible(kind)
