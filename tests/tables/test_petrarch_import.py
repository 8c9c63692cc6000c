"""PETRARCH dictionaries carried over into an overlay folder; the dictionaries here are made up by us."""

import csv

import pytest

from verbale.errors import BadTable
from verbale.tables.petrarch import import_petrarch
from verbale.tables.petrarch_read import read_actors, read_verbs

VERBS = """
<!-- a small dictionary
of our own -->
&VESSEL
+TRAWLER
+FISHING_BOATS
&METAL_
+COPPER_

### RESCUE ###
TOW  {TOWS TOWED } [0333]
SALVAGE
- * &VESSEL [073]   # a comment
- * &NOWHERE [073]

--- BARTER [061] ---
BARTER ; old style
HAGGLE [---]
- * &METAL (WITH +) [064]
- BOATS * [1823]
- * OFF [1246]
- * TALKS (WITH +) [1244]
- * GRAIN TO + FOR OIL [061]
- * [010]
"""
ACTORS = """
# actors of our own
FREEDONIA_ [FRA]
+SYLVANIAN_LAND_
RUFUS_FIREFLY_
+FIREFLY_RUFUS
\t[FRAGOV 19330101-381231]
\t[FRAELI >19390101]
HARBOUR_BOARD_OF_FREEDONIA [FRAGOV]
LEAGUE_OF_SMALL_PORTS [IGO]
RED_LANTERN_FRONT_ [FRAREB]
NOWHERE_CLUB [QQQ]
NO_CODE_AT_ALL
FRANCE_ [FRA]
"""


@pytest.fixture
def dictionaries(tmp_path):
    verbs, actors = tmp_path / "own.verbs.txt", tmp_path / "own.actors.txt"
    verbs.write_text(VERBS, encoding="utf-8")
    actors.write_text(ACTORS, encoding="utf-8")
    return verbs, actors


def rows_of(place):
    with place.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_verbs_are_read_with_forms_codes_and_patterns(dictionaries):
    rescue, barter = read_verbs(dictionaries[0]).blocks
    assert [(verb.name, verb.forms, verb.code) for verb in rescue.verbs] == [
        ("TOW", ("TOWS", "TOWED"), "0333"),
        ("SALVAGE", (), "---"),
    ]
    assert [verb.code for verb in barter.verbs] == ["061", "---"]
    assert [pattern.code for pattern in barter.patterns] == ["064", "1823", "1246", "1244", "061", "010"]


def test_actors_keep_their_dated_codes(dictionaries):
    firefly = next(entry for entry in read_actors(dictionaries[1]) if entry.names[0].startswith("RUFUS"))
    assert [(one.code, one.since, one.until) for one in firefly.codes] == [
        ("FRAGOV", "1933-01-01", "1938-12-31"),
        ("FRAELI", "1939-01-01", None),
    ]


def test_frames_hold_the_code_and_where_to_look(dictionaries, tmp_path):
    import_petrarch(tmp_path / "own", verbs=dictionaries[0])
    written = rows_of(tmp_path / "own" / "rules" / "verbs.csv")
    rows = {row["words"]: row for row in written}
    assert (rows["tow"]["type"], rows["tow"]["cameo"]) == ("AGREE", "0333")
    assert (rows["tow;salvage"]["object"], rows["tow;salvage"]["cameo"]) == ("@petrarch_vessel", "073")
    assert rows["barter off;haggle off"]["cameo"] == "1246"
    copper = next(row for row in written if row["cameo"] == "064")
    assert copper["object"] == "@petrarch_metal" and copper["whom"].startswith("with")


def test_what_cannot_be_said_is_named_by_its_line(dictionaries, tmp_path):
    made = import_petrarch(tmp_path / "own", *dictionaries)
    reasons = {one.words: one.reason for one in made.skipped}
    assert reasons["* &NOWHERE"] == "the word set &NOWHERE is not defined"
    assert reasons["BOATS *"] == "words before the verb"
    assert reasons["* GRAIN TO + FOR OIL"] == "more than one thing beside the verb"
    assert reasons["*"].startswith("said, not done")
    assert reasons["NO_CODE_AT_ALL"] == "no code"
    assert reasons["FRANCE_"] == "known already"
    assert {one.line for one in made.skipped} <= set(range(1, 30))


def test_actors_become_names_people_bodies_and_groups(dictionaries, tmp_path):
    import_petrarch(tmp_path / "own", actors=dictionaries[1])
    assert {row["name"] for row in rows_of(tmp_path / "own" / "names.csv")} == {"Freedonia", "Sylvanian Land"}
    (term,) = rows_of(tmp_path / "own" / "tenures.csv")
    assert (term["of"], term["since"], term["until"]) == ("st:fr", "1933-01-01", "1939-01-01")
    assert {row["cameo"] for row in rows_of(tmp_path / "own" / "orgs.csv")} == {"FRAGOV", "IGO"}
    assert rows_of(tmp_path / "own" / "groups.csv")[0]["cameo"] == "FRAREB"


def test_nothing_is_written_over(dictionaries, tmp_path):
    import_petrarch(tmp_path / "own", *dictionaries)
    with pytest.raises(BadTable, match="is there already"):
        import_petrarch(tmp_path / "own", *dictionaries)


def test_the_folder_holds_as_an_overlay_and_codes_a_sentence(dictionaries, tmp_path):
    pytest.importorskip("onnxruntime")
    from verbale.language.parser import WEIGHTS

    if not WEIGHTS.is_file():
        pytest.skip("the weights are not in the package")
    from verbale.chain.chain import Chain
    from verbale.chain.check import check
    from verbale.ingest.read import read_text

    own = tmp_path / "own"
    import_petrarch(own, *dictionaries)
    assert check(own) == []
    (coded,) = Chain(overlay=own).code([read_text("Freedonia towed a Greek trawler. Mali bartered with Chad.")])
    events = {event.evidence.rule: event for event in coded.findings.events}
    towed = next(event for event in events.values() if event.cameo == "073")
    assert [party.actor for party in towed.who] == ["st:fr"]
    assert any(event.cameo == "061" and event.type == "COOPERATE" for event in events.values())
