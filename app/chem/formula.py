"""Molecular formulas: counts of atoms and the Hill order. No masses, no structures."""

import re
from collections import Counter
from collections.abc import Mapping

from app.chem.printed import plain

_SYMBOLS = """
H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr
Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm
Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No
Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og
"""
ELEMENTS = frozenset(_SYMBOLS.split())
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_DOTS = re.compile(r" ?[.·•∙⋅‧*×] ?")
# Digits before a sign are atoms (`C2H3O2-`), save raised or after a bracket (`[Fe(CN)6]4-`).
_CHARGE = re.compile(r"(?:[+-][0-9]*|(?<=[\])}])[0-9]*[+-])$")
_RAISED_CHARGE = re.compile("[⁰¹²³⁴-⁹]{0,3}[⁺⁻]$")  # bounded: hostile input must not be slow
# Six digits at most: no sum of hostile input grows out of hand. No count begins with 0.
_COUNT = r"([1-9][0-9]{0,5})?"
_TOKEN = re.compile(rf"([A-Z][a-z]?){_COUNT}|([(\[{{])|([)\]}}]){_COUNT}")
_COMPONENT = re.compile(rf"{_COUNT}(.*)", re.S)


class NotAFormula(ValueError):
    """The text is no definite molecular formula."""


def parse(formula: str) -> dict[str, int]:
    """Atoms of each element: `Ca(OH)2` is `{"Ca": 1, "O": 2, "H": 2}`. A charge is ignored.

    Groups nest; salts and hydrates are joined by a dot, with a factor (`CuSO4.5H2O`).
    Raises NotAFormula, also for what has no definite count (`C12H10-xClx`, `0.5H2O`).
    """
    counts: Counter[str] = Counter()
    for part in _DOTS.split(plain(_RAISED_CHARGE.sub("", formula.strip()))):
        component = _COMPONENT.fullmatch(part)
        factor, atoms = component.groups() if component else (None, part)
        for element, count in _atoms(_CHARGE.sub("", atoms), formula).items():
            counts[element] += count * int(factor or 1)
    return dict(counts)


def _atoms(part: str, formula: str) -> Counter[str]:
    """One component, read with a stack of open groups so that nesting costs no recursion."""
    stack: list[Counter[str]] = [Counter()]
    closers: list[str] = []
    at = 0
    while at < len(part):
        token = _TOKEN.match(part, at)
        if token is None:
            raise NotAFormula(f"{formula[:60]!r} is no formula: {part[at : at + 8]!r} is not read.")
        at = token.end()
        element, count, opener, closer, times = token.groups()
        if element:
            if element not in ELEMENTS:
                raise NotAFormula(f"{formula[:60]!r} is no formula: {element} is no element.")
            stack[-1][element] += int(count or 1)
        elif opener:
            stack.append(Counter())
            closers.append(_PAIRS[opener])
        else:
            if not closers or closers.pop() != closer:
                raise NotAFormula(f"{formula[:60]!r} closes a bracket that is not open.")
            for inner, number in stack.pop().items():
                stack[-1][inner] += number * int(times or 1)
    if closers or not stack[0]:
        raise NotAFormula(f"{formula[:60]!r} is no formula: it is empty or a bracket stays open.")
    return stack[0]


def hill(counts: Mapping[str, int]) -> str:
    """The formula of counts in Hill order: C, H, then by letter; without carbon all by letter.

    Counts of zero are left out. Raises NotAFormula for unknown elements and negative counts.
    """
    for element, count in counts.items():
        if element not in ELEMENTS or count < 0:
            raise NotAFormula(f"{count} atoms of {element!r} make no formula.")
    present = {element: count for element, count in counts.items() if count}
    first = ["C", "H"] if "C" in present else []
    order = [e for e in first if e in present] + sorted(set(present) - set(first))
    return "".join(e + (str(present[e]) if present[e] > 1 else "") for e in order)


def elements(formula: str) -> frozenset[str]:
    """The elements of a formula. Raises NotAFormula."""
    return frozenset(parse(formula))
