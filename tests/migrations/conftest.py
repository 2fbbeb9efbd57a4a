"""Fixtures of the migrations."""

from tests.made_up.databases import copies, empty, empty_url

__all__ = ["copies", "empty", "empty_url"]
