"""Brings what is looked at now into view, the first field of a form into focus, and keeps it on a choice."""

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

_CHOICES = st.components.v2.component(
    "medalloc_choices",
    js="""
    const shortcut = (button) => button?.querySelector("[aria-label^=Shortcut]")?.getAttribute("aria-label");
    const typed = (event) => event.composedPath()[0].matches?.("input, textarea, select, [contenteditable]");
    const watch = (box) => {
      const seen = { choice: undefined };
      document.addEventListener("focusin", ({ target }) => {
        seen.choice = target.closest(box) ? shortcut(target.closest("button")) : undefined;
      });
      document.addEventListener("pointerdown", () => { seen.choice = undefined; }, true);
      window.addEventListener("keydown", (event) => {
        const held = event.repeat && /^[a-z]$/i.test(event.key) && document.querySelector(box) && !typed(event);
        if (held) event.stopImmediatePropagation();
      }, true);
      return seen;
    };
    export default ({ data }) => {
      const seen = ((window.medallocChoices ??= {})[data.box] ??= watch(data.box));
      let tries = 0;
      const look = () => {
        if (!seen.choice || document.activeElement !== document.body) return;
        const buttons = [...document.querySelectorAll(`${data.box} button:enabled`)];
        (buttons.find((one) => shortcut(one) === seen.choice) ?? buttons[0])?.focus();
      };
      const timer = setInterval(() => {
        look();
        if (++tries > 12) clearInterval(timer);
      }, 60);
      return () => clearInterval(timer);
    };
    """,
)


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


def keep_choice(box: str, stamp: str) -> None:
    """Keep the focus on the same choice when the buttons of the next case take the place of these; draws nothing.

    A letter that is held down counts once while the box is there: what is decided takes a press each.

    Parameters
    ----------
    box
        Key of the container of the buttons; two of them are the same choice if they have the same shortcut.
    stamp
        Changes with the case.
    """
    selector = f".st-key-{box.replace('.', '-')}"
    _CHOICES(data={"box": selector, "stamp": stamp}, key=f"{box}.focus")
