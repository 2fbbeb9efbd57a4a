"""A small load generator for where wrk is missing: asyncio protocols over kept connections."""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


@dataclass
class Tally:
    """What all connections counted."""

    until: float
    requests: Iterator[bytes]
    failed: int = 0
    took: list[float] = field(default_factory=list)


class Asker(asyncio.Protocol):
    """One connection: sends the next request when the answer to the last is complete."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._asked = 0.0
        self._missing = -1  # bytes of the body still to come; -1 while the head is being read
        self._head = b""
        self._transport: Any = None
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = transport
        self._next()

    def _next(self) -> None:
        self._asked = time.perf_counter()
        if self._asked >= self._tally.until:
            self._transport.close()
            return
        self._head, self._missing = b"", -1
        self._transport.write(next(self._tally.requests))

    def data_received(self, data: bytes) -> None:
        """Read the head, then count the body down."""
        if self._missing < 0:
            self._head += data
            head, found, data = self._head.partition(b"\r\n\r\n")
            if not found:
                return
            status, *lines = head.lower().split(b"\r\n")
            if status[9:10] not in b"23":
                self._tally.failed += 1
            lengths = [line[15:] for line in lines if line.startswith(b"content-length:")]
            if not lengths and status[9:12] != b"304":
                raise ValueError("an answer without Content-Length")
            self._missing = int(lengths[0]) if lengths and status[9:12] != b"304" else 0
        self._missing -= len(data)
        if self._missing <= 0:
            self._tally.took.append(time.perf_counter() - self._asked)
            self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        """The end, wanted or not."""
        if exc is not None or time.perf_counter() < self._tally.until:
            self._tally.failed += 1
        if not self.done.done():
            self.done.set_result(None)


async def ask(told: dict[str, Any]) -> dict[str, float]:
    """Run the load that `told` describes."""
    url = urlsplit(told["base"])
    extra = "".join(f"{name}: {value}\r\n" for name, value in told["headers"].items())
    requests = [
        f"GET {path} HTTP/1.1\r\nHost: {url.netloc}\r\n{extra}\r\n".encode()
        for path in told["paths"]
    ]
    began = time.perf_counter()
    tally = Tally(began + told["seconds"], cycle(requests))
    loop = asyncio.get_running_loop()
    askers = [
        (await loop.create_connection(lambda: Asker(tally), url.hostname, url.port))[1]
        for _ in range(told["connections"])
    ]
    await asyncio.gather(*(asker.done for asker in askers))
    took = sorted(tally.took)
    return {
        "requests": len(took),
        "seconds": time.perf_counter() - began,
        "failed": tally.failed,
        "p50": took[len(took) // 2] * 1e3,
        "p99": took[len(took) * 99 // 100] * 1e3,
    }


def _loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


def main() -> None:
    """Read what to ask from the file named on the command line; print what was measured."""
    told = json.loads(Path(sys.argv[1]).read_text("ascii"))
    with asyncio.Runner(loop_factory=_loop) as runner:
        print(json.dumps(runner.run(ask(told))))


if __name__ == "__main__":
    main()
