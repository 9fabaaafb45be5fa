"""Figures of how well needs are read: no Streamlit, no state; colours and texts as in `charts`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import isnan, sqrt
from typing import Any

import plotly.graph_objects as go

from medalloc.governance.local import Share
from medalloc.ui.charts import BLUE, GREY, Translate, finish

SMALLEST, LARGEST = 6.0, 22.0
"""Diameter of a dot, by the number of patients that it stands for [px]."""
HEIGHT_ROWS = 11

Bin = Sequence[float]
"""Mean probability, share that was right, number of patients."""


def pooled(bins_by_need: Mapping[str, Sequence[Bin]]) -> list[Bin]:
    """Bins of all needs in one, tenth by tenth."""
    tenths: defaultdict[int, list[Bin]] = defaultdict(list)
    for bins in bins_by_need.values():
        for one in bins:
            tenths[min(9, int(10 * one[0]))].append(one)
    joined: list[Bin] = []
    for _, found in sorted(tenths.items()):
        n = sum(size for *_, size in found)
        joined.append((sum(p * size for p, _, size in found) / n, sum(r * size for _, r, size in found) / n, n))
    return joined


def reliability_diagram(bins: Sequence[Bin], title: str, translate: Translate) -> go.Figure:
    """Share that was right by the probability that was given, with 95 % intervals; on the line both agree."""
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        line={"color": GREY, "dash": "dash", "width": 1},
        hoverinfo="skip",
        name=translate("probability = share right"),
    )
    shares = [Share(round(right * n), int(n)) for _, right, n in bins]
    figure.add_scatter(
        x=[probability for probability, *_ in bins],
        y=[right for _, right, _ in bins],
        mode="markers+lines",
        line={"color": BLUE, "width": 1},
        marker={"color": BLUE, "size": _sizes([n for *_, n in bins])},
        error_y=_whiskers([(right, *share.interval) for (_, right, _), share in zip(bins, shares, strict=True)]),
        text=[str(share.n) for share in shares],
        hovertemplate="%{x:.0%} → %{y:.0%} (%{text})<extra></extra>",
        name=translate("measured; larger: more patients"),
    )
    figure.update_xaxes(title=translate("Probability given"), range=[-0.02, 1.02], tickformat=".0%")
    figure.update_yaxes(title=translate("Share right"), range=[-0.02, 1.04], tickformat=".0%")
    return finish(figure, title, HEIGHT_ROWS, "" if bins else translate("Not measured"))


def group_dots(groups: Mapping[str, Sequence[Any]], title: str, translate: Translate) -> go.Figure:
    """F1 by group, with the number of patients, and the 95 % interval where it was measured.

    Parameters
    ----------
    groups
        (F1, number of patients), or these and both ends of the interval, by name of the group.
    """
    rows = {f"{name} ({values[1]})": values for name, values in groups.items() if _is_number(values[0])}
    ends = [tuple(v[2:4]) if len(v) > 3 and _is_number(v[2]) else (v[0], v[0]) for v in rows.values()]
    figure = go.Figure()
    figure.add_scatter(
        orientation="h",
        x=[values[0] for values in rows.values()],
        y=list(rows),
        mode="markers",
        marker={"color": BLUE, "size": _sizes([values[1] for values in rows.values()])},
        error_x=_whiskers([(values[0], *end) for values, end in zip(rows.values(), ends, strict=True)]),
        hovertemplate="%{y}: %{x:.2f}<extra></extra>",
        showlegend=False,
    )
    figure.update_xaxes(title=translate("F1"), range=[0, 1.05])
    return finish(figure, title, max(HEIGHT_ROWS, len(rows)), "" if rows else translate("Not measured"))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isnan(value)


def _sizes(counts: Sequence[float]) -> list[float]:
    """Diameters whose areas follow the counts."""
    most = max(counts, default=1) or 1
    return [max(SMALLEST, LARGEST * sqrt(count / most)) for count in counts]


def _whiskers(ends: Sequence[tuple[float, float, float]]) -> dict[str, Any]:
    """Error bars of (value, low, high)."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [max(0.0, high - value) for value, _, high in ends],
        "arrayminus": [max(0.0, value - low) for value, low, _ in ends],
        "color": GREY,
        "thickness": 1,
    }
