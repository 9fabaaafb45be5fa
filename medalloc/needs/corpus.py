"""All sentences of a hospital's notes as numbers: what the heads read, and where each sentence stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from medalloc.domain.people import Note
from medalloc.domain.progress import OnProgress, Progress
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.needs.chinese import is_chinese
from medalloc.needs.context import Reading, asserted, turned
from medalloc.needs.dialogue import readings
from medalloc.needs.encoder import Encoder
from medalloc.needs.ngrams import TAG, Grams, grams, marked
from medalloc.needs.quantities import quantity_of
from medalloc.needs.readable import LEAST_KNOWN, MOST_FOREIGN, KnownWords, foreign_share
from medalloc.needs.sentences import Sentence
from medalloc.needs.statements import Statement, statements

CHUNK = 1024
"""Sentences encoded between two reports of progress."""
NUMBER = re.compile(r"\d[\d.,:/]*")
"""Times, doses and measurements: they say little to the encoder, and cost it a quarter of its time."""
OLDEST = 2
"""Notes are told apart by age up to this many places from the last."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence in its note."""

    note_id: str
    sentence: Sentence
    statements: tuple[Statement, ...] = ()
    """What the reading rules find said in it."""


@dataclass(frozen=True)
class Corpus:
    """Sentences by patient, as n-grams and vectors."""

    patient_ids: tuple[str, ...]
    pieces: tuple[Piece, ...]
    """Patient by patient."""
    starts: NDArray[np.int64]
    """Where each patient's sentences start in `pieces`, and the end, (n_patients + 1,)."""
    grams: Grams
    vectors: NDArray[np.float32]
    """Of what each sentence asserts; a row of 0 where it asserts nothing, (n_sentences, dim)."""
    unread: frozenset[str]
    """Patients with a note that cannot be read."""
    chinese: Mapping[str, tuple[Note, ...]] = field(default_factory=dict)
    """Chinese notes by patient_id: they are read another way."""


@dataclass
class _Gathered:
    pieces: list[Piece] = field(default_factory=list)
    words: list[list[str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    unread: set[str] = field(default_factory=set)
    chinese: dict[str, tuple[Note, ...]] = field(default_factory=dict)


def gather(
    snapshot: HospitalSnapshot,
    encoder: Encoder,
    known: KnownWords | None = None,
    on_progress: OnProgress | None = None,
) -> Corpus:
    """The corpus of a snapshot; when asked to stop, the sentences not yet encoded keep rows of 0.

    Parameters
    ----------
    known
        Words that the heads know: notes of others are left out. None: every note is taken.
    """
    gathered = _Gathered()
    for patient in snapshot.patients:
        _add_patient(gathered, patient.patient_id, snapshot.notes_of.get(patient.patient_id, ()), known)
    return Corpus(
        patient_ids=tuple(patient.patient_id for patient in snapshot.patients),
        pieces=tuple(gathered.pieces),
        starts=np.asarray(gathered.starts, dtype=np.int64),
        grams=grams(gathered.words),
        vectors=_encode(gathered.said, encoder, on_progress or (lambda _: True)),
        unread=frozenset(gathered.unread),
        chinese=gathered.chinese,
    )


def texts_to_encode(snapshot: HospitalSnapshot) -> list[str]:
    """What the encoder is given for a snapshot, sentence by sentence, repeats included."""
    gathered = _Gathered()
    for patient in snapshot.patients:
        _add_patient(gathered, patient.patient_id, snapshot.notes_of.get(patient.patient_id, ()), None)
    return [text for text in gathered.said if _has_letters(text)]


def _add_patient(gathered: _Gathered, patient_id: str, notes: Sequence[Note], known: KnownWords | None) -> None:
    newest_first = sorted(notes, key=lambda note: note.written_at, reverse=True)
    for age, note in enumerate(newest_first):
        if not note.text.isascii() and is_chinese(note.text):
            gathered.chinese[patient_id] = (*gathered.chinese.get(patient_id, ()), note)
        elif foreign_share(note.text) > MOST_FOREIGN or not _add_note(gathered, note, age, known):
            gathered.unread.add(patient_id)
    gathered.starts.append(len(gathered.pieces))


def _add_note(gathered: _Gathered, note: Note, age: int, known: KnownWords | None) -> bool:
    """Add the sentences of a note; False, and nothing added, where too few of its words are known."""
    read = readings(note.text)
    if known is not None and known.share(word for _, found in read for word in found.words) < LEAST_KNOWN:
        return False
    place = f"{TAG}age{min(age, OLDEST)}"
    for sentence, reading in read:
        found = statements(sentence.text, reading)
        gathered.pieces.append(Piece(note.note_id, sentence, found))
        tags = [place, f"{TAG}{sentence.section}", *_quantity_tag(sentence.text, reading)]
        tags.extend(f"{TAG}{one.name}={one.value}" for one in found)
        gathered.words.append([*tags, *marked(reading.words, reading.masks)])
        gathered.said.append(NUMBER.sub("0", asserted(sentence.text, reading)))
    return True


def _quantity_tag(text: str, reading: Reading) -> list[str]:
    found = quantity_of(text)
    if found is None or turned(reading, found[1], found[2]):
        return []
    return [f"{TAG}{found[0]}"]


def _encode(texts: Sequence[str], encoder: Encoder, on_progress: Callable[[Progress], bool]) -> NDArray[np.float32]:
    vectors = np.zeros((len(texts), encoder.dim), dtype=np.float32)
    said = [place for place, text in enumerate(texts) if _has_letters(text)]
    for chunk in _chunks(said):
        if not on_progress(Progress("encode", share=chunk[0] / len(texts))):
            break
        vectors[chunk] = encoder.encode([texts[place] for place in chunk])
    return vectors


def _has_letters(text: str) -> bool:
    return any(mark.isalpha() for mark in text)


def _chunks(places: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(places), CHUNK):
        yield places[start : start + CHUNK]
