import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.ingest.table import UnreadableError, decode, read_table


def test_header_is_trimmed_and_in_small_letters():
    assert read_table(b" Ward_ID , NAME\nW1,Ash\n").columns == ("ward_id", "name")


def test_byte_order_mark_is_taken_off():
    assert read_table(b"\xef\xbb\xbfward_id,name\nW1,Ash\n").place == {"ward_id": 0, "name": 1}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_any_line_end_gives_the_same_cells_and_lines(end):
    table = read_table(end.join(["a,b", "1,2", "", "3,4", ""]).encode())
    assert [(record.line, record.cells) for record in table.records] == [(2, ["1", "2"]), (4, ["3", "4"])]


def test_line_is_where_a_record_of_several_lines_starts():
    table = read_table(b'a,b\n1,"x\ny\nz"\n2,w\n')
    assert [(record.line, record.cell("b")) for record in table.records] == [(2, "x\ny\nz"), (5, "w")]


def test_line_end_inside_quotes_is_kept():
    assert read_table(b'a,b\r\n1,"x\r\ny"\r\n').records[0].cell("b") == "x\r\ny"


def test_empty_cells_at_the_end_are_no_fault():
    table = read_table(b"a,b\n1,2,,\n,,,\n")
    assert [record.line for record in table.records] == [2]
    assert table.faults == []


@pytest.mark.parametrize(("row", "count"), [("1", 1), ("1,2", 2), ("1,2,3,4", 4)])
def test_too_few_or_too_many_cells(row, count):
    table = read_table(f"a,b,c\n7,8,9\n{row}\n".encode())
    assert [record.line for record in table.records] == [2]
    assert [(fault.record.line, fault.message) for fault in table.faults] == [
        (3, f"should have 3 cells like the header, has {count}: is a comma unquoted or missing?")
    ]


def test_stray_quote_costs_one_row():
    table = read_table(b'a,b\n1,"he said "no" again"\n2,y\n3,z\n')
    assert [record.line for record in table.records] == [3, 4]
    assert [fault.record.line for fault in table.faults] == [2]
    assert "a quote inside it should be doubled" in table.faults[0].message


def test_quote_that_never_closes_costs_one_row():
    table = read_table(b'a,b\n1,x\n2,"y\n3,z\n4,w\n')
    assert [record.line for record in table.records] == [2, 4, 5]
    assert [fault.record.line for fault in table.faults] == [3]


def test_many_broken_quotes_end_the_file():
    table = read_table(b"a,b\n" + b'1,"x"x\n' * 250 + b"2,y\n")
    assert len(table.faults) == 101
    assert table.faults[-1].message == "has broken quotes like many rows before it: the rest is not read"


def test_of_two_columns_with_one_name_the_first_counts():
    assert read_table(b"a,b,a\n1,2,3\n").records[0].cell("a") == "1"


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"", "is empty", None),
        (b"\n , \n", "is empty", None),
        (b"a,b\n1,2\n\x00\x01", "is not text (NUL at byte 8)", 3),
        (b"PK\x03\x04rest", "is a zip or a spreadsheet", None),
        ("a,b\n1,2".encode("utf-16"), "is UTF-16 text", None),
        (b"a,b\n1,2\nM\xfcller,3\n", "is not UTF-8 (byte 0xFC at 9)", 3),
        (b"\xef\xbb\xbfa,b\nM\xfcller,3\n", "is not UTF-8 (byte 0xFC at 8)", 2),
        (b"a,b\n1," + b"x" * 1_000_001, "has a line of more than 1,000,000 characters", 2),
        (b"a,b\n" + b"\n" * 1_000_001, "has more than 1,000,000 lines: leave out the oldest rows", None),
    ],
    ids=[
        "empty",
        "blank",
        "binary",
        "spreadsheet",
        "utf-16",
        "latin-1",
        "latin-1 after BOM",
        "line",
        "lines",
    ],
)
def test_file_that_is_no_csv(data, message, line):
    with pytest.raises(UnreadableError) as caught:
        read_table(data)
    assert str(caught.value).startswith(message)
    assert caught.value.line == line


def test_cell_that_is_too_long_costs_one_row():
    table = read_table(b"a,b\n1," + b"x" * 131_073 + b"\n2,y\n")
    assert [record.line for record in table.records] == [3]
    assert "no cell should be longer than 131,072 characters" in table.faults[0].message


@given(st.binary(max_size=200))
def test_bytes_are_a_table_or_unreadable(data):
    try:
        table = read_table(b"a,b\n" + data)
    except UnreadableError:
        return
    lines = decode(b"a,b\n" + data).replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(1 < record.line <= lines for record in [*table.records, *(fault.record for fault in table.faults)])
    assert all(len(record.cells) >= 2 for record in table.records)
