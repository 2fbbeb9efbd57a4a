"""Things derived from one revision of the facts, kept while that revision is being asked for.

Facts of a revision never change, so what is derived from them cannot go stale; a new revision
starts anew. Two revisions are kept, or readers across a write would take turns in rebuilding.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")
_REVISIONS_KEPT = 2
_DAYS_KEPT = 3


class Memo:
    """`get(revision, name, build)`: built once a revision, also under many threads."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._kept: OrderedDict[int, dict[Hashable, object]] = OrderedDict()

    def get(self, revision: int, name: Hashable, build: Callable[[], T]) -> T:
        """What `build` makes for this revision."""
        # One lock for all: building twice would cost more than waiting, and a build that asks for
        # another kept thing (RLock) must not deadlock against a second thread's order of locks.
        kept = self._kept.get(revision)
        if kept is not None and name in kept:
            return cast(T, kept[name])
        with self._lock:
            kept = self._kept.setdefault(revision, {})
            if name not in kept:
                kept[name] = build()
            while len(self._kept) > _REVISIONS_KEPT:
                self._kept.popitem(last=False)
            return cast(T, kept[name])

    def of_day(self, revision: int, name: Hashable, day: str, build: Callable[[], T]) -> T:
        """What `build` makes for this revision and day; few days are kept, the last asked."""
        with self._lock:
            days: OrderedDict[str, T] = self.get(revision, ("days", name), OrderedDict)
            if day not in days:
                days[day] = build()
            days.move_to_end(day)
            while len(days) > _DAYS_KEPT:
                days.popitem(last=False)
            return days[day]
