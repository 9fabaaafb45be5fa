from __future__ import annotations

import pytest

from medalloc.ui.quality_charts import group_dots, pooled, reliability_diagram


def test_bins_of_two_needs_are_joined_by_their_size() -> None:
    found = pooled({"falls": [(0.85, 0.8, 30), (0.15, 0.2, 5)], "level": [(0.89, 1.0, 10)]})
    assert found[0] == pytest.approx((0.15, 0.2, 5))
    assert found[1] == pytest.approx((0.86, 0.85, 40))


def test_the_diagram_shows_each_bin_with_its_interval() -> None:
    figure = reliability_diagram([(0.2, 0.25, 8), (0.9, 0.8, 200)], "title", str)
    line, dots = figure.data
    assert list(line.x) == [0, 1]
    assert list(dots.y) == [0.25, 0.8]
    assert dots.error_y.array[0] > dots.error_y.array[1], "fewer patients, wider interval"
    assert dots.marker.size[1] > dots.marker.size[0]


def test_without_bins_the_diagram_says_so() -> None:
    figure = reliability_diagram([], "title", str)
    assert [note.text for note in figure.layout.annotations] == ["Not measured"]


def test_groups_show_their_size_and_intervals_where_there_are_any() -> None:
    figure = group_dots({"Sex: female": (0.93, 310), "Falls": (0.9, 84, 0.85, 0.97)}, "title", str)
    (dots,) = figure.data
    assert list(dots.y) == ["Sex: female (310)", "Falls (84)"]
    assert dots.error_x.array == pytest.approx((0.0, 0.07))
    assert dots.error_x.arrayminus == pytest.approx((0.0, 0.05))


def test_a_group_without_a_measure_is_left_out() -> None:
    figure = group_dots({"Age: 80+": (float("nan"), 3), "Age: 18–64": (0.8, 41)}, "title", str)
    assert list(figure.data[0].y) == ["Age: 18–64 (41)"]
