from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from medalloc.domain.review import User, UserRole
from medalloc.errors import AccessError, DataError, DecisionError
from medalloc.optimise.beds import BedWeights
from medalloc.review import weight_sets
from medalloc.review.set_limits import SetLimits
from medalloc.review.weight_sets import IN_FORCE, SETS, STANDARD, WeightSet
from medalloc.store import Store, migrate

NOW = datetime(2026, 3, 5, 8, 17, tzinfo=UTC)
PIA = User("Pia", UserRole.PLANNER)
SAM = User("Sam", UserRole.ADMIN)
WINTER = WeightSet("winter", BedWeights(outlier=2.25, waiting=1.5), SetLimits(horizon_days=5, open_escalation=False))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    migrate(url)
    with Store(url, clock=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def winter(store: Store) -> WeightSet:
    return weight_sets.save_set(store, WINTER, saw=0, user=PIA)


def test_without_any_the_standard_set_is_in_force(store: Store) -> None:
    assert weight_sets.all_sets(store) == (WeightSet(),)
    assert weight_sets.in_force(store).chosen == WeightSet(STANDARD, BedWeights(), SetLimits())


def test_a_set_comes_back_as_it_was_saved(store: Store, winter: WeightSet) -> None:
    assert winter == replace(WINTER, version=1, by="Pia", made_at=NOW)
    assert weight_sets.load_set(store, "winter") == winter
    assert [one.name for one in weight_sets.all_sets(store)] == [STANDARD, "winter"]


def test_every_version_is_kept(store: Store, winter: WeightSet) -> None:
    changed = replace(winter, weights=replace(winter.weights, outlier=0.75))
    second = weight_sets.save_set(store, changed, saw=1, user=SAM)
    assert (second.version, second.by, second.weights.outlier) == (2, "Sam", 0.75)
    assert [one.version for one in store.document_versions(SETS, "winter")] == [2, 1]


def test_the_standard_set_cannot_be_changed(store: Store) -> None:
    with pytest.raises(DecisionError, match="another name"):
        weight_sets.save_set(store, WeightSet(weights=BedWeights(waiting=3.0)), saw=0, user=SAM)
    assert store.documents(SETS) == ()


def test_a_stale_save_is_refused_with_who_changed_what(store: Store, winter: WeightSet) -> None:
    theirs = replace(winter, weights=replace(winter.weights, outlier=0.75), limits=SetLimits(horizon_days=2))
    weight_sets.save_set(store, theirs, saw=1, user=SAM)
    with pytest.raises(DecisionError, match="winter") as refused:
        weight_sets.save_set(store, replace(winter, limits=SetLimits(max_moves=2)), saw=1, user=PIA)
    told = "Sam (admin) saved version 2 at 2026-03-05 08:17 UTC."
    assert refused.value.changed == f"{told} outlier 2.25 → 0.75; horizon_days 5 → 2; open_escalation no → yes"
    assert weight_sets.load_set(store, "winter").by == "Sam"


def test_a_version_that_never_was_is_refused(store: Store, winter: WeightSet) -> None:
    with pytest.raises(DecisionError) as refused:
        weight_sets.save_set(store, replace(winter, limits=SetLimits(max_moves=2)), saw=7, user=PIA)
    assert refused.value.changed == "Pia (planner) saved version 1 at 2026-03-05 08:17 UTC."


def test_a_copy_is_a_set_of_its_own(store: Store, winter: WeightSet) -> None:
    made = weight_sets.save_as(store, "  deep   winter ", winter, user=SAM)
    assert (made.name, made.version, made.by, made.weights) == ("deep winter", 1, "Sam", winter.weights)
    assert weight_sets.load_set(store, "winter") == winter


@pytest.mark.parametrize("name", ["winter", "Winter", "STANDARD", "standard"])
def test_a_name_is_given_once(store: Store, winter: WeightSet, name: str) -> None:
    with pytest.raises(DecisionError, match="already"):
        weight_sets.save_as(store, name, winter, user=PIA)


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a/b", "c:\\d", "winter.toml", "bell\x07"])
def test_not_everything_is_a_name(name: str) -> None:
    with pytest.raises(DecisionError):
        weight_sets.proper_name(name)


@pytest.mark.parametrize(("name", "kept"), [("冬季", "冬季"), ("x" * 40, "x" * 40), ("an\nother", "an other")])
def test_a_name_is_kept_tidy(name: str, kept: str) -> None:
    assert weight_sets.proper_name(name) == kept


def test_the_set_in_force_follows_its_last_version(store: Store, winter: WeightSet) -> None:
    chosen = weight_sets.activate(store, "winter", saw=0, user=PIA)
    assert (chosen.chosen, chosen.version, chosen.by, chosen.made_at) == (winter, 1, "Pia", NOW)
    weight_sets.save_set(store, replace(winter, limits=SetLimits(max_moves=2)), saw=1, user=SAM)
    assert weight_sets.in_force(store).chosen.limits.max_moves == 2


def test_the_standard_set_can_be_put_back_in_force(store: Store, winter: WeightSet) -> None:
    weight_sets.activate(store, "winter", saw=0, user=PIA)
    assert weight_sets.activate(store, STANDARD, saw=1, user=PIA).chosen == WeightSet()


def test_a_stale_choice_is_refused_with_what_is_in_force(store: Store, winter: WeightSet) -> None:
    weight_sets.save_as(store, "summer", winter, user=SAM)
    weight_sets.activate(store, "summer", saw=0, user=SAM)
    with pytest.raises(DecisionError) as refused:
        weight_sets.activate(store, "winter", saw=0, user=PIA)
    assert refused.value.changed.startswith("Sam (admin) saved version 1")
    assert refused.value.changed.endswith("In force now: summer.")
    assert weight_sets.in_force(store).chosen.name == "summer"


def test_an_unknown_set_cannot_be_put_in_force(store: Store, winter: WeightSet) -> None:
    with pytest.raises(DataError, match="autumn; there are: standard, winter"):
        weight_sets.activate(store, "autumn", saw=0, user=PIA)


def test_a_retired_set_is_kept_and_can_be_brought_back(store: Store, winter: WeightSet) -> None:
    retired = weight_sets.retire(store, "winter", saw=1, user=PIA)
    assert (retired.retired, retired.version, retired.weights) == (True, 2, winter.weights)
    with pytest.raises(DecisionError, match="retired"):
        weight_sets.activate(store, "winter", saw=0, user=PIA)
    assert not weight_sets.bring_back(store, "winter", saw=2, user=PIA).retired


def test_the_set_in_force_cannot_be_retired(store: Store, winter: WeightSet) -> None:
    weight_sets.activate(store, "winter", saw=0, user=PIA)
    with pytest.raises(DecisionError, match="in force"):
        weight_sets.retire(store, "winter", saw=1, user=PIA)


def test_a_stale_save_tells_that_a_set_was_retired(store: Store, winter: WeightSet) -> None:
    weight_sets.retire(store, "winter", saw=1, user=SAM)
    with pytest.raises(DecisionError) as refused:
        weight_sets.save_set(store, replace(winter, limits=SetLimits(max_moves=2)), saw=1, user=PIA)
    assert refused.value.changed.endswith("UTC. retired")


@pytest.mark.parametrize("role", [UserRole.VIEWER, UserRole.BED_MANAGER, UserRole.AUDITOR])
def test_roles_that_edit_no_settings_change_nothing(store: Store, winter: WeightSet, role: UserRole) -> None:
    kim, before = User("Kim", role), store.audit_head()
    for deed in (
        lambda: weight_sets.save_set(store, replace(winter, retired=True), saw=1, user=kim),
        lambda: weight_sets.save_as(store, "mine", winter, user=kim),
        lambda: weight_sets.retire(store, "winter", saw=1, user=kim),
        lambda: weight_sets.bring_back(store, "winter", saw=1, user=kim),
        lambda: weight_sets.activate(store, "winter", saw=0, user=kim),
    ):
        with pytest.raises(AccessError):
            deed()
    assert store.audit_head() == before
    assert store.documents(IN_FORCE) == ()


def test_what_a_plan_no_longer_knows_is_left_out_and_named(store: Store) -> None:
    kept = WINTER.to_mapping()
    kept["weights"] |= {"lift": 4.5}
    del kept["weights"]["side_room"]
    store.save_document(SETS, "old", kept, saw=0, user=PIA)
    old = weight_sets.load_set(store, "old")
    assert old.left_out == ("lift",)
    assert (old.weights.outlier, old.weights.side_room) == (2.25, BedWeights().side_room)


def test_differences_name_what_is_otherwise() -> None:
    other = WeightSet(weights=BedWeights(waiting=1.5), limits=SetLimits(time_limit_s=30.0))
    found = [str(each) for each in weight_sets.differences(WeightSet(), other)]
    assert found == [f"waiting {BedWeights().waiting:g} → 1.5", "time_limit_s – → 30"]
