"""Measure and fit the specialty of Chinese notes: `python -m benchmarks.public.zh DIR [--test DIR] [--fit] [--json]`.

DIR holds questions.csv or questions.csv.gz (department, title, ask, answer). The answer is never read. Equal questions
are taken once; folds are stratified by department, and near-duplicates (half of their runs of three marks in common)
stay in one fold. `macro_f1` is over the departments with five questions or more in every fold, `macro_f1_all` over all.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import StratifiedGroupKFold

from medalloc.needs.chinese import ChineseModel, Floats, gram_counts, gram_hash

SPECIALTY_OF = {
    "心血管科": "cardiology",
    "消化科": "gastroenterology",
    "肝病科": "gastroenterology",
    "神经科": "neurology",
    "内分泌科": "endocrinology",
    "呼吸科": "respiratory",
    "肾内科": "renal",
    "感染科": "infectious_diseases",
    "普通内科": "general_medicine",
    "血液科": "haematology_oncology",
    "风湿免疫科": "general_medicine",
}
N_FOLDS, INNER_FOLDS = 5, 3
FEWEST = 5 * N_FOLDS
"""Questions of a department that counts in `macro_f1`."""
ALIKE = 0.5
STRENGTH = 10.0
"""Inverse of the ridge penalty."""
LEAST_CHANCE, LEAST_KNOWN = 0.9, 0.2
"""Clinical notes share fewer n-grams with the questions than other questions do, so that the second is low."""


@dataclass(frozen=True)
class Questions:
    """Questions, each once."""

    texts: tuple[str, ...]
    departments: NDArray[np.str_]
    groups: NDArray[np.int64]
    """Near-duplicates share one."""

    def take(self, places: NDArray[np.intp]) -> Questions:
        """Some of them."""
        return Questions(tuple(self.texts[at] for at in places), self.departments[places], self.groups[places])


def read_questions(folder: Path) -> Questions:
    """The questions of a folder; a title stands twice in its text, as it says most."""
    packed = folder / "questions.csv.gz"
    raw = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / "questions.csv").read_bytes()
    found: dict[str, tuple[str, str]] = {}
    for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))):
        key = re.sub(r"\W", "", row["title"] + row["ask"])
        found.setdefault(key, (f"{row['title']}\n{row['title']}\n{row['ask']}", row["department"]))
    texts, departments = zip(*found.values(), strict=True)
    return Questions(texts, np.asarray(departments), near_duplicates(list(found)))


def near_duplicates(texts: Sequence[str]) -> NDArray[np.int64]:
    """Groups of texts that have half of their runs of three marks in common, directly or through others."""
    sets = [{text[at : at + 3] for at in range(max(len(text) - 2, 1))} for text in texts]
    names = {gram: place for place, gram in enumerate(dict.fromkeys(gram for found in sets for gram in found))}
    rows = np.repeat(np.arange(len(texts)), [len(found) for found in sets])
    columns = [names[gram] for found in sets for gram in found]
    held = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(texts), len(names)))
    shared = (held @ held.T).tocoo()
    size = np.asarray([len(found) for found in sets])
    alike = shared.data >= ALIKE * (size[shared.row] + size[shared.col] - shared.data)
    edges = coo_matrix((shared.data[alike], (shared.row[alike], shared.col[alike])), shape=shared.shape)
    return np.asarray(connected_components(edges)[1], dtype=np.int64)


def folds(questions: Questions, n_folds: int = N_FOLDS) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Training and test places."""
    splitter = StratifiedGroupKFold(n_folds, shuffle=True, random_state=0)
    return list(splitter.split(questions.texts, questions.departments, questions.groups))


def fit(questions: Questions) -> ChineseModel:
    """A model whose temperature was set on questions held back."""
    model = _fit(questions)
    logits = np.full((len(questions.texts), len(model.departments)), -30.0)
    for train, test in folds(questions, INNER_FOLDS):
        part, inner = questions.take(test), _fit(questions.take(train))
        columns = [model.departments.index(name) for name in inner.departments]
        logits[np.ix_(test, columns)] = logits_of(inner, part.texts)
    warmth = _temperature(logits, np.searchsorted(model.departments, questions.departments))
    return replace(model, weights=model.weights / warmth, intercepts=model.intercepts / warmth)


def logits_of(model: ChineseModel, texts: Sequence[str]) -> Floats:
    """Log-odds of the departments, (n_texts, n_departments)."""
    place_of = {int(gram): place for place, gram in enumerate(model.grams)}
    return np.asarray(features(texts, place_of, model.idf) @ model.weights + model.intercepts)


def features(texts: Sequence[str], place_of: dict[int, int], idf: Floats) -> csr_matrix:
    """(1 + ln n) idf of the n-grams, rows of unit length, (n_texts, n_grams)."""
    starts, places, values = [0], [], []
    for text in texts:
        found = [(place_of[h], n) for gram, n in gram_counts(text).items() if (h := gram_hash(gram)) in place_of]
        row = np.asarray([(1.0 + np.log(n)) * idf[place] for place, n in found])
        places += [place for place, _ in found]
        values += (row / (np.linalg.norm(row) or 1.0)).tolist()
        starts.append(len(places))
    return csr_matrix((values, places, starts), shape=(len(texts), len(idf)))


def _fit(questions: Questions) -> ChineseModel:
    seen = Counter(hashed for text in questions.texts for hashed in {gram_hash(gram) for gram in gram_counts(text)})
    grams = sorted(hashed for hashed, n_texts in seen.items() if n_texts > 1)
    idf = np.asarray([np.log((1 + len(questions.texts)) / (1 + seen[hashed])) + 1 for hashed in grams])
    rows = features(questions.texts, {hashed: place for place, hashed in enumerate(grams)}, idf)
    logistic = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=300, tol=1e-3)
    logistic.fit(rows, questions.departments)
    names = tuple(map(str, logistic.classes_))
    return ChineseModel(
        departments=names,
        specialty_of={name: SPECIALTY_OF[name] for name in names},
        grams=np.asarray(grams, dtype=np.uint32),
        idf=idf,
        weights=np.ascontiguousarray(logistic.coef_.T),
        intercepts=logistic.intercept_,
        least_chance=LEAST_CHANCE,
        least_known=LEAST_KNOWN,
    )


def _temperature(logits: Floats, truth: NDArray[np.intp]) -> float:
    def loss(log_warmth: float) -> float:
        scaled = logits / np.exp(log_warmth)
        top = scaled.max(axis=1)
        total = top + np.log(np.exp(scaled - top[:, None]).sum(axis=1))
        return float((total - scaled[np.arange(len(truth)), truth]).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4.0, 2.0), method="bounded").x))


def softmax(logits: Floats) -> Floats:
    """Probabilities, rows sum to 1."""
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class Guesses:
    """What was said of questions that the model had not seen."""

    names: tuple[str, ...]
    truth: NDArray[np.str_]
    chances: Floats
    """(n_questions, n_departments)."""
    counted: tuple[str, ...]
    """Departments of `macro_f1`."""

    @property
    def said(self) -> NDArray[np.str_]:
        """The likeliest department of each."""
        return np.asarray(self.names)[self.chances.argmax(axis=1)]


def cross_validated(questions: Questions) -> Guesses:
    """Each question read by a model of the other folds."""
    names = tuple(sorted(set(questions.departments.tolist())))
    chances = np.zeros((len(questions.texts), len(names)))
    for train, test in folds(questions):
        model = fit(questions.take(train))
        columns = [names.index(name) for name in model.departments]
        chances[np.ix_(test, columns)] = softmax(logits_of(model, questions.take(test).texts))
    return Guesses(names, questions.departments, chances, _counted(questions))


def tested(questions: Questions, others: Questions) -> Guesses:
    """Others read by a model of the questions; those that also stand among the questions are left out."""
    known = set(questions.texts)
    fresh = others.take(np.asarray([at for at, text in enumerate(others.texts) if text not in known], dtype=np.intp))
    model = fit(questions)
    chances = softmax(logits_of(model, fresh.texts))
    there = set(fresh.departments.tolist())
    counted = tuple(name for name in _counted(questions) if name in there)
    return Guesses(model.departments, fresh.departments, chances, counted)


def _counted(questions: Questions) -> tuple[str, ...]:
    sizes = Counter(questions.departments.tolist())
    return tuple(name for name in sorted(sizes) if sizes[name] >= FEWEST)


def figures(guesses: Guesses) -> dict[str, float]:
    """Measures of guesses."""
    truth, said = guesses.truth, guesses.said
    return {
        "macro_f1": float(f1_score(truth, said, average="macro", labels=list(guesses.counted), zero_division=0)),
        "macro_f1_all": float(f1_score(truth, said, average="macro", zero_division=0)),
        "accuracy": float(accuracy_score(truth, said)),
        "ece": sum(weight * abs(chance - right) for chance, right, weight in reliability(guesses)),
        "n": float(len(truth)),
    }


def reliability(guesses: Guesses, bins: int = 10) -> list[tuple[float, float, float]]:
    """Mean probability, share right and share of all questions, by tenth of probability."""
    chance, right = guesses.chances.max(axis=1), guesses.said == guesses.truth
    place = np.minimum((chance * bins).astype(int), bins - 1)
    return [
        (float(chance[place == at].mean()), float(right[place == at].mean()), float((place == at).mean()))
        for at in sorted(set(place.tolist()))
    ]


def measure(data: Path, test: Path | None = None) -> dict[str, float]:
    """`macro_f1, macro_f1_all, accuracy, ece, n`: cross-validated on `data`, or trained on it and tested on `test`."""
    questions = read_questions(data)
    return figures(cross_validated(questions) if test is None else tested(questions, read_questions(test)))


def main() -> None:
    """Measure and print; with --fit, also fit on all and write model and card."""
    parser = argparse.ArgumentParser(description="Measure and fit the specialty of Chinese notes.")
    parser.add_argument("data", type=Path, metavar="DIR")
    parser.add_argument("--test", type=Path, metavar="DIR")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.fit:
        from benchmarks.public.zh_card import ship

        found = ship(read_questions(options.data))
    else:
        found = measure(options.data, options.test)
    print(json.dumps(found) if options.json else "\n".join(f"{key:<14}{value:.3f}" for key, value in found.items()))


if __name__ == "__main__":
    main()
