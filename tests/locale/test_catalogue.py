"""The Chinese catalogue says everything that the source says; `make locale` puts it right where it does not."""

from __future__ import annotations

import ast
import io
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.locale.source import ROOT, calls, extracted, name_of, parsed, trees

PO = ROOT / "medalloc" / "locale" / "zh_Hans" / "LC_MESSAGES" / "medalloc.po"
LATIN = {"F1", "NEWS2", "HDU", "ICU", "ACVPU", "SpO", "mmHg", "CSV", "zip", "ISO", "Page", "Up", "Down"} | {
    *("hospital.toml", "wards.csv", "beds.csv", "patients.csv", "docs", "rules.md")
}
"""Codes, units, keys and file names: all that may stay in Latin letters."""
SHOWING = {
    *("title", "header", "subheader", "write", "markdown", "caption", "text", "metric", "badge", "toast"),
    *("info", "success", "warning", "error", "button", "download_button", "popover", "expander", "tabs"),
    *("radio", "selectbox", "segmented_control", "text_input", "toggle", "file_uploader", "progress", "Page"),
}
"""What draws its first argument, or a `title`, `label`, `help` or `placeholder`."""


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return _read(PO)


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def test_every_message_of_the_source_is_in_the_catalogue_and_no_other(catalogue: Catalog) -> None:
    known = {message.id for message in _messages(catalogue)}
    assert sorted(extracted() - known) == [], "run `make locale` and translate these"
    assert sorted(known - extracted()) == [], "run `make locale`: nothing says these any more"


def test_babel_sees_every_marked_literal() -> None:
    assert sorted(parsed() - extracted()) == [], "inside an f-string, for one, a message is not found"


def test_every_message_is_translated(catalogue: Catalog) -> None:
    assert [message.id for message in _messages(catalogue) if not message.string or message.fuzzy] == []
    assert list(catalogue.obsolete) == []


def test_placeholders_agree(catalogue: Catalog) -> None:
    wrong = [
        (message.id, message.string)
        for message in _messages(catalogue)
        if _placeholders(message.id) != _placeholders(message.string) or list(message.check(catalogue))
    ]
    assert wrong == []


def _placeholders(text: object) -> Counter[str]:
    return Counter(re.findall(r"%\(\w+\)[^a-z]*[a-z]|%%|\{\w*\}", str(text)))


def test_no_english_is_left(catalogue: Catalog) -> None:
    left = {
        message.id: words for message in _messages(catalogue) if (words := set(_latin(str(message.string))) - LATIN)
    }
    assert left == {}


def _latin(text: str) -> list[str]:
    without = re.sub(r"%\(\w+\)[^a-z]*[a-z]|%-?[a-zA-Z]|\{\w*\}", " ", text)
    return re.findall(r"[A-Za-z][A-Za-z0-9]+(?:\.[a-z]+)?", without)


def test_compiled_words_are_those_of_the_catalogue(catalogue: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue()


def test_catalogue_stands_as_make_locale_writes_it(catalogue: Catalog) -> None:
    written = io.BytesIO()
    write_po(written, catalogue, width=110, sort_output=True)
    assert PO.read_bytes() == written.getvalue()


@pytest.mark.parametrize("path", [path for path in trees() if path.startswith(("app", "pages", "medalloc/ui"))])
def test_nothing_is_shown_that_is_not_marked(path: str) -> None:
    shown = [
        argument
        for call in calls(trees()[path])
        if isinstance(call.func, ast.Attribute) and name_of(call) in SHOWING
        for argument in (
            *(call.args[:1] if name_of(call) != "Page" else []),
            *(one.value for one in call.keywords if one.arg in ("title", "label", "help", "placeholder", "text")),
        )
    ]
    unmarked = [part for argument in shown for part in _literals(argument) if re.search(r"[A-Za-z]{2}", part)]
    assert unmarked == []


def _literals(node: ast.AST) -> list[str]:
    """Text written out in an expression, but for what is handed to a call or looked up by."""
    if isinstance(node, ast.Call | ast.Dict | ast.Subscript):
        return []
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    return [text for child in ast.iter_child_nodes(node) for text in _literals(child)]
