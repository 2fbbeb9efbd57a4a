"""Bring a database to the newest migration: one tree, both databases."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.db.engine import Database

_MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def upgrade(db: Database) -> None:
    """Run every migration that the database lacks, in one transaction."""
    with db.bare() as connection:
        command.upgrade(config(connection), "head")


def head() -> str | None:
    """The newest migration there is."""
    return ScriptDirectory(str(_MIGRATIONS)).get_current_head()


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, on this connection."""
    found = Config()
    # A % would be read as the beginning of an interpolation.
    found.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    found.attributes["connection"] = connection
    return found
