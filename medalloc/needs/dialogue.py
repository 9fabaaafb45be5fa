"""Consultation dialogues as notes: who says what, and what questions and answers together say.

A question says nothing by itself. "Any fever? – No" denies the fever, "Are you on oxygen? – Yes" states the oxygen; the
question's sentence is then the evidence. What else is said is read as in any note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from medalloc.needs.context import TOKEN, Reading, bit_of, read
from medalloc.needs.cues import Modifier
from medalloc.needs.sentences import Sentence, split_sentences


class Speaker(StrEnum):
    """Who speaks."""

    CLINICIAN = "clinician"
    PATIENT = "patient"
    OTHER = "other"
    """Family, a carer, an interpreter."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says until the next one speaks: `note[start:end] == text`, without the label."""

    speaker: Speaker
    start: int
    end: int
    text: str
    label: str = ""
    """As the note writes it, in lower case: two clinicians may talk."""


class Answer(StrEnum):
    """What the first words of a turn answer."""

    YES = "yes"
    NO = "no"
    NEITHER = "neither"


FEWEST_TURNS = 2
LEAST_LABELLED = 0.5
"""Smallest share of the lines that open a turn; a plain note may have a label or two."""
PLAIN_TURNS, PLAIN_WORDS = 4, 6
"""So many turns, or words a turn, make a dialogue where nobody asks anything: the head of a letter has fewer."""

_LABELS = {
    Speaker.CLINICIAN: r"doctor|dr|physician|clinician|provider|nurse|gp|consultant|guest[_ ]clinici?an",
    Speaker.PATIENT: r"patient|pt",
    Speaker.OTHER: r"gu?est[_ ]family|patient[_ ]guest|family|mother|father|mum|mom|dad|parent|wife|husband|daughter"
    r"|son|carer|caregiver|guardian|partner|interpreter",
}
_SPEAKERS = "|".join(f"(?P<{speaker}>{labels})" for speaker, labels in _LABELS.items())
_LABEL = re.compile(
    rf"(?:^[ \t]*|(?<=[.?!…])[ \t]+)(?:\[(?:{_SPEAKERS.replace('?P<', '?P<in_')})(?:[_ ]?\d)?\][ \t]*:?"
    rf"|(?:{_SPEAKERS})(?:[_ ]?\d)?[ \t]*:)[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
_QUESTION = re.compile(r"\?[\"')\]\s]*$")
_OPEN = re.compile(
    r"(?:\W|\b(?:and|so|okay|ok|well|um|uh|then|now|alright|all right)\b)*"
    r"(?:what|how|when|where|which|who|whose|why|tell me)\b",
    re.IGNORECASE,
)
"""A question to which neither yes nor no is an answer."""
_FILLER = r"^(?:\W|\b(?:uh|um|well|oh|hmm|so|actually|honestly|ah|er|okay|ok|you know|doctor|and)\b)*"
_UNSURE = re.compile(
    _FILLER + r"(?:(?:no|yes|yeah)\W+)?(?:i(?:'m|\s'm| am)? ?(?:do ?n[o']t|not) ?(?:know|remember|recall|sure|certain)"
    r"|not sure|maybe|perhaps|possibly|hard to say)\b",
    re.IGNORECASE,
)
_NOT = r"not (?:really|at all|that i(?:'m| am)? (?:know|aware|recall)(?: of)?|yet|currently|lately|recently|anymore)"
_NO = re.compile(
    rf"{_FILLER}(?P<word>(?:no|nope|nah|never|none|negative|{_NOT})"
    r"(?:,? (?:sir|ma'?am|doctor|miss|not at all|never|none))?)(?=\s*(?:[,.;!…–-]|$))"
    rf"|{_FILLER}(?:i|we|he|she|it|they|there)(?:'m| am|'s| is| was| has| have| had| do(?:es)?| did)?\s?(?:not|n't)\b"
    rf"|{_FILLER}no,? (?:i|we|he|she|it|they|nothing|none|just|only|not)\b",
    re.IGNORECASE,
)
_YES = re.compile(
    _FILLER
    + r"(?:(?P<word>yes|yeah|yep|yup|yea|aye|correct|right|exactly|absolutely|definitely|of course|certainly|sure"
    r"|uh-huh|mm-hmm|mhm|that's right|that is (?:right|correct)|sometimes|occasionally|a little(?: bit)?|a bit)\b"
    r"|(?:i|we|he|she|it|they) (?:do|does|did|have|has|had|am|is|was|are|were|sure do)(?=\s*(?:[,.;!…]|$)))",
    re.IGNORECASE,
)
_EVER = re.compile(r"\b(?:ever|in the past|previously)\b", re.IGNORECASE)
_KIN = re.compile(
    r"\b(?:in (?:your|his|her|the) family|run in your|family history|anyone (?:else|at home|in)|"
    r"(?:my|your|his|her) (?:mom|mommy|mother|mum|dad|daddy|father|grand\w+|wife|husband|son|daughter|brother|sister|"
    r"aunt|uncle|cousin|neighbou?r|room-?mate)(?!\s+(?:say|tell|told|think|notice|brought|drove|help|call))"
    r"(?='s)?)\b[^,;.]*",
    re.IGNORECASE,
)
_SPLIT_NOT = re.compile(r" n(['’])t\b", re.IGNORECASE)


def dialogue_turns(text: str) -> list[Turn] | None:
    """The turns of a dialogue; None where the note is none.

    >>> [(turn.speaker.value, turn.text) for turn in dialogue_turns("Doctor: Any pain? Patient: No.") or []]
    [('clinician', 'Any pain?'), ('patient', 'No.')]
    """
    labels = list(_LABEL.finditer(text))
    if len(labels) < FEWEST_TURNS or text[: labels[0].start()].strip():
        return None
    ends = [*(label.start() for label in labels[1:]), len(text)]
    turns = [_turn(text, label, end) for label, end in zip(labels, ends, strict=True)]
    lines = sum(bool(line.strip()) for line in text.splitlines())
    n_words = sum(len(turn.text.split()) for turn in turns)
    asks = any("?" in turn.text for turn in turns)
    speaks = asks or len(turns) >= PLAIN_TURNS or n_words >= PLAIN_WORDS * len(turns)
    is_talk = len({turn.label for turn in turns}) > 1 and speaks
    return turns if is_talk and len(turns) >= LEAST_LABELLED * lines else None


def readings(text: str) -> list[tuple[Sentence, Reading]]:
    """The sentences of a note, plain or a dialogue, with the words of each and what turns them.

    >>> [(s.text, bool(r.masks)) for s, r in readings("Doctor: Are you on oxygen? Patient: Yes.")]
    [('Are you on oxygen?', False), ('Yes.', False)]
    """
    turns = dialogue_turns(text)
    if turns is None:
        return [(sentence, read(sentence.text, sentence.section)) for sentence in split_sentences(text)]
    return dialogue_sentences(turns)


def dialogue_sentences(turns: Sequence[Turn]) -> list[tuple[Sentence, Reading]]:
    """The sentences of a dialogue, with offsets in its note, and how each is read."""
    found: list[tuple[Sentence, Reading]] = []
    for turn, reply in zip(turns, [*turns[1:], None], strict=True):
        answer = answer_of(reply.text) if reply is not None and reply.label != turn.label else Answer.NEITHER
        sentences = split_sentences(turn.text)
        answered = _answered(sentences, answer)
        for place, sentence in enumerate(sentences):
            heard = answer if place in answered else Answer.NEITHER
            reading = _read_question(sentence, heard) if _asks(sentence) else _read_said(sentence, place == 0)
            placed = replace(sentence, start=sentence.start + turn.start, end=sentence.end + turn.start)
            found.append((placed, reading))
    return found


def answer_of(text: str) -> Answer:
    """What the first words of a turn answer.

    >>> [str(answer_of(text)) for text in ("Uh, not really.", "Yeah, I do.", "I don't know", "About a week")]
    ['no', 'yes', 'neither', 'neither']
    """
    said = _joined(text)
    if _UNSURE.match(said):
        return Answer.NEITHER
    if _NO.match(said):
        return Answer.NO
    return Answer.YES if _YES.match(said) else Answer.NEITHER


def _turn(text: str, label: re.Match[str], end: int) -> Turn:
    name, shown = next((name, found) for name, found in label.groupdict().items() if found)
    said = text[label.end() : end]
    last = label.end() + len(said.rstrip())
    speaker = Speaker(name.removeprefix("in_"))
    return Turn(speaker, label.end(), last, text[label.end() : last], shown.lower())


def _answered(sentences: Sequence[Sentence], answer: Answer) -> set[int]:
    """Places of the questions that an answer is to: a yes to the last, a no to all that end the turn."""
    found: set[int] = set()
    for place in range(len(sentences) - 1, -1, -1):
        if not _asks(sentences[place]) or _OPEN.match(sentences[place].text) or (found and answer is Answer.YES):
            break
        found.add(place)
    return found


def _asks(sentence: Sentence) -> bool:
    return bool(_QUESTION.search(sentence.text))


def _read_question(sentence: Sentence, answer: Answer) -> Reading:
    bits = {
        Answer.NO: bit_of(Modifier.NEGATED),
        Answer.YES: bit_of(Modifier.HISTORICAL) if _EVER.search(sentence.text) else 0,
        Answer.NEITHER: bit_of(Modifier.HYPOTHETICAL),
    }[answer]
    return _masked(sentence, _spans(sentence.text, [(0, len(sentence.text), bits), *_kin(sentence.text)]))


def _read_said(sentence: Sentence, opens: bool) -> Reading:
    """A statement; a yes or no that opens the turn turns nothing of what follows it."""
    match = (_NO.match(_joined(sentence.text)) or _YES.match(_joined(sentence.text))) if opens else None
    first = match.end("word") if match is not None and match["word"] else 0
    return _masked(sentence, _spans(sentence.text, _kin(sentence.text)), first)


Stretch = tuple[int, int, int]
"""(start, end, bits)."""


def _kin(text: str) -> list[Stretch]:
    bit = bit_of(Modifier.OTHER_PERSON)
    return [(match.start(), match.end(), bit) for match in _KIN.finditer(text)]


def _spans(text: str, stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    return (stretch for stretch in stretches if stretch[2] and stretch[0] < len(text))


def _masked(sentence: Sentence, stretches: Iterator[Stretch], first: int = 0) -> Reading:
    """The sentence as the context rules read it from `first` on, with what else turns stretches of it."""
    said = _joined(sentence.text)
    rest = read(said[first:], sentence.section)
    extra = list(stretches)
    if not rest.masks and not extra:
        return Reading([word.lower() for word in TOKEN.findall(said)], [], [])
    spans = [match.span() for match in TOKEN.finditer(said)]
    words = [said[start:end].lower() for start, end in spans]
    before = len(spans) - len(rest.words)
    masks = [0] * before + (list(rest.masks) or [0] * len(rest.words))
    for place, (start, end) in enumerate(spans):
        for begin, stop, bits in extra:
            masks[place] |= bits if start < stop and end > begin else 0
    return Reading(words, spans, masks) if any(masks) else Reading(words, [], [])


def _joined(text: str) -> str:
    """The text of a transcript with "do n't" as "don't ", so that no offset moves."""
    return _SPLIT_NOT.sub(r"n\1t ", text)
