"""Brings what is looked at now into view, and the first field of a form that has opened into focus."""

from __future__ import annotations

import streamlit as st

_COMPONENT = st.components.v2.component(
    "medalloc_attention",
    js="""
    const scroll = (mark) => {
      let box = mark.parentElement;
      while (box && !(box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY)))
        box = box.parentElement;
      if (!box || box.dataset.testid === "stMain") return;
      const above = mark.getBoundingClientRect().top - box.getBoundingClientRect().top;
      box.scrollTop += above - box.clientHeight / 4;
    };
    export default ({ data }) => {
      let tries = 0;
      const timer = setInterval(() => {
        const found = document.querySelector(data.selector);
        if (found && found.seenAs !== data.stamp) {
          found.seenAs = data.stamp;
          const box = data.within && found.closest(data.within);
          if (!box) scroll(found);
          else if (!box.contains(document.activeElement)) found.focus();
        }
        if (++tries > 12) clearInterval(timer);
      }, 60);
      return () => clearInterval(timer);
    };
    """,
)
"""What is shown is drawn a moment after the component is told, so it looks again for three quarters of a second."""


def bring_into_view(selector: str, stamp: str) -> None:
    """Scroll the box around the first element that a CSS selector finds, once for each stamp; draws nothing."""
    _COMPONENT(data={"selector": selector, "stamp": stamp, "within": ""}, key="needs.scroll")


def focus(form: str, stamp: str) -> None:
    """Put the focus on the first field of a form, once for each stamp, unless it is in the form already; draws nothing.

    Parameters
    ----------
    form
        CSS selector.
    """
    _COMPONENT(data={"selector": f"{form} input", "stamp": stamp, "within": form}, key="needs.focus")
