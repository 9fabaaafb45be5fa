"""What stands around every page: side bar, sample banner, running work, and one place where errors are shown."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from medalloc import jobs
from medalloc.domain.progress import Progress
from medalloc.errors import DecisionError, MedallocError
from medalloc.locale import gettext as _
from medalloc.ui import state
from medalloc.ui.hospital import HospitalView
from medalloc.ui.times import clock, span
from medalloc.ui.views import side_bar
from medalloc.ui.views.side_bar import Sections
from medalloc.ui.words import STEPS

EVERY_S = 1.0
"""How often running work is asked how far it is."""
WATCH_S = 3.0
"""How often the database is asked whether what is shown is still so."""
STALE_HOURS = 4.0
"""Age from which a snapshot is marked as out of date."""


def show(page: st.Page, sections: Sections) -> None:
    """Draw the frame and the page in it; `sections` are the pages of the side bar by heading."""
    side_bar.draw(sections)
    try:
        info = state.store().current_snapshot()
        if info is not None and info.source == "sample":
            words = _("Sample hospital: every patient, note and number here is invented.")
            st.badge(words, icon=":material/science:", color="orange")
        _work()
        _said()
        _watch(state.revision())
        page.run()
    except MedallocError as error:
        _wrong(error)


def _wrong(error: MedallocError) -> None:
    """Say what went wrong, and what would be right."""
    parts = [str(error)]
    if isinstance(error, DecisionError):
        parts += [*error.violations, error.changed]
    st.error(" ".join(part for part in parts if part), icon=":material/error:")


def _said() -> None:
    message = state.take_notice()
    if message:
        st.toast(message)
    refusal = state.take_refusal()
    if refusal is not None:
        _wrong(refusal)


def head(title: str, view: HospitalView) -> None:
    """Title of a page, with the moment that it shows and how old that is."""
    at = view.snapshot.at
    age_hours = (datetime.now() - at).total_seconds() / 3600
    words = _("%(name)s as of **%(time)s**") % {"name": view.snapshot.name, "time": clock(at)}
    if age_hours >= 0:
        words += " · " + _("%(age)s ago") % {"age": span(age_hours, _)}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.title(title, anchor=False, width="content")
        st.markdown(words, width="content")
        if age_hours > STALE_HOURS and view.info.source != "sample":
            st.badge(_("Out of date: load the present state"), icon=":material/history:", color="orange")


def empty() -> None:
    """What an empty database greets with."""
    st.title(_("No hospital loaded yet"), anchor=False)
    st.write(_("Load your own ward data, or look around with the sample hospital. Nothing leaves this machine."))
    with st.container(horizontal=True):
        st.button(
            _("Load the sample hospital"),
            type=state.main_button(),
            icon=":material/science:",
            key="data.load_sample",
            on_click=state.load_sample,
        )
        if st.button(_("Upload your own"), icon=":material/upload:", key="data.go_upload"):
            st.switch_page("pages/data/load.py")


def _work() -> None:
    """Running work; what has ended is taken note of before the page is drawn."""
    job_id = state.running_job()
    if not job_id:
        return
    found = jobs.status(job_id)
    if found.state.ended:
        state.end_job(found)
    else:
        _progress(job_id)


@st.fragment(run_every=EVERY_S)
def _progress(job_id: str) -> None:
    """How far the running work is, with a way to stop it; the page is drawn anew when it ends."""
    found = jobs.status(job_id)
    if found.state.ended:
        st.rerun()
    progress = found.progress
    left, right = st.columns([6, 1], vertical_alignment="bottom")
    left.progress(min(1.0, (progress.share or 0.0) if progress else 0.0), text=_step(progress))
    right.button(_("Stop"), key="job.stop", on_click=jobs.stop, args=(job_id,), icon=":material/stop:")


@st.fragment(run_every=WATCH_S)
def _watch(drawn: tuple[int, ...]) -> None:
    """Draw the page anew when somebody, here or elsewhere, has loaded, planned or decided something."""
    if state.revision() != drawn:
        st.rerun()


def _step(progress: Progress | None) -> str:
    """What the running work is at."""
    if progress is None:
        return _("Starting")
    return _(STEPS[progress.step]) if progress.step in STEPS else _("Working")
