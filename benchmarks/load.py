"""Load from another process, so that asking does not slow down answering.

`wrk` where it is installed; else `client.py`, which is slower and then limits the fastest servers.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 16
WRK = shutil.which("wrk")
_DONE = """
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '\\n{"requests": %d, "seconds": %.6f, "failed": %d, "p50": %.3f, "p99": %.3f}\\n',
    summary.requests, summary.duration / 1e6, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
"""
_TURNS = """
local asked, at = {}, 0
function init(args)
  for line in io.lines(args[1]) do asked[#asked + 1] = wrk.format("GET", line) end
end
function request()
  at = at % #asked + 1
  return asked[at]
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What one round of load measured; milliseconds are those of the asker."""

    rate: float
    p50: float
    p99: float


def press(
    base: str,
    paths: Sequence[str],
    *,
    seconds: float,
    headers: Mapping[str, str] | None = None,
    connections: int = CONNECTIONS,
) -> Load:
    """Ask for `paths` in turn over kept connections. Any failed request is an error."""
    with tempfile.TemporaryDirectory() as folder:
        command = _wrk if WRK else _client
        done = subprocess.run(
            command(Path(folder), base, paths, seconds, headers or {}, connections),
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"the load generator failed: {done.stdout}{done.stderr}")
    told = json.loads(done.stdout.strip().splitlines()[-1])
    if told["failed"]:
        raise RuntimeError(f"{told['failed']} of {told['requests']} requests to {base} failed")
    if not told["requests"]:  # slower than a round is long
        longer = 3 * seconds
        return press(base, paths, seconds=longer, headers=headers, connections=connections)
    return Load(told["requests"] / told["seconds"], told["p50"], told["p99"])


def _wrk(
    folder: Path,
    base: str,
    paths: Sequence[str],
    seconds: float,
    headers: Mapping[str, str],
    connections: int,
) -> list[str]:
    # A single path needs no script for its requests: wrk then sends the same bytes again.
    script, listed = folder / "wrk.lua", folder / "paths"
    script.write_text((_TURNS if len(paths) > 1 else "") + _DONE, "ascii")
    listed.write_text("\n".join(paths) + "\n", "ascii")
    given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    # Whole seconds only; the script reports how long it really was.
    return [
        str(WRK), "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "20s",
        *given, "-s", str(script), base + paths[0], "--", str(listed),
    ]  # fmt: skip


def _client(
    folder: Path,
    base: str,
    paths: Sequence[str],
    seconds: float,
    headers: Mapping[str, str],
    connections: int,
) -> list[str]:
    told = folder / "asked.json"
    asked = {
        "base": base,
        "paths": list(paths),
        "seconds": seconds,
        "headers": dict(headers),
        "connections": connections,
    }
    told.write_text(json.dumps(asked), "ascii")
    return [sys.executable, "-m", "benchmarks.client", str(told)]
