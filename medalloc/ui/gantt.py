"""The beds of a ward over time as a plotly figure: no Streamlit, no state.

Fills are half transparent, so that one text colour is read on them in the light and the dark theme; every kind of
bar has a pattern and a glyph of its own, for print and greyscale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Any

import plotly.graph_objects as go

from medalloc.ui.charts import CLEAR, GREY, TEXT, finish
from medalloc.ui.gantt_bars import SIGNS, Bar, Kind, Row, Translate, WardPlan
from medalloc.ui.moments import day_words

ROW_PX, FRAME_PX = 20, 164
"""Height of a row; of title, time axis and legend together."""
BAR_SHARE, WHISKER_ASIDE = 0.86, 0.31
"""Of the height of a row: how high a bar is, and how far the whisker lies below its middle (above it for holds)."""
PLOT_PX, LETTER_PX, TEXT_PX = 760, 6.8, 11
"""Width of the plot on a laptop, and of a letter in a bar; height of the letters."""
TICKS_HOURS = (4, 6, 12, 24, 48)
"""What there may be between two ticks of the time axis."""
MOST_TICKS = 9

_HOVER = {"align": "left", "bgcolor": "#000038", "bordercolor": TEXT, "font": {"color": TEXT}}
"""Streamlit puts the theme's background in place of this colour, as it does with the text's."""
_FILLS: dict[Kind, tuple[str, str, str]] = {
    "now": ("rgba(86,180,233,0.35)", "#56B4E9", ""),
    "arrives": ("rgba(230,159,0,0.40)", "#E69F00", "\\"),
    "held": ("rgba(230,159,0,0.14)", "#E69F00", "."),
    "cleaning": (CLEAR, GREY, "/"),
    "reserved": (CLEAR, GREY, "|"),
    "closed": (CLEAR, GREY, "x"),
}
"""Fill, outline and pattern by kind."""


def ward_gantt(ward: WardPlan, title: str, translate: Translate, *, selected: str = "") -> go.Figure:
    """A row a bed, grouped by bay; a bar for every stay, with when it is likely to end.

    Parameters
    ----------
    selected
        patient_id: their bars are outlined, and marked with an arrow.
    """
    place_of = {row.bed_id: place for place, row in enumerate(ward.rows)}
    figure = go.Figure()
    for kind in SIGNS:
        others, mine = _parted((bar for bar in ward.bars if bar.kind == kind), selected)
        for bars in filter(None, (others, mine)):
            trace = _trace(ward, bars, place_of, translate, chosen=bars is mine)
            figure.add_trace(trace.update(showlegend=bars is others or not others))
    whiskers = _whiskers(ward, place_of, translate)
    if whiskers is not None:
        figure.add_trace(whiskers)
    figure.update_layout(barmode="overlay", hoverlabel=_HOVER)
    finish(figure, title, 0, "" if ward.rows else translate("No beds"))
    figure.update_layout(height=FRAME_PX + ROW_PX * max(len(ward.rows), 3))
    _axes(figure, ward, translate)
    _bay_lines(figure, ward.rows)
    return figure


def _parted(bars: Iterable[Bar], selected: str) -> tuple[list[Bar], list[Bar]]:
    """Bars of others, and of the selected patient."""
    found = list(bars)
    mine = [bar for bar in found if selected and bar.patient_id == selected]
    return [bar for bar in found if bar not in mine], mine


def _trace(
    ward: WardPlan, bars: Sequence[Bar], place_of: dict[str, int], translate: Translate, *, chosen: bool
) -> go.Bar:
    """Bars of one kind."""
    kind = bars[0].kind
    fill, line, pattern = _FILLS[kind]
    sign = SIGNS[kind]
    return go.Bar(
        orientation="h",
        y=[place_of[bar.bed_id] for bar in bars],
        base=[bar.starts_at for bar in bars],
        x=[_shown(bar, ward) / timedelta(milliseconds=1) for bar in bars],
        width=BAR_SHARE,
        name=f"{sign.short} {translate(sign.words)}",
        legendgroup=kind,
        marker={
            "color": fill,
            "line": {"color": TEXT if chosen else line, "width": 3 if chosen else 1},
            "pattern": {"shape": pattern, "fgcolor": line, "fgopacity": 0.55, "size": 7, "solidity": 0.14},
        },
        text=[_label(bar, ward, chosen) for bar in bars],
        textposition="inside",
        insidetextanchor="start",
        textangle=0,
        constraintext="none",
        insidetextfont={"color": TEXT, "size": TEXT_PX},
        customdata=[[bar.patient_id, _hover(bar)] for bar in bars],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )


def _shown(bar: Bar, ward: WardPlan) -> timedelta:
    """How much of a bar there is to see."""
    return min(bar.ends_at or ward.until, ward.until) - bar.starts_at


def _label(bar: Bar, ward: WardPlan, chosen: bool) -> str:
    """What fits into the bar: glyph and patient, their initials, the glyph alone, or nothing."""
    sign = SIGNS[bar.kind].short
    width_px = PLOT_PX * (_shown(bar, ward) / (ward.until - ward.at))
    arrow = "▶ " if chosen else ""
    for text in (f"{arrow}{sign} {bar.who}".strip(), f"{sign}{bar.who.split(' ')[0]}", sign):
        if LETTER_PX * (len(text) + 1) + 6 <= width_px:  # signs are as wide as two letters in some fonts
            return f"<b>{escape(text, quote=False)}</b>" if chosen else escape(text, quote=False)
    return ""


def _hover(bar: Bar) -> str:
    first, *rest = [escape(line, quote=False) for line in bar.lines]
    return "<br>".join([f"<b>{first}</b>", *rest])


def _whiskers(ward: WardPlan, place_of: dict[str, int], translate: Translate) -> go.Scatter | None:
    """From p10 to p90 of when somebody leaves, as far as it lies within what is shown; an end outside has no cap."""
    x: list[datetime | None] = []
    y: list[float | None] = []
    symbols: list[str] = []
    for bar in ward.bars:
        if bar.leaves is None or bar.leaves[0] >= ward.until:
            continue
        first, last = bar.leaves
        x += [first, min(last, ward.until), None]
        aside = -WHISKER_ASIDE if bar.kind == "held" else WHISKER_ASIDE
        y += [place_of[bar.bed_id] + aside] * 2 + [None]
        symbols += ["line-ns-open", "line-ns-open" if last <= ward.until else "line-ew-open", "line-ew-open"]
    if not x:
        return None
    return go.Scatter(
        x=x,
        y=y,
        mode="lines+markers",
        line={"color": TEXT, "width": 1.5},
        marker={"symbol": symbols, "size": 7, "color": TEXT, "line": {"color": TEXT, "width": 1.5}},
        name=translate("four in five leave between these"),
        hoverinfo="skip",
    )


def _axes(figure: go.Figure, ward: WardPlan, translate: Translate) -> None:
    ticks = list(_ticks(ward.at, ward.until))
    figure.update_xaxes(
        type="date",
        range=[ward.at, ward.until],
        tickvals=ticks,
        ticktext=[_tick_words(tick, translate, day=tick in ticks[:1]) for tick in ticks],
        side="top",
        fixedrange=True,
    )
    figure.update_yaxes(
        tickvals=list(range(len(ward.rows))),
        ticktext=[_row_words(row, translate) for row in ward.rows],
        range=[len(ward.rows) - 0.5, -0.5],
        autorange=False,
        showgrid=False,
        fixedrange=True,
        tickfont={"size": TEXT_PX + 1, "color": TEXT},
    )
    figure.update_layout(margin={"t": 84, "b": 72})


def _ticks(at: datetime, until: datetime) -> Iterator[datetime]:
    """Full hours of the day that lie as close as there is room for; where it is days, midnights."""
    hours = (until - at) / timedelta(hours=1)
    step = next((each for each in TICKS_HOURS if hours / each <= MOST_TICKS), 24 * round(hours / 24 / MOST_TICKS + 0.5))
    tick = datetime.combine(at.date(), datetime.min.time()) + timedelta(hours=step if step < 24 else 24)
    while tick <= until:
        if tick >= at:
            yield tick
        tick += timedelta(hours=step)


def _tick_words(tick: datetime, translate: Translate, *, day: bool) -> str:
    """The time, and under it the day where it begins."""
    return f"{tick:%H:%M}<br>{day_words(tick, translate)}" if day or tick.hour == 0 else f"{tick:%H:%M}"


def _row_words(row: Row, translate: Translate) -> str:
    """Bay and bed; a single room is called one."""
    bay = f"<b>{escape(row.bay, quote=False)}</b> " if row.bay else ""
    single = f"{translate('single')} " if row.single else ""
    return f"{bay}{single}{escape(row.label, quote=False)} "


def _bay_lines(figure: go.Figure, rows: Sequence[Row]) -> None:
    """A line above the first bed of every bay."""
    lines: list[dict[str, Any]] = [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": place - 0.5,
            "y1": place - 0.5,
            "line": {"color": GREY, "width": 1},
            "layer": "below",
        }
        for place, row in enumerate(rows)
        if row.bay and place
    ]
    figure.update_layout(shapes=lines)
