"""Data: choose files, see what is wrong with them, load them or go back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from medalloc import pipeline
from medalloc.errors import DataError
from medalloc.ingest import Loaded, load, pack, read_zip
from medalloc.ingest.template import template
from medalloc.locale import gettext as _
from medalloc.review.permissions import Permission, may
from medalloc.ui import state, tables
from medalloc.ui.hospital import HospitalView
from medalloc.ui.state import Key


@dataclass(frozen=True)
class Pending:
    """Files that were read but are not the current hospital yet."""

    files: Mapping[str, bytes]
    loaded: Loaded | None
    refusal: DataError | None = None


def choose() -> None:
    """The sample in one click, or one's own files."""
    st.title(_("Load ward data"), anchor=False)
    barred = not may(state.user(), Permission.LOAD_DATA)
    if barred:
        st.warning(_("Your role may look at data but not load it."))
    own, sample = st.columns([3, 2])
    with own.container(border=True):
        _own(barred=barred)
    with sample.container(border=True):
        _sample(barred=barred)


def _own(*, barred: bool) -> None:
    st.markdown("**" + _("Your own data") + "**")
    st.file_uploader(
        _("CSV files and hospital.toml, or one zip of them"),
        type=["csv", "toml", "zip"],
        accept_multiple_files=True,
        key=_upload_key(),
        on_change=_read,
        disabled=barred,
    )
    st.caption(_("hospital.toml, wards.csv, beds.csv and patients.csv are needed; every other file adds to them."))
    st.download_button(
        _("Download an empty template"),
        lambda: pack(template()),
        "medalloc-template.zip",
        "application/zip",
        key="data.template",
        icon=":material/download:",
        on_click="ignore",
    )


def _sample(*, barred: bool) -> None:
    st.markdown("**" + _("The sample hospital") + "**")
    st.write(_("About 300 beds, every patient and note invented; marked as a sample on every page."))
    st.button(
        _("Load the sample hospital"),
        icon=":material/science:",
        key="data.load_sample",
        on_click=state.attempt,
        args=(state.load_sample,),
        disabled=barred,
    )


def _upload_key() -> str:
    """Key of the uploader; a new one empties it."""
    return f"{Key.UPLOAD}.{st.session_state.get(Key.UPLOAD_ROUND, 0)}"


def columns() -> None:
    """What each file may hold."""
    with st.expander(_("Files and columns")):
        st.dataframe(tables.columns(), hide_index=True, key="data.columns")
        st.caption(
            _("Times are ISO 8601, local to the hospital; lists are separated by “;”. A blank field means unknown.")
        )


def _read() -> None:
    """Callback: read what was uploaded, as far as it can be read."""
    uploads = st.session_state.get(_upload_key()) or []
    files: dict[str, bytes] = {}
    try:
        for upload in uploads:
            content = upload.getvalue()
            files |= read_zip(content, pipeline.limits()) if upload.name.endswith(".zip") else {upload.name: content}
        pending = Pending(files, load(files)) if files else None
    except DataError as error:
        pending = Pending(files, None, error)
    st.session_state[Key.PENDING] = pending


def report() -> None:
    """What the uploaded files hold and what is wrong with them; nothing is replaced before a person says so."""
    pending: Pending | None = st.session_state.get(Key.PENDING)
    if pending is None:
        return
    st.subheader(_("What these files hold"), anchor=False)
    if pending.loaded is None:
        st.error(str(pending.refusal), icon=":material/error:")
        if pending.refusal is not None and pending.refusal.issues:
            st.dataframe(tables.issues(pending.refusal.issues), hide_index=True, key="data.refused")
        st.button(_("Go back"), key="data.back", on_click=_forget)
        return
    loaded = pending.loaded
    _contents(loaded, key="data.pending")
    with st.container(horizontal=True):
        st.button(
            _("Load this hospital"),
            type=state.main_button(),
            icon=":material/check:",
            key="data.load",
            on_click=state.attempt,
            args=(lambda: _keep(pending.files, loaded),),
        )
        st.button(_("Go back"), key="data.back", on_click=_forget)


def _keep(files: Mapping[str, bytes], loaded: Loaded) -> None:
    state.keep(dict(files), loaded, source="upload")
    _forget()
    state.notice(_("%(name)s is loaded.") % {"name": loaded.snapshot.name})


def _forget() -> None:
    st.session_state.pop(Key.PENDING, None)
    st.session_state[Key.UPLOAD_ROUND] = st.session_state.get(Key.UPLOAD_ROUND, 0) + 1


def kept_report(view: HospitalView) -> None:
    """The same report for the hospital that is loaded."""
    loaded = state.loaded(view)
    _contents(loaded, key="data.kept")


def _contents(loaded: Loaded, *, key: str) -> None:
    """Rows taken by file, and everything that was found wrong."""
    faults = [issue for issue in loaded.issues if issue.rejected]
    remarks = len(loaded.issues) - len(faults)
    columns = st.columns(3)
    columns[0].metric(_("Rows loaded"), f"{sum(loaded.loaded.values()):,}")
    columns[1].metric(_("Rows rejected"), len(faults))
    columns[2].metric(_("Remarks"), remarks)
    left, right = st.columns([1, 3])
    left.dataframe(
        [{_("File"): file, _("Rows"): rows} for file, rows in loaded.loaded.items()],
        hide_index=True,
        key=f"{key}.files",
    )
    with right:
        if not loaded.issues:
            st.success(_("Every row is as it should be."))
            return
        st.dataframe(tables.issues(loaded.issues), hide_index=True, key=f"{key}.issues")
        if faults:
            st.download_button(
                _("Download the rejected rows"),
                loaded.rejects_csv(),
                "rejects.csv",
                "text/csv",
                key=f"{key}.rejects",
                icon=":material/download:",
                on_click="ignore",
            )
