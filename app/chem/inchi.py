"""InChIKeys: their syntax and parts. Making one from a structure is `structures`' work.

`SNGREZUHAYWORS-UHFFFAOYSA-N`: 14 letters hash the skeleton (formula, connections), then 8 hash
stereochemistry and isotopes, a flag (S standard, N not), a version; then the protonation.
"""

import re

from app.chem.printed import plain

_KEY = re.compile(r"[A-Z]{14}-[A-Z]{8}[SN][A-Z]-[A-Z]")
_INCHI = re.compile(r"InChI=1S?/[^\s]+")


class NotAnInchiKey(ValueError):
    """The text has not the form of an InChIKey."""


def parse(text: str) -> str:
    """The InChIKey in `text` in capitals; an `InChIKey=` before it may stand. Raises NotAnInchiKey.

    A key is a hash without check digit: a right form does not say that such a chemical exists.
    """
    key = plain(text).upper().removeprefix("INCHIKEY=").strip()
    if not _KEY.fullmatch(key):
        raise NotAnInchiKey(f"{text[:60]!r} is no InChIKey (14, 10 and 1 letters).")
    return key


def normalise(text: str) -> str | None:
    """Like `parse`, with None instead of an error."""
    try:
        return parse(text)
    except NotAnInchiKey:
        return None


def is_valid(text: str) -> bool:
    """Whether `text` already is an InChIKey in canonical form, standard or not."""
    return _KEY.fullmatch(text) is not None


def is_standard(key: str) -> bool:
    """Whether the key comes from a standard InChI: only these compare. Raises NotAnInchiKey."""
    return parse(key)[23] == "S"


def skeleton(key: str) -> str:
    """The first 14 letters: what isomers, isotopes and charge states share. Raises NotAnInchiKey.

    A hint and never an identity: alpha-, beta- and gamma-HCH have one skeleton.
    """
    return parse(key)[:14]


def is_inchi(text: str) -> bool:
    """Whether `text` begins as an InChI, so that it need not be tried as a name or as SMILES."""
    return _INCHI.fullmatch(text.strip()) is not None
