import pytest

from medalloc.domain.needs import Basis, Binding, Confirm, Evidence, Need, NeedName, Needs, NeedSource
from medalloc.needs.claims import DEFAULTS, Claim, Cuts
from medalloc.needs.fuse import Said, Voice, fuse

QUOTE = (Evidence("n1", 3, 9, "on 4 L", 0.8),)


def fused(name: NeedName, recorded: str | None, claim: tuple[str, float] | None, *, unread: bool = False) -> Need:
    voice = None
    if claim is not None:
        value, chance = claim
        chances = {DEFAULTS[name]: 1.0 - chance, value: chance}
        cuts = Cuts(0.90, 0.50, 0.25, kept=0.3)
        manner = (NeedSource.NOTE, Basis.RULE)
        voice = Voice(Claim(value, chance, chance), chances, lambda _: QUOTE, lambda _: manner, cuts)
    return fuse(Said(name, recorded, voice, unread))


def test_the_record_is_hard() -> None:
    need = fused(NeedName.LEVEL, "hdu", ("icu", 0.07))
    assert need == Need(NeedName.LEVEL, "hdu", 1.0, NeedSource.RECORD, Binding.HARD, basis=Basis.STATED)


def test_a_note_that_agrees_is_shown_as_evidence() -> None:
    need = fused(NeedName.OXYGEN, "yes", ("yes", 0.93))
    assert (need.source, need.evidence, need.confirm) == (NeedSource.RECORD, QUOTE, None)


@pytest.mark.parametrize(
    ("strength", "binding", "confirm"),
    [(0.95, Binding.HARD, Confirm.FROM_NOTE), (0.7, Binding.SOFT, Confirm.FROM_NOTE)],
)
def test_a_note_alone_binds_by_strength(strength: float, binding: Binding, confirm: Confirm) -> None:
    need = fused(NeedName.OXYGEN, None, ("yes", strength))
    assert (need.value, need.source, need.binding, need.confirm) == ("yes", NeedSource.NOTE, binding, confirm)
    assert need.evidence == QUOTE


def test_a_sure_note_of_what_asks_nothing_of_a_bed_asks_nobody() -> None:
    assert fused(NeedName.FEEDING, None, ("yes", 0.95)).confirm is None
    assert fused(NeedName.FEEDING, None, ("yes", 0.7)).confirm is Confirm.FROM_NOTE


def test_how_the_note_was_read_is_kept() -> None:
    assert fused(NeedName.OXYGEN, None, ("yes", 0.95)).basis is Basis.RULE


def test_values_that_cannot_be_ruled_out_are_offered() -> None:
    assert fused(NeedName.ISOLATION, None, ("contact", 0.6)).candidates == ("contact", "none")
    assert fused(NeedName.ISOLATION, None, ("contact", 0.8)).candidates == ("contact",)


def test_a_weak_note_abstains_and_asks() -> None:
    need = fused(NeedName.OXYGEN, None, ("yes", 0.4))
    assert (need.value, need.probability) == ("no", 0.6)
    assert (need.abstained, need.binding, need.confirm) == (True, Binding.NONE, Confirm.UNSURE)


@pytest.mark.parametrize(
    ("name", "value", "default"),
    [
        (NeedName.OXYGEN, "yes", "no"),
        (NeedName.LEVEL, "hdu", "ward"),
        (NeedName.ISOLATION, "contact", "none"),
    ],
)
def test_nothing_in_the_notes_gives_the_default_and_asks_nobody(name: NeedName, value: str, default: str) -> None:
    need = fused(name, None, (value, 0.03))
    assert need == Need(name, default, 0.97, NeedSource.NOTE, Binding.NONE)


def test_of_a_sure_conflict_the_safer_binds() -> None:
    need = fused(NeedName.ISOLATION, "none", ("droplet", 0.96))
    assert (need.value, need.binding, need.source) == ("droplet", Binding.HARD, NeedSource.NOTE)
    assert (need.other, need.confirm) == ("none", Confirm.CONFLICT)


def test_a_less_safe_note_does_not_overrule_the_record() -> None:
    need = fused(NeedName.LEVEL, "icu", ("hdu", 0.97))
    assert (need.value, need.source, need.other) == ("icu", NeedSource.RECORD, "hdu")
    assert (need.binding, need.confirm) == (Binding.HARD, Confirm.CONFLICT)


def test_a_note_that_may_be_right_sways_and_the_record_stays_hard() -> None:
    need = fused(NeedName.LEVEL, "ward", ("hdu", 0.7))
    needs = Needs("p", {NeedName.LEVEL: need})
    assert (need.binding, need.confirm) == (Binding.SOFT, Confirm.FROM_NOTE)
    assert (needs.value(NeedName.LEVEL, Binding.HARD), needs.value(NeedName.LEVEL, Binding.SOFT)) == (
        "ward",
        "hdu",
    )


def test_another_specialty_in_the_notes_is_a_conflict_that_the_record_wins() -> None:
    need = fused(NeedName.SPECIALTY, "renal", ("urology", 0.95))
    assert (need.value, need.other, need.confirm) == ("renal", "urology", Confirm.CONFLICT)


def test_an_unsure_other_specialty_is_no_conflict() -> None:
    assert fused(NeedName.SPECIALTY, "renal", ("urology", 0.7)).confirm is None


def test_without_notes_the_default_abstains() -> None:
    need = fused(NeedName.OXYGEN, None, None)
    assert (need.value, need.abstained, need.binding, need.confirm) == ("no", True, Binding.NONE, None)


def test_without_notes_a_person_is_asked_for_the_specialty() -> None:
    assert fused(NeedName.SPECIALTY, None, None).confirm is Confirm.UNSURE


@pytest.mark.parametrize(
    ("name", "confirm"),
    [(NeedName.LEVEL, Confirm.UNSURE), (NeedName.ISOLATION, Confirm.UNSURE), (NeedName.SUCTION, None)],
)
def test_an_unreadable_note_is_no_proof_of_absence(name: NeedName, confirm: Confirm | None) -> None:
    need = fused(name, None, ("yes", 0.02), unread=True)
    assert (need.abstained, need.confirm) == (True, confirm)


def test_the_record_stands_where_notes_cannot_be_read() -> None:
    assert fused(NeedName.LEVEL, "icu", None, unread=True).binding is Binding.HARD
