"""The newest revision, asked so cheaply that every cached answer can ask it."""

import sqlite3
import threading
import time

from app.db.engine import Database


class RevisionWatch:
    """`revision()` on SQLite follows every commit; on PostgreSQL it may be some moments old.

    `PRAGMA data_version` moves for other connections' writes only, so it is asked on a connection
    of its own that never writes.
    """

    def __init__(self, db: Database, poll_seconds: float) -> None:
        self._db = db
        self._poll = poll_seconds
        self._lock = threading.Lock()
        self._asked = 0.0
        self._known = -1
        self._version = -1
        self._raw: sqlite3.Connection | None = None

    def revision(self) -> int:
        """The newest committed revision."""
        if self._db.is_sqlite:
            return self._of_sqlite()
        now = time.monotonic()
        if self._known < 0 or now - self._asked >= self._poll:
            self._known = self._db.revision()
            self._asked = now
        return self._known

    def _of_sqlite(self) -> int:
        with self._lock:
            if self._raw is None:
                path = str(self._db.url.database)
                self._raw = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            version = self._raw.execute("PRAGMA data_version").fetchone()[0]
            if version != self._version:
                found = self._raw.execute("SELECT max(number) FROM revisions").fetchone()[0]
                self._known, self._version = int(found or 0), version
            return self._known

    def close(self) -> None:
        """Give the connection back."""
        with self._lock:
            if self._raw is not None:
                self._raw.close()
                self._raw = None
