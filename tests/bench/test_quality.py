"""The measures' frame: what is missing is said, what falls is named, and a record is shaped as the scorer reads it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.floors import faults_of
from bench.quality import TASKS
from bench.tasks.record import shaped
from made_reports import findings, report
from verbale.chain.chain import Coded
from verbale.model.reading import Reading
from verbale.model.roster import Roster

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("task", [name for name, task in TASKS.items() if task.needs])
def test_without_the_shared_folder_a_task_says_so_and_exits_2(task, tmp_path):
    done = subprocess.run(
        [
            sys.executable,
            ROOT / "bench" / "quality.py",
            task,
            "--gold",
            ROOT / "README.md",
            "--shared",
            tmp_path / "none",
        ],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2 and "--shared" in done.stderr and "Traceback" not in done.stderr


def test_a_figure_below_its_floor_above_its_ceiling_or_missing_is_named():
    entry = {"floors": {"f1": 0.5, "recall": 0.5}, "ceilings": {"broken": 0}}
    assert faults_of(entry, {"f1": 0.5, "recall": 0.5, "broken": 0}) == []
    faults = faults_of(entry, {"f1": 0.49, "broken": 1})
    assert len(faults) == 3 and "below its floor 0.5" in faults[1]


def test_every_floor_is_of_a_task_that_is():
    entries = json.loads((ROOT / "bench" / "floors.json").read_text())
    assert entries and all(one["task"] in TASKS and one["floors"] for one in entries)


def test_a_record_in_the_shape_of_the_scorer():
    of = report()
    coded = Coded(of, Roster(Reading(of, ()), (), (), of.window), findings(of))
    record = shaped(coded)
    assert record["statements"][0]["speaker"] == "Anniken Huitfeldt"
    start, stop = record["events"][0]["words"]
    assert of.text[start:stop] == "Anniken Huitfeldt met Finland's Pekka Haavisto"
    assert record["events"][1]["asserted_by_speaker"] == "Anniken Huitfeldt"
    assert record["tallies"][0] | {"words": 0} == {
        "channel": "phone",
        "who": ["Anniken Huitfeldt", "Pekka Haavisto"],
        "count": 5,
        "bound": "more than",
        "words": 0,
    }
    assert record["date"] == {"published": "2022-05-10", "since": "2022-05-10", "until": "2022-05-11"}
