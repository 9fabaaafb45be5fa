import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.needs.context import Reading, bit_of, read, turned
from medalloc.needs.cues import Modifier
from medalloc.needs.dialogue import Answer, Speaker, answer_of, dialogue_turns, readings
from medalloc.needs.sentences import Sentence, split_sentences

NEGATED, IF, PAST, OTHER = (
    bit_of(name) for name in (Modifier.NEGATED, Modifier.HYPOTHETICAL, Modifier.HISTORICAL, Modifier.OTHER_PERSON)
)
CASES = (
    ("Doctor: Any fever?\nPatient: No.", "fever", NEGATED),
    ("Doctor: Any fever, cough or chest pain?\nPatient: No, nothing like that.", "chest pain", NEGATED),
    ("Doctor: Any fever? Any chills?\nPatient: Nope.", "fever", NEGATED),
    ("Doctor: Do you need oxygen at home?\nPatient: Not really.", "oxygen", NEGATED),
    ("Doctor: Have you fallen?\nPatient: Uh, no, sir.", "fallen", NEGATED),
    ("Doctor: Are you on dialysis?\nPatient: I'm not.", "dialysis", NEGATED),
    ("Doctor: Do you use a walker?\nPatient: I don't.", "walker", NEGATED),
    ("Doctor: Do you use a walker?\nPatient: No I don't use one.", "walker", NEGATED),
    ("[doctor] any shortness of breath ?\n[patient] no , i have n't noticed any .", "shortness", NEGATED),
    ("[doctor] do you wear oxygen ?\n[patient] i do n't .", "oxygen", NEGATED),
    ("Doctor: So no diarrhea?\nPatient: Right.", "diarrhea", NEGATED),
    ("Nurse: Any confusion?\nDaughter: Not that I know of.", "confusion", NEGATED),
    ("Doctor: Any pain? Patient: None. Doctor: Any rash? Patient: Yes.", "pain", NEGATED),
    ("Doctor: Any fever?\nPatient: Yes.", "fever", 0),
    ("Doctor: Are you on oxygen?\nPatient: Yeah, two litres.", "oxygen", 0),
    ("Doctor: Are you on dialysis?\nPatient: I am.", "dialysis", 0),
    ("Doctor: Do you use a walker?\nPatient: I do, every day.", "walker", 0),
    ("[doctor] do you have diarrhea ?\n[patient] yes , since monday .", "diarrhea", 0),
    ("[doctor] are you short of breath ?\n[patient] um , a little bit .", "short", 0),
    ("Doctor: Any pain? Patient: None. Doctor: Any rash? Patient: Yes.", "rash", 0),
    ("Guest_clinician: Is she on oxygen?\nDoctor: Correct, four litres.", "oxygen", 0),
    ("Doctor: Any fever? Any chills?\nPatient: Yes.", "chills", 0),
    ("Doctor: Any fever? Any chills?\nPatient: Yes.", "fever", IF),
    ("Doctor: Are you on oxygen?\nPatient: About two litres.", "oxygen", IF),
    ("Doctor: Any fever?\nPatient: I don't know.", "fever", IF),
    ("Doctor: Any fever?\nPatient: Maybe.", "fever", IF),
    ("Doctor: Any fever?\nPatient: No, I'm not sure.", "fever", IF),
    ("Doctor: What does the oxygen do for you?\nPatient: Yes, it helps.", "oxygen", IF),
    ("Doctor: How long were you on oxygen?\nPatient: No idea.", "oxygen", IF),
    ("Doctor: I see.\nPatient: Could it be tuberculosis?\nDoctor: We will test.", "tuberculosis", IF),
    ("Doctor: Have you ever had delirium?\nPatient: Yes, after surgery.", "delirium", PAST),
    ("Doctor: Does dementia run in your family?\nPatient: Yes.", "family", OTHER),
    ("Doctor: How are things?\nPatient: My mom has dementia.", "dementia", OTHER),
    ("Doctor: How are things?\nPatient: My neighbor had norovirus.", "norovirus", OTHER),
    ("Doctor: How are things?\nPatient: I fell twice this week.", "fell", 0),
    ("Doctor: Any pain?\nPatient: No, I use oxygen at night.", "oxygen", 0),
    ("Doctor: Any pain?\nPatient: No, but I cough a lot.", "cough", 0),
    ("Doctor: Any cough?\nPatient: No, no fever either.", "fever", NEGATED),
    ("Doctor: We will start you on oxygen.\nPatient: Okay.\nDoctor: Good.\nPatient: Thanks.", "start", 0),
    ("Doctor: Okay?\nPatient: My daughter says I fall a lot.", "fall", 0),
    ("Doctor: Okay?\nPatient: I do n't need oxygen .", "oxygen", NEGATED),
    ("[doctor] okay ?\n[patient] i do n't need oxygen .", "oxygen", NEGATED),
    ("Doctor: If it gets worse, we will use oxygen.\nPatient: Will I need a ventilator?", "ventilator", IF),
)
PLAIN = (
    "Seen by doctor. Patient: comfortable. No fever.",
    "Patient: Mary Jones\nConsultant: Dr A Ames\nDiagnosis: pneumonia on oxygen",
    "Patient: Mary Jones\nDoctor: Ames",
    "Plan: 1. oxygen 2. bloods\nFamily: updated, agree\nNurse: one to one",
    "",
)


def bits(note: str, word: str) -> int:
    """What turns the first mention of a word."""
    for sentence, reading in readings(note):
        at = sentence.text.lower().find(word)
        if at >= 0:
            return turned(reading, at, at + len(word))
    raise AssertionError(f"{word!r} is in no sentence")


@pytest.mark.parametrize(("note", "word", "expected"), CASES)
def test_what_a_dialogue_says(note: str, word: str, expected: int) -> None:
    found = bits(note, word)
    assert found & expected == expected
    assert bool(found) == bool(expected)


@pytest.mark.parametrize("note", PLAIN)
def test_a_plain_note_is_no_dialogue_and_is_read_as_before(note: str) -> None:
    assert dialogue_turns(note) is None
    assert readings(note) == [(found, read(found.text, found.section)) for found in split_sentences(note)]


def test_turns_have_speakers_and_places() -> None:
    note = "[doctor] hi , ann .\n[patient_guest] she fell .\n\nGuest_family_1: Yes, twice.\nPatient: No?"
    found = dialogue_turns(note)
    assert found is not None
    assert [turn.speaker for turn in found] == [Speaker.CLINICIAN, Speaker.OTHER, Speaker.OTHER, Speaker.PATIENT]
    assert [note[turn.start : turn.end] for turn in found] == ["hi , ann .", "she fell .", "Yes, twice.", "No?"]


def test_a_statement_of_some_length_makes_a_dialogue_without_a_question() -> None:
    assert dialogue_turns("Doctor: Tell me about the health of your parents.\nPatient: They are both well as I know.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No.", Answer.NO),
        ("Well, um, not yet.", Answer.NO),
        ("Northern air helps.", Answer.NEITHER),
        ("Nothing new, I have a cough.", Answer.NEITHER),
        ("Mm-hmm.", Answer.YES),
        ("Sure, on Mondays.", Answer.YES),
        ("Yesterday.", Answer.NEITHER),
        ("", Answer.NEITHER),
    ],
)
def test_answers(text: str, expected: Answer) -> None:
    assert answer_of(text) is expected


@given(st.lists(st.sampled_from([note for note, _, _ in CASES] + list(PLAIN)), max_size=4), st.text(max_size=30))
def test_every_sentence_is_a_slice_of_its_note_and_every_word_has_its_mask(parts: list[str], more: str) -> None:
    note = "\n".join([*parts, more])
    for sentence, reading in readings(note):
        assert isinstance(sentence, Sentence)
        assert note[sentence.start : sentence.end] == sentence.text
        assert isinstance(reading, Reading)
        assert len(reading.spans) == len(reading.masks)
        assert len(reading.masks) in (0, len(reading.words))
