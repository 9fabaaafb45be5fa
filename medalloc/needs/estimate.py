"""What the notes and vital signs say of every patient: probabilities, and the sentences behind them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medalloc.domain.needs import Evidence, NeedName
from medalloc.needs.corpus import Corpus
from medalloc.needs.heads import Heads
from medalloc.needs.pool import Floats, pool

MOST_QUOTES = 3
LEAST_SHARE = 0.25
"""A sentence is quoted if it brings this share of what the strongest one brings."""


@dataclass(frozen=True)
class Estimates:
    """Probabilities of a corpus's patients, by place in it."""

    corpus: Corpus
    heads: Heads
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

    def contributions(self, name: NeedName, patient: int, value: str) -> Floats:
        """What each sentence of the patient adds to the log-odds of a value, (n_sentences of the patient,).

        With the part of the silent sentence (`pool`) and the intercept they sum to the log-odds.
        """
        head = self.heads.by_name[name]
        first, last = self.corpus.starts[patient], self.corpus.starts[patient + 1]
        pooled = self.pooled[patient, head.columns]
        parts = np.exp(self.scores[first:last, head.columns] - pooled) * pooled
        return np.asarray(parts @ head.direction(value))

    def evidence(self, name: NeedName, patient: int, value: str) -> tuple[Evidence, ...]:
        """The sentences that speak most for a value, the strongest first; none where none does."""
        added = self.contributions(name, patient, value)
        total = float(np.abs(added).sum())
        strongest = np.argsort(-added, kind="stable")[:MOST_QUOTES]
        first = int(self.corpus.starts[patient])
        return tuple(
            self._quote(first + int(place), float(added[place]) / total)
            for place in strongest
            if added[place] > 0 and added[place] >= LEAST_SHARE * added[strongest[0]]
        )

    def _quote(self, place: int, share: float) -> Evidence:
        piece = self.corpus.pieces[place]
        sentence = piece.sentence
        return Evidence(piece.note_id, sentence.start, sentence.end, sentence.text, share)


def estimate(corpus: Corpus, heads: Heads, encoder: str, vitals: Floats) -> Estimates:
    """Probabilities of every need of every patient.

    Parameters
    ----------
    encoder
        Name of the encoder that made the corpus's vectors.
    vitals
        (n_patients, n_vitals)
    """
    scores = heads.score(corpus, encoder)
    pooled = pool(scores, corpus.starts)
    found = {name: head.probabilities(pooled, vitals) for name, head in heads.by_name.items()}
    return Estimates(corpus, heads, scores, pooled, found)
