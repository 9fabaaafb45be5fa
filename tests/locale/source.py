"""Every message of the source: as Babel takes it out, and as Python's own parser sees it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_from_file

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "pages", ROOT / "medalloc")
KEYWORDS = DEFAULT_KEYWORDS | {"translate": None, "say": None}
"""As in the Makefile."""


def extracted() -> set[str]:
    """What Babel takes out of the source."""
    found = {row[1] for row in extract_from_file("python", ROOT / "app.py", KEYWORDS)}
    for folder in FOLDERS:
        found |= {row[2] for row in extract_from_dir(folder, keywords=KEYWORDS)}
    return {message for words in found for message in (words if isinstance(words, tuple) else (words,))}


def parsed() -> set[str]:
    """Every literal that is handed to a function which marks or translates."""
    return {
        argument.value
        for tree in trees().values()
        for call in calls(tree)
        if name_of(call) in KEYWORDS
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def trees() -> dict[str, ast.Module]:
    """The parsed source, by path."""
    paths = [ROOT / "app.py", *(path for folder in FOLDERS for path in sorted(folder.rglob("*.py")))]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in a piece of source."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    """The last part of what is called: `info` of `st.info(…)`."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
