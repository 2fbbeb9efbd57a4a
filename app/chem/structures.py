"""Structures, by RDKit: the only file that imports it, and only when a function is called.

RDKit is optional (`pip install 'synergies[structures]'`): ask `available()`. The other
functions raise ImportError without it.
"""

from collections import Counter
from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple

from app.chem.formula import hill

# InChI stops at 1,023 atoms; longer text would only cost time. No listed chemical comes near.
MAX_LENGTH = 2_000


class BadStructure(ValueError):
    """The text is no structure that RDKit reads, or none that has what was asked for."""


def available() -> bool:
    """Whether RDKit is installed. Costs no import."""
    return find_spec("rdkit") is not None


def inchikey_of(smiles: str) -> str:
    """The standard InChIKey of a SMILES. Raises BadStructure, also for wildcards and groups."""
    rdkit = _rdkit()
    molecule = _molecule(smiles)
    with rdkit.log.BlockLogs():
        key: str = rdkit.inchi.MolToInchiKey(molecule)
    if not key:
        raise BadStructure(f"{smiles[:80]!r} has no InChIKey.")
    return key


def inchikey_of_inchi(inchi: str) -> str:
    """The InChIKey of an InChI. Raises BadStructure."""
    rdkit = _rdkit()
    text = _checked(inchi)
    with rdkit.log.BlockLogs():
        # The key is a hash of any text: only reading the structure shows that it is an InChI.
        if rdkit.inchi.MolFromInchi(text, sanitize=False) is None:
            raise BadStructure(f"{inchi[:80]!r} is no InChI.")
        key: str = rdkit.inchi.InchiToInchiKey(text)
    return key


def formula_of(smiles: str) -> str:
    """The formula of a SMILES in Hill order, all its parts together, isotopes as their element.

    A charge that is left over stands at the end (`C2H3O2-`, `Ca+2`). Raises BadStructure.
    """
    molecule = _molecule(smiles)
    counts: Counter[str] = Counter()
    charge = 0
    for atom in molecule.GetAtoms():
        if atom.GetAtomicNum() == 0:
            raise BadStructure(f"{smiles[:80]!r} has a wildcard, so no definite formula.")
        counts[atom.GetSymbol()] += 1
        counts["H"] += atom.GetTotalNumHs()
        charge += atom.GetFormalCharge()
    size = str(abs(charge)) if abs(charge) > 1 else ""
    return hill(counts) + (("+" if charge > 0 else "-") + size if charge else "")


def _checked(text: str) -> str:
    """`text` without spaces around it; inside they would hide a name that RDKit skips."""
    stripped = text.strip()
    if not stripped or len(stripped) > MAX_LENGTH or any(map(str.isspace, stripped)):
        raise BadStructure(f"{text[:80]!r} is no structure: empty, too long or with spaces.")
    return stripped


class _Rdkit(NamedTuple):
    """The parts of RDKit used here. It is only partly typed, so they are Any."""

    chem: Any
    inchi: Any
    log: Any


@cache
def _rdkit() -> _Rdkit:
    """RDKit, imported once and late: it takes a second that `serve` need not spend."""
    from rdkit import Chem, rdBase  # noqa: PLC0415
    from rdkit.Chem import inchi  # noqa: PLC0415

    return _Rdkit(Chem, inchi, rdBase)


def _molecule(smiles: str) -> Any:
    """RDKit's molecule of a SMILES. Raises BadStructure."""
    rdkit = _rdkit()
    text = _checked(smiles)
    with rdkit.log.BlockLogs():
        molecule = rdkit.chem.MolFromSmiles(text)
    if molecule is None or molecule.GetNumAtoms() == 0:
        raise BadStructure(f"{smiles[:80]!r} is no SMILES that RDKit reads.")
    return molecule
