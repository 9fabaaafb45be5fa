"""The charts, asserted on their data and their words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import plotly.graph_objects as go
import pytest

from medalloc.domain.people import Consciousness, Patient, PatientStatus, Sex, Source, Vitals
from medalloc.domain.places import Bed, BedStatus, Ward
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.store import SnapshotInfo, SnapshotSource
from medalloc.ui import charts
from medalloc.ui.hospital import HospitalView
from tests.ui.snapshots import AT


def view(wards: tuple[Ward, ...] = (), beds: tuple[Bed, ...] = (), patients: tuple[Patient, ...] = ()) -> HospitalView:
    info = SnapshotInfo(1, "0" * 64, "H", AT, AT, "test", SnapshotSource.SAMPLE)
    return HospitalView(info, HospitalSnapshot("H", AT, "Europe/London", wards, beds, patients))


def beds(ward_id: str, *states: BedStatus) -> tuple[Bed, ...]:
    return tuple(Bed(f"{ward_id}-{n}", ward_id, f"{ward_id}-B", status=state) for n, state in enumerate(states))


def lying(*bed_ids: str) -> tuple[Patient, ...]:
    return tuple(Patient(f"P{bed_id}", sex=Sex.FEMALE, bed_id=bed_id) for bed_id in bed_ids)


def waiting(source: Source | None, *hours: float | None) -> tuple[Patient, ...]:
    return tuple(
        Patient(
            f"{source}{hour}",
            status=PatientStatus.WAITING,
            source=source,
            waiting_since=None if hour is None else AT - timedelta(hours=hour),
        )
        for hour in hours
    )


def bars(figure: go.Figure) -> dict[str, list[float]]:
    return {bar.name: list(bar.x) for bar in figure.data}


def notes(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


OCCUPIED, FREE, CLEANING, RESERVED, CLOSED = (
    BedStatus.OCCUPIED,
    BedStatus.AVAILABLE,
    BedStatus.CLEANING,
    BedStatus.RESERVED,
    BedStatus.CLOSED,
)


@pytest.fixture
def two_wards() -> HospitalView:
    return view(
        (Ward("Z", "Zinnia"), Ward("A", "Aster")),
        beds("Z", OCCUPIED, OCCUPIED, OCCUPIED, FREE, CLOSED) + beds("A", OCCUPIED, CLEANING, RESERVED, RESERVED),
        lying("Z-0", "Z-1", "Z-2", "A-0"),
    )


def test_occupancy_counts_every_state_in_file_order(two_wards: HospitalView) -> None:
    figure = charts.occupancy_by_ward(two_wards, str)
    assert list(figure.data[0].y) == ["Zinnia", "Aster"]
    assert figure.layout.yaxis.autorange == "reversed"
    assert bars(figure) == {
        "Occupied": [3, 1],
        "Free": [1, 0],
        "Cleaning": [0, 1],
        "Reserved": [0, 2],
        "Closed": [1, 0],
    }


def test_occupancy_says_the_numbers_and_leaves_closed_beds_out(two_wards: HospitalView) -> None:
    assert notes(charts.occupancy_by_ward(two_wards, str)) == ["3/4 · 75 %", "1/4 · 25 %"]


def test_a_closed_ward_has_no_share() -> None:
    figure = charts.occupancy_by_ward(view((Ward("C", "Clover", open=False),), beds("C", FREE, FREE)), str)
    assert bars(figure) == {"Closed": [2]}
    assert notes(figure) == ["closed"]


def test_no_two_states_share_colour_and_hatch(two_wards: HospitalView) -> None:
    looks = [(bar.marker.color, bar.marker.pattern.shape) for bar in charts.occupancy_by_ward(two_wards, str).data]
    assert len(set(looks)) == len(looks) == 5


def test_two_wards_of_one_name_stay_two() -> None:
    figure = charts.occupancy_by_ward(
        view((Ward("7", "Oak"), Ward("8", "Oak")), beds("7", FREE) + beds("8", FREE, FREE)), str
    )
    assert list(figure.data[0].y) == ["Oak 7", "Oak 8"]


def test_a_ward_name_is_no_markup() -> None:
    figure = charts.occupancy_by_ward(view((Ward("7", "<a href='x'>Oak</a>"),), beds("7", FREE)), str)
    assert list(figure.data[0].y) == ["&lt;a href='x'&gt;Oak&lt;/a&gt;"]


def test_waiting_says_count_and_longest_wait() -> None:
    patients = waiting(Source.ELECTIVE, 1.5) + waiting(Source.ED, 0.25, 7.25, 3) + waiting(None, None)
    bar = charts.waiting_by_source(view(patients=patients), str).data[0]
    assert list(zip(bar.y, bar.x, bar.text, strict=True)) == [
        ("ED", 3, "3, longest 7 h 15 min"),
        ("Elective", 1, "1, longest 1 h 30 min"),
        ("Not recorded", 1, "1"),
    ]


def test_inpatients_and_expected_do_not_wait() -> None:
    coming = replace(waiting(Source.ED, 5)[0], status=PatientStatus.EXPECTED)
    figure = charts.waiting_by_source(view(patients=(coming,)), str)
    assert notes(figure) == ["Nobody is waiting"]


def test_every_known_wait_is_a_point() -> None:
    patients = waiting(Source.ED, 0.5, 9, None) + waiting(Source.STEP_DOWN, 2.25)
    figure = charts.waiting_hours(view(patients=patients), str)
    assert [(box.y[0], list(box.x)) for box in figure.data] == [("ED", [0.5, 9.0]), ("Step-down", [2.25])]
    assert figure.data[0].text[0] == "ed0.5: 30 min"
    assert figure.layout.xaxis.title.text == "Waited so far [hours]"


def test_a_source_whose_waits_are_all_unknown_still_has_a_row() -> None:
    figure = charts.waiting_hours(view(patients=waiting(Source.TRANSFER, None)), str)
    assert len(figure.data) == 1


def test_penalties_stand_in_pairs_the_dearest_first() -> None:
    figure = charts.penalty_terms({"outlier": 12.5, "waiting": 40.0}, {"waiting": 10.25, "transfer": 30.0}, str)
    assert [list(bar.x) for bar in figure.data] == [[40.0, 0.0, 12.5], [10.25, 30.0, 0.0]]
    assert [list(bar.text) for bar in figure.data] == [["40.0", "0.0", "12.5"], ["10.2", "30.0", "0.0"]]
    assert figure.layout.title.text == "Penalty by rule: 52.5 before, 40.2 after"
    assert {bar.marker.pattern.shape for bar in figure.data} == {"/", None}


def test_no_penalty_is_said() -> None:
    assert notes(charts.penalty_terms({}, {}, str)) == ["Nothing is penalised"]


@pytest.fixture
def taken() -> tuple[Vitals, ...]:
    first = Vitals("P1", AT - timedelta(hours=4), 18, 94, False, True, 104, 88, Consciousness.ALERT, 37.2)
    later = replace(first, taken_at=AT, resp_rate=25, spo2=None, on_oxygen=False, consciousness=Consciousness.VOICE)
    return later, first


def test_vital_signs_stand_in_time_order_with_gaps(taken: tuple[Vitals, ...]) -> None:
    panels = charts.vitals_trend(taken, str).data
    assert [list(panel.y) for panel in panels] == [
        [18, 25],
        [94, None],
        [104, 104],
        [88, 88],
        [37.2, 37.2],
        ["A", "V"],
    ]
    assert list(panels[0].x) == [AT - timedelta(hours=4), AT]
    assert list(panels[1].marker.symbol) == ["diamond", "circle"]


def test_every_vital_sign_has_its_unit(taken: tuple[Vitals, ...]) -> None:
    titles = notes(charts.vitals_trend(taken, str))
    assert titles[:3] == ["Respirations [per min]", "SpO₂ [%]", "Systolic pressure [mmHg]"]
    assert all(title.endswith("]") for title in titles)
    assert len(titles) == 6


@pytest.mark.parametrize(
    ("scale2", "on_oxygen", "shaded"),
    [(False, True, (96, 100)), (True, True, (88, 92)), (True, False, (88, 100))],
)
def test_the_shaded_saturation_follows_the_scale(
    taken: tuple[Vitals, ...], scale2: bool, on_oxygen: bool, shaded: tuple[int, int]
) -> None:
    all_taken = [replace(each, scale2=scale2, on_oxygen=on_oxygen) for each in taken]
    shapes = charts.vitals_trend(all_taken, str).layout.shapes
    assert (shapes[1].y0, shapes[1].y1) == shaded


def test_no_vital_signs_are_said() -> None:
    assert "No vital signs recorded" in notes(charts.vitals_trend((), str))


def test_every_word_is_translated(two_wards: HospitalView, taken: tuple[Vitals, ...]) -> None:
    def marked(text: str) -> str:
        return f"«{text}»"

    figures = (
        charts.occupancy_by_ward(two_wards, marked),
        charts.waiting_by_source(view(patients=waiting(Source.ED, 2)), marked),
        charts.waiting_hours(view(patients=waiting(Source.ED, 2)), marked),
        charts.vitals_trend(taken, marked),
    )
    words = [figure.layout.title.text for figure in figures]
    words += [trace.name for trace in figures[0].data]
    words += [figure.layout.xaxis.title.text for figure in figures[:3]]
    assert [word for word in words if not word.startswith("«")] == []
