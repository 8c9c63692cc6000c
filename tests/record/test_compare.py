"""The record against an official list: what both have, what one has, and no two things taken for one."""

from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from made_reports import report
from record.test_merge import told
from verbale.errors import BadInput
from verbale.record.compare import _names, compare, counts, read_list
from verbale.record.merge import merge
from verbale.record.store import Record
from verbale.views.cli import verbale

TUESDAY = date(2022, 5, 10)


@pytest.fixture
def record(tmp_path):
    with Record(tmp_path / "r.db") as opened:
        run = opened.begin({})
        for one in (
            told("Talks in Oslo", "huitfeldt haavisto", place="Oslo"),
            told("More talks in Oslo", "huitfeldt haavisto", place="Oslo"),
            told("A call", "huitfeldt haavisto", TUESDAY + timedelta(3), channel="phone"),
            told("Later talks", "huitfeldt linde", TUESDAY + timedelta(20), published=TUESDAY + timedelta(20)),
            told("Presidents", "store niinisto", TUESDAY + timedelta(5)),
        ):
            opened.add(*one, run)
        merge(opened)
        yield opened


def listed(tmp_path, text: str):
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return read_list(path)


LIST = """who,whom,since,until,country
Foreign Minister Anniken Huitfeldt,Mr. Haavisto,2022-05-10,2022-05-10,
Huitfeldt,Haavisto,2022-05-19,2022-05-20,
Huitfeldt,Haavisto,2022-06-01,,
"""


def test_each_row_is_in_both_or_only_in_the_list_and_the_rest_only_in_the_record(record, tmp_path):
    found = list(compare(record, listed(tmp_path, LIST)))
    assert [one.where for one in found] == ["both", "only list", "only list", "only record"]
    assert len(found[0].contacts) == 2 and found[0].reasons == ("same days", "who by name", "whom by name")
    assert found[3].contacts[0].names("party") == ["Huitfeldt", "Linde"]
    assert counts(found) == {"both": 1, "near": 0, "only list": 2, "only record": 1}


def test_calls_are_left_out_unless_the_list_has_them(record, tmp_path):
    text = "name,date,met\nHuitfeldt,2022-05-13,Haavisto\n"
    assert next(iter(compare(record, listed(tmp_path, text)))).where == "only list"
    assert next(iter(compare(record, listed(tmp_path, text), with_calls=True))).where == "both"


def test_someone_else_of_the_country_on_those_days_is_near_and_no_more(record, tmp_path):
    rows = listed(tmp_path, "visitor,since,until,country\nPresident Niinisto,2022-05-09,2022-05-11,FIN\n")
    (one, *_) = compare(record, rows, host="NOR")
    assert (one.where, one.reasons) == ("near", ("same days", "another person of that country"))
    rows = listed(tmp_path, "visitor,since,until,country\nPekka Haavisto,2022-05-09,2022-05-11,FIN\n")
    assert next(iter(compare(record, rows, host="NOR"))).where == "both"


@pytest.mark.parametrize(
    ("name", "typed", "same"),
    [
        ("Aníbal Cavaco Silva", "Prime Minister Anibal Antonio Cavaco e Silva", True),
        ("Xi Jinping", "President Xi", True),
        ("Angela Merkel", "Chancellor Angela Merkel", True),
        ("Joko Widodo", "President Susilo Bambang Yudhoyono", False),
        ("Jan Novak", "Jan Horak", False),
        ("King Abdullah II", "King Abdullah", True),
        ("Li Keqiang", "Li Peng", False),
    ],
)
def test_names_of_a_list_are_those_of_people(name, typed, same):
    assert _names(name, typed) is same


@pytest.mark.parametrize(
    ("text", "said"), [("a,b\n1,2\n", "no column for who"), ("who,day\nX,Tuesday\n", "line 2"), ("who,day\n", "no row")]
)
def test_a_list_that_cannot_be_read_says_why(record, tmp_path, text, said):
    with pytest.raises(BadInput, match=said):
        list(compare(record, listed(tmp_path, text)))


def test_the_command_says_how_many(record, tmp_path):
    listed(tmp_path, LIST)
    done = CliRunner().invoke(
        verbale, ["compare", str(tmp_path / "list.csv"), "--record", str(record.path), "--only", "both", "--json"]
    )
    assert done.exit_code == 0 and "2 only in the list, 1 only in the record" in done.stderr
    assert done.stdout.count("\n") == 1 and report().id not in done.stdout
