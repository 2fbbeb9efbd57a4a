"""Fixtures of the road of facts."""

from tests.made_up.databases import copies, empty, empty_url, loaded

__all__ = ["copies", "empty", "empty_url", "loaded"]
