"""Session state, caching and widget keys: everything that outlives one run of a page.

The database is shared by all sessions; what is read from it is held in the session that asked, never in a shared cache.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, Literal, TypeVar

import streamlit as st

from medalloc import jobs, pipeline
from medalloc.domain.review import User, UserRole
from medalloc.errors import MedallocError
from medalloc.ingest import Loaded, load
from medalloc.locale import gettext as _
from medalloc.locale import use_language
from medalloc.review.permissions import Permission, may
from medalloc.settings import settings
from medalloc.store import SnapshotInfo, Store, open_store
from medalloc.ui.hospital import HospitalView
from medalloc.ui.worklist import Item

T = TypeVar("T")

LOCAL_USER = "local user"
"""The name on the record where none was entered."""


class Key(StrEnum):
    """Every key in the session state."""

    LANGUAGE = "app.language"
    ROLE = "app.role"
    NAME = "app.name"
    SHOW_NAMES = "app.show_names"
    HELD = "app.held"
    NOTICE = "app.notice"
    TURNS = "app.turns"
    REFUSAL = "app.refusal"
    JOB = "app.job"
    UPLOAD = "data.upload"
    UPLOAD_ROUND = "data.upload_round"
    PENDING = "data.pending"
    PATIENT = "needs.patient"
    NEEDS_TABLE = "needs.table"
    NEEDS_WARD = "needs.ward"
    NEEDS_NAME = "needs.name"
    NEEDS_DOUBT = "needs.doubt"
    NEEDS_SEARCH = "needs.search"
    NEEDS_SHOW = "needs.show"
    NEEDS_OPEN = "needs.open"
    NEEDS_QUEUE = "needs.queue"
    NEEDS_LINE = "needs.line"
    NEEDS_FORM = "needs.form_of"
    NEEDS_LAST = "needs.last"
    NEEDS_DRAFT = "needs.draft"
    NEEDS_ALL = "needs.all"
    CARE_ROUND = "care.round"
    RULES_SET = "rules.set"
    RULES_CHOSEN = "rules.chosen"
    RULES_DRAFTS = "rules.drafts"
    RULES_DRAWN = "rules.drawn"
    RULES_ROUND = "rules.round"
    RULES_NAME = "rules.name"
    RULES_RETIRED = "rules.retired"
    SUGGESTION = "beds.suggestion"
    SUGGESTION_LINE = "beds.line"
    WANTED = "beds.wanted"
    BOARD = "beds.board"
    BOARD_BED = "beds.bed"
    BOARD_VIEW = "beds.view"
    BOARD_PICKED = "beds.picked"
    BEDS_SHOW = "beds.show"
    MOMENT = "beds.moment"
    BEDS_LAYOUT = "beds.layout"
    GANTT = "beds.gantt"
    GANTT_OF = "beds.gantt_of"
    GANTT_WARD = "beds.gantt_ward"
    REASON = "beds.reason"
    COMMENT = "beds.comment"
    WHY_NOT = "beds.why_not_bed"
    WOULD_HELP = "beds.would_help"


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The database of this process, its tables up to date."""
    settings().state_dir.mkdir(parents=True, exist_ok=True)
    return open_store(settings().url)


def begin() -> None:
    """Called once at the top of `app.py`: language, identity, and the sample hospital in demo mode."""
    use_language(lambda: str(st.session_state.get(Key.LANGUAGE, "en")))
    if Key.LANGUAGE not in st.session_state:
        browser = str(st.context.locale or "").lower()
        st.session_state[Key.LANGUAGE] = "zh_Hans" if browser.startswith("zh") else "en"
    if settings().demo and store().current_snapshot() is None:
        load_sample()


def user() -> User:
    """Who acts: on one machine without sign-in, the name and role chosen in the side bar."""
    role = st.session_state.get(Key.ROLE, UserRole.BED_MANAGER)
    name = str(st.session_state.get(Key.NAME) or "").strip()
    return User(name or LOCAL_USER, UserRole(role))


def show_names() -> bool:
    """Whether full names are asked for, by somebody who may see them."""
    return bool(st.session_state.get(Key.SHOW_NAMES)) and may(user(), Permission.SEE_NAMES)


def main_button() -> Literal["primary", "secondary"]:
    """How the main button of a page is drawn; on the dark theme's colour Streamlit's white could not be read."""
    return "secondary" if st.context.theme.type == "dark" else "primary"


def notice(message: str) -> None:
    """Say something once, after the next run."""
    st.session_state[Key.NOTICE] = message


def take_notice() -> str:
    """What is to be said now; "" for nothing."""
    return str(st.session_state.pop(Key.NOTICE, ""))


def load_sample() -> None:
    """Load the shipped sample hospital and start reading it."""
    actor = user()
    files = pipeline.read_source(settings().sample_dir)
    _keep(files, load(files), "sample", actor)


def keep(files: dict[str, bytes], loaded: Loaded, *, source: str) -> None:
    """Make a loaded hospital the current one and start reading its notes."""
    _keep(files, loaded, source, user())


def _keep(files: dict[str, bytes], loaded: Loaded, source: str, actor: User) -> None:
    """The session state is left alone until all is done: touching it lets a click elsewhere cut the work short."""
    snapshot_id = pipeline.keep(store(), files, loaded, source=source, user=actor)
    if store().latest_plan(snapshot_id) is None:
        _start("prepare", snapshot_id, actor)


def start_job(kind: str, snapshot_id: int) -> None:
    """Start long work on a snapshot in a child process."""
    _start(kind, snapshot_id, user())


def _start(kind: str, snapshot_id: int, actor: User) -> None:
    arguments = {"snapshot_id": snapshot_id, "user": actor.name, "role": str(actor.role)}
    st.session_state[Key.JOB] = jobs.start(kind, arguments)


def running_job() -> str:
    """The work on the current hospital that goes on; its id stands in the URL, so that a reload finds it again."""
    job_id = str(st.session_state.get(Key.JOB) or st.query_params.get("job", ""))
    info = store().current_snapshot()
    if not job_id and info is not None:
        job_id = jobs.unfinished({"snapshot_id": info.snapshot_id})
    if job_id:
        st.session_state[Key.JOB] = st.query_params["job"] = job_id
    return job_id


def end_job(found: jobs.JobStatus) -> None:
    """Take note that the work has ended, and how."""
    st.session_state.pop(Key.JOB, None)
    st.query_params.pop("job", None)
    if found.state == "failed":
        st.session_state[Key.REFUSAL] = MedallocError(found.message)
    elif found.state == "stopped":
        notice(_("Stopped: the best plan so far is shown.") if found.result else _("Stopped before there was a plan."))
    else:
        notice(_("The plan is ready."))


def attempt(action: Callable[[], object]) -> None:
    """Do what a person asked for in a callback; what goes wrong is shown by the frame on the run that follows."""
    try:
        action()
    except MedallocError as error:
        st.session_state[Key.REFUSAL] = error


def take_refusal() -> MedallocError | None:
    """What went wrong in the callback just now."""
    error: MedallocError | None = st.session_state.pop(Key.REFUSAL, None)
    return error


def revision() -> tuple[int, ...]:
    """The current snapshot, the number of changes to it, and the version of the care hours; cheap to ask."""
    info = store().current_snapshot()
    if info is None:
        return 0, 0
    care = store().document(pipeline.CARE_HOURS, pipeline.CARE_HOURS)
    return info.snapshot_id, store().revision(info.snapshot_id), care.version if care else 0


def hospital() -> HospitalView | None:
    """The current hospital with its plan and decisions as they stand now; None in an empty database."""
    info = store().current_snapshot()
    if info is None:
        return None
    number = info.snapshot_id
    snapshot = held("snapshot", number, lambda: pipeline.bed_snapshot(store(), number))
    seen = revision()
    return held("view", seen, lambda: replace(_view(info, snapshot), revision=seen))


def loaded(view: HospitalView) -> Loaded:
    """The current hospital in full, with what was said of its rows."""
    number = view.info.snapshot_id
    return held("loaded", number, lambda: pipeline.kept(store(), number))


def _view(info: SnapshotInfo, snapshot: Any) -> HospitalView:
    number = info.snapshot_id
    plan = held("plan", _plan_id(number), lambda: store().latest_plan(number))
    needs = held("needs", (number, store().needs_model(number), _plan_id(number)), lambda: store().needs(number))
    if needs:
        needs = pipeline.current_needs(store(), number, snapshot, needs)
    return HospitalView(
        info,
        snapshot,
        needs or {},
        plan,
        store().decisions(number),
        store().corrections(snapshot.name),
        store().published_plan(snapshot.name),
    )


def _plan_id(snapshot_id: int) -> int:
    heads = store().plans(snapshot_id)
    return heads[0].plan_id if heads else 0


def item_key(item: Item) -> str:
    """A need of a patient as one text, for widget keys."""
    return f"{item[1]}.{item[0]}"


def open_need() -> Item | None:
    """The need that is looked at."""
    item: Item | None = st.session_state.get(Key.NEEDS_OPEN)
    return item


def queue_before(view: HospitalView) -> Sequence[Item]:
    """The list of needs to confirm as it stood, so that nothing moves under one's hands; a new plan orders it anew."""
    stamp, items = st.session_state.get(Key.NEEDS_QUEUE, (None, ()))
    return items if stamp == _queue_stamp(view) else ()


def keep_queue(view: HospitalView, items: Sequence[Item]) -> None:
    """Keep the list as it stands."""
    st.session_state[Key.NEEDS_QUEUE] = (_queue_stamp(view), tuple(items))


def _queue_stamp(view: HospitalView) -> object:
    number = view.info.snapshot_id
    return number, store().needs_model(number), view.stored.plan_id if view.stored else 0


def held(name: str, stamp: object, make: Callable[[], T]) -> T:
    """What `make` gives, made again in this session only when the stamp has changed."""
    held = st.session_state.setdefault(Key.HELD, {})
    if name not in held or held[name][0] != stamp:
        held[name] = (stamp, make())
    value: T = held[name][1]
    return value
