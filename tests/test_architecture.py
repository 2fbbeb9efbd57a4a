"""The plan's walls: who may import whom, and what may not stand where."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted(path.relative_to(ROOT) for path in (ROOT / "app").rglob("*.py"))
LONGEST = 400

# Conventions and their committees are rows. No rule of the code may ask for one of them.
NAMES = {"basel", "rotterdam", "stockholm", "minamata", "crc", "poprc"}
KEY_LIKE = re.compile(r"[\w./:-]+")


def imports(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """(module, whether inside a function) of every import. `from a import b` may mean a.b."""
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from ((name, id(node) in inside) for name in names)


def imported(tree: ast.Module, module: str) -> list[bool]:
    """For every import of `module` or what is in it: whether it is inside a function."""
    return [late for name, late in imports(tree) if f"{name}.".startswith(f"{module}.")]


def documentation(tree: ast.Module) -> Iterator[ast.AST]:
    """What only tells people: docstrings, and the examples that OpenAPI shows."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant() as text):
                yield text
            case ast.keyword(arg="example" | "examples", value=examples):
                yield examples
            case ast.Call(func=ast.Attribute(value=ast.Name(id="docs")), args=examples):
                yield from examples
            case ast.Assign(targets=[ast.Name(id=name)], value=example) if "EXAMPLE" in name:
                yield example


def named(tree: ast.Module) -> list[str]:
    """The strings that are, or have as one of their parts, the name of a convention or body.

    Sentences are left alone: they tell people about a convention, and decide nothing.
    """
    told = {id(node) for part in documentation(tree) for node in ast.walk(part)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in told
        and KEY_LIKE.fullmatch(node.value)
        and NAMES & set(re.split(r"[\W_]", node.value.lower()))
    ]


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse((ROOT / path).read_text("utf-8"), str(path)) for path in FILES}


def users_of(trees: dict[Path, ast.Module], module: str) -> set[str]:
    return {path.as_posix() for path, tree in trees.items() if imported(tree, module)}


def test_layers():
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_fastapi_is_known_to_routes_main_and_the_http_kit_only(trees):
    allowed = re.compile(r"app/main\.py|app/(\w+/)*routes\.py|app/kit/http/.+")
    assert [path for path in users_of(trees, "fastapi") if not allowed.fullmatch(path)] == []


def test_routes_schemas_and_chemistry_know_no_sqlalchemy(trees):
    forbidden = re.compile(r"app/(.+/)?(routes|schemas)\.py|app/chem/.+")
    assert [path for path in users_of(trees, "sqlalchemy") if forbidden.fullmatch(path)] == []


def test_rdkit_is_imported_late_and_in_one_file(trees):
    assert users_of(trees, "rdkit") == {"app/chem/structures.py"}
    assert all(imported(trees[Path("app/chem/structures.py")], "rdkit"))


def test_settings_are_read_at_the_top_and_passed_down(trees):
    assert users_of(trees, "app.settings") <= {"app/main.py", "app/cli.py"}


def test_no_convention_or_committee_is_named(trees):
    found = {str(path): named(tree) for path, tree in trees.items() if path.name != "examples.py"}
    assert {path: strings for path, strings in found.items() if strings} == {}


def test_no_file_is_too_long():
    lengths = {str(path): len((ROOT / path).read_text("utf-8").splitlines()) for path in FILES}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("x = 'crc'", ["crc"]),
        ("x = 'poprc-19'", ["poprc-19"]),
        ("x = {'Stockholm': 1}", ["Stockholm"]),
        ("x = f'{a}/basel'", ["/basel"]),
        ("x = 'listed_in_minamata'", ["listed_in_minamata"]),
        ("x = Field(alias='crc')", ["crc"]),
        ("x = Field(examples=['crc'])", []),
        ("x = docs.single(Out, 'crc')", []),
        ("_EXAMPLE = 'crc'", []),
        ("def f():\n    'Rotterdam'", []),
        ("x = 'Stockholm, Annex E.'", []),
        ("x = 'crcl'", []),
    ],
)
def test_a_name_would_be_found(code, found):
    assert named(ast.parse(code)) == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import rdkit", [False]),
        ("from rdkit.Chem import inchi", [False, False]),
        ("def f():\n    from rdkit import Chem", [True, True]),
        ("import rdkitten", []),
    ],
)
def test_an_import_would_be_found(code, found):
    assert imported(ast.parse(code), "rdkit") == found
