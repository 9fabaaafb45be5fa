from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.domain.needs import Basis, Binding, Confirm, NeedName, NeedSource, requirements_of
from medalloc.domain.people import Isolation
from medalloc.domain.places import Level
from medalloc.domain.progress import Progress
from medalloc.needs.chinese import COVERED
from medalloc.needs.reader import read_needs
from tests.needs.small import ENCODER, heads, hospital, note, patient, vitals

WELL = "Slept well. Ate breakfast. Breathing room air. Mobile to bathroom. Left arm weak, dysphasia."
ILL = "Wearing nasal cannulae 2 L. Noradrenaline running, arterial line. Left arm weak, dysphasia."


def read_one(text: str, **record: object):
    snapshot = hospital([patient("p1", **record)], [note("p1", text)] if text else [])
    return read_needs(snapshot, ENCODER, heads=heads())["p1"]


def test_every_need_of_every_patient_is_read() -> None:
    snapshot = hospital([patient("a"), patient("b"), patient("c")], [note("a", WELL), note("c", ILL)])
    found = read_needs(snapshot, ENCODER, heads=heads())
    assert list(found) == ["a", "b", "c"]
    assert all(list(needs.by_name) == list(NeedName) for needs in found.values())


def test_airborne_isolation_asks_for_negative_pressure() -> None:
    by_name = read_one(WELL, isolation=Isolation.AIRBORNE).by_name
    need = by_name[NeedName.NEGATIVE_PRESSURE]
    assert (need.value, need.source, need.basis) == ("yes", NeedSource.RECORD, Basis.DERIVED)
    assert read_one(WELL, isolation=Isolation.DROPLET).by_name[NeedName.NEGATIVE_PRESSURE].value == "no"


def test_notes_give_needs_with_their_sentence() -> None:
    need = read_one(ILL).by_name[NeedName.OXYGEN]
    assert (need.value, need.source, need.confirm) == ("yes", NeedSource.NOTE, Confirm.FROM_NOTE)
    assert need.evidence[0].quote == "Wearing nasal cannulae 2 L."


def test_what_is_denied_is_not_needed() -> None:
    need = read_one("No cannulae, breathing room air. Mobile to bathroom. Left arm weak.").by_name[NeedName.OXYGEN]
    assert (need.value, need.confirm) == ("no", None)


def test_level_and_specialty_are_read() -> None:
    by_name = read_one(ILL).by_name
    assert by_name[NeedName.LEVEL].value == "icu"
    assert by_name[NeedName.SPECIALTY].value == "stroke"


def test_a_well_patient_floods_nobody() -> None:
    needs = read_one(WELL, specialty="stroke")
    assert [need.name for need in needs.by_name.values() if need.confirm] == []


def test_record_and_notes_that_disagree_are_a_conflict() -> None:
    need = read_one(ILL, level=Level.WARD).by_name[NeedName.LEVEL]
    assert (need.value, need.other, need.confirm, need.binding) == (
        "icu",
        "ward",
        Confirm.CONFLICT,
        Binding.HARD,
    )


def test_the_record_of_features_is_complete() -> None:
    need = read_one(WELL, features=frozenset({"suction", "ensuite"})).by_name
    assert (need[NeedName.SUCTION].value, need[NeedName.TELEMETRY].value) == ("yes", "no")
    assert need[NeedName.TELEMETRY].source is NeedSource.RECORD


def test_the_organism_goes_with_the_isolation() -> None:
    by_name = read_one("Influenza swab positive, masks worn. Left arm weak, dysphasia.").by_name
    assert by_name[NeedName.ISOLATION].value == "droplet"
    assert by_name[NeedName.ORGANISM].value == "influenza A"


def test_without_isolation_no_organism() -> None:
    need = read_one(WELL, isolation=Isolation.NONE).by_name[NeedName.ORGANISM]
    assert (need.value, need.source, need.binding, need.confirm) == (
        "",
        NeedSource.RECORD,
        Binding.NONE,
        None,
    )


def test_a_recorded_organism_stands() -> None:
    need = read_one(WELL, isolation=Isolation.CONTACT, organism="own word").by_name[NeedName.ORGANISM]
    assert (need.value, need.source, need.binding) == ("own word", NeedSource.RECORD, Binding.HARD)


def test_news2_is_told_and_is_a_floor() -> None:
    ill = vitals("p1", resp_rate=26, spo2=90, pulse=118)
    snapshot = hospital([patient("p1", age=71)], [note("p1", WELL)], [ill])
    needs = read_needs(snapshot, ENCODER, heads=heads())["p1"]
    assert needs.news2 == 8
    assert int(needs.by_name[NeedName.ACUITY].value) <= 2


def test_a_note_in_another_language_abstains() -> None:
    needs = read_one("Pacjent wymaga tlenu przez wąsy tlenowe dziś rano, stan stabilny.")
    assert all(need.abstained for need in needs.by_name.values())
    asked = {name for name, need in needs.by_name.items() if need.confirm is Confirm.UNSURE}
    assert asked == {NeedName.SPECIALTY, NeedName.LEVEL, NeedName.ISOLATION}


def test_a_chinese_note_is_read_by_its_own_rules() -> None:
    text = "患者今日需要吸氧,每分钟两升,生命体征平稳。"
    by_name = read_one(text).by_name
    oxygen = by_name[NeedName.OXYGEN]
    assert (oxygen.value, oxygen.source, oxygen.basis) == ("yes", NeedSource.NOTE, Basis.RULE)
    assert oxygen.evidence[0].quote == text
    assert not by_name[NeedName.DIALYSIS].abstained


def test_what_chinese_notes_do_not_cover_is_said_and_not_guessed() -> None:
    by_name = read_one("患者今日需要吸氧,每分钟两升,生命体征平稳。").by_name
    uncovered = set(NeedName) - COVERED - {NeedName.ACUITY}
    assert uncovered >= {NeedName.INTERPRETER, NeedName.BARRIER}
    assert all(by_name[name].abstained and by_name[name].basis is Basis.UNREAD for name in uncovered)


def test_of_english_and_chinese_notes_the_one_that_says_more_speaks() -> None:
    notes = [note("p1", WELL, 1), note("p1", "患者今日需要吸氧,每分钟两升。", 5)]
    by_name = read_needs(hospital([patient("p1")], notes), ENCODER, heads=heads())["p1"].by_name
    assert by_name[NeedName.OXYGEN].evidence[0].note_id == "p1-5"
    assert by_name[NeedName.SPECIALTY].value == "stroke"


def test_no_notes_and_nothing_recorded_give_the_defaults() -> None:
    needs = read_one("")
    found = requirements_of(patient("p1"), {"p1": needs})
    assert (found.level, found.isolation, found.features, found.specialty) == (
        Level.WARD,
        Isolation.NONE,
        frozenset(),
        "",
    )
    assert [need.name for need in needs.by_name.values() if need.confirm] == [NeedName.SPECIALTY]


def test_progress_is_told_and_a_stop_still_gives_needs() -> None:
    steps: list[str] = []

    def stop(progress: Progress) -> bool:
        steps.append(progress.step)
        return False

    found = read_needs(hospital([patient("a")], [note("a", ILL)]), ENCODER, heads=heads(), on_progress=stop)
    assert steps == ["encode", "read"]
    assert found["a"].by_name[NeedName.LEVEL].value == "icu"


SENTENCES = st.sampled_from(
    [*ILL.split(". "), *WELL.split(". "), "No fever; on 2 L", "PMH: COPD", "\n", "Dr. Ames r/v"]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(SENTENCES, max_size=6).map(". ".join), min_size=1, max_size=3))
def test_every_quote_is_verbatim(texts: list[str]) -> None:
    notes = [note("p1", text, hours_ago) for hours_ago, text in enumerate(texts)]
    needs = read_needs(hospital([patient("p1")], notes), ENCODER, heads=heads())["p1"]
    text_of = {one.note_id: one.text for one in notes}
    for need in needs.by_name.values():
        assert 0 <= need.probability <= 1
        for evidence in need.evidence:
            assert text_of[evidence.note_id][evidence.start : evidence.end] == evidence.quote
            assert evidence.contribution > 0
