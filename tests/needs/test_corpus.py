from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from medalloc.domain.progress import Progress
from medalloc.needs.corpus import gather
from medalloc.needs.encoder import HashEncoder
from medalloc.needs.readable import KnownWords
from tests.needs.small import ENCODER, hospital, note, patient

KNOWN = KnownWords.of("slept well needs oxygen no fever on two litres today".split())


def test_sentences_stand_patient_by_patient_the_last_note_first() -> None:
    notes = [
        note("b", "No fever.", 9),
        note("a", "Slept well. Needs oxygen."),
        note("b", "On two litres.", 2),
    ]
    corpus = gather(hospital([patient("a"), patient("none"), patient("b")], notes), ENCODER)
    assert corpus.starts.tolist() == [0, 2, 2, 4]
    assert [piece.sentence.text for piece in corpus.pieces[2:]] == ["On two litres.", "No fever."]


def test_what_is_denied_is_not_encoded() -> None:
    corpus = gather(hospital([patient("a")], [note("a", "No fever. Needs oxygen. No fever but needs oxygen")]), ENCODER)
    assert not corpus.vectors[0].any()
    assert np.allclose(corpus.vectors[2], ENCODER.encode(["needs oxygen"])[0])


def test_a_note_that_cannot_be_read_is_left_out_and_told() -> None:
    notes = [
        note("a", "Slept well."),
        note("a", "患者需要吸氧。", 3),
        note("b", "Pacjent wymaga tlenu przez maske dzis."),
    ]
    corpus = gather(hospital([patient("a"), patient("b"), patient("c")], notes), ENCODER, KNOWN)
    assert corpus.unread == {"b"}
    assert [one.note_id for one in corpus.chinese["a"]] == ["a-3"]
    assert [piece.sentence.text for piece in corpus.pieces] == ["Slept well."]


def test_progress_is_told_in_chunks_and_can_stop() -> None:
    told: list[Progress] = []
    text = "\n".join(f"Needs oxygen {place % 97}" for place in range(2400))
    gather(hospital([patient("a")], [note("a", text)]), ENCODER, None, lambda step: not told.append(step))  # type: ignore[func-returns-value]
    assert [round(step.share or 0, 2) for step in told] == [0.0, 0.43, 0.85]


def test_the_encoder_is_spared_numbers() -> None:
    asked: list[str] = []

    class Listening(HashEncoder):
        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            asked.extend(texts)
            return super().encode(texts)

    text = "On 2.5L via mask since 09:40.\nOn 3L via mask since 11:05."
    gather(hospital([patient("a")], [note("a", text)]), Listening(16))
    assert asked == ["On 0L via mask since 0", "On 0L via mask since 0"]


def test_no_notes_no_sentences() -> None:
    corpus = gather(hospital([patient("a")]), ENCODER)
    assert (len(corpus.pieces), corpus.vectors.shape) == (0, (0, 16))
