"""What identifiers look like once they have been printed, scanned or pasted."""

import re
import unicodedata

# Hyphens and dashes (U+2010-2015), hyphen bullet, minus and the small and full-width forms.
_DASHES = re.compile("[\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]")
# Soft hyphens, zero-width characters and byte order marks: never seen, always in the way.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")


class BadCheckDigit(ValueError):
    """A number in the right form whose last digit does not follow from the others.

    `given` is the number as read (hyphenated), `suggestion` the whole number with the digit
    that its other digits ask for. The error may sit in any digit, so it is only a suggestion.
    """

    def __init__(self, scheme: str, given: str, suggestion: str) -> None:
        self.scheme = scheme
        self.given = given
        self.suggestion = suggestion
        super().__init__(
            f"{given} is no {scheme}: its check digit is wrong. Did you mean {suggestion}?"
        )

    def __reduce__(self) -> tuple[type["BadCheckDigit"], tuple[str, str, str]]:
        # Exceptions are rebuilt from `args`, which holds the sentence: a worker process that
        # hands one back to its parent would fail without this.
        return type(self), (self.scheme, self.given, self.suggestion)


def plain(text: str) -> str:
    """`text` with ASCII hyphens, single ASCII spaces and no compatibility forms (² is 2)."""
    visible = _INVISIBLE.sub("", text)
    # Dashes first: NFKC makes a non-breaking hyphen U+2010 but a small em dash U+2014.
    compatible = unicodedata.normalize("NFKC", _DASHES.sub("-", visible))
    return _SPACES.sub(" ", _DASHES.sub("-", compatible)).strip()
