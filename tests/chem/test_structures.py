"""Keys and formulas from structures. RDKit is optional: without it this file is skipped."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.chem import inchi, structures
from app.chem.structures import BadStructure, formula_of, inchikey_of, inchikey_of_inchi

needs_rdkit = pytest.mark.skipif(not structures.available(), reason="RDKit is not installed")
PFOA = "OC(=O)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)F"
HCH = "Cl[C@H]1[C@H](Cl)[C@@H](Cl)[C@@H](Cl)[C@H](Cl)[C@H]1Cl"


@needs_rdkit
@pytest.mark.parametrize(
    ("smiles", "key", "formula"),
    [
        (PFOA, "SNGREZUHAYWORS-UHFFFAOYSA-N", "C8HF15O2"),
        ("Clc1ccc(cc1)C(c2ccc(Cl)cc2)C(Cl)(Cl)Cl", "YVGGHNCTFXOJCH-UHFFFAOYSA-N", "C14H9Cl5"),
        ("O", "XLYOFNOQVPJJNP-UHFFFAOYSA-N", "H2O"),
        ("[H]Cl", "VEXZGXHMUGYJMC-UHFFFAOYSA-N", "ClH"),
        (" [Na+].[O-]C(=O)C ", "VMHLLURERBWHNL-UHFFFAOYSA-M", "C2H3NaO2"),
        ("[O-]C(=O)C", "QTBSBXVTEAMEQO-UHFFFAOYSA-M", "C2H3O2-"),
        ("[Ca+2]", "BHPQYMZQTOCNFJ-UHFFFAOYSA-N", "Ca+2"),
    ],
)
def test_key_and_formula(smiles: str, key: str, formula: str) -> None:
    assert inchikey_of(smiles) == key
    assert inchi.is_standard(key)
    assert formula_of(smiles) == formula


@needs_rdkit
def test_isomers_share_the_skeleton_only() -> None:
    flat, one = (inchikey_of(s) for s in ("ClC1C(Cl)C(Cl)C(Cl)C(Cl)C1Cl", HCH))
    assert flat != one
    assert inchi.skeleton(flat) == inchi.skeleton(one)


@needs_rdkit
@pytest.mark.parametrize(
    "smiles", ["", " ", "c1ccccc", "C(C)(C)(C)(C)C", "PFOA", "C methane", "CC\nCC", "C" * 2_001]
)
def test_bad_structures(smiles: str, capfd: pytest.CaptureFixture[str]) -> None:
    for function in (inchikey_of, formula_of):
        with pytest.raises(BadStructure):
            function(smiles)
    assert capfd.readouterr() == ("", "")  # RDKit would print its complaint


@needs_rdkit
def test_a_group_has_neither_key_nor_formula(capfd: pytest.CaptureFixture[str]) -> None:
    for function in (inchikey_of, formula_of):
        with pytest.raises(BadStructure):
            function("*C(F)(F)F")
    assert capfd.readouterr() == ("", "")


@needs_rdkit
def test_a_key_of_an_inchi(capfd: pytest.CaptureFixture[str]) -> None:
    assert inchikey_of_inchi("InChI=1S/H2O/h1H2") == inchikey_of("O")
    for text in ("", "O", "InChI=1S/xx", "InChI=1S/H2O/h1H2 x"):
        with pytest.raises(BadStructure):
            inchikey_of_inchi(text)
    assert capfd.readouterr() == ("", "")


def test_nothing_imports_rdkit_before_it_is_needed() -> None:
    code = (
        "import sys\n"
        "from app.chem import cas, ec, formula, inchi, names, structures\n"
        "structures.available()\n"
        "print([m for m in sys.modules if m.startswith('rdkit')])"
    )
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
