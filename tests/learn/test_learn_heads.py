from __future__ import annotations

import json

import numpy as np
import pytest

from medalloc import pipeline
from medalloc.domain.needs import NeedName
from medalloc.domain.review import User, UserRole
from medalloc.errors import AccessError, DecisionError
from medalloc.learn.heads import go_back, learn, lessons_of, put_in_use, told
from medalloc.needs import read_needs
from medalloc.needs.active import HOME, active_heads, active_version
from medalloc.settings import Settings
from medalloc.store import Store
from tests.learn.conftest import CAL, SAM, keep, say
from tests.needs.small import ENCODER, heads

OXYGEN = NeedName.OXYGEN


def test_nothing_said_is_nothing_to_learn(store: Store) -> None:
    keep(store, 6)
    with pytest.raises(DecisionError, match="no corrections to learn from"):
        learn(store, heads(), ENCODER)


def test_words_of_all_snapshots_are_gathered(store: Store) -> None:
    first, second = keep(store, 10), keep(store, 8, name="Other General")
    say(store, first, range(6), wrong=True)
    say(store, second, range(4), wrong=False)
    found = lessons_of(store, heads(), ENCODER)
    assert found is not None
    values = [label.value for _, label in sorted(found.labels[OXYGEN].items())]
    assert values == ["no", "no", "no", "yes", "yes"]
    assert len(found.groups) == len(set(found.groups)) == 18


def test_word_that_was_taken_back_is_not_learnt(store: Store) -> None:
    snapshot_id = keep(store, 10)
    say(store, snapshot_id, range(6), wrong=True)
    store.undo_correction(snapshot_id, "P2", OXYGEN, saw=1, user=CAL)
    found = lessons_of(store, heads(), ENCODER)
    assert found is not None
    assert found.n_labels == 2


def test_heads_that_learnt_read_otherwise_from_then_on(store: Store, options: Settings) -> None:
    snapshot_id = keep(store, 60)
    say(store, snapshot_id, range(56), wrong=True)
    learnt = learn(store, heads(), ENCODER)
    assert (learnt.trial.refusal, learnt.n_patients) == ("", 28)
    version = put_in_use(store, learnt, SAM, options)
    home = options.state_dir / HOME
    assert active_version(home) == version
    snapshot = pipeline.bed_snapshot(store, snapshot_id)
    before, after = (
        read_needs(snapshot, ENCODER, heads=one)["P58"].by_name[OXYGEN]  # of whom nobody has said anything
        for one in (heads(), active_heads(home, heads()))
    )
    assert before.value == "yes"
    assert after.value == "no" or after.probability < before.probability


def test_heads_in_use_are_on_record(store: Store, options: Settings) -> None:
    say(store, keep(store, 60), range(56), wrong=True)
    version = put_in_use(store, learn(store, heads(), ENCODER), SAM, options)
    go_back(store, SAM, options)
    first, second = [row for row in store.audit_rows(limit=500) if row.action == "use_heads"]
    detail = json.loads(first.detail)
    assert (detail["version"], detail["instead_of"], first.user) == (version, "", "Sam")
    assert (detail["before"]["n"], detail["after"]["n"]) == (28, 28)
    assert json.loads(second.detail) == {"reverted": True, "version": ""}


def test_going_back_leads_to_the_shipped_heads_and_no_further(store: Store, options: Settings) -> None:
    say(store, keep(store, 60), range(56), wrong=True)
    put_in_use(store, learn(store, heads(), ENCODER), SAM, options)
    assert go_back(store, SAM, options) == ""
    assert active_heads(options.state_dir / HOME, heads()) is heads()
    with pytest.raises(DecisionError, match="nothing to go back to"):
        go_back(store, SAM, options)


def test_worse_heads_are_refused_and_nothing_changes(store: Store, options: Settings) -> None:
    say(store, keep(store, 20), range(20), wrong=True)  # ten: too few
    learnt = learn(store, heads(), ENCODER)
    rows = store.audit_head().seq
    with pytest.raises(DecisionError, match=r"Not put in use: there are 10 .* Nothing was changed"):
        put_in_use(store, learnt, SAM, options)
    assert not (options.state_dir / HOME).exists()
    assert store.audit_head().seq == rows


@pytest.mark.parametrize("role", [UserRole.CLINICIAN, UserRole.BED_MANAGER])
def test_only_some_roles_may_change_the_heads(store: Store, options: Settings, role: UserRole) -> None:
    say(store, keep(store, 60), range(56), wrong=True)
    learnt, kim = learn(store, heads(), ENCODER), User("Kim", role)
    with pytest.raises(AccessError):
        put_in_use(store, learnt, kim, options)
    with pytest.raises(AccessError):
        go_back(store, kim, options)


def test_what_is_told_is_plain(store: Store) -> None:
    say(store, keep(store, 20), range(20), wrong=True)
    found = told(learn(store, heads(), ENCODER))
    assert json.loads(json.dumps(found))["by_need"].keys() == {"oxygen"}
    assert found["overall"]["before"]["n"] == 10
    assert np.isfinite(found["overall"]["after"]["log_loss"])
