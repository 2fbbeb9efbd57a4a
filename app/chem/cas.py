"""CAS Registry Numbers: reading them as people write them, and their check digit.

A CAS RN is two to seven digits, two digits and a check digit: `335-67-1`. Canonical here means
ASCII digits and hyphens, no leading zero. It is no identity: one chemical has several.
"""

import re
from typing import NamedTuple

from app.chem.printed import BadCheckDigit, plain

__all__ = [
    "BadCheckDigit",
    "NotACas",
    "Scan",
    "check_digit",
    "find_all",
    "is_valid",
    "normalise",
    "parse",
    "scan",
]

# "CAS", "CAS RN", "CASRN:", "CAS No.", "CAS-Nr.", "CAS Registry Number", "N° CAS", "CAS #".
_LABEL = re.compile(
    r"^(?:n[o°]\.? ?)?cas(?:[ -]?(?:registry ?)?(?:rn|nos?|nr|numbers?))?[ .:#°®]*-?(?=\d)", re.I
)
_HYPHENATED = re.compile(r"([0-9]{2,10}) ?- ?([0-9]{2}) ?- ?([0-9])")
_SPACED = re.compile(r"([0-9]{2,10}) ([0-9]{2}) ([0-9])")
_BARE = re.compile(r"([0-9]{2,10})([0-9]{2})([0-9])")
_SPREADSHEET_DATE = re.compile(r"[0-9]{4}-[01][0-9]-0[0-9](?: 00:00:00)?")
# In running text: no digit before or after, nor a further hyphenated group.
_IN_TEXT = re.compile(r"(?<!\d)(?<!\d-)" + _HYPHENATED.pattern + r"(?!\d)(?!-\d)")
_LIST_SEPARATOR = re.compile(r"[\s,;/|]+")


class NotACas(ValueError):
    """The text has not the form of one CAS RN."""


class Scan(NamedTuple):
    """What a text holds: `valid` numbers, and those in the right form with a wrong digit."""

    valid: list[str]
    wrong: list[BadCheckDigit]


def check_digit(body: str) -> str:
    """The check digit of a body, the number without its last digit (`335-67` or `33567`).

    Each digit is weighted by its place from the right; the sum modulo 10. Raises NotACas.
    """
    digits = plain(body).replace("-", "")
    if not re.fullmatch(r"[0-9]{4,9}", digits):
        raise NotACas(f"{body!r} is no body of a CAS RN: four to nine digits are needed.")
    return str(sum(place * int(d) for place, d in enumerate(reversed(digits), 1)) % 10)


def parse(text: str) -> str:
    """The canonical form of the one CAS RN in `text`; leading zeros and a label may stand there.

    Raises NotACas where the form is wrong, BadCheckDigit where only the check digit is.
    """
    number = _LABEL.sub("", plain(text).strip(" ()[]{}.,;:"))
    match = next(
        (m for form in (_HYPHENATED, _SPACED, _BARE) if (m := form.fullmatch(number))), None
    )
    if match is None:
        hint = ""
        if _SPREADSHEET_DATE.fullmatch(number):
            hint = " It looks like a CAS RN that a spreadsheet turned into a date."
        raise NotACas(f"{text[:60]!r} is no CAS RN, such as 335-67-1.{hint}")
    first, second, digit = match.groups()
    first = first.lstrip("0")  # some inventories pad with zeros
    if not 2 <= len(first) <= 7:
        raise NotACas(f"{text[:60]!r} is no CAS RN: two to seven digits come first.")
    right = check_digit(first + second)
    if digit != right:
        raise BadCheckDigit("CAS RN", f"{first}-{second}-{digit}", f"{first}-{second}-{right}")
    return f"{first}-{second}-{digit}"


def normalise(text: str) -> str | None:
    """Like `parse`, with None instead of an error."""
    try:
        return parse(text)
    except ValueError:
        return None


def is_valid(text: str) -> bool:
    """Whether `text` already is a canonical CAS RN with the right check digit."""
    return normalise(text) == text


def scan(text: str) -> Scan:
    """All CAS RNs of a text, in order and once each, right and wrong ones apart.

    In prose only hyphenated numbers count: one in ten runs of digits has a right check digit.
    Numbers without hyphens are read where the text is a list of numbers and nothing else.
    """
    flat = plain(text)
    parts = [part for part in _LIST_SEPARATOR.split(flat) if part]
    if not parts or not all(re.fullmatch(r"[0-9]{5,10}|[0-9]+-[0-9]{2}-[0-9]", p) for p in parts):
        parts = [match.group() for match in _IN_TEXT.finditer(flat)]
    valid: dict[str, None] = {}
    wrong: dict[str, BadCheckDigit] = {}
    for part in parts:
        try:
            valid[parse(part)] = None
        except BadCheckDigit as error:
            wrong[error.given] = error
        except NotACas:
            continue  # such as 0000-00-0: digits and hyphens, but no number
    return Scan(list(valid), list(wrong.values()))


def find_all(text: str) -> list[str]:
    """The valid CAS RNs of a text, canonical, in order, once each. `scan` also names wrong ones."""
    return scan(text).valid
