"""Page texts are cut into labelled segments that hold every word."""

import re

import page_copies as pages
import pytest

from verbale.ingest.page_text import segments
from verbale.ingest.read import read_text


def cut(text: str) -> list[tuple[str, str]]:
    return [(segment.kind, segment.span.of(text)) for segment in segments(text)]


def of_kind(text: str, kind: str) -> list[str]:
    return [words for found, words in cut(text) if found == kind]


def test_a_plain_report_is_title_dateline_and_one_body():
    kinds = [kind for kind, _ in cut(pages.PLAIN)]
    assert kinds == ["title", "dateline", "body"]
    assert of_kind(pages.PLAIN, "dateline") == ["OSLO, March 3 (Reuters) -"]
    body = of_kind(pages.PLAIN, "body")[0]
    assert body.startswith("The foreign ministers") and body.endswith("within two months.")


@pytest.mark.parametrize("text", [
    "The minister left for Muscat on Friday.",
    "The minister left for Muscat on Friday. She will be back on Monday, her office said.",
])
def test_one_or_two_sentences_are_a_body(text):
    assert cut(text) == [("body", text)]


def test_a_copied_page_has_every_part_labelled():
    kinds = [kind for kind, _ in cut(pages.COPIED)]
    assert kinds[:10] == ["breadcrumb", "title copy", "title", "byline", "empty date label", "teaser list label",
                          "teaser", "teaser", "body", "teaser list label"]
    assert of_kind(pages.COPIED, "breadcrumb") == ["HomeWORLD"]
    assert of_kind(pages.COPIED, "title copy") == ["“A good start for both sides” - Dahl meets Omani minister"]


def test_the_title_copy_names_the_titles_segment():
    found = segments(pages.COPIED)
    copy = next(segment for segment in found if segment.kind == "title copy")
    assert found[copy.copy_of].kind == "title"


def test_headline_and_cut_off_text_are_one_teaser():
    teasers = of_kind(pages.COPIED, "teaser")
    assert teasers[0].startswith("Fishing Fleet") and teasers[0].endswith("since...")
    assert "Museum" not in teasers[0]


def test_the_body_is_one_stretch_without_furniture():
    body = of_kind(pages.COPIED, "body")
    assert len(body) == 1
    assert body[0].startswith("The foreign ministers of Norway") and body[0].endswith("long enough. “")


def test_furniture_after_the_article_is_no_body():
    words = " ".join(of_kind(pages.COPIED, "body") + of_kind(pages.COPIED, "uncertain"))
    for furniture in ("Ski Season", "newsletter", "rights reserved"):
        assert furniture not in words


@pytest.mark.parametrize("text, title, first, last", [
    (pages.RUSSIAN, "Министры обсудили паромы в Бергене", "Министр иностранных", "через два месяца."),
    (pages.TURKISH, "Bakanlar Bergen'de feribotları görüştü", "Norveç Dışişleri", "sözlerine ekledi."),
])
def test_russian_and_turkish_furniture_is_known(text, title, first, last):
    assert of_kind(text, "title") == [title]
    body = of_kind(text, "body")
    assert len(body) == 1 and body[0].startswith(first) and body[0].endswith(last)


def test_lines_torn_at_links_are_one_sentence_again():
    body = of_kind(pages.ONE_TAG_A_LINE, "body")
    assert len(body) == 1
    assert body[0].startswith("The foreign ministers") and body[0].endswith("within two months.")


def test_a_page_without_an_article_has_no_body_and_says_why():
    found = segments(pages.MENU_ONLY)
    assert not [segment for segment in found if segment.kind in ("body", "title")]
    assert all(segment.reason for segment in found)


def test_a_title_known_from_elsewhere_is_found_on_the_page():
    text = "Fjord Gazette\n\nFerry deal at last\n\nBergen talks end\n\n" + pages.PLAIN.split("\n\n", 2)[2]
    found = next(part for part in segments(text, "Ferry deal at last") if part.kind == "title")
    assert found.span.of(text) == "Ferry deal at last"


@pytest.mark.parametrize("text", [pages.PLAIN, pages.COPIED, pages.RUSSIAN, pages.TURKISH, pages.ONE_TAG_A_LINE,
                                  pages.MENU_ONLY])
def test_segments_hold_every_word_in_order_without_overlap(text):
    found = segments(text)
    at = 0
    for segment in found:
        assert not re.search(r"\w", text[at:segment.span.start])
        assert segment.span.start >= at
        assert segment.span.of(text) == segment.span.of(text).strip()
        at = segment.span.stop
    assert not re.search(r"\w", text[at:])


def test_a_report_carries_title_author_and_signature():
    report = read_text(pages.COPIED)
    assert report.title == "“A good start for both sides” – Dahl meets Omani minister"
    assert report.author == "Lena Brandt"
    assert report.taken_for == "page text" and len(report.signature) == 128
    assert read_text(pages.PLAIN).origin == "Reuters"


def test_the_same_text_is_the_same_report():
    assert read_text(pages.COPIED, place="a").id == read_text(pages.COPIED, place="b").id
    assert read_text(pages.COPIED).id != read_text(pages.PLAIN).id


SECTION = """News | Europe | Baltic

Estonia and Latvia agree 'in principle', says Kallas

Dated:

Top Stories

Ferry Runs Aground: What We Know

The captain of the ship told the coast guard...

The foreign ministers of Estonia and Latvia met in Valga on Tuesday to settle the line of the border through the town.

“We need no fence,” Estonian Foreign Minister Kristina Ojuland said after the talks with her Latvian counterpart.

The Latvian minister said that both would sign the treaty in the spring, and that experts would mark the line.

Ojuland thanked the mayor of Valga, who had opened the talks; Siim Kallas said his government would study the text.

Read also
 » Riga opens a new bridge
 » Lithuania: Farmers block roads
"""


def test_names_of_pages_parted_by_marks_are_a_breadcrumb_and_an_odd_date_label_is_one():
    assert of_kind(SECTION, "breadcrumb") == ["News | Europe | Baltic"]
    assert of_kind(SECTION, "empty date label") == ["Dated:"]


def test_a_title_far_above_the_article_is_known_by_the_names_it_shares():
    assert of_kind(SECTION, "title") == ["Estonia and Latvia agree 'in principle', says Kallas"]


def test_a_lead_below_teasers_and_a_list_with_marks_are_told_from_the_article():
    (body,) = of_kind(SECTION, "body")
    assert body.startswith("The foreign ministers of Estonia") and body.endswith("study the text.")
    assert of_kind(SECTION, "teaser")[-2:] == ["» Riga opens a new bridge", "» Lithuania: Farmers block roads"]


TRAIL = """Home » News » Baltic » Estonia and Latvia agree on a ferry line

Estonia and Latvia agree on a ferry line

The foreign ministers of Estonia and Latvia agreed on Tuesday to open a ferry line between Riga and Saaremaa.

The line will open in May, the Latvian minister said after the meeting, and both governments will share its costs.
"""


def test_the_way_down_to_the_title_is_a_breadcrumb_with_the_title_at_its_end():
    assert of_kind(TRAIL, "breadcrumb") == ["Home » News » Baltic » Estonia and Latvia agree on a ferry line"]
    assert of_kind(TRAIL, "title") == ["Estonia and Latvia agree on a ferry line"] and not of_kind(TRAIL, "title copy")
