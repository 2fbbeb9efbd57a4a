"""What every fact carries: its source, where in it, whether the text was seen, and how sure."""

from typing import Any

from sqlalchemy import Column

from app.db.schema import choice, flag, ref, refs, text
from app.facts.vocabulary import Vocabulary

CONFIDENCE = Vocabulary(
    "confidence",
    "How sure a fact is",
    {
        "high": ("High", "Read in the source itself or in two independent ones."),
        "medium": ("Medium", "From one good source that was not read whole, or second hand."),
        "low": ("Low", "Not verified; never drives an answer without a caveat."),
    },
)

SOURCE_COLUMNS = ("source", "locator", "seen", "confidence", "also_see", "note")


def cited() -> tuple[Column[Any], ...]:
    """The six columns that make a row citable; `source` and `confidence` are required."""
    return (
        ref("source", "sources"),
        text("locator"),
        flag("seen"),
        choice("confidence", CONFIDENCE),
        refs("also_see", "sources"),
        text("note"),
    )
