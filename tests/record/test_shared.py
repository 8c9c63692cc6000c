"""What is shared without text can be checked by whoever has the texts, and tells nobody else the article."""

import json

import pytest
from click.testing import CliRunner

from made_reports import findings, report, story
from verbale.record.shared import WORDS_KEPT, shortened, verify_lines
from verbale.record.store import Record
from verbale.views.cli import verbale
from verbale.views.export import whole


@pytest.fixture
def shared(tmp_path):
    with Record(tmp_path / "r.db") as record:
        run = record.begin({})
        record.add(report(), findings(report()), run)
        record.add(*story(1), run)
        lines = [json.dumps(line, ensure_ascii=False) for line in whole.lines(record, without_text=True)]
    return lines


def texts_of(*texts: str):
    from verbale.model.ids import text_hash

    return {text_hash(one): one for one in texts}.get


def test_who_has_the_texts_finds_every_word(shared):
    checked = verify_lines(shared, texts_of(report().text, story(1)[0].text))
    assert checked.holds and (checked.reports, checked.findings, checked.withheld) == (2, 12, 0)
    assert checked.evidence > 30


def test_who_has_them_not_is_told_so(shared):
    checked = verify_lines(shared, texts_of(report().text))
    assert checked.holds and checked.withheld == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"start": 44', '"start": 45', "what was shared"),
        ("pe:haavisto", "pe:nobody", "do not hold"),
        ('"stop": ', '"stop": 9', "outside"),
    ],
)
def test_what_was_changed_on_the_way_is_found(shared, old, new, said):
    line = next(one for one in shared if json.loads(one)["report"]["id"] == report().id)
    head, middle, tail = line.partition('"statements"')
    changed = head + middle + (tail.replace(old, new, 1) if old in tail else tail)
    assert changed != line
    faults = verify_lines([changed], texts_of(report().text)).faults
    assert faults and any(said in fault.what for fault in faults), faults
    assert verify_lines(["{broken"], texts_of()).faults


def test_no_quotation_is_longer_than_so_many_words(shared):
    def strings(thing):
        if isinstance(thing, dict):
            for key, value in thing.items():
                yield from [(key, value)] if isinstance(value, str) else strings(value)
        elif isinstance(thing, list):
            for one in thing:
                yield from strings(one)

    for line in shared:
        told = json.loads(line)
        assert told["report"]["text"] == "" and told["report"]["title"] is None
        for key, value in strings(told["findings"]):
            assert len(value.split()) <= WORDS_KEPT + 1, (key, value)
    assert shortened("a " * 30).count("a") == WORDS_KEPT and shortened("a  b") == "a  b"


def test_the_command_reads_a_receivers_own_files(shared, tmp_path):
    file, folder = tmp_path / "shared.jsonl", tmp_path / "mine"
    file.write_text("\n".join(shared) + "\n", encoding="utf-8")
    folder.mkdir()
    for number, one in enumerate((report().text, story(1)[0].text)):
        (folder / f"{number}.txt").write_bytes(one.encode())
    done = CliRunner().invoke(verbale, ["verify", str(file), "--texts", str(folder), "--json"])
    assert done.exit_code == 0 and json.loads(done.stdout)["withheld"] == 0
    file.write_text(shared[0].replace('"start": ', '"start": 1') + "\n", encoding="utf-8")
    assert CliRunner().invoke(verbale, ["verify", str(file), "--texts", str(folder)]).exit_code == 1
