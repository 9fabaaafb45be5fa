"""The page's language for screen readers and browsers: Streamlit leaves `<html lang>` at `en`."""

from __future__ import annotations

import streamlit as st

_COMPONENT = st.components.v2.component(
    "medalloc_page_language",
    js="export default ({ data }) => { document.documentElement.lang = data; };",
)


def mark_page(language: str) -> None:
    """Say which language the page is in, such as `zh_Hans`; draws nothing."""
    _COMPONENT(data=language.replace("_", "-"), key="app.html_lang")
