"""The bed board alone: both views, a rerun button, a time slider, and what was picked."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from medalloc.domain.people import Patient
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.ui.beds_at import BedTimes
from medalloc.ui.board import BoardEvent, bed_board, board_model
from medalloc.ui.moments import moment_words
from tests.ui.snapshots import Scenario, scenario

st.set_page_config(page_title="Bed board", layout="wide")
state = st.session_state
state.setdefault("run", 0)
state.setdefault("event", None)
state.run += 1


@st.cache_resource
def made(n_beds: int) -> Scenario:
    """The made-up hospital of this size."""
    return scenario(n_beds)


def changed(snapshot: HospitalSnapshot, run: int) -> HospitalSnapshot:
    """The snapshot with twenty patients made a year older every run, as if the hospital had moved on."""

    def aged(index: int, patient: Patient) -> Patient:
        return replace(patient, age=patient.age + run % 9) if index % 50 == run % 50 else patient

    return replace(snapshot, patients=tuple(aged(*pair) for pair in enumerate(snapshot.patients)))


def pick(event: BoardEvent) -> None:
    """Remember what was picked."""
    state.event = event


query = st.query_params
found = made(int(query.get("beds", "300")))
snapshot = changed(found.snapshot, state.run) if query.get("change") else found.snapshot
if "ward" in query:
    first, *others = snapshot.wards
    snapshot = replace(snapshot, wards=(replace(first, name=query["ward"]), *others))
views = query.get("views", "current").split(",")
moments = BedTimes(snapshot, {}, found.plan, False).moments
step = st.select_slider(
    "Moment", range(len(moments)), format_func=lambda step: moment_words(moments[step], snapshot.at, str)
)
st.button("Run again", key="again")
event = state.event
st.markdown(f"picked: {event.bed_id} / {event.patient_id or '–'}" if event else "picked: nothing")
for column, view in zip(st.columns(len(views)), views, strict=True):
    with column:
        board = board_model(
            snapshot,
            needs={},
            plan=found.plan,
            decisions=found.decisions,
            view="proposed" if view == "proposed" else "current",
            show_names="names" in query,
            breaches=found.breaches,
            translate=str,
            moment=moments[step],
        )
        bed_board(
            board,
            key=f"board.{view}",
            selected=event.patient_id if event else query.get("patient"),
            selected_bed=event.bed_id if event and not event.patient_id else None,
            on_pick=pick,
            height=int(query["height"]) if "height" in query else None,
        )
st.markdown(f"run {state.run}")
