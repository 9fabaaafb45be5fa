from pathlib import PurePosixPath

import pytest

from medalloc.ingest.names import HOSPITAL, KNOWN_FILES, NEVER_READ, canonical, is_litter
from medalloc.ingest.specs import SPECS


def test_every_known_file_but_the_head_has_a_spec():
    assert {spec.file for spec in SPECS} | {HOSPITAL} == set(KNOWN_FILES)
    assert NEVER_READ not in KNOWN_FILES


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Wards.CSV", "wards.csv"),
        (" beds.csv ", "beds.csv"),
        ("TRUTH.csv", "truth.csv"),
        ("My.CSV", "My.CSV"),
    ],
)
def test_canonical(name, known):
    assert canonical(name) == known


@pytest.mark.parametrize(
    ("path", "litter"),
    [("__MACOSX/wards.csv", True), ("a/._beds.csv", True), ("Thumbs.db", True), ("a.csv", False)],
)
def test_litter(path, litter):
    assert is_litter(PurePosixPath(path)) is litter
