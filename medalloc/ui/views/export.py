"""Data → Export: files to take away."""

from __future__ import annotations

import json

import streamlit as st

from medalloc import pipeline
from medalloc.domain.plan import BedPlan
from medalloc.export import bed_plan_csv, needs_csv, provenance
from medalloc.locale import gettext as _
from medalloc.review.permissions import Permission, may
from medalloc.ui import state
from medalloc.ui.hospital import HospitalView


def plan(view: HospitalView) -> None:
    """bed_plan.csv with the decisions, and what it was made from."""
    st.subheader(_("Bed plan"), anchor=False)
    if view.stored is None:
        st.info(_("There is no bed plan for this hospital yet."))
        return
    table = bed_plan_csv(view.stored.plan, view.decisions)
    facts = _provenance(view, view.stored.plan, {"bed_plan.csv": table})
    st.write(
        _("Plan %(number)d · patients: %(patients)d · decisions: %(decided)d. No names: patients stand with their id.")
        % {
            "number": view.stored.plan_id,
            "patients": len(view.stored.plan.placements),
            "decided": len(view.decisions),
        }
    )
    _downloads({"bed_plan.csv": table}, facts, key="export.plan")


def needs(view: HospitalView) -> None:
    """needs.csv with the sentences that prove them."""
    st.subheader(_("Needs"), anchor=False)
    if not view.needs:
        st.info(_("The notes have not been read yet."))
        return
    st.warning(_("This file quotes clinical notes. Keep it where patient records may be kept."))
    table = needs_csv(view.needs)
    _downloads({"needs.csv": table}, _provenance(view, None, {"needs.csv": table}), key="export.needs")


def _provenance(view: HospitalView, made: BedPlan | None, files: dict[str, str]) -> dict[str, object]:
    settings = pipeline.public_settings()
    if made is not None and view.stored is not None:
        settings["made_with"] = dict(view.stored.made_with)
    return provenance(view.snapshot, made, settings=settings, files=files)


def _downloads(files: dict[str, str], facts: dict[str, object], *, key: str) -> None:
    barred = not may(state.user(), Permission.EXPORT)
    everything = files | {"provenance.json": json.dumps(facts, indent=2, ensure_ascii=False, default=str)}
    with st.container(horizontal=True):
        for name, text in everything.items():
            st.download_button(
                _("Download %(file)s") % {"file": name},
                text.encode(),
                name,
                "application/json" if name.endswith(".json") else "text/csv",
                key=f"{key}.{name}",
                icon=":material/download:",
                on_click="ignore",
                disabled=barred,
            )
