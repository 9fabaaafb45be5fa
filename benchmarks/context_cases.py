"""How well context is read: the committed cases of negation, supposition, history and other persons.

Run `python -m benchmarks.context_cases`. A turned case is right where what turns it is named; one that is not, where
nothing turns it. The blind lists were written without a look at the rules; what they said when they were new stands in
their docstrings.
"""

from __future__ import annotations

from collections import Counter

from medalloc.needs.context import modifiers
from medalloc.needs.sections import Section, heading_of
from tests.needs.context_cases import every_case

Case = tuple[str, str, str]


def found_in(case: Case) -> set[str]:
    """What turns the mention of a case."""
    _, bracketed, text = case
    section = heading_of(text)[0] or Section.BODY
    start, end = bracketed.index("["), bracketed.index("]") - 1
    return {str(modifier) for modifier in modifiers(text, start, end, section)}


def is_right(case: Case) -> bool:
    """Whether a case is read as it is meant."""
    found = found_in(case)
    return case[0] in found if case[0] else not found


def direction(case: Case) -> str:
    """Whether the cue of a turned case stands before the mention (forward) or after it (backward)."""
    kind, bracketed, text = case
    end = bracketed.index("]") - 1
    before = found_in((kind, bracketed[: end + 2], text[:end]))
    return "forward" if kind in before else "backward"


def measure(cases: list[Case] | None = None) -> dict[str, float]:
    """Accuracy overall, by what turns, of turned and of plain cases; how many there are, and with a cue on which side.

    Parameters
    ----------
    cases
        None: all that are committed.
    """
    chosen = every_case() if cases is None else cases
    right: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for case in chosen:
        for group in ("all", case[0] or "plain", *(("turned",) if case[0] else ())):
            counted[group] += 1
            right[group] += is_right(case)
    shares = {f"accuracy_{group}": right[group] / counted[group] for group in counted}
    counted.update(direction(case) for case in chosen if case[0])
    return {"accuracy": shares.pop("accuracy_all"), **shares, **{f"n_{group}": counted[group] for group in counted}}


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:24} {value:.3f}" if name.startswith("acc") else f"{name:24} {value:5}")
