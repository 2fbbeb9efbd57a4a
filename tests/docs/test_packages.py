"""The seed data's descriptions are those that its tables make."""

from pathlib import Path

import pytest

from app.facts import package
from app.registry import RESOURCES

FOLDERS = sorted(p for p in (Path(__file__).parents[2] / "seed_data").iterdir() if p.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_description_is_of_today(folder: Path) -> None:
    """`synergies describe` would change nothing."""
    stored = (folder / package.FILE).read_text(encoding="utf-8")
    assert stored == package.text(folder, RESOURCES)
