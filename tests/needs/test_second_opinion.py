from dataclasses import replace

import numpy as np
import pytest

from medalloc.domain.needs import Binding, Confirm, Need, NeedName, Needs, NeedSource
from medalloc.domain.people import NoteKind, PatientStatus, Source
from medalloc.needs import second_opinion
from medalloc.needs.heads import load_heads
from medalloc.needs.models.organ_support import Support
from medalloc.needs.models.triage import TriageReading
from tests.needs.small import ENCODER, hospital, note, patient

WAITING = {"status": PatientStatus.WAITING, "source": Source.ED}
OURS = replace(load_heads(), encoder=ENCODER.name)


def level_of(value: str) -> Need:
    return Need(NeedName.LEVEL, value, 0.9, NeedSource.NOTE, Binding.HARD)


def opinion(
    monkeypatch: pytest.MonkeyPatch, level: int, acuity: str, kind: NoteKind = NoteKind.TRIAGE, **record: object
):
    asked: list[int] = []

    def read(cases, encoder):
        asked.append(len(cases))
        return [TriageReading({level: 1.0}, level, 0.0, 0.0, {}) for _ in cases]

    monkeypatch.setattr(second_opinion, "read_triage", read)
    snapshot = hospital([patient("a", **(WAITING | record))], [note("a", "c/o chest pain", kind=kind)])
    need = Need(NeedName.ACUITY, acuity, 0.7, NeedSource.NOTE, Binding.SOFT)
    needs = {"a": Needs("a", {NeedName.ACUITY: need, NeedName.LEVEL: level_of("ward")})}
    found = second_opinion.with_second_opinions(needs, snapshot, ENCODER, OURS)["a"].by_name[NeedName.ACUITY]
    return found, asked


def test_a_much_more_urgent_triage_is_put_to_a_person_and_overrules_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = opinion(monkeypatch, 2, "4")
    assert (found.value, found.other, found.confirm, found.binding) == ("4", "2", Confirm.CONFLICT, Binding.SOFT)


@pytest.mark.parametrize(("level", "acuity"), [(3, "4"), (4, "2"), (5, "5")])
def test_a_level_apart_or_less_urgent_asks_nobody(monkeypatch: pytest.MonkeyPatch, level: int, acuity: str) -> None:
    assert opinion(monkeypatch, level, acuity)[0].confirm is None


@pytest.mark.parametrize(
    "record", [{"status": PatientStatus.INPATIENT}, {"source": Source.ELECTIVE}, {"kind": NoteKind.NURSING}]
)
def test_only_emergency_patients_who_wait_and_have_a_triage_note(
    monkeypatch: pytest.MonkeyPatch, record: dict[str, object]
) -> None:
    found, asked = opinion(monkeypatch, 1, "5", **record)  # type: ignore[arg-type]
    assert (found.confirm, asked) == (None, [])


def test_silent_for_another_encoder() -> None:
    needs = {"a": Needs("a", {NeedName.LEVEL: level_of("ward")})}
    assert (
        second_opinion.with_second_opinions(needs, hospital([patient("a", **WAITING)]), ENCODER, load_heads()) == needs
    )


def ventilator(
    monkeypatch: pytest.MonkeyPatch,
    level: str = "icu",
    *,
    value: str = "no",
    source: NeedSource = NeedSource.NOTE,
    chance: float = 0.85,
) -> Need:
    class Model:
        heads = dict.fromkeys((Support.NIV, Support.VENTILATED))

        def probabilities(self, texts, measures):
            assert texts == ["ARDS, septic shock."]
            assert measures[0, 0] == 61.0
            return np.array([[0.99, chance]])

    monkeypatch.setattr(second_opinion, "load_organ_support", Model)
    need = Need(NeedName.VENTILATOR, value, 0.9, source, Binding.NONE)
    needs = {"a": Needs("a", {NeedName.VENTILATOR: need, NeedName.LEVEL: level_of(level)})}
    snapshot = hospital([patient("a", age=61)], [note("a", "ARDS, septic shock."), note("a", "No fever.", 2)])
    return second_opinion.with_second_opinions(needs, snapshot, ENCODER, OURS)["a"].by_name[NeedName.VENTILATOR]


def test_who_is_nearly_surely_ventilated_is_put_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ventilator(monkeypatch)
    assert (found.value, found.other, found.confirm) == ("no", "yes", Confirm.CONFLICT)


@pytest.mark.parametrize(
    "more",
    [
        {"level": "ward"},
        {"value": "yes"},
        {"source": NeedSource.RECORD},
        {"source": NeedSource.CLINICIAN},
        {"chance": 0.75},
    ],
)
def test_nobody_is_asked_otherwise(monkeypatch: pytest.MonkeyPatch, more: dict[str, object]) -> None:
    assert ventilator(monkeypatch, **more).confirm is None  # type: ignore[arg-type]
