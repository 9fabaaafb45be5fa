from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from medalloc.store import Store
from medalloc.ui.views import gantt
from tests.pages import open_page, run

pytestmark = pytest.mark.usefixtures("state_dir")
PAGE = "pages/beds/plan.py"


def plots(app: AppTest) -> dict[str, Any]:
    """Figures of the page by title."""
    figures = [json.loads(plot.proto.spec) for plot in app.get("plotly_chart")]
    return {figure["layout"]["title"]["text"]: figure for figure in figures}


def marked(figure: dict[str, Any]) -> set[str]:
    """Patients whose bars are marked."""
    chosen = [trace for trace in figure["data"] if trace["type"] == "bar" and "▶" in str(trace["text"])]
    return {data[0] for trace in chosen for data in trace["customdata"]}


def test_the_ward_is_that_of_the_chosen_patient_who_is_marked(planned: tuple[Store, int]) -> None:
    figures = plots(open_page(PAGE, beds__layout="ward"))
    assert "Beech: as proposed" in figures
    assert marked(figures["Beech: as proposed"]) == {"P5"}
    assert not any("nobody moved" in title for title in figures)


def test_another_ward_can_be_chosen(planned: tuple[Store, int]) -> None:
    app = open_page(PAGE, beds__layout="ward")
    chooser = app.selectbox(key="beds.gantt_ward")
    assert chooser.options == ["Ash · 2/4", "Beech · 0/1", "Critical Care · 1/1"]
    chooser.set_value("ICU")
    figures = plots(run(app))
    assert marked(figures["Critical Care: as proposed"]) == set()


@pytest.mark.parametrize(
    ("show", "titles"),
    [("current", ["Beech: nobody moved"]), ("both", ["Beech: nobody moved", "Beech: as proposed"])],
)
def test_every_view_that_is_asked_for_is_drawn(show: str, titles: list[str], planned: tuple[Store, int]) -> None:
    figures = plots(open_page(PAGE, beds__layout="ward", beds__show=show))
    assert [title for title in figures if title.startswith("Beech")] == titles


def test_the_bars_are_a_table_too(planned: tuple[Store, int]) -> None:
    app = open_page(PAGE, beds__layout="ward")
    (table,) = [frame.value for frame in app.dataframe if "What" in frame.value]
    assert table[["Bed", "What", "Patient"]].to_numpy().tolist() == [
        ["05", "Arrives now", "EE · P5"],
        ["06", "Closed", "–"],
    ]


def test_without_a_plan_the_first_ward_is_shown_as_it_is(kept: tuple[Store, int]) -> None:
    app = open_page(PAGE, beds__layout="ward")
    assert not app.exception
    assert "Ash: as proposed" not in plots(app)
    assert "Ash: nobody moved" in plots(app)


def test_a_click_opens_the_suggestion_of_the_patient(monkeypatch: pytest.MonkeyPatch) -> None:
    class Selected:
        points = ({"curveNumber": 2}, {"customdata": ["P5", "Ed"]})

    class Event:
        selection = Selected()

    state: dict[str, Any] = {"chart": Event()}
    monkeypatch.setattr(gantt.st, "session_state", state)
    gantt._clicked("chart")
    assert state["beds.wanted"] == "P5"
