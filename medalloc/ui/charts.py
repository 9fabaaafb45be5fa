"""Data in, plotly figures out: no Streamlit, no state.

Figures have no background and no text colour of their own, so that the page's theme gives both. Colours are
Okabe–Ito's; where two traces meet, one of them is hatched or outlined too, for print and greyscale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Sized
from html import escape

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from medalloc.domain.people import PatientStatus, Source, Vitals
from medalloc.domain.places import BedStatus, Ward
from medalloc.review.explain import term_words
from medalloc.ui.board.words import SOURCES, STATES
from medalloc.ui.hospital import BedCount, HospitalView
from medalloc.ui.times import hours_between, span

Translate = Callable[[str], str]

N_ = str
SKY, BLUE, GREY = "#56B4E9", "#0072B2", "#768692"
CLEAR = "rgba(0,0,0,0)"
TEXT = "#000037"
"""Streamlit puts the theme's full text colour in its place (its default is fainter); elsewhere near black."""
ROW_PX, LEGEND_PX = 30, 104
"""Heights of a row of bars, and of an axis with a legend of up to three lines under it."""

_FILLS = {
    BedStatus.OCCUPIED: (SKY, ""),
    BedStatus.AVAILABLE: (CLEAR, ""),
    BedStatus.CLEANING: (GREY, "/"),
    BedStatus.RESERVED: (GREY, "."),
    BedStatus.CLOSED: (GREY, "x"),
}
"""Colour and hatch of the bed states, in the order of the bars."""

_VITALS: tuple[tuple[str, str, float | None, float | None], ...] = (
    ("resp_rate", N_("Respirations [per min]"), 12, 20),
    ("spo2", N_("SpO₂ [%]"), 96, 100),
    ("systolic_bp", N_("Systolic pressure [mmHg]"), 111, 219),
    ("pulse", N_("Pulse [per min]"), 51, 90),
    ("temperature", N_("Temperature [°C]"), 36.1, 38.0),
    ("consciousness", N_("Consciousness [ACVPU]"), None, None),
)
"""Field, axis title, and the range that scores 0 on NEWS2 (Royal College of Physicians 2017)."""
SCALE_2_ON_OXYGEN, SCALE_2_ON_AIR = (88, 92), (88, 100)
"""The range of SpO2 that scores 0 on scale 2 [%]."""


def occupancy_by_ward(view: HospitalView, translate: Translate) -> go.Figure:
    """Beds of every ward by state, in file order from the top, with occupied of open beds in figures."""
    wards = _ward_names(view.snapshot.wards)
    counts = [view.bed_counts[ward.ward_id] for ward in view.snapshot.wards]
    totals = [count.open + count.closed for count in counts]
    figure = go.Figure()
    for state, (colour, hatch) in _FILLS.items():
        beds = [getattr(count, state) for count in counts]
        if any(beds):
            word = translate(STATES[state].words)
            figure.add_bar(
                orientation="h",
                y=wards,
                x=beds,
                name=word,
                marker=_fill(colour, hatch),
                hovertemplate="%{y}: %{x} " + word + "<extra></extra>",
            )
    for ward, total, count in zip(wards, totals, counts, strict=True):
        figure.add_annotation(x=total, y=ward, text=_share(count, translate), xanchor="left", xshift=6, showarrow=False)
    figure.update_layout(barmode="stack")
    figure.update_xaxes(title=translate("Beds"), range=[0, 1.3 * max(totals, default=1)])
    return finish(figure, translate("Occupied of open beds by ward"), len(wards))


def waiting_by_source(view: HospitalView, translate: Translate) -> go.Figure:
    """How many wait for a bed, by where they come from, with the longest wait in words."""
    names, counts, labels = [], [], []
    for source, waits in _waits(view, translate).items():
        longest = max((hours for _, hours in waits if hours is not None), default=None)
        label = translate("%(count)d, longest %(wait)s") % {
            "count": len(waits),
            "wait": span(longest, translate),
        }
        names.append(source)
        counts.append(len(waits))
        labels.append(str(len(waits)) if longest is None else label)
    figure = go.Figure()
    figure.add_bar(
        orientation="h",
        y=names,
        x=counts,
        text=labels,
        textposition="outside",
        marker=_fill(SKY, ""),
        cliponaxis=False,
        hovertemplate="%{y}: %{text}<extra></extra>",
        showlegend=False,
    )
    figure.update_xaxes(title=translate("Patients waiting"), range=[0, 1.5 * max(counts, default=1)])
    return finish(figure, translate("Waiting for a bed by source"), len(names), _nobody(names, translate))


def waiting_hours(view: HospitalView, translate: Translate) -> go.Figure:
    """How long everybody has waited, by where they come from: every wait is a point on its box."""
    figure = go.Figure()
    waits = _waits(view, translate)
    for source, members in waits.items():
        known = [(patient_id, hours) for patient_id, hours in members if hours is not None]
        figure.add_box(
            orientation="h",
            x=[hours for _, hours in known],
            y=[source] * len(known),
            text=[f"{_text(patient_id)}: {span(hours, translate)}" for patient_id, hours in known],
            boxpoints="all",
            pointpos=0,
            jitter=0.4,
            line_color=GREY,
            fillcolor=CLEAR,
            marker={"color": BLUE, "size": 6, "line": {"width": 1, "color": "white"}},
            hovertemplate="%{text}<extra></extra>",
            showlegend=False,
        )
    figure.update_xaxes(title=translate("Waited so far [hours]"), rangemode="tozero")
    return finish(figure, translate("Hours waited by source"), len(waits), _nobody(waits, translate))


def penalty_terms(before: Mapping[str, float], after: Mapping[str, float], translate: Translate) -> go.Figure:
    """What each soft rule costs before and after, the dearest at the top; the totals stand in the title."""
    terms = sorted(before.keys() | after.keys(), key=lambda term: -max(before.get(term, 0), after.get(term, 0)))
    names = [term_words(term, translate) for term in terms]
    figure = go.Figure()
    for name, costs, colour, hatch in (
        (translate("Before"), before, GREY, "/"),
        (translate("After"), after, BLUE, ""),
    ):
        values = [costs.get(term, 0.0) for term in terms]
        figure.add_bar(
            orientation="h",
            y=names,
            x=values,
            name=name,
            text=[f"{value:,.1f}" for value in values],
            textposition="outside",
            marker=_fill(colour, hatch),
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra>" + name + "</extra>",
        )
    title = translate("Penalty by rule: %(before)s before, %(after)s after") % {
        "before": f"{sum(before.values()):,.1f}",
        "after": f"{sum(after.values()):,.1f}",
    }
    dearest = max((*before.values(), *after.values()), default=1.0)
    figure.update_layout(barmode="group")
    figure.update_xaxes(title=translate("Penalty [points]"), range=[0, 1.15 * (dearest or 1)])
    return finish(figure, title, 2 * len(terms), "" if terms else translate("Nothing is penalised"))


def vitals_trend(vitals: Sequence[Vitals], translate: Translate) -> go.Figure:
    """The vital signs of one patient over time, a panel each; the range that scores 0 on NEWS2 is shaded."""
    taken = sorted(vitals, key=lambda each: each.taken_at)
    titles = [translate(title) for _, title, _, _ in _VITALS]
    figure = make_subplots(3, 2, shared_xaxes=True, vertical_spacing=0.09, subplot_titles=titles)
    for index, (field, _, low, high) in enumerate(_VITALS):
        row, column = index // 2 + 1, index % 2 + 1
        figure.add_trace(_vital(taken, field, titles[index], translate("%d/%m %H:%M")), row=row, col=column)
        if field == "spo2" and taken and taken[-1].scale2:
            low, high = SCALE_2_ON_OXYGEN if taken[-1].on_oxygen else SCALE_2_ON_AIR
        if low is not None:
            figure.add_hrect(y0=low, y1=high, fillcolor=GREY, opacity=0.18, line_width=0, row=row, col=column)
    figure.update_yaxes(categoryorder="array", categoryarray=list("UPVCA"), range=[-0.5, 4.5], row=3, col=2)
    figure.update_xaxes(tickformat=translate("%H:%M\n%-d %b")).update_xaxes(title=translate("Time"), row=3)
    figure.update_annotations(font={"size": 13, "color": TEXT})
    title = translate("Vital signs; shaded: scores 0 on NEWS2; diamonds: on oxygen")
    return finish(figure, title, 18, "" if taken else translate("No vital signs recorded"))


def _vital(taken: Sequence[Vitals], field: str, title: str, time: str) -> go.Scatter:
    values = [getattr(each, field) for each in taken]
    return go.Scatter(
        x=[each.taken_at for each in taken],
        y=[None if value is None else str(value) if field == "consciousness" else value for value in values],
        mode="lines+markers",
        line={"color": BLUE, "width": 1.5, "shape": "hv" if field == "consciousness" else "linear"},
        marker={"size": 8, "symbol": ["diamond" if each.on_oxygen else "circle" for each in taken]},
        hovertemplate="%{x|" + time + "}: %{y}<extra>" + title + "</extra>",
        showlegend=False,
    )


def _waits(view: HospitalView, translate: Translate) -> dict[str, list[tuple[str, float | None]]]:
    """(patient_id, hours waited) of whoever waits by the word for their source, in the order of the enum."""
    sources: dict[Source | None, list[tuple[str, float | None]]] = {source: [] for source in (*Source, None)}
    for patient in view.patients(PatientStatus.WAITING):
        hours = hours_between(patient.waiting_since, view.snapshot.at)
        sources[patient.source].append((patient.patient_id, hours))
    words = {source: SOURCES[source] if source else N_("not recorded") for source in sources}
    return {_capital(translate(words[source])): waits for source, waits in sources.items() if waits}


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _ward_names(wards: Sequence[Ward]) -> list[str]:
    """Names of wards, with the id where two share a name: plotly would draw them as one."""
    times = Counter(ward.name for ward in wards)
    unique = (
        ward.name if times[ward.name] == 1 and ward.name else f"{ward.name} {ward.ward_id}".strip() for ward in wards
    )
    return [_text(name) for name in unique]


def _share(count: BedCount, translate: Translate) -> str:
    if not count.open:
        return translate("closed")
    return f"{count.occupied}/{count.open} · {100 * count.occupancy_share:.0f} %"


def _nobody(names: Sized, translate: Translate) -> str:
    return "" if names else translate("Nobody is waiting")


def _fill(colour: str, hatch: str) -> dict[str, object]:
    pattern = {"shape": hatch, "fillmode": "replace", "size": 6, "solidity": 0.35} if hatch else {}
    return {"color": colour, "pattern": pattern, "line": {"color": GREY, "width": 1}}


def _text(value: str) -> str:
    """A text of the data with nothing in it that plotly takes for markup."""
    return escape(value, quote=False)


def finish(figure: go.Figure, title: str, rows: int, empty: str = "") -> go.Figure:
    """The figure with its title and height; with `empty`, that text alone in the middle."""
    figure.update_layout(
        title={"text": title, "y": 1, "yref": "container", "yanchor": "top", "pad": {"t": 12}},
        height=(160 if figure.layout.barmode else 112) + ROW_PX * max(rows, 2),
        margin={"l": 8, "r": 16, "t": 56, "b": LEGEND_PX if figure.layout.barmode else 48},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        font={"color": TEXT},
        legend={
            "orientation": "h",
            "yref": "container",
            "yanchor": "bottom",
            "y": 0,
            "x": 0,
            "traceorder": "normal",
        },
    )
    axis = {"tickfont": {"color": TEXT}, "title": {"font": {"color": TEXT}}}
    figure.update_xaxes(gridcolor="rgba(118,134,146,0.3)", zeroline=False, **axis).update_yaxes(axis)
    if figure.data and figure.data[0].orientation == "h":
        figure.update_yaxes(autorange="reversed", automargin=True, title=None)
    if empty:
        figure.add_annotation(text=empty, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False)
        figure.update_xaxes(visible=False).update_yaxes(visible=False)
    return figure
