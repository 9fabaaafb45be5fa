from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest


@pytest.mark.parametrize(("language", "tag"), [("zh_Hans", "zh-Hans"), ("en", "en")])
def test_the_page_is_marked_in_the_browsers_spelling(language: str, tag: str) -> None:
    def page(language: str) -> None:
        from medalloc.ui.views.lang import mark_page

        mark_page(language)

    app = AppTest.from_function(page, kwargs={"language": language}).run()
    assert json.loads(app.get("bidi_component")[0].proto.json) == tag
