"""Governance: how well needs are read, as measured before it was shipped and as clinicians here have found."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from medalloc.domain.needs import NeedName
from medalloc.governance.local import local_quality
from medalloc.locale import gettext as _
from medalloc.needs.active import HOME, active_version
from medalloc.needs.heads import heads_metadata
from medalloc.settings import settings
from medalloc.ui import quality, state
from medalloc.ui.quality import Measured
from medalloc.ui.quality_charts import group_dots, pooled, reliability_diagram
from medalloc.ui.words import NEEDS

CARDS = Path(__file__).parents[3] / "docs" / "models"


def in_use() -> Measured:
    """Says which heads read the notes; returns what was measured of those that are shipped."""
    version = active_version(settings().state_dir / HOME)
    measured: Measured = heads_metadata().get("measured", {})
    if version:
        words = _("In use: heads of %(version)s, which have learnt from corrections here; measured below: the shipped.")
        st.info(words % {"version": version}, icon=":material/model_training:")
    else:
        st.caption(_("In use: the shipped heads."))
    return measured


def shipped(measured: Measured) -> None:
    """What was measured before it was shipped, on hospitals that the heads had never seen."""
    st.subheader(_("Measured on hospitals never seen"), anchor=False)
    if not measured.get("needs"):
        st.info(_("No measurements came with these heads. The model cards below say what is known of them."))
        return
    words = _(
        "%(patients)d patients of invented hospitals (%(hospitals)s). On notes of a real hospital expect less, "
        "and measure first."
    )
    listed = _(", ").join(map(str, measured.get("hospitals", [])))
    st.caption(words % {"patients": measured.get("patients", 0), "hospitals": listed})
    for column, (label, value) in zip(st.columns(6), quality.overall(measured).items(), strict=True):
        column.metric(label, value)
    formats = quality.by_need_formats()
    config = {column: st.column_config.NumberColumn(format=shown) for column, shown in formats.items()}
    st.dataframe(quality.by_need(measured), hide_index=True, column_config=config, placeholder="–", key="quality.needs")
    st.caption(
        _(
            "F1 of a need with several values is the mean over its values, rare ones count as much as common ones; "
            "precision and recall count patients."
        )
    )
    _figures(measured)


def _figures(measured: Measured) -> None:
    """Reliability and groups, of one need or of all."""
    found = quality.needs_of(measured)
    name = st.selectbox(
        _("Look at"),
        ["", *found],
        format_func=lambda one: _(NEEDS[NeedName(one)]) if one else _("All needs together"),
        key="quality.need",
        persist_state="session",
    )
    left, right = st.columns(2, gap="medium")
    bins = {str(one): values.get("reliability", []) for one, values in found.items() if not name or one == name}
    title = _("Does the probability keep its word?")
    left.plotly_chart(reliability_diagram(pooled(bins), title, _), key="quality.reliability")
    title = _("F1 by group of patients") if name else _("F1 by need, with the number of patients")
    groups = quality.groups(measured, NeedName(name) if name else None)
    right.plotly_chart(group_dots(groups, title, _), key="quality.groups")


def local() -> None:
    """What clinicians on this machine have found."""
    st.subheader(_("Found by clinicians here"), anchor=False)
    found = local_quality(state.store().correction_history())
    if not found.total.n:
        st.info(_("Nobody has corrected or confirmed a need on this machine yet."))
        return
    words = _(
        "Corrections: %(count)d, of which confirmed what was shown: %(right)d. People are asked about doubtful needs, "
        "so this is no fair sample: all needs together are read better than these."
    )
    st.caption(words % {"count": found.total.n, "right": found.total.right})
    tables = [quality.local_needs(found), quality.local_bands(found), quality.local_reasons(found)]
    full = [table for table in tables if not table.empty]
    for place, (column, table) in enumerate(zip(st.columns(len(full), gap="medium"), full, strict=True)):
        column.dataframe(table, hide_index=True, key=f"quality.local_{place}")


def cards() -> None:
    """The model cards, as they came with the program."""
    st.subheader(_("Model cards"), anchor=False)
    found = sorted(CARDS.glob("*.md"))
    if not found:
        st.info(_("The model cards stand in the folder %(folder)s of the source.") % {"folder": "docs/models"})
    for path in found:
        heading, _rest, text = path.read_text(encoding="utf-8").partition("\n")
        with st.expander(heading.lstrip("# "), key=f"quality.card.{path.stem}"):
            st.markdown(text)
