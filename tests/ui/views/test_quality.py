from __future__ import annotations

import pytest

from medalloc.domain.needs import NeedName
from medalloc.store import Store
from medalloc.ui.views import quality
from tests.pages import open_page, press, words
from tests.ui.test_quality import MEASURED

pytestmark = pytest.mark.usefixtures("state_dir")
PAGE = "pages/governance/model_quality.py"


def test_what_was_measured_is_shown_with_its_figures(
    monkeypatch: pytest.MonkeyPatch, planned: tuple[Store, int]
) -> None:
    monkeypatch.setattr(quality, "heads_metadata", lambda: {"measured": MEASURED})
    app = open_page(PAGE, quality__need="falls")
    assert "612 patients of invented hospitals (a, b)." in words(app)
    assert "Mean F1 of all needs: 0.91" in words(app)
    figures = [element.proto.spec for element in app.get("plotly_chart")]
    assert "Sex: female (310)" in figures[1]


def test_heads_without_measures_say_so(monkeypatch: pytest.MonkeyPatch, planned: tuple[Store, int]) -> None:
    monkeypatch.setattr(quality, "heads_metadata", dict)
    app = open_page(PAGE)
    assert "No measurements came with these heads." in words(app)
    assert "Nobody has corrected or confirmed a need on this machine yet." in words(app)


def test_corrections_are_counted_and_called_no_fair_sample(planned: tuple[Store, int]) -> None:
    press(open_page("pages/needs/patients.py", needs__open=("007", NeedName.ISOLATION)), "needs.confirm.isolation.007")
    said = words(open_page(PAGE))
    assert "Corrections: 1, of which confirmed what was shown: 1." in said
    assert "no fair sample" in said


def test_the_model_cards_stand_below(planned: tuple[Store, int]) -> None:
    assert [box.label for box in open_page(PAGE).expander]
