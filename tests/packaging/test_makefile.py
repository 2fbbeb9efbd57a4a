"""Set-up: the right Python, a clear word where there is none, and nothing done twice."""

import shutil
import sys
from pathlib import Path

import pytest

# What a shell recipe needs, without any Python that may lie beside it.
TOOLS = ("make", "sh", "cmp", "cp", "rm", "env", "awk", "find")


def program(folder: Path, name: str, script: str) -> Path:
    """A program of this name that does what `script` says."""
    path = folder / name
    path.write_text("#!/bin/sh\n" + script + "\n", "utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare_path(tmp_path):
    """A PATH with the tools of a system, but no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(shutil.which(tool))
    return folder


def test_help_lists_the_targets(make):
    shown = make("help").stdout
    for target in ("serve", "test", "check", "lock", "image-build", "clean"):
        assert f"  make {target} " in shown
    assert shown == make().stdout, "make alone explains itself"


def test_says_so_where_there_is_no_python(make, bare_path, tmp_path):
    program(bare_path, "python3", "exit 1")  # too old: the version check fails
    done = make("venv", f"VENV={tmp_path / 'venv'}", path=str(bare_path))
    assert done.returncode != 0
    assert "No Python 3.11 or later was found" in done.stderr
    assert "PYTHON=" in done.stderr


def test_says_so_where_python_lacks_ensurepip(make, bare_path, tmp_path):
    (tmp_path / "ensurepip.py").write_text("raise ImportError", "utf-8")
    script = f'PYTHONPATH="{tmp_path}" exec "{sys.executable}" "$@"'
    program(bare_path, "python3", script)
    done = make("venv", f"VENV={tmp_path / 'venv'}", path=str(bare_path))
    assert done.returncode != 0
    assert "install python3-venv" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_takes_the_first_python_that_works(make, bare_path, tmp_path):
    program(bare_path, "python3.13", "echo 'no such version is installed' >&2; exit 127")
    program(bare_path, "python3.12", f'exec "{sys.executable}" "$@"')
    program(bare_path, "python3.11", "exit 1")
    venv = tmp_path / "venv"
    first = make("venv", f"VENV={venv}", path=str(bare_path))
    assert first.returncode == 0, first.stderr
    assert "(python3.12)" in first.stdout
    again = make("venv", f"VENV={venv}", path=str(bare_path))
    assert (again.returncode, again.stdout) == (0, ""), "it is made once"


def test_an_environment_whose_python_is_gone_is_made_anew(make, tmp_path):
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(tmp_path / "uninstalled")
    done = make("venv", f"VENV={venv}", f"PYTHON={sys.executable}")
    assert done.returncode == 0, done.stderr
    assert (venv / "bin" / "python").exists()


def test_installs_only_when_its_lock_has_changed(make, root, tmp_path):
    # `pip` is an imitation that writes down how it was called.
    venv, called = tmp_path / "venv", tmp_path / "called"
    (venv / "bin").mkdir(parents=True)
    script = f'case "$*" in *pip*) echo "$*" >> "{called}";; *) exec "{sys.executable}" "$@";; esac'
    program(venv / "bin", "python", script)

    assert make("install", f"VENV={venv}").returncode == 0
    assert called.read_text("utf-8").split()[-3:] == ["--require-hashes", "-r", "requirements.lock"]
    make("install", f"VENV={venv}")
    assert len(called.read_text("utf-8").splitlines()) == 1, (
        "the second time there is nothing to do"
    )

    make("install-dev", f"VENV={venv}")
    make("install-dev", f"VENV={venv}")
    make("install", f"VENV={venv}")
    assert len(called.read_text("utf-8").splitlines()) == 2
    (venv / "requirements.lock").write_text("an older lock", "utf-8")
    make("install", f"VENV={venv}")
    assert len(called.read_text("utf-8").splitlines()) == 3
    assert (venv / "requirements.lock").read_bytes() == (root / "requirements.lock").read_bytes()


def test_a_failed_installation_is_tried_again(make, tmp_path):
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    script = f'case "$*" in *pip*) exit 1;; *) exec "{sys.executable}" "$@";; esac'
    program(venv / "bin", "python", script)
    for _ in range(2):
        assert make("install", f"VENV={venv}").returncode != 0
    assert not (venv / "requirements.lock").exists()
