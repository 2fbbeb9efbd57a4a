"""The one tree of migrations: up, down and up again on both databases, and no difference between
what it makes and what the models say."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

import app.facts.models
import app.registry  # noqa: F401 - both make every table known
from app.db import Database, metadata, migrate
from app.stock import load_folder
from tests.conftest import SEED, Server, client_of
from tests.made_up.processes import ROOT, environment


@pytest.fixture
def bare_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path}/bare.sqlite3"
        return
    server: Server = request.getfixturevalue("postgres")
    url = server.create()
    yield url
    server.drop(url)


@pytest.fixture
def bare(bare_url: str) -> Iterator[Database]:
    db = Database(bare_url)
    yield db
    db.close()


def tables(db: Database) -> set[str]:
    with db.bare() as connection:
        return set(inspect(connection).get_table_names())


def test_up_down_and_up_again(bare: Database) -> None:
    assert tables(bare) == set()
    migrate.upgrade(bare)
    assert tables(bare) == {*metadata.tables, "alembic_version"}
    with bare.bare() as connection:
        command.downgrade(migrate.config(connection), "base")
    assert tables(bare) == {"alembic_version"}
    migrate.upgrade(bare)
    assert tables(bare) == {*metadata.tables, "alembic_version"}
    with bare.bare() as connection:
        version = connection.execute(text("SELECT version_num FROM alembic_version")).all()
        assert version == [(migrate.head(),)]
        assert compare_metadata(context(connection), metadata) == []
    migrate.upgrade(bare)
    assert bare.revision() == 0


def context(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(connection, opts={"compare_type": True})


def test_there_is_one_head_and_one_base() -> None:
    scripts = ScriptDirectory("migrations")
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1


def _squeezed(sql: str) -> str:
    """A constraint's words without what the two databases add to them."""
    sql = re.sub(r"::(text|character varying|bpchar)(\[\])?", "", sql.lower())
    sql = re.sub(r"= any \(array\[(.*?)\]\)", r"in (\1)", sql)
    return re.sub(r'[\s()"`]|collate\s*"?c"?', "", sql)


def _described(connection: Connection) -> dict[str, Any]:
    """Everything that the catalogue tells of each table, in one form."""
    told = inspect(connection)
    found: dict[str, Any] = {}
    for table in metadata.tables:
        found[table] = {
            "columns": [
                (c["name"], str(c["type"]), c["nullable"]) for c in told.get_columns(table)
            ],
            "key": told.get_pk_constraint(table)["constrained_columns"],
            "checks": sorted(
                (str(c["name"]), _squeezed(c["sqltext"]))
                for c in told.get_check_constraints(table)
            ),
            "unique": sorted(
                (str(u["name"]), tuple(u["column_names"]))
                for u in told.get_unique_constraints(table)
            ),
            "foreign": sorted(
                (tuple(f["constrained_columns"]), f["referred_table"],
                 tuple(f["referred_columns"]), tuple(sorted(map(str, f["options"].items()))))
                for f in told.get_foreign_keys(table)
            ),
            "indexes": sorted(
                (str(i["name"]), tuple(i["column_names"]), bool(i["unique"]))
                for i in told.get_indexes(table)
            ),
        }  # fmt: skip
    return found


def test_migrated_tables_are_those_of_the_models_constraints_included(
    bare: Database, empty: Database
) -> None:
    """Alembic compares no CHECK constraint and no DEFERRABLE; the catalogues tell both."""
    with bare.bare() as connection:
        metadata.create_all(connection)
        wanted = _described(connection)
    with empty.bare() as connection:
        held = _described(connection)
    for part in ("columns", "key", "unique", "foreign", "indexes", "checks"):
        differing = {
            table: (wanted[table][part], held[table][part])
            for table in metadata.tables
            if wanted[table][part] != held[table][part]
        }
        assert differing == {}, part


def test_every_key_date_and_sort_column_sorts_by_code_point(empty: Database) -> None:
    if empty.is_sqlite:
        pytest.skip("SQLite's own order is that of bytes")
    loose = text(
        "SELECT a.attrelid::regclass || '.' || a.attname FROM pg_index i "
        "JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) "
        "LEFT JOIN pg_collation c ON c.oid = a.attcollation "
        "WHERE a.atttypid = 'text'::regtype AND c.collname <> 'C' "
        "AND a.attrelid::regclass::text IN (SELECT tablename FROM pg_tables "
        "WHERE schemaname = 'public') AND NOT i.indisunique"
    )
    dates = text(
        "SELECT table_name || '.' || column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS NULL "
        "AND (column_name LIKE '%\\_on' OR column_name IN ('id', 'sort_name', 'folded', 'at'))"
    )
    with empty.read() as session:
        assert [row[0] for row in session.tuples(loose)] == []
        assert [row[0] for row in session.tuples(dates) if row[0] != "meeting_segments.on"] == []


def test_two_processes_that_migrate_at_once_both_succeed(bare_url: str) -> None:
    """As two replicas of a service do when they start on a new database."""
    child = [sys.executable, "-m", "app.cli", "migrate"]
    started = [
        subprocess.Popen(child, cwd=ROOT, env=environment(bare_url), text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]  # fmt: skip
    endings = [(process.communicate(timeout=60)[1], process.returncode) for process in started]
    assert [code for _, code in endings] == [0, 0], [said[-300:] for said, _ in endings]


LOCALES = ("en_US.UTF-8", "en_US.utf8", "de_DE.UTF-8", "en_GB.UTF-8", "fr_FR.UTF-8")


def test_a_database_of_another_language_gives_the_same_order(
    request: pytest.FixtureRequest, backend: str, tmp_path: Path, seeded: Database
) -> None:
    if backend == "sqlite":
        pytest.skip("the language is the PostgreSQL server's")
    server: Server = request.getfixturevalue("postgres")
    url = None
    for locale in LOCALES:
        try:
            url = server.create(locale=locale)
            break
        except SQLAlchemyError:
            continue
    if url is None:
        pytest.skip(f"this server has none of {', '.join(LOCALES)}")
    elsewhere = Database(url)
    migrate.upgrade(elsewhere)
    load_folder(elsewhere, SEED, reason="tests")
    with create_engine(elsewhere.url).connect() as connection:
        # The server does sort differently where nobody says how.
        mixed = "SELECT string_agg(x, '' ORDER BY x) FROM unnest(ARRAY['b', 'A', 'a', 'B']) AS x"
        assert connection.execute(text(mixed)).scalar() != "ABab"
    small = Database(f"sqlite:///{tmp_path}/same.sqlite3")
    migrate.upgrade(small)
    load_folder(small, SEED, reason="tests")
    paths = ("chemicals", "documents", "meetings", "listings", "reviews", "submissions", "matrix",
             "overlaps")  # fmt: skip
    with client_of(elsewhere) as there, client_of(small) as here:
        for path in paths:
            asked = f"/api/v1/{path}?limit=500"
            ids = [_ids(client.get(asked).json()["data"]) for client in (there, here)]
            assert ids[0] == ids[1], path
            assert len(ids[0]) > 20
        pages = []
        link: str | None = "/api/v1/chemicals?limit=25"
        while link:
            answer = there.get(link).json()
            pages += _ids(answer["data"])
            link = answer["links"]["next"]
        whole = _ids(here.get("/api/v1/chemicals?limit=500").json()["data"])
        assert pages[: len(whole)] == whole
        assert len(pages) == len(set(pages))
        for query in ("chlorpirifos", "pfoa", "ddt"):
            asked = f"/api/v1/chemicals?q={query}"
            assert _ids(there.get(asked).json()["data"]) == _ids(here.get(asked).json()["data"])
    elsewhere.close()
    small.close()
    server.drop(url)


def _ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["id"] if "id" in row else row["chemical"]["id"] for row in rows]
