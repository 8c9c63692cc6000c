"""Exports in the shapes of other coders: CAMEO triples as PETRARCH writes them, and laws about parties."""

import pytest

pytest.importorskip("onnxruntime")

from verbale.language.parser import WEIGHTS

if not WEIGHTS.is_file():
    pytest.skip("the weights are not in the package", allow_module_level=True)

from verbale.coding.code import code
from verbale.coding.events_exports import petrarch_rows, plover_rows
from verbale.language.parser import default_parser
from verbale.model.report import Report, Segment
from verbale.model.span import Span
from verbale.world.identify import identify
from verbale.world.world import load_world

PETRARCH = [
    ("Japan condemned North Korea.", {("JPN", "PRK", "111")}),
    ("The United Nations criticized Sudan.", {("IGOUNO", "SDN", "111")}),
    (
        "The foreign ministers of Iran and Oman met in Muscat.",
        {("IRNGOV", "OMNGOV", "040"), ("OMNGOV", "IRNGOV", "040")},
    ),
    ("Canada expelled four Russian diplomats.", {("CAN", "RUSGOV", "161")}),
    ("Canada imposed sanctions on Iran.", {("CAN", "IRN", "163")}),
    ("Turkish police arrested a German diplomat.", {("TURCOP", "DEUGOV", "173")}),
    ("Egypt threatened to cut ties with Qatar.", {("EGY", "QAT", "1313")}),
    ("Norway will send peacekeepers to Lebanon.", {("NOR", "LBN", "0334")}),
    ("Rebels in Chad attacked Sudanese troops.", {("TCDREB", "SDNMIL", "190")}),
    ("NATO warplanes bombed a Libyan base.", {("IGOWSTNAT", "LBY", "195")}),
    ("Iraqi lawmakers demanded that the United States withdraw its troops.", {("IRQLEG", "USA", "1056")}),
    ("Hamas released an Israeli soldier.", {("PSEREBHMS", "ISRMIL", "0841")}),
    ("Russia did not attack Turkey.", set()),
    ("Rain is expected in Poland on Sunday.", set()),
]


def findings_of(*texts: str):
    world = load_world()
    reports = [Report(text, text, (Segment("body", Span(0, len(text)), "all of it"),)) for text in texts]
    return [code(identify(reading, world)) for reading in default_parser().parse(reports)]


@pytest.mark.parametrize(("text", "wanted"), PETRARCH, ids=[text for text, _ in PETRARCH])
def test_events_export_as_cameo_triples(text, wanted):
    (found,) = findings_of(text)
    said = {
        (source, target, row["cameo"])
        for row in petrarch_rows(found, [Span(0, len(text))])
        for source in row["source_code"]
        for target in row["target_code"]
    }
    assert said == wanted


def test_a_planned_meeting_is_agree_for_coders_without_status():
    text = "Norway's prime minister will meet Sweden's prime minister in Oslo."
    (found,) = findings_of(text)
    assert [row["type"] for row in plover_rows(found)] == ["AGREE"]
    assert [event.type for event in found.events] == ["CONSULT"]


@pytest.mark.parametrize(
    "text",
    [
        "{} condemned {}.",
        "{} imposed sanctions on {}.",
        "{} asked {} for aid.",
        "{} attacked {} on Monday.",
        "{} was criticized by {}.",
    ],
)
def test_events_swap_their_parties_when_two_states_swap(text):
    one, other = findings_of(text.format("Chad", "Mali"), text.format("Mali", "Chad"))
    sides = [
        {
            (event.type, tuple(party.words for party in event.who), tuple(party.words for party in event.whom))
            for event in found.events
        }
        for found in (one, other)
    ]
    assert sides[0] == {(type_, whom, who) for type_, who, whom in sides[1]} and sides[0]


def test_events_of_a_text_coded_twice_are_the_same():
    text = "Kenya sent 200 police officers to Haiti, and France praised Kenya."
    one, other = findings_of(text, text)
    assert one.events == other.events and len(one.events) == 2


def test_older_names_are_those_of_the_gold_records():
    (found,) = findings_of("Hundreds of workers marched in Accra against the Ghanaian government.")
    (row,) = plover_rows(found, older_names=True)
    assert (row["type"], row["mode"]) == ("PROTEST", "demo-org")


def test_who_arrests_in_a_land_is_that_land_for_rows_that_ask_for_a_source():
    (found,) = findings_of("A Danish diplomat was arrested in Kenya.")
    (row,) = plover_rows(found)
    assert (row["source_code"], row["target_code"]) == (["KEN"], ["DNKGOV"])
    assert found.events[0].who == ()
