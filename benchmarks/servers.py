"""The servers that are measured, each a process of its own on a free port of the loopback."""

import base64
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `ready_after` is how long it took to its first answer."""

    base: str
    pid: int
    ready_after: float

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask once."""
        connection = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=60)
        try:
            connection.request("GET", path, headers=dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()

    def rss(self) -> float:
        """Resident memory in MB."""
        command = ["ps", "-o", "rss=", "-p", str(self.pid)]
        return int(subprocess.run(command, capture_output=True, check=True).stdout) / 1024


@contextmanager
def _serve(
    command: list[str], port: int, ready: str, env: Mapping[str, str] | None = None
) -> Iterator[Server]:
    # Compiled once for all servers, as an installation is, but not into the checkout.
    shared = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    shared.setdefault("PYTHONPYCACHEPREFIX", str(Path(tempfile.gettempdir()) / "synergies-bench"))
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**shared, **(env or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(port, ready):
            if process.poll() is not None or time.perf_counter() - began > _PATIENCE:
                raise RuntimeError(f"{' '.join(command[:4])} ... did not start")
            time.sleep(0.005)
        yield Server(f"http://127.0.0.1:{port}", process.pid, time.perf_counter() - began)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 400
    except OSError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def synergies(database: Path, **settings: str) -> Iterator[Server]:
    """The service as `synergies serve` starts it."""
    port = _free_port()
    env = {f"SYNERGIES_{name.upper()}": value for name, value in settings.items()}
    env["SYNERGIES_DATABASE_URL"] = f"sqlite:///{database}"
    command = [sys.executable, "-m", "app.cli", "serve", "--host", "127.0.0.1"]
    with _serve([*command, "--port", str(port)], port, "/readyz", env) as server:
        yield server


@contextmanager
def bare(answer: Answer, folder: Path) -> Iterator[Server]:
    """`bare.py` on uvicorn, run as the service is, sending this answer."""
    port = _free_port()
    told = folder / f"bare-{port}.json"
    # uvicorn dates every answer by itself.
    headers = [(name, value) for name, value in answer.headers if name.lower() != "date"]
    body = base64.b64encode(answer.body).decode()
    told.write_text(json.dumps({"status": answer.status, "headers": headers, "body": body}))
    command = [sys.executable, "-m", "uvicorn", "benchmarks.bare:app", "--no-access-log"]
    command += ["--no-server-header", "--port", str(port)]
    with _serve(command, port, "/", {"BARE_ANSWER": str(told)}) as server:
        yield server


@contextmanager
def datasette(database: Path) -> Iterator[Server]:
    """Datasette with its defaults, on a copy of the database that nobody writes to."""
    port = _free_port()
    command = [sys.executable, "-m", "datasette", "serve", "--immutable", str(database)]
    command += ["--port", str(port)]
    with _serve(command, port, f"/{database.stem}.json") as server:
        yield server
