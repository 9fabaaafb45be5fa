"""What the bed board shows: wards, bays and tiles in file order, as plain values that become JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cache, cached_property
from typing import Any, Literal

from medalloc.domain.needs import Needs
from medalloc.domain.plan import BedPlan, Violation
from medalloc.domain.review import Decision
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.ui.beds_at import BedTimes
from medalloc.ui.board.legend import LegendEntry, legend
from medalloc.ui.board.moves import Mark
from medalloc.ui.board.scene import Scene
from medalloc.ui.board.tile import Tile
from medalloc.ui.board.wards import Bay, Ward, make_ward
from medalloc.ui.moments import moment_words

View = Literal["current", "proposed"]


@dataclass(frozen=True)
class Board:
    """One view of the hospital's beds."""

    view: View
    title: str
    wards: tuple[Ward, ...]
    legend: tuple[LegendEntry, ...]
    named: bool = False
    """Whether full names are shown: they take two lines."""
    later: bool = False
    """Whether it shows what is expected at a later moment."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The component's own words."""
    ends: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Where each patient lies and where the plan puts them, as (from_bed_id, to_bed_id), by patient_id."""

    @cached_property
    def payload(self) -> dict[str, Any]:
        """The board as JSON values; what is empty is left out."""
        return {
            "title": self.title,
            "named": self.named,
            "later": self.later,
            "wards": _plain(self.wards),
            "legend": _plain(self.legend),
            "texts": dict(self.texts),
        }


_FIELDS = {kind: tuple(each.name for each in fields(kind)) for kind in (Ward, Bay, Tile, Mark, LegendEntry)}


def board_model(
    snapshot: HospitalSnapshot,
    *,
    needs: Mapping[str, Needs],
    plan: BedPlan | None,
    decisions: Mapping[str, Decision],
    view: View,
    show_names: bool,
    breaches: Sequence[Violation],
    translate: Callable[[str], str],
    moment: datetime | None = None,
    times: BedTimes | None = None,
) -> Board:
    """Lay out the beds as they are now ("current") or as the plan would have them ("proposed").

    Parameters
    ----------
    needs
        By patient_id; a patient without is shown by the record alone.
    decisions
        By patient_id.
    breaches
        Of the view that is drawn: of the state now, or of the plan.
    show_names
        False: initials and the tail of the id.
    moment
        Later than the snapshot's: who is expected to lie where by then, with nobody moved or as planned.
    times
        When everybody comes and goes in this view; None: it is worked out anew.

    Returns
    -------
    Board
        Wards, bays and beds in file order: a tile has the same place in both views and after every rerun.
    """
    proposed = view == "proposed"
    translate = cache(translate)  # a few dozen words, each asked for a thousand times
    scene = Scene(snapshot, needs, plan, decisions, proposed, show_names, tuple(breaches), translate, moment, times)
    return Board(
        view=view,
        title=_title(scene),
        wards=tuple(make_ward(scene, ward) for ward in snapshot.wards),
        legend=legend(translate),
        named=show_names,
        later=scene.later,
        texts=_texts(translate),
        ends=scene.ends,
    )


def _title(scene: Scene) -> str:
    if scene.moment is None or not scene.later:
        return _view_words(scene)
    return f"{_view_words(scene)} · {moment_words(scene.moment, scene.snapshot.at, scene.translate)}"


def _view_words(scene: Scene) -> str:
    if scene.proposed and scene.plan:
        return scene.translate("Proposed")
    if scene.later:
        return scene.translate("Nobody moved")
    return scene.translate("Now (no plan yet)") if scene.proposed else scene.translate("Now")


def _texts(translate: Callable[[str], str]) -> dict[str, str]:
    """The words that the component itself writes."""
    return {
        "board": translate("Bed board"),
        "find": translate("Find a bed or patient"),
        "found": translate("{count} found"),
        "keys": translate("Arrow keys move, Enter selects, Page Up and Page Down change the ward."),
        "from": translate("from"),
        "to": translate("to"),
        "legend": translate("Legend"),
    }


def _plain(value: Any) -> Any:
    """The value as JSON values, without the fields that are empty: most of a tile is."""
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    names = _FIELDS.get(type(value))
    if names is None:
        return value
    return {
        name: member if isinstance(member, str) else _plain(member)  # texts, which most are, are plain already
        for name in names
        if (member := getattr(value, name))
    }
