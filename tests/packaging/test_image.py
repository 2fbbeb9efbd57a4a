"""The image without Docker: its files, environment, start and health command, one after the other.

In CI its environment is built as well, by the commands of the Dockerfile (from pip's cache where
it has been filled); elsewhere the environment that runs the tests stands in for it.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

IN_CI = bool(os.environ.get("CI"))
READY_WITHIN = 90  # seconds; two busy cores load the seed data in a fraction of it


@pytest.fixture(scope="module")
def prefix(make, tmp_path_factory) -> Path:
    """The image's /opt/venv."""
    if not IN_CI:
        return Path(sys.prefix)
    target = tmp_path_factory.mktemp("image") / "venv"
    done = make("image-build", f"PREFIX={target}", f"IMAGE_PYTHON={sys.executable}")
    assert done.returncode == 0, done.stdout + done.stderr
    return target


@pytest.fixture
def healthy(make, prefix, free_port) -> Callable[[], bool]:
    """Whether the health command is content."""
    return lambda: not make("image-health", f"PREFIX={prefix}", f"PORT={free_port}").returncode


@pytest.fixture(scope="module")
def content(dockerfile, root, tmp_path_factory) -> Path:
    """The image's working directory: what its stages copy from the context, and nothing else."""
    target = tmp_path_factory.mktemp("content")
    ignored = shutil.ignore_patterns("__pycache__", "*.py[co]", "*.sqlite3*")
    for stage in dockerfile:
        for sources, _ in stage.copied:
            for source in map(root.joinpath, sources):
                if source.is_dir():
                    shutil.copytree(source, target / source.name, ignore=ignored)
                else:
                    shutil.copy(source, target)
    return target


@contextmanager
def started(
    command: list[str], cwd: Path, env: dict[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that does not outlive its test, whatever happens."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def files_of(folder: Path) -> list[tuple[str, int]]:
    """Every file with its time of change."""
    return sorted((str(p), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file())


@pytest.fixture
def container(dockerfile, prefix, tmp_path, free_port) -> tuple[list[str], dict[str, str]]:
    """The image's start command and environment, its volume being tmp_path."""
    image = dockerfile[-1]
    program, *words = json.loads(image.texts("CMD")[-1])
    inside = image.pairs("ENV")
    here = {
        "HOST": "127.0.0.1",
        "PORT": str(free_port),
        "DATABASE_URL": inside["DATABASE_URL"].replace("//data/", f"/{tmp_path}/"),
    }
    command = [program.replace("/opt/venv", str(prefix)), *words]
    return command, {"PATH": os.defpath, **inside, **here}


def test_starts_becomes_healthy_and_stops(container, healthy, content, tmp_path, free_port):
    command, environment = container
    log = tmp_path / "log"
    before = files_of(content)
    assert not healthy(), "nothing answers yet"

    with started(command, content, environment, log) as process:
        limit = time.monotonic() + READY_WITHIN
        while not healthy():
            assert process.poll() is None, log.read_text("utf-8")
            assert time.monotonic() < limit, log.read_text("utf-8")
            time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        # 0, or ended by that very signal once everything was closed; never by an error.
        assert process.wait(timeout=15) in (0, -signal.SIGTERM), log.read_text("utf-8")

    assert "Traceback" not in log.read_text("utf-8")
    assert f":{free_port}" in log.read_text("utf-8"), "it says where it serves"
    assert (tmp_path / "synergies.sqlite3").stat().st_size > 0
    assert files_of(content) == before, "nothing is written beside the volume"
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", free_port)) != 0


@pytest.mark.skipif(not IN_CI, reason="built in CI only: it installs everything a second time")
def test_the_environment_holds_what_serving_needs_and_no_more(prefix, plain_environment):
    code = (
        "import importlib.metadata as m, json;"
        "print(json.dumps(sorted(d.metadata['Name'].lower() for d in m.distributions())))"
    )
    shown = subprocess.run(
        [str(prefix / "bin" / "python"), "-c", code],
        env=plain_environment,
        capture_output=True,
        text=True,
        check=True,
    )
    names = set(json.loads(shown.stdout))
    assert {"fastapi", "uvicorn", "sqlalchemy"} <= names
    assert not names & {"pip", "setuptools", "pytest", "ruff", "mypy", "rdkit"}
