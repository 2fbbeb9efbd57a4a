"""Synergies: what the chemicals conventions list, what they review, and where they meet."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("synergies")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0.1.0"
