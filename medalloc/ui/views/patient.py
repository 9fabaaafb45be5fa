"""All that is known of one patient: needs, expected stay, care, vital signs, and the notes with what they prove."""

from __future__ import annotations

from collections import defaultdict

import streamlit as st

from medalloc.domain.needs import Need, NeedName, Needs
from medalloc.domain.people import Patient
from medalloc.locale import gettext as _
from medalloc.needs import news2
from medalloc.needs.news2 import ADULT_AGE
from medalloc.ui import bars, charts, need_text, state
from medalloc.ui.highlight import STYLE, Mark, marked_html
from medalloc.ui.hospital import HospitalView
from medalloc.ui.state import Key
from medalloc.ui.times import clock
from medalloc.ui.views import choosing
from medalloc.ui.views.attention import bring_into_view
from medalloc.ui.words import CONFIRM_SIGNS, GROUPS, NEEDS, NOTE_KINDS, need_value
from medalloc.ui.worklist import Item, is_corrected

NOTES_HEIGHT = 620
"""[px]."""
COUNTED = (
    *(NeedName.LEVEL, NeedName.ACUITY, NeedName.TELEMETRY, NeedName.ISOLATION),
    *(NeedName.MOBILITY, NeedName.ONE_TO_ONE, NeedName.END_OF_LIFE, NeedName.FEEDING),
)
"""Needs that hours of care hang on."""
LONGEST_STAY_DAYS = 14.0
"""End of the scale of a stay, unless the stay is longer."""


def needs(view: HospitalView, item: Item) -> None:
    """All needs of the patient by group, with expected stay and care; any of them can be opened."""
    found = view.needs.get(item[0])
    if found is None:
        return
    quiet = sum(_is_quiet(need) for need in found.by_name.values())
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown("**" + _("All needs of this patient") + "**", width="content")
        everything = st.toggle(
            _("Also what is not needed (%(count)d)") % {"count": quiet}, key=Key.NEEDS_ALL, persist_state="session"
        )
    for column, (group, names) in zip(st.columns([5, 5, 4]), GROUPS.items(), strict=True):
        with column:
            listed = [name for name in names if name in found.by_name]
            shown = [name for name in listed if everything or name == item[1] or not _is_quiet(found.by_name[name])]
            _group(view, item, group, shown)
            if group == "Care":
                _care(found)
            if group == "Discharge":
                _stay(found)


def _is_quiet(need: Need) -> bool:
    """Whether it is surely not there, and nobody is asked."""
    return need.is_default and not need.abstained and need.confirm is None


def _group(view: HospitalView, item: Item, group: str, names: list[NeedName]) -> None:
    if not names:
        st.caption(_("%(group)s: nothing") % {"group": _(group)})
        return
    box = f"needs.pick.{group}"
    key = choosing.list_key(Key.NEEDS_OPEN, box, item[1] if item[1] in names else None)
    st.radio(
        _(group),
        names,
        format_func=lambda name: _line(view, (item[0], name)),
        key=key,
        on_change=_open,
        args=(item[0], names, key, box),
    )


def _open(patient_id: str, names: list[NeedName], key: str, box: str) -> None:
    """Callback: look at the line that was chosen; one that reads otherwise by now is not known any more."""
    name = choosing.choice(Key.NEEDS_OPEN, box, key)
    if name in names:
        choosing.open_item((patient_id, NeedName(name)), box)


def _line(view: HospitalView, item: Item) -> str:
    need = view.needs[item[0]].by_name[item[1]]
    done = "✓ " if is_corrected(view, item) else ""
    sign = f"{CONFIRM_SIGNS[need.confirm]} " if need.confirm else done
    words = f"{_(NEEDS[need.name])}: {need_text.value_words(need)}"
    return f":gray[{words}]" if _is_quiet(need) else f"{sign}**{words}** {need_text.certainty(need)}"


def _care(found: Needs) -> None:
    if found.care is not None:
        words = _("Care a day: nurse **%(nurse).1f h**, assistant **%(assistant).1f h**")
        st.markdown(words % {"nurse": found.care.nurse, "assistant": found.care.assistant})
        left = [_(NEEDS[name]) for name in COUNTED if name in found.by_name and found.by_name[name].abstained]
        if left:
            st.caption(_("Not counted, being unsure or not read: %(needs)s.") % {"needs": _(", ").join(left)})


def _stay(found: Needs) -> None:
    stay = found.stay
    if stay is None:
        return
    words = _("Expected to stay **%(middle).1f days** (%(low).1f to %(high).1f)")
    st.markdown(words % {"low": stay.p10, "middle": stay.p50, "high": stay.p90})
    st.html(bars.range_html(stay.p10, stay.p50, stay.p90, scale=max(LONGEST_STAY_DAYS, stay.p90)))


def vitals(view: HospitalView, chosen: Patient) -> None:
    """The last NEWS2, and vital signs over time."""
    taken = view.snapshot.vitals_of.get(chosen.patient_id, ())
    if not taken:
        st.caption(_("No vital signs recorded."))
        return
    last = max(taken, key=lambda vitals: vitals.taken_at)
    score = news2(last)
    when = clock(last.taken_at, view.snapshot.at)
    if chosen.age < ADULT_AGE:
        st.caption(_("NEWS2 is for patients of %(age)d and over.") % {"age": ADULT_AGE})
    elif score is None:
        st.caption(_("Last vital signs at %(time)s: incomplete, so no NEWS2.") % {"time": when})
    else:
        st.metric(_("NEWS2 at %(time)s") % {"time": when}, score.total)
    if len(taken) > 1:
        st.plotly_chart(charts.vitals_trend(taken, _), key="needs.vitals")


def notes(view: HospitalView, item: Item) -> None:
    """The notes, the latest first, with what they prove; what proves the need that is open is brought into view."""
    written = sorted(view.snapshot.notes_of.get(item[0], ()), key=lambda note: note.written_at, reverse=True)
    if not written:
        st.caption(_("No notes."))
        return
    marks = _marks(view.needs.get(item[0]), item[1])
    with st.container(height=NOTES_HEIGHT, key="needs.notes"):
        for note in written:
            st.caption(f"{_(NOTE_KINDS[note.kind])} · {clock(note.written_at, view.snapshot.at)} · {note.note_id}")
            st.html(STYLE + marked_html(note.text, marks[note.note_id]))
    bring_into_view(".st-key-needs-notes", "mark.now", state.item_key(item), _("Notes"))


def _marks(found: Needs | None, now: NeedName) -> dict[str, list[Mark]]:
    """What proves the need that is open, and the others that are surely there, by note_id."""
    marks: defaultdict[str, list[Mark]] = defaultdict(list)
    for need in found.by_name.values() if found else ():
        if need.name is not now and (need.abstained or need.is_default):
            continue
        label = _(NEEDS[need.name])
        label = f"{label}?" if need.abstained else f"{label}: {need_value(need.name, need.value, _)}"
        for piece in need.evidence:
            marks[piece.note_id].append(Mark(piece.start, piece.end, label, need.name is now))
    return marks
