"""What the notes and vital signs say of every patient: probabilities, and the sentences behind them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medalloc.domain.needs import Basis, Evidence, NeedName
from medalloc.needs.corpus import Corpus
from medalloc.needs.facts import Facts
from medalloc.needs.head import Parts
from medalloc.needs.heads import Heads
from medalloc.needs.pool import Floats, pool
from medalloc.needs.verdicts import Verdict

MOST_QUOTES = 3
LEAST_SHARE = 0.25
"""A sentence is quoted if it brings this share of what the strongest one brings."""


@dataclass(frozen=True)
class Estimates:
    """Probabilities of a corpus's patients, by place in it."""

    corpus: Corpus
    heads: Heads
    facts: Facts
    scores: Floats
    """z of the sentences, (n_sentences, n_outputs)."""
    pooled: Floats
    """(n_patients, n_outputs)."""
    probabilities: dict[NeedName, Floats]
    """(n_patients, n_values) by need."""

    def has_notes(self, patient: int) -> bool:
        """Whether any sentence of the patient was read."""
        return bool(self.corpus.starts[patient] < self.corpus.starts[patient + 1])

    def chances(self, name: NeedName, patient: int) -> dict[str, float]:
        """Probability of every value of a need."""
        values = self.heads.by_name[name].values
        return dict(zip(values, self.probabilities[name][patient].tolist(), strict=True))

    def verdict(self, name: NeedName, patient: int) -> Verdict | None:
        """What the reading rules found said of a need; None where they found nothing."""
        return self.facts.verdicts[patient].get(name)

    def basis(self, name: NeedName, patient: int, value: str) -> Basis:
        """Whether a rule found a value said, or the model reads it."""
        verdict = self.verdict(name, patient)
        return Basis.RULE if verdict is not None and verdict.value == value else Basis.MODEL

    def parts(self, name: NeedName, patient: int, value: str) -> Parts:
        """What the log-odds of a value are made of."""
        return self.heads.by_name[name].parts(self.pooled, self.facts, patient, value)

    def contributions(self, name: NeedName, patient: int, value: str) -> Floats:
        """What each sentence of the patient adds to the log-odds of a value, (n_sentences of the patient,).

        With `rest` and the vital signs (`parts`) they sum to the log-odds. A sentence that a reading rule speaks of
        brings what the rule adds.
        """
        parts, first = self.parts(name, patient, value), int(self.corpus.starts[patient])
        found = self._shares(name, patient) @ parts.pooled
        verdict = self.verdict(name, patient)
        if verdict is not None and parts.said:
            found[[place - first for place in verdict.places]] += parts.said / len(verdict.places)
        return np.asarray(found)

    def rest(self, name: NeedName, patient: int, value: str) -> float:
        """What neither a sentence nor a vital sign adds: the intercept, and the part of the silent sentence."""
        parts = self.parts(name, patient, value)
        pooled = self.pooled[patient, self.heads.by_name[name].columns]
        return parts.constant + float(np.exp(-pooled) @ parts.pooled)

    def evidence(self, name: NeedName, patient: int, value: str) -> tuple[Evidence, ...]:
        """The sentences that speak most for a value, the strongest first; none where none does."""
        added = self.contributions(name, patient, value)
        strongest = np.argsort(-added, kind="stable")[:MOST_QUOTES]
        first = int(self.corpus.starts[patient])
        return tuple(
            self._quote(first + int(place), float(added[place]))
            for place in strongest
            if added[place] > 0 and added[place] >= LEAST_SHARE * added[strongest[0]]
        )

    def _shares(self, name: NeedName, patient: int) -> Floats:
        """Share of each sentence in each own column, (n_sentences, n_columns)."""
        head = self.heads.by_name[name]
        first, last = self.corpus.starts[patient], self.corpus.starts[patient + 1]
        return np.asarray(np.exp(self.scores[first:last, head.columns] - self.pooled[patient, head.columns]))

    def _quote(self, place: int, added: float) -> Evidence:
        piece = self.corpus.pieces[place]
        sentence = piece.sentence
        return Evidence(piece.note_id, sentence.start, sentence.end, sentence.text, added)


def estimate(corpus: Corpus, heads: Heads, encoder: str, facts: Facts) -> Estimates:
    """Probabilities of every need of every patient.

    Parameters
    ----------
    encoder
        Name of the encoder that made the corpus's vectors.
    facts
        Of the corpus's patients.
    """
    scores = heads.score(corpus, encoder)
    pooled = pool(scores, corpus.starts)
    found = {name: head.probabilities(pooled, facts) for name, head in heads.by_name.items()}
    return Estimates(corpus, heads, facts, scores, pooled, found)
