from __future__ import annotations

import pytest

from medalloc.review import weight_sets
from medalloc.review.set_limits import SetLimits
from medalloc.review.weight_sets import WeightSet
from medalloc.store import Store
from medalloc.ui.views import rule_limits
from medalloc.ui.weight_rows import LIMITS
from tests.pages import press, run
from tests.ui.views.rules_page import PAGE, choose, keep, limit, lines, open_rules

pytestmark = pytest.mark.usefixtures("state_dir")
WINTER = WeightSet("winter", limits=SetLimits(horizon_days=5, open_escalation=False, time_limit_s=33.0))


def test_every_limit_says_what_it_means() -> None:
    assert rule_limits.HELP.keys() == LIMITS.keys()


def test_limits_stand_there_as_the_set_has_them(planned: tuple[Store, int]) -> None:
    keep(planned[0], WINTER)
    app = choose(open_rules(), "winter")
    shown = {name: app.number_input(key=limit(app, name)).value for name in LIMITS if name != "open_escalation"}
    assert shown == {"horizon_days": 5, "max_transfers": 20, "max_moves": 5, "gap": 0.5, "time_limit_s": 33.0}
    assert app.toggle(key=limit(app, "open_escalation")).value is False


def test_changed_limits_are_saved(planned: tuple[Store, int]) -> None:
    store, _ = planned
    keep(store, WINTER)
    app = choose(open_rules(), "winter")
    app.number_input(key=limit(app, "gap")).set_value(0.3)
    app.number_input(key=limit(app, "max_moves")).set_value(2)
    app.number_input(key=limit(app, "time_limit_s")).set_value(None)
    app.toggle(key=limit(app, "open_escalation")).set_value(True)
    run(app)
    assert "Stop once the gap is at most [%]: 0.5 % → 0.3 %" in lines(app)
    press(app, "rules.save")
    wanted = SetLimits(horizon_days=5, max_moves=2, gap=0.003)
    assert weight_sets.load_set(store, "winter").limits == wanted


def test_a_limit_that_is_not_saved_is_still_there_after_another_page(planned: tuple[Store, int]) -> None:
    app = open_rules()
    app.number_input(key=limit(app, "horizon_days")).set_value(7)
    run(app)
    run(app.switch_page("pages/beds/plan.py"))
    run(app.switch_page(PAGE))
    assert app.number_input(key=limit(app, "horizon_days")).value == 7
    assert "Days to look ahead: 3 → 7" in lines(app)
    press(app, "rules.reset")
    assert app.number_input(key=limit(app, "horizon_days")).value == 3
