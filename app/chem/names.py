"""Names of chemicals, folded for search: one key for the many ways to write one name.

`α-HCH` and `alpha HCH`, `2,4,5-T` and `245T`, `p,p′-DDT` and `pp DDT` have one key each. A key
finds, it does not identify: what differs only in its punctuation has the same one.
"""

import re
import unicodedata

from app.chem.likeness import ACCEPT, score, stem

__all__ = ["ACCEPT", "fold", "grams", "score", "stem"]

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
    "sigma tau upsilon phi chi psi omega"
)
_GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _GREEK_NAMES.split(), strict=True))
# A Greek letter by itself is a locant; beside another one it belongs to a word in Greek.
_LONE_GREEK = re.compile("(?<![\u0370-\u03ff])[α-ω](?![\u0370-\u03ff])")
# Oxidation states: mercury(II) is not mercury(I), and `ii` is too like `i` once they are keys.
_ROMAN = re.compile(r"(?<![^\W_])(i{1,3}|iv|vi{1,3})(?![^\W_])|(?<=\()v(?=\))")
_ARABIC = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}
# Signs that NFKC would turn into letters (™ into TM), and the Arabic tatweel, which only stretches.
_ORNAMENTS = re.compile("[™®©℠\u0640]")
# Accents, Hebrew points and Arabic vowel signs; in Indic scripts and kana marks carry the sense.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
# Letters that Unicode does not decompose.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})


def fold(name: str) -> str:
    """The search key of a name: lower case, no accents, nothing but letters and digits.

    Any script is kept, Greek locants become their names, every kind of digit 0 to 9, `sulph`
    is `sulf`. Folding a key changes nothing. Empty only for names without letter or digit.
    """
    text = unicodedata.normalize("NFKD", _ORNAMENTS.sub("", name))
    # Accents go before case (the iota subscript would become a letter) and once more after.
    text = _ACCENTS.sub("", text).casefold()
    text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).translate(_LETTERS)
    text = _LONE_GREEK.sub(lambda match: _GREEK.get(match[0], match[0]), text)
    text = _ROMAN.sub(lambda match: _ARABIC[match[0]], text)
    text = "".join(map(_kept, text)).replace("sulph", "sulf")
    return unicodedata.normalize("NFC", text)


def _kept(character: str) -> str:
    """The character as it stands in a key, empty for punctuation, spaces and signs."""
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return character if category[0] in "LMN" else ""


def grams(folded: str) -> set[str]:
    """The trigrams of a folded name, padded so that its beginning and end count.

    `ddt` has `  d`, ` dd`, `ddt`, `dt `. An index of them finds candidates for `score`.
    """
    padded = f"  {folded} " if folded else ""
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
