from __future__ import annotations

import pytest

from medalloc.store import Store
from tests.pages import open_page, words

pytestmark = pytest.mark.usefixtures("state_dir")


def test_needs_shows_the_evidence_in_the_note(planned: tuple[Store, int]) -> None:
    app = open_page("pages/needs/patients.py", needs__search="P4")
    shown = "".join(str(element.proto.body) for element in app.get("html"))
    assert "<mark" in shown
    assert "confused ++, wandering" in shown


def test_needs_says_when_no_patient_matches(planned: tuple[Store, int]) -> None:
    assert "No patient matches" in words(open_page("pages/needs/patients.py", needs__search="nobody"))


def test_what_is_to_be_confirmed_stands_in_words(planned: tuple[Store, int]) -> None:
    said = words(open_page("pages/needs/patients.py", needs__search="007"))
    assert "**Isolation: Contact** – Conflict: the other source says none" in said
