import re
from collections import Counter, defaultdict

import pytest

from tests.sample_data.conftest import SHIPPED, read

NAMES = {
    "oxygen": "oxygen",
    "suction": "suction",
    "telemetry": "telemetry",
    "ventilator": "ventilator",
    "dialysis": "dialysis",
    "bariatric": "bariatric",
    "visible": "visible",
}
VALUES = {"isolation": ("contact", "droplet", "airborne", "protective"), "level": ("hdu", "icu")}


def sentences() -> list[str]:
    texts = (note["text"] for note in read(SHIPPED / "hospital", "notes"))
    found = (part.strip() for text in texts for part in re.split(r"\n|(?<=[.;!?])\s", text))
    return [re.sub(r"^(?:\d\)|-)\s*|[.;!?]$", "", part).lower() for part in found if part]


def words_of() -> dict[str, set[str]]:
    words: defaultdict[str, set[str]] = defaultdict(set)
    for note in read(SHIPPED / "hospital", "notes"):
        words[note["patient_id"]] |= set(re.findall(r"[a-z]+", note["text"].lower()))
    return words


def test_95_of_100_sentences_are_distinct() -> None:
    found = sentences()
    assert len(found) > 8000
    assert len(set(found)) / len(found) >= 0.95


def test_the_name_of_a_need_finds_less_than_two_thirds_of_those_who_have_it() -> None:
    words = words_of()
    truth = read(SHIPPED / "hospital", "truth")
    hits: Counter[str] = Counter()
    have: Counter[str] = Counter()
    for row in truth:
        for need, name in NAMES.items():
            if row[need] == "yes":
                have[need] += 1
                hits[need] += name in words[row["patient_id"]]
        for column, values in VALUES.items():
            if row[column] in values:
                have[row[column]] += 1
                hits[row[column]] += bool({row[column], "isolation", "isolate"} & words[row["patient_id"]])
    assert min(have.values()) >= 2
    assert all(hits[need] / have[need] < 2 / 3 for need in have), hits
    assert hits.total() / have.total() < 0.5


OWN_WORDS = {
    ("niv", "yes"): {"niv"},
    ("falls", "yes"): {"falls"},
    ("cognition", "dementia"): {"dementia"},
    ("cognition", "delirium"): {"delirium"},
    ("mobility", "supervision"): {"supervision"},
    ("mobility", "hoist"): {"hoist"},
    ("end_of_life", "yes"): {"eol", "eolc", "palliative"},
    ("feeding", "yes"): {"feeding"},
    ("interpreter", "yes"): {"interpreter"},
    ("negative_pressure", "yes"): {"pressure"},
    ("readiness", "ready"): {"ready", "mffd"},
    ("readiness", "review"): {"review"},
}


def test_the_name_of_what_the_staff_must_do_finds_less_than_a_third_of_those_who_need_it() -> None:
    words, truth = words_of(), read(SHIPPED / "hospital", "truth")
    found: dict[tuple[str, str], list[bool]] = {
        need: [bool(names & words[row["patient_id"]]) for row in truth if row[need[0]] == need[1]]
        for need, names in OWN_WORDS.items()
    }
    assert all(sum(hits) / len(hits) < 0.5 for hits in found.values()), found
    every = [hit for hits in found.values() for hit in hits]
    assert sum(every) / len(every) < 0.3


@pytest.mark.parametrize("kind", ["triage", "clerking", "nursing", "ward_round", "consultation"])
def test_every_kind_of_note_is_written(kind: str) -> None:
    kinds = Counter(note["kind"] for note in read(SHIPPED / "hospital", "notes"))
    assert kinds[kind] > 60


def test_other_seeds_write_other_sentences() -> None:
    ours = set(sentences())
    small = " ".join(note["text"].lower() for note in read(SHIPPED / "small", "notes"))
    theirs = [part for part in re.split(r"\n|(?<=[.;!?])\s", small) if part]
    assert sum(part in ours for part in theirs) / len(theirs) < 0.2
