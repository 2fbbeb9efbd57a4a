"""The database: engines, sessions, column types. Knows no chemicals."""

from app.db.engine import Database, ReadSession, WriteSession
from app.db.schema import metadata

__all__ = ["Database", "ReadSession", "WriteSession", "metadata"]
