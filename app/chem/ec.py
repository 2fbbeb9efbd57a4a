"""EC numbers (EINECS, ELINCS, no-longer polymers, ECHA's list numbers): `206-397-9`."""

import re

from app.chem.printed import BadCheckDigit, plain

__all__ = ["BadCheckDigit", "NotAnEc", "check_digit", "is_valid", "normalise", "parse"]

_LABEL = re.compile(
    r"^(?:(?:ec|einecs|elincs|nlp|list)(?:[ /-]?(?:list ?)?(?:nos?|nr|numbers?))?[ .:#°]*-?)(?=\d)",
    re.I,
)
_FORMS = re.compile(r"([0-9]{3}) ?- ?([0-9]{3}) ?- ?([0-9])|([0-9]{3}) ?([0-9]{3}) ?([0-9])")
_ELINCS = "4"


class NotAnEc(ValueError):
    """The text has not the form of one EC number, or its digits were never given out."""


def check_digit(body: str) -> str:
    """The check digit of the first six digits (`206-397` or `206397`).

    Each digit is weighted by its place from the left; the sum modulo 11. Where that is 10 no
    number was given out, save 181 ELINCS numbers (400-...) that got a 1. Raises NotAnEc.
    """
    digits = plain(body).replace("-", "")
    if not re.fullmatch(r"[0-9]{6}", digits):
        raise NotAnEc(f"{body!r} is no body of an EC number: six digits are needed.")
    remainder = sum(place * int(d) for place, d in enumerate(digits, 1)) % 11
    if remainder < 10:
        return str(remainder)
    if digits.startswith(_ELINCS):
        return "1"
    raise NotAnEc(f"No EC number begins with {digits[:3]}-{digits[3:]}: it has no check digit.")


def parse(text: str) -> str:
    """The canonical form of the one EC number in `text`, with or without hyphens or a label.

    Raises NotAnEc where the form is wrong, BadCheckDigit where only the check digit is.
    """
    match = _FORMS.fullmatch(_LABEL.sub("", plain(text).strip(" ()[]{}.,;:")))
    if match is None:
        raise NotAnEc(f"{text[:60]!r} is no EC number, such as 206-397-9.")
    first, second, digit = (group for group in match.groups() if group is not None)
    right = check_digit(first + second)
    if digit != right:
        raise BadCheckDigit("EC number", f"{first}-{second}-{digit}", f"{first}-{second}-{right}")
    return f"{first}-{second}-{digit}"


def normalise(text: str) -> str | None:
    """Like `parse`, with None instead of an error."""
    try:
        return parse(text)
    except ValueError:
        return None


def is_valid(text: str) -> bool:
    """Whether `text` already is a canonical EC number with the right check digit."""
    return normalise(text) == text
