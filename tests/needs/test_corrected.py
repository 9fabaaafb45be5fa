from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.domain.corrections import Correction, CorrectionKind, CorrectionReason
from medalloc.domain.needs import Basis, Binding, Confirm, Evidence, Need, NeedName, Needs, NeedSource
from medalloc.domain.people import Isolation, Note, NoteKind, Patient, Vitals
from medalloc.domain.review import UserRole
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.needs.corrected import ABSENT, VALUES, all_corrected, corrected, with_value

SEEN = datetime(2026, 3, 5, 8, 0)
"""The moment of the snapshot that the clinician saw."""
LATER = SEEN + timedelta(hours=26)
TEXT = "Sats 88%, on 4 L via nasal cannulae."
OXYGEN, ISOLATION, ORGANISM = NeedName.OXYGEN, NeedName.ISOLATION, NeedName.ORGANISM
N, S, B = NeedName, NeedSource, Binding


def hospital(written_at: datetime = SEEN, taken_at: datetime = SEEN) -> HospitalSnapshot:
    """One patient with one note and one set of vital signs."""
    return HospitalSnapshot(
        "Tiny",
        LATER,
        "Europe/London",
        (),
        (),
        (Patient("P3"),),
        notes=(Note("n1", "P3", written_at, NoteKind.NURSING, TEXT),),
        vitals=(Vitals("P3", taken_at),),
    )


def correction(name: NeedName, value: str, **changes: object) -> Correction:
    fields: dict[str, object] = {
        "patient_id": "P3",
        "name": name,
        "kind": CorrectionKind.CHANGE,
        "value": value,
        "was": "yes",
        "probability": 0.93,
        "reason": CorrectionReason.SEEN,
        "comment": "",
        "by": "Ada",
        "role": UserRole.CLINICIAN,
        "made_at": datetime(2026, 3, 5, 8, 17, tzinfo=UTC),
        "at": SEEN,
    }
    return Correction(**{**fields, **changes})  # type: ignore[arg-type]


def noted(name: NeedName, value: str, **changes: object) -> Need:
    """Read from the note, surely."""
    piece = Evidence("n1", 10, 35, TEXT[10:35], 1.5)
    need = Need(name, value, 0.93, S.NOTE, B.HARD, confirm=Confirm.FROM_NOTE, evidence=(piece,))
    return replace(need, **changes)  # type: ignore[arg-type]


def of(*known: Need) -> Needs:
    return Needs("P3", {need.name: need for need in known}, news2=7)


def one(needs: Needs, said: Correction, snapshot: HospitalSnapshot | None = None) -> Need:
    return corrected(needs, {said.name: said}, snapshot or hospital()).by_name[said.name]


def test_nothing_said_changes_nothing() -> None:
    needs = of(noted(OXYGEN, "yes"))
    assert corrected(needs, {}, hospital()) is needs


def test_confirmed_need_is_certain_binds_and_keeps_its_evidence() -> None:
    read = noted(OXYGEN, "yes", binding=B.SOFT)
    found = one(of(read), correction(OXYGEN, "yes", kind=CorrectionKind.CONFIRM))
    assert found == Need(OXYGEN, "yes", 1.0, S.CLINICIAN, B.HARD, evidence=read.evidence, basis=Basis.STATED)


def test_changed_need_names_what_was_read_and_drops_what_spoke_for_it() -> None:
    found = one(of(noted(OXYGEN, "yes")), correction(OXYGEN, "no"))
    assert (found.value, found.other, found.evidence, found.confirm) == ("no", "yes", (), None)


def test_guess_that_was_too_unsure_overrules_nothing() -> None:
    guess = noted(OXYGEN, "yes", abstained=True, binding=B.NONE, confirm=Confirm.UNSURE)
    assert one(of(guess), correction(OXYGEN, "no")).other == ""


def test_need_that_was_never_read_is_added_in_its_place() -> None:
    said = correction(N.TELEMETRY, "yes")
    found = corrected(of(noted(OXYGEN, "yes"), noted(N.NIV, "no")), {said.name: said}, hospital())
    assert list(found.by_name) == [OXYGEN, N.TELEMETRY, N.NIV]
    assert found.requirements.features == {"oxygen", "telemetry"}


@pytest.mark.parametrize(("hours", "confirm"), [(-1, None), (0, None), (3, Confirm.CONFLICT)])
def test_note_written_since_that_surely_says_otherwise_is_a_conflict(hours: int, confirm: Confirm | None) -> None:
    snapshot = hospital(written_at=SEEN + timedelta(hours=hours))
    found = one(of(noted(OXYGEN, "yes")), correction(OXYGEN, "no"), snapshot)
    assert (found.value, found.binding, found.confirm) == ("no", B.HARD, confirm)
    assert [piece.note_id for piece in found.evidence] == (["n1"] if confirm else [])


@pytest.mark.parametrize("doubt", [{"binding": B.SOFT}, {"abstained": True}])
def test_unsure_note_since_is_no_conflict(doubt: dict[str, object]) -> None:
    found = one(of(noted(OXYGEN, "yes", **doubt)), correction(OXYGEN, "no"), hospital(written_at=LATER))
    assert found.confirm is None


def test_note_since_that_agrees_is_no_conflict() -> None:
    found = one(of(noted(OXYGEN, "no")), correction(OXYGEN, "no"), hospital(written_at=LATER))
    assert found.confirm is None


@pytest.mark.parametrize(("taken_at", "confirm"), [(SEEN, None), (LATER, Confirm.CONFLICT)])
def test_vital_signs_taken_since_are_heard(taken_at: datetime, confirm: Confirm | None) -> None:
    ill = Need(N.ACUITY, "2", 0.8, S.VITALS, B.HARD)
    found = one(of(ill), correction(N.ACUITY, "4", was="2", probability=0.8), hospital(taken_at=taken_at))
    assert (found.value, found.confirm) == ("4", confirm)


@pytest.mark.parametrize(
    ("was", "probability", "confirm"),
    [("airborne", 1.0, None), ("contact", 1.0, Confirm.CONFLICT), ("airborne", 0.93, Confirm.CONFLICT)],
)
def test_record_that_says_something_new_is_heard(was: str, probability: float, confirm: Confirm | None) -> None:
    record = Need(ISOLATION, "airborne", 1.0, S.RECORD, B.HARD)
    found = one(of(record), correction(ISOLATION, "none", was=was, probability=probability))
    assert (found.value, found.confirm) == ("none", confirm)


def test_record_of_the_snapshot_that_the_clinician_saw_is_not_new() -> None:
    """The record has changed since an earlier word; whoever confirms that word against it has settled the conflict."""
    record, seen_now = Need(ISOLATION, "airborne", 1.0, S.RECORD, B.HARD), {"kind": CorrectionKind.CONFIRM, "at": LATER}
    found = one(of(record), correction(ISOLATION, "none", was="none", probability=1.0, reason=None, **seen_now))
    assert (found.value, found.other, found.confirm) == ("none", "airborne", None)


@pytest.mark.parametrize(("value", "pressure"), [("airborne", "yes"), ("contact", "no"), ("none", "no")])
def test_negative_pressure_follows_isolation(value: str, pressure: str) -> None:
    said = correction(ISOLATION, value)
    found = corrected(of(noted(ISOLATION, "droplet")), {ISOLATION: said}, hospital())
    follows = found.by_name[N.NEGATIVE_PRESSURE]
    assert (follows.value, follows.basis, follows.source) == (pressure, Basis.DERIVED, S.CLINICIAN)


@pytest.mark.parametrize(("value", "organism"), [("none", ""), ("protective", ""), ("droplet", "MRSA")])
def test_organism_goes_with_the_precautions_against_it(value: str, organism: str) -> None:
    needs = of(noted(ISOLATION, "contact"), noted(ORGANISM, "MRSA"))
    found = corrected(needs, {ISOLATION: correction(ISOLATION, value)}, hospital())
    assert found.requirements.organism == organism


def test_organism_that_a_clinician_names_stays() -> None:
    said = {ISOLATION: correction(ISOLATION, "none"), ORGANISM: correction(ORGANISM, "VRE")}
    found = corrected(of(noted(ISOLATION, "contact"), noted(ORGANISM, "MRSA")), said, hospital())
    assert found.by_name[ORGANISM].value == "VRE"


def test_removed_need_lifts_what_the_record_demands() -> None:
    needs = of(Need(N.LEVEL, "icu", 1.0, S.RECORD, B.HARD))
    assert with_value(needs, N.LEVEL, ABSENT[N.LEVEL]).requirements.level == "ward"


def test_all_of_a_hospital_are_corrected_and_the_rest_stay() -> None:
    needs = {"P3": of(noted(OXYGEN, "yes")), "P4": Needs("P4", {})}
    said = {"P3": {OXYGEN: correction(OXYGEN, "no")}, "P9": {OXYGEN: correction(OXYGEN, "yes")}}
    found = all_corrected(needs, said, hospital())
    assert found.keys() == needs.keys()
    assert found["P3"].by_name[OXYGEN].value == "no"
    assert found["P4"] is needs["P4"]


def test_every_need_but_those_that_follow_has_values() -> None:
    assert set(NeedName) - set(VALUES) == {N.NEGATIVE_PRESSURE}
    assert set(VALUES) - set(ABSENT) == {N.SPECIALTY, N.ACUITY}
    assert {ABSENT[N.LEVEL], ABSENT[ISOLATION], ABSENT[N.READINESS]} == {"ward", str(Isolation.NONE), "not_ready"}


READ = st.sampled_from(sorted(VALUES)).flatmap(
    lambda name: st.builds(
        Need,
        st.just(name),
        st.sampled_from(VALUES[name]),
        st.floats(0, 1),
        st.sampled_from(NeedSource),
        st.sampled_from(Binding),
        st.booleans(),
    )
)


@given(read=READ, place=st.integers(0, 99), since=st.booleans())
def test_clinician_always_binds_and_doing_it_twice_changes_nothing(read: Need, place: int, since: bool) -> None:
    values = VALUES[read.name]
    said = correction(read.name, values[place % len(values)])
    snapshot = hospital(*(2 * [LATER if since else SEEN]))
    once = corrected(of(read), {read.name: said}, snapshot)
    found = once.by_name[read.name]
    assert (found.value, found.probability, found.source, found.binding) == (said.value, 1.0, S.CLINICIAN, B.HARD)
    assert not found.abstained
    again = corrected(once, {read.name: said}, snapshot).by_name[read.name]
    assert (again.value, again.source, again.binding) == (found.value, found.source, found.binding)
