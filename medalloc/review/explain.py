"""Plain words for what a plan says, in the reader's language.

Every function takes `translate`, which turns an English text into the reader's (gettext); texts carry named
placeholders, so that a translation may order them as it likes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from medalloc.domain.plan import Action, Placement, Reason, Rule, Violation
from medalloc.domain.review import RejectReason, Verdict
from medalloc.review.answer_words import CHANGES, OBSTACLES
from medalloc.review.words import ACTIONS, N_, REASONS, REFUSALS, RULES, TERMS, VALUES, VERDICTS

Translate = Callable[[str], str]

_CODED = ("isolation", "level", "specialty", "given", "room", "sex")
"""Values of reasons that are codes with words of their own."""

_LISTS = ("features", "patient_ids")
_MOMENTS = ("at", "before", "after")
_NONE = N_("none")


def english(text: str) -> str:
    """The text as it is."""
    return text


def action_words(action: Action, translate: Translate = english) -> str:
    """What is done with a patient."""
    return translate(ACTIONS[action])


def verdict_words(verdict: Verdict, translate: Translate = english) -> str:
    """What a person decided."""
    return translate(VERDICTS[verdict])


def refusal_words(reason: RejectReason, translate: Translate = english) -> str:
    """Why a person refused."""
    return translate(REFUSALS[reason])


def rule_words(rule: Rule | str, translate: Translate = english) -> str:
    """A hard rule."""
    return translate(RULES[Rule(rule)])


def term_words(name: str, translate: Translate = english) -> str:
    """A soft rule by the name of its penalty term; a name without words is shown as it is."""
    return translate(TERMS[name]) if name in TERMS else name.replace("_", " ")


def value_words(value: str, translate: Translate = english) -> str:
    """A specialty, level, isolation or bed feature; a hospital's own word is shown as it is."""
    return translate(VALUES[value]) if value in VALUES else value


def reason_words(reason: Reason, translate: Translate = english) -> str:
    """Why a plan says what it says.

    >>> reason_words(Reason("blocked", (("rule", "bay_sex"), ("beds", "3"))))
    'free beds ruled out by same-sex bay: 3'
    """
    shown = {name: _shown(name, value, translate) for name, value in reason.values}
    text = REASONS.get(reason.code) or OBSTACLES.get(reason.code) or CHANGES.get(reason.code)
    if text is None:
        listed = ", ".join(f"{name} {value}" for name, value in shown.items())
        return f"{reason.code.replace('_', ' ')} ({listed})" if listed else reason.code.replace("_", " ")
    return translate(text) % shown


def violation_words(violation: Violation, translate: Translate = english) -> str:
    """What exactly breaks the rule; "" where nothing is known beyond the rule."""
    return reason_words(violation.why, translate) if violation.why else violation.detail


def placement_words(placement: Placement, translate: Translate = english) -> str:
    """All reasons of a placement, in their order."""
    return translate("; ").join(reason_words(reason, translate) for reason in placement.reasons)


def _shown(name: str, value: str, translate: Translate) -> str:
    if name == "rule":
        return rule_words(value, translate) if value in set(Rule) else value_words(value, translate)
    if name in _LISTS:
        return translate(", ").join(value_words(each, translate) for each in value.split(";"))
    if name == "chance":
        return f"{float(value):.0%}"
    if name in _MOMENTS:
        return _moment(value, translate)
    return value_words(value, translate) if name in _CODED else value or translate(_NONE)


def _moment(value: str, translate: Translate) -> str:
    """A moment of a reason; what is none is taken for values of a need."""
    try:
        return f"{datetime.fromisoformat(value):%Y-%m-%d %H:%M}"
    except ValueError:
        return translate(", ").join(value_words(each, translate) for each in value.split(";")) or translate(_NONE)
