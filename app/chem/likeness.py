"""How well a folded query fits a folded name. `names` folds; read it from there.

In chemistry two letters are no small difference: hexa- and heptabromodiphenyl ether, nitrate
and nitrite, alpha- and beta-HCH are other substances. So a misspelling is accepted only where
none of the parts that carry meaning (`_PARTS`, digits) has been exchanged for another.
"""

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

# The least score worth showing. A name of n letters may have n/6.25 errors: one from seven
# letters, two from thirteen. One in six would take PFTrDA for PFTeDA, as many confuse acronyms.
ACCEPT = 84.0
# Up to this many characters only the same name or its beginning counts: DDT is not DDE.
SHORT = 4

_EXACT = 100.0
_PREFIX = 95.0  # up to 99, the more of the name is typed
_AFTER_LOCANTS = 90.0  # up to 94: `hch` for `alphahch`
_MISSPELT_AT_MOST = 94.0
_WITHIN = ACCEPT  # up to 88: `parathion` for `methylparathion`
_DIFFERENT_AT_MOST = 70.0

_GREEK = "alpha|beta|gamma|delta|epsilon|theta|kappa|lambda|omega|sigma|tau|zeta"
_LOCANTS = re.compile(rf"(?:\d+|{_GREEK}|cis|trans|pp|mp|oo|nn|op(?=d|m))+")
# Locants, chain lengths, multipliers, halogens and endings, in the spelling of `_Traits.sound`.
_PARTS = re.compile(
    "alfa|beta|gama|delta|epsilon|cis|trans|iso|bifen|terfen|short|medium|long|mono|di|tri|tetra|"
    "pent|hex|hept|oct|non|undec|dodec|dec|met(?=il|an|ox)|et(?=il|an|ox)|prop|but|"
    "clor|brom|fluor|iod|ate|ite|ide"
)
_SOUNDS = (("ph", "f"), ("th", "t"), ("ch", "c"), ("k", "c"), ("y", "i"))
_DOUBLED = re.compile(r"([^\W\di])\1+")  # not `ii`, where parts meet: di-iso
_ONE_LETTER_LOCANTS = frozenset("mnop")


class _Traits(NamedTuple):
    sound: str
    parts: Counter[str]
    digits: str
    stem: str  # without the locants at its beginning; empty if too little is left


@lru_cache(maxsize=16_384)
def _traits(folded: str) -> _Traits:
    sound = folded
    for spelling, simpler in _SOUNDS:
        sound = sound.replace(spelling, simpler)
    sound = _DOUBLED.sub(r"\1", sound)
    locants = _LOCANTS.match(folded)
    stem = folded[locants.end() :] if locants else ""
    return _Traits(
        sound=sound,
        parts=Counter(_PARTS.findall(sound)),
        digits="".join(filter(str.isdecimal, folded)),
        stem=stem if len(stem) > 2 else "",
    )


def stem(folded: str) -> str:
    """The name without the locants at its beginning (`hch` of `alphahch`), empty if none."""
    return _traits(folded).stem


def score(query_folded: str, name_folded: str) -> float:
    """How well a query fits a name, both folded: 0 to 100, worth showing from `ACCEPT`.

    The same name is 100, then come its beginning (above 95), the name behind its locants,
    misspellings (at most 94) and a name that holds the query. Not symmetrical.
    """
    query, name = query_folded, name_folded
    if not query or not name:
        return 0.0
    if query == name:
        return _EXACT
    share = 4 * len(query) / len(name)
    if name.startswith(query):
        return _PREFIX + share
    ours, theirs = _traits(query), _traits(name)
    if theirs.stem.startswith(query):
        return _AFTER_LOCANTS + share
    if min(len(query), len(name)) <= SHORT:
        # Short names are often asked for in the plural (`PCBs`); nothing else is forgiven them.
        return _MISSPELT_AT_MOST if query == f"{name}s" else 0.0
    return _likeness(query, name, ours, theirs)


def _likeness(query: str, name: str, ours: _Traits, theirs: _Traits) -> float:
    """The score of a query that is neither the name nor its beginning."""
    # What sounds alike is half forgiven: `clorpirifos`, `toxafene`.
    alike = 50 * (
        OSA.normalized_similarity(query, name) + OSA.normalized_similarity(ours.sound, theirs.sound)
    )
    missing, added = theirs.parts - ours.parts, ours.parts - theirs.parts
    if (
        (missing and added)  # hexa for hepta
        or (ours.digits and theirs.digits and ours.digits != theirs.digits)
        or (query[1:] == name[1:] and {query[0], name[0]} <= _ONE_LETTER_LOCANTS)
    ):
        return min(alike, _DIFFERENT_AT_MOST)
    if query in name:
        return _WITHIN + 4 * len(query) / len(name)
    # A part can be missing because it is misspelt, which takes fewer edits than leaving it out.
    letters = sum(len(part) * count for part, count in (missing + added).items())
    if letters and OSA.distance(ours.sound, theirs.sound) >= letters:
        return min(alike, _DIFFERENT_AT_MOST)
    return min(alike, _MISSPELT_AT_MOST)
