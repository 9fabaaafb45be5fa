"""Imports run one way: app, pages → ui → cli → pipeline → the parts → domain → errors."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

LAYERS = (
    {"errors"},
    {"domain"},
    {"settings", "locale"},
    {"ingest", "needs", "demand", "optimise", "flow", "whatif", "review", "governance", "store", "export"}
    | {"jobs", "job_child", "job_folder"},
    {"planned"},
    {"pipeline"},
    {"learn", "inquiry"},
    {"cli", "ui"},
    {"__main__", "app", "pages"},
)
"""From the bottom up: a module imports from its own package and from below; parts may import parts."""
PARTS = 3
STRANGERS = {"needs", "demand", "optimise", "flow"}
"""Parts that never import one another: they meet in the domain."""
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}

ALLOWED = {
    "streamlit": ("app", "pages", "medalloc.ui.state", "medalloc.ui.views", "medalloc.ui.board"),
    "pulp": ("medalloc.optimise",),
    "highspy": ("medalloc.optimise",),
    "torch": ("medalloc.needs.adapt", "medalloc.needs.embed"),
    "sentence_transformers": ("medalloc.needs.adapt", "medalloc.needs.embed"),
    "sqlalchemy": ("medalloc.store",),
    "alembic": ("medalloc.store",),
}
"""Who may import a library."""
HEAVY = {"torch", "sentence_transformers"}
"""Imported inside the function that needs them, so that a page does not wait for them."""
STANDARD_ONLY = ("medalloc.errors", "medalloc.domain")
_CHECKED = ("pulp", "medalloc.optimise.solver", "medalloc.optimise.beds", "medalloc.optimise.stays")
INDEPENDENT = {"medalloc.optimise.check": _CHECKED, "medalloc.optimise.check_times": _CHECKED}
"""The checker shares nothing with what it checks."""


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Dotted name and path of every source file."""
    paths = [root / "app.py", *(root / "pages").rglob("*.py"), *(root / "medalloc").rglob("*.py")]
    for path in sorted(path for path in paths if path.exists()):
        parts = path.relative_to(root).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports(name: str, path: Path) -> Iterator[tuple[str, bool]]:
    """Dotted name of everything imported, and whether importing the module imports it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {id(node) for outer in ast.walk(tree) if is_later(outer) for node in ast.walk(outer)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) not in inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute(name, path, node)
            yield from ((f"{base}.{alias.name}", id(node) not in inside) for alias in node.names)


def is_later(node: ast.AST) -> bool:
    """Whether what stands inside runs later or never: a function, or an import for the type checker alone."""
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def absolute(name: str, path: Path, node: ast.ImportFrom) -> str:
    """The module that an import is from, relative ones resolved."""
    if not node.level:
        return node.module or ""
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    base = package[: len(package) - node.level + 1]
    return ".".join([*base, node.module] if node.module else base)


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def layer(name: str) -> str:
    """The top package of a module: `needs` of `medalloc.needs.embed`; "" for `medalloc` itself."""
    first, *rest = name.split(".")
    if first != "medalloc":
        return first
    return rest[0] if rest else ""


def wrong_way(importer: str, imported: str) -> bool:
    """Whether an import inside medalloc goes upwards, or between strangers."""
    here, there = layer(importer), layer(imported)
    if here == there or there.startswith("__version__") or not there or not here:
        return False
    if here not in RANK or there not in RANK:
        return True
    if RANK[here] == RANK[there] == PARTS:
        return {here, there} <= STRANGERS
    return RANK[there] >= RANK[here]


def faults(name: str, path: Path) -> Iterator[str]:
    """What is wrong with the imports of a module."""
    for imported, at_top in imports(name, path):
        library = imported.partition(".")[0]
        if library in ("medalloc", "pages", "app"):
            if wrong_way(name, imported):
                yield f"{name} imports {imported}: imports run one way"
        elif within(name, STANDARD_ONLY) and library not in sys.stdlib_module_names:
            yield f"{name} imports {imported}: the standard library only"
        elif library in ALLOWED and not within(name, ALLOWED[library]):
            yield f"{name} imports {imported}: only {', '.join(ALLOWED[library])} may"
        elif library in HEAVY and at_top:
            yield f"{name} imports {imported}: inside the function that needs it"
        if any(within(name, (checker,)) and within(imported, others) for checker, others in INDEPENDENT.items()):
            yield f"{name} imports {imported}: the checker shares nothing with what it checks"


def violations(root: Path) -> list[str]:
    return [fault for name, path in modules(root) for fault in faults(name, path)]


def test_imports_run_one_way():
    assert violations(ROOT) == []


def test_every_package_has_a_layer():
    assert {layer(name) for name, _ in modules(ROOT)} - {""} <= RANK.keys()


def test_the_walk_sees_the_whole_tree():
    names = {name for name, _ in modules(ROOT)}
    assert {"medalloc", "medalloc.errors", "medalloc.domain.people", "medalloc.ingest.loader"} <= names


def plant(root: Path, file: str, text: str) -> list[str]:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return violations(root)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("medalloc/domain/people.py", "from medalloc.ingest import load"),
        ("medalloc/errors.py", "import medalloc.domain"),
        ("medalloc/domain/people.py", "import numpy"),
        ("medalloc/needs/news2.py", "from medalloc.optimise import solver"),
        ("medalloc/optimise/beds/model.py", "from medalloc import needs"),
        ("medalloc/flow/delays.py", "from medalloc.demand.census import forecast"),
        ("medalloc/store/store.py", "from medalloc.pipeline import plan"),
        ("medalloc/pipeline.py", "from medalloc.ui import charts"),
        ("medalloc/cli.py", "from medalloc.ui import charts"),
        ("medalloc/ui/state.py", "import pages.now"),
        ("medalloc/ingest/loader.py", "from ..ui import state"),
        ("medalloc/ingest/__init__.py", "from ..pipeline import plan"),
        ("medalloc/ingest/loader.py", "def load():\n    from medalloc import cli\n"),
        ("medalloc/newcomer/thing.py", "from medalloc import errors"),
        ("medalloc/ui/charts.py", "import streamlit as st"),
        ("medalloc/pipeline.py", "from streamlit.runtime import x"),
        ("medalloc/ui/state.py", "import pulp"),
        ("medalloc/needs/heads.py", "def f():\n    import torch\n"),
        ("medalloc/needs/embed.py", "import torch"),
        ("medalloc/needs/embed.py", "from sentence_transformers import SentenceTransformer"),
        ("medalloc/governance/audit.py", "from sqlalchemy import select"),
        ("pages/data/load.py", "import sqlalchemy.orm"),
        ("medalloc/optimise/check.py", "import pulp"),
        ("medalloc/optimise/check/level.py", "from medalloc.optimise.beds.problem import BedProblem"),
        ("medalloc/optimise/check.py", "from .solver import minimise"),
    ],
)
def test_planted_violation_is_found(tmp_path, file, text):
    assert len(plant(tmp_path, file, text)) == 1


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("app.py", "import streamlit as st\nfrom medalloc.ui import state"),
        ("pages/now/now.py", "import streamlit\nfrom medalloc.ui.views import now"),
        ("medalloc/ui/views/now.py", "import streamlit\nfrom medalloc import pipeline"),
        ("medalloc/ui/charts.py", "import plotly.graph_objects as go"),
        ("medalloc/optimise/solver.py", "import pulp\nfrom medalloc.errors import SolveError"),
        ("medalloc/needs/embed.py", "def encode():\n    import torch\n"),
        ("medalloc/needs/embed.py", "if TYPE_CHECKING:\n    import torch\n"),
        ("medalloc/store/store.py", "import sqlalchemy\nfrom medalloc.review import permissions"),
        (
            "medalloc/domain/people.py",
            "from dataclasses import dataclass\nfrom medalloc.domain import places",
        ),
        ("medalloc/export.py", "from medalloc import __version__"),
        ("medalloc/ingest/loader.py", "from . import table\nfrom .rules import people"),
        ("medalloc/__main__.py", "from medalloc.cli import main"),
    ],
)
def test_proper_import_passes(tmp_path, file, text):
    assert plant(tmp_path, file, text) == []
