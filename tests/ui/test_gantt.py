"""The Gantt as a figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import plotly.graph_objects as go
import pytest

from medalloc.ui import gantt
from medalloc.ui.gantt import ROW_PX, ward_gantt
from medalloc.ui.gantt_bars import SIGNS, Bar, Kind, Row, WardPlan
from tests.ui.snapshots import AT

ROWS = (Row("E-1", "1", "B1", False), Row("E-2", "2", "", False), Row("E-3", "3", "S1", True))


def hours(number: float) -> datetime:
    return AT + timedelta(hours=number)


def bar(bed_id: str, kind: Kind, start: float, end: float | None, **more: Any) -> Bar:
    lines = more.pop("lines", (f"{bed_id} {kind}",))
    return Bar(bed_id, kind, hours(start), None if end is None else hours(end), lines=lines, **more)


def ward(*bars: Bar, rows: tuple[Row, ...] = ROWS, days: int = 3) -> WardPlan:
    return WardPlan("Elm", AT, AT + timedelta(days=days), rows, bars)


def drawn(*bars: Bar, selected: str = "", **more: Any) -> go.Figure:
    return ward_gantt(ward(*bars, **more), "Elm: as proposed", str, selected=selected)


def test_every_kind_of_bar_has_its_own_pattern_and_glyph() -> None:
    figure = drawn(*(bar("E-1", kind, 3 * place, 3 * place + 2) for place, kind in enumerate(SIGNS)))
    patterns = [trace.marker.pattern.shape for trace in figure.data]
    assert len(figure.data) == len(SIGNS) == len(set(patterns))
    assert [trace.name.split()[0] for trace in figure.data] == [sign.short for sign in SIGNS.values()]


def test_a_bar_reaches_from_its_start_to_its_end_or_to_the_end_of_what_is_shown() -> None:
    figure = drawn(bar("E-1", "now", 0, 7), bar("E-2", "now", 0, None), bar("E-3", "now", 70, 100))
    (trace,) = figure.data
    assert [length / 3_600_000 for length in trace.x] == [7, 72, 2]
    assert list(trace.base) == [AT, AT, hours(70)]
    assert list(trace.y) == [0, 1, 2]


def test_beds_are_called_by_bay_and_bed_and_single_rooms_marked() -> None:
    axis = drawn(bar("E-1", "now", 0, 7)).layout.yaxis
    assert [text.strip() for text in axis.ticktext] == ["<b>B1</b> 1", "2", "<b>S1</b> single 3"]
    assert tuple(axis.range) == (2.5, -0.5), "the first bed stands at the top"


def test_every_bay_but_the_first_begins_with_a_line() -> None:
    assert [line.y0 for line in drawn(bar("E-1", "now", 0, 7)).layout.shapes] == [1.5]


@pytest.mark.parametrize(("length", "label"), [(30, "● MT 0041"), (5, "●MT"), (2, "●"), (0.5, "")])
def test_a_label_is_as_long_as_its_bar_allows(length: float, label: str) -> None:
    (trace,) = drawn(bar("E-1", "now", 0, length, who="MT 0041")).data
    assert trace.text == (label,)


def test_the_chosen_patient_is_outlined_and_marked_with_an_arrow() -> None:
    mine, others = bar("E-1", "now", 0, None, who="MT 0041", patient_id="P1"), bar("E-2", "now", 0, None, who="CA 0057")
    plain, chosen = drawn(mine, others, selected="P1").data
    assert (chosen.text, chosen.marker.line.width) == (("<b>▶ ● MT 0041</b>",), 3)
    assert (plain.text, plain.marker.line.width) == (("● CA 0057",), 1)
    assert (plain.showlegend, chosen.showlegend) == (True, False)


def test_a_kind_of_the_chosen_patient_alone_is_in_the_legend() -> None:
    (only,) = drawn(bar("E-1", "held", 0, None, who="MT 0041", patient_id="P1"), selected="P1").data
    assert only.showlegend


def test_nobody_is_marked_where_nobody_is_chosen() -> None:
    (trace,) = drawn(bar("E-1", "reserved", 0, None)).data
    assert trace.marker.line.width == 1


def test_a_whisker_runs_between_p10_and_p90_and_is_cut_where_the_figure_ends() -> None:
    within = bar("E-1", "now", 0, 30, leaves=(hours(20), hours(50)))
    beyond = bar("E-2", "now", 0, None, leaves=(hours(60), hours(90)))
    after = bar("E-3", "now", 0, None, leaves=(hours(80), hours(90)))
    whiskers = drawn(within, beyond, after).data[-1]
    assert list(whiskers.x) == [hours(20), hours(50), None, hours(60), hours(72), None]
    assert whiskers.marker.symbol[1] != whiskers.marker.symbol[4], "the one that goes on has no cap"


def test_the_whiskers_of_two_patients_in_a_bed_do_not_lie_on_one_another() -> None:
    present = bar("E-1", "now", 0, 20, leaves=(hours(10), hours(50)))
    later = bar("E-1", "held", 22, None, leaves=(hours(40), hours(60)))
    y = drawn(present, later).data[-1].y
    assert y[0] > 0 > y[3]


def test_without_known_stays_there_is_no_whisker() -> None:
    assert [trace.type for trace in drawn(bar("E-1", "now", 0, 7)).data] == ["bar"]


def test_what_stands_in_the_data_is_shown_as_text() -> None:
    (trace,) = drawn(bar("E-1", "now", 0, None, who="<b>x", patient_id="P1", lines=("<i>x", "Bed <1>"))).data
    assert trace.text == ("● &lt;b&gt;x",)
    assert list(trace.customdata[0]) == ["P1", "<b>&lt;i&gt;x</b><br>Bed &lt;1&gt;"]


@pytest.mark.parametrize(("days", "step"), [(1, 4), (3, 12), (7, 24), (14, 48)])
def test_the_time_axis_has_few_ticks_at_full_hours(days: int, step: int) -> None:
    axis = drawn(bar("E-1", "now", 0, None), days=days).layout.xaxis
    gaps = {
        (after - before) / timedelta(hours=1) for before, after in zip(axis.tickvals, axis.tickvals[1:], strict=False)
    }
    assert gaps == {step}
    assert axis.tickvals[0] >= AT
    assert len(axis.tickvals) <= 9
    assert "22 Nov" in axis.ticktext[0] or "23 Nov" in axis.ticktext[0]


def test_a_ward_of_thirty_beds_has_a_row_of_legible_height_for_each() -> None:
    rows = tuple(replace(ROWS[0], bed_id=f"E-{n}", label=str(n), bay="") for n in range(30))
    figure = drawn(bar("E-7", "now", 0, None), rows=rows)
    margin = figure.layout.margin
    assert figure.layout.height - margin.t - margin.b >= 30 * ROW_PX > 30 * gantt.TEXT_PX
    assert len(figure.layout.yaxis.ticktext) == 30


def test_a_ward_without_beds_says_so() -> None:
    assert drawn(rows=()).layout.annotations[0].text == "No beds"


def test_every_word_is_translated() -> None:
    figure = ward_gantt(ward(bar("E-1", "held", 0, 7, leaves=(hours(1), hours(9)))), "T", lambda text: f"«{text}»")
    assert all("«" in trace.name for trace in figure.data)
    assert all("«" in text for text in figure.layout.xaxis.ticktext if "<br>" in text)
    assert "«single»" in figure.layout.yaxis.ticktext[2]
