"""Takes one answer from the application: completes its headers, sends it, and may keep it."""

import hashlib

from anyio import to_thread
from starlette.types import Message, Send

from app.kit.http import conditional
from app.kit.http.conditional import Headers
from app.kit.http.entry import COMPRESS_FROM, Entry, Wish, compress, compressible, etag_of

_IN_A_THREAD_FROM = 64 * 1024  # compressing more than this would hold up every other request


class Recorder:
    """An ASGI `send` for one GET.

    A 200 gets its ETag and, if there is an `If-None-Match` for it, becomes a 304. Answers of known
    and moderate length are collected; streams and long files pass through as they come.
    `entry` is what may be kept, once the answer is complete.
    """

    def __init__(self, send: Send, wish: Wish, condition: bytes | None, longest: int) -> None:
        self.entry: Entry | None = None
        self._send = send
        self._wish = wish
        self._condition = condition
        self._longest = longest
        self._start: Message | None = None  # held back while the body is being collected
        self._chunks: list[bytes] = []
        self._muted = False  # a 304 has been sent: what the application still says is dropped
        self._kept: Entry | None = None

    async def __call__(self, message: Message) -> None:
        if self._muted:
            self._end(message)
        elif message["type"] == "http.response.start" and message["status"] == 200:
            await self._begin(message)
        elif self._start is None:
            await self._send(message)
            self._end(message)
        elif message["type"] == "http.response.body":
            self._chunks.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._finish(self._start, b"".join(self._chunks))
        else:  # an extension that we do not know: no longer ours to collect
            start, self._start = self._start, None
            await self._send(start)
            await self._send(message)

    def _end(self, message: Message) -> None:
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            self.entry = self._kept

    async def _begin(self, message: Message) -> None:
        headers: Headers = list(message.get("headers", ()))
        held = dict(headers)
        revision = _number(held.get(b"synergies-revision"))
        if revision is not None and compressible(held.get(b"content-type", b"").decode("latin-1")):
            headers = conditional.with_vary(headers, ["Accept-Encoding"])
        message = {**message, "headers": headers}
        length = _number(held.get(b"content-length"))
        etag = held.get(b"etag")
        if length is not None and length <= self._longest and (revision is not None or not etag):
            self._start = message
            return
        # Too long to collect: the name of the request is tag enough, where there is a revision.
        name = self._wish.name("identity")
        if etag is None and revision is not None:
            etag = etag_of(revision, name)
            headers.append((b"etag", etag))
        if etag is not None and revision is not None and _may_be_kept(held):
            self._kept = Entry(name, revision, etag, headers, None)
        if etag is not None and self._matches(etag):
            await self._not_modified(headers)
        else:
            await self._send(message)

    async def _finish(self, start: Message, body: bytes) -> None:
        headers: Headers = start["headers"]
        held = dict(headers)
        revision = _number(held.get(b"synergies-revision"))
        coding, etag = "identity", held.get(b"etag")
        # A tag set by the application is that of its own bytes: they stay as they are.
        if etag is None and revision is not None and self._worth_compressing(held, body):
            coding = "gzip"
            headers, body = await compressed(headers, body)
        name = self._wish.name(coding)
        if etag is None:
            etag = etag_of(revision, name) if revision is not None else _hash(body)
            headers = [*headers, (b"etag", etag)]
        if revision is not None and _may_be_kept(held):
            self.entry = Entry(name, revision, etag, headers, body)
        if self._matches(etag):
            await self._not_modified(headers)
        else:
            await self._send({**start, "headers": headers})
            await self._send({"type": "http.response.body", "body": body})

    def _worth_compressing(self, held: dict[bytes, bytes], body: bytes) -> bool:
        kind = held.get(b"content-type", b"").decode("latin-1")
        return (
            self._wish.gzip
            and len(body) > COMPRESS_FROM
            and compressible(kind)
            and b"content-encoding" not in held
        )

    def _matches(self, etag: bytes) -> bool:
        return self._condition is not None and conditional.matches(self._condition, etag)

    async def _not_modified(self, headers: Headers) -> None:
        self._muted = True
        await self._send(conditional.not_modified(headers))
        await self._send(conditional.NO_BODY)


async def compressed(headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """The same answer in gzip; long ones are compressed beside the event loop."""
    if len(body) < _IN_A_THREAD_FROM:
        packed = compress(body)
    else:
        packed = await to_thread.run_sync(compress, body)
    kept = [(name, value) for name, value in headers if name not in (b"content-length", b"etag")]
    size = str(len(packed)).encode()
    return [*kept, (b"content-length", size), (b"content-encoding", b"gzip")], packed


def _may_be_kept(held: dict[bytes, bytes]) -> bool:
    control = held.get(b"cache-control", b"").lower()
    personal = b"no-store" in control or b"private" in control or b"set-cookie" in held
    return not personal and held.get(b"vary", b"").strip() != b"*"


def _number(value: bytes | None) -> int | None:
    return int(value) if value is not None and value.isdigit() else None


def _hash(body: bytes) -> bytes:
    return b'"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'
