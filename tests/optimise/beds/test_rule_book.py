"""docs/rules.md says what the code does."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from medalloc.domain.needs import NeedName
from medalloc.domain.people import Readiness
from medalloc.domain.places import FEATURES, BedStatus
from medalloc.domain.plan import Rule
from medalloc.domain.requirements import CareHours
from medalloc.optimise.beds.soft_unsuited import RESTRICTIONS
from medalloc.optimise.beds.soft_ward import care_loads, care_points
from medalloc.optimise.beds.weights import DESCRIBED, BedWeights
from tests.optimise.beds.situations import berth, prices, row, situation
from tests.optimise.hospitals import AT, bay, bed, hospital, inpatient, need, waiting, ward

TEXT = (Path(__file__).parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")
PILOT = (
    "NoAcuteSurgical NoKnownCovid NoSuspectedCovid NoNonCovid NoPatientsOver100kg IncorrectSex NoMobilityAssistance "
    "NoDementiaRisk NoHighAcuity NoNonElective NoSurgical NoMedical IncorrectSpecialty "
    "NoMixedSex KeepSideRoomEmpty NeedsSideRoom ProhibitedSideRoom NeedsVisualSupervision"
).split()


def table(heading: str) -> list[list[str]]:
    """Cells of the first table after a heading, its head left out."""
    lines = TEXT.partition(f"{heading}\n")[2].splitlines()
    rows = [line for line in lines if line.startswith("|")]
    length = next((k for k, line in enumerate(lines[lines.index(rows[0]) :]) if not line.startswith("|")), len(rows))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in rows[2:length]]


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def test_every_hard_rule_is_in_the_book_and_no_other():
    assert sorted(quoted(cells[0])[0] for cells in table("## Hard rules")) == sorted(Rule)


def test_the_table_of_weights_says_what_the_code_says():
    told = {quoted(cells[0])[0]: cells[1:] for cells in table("## Soft rules")}
    assert told.keys() == {name for name, info in DESCRIBED.items() if info.group != "priority"}
    for name, (default, most, unit, _, source) in told.items():
        info = DESCRIBED[name]
        assert (float(default), float(most)) == (getattr(BedWeights(), name), info.most), name
        assert (unit, source) == (info.unit, info.source), name


def test_the_priorities_are_those_of_the_code():
    section = TEXT.partition("### Waiting")[2].partition("###")[0]
    lines = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| ")]
    told = {}
    for names, factors in ((lines[1], lines[2]), (lines[3], lines[4])):
        told |= {quoted(name)[0]: float(factor) for name, factor in zip(names[1:], factors[1:], strict=True)}
    defaults = {name: getattr(BedWeights(), name) for name, info in DESCRIBED.items() if info.group == "priority"}
    assert {**told, "priority_unknown": 1.0} == defaults
    assert "`priority_unknown`, 1;" in TEXT


def test_each_rule_of_the_pilot_is_in_the_table_with_what_stands_for_it():
    rows = table("## The rules of the English pilot")
    assert [cells[0] for cells in rows] == PILOT
    rules = {str(rule) for rule in Rule} | set(DESCRIBED)
    words = rules | set(RESTRICTIONS) | FEATURES | {str(each) for each in (*NeedName, *BedStatus)} | {"female", "male"}
    for name, stands, how in rows:
        assert quoted(stands), name
        assert set(quoted(stands)) <= rules, name
        assert set(quoted(how)) <= words, name


def test_every_restriction_of_a_bed_is_explained():
    assert set(re.findall(r"`(no_[a-z_]+)`", TEXT.partition("### Once, for coming")[0])) == set(RESTRICTIONS)


@pytest.fixture
def example():
    """The hospital of the book's example."""
    at = AT.replace(hour=8)
    people = [
        waiting("A", 6, source="ed", edd=at + timedelta(hours=36)),
        inpatient("C", "B-1", edd=at + timedelta(hours=6), readiness=Readiness.READY),
        inpatient("D", "B-2"),
    ]
    needs = [
        replace(need("A", specialty="general_medicine", acuity="2", falls="yes"), care=CareHours(5.0, 3.0)),
        replace(need("C"), care=CareHours(4.8, 2.4)),
        replace(need("D"), care=CareHours(4.0, 3.0)),
    ]
    people[0] = replace(people[0], waiting_since=at - timedelta(hours=6))
    respiratory = ward(specialties=("respiratory", "general_medicine"), care_hours=20.0)
    beds = [*bay("B", 2, features=("visible",)), bed("S-1")]
    return situation(hospital([respiratory], beds, people, *needs, at=at))


def test_the_example_is_what_the_code_counts(example):
    priced, i = prices(example), row(example, "A")
    ways = [
        priced.coming_terms(i, berth(example, "S-1")),
        priced.coming_terms(i, berth(example, "B-1", 1)),
        priced.remaining_terms(i),
    ]
    rows = {quoted(cells[0])[0] if "`" in cells[0] else cells[0]: cells[1:] for cells in table("## An example")}
    assert set(rows) == {"sum"}.union(*ways)
    for name, told in rows.items():
        counted = [sum(way.values()) if name == "sum" else way.get(name, 0.0) for way in ways]
        assert told == [f"{points:.2f}" for points in counted], name


def test_the_wards_excess_in_the_example_is_what_the_code_counts(example):
    (load,) = care_loads(example)
    present = np.zeros((3, example.slots.count), dtype=bool)
    present[row(example, "A")] = present[row(example, "D")] = True
    present[row(example, "C"), : example.end[row(example, "C")]] = True
    newly = np.zeros_like(present)
    newly[row(example, "A")] = True
    points = care_points(load, present, newly)
    assert points.sum() == pytest.approx(0.2 * 2.2 * 8 / 24)
    assert points[row(example, "A")] == points.sum()
    assert f"{points.sum():.2f} points more, all of them hers" in " ".join(TEXT.split())
