"""The ontology's tables agree with each other, and the crosswalk gives the codes we settled."""

import pytest

from verbale.coding.rules import Rules
from verbale.errors import BadTable
from verbale.tables.load import data_folder
from verbale.tables.ontology import Coded, load_ontology

NOT_DERIVED = {
    "012",
    "013",
    "014",
    "017",  # statements whose tone no act of ours tells
    "1823",
    "1834",
    "1951",
    "1952",
    "200",  # weapons and means that PLOVER 0.8 has no mode for
}


def test_every_leaf_of_cameo_can_be_derived_or_is_declared():
    ontology = load_ontology()
    told = {row.cameo for rows in ontology._crossings.values() for row in rows}
    told |= set(ontology._demands.values()) | set(ontology.statement_acts.values())
    missing = {code for code, row in ontology.cameo.items() if row.is_leaf} - told
    assert missing == NOT_DERIVED


def test_every_mode_and_context_has_a_definition_of_our_own():
    ontology = load_ontology()
    assert len(ontology.types) == 16 and len(ontology.modes) == 67 and len(ontology.contexts) == 37
    assert all(row.definition and row.example for row in ontology.modes.values())
    assert all(row.examples and row.not_this for row in ontology.types.values())


@pytest.mark.parametrize(
    ("coded", "contexts", "status", "cameo"),
    [
        (Coded("CONSULT", "visit"), (), "happened", "042"),
        (Coded("CONSULT", "visit"), (), "planned", "036"),
        (Coded("CONSULT"), (), "cancelled", "125"),
        (Coded("COOPERATE"), ("military",), "planned", "0312"),
        (Coded("AID"), ("military",), "happened", "072"),
        (Coded("SANCTION", "discontinue", "sanction"), (), "happened", "163"),
        (Coded("SANCTION", "convict"), (), "happened", "116"),
        (Coded("REQUEST", "meet", "appeal", "CONSULT"), (), "happened", "026"),
        (Coded("REQUEST", "meet", "demand", "CONSULT", demanded=True), (), "happened", "106"),
        (Coded("ASSAULT", "aerial"), (), "planned", "1384"),
        (Coded("ASSAULT"), (), "denied", None),
        (Coded("ASSAULT"), (), "hypothetical", None),
    ],
)
def test_cameo_is_derived_from_code_contexts_and_status(coded, contexts, status, cameo):
    assert load_ontology().cameo_of(coded, contexts, status) == cameo


def test_views_without_status_turn_plans_into_promises_and_threats():
    ontology = load_ontology()
    assert ontology.told_type("CONSULT", "planned") == "AGREE"
    assert ontology.told_type("ASSAULT", "planned") == "THREATEN"
    assert ontology.plv_root("RETREAT", "happened", "0841") == "YIELD"
    assert ontology.plv_root("SANCTION", "happened", "163") == "COERCE"
    assert ontology.plv_root("ASSAULT", "denied", None) is None


def test_accuse_scores_minus_three_and_vandalize_takes_the_score_of_protest():
    ontology = load_ontology()
    assert ontology.score("ACCUSE", None) == -3.0
    assert ontology.score("PROTEST", "vandalize") == -5.0


def test_quad_class_and_goldstein_follow_the_cameo_code():
    ontology = load_ontology()
    assert (ontology.quad_class("036"), ontology.quad_class("190")) == (1, 4)
    assert ontology.goldstein("190") == -10.0 and ontology.goldstein(None) is None


HEADER = "name,words,object,type,mode,act,contexts,who,whom,status,check,mutual,note\n"


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("own.rule,greet,,CONSULTS,,,,,,,,,\n", "column type: found 'CONSULTS'"),
        ("own.rule,greet,,CONSULT,visits,,,,,,,,\n", "column mode: found 'visits'"),
        ("own.rule,greet,@nobody,CONSULT,,,,,,,,,\n", "found '@nobody'"),
        ("meet,greet,,CONSULT,,,,,,,,,\n", "'meet' stands twice"),
    ],
)
def test_a_bad_rule_is_refused_with_file_and_line(tmp_path, row, wanted):
    (tmp_path / "verbs.csv").write_text(HEADER + row, encoding="utf-8")
    with pytest.raises(BadTable, match=r"verbs\.csv, line 2") as refused:
        Rules(data_folder() / "rules" / "en", load_ontology(), tmp_path)
    assert wanted in str(refused.value)


def test_a_rule_of_the_users_own_is_added(tmp_path):
    (tmp_path / "verbs.csv").write_text(HEADER + "own.rule,shadowbox,,CONSULT,,,,,,,,,\n", encoding="utf-8")
    rules = Rules(data_folder() / "rules" / "en", load_ontology(), tmp_path)
    assert [frame.row.name for frame in rules.frames["shadowbox"]] == ["own.rule"]
    assert rules.count > 1500
