from __future__ import annotations

import pytest

from medalloc import jobs
from medalloc.domain.progress import Progress
from medalloc.store import Store
from tests.pages import open_page, words

pytestmark = pytest.mark.usefixtures("state_dir")
PAGE = "pages/now/hospital.py"


def _status(state: jobs.JobState, **fields: object) -> jobs.JobStatus:
    from datetime import UTC, datetime

    known: dict[str, object] = {"progress": None, "message": "", "result": None, "finished_at": None}
    return jobs.JobStatus(job_id="j1", kind="prepare", state=state, started_at=datetime.now(UTC), **(known | fields))  # type: ignore[arg-type]


def test_running_work_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch, kept: tuple[Store, int]) -> None:
    running = _status(jobs.JobState.RUNNING, progress=Progress("encode", 0.25))
    monkeypatch.setattr("medalloc.jobs.status", lambda job_id: running)
    app = open_page(PAGE, app__job="j1")
    assert app.button(key="job.stop")
    bar = app.get("progress")[0]
    assert (bar.proto.value, "Reading the notes" in bar.proto.text) == (25, True)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (_status(jobs.JobState.FAILED, message="The model is missing."), "The model is missing."),
        (_status(jobs.JobState.STOPPED), "Stopped before there was a plan."),
        (_status(jobs.JobState.STOPPED, result={"plan_id": 2}), "Stopped: the best plan so far is shown."),
        (_status(jobs.JobState.DONE, result={"plan_id": 2}), "The plan is ready."),
    ],
)
def test_work_that_has_ended_is_said_once(
    status: jobs.JobStatus, said: str, monkeypatch: pytest.MonkeyPatch, kept: tuple[Store, int]
) -> None:
    monkeypatch.setattr("medalloc.jobs.status", lambda job_id: status)
    app = open_page(PAGE)
    app.session_state["app.job"] = "j1"
    app.run()
    assert said in words(app) + "".join(toast.value for toast in app.toast)
    app.run()
    assert said not in words(app) + "".join(toast.value for toast in app.toast)


def test_names_cannot_be_asked_for_by_a_role_without_them(kept: tuple[Store, int]) -> None:
    app = open_page(PAGE, app__role="planner")
    assert next(toggle for toggle in app.toggle if toggle.key == "app.show_names").disabled


def test_old_data_of_ones_own_are_marked(kept: tuple[Store, int]) -> None:
    assert "Out of date" in words(open_page(PAGE))


def test_the_sample_is_not_called_out_of_date(planned_sample: tuple[Store, int]) -> None:
    assert "Out of date" not in words(open_page(PAGE))
