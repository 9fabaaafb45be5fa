from dataclasses import dataclass
from datetime import datetime

from medalloc.ingest.report import Report
from medalloc.ingest.rules.rule import Known, apply, own_word, refers, reject, remark, unique
from medalloc.ingest.table import Record
from medalloc.ingest.validate import Row


@dataclass(frozen=True)
class Thing:
    thing_id: str
    size: int = 3


def rows(*things):
    column = {"thing_id": 0, "size": 1}
    return [Row(Record(line, [thing.thing_id, str(thing.size)], column), thing) for line, thing in enumerate(things, 2)]


def applied(things, *rules, known=None):
    report = Report()
    kept = apply("things.csv", rows(*things), rules, known or Known(datetime(2026, 3, 5)), report)
    return [row.value for row in kept], [(issue.line, issue.rejected) for issue in report.issues]


def test_first_rule_that_rejects_ends_the_row():
    def too_big(row, _):
        return reject("size", "should be small") if row.value.size > 5 else None

    def odd(row, _):
        return remark("size", "is odd") if row.value.size % 2 else None

    assert applied([Thing("a", 7), Thing("b", 3), Thing("c", 4)], too_big, odd) == (
        [Thing("b", 3), Thing("c", 4)],
        [(2, True), (3, False)],
    )


def test_remark_may_change_the_row_for_the_rules_that_follow():
    def halve(row, _):
        return remark("size", "is halved", size=row.value.size // 2) if row.value.size == 8 else None

    def four(row, _):
        return reject("size", "should not be 4") if row.value.size == 4 else None

    assert applied([Thing("a", 8), Thing("b", 9)], halve, four) == ([Thing("b", 9)], [(2, False), (2, True)])


def test_unique_keeps_the_first():
    things = [Thing("a", 1), Thing("b", 2), Thing("a", 5)]
    assert applied(things, unique("things.csv", "thing_id")) == (things[:2], [(4, True)])
    assert applied(things, unique("things.csv", "thing_id", "size")) == (things, [])


def test_rules_keep_no_memory_between_two_loads():
    rule = unique("things.csv", "thing_id")
    assert applied([Thing("a")], rule) == applied([Thing("a")], rule) == ([Thing("a")], [])


def test_refers():
    known = Known(datetime(2026, 3, 5), taken={"boxes.csv": {"a": rows(Thing("a"))[0]}})
    things = [Thing("a"), Thing("b"), Thing("")]
    assert applied(things, refers("thing_id", "boxes.csv"), known=known) == (
        [Thing("a"), Thing("")],
        [(3, True)],
    )


def test_own_word_is_named_once():
    things = [Thing("x"), Thing("a"), Thing("x"), Thing("")]
    assert applied(things, own_word("things.csv", "thing_id", ["a"])) == (things, [(2, False)])
