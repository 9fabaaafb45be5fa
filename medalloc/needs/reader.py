"""Reads the needs of every patient of a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from medalloc.domain.needs import CARE_NEEDS, FEATURE_NEEDS, Basis, Binding, Need, NeedName, Needs, NeedSource
from medalloc.domain.people import Isolation, Patient
from medalloc.domain.progress import OnProgress, Progress
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.needs.acuity import fuse_acuity
from medalloc.needs.chinese import load_chinese
from medalloc.needs.chinese_voice import Voices, chinese_voices
from medalloc.needs.claims import claim_of
from medalloc.needs.corpus import gather
from medalloc.needs.encoder import Encoder
from medalloc.needs.estimate import Estimates, estimate
from medalloc.needs.facts import facts_of
from medalloc.needs.fuse import Said, Voice, fuse
from medalloc.needs.heads import Heads, load_heads
from medalloc.needs.layout import NO, NO_ORGANISM, YES
from medalloc.needs.news2 import NewsScore, last_score
from medalloc.needs.second_opinion import with_second_opinions
from medalloc.needs.statements import barrier_of

COHORTED = frozenset(map(str, (Isolation.CONTACT, Isolation.DROPLET, Isolation.AIRBORNE)))
"""Precautions against an organism."""


def read_needs(
    snapshot: HospitalSnapshot,
    encoder: Encoder,
    *,
    heads: Heads | None = None,
    on_progress: OnProgress | None = None,
) -> dict[str, Needs]:
    """Needs of every patient, by patient_id, from record, notes and vital signs.

    Parameters
    ----------
    heads
        None: those that are shipped.
    on_progress
        Told of the steps `encode` and `read`; when it asks to stop, what is not yet encoded is read from its
        words alone.

    Raises
    ------
    EncoderError
        A sentence must be encoded, and the model is missing or altered.
    """
    heads = heads or load_heads()
    corpus = gather(snapshot, encoder, heads.known, on_progress)
    if on_progress is not None:
        on_progress(Progress("read"))
    found = estimate(corpus, heads, encoder.name, facts_of(snapshot, corpus))
    listed = {}
    for place, patient in enumerate(snapshot.patients):
        chinese = corpus.chinese.get(patient.patient_id)
        voices = chinese_voices(load_chinese(), chinese) if chinese else {}
        one = Sources(found, place, voices, bool(chinese))
        news = last_score(patient, snapshot.vitals_of.get(patient.patient_id, ()))
        listed[patient.patient_id] = _needs(one, patient, news)
    return with_second_opinions(listed, snapshot, encoder, heads)


@dataclass(frozen=True, slots=True)
class Sources:
    """All that can speak of one patient's needs beside the record."""

    found: Estimates
    place: int
    """Of the patient."""
    chinese: Voices
    has_chinese: bool

    def voice(self, name: NeedName) -> Voice | None:
        """What the notes say of a need: of English and Chinese ones, those that say more; None: none can be read."""
        chinese = self.chinese.get(name)
        if not self.found.has_notes(self.place):
            return chinese
        chances, cuts = self.found.chances(name, self.place), self.found.heads.cuts[name]
        english = Voice(
            claim_of(name, chances, cuts),
            chances,
            partial(self.found.evidence, name, self.place),
            partial(_manner, self.found, name, self.place),
            cuts,
        )
        return chinese if chinese is not None and chinese.claim.strength > english.claim.strength else english

    def is_unread(self, name: NeedName) -> bool:
        """Whether a note cannot be read, or not for this need."""
        patient_id = self.found.corpus.patient_ids[self.place]
        return patient_id in self.found.corpus.unread or (self.has_chinese and name not in self.chinese)


def _needs(sources: Sources, patient: Patient, news: NewsScore | None) -> Needs:
    by_name = {name: _need(sources, name, recorded) for name, recorded in record_of(patient).items()}
    isolation = by_name[NeedName.ISOLATION]
    by_name[NeedName.ORGANISM] = _organism(sources, patient, isolation)
    by_name[NeedName.NEGATIVE_PRESSURE] = negative_pressure(isolation)
    by_name[NeedName.ACUITY] = _acuity(sources, news)
    ordered = {name: by_name[name] for name in NeedName}
    return Needs(patient.patient_id, ordered, None if news is None else news.total)


def _acuity(sources: Sources, news: NewsScore | None) -> Need:
    """From the notes and vital signs; of Chinese notes only where they name a grade of nursing."""
    found, place, chinese = sources.found, sources.place, sources.chinese.get(NeedName.ACUITY)
    if chinese is not None and not found.has_notes(place):
        return fuse_acuity(chinese.chances, news, chinese.quotes)
    readable = found.has_notes(place) or news is not None
    chances = found.chances(NeedName.ACUITY, place) if readable else None
    return fuse_acuity(chances, news, partial(found.evidence, NeedName.ACUITY, place))


def record_of(patient: Patient) -> dict[NeedName, str | None]:
    """What the record says of each need that it can say; None where it does not."""
    features = patient.features
    return {
        NeedName.SPECIALTY: patient.specialty or None,
        NeedName.LEVEL: None if patient.level is None else str(patient.level),
        NeedName.ISOLATION: None if patient.isolation is None else str(patient.isolation),
        **{name: None if features is None else YES if str(name) in features else NO for name in FEATURE_NEEDS},
        **dict.fromkeys(CARE_NEEDS),
        NeedName.COGNITION: None,
        NeedName.MOBILITY: None,
        NeedName.READINESS: None if patient.readiness is None else str(patient.readiness),
        NeedName.BARRIER: barrier_on_record(patient),
    }


def barrier_on_record(patient: Patient) -> str | None:
    """The code of the barrier that the record names in its own words; None where it names none that is known."""
    code = barrier_of(patient.barrier) if patient.barrier else None
    return None if code is None else str(code)


def negative_pressure(isolation: Need) -> Need:
    """Airborne isolation asks for negative pressure."""
    return Need(
        NeedName.NEGATIVE_PRESSURE,
        YES if isolation.value == Isolation.AIRBORNE else NO,
        isolation.probability,
        isolation.source,
        Binding.NONE,
        abstained=isolation.abstained,
        basis=Basis.DERIVED,
    )


def _need(sources: Sources, name: NeedName, recorded: str | None) -> Need:
    return fuse(Said(name, recorded, sources.voice(name), sources.is_unread(name)))


def _manner(found: Estimates, name: NeedName, place: int, value: str) -> tuple[NeedSource, Basis]:
    """Vital signs where they say more for a value than all sentences; else the notes."""
    measured = sum(found.parts(name, place, value).vitals.values())
    if measured > max(float(found.contributions(name, place, value).sum()), 0.0):
        return NeedSource.VITALS, Basis.MODEL
    return NeedSource.NOTE, found.basis(name, place, value)


def _organism(sources: Sources, patient: Patient, isolation: Need) -> Need:
    """The organism, where precautions against one are needed; else none, as surely as there is no isolation."""
    name, recorded = NeedName.ORGANISM, patient.organism or None
    if recorded is None and (isolation.value not in COHORTED or isolation.abstained):
        return Need(
            name,
            NO_ORGANISM,
            isolation.probability,
            isolation.source,
            Binding.NONE,
            abstained=isolation.abstained,
            basis=Basis.DERIVED,
        )
    return _need(sources, name, recorded)
