"""What the packaging tests read: the Dockerfile in parts, `make`, a free port.

No `__init__.py` here on purpose: it would make this folder the package `packaging`, in front of
the library of that name.
"""

import os
import re
import shlex
import socket
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# A test that runs under `make test` must not pass on what that make was called with.
_OF_THE_CALLER = ("MAKE", "MFLAGS", "PYTHON", "VENV", "PREFIX", "HOST", "PORT", "SYNERGIES_")


@dataclass
class Stage:
    """One FROM and what follows it: (instruction, its text in one line)."""

    base: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def texts(self, instruction: str) -> list[str]:
        """Every text of one instruction, in order."""
        return [text for name, text in self.steps if name == instruction]

    def pairs(self, instruction: str) -> dict[str, str]:
        """The NAME=value pairs of ENV, ARG or LABEL."""
        words = [word for text in self.texts(instruction) for word in shlex.split(text)]
        return dict(word.partition("=")[::2] for word in words)

    @property
    def copied(self) -> list[tuple[list[str], str]]:
        """(sources, target) of every COPY from the build context."""
        words = [shlex.split(text) for text in self.texts("COPY") if "--from" not in text]
        return [(found[:-1], found[-1]) for found in words]


def parse_dockerfile(text: str) -> list[Stage]:
    """The stages of a Dockerfile, with the default of an ARG before FROM put in."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\s*\\\n\s*", " ", "\n".join(lines))
    defaults: dict[str, str] = {}
    stages: list[Stage] = []
    for line in filter(None, map(str.strip, joined.splitlines())):
        name, _, rest = line.partition(" ")
        if name == "FROM":
            image = re.sub(r"\$\{(\w+)\}", lambda found: defaults[found[1]], rest.split()[0])
            stages.append(Stage(image))
        elif stages:
            stages[-1].steps.append((name, rest.strip()))
        else:
            assert name == "ARG", line
            key, _, value = rest.partition("=")
            defaults[key] = value
    return stages


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def dockerfile() -> list[Stage]:
    """The stages of the Dockerfile; the last one is the image."""
    return parse_dockerfile((ROOT / "Dockerfile").read_text("utf-8"))


@pytest.fixture(scope="session")
def plain_environment() -> dict[str, str]:
    """This process's environment without what make, or a caller of make, put into it."""
    return {k: v for k, v in os.environ.items() if not k.startswith(_OF_THE_CALLER)}


Make = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def make(plain_environment) -> Make:
    """Run `make` in the checkout, as from a fresh shell; never raises."""

    def run(*words: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
        environment = plain_environment | ({"PATH": path} if path else {})
        return subprocess.run(
            ["make", "--no-print-directory", *words],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    return run


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
