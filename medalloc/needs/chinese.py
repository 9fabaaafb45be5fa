"""Reads Chinese notes: no sentence vectors (the encoder knows few Chinese marks), but n-grams of marks and rules.

The specialty comes from a logistic model over runs of one and two marks, fitted on questions to the departments of
internal medicine; what else is said comes from `chinese_rules`. Needs outside `COVERED` are not read, and not guessed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from medalloc.domain.needs import NeedName
from medalloc.needs.chinese_rules import RULED, ChineseStatement, statements
from medalloc.needs.sentences import Sentence

SHIPPED = Path(__file__).parent
ARRAYS, METADATA = "chinese.npz", "chinese.json"
LONGEST_GRAM = 2
LEAST_HAN = 0.3
"""Smallest share of Chinese marks among these and the words of other scripts; a word counts as one."""
COVERED = RULED | {NeedName.SPECIALTY}
"""Needs that are read in Chinese notes."""

Floats = NDArray[np.float64]

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")
_END = re.compile(r"[。！？；!?;]+|\.(?=\s|$)|[\r\n]+")
_RUN = re.compile(r"\w+")


@dataclass(frozen=True)
class ChineseModel:
    """Coefficients of the departments, as plain arrays."""

    departments: tuple[str, ...]
    specialty_of: Mapping[str, str]
    """By department."""
    grams: NDArray[np.uint32]
    """Hashes of the n-grams, ascending, (n_grams,)."""
    idf: Floats
    """(n_grams,)."""
    weights: Floats
    """(n_grams, n_departments)."""
    intercepts: Floats
    """(n_departments,)."""
    least_chance: float
    """Below that probability the specialty is not said."""
    least_known: float
    """Below that share of known n-grams it is not said either."""


@dataclass(frozen=True)
class ChineseReading:
    """What a Chinese note says."""

    sentences: tuple[Sentence, ...]
    chances: Mapping[str, float]
    """Probability of each specialty that the model knows."""
    specialty: str
    """The likeliest; "" where it is too unsure, or the text too strange, to say."""
    known_share: float
    """Of the n-grams of two marks, those that the model has met."""
    departments: tuple[str, ...]
    contributions: Floats
    """Of each sentence to the log-odds of each department, (n_sentences, n_departments)."""
    logits: Floats
    """Of the departments: intercepts and the sum of `contributions`."""
    statements: tuple[ChineseStatement, ...]
    covered: frozenset[NeedName] = COVERED


def is_chinese(text: str) -> bool:
    """Whether a note or a sentence is Chinese, though drugs and organisms may stand in Latin letters.

    >>> is_chinese("予 meropenem 1g q8h 静滴"), is_chinese("Seen with 王伟, no concerns today")
    (True, False)
    """
    han = len(_HAN.findall(text))
    if han < 2 or len(_KANA.findall(text)) * 10 > han:
        return False
    return han / (han + len(_WORD.findall(text))) >= LEAST_HAN


def chinese_sentences(text: str) -> list[Sentence]:
    """The sentences of a Chinese note, each a verbatim slice."""
    found, begin = [], 0
    for stop in [*(match.end() for match in _END.finditer(text)), len(text)]:
        piece = text[begin:stop]
        first = begin + len(piece) - len(piece.lstrip())
        last = max(first, begin + len(piece.rstrip()))
        if any(mark.isalnum() for mark in text[first:last]):
            found.append(Sentence(first, last, text[first:last]))
        begin = stop
    return found


def read_chinese(model: ChineseModel, note_text: str) -> ChineseReading:
    """The specialty of a Chinese note, with what each sentence adds to it, and what its sentences state."""
    sentences = chinese_sentences(note_text)
    counts = [gram_counts(sentence.text) for sentence in sentences]
    contributions, known = _contributions(model, counts)
    logits = model.intercepts + contributions.sum(axis=0)
    chances = _chances(model, logits)
    likeliest = max(chances, key=lambda specialty: chances[specialty])
    sure = chances[likeliest] >= model.least_chance and known >= model.least_known
    return ChineseReading(
        sentences=tuple(sentences),
        chances=chances,
        specialty=likeliest if sure else "",
        known_share=known,
        departments=model.departments,
        contributions=contributions,
        logits=logits,
        statements=tuple(said for sentence in sentences for said in statements(sentence)),
    )


def gram_counts(text: str) -> Counter[str]:
    """How often each run of one or two marks stands in a text, punctuation and white space left out.

    >>> sorted(gram_counts("咳嗽,咳痰").items())
    [('咳', 2), ('咳嗽', 1), ('咳痰', 1), ('嗽', 1), ('痰', 1)]
    """
    return Counter(gram for run in _RUN.findall(text.lower()) for gram in _grams(run))


def gram_hash(gram: str) -> int:
    """Under which an n-gram is kept: the text that a model was fitted on cannot be read from it."""
    return crc32(gram.encode())


@lru_cache(maxsize=1)
def load_chinese(folder: Path = SHIPPED) -> ChineseModel:
    """The model kept in a folder; the one that is shipped unless another is named."""
    described = json.loads((folder / METADATA).read_text(encoding="utf-8"))
    with np.load(folder / ARRAYS, allow_pickle=False) as arrays:
        return ChineseModel(
            departments=tuple(described["specialty_of"]),
            specialty_of=described["specialty_of"],
            grams=arrays["grams"],
            idf=arrays["idf"].astype(np.float64),
            weights=arrays["weights"].astype(np.float64) * arrays["scale"],
            intercepts=arrays["intercepts"].astype(np.float64),
            least_chance=described["least_chance"],
            least_known=described["least_known"],
        )


def save_chinese(model: ChineseModel, folder: Path, metadata: Mapping[str, object]) -> None:
    """Write a model as arrays and JSON, its weights as whole numbers of a scale by department."""
    scale = np.maximum(np.abs(model.weights).max(axis=0) / 127, 1e-12)
    np.savez_compressed(
        folder / ARRAYS,
        grams=model.grams,
        idf=model.idf.astype(np.float32),
        weights=np.rint(model.weights / scale).astype(np.int8),
        scale=scale,
        intercepts=model.intercepts,
    )
    kept = {key: getattr(model, key) for key in ("specialty_of", "least_chance", "least_known")}
    text = json.dumps({**kept, **metadata}, indent=2, ensure_ascii=False)
    (folder / METADATA).write_text(text + "\n", encoding="utf-8")


def _grams(run: str) -> Iterator[str]:
    for size in range(1, LONGEST_GRAM + 1):
        for at in range(len(run) - size + 1):
            yield run[at : at + size]


def _contributions(model: ChineseModel, counts: Sequence[Counter[str]]) -> tuple[Floats, float]:
    """What each sentence adds to each department, and the share of known n-grams of two marks.

    An n-gram weighs (1 + ln n) idf / norm over the note; a sentence gets its share of the n times it is said.
    """
    found = np.zeros((len(counts), len(model.departments)))
    total: Counter[str] = sum(counts, Counter())
    place_of = _places(model, list(total))
    pairs = [gram for gram in total if len(gram) == LONGEST_GRAM]
    known = sum(gram in place_of for gram in pairs) / len(pairs) if pairs else 0.0
    value_of = {gram: (1.0 + np.log(total[gram])) * model.idf[place] for gram, place in place_of.items()}
    norm = float(np.sqrt(sum(value * value for value in value_of.values()))) or 1.0
    for row, said in zip(found, counts, strict=True):
        for gram, times in said.items():
            if gram in place_of:
                row += value_of[gram] / norm * times / total[gram] * model.weights[place_of[gram]]
    return found, known


def _places(model: ChineseModel, grams: Sequence[str]) -> dict[str, int]:
    """Where the n-grams that the model knows stand in it."""
    if not len(model.grams):
        return {}
    hashes = np.fromiter((gram_hash(gram) for gram in grams), dtype=np.uint32, count=len(grams))
    places = np.minimum(np.searchsorted(model.grams, hashes), len(model.grams) - 1)
    met = model.grams[places] == hashes
    return {gram: int(place) for gram, place, is_met in zip(grams, places, met, strict=True) if is_met}


def _chances(model: ChineseModel, logits: Floats) -> dict[str, float]:
    """Probabilities of the specialties: those of their departments, summed."""
    odds = np.exp(logits - logits.max())
    odds /= odds.sum()
    chances = dict.fromkeys(model.specialty_of.values(), 0.0)
    for department, chance in zip(model.departments, odds.tolist(), strict=True):
        chances[model.specialty_of[department]] += chance
    return chances
