"""A closed list of terms used in facts and answers, each with its label and definition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One term: `label` for people, `definition` in the treaties' sense."""

    label: str
    definition: str


class Vocabulary(Mapping[str, Term]):
    """Terms in their natural order, by the string that stands on the wire."""

    def __init__(self, name: str, title: str, terms: Mapping[str, tuple[str, str]]) -> None:
        self.name = name
        self.title = title
        self._terms = {value: Term(*texts) for value, texts in terms.items()}

    def __getitem__(self, value: str) -> Term:
        return self._terms[value]

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)
