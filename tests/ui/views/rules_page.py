"""The page of rules under test: its fields by name, and people to work with it."""

from __future__ import annotations

from collections.abc import Iterable

from streamlit.testing.v1 import AppTest

from medalloc.domain.review import User, UserRole
from medalloc.review import weight_sets
from medalloc.review.weight_sets import WeightSet
from medalloc.store import Store
from medalloc.ui import weight_rows
from tests.pages import open_page, run

PAGE = "pages/beds/rules.py"
SAM = User("Sam", UserRole.ADMIN)


def open_rules(role: str = "planner", name: str = "Pia") -> AppTest:
    """The page, as somebody of this role sees it."""
    return open_page(PAGE, app__role=role, app__name=name)


def keep(store: Store, wanted: WeightSet, saw: int = 0) -> WeightSet:
    """Sam saves a set."""
    return weight_sets.save_set(store, wanted, saw=saw, user=SAM)


def editor(app: AppTest, table: str) -> str:
    """Key of the editor of a table, as it was drawn last."""
    return next(key for key in app.session_state["rules.drawn"].given if key.startswith(f"rules.{table}."))


def type_in(app: AppTest, weight: str, value: object) -> AppTest:
    """Type a value for a weight."""
    table = next(name for name in weight_rows.TABLES if weight in weight_rows.names_in(name))
    row = weight_rows.names_in(table).index(weight)
    key = editor(app, table)
    before = app.session_state[key]["edited_rows"] if key in app.session_state else {}
    edited = {**before, row: {"value": value}}
    app.session_state[key] = {"edited_rows": edited, "added_rows": [], "deleted_rows": []}
    return run(app)


def limit(app: AppTest, name: str) -> str:
    """Key of the field of a limit."""
    return str(app.session_state["rules.drawn"].limits[name])


def choose(app: AppTest, name: str) -> AppTest:
    """Look at another set."""
    app.selectbox(key="rules.set").select(name)
    return run(app)


def lines(app: AppTest) -> Iterable[str]:
    """What the page says in running text, a line each."""
    return [line.strip() for element in app.markdown for line in str(element.value).splitlines()]
