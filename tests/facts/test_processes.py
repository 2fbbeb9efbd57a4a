"""`synergies check`, `load` and `migrate` as people start them: exit codes and what they print."""

import subprocess
import sys
from pathlib import Path

from app.db import Database
from tests.facts.road import count, everything, refused
from tests.made_up.folder import small
from tests.made_up.processes import ROOT, environment


def synergies(*words: str | Path, url: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *map(str, words)],
        cwd=ROOT, env=environment(url), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_check_says_how_many_rows_it_found_sound(tmp_path: Path) -> None:
    made = small()
    rows = sum(map(len, made.tables.values()))
    done = synergies("check", made.write(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{rows} rows, 0 errors, 0 warnings\n"


def test_check_names_every_fault_on_a_line_of_its_own_and_exits_1(tmp_path: Path) -> None:
    made = small()
    made.row("parties").update(pic_region="atlantis", name="[bold]no markup[/bold]" + "x" * 100)
    made.add("identifiers", chemical="alderine", scheme="cas", value="335-67-2", role="preferred")
    done = synergies("check", made.write(tmp_path))
    assert done.returncode == 1
    *lines, last = done.stdout.splitlines()
    assert sorted(lines)[0].startswith("identifiers.csv:2:value: error: 335-67-2 has a wrong check")
    assert sorted(lines)[0].endswith("[cas_check_digit]")
    assert sorted(lines)[1].startswith("parties.csv:2:pic_region: error: 'atlantis' is none of:")
    assert len(lines) == 2
    assert last.endswith("2 errors, 0 warnings")


def test_check_of_the_seed_data_finds_no_error() -> None:
    done = synergies("check")
    assert done.returncode == 0, done.stdout
    assert " 0 errors" in done.stdout.splitlines()[-1]


def test_wrong_usage_exits_2_and_a_folder_that_is_not_there_1(tmp_path: Path) -> None:
    assert synergies("check", "--colour", "red").returncode == 2
    done = synergies("check", tmp_path / "nowhere")
    assert done.returncode == 1
    assert "no CSV file" in done.stdout
    assert "Traceback" not in done.stderr


def test_load_from_nothing_with_dry_run_load_and_refusal(empty_url: str, tmp_path: Path) -> None:
    made = small()
    rows = sum(map(len, made.tables.values()))
    folder = made.write(tmp_path / "data")
    db = Database(empty_url)

    dry = synergies("load", folder, "--dry-run", url=empty_url)
    assert (dry.returncode, dry.stdout) == (0, "")
    assert f"{rows} rows to write, 0 unchanged." in dry.stderr
    assert "chemicals: 2 created" in dry.stderr
    assert db.revision() == 0
    assert count(db, "chemicals") == 0

    done = synergies("load", folder, "--reason", "the first", url=empty_url)
    assert done.returncode == 0
    assert done.stderr == dry.stderr
    assert db.revision() == 1
    assert count(db, "chemicals") == 2

    again = synergies("load", folder, url=empty_url)
    assert again.returncode == 0
    assert f"0 rows to write, {rows} unchanged." in again.stderr

    made.row("chemicals")["kind"] = "potion"
    made.row("parties")["name"] = "A sound change beside it"
    before = everything(db)
    dry = synergies("load", made.write(tmp_path / "data"), "--dry-run", url=empty_url)
    assert dry.returncode == 1
    assert "'potion' is none of" in dry.stderr
    refusal = synergies("load", made.write(tmp_path / "data"), url=empty_url)
    assert refusal.returncode == 1
    assert "chemicals.csv:3:kind: error: 'potion' is none of:" in refusal.stderr
    assert "nothing was written" in refusal.stderr
    assert "Traceback" not in refusal.stderr
    assert everything(db) == before
    assert len(refused(db, tmp_path / "data")) == 1
    db.close()
