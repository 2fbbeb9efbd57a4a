"""Every closed list used in this API, in one place to look them up."""

from types import ModuleType

from app.chemicals import vocabularies as chemicals
from app.conventions import vocabularies as conventions
from app.coverage import vocabularies as coverage
from app.db.engine import Row
from app.facts import sourcing
from app.facts.vocabulary import Vocabulary
from app.overlaps import vocabularies as overlaps
from app.regulation import vocabularies as regulation
from app.reviews import vocabularies as reviews

_MODULES: tuple[ModuleType, ...] = (
    conventions, chemicals, regulation, reviews, coverage, overlaps, sourcing,
)  # fmt: skip

VOCABULARIES: dict[str, Vocabulary] = {
    found.name: found
    for module in _MODULES
    for found in vars(module).values()
    if isinstance(found, Vocabulary)
}


def vocabulary_out(vocabulary: Vocabulary) -> Row:
    """A vocabulary as the API shows it."""
    return {
        "id": vocabulary.name,
        "title": vocabulary.title,
        "terms": [
            {"value": value, "label": term.label, "definition": term.definition}
            for value, term in vocabulary.items()
        ],
    }
