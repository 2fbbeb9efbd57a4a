"""The wheel carries what `synergies serve` reads, for whoever installs rather than checks out."""

import re
import shutil
import subprocess
import sys
import zipfile

import pytest

PARTS = (
    ("app", "*.py"),
    ("app", "*.json"),
    ("migrations", "*.py"),
    ("migrations", "*.mako"),
    ("seed_data", "*.csv"),
)
CONTENT = ("app", "migrations", "seed_data", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def names(root, plain_environment, tmp_path_factory):
    """The names of the files in the wheel."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in CONTENT:
        if (root / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(root / name, source / name, ignore=ignored)
        else:
            shutil.copy(root / name, source)
    pip = [sys.executable, "-m", "pip", "wheel", "--no-build-isolation", "--no-deps", "--no-index"]
    done = subprocess.run(
        [*pip, "--wheel-dir", str(target), str(source)],
        env=plain_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = target.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_it_holds_every_file_that_serving_reads(root, names):
    wanted = {
        path.relative_to(root).as_posix()
        for folder, kind in PARTS
        for path in (root / folder).rglob(kind)
    }
    assert wanted - names == set()


def test_it_holds_nothing_else(names):
    allowed = re.compile(r"(app|migrations|seed_data|synergies-[^/]+\.dist-info)/.+")
    assert {name for name in names if not allowed.fullmatch(name)} == set()
