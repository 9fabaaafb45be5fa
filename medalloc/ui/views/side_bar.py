"""The side bar: where to go, who acts, in which role and language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from medalloc.domain.review import UserRole
from medalloc.locale import LANGUAGES, language
from medalloc.locale import gettext as _
from medalloc.review.permissions import Permission, may
from medalloc.ui import state
from medalloc.ui.state import Key
from medalloc.ui.views.lang import mark_page
from medalloc.ui.words import ROLES

Sections = Mapping[str, Sequence[st.Page]]
"""Pages by heading."""


def draw(sections: Sections) -> None:
    """Draw all of it."""
    with st.sidebar:
        _menu(sections)
        _identity()
        mark_page(language())


def _menu(sections: Sections) -> None:
    """Links to the pages; Streamlit's own menu puts headings into its list, which screen readers stumble over."""
    for heading, pages in sections.items():
        with st.container(gap="xxsmall"):
            st.caption(heading)
            for page in pages:
                st.page_link(page, label=page.title, icon=page.icon)


def _identity() -> None:
    """Who acts, in which role and language."""
    actor = state.user()
    name = _("local user") if actor.name == state.LOCAL_USER else actor.name
    with st.popover(f"{name} · {_(ROLES[actor.role])}", icon=":material/person:", width="stretch"):
        st.caption(_("Working on this machine without sign-in: the record names whoever is entered here."))
        st.text_input(
            _("Your name, for the record"),
            key=Key.NAME,
            placeholder=_("local user"),
            persist_state="session",
        )
        st.selectbox(
            _("Role"),
            list(UserRole),
            index=list(UserRole).index(UserRole.BED_MANAGER),
            format_func=lambda role: _(ROLES[role]),
            key=Key.ROLE,
            persist_state="session",
        )
    st.toggle(
        _("Show patients' names"),
        key=Key.SHOW_NAMES,
        disabled=not may(state.user(), Permission.SEE_NAMES),
        help=_("Off by default: initials and id are enough for most work."),
        persist_state="session",
    )
    st.selectbox(
        _("Language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key=Key.LANGUAGE,
        persist_state="session",
    )
