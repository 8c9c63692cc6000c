"""A user's corrections laid over the tables: each operation, and each way to be refused."""

from datetime import date
from pathlib import Path

import pytest

from verbale.errors import BadTable
from verbale.model.when import Period
from verbale.world.check import faults
from verbale.world.overlay import apply_overlay
from verbale.world.tables import load_tables
from verbale.world.world import World, load_world

DAY = Period.day(date(2026, 6, 1))


@pytest.fixture(scope="module")
def rows():
    return load_tables().rows


def laid(rows, folder: Path, **files: str) -> World:
    from verbale.world.tables import Tables

    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return World(Tables(apply_overlay(rows, folder)))


def test_overlay_adds_a_person_with_an_office(rows, tmp_path):
    world = laid(rows, tmp_path,
                 people="op,id,name,country,shorts,source\nadd,pe:x-new,Nova Testova,st:si,Testova,my notes\n",
                 tenures="op,person,office,of,since,source\nadd,pe:x-new,minister,st:si,2026-05-01,my notes\n")
    assert world.people_named("Testova") == ["pe:x-new"]
    assert world.actor("pe:x-new", DAY).country == "SVN"
    assert [surface.entities for surface in world.find("On Monday Nova Testova spoke.")] == [("pe:x-new",)]


def test_overlay_ends_an_open_term_and_the_successor_has_the_day(rows, tmp_path):
    world = laid(rows, tmp_path,
                 people="id,name,country\npe:x-new,Sergius Novikoff,st:ru\n",
                 tenures="op,person,office,of,since,until,source\n"
                         "end,pe:lavrov-sergey,foreign_minister,st:ru,,2026-05-01,ministry\n"
                         "add,pe:x-new,foreign_minister,st:ru,2026-05-01,,ministry\n")
    assert [held.person for held in world.holders("foreign_minister", "st:ru", DAY)] == ["pe:x-new"]
    before = Period.day(date(2026, 4, 30))
    assert [held.person for held in world.holders("foreign_minister", "st:ru", before)] == ["pe:lavrov-sergey"]


def test_overlay_alias_is_found(rows, tmp_path):
    world = laid(rows, tmp_path, people="op,id,aliases\nalias,pe:lavrov-sergey,Serguei Lawroff\n")
    assert world.people_named("Serguei Lawroff") == ["pe:lavrov-sergey"]
    assert "pe:lavrov-sergey" in world.people_named("Lavrov")


def test_overlay_replaces_and_retracts_a_row(rows, tmp_path):
    world = laid(rows, tmp_path,
                 groups="op,id,name,sector,countries,source\nreplace,gr:oath-keepers,The Oath Keepers,CRM,st:us,mine\n",
                 known_days="op,id\nretract,abraham-accords\n")
    assert world.actor("gr:oath-keepers").sector == "CRM"
    assert all(day.id != "abraham-accords" for day in world.known_days)


def test_overlay_leaves_the_given_rows_as_they_were(rows, tmp_path):
    count = len(rows["people"])
    laid(rows, tmp_path, people="id,name\npe:x-new,Nova Testova\n")
    assert len(rows["people"]) == count


@pytest.mark.parametrize(("name", "text", "says"), [
    ("people", "id,nom\npe:x,Nova\n", ["line 1", "unknown column 'nom'"]),
    ("people", "id,name,born\npe:x,Nova,about 1960\n", ["line 2", "column born", "'about 1960'", "a whole number"]),
    ("people", "id,name,country\npe:x,Nova,st:zz\n", ["line 2", "column country", "'st:zz'", "id of a state"]),
    ("people", "op,id,name\nmerge,pe:x,Nova\n", ["line 2", "column op", "'merge'", "add, replace, end"]),
    ("people", "op,id,name\nadd,pe:lavrov-sergey,Sergey Lavrov\n", ["line 2", "column id", "or op `replace`"]),
    ("people", "op,id\nretract,pe:nobody-there\n", ["line 2", "column id", "there is none"]),
    ("tenures", "person,office,of,since,until\npe:lavrov-sergey,minister,st:ru,2026-05-01,2026-04-01\n",
     ["line 2", "column until", "'2026-04-01'"]),
    ("tenures", "person,office,of,since\npe:lavrov-sergey,court_jester,st:ru,2026-05-01\n",
     ["line 2", "column office", "'court_jester'"]),
    ("tenures", "person,office,of,since\npe:lavrov-sergey,minister,st:ru,1 May 2026\n",
     ["line 2", "column since", "2004-03-09"]),
    ("tenures", "op,person,office,of\nend,pe:lavrov-sergey,foreign_minister,st:ru\n", ["line 2", "column until"]),
    ("tenures", "person,office,of,since,until\npe:merkel-angela,foreign_minister,st:ru,2010-01-01,2012-01-01\n",
     ["line 2", "column until", "or `shared`"]),
    ("names", "entity,name,kind\nst:tr,Turkiye,nickname\n", ["line 2", "column kind", "'nickname'"]),
    ("names", "op,entity,name,kind\nalias,st:tr,Turkland,alias\n", ["line 2", "column op", "rows of names.csv"]),
    ("names", "entity,name,kind,ambiguous\nst:tr,Turkland,alias,yes\n", ["line 2", "column ambiguous", "'yes'"]),
    ("names", "entity,name,kind\nst:zz,Zedland,short\n", ["line 2", "column entity", "'st:zz'", "id of a place"]),
    ("members", "org,member\norg:nato,st:zz\n", ["line 2", "column member", "'st:zz'"]),
    ("orgs", "id,kind,name\norg:x,society,The X\n", ["line 2", "column kind", "'society'", "igo"]),
    ("orgs", "id,kind,name,part_of\norg:x,igo,The X,org:y\n", ["line 2", "column part_of", "'org:y'"]),
    ("groups", "id,name,sector\ngr:x,The X,XYZ\n", ["line 2", "column sector", "'XYZ'"]),
    ("places", "id,kind,name,lat\npl:x,region,X,north\n", ["line 2", "column lat", "'north'", "a number"]),
    ("places", "id,kind,name,lat\npl:x,region,X,95\n", ["line 2", "column lat", "'95.0'", "-90 to 90"]),
    ("places", "id,kind,name,iso3\nst:x,state,X,Xx\n", ["line 2", "column iso3", "'Xx'", "three capital letters"]),
    ("people", "id,name,qid\npe:x,Nova,43\n", ["line 2", "column qid", "'43'", "Wikidata id"]),
    ("people", "id,name,gender\npe:x,Nova,woman\n", ["line 2", "column gender", "'woman'"]),
    ("people", "id,country\npe:x,st:tr\n", ["line 1", "no column 'name'"]),
    ("tenures", "person,office,of,since\npe:nobody-there,minister,st:ru,2026\n",
     ["line 2", "column person", "'pe:nobody-there'", "people.csv"]),
    ("tenures", "person,office,of,since\npe:lavrov-sergey,minister,st:ru,2026-02-30\n",
     ["line 2", "column since", "'2026-02-30'"]),
    ("known_days", "id,label,since,words\nx,X,some day,x\n", ["line 2", "column since", "'some day'"]),
    ("persons", "id,name\npe:x,Nova\n", ["no table 'persons'"]),
    ("people", "id,name\npe:x\n", ["line 2", "1 cells; wanted 2"]),
    ("people", "", ["line 1", "the file is empty"]),
])
def test_overlay_refuses_by_file_line_and_column(rows, tmp_path, name, text, says):
    (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    with pytest.raises(BadTable) as refused:
        apply_overlay(rows, tmp_path)
    message = str(refused.value)
    assert str(tmp_path) in message
    for part in says:
        assert part in message, message


def test_overlay_that_is_not_utf8_is_refused_by_its_file(rows, tmp_path):
    (tmp_path / "people.csv").write_bytes(b"id,name\npe:x,\xffnova\n")
    with pytest.raises(BadTable, match=r"people\.csv: byte 13 is not UTF-8"):
        apply_overlay(rows, tmp_path)


def test_overlay_whose_rows_are_sound_has_no_fault(tmp_path):
    (tmp_path / "names.csv").write_text("entity,name,kind,source\nst:tr,Anadolia,alias,my notes\n", encoding="utf-8")
    (tmp_path / "people.csv").write_text("id,name\npe:x-new,Nova Testova\n", encoding="utf-8")
    world = load_world(tmp_path)
    assert faults(world) == []
    assert [entry.entity for entry in world.named("Anadolia")] == ["st:tr"]


def test_overlay_with_one_fault_changes_nothing(rows, tmp_path):
    (tmp_path / "people.csv").write_text("id,name\npe:x-new,Nova Testova\n", encoding="utf-8")
    (tmp_path / "tenures.csv").write_text("person,office,of,since\npe:x-new,king_maker,st:si,2026\n", encoding="utf-8")
    with pytest.raises(BadTable):
        load_world(tmp_path)
    assert all(row.id != "pe:x-new" for row in rows["people"])


def test_overlay_wants_a_folder(rows, tmp_path):
    with pytest.raises(BadTable, match="no such folder"):
        apply_overlay(rows, tmp_path / "nowhere")
