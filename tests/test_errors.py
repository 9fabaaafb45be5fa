import pytest

from medalloc import errors
from medalloc.errors import (
    AccessError,
    DataError,
    DecisionError,
    EncoderError,
    Issue,
    MedallocError,
    SolveError,
)

ISSUE = Issue("beds.csv", 4, "ward_id", "W9", "should be a ward")


@pytest.mark.parametrize(
    ("kind", "builtin"),
    [
        (DataError, ValueError),
        (EncoderError, RuntimeError),
        (SolveError, RuntimeError),
        (DecisionError, ValueError),
        (AccessError, PermissionError),
    ],
)
def test_tree(kind, builtin):
    assert kind.__bases__ == (MedallocError, builtin)


def test_tree_of_the_docstring_is_whole():
    kinds = [name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert [name for name in kinds if name not in (errors.__doc__ or "")] == []


@pytest.mark.parametrize(
    ("issue", "text"),
    [
        (ISSUE, "beds.csv:4 ward_id 'W9': should be a ward"),
        (
            Issue("beds.csv", 4, "ward_id", "", "should not be blank"),
            "beds.csv:4 ward_id: should not be blank",
        ),
        (Issue("beds.csv", None, "", "", "is missing"), "beds.csv: is missing"),
    ],
)
def test_issue_reads_as_a_sentence(issue, text):
    assert str(issue) == text


def test_issue_rejects_unless_said_otherwise():
    assert ISSUE.rejected is True


def test_data_error_carries_its_issues():
    error = DataError("no", (ISSUE,))
    assert (str(error), error.issues, DataError("no").issues) == ("no", (ISSUE,), ())


def test_decision_error_says_what_is_broken_or_changed():
    error = DecisionError("no", violations=("level", "age"), changed="bed 4 was taken")
    assert (str(error), error.violations, error.changed) == ("no", ("level", "age"), "bed 4 was taken")
