from dataclasses import replace

import pytest

from medalloc.domain.people import Readiness
from medalloc.needs.known import reading_keys
from tests.needs.small import heads, hospital, note, patient, vitals

ALIKE = hospital(
    [patient("a", features=frozenset({"oxygen", "suction"})), patient("b")],
    [note("a", "Slept well."), note("b", "On 2 L.")],
    [vitals("a")],
)


def key(snapshot=ALIKE, encoder: str = "hash-16", known=None, secret: bytes = b"s") -> str:
    return reading_keys(snapshot, encoder, known or heads(), secret)["a"]


def changed(**record: object):
    first, *rest = ALIKE.patients
    return replace(ALIKE, patients=(replace(first, **record), *rest))


def test_the_same_gives_the_same_key() -> None:
    again = changed(features=frozenset(["suction", "oxygen"]))
    assert key() == key(again)


@pytest.mark.parametrize(
    "snapshot",
    [
        changed(features=frozenset({"oxygen"})),
        changed(features=None),
        changed(age=71),
        changed(readiness=Readiness.READY),
        replace(ALIKE, notes=(note("a", "Slept  well."), *ALIKE.notes[1:])),
        replace(ALIKE, notes=(note("a", "Slept well.", 2), *ALIKE.notes[1:])),
        replace(ALIKE, vitals=(vitals("a", pulse=118),)),
    ],
)
def test_whatever_is_read_changes_the_key(snapshot) -> None:
    assert key(snapshot) != key()


def test_what_reads_changes_the_key() -> None:
    assert len({key(), key(encoder="other"), key(known=replace(heads(), version="l1")), key(secret=b"t")}) == 4


def test_other_patients_do_not_change_the_key() -> None:
    other = replace(ALIKE, notes=(*ALIKE.notes, note("b", "Off oxygen.", 3)))
    assert key(other) == key()
    assert reading_keys(other, "hash-16", heads(), b"s")["b"] != reading_keys(ALIKE, "hash-16", heads(), b"s")["b"]
