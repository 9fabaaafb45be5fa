import numpy as np

from medalloc.domain.needs import NeedName
from medalloc.needs.corpus import Corpus, Piece
from medalloc.needs.ngrams import grams
from medalloc.needs.sentences import Sentence
from medalloc.needs.statements import Statement
from medalloc.needs.verdicts import Verdict, verdicts


def corpus(*patients: list[tuple[str, list[tuple[NeedName, str]]]]) -> Corpus:
    """Patients with sentences, each with its note and what the rules find in it."""
    pieces = [
        Piece(
            note_id,
            Sentence(0, 9, "any words"),
            tuple(Statement(name, value, 0, 3, f"{name}.x") for name, value in said),
        )
        for one in patients
        for note_id, said in one
    ]
    starts = np.cumsum([0, *map(len, patients)])
    empty = grams([[] for _ in pieces])
    return Corpus(tuple("abc"[: len(patients)]), tuple(pieces), starts, empty, np.zeros((len(pieces), 2)), frozenset())


def test_the_last_note_that_speaks_decides() -> None:
    newest_first = [("n3", []), ("n2", [(NeedName.OXYGEN, "no")]), ("n1", [(NeedName.OXYGEN, "yes")])]
    assert verdicts(corpus(newest_first))[0] == {NeedName.OXYGEN: Verdict("no", (1,), "oxygen.x", is_last=False)}


def test_within_a_note_the_safer_decides() -> None:
    one = [
        ("n1", [(NeedName.MOBILITY, "one")]),
        ("n1", [(NeedName.MOBILITY, "hoist")]),
        ("n1", [(NeedName.MOBILITY, "two")]),
    ]
    assert verdicts(corpus(one))[0][NeedName.MOBILITY] == Verdict("hoist", (1,), "mobility.x", is_last=True)


def test_all_sentences_that_say_so_are_kept() -> None:
    one = [("n1", [(NeedName.FALLS, "yes")]), ("n1", []), ("n1", [(NeedName.FALLS, "yes")])]
    assert verdicts(corpus(one))[0][NeedName.FALLS].places == (0, 2)


def test_patients_do_not_mix() -> None:
    found = verdicts(corpus([("n1", [])], [("n2", [(NeedName.FALLS, "yes")])], []))
    assert [list(one) for one in found] == [[], [NeedName.FALLS], []]
