"""A load is all or nothing: killed at any moment, beside another writer, under a reader's eyes, and
on a disk that is full."""

import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import OperationalError

from app.db import Database, metadata
from app.facts.models import changes, revisions
from app.stock import load_folder
from tests.facts.road import count, everything, load
from tests.made_up.folder import Folder, small
from tests.made_up.processes import ROOT, environment

ROUNDS = 8
ROWS = 300


def many(round_: int) -> Folder:
    """The small folder with many chemicals and names, all of which say which round wrote them."""
    made = small()
    for place in range(ROWS):
        made.chemical(f"c{place}", name=f"Chemical {place}", note=f"round {round_}")
        made.add("names", chemical=f"c{place}", name=f"Number {place}", language="en",
                 kind="synonym", note=f"round {round_}")  # fmt: skip
    return made


def start(url: str, folder: Path) -> tuple[int, int]:
    """A loading process, forked so that it need not import anything; its id, and a pipe that says
    when the first row is being written and when all is done."""
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        return child, reader
    try:
        db = Database(url)
        said: list[bool] = []

        @event.listens_for(db.engines[1], "before_cursor_execute")
        def _say(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not said and statement.startswith("INSERT"):
                said.append(True)
                os.write(writer, b"w")

        load_folder(db, folder, reason="a load that may be killed")
        os.write(writer, b"d")
    finally:
        os._exit(0)


def rounds_held(db: Database) -> tuple[int, set[str | None]]:
    """The revision, and which rounds the rows say; everything derived must agree with them."""
    chemicals, names = metadata.tables["chemicals"], metadata.tables["names"]
    # As a writer: a killed one's transaction may still be ending, and writers queue.
    with db.write() as session:
        numbers = [row[0] for row in session.tuples(select(revisions.c.number))]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
        logged = text("SELECT revision, count(*), max(sequence) FROM changes GROUP BY revision")
        for _, rows, last in session.tuples(logged):
            assert rows == last
        assert {row[0] for row in session.tuples(select(changes.c.revision))} == set(numbers)
        held: list[str | None] = []
        for table in (chemicals, names):
            statement = select(table.c.note).where(table.c.note.is_not(None))
            found = [row[0] for row in session.tuples(statement)]
            assert len(found) in (0, ROWS)
            held += found
        forms = session.scalar(text("SELECT count(DISTINCT chemical) FROM name_forms"))
        assert forms == session.scalar(text("SELECT count(*) FROM chemicals"))
        return len(numbers), set(held)


def test_a_load_killed_at_any_moment_leaves_before_or_after_and_a_further_load_completes(
    empty: Database, empty_url: str, tmp_path: Path
) -> None:
    folders = [many(round_).write(tmp_path / str(round_)) for round_ in range(ROUNDS + 1)]
    dice = random.Random(20_261_122)
    revision, held = rounds_held(empty)
    assert (revision, held) == (0, set())
    spent = 0.6
    endings = []
    for round_ in range(ROUNDS):
        empty.close()  # no connection may be carried over a fork
        child, told = start(empty_url, folders[round_])
        assert os.read(told, 1) == b"w"
        began = time.monotonic()
        # Up to a little longer than a whole write takes.
        time.sleep(dice.uniform(0, 1.1) * spent if round_ else 0.01)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if os.read(told, 1) == b"d":
            spent = min(spent, time.monotonic() - began)
        os.close(told)
        after_revision, after = rounds_held(empty)
        if after_revision == revision:
            assert after == held
            endings.append("before")
        else:
            assert (after_revision, after) == (revision + 1, {f"round {round_}"})
            endings.append("after")
        revision, held = after_revision, after
    assert "before" in endings
    load_folder(empty, folders[-1], reason="a further load")
    assert rounds_held(empty) == (revision + 1, {f"round {ROUNDS}"})
    assert load_folder(empty, folders[-1], reason="again").changes == []


def _together(*steps: Callable[[], Any]) -> list[BaseException]:
    """Run the steps in threads; what went wrong in them."""
    wrong: list[BaseException] = []

    def run(step: Callable[[], Any]) -> None:
        try:
            step()
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    return wrong


def _own(place: int) -> Folder:
    made = small()
    made.chemical(f"of-writer-{place}")
    return made


def test_two_writers_at_once_both_succeed_and_revisions_have_no_gap(
    empty: Database, empty_url: str, tmp_path: Path
) -> None:
    """Two processes' worth of connections, each loading several times."""
    barrier = threading.Barrier(2)
    mine, theirs = Database(empty_url), Database(empty_url)

    def writer(db: Database, place: int) -> None:
        barrier.wait(20)
        for step in range(4):
            load(db, _own(10 * place + step), tmp_path / f"{place}-{step}")

    assert _together(lambda: writer(mine, 1), lambda: writer(theirs, 2)) == []
    assert empty.revision() == 8
    with empty.read() as session:
        rows = session.rows(select(revisions).order_by(revisions.c.number))
        told = session.rows(select(changes).where(changes.c.resource == "chemicals"))
    assert [row["number"] for row in rows] == list(range(1, 9))
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    own = {c["row_key"]: c["revision"] for c in told if c["row_key"].startswith("of-writer")}
    assert len(own) == 8
    assert sorted(own.values()) == list(range(1, 9))
    for place in (1, 2):
        order = [own[f"of-writer-{10 * place + step}"] for step in range(4)]
        assert order == sorted(order)
    # What both brought was written once.
    assert sum(c["row_key"] == "alderine" for c in told) == 1
    mine.close()
    theirs.close()


def test_the_second_writer_plans_against_what_the_first_committed(
    loaded: Database, tmp_path: Path
) -> None:
    """Both bring the same new row; the second finds it there."""
    other = Database(loaded.url.render_as_string(hide_password=False))
    inside, go_on = threading.Event(), threading.Event()
    folder = _own(1).write(tmp_path)
    plans = []

    def first() -> None:
        @event.listens_for(loaded.engines[1], "commit")
        def wait(_connection: Any) -> None:
            inside.set()
            go_on.wait(20)

        load_folder(loaded, folder, reason="first")

    def second() -> None:
        assert inside.wait(20)
        threading.Timer(0.3, go_on.set).start()
        plans.append(load_folder(other, folder, reason="second"))

    assert _together(first, second) == []
    assert plans[0].changes == []
    assert other.revision() == 2
    other.close()


def test_a_reader_during_a_write_sees_one_state(loaded: Database, tmp_path: Path) -> None:
    """A session opened before the commit sees the old state to its end; one opened after, the new."""
    writer = Database(loaded.url.render_as_string(hide_password=False))
    folder = many(1).write(tmp_path)
    count_all = text("SELECT (SELECT count(*) FROM chemicals), (SELECT count(*) FROM names), "
                     "(SELECT max(number) FROM revisions), (SELECT count(*) FROM changes)")  # fmt: skip
    stop = threading.Event()
    seen: set[tuple[Any, ...]] = set()

    def read() -> None:
        while not stop.is_set():
            with loaded.read() as session:
                parts = []
                for table in ("chemicals", "names", "revisions", "changes"):
                    parts.append(session.scalar(text(f"SELECT count(*) FROM {table}")))  # noqa: S608
                    time.sleep(0.001)
                seen.add((session.revision, *parts))

    def write() -> None:
        with loaded.read() as session:
            old = session.tuples(count_all)[0]
            load_folder(writer, folder, reason="beside a reader")
            assert session.tuples(count_all)[0] == old
            assert session.revision == 1
        stop.set()

    assert _together(read, write, read) == []
    with loaded.read() as session:
        assert session.revision == 2
        assert session.tuples(count_all)[0][0] == ROWS + 2
    rows = len([r for rows in small().tables.values() for r in rows])
    before, after = (1, 2, 0, 1, rows), (2, 2 + ROWS, ROWS, 2, rows + 2 * ROWS)
    assert before in seen
    assert seen <= {before, after}
    writer.close()


def _sqlite_only(db: Database) -> None:
    if not db.is_sqlite:
        pytest.skip("the disk of a PostgreSQL server is not this process's to fill")


def test_a_full_database_file_fails_the_load_and_reads_go_on(
    loaded: Database, tmp_path: Path
) -> None:
    _sqlite_only(loaded)
    before = everything(loaded)
    with loaded.read() as session:
        pages = session.scalar(text("PRAGMA page_count"))
    full = Database(loaded.url.render_as_string(hide_password=False))

    @event.listens_for(full.engines[1], "connect")
    def _small_disk(raw: Any, _record: Any) -> None:
        raw.execute(f"PRAGMA max_page_count={pages + 20}")

    folder = many(1).write(tmp_path)
    with pytest.raises(OperationalError, match="full"):
        load_folder(full, folder, reason="on a full disk")
    assert everything(loaded) == before
    assert everything(full) == before
    assert full.revision() == 1
    full.close()
    load_folder(loaded, folder, reason="on a larger disk")
    assert count(loaded, "chemicals") == ROWS + 2


def test_a_full_disk_under_the_command_is_said_in_a_line_and_nothing_is_written(
    loaded: Database, tmp_path: Path
) -> None:
    """The process may write no file beyond a limit, as on a full disk."""
    _sqlite_only(loaded)
    before = everything(loaded)
    folder = many(1).write(tmp_path / "data")

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "load", str(folder)],
        cwd=ROOT, text=True, capture_output=True, preexec_fn=limit, check=False,
        # Without room for them, compiled modules would be cut short and break later processes.
        env={
            **environment(loaded.url.render_as_string(hide_password=False)),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )  # fmt: skip
    assert done.returncode != 0
    assert everything(loaded) == before
    assert "full" in done.stderr or "disk" in done.stderr
    assert "Traceback" not in done.stderr
    load_folder(loaded, folder, reason="on a larger disk")
    assert loaded.revision() == 2
