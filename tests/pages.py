"""The app under test without a browser, over a database of its own."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from medalloc.locale import use_language
from tests.conftest import ROOT

PAGES = (
    "pages/now/hospital.py",
    "pages/needs/patients.py",
    "pages/needs/care_hours.py",
    "pages/beds/plan.py",
    "pages/beds/rules.py",
    "pages/governance/model_quality.py",
    "pages/data/load.py",
    "pages/data/report.py",
    "pages/data/export.py",
)


def open_page(page: str, **state: object) -> AppTest:
    """A page, reached through `app.py` as a person would."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for key, value in state.items():
        app.session_state[key.replace("__", ".")] = value
    return run(run(app).switch_page(page))


def run(app: AppTest) -> AppTest:
    """Run the app; before it does, the widgets are asked for their options, and these have to be in its language."""
    language = str(app.session_state["app.language"]) if "app.language" in app.session_state else "en"
    use_language(lambda: language)
    return app.run()


def words(app: AppTest) -> str:
    """Everything that the page says."""
    kinds = (
        app.title,
        app.subheader,
        app.markdown,
        app.caption,
        app.info,
        app.warning,
        app.error,
        app.success,
    )
    shown = [str(element.value) for kind in kinds for element in kind]
    return "\n".join(shown + [f"{metric.label}: {metric.value}" for metric in app.metric])


def press(app: AppTest, key: str) -> AppTest:
    """Press the button with this key."""
    app.button(key=key).click()
    return run(app)


def on_open(app: AppTest, what: str) -> str:
    """Key of a button of the suggestion that is open."""
    return f"beds.{what}.{app.session_state['beds.suggestion']}"
