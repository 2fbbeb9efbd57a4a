"""The locks: complete, pinned by hash, agreeing with each other, naming no index."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("requirements.lock", "requirements-dev.lock")
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?")
PIN = re.compile(r"(?P<name>[a-z0-9.-]+)==(?P<version>[\w.+!-]+)(?P<marker> ; [^\\]+?)? \\")


def pins(root, lock):
    """Name -> the versions it is pinned to: more than one where markers tell them apart."""
    found = {}
    for line in (root / lock).read_text("utf-8").splitlines():
        if pin := PIN.fullmatch(line):
            found.setdefault(canonicalize_name(pin["name"]), set()).add(pin["version"])
    return found


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_a_pin_or_its_hash(root, lock):
    lines = (root / lock).read_text("utf-8").splitlines()
    assert [ln for ln in lines if not HASH.fullmatch(ln) and not PIN.fullmatch(ln)] == []
    for before, line in zip(lines, [*lines[1:], ""], strict=True):
        assert before.endswith("\\") == bool(HASH.fullmatch(line)), before


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_stands_in_it(root, lock):
    text = (root / lock).read_text("utf-8")
    assert not re.search(r"://|@|--(extra-)?index-url|--find-links|--trusted-host", text)


@pytest.mark.parametrize(
    ("lock", "extras"), [("requirements.lock", ()), ("requirements-dev.lock", ("dev",))]
)
def test_every_dependency_is_locked_at_a_version_that_it_allows(root, project, lock, extras):
    locked = pins(root, lock)
    wanted = [*project["dependencies"]]
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    for requirement in map(Requirement, wanted):
        versions = locked.get(canonicalize_name(requirement.name))
        assert versions, f"{requirement.name} is not in {lock}: make lock"
        assert all(map(requirement.specifier.contains, versions)), requirement


def test_the_development_lock_holds_every_line_of_the_other(root):
    # `make install-dev` therefore stands for `make install`, and what is tested is what is served.
    runtime, development = (pins(root, lock) for lock in LOCKS)
    different = {name: development.get(name) for name in runtime}
    assert different == runtime


def test_what_is_served_needs_no_development_tool(root):
    assert not pins(root, "requirements.lock").keys() & {"pytest", "ruff", "mypy", "rdkit", "httpx"}
