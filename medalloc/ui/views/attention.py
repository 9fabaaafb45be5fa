"""Brings what is looked at now into view, and the first field of a form that has opened into focus."""

from __future__ import annotations

import streamlit as st

_COMPONENT = st.components.v2.component(
    "medalloc_attention",
    js="""
    const scroll = (box, found) => {
      const above = found.getBoundingClientRect().top - box.getBoundingClientRect().top;
      box.scrollTop += above - box.clientHeight / 4;
    };
    const firstField = (box) => {
      const first = box.querySelector("input");
      return first && first.type === "radio" ? box.querySelector("input:checked") ?? first : first;
    };
    // A radio button takes Ctrl + Enter as a press: it would be chosen, and the shortcut of the form not heard.
    const submitFromRadio = (box, submit) => (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target.type !== "radio") return;
      event.preventDefault();
      event.stopPropagation();
      box.querySelector(submit)?.click();
    };
    export default ({ data }) => {
      let tries = 0;
      const look = () => {
        const box = document.querySelector(data.box);
        if (!box) return;
        if (data.label) {
          box.tabIndex = 0;
          box.setAttribute("role", "region");
          box.setAttribute("aria-label", data.label);
        }
        if (data.submit && !box.submits) {
          box.submits = true;
          box.addEventListener("keydown", submitFromRadio(box, data.submit), true);
        }
        const found = data.wanted ? box.querySelector(data.wanted) : firstField(box);
        if (!found || found.seenAs === data.stamp) return;
        found.seenAs = data.stamp;
        if (data.label) scroll(box, found);
        else if (!box.contains(document.activeElement)) found.focus();
      };
      const timer = setInterval(() => {
        look();
        if (++tries > 12) clearInterval(timer);
      }, 60);
      return () => clearInterval(timer);
    };
    """,
)
"""What is shown is drawn a moment after the component is told, so it looks again for three quarters of a second."""


def bring_into_view(box: str, wanted: str, stamp: str, label: str) -> None:
    """Scroll a box to the first element wanted in it, once for each stamp; draws nothing.

    Parameters
    ----------
    box, wanted
        CSS selectors.
    label
        Name of the box: the keyboard must reach what scrolls, and a screen reader say what it is.
    """
    _COMPONENT(data={"box": box, "wanted": wanted, "stamp": stamp, "label": label}, key="needs.scroll")


def focus(form: str, submit: str, stamp: str) -> None:
    """Put the focus on the first field of a form, once for each stamp, unless it is in the form already; draws nothing.

    Of radio buttons the one that is chosen gets it; Ctrl + Enter on any of them submits.

    Parameters
    ----------
    form, submit
        CSS selectors of the form, and of the button in it.
    """
    data = {"box": form, "wanted": "", "submit": submit, "stamp": stamp, "label": ""}
    _COMPONENT(data=data, key="needs.focus")
