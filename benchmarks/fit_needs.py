"""Fit the shipped heads: `python -m benchmarks.fit_needs DIR DIR DIR… [--out medalloc/needs] [--test DIR…]`.

Every DIR is a data folder with a truth.csv. The last give the cuts, those before them the calibrated heads, those
before these the weights of sentence vectors, all others (seven in ten) the weights of n-grams: no step sees the
patients of another. With `--test`, folders that no step sees, the model card is written.
"""

from __future__ import annotations

import argparse
import csv
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.needs_card import write_card
from benchmarks.sample_needs import measure_folders
from medalloc import __version__
from medalloc.domain.needs import NeedName
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.ingest import load, read_folder
from medalloc.needs import CachedEncoder, Encoder, Heads
from medalloc.needs.corpus import gather
from medalloc.needs.embed import MiniLmEncoder
from medalloc.needs.encoder import HashEncoder
from medalloc.needs.facts import facts_of
from medalloc.needs.fit_cuts import fit_cuts
from medalloc.needs.fit_head import fit_head
from medalloc.needs.heads import SHIPPED, load_heads, model_of, save_heads
from medalloc.needs.layout import LAYOUT
from medalloc.needs.pool import Floats, pool
from medalloc.needs.readable import KnownWords
from medalloc.needs.train import Labelled, Ridge, fit_grams, fit_vectors


class VectorFile:
    """Sentence vectors kept in one SQLite file between runs."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.execute("CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, value BLOB)")

    def get_many(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The entries found under the keys."""
        found: dict[str, bytes] = {}
        for start in range(0, len(keys), 500):
            part = list(keys[start : start + 500])
            marks = ",".join("?" * len(part))
            found.update(self._db.execute(f"SELECT key, value FROM vectors WHERE key IN ({marks})", part))  # noqa: S608
        return found

    def put_many(self, items: Mapping[str, bytes]) -> None:
        """Keep entries by key."""
        with self._db:
            self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", items.items())


def read_labelled(folders: Sequence[Path], encoder: Encoder) -> Labelled:
    """One corpus of several folders, with what truth.csv says of every patient."""
    snapshot, truth = _merged(folders)
    corpus = gather(snapshot, encoder)
    values = {
        target.name: [truth[patient_id].get(str(target.name), "no") for patient_id in corpus.patient_ids]
        for target in LAYOUT
    }
    return Labelled(corpus, values, facts_of(snapshot, corpus))


def _merged(folders: Sequence[Path]) -> tuple[HospitalSnapshot, dict[str, dict[str, str]]]:
    """The patients of all folders in one snapshot, their ids made distinct."""
    patients: list[Any] = []
    notes: list[Any] = []
    vitals: list[Any] = []
    truth: dict[str, dict[str, str]] = {}
    for place, folder in enumerate(folders):
        snapshot = load(read_folder(folder)).snapshot
        for rows, kept in ((snapshot.patients, patients), (snapshot.notes, notes), (snapshot.vitals, vitals)):
            kept.extend(replace(row, patient_id=f"{place}/{row.patient_id}") for row in rows)
        with (folder / "truth.csv").open(newline="", encoding="utf-8") as file:
            truth.update({f"{place}/{row['patient_id']}": row for row in csv.DictReader(file)})
    merged = replace(snapshot, patients=tuple(patients), notes=tuple(notes), vitals=tuple(vitals))
    return merged, truth


def fit(folders: Sequence[Path], encoder: Encoder, words: frozenset[str], ridge: Ridge) -> Heads:
    """Heads from the folders, split as the module says."""
    first, second, third = split(len(folders))
    started = time.perf_counter()

    def tell(step: str) -> None:
        print(f"{time.perf_counter() - started:7.1f} s  {step}", flush=True)

    by_words = read_labelled(folders[:first], HashEncoder(1))
    tell("n-grams")
    grams = fit_grams(by_words, ridge)
    known = KnownWords.of(words | _words(by_words))
    none = np.zeros((encoder.dim, grams.shape[1]), dtype=np.float32)
    heads = Heads(model_of(encoder.name), grams[:-1], none, {}, known)
    tell("vectors")
    by_vectors = read_labelled(folders[first:second], encoder)
    vectors = fit_vectors(by_vectors, heads.score(by_vectors.corpus, encoder.name), ridge)
    heads = replace(heads, vector_weights=vectors[:-1])
    tell("heads")
    held = read_labelled(folders[second:third], encoder)
    pooled, prior = _pooled(heads, held, encoder), vectors[-1].astype(np.float64)
    by_name = {target.name: fit_head(target, held, pooled, prior, ridge.heads) for target in LAYOUT}
    tell("cuts")
    judged = read_labelled(folders[third:], encoder)
    cuts = fit_cuts(by_name, judged, _pooled(heads, judged, encoder))
    tell("done")
    return replace(heads, by_name=by_name, cuts=cuts)


def split(n_folders: int) -> tuple[int, int, int]:
    """Where the folders for vectors, for heads and for cuts start.

    >>> split(56)
    (40, 46, 52)
    """
    ninth, fourteenth = max(1, n_folders // 9), max(1, n_folders // 14)
    third = n_folders - fourteenth
    return third - 2 * ninth, third - ninth, third


def _pooled(heads: Heads, labelled: Labelled, encoder: Encoder) -> Floats:
    return pool(heads.score(labelled.corpus, encoder.name), labelled.corpus.starts)


def _words(labelled: Labelled) -> frozenset[str]:
    texts = (piece.sentence.text.lower() for piece in labelled.corpus.pieces)
    return frozenset(word for text in texts for word in text.replace("/", " ").split() if word.isalpha())


def _described(folders: Sequence[Path], ridge: Ridge) -> dict[str, Any]:
    rows = _merged(folders)[1].values()
    support = {
        str(target.name): {v: sum(row.get(str(target.name)) == v for row in rows) for v in target.values}
        for target in LAYOUT
        if target.name is not NeedName.SPECIALTY
    }
    return {
        "made_by": __version__,
        "folders": [folder.name for folder in folders],
        "patients": len(rows),
        "ridge": {"grams": ridge.grams, "vectors": ridge.vectors, "heads": ridge.heads},
        "iterations": ridge.iterations,
        "support": support,
    }


def main() -> None:
    """Fit, save, and write the model card."""
    parser = argparse.ArgumentParser(description="Fit the heads that read needs from notes.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--test", nargs="*", type=Path, default=[], metavar="DIR")
    parser.add_argument("--card", type=Path, default=Path("docs/models/needs-heads.md"))
    parser.add_argument("--vectors", type=Path, default=Path("benchmarks/results/local/vectors.sqlite3"))
    parser.add_argument("--iterations", type=int, default=Ridge().iterations)
    options = parser.parse_args()
    if len(options.folders) < 4:
        parser.error("at least four folders: for n-grams, for vectors, for heads and for cuts")
    options.vectors.parent.mkdir(parents=True, exist_ok=True)
    model = MiniLmEncoder()
    encoder = CachedEncoder(lambda: model, VectorFile(options.vectors), b"benchmarks")
    ridge = Ridge(iterations=options.iterations)
    heads = fit(options.folders, encoder, model.words(), ridge)
    described = _described(options.folders, ridge)
    save_heads(heads, options.out, described)
    load_heads.cache_clear()
    if options.test:
        measured = measure_folders(options.test, encoder, load_heads(options.out))
        tests = [folder.name for folder in options.test]
        described["measured"] = {"hospitals": tests, **measured["notes"]}
        cuts = {str(name): asdict(cut) for name, cut in heads.cuts.items()}
        write_card(options.card, {**described, "cuts": cuts}, measured, tests)
        save_heads(heads, options.out, described)


if __name__ == "__main__":
    main()
