"""`tables check` names file, line and fault of anything a table must not hold."""

import pytest

from verbale.chain.check import csv_faults

GOOD = "name,since,until,source\nA,2001-01-01,2002-01-01,own\nB,2001,2001,own\nC,2001-05-01,2001,own\n"
BAD = {
    "name,source\nA\n": "line 2: 1 cells; wanted 2",
    "name,source\nA,own\nA,own\n": "line 3: the same row as line 2",
    "name,source\n A,own\n": "line 2, column name: found ' A'; wanted no blanks around it",
    "name,source\nA,\n": "line 2, column source: it is empty",
    "name,since,until\nA,2002-01-01,2001-01-01\n": "line 2, column until: 2001-01-01 is not after 2002-01-01",
    "name,since,until\nA,2002-01-01,2002-01-01\n": "line 2, column until: 2002-01-01 is not after 2002-01-01",
    "name,since,until\nA,2002-01-01,2001\n": "line 2, column until: 2001 is not after 2002-01-01",
    "": "line 1: the file is empty",
    'name\n"A\n': "line 1: cannot be read",
}


def test_a_good_table_has_no_fault(tmp_path):
    place = tmp_path / "t.csv"
    place.write_text(GOOD, encoding="utf-8")
    assert list(csv_faults(place)) == []


@pytest.mark.parametrize("content", BAD)
def test_each_fault_is_named_with_its_line(tmp_path, content):
    place = tmp_path / "t.csv"
    place.write_text(content, encoding="utf-8")
    (fault,) = csv_faults(place)
    assert fault.startswith(BAD[content])


def test_other_bytes_are_a_fault(tmp_path):
    place = tmp_path / "t.csv"
    place.write_bytes(b"name\n\xff\xfe\n")
    (fault,) = csv_faults(place)
    assert "UTF-8" in fault
